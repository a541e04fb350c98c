"""TITLE OF A PLAN -> THE LAST DAY IT IS FOR: "năm 2024", "giai đoạn 2021 - 2025", "quý III/2025".

A plan is made for a time and ends with it, without anyone repealing it. Years within the name of
another document ("Luật Đất đai năm 2024") are not the plan's.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

_PLANS = frozenset(
    {
        "Kế hoạch",
        "Chương trình",
        "Phương án",
        "Đề án",
        "Chiến lược",
        "Dự án",
        "Chương trình hành động",
    }
)
_PROMULGATING = frozenset({"Quyết định", "Nghị quyết"})
_PROMULGATED = re.compile(
    r"(?:về việc |v/v )?(?:ban hành|phê duyệt) "
    r"(?:kế hoạch|chương trình|đề án|phương án|chiến lược)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:luật|bộ luật|hiến pháp|pháp lệnh|nghị quyết|nghị định|chỉ thị|kết luận|quyết định)"
    r"(?: (?!năm|trên|tại|trong)[^\W\d]+,?){0,14} $",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?P<kind>giai đoạn|nhiệm kỳ|thời kỳ|các năm|năm học|năm|từ năm)\s*(?:từ (?:năm )?)?"
    r"(?P<from>(?:19|20)\d\d)\s*(?:-|–|—|đến(?: năm)?|,)\s*(?P<to>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"quý (?P<quarter>IV|I{1,3}|[1-4])\s*(?:/|,)?\s*(?:năm )?(?P<year>20\d\d)", re.I
)
_HALF = re.compile(r"(?:6|06|sáu) tháng (?P<half>đầu|cuối) năm (?P<year>20\d\d)", re.IGNORECASE)
_MONTH = re.compile(r"(?<!\d )tháng (?P<month>\d{1,2})\s*(?:/|-| năm )\s*(?P<year>20\d\d)", re.I)
_UNTIL = re.compile(r"(?:đến|tới) (?:hết )?năm (?P<year>20\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"năm (?P<year>20\d\d)", re.IGNORECASE)
_QUARTERS = {"I": 3, "II": 6, "III": 9, "IV": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_LAST_OF_SCHOOL = (5, 31)


def last_day(
    doc_type: str | None, title: str | None, issued_on: dt.date | None
) -> tuple[dt.date, str] | None:
    """Return the last day of the time a plan is for and the words that say so, or None.

    Args:
        doc_type: "Kế hoạch"; a decision that promulgates one counts too.
        title: Trích yếu.
        issued_on: A time that was over before is not the plan's.
    """
    of_plan = doc_type in _PROMULGATING and _PROMULGATED.match(title or "")
    if not title or not (doc_type in _PLANS or of_plan):
        return None
    for day, found in _days(title):
        in_time = issued_on is None or day >= issued_on
        if in_time and not _NAMED.search(title[: found.start()]):
            return day, found[0]
    return None


def _days(title: str) -> Iterator[tuple[dt.date, re.Match[str]]]:
    """Yield what the title may be for, the most exact way of saying it first."""
    for found in _SPAN.finditer(title):
        month, day = _LAST_OF_SCHOOL if "học" in found["kind"].lower() else (12, 31)
        yield dt.date(int(found["to"]), month, day), found
    for found in _QUARTER.finditer(title):
        yield _month_end(int(found["year"]), _QUARTERS[found["quarter"].upper()]), found
    for found in _HALF.finditer(title):
        yield _month_end(int(found["year"]), 6 if found["half"].lower() == "đầu" else 12), found
    for found in _MONTH.finditer(title):
        if 1 <= int(found["month"]) <= 12:  # noqa: PLR2004 - months
            yield _month_end(int(found["year"]), int(found["month"])), found
    for pattern in (_UNTIL, _YEAR):
        for found in pattern.finditer(title):
            yield dt.date(int(found["year"]), 12, 31), found


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
