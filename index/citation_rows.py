"""ROWS -> WHO CITES WHAT: counts and pages of mentions, and what documents do to one another.

Counted by an index that has every column it needs: a law that is cited 20,000 times is answered
for without one of its mentions being read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from index.connection import Connected
from index.records import CitationRow, reference_json

_CHUNK = 900  # of values in one statement
_SHELF = "COALESCE(doc_type, ''), COALESCE(issuer, ''), COALESCE(year, 0)"


class Described(NamedTuple):
    """How mentions describe what they cite, and how many do so."""

    relation: str
    doc_type: str | None
    issuer: str | None
    year: int | None
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Which mentions are asked for."""

    code: str | None = None  # key of what is cited
    title: str | None = None  # key of its name, for mentions without a number
    besides: int = 0  # a document's number: its own mentions do not count
    accepted: tuple[tuple[str, str, int], ...] | None = None  # type, issuer, year; None: all
    relation: str | None = None
    pinpoints: tuple[str, ...] | None = None  # as printed; None: whatever they cite of it
    document: int | None = None  # only those of one document
    own: bool | None = None  # True: the relation is the citing document's
    not_relations: tuple[str, ...] = ()


class Act(NamedTuple):
    """What one document does to another, by one way of saying so."""

    object: str  # key of the document acted upon
    subject: str | None  # key of the acting document; None: it is the one that says so
    document: int  # that says so, the first
    relation: str
    pinpoint: str | None
    clause: int  # the first that says so
    citation: int  # the first mention
    told: int  # by so many documents


