"""DOCUMENTS -> ANSWERS: the library (thư viện), the only thing that drafting, API and web talk to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from index.replies import (
    Added,
    Citations,
    ClauseView,
    Duties,
    Entry,
    Filters,
    Original,
    Reply,
    Results,
    Status,
)

if TYPE_CHECKING:
    from types import TracebackType

    import numpy as np
    from numpy.typing import NDArray

    from ingest.model import Document


class Encoder(Protocol):
    """What makes vectors of texts; see `index.embeddings`."""

    @property
    def fingerprint(self) -> str:
        """Which model it is: vectors of different fingerprints do not compare."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def encode_passages(self, texts: list[str]) -> NDArray[np.float32]:
        """Return unit vectors, (n, dimension), of texts to be found."""

    def encode_queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Return unit vectors, (n, dimension), of questions."""

    def parts(self, text: str) -> list[tuple[int, int]]:
        """Return the ranges of *text* that each fit the model, in order."""


class Library:
    """Documents kept in a folder, and what is found in them.

    Any number of threads and processes may read; one writes at a time, the others wait.
    Use it as a context manager or `close` it.
    """

    def __init__(self, folder: Path, *, encoder: Encoder | None = None) -> None:
        """Open the library in *folder*; make it where there is none.

        Without an *encoder* words alone are searched, and every reply says so.

        Raises:
            ModelMismatchError: Its vectors were made by another model.
            LibraryAccessError, LibraryDamagedError: It cannot be opened.
        """
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Bring the indexes up to date where this library has added, and let go of the files."""
        raise NotImplementedError

    # Keep

    def add(self, document: Document, original: Path | bytes, *, key: str | None = None) -> Added:
        """Take a document in, wholly or not at all; on return it is on the disk.

        Args:
            document: As `ingest.document.read_document` reads it.
            original: The file, or its bytes where it was uploaded or lies in an archive.
            key: Where it came from: the same key with other bytes is a newer version and
                replaces the older. Default: the absolute path, or the name for bytes.

        Raises:
            LibraryFullError, LibraryBusyError: Nothing was changed.
        """
        raise NotImplementedError

    def holds(self, sha256: str, *, key: str | None = None) -> bool:
        """Tell whether a file is in the library (under *key*), so that it need not be read."""
        raise NotImplementedError

    def remove(self, document: str) -> None:
        """Take a document out with its original.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        raise NotImplementedError

    def refresh(self) -> int:
        """Bring the indexes of words and vectors up to the rows; return how many documents."""
        raise NotImplementedError

    # Look up

    def documents(self) -> tuple[Entry, ...]:
        """Return the list of documents, the newest issued first; without replaced versions."""
        raise NotImplementedError

    def entry(self, document: str) -> Entry:
        """Return a document's line of the list; a replaced version's too.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        raise NotImplementedError

    def document(self, document: str) -> Document:
        """Return a document with its text and findings; of a replaced version, its own.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        raise NotImplementedError

    def clause(self, document: str, path: str) -> ClauseView:
        """Return one clause with its headings, tasks and references.

        Raises:
            UnknownDocumentError, UnknownClauseError: There is none.
        """
        raise NotImplementedError

    def original(self, document: str) -> Original:
        """Return the file as it came in.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        raise NotImplementedError

    def agencies(self) -> tuple[tuple[str, int], ...]:
        """Return every body that has tasks, with their number, most tasks first."""
        raise NotImplementedError

    def status(self) -> Status:
        """Return the state of the library."""
        raise NotImplementedError

    # Find

    def search(
        self, words: str, *, filters: Filters | None = None, limit: int = 20, offset: int = 0
    ) -> Results:
        """Find clauses and tasks by words and meaning, best first, with facets.

        With filters alone (*words* blank) everything that passes them is found.

        Raises:
            EmptyQueryError: Neither words nor filters.
        """
        raise NotImplementedError

    def ask(self, question: str, *, limit: int = 20) -> Reply:
        """Answer a question with quotations: who, what, when, cite or find.

        Raises:
            EmptyQueryError: No word in it.
        """
        raise NotImplementedError

    def duties(self, agency: str, *, now: bool = False) -> Duties:
        """Return every task of a body, by document.

        Args:
            agency: Full name, alias, abbreviation, or generic name ("Công an tỉnh").
            now: Reserved for the succession of bodies.
        """
        raise NotImplementedError

    def cite(self, query: str) -> Citations:
        """Return a document by its code in any spelling, or a sentence that names it.

        A document that is only cited is a stub: `entry` is None.

        Raises:
            UnknownDocumentError: Neither held nor cited.
        """
        raise NotImplementedError
