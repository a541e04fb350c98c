"""DOCUMENTS -> ANSWERS: the library (thư viện), all that drafting, API and web talk to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from index.answers import answer
from index.duties import duties_of
from index.duty_replies import Duties, DutyView
from index.errors import (
    EmptyQueryError,
    LibraryAccessError,
    UnknownDocumentError,
)
from index.families import Families
from index.finding import understand
from index.fold import folded_tokens
from index.keeping import Keeping
from index.lives import Lives
from index.originals import Originals
from index.present import today
from index.query import read_question
from index.readings import read_back
from index.replies import (
    Added,
    Citations,
    ClauseView,
    Entry,
    Facet,
    Filters,
    Fixed,
    Original,
    Reply,
    Results,
    Status,
)
from index.rereading import Reread, outdated, reread
from index.review import Review
from index.searching import count_facets, search_clauses, way_on
from index.shelves import Shelves
from index.tracing import Tracing
from index.unknown_numbers import note_on_numbers
from index.viewing import view_clause

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from index.finding import Sources
    from index.query import Question
    from index.upkeep import Encoder
    from ingest.model import Document

_EMBED_FROM = 400  # clauses without vectors, from which on they are embedded while adding


class Library:
    """Documents kept in a folder, and what is found in them.

    Any number of threads and programs may read; one writes at a time, the others wait.
    Use it as a context manager or `close` it.
    """

    def __init__(
        self,
        folder: Path,
        *,
        encoder: Encoder | None = None,
        today: Callable[[], dt.date] = today,
    ) -> None:
        """Open the library in *folder*; make it where there is none.

        Without an *encoder* words alone are searched, and every reply says so. Who is responsible
        now is told for the day that *today* says.

        Raises:
            ModelMismatchError: Its vectors were made by another model.
            LibraryAccessError, LibraryDamagedError: It cannot be opened.
        """
        self.folder = folder
        self.today = today
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._originals = Originals(folder)
        except OSError as error:
            raise LibraryAccessError(folder, error.strerror or str(error)) from error
        self._encoder = encoder
        self._shelves = Shelves(folder, encoder, today=today)
        self._store = self._shelves.store
        self.review = Review(self._shelves)
        self._keeping = Keeping(self._shelves, self._originals, self.review)
        families = Families(self._store, self._shelves.lock, folder)
        self.lives = Lives(self._store, families, self.document)
        self.tracing = Tracing(self._shelves)
        self._added = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._added = False  # broken off: what is missing in the indexes is made up later
        self.close()

    def close(self) -> None:
        """Bring the indexes up to date where this library has added, and let go of the files."""
        try:
            self.lives.close()
            if self._added:
                self.refresh()
        finally:
            self._shelves.close()

    # Keep

    def add(self, document: Document, original: Path | bytes, *, key: str | None = None) -> Added:
        """Take a document in, wholly or not at all; on return it is on the disk.

        It can be found by words at once, by meaning after `refresh` or `close`.

        Args:
            document: As `ingest.document.read_document` reads it.
            original: The file, or its bytes where it was uploaded or lies in an archive.
            key: Where it came from: the same key with other bytes is a newer version and
                replaces the older. Default: the absolute path, or the name for bytes.

        Raises:
            LibraryFullError, LibraryBusyError: Nothing was changed.
        """
        added = self._keeping.add(document, original, key=key)
        self._added = True
        if self._encoder and self._store.unembedded() >= _EMBED_FROM:
            self._shelves.embed()
        return added

    def holds(self, sha256: str, *, key: str | None = None) -> bool:
        """Tell whether a file is in the library (under *key*), so that it need not be read."""
        return self._keeping.holds(sha256, key=key)

    def remove(self, document: str) -> None:
        """Take a document out with its older versions and its original.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        self._keeping.remove(document)

    def refresh(self, *, anew: bool = True, families: bool = True) -> None:
        """Bring the indexes of words and vectors and the families of clauses up to the rows.

        Args:
            anew: Also make those vectors again that an older edition of the program made in
                another way; some hundred a second, in steps: broken off, the rest waits.
            families: Otherwise they are left to `lives.keep_up`.
        """
        self._shelves.keep_journal()
        self._shelves.index_words()
        self._shelves.embed(anew=anew)
        self._shelves.index_words()
        if families:
            self.lives.update()

    def reread(self) -> Iterator[Reread]:
        """Read again, from the originals, what an older edition of the program has read.

        Corrections stay. Broken off, the rest waits for the next time; then `refresh`.
        """
        self._added = True
        yield from reread(self._shelves, self._originals, self.review)

    def keep_journal(self) -> None:
        """Write anew, beside the originals, what the rows alone know besides."""
        self._shelves.keep_journal(anew=True)

    def unheld(self) -> frozenset[str]:
        """Return the names of originals that no document speaks of: their rows were lost."""
        return self._keeping.unheld()

    def outdated(self) -> int:
        """Return how many documents `reread` would read."""
        return len(outdated(self._shelves))

    # Look up

    def documents(self) -> tuple[Entry, ...]:
        """Return the list of documents, the newest issued first; without older versions."""
        entries = [row.entry for row in self._store.live()]
        dated = [entry for entry in entries if entry.metadata.issued_on]
        undated = [entry for entry in entries if not entry.metadata.issued_on]
        dated.sort(key=lambda entry: str(entry.metadata.issued_on), reverse=True)
        return tuple(dated + undated)

    def entry(self, document: str) -> Entry:
        """Return a document's line of the list; an older version's too.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        return self._keeping.row(document).entry

    def document(self, document: str) -> Document:
        """Return a document with its text and findings, as people have corrected it.

        Of an older version, its own.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        found = self._store.document(document)
        if found is None:
            raise UnknownDocumentError(document)
        return self.review.corrected(found).document

    def clause(self, document: str, path: str) -> ClauseView:
        """Return one clause with its headings, tasks and references; of an older version too.

        Raises:
            UnknownDocumentError, UnknownClauseError: There is none.
        """
        read = self.document(document)
        return view_clause(self.entry(document), read, path, on=self.today())

    def original(self, document: str) -> Original:
        """Return the file as it came in.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        row = self._keeping.row(document)
        return Original(name=row.entry.source, path=self._originals.path(row.original))

    def agencies(self) -> tuple[tuple[str, int], ...]:
        """Return every body that has tasks, with their number, most tasks first."""
        return tuple((name, tasks) for _, name, tasks in self._store.agencies())

    def status(self) -> Status:
        """Return the state of the library."""
        counts = self._store.counts()
        return Status(
            folder=self.folder,
            documents=counts["documents"],
            clauses=counts["clauses"],
            tasks=counts["tasks"],
            references=counts["citations"],
            agencies=counts["agencies"],
            vectors=counts["vectors"],
            model=self._store.meta("model"),
            degraded=self._shelves.degraded,
            pending=self._store.unembedded(),
            uncompared=self.lives.behind(),
            bytes=counts["bytes"] + self._shelves.size(),
        )

    # Find

    def search(
        self, words: str, *, filters: Filters | None = None, limit: int = 20, offset: int = 0
    ) -> Results:
        """Find clauses and tasks by words and meaning, best first, with facets.

        With filters alone (*words* blank) everything that passes them is found.

        Raises:
            EmptyQueryError: Neither words nor filters.
        """
        filters = filters or Filters()
        if not folded_tokens(words) and filters == Filters():
            raise EmptyQueryError(words)
        with self._store.reading():
            sources = self._shelves.sources()
            question = self._read(words, sources, Fixed()).as_words()
            found = search_clauses(sources, question, filters, limit=limit, offset=offset)
        return replace(found, degraded=self._shelves.degraded)

    def facets(self, words: str) -> tuple[Facet, ...]:
        """Return what a search for *words* can be narrowed to, with counts, and no more."""
        with self._store.reading():
            sources = self._shelves.sources()
            return count_facets(sources, self._read(words, sources, Fixed()).as_words())

    def home(self) -> str | None:
        """Return where those work who ask this library: "tỉnh Sơn La", "Sở Y tế tỉnh Sơn La"."""
        return self._store.meta("home") or None

    def set_home(self, home: str | None) -> None:
        """Keep what "tỉnh tôi" means to who asks without a home of his own; None: nothing."""
        with self._shelves.lock.held(), self._store.writing():
            self._store.set_meta("home", " ".join((home or "").split()))

    def ask(self, question: str, *, limit: int = 20, fixed: Fixed | None = None) -> Reply:
        """Answer a question with quotations: who, what, when, cite or find.

        Args:
            question: As people type it.
            limit: How many answers.
            fixed: What the person has settled of how it is read; default: nothing.

        Raises:
            EmptyQueryError: No word in it.
        """
        if not folded_tokens(question):
            raise EmptyQueryError(question)
        with self._store.reading():
            sources = self._shelves.sources()
            read = self._read(question, sources, fixed or Fixed())
            asked = understand(sources, read)
            answers, total = answer(sources, asked, limit=limit)
            reading = read_back(sources, replace(asked, question=read), answers)
            note, ways = (None, ()) if answers else way_on(sources, read, Filters())
            note = note_on_numbers(sources, read, answered=bool(answers)) or note
        return Reply(
            question=question,
            intent=asked.question.intent,
            total=total,
            degraded=self._shelves.degraded,
            answers=answers,
            note=note,
            reading=reading,
            ways=ways,
        )

    def _read(self, question: str, sources: Sources, fixed: Fixed) -> Question:
        settled = fixed if fixed.home else replace(fixed, home=self.home())
        return read_question(
            question,
            sources.gazetteer,
            sources.frequency,
            today=self.today(),
            fixed=settled,
        )

    def duties(
        self,
        agency: str,
        *,
        now: bool = False,
        view: DutyView = DutyView(),  # noqa: B008 - frozen
    ) -> Duties:
        """Return every task of a body, by document; or a page of them, narrowed and in order.

        Args:
            agency: Full name, alias, abbreviation, or generic name ("Công an tỉnh").
            now: Also what bodies were given whose function passed to it since.
            view: Which of them, and in which order; the total is of all.

        Raises:
            EmptyQueryError: No word in it.
        """
        with self._store.reading():
            return duties_of(self._shelves.sources(), agency, now=now, view=view)

    def cite(self, query: str) -> Citations:
        """Return a document by its number in any spelling, or a sentence that names it.

        A document that is only cited is a stub: `entry` is None. In pages: `tracing.cite`.

        Raises:
            UnknownDocumentError: Neither held nor cited.
        """
        return self.tracing.cite(query)