class CitationRows(Connected):
    """Who cites what, to be read."""

    def described(self, wanted: Mentions) -> list[Described]:
        """Count mentions by relation and by how they describe the document."""
        where, values = _where(wanted)
        found = self.database.execute(
            "SELECT relation, doc_type, issuer, year, COUNT(*) FROM citations"  # noqa: S608
            f" WHERE {where} GROUP BY 1, 2, 3, 4",
            values,
        )
        return [Described(*row) for row in found.fetchall()]

    def count_citing(self, wanted: Mentions) -> int:
        """Count the documents that cite."""
        where, values = _where(wanted)
        found = self.database.execute(
            f"SELECT COUNT(DISTINCT document) FROM citations WHERE {where}",  # noqa: S608
            values,
        )
        return int(found.fetchone()[0])

    def citing_documents(
        self, wanted: Mentions, *, limit: int | None = None, last_first: bool = False
    ) -> list[tuple[int, int, int]]:
        """Return (document, its mentions, the first of them) of those that cite."""
        where, values = _where(wanted)
        found = self.database.execute(
            "SELECT document, COUNT(*), MIN(id) FROM citations"  # noqa: S608
            f" WHERE {where} GROUP BY document ORDER BY document {'DESC' if last_first else 'ASC'}"
            " LIMIT ?",
            (*values, -1 if limit is None else limit),
        )
        return found.fetchall()

    def mentions(
        self, wanted: Mentions, *, limit: int | None = None, offset: int = 0
    ) -> list[CitationRow]:
        """Return a page of mentions, in the order in which they came."""
        where, values = _where(wanted)
        # The inner statement is answered by the index alone; rows are read for one page.
        return self._mentions(
            f"id IN (SELECT id FROM citations WHERE {where} ORDER BY id LIMIT ? OFFSET ?)",  # noqa: S608
            (*values, -1 if limit is None else limit, offset),
        )

    def mentions_by_id(self, ids: Iterable[int]) -> dict[int, CitationRow]:
        """Return mentions by their ids."""
        found: dict[int, CitationRow] = {}
        some = sorted(set(ids))
        for start in range(0, len(some), _CHUNK):
            part = some[start : start + _CHUNK]
            rows = self._mentions(f"id IN ({_marks(part)})", part)
            found.update(zip(part, rows, strict=True))
        return found

    def _mentions(self, where: str, values: Sequence[Any]) -> list[CitationRow]:
        found = self.database.execute(
            "SELECT document, clause, code_key, title_key, body FROM citations"  # noqa: S608
            f" WHERE {where} ORDER BY id",
            values,
        )
        return [
            CitationRow(document, clause, code, title, reference_json().validate_json(body))
            for document, clause, code, title, body in found.fetchall()
        ]

    def pinpoints(self, wanted: Mentions) -> list[tuple[str, int]]:
        """Return which parts are cited, as printed, with how often."""
        where, values = _where(wanted)
        return self.database.execute(
            "SELECT pinpoint, COUNT(*) FROM citations"  # noqa: S608
            f" WHERE {where} AND pinpoint IS NOT NULL GROUP BY pinpoint",
            values,
        ).fetchall()

    def titles_among(self, keys: Iterable[str]) -> list[str]:
        """Return which of the keys of names are cited."""
        return [
            title
            for part in _parts(keys)
            for (title,) in self.database.execute(
                "SELECT DISTINCT title_key FROM citations"  # noqa: S608
                f" WHERE title_key IN ({_marks(part)})",
                part,
            )
        ]

    def codes_of_name(self, title: str) -> list[str]:
        """Return the keys of the numbers that a name is cited with, the most frequent first."""
        found = self.database.execute(
            "SELECT code_key FROM citations WHERE title_key = ? AND code_key IS NOT NULL"
            " GROUP BY code_key ORDER BY COUNT(*) DESC, code_key",
            (title,),
        )
        return [code for (code,) in found]

    def paths_of(self, document: int) -> list[str]:
        """Return the paths of a document's clauses, in reading order."""
        found = self.database.execute(
            "SELECT path FROM clauses WHERE document = ? ORDER BY id", (document,)
        )
        return [path for (path,) in found]

    def like_name(self, pattern: str) -> list[int]:
        """Return the documents whose name's key is like *pattern*, as GLOB takes it."""
        found = self.database.execute(
            "SELECT number FROM documents WHERE title_key GLOB ? AND replaced_by IS NULL",
            (pattern,),
        )
        return [number for (number,) in found]

    def issuers(self) -> list[tuple[str, str]]:
        """Return (issuer, level) of all documents that are no older versions, each once."""
        return self.database.execute(
            "SELECT DISTINCT json_extract(metadata, '$.issuer'),"
            " json_extract(metadata, '$.issuer_level') FROM documents WHERE replaced_by IS NULL"
            " AND json_extract(metadata, '$.issuer') IS NOT NULL"
            " AND json_extract(metadata, '$.issuer_level') IS NOT NULL"
        ).fetchall()

    def effect_clauses(self, document: int) -> list[int]:
        """Return the clauses of a document that may say when its own effect begins or ends."""
        found = self.database.execute(
            "SELECT id FROM clauses WHERE document = ? AND text LIKE '%này%hiệu lực%' ORDER BY id",
            (document,),
        )
        return [clause for (clause,) in found]

    def held_keys(self, keys: Iterable[str]) -> dict[str, list[int]]:
        """Return the numbers of the documents that bear one of the numbers, by its key."""
        held: dict[str, list[int]] = {}
        for part in _parts(keys):
            for key, number in self.database.execute(
                "SELECT code_key, number FROM documents"  # noqa: S608
                f" WHERE code_key IN ({_marks(part)}) AND replaced_by IS NULL ORDER BY number",
                part,
            ):
                held.setdefault(key, []).append(number)
        return held

    def of_name(self, title: str) -> list[int]:
        """Return the documents of a name's key."""
        found = self.database.execute(
            "SELECT number FROM documents WHERE title_key = ? AND replaced_by IS NULL", (title,)
        )
        return [number for (number,) in found]

    # What documents do to one another

    def acts_upon(self, objects: Iterable[str], relations: Sequence[str]) -> list[Act]:
        """Return what is done to documents, by each that does it and each way of saying so."""
        return [act for part in _parts(objects) for act in self._acts("object", part, relations)]

    def told_acts(self, object_: str, relations: Sequence[str]) -> list[Act]:
        """Return what is done to a document by others than those that tell of it."""
        return self._acts("object", [object_], relations, "AND subject IS NOT NULL")

    def acts_of(self, subjects: Iterable[str], relations: Sequence[str]) -> list[Act]:
        """Return what documents do, as others tell of them."""
        return [act for part in _parts(subjects) for act in self._acts("subject", part, relations)]

    def acts_in(self, document: int, relations: Sequence[str]) -> list[Act]:
        """Return what a document itself does to others."""
        return self._acts("document", [document], relations, "AND subject IS NULL")

    def _acts(
        self, column: str, values: Sequence[Any], relations: Sequence[str], more: str = ""
    ) -> list[Act]:
        found = self.database.execute(
            "SELECT object, subject, MIN(document), relation, pinpoint, MIN(clause), MIN(id),"  # noqa: S608
            f" COUNT(DISTINCT document) FROM citations WHERE {column} IN ({_marks(values)})"
            f" AND relation IN ({_marks(relations)}) AND object IS NOT NULL {more}"
            " GROUP BY object, subject, CASE WHEN subject IS NULL THEN document END, relation,"
            " pinpoint",
            (*values, *relations),
        )
        return [Act(*row) for row in found.fetchall()]

    # What is cited and not held

    def stubs(self, *, limit: int, offset: int) -> list[tuple[str, int, int]]:
        """Return (key, mentions, citing documents) of numbers cited and not held, most first."""
        return self.database.execute(
            "SELECT code_key, COUNT(*), COUNT(DISTINCT document) AS citing FROM citations"  # noqa: S608
            f" WHERE {_NOT_HELD} GROUP BY code_key"
            " ORDER BY citing DESC, code_key LIMIT ? OFFSET ?",
            (limit, offset),
        ).fetchall()

    def count_stubs(self) -> int:
        """Count the numbers that are cited and not held."""
        found = self.database.execute(
            f"SELECT COUNT(DISTINCT code_key) FROM citations WHERE {_NOT_HELD}"  # noqa: S608
        )
        return int(found.fetchone()[0])


