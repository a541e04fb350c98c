"""Corrections by people: found again by their words, kept for good, and answered from."""

from __future__ import annotations

import datetime as dt
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.anchors import anchor, locate
from index.connection import Connected
from index.corrections import apply
from index.errors import ConflictError, UnknownCorrectionError, WrongCorrectionError
from index.findings import Finding
from index.library import Library
from index.schema import TABLES, VERSION
from index.wishes import Wish
from ingest.confidence import weigh
from ingest.document import read_document
from ingest.model import Document, Span


def found(library: Library, identity: str, noun: str, words: str = "") -> Finding:
    every = library.review.checked(identity).findings
    return next(each for each in every if each.noun == noun and words in each.quote)


def say(library: Library, identity: str, act: str, finding: Finding | None = None, **wish):
    facts = {"by": "Lan", **wish}
    if finding:
        facts |= {"key": finding.key, "stamp": finding.stamp}
    return library.review.correct(identity, Wish(act=act, **facts))


def bodies(library: Library, identity: str) -> set[tuple[str, str]]:
    document = library.document(identity)
    return {(actor.agency, actor.role) for task in document.tasks for actor in task.actors}


# Anchors


@given(st.text("abc ,.\n", max_size=60), st.data())
def test_words_are_found_where_they_stood(text, data):
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    words = [letter for letter in span.of(text) if letter.isalnum()]
    again = locate(text, anchor(text, span))
    assert (again is None) == (not words)
    if again:
        assert [letter for letter in again.of(text) if letter.isalnum()] == words
        assert span.holds(again)


def test_of_equal_words_those_with_the_same_neighbours_are_meant():
    old = "Giao Sở Y tế kiểm tra bệnh viện tuyến tỉnh. Giao Sở Y tế tập huấn cán bộ xã."
    kept = anchor(old, Span(49, 56))
    assert kept.words == "Sở Y tế"
    new = "1. Giao Sở Y tế\ntập huấn cán bộ xã.\n2. Giao Sở Y tế kiểm tra bệnh viện tuyến tỉnh."
    assert locate(new, kept) == Span(8, 15)


def test_short_words_among_strangers_are_not_taken_for_the_same():
    kept = anchor("Giao Sở Y tế tập huấn cán bộ xã về phòng bệnh.", Span(5, 12))
    assert locate("Nơi nhận: Sở Y tế; Lưu: VT.", kept) is None


# What people say is what the library answers


def test_a_corrected_role_is_searched_and_counted(library, identity):
    finding = found(library, identity, "actor", "Sở Y tế")
    assert finding.values["role"] == "coordinate"
    say(library, identity, "set", finding, after={"role": "advise"})
    assert ("Sở Y tế tỉnh Lam Giang", "advise") in bodies(library, identity)
    [group] = library.duties("Sở Y tế tỉnh Lam Giang").groups
    roles = [actor.role for duty in group.duties for actor in duty.actors if "Y tế" in actor.agency]
    assert roles == ["advise"]


def test_a_corrected_body_takes_over_the_duties(library, identity):
    say(library, identity, "set", found(library, identity, "actor", "Sở Y tế"),
        after={"agency": "Sở Y tế tỉnh Hà Giang"})  # fmt: skip
    assert library.duties("Sở Y tế tỉnh Hà Giang").total == 1
    assert "Sở Y tế tỉnh Lam Giang" not in dict(library.agencies())


def test_a_removed_body_is_gone_and_its_task_less_clear(library, identity):
    finding = found(library, identity, "actor", "Sở Giáo dục")
    say(library, identity, "remove", finding)
    task = library.document(identity).tasks[-1]
    assert task.actors == ()
    assert not task.clarity.who


def test_a_body_is_added_by_its_words(library, identity):
    task = found(library, identity, "task", "Đưa nội dung")
    say(library, identity, "add", noun="actor", task=task.key, words="trường trung học phổ thông",
        after={"agency": "Các trường trung học phổ thông", "role": "support"})  # fmt: skip
    assert library.duties("Các trường trung học phổ thông").total == 1


