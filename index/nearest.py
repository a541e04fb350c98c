"""QUESTION'S VECTOR -> NEAREST CLAUSES: every vector is looked at, by its code, then itself.

A search goes over codes of 8 bits, one thread a core, and computes what is nearest by them again
in half floats. It goes deeper until what it left out could not have been among the nearest, by
the largest difference seen between the two.

Source: `benchmarks/vectors.py`, questions of people over a million vectors of the default model
and mixes of them, in processor time of all cores (with two that are free, half of it passes): this
18 to 26 ms and every one of the nearest 10 and 100; half floats in one pass 38 ms, plain floats 64;
8 bits alone miss 4 % and 2 %, 4 bits 39 % and 33 %. Over 50,000, IVF misses 15 % and 23 %, HNSW
4 % and 5 %. Codes of 1 or 2 bits, or of fewer dimensions, need so many computed again that they
are no quicker.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import faiss
import numpy as np

from index.vector_runs import Held, Shelf, are_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    _Hits = tuple["_Looked", NDArray[np.int64], NDArray[np.float32]]
    Found = tuple[NDArray[np.int64], NDArray[np.float32]]  # clauses and cosines, nearest first
    Within = Sequence[int] | NDArray[np.int64] | NDArray[np.bool_]
    Wanted = NDArray[np.int64] | NDArray[np.bool_]

_FEW = 2_048  # vectors that are computed without a look at their codes
_FEW_CLAUSES = 2_048
_SPARE = 100
_DEEPER = (1, 4, 16)
_DOUBT = 1.5  # times the largest difference seen between codes and vectors


@dataclass(frozen=True)
class Snapshot:
    """What an index held at one moment; for any number of threads, as long as they like."""

    shelf: Shelf
    dimension: int

    def __len__(self) -> int:
        return len(self.shelf)

    def nearest(
        self, vector: NDArray[np.float32], limit: int, *, within: Within | None = None
    ) -> Found:
        """Return the nearest clauses and their cosines, nearest first, each once.

        Args:
            vector: A unit vector, (dimension,).
            limit: How many clauses at most.
            within: Only these clauses: their numbers, or a bool for each number from 0 on.
                None: all.

        Raises:
            ValueError: *vector* has another dimension or no direction.
        """
        vector = np.ascontiguousarray(vector, np.float32)
        if vector.shape != (self.dimension,) or not are_units(vector[None, :]).all():
            raise ValueError("a question must be a unit vector of the index's dimension")
        wanted = None if within is None else _wanted(within)
        looked = [each for held in self.shelf.held if (each := _look(held, wanted)).count]
        total = sum(each.count for each in looked)
        if not total or limit <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if total <= max(_FEW, limit):
            return _best(_compute(vector, [(each, each.places()) for each in looked]), limit)[0]
        for deeper in _DEEPER:
            depth = (2 * limit + _SPARE) * deeper
            found, sure = _best(_candidates(vector, looked, depth), limit)
            if sure:
                break
        return found


@dataclass(frozen=True)
class _Looked:
    """What of a run is looked at: the places, or all of *bits*."""

    held: Held
    count: int
    at: NDArray[np.int64] | None = None
    bits: NDArray[np.uint8] | None = None  # None: all

    def places(self) -> NDArray[np.int64]:
        if self.at is not None:
            return self.at
        if self.bits is None:
            return np.arange(len(self.held.run))
        return np.flatnonzero(np.unpackbits(self.bits, count=len(self.held.run), bitorder="little"))

    def selected(self) -> Any:  # noqa: ANN401 - what faiss takes
        bits = self.bits
        if self.at is not None:
            mask = np.zeros(len(self.held.run), np.bool_)
            mask[self.at] = True
            bits = np.packbits(mask, bitorder="little")
        if bits is None:
            return None
        selector: Any = faiss.IDSelectorBitmap  # as its wrapper in Python takes it
        parameters: Any = faiss.SearchParameters
        return parameters(sel=selector(bits))


@dataclass(frozen=True)
class _Computed:
    """Vectors with their cosines, and what those that are left out can come to at most."""

    clauses: NDArray[np.int64]
    cosines: NDArray[np.float32]
    rest: float = -np.inf


def _wanted(within: Within) -> NDArray[np.int64] | NDArray[np.bool_]:
    """Return few clauses in ascending order, many as a bool for each number."""
    wanted = np.asarray(within)
    if wanted.dtype == np.bool_:
        return wanted
    wanted = np.unique(wanted.astype(np.int64, copy=False))
    if len(wanted) <= _FEW_CLAUSES:
        return wanted
    bits = np.zeros(wanted[-1] + 1, np.bool_)
    bits[wanted] = True
    return bits


def _look(held: Held, wanted: NDArray[np.int64] | NDArray[np.bool_] | None) -> _Looked:
    if wanted is None:
        return _Looked(held, held.count, bits=held.bits)
    if wanted.dtype != np.bool_:
        return _look_at_few(held, wanted.astype(np.int64, copy=False))
    clauses = held.run.clauses
    known = int(np.searchsorted(clauses, len(wanted)))
    mask = np.zeros(len(clauses), np.bool_)
    np.take(wanted, clauses[:known], out=mask[:known])
    if held.alive is not None:
        mask &= held.alive
    return _Looked(held, int(np.count_nonzero(mask)), bits=np.packbits(mask, bitorder="little"))


def _look_at_few(held: Held, wanted: NDArray[np.int64]) -> _Looked:
    first = np.searchsorted(held.run.clauses, wanted, "left")
    counts = np.searchsorted(held.run.clauses, wanted, "right") - first
    at = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    if held.alive is not None:
        at = at[held.alive[at]]
    return _Looked(held, len(at), at=at)


def _compute(
    vector: NDArray[np.float32], some: Iterable[tuple[_Looked, NDArray[np.int64]]]
) -> _Computed:
    """Compute the cosines of the vectors at places; faiss reads half floats far quicker."""
    runs = [(each.held.run, at) for each, at in some]
    clauses = np.concatenate([run.clauses[at] for run, at in runs])
    rows = np.concatenate([run.vectors[at] for run, at in runs])
    exact = faiss.IndexScalarQuantizer(
        len(vector), faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    exact.add_sa_codes(rows.view(np.uint8))
    faiss.omp_set_num_threads(1)  # of this thread: one question is not worth a second
    found, at = exact.search(vector[None, :], len(rows))
    cosines = np.empty(len(rows), np.float32)
    cosines[at[0]] = found[0]
    return _Computed(clauses, cosines)


def _candidates(vector: NDArray[np.float32], looked: list[_Looked], depth: int) -> _Computed:
    """Compute the *depth* vectors that are nearest by their codes."""
    shards = _shards(looked)
    scanned = _pool().map(lambda shard: _scan(vector, shard, depth), shards)
    hits = [hit for shard in scanned for hit in shard]
    about = np.concatenate([scores for _, _, scores in hits])
    total = sum(each.count for each in looked)
    least = np.partition(about, -depth)[-depth] if depth < len(about) else -np.inf
    computed = _compute(vector, [(each, at[scores >= least]) for each, at, scores in hits])
    if depth >= total:
        return computed
    coded = about[about >= least]
    doubt = _DOUBT * float(np.abs(coded - computed.cosines).max())
    return replace(computed, rest=float(coded.min()) + doubt)


def _scan(vector: NDArray[np.float32], shard: list[_Looked], depth: int) -> list[_Hits]:
    """Return the places that are nearest by their codes in each run, and about their cosines."""
    found = []
    for each in shard:
        run = each.held.run
        code, unit, plus = run.code(vector)
        scores, at = run.codes.search(code, min(depth, each.count), params=each.selected())
        kept = at[0] >= 0
        about = scores[0][kept] * np.float32(unit) + np.float32(plus)
        found.append((each, at[0][kept], about))
    return found


def _shards(looked: list[_Looked]) -> list[list[_Looked]]:
    """Deal the runs out, the longest first, each to who has least."""
    shards: list[list[_Looked]] = [[] for _ in range(min(_cores(), len(looked)))]
    loads = [0] * len(shards)
    for each in sorted(looked, key=lambda each: -len(each.held.run)):
        least = loads.index(min(loads))
        shards[least].append(each)
        loads[least] += len(each.held.run)
    return shards


@cache
def _cores() -> int:
    return len(os.sched_getaffinity(0))


@cache
def _pool() -> ThreadPoolExecutor:
    """Return the threads that scan: one a core, whoever asks, each without threads of its own."""
    return ThreadPoolExecutor(_cores(), "vectors", lambda: faiss.omp_set_num_threads(1))


def _best(computed: _Computed, limit: int) -> tuple[Found, bool]:
    """Return the nearest clauses, each once, and whether none that is left out is nearer."""
    order = np.lexsort((computed.clauses, -computed.cosines))
    clauses, cosines = computed.clauses[order], computed.cosines[order]
    _, first = np.unique(clauses, return_index=True)
    first = np.sort(first)[:limit]
    least = cosines[first[-1]] if len(first) == limit else -np.inf
    return (clauses[first], cosines[first]), bool(computed.rest <= least)
