"""DEADLINES + A DAY -> WHEN: overdue, in so many days, next time, as counted from that day.

What a document says stays as it is; this stands beside it. A deadline with no day of its own is
not given one, but of a rhythm without days ("hằng quý") the end of the stretch that runs is told.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.replies import Timed
from index.sketches import in_short

if TYPE_CHECKING:
    from index.replies import DueState
    from ingest.model import Deadline, Metadata

_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
_ORDER: tuple[DueState, ...] = ("due", "recurring", "overdue", "ongoing", "event", "none")


class When(NamedTuple):
    """When something is due, seen from a day."""

    state: DueState
    day: dt.date | None = None  # the next or the last; None: it says none
    stretch: bool = False  # `day` is the end of a month, a quarter …, which is not said

    def place(self, today: dt.date) -> tuple[int, int]:
        """Return where it stands among others: what comes next first, then what went last."""
        if self.day is None:
            return _ORDER.index(self.state), 0
        away = (self.day - today).days
        return (0, away) if away >= 0 else (_ORDER.index("overdue"), -away)


def timed(deadlines: Iterable[Deadline], metadata: Metadata, *, on: dt.date) -> tuple[Timed, ...]:
    """Return *deadlines* as they stand on a day.

    Args:
        deadlines: Of one task.
        metadata: Of its document: some are counted from its day.
        on: The day that is asked about.
    """
    return tuple(_timed(deadline, metadata, on) for deadline in deadlines)


def _timed(deadline: Deadline, metadata: Metadata, on: dt.date) -> Timed:
    when = when_due(in_short(deadline), on)
    held = {field.name: getattr(deadline, field.name) for field in fields(deadline)}
    counted = deadline.kind == "event" and deadline.date is not None
    found = Timed(
        **held,
        state=when.state,
        next=when.day,
        days=(when.day - on).days if when.day else None,
        stretch=when.stretch,
    )
    return replace(found, counted_from=metadata.issued_on) if counted else found


@lru_cache(maxsize=16_384)
def when_due(due: str | None, on: dt.date) -> When:
    """Return when a task is due by what its row says in short: of several, what comes next."""
    if not due:
        return When("none")
    return min((_when(item, on) for item in due.split()), key=lambda when: when.place(on))


def _when(item: str, on: dt.date) -> When:
    if item in ("event", "ongoing"):
        return When("event" if item == "event" else "ongoing")
    if item == "date":  # "trước ngày 30/6" in a document without a date: of no year that is known
        return When("none")
    rhythm, colon, days = item.partition(":")
    if colon:
        return _next_time(rhythm, tuple(days.split(",")) if days else (), on)
    first, stroke, last = item.partition("/")
    if stroke and not last:
        return When("ongoing")
    day = dt.date.fromisoformat(last or first)
    return When("overdue" if day < on else "due", day)


def _next_time(rhythm: str, days: Sequence[str], on: dt.date) -> When:
    """Return the next of the days that are named, else the end of the stretch that runs."""
    named = [day for year in (on.year, on.year + 1) for text in days if (day := _day(text, year))]
    coming = [day for day in named if day >= on]
    if coming:
        return When("recurring", min(coming))
    length = _MONTHS.get(rhythm)
    if length is None:
        return When("recurring")
    month = (on.month - 1) // length * length + length
    return When(
        "recurring", dt.date(on.year, month, calendar.monthrange(on.year, month)[1]), stretch=True
    )


def _day(text: str, year: int) -> dt.date | None:
    """Return "09-15" in a year; None where that has no such day."""
    try:
        return dt.date.fromisoformat(f"{year}-{text}")
    except ValueError:
        return None