def test_a_corrected_deadline_is_found_by_its_day(library, identity):
    finding = found(library, identity, "deadline", "30/6/2026")
    say(library, identity, "set", finding, after={"date": "30/5/2026"})
    [task] = [each for each in library.document(identity).tasks if "hồ sơ" in each.quote]
    assert task.deadlines[0].date == dt.date(2026, 5, 30)
    assert task.deadlines[0].confidence == 1


def test_a_clause_becomes_a_task_and_a_task_no_task(library, identity):
    say(library, identity, "add", noun="task", path="I.1")
    document = library.document(identity)
    assert document.tasks[0].quote.startswith("Nâng cao nhận thức")
    assert document.clause("I.1").kind == "task"
    say(library, identity, "remove", found(library, identity, "task", "Nâng cao"))
    document = library.document(identity)
    assert all(task.path != "I.1" for task in document.tasks)
    assert document.clause("I.1").kind == "detail"


def test_a_corrected_citation_leads_to_the_other_document(library, identity):
    finding = found(library, identity, "reference", "36-CT/TW")
    say(library, identity, "set", finding, after={"code": "37-CT/TW", "relation": "basis"})
    [cited] = library.cite("37-CT/TW").cited_by
    assert (cited.relation, cited.document) == ("basis", identity)


def test_a_missing_citation_is_added_and_a_false_one_removed(library, identity):
    say(library, identity, "add", noun="reference", words="Kế hoạch như sau",
        after={"code": "1/KH-UBND", "relation": "promulgates"})  # fmt: skip
    say(library, identity, "remove", found(library, identity, "reference", "36-CT/TW"))
    assert [each.code for each in library.document(identity).references] == ["1/KH-UBND"]


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        pytest.param("code", "78/KH-UBND", "78/KH-UBND", id="number"),
        pytest.param("issued_on", "6/2/2026", dt.date(2026, 2, 6), id="day"),
        pytest.param("signer", "", None, id="blank"),
        pytest.param("recipients", "Bộ Công an\nLưu: VT", ("Bộ Công an", "Lưu: VT"), id="lines"),
        pytest.param("effective_on", "2026-03-01", dt.date(2026, 3, 1), id="was-blank"),
    ],
)
def test_a_component_of_the_header_is_corrected(library, identity, name, typed, kept):
    library.review.correct(
        identity, Wish(act="set", by="Lan", key=f"header.{name}", after={"value": typed})
    )
    assert getattr(library.document(identity).metadata, name) == kept
    assert getattr(library.entry(identity).metadata, name) == kept
    assert library.document(identity).metadata.confidence[name] == 1


def test_the_kind_of_a_clause_is_corrected(library, identity):
    finding = found(library, identity, "block", "Nâng cao nhận thức")
    say(library, identity, "set", finding, after={"kind": "detail"})
    assert library.document(identity).clause("I.1").kind == "detail"
    assert library.clause(identity, "I.1").clause.kind == "detail"


@pytest.fixture
def doubting(tmp_path: Path, plan: Path, read: Document):
    """A library that is unsure of a citation and of two tasks, and of nothing else."""
    read = weigh(read, chance=lambda noun, rule, signs: 0.95)  # noqa: ARG005 - whatever was measured
    [cited] = read.references
    tasks = (
        replace(read.tasks[0], confidence=0.5), replace(read.tasks[1], confidence=0.89),
        *read.tasks[2:],
    )  # fmt: skip
    with Library(tmp_path / "doubting") as library:
        cited = replace(cited, confidence=0.7)
        library.add(replace(read, tasks=tasks, references=(cited,)), plan)
        yield library


def test_what_is_confirmed_leaves_the_list(doubting, identity):
    library = doubting
    listed = library.review.unsure()
    item = listed.items[0]
    assert item.finding.confidence < 0.9
    say(library, identity, "confirm", item.finding)
    after = library.review.unsure()
    assert after.total == listed.total - 1
    again = {each.key: each for each in library.review.checked(identity).findings}
    assert again[item.finding.key].confidence == 1
    assert again[item.finding.key].values == item.finding.values


