"""A CLAUSE -> ITS LIFE: where it was first seen, who reused it, how it changed (vòng đời)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.codes import code_key
from index.comparing import Comparison, align
from index.differences import Piece, Slot, differ, differences
from index.errors import UnknownClauseError, UnknownDocumentError
from index.families import FEWEST_WORDS, FORMAL
from index.formulas import is_formula
from index.kinship import similarity
from index.replies import Entry
from index.word_signs import signs_of
from ingest.model import Kind, Level, Span

if TYPE_CHECKING:
    from index.families import Families
    from index.records import ClauseRow, Row
    from index.store import Store
    from ingest.model import Document

_MEMBERS = 50
_PATIENCE = 2.0  # seconds
_MANY = 100  # documents: beyond them nobody counts
_NO_LIFE = "Đoạn này thuộc thể thức văn bản (căn cứ, nơi nhận …) nên không theo vòng đời."
_FORMULA = (
    "Đây là câu theo mẫu mà văn bản cùng loại nào cũng có, giống nhau không phải là dùng lại."
)
_TOO_SHORT = "Đoạn này quá ngắn để biết nơi khác có dùng lại hay không."
_OLDER = "Đây là bản cũ của một tệp đã có bản mới; chỉ bản mới được so với các văn bản khác."
_BEHIND = "Có văn bản vừa nạp chưa được so với các văn bản khác."


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another file of the same document: of the same number, issuer and date."""

    document: str  # id
    source: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A clause of a family, and how it differs from the one before it in time."""

    document: str  # id
    source: str
    code: str | None
    title: str | None
    doc_type: str | None
    issuer: str | None
    issuer_level: Level | None
    issued_on: dt.date | None  # None comes last: a draft, or the document does not say
    path: str
    kind: Kind
    quote: str
    span: Span
    asked: bool  # the clause whose life this is
    similarity: float  # to that clause, word for word: 0..1
    pieces: tuple[Piece, ...]  # from the one before to this; of the first all is the same
    changed: bool
    copies: tuple[Copy, ...] = ()  # in other files of the same document


@dataclass(frozen=True, slots=True, kw_only=True)
class Varying:
    """What kind of thing differs between the members of a family, as they write it."""

    slot: Slot
    values: tuple[str, ...]  # in the order in which they were first written


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The life of a clause: its near-identical fellows in the order of their dates."""

    document: str
    path: str
    quote: str
    total: int  # of the members: one in each document, however many files it has
    first: Member | None  # where it was first seen, in this library
    members: tuple[Member, ...]  # those asked for, by `limit` and `offset`
    varies: tuple[Varying, ...]  # among them
    formula: bool  # a clause that documents of its kind have by form
    note: str | None = None  # what the reader should know


@dataclass(frozen=True, slots=True, kw_only=True)
class Sister:
    """A document that says much of what another says."""

    entry: Entry
    shared: int  # families of clauses that both have


