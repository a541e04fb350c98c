"""A BODY, THE WORDS OF ITS DUTY, TWO DAYS -> WHO IS RESPONSIBLE NOW (đơn vị nay chịu trách nhiệm).

What a document says is never rewritten: this stands beside it. Succession is by function, level and
place, chains are followed, and what is not certain says so. Where a body ended and nobody took over
the whole of it, the answer is that, with the reason, and no name.

Source: `knowledge/successions.csv`; each edge names its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from index.choosing import Asked, edges_of
from index.edges import (
    NO_PROVINCE,
    WEAKEST_LAST,
    Certainty,
    ChangeKind,
    Edge,
    Step,
    joined,
    step_by,
)
from index.functions import every_function, functions_in
from index.renaming import unit_steps
from index.situation import Situation, situate

_LONGEST = 6  # steps of a chain: more would be a circle


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """Who is responsible now, by what change, and how certain that is."""

    agency: str | None  # None: giải thể, không có đơn vị kế thừa duy nhất; `note` says why
    kind: ChangeKind  # of the first change
    function: str | None
    valid_from: dt.date  # since when the last of the changes holds
    basis: str
    source: str
    certainty: Certainty  # of the weakest change
    verify: bool  # cần xác minh
    note: str | None
    steps: tuple[Step, ...]


def successors(
    agency: str,
    words: str = "",
    *,
    written_on: dt.date | None,
    asked_on: dt.date,
    province: str | None = None,
) -> tuple[Successor, ...]:
    """Return who is responsible on *asked_on* for a duty that a document gave to *agency*.

    Args:
        agency: Full name, as the document gives it.
        words: Of the duty; they tell its function.
        written_on: The document's day.
        asked_on: The day that is asked about; before a change it changes nothing.
        province: Of the document, for names that do not say theirs.

    Returns:
        (), where the body is the same on that day; several where the function is not clear or
        the duty went to several.
    """
    return _trace(agency, functions_in(words), written_on, asked_on, province)


def heirs(agency: str, *, asked_on: dt.date) -> frozenset[str]:
    """Return whoever may have taken over any function of a body, whatever the duty and place."""
    every = _trace(agency, every_function(), dt.date.min, asked_on, None)
    return frozenset(one.agency for one in every if one.agency)


@lru_cache(maxsize=8192)
def _trace(
    agency: str,
    functions: tuple[str, ...],
    written_on: dt.date | None,
    asked_on: dt.date,
    province: str | None,
) -> tuple[Successor, ...]:
    situation = situate(agency, province=province, on=written_on)
    asked = Asked(functions, asked_on)
    found: dict[str | None, Successor] = {}
    for path in _paths(agency, situation, asked, written_on, ()):
        if path and path[-1].agency != agency:
            one = _sum_up(path)
            known = found.get(one.agency)
            found[one.agency] = _with_function(known, one.function) if known else one
    return tuple(found.values())


def _paths(
    name: str,
    situation: Situation,
    asked: Asked,
    written_on: dt.date | None,
    so_far: tuple[Step, ...],
) -> Iterator[tuple[Step, ...]]:
    """Yield each way from a body to one that is there on the day asked about."""
    taken, doubt = edges_of(name, situation, asked, written_on)
    if not taken or len(so_far) >= _LONGEST:
        yield (*so_far, *unit_steps(name, situation, asked.on, written_on=written_on))
        return
    for edge in taken:
        to = _filled(edge, name, situation)
        step = step_by(edge, to, doubt)
        if to is None:
            yield (*so_far, step)
            continue
        next_ = situate(to, province=situation.province, on=written_on)
        yield from _paths(to, next_, asked, edge.valid_from, (*so_far, step))


def _filled(edge: Edge, name: str, situation: Situation) -> str | None:
    if not edge.to:
        return None
    province = situation.province or NO_PROVINCE
    within = f"thuộc địa bàn {situation.district} cũ" if situation.district else None
    places = [within, situation.province if within else province]
    communes = f"các xã, phường {', '.join(filter(None, places))}"
    area = name.removeprefix(edge.from_).strip()
    return edge.to.format(province=province, communes=communes, area=area).strip()


def _sum_up(path: tuple[Step, ...]) -> Successor:
    first, last = path[0], path[-1]
    certainty = max((step.certainty for step in path), key=WEAKEST_LAST.index)
    note = joined(*(step.note for step in path))
    return Successor(
        agency=last.agency,
        kind=first.kind,
        function=next((step.function for step in path if step.function), None),
        valid_from=max(step.valid_from for step in path),
        basis=joined(*(step.basis for step in path)) or "",
        source=joined(*(step.source for step in path)) or "",
        certainty=certainty,
        verify=certainty != "verified" or NO_PROVINCE in (last.agency or "") or _doubted(note),
        note=note,
        steps=path,
    )


def _with_function(known: Successor, function: str | None) -> Successor:
    return replace(known, function=joined(known.function, function))


def _doubted(note: str | None) -> bool:
    return "xác minh" in (note or "")
