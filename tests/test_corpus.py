"""The sample corpus agrees with itself: files, manifest, citations, transcripts and gold."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[1] / "corpus"
DOCUMENTS, TRUTH = CORPUS / "documents", CORPUS / "truth"
FILES = sorted(path for path in DOCUMENTS.iterdir() if path.is_file())
ROWS = list(csv.DictReader((CORPUS / "manifest.csv").read_text("utf-8").splitlines()))
# Dates of central documents are facts; a draft has none.
DATED = [row for row in ROWS if row["level"] != "central" and row["issued_on"]]
GOLD = sorted(TRUTH.glob("[0-9]*.json"))
# Days on which no Vietnamese office issues a document: Tết, and the holidays of a fixed date.
TET = [
    ("2023-01-20", "2023-01-26"),
    ("2024-02-08", "2024-02-14"),
    ("2025-01-25", "2025-02-02"),
    ("2026-02-14", "2026-02-22"),
]
HOLIDAYS = {"01-01", "04-30", "05-01", "09-02"}
# What the province's own documents cite of it that the corpus does not hold.
NOT_HELD = {"455/QĐ-UBND", "28/QĐ-UBND", "902/TTr-CAT", "15/TTr-CAT"}
CITATION = re.compile(
    r"số (?P<code>\d+/(?:KH|QĐ|CT|TB|TTr|BC)-(?:UBND|BCĐ|CAT|SYT))"
    r" ngày (?P<day>\d{2}/\d{1,2}/\d{4})"
    r"(?: của (?P<issuer>(?:Chủ tịch )?UBND (?:tỉnh|huyện|xã|phường)(?: [A-ZĐ]\w+ [A-ZĐ]\w+)?))?"
)
BLOCK_KINDS = {
    *("letterhead", "title", "preamble", "heading", "objective", "task", "detail"),
    *("assignment", "funding", "footnote", "recipients", "signature", "narrative"),
}


def transcript(stem):
    return (TRUTH / f"{stem}.txt").read_text("utf-8").split("\n")


@cache
def one_row_a_document():
    return {Path(row["file"]).stem: row for row in ROWS}


def squashed(text):
    return "".join(re.findall(r"\w", text))


def words_of(path):
    """The words of a document as its format's own library reads them."""
    match path.suffix:
        case ".docx":
            import docx

            parts = docx.Document(str(path)).element.body.iter()
            return "".join(part.text or "" for part in parts if part.tag.endswith("}t"))
        case ".pdf":
            import pdfplumber

            with pdfplumber.open(path) as pdf:
                pages = [page.extract_text() for page in pdf.pages]
            return "\n".join(re.sub(r"\A\d+\n", "", page) for page in pages)
        case ".html":
            from bs4 import BeautifulSoup

            return BeautifulSoup(path.read_text("utf-8"), "lxml").get_text(" ")
        case _:
            return path.read_text("utf-8")


def test_every_file_is_in_the_manifest_and_every_row_has_its_file():
    assert [path.name for path in FILES] == sorted(row["file"] for row in ROWS)


def test_there_are_documents_enough_in_every_form():
    assert len(one_row_a_document()) >= 26
    forms = Counter(row["format"] for row in ROWS)
    wanted = {"docx": 8, "pdf": 6, "html": 4, "txt": 3, "md": 3}
    assert {form for form, least in wanted.items() if forms[form] < least} == set()


def test_the_other_subjects_are_there_at_province_and_commune():
    levels = {(row["subject"], row["level"]) for row in ROWS}
    for subject in ("Phòng, chống ma túy", "Chuyển đổi số", "Phòng cháy, chữa cháy"):
        assert {(subject, "province"), (subject, "commune")} <= levels


def test_no_issuer_gives_a_number_twice_in_a_year():
    given = Counter(
        (row["issuer"], row["code"], row["issued_on"][:4])
        for row in one_row_a_document().values()
        if row["code"]
    )
    assert [key for key, count in given.items() if count > 1] == []


def test_numbers_of_one_series_grow_with_the_date():
    series = {}
    for row in one_row_a_document().values():
        if row["code"] and row["level"] != "central":
            number, symbol = row["code"].split("/", 1)
            key = (row["issuer"], symbol, row["issued_on"][:4])
            series.setdefault(key, []).append((row["issued_on"], int(number)))
    for key, issued in series.items():
        assert [n for _, n in sorted(issued)] == sorted(n for _, n in issued), key


@pytest.mark.parametrize("row", DATED, ids=lambda row: row["file"])
def test_documents_of_the_province_are_dated_on_working_days(row):
    day = dt.date.fromisoformat(row["issued_on"])
    assert day.weekday() < 5
    assert day.isoformat()[5:] not in HOLIDAYS
    assert not any(first <= day.isoformat() <= last for first, last in TET)