_NOT_HELD = (
    "code_key IS NOT NULL AND code_key NOT IN (SELECT code_key FROM documents"
    " WHERE code_key IS NOT NULL AND replaced_by IS NULL)"
)


def _where(wanted: Mentions) -> tuple[str, list[Any]]:
    terms: list[tuple[str, Sequence[Any]]] = [("1", ())]
    if wanted.code is not None and wanted.title is not None:
        either = "(code_key = ? OR (code_key IS NULL AND title_key = ?))"
        terms.append((either, (wanted.code, wanted.title)))
    for term, value in (
        ("code_key = ?", wanted.code if wanted.title is None else None),
        ("title_key = ?", wanted.title if wanted.code is None else None),
        ("relation = ?", wanted.relation),
        ("document = ?", wanted.document),
        ("document != ?", wanted.besides or None),
    ):
        terms += [(term, (value,))] if value is not None else []
    if wanted.own is not None:
        terms.append((f"subject IS {'' if wanted.own else 'NOT '}NULL", ()))
    if wanted.not_relations:
        terms.append((f"relation NOT IN ({_marks(wanted.not_relations)})", wanted.not_relations))
    if wanted.accepted is not None:
        rows = ",".join(["(?,?,?)"] * len(wanted.accepted)) or "(NULL,NULL,NULL)"
        values = [value for row in wanted.accepted for value in row]
        terms.append((f"({_SHELF}) IN (VALUES {rows})", values))
    if wanted.pinpoints is not None:
        terms.append((f"pinpoint IN ({_marks(wanted.pinpoints)})", wanted.pinpoints))
    return " AND ".join(term for term, _ in terms), [each for _, some in terms for each in some]


def _parts(values: Iterable[Any]) -> Iterable[list[Any]]:
    some = sorted(set(values))
    return (some[start : start + _CHUNK] for start in range(0, len(some), _CHUNK))


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
