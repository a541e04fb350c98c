"""Keeping: what the library holds, after every way of putting in and taking out."""

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from index.errors import (
    EmptyQueryError,
    LibraryAccessError,
    LibraryBusyError,
    LibraryDamagedError,
    ModelMismatchError,
    UnknownClauseError,
    UnknownDocumentError,
)
from index.library import Library
from index.lock import WriteLock
from index.replies import Filters
from ingest.model import Document


class HashEncoder:
    """A model of its own: the vector of a text is the sum of its words' random vectors."""

    fingerprint = "hash-of-words-1"
    dimension = 64

    def __init__(self):
        self.embedded: list[str] = []

    def encode_passages(self, texts):
        self.embedded += texts
        return self.encode_queries(texts)

    def encode_queries(self, texts):
        rows = [self._vector(text) for text in texts]
        return np.array(rows, np.float32).reshape(-1, self.dimension)

    def _vector(self, text):
        words = text.lower().split() or [""]
        seeds = [int.from_bytes(word.encode()[:8].ljust(8, b"0")) % 2**32 for word in words]
        total = sum(np.random.default_rng(seed).standard_normal(self.dimension) for seed in seeds)
        return total / np.linalg.norm(total)

    def parts(self, text):
        return [(at, min(at + 400, len(text))) for at in range(0, len(text), 400)]


POLICE = "Công an tỉnh Lam Giang"
HEALTH = "Sở Y tế tỉnh Lam Giang"
PLAN = {
    "0": "Căn cứ Luật số 73/2021/QH14;",
    "I": {"text": "NHIỆM VỤ", "kind": "heading"},
    "I.1": {
        "text": "Lập hồ sơ người nghiện trước ngày 30/6/2026.",
        "actors": {POLICE: "lead", HEALTH: "coordinate"},
        "due": dt.date(2026, 6, 30),
    },
    "I.2": {"text": "Mua thuốc điều trị.", "actors": {HEALTH: "lead"}},
}


@pytest.fixture
def plan(make_document):
    return make_document(
        PLAN,
        name="2026_KH_12.txt",
        code="12/KH-UBND",
        doc_type="Kế hoạch",
        title="Phòng, chống ma túy năm 2026",
        issuer="UBND tỉnh Lam Giang",
        issuer_level="province",
        place="Lam Giang",
        issued_on=dt.date(2026, 1, 5),
    )


@pytest.fixture
def library(tmp_path):
    with Library(tmp_path / "library") as library:
        yield library


def quotes(library, words):
    return [hit.quote for hit in library.search(words).hits]


def test_a_document_comes_back_as_it_went_in(library, plan):
    added = library.add(plan, b"the file")
    assert added.outcome == "added"
    assert library.document(added.id) == plan
    assert library.original(added.id).path.read_bytes() == b"the file"
    entry = library.entry(added.id)
    assert (entry.clauses, entry.tasks, entry.metadata) == (4, 2, plan.metadata)


def test_a_clause_comes_with_its_headings_and_tasks(library, plan):
    id_ = library.add(plan, b"").id
    view = library.clause(id_, "I.1")
    assert [heading.text for heading in view.headings] == ["NHIỆM VỤ"]
    assert [task.actors[0].agency for task in view.tasks] == [POLICE]
    with pytest.raises(UnknownClauseError):
        library.clause(id_, "IX")
    with pytest.raises(UnknownDocumentError):
        library.clause("0" * 12, "I.1")


def test_the_same_file_again_changes_nothing(library, plan):
    library.add(plan, b"", key="a")
    before = library.status()
    assert library.add(plan, b"", key="a").outcome == "unchanged"
    assert library.status() == before


def test_the_same_bytes_in_another_place_are_the_same_document(library, plan):
    library.add(plan, b"", key="a")
    assert library.add(plan, b"", key="b").outcome == "unchanged"
    assert len(library.documents()) == 1


def test_changed_bytes_replace_the_older_version(library, plan, make_document):
    old = library.add(plan, b"", key="a").id
    newer = make_document({"1": "Bố trí kinh phí."}, name="2026_KH_12.txt")
    added = library.add(newer, b"", key="a")
    assert (added.outcome, added.replaced) == ("replaced", old)
    assert [entry.id for entry in library.documents()] == [added.id]
    assert library.entry(old).replaced_by == added.id
    assert library.document(old) == plan
    assert quotes(library, "hồ sơ người nghiện") == []
    assert library.duties(POLICE).total == 0


