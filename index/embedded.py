"""THE ENGINE ON ONE MACHINE: words (tantivy), facts (columns) and vectors in one folder each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.column_files import Batch, ColumnFiles
from index.engine import Hits, Tally
from index.lexical import WordsIndex
from index.vectors import VectorIndex

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from index.columns import Columns
    from index.engine import Passages, Ranges, Wanted, WordsOf
    from index.lexical import WordsSnapshot
    from index.nearest import Snapshot as NearestSnapshot

_FEW = 4_000  # clauses up to which facets are counted by the columns, beyond them by tantivy
FOLDERS = ("words", "columns", "vectors")


class EmbeddedEngine:
    """The indexes of one library, in its folder; many threads and programs may read."""

    def __init__(self, folder: Path, dimension: int | None, rows: Passages | None = None) -> None:
        """Open the indexes in *folder*, damaged ones empty.

        Args:
            folder: Of the library.
            dimension: Of the vectors; None: words alone.
            rows: Where vectors come from; those in files that are ahead of them do not hold.
        """
        self._folder = folder
        self._words = WordsIndex(folder / "words")
        self._columns = ColumnFiles(folder / "columns")
        self._vectors = VectorIndex(folder / "vectors", dimension, rows) if dimension else None

    @property
    def generation(self) -> int:
        """The state of the rows that words and facts are at."""
        return min(self._words.generation, self._columns.generation)

    def refresh(self) -> None:
        """See what other programs have written."""
        self._words.reload()
        self._columns.reload()

    def update(self, gone: Ranges, come: Iterable[WordsOf], generation: int) -> None:
        """Take out the clauses of ranges, then take in others; see `index.engine`."""
        batch = Batch()
        come = self._columns.noting(come, batch)
        if self._words.generation < generation:
            self._words.update(gone, come, generation)
        for _ in come:  # the words had them before
            pass
        if self._columns.generation < generation:
            self._columns.write(gone, batch, generation)

    def catch_up(self, rows: Passages, *, save: bool = False) -> None:
        """Take in the vectors that came, and forget those that went."""
        if self._vectors is not None:
            self._vectors.catch_up(rows, save=save)

    def snapshot(self) -> EmbeddedSnapshot:
        """Return what it holds now."""
        nearest = self._vectors.snapshot() if self._vectors is not None else None
        return EmbeddedSnapshot(
            self.generation, self._words.snapshot(), self._columns.columns, nearest
        )

    def size(self) -> int:
        """Return how many bytes it takes on the disk."""
        files = [file for part in FOLDERS for file in (self._folder / part).glob("*")]
        return sum(file.stat().st_size for file in files if file.exists())

    def close(self) -> None:
        """Write what waits, and let go of the files."""
        self._words.close()


class EmbeddedSnapshot:
    """What the engine held at one moment."""

    def __init__(
        self,
        generation: int,
        words: WordsSnapshot,
        columns: Columns,
        nearest: NearestSnapshot | None,
    ) -> None:
        self.generation = generation
        self._words = words
        self._columns = columns
        self._nearest = nearest
        self._clauses = int(np.count_nonzero(columns.alive))

    def __len__(self) -> int:
        return self._clauses

    def words(self, wanted: Wanted, limit: int) -> Hits:
        """Return the clauses that match best, best first."""
        if wanted.terms:
            return self._words.search(wanted, limit)
        found = self.passing(wanted)[:limit]
        return Hits(found, np.ones(len(found), np.float32))

    def meaning(
        self, vector: NDArray[np.float32], limit: int, *, within: Wanted | None = None
    ) -> Hits:
        """Return the clauses nearest to a unit vector, by cosine, each once."""
        if self._nearest is None:
            return Hits(np.empty(0, np.int64), np.empty(0, np.float32))
        among: NDArray[np.bool_] | NDArray[np.int64] | None = None
        if within is not None:
            plain = within.among is not None and not within.facts and within.due_by is None
            among = np.asarray(within.among) if plain else self._columns.passing(within)
        return Hits(*self._nearest.nearest(vector, limit, within=among))

    def passing(self, wanted: Wanted) -> NDArray[np.int64]:
        """Return every clause that has the facts, ascending."""
        return np.flatnonzero(self._columns.passing(wanted))

    def count(self, wanted: Wanted) -> int:
        """Return how many clauses have the words that are counted, and the facts."""
        if wanted.terms or wanted.counted:
            return self._words.count(wanted)
        return int(np.count_nonzero(self._columns.passing(wanted)))

    def tally(self, wanted: Wanted, *, size: int = 12) -> Tally:
        """Return what `count` does, and the commonest values of each facet among it."""
        if wanted.terms or wanted.counted:
            number, found = self._words.counted(wanted, most=_FEW, size=size)
            if isinstance(found, dict):
                return Tally(number, found)
            return Tally(number, self._columns.facets(found, size))
        passing = self._columns.passing(wanted)
        return Tally(int(np.count_nonzero(passing)), self._columns.facets(passing, size))

    def frequency(self, term: str, *, name: str = "body") -> int:
        """Return how many clauses have *term* in a field of words; some may have gone since."""
        return self._words.frequency(term, name=name)

    def completions(self, prefix: str, *, name: str = "body") -> list[tuple[str, int]]:
        """Return the terms that begin with *prefix*, with how many clauses have each."""
        return self._words.completions(prefix, name=name)
