"""DUTIES OF A BODY -> A LIST: narrowed, counted and put in order by what their rows sketch."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from index.duty_replies import DutyFacet
from index.timing import when_due

if TYPE_CHECKING:
    from index.duty_replies import DutyFacetName, DutySort, DutyView
    from index.papers import Paper
    from index.sketches import Duty

_ROLES = ("lead", "coordinate", "advise", "support")


class _Facet(NamedTuple):
    """What duties are narrowed by: some part of them, and the values that it stands for.

    The parts are few and the duties many: each part is looked at once.
    """

    part: Callable[[Duty], Any]
    values: Callable[[Any], Sequence[str]]


@dataclass(frozen=True)
class Listing:
    """How duties are listed: by what is known of their documents, as seen from a day."""

    papers: dict[int, Paper]
    today: dt.date

    @cached_property
    def _facets(self) -> dict[DutyFacetName, _Facet]:
        known = {number: paper.known for number, paper in self.papers.items()}
        return {
            "role": _Facet(itemgetter(3), lambda roles: roles.split(",")),
            "doc_type": _Facet(itemgetter(1), lambda number: _some(known[number].doc_type)),
            "year": _Facet(itemgetter(1), lambda number: _some((known[number].issued or "")[:4])),
            "due": _Facet(itemgetter(2), lambda due: (when_due(due, self.today).state,)),
        }

    def passing(
        self, duties: Sequence[Duty], view: DutyView, *, besides: str | None = None
    ) -> Sequence[Duty]:
        """Return the duties that pass the filters of *view*, but for the filter *besides*."""
        for name, (part, values) in self._facets.items():
            wanted = getattr(view, name)
            if wanted is not None and name != besides:
                fits = {each for each in set(map(part, duties)) if str(wanted) in values(each)}
                duties = [duty for duty in duties if part(duty) in fits]
        return duties

    def facets(self, duties: Sequence[Duty], view: DutyView) -> tuple[DutyFacet, ...]:
        """Return what *duties* can be narrowed to, each facet without its own filter."""
        found: list[DutyFacet] = []
        for name, (part, values) in self._facets.items():
            counts: Counter[str] = Counter()
            for each, count in Counter(map(part, self.passing(duties, view, besides=name))).items():
                for value in values(each):
                    counts[value] += count
            commonest = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
            found += [DutyFacet(name=name, value=value, count=n) for value, n in commonest]
        return tuple(found)

    def sort(self, duties: Sequence[Duty], by: DutySort) -> list[Duty]:
        """Return *duties* in an order; equal ones as they stand in the library."""
        held = sorted(duties, key=itemgetter(1, 0))
        if by == "document":
            return held
        part, order = self._orders()[by]
        places = {each: order(each) for each in set(map(part, held))}
        return sorted(held, key=lambda duty: places[part(duty)])

    def _orders(self) -> dict[DutySort, tuple[Callable[[Duty], Any], Callable[[Any], Any]]]:
        return {
            "deadline": (
                itemgetter(2), lambda due: when_due(due, self.today).place(self.today)
            ),
            "issued": (itemgetter(1), self._issued),
            "role": (itemgetter(3), lambda roles: min(map(_ROLES.index, roles.split(",")))),
        }  # fmt: skip

    def _issued(self, number: int) -> tuple[int, int]:
        """Return the place of a document: the newest first, those without a day last."""
        issued = self.papers[number].known.issued
        return (-dt.date.fromisoformat(issued).toordinal() if issued else 0), number


def _some(value: str | None) -> Sequence[str]:
    return (value,) if value else ()