def test_an_older_version_that_comes_back_is_found_again(library, plan, make_document):
    newer = make_document({"1": "Bố trí kinh phí."})
    old = library.add(plan, b"", key="a").id
    new = library.add(newer, b"", key="a").id
    assert library.add(plan, b"", key="a").id == old
    assert [entry.id for entry in library.documents()] == [old]
    assert library.entry(new).replaced_by == old
    assert quotes(library, "hồ sơ") == ["Lập hồ sơ người nghiện trước ngày 30/6/2026."]


def test_a_file_under_two_names_stays_when_one_of_them_changes(library, plan, make_document):
    library.add(plan, b"", key="a")
    library.add(plan, b"", key="b")
    library.add(make_document({"1": "Khác."}), b"", key="a")
    assert len(library.documents()) == 2


def test_a_removed_document_leaves_nothing(library, plan, make_document, tmp_path):
    other = library.add(make_document({"1": "Bố trí kinh phí."}), b"", key="other").id
    empty = library.status()
    id_ = library.add(plan, b"secret", key="a").id
    library.remove(id_)
    assert quotes(library, "hồ sơ") == []
    assert [entry.id for entry in library.documents()] == [other]
    assert library.status().clauses == empty.clauses
    assert not any(b"secret" in file.read_bytes() for file in originals(tmp_path))
    with pytest.raises(UnknownDocumentError):
        library.remove(id_)


def originals(tmp_path):
    return [file for file in (tmp_path / "library" / "originals").rglob("*") if file.is_file()]


def test_removing_a_document_removes_its_older_versions(library, plan, make_document, tmp_path):
    library.add(plan, b"1", key="a")
    second = library.add(make_document({"1": "Hai."}), b"2", key="a").id
    library.remove(second)
    assert library.documents() == ()
    assert originals(tmp_path) == []


def test_a_page_without_text_is_an_entry_with_its_facts(library, make_document):
    stub = make_document({}, code="116/2021/NĐ-CP", title="Quy định chi tiết")
    id_ = library.add(stub, b"<html>").id
    assert library.entry(id_).clauses == 0
    assert library.cite("nghị định 116/2021").entry == library.entry(id_)


def test_what_is_added_is_found_at_once_and_after_opening_again(tmp_path, plan):
    with Library(tmp_path) as library:
        library.add(plan, b"")
        assert quotes(library, "thuốc điều trị") == ["Mua thuốc điều trị."]
    with Library(tmp_path) as library:
        assert quotes(library, "thuốc điều trị") == ["Mua thuốc điều trị."]


def test_another_open_library_sees_what_is_added(tmp_path, plan):
    with Library(tmp_path) as writer, Library(tmp_path) as reader:
        assert quotes(reader, "thuốc") == []
        writer.add(plan, b"")
        assert quotes(reader, "thuốc") == ["Mua thuốc điều trị."]
        writer.remove(plan.source.sha256[:12])
        assert quotes(reader, "thuốc") == []


def test_a_lost_index_of_words_is_built_again(tmp_path, plan):
    with Library(tmp_path) as library:
        library.add(plan, b"")
    for file in (tmp_path / "words").iterdir():
        file.unlink() if file.name == "meta.json" else file.write_bytes(b"?")
    with Library(tmp_path) as library:
        assert quotes(library, "thuốc điều trị") == ["Mua thuốc điều trị."]


def test_files_that_a_kill_left_in_the_index_are_in_nobodys_way(tmp_path, plan, make_document):
    folder = tmp_path / "library"
    with Library(folder) as library:
        library.add(plan, b"plan", key="plan")
    # The names that tantivy's next commits would write their deletions under.
    for segment in {path.stem for path in (folder / "words").glob("*.store")}:
        for number in range(200):
            (folder / "words" / f"{segment}.{number}.del").touch()
    with Library(folder) as library:
        library.add(make_document({"1": "Rà soát cơ sở điều trị."}), b"newer", key="plan")
        assert library.search("cơ sở điều trị").total == 1


