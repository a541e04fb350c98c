"""Confidence as measured: what it is said of, that people's word stays above it, and the fit."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.findings import CHECKED, NOUNS, findings
from ingest.confidence import BASE, LEAST, MOST, RULE, log_odds, measured, weigh
from ingest.document import read_document
from ingest.knowledge.tables import rows
from ingest.model import Document

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "corpus" / "documents" / "2026_CV_2205_UBND-tinh_don-doc.txt"


@pytest.fixture(scope="module")
def read() -> Document:
    return read_document(DOCUMENT)


def test_every_finding_is_asked_for_once_and_takes_the_answer(read):
    asked = []

    def chance(noun, rule, signs):
        asked.append((noun, rule, signs))
        return len(asked) / 1000

    found = findings(weigh(read, chance=chance))
    assert {noun for noun, _, _ in asked} == {each.noun for each in found} <= set(NOUNS)
    assert sorted(round(each.confidence * 1000) for each in found) == list(range(1, len(asked) + 1))


def test_no_finding_of_the_program_is_as_sure_as_a_person(read):
    assert all(LEAST <= each.confidence <= MOST < CHECKED for each in findings(read))


@given(st.sampled_from(NOUNS), st.floats(0, 1), st.lists(st.text(max_size=9), max_size=5))
def test_a_chance_is_a_chance_whatever_the_signs(noun, rule, signs):
    assert LEAST <= measured(noun, max(rule, LEAST), signs) <= MOST


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_is_never_less(a, b):
    assert (log_odds(a) <= log_odds(b)) or a > b


def test_weighing_changes_nothing_but_confidence(read):
    def surely(noun, rule, signs):  # noqa: ARG001
        return 0.5

    assert weigh(weigh(read, chance=surely), chance=surely) == weigh(read, chance=surely)
    assert weigh(read, chance=surely).text == read.text
    assert [task.quote for task in weigh(read, chance=surely).tasks] == [
        task.quote for task in read.tasks
    ]


def test_the_table_names_kinds_of_findings_and_where_it_is_from():
    table = rows("confidence")
    assert {row["finding"] for row in table} <= set(NOUNS)
    assert all(row["source"].startswith("benchmarks/calibrate.py") for row in table)
    for noun in {row["finding"] for row in table}:
        signs = [row["sign"] for row in table if row["finding"] == noun]
        assert {BASE, RULE} <= set(signs)
        assert len(signs) == len(set(signs))


# The fit


@pytest.fixture(scope="module")
def calibrate():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import calibrate

    yield calibrate
    sys.path.remove(str(ROOT / "benchmarks"))


def seen(calibrate, rights, *, signs=(), rule=0.95):
    return [
        calibrate.Seen(f"{at % 5}_x", "actor", rule, tuple(signs), right)
        for at, right in enumerate(rights)
    ]


def test_a_sign_that_goes_with_errors_lowers_the_chance(calibrate):
    good, bad = seen(calibrate, [True] * 95 + [False] * 5), seen(
        calibrate, [True] * 10 + [False] * 10, signs=["short"]
    )  # fmt: skip
    worths = calibrate.fit([*good, *bad])
    assert calibrate.chance_of(worths, good[0]) > 0.9
    assert calibrate.chance_of(worths, bad[0]) < 0.75


def test_what_was_seen_once_says_little(calibrate):
    many = seen(calibrate, [True] * 100)
    once = seen(calibrate, [False], signs=["short"])
    worths = calibrate.fit([*many, *once])
    assert calibrate.chance_of(worths, once[0]) > 0.7


def test_caution_keeps_the_share_that_is_asked_for(calibrate):
    data = seen(calibrate, [True] * 190 + [False] * 10)
    worths = calibrate.cautious(data, {})
    assert calibrate.chance_of(worths, data[0]) >= 0.9


def test_reliability_is_perfect_where_what_was_said_came_true(calibrate):
    said = [(0.75, True)] * 3 + [(0.75, False)]
    assert calibrate.ece(said) == pytest.approx(0)
    assert calibrate.ece([(0.99, False)] * 4) == pytest.approx(0.99)


@pytest.mark.shared
def test_the_judge_calls_wrong_what_the_scorer_would(calibrate, shared):
    judge = calibrate.Judge(shared / "eval")
    gold = judge.gold(shared / "eval" / "gold" / "000.json", shared / "seeds", shared / "seeds")
    document = read_document(gold.path)
    right = [each for each in judge.judge(gold, document) if each.right]
    assert len(right) > 100
    moved = replace(
        document, metadata=replace(document.metadata, place="Nơi khác"),
        tasks=tuple(replace(task, deadlines=()) for task in document.tasks),
    )  # fmt: skip
    wrong = [each.finding.key for each in judge.judge(gold, moved) if not each.right]
    assert "header.place" in wrong
    elsewhere = replace(document.tasks[0], quote="Chuyện khác hẳn, không có trong văn bản nào.")
    judged = judge.judge(gold, replace(document, tasks=(elsewhere,)))
    assert not any(each.right for each in judged if each.finding.noun in ("task", "actor"))