def test_the_list_is_in_order_and_counts_all(doubting, identity):
    library = doubting
    listed = library.review.unsure(limit=1000)
    assert [item.finding.confidence for item in listed.items] == [0.5, 0.7, 0.89]
    assert listed.total == len(listed.items) == sum(count for _, count in listed.nouns)
    assert listed.documents == ((library.entry(identity), listed.total),)
    assert listed.nouns == (("task", 2), ("reference", 1))
    only = library.review.unsure(noun="task", limit=1, offset=1)
    assert (only.total, [item.finding.confidence for item in only.items]) == (2, [0.89])


# Undone, refused, in conflict


def test_every_correction_can_be_taken_back(library, identity):
    before = library.document(identity)
    first = say(library, identity, "set", found(library, identity, "actor", "Sở Y tế"),
                after={"role": "lead"})  # fmt: skip
    say(library, identity, "remove", found(library, identity, "deadline"))
    library.review.undo(identity, first.id, by="Minh")
    assert ("Sở Y tế tỉnh Lam Giang", "coordinate") in bodies(library, identity)
    history = library.review.checked(identity).history
    assert [(event.line.made_by, event.state) for event in history] == [
        ("Minh", "standing"), ("Lan", "standing"), ("Lan", "undone"),
    ]  # fmt: skip
    library.review.undo(identity, history[1].line.id, by="Minh")
    assert library.document(identity) == before
    with pytest.raises(UnknownCorrectionError):
        library.review.undo(identity, first.id, by="Minh")
    assert len(library.review.log()) == 4


