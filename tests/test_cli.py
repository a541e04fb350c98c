"""The command: exit status, what goes to stdout, and the printed forms of the contract."""

from __future__ import annotations

import datetime as dt
import io
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import openpyxl
import pytest

from index.duty_replies import Duties, DutyGroup
from index.replies import Answer, Entry
from ingest.model import Metadata, Relation, Span
from web.cli import RELATION_NAMES, main
from web.register import write_register
from web.serving import bind

PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH LAM GIANG
Số: 77/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Giang, ngày 05 tháng 02 năm 2026

KẾ HOẠCH
Phòng, chống ma túy trong trường học năm 2026

Thực hiện Chỉ thị số 36-CT/TW ngày 16/8/2019 của Bộ Chính trị, UBND tỉnh ban hành Kế hoạch như sau:

I. NHIỆM VỤ
1. Công an tỉnh
a) Chủ trì, phối hợp với Sở Y tế lập hồ sơ quản lý học sinh có nguy cơ trước ngày 30/6/2026.
2. Sở Giáo dục và Đào tạo
a) Đưa nội dung nhận biết ma túy vào sinh hoạt đầu tuần.
"""


def one_duty(words: str) -> Duties:
    entry = Entry(
        id="0", source="a.txt", format="text", metadata=Metadata(), pages=1, clauses=1, tasks=1,
        references=0, added_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), key="a",
    )  # fmt: skip
    duty = Answer(
        source="a.txt", document="0", code=None, title=None, path="1", page=1, quote=words,
        span=Span(0, len(words)),
    )  # fmt: skip
    groups = (DutyGroup(entry=entry, duties=(duty,)),)
    return Duties(agency="X", matched=("X",), total=1, documents=1, shown=1, groups=groups)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("SAURO_MODEL", "none")
    monkeypatch.setenv("SAURO_LIBRARY", str(tmp_path / "library"))

    def command(*arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return command


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    path = folder / "2026_KH_77.txt"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture
def filled(run: Run, plan: Path) -> Run:
    assert run("ingest", plan)[0] == 0
    return run


DOCUMENT_KEYS = {"source", "metadata", "blocks", "references", "tasks", "repairs", "warnings"}
TASK_KEYS = {
    "path", "quote", "actors", "deadlines", "targets", "report_to", "report_via", "confidence",
    "clarity",
}  # fmt: skip
ANSWER_KEYS = {
    "source", "document", "code", "title", "path", "page", "quote", "actors", "deadlines",
    "references", "score", "why",
}  # fmt: skip


def test_analyze_prints_the_document_of_the_contract(run: Run, plan: Path, tmp_path: Path) -> None:
    status, out, _ = run("analyze", plan, "--json")
    document = json.loads(out)
    assert status == 0
    assert document.keys() >= DOCUMENT_KEYS
    assert not document.keys() & {"text", "paragraphs", "places"}
    assert document["source"]["name"] == plan.name
    assert document["metadata"]["code"] == "77/KH-UBND"
    assert document["metadata"]["issued_on"] == "2026-02-05"
    task = next(task for task in document["tasks"] if task["deadlines"])
    assert task.keys() >= TASK_KEYS
    assert task["deadlines"][0].keys() >= {"surface", "kind", "date", "recurrence", "dates", "from"}
    assert "from_" not in task["deadlines"][0]
    assert not (tmp_path / "library").exists()


def test_a_quote_stands_in_the_file_word_for_word(run: Run, plan: Path) -> None:
    _, out, _ = run("analyze", plan, "--json")
    for task in json.loads(out)["tasks"]:
        assert " ".join(task["quote"].split()) in " ".join(PLAN.split())


def test_analyze_without_json_is_for_people(run: Run, plan: Path) -> None:
    status, out, _ = run("analyze", plan)
    assert status == 0
    assert "Số, ký hiệu: 77/KH-UBND" in out
    assert "Người ký: (không ghi)" in out


def test_a_file_that_cannot_be_read_is_named_and_fails(run: Run, tmp_path: Path) -> None:
    status, out, err = run("analyze", tmp_path / "khong-co.txt")
    assert status == 1
    assert out == ""
    assert "khong-co.txt" in err


def test_ingest_counts_and_a_second_run_changes_nothing(run: Run, plan: Path) -> None:
    status, out, err = run("ingest", plan.parent)
    assert status == 0
    assert "Đã nạp 1 văn bản mới" in out
    assert "Đang nạp" in err
    status, out, _ = run("ingest", plan.parent)
    assert status == 0
    assert "Đã nạp 0 văn bản mới" in out
    assert "1 đã có từ trước" in out


def test_ingest_names_the_bad_file_and_does_the_rest(run: Run, plan: Path) -> None:
    (plan.parent / "trong.txt").write_bytes(b"")
    status, out, err = run("ingest", plan.parent)
    assert status == 1
    assert "trong.txt" in err
    assert "Đã nạp 1 văn bản mới" in out
    assert "1 không nạp được" in out


def test_a_changed_file_replaces_its_older_version(run: Run, plan: Path) -> None:
    run("ingest", plan)
    plan.write_text(PLAN.replace("30/6/2026", "15/7/2026"), "utf-8")
    status, out, _ = run("ingest", plan)
    assert status == 0
    assert "thay 1 bản cũ" in out


def test_ask_prints_the_reply_of_the_contract(filled: Run) -> None:
    status, out, _ = filled("ask", "Ai lập hồ sơ quản lý học sinh có nguy cơ?", "--json")
    reply = json.loads(out)
    assert status == 0
    assert reply.keys() >= {"question", "intent", "total", "degraded", "answers"}
    assert reply["intent"] == "who"
    answer = reply["answers"][0]
    assert answer.keys() >= ANSWER_KEYS
    assert "lập hồ sơ quản lý" in answer["quote"]
    assert "Công an tỉnh Lam Giang" in {actor["agency"] for actor in answer["actors"]}


def test_without_a_model_the_reply_says_what_is_missing(filled: Run) -> None:
    _, out, err = filled("ask", "hồ sơ học sinh", "--json")
    assert json.loads(out)["degraded"]
    assert "chỉ tìm theo từ ngữ" in err


def test_a_batch_gives_one_reply_a_line_in_order(filled: Run, tmp_path: Path) -> None:
    questions = ["Sở Y tế phải làm gì?", "hồ sơ học sinh", "trước ngày nào xong hồ sơ?"]
    file = tmp_path / "hoi.txt"
    file.write_text("\n".join(questions) + "\n", "utf-8")
    status, out, _ = filled("ask", "--batch", file, "--json")
    assert status == 0
    assert [json.loads(line)["question"] for line in out.splitlines()] == questions


def test_a_batch_line_without_words_still_gets_a_line(filled: Run, tmp_path: Path) -> None:
    file = tmp_path / "hoi.txt"
    file.write_text("hồ sơ\n???\nhọc sinh\n", "utf-8")
    status, out, err = filled("ask", "--batch", file, "--json")
    assert status == 1
    assert [json.loads(line)["total"] > 0 for line in out.splitlines()] == [True, False, True]
    assert "Dòng 2" in err


def test_search_filters_and_counts_facets(filled: Run) -> None:
    status, out, _ = filled("search", "học sinh", "--agency", "Sở Y tế", "--json")
    results = json.loads(out)
    assert status == 0
    assert results["total"] == 1
    assert {"name": "doc_type", "value": "Kế hoạch", "count": 1} in results["facets"]
    assert json.loads(filled("search", "học sinh", "--year", "1999", "--json")[1])["total"] == 0


def test_duties_have_the_total_and_go_into_a_workbook(filled: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "so.xlsx"
    body = "Sở Giáo dục và Đào tạo"
    status, out, _ = filled("duties", body, "--json", "--xlsx", sheet)
    duties = json.loads(out)
    assert status == 0
    assert duties["total"] == 1
    rows = list(openpyxl.load_workbook(sheet).active.iter_rows(values_only=True))
    assert len(rows) == 1 + duties["total"]


def test_duties_are_narrowed_and_the_total_stays(filled: Run, tmp_path: Path) -> None:
    body, sheet = "Sở Y tế", tmp_path / "so.xlsx"
    led = json.loads(filled("duties", body, "--role", "lead", "--json")[1])
    helped = json.loads(filled("duties", body, "--role", "coordinate", "--json")[1])
    assert (led["total"], led["shown"], helped["shown"]) == (1, 0, 1)
    status, out, err = filled("duties", body, "--due", "recurring", "--xlsx", sheet)
    assert (status, "Đang lọc: 0 nhiệm vụ" in out, "Đã ghi 0" in err) == (0, True, True)
    assert len(list(openpyxl.load_workbook(sheet).active.iter_rows())) == 1


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+1+1", "@SUM(A1)", "#REF!"])
def test_words_of_a_document_never_become_a_formula(words: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_register(one_duty(words))))
    cell = book.active["D2"]  # rõ việc
    assert cell.value == words
    assert cell.data_type == "s"


def test_cite_is_narrowed_to_one_relation(filled: Run) -> None:
    _, out, _ = filled("cite", "36-CT/TW", "--json")
    [relation] = [each["relation"] for each in json.loads(out)["relations"]]
    other = next(name for name in RELATION_NAMES if name != relation)
    for asked, total in ((relation, 1), (other, 0)):
        _, out, _ = filled("cite", "36-CT/TW", "--relation", asked, "--json")
        found = json.loads(out)
        assert (found["relation"], found["cited_total"]) == (asked, total)
        assert len(found["cited_by"]) == total


def test_every_relation_may_be_asked_for() -> None:
    assert set(get_args(Relation)) == set(RELATION_NAMES)


def test_cite_shows_a_stub_with_what_cites_it(filled: Run) -> None:
    status, out, _ = filled("cite", "36 CT TW", "--json")
    found = json.loads(out)
    assert status == 0
    assert found["code"] == "36-CT/TW"
    assert found["entry"] is None
    assert [citation["code"] for citation in found["cited_by"]] == ["77/KH-UBND"]


@pytest.mark.parametrize(
    ("verb", "keys"),
    [
        pytest.param("status", {"standing", "bases", "portal", "agrees"}, id="status"),
        pytest.param("map", {"groups", "name"}, id="map"),
        pytest.param("cascade", {"steps", "levels", "total"}, id="cascade"),
        pytest.param("impact", {"resting", "replaced_by", "total"}, id="impact"),
    ],
)
def test_where_a_document_stands_is_told_to_programs(
    filled: Run, verb: str, keys: set[str]
) -> None:
    status, out, _ = filled(verb, "36 CT TW", "--json")
    found = json.loads(out)
    assert status == 0
    assert keys <= found.keys()
    assert found["name"]["code"] == "36-CT/TW"


def test_what_is_cited_and_not_held_is_listed(filled: Run) -> None:
    status, out, _ = filled("stubs", "--json")
    found = json.loads(out)
    assert status == 0
    assert found["total"] == len(found["stubs"]) > 0


def test_the_impact_is_written_as_workbook_and_table(filled: Run, tmp_path: Path) -> None:
    book, table = tmp_path / "a.xlsx", tmp_path / "a.csv"
    status, _, said = filled("impact", "36-CT/TW", "--xlsx", str(book), "--csv", str(table))
    assert status == 0
    assert said.count("Đã ghi 1 đoạn") == 2
    assert openpyxl.load_workbook(book).active["B2"].value == "Kế hoạch 77/KH-UBND"
    assert "77/KH-UBND" in table.read_text("utf-8-sig")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["ask", "hồ sơ học sinh"], id="ask"),
        pytest.param(["search", "học sinh"], id="search"),
        pytest.param(["duties", "Công an tỉnh"], id="duties"),
        pytest.param(["cite", "77/KH-UBND"], id="cite"),
        pytest.param(["status", "77/KH-UBND", "--on", "2026-03-01"], id="status"),
        pytest.param(["map", "36-CT/TW"], id="map"),
        pytest.param(["cascade", "36-CT/TW"], id="cascade"),
        pytest.param(["impact", "36-CT/TW"], id="impact"),
    ],
)
def test_every_verb_speaks_to_people_too(filled: Run, arguments: list[str]) -> None:
    status, out, _ = filled(*arguments)
    assert status == 0
    assert "77/KH-UBND" in out


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no-verb"),
        pytest.param(["ask"], id="no-question"),
        pytest.param(["ask", "gì", "--batch", "x"], id="question-and-batch"),
        pytest.param(["ask", "gì", "--limit", "0"], id="limit-zero"),
        pytest.param(["search", "gì", "--role", "boss"], id="unknown-role"),
        pytest.param(["search", "gì", "--due-before", "30/6/2024"], id="date-not-iso"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_why_in_vietnamese(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("Lệnh chưa đúng")


def test_help_comes_at_once() -> None:
    subprocess.run([sys.executable, "-m", "web.cli", "--help"], check=True, capture_output=True)
    start = time.perf_counter()
    shown = subprocess.run(
        [sys.executable, "-m", "web.cli", "--help"], check=True, capture_output=True, text=True
    )
    assert "duties" in shown.stdout
    assert time.perf_counter() - start < 1.0  # measured 0.1 s on a quiet machine


def test_a_taken_port_gives_way_to_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with bind("127.0.0.1", port) as found:
            assert port < found.getsockname()[1] < port + 50


BENCH_KEYS = {
    "queries", "recall@1", "recall@5", "recall@10", "recall@20", "mrr@10", "ndcg@10", "latency_ms",
    "build_s",
}  # fmt: skip


def test_bench_retrieval_scores_rows_and_queries(run: Run, tmp_path: Path) -> None:
    rows = [
        {"id": "a", "title": "Nước sạch", "text": "Cấp nước sạch cho các hộ dân vùng cao."},
        {"id": "b", "title": "Cai nghiện", "text": "Tổ chức cai nghiện ma túy tại cộng đồng."},
    ]
    queries = [{"id": "q", "text": "cai nghiện ma túy ở đâu", "relevant": ["b"]}]
    for name, lines in (("corpus", rows), ("queries", queries)):
        text = "\n".join(json.dumps(line) for line in lines)
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    status, out, _ = run(
        *("bench", "retrieval", "--json"),
        *("--corpus", tmp_path / "corpus.jsonl", "--queries", tmp_path / "queries.jsonl"),
    )
    scores = json.loads(out)
    assert status == 0
    assert scores.keys() >= BENCH_KEYS
    assert (scores["queries"], scores["recall@1"]) == (1, 1.0)


def test_bench_names_data_that_it_cannot_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows").write_text("không phải JSON", "utf-8")
    status, _, err = run(
        "bench", "retrieval", "--corpus", tmp_path / "rows", "--queries", tmp_path / "rows"
    )
    assert status == 1
    assert "không đọc được dữ liệu đo" in err


def test_a_defect_of_ours_in_one_file_costs_no_other(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import document

    reads = document.read_document

    def stumbles(path: Path, *, name: str | None = None) -> object:
        if name and "loi" in name:
            raise ValueError("a defect")
        return reads(path, name=name)

    monkeypatch.setattr(document, "read_document", stumbles)
    (plan.parent / "0_loi.txt").write_text(PLAN.replace("77", "78"), "utf-8")
    status, out, err = run("ingest", plan.parent)
    assert status == 1
    assert "0_loi.txt" in err
    assert "1 văn bản mới" in out + err