@pytest.mark.parametrize("stem", sorted(one_row_a_document()))
def test_citations_of_corpus_documents_give_their_number_date_and_issuer(stem):
    own = one_row_a_document()[stem]
    known = {}
    for row in one_row_a_document().values():
        known.setdefault(row["code"], []).append(row)
    for match in CITATION.finditer("\n".join(transcript(stem))):
        cited = known.get(match["code"])
        if cited is None:
            assert match["code"] in NOT_HELD
            continue
        day = dt.datetime.strptime(match["day"], "%d/%m/%Y").date()  # noqa: DTZ007 - a day
        same = [row for row in cited if row["issued_on"] == day.isoformat()]
        assert same, match[0]
        assert own["issued_on"] >= same[0]["issued_on"] or not own["issued_on"]
        if issuer := (match["issuer"] or "").removeprefix("Chủ tịch "):
            assert same[0]["issuer"].startswith(issuer), match[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_document_says_what_its_transcript_says(path):
    # Cells of a PDF's table come out line by line: their rows are left to the DOCX.
    lines = [x for x in transcript(path.stem) if not (path.suffix == ".pdf" and " | " in x)]
    said = squashed(words_of(path))
    silent = [x for x in lines if squashed(x.replace(" | ", "")) not in said]
    if path.suffix in {".pdf", ".txt"}:  # the letterhead's columns stand side by side
        silent = [x for x in silent if x not in lines[:12]]
        silent = [x for x in silent if x not in lines[-24:]]
    assert silent == []


def test_word_files_are_laid_out_as_the_decree_wants():
    import docx

    for path in DOCUMENTS.glob("*.docx"):
        section = docx.Document(str(path)).sections[0]
        assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
        assert 3.0 <= round(section.left_margin.cm, 1) <= 3.5
        assert 1.5 <= round(section.right_margin.cm, 1) <= 2.0
        assert 2.0 <= round(section.top_margin.cm, 1) <= 2.5
        assert section.different_first_page_header_footer  # no number on page 1
        assert "PAGE" in section.header._element.xml


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_points_at_words_of_its_transcript(path):
    gold = json.loads(path.read_text("utf-8"))
    lines = transcript(path.stem)
    assert (DOCUMENTS / gold["source"]).exists()
    for entry in gold["references"]:
        assert entry["surface"] in lines[entry["first"] - 1]
    for entry in gold["assignments"]:
        assert entry["begins"] in lines[entry["first"] - 1]
        for found in [*entry["deadlines"], *entry["targets"]]:
            assert found["surface"] in lines[entry["first"] - 1]
        for actor in entry["actors"]:
            assert actor["surface"] in lines[actor.get("line", entry["first"]) - 1]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_knows_the_kind_of_every_line_and_has_every_task(path):
    gold = json.loads(path.read_text("utf-8"))
    filled = [n for n, line in enumerate(transcript(path.stem), start=1) if line.strip()]
    assert [block["first"] for block in gold["blocks"]] == filled
    assert {block["kind"] for block in gold["blocks"]} <= BLOCK_KINDS
    tasks = {block["first"] for block in gold["blocks"] if block["kind"] == "task"}
    assert {entry["first"] for entry in gold["assignments"]} == tasks
    assert len(tasks) == int(one_row_a_document()[path.stem]["n_tasks"])


def test_gold_shows_every_way_of_naming_a_body():
    assert len(GOLD) == 6
    entries = [e for path in GOLD for e in json.loads(path.read_text("utf-8"))["assignments"]]
    actors = [actor for entry in entries for actor in entry["actors"]]
    ways = {"heading", "inline", "trailing", "collective", "table"}
    assert {actor["via"] for actor in actors} == ways
    assert {actor["mode"] for actor in actors} == {"directed", "requested"}
    deadlines = {deadline["kind"] for entry in entries for deadline in entry["deadlines"]}
    assert deadlines == {"date", "recurring", "period", "ongoing", "event"}


def test_the_plan_for_2027_is_rich_enough_to_draft_from():
    row = one_row_a_document()["2026_KH_412_UBND-tinh_phong-chong-ma-tuy-2027"]
    assert int(row["n_tasks"]) >= 25


def test_questions_are_of_all_kinds_and_point_at_lines():
    questions = json.loads((TRUTH / "questions.json").read_text("utf-8"))
    assert len(questions) == 40
    intents = Counter(question["intent"] for question in questions)
    assert min(intents[kind] for kind in ("who", "what", "when", "cite")) >= 5
    assert intents["find"] >= 2
    assert sum(question["question"].isascii() for question in questions) >= 5
    for question in questions:
        for answer in question["answers"]:
            assert transcript(Path(answer["file"]).stem)[answer["first"] - 1].strip()
