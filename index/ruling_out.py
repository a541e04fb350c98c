"""UNITS -> THOSE THAT A QUESTION DOES NOT RULE OUT: by what it leaves out, and by its times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from index.fold import folded_tokens

if TYPE_CHECKING:
    from index.gazetteer import Gazetteer
    from index.papers import Paper
    from index.query import Question
    from index.replies import Period
    from index.sketches import Sketch
    from index.store import Store

_LONG = {"daily": 1, "weekly": 7, "monthly": 28, "quarterly": 89, "half-yearly": 180, "yearly": 365}


class Sketched(Protocol):
    """What may be quoted."""

    @property
    def sketch(self) -> Sketch:
        """Return its sketch."""


_U = TypeVar("_U", bound=Sketched)


def ruled_in(
    store: Store,
    gazetteer: Gazetteer,
    question: Question,
    papers: Mapping[int, Paper],
    units: list[_U],
) -> list[_U]:
    """Return the units that the question does not rule out.

    What it leaves out ("trừ Công an", "không phải quyết định") never comes. Its times narrow the
    rest where anything is of them: tasks due then, documents issued then.
    """
    if question.excluded:
        units = [unit for unit in units if not _of_kind(papers[unit.sketch.document], question)]
        units = _without_bodies(store, gazetteer, question, units)
        units = _without_words(store, question, units)
    due = [period for period in question.periods if period.use == "due"]
    issued = [
        period
        for period in question.periods
        if period.use == "document" and period.unit != "year" and period.until
    ]
    if issued:
        units = _if_any(units, lambda unit: _is_of(papers[unit.sketch.document], issued))
    if due and question.intent == "what" and question.mentions:
        dues = store.dues(u.sketch.task for u in units if u.sketch.task is not None)
        years = _whole_years(due)

        def falls(unit: _U) -> bool:
            said = dues.get(unit.sketch.task or 0)
            if not _has_day(said) and papers[unit.sketch.document].known.years & years:
                return True
            return is_due(said, due)

        units = _if_any(units, falls)
    return units


def _whole_years(periods: Iterable[Period]) -> frozenset[int]:
    """Return the years asked for whole: a plan of that year is to be done in it, day or not."""
    return frozenset(p.since.year for p in periods if p.unit == "year" and p.since and p.until)


def _has_day(due: str | None) -> bool:
    return any(character.isdigit() for character in due or "")


def _if_any(units: list[_U], fits: Callable[[_U], bool]) -> list[_U]:
    return [unit for unit in units if fits(unit)] or units


def _is_of(paper: Paper, periods: Iterable[Period]) -> bool:
    issued = paper.known.issued
    return bool(issued) and all(p.holds(dt.date.fromisoformat(issued or "")) for p in periods)


def is_due(due: str | None, periods: Iterable[Period]) -> bool:
    """Tell whether a task whose times are *due*, in short, is due in one of *periods*."""
    days = (due or "").split()
    return any(_falls(day, period) for day in days for period in periods)


def _falls(due: str, period: Period) -> bool:
    rhythm, colon, days = due.partition(":")
    if colon:
        return _comes_again(rhythm, [day for day in days.split(",") if day], period)
    first, stroke, last = due.partition("/")
    if stroke:
        begins, ends = _day(first), _day(last)
        if ends is None:
            return begins is not None and (not period.until or begins <= period.until)
        return _holds(period, ends)
    day = _day(due)
    return day is not None and _holds(period, day)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None  # "event", "ongoing": due at no day


def _holds(period: Period, day: dt.date) -> bool:
    """Tell whether *day* is within; without a year in the question, in any year."""
    if period.year_given:
        return period.holds(day)
    anchor = period.until or period.since
    if anchor is None:
        return False
    year = anchor.year
    moved = day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)  # noqa: PLR2004
    low = period.since or dt.date(year, 1, 1)
    high = period.until or dt.date(year, 12, 31)
    return low <= moved <= high


def _comes_again(rhythm: str, days: Sequence[str], period: Period) -> bool:
    """Tell whether a task that comes again does so within *period*."""
    if not (period.since and period.until):
        return False
    if all(len(day) == 5 for day in days) and days:  # noqa: PLR2004 - "09-15"
        years = range(period.since.year, period.until.year + 1)
        dates = (_day(f"{year}-{day}") for year in years for day in days)
        return any(date is not None and period.holds(date) for date in dates)
    length = (period.until - period.since).days + 1
    return length >= _LONG.get(rhythm, length + 1)


def _without_bodies(
    store: Store, gazetteer: Gazetteer, question: Question, units: list[_U]
) -> list[_U]:
    bodies = question.excluded.bodies
    if not bodies:
        return units
    agencies = {match.agency for body in bodies for match in gazetteer.match(body.body)}
    acting = store.acting(unit.sketch.task for unit in units if unit.sketch.task is not None)
    return [
        unit
        for unit in units
        if not _all_of(agencies, (body for body, _ in acting.get(unit.sketch.task or 0, ())))
    ]


def _without_words(store: Store, question: Question, units: list[_U]) -> list[_U]:
    words = question.excluded.words
    if not words:
        return units
    said = {
        number
        for number, clause in store.clauses({unit.sketch.clause for unit in units}).items()
        if _says(f" {' '.join(folded_tokens(clause.text))} ", words)
    }
    return [unit for unit in units if unit.sketch.clause not in said]


def _of_kind(paper: Paper, question: Question) -> bool:
    """Tell whether a document is of a type, place or year that is left out."""
    excluded = question.excluded
    known = paper.known
    return (
        known.doc_type in excluded.doc_types
        or any(f" {place} " in known.words for place in excluded.places)
        or bool(known.years and known.years <= set(excluded.years))
    )


def _all_of(bodies: set[int], acting: Iterable[int]) -> bool:
    acts = set(acting)
    return bool(acts) and acts <= bodies


def _says(words: str, phrases: Iterable[str]) -> bool:
    return any(f" {phrase} " in words for phrase in phrases)
