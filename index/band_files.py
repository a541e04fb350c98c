"""BANDS -> CANDIDATES: which wordings share bands, from sorted files that grow by merging.

A file holds numbers of 64 bits in order: the band above, the wording below. What comes is a file
of its own until it is as large as half of the one before; then the two become one. So there are
few files, each wording is written some log n times, and a search is a handful of bisections in
mapped memory. Which files hold, the rows say (`family_bands`): a file that no row names is a rest
of what was broken off.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_ENTRY = np.dtype("<u8")
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_MOST_OF_A_BAND = 256  # wordings that are looked at: of many alike some are enough


class Met(NamedTuple):
    """Wordings that share bands with those that were asked for, row by row."""

    asked: NDArray[np.int64]  # which of those asked for, from 0, ascending
    wording: NDArray[np.int64]
    shared: NDArray[np.int64]  # how many bands


def run_of(keys: NDArray[np.uint32], wordings: Sequence[int]) -> NDArray[np.uint64]:
    """Return the sorted entries of *keys*, a row of bands for each of *wordings*."""
    owners = np.repeat(np.asarray(wordings, np.uint64), keys.shape[1])
    return np.sort(keys.astype(np.uint64).ravel() << _HALF | owners)


def meet(keys: NDArray[np.uint32], runs: Sequence[NDArray[np.uint64]]) -> Met:
    """Return which wordings of *runs* share bands with each row of *keys*."""
    flat = keys.astype(np.uint64).ravel() << _HALF
    order = np.argsort(flat, kind="stable")  # what is looked up in order lies near the last
    flat = flat[order]
    owners = np.repeat(np.arange(len(keys), dtype=np.uint64), keys.shape[1])[order]
    found = [_pairs(flat, owners, run) for run in runs if len(run)]
    pairs, shared = np.unique(np.concatenate([_NONE, *found]), return_counts=True)
    return Met(
        (pairs >> _HALF).astype(np.int64), (pairs & _LOW).astype(np.int64), shared.astype(np.int64)
    )


_NONE: NDArray[np.uint64] = np.empty(0, np.uint64)


def _pairs(
    keys: NDArray[np.uint64], owners: NDArray[np.uint64], run: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    first = np.searchsorted(run, keys)
    stop = np.searchsorted(run, keys | _LOW, side="right")
    counts = np.minimum(stop - first, _MOST_OF_A_BAND)
    total = int(counts.sum())
    within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    pairs: NDArray[np.uint64] = (
        np.repeat(owners, counts) << _HALF | run[np.repeat(first, counts) + within] & _LOW
    )
    return pairs


class BandFiles:
    """The files of bands of a library, for the one who writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names: tuple[str, ...] = ()
        self._runs: dict[str, NDArray[np.uint64]] = {}

    @property
    def runs(self) -> list[NDArray[np.uint64]]:
        """What they hold, the largest first."""
        return [self._runs[name] for name in self.names]

    @property
    def entries(self) -> int:
        """How many bands they hold, also of wordings that have gone."""
        return sum(len(run) for run in self.runs)

    def open(self, names: Sequence[str]) -> bool:
        """Hold the files of these names; False: one is missing or not what was written."""
        runs = {}
        for name in names:
            run = self._runs.get(name)
            runs[name] = self._read(name) if run is None else run
            if runs[name] is None:
                return False
        self.names = tuple(names)
        self._runs = {name: run for name, run in runs.items() if run is not None}
        return True

    def _read(self, name: str) -> NDArray[np.uint64] | None:
        path = self._folder / name
        if not path.is_file() or not path.stat().st_size or path.stat().st_size % _ENTRY.itemsize:
            return None
        run: NDArray[np.uint64] = np.memmap(path, _ENTRY, mode="r")
        return run if _sum(run) == name.partition(".")[0] else None

    def add(self, run: NDArray[np.uint64]) -> tuple[str, ...]:
        """Write sorted entries to the disk; return which files hold from now on.

        The files before stay until `forget`, so that who is broken off in between loses nothing.
        """
        names = list(self.names)
        while names and len(self._runs[names[-1]]) <= 2 * len(run):
            run = np.concatenate([self._runs[names.pop()], run])
            run.sort(kind="stable")  # merges what is sorted already
        name = f"{_sum(run)}.bands"
        self._folder.mkdir(exist_ok=True)
        with (self._folder / name).open("wb") as file:
            run.astype(_ENTRY, copy=False).tofile(file)
            file.flush()
            os.fsync(file.fileno())
        return (*names, name)

    def forget(self) -> None:
        """Delete the files that hold no more."""
        for path in self._folder.glob("*.bands"):
            if path.name not in self.names:
                path.unlink(missing_ok=True)


def _sum(run: NDArray[np.uint64]) -> str:
    return f"{len(run)}-{zlib.crc32(run.data):08x}"
