"""TWO DOCUMENTS -> SIDE BY SIDE: which clause answers to which, and what stands on one side only.

Each clause is paired with the one most like it on the other side; of two as like, the one in the
same place. What stands elsewhere in the other document is said to have moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from index.band_files import meet, run_of
from index.differences import Piece, differ, differences
from index.minhash import bands_of
from index.replies import Entry
from index.word_signs import signs_of
from ingest.model import Clause, Document, Kind

_LEFT_OUT = frozenset({"letterhead", "signature"})  # of one's own in every document
_LIKE = 0.5
_SAME_PLACE = 0.05  # what the same path counts, and how much the distance in the text costs
_ALL_WITH_ALL = 1_000_000  # pairs: beyond them those alone that share a band

Way = Literal["same", "changed", "only_a", "only_b"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A clause of one of the documents."""

    path: str
    kind: Kind
    label: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A clause of each document, or of one of them only."""

    way: Way
    a: Side | None
    b: Side | None
    pieces: tuple[Piece, ...] = ()  # from a to b
    moved: bool = False  # it stands elsewhere in b


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two documents side by side, in the order of the first."""

    a: Entry
    b: Entry
    same: int
    changed: int
    only_a: int
    only_b: int
    pairs: tuple[Pair, ...]


def align(a: Entry, first: Document, b: Entry, second: Document) -> Comparison:
    """Return the clauses of two documents side by side."""
    lefts = [clause for clause in first.blocks if clause.kind not in _LEFT_OUT]
    rights = [clause for clause in second.blocks if clause.kind not in _LEFT_OUT]
    pairs = tuple(_side_by_side(lefts, rights, _matches(lefts, rights)))
    counts = {way: sum(pair.way == way for pair in pairs) for way in _WAYS}
    return Comparison(a=a, b=b, pairs=pairs, **counts)


_WAYS: tuple[Way, ...] = ("same", "changed", "only_a", "only_b")


def _matches(lefts: Sequence[Clause], rights: Sequence[Clause]) -> dict[int, int]:
    """Return which clause of the other side each clause is paired with."""
    texts = (
        [signs_of(clause.text) for clause in lefts],
        [signs_of(clause.text) for clause in rights],
    )
    found: list[tuple[float, int, int]] = []
    for i, j, alike in _alike(*texts):
        same_place = lefts[i].path == rights[j].path
        apart = abs(i / len(lefts) - j / len(rights))
        found.append((alike + _SAME_PLACE * (same_place - apart), i, j))
    matches: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(found, key=lambda each: (-each[0], each[1], each[2])):
        if i not in matches and j not in taken:
            matches[i] = j
            taken.add(j)
    return matches


def _alike(lefts: Sequence[str], rights: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of texts that are like each other, and how much."""
    if len(lefts) * len(rights) > _ALL_WITH_ALL:
        yield from _alike_by_bands(lefts, rights)
        return
    table: NDArray[np.float32] = cdist(
        lefts, rights, scorer=Indel.normalized_similarity, score_cutoff=_LIKE
    )
    for i, j in np.argwhere(table >= _LIKE).tolist():
        yield i, j, float(table[i, j])


def _alike_by_bands(
    lefts: Sequence[str], rights: Sequence[str]
) -> Iterator[tuple[int, int, float]]:
    some = [i for i, words in enumerate(lefts) if words]
    others = [j for j, words in enumerate(rights) if words]
    run = run_of(bands_of([rights[j] for j in others]), others)
    met = meet(bands_of([lefts[i] for i in some]), [run])
    for at, j in zip(met.asked.tolist(), met.wording.tolist(), strict=True):
        alike = float(Indel.normalized_similarity(lefts[some[at]], rights[j]))
        if alike >= _LIKE:
            yield some[at], j, alike


def _side_by_side(
    lefts: Sequence[Clause], rights: Sequence[Clause], matches: dict[int, int]
) -> Iterator[Pair]:
    """Yield the pairs in the order of the first, what only the second has where it stands."""
    in_order = _longest_rise([matches[i] for i in sorted(matches)])
    answered = set(matches.values())
    place = 0
    for i, left in enumerate(lefts):
        j = matches.get(i)
        if j is None:
            yield Pair(way="only_a", a=_side(left), b=None)
            continue
        if j in in_order:
            yield from _only_b(rights, range(place, j), answered)
            place = j + 1
        pieces = differences(left.text, rights[j].text)
        way: Way = "changed" if differ(pieces) else "same"
        yield Pair(
            way=way, a=_side(left), b=_side(rights[j]), pieces=pieces, moved=j not in in_order
        )
    yield from _only_b(rights, range(place, len(rights)), answered)


def _only_b(rights: Sequence[Clause], places: range, answered: set[int]) -> Iterator[Pair]:
    for j in places:
        if j not in answered:
            yield Pair(way="only_b", a=None, b=_side(rights[j]))


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the longest run of *numbers*, not all neighbours, that rises."""
    ends: list[int] = []  # the least end of a run of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    found = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def _side(clause: Clause) -> Side:
    return Side(path=clause.path, kind=clause.kind, label=clause.label, text=clause.text)
