"""The times that questions name, resolved on the day they are asked."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fold import read_tokens
from index.periods import find_periods, with_uses
from index.ruling_out import is_due

TODAY = dt.date(2026, 11, 22)  # a Sunday


def read(text, *, today=TODAY):
    return [timed.period for timed in find_periods(read_tokens(text), text, today=today)]


def bounds(text, *, today=TODAY):
    return [
        (p.since and p.since.isoformat(), p.until and p.until.isoformat())
        for p in read(text, today=today)
    ]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        pytest.param("quý này phải làm gì", "2026-10-01", "2026-12-31", id="this-quarter"),
        pytest.param("quy nay phai lam gi", "2026-10-01", "2026-12-31", id="no-accents"),
        pytest.param("việc quý II/2026", "2026-04-01", "2026-06-30", id="roman-quarter"),
        pytest.param("quý 3 năm nay", "2026-07-01", "2026-09-30", id="quarter-of-this-year"),
        pytest.param("quý IV năm ngoái", "2025-10-01", "2025-12-31", id="quarter-of-last-year"),
        pytest.param("quý sau", "2027-01-01", "2027-03-31", id="next-quarter-next-year"),
        pytest.param("quý trước", "2026-07-01", "2026-09-30", id="last-quarter"),
        pytest.param("tháng sau", "2026-12-01", "2026-12-31", id="next-month"),
        pytest.param("tháng sáu này", "2026-06-01", "2026-06-30", id="month-by-name"),
        pytest.param("tháng 12", "2026-12-01", "2026-12-31", id="month"),
        pytest.param("tháng 02/2028", "2028-02-01", "2028-02-29", id="leap-month"),
        pytest.param("T6/2026", "2026-06-01", "2026-06-30", id="short-month"),
        pytest.param("6 tháng đầu năm", "2026-01-01", "2026-06-30", id="first-half"),
        pytest.param("sáu tháng cuối năm 2025", "2025-07-01", "2025-12-31", id="second-half"),
        pytest.param("9 tháng đầu năm 2026", "2026-01-01", "2026-09-30", id="nine-months"),
        pytest.param("nửa đầu năm sau", "2027-01-01", "2027-06-30", id="half-of-next-year"),
        pytest.param("trước 30/6", None, "2026-06-30", id="before-a-day"),
        pytest.param("trước ngày 30/6/2027", None, "2027-06-30", id="before-a-full-day"),
        pytest.param("chậm nhất ngày 15 tháng 12 năm 2026", None, "2026-12-15", id="at-latest"),
        pytest.param("trước tháng 6/2026", None, "2026-05-31", id="before-a-month"),
        pytest.param("đến hết tháng 6/2026", None, "2026-06-30", id="until-a-month"),
        pytest.param("trước cuối năm", None, "2026-12-31", id="before-the-end-of-the-year"),
        pytest.param("đến năm 2030", None, "2030-12-31", id="until-a-year"),
        pytest.param("trong tuần tới", "2026-11-23", "2026-11-29", id="next-week"),
        pytest.param("tuần này", "2026-11-16", "2026-11-22", id="this-week-from-monday"),
        pytest.param("từ nay đến cuối năm", "2026-11-22", "2026-12-31", id="from-now"),
        pytest.param("từ nay đến hết quý I/2027", "2026-11-22", "2027-03-31", id="from-now-till"),
        pytest.param("từ đầu năm đến nay", "2026-01-01", "2026-11-22", id="till-now"),
        pytest.param("năm ngoái", "2025-01-01", "2025-12-31", id="last-year"),
        pytest.param("năm kia", "2024-01-01", "2024-12-31", id="the-year-before"),
        pytest.param("kế hoạch năm 2026", "2026-01-01", "2026-12-31", id="a-year"),
        pytest.param("giai đoạn 2021-2025", "2021-01-01", "2025-12-31", id="years"),
        pytest.param("nhiệm kỳ 2025 - 2030", "2025-01-01", "2030-12-31", id="term"),
        pytest.param("năm học 2025-2026", "2025-09-01", "2026-08-31", id="school-year"),
        pytest.param("từ năm 2021 đến năm 2025", "2021-01-01", "2025-12-31", id="from-to-years"),
        pytest.param("từ tháng 3 đến tháng 6 năm 2025", "2025-03-01", "2025-06-30", id="months"),
        pytest.param("từ 15/6 đến 30/6/2025", "2025-06-15", "2025-06-30", id="days"),
        pytest.param("sau ngày 01/7/2025", "2025-07-02", None, id="after"),
        pytest.param("kể từ 1/7/2025", "2025-07-01", None, id="from"),
        pytest.param("từ 1/7/2025 đến nay", "2025-07-01", "2026-11-22", id="from-till-now"),
        pytest.param("trong 3 tháng tới", "2026-11-22", "2027-02-22", id="coming-months"),
        pytest.param("30 ngày tới", "2026-11-22", "2026-12-22", id="coming-days"),
        pytest.param("trong vòng 10 ngày", "2026-11-22", "2026-12-02", id="within-days"),
        pytest.param("2 năm gần đây", "2024-11-22", "2026-11-22", id="past-years"),
        pytest.param("ngày mai", "2026-11-23", "2026-11-23", id="tomorrow"),
        pytest.param("2026-06-30", "2026-06-30", "2026-06-30", id="iso"),
        pytest.param("15.6.2026", "2026-06-15", "2026-06-15", id="dotted"),
        pytest.param("cuối tháng này", "2026-11-21", "2026-11-30", id="end-of-the-month"),
    ],
)
def test_a_time_is_resolved_on_today(text, since, until):
    assert bounds(text) == [(since, until)]


@pytest.mark.parametrize(
    "text",
    [
        "quỹ này dùng làm gì",
        "báo cáo 6 tháng 1 lần",
        "xã có 30% hộ nghèo",
        "tuyến đường 1.2 km",
        "Việt Nam sau chiến tranh",
        "trước khi họp",
        "Điều 6 khoản 2",
        "ngày 31/2/2026",
    ],
)
def test_what_only_looks_like_a_time_is_none(text):
    assert bounds(text) == []


def test_numbers_of_documents_are_no_times():
    text = "12/2025/TT-BYT"
    assert find_periods(read_tokens(text), text, today=TODAY, taken={0, 1, 2, 3}) == []


@pytest.mark.parametrize(
    ("today", "text", "since", "until"),
    [
        (dt.date(2026, 1, 31), "tháng sau", "2026-02-01", "2026-02-28"),
        (dt.date(2026, 12, 31), "tháng sau", "2027-01-01", "2027-01-31"),
        (dt.date(2027, 1, 1), "quý trước", "2026-10-01", "2026-12-31"),
        (dt.date(2028, 2, 29), "1 năm tới", "2028-02-29", "2029-02-28"),
        (dt.date(2026, 3, 2), "tuần trước", "2026-02-23", "2026-03-01"),
    ],
)
def test_times_count_over_the_ends_of_months_and_years(today, text, since, until):
    assert bounds(text, today=today) == [(since, until)]


@pytest.mark.parametrize(
    ("text", "cues", "use"),
    [
        pytest.param("hạn trước 30/6", [(0, "due")], "due", id="cue-before"),
        pytest.param("ban hành tháng 6/2026", [(0, "document"), (1, "document")], "document",
                     id="issued"),
        pytest.param("tháng sau", [], "due", id="months-are-of-tasks"),
        pytest.param("năm 2026", [], "document", id="years-are-of-plans"),
        pytest.param("giai đoạn 2026-2030", [], "document", id="long-times-are-of-plans"),
        pytest.param("năm 2027 nộp gì", [(2, "due")], "document", id="behind-a-year"),
        pytest.param("năm nay", [], "either", id="this-year-is-unsure"),
    ],
)  # fmt: skip
def test_a_time_is_of_a_task_or_of_its_document(text, cues, use):
    times = with_uses(find_periods(read_tokens(text), text, today=TODAY), cues)
    assert [timed.period.use for timed in times] == [use]


@pytest.mark.parametrize(
    ("due", "text", "is_then"),
    [
        ("2026-12-15", "tháng sau", True),
        ("2027-01-15", "tháng sau", False),
        ("2025-06-15", "trước 30/6", True),  # no year was asked for
        ("2025-06-15", "tháng 6/2026", False),
        ("2026-01-01/2026-12-20", "tháng 12/2026", True),
        ("yearly:12-15", "tháng sau", True),
        ("quarterly:", "quý này", True),
        ("quarterly:", "tuần này", False),
        ("event", "tháng sau", False),
        (None, "tháng sau", False),
        ("ongoing 2026-12-01", "tháng sau", True),
    ],
)
def test_tasks_are_due_within_a_time(due, text, is_then):
    assert is_due(due, read(text)) == is_then


@given(st.text(alphabet="0123456789/.- tháng quý năm đến từ trước này sau nay IV"), st.dates())
def test_any_text_on_any_day_has_times_that_end_after_they_begin(text, today):
    low, high = dt.date(1905, 1, 1), dt.date(2195, 1, 1)
    for timed in find_periods(read_tokens(text), text, today=min(max(today, low), high)):
        period = timed.period
        assert timed.first < timed.stop
        assert period.surface in text
        assert not (period.since and period.until) or period.since <= period.until


@given(st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)))
def test_this_week_month_quarter_and_year_hold_today(today):
    for text in ("tuần này", "tháng này", "quý này", "năm nay", "hôm nay"):
        [period] = read(text, today=today)
        assert period.holds(today)


@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)), st.sampled_from(["tuần", "tháng", "quý"])
)
def test_the_next_follows_this_without_a_gap(today, unit):
    [this], [coming] = read(f"{unit} này", today=today), read(f"{unit} sau", today=today)
    assert coming.since - this.until == dt.timedelta(days=1)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2029, 12, 31)))
def test_a_day_is_read_as_it_is_written(day):
    for text in (
        f"{day.day}/{day.month}/{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    ):
        [period] = read(text)
        assert period.since == period.until == day
