"""VECTORS -> RUNS: vectors by ascending clause, with codes of 8 bits to search them by.

Source: one step for each dimension, of 4.5 standard deviations to 127, was the nearest of four
ways on the vectors of the default model; faiss takes whole numbers alone for the question too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import faiss
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Part = tuple[NDArray[np.int64], NDArray[np.float16]]  # clauses and their vectors

KEPT_AS = np.float16  # how a vector is kept, here and in the rows
LARGEST_RUN = 1 << 18  # vectors
_SPREAD = 4.5 / 127  # standard deviations a step
_LEAST = 1e-9  # a step, where all vectors are alike
_AT_ONCE = 16_384  # vectors made floats at a time
_LARGEST = 127
_UNIT = 0.05  # how far from 1 the square of a length may be
_TIER, _FIRST_TIER = 4, 2_048  # runs of about a size are made one when there are so many
_MOSTLY = 0.75  # that a run which is not written again must count


@dataclass(frozen=True, eq=False)
class Run:
    """Some vectors by ascending clause, with codes to search them by.

    A vector is about `middle + step * code`, a code being whole numbers within ±127.
    """

    clauses: NDArray[np.int64]
    vectors: NDArray[np.float16]
    codes: faiss.Index
    middle: NDArray[np.float32]
    step: NDArray[np.float32]
    name: str | None = None  # of its file; None: in memory
    size: int = 0  # of its file in bytes
    check: int = 0  # of its clauses and steps

    def __len__(self) -> int:
        return len(self.clauses)

    def code(self, vector: NDArray[np.float32]) -> tuple[NDArray[np.float32], float, float]:
        """Return a question's code, (1, dimension), and what its products are times and plus."""
        weighed = vector * self.step
        unit = float(np.abs(weighed).max()) / _LARGEST or 1.0
        return np.rint(weighed / unit)[None, :], unit, float(np.dot(vector, self.middle))


@dataclass(frozen=True, eq=False)
class Held:
    """A run, and which of its vectors still count."""

    run: Run
    alive: NDArray[np.bool_] | None = None  # None: all
    sealed: bool = False  # it is being written: not to be made one with others

    @cached_property
    def count(self) -> int:
        """How many count."""
        return len(self.run) if self.alive is None else int(np.count_nonzero(self.alive))

    @cached_property
    def bits(self) -> NDArray[np.uint8] | None:
        """`alive` as faiss wants it."""
        return None if self.alive is None else np.packbits(self.alive, bitorder="little")

    def without(self, ranges: NDArray[np.int64]) -> Held:
        """Return it with the clauses of *ranges* [first, stop), (n, 2), not counting."""
        bounds = np.searchsorted(self.run.clauses, ranges)
        bounds = bounds[bounds[:, 0] < bounds[:, 1]]
        if not len(bounds):
            return self
        alive = np.ones(len(self.run), np.bool_) if self.alive is None else self.alive.copy()
        for first, stop in bounds.tolist():
            alive[first:stop] = False
        return Held(self.run, alive, self.sealed)

    def part(self) -> Part:
        """Return the clauses and vectors that count."""
        at = slice(None) if self.alive is None else self.alive
        return self.run.clauses[at], self.run.vectors[at]

    def gone(self) -> list[tuple[int, int]]:
        """Return the places [first, stop) that do not count."""
        if self.alive is None:
            return []
        edges = np.diff(np.concatenate(([0], ~self.alive, [0])))
        first, stop = np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist()
        return list(zip(first, stop, strict=True))


