"""DAY -> WORKING DAY: the calendar of Vietnamese offices (ngày làm việc).

Tết, Giỗ Tổ, and days off or worked by announcement stand in `knowledge/holidays.csv`; what no
announcement was seen for, as the first day off of an early Tết, is marked "unverified" there.

Source: Labour Code 45/2019/QH14, Articles 111 and 112; before it Code 10/2012/QH13, Article 115,
from when Tết has five days, and the Code of 1994, Article 73, with four.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from ingest.knowledge.tables import rows

_SATURDAY = 5
_ONE_DAY = dt.timedelta(days=1)
_DAYS_OF_TET = 5
_FIRST_DAYS_OF_TET = 4
_FIVE_DAYS_SINCE = 2014  # the Code of 2012 took effect on 1 May 2013
_SECOND_DAY_SINCE = 2021  # the National Day has two days off since then
_FIXED = ((1, 1), (4, 30), (5, 1), (9, 2))


def add_working_days(start: dt.date, count: int) -> dt.date:
    """Return the day that is *count* working days after *start*, which itself does not count.

    Source: Civil Code 91/2015/QH13, Article 147: a period begins on the day after.
    """
    day = start
    while count > 0:
        day += _ONE_DAY
        count -= is_working_day(day)
    return day


def is_working_day(day: dt.date) -> bool:
    """Tell whether offices work on *day*; Saturdays and Sundays count as days off."""
    announced = _announced().get(day)
    if announced is not None:
        return announced
    return day.weekday() < _SATURDAY and day not in _days_off(day.year)


@cache
def _days_off(year: int) -> frozenset[dt.date]:
    """Return the holidays of a year and the days given for those that fall on a weekend."""
    holidays = {dt.date(year, month, day) for month, day in _FIXED}
    if year >= _SECOND_DAY_SINCE:
        national = dt.date(year, 9, 2)
        holidays.add(national - _ONE_DAY if national.weekday() else national + _ONE_DAY)
    for row in rows("holidays"):
        first = dt.date.fromisoformat(row["date"])
        if first.year == year and row["kind"] == "tet":
            days = _DAYS_OF_TET if year >= _FIVE_DAYS_SINCE else _FIRST_DAYS_OF_TET
            holidays |= {first + n * _ONE_DAY for n in range(days)}
        elif first.year == year and row["kind"] == "gio-to":
            holidays.add(first)
    off = set(holidays)
    for holiday in sorted(holidays):
        day = holiday
        if holiday.weekday() >= _SATURDAY:
            while day.weekday() >= _SATURDAY or day in off:
                day += _ONE_DAY
            off.add(day)
    return frozenset(off)


@cache
def _announced() -> dict[dt.date, bool]:
    kinds = {"off": False, "worked": True}
    return {
        dt.date.fromisoformat(row["date"]): kinds[row["kind"]]
        for row in rows("holidays")
        if row["kind"] in kinds
    }
