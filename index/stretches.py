"""A FOLDED LINE -> STRETCHES OF TIME, counted from today: one point or stretch, no comparison."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable
from typing import NamedTuple

from index.replies import TimeUnit

_YEAR = r"(?:19|20)\d\d"
_YEAR_AFTER = (
    rf"(?:(?:[/-]|,? nam | )(?P<year>{_YEAR})(?![\d/])| nam (?P<near>nay|sau|toi|ngoai|truoc))?"
)
_COUNTS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "gieng": 1, "chap": 12,
    "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip
_NEAR = {"nay": 0, "sau": 1, "toi": 1, "sap toi": 1, "ngoai": -1, "truoc": -1, "kia": -2, "qua": -1,
         "vua qua": -1, "vua roi": -1, "roi": -1}  # fmt: skip
_WHICH = r"(?P<which>nay|sau|toi|sap toi|truoc|vua qua|vua roi|qua|roi)(?!\w)"
_QUARTER, _HALF, _DECEMBER, _WEEK = 3, 6, 12, 7
_SCHOOL = ((9, 1), (8, 31))  # of a school year: its first and last day
_THIRD = 10  # days at the edge of a month: "đầu tháng", "cuối tháng"


class Stretch(NamedTuple):
    """A time with its first and last day; None where it is open."""

    since: dt.date | None
    until: dt.date | None
    unit: TimeUnit
    year_given: bool = True
    relative: bool = False  # counted from today: "tháng sau"


_Reader = Callable[[re.Match[str], dt.date], Stretch | None]


def first_of_line(line: str, place: int, today: dt.date) -> tuple[Stretch, int] | None:
    """Return the time that stands in *line* at *place*, and where it ends; None: there is none."""
    for form, read in _FORMS:
        if (found := form.match(line, place)) and (stretch := read(found, today)):
            return stretch, found.end()
    return None


def last_year_like(day: dt.date, until: dt.date) -> dt.date:
    """Return *day* in the last year in which it is not after *until*."""
    year = until.year if (day.month, day.day) <= (until.month, until.day) else until.year - 1
    return _day(year, day.month, day.day) or day


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None  # there is no such day


def _months(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, first, 1), dt.date(year, last, monthrange(year, last)[1])


def _year_of(found: re.Match[str], today: dt.date) -> tuple[int, bool]:
    """Return the year that a form names, this year where it names none, and whether it does."""
    near = found.groupdict().get("near")
    year = found.groupdict().get("year")
    if near:
        return today.year + _NEAR[near], True
    return (int(year), True) if year else (today.year, False)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word]


def _full_day(found: re.Match[str], today: dt.date) -> Stretch | None:
    year, given = _year_of(found, today)
    short = found.groupdict().get("short")
    if short:
        year, given = 2000 + int(short), True
    day = _day(year, int(found["month"]), int(found["day"]))
    return Stretch(day, day, "day", given) if day else None


def _month(found: re.Match[str], today: dt.date) -> Stretch | None:
    year, given = _year_of(found, today)
    month = _count(found["month"])
    if not 1 <= month <= _DECEMBER:
        return None
    return Stretch(*_months(year, month, month), "month", given)


def _quarter(found: re.Match[str], today: dt.date) -> Stretch | None:
    year, given = _year_of(found, today)
    last = _QUARTER * _count(found["quarter"])
    if not 1 <= last <= _DECEMBER:
        return None
    return Stretch(*_months(year, last - 2, last), "quarter", given)


def _part_of_year(found: re.Match[str], today: dt.date) -> Stretch | None:
    year, given = _year_of(found, today)
    months = _count(found["count"]) if found.groupdict().get("count") else _HALF
    if not 1 <= months < _DECEMBER:
        return None
    bounds = (1, months) if found["edge"] == "dau" else (_DECEMBER - months + 1, _DECEMBER)
    return Stretch(*_months(year, *bounds), "half" if months == _HALF else "span", given)


def _years(found: re.Match[str], _: dt.date) -> Stretch | None:
    first, last = int(found["year"]), int(found["last"] or found["year"])
    if first > last:
        return None
    if found["kind"] and "nam hoc" in found["kind"] and last == first + 1:
        return Stretch(dt.date(first, *_SCHOOL[0]), dt.date(last, *_SCHOOL[1]), "year")
    unit: TimeUnit = "span" if found["last"] else "year"
    return Stretch(dt.date(first, 1, 1), dt.date(last, _DECEMBER, 31), unit)


def _near_year(found: re.Match[str], today: dt.date) -> Stretch:
    year = today.year + _NEAR[found["which"]]
    return Stretch(dt.date(year, 1, 1), dt.date(year, _DECEMBER, 31), "year", relative=True)


def _near_unit(found: re.Match[str], today: dt.date) -> Stretch:
    steps, unit = _NEAR[found["which"]], found["unit"]
    if unit == "tuan":
        monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=steps)
        return Stretch(monday, monday + dt.timedelta(days=_WEEK - 1), "week", relative=True)
    length = _QUARTER if unit == "qui" else 1
    months = today.year * _DECEMBER + (today.month - 1) // length * length + steps * length
    year, month = divmod(months, _DECEMBER)
    bounds = _months(year, month + 1, month + length)
    return Stretch(*bounds, "quarter" if unit == "qui" else "month", relative=True)


_OFFSETS = {"hom nay": 0, "bay gio": 0, "ngay mai": 1, "ngay kia": 2, "hom qua": -1, "hom kia": -2}


def _near_day(found: re.Match[str], today: dt.date) -> Stretch:
    day = today + dt.timedelta(days=_OFFSETS[found[0]])
    return Stretch(day, day, "day", relative=True)


def _counted(found: re.Match[str], today: dt.date) -> Stretch | None:
    """Read "3 tháng tới", "trong vòng 10 ngày", "2 năm gần đây"."""
    count, unit = _count(found["count"]), found["unit"]
    if unit in {"ngay", "tuan"}:
        ahead = today + dt.timedelta(days=count * (_WEEK if unit == "tuan" else 1))
        behind = today - dt.timedelta(days=count * (_WEEK if unit == "tuan" else 1))
    else:
        length = {"thang": 1, "qui": _QUARTER, "nam": _DECEMBER}[unit]
        ahead, behind = _moved(today, count * length), _moved(today, -count * length)
    past = (found["way"] or "") in {"qua", "vua qua", "gan day", "gan nhat", "truoc", "vua roi"}
    return Stretch(behind, today, "span", relative=True) if past else Stretch(
        today, ahead, "span", relative=True
    )  # fmt: skip


def _moved(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * _DECEMBER + day.month - 1 + months, _DECEMBER)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _edge(found: re.Match[str], today: dt.date) -> Stretch | None:
    """Read "cuối tháng này", "đầu năm 2026", "giữa quý III", "cuối năm"."""
    whole = first_of_line(found["of"], 0, today)
    if whole is None:
        bare = {"nam": "nam nay", "thang": "thang nay", "qui": "qui nay", "tuan": "tuan nay"}
        whole = first_of_line(bare[found["of"]], 0, today) if found["of"] in bare else None
    if whole is None:
        return None
    since, until, unit, given, relative = whole[0]
    if since is None or until is None:
        return None
    days = (until - since).days + 1
    if found["edge"] == "het":
        return whole[0]
    part = {"month": _THIRD, "week": 2, "quarter": 31}.get(unit, days // 4)
    if found["edge"] == "dau":
        return Stretch(since, since + dt.timedelta(days=part - 1), "span", given, relative)
    if found["edge"] == "giua":
        middle = since + dt.timedelta(days=(days - part) // 2)
        return Stretch(middle, middle + dt.timedelta(days=part - 1), "span", given, relative)
    return Stretch(until - dt.timedelta(days=part - 1), until, "span", given, relative)


_NUMBER = r"(?:\d{1,2}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)"
_MONTH_NAME = r"(?:1[0-2]|0?[1-9])(?![\d%])"
_QUARTER_NAME = r"(?:iv|iii|ii|i|[1-4]|mot|hai|ba|tu|bon)(?![\w%])"
_UNIT = r"(?P<unit>ngay|tuan|thang|qui|nam)(?!\w)"
_PLAIN: tuple[tuple[str, _Reader], ...] = (
    (rf"(?P<year>{_YEAR})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?!\d)", _full_day),
    (
        (
            rf"(?:ngay |mung |mong )?(?P<day>\d{{1,2}})(?P<sep>[/.-])(?P<month>\d{{1,2}})(?P=sep)"
            rf"(?:(?P<year>{_YEAR})|(?P<short>2\d))(?![\d/])"
        ),
        _full_day,
    ),
    (
        (
            r"(?:ngay |mung |mong )?(?P<day>\d{1,2}) thang (?P<month>\d{1,2})(?! lan)"
            rf"{_YEAR_AFTER}(?!\d)"
        ),
        _full_day,
    ),
    (
        rf"(?:ngay |mung )?(?P<day>\d{{1,2}})/(?P<month>{_MONTH_NAME})(?![/\d]){_YEAR_AFTER}",
        _full_day,
    ),
    (r"(?:ngay |mung )(?P<day>\d{1,2})-(?P<month>\d{1,2})(?![-\d])", _full_day),
    (
        (
            rf"(?P<count>{_NUMBER}) thang (?P<edge>dau|cuoi) nam"
            rf"(?: (?:nam )?(?:(?P<year>{_YEAR})|(?P<near>nay|sau|toi|ngoai|truoc)(?!\w)))?"
        ),
        _part_of_year,
    ),
    (
        (
            rf"nua (?P<edge>dau|cuoi) (?:cua )?nam"
            rf"(?: (?:(?P<year>{_YEAR})|(?P<near>nay|sau|toi|ngoai|truoc)(?!\w)))?"
        ),
        _part_of_year,
    ),
    (rf"qui (?P<quarter>{_QUARTER_NAME}){_YEAR_AFTER}", _quarter),
    (rf"q(?P<quarter>[1-4])[/ .-](?P<year>{_YEAR})(?!\d)", _quarter),
    (rf"thang (?P<month>{_MONTH_NAME})(?! lan){_YEAR_AFTER}", _month),
    (rf"t?(?P<month>{_MONTH_NAME})[/.-](?P<year>{_YEAR})(?![\d/-])", _month),
    (
        (
            r"(?P<kind>(?:giai doan|nhiem ki|nam hoc|cac nam) )?(?:tu )?(?:nam )?"
            rf"(?P<year>{_YEAR}) ?(?:-|den(?: het)?(?: nam)?|toi(?: nam)?) ?"
            rf"(?P<last>{_YEAR})(?![\d/])"
        ),
        _years,
    ),
    (rf"(?P<kind>)nam (?P<year>{_YEAR})(?P<last>)(?![\d/])", _years),
    (rf"(?P<kind>)(?P<year>{_YEAR})(?P<last>)(?![\d/%-])", _years),
    (r"nam (?P<which>nay|ngoai|truoc|sau|toi|kia|vua qua|qua)(?!\w)", _near_year),
    (r"hom nay|bay gio|ngay mai|ngay kia|hom qua|hom kia", _near_day),
    (rf"(?P<unit>tuan|thang|qui) {_WHICH}", _near_unit),
    (
        (
            rf"(?P<count>\d{{1,3}}|{_NUMBER}) {_UNIT} "
            r"(?P<way>toi|nua|sap toi|tiep theo|vua qua|vua roi|qua|gan day|gan nhat)(?!\w)"
        ),
        _counted,
    ),
    (
        (
            rf"(?:trong )?(?:vong|khoang) (?P<count>\d{{1,3}}|{_NUMBER}) {_UNIT}(?P<way>)"
            r"(?! (?:lam viec )?(?:ke|tu|sau))"
        ),
        _counted,
    ),
)  # fmt: skip
_EDGED = (
    r"(?P<edge>dau|giua|cuoi|het) (?:cua )?"
    rf"(?P<of>(?:nam(?: {_YEAR}| (?:nay|sau|toi|ngoai|truoc)(?!\w))?|nam"
    r"|thang(?: \d{1,2}(?!\d)(?:(?:/| nam )\d{4})?| (?:nay|sau|toi|truoc)(?!\w))?"
    rf"|qui(?: {_QUARTER_NAME}(?:(?:/| nam )\d{{4}})?| (?:nay|sau|toi|truoc)(?!\w))?"
    r"|tuan(?: (?:nay|sau|toi|truoc)(?!\w))?))(?!\w)"
)
_FORMS = tuple(
    (re.compile(rf"(?<![\w/.]){form}"), read) for form, read in (*_PLAIN, (_EDGED, _edge))
)