def test_without_a_model_words_alone_are_searched_and_replies_say_so(library, plan):
    library.add(plan, b"")
    assert "mô hình" in library.ask("Ai lập hồ sơ?").degraded


def test_with_a_model_every_clause_gets_its_vector_once(tmp_path, plan, make_document):
    encoder = HashEncoder()
    with Library(tmp_path, encoder=encoder) as library:
        library.add(plan, b"", key="a")
        library.refresh()
        twin = make_document(PLAN, name="twin.txt")
        library.add(twin, b"", key="b")
        library.refresh()
        assert library.status().degraded is None
    assert sorted(encoder.embedded) == sorted(below_its_heading(plan, each) for each in plan.blocks)


def below_its_heading(document, block):
    above = document.clause(block.path.rpartition(".")[0])
    return f"{above.text.rstrip(' .;:')}. {block.text}" if above else block.text


def make_vectors_of_bare_texts(folder, encoder):
    """Leave a library as an older edition of the program did: clauses embedded without headings."""
    shutil.rmtree(folder / "vectors", ignore_errors=True)
    database = sqlite3.connect(folder / "library.sqlite")
    clauses = database.execute("SELECT id, text FROM clauses").fetchall()
    vectors = encoder.encode_queries([text for _, text in clauses]).astype("<f2")
    with database:
        database.execute("DELETE FROM meta WHERE name = 'passages'")
        database.execute("DELETE FROM passages")
        database.execute("DELETE FROM vectors")
        database.execute("UPDATE documents SET embedded = 1")
        for (clause, text), vector in zip(clauses, vectors, strict=True):
            made = database.execute(
                "INSERT OR REPLACE INTO vectors (hash, vector) VALUES (?, ?)",
                (f"old {text}", vector.tobytes()),
            )
            database.execute(
                "INSERT INTO passages (clause, vector) VALUES (?, ?)", (clause, made.lastrowid)
            )
    database.close()


def vectors_in_rows(folder):
    database = sqlite3.connect(folder / "library.sqlite")
    found = database.execute("SELECT hash FROM passages p JOIN vectors v ON v.id = p.vector")
    rows = sorted(hash_ for (hash_,) in found)
    database.close()
    return rows


def by_meaning(library, encoder, words):
    """Return (clause, cosine) as the index of vectors has them, the nearest first."""
    found = library._shelves.sources().index.meaning(encoder.encode_queries([words])[0], 50)
    return [(clause, round(cosine, 3)) for clause, cosine in found.pairs()]


def test_vectors_that_an_older_edition_made_otherwise_are_made_anew(tmp_path, plan):
    encoder = HashEncoder()
    with Library(tmp_path, encoder=encoder) as library:
        library.add(plan, b"")
        library.refresh()
        as_they_are_made = by_meaning(library, encoder, "nhiệm vụ")
    rows = vectors_in_rows(tmp_path)
    make_vectors_of_bare_texts(tmp_path, encoder)
    with Library(tmp_path, encoder=encoder) as library:
        assert "bản cũ" in library.status().degraded
        assert quotes(library, "người nghiện"), "the older vectors serve meanwhile"
        assert by_meaning(library, encoder, "nhiệm vụ") != as_they_are_made
        library.refresh()
        assert library.status().degraded is None
        assert by_meaning(library, encoder, "nhiệm vụ") == as_they_are_made
        assert quotes(library, "người nghiện")
        assert library.status().vectors == len(rows), "the older ones are dropped"
    assert vectors_in_rows(tmp_path) == rows
    with Library(tmp_path, encoder=encoder) as library:
        library.refresh()
        assert by_meaning(library, encoder, "nhiệm vụ") == as_they_are_made


