"""DOCUMENTS -> WHERE THEY STAND AMONG OTHERS: what cites them, acts on them, carries them out.

What `Library.tracing` is; each answer is of one state of the library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.cascade import cascade
from index.citations import trace
from index.effect_bases import explain_effect
from index.effects import status_of
from index.impact import impact_of
from index.relation_map import map_relations
from index.stubs import describe_stub, list_stubs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from index.replies import Citations
    from index.shelves import Shelves
    from index.traces import Cascade, Effect, Impact, RelationMap, Standing, StubList, StubPage
    from ingest.model import Relation


class Tracing:
    """The library's documents among each other."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._store = shelves.store

    def cite(
        self,
        query: str,
        *,
        relation: Relation | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Citations:
        """Return what a document, or a part of one, cites, and a page of what cites it.

        Args:
            query: A number in any spelling, a name, a sentence that names one, also with a part
                ("khoản 2 Điều 5 Luật Đất đai"), a document's id or the address of a clause.
            relation: Only what cites it in this relation.
            limit: Places of a page; None: all.
            offset: Places before it.

        Raises:
            UnknownDocumentError: Neither held nor cited.
            UnknownClauseError: The document has no such clause.
        """
        with self._store.reading():
            return trace(
                self._shelves.sources(), query, relation=relation, limit=limit, offset=offset
            )

    def clause(
        self,
        document: str,
        path: str,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> Citations:
        """Return what one clause of a held document cites, and a page of what cites it.

        Raises:
            UnknownDocumentError, UnknownClauseError: There is none.
        """
        return self.cite(f"{document}/{path}", limit=limit, offset=offset)

    def status(self, query: str, *, on: dt.date | None = None) -> Effect:
        """Return the effect of a document, held or cited, on a day (default: today), and why.

        Raises:
            UnknownDocumentError: Neither held nor cited.
        """
        with self._store.reading():
            return explain_effect(self._shelves.sources(), query, on or self._shelves.today())

    def standings(
        self, documents: Iterable[str], *, on: dt.date | None = None
    ) -> dict[str, Standing]:
        """Return the effect of held documents on a day, by their ids, in short: for lists."""
        with self._store.reading():
            held = {row.number: id_ for id_ in documents if (row := self._store.row(id_))}
            found = status_of(self._shelves.sources(), held, on or self._shelves.today())
        return {held[number]: standing for number, standing in found.items()}

    def relations(self, query: str, *, limit: int = 20) -> RelationMap:
        """Return the documents that one is related to, both ways (lược đồ).

        Args:
            query: As `cite` takes it.
            limit: Documents listed of each group.

        Raises:
            UnknownDocumentError: Neither held nor cited.
        """
        with self._store.reading():
            day = self._shelves.today()
            return map_relations(self._shelves.sources(), query, day=day, limit=limit)

    def cascade(self, query: str) -> Cascade:
        """Return what carries a document out, from the centre down to the communes.

        Raises:
            UnknownDocumentError: Neither held nor cited.
        """
        with self._store.reading():
            return cascade(self._shelves.sources(), query, day=self._shelves.today())

    def impact(self, query: str, *, limit: int | None = None, offset: int = 0) -> Impact:
        """Return every clause that rests on a document, its owner, and what to cite instead.

        Raises:
            UnknownDocumentError: Neither held nor cited.
        """
        with self._store.reading():
            sources, day = self._shelves.sources(), self._shelves.today()
            return impact_of(sources, query, day=day, limit=limit, offset=offset)

    def stubs(self, *, limit: int = 50, offset: int = 0) -> StubList:
        """Return what is cited by number and not held, the most cited first."""
        with self._store.reading():
            return list_stubs(self._shelves.sources(), limit=limit, offset=offset)

    def stub(self, query: str) -> StubPage:
        """Return what those that cite it say of a document that is not held.

        Raises:
            UnknownDocumentError: It is held, or not cited.
        """
        with self._store.reading():
            return describe_stub(self._shelves.sources(), query, day=self._shelves.today())
