"""The duties of a body: all of them, in pages, narrowed and in order; and when each is due."""

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.duty_replies import DutyView
from index.library import Library
from index.replies import Timed
from index.timing import When, when_due
from ingest.model import Span
from web.due import standing
from web.register import COLUMNS, write_register

TODAY = dt.date(2026, 11, 22)
BODY, OTHER = "Sở Y tế tỉnh Lam Giang", "Công an tỉnh Lam Giang"
DAYS = [dt.date(2026, 12, 1), dt.date(2026, 11, 1), None, dt.date(2027, 1, 5)]


@pytest.fixture(scope="module")
def library(tmp_path_factory, make_document):
    with Library(tmp_path_factory.mktemp("library"), today=lambda: TODAY) as library:
        for number, year in enumerate((2025, 2026), 1):
            clauses = {
                str(at): {
                    "text": f"Làm việc thứ {at} của văn bản {number}.",
                    "actors": {BODY: "lead" if at % 2 else "coordinate", OTHER: "lead"},
                    "due": day,
                }
                for at, day in enumerate(DAYS, 1)
            }
            library.add(
                make_document(
                    clauses, name=f"{number}.txt", code=f"{number}/KH-UBND",
                    doc_type="Kế hoạch" if number == 1 else "Công văn", title="Việc",
                    issuer="UBND tỉnh Lam Giang", issued_on=dt.date(year, 3, 1),
                ), b"",
            )  # fmt: skip
        yield library


def quotes(duties):
    return [answer.quote for group in duties.groups for answer in group.duties]


@given(limit=st.integers(1, 9), sort=st.sampled_from(["document", "deadline", "issued", "role"]))
def test_pages_together_are_the_whole_list(library, limit, sort):
    whole = quotes(library.duties(BODY, view=DutyView(sort=sort)))
    pages = [
        library.duties(BODY, view=DutyView(sort=sort, limit=limit, offset=at))
        for at in range(0, len(whole), limit)
    ]
    assert [quote for page in pages for quote in quotes(page)] == whole
    assert {page.total for page in pages} == {len(whole)} == {8}


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        pytest.param(DutyView(role="lead"), 4, id="role"),
        pytest.param(DutyView(doc_type="Công văn"), 4, id="type"),
        pytest.param(DutyView(year=2025), 4, id="year"),
        pytest.param(DutyView(due="overdue"), 2, id="overdue"),
        pytest.param(DutyView(due="none", year=2026), 1, id="both"),
        pytest.param(DutyView(year=1999), 0, id="nothing"),
    ],
)
def test_filters_narrow_what_is_shown_and_leave_the_total(library, view, shown):
    duties = library.duties(BODY, view=view)
    assert (duties.shown, len(quotes(duties)), duties.total) == (shown, shown, 8)


def test_a_facet_counts_what_its_value_would_show(library):
    for facet in library.duties(BODY, view=DutyView(role="lead")).facets:
        value = int(facet.value) if facet.name == "year" else facet.value
        narrowed = {"role": "lead", facet.name: value}
        assert library.duties(BODY, view=DutyView(**narrowed)).shown == facet.count


def test_by_deadline_what_comes_next_is_first_and_what_has_none_last(library):
    found = library.duties(BODY, view=DutyView(sort="deadline"))
    days = [
        answer.deadlines[0].date if answer.deadlines else None
        for group in found.groups
        for answer in group.duties
    ]
    assert days == [day for day in (DAYS[0], DAYS[3], DAYS[1], None) for _ in range(2)]


def test_the_register_has_a_column_for_each_clarity_and_a_row_for_each_task(library):
    duties = library.duties(BODY, view=DutyView(role="lead"))
    sheet = openpyxl.load_workbook(io.BytesIO(write_register(duties))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(name for name, _ in COLUMNS)
    for clarity in ("người", "việc", "trách nhiệm", "thẩm quyền", "thời gian", "kết quả"):
        assert any(name.startswith(f"Rõ {clarity}") for name in rows[0])
    assert len(rows) == 1 + duties.shown


@pytest.mark.parametrize(
    ("due", "when"),
    [
        pytest.param(None, When("none"), id="none"),
        pytest.param("2026-11-30", When("due", dt.date(2026, 11, 30)), id="to-come"),
        pytest.param("2026-11-22", When("due", TODAY), id="today"),
        pytest.param("2026-11-21", When("overdue", dt.date(2026, 11, 21)), id="gone"),
        pytest.param("2026-01-01/2026-12-31", When("due", dt.date(2026, 12, 31)), id="period"),
        pytest.param("2026-01-01/", When("ongoing"), id="from-a-day-on"),
        pytest.param("yearly:09-15", When("recurring", dt.date(2027, 9, 15)), id="next-year"),
        pytest.param("yearly:06-15,12-15", When("recurring", dt.date(2026, 12, 15)), id="two-days"),
        pytest.param(
            "yearly:02-29", When("recurring", dt.date(2026, 12, 31), stretch=True), id="no-such"
        ),
        pytest.param(
            "monthly:", When("recurring", dt.date(2026, 11, 30), stretch=True), id="month"
        ),
        pytest.param(
            "quarterly:", When("recurring", dt.date(2026, 12, 31), stretch=True), id="quarter"
        ),
        pytest.param("weekly:", When("recurring"), id="week"),
        pytest.param("event", When("event"), id="event"),
        pytest.param("event 2026-12-01", When("due", dt.date(2026, 12, 1)), id="what-comes-next"),
    ],
)
def test_when(due, when):
    assert when_due(due, TODAY) == when


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param({"state": "due", "next": dt.date(2026, 12, 1), "days": 9}, "còn 9 ngày", id="left"),
        pytest.param({"state": "due", "next": TODAY, "days": 0}, "hạn hôm nay", id="today"),
        pytest.param({"state": "overdue", "next": dt.date(2026, 11, 1), "days": -21}, "đã qua hạn 21 ngày", id="gone"),
        pytest.param({"state": "event"}, "", id="unknown-is-blank"),
        pytest.param(
            {"state": "due", "next": dt.date(2026, 12, 1), "days": 9, "counted_from": dt.date(2026, 11, 21)},
            "còn 9 ngày (tính từ ngày 21/11/2026)", id="counted-from-the-day-of-issue",
        ),
    ],
)  # fmt: skip
def test_how_a_deadline_stands_in_words(said, words):
    deadline = Timed(surface="x", kind="date", confidence=1.0, span=Span(0, 1), **said)
    assert standing(deadline) == words


def test_a_day_of_a_year_that_nobody_knows_is_no_day() -> None:
    assert when_due("date", dt.date(2026, 11, 22)).day is None
    assert when_due("date 2027-06-30", dt.date(2026, 11, 22)).day == dt.date(2027, 6, 30)
