"""WORDS -> HOW OFTEN AND ON WHICH DAYS: recurring deadlines (định kỳ).

The shortest interval counts: who reports "6 tháng, 1 năm" reports every half year. An interval
that has no name, "03 năm một lần", is left open.
"""

from __future__ import annotations

import re

from ingest.model import Recurrence

_Q = r"(?:quý|qúy)"
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "chín": 9, "mười": 10}
_OF_MONTHS: dict[int, Recurrence] = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
_EVERY = re.compile(
    rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)}) (?P<unit>ngày|tuần|tháng|{_Q}|năm)(?: ?/ ?| )"
    r"(?:(?:một|1|01) )?lần"
)
_UNITS: dict[str, Recurrence] = {
    "ngày": "daily", "tuần": "weekly", "tháng": "monthly", "năm": "yearly",
}  # fmt: skip
_RECURRENCES: tuple[tuple[Recurrence, re.Pattern[str]], ...] = (
    ("daily", re.compile(r"(?:/ ?|lần |hằng |hàng |mỗi |từng |trong )(?:một )?ngày")),
    ("weekly", re.compile(r"tuần|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật")),
    ("monthly", re.compile(r"(?<!\d )(?<!ba )(?<!sáu )(?<!chín )tháng(?! (?:đầu|cuối))")),
    ("quarterly", re.compile(rf"{_Q}|(?:\b0?3|ba) tháng")),
    ("half-yearly", re.compile(r"(?:\b0?6|sáu) tháng|học kỳ")),
    ("yearly", re.compile(r"năm|12 tháng")),
)
_DAY_OF_YEAR = re.compile(r"(?:ngày (\d{1,2}) tháng|(\d{1,2}) ?/) ?(\d{1,2})(?![\d/])")
_AND_DAY_OF_YEAR = re.compile(r"(?:, | và )(\d{1,2}) tháng (\d{1,2})(?!\d)")
_NAMED = re.compile(r"(?:ngày|tháng) \d{1,2}(?! (?:tháng|lần))|(?:, |và )\d{1,2} tháng \d+")
_DAY_IN_QUARTER = re.compile(rf"(\d{{1,2}}),? (?:của )?tháng (cuối|đầu)[^|()]{{0,20}}{_Q}")
_HALF_BEFORE = re.compile(r"(?:0?6|sáu) tháng(?: đầu năm| cuối năm)?[^.;\n]{0,30}$", re.IGNORECASE)
_MONTHS_OF = {"cuối": (3, 6, 9, 12), "đầu": (1, 4, 7, 10)}
_DAY_EACH_YEAR = re.compile(r"ngày .*\d (?:hằng|hàng|mỗi) năm$")
_WEEK_OF_MONTH = re.compile(r"tuần (?:thứ )?\w+ (?:của )?(?:hằng|hàng|mỗi|từng) (tháng|quý|qúy)")
_LAST_MONTH = 12


def recurrence_of(words: str, *, before: str = "") -> Recurrence | None:
    """Return how often a deadline comes again, or None where that has no name.

    Args:
        words: Those of the deadline.
        before: Its line up to there: a day "hằng năm" after "6 tháng đầu năm" is half-yearly.
    """
    low = words.lower()
    if every := _EVERY.search(low):
        return _every(every["count"], every["unit"])
    if week := _WEEK_OF_MONTH.search(low):
        return "monthly" if week[1] == "tháng" else "quarterly"
    if _DAY_IN_QUARTER.search(low):
        return "quarterly"
    if re.search(r"tháng (?:sau|tiếp|kế|liền|báo cáo|đó)", low):
        return "monthly"
    interval = _NAMED.sub("", low)  # "ngày 15 tháng 12 hằng năm" is no monthly day
    found = next((name for name, form in _RECURRENCES if form.search(interval)), None)
    if found == "yearly" and _DAY_EACH_YEAR.search(low) and _HALF_BEFORE.search(before):
        return "half-yearly"
    return "yearly" if found is None and dates_of(words) else found


def _every(count: str, unit: str) -> Recurrence | None:
    number = _NUMBERS.get(count) or int(count)
    if unit == "tháng":
        return _OF_MONTHS.get(number)
    if unit in {"quý", "qúy"}:
        return _OF_MONTHS.get(3 * number)
    return _UNITS[unit] if number == 1 else None


def dates_of(words: str) -> tuple[str, ...]:
    """Return the days of each year that a recurring deadline names, as "09-15"."""
    low = words.lower()
    if in_quarter := _DAY_IN_QUARTER.search(low):
        months = _MONTHS_OF[in_quarter[2]]
        return tuple(f"{month:02}-{int(in_quarter[1]):02}" for month in months)
    days = [(int(month), int(one or other)) for one, other, month in _DAY_OF_YEAR.findall(low)]
    days += [(int(month), int(day)) for day, month in _AND_DAY_OF_YEAR.findall(low)]
    return tuple(f"{month:02}-{day:02}" for month, day in days if 1 <= month <= _LAST_MONTH)
