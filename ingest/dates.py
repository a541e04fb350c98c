"""WORDS -> DAYS: points of time as directives write them ("ngày 30/6/2024", "quý III/2025").

Source: Decree 30/2020/NĐ-CP, Annex II, on writing dates; the other forms are the offices' custom.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?: ?[/.-] ?(?:{_YEAR})(?!\d)|,? năm (?:{_YEAR})(?!\d))"
QUARTER_WORD = r"(?:[Qq]uý|[Qq]úy)"  # the tone stands on either vowel
_ROMAN = r"(?:IV|III|II|I|[1-4])(?!\w)"
_TO = r"(?: ?[,;+&–-] ?| và | đến )"  # "tháng 4, 5", "quý I - III"
_UP_TO = r"(?: ?[–-] ?| đến )"  # "tháng 4 - tháng 6"; "quý II và quý IV" are two times
DAY = (
    rf"(?:(?:[Nn]gày ?)?\d{{1,2}} ?[/.-] ?\d{{1,2}} ?[/.-] ?{_YEAR}(?!\d)"
    rf"|(?:[Nn]gày ?)?\d{{1,2}} tháng \d{{1,2}}(?:,? năm {_YEAR})?(?!\d|/\d)"
    r"|(?:[Nn]gày ?)?\d{1,2} ?/ ?\d{1,2}(?![\d/%])"
    r"|[Nn]gày \d{1,2}-\d{1,2}(?![\d-]))"
)
MONTH = (
    rf"(?:[Tt]háng \d{{1,2}}(?:{_TO}\d{{1,2}}|{_UP_TO}tháng \d{{1,2}})*{_OF_YEAR}"
    r"|[Tt]háng \d{1,2}(?!\d| ?/ ?\d{1,2}(?!\d)))"
)
SHORT_MONTH = rf"(?:T?\d{{1,2}} ?/ ?{_YEAR}(?![\d/-]))"  # "T6/2025", "06/2025"
QUARTER = (
    rf"(?:{QUARTER_WORD} {_ROMAN}(?:{_TO}{_ROMAN}|{_UP_TO}quý {_ROMAN})*{_OF_YEAR}"
    rf"|{QUARTER_WORD} {_ROMAN})"
)
HALF = rf"(?:(?:0?6|[Ss]áu) tháng (?:đầu|cuối) năm(?: {_YEAR})?)"
YEAR = rf"(?:[Nn]ăm (?:học )?{_YEAR}(?:[ ]?[-–][ ]?{_YEAR})?(?![\d/]))"
END_OF_YEAR = r"(?:(?:[Hh]ết|[Cc]uối) năm(?: nay)?(?! ?(?:học|trước|sau|tài|\d))(?!\w))"
POINT = (
    r"(?:(?:(?:[Hh]ết|[Cc]uối|[Đđ]ầu|[Gg]iữa|[Nn]gay|"
    r"[Tt]uần (?:thứ )?(?:\d|một|hai|ba|tư|đầu|cuối)(?: của)?) )?"
    rf"(?:{DAY}|{MONTH}|{SHORT_MONTH}|{QUARTER}|{HALF}|{YEAR})|{END_OF_YEAR})"
)

_FULL_DAY = re.compile(rf"(\d{{1,2}}) ?(?:[/.-]|tháng) ?(\d{{1,2}}) ?(?:[/.-]|,? năm) ?({_YEAR})")
_DAY_OF_YEAR = re.compile(r"(\d{1,2}) ?(?:/|-|tháng) ?(\d{1,2})(?!\d)")
_WRITTEN_YEAR = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
_MONTHS = re.compile(rf"(?:tháng |^t?)(\d{{1,2}}(?:{_TO}(?:tháng )?\d{{1,2}}(?!\d))*)")
_QUARTERS = re.compile(
    rf"(?:quý|qúy) ((?:iv|iii|ii|i|[1-4])(?:{_TO}(?:quý )?(?:iv|iii|ii|i|[1-4]))*)"
)
_HALF = re.compile(r"tháng (đầu|cuối) năm")
_YEARS = re.compile(rf"năm (?:học )?({_YEAR})(?: ?[-–] ?({_YEAR}))?")
_NUMBER_OF = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SCHOOL_YEAR = ((9, 1), (5, 31))  # begins 5 September, ends before 31 May
_DECEMBER = 12

Stretch = tuple[dt.date, dt.date]


def read_point(words: str, *, after: dt.date | None = None) -> Stretch | None:
    """Return the first and last day of a point of time, or None when it is not certain.

    Args:
        words: One match of `POINT`.
        after: When the year is left out, the first such time on or after this day is meant.
    """
    low = re.sub(r"^tuần (?:thứ )?\S+ (?:của )?", "", " ".join(words.lower().split()))
    full = _FULL_DAY.search(low)
    if full and not re.search(r"tháng $", low[: full.start()]):
        return _one_day(int(full[3]), int(full[2]), int(full[1]))
    if re.fullmatch(END_OF_YEAR, low):
        return _in_year(None, after, (_DECEMBER, _DECEMBER))
    if years := _YEARS.fullmatch(re.sub(r"^(?:hết|cuối|đầu|giữa|ngay) ", "", low)):
        return _years(int(years[1]), years[2], school="học" in low)
    return _months(low, after) or _short_day(low, after)


def _short_day(low: str, after: dt.date | None) -> Stretch | None:
    day = _DAY_OF_YEAR.search(low)
    return _next_day(int(day[2]), int(day[1]), after) if day else None


def _months(low: str, after: dt.date | None) -> Stretch | None:
    printed = _WRITTEN_YEAR.search(low)
    year = printed[1] if printed else None
    if half := _HALF.search(low):
        return _in_year(year, after, (1, 6) if half[1] == "đầu" else (7, 12))
    if found := _QUARTERS.search(low):
        quarters = [_NUMBER_OF[name] for name in re.findall(r"iv|iii|ii|i|[1-4]", found[1])]
        return _in_year(year, after, (3 * quarters[0] - 2, 3 * quarters[-1]))
    if re.search(r"\d tháng", low) or not (found := _MONTHS.search(low)):
        return None
    if year is None and not low.startswith(("tháng", "hết", "cuối", "đầu", "giữa", "ngay")):
        return None
    months = [int(number) for number in re.findall(r"\d{1,2}", found[1])]
    return _in_year(year, after, (months[0], months[-1]))


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
    if not 1 <= first <= last <= _DECEMBER or (printed is None and after is None):
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
