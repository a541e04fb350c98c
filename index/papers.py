"""NUMBERS OF DOCUMENTS -> PAPERS: what is known of each, its row read only where it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.records import Row
    from index.sketches import Known
    from index.store import Store


@dataclass(frozen=True)
class Paper:
    """A document that is no older version."""

    number: int
    known: Known
    store: Store

    @cached_property
    def row(self) -> Row:
        """Its row, with the components that it prints."""
        return self.store.rows([self.number])[self.number]


class Papers:
    """The documents of one state of the library, known ones kept; thread-safe."""

    def __init__(self, store: Store, *, before: Papers | None = None) -> None:
        """Take over what *before* has read of documents that have not changed since."""
        self._store = store
        self._generation = store.generation
        self._held: dict[int, Paper] = {}
        if before:
            changed = store.changed_since(before._generation)  # noqa: SLF001 - its own kind
            held = before._held.copy()  # noqa: SLF001
            self._held = {number: each for number, each in held.items() if number not in changed}

    def __call__(self, numbers: Iterable[int]) -> dict[int, Paper]:
        """Return documents by their numbers; those that are not held, or older, are not in it."""
        wanted = set(numbers)
        missing = wanted - self._held.keys()
        for number, known in self._store.known(missing) if missing else ():
            self._held[number] = Paper(number, known, self._store)
        return {number: self._held[number] for number in wanted if number in self._held}

    def read(self, numbers: Iterable[int]) -> dict[int, Paper]:
        """Return documents with their rows read, all at once."""
        papers = self(numbers)
        unread = [number for number, paper in papers.items() if "row" not in paper.__dict__]
        for number, row in self._store.rows(unread).items() if unread else ():
            papers[number].__dict__["row"] = row
        return papers

    @cached_property
    def places(self) -> frozenset[str]:
        """Every place that a document is of, as written."""
        return frozenset(self._store.places())