def test_making_vectors_anew_goes_on_where_it_was_broken_off(tmp_path, make_document):
    class Stops(HashEncoder):
        left = 1

        def encode_passages(self, texts):
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    heads = {"I": {"text": "NHIỆM VỤ", "kind": "heading"}}
    with Library(tmp_path, encoder=HashEncoder()) as library:
        for at in range(60):
            library.add(make_document(heads | {"I.1": f"Việc thứ {at}."}), b"", key=str(at))
    make_vectors_of_bare_texts(tmp_path, HashEncoder())
    stops, goes_on = Stops(), HashEncoder()
    with pytest.raises(KeyboardInterrupt), Library(tmp_path, encoder=stops) as library:
        library.refresh()
    with Library(tmp_path, encoder=goes_on) as library:
        assert "bản cũ" in library.status().degraded
        library.refresh()
        assert library.status().degraded is None
        assert len(by_meaning(library, goes_on, "việc")) == 50
    assert 0 < len(stops.embedded) < 61
    assert not set(stops.embedded) & set(goes_on.embedded)


def test_meaning_finds_what_words_alone_do_not(tmp_path, plan):
    class Synonyms(HashEncoder):
        def _vector(self, text):
            return super()._vector(text.replace("dược phẩm", "thuốc điều trị"))

    with Library(tmp_path, encoder=Synonyms()) as library:
        library.add(plan, b"")
        library.refresh()
        assert quotes(library, "dược phẩm")[0] == "Mua thuốc điều trị."


def test_a_removed_document_is_not_found_by_meaning(tmp_path, plan):
    with Library(tmp_path, encoder=HashEncoder()) as library:
        id_ = library.add(plan, b"").id
        library.refresh()
        assert quotes(library, "người nghiện")
        library.remove(id_)
        assert quotes(library, "người nghiện") == []


def test_vectors_of_two_models_are_not_mixed(tmp_path, plan):
    class Other(HashEncoder):
        fingerprint = "hash-of-words-2"

    with Library(tmp_path, encoder=HashEncoder()) as library:
        library.add(plan, b"")
    with pytest.raises(ModelMismatchError, match="hash-of-words-1"):
        Library(tmp_path, encoder=Other())
    with Library(tmp_path) as library:
        assert quotes(library, "thuốc")


def test_long_clauses_are_embedded_in_parts(tmp_path, make_document):
    encoder = HashEncoder()
    text = "kinh phí " * 100
    with Library(tmp_path, encoder=encoder) as library:
        library.add(make_document({"1": text}), b"")
    assert len(encoder.embedded) == 3


def test_filters_narrow_and_the_facets_count(library, plan, make_document):
    library.add(plan, b"")
    district = make_document(
        {"1": {"text": "Lập hồ sơ hộ nghèo.", "actors": {"UBND huyện Tân Hà": "lead"}}},
        issuer="UBND huyện Tân Hà",
        issuer_level="district",
        issued_on=dt.date(2025, 3, 1),
        doc_type="Quyết định",
    )
    library.add(district, b"")
    found = library.search("lập hồ sơ")
    assert {(f.name, f.value, f.count) for f in found.facets} >= {
        ("year", "2026", 1),
        ("level", "district", 1),
        ("agency", POLICE, 1),
        ("place", "Tân Hà", 1),
    }
    for filters, quote in [
        (Filters(year=2025), "Lập hồ sơ hộ nghèo."),
        (Filters(level="province"), PLAN["I.1"]["text"]),
        (Filters(agency="CA tỉnh"), PLAN["I.1"]["text"]),
        (Filters(place="lam giang"), PLAN["I.1"]["text"]),
        (Filters(due_before=dt.date(2026, 6, 30)), PLAN["I.1"]["text"]),
        (Filters(doc_type="Quyết định"), "Lập hồ sơ hộ nghèo."),
        (Filters(role="coordinate"), PLAN["I.1"]["text"]),
    ]:
        hits = library.search("lập hồ sơ", filters=filters).hits
        assert [hit.quote for hit in hits] == [quote], filters
    assert library.search("lập hồ sơ", filters=Filters(due_before=dt.date(2026, 6, 29))).total == 0


def test_filters_alone_find_all_that_passes(library, plan):
    library.add(plan, b"")
    assert library.search("", filters=Filters(agency=HEALTH)).total == 2
    with pytest.raises(EmptyQueryError):
        library.search("  ")


