"""DOCUMENTS -> WHERE THEY STAND AMONG OTHERS: what cites them, acts on them, carries them out.

What `Library.tracing` is; each answer is of one state of the library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.citations import trace

if TYPE_CHECKING:
    from index.replies import Citations
    from index.shelves import Shelves
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
