"""FACTS OF CLAUSES -> COLUMNS: what filters and facets look at, as arrays (numpy).

A column stands by the clause's number, so that what passes a filter is one array of yes and no.

Source: measured at a million clauses: tantivy names the clauses that pass a filter one by one, at
a microsecond each; an array of them all takes a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index.engine import FACETS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.engine import Ranges, Wanted


class Values:
    """The values of a field, numbered from 1 as they come; 0 is no value."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names: list[str] = ["", *names]
        self._codes = {name: code for code, name in enumerate(self.names) if code}

    def code(self, value: str) -> int:
        """Return the number of *value*, a new one where it has none."""
        code = self._codes.get(value)
        if code is None:
            self.names.append(value)
            code = self._codes[value] = len(self.names) - 1
        return code

    def known(self, values: Iterable[str]) -> list[int]:
        """Return the numbers of those of *values* that have one."""
        return [code for value in values if (code := self._codes.get(value))]


@dataclass(frozen=True, eq=False)
class Pairs:
    """(clause, value) of what a clause may have several of, by ascending clause."""

    clauses: NDArray[np.uint32]
    values: NDArray[np.uint32]

    def between(self, first: int, stop: int) -> Pairs:
        """Return those of the clauses [first, stop)."""
        start, end = np.searchsorted(self.clauses, (first, stop))
        return Pairs(self.clauses[start:end], self.values[start:end])


@dataclass(frozen=True, eq=False)
class Columns:
    """The facts of all clauses at one moment."""

    alive: NDArray[np.bool_]  # by the clause's number
    single: dict[str, NDArray[np.uint32]]
    several: dict[str, Pairs]
    due: Pairs  # days since year 1
    values: dict[str, Values]

    def passing(self, wanted: Wanted) -> NDArray[np.bool_]:
        """Return for each clause whether it has the facts; the terms do not count."""
        passes = self.alive.copy()
        for name, values in wanted.facts.items():
            codes = self.values[name].known(values)
            if name in self.several:
                pairs = self.several[name]
                passes &= self._having(pairs.clauses[_any_of(pairs.values, codes)])
            else:
                passes &= _any_of(self.single[name], codes)
        if wanted.due_by is not None:
            passes &= self._having(self.due.clauses[self.due.values <= max(wanted.due_by, 0)])
        if wanted.among is not None:
            among = np.asarray(wanted.among, np.int64)
            passes &= self._having(among[(among >= 0) & (among < len(passes))])
        return passes

    def _having(self, clauses: NDArray[Any]) -> NDArray[np.bool_]:
        having = np.zeros(len(self.alive), np.bool_)
        having[clauses] = True
        return having

    def facets(
        self, among: NDArray[np.bool_] | NDArray[np.int64], size: int
    ) -> dict[str, list[tuple[str, int]]]:
        """Return the commonest values of each facet of some clauses, by yes and no or by number."""
        yes = among if among.dtype == np.bool_ else self._having(among)
        found: dict[str, list[tuple[str, int]]] = {}
        for name in FACETS:
            if name in self.several:
                pairs = self.several[name]
                codes = pairs.values[yes[pairs.clauses]]
            else:
                codes = self.single[name][among]
            found[name] = _commonest(codes, self.values[name].names, size)
        return found

    def marked(self, gone: Ranges, come: Sequence[int], stop: int) -> NDArray[np.bool_]:
        """Return which clauses up to *stop* are alive once some went and others came."""
        alive = np.zeros(stop, np.bool_)
        alive[: len(self.alive)] = self.alive
        for first, end in gone:
            alive[first:end] = False
        alive[np.asarray(come, np.int64)] = True
        return alive


def _any_of(column: NDArray[np.uint32], codes: Sequence[int]) -> NDArray[np.bool_]:
    if len(codes) == 1:
        return np.equal(column, codes[0], dtype=np.bool_)
    asked = np.zeros(int(column.max(initial=0)) + 1, np.bool_)
    asked[[code for code in codes if code < len(asked)]] = True
    return np.asarray(asked[column], np.bool_)


def _commonest(codes: NDArray[np.uint32], names: Sequence[str], size: int) -> list[tuple[str, int]]:
    counts = np.bincount(codes)
    counts[:1] = 0  # no value
    if np.count_nonzero(counts) > size:
        least = np.partition(counts, -size)[-size]
        best = np.flatnonzero(counts >= least)
    else:
        best = np.flatnonzero(counts)
    found = [(names[code], int(counts[code])) for code in best.tolist()]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:size]