@dataclass(frozen=True, eq=False)
class Shelf:
    """What an index holds at one moment."""

    held: tuple[Held, ...] = ()
    passage: int = 0  # the last of the rows that it has seen
    generation: int = 0  # of the rows, up to which it has forgotten what was removed
    refused: int = 0  # passages that have no unit vector

    def __len__(self) -> int:
        return sum(held.count for held in self.held)

    @property
    def told(self) -> int:
        """How many passages of the rows it has seen that are not removed."""
        return len(self) + self.refused

    @property
    def unsaved(self) -> int:
        """How many vectors are in memory alone."""
        return sum(len(held.run) for held in self.held if held.run.name is None)

    def sealing(self) -> Shelf:
        """Return it with all runs sealed."""
        return replace(self, held=tuple(Held(h.run, h.alive, sealed=True) for h in self.held))

    def adding(self, clauses: NDArray[np.int64], vectors: NDArray[np.float16]) -> Shelf:
        """Return it with vectors in a run of memory, made one with those that are no longer."""
        if not len(clauses):
            return self
        order = np.argsort(clauses, kind="stable")
        held, parts, count = list(self.held), [(clauses[order], vectors[order])], len(clauses)
        while held and not held[-1].sealed and held[-1].count < 2 * count:
            if held[-1].count + count > LARGEST_RUN:
                break
            count += held[-1].count
            parts.insert(0, held.pop().part())
        return replace(self, held=(*held, Held(make_run(*together(parts)))))

    def without(self, ranges: NDArray[np.int64]) -> Shelf:
        """Return it without the clauses of *ranges* [first, stop), (n, 2)."""
        held = (each.without(ranges) for each in self.held)
        return replace(self, held=tuple(each for each in held if each.count))

    def to_write(self) -> list[Held]:
        """Return what is in memory or mostly removed, and with it the runs that are no longer.

        So every vector is written again a few times, however many are added at a time.
        """
        chosen = [h for h in self.held if h.run.name is None or h.count < _MOSTLY * len(h.run)]
        rest = [h for h in self.held if h not in chosen and h.count < LARGEST_RUN / 2]
        tier = _tier(sum(h.count for h in chosen))
        while len(no_longer := [h for h in rest if _tier(h.count) <= tier]) >= _TIER - 1:
            chosen += no_longer
            rest = [h for h in rest if h not in no_longer]
            tier = _tier(sum(h.count for h in chosen))
        return chosen


def _tier(count: int) -> int:
    return int(math.log(max(count / _FIRST_TIER, 1), _TIER))


def make_run(clauses: NDArray[np.int64], vectors: NDArray[np.float16]) -> Run:
    """Code vectors, (n, dimension), that stand by ascending clause."""
    dimension = vectors.shape[1]
    total, squares = np.zeros((2, dimension))
    for some in _floats(vectors):
        total += some.sum(axis=0)
        squares += np.einsum("ij,ij->j", some, some)
    mean = total / len(vectors)
    deviation = np.sqrt(np.maximum(squares / len(vectors) - mean**2, 0))
    middle = mean.astype(np.float32)
    step = np.maximum(deviation * _SPREAD, _LEAST).astype(np.float32)
    codes = faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
    )
    for some in _floats(vectors):
        exact = np.divide(np.subtract(some, middle, out=some), step, out=some)
        codes.add(np.clip(np.rint(exact, out=some), -_LARGEST, _LARGEST, out=some))
    return Run(clauses, vectors, codes, middle, step)


def _floats(vectors: NDArray[np.float16]) -> Iterator[NDArray[np.float32]]:
    for first in range(0, len(vectors), _AT_ONCE):
        yield vectors[first : first + _AT_ONCE].astype(np.float32)


def together(parts: Sequence[Part]) -> Part:
    """Return the clauses, ascending, and the vectors of *parts*, each of which ascends."""
    clauses = np.concatenate([clauses for clauses, _ in parts])
    vectors = np.concatenate([vectors for _, vectors in parts])
    if np.all(clauses[:-1] <= clauses[1:]):
        return clauses, vectors
    order = np.argsort(clauses, kind="stable")
    return clauses[order], vectors[order]


def are_units(vectors: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """Tell which vectors, (n, dimension), are of about unit length."""
    with np.errstate(invalid="ignore", over="ignore"):
        squares: NDArray[np.float32] = np.square(vectors, dtype=np.float32).sum(axis=1)
        return np.less(np.abs(squares - 1), _UNIT)
