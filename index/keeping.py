"""FILE + DOCUMENT -> KEPT: taken in wholly or not at all, as a newer version, or taken out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import LibraryFullError, UnknownDocumentError
from index.replies import Added

if TYPE_CHECKING:
    from index.originals import Originals
    from index.records import Row
    from index.review import Review
    from index.shelves import Shelves
    from ingest.model import Document


class Keeping:
    """What the library keeps: rows and originals, in step with each other after any crash."""

    def __init__(self, shelves: Shelves, originals: Originals, review: Review) -> None:
        self._shelves = shelves
        self._store = shelves.store
        self._originals = originals
        self._review = review

    def add(self, document: Document, original: Path | bytes, *, key: str | None = None) -> Added:
        """Take a document in, wholly or not at all; `Library.add` says more.

        Raises:
            LibraryFullError, LibraryBusyError: Nothing was changed.
        """
        if key is None:
            key = str(original.resolve()) if isinstance(original, Path) else document.source.name
        with self._shelves.lock.held():
            self._clear_unsettled()
            return self._add(document, original, key)

    def _add(self, document: Document, original: Path | bytes, key: str) -> Added:
        id_ = document.source.sha256[:12]
        held = self._store.row(id_)
        before = self._store.bound(key)
        if held and not held.entry.replaced_by:
            if before != id_:
                self._note(held.original, document.source.name, key)
                with self._store.writing():
                    replaced = self._rebind(key, id_, before)
                return Added(id=id_, outcome="unchanged", replaced=replaced)
            return Added(id=id_, outcome="unchanged")
        try:
            name = self._originals.keep(document.source.sha256, document.source.name, original)
            self._note(name, document.source.name, key)
        except OSError as error:
            raise LibraryFullError(self._shelves.folder) from error
        try:
            with self._store.writing():
                if held:  # an older version that has come back
                    self._store.delete(held)
                size = self._originals.path(name).stat().st_size
                self._store.insert(document, key=key, original=name, size=size)
                replaced = self._rebind(key, id_, before)
                self._review.renew(self.row(id_))
        except BaseException:
            self._clear_unsettled()
            raise
        self._originals.settle(name)
        return Added(id=id_, outcome="replaced" if replaced else "added", replaced=replaced)

    def _note(self, original: str, name: str, key: str) -> None:
        try:
            self._shelves.journal.came(original, name=name, key=key)
        except OSError as error:
            raise LibraryFullError(self._shelves.folder) from error

    def _rebind(self, key: str, document: str, before: str | None) -> str | None:
        """Let *key* lead to *document*; return the older version that no key leads to now."""
        self._store.bind(key, document)
        if before is None or before == document or self._store.keys_of(before):
            return None
        older = self._store.row(before)
        if older is None:
            return None
        self._store.replace(older, document)
        return before

    def _clear_unsettled(self) -> None:
        """Delete originals whose taking in was broken off before the rows spoke of them."""
        for name in self._originals.unsettled():
            if not self._store.speaks_of(name):
                self._originals.remove(name)
            self._originals.settle(name)

    def holds(self, sha256: str, *, key: str | None = None) -> bool:
        """Tell whether a file is in the library (under *key*), so that it need not be read."""
        row = self._store.row(sha256[:12])
        live = row is not None and row.entry.replaced_by is None
        return live and (key is None or self._store.bound(key) == sha256[:12])

    def remove(self, document: str) -> None:
        """Take a document out with its older versions and its original.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        with self._shelves.lock.held():
            doomed = [self.row(document)]
            for row in doomed:  # grows: the older versions of older versions too
                doomed += self._store.older_versions(row.entry.id)
            for row in doomed:
                self._originals.doubt(row.original)
            with self._store.writing():
                for row in doomed:
                    self._store.delete(row)
            self._clear_unsettled()
            self._shelves.keep_journal(anew=True)

    def unheld(self) -> frozenset[str]:
        """Return the names of originals that no document speaks of: their rows were lost."""
        with self._shelves.lock.held():
            self._clear_unsettled()
            return frozenset(self._originals.names()) - self._store.originals()

    def row(self, document: str) -> Row:
        """Return the row of a document; of an older version too.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        row = self._store.row(document)
        if row is None:
            raise UnknownDocumentError(document)
        return row