def test_the_later_of_two_sees_a_conflict(library, identity):
    shown = found(library, identity, "actor", "Sở Y tế")
    say(library, identity, "set", shown, after={"role": "advise"})
    with pytest.raises(ConflictError, match="Lan"):
        say(library, identity, "set", shown, after={"role": "lead"}, by="Minh")
    say(library, identity, "remove", found(library, identity, "actor", "Sở Y tế"))
    with pytest.raises(ConflictError):
        say(library, identity, "confirm", shown, by="Minh")
    assert len(library.review.log()) == 2


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        pytest.param({"act": "confirm", "by": " ", "key": "header.code"}, "tên", id="nobody"),
        pytest.param(
            {"act": "set", "key": "header.issued_on", "after": {"value": "31/2/2026"}},
            "ngày có thật", id="no-such-day",
        ),
        pytest.param(
            {"act": "set", "key": "header.issuer_level", "after": {"value": "vũ trụ"}},
            "chọn một trong", id="no-such-level",
        ),
        pytest.param({"act": "set", "key": "header.code"}, "Còn thiếu", id="no-value"),
        pytest.param({"act": "remove", "key": "block.I"}, "Không bỏ được", id="a-clause-stays"),
        pytest.param({"act": "set", "key": "block.I", "after": {"colour": "đỏ"}}, "colour", id="no-such-field"),
        pytest.param({"act": "add", "noun": "reference", "words": "Luật Hàng không"}, "Không thấy", id="not-in-text"),
        pytest.param({"act": "add", "noun": "task"}, "chọn đoạn", id="no-clause"),
        pytest.param({"act": "add", "noun": "block"}, "Không thêm được", id="no-new-clause"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_with_the_reason(library, identity, wish, why):
    with pytest.raises(WrongCorrectionError, match=why):
        library.review.correct(identity, Wish(**{"by": "Lan", **wish}))
    assert library.review.log() == ()


def test_a_deadline_that_is_a_day_has_a_day(library, identity):
    finding = found(library, identity, "deadline", "30/6/2026")
    with pytest.raises(WrongCorrectionError, match="phải ghi ngày"):
        say(library, identity, "set", finding, after={"date": ""})


# Kept through other readings


def test_corrections_hold_for_a_reading_that_differs(library, identity, read):
    say(library, identity, "set", found(library, identity, "actor", "Sở Y tế"),
        after={"role": "advise"})  # fmt: skip
    say(library, identity, "remove", found(library, identity, "reference", "36-CT/TW"))
    say(library, identity, "confirm", found(library, identity, "deadline", "30/6/2026"))
    log = library.review.log()
    moved = read_document_from(read.text.replace("I. MỤC ĐÍCH", "Phần I.  MỤC ĐÍCH"), read)
    bare = replace(moved, tasks=tuple(replace(t, actors=(), deadlines=()) for t in moved.tasks))
    made = apply(bare, log)
    assert made.stale == ()
    [task] = [task for task in made.document.tasks if "hồ sơ" in task.quote]
    assert [(a.agency, a.role, a.confidence) for a in task.actors] == [
        ("Sở Y tế tỉnh Lam Giang", "advise", 1)
    ]
    assert task.deadlines[0].date == dt.date(2026, 6, 30)
    assert made.document.references == ()


def read_document_from(text: str, like: Document) -> Document:
    """Read *text* as another edition of the program would read the same file."""
    from ingest.document import understand
    from ingest.model import Line, Sheet
    from ingest.repair import repair

    lines = tuple(Line(text=line, whole=True) for line in text.split("\n"))
    sheet = Sheet(format="text", lines=lines)
    return understand(repair(sheet, name=like.source.name), sheet, like.source)


def test_a_correction_without_its_words_is_listed_not_lost(library, identity, read):
    say(library, identity, "set", found(library, identity, "actor", "Sở Y tế"),
        after={"role": "advise"})  # fmt: skip
    log = library.review.log()
    other = read_document_from(read.text.replace("Chủ trì, phối hợp với Sở Y tế lập", "Lập"), read)
    made = apply(other, log)
    assert made.stale == (log[0].id,)
    assert made.document == other


def test_a_newer_version_of_the_file_takes_the_corrections_over(
    library, identity, plan, tmp_path, school_plan
):
    say(library, identity, "set", found(library, identity, "actor", "Sở Y tế"),
        after={"role": "advise"})  # fmt: skip
    say(library, identity, "remove", found(library, identity, "reference", "36-CT/TW"))
    for name, value in (("signer", "Trần Văn Ẩn"), ("issued_on", "2026-02-06")):
        library.review.correct(
            identity, Wish(act="set", by="Lan", key=f"header.{name}", after={"value": value})
        )
    newer = tmp_path / "newer.txt"
    newer.write_text(
        school_plan.replace("ngày 05 tháng 02", "ngày 07 tháng 02").replace(
            "Thực hiện Chỉ thị số 36-CT/TW ngày 16/8/2019 của Bộ Chính trị, ", ""
        )
    )
    added = library.add(read_document(newer), newer, key=str(plan.resolve()))
    assert added.replaced == identity
    metadata = library.document(added.id).metadata
    assert metadata.signer == "Trần Văn Ẩn"
    assert metadata.issued_on == dt.date(2026, 2, 7), "the newer file says another day itself"
    assert ("Sở Y tế tỉnh Lam Giang", "advise") in bodies(library, added.id)
    history = library.review.checked(added.id).history
    assert [event.state for event in history] == ["stale", "standing", "stale", "standing"]
    assert all(event.inherited for event in history)


def test_removed_and_taken_in_again_a_document_has_its_corrections(library, identity, plan, read):
    say(library, identity, "set", found(library, identity, "actor", "Sở Y tế"),
        after={"role": "advise"})  # fmt: skip
    library.remove(identity)
    assert library.review.unsure().total == 0
    library.add(read, plan)
    assert ("Sở Y tế tỉnh Lam Giang", "advise") in bodies(library, identity)
    [group] = library.duties("Sở Y tế tỉnh Lam Giang").groups
    assert {a.role for duty in group.duties for a in duty.actors if "Y tế" in a.agency} == {
        "advise"
    }


def test_a_looked_through_document_is_sure_until_it_is_read_otherwise(library, identity, read):
    say(library, identity, "review")
    checked = library.review.checked(identity)
    assert checked.reviewed
    assert {finding.confidence for finding in checked.findings} == {1}
    assert library.review.unsure().total == 0
    log = library.review.log()
    other = replace(read, tasks=read.tasks[1:])
    made = apply(other, log)
    assert not made.reviewed
    assert made.stale == (log[0].id,)


# Read again


@pytest.fixture
def outdated(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The library as an older edition has read it."""
    for module in ("index.rereading", "index.store", "index.review"):
        monkeypatch.setattr(f"{module}.edition", lambda: "newer")
    return library


def test_what_an_older_edition_read_is_read_again_and_stays_corrected(outdated, identity):
    say(outdated, identity, "set", found(outdated, identity, "actor", "Sở Y tế"),
        after={"role": "advise"})  # fmt: skip
    before = outdated.document(identity)
    assert outdated.review.unsure().outdated == outdated.outdated() == 1
    assert [each.document for each in outdated.reread()] == [identity]
    outdated.refresh()
    assert outdated.outdated() == 0
    assert list(outdated.reread()) == []
    assert outdated.document(identity) == before
    assert outdated.search("hồ sơ quản lý học sinh").total >= 1


def test_what_cannot_be_read_again_stays_as_it_was(outdated, identity):
    before = outdated.document(identity)
    outdated.original(identity).path.unlink()
    [result] = outdated.reread()
    assert result.failed
    assert outdated.document(identity) == before


REREAD = """
import sys
from pathlib import Path
import index.rereading, index.store, ingest.document
from index.library import Library

for module in (index.rereading, index.store):
    module.edition = lambda: "newer"
with Library(Path(sys.argv[1])) as library:
    for done in library.reread():
        print(done.document, flush=True)
"""


def test_killed_while_reading_again_nothing_is_lost(tmp_path, school_plan):
    folder = tmp_path / "library"
    with Library(folder) as library:
        for number in range(6):
            path = tmp_path / f"{number}.txt"
            path.write_text(school_plan.replace("77/KH", f"{number + 1}/KH"), "utf-8")
            identity = library.add(read_document(path), path).id
            finding = found(library, identity, "actor", "Sở Y tế")
            say(library, identity, "set", finding, after={"role": "advise"})
    process = subprocess.Popen([sys.executable, "-c", REREAD, folder], stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        done = [process.stdout.readline() for _ in range(3)]
        process.send_signal(signal.SIGKILL)
    assert all(done)
    database = sqlite3.connect(folder / "library.sqlite")
    readers = [reader for (reader,) in database.execute("SELECT reader FROM documents")]
    database.close()
    assert 3 <= readers.count("newer") <= 6
    with Library(folder) as library:
        for entry in library.documents():
            assert ("Sở Y tế tỉnh Lam Giang", "advise") in bodies(library, entry.id)
        assert library.duties("Sở Y tế tỉnh Lam Giang").total == 6


# Taken to another machine


def test_the_log_of_another_machine_is_taken_in_once(library, identity, plan, read, tmp_path):
    say(library, identity, "set", found(library, identity, "actor", "Sở Y tế"),
        after={"role": "advise"})  # fmt: skip
    with Library(tmp_path / "other") as other:
        assert other.review.take_in(library.review.log()) == 1
        other.add(read, plan)
        assert ("Sở Y tế tỉnh Lam Giang", "advise") in bodies(other, identity)
        assert other.review.take_in(library.review.log()) == 0


def test_a_library_of_the_first_version_opens_and_is_corrected(tmp_path, plan, read, identity):
    (tmp_path / "old").mkdir()
    database = sqlite3.connect(tmp_path / "old" / "library.sqlite")
    database.executescript(f"{TABLES}PRAGMA user_version=1;")
    database.close()
    with Library(tmp_path / "old") as library:
        library.add(read, plan)
        say(library, identity, "confirm", found(library, identity, "actor"))
        assert library.review.unsure().outdated == 0
    assert Connected(tmp_path / "old")._version() == VERSION
