"""LIBRARY + PEOPLE -> WHAT IS CHECKED: what to look at, the corrections, and their history."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from index.corrections import Corrected, Correction, Logged, apply, standing
from index.edition import edition
from index.errors import ConflictError, UnknownCorrectionError, UnknownDocumentError
from index.findings import Finding, Noun, findings
from index.replies import Entry
from index.wishes import Wish, to_correction

if TYPE_CHECKING:
    from index.records import Row
    from index.shelves import Shelves
    from ingest.model import Document

State = Literal["standing", "undone", "stale"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """A finding to be looked at, and the document that it was found in."""

    document: str  # id
    source: str
    code: str | None
    title: str | None
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewList:
    """What a person should look at (danh sách cần soát), the least sure first."""

    total: int  # that pass the filters, also those past the limit
    items: tuple[Unsure, ...]
    nouns: tuple[tuple[Noun, int], ...]  # how many of each, in the document that was asked for
    documents: tuple[tuple[Entry, int], ...]  # how many in each, of the noun that was asked for
    outdated: int  # documents that an older edition of the program read


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of the log with what became of it."""

    line: Logged
    state: State
    inherited: bool = False  # made on an older version of the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A document with its findings and what people have said of them."""

    entry: Entry
    findings: tuple[Finding, ...]
    history: tuple[Event, ...]  # the latest first
    reviewed: bool  # a person has looked through all of it


class Review:
    """The checking of one library; thread-safe, one writer at a time."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._store = shelves.store

    # Look

    def corrected(self, read: Document) -> Corrected:
        """Return a document as people have corrected it."""
        return apply(read, self._log(read.source.sha256))

    def unsure(
        self,
        *,
        document: str | None = None,
        noun: Noun | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> ReviewList:
        """Return the findings below 0.9, the least sure first.

        Raises:
            UnknownDocumentError: The library does not hold *document*.
        """
        with self._store.reading():
            number = self._row(document).number if document else None
            rows = self._store.unsure(limit=limit, offset=offset, document=number, noun=noun)
            counts = self._store.count_unsure("noun", document=number)
            papers = self._store.count_unsure("document", noun=noun)
            live = {row.number: row for row in self._store.live()}
        total = sum(count for name, count in counts if noun in (None, name))
        return ReviewList(
            total=total,
            items=tuple(_unsure(live[row.document], row.finding) for row in rows),
            nouns=tuple(counts),
            documents=tuple((live[number].entry, count) for number, count in papers),
            outdated=sum(row.reader != edition() for row in live.values()),
        )

    def checked(self, document: str) -> Checked:
        """Return a document's findings, and every correction that was made on it.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        with self._store.reading():
            row = self._row(document)
            read = self._read(document)
            log = self._log(read.source.sha256)
        made = apply(read, log)
        return Checked(
            entry=row.entry,
            findings=findings(made.document),
            history=_history(log, made, read.source.sha256),
            reviewed=made.reviewed,
        )

    # Say

    def correct(self, document: str, wish: Wish) -> Logged:
        """Keep what a person says of a finding; from then on it is what the library answers.

        Raises:
            UnknownDocumentError, WrongCorrectionError, ConflictError: Nothing was changed.
        """
        with self._shelves.lock.held():
            row = self._row(document)
            read = self._read(document)
            log = self._log(read.source.sha256)
            now = apply(read, log).document
            try:
                asked = to_correction(now, wish)
            except ConflictError as error:
                raise ConflictError(_last(log)) from error
            line = _line(read, wish.by, reason=wish.reason, correction=asked)
            self._keep(row, read, [*log, line], line)
        return line

    def undo(self, document: str, correction: str, *, by: str) -> Logged:
        """Take a correction back; the log keeps both.

        Raises:
            UnknownDocumentError: The library does not hold the document.
            UnknownCorrectionError: There is none, or it is taken back already.
        """
        with self._shelves.lock.held():
            row = self._row(document)
            read = self._read(document)
            log = self._log(read.source.sha256)
            if correction not in {line.id for line in standing(log)}:
                raise UnknownCorrectionError(correction)
            line = _line(read, by, undoes=correction)
            self._keep(row, read, [*log, line], line)
        return line

    def log(self) -> tuple[Logged, ...]:
        """Return every line of the log, the oldest first: to be taken to another machine."""
        return tuple(self._store.whole_log())

    def take_in(self, lines: Iterable[Logged]) -> int:
        """Add lines of another machine's log; return how many were new.

        Documents that are not held yet are corrected when they come.
        """
        with self._shelves.lock.held():
            known = {line.id for line in self._store.whole_log()}
            new = [line for line in lines if line.id not in known]
            self._shelves.note_corrections(new)
            with self._store.writing():
                for line in new:
                    self._store.log(line)
                for row in self._store.live():
                    self.renew(row)
        self._refresh()
        return len(new)

    def renew(self, row: Row) -> None:
        """Write a document's rows anew where people have corrected it; within `writing`."""
        read = self._store.document(row.entry.id)
        if read is not None and (log := self._log(read.source.sha256)):
            self._store.rewrite(row, apply(read, log).document)

    # Inside

    def _keep(self, row: Row, read: Document, log: Sequence[Logged], line: Logged) -> None:
        made = apply(read, log)
        self._shelves.note_corrections([line])
        with self._store.writing():
            self._store.log(line)
            if row.entry.replaced_by is None:
                self._store.rewrite(row, made.document)
        self._refresh()

    def _refresh(self) -> None:
        self._shelves.index_words()
        self._shelves.embed()

    def _row(self, document: str) -> Row:
        row = self._store.row(document)
        if row is None:
            raise UnknownDocumentError(document)
        return row

    def _read(self, document: str) -> Document:
        read = self._store.document(document)
        if read is None:
            raise UnknownDocumentError(document)
        return read

    def _log(self, sha256: str) -> list[Logged]:
        """Return the corrections of a file and of its older versions, the oldest first."""
        files, grown = [sha256], [sha256[:12]]
        for document in grown:  # grows: older versions of older versions too
            for row in self._store.older_versions(document):
                grown.append(row.entry.id)
                files.append(row.sha256)
        return self._store.log_of(files)


def _unsure(row: Row, finding: Finding) -> Unsure:
    metadata = row.entry.metadata
    return Unsure(
        document=row.entry.id,
        source=row.entry.source,
        code=metadata.code,
        title=metadata.title,
        finding=finding,
    )


def _line(
    read: Document,
    by: str,
    *,
    reason: str | None = None,
    undoes: str | None = None,
    correction: Correction | None = None,
) -> Logged:
    return Logged(
        id=secrets.token_hex(8),
        sha256=read.source.sha256,
        made_at=dt.datetime.now(dt.UTC).replace(microsecond=0),
        made_by=" ".join(by.split())[:80],
        reason=reason.strip()[:500] or None if reason else None,
        undoes=undoes,
        correction=correction,
    )


def _last(log: Sequence[Logged]) -> str:
    if not log:
        return ""
    return f"Lần sửa gần nhất là của {log[-1].made_by}. "


def _history(log: Sequence[Logged], made: Corrected, sha256: str) -> tuple[Event, ...]:
    valid = {line.id for line in standing(log)}

    def state(line: Logged) -> State:
        if line.id in made.stale:
            return "stale"
        return "standing" if line.id in valid or line.undoes else "undone"

    return tuple(
        Event(line=line, state=state(line), inherited=line.sha256 != sha256)
        for line in reversed(log)
    )
