"""WORDS -> DAYS: points of time as directives write them ("ngày 30/6/2024", "quý III/2025").

Source: Decree 30/2020/NĐ-CP, Annex II, on writing dates; the other forms are the offices' custom.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?: ?[/.-] ?(?:{_YEAR})(?!\d)| năm (?:{_YEAR})(?!\d))"
DAY = (
    rf"(?:(?:[Nn]gày ?)?\d{{1,2}} ?[/.-] ?\d{{1,2}} ?[/.-] ?{_YEAR}(?!\d)"
    rf"|(?:[Nn]gày ?)?\d{{1,2}} tháng \d{{1,2}}(?:,? năm {_YEAR})?(?!\d|/\d)"
    r"|(?:[Nn]gày ?)?\d{1,2} ?/ ?\d{1,2}(?![\d/%])"
    r"|[Nn]gày \d{1,2}-\d{1,2}(?![\d-]))"
)
MONTH = rf"(?:[Tt]háng \d{{1,2}}(?!\d| ?/ ?\d{{1,2}}(?!\d)){_OF_YEAR}?)"
QUARTER = rf"(?:[Qq]uý (?:IV|III|II|I|[1-4])(?!\w){_OF_YEAR}?)"
HALF = rf"(?:(?:0?6|[Ss]áu) tháng (?:đầu|cuối) năm(?: {_YEAR})?)"
YEAR = rf"(?:[Nn]ăm (?:học )?{_YEAR}(?:[ ]?[-–][ ]?{_YEAR})?(?![\d/]))"
POINT = rf"(?:(?:(?:[Hh]ết|[Cc]uối|[Đđ]ầu|[Gg]iữa) )?(?:{DAY}|{MONTH}|{QUARTER}|{HALF}|{YEAR}))"

_FULL_DAY = re.compile(rf"(\d{{1,2}}) ?(?:[/.-]|tháng) ?(\d{{1,2}}) ?(?:[/.-]|,? năm) ?({_YEAR})")
_DAY_OF_YEAR = re.compile(r"(\d{1,2}) ?(?:/|-|tháng) ?(\d{1,2})(?!\d)")
_MONTH = re.compile(rf"tháng (\d{{1,2}})(?: ?[/.-] ?| năm )?({_YEAR})?")
_QUARTER = re.compile(rf"quý (iv|iii|ii|i|[1-4])(?: ?[/.-] ?| năm )?({_YEAR})?")
_HALF = re.compile(rf"tháng (đầu|cuối) năm ?({_YEAR})?")
_YEARS = re.compile(rf"năm (?:học )?({_YEAR})(?: ?[-–] ?({_YEAR}))?")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SCHOOL_YEAR = ((9, 1), (5, 31))  # begins 5 September, ends before 31 May

Stretch = tuple[dt.date, dt.date]


def read_point(words: str, *, after: dt.date | None = None) -> Stretch | None:
    """Return the first and last day of a point of time, or None when it is not certain.

    Args:
        words: One match of `POINT`.
        after: When the year is left out, the first such time on or after this day is meant.
    """
    low = " ".join(words.lower().split())
    if full := _FULL_DAY.search(low):
        return _one_day(int(full[3]), int(full[2]), int(full[1]))
    if (day := _DAY_OF_YEAR.search(low)) and "tháng" not in low[: day.start()]:
        return _next_day(int(day[2]), int(day[1]), after)
    if years := _YEARS.fullmatch(low.removeprefix("hết ").removeprefix("cuối ")):
        return _years(int(years[1]), years[2], school="học" in low)
    return _months(low, after)


def _months(low: str, after: dt.date | None) -> Stretch | None:
    if half := _HALF.search(low):
        return _in_year(half[2], after, (1, 6) if half[1] == "đầu" else (7, 12))
    if quarter := _QUARTER.search(low):
        last = 3 * _QUARTERS[quarter[1]]
        return _in_year(quarter[2], after, (last - 2, last))
    if month := _MONTH.search(low):
        return _in_year(month[2], after, (int(month[1]), int(month[1])))
    years = _YEARS.search(low)
    return _years(int(years[1]), years[2], school=False) if years else None


def _one_day(year: int, month: int, day: int) -> Stretch | None:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None  # there is no such day
    return found, found


def _next_day(month: int, day: int, after: dt.date | None) -> Stretch | None:
    if after is None:
        return None
    found = _one_day(after.year, month, day)
    return found if not found or found[0] >= after else _one_day(after.year + 1, month, day)


def _in_year(printed: str | None, after: dt.date | None, months: tuple[int, int]) -> Stretch | None:
    first, last = months
    if not 1 <= first <= last <= 12 or (printed is None and after is None):  # noqa: PLR2004
        return None
    year = int(printed) if printed else 0
    if after and not printed:
        year = after.year if last >= after.month else after.year + 1
    return dt.date(year, first, 1), dt.date(year, last, monthrange(year, last)[1])


def _years(first: int, second: str | None, *, school: bool) -> Stretch:
    last = int(second) if second else first
    if school and last > first:
        begins, ends = _SCHOOL_YEAR
        return dt.date(first, *begins), dt.date(last, *ends)
    return dt.date(first, 1, 1), dt.date(last, 12, 31)
