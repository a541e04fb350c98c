"""CLAUSES -> INDEX, QUESTIONS -> CLAUSES: what any engine that searches a library can do.

An engine is derived from the rows and holds nothing that they do not. Ranking, answers and those
who write rows know this module alone: the engine on one machine (`index.embedded`) and one that is
spread over several meet the same tests (`tests/test_engine.py`).

Clauses are told by whole numbers that only grow and are never used again for another clause; they
go by ranges [first, stop). What is taken in of a clause never changes: a clause that is corrected
comes again under a new number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.replies import FacetName

WORDS = ("body", "context", "title")  # fields of words
EVERY = "every"  # the field of the single words of all of them, which are not weighed but counted
FACETS: tuple[FacetName, ...] = ("agency", "role", "doc_type", "level", "year", "place")
SEVERAL = ("agency", "role")  # fields of facts of which a clause may have several values
FACTS = (*FACETS, "document", "kind", "face")

Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsOf:
    """What is indexed of one clause: terms by field of words, values by field of facts."""

    clause: int
    terms: dict[str, str]  # {"body": "cong an cong_an"}: terms with a space between
    facts: dict[str, tuple[str, ...]]  # {"agency": ("Công an tỉnh Hà Nam",)}
    due: tuple[int, ...] = ()  # deadlines, as days since year 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of the index: any of the terms, all of the facts."""

    terms: Sequence[tuple[str, str, float]] = ()  # (field, term, weight)
    facts: Mapping[str, frozenset[str]] = field(default_factory=dict)  # any value of each
    due_by: int | None = None
    among: Sequence[int] | None = None  # only these clauses
    # Each term counts its weight once, in whichever of its fields it stands and however often.
    flat: bool = False
    # What is counted has each of these, in any of its spellings and any field of words; where no
    # clause has all of them, the commonest are left out until one has. Empty: any of the terms.
    counted: Sequence[frozenset[str]] = ()


class Hits(NamedTuple):
    """Clauses, best first, and how good they are."""

    clauses: NDArray[np.int64]
    scores: NDArray[np.float32]

    def pairs(self) -> list[tuple[int, float]]:
        """Return (clause, score) of each."""
        return list(zip(self.clauses.tolist(), self.scores.tolist(), strict=True))


class Tally(NamedTuple):
    """How many clauses were counted, and by facet the commonest values with how many have each."""

    total: int
    facets: dict[str, list[tuple[str, int]]]


class Snapshot(Protocol):
    """What an engine held at one moment; any number of threads may ask it.

    What comes or goes later does not change what it answers.
    """

    @property
    def generation(self) -> int:
        """The state of the rows that it shows."""

    def __len__(self) -> int:
        """Return how many clauses there are."""

    def words(self, wanted: Wanted, limit: int) -> Hits:
        """Return the clauses that match best, by BM25 over the fields, times their weights.

        Where the terms stand in too many places, the commonest are left out.
        """

    def meaning(
        self, vector: NDArray[np.float32], limit: int, *, within: Wanted | None = None
    ) -> Hits:
        """Return the clauses nearest to a unit vector, by cosine, each once.

        Args:
            vector: (dimension,).
            limit: How many clauses at most.
            within: Only what has these facts; its terms do not count.
        """

    def passing(self, wanted: Wanted) -> NDArray[np.int64]:
        """Return every clause that has the facts, ascending; the terms do not count."""

    def count(self, wanted: Wanted) -> int:
        """Return how many clauses have the words that are counted, and the facts."""

    def tally(self, wanted: Wanted, *, size: int = 12) -> Tally:
        """Return what `count` does, and the commonest values of each facet among it."""

    def frequency(self, term: str, *, name: str = "body") -> int:
        """Return how many clauses have *term* in a field of words; some may have gone since."""

    def completions(self, prefix: str, *, name: str = "body") -> list[tuple[str, int]]:
        """Return the terms that begin with *prefix*, with how many clauses have each."""


class Passages(Protocol):
    """The rows that vectors come from; see `index.rows`."""

    @property
    def generation(self) -> int:
        """Grows with every change."""

    def removed_since(self, generation: int, /) -> list[tuple[int, int]]:
        """Return the ranges [first, stop) of clauses that went after *generation*."""

    def passages_after(self, passage: int, /) -> Iterator[tuple[int, int, bytes]]:
        """Yield (passage, clause, vector) of those after *passage*, ascending."""

    def last_passage(self) -> int:
        """Return the last passage that is held."""

    def count_passages(self) -> int:
        """Count the passages that are held."""


class Engine(Protocol):
    """Keeps what is searched; one writes at a time, which the caller sees to."""

    @property
    def generation(self) -> int:
        """The state of the rows that words and facts are at."""

    def update(self, gone: Ranges, come: Iterable[WordsOf], generation: int) -> None:
        """Take out the clauses of ranges, then take in others.

        With the ranges of what comes among those that go, a repeated update changes nothing, and
        one that was broken off is made good by the next that begins at `generation`.

        Raises:
            OSError: The disk took no more.
        """

    def catch_up(self, rows: Passages, *, save: bool = False) -> None:
        """Take in the vectors that came, and forget those that went, within one reading of *rows*.

        Args:
            rows: They are the truth.
            save: Keep them on the disk; only for who holds the library's lock.
        """

    def refresh(self) -> None:
        """See what other programs have written."""

    def snapshot(self) -> Snapshot:
        """Return what it holds now."""

    def size(self) -> int:
        """Return how many bytes it takes on the disk."""

    def close(self) -> None:
        """Write what waits, and let go of the files."""