class Lives:
    """The lives of the clauses of a library, and documents side by side."""

    def __init__(self, store: Store, families: Families, read: Callable[[str], Document]) -> None:
        self._store = store
        self._families = families
        self._read = read

    def update(self) -> None:
        """Take in what came and went.

        Raises:
            LibraryFullError, LibraryBusyError: What was done so far stays.
        """
        self._families.update()

    def keep_up(self, *, patience: float = _PATIENCE) -> None:
        """Do the same beside, on a thread of its own; wait for it for some seconds at most."""
        self._families.keep_up(patience=patience)

    def behind(self) -> int:
        """Return how many clauses were not compared yet with those of other documents."""
        return self._families.behind()

    def close(self) -> None:
        """Break off what is done beside; the rest waits for the next time."""
        self._families.close()

    def life(self, document: str, path: str, *, limit: int = _MEMBERS, offset: int = 0) -> Life:
        """Return the life of a clause.

        Raises:
            UnknownDocumentError, UnknownClauseError: There is none.
        """
        with self._store.reading():
            row = self._row(document)
            clause = self._store.clause_at(row.number, path)
            if clause is None:
                return self._of_older(document, path)
            every, rows = self._fellows(clause)
            fellows, copies = _as_one(every, rows, asked=clause)
            shown = fellows[offset : offset + limit]
            before = fellows[offset - 1] if offset else None
            members = tuple(
                replace(member, copies=tuple(copies.get(each.id, ())))
                for each, member in zip(
                    shown, _members(shown, rows, asked=clause, before=before), strict=True
                )
            )
            [first] = _members(fellows[:1], rows, asked=clause, before=None)
        return Life(
            document=document,
            path=path,
            quote=clause.text,
            total=len(fellows),
            first=first,
            members=members,
            varies=_varying(members),
            formula=is_formula(clause.text),
            note=self._note(clause),
        )

    def _row(self, document: str) -> Row:
        row = self._store.row(document)
        if row is None:
            raise UnknownDocumentError(document)
        return row

    def _of_older(self, document: str, path: str) -> Life:
        clause = self._read(document).clause(path)
        if clause is None:
            raise UnknownClauseError(document, path)
        return Life(
            document=document, path=path, quote=clause.text, total=0, first=None,
            members=(), varies=(), formula=is_formula(clause.text), note=_OLDER,
        )  # fmt: skip

    def _note(self, clause: ClauseRow) -> str | None:
        if clause.kind in FORMAL:
            return _NO_LIFE
        if is_formula(clause.text):
            return _FORMULA
        if len(signs_of(clause.text)) < FEWEST_WORDS:
            return _TOO_SHORT
        return None if self._families.current else _BEHIND

    def _fellows(self, clause: ClauseRow) -> tuple[list[ClauseRow], dict[int, Row]]:
        """Return the clauses of a clause's family in the order of time, and their documents.

        Of each document the one most like it: a law that says the same of several bodies has as
        many clauses that are much alike, and one of them is the one that was reused.
        """
        family = self._store.families_of([clause.id]).get(clause.id)
        ids = [each for each, _ in self._store.clauses_of_family(family)] if family else []
        by_document: dict[int, list[ClauseRow]] = {}
        for fellow in self._store.clauses({*ids, clause.id}).values():
            by_document.setdefault(fellow.document, []).append(fellow)
        by_document[clause.document] = [clause]
        fellows = [_most_like(clause, some) for some in by_document.values()]
        rows = self._store.rows(by_document)

        def time(fellow: ClauseRow) -> tuple[dt.date, int]:
            issued = rows[fellow.document].entry.metadata.issued_on
            return issued or dt.date.max, fellow.id

        return sorted(fellows, key=time), rows

    def offered(self, document: str) -> dict[str, int]:
        """Return how many other documents say nearly the same as a clause, by its path.

        Only of clauses whose life is worth a look: not formulas, and not those alone. No more
        than a hundred are counted.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        with self._store.reading():
            row = self._row(document)
            clauses = [
                clause for clause in self._store.clauses_of(row.number) if clause.kind != "heading"
            ]
            families = self._store.families_of(clause.id for clause in clauses)
            own = [row.number, *self._store.copies_of(row.number)]
            others = {
                family: self._store.count_others(family, own, _MANY)
                for family in set(families.values())
            }
        return {
            clause.path: others[families[clause.id]]
            for clause in clauses
            if others.get(families.get(clause.id, 0)) and not is_formula(clause.text)
        }

    def sisters(self, document: str, *, limit: int = 20) -> tuple[Sister, ...]:
        """Return the documents that share most families of clauses with one.

        Raises:
            UnknownDocumentError: The library does not hold it.
        """
        with self._store.reading():
            found = self._store.documents_sharing(self._row(document).number)[:limit]
            rows = self._store.rows(number for number, _ in found)
        return tuple(
            Sister(entry=rows[number].entry, shared=shared)
            for number, shared in found
            if number in rows
        )

    def compare(self, a: str, b: str) -> Comparison:
        """Return two documents side by side, clause by clause.

        Raises:
            UnknownDocumentError: The library does not hold one of them.
        """
        left, right = self._row(a), self._row(b)
        return align(left.entry, self._read(a), right.entry, self._read(b))


def _as_one(
    fellows: Sequence[ClauseRow], rows: dict[int, Row], *, asked: ClauseRow
) -> tuple[list[ClauseRow], dict[int, list[Copy]]]:
    """Return one clause for each document, and where it stands in other files of the same.

    The same plan as a text and as a scan has the same number, issuer and date. The one that was
    asked for stands for its document, else the first.
    """
    of: dict[object, list[ClauseRow]] = {}
    for fellow in fellows:
        metadata = rows[fellow.document].entry.metadata
        known = metadata.code and metadata.issuer and metadata.issued_on
        same = (code_key(metadata.code or ""), metadata.issuer, metadata.issued_on)
        of.setdefault(same if known else fellow.document, []).append(fellow)
    shown: list[ClauseRow] = []
    copies: dict[int, list[Copy]] = {}
    for some in of.values():
        best = next((fellow for fellow in some if fellow.id == asked.id), some[0])
        shown.append(best)
        for fellow in some:
            if fellow is not best:
                entry = rows[fellow.document].entry
                copy = Copy(document=entry.id, source=entry.source, path=fellow.path)
                copies.setdefault(best.id, []).append(copy)
    return shown, copies


def _most_like(clause: ClauseRow, others: Sequence[ClauseRow]) -> ClauseRow:
    if len(others) == 1:
        return others[0]
    words = signs_of(clause.text)
    return max(others, key=lambda other: (similarity(words, signs_of(other.text)), -other.id))


def _members(
    clauses: Sequence[ClauseRow],
    rows: dict[int, Row],
    *,
    asked: ClauseRow,
    before: ClauseRow | None,
) -> tuple[Member, ...]:
    words = signs_of(asked.text)
    found = []
    for clause in clauses:
        pieces = differences(before.text if before else clause.text, clause.text)
        member = _member(clause, rows[clause.document].entry, pieces)
        alike = round(similarity(words, signs_of(clause.text)), 3)
        found.append(replace(member, asked=clause.id == asked.id, similarity=alike))
        before = clause
    return tuple(found)


def _member(clause: ClauseRow, entry: Entry, pieces: tuple[Piece, ...]) -> Member:
    metadata = entry.metadata
    return Member(
        document=entry.id,
        source=entry.source,
        code=metadata.code,
        title=metadata.title,
        doc_type=metadata.doc_type,
        issuer=metadata.issuer,
        issuer_level=metadata.issuer_level,
        issued_on=metadata.issued_on,
        path=clause.path,
        kind=clause.kind,
        quote=clause.text,
        span=clause.span,
        asked=False,
        similarity=0.0,
        pieces=pieces,
        changed=differ(pieces),
    )


def _varying(members: Sequence[Member]) -> tuple[Varying, ...]:
    values: dict[Slot, dict[str, None]] = {}
    for member in members:
        for piece in member.pieces:
            if piece.slot:
                values.setdefault(piece.slot, {})[piece.text.strip(" .,;:")] = None
    return tuple(Varying(slot=slot, values=tuple(found)) for slot, found in values.items())