@pytest.mark.parametrize(
    ("words", "filters", "says"),
    [
        pytest.param("xyzt", Filters(), "xyzt", id="unknown-word"),
        pytest.param("hồ sơ", Filters(agency="Sở Giao thông"), "Sở Giao thông", id="unknown-body"),
        pytest.param("hồ sơ", Filters(year=1999), "bộ lọc", id="filter"),
        pytest.param("hồ sơ", Filters(place="Sao Hỏa"), "Sao Hỏa", id="unknown-place"),
    ],
)
def test_nothing_found_says_why(library, plan, words, filters, says):
    library.add(plan, b"")
    found = library.search(words, filters=filters)
    assert found.hits == ()
    assert says in found.note


def test_a_second_writer_waits_and_then_is_told(tmp_path):
    first, second = WriteLock(tmp_path), WriteLock(tmp_path)
    with (
        first.held(),
        pytest.raises(LibraryBusyError, match=str(os.getpid())),
        second.held(patience=0.1),
    ):
        pass
    with second.held(patience=0.1):
        pass


def test_threads_may_add_and_search_at_once(tmp_path, make_document):
    failures = []
    with Library(tmp_path) as library:

        def add(start):
            for at in range(start, start + 10):
                library.add(make_document({"1": f"Việc số {at} chung."}, name=f"{at}.txt"), b"x")

        def search():
            for _ in range(30):
                try:
                    library.search("việc chung")
                except Exception as error:  # noqa: BLE001 - whatever it is, the test fails of it
                    failures.append(error)

        threads = [threading.Thread(target=add, args=(at,)) for at in (0, 100)]
        threads += [threading.Thread(target=search) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert library.search("việc chung", limit=50).total == 20


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryAccessError, match="file"):
        Library(tmp_path / "file")


def test_damaged_rows_are_named(tmp_path):
    (tmp_path / "library.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(LibraryDamagedError):
        Library(tmp_path)


FULL_DISK = """
import resource, sys
from pathlib import Path
from pydantic import TypeAdapter
from index.errors import LibraryFullError
from index.library import Library
from ingest.model import Document

resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
library = Library(Path(sys.argv[1]))
read = TypeAdapter(Document).validate_json
full = 0
for file in sorted(Path(sys.argv[2]).iterdir()):
    try:
        library.add(read(file.read_bytes()), file)
    except LibraryFullError:
        full += 1
print(full, [entry.source for entry in library.documents()], sep="|")
"""


def test_a_full_disk_is_named_and_the_library_stays_whole(tmp_path, make_document):
    files = tmp_path / "files"
    files.mkdir()
    for at in range(12):
        clauses = {str(n): f"Việc {at}-{n} " + os.urandom(60).hex() for n in range(300)}
        document = make_document(clauses, name=f"{at:02}.txt")
        (files / f"{at:02}.json").write_bytes(TypeAdapter(Document).dump_json(document))
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, tmp_path / "library", files],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    full, held = done.stdout.strip().split("|")
    assert int(full) > 0, done.stderr
    with Library(tmp_path / "library") as library:
        assert str([entry.source for entry in library.documents()]) == held
        for entry in library.documents():
            assert entry.clauses == len(library.document(entry.id).blocks) == 300
            assert library.original(entry.id).path.stat().st_size > 0
        assert library.search("việc").total == 300 * len(library.documents())


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=12))
@settings(max_examples=25, deadline=None)
def test_the_list_is_what_the_last_version_of_each_key_says(tmp_path_factory, make_document, steps):
    """Adding under keys and removing (version 0) leaves what a plain dictionary would hold."""
    expected: dict[str, int] = {}
    with Library(tmp_path_factory.mktemp("library")) as library:
        for key, version in steps:
            if version:
                library.add(make_document({"1": f"Bản {version}."}), b"", key=key)
                expected[key] = version
            elif key in expected:
                gone = expected[key]
                library.remove(make_document({"1": f"Bản {gone}."}).source.sha256[:12])
                expected = {k: v for k, v in expected.items() if v != gone}
        texts = sorted(library.document(entry.id).text for entry in library.documents())
        assert texts == [f"Bản {version}.\n" for version in sorted(set(expected.values()))]
        assert sorted(set(quotes(library, "bản"))) == [text.strip() for text in texts]


def test_status_counts(library, plan):
    library.add(plan, b"12345")
    status = library.status()
    assert (status.documents, status.clauses, status.tasks, status.agencies) == (1, 4, 2, 2)
