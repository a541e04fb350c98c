"""ROWS -> VECTORS TO SEARCH: keeps them in step with the rows, in files. Derived from the rows."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from index.nearest import Snapshot
from index.vector_files import (
    DamagedFilesError,
    Mark,
    list_mark,
    read_list,
    write_anew,
    write_list,
)
from index.vector_runs import KEPT_AS, LARGEST_RUN, Shelf, are_units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.engine import Passages
    from index.nearest import Within

SAVE_FROM = 2_000  # vectors in memory; fewer are as quickly read from the rows
_AT_ONCE = 20_000
_TRIES = 5


class VectorIndex:
    """Unit vectors, each of a part of a clause, kept in a folder; thread-safe.

    Readers take a snapshot. `save`, and `catch_up` that saves, are for who holds the library's
    lock; all else is for memory alone, and done again from the rows after a crash.
    """

    def __init__(self, folder: Path, dimension: int, rows: Passages | None = None) -> None:
        """Map what *folder* holds.

        Args:
            folder: It need not be there.
            dimension: The length of a vector.
            rows: Read after the files, so these cannot be ahead of them, unless the rows are of
                an older copy: then nothing in the files holds. Not within a reading of theirs.
        """
        self.dimension = dimension
        self._folder = folder
        self._changing = threading.RLock()
        self._saving = threading.RLock()
        self._removed: list[NDArray[np.int64]] = []  # while runs are being written
        self._checked = False  # against the rows
        self._damaged = False
        self._mark: Mark | None = None  # of the list that `_shelf` is of
        self._shelf = Shelf()
        self._reload()
        if rows is not None and self.generation > rows.generation:
            self._forget()
        self._publish()

    def __len__(self) -> int:
        return len(self._shown)

    @property
    def passage(self) -> int:
        """The last passage of the rows that it has seen."""
        return self._shelf.passage

    @property
    def generation(self) -> int:
        """The generation of the rows up to which it has forgotten what was removed."""
        return self._shelf.generation

    def snapshot(self) -> Snapshot:
        """Return what it holds now."""
        return self._shown

    def search(
        self, vector: NDArray[np.float32], limit: int, *, within: Within | None = None
    ) -> list[tuple[int, float]]:
        """Return (clause, cosine) of the nearest clauses; see `Snapshot.nearest`."""
        clauses, cosines = self.snapshot().nearest(vector, limit, within=within)
        return list(zip(clauses.tolist(), cosines.tolist(), strict=True))

    # Change

    def _publish(self) -> None:
        self._shown = Snapshot(self._shelf, self.dimension)

    def add(
        self,
        clauses: Sequence[int] | NDArray[np.int64],
        vectors: NDArray[np.float32] | NDArray[np.float16],
        *,
        passage: int | None = None,
    ) -> None:
        """Take in one unit vector a clause, (n, dimension); a clause may have several.

        Args:
            clauses: What each is of.
            vectors: In the same order.
            passage: The last passage of the rows that they are of.

        Raises:
            ValueError: A vector has no direction, or another dimension; nothing was taken in.
        """
        if np.shape(vectors) != (len(clauses), self.dimension):
            raise ValueError(f"not {len(clauses)} vectors of {self.dimension} dimensions")
        if not are_units(np.asarray(vectors)).all():
            raise ValueError("not a unit vector")
        with self._changing:
            shelf = self._shelf
            if passage is not None:
                shelf = replace(shelf, passage=passage)
            kept = np.asarray(vectors).astype(KEPT_AS)
            self._shelf = shelf.adding(np.asarray(clauses, np.int64), kept)
            self._publish()

    def remove(self, ranges: Sequence[tuple[int, int]], *, generation: int | None = None) -> None:
        """Forget the clauses of ranges [first, stop), removed up to *generation*."""
        with self._changing:
            if generation is not None:
                self._shelf = replace(self._shelf, generation=generation)
            self._take_out(ranges)
            self._publish()

    def _take_out(self, ranges: Sequence[tuple[int, int]]) -> None:
        if ranges:
            bounds = np.asarray(ranges, np.int64)
            self._removed.append(bounds)
            self._shelf = self._shelf.without(bounds)

    def catch_up(self, rows: Passages, *, save: bool = False) -> None:
        """Take in what came and went since, within one reading of *rows*.

        Rows as they stood before what the index knows already change nothing.

        Args:
            rows: They are the truth: where the files hold other than as many passages as there
                are, all is read from the rows again.
            save: Write files where much is in memory; only for who holds the library's lock.
        """
        with self._saving if save else nullcontext(), self._changing:
            self._reload()
            if self.generation <= rows.generation:
                self._follow(rows, save=save)
                if not self._agrees(rows):
                    self._forget()
                    self._follow(rows, save=save)
            self._publish()
            large = self._shelf.unsaved >= SAVE_FROM
        if save and (large or self._damaged):
            self.save()

    def _agrees(self, rows: Passages) -> bool:
        if not self._checked and rows.last_passage() == self.passage:
            self._checked = True
            return rows.count_passages() == self._shelf.told
        return True

    def _forget(self) -> None:
        self._shelf, self._damaged = Shelf(), True

    def _follow(self, rows: Passages, *, save: bool) -> None:
        self._take_out(rows.removed_since(self.generation))
        self._shelf = replace(self._shelf, generation=rows.generation)
        found = rows.passages_after(self.passage)
        while some := list(islice(found, _AT_ONCE)):
            passages, clauses, blobs = zip(*some, strict=True)
            vectors = self._vectors(blobs)
            good = are_units(vectors)
            shelf = self._shelf.adding(np.asarray(clauses, np.int64)[good], vectors[good])
            refused = shelf.refused + int(np.count_nonzero(~good))
            self._shelf = replace(shelf, passage=passages[-1], refused=refused)
            if save and self._shelf.unsaved >= LARGEST_RUN:
                self.save()

    def _vectors(self, blobs: Sequence[bytes]) -> NDArray[np.float16]:
        size = self.dimension * np.dtype(KEPT_AS).itemsize
        whole = (blob if len(blob) == size else bytes(size) for blob in blobs)
        return np.frombuffer(b"".join(whole), KEPT_AS).reshape(-1, self.dimension)

    def _reload(self) -> None:
        """Map what another program has written since; drop what is in memory alone."""
        for _ in range(_TRIES):
            mark = list_mark(self._folder)
            if mark == self._mark:
                return
            try:
                self._shelf = read_list(self._folder, self.dimension)
            except FileNotFoundError:
                continue  # the list has just been replaced; else a file is lost
            except DamagedFilesError:
                break
            self._mark, self._damaged = mark, False
            return
        self._mark = list_mark(self._folder)
        self._forget()

    def save(self) -> None:
        """Write what is in memory alone, and anew what is small or mostly removed.

        Only for who holds the library's lock; searches and changes go on meanwhile. Nothing is
        done where another program has written since the last `catch_up`.

        Raises:
            OSError: The disk took no more; the files are as they were.
        """
        with self._saving:
            with self._changing:
                if list_mark(self._folder) != self._mark:
                    return
                before = self._shelf = self._shelf.sealing()
                self._removed = []
            old = before.to_write()
            written = tuple(write_anew(self._folder, old))
            gone = {id(held.run) for held in old}
            kept = tuple(held for held in before.held if id(held.run) not in gone)
            with self._changing:
                said = replace(before, held=kept + written)
                write_list(self._folder, said, self.dimension)
                self._mark, self._damaged = list_mark(self._folder), False
                since = tuple(held for held in self._shelf.held if id(held.run) not in gone)
                for bounds in self._removed:
                    written = tuple(held.without(bounds) for held in written)
                stand = (held for held in (*written, *since) if held.count)
                self._shelf = replace(self._shelf, held=tuple(stand))
                self._publish()
