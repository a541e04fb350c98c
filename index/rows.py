"""ROWS -> DOCUMENTS: the reading half of the only SQL."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from index.check_rows import CheckRows
from index.citation_rows import CitationRows
from index.family_rows import FamilyRows
from index.passages import EDITION
from index.records import (
    CitationRow,
    ClauseRow,
    Row,
    TaskRow,
    document_json,
    metadata_json,
    reference_json,
    task_json,
)
from index.replies import Entry
from index.sketch_rows import SketchRows
from ingest.model import Document, Span

_CHUNK = 900  # of values in one statement
_OLDER = "embedded > 0 AND embedded < ? AND clauses > 0 AND replaced_by IS NULL"

T = TypeVar("T")


class Rows(CheckRows, CitationRows, FamilyRows, SketchRows):
    """What a library holds, to be read."""

    # Documents

    def row(self, document: str) -> Row | None:
        """Return a document by its id."""
        return next(self._rows("WHERE id = ?", (document,)), None)

    def rows(self, numbers: Iterable[int]) -> dict[int, Row]:
        """Return documents by their numbers."""
        return {
            row.number: row
            for some in _chunks(sorted(set(numbers)))
            for row in self._rows(f"WHERE number IN ({_marks(some)})", some)
        }

    def live(self) -> list[Row]:
        """Return the documents that are no older versions, in the order they came."""
        return list(self._rows("WHERE replaced_by IS NULL ORDER BY number"))

    def since(self, generation: int, *, limit: int = -1) -> list[Row]:
        """Return the documents that came after *generation* and are no older versions.

        In the order they came; at most *limit* of them, where it is not negative.
        """
        return list(
            self._rows(
                "WHERE generation > ? AND replaced_by IS NULL ORDER BY generation LIMIT ?",
                (generation, limit),
            )
        )

    def older_versions(self, document: str) -> list[Row]:
        """Return the documents that *document* replaced."""
        return list(self._rows("WHERE replaced_by = ?", (document,)))

    def to_embed(self, limit: int) -> list[Row]:
        """Return documents whose clauses have no vectors yet."""
        return list(self._rows("WHERE embedded = 0 ORDER BY number LIMIT ?", (limit,)))

    def unembedded(self) -> int:
        """Count the clauses that have no vectors yet."""
        found = self._first("SELECT COALESCE(SUM(clauses), 0) FROM documents WHERE embedded = 0")
        return int(found)

    def to_embed_anew(self, limit: int) -> list[Row]:
        """Return documents whose vectors are of passages as an older edition made them."""
        if self.meta("passages") == str(EDITION):
            return []
        return list(self._rows(f"WHERE {_OLDER} ORDER BY number LIMIT ?", (EDITION, limit)))

    def embedded_before(self) -> int:
        """Count the clauses whose vectors are of passages as an older edition made them."""
        if self.meta("passages") == str(EDITION):  # else every document is looked at
            return 0
        found = self.database.execute(
            f"SELECT COALESCE(SUM(clauses), 0) FROM documents WHERE {_OLDER}",  # noqa: S608
            (EDITION,),
        )
        return int(found.fetchone()[0])

    def by_code(self, pattern: str) -> list[Row]:
        """Return the documents whose number's key is like *pattern* ("192-kh-%")."""
        return list(
            self._rows(
                "WHERE code_key GLOB ? AND replaced_by IS NULL ORDER BY length(code_key), number",
                (pattern.replace("%", "*"),),  # unlike LIKE, GLOB goes by the index
            )
        )

    def by_title(self, key: str) -> Row | None:
        """Return the document of that name's key, also without its type; the last that came."""
        where = (
            "WHERE (title_key = ? OR title_key LIKE '% ' || ?) AND replaced_by IS NULL"
            " ORDER BY length(title_key), number DESC LIMIT 1"
        )
        return next(self._rows(where, (key, key)), None)

    def arrivals(self) -> list[tuple[str, str, str]]:
        """Return (original, name, key) of every document and key, in the order they came."""
        return self.database.execute(
            "SELECT original, name, key FROM ("
            " SELECT number, 0 AS other, original, name, source_key AS key FROM documents"
            " UNION ALL"
            " SELECT number, 1, original, name, k.source_key FROM source_keys k"
            " JOIN documents d ON d.id = k.document WHERE k.source_key != d.source_key)"
            " ORDER BY number, other, key"
        ).fetchall()

    def originals(self) -> set[str]:
        """Return the names of the originals of all documents, older versions among them."""
        return {name for (name,) in self.database.execute("SELECT original FROM documents")}

    def speaks_of(self, original: str) -> bool:
        """Tell whether a document has the original of that name."""
        found = self.database.execute("SELECT 1 FROM documents WHERE original = ?", (original,))
        return found.fetchone() is not None

    def _rows(self, where: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        found = self.database.execute(
            "SELECT number, generation, first_clause, embedded, original, id, name, format,"  # noqa: S608
            " metadata, pages, clauses, tasks, citations, added_at, source_key, replaced_by,"
            f" reader, sha256 FROM documents {where}",
            values,
        )
        return map(_row, found.fetchall())

    def document(self, document: str) -> Document | None:
        """Return a document as it was read."""
        found = self.database.execute(
            "SELECT body FROM documents WHERE id = ?", (document,)
        ).fetchone()
        return document_json().validate_json(zlib.decompress(found[0])) if found else None

    # Clauses and what they say

    def clauses(self, ids: Iterable[int]) -> dict[int, ClauseRow]:
        """Return clauses by their ids; those that have gone are not in it."""
        return {
            clause.id: clause
            for some in _chunks(sorted(set(ids)))
            for clause in self._clauses(f"WHERE id IN ({_marks(some)})", some)
        }

    def clauses_of(self, number: int) -> list[ClauseRow]:
        """Return the clauses of a document in reading order."""
        return self._clauses("WHERE document = ? ORDER BY id", (number,))

    def face(self, number: int) -> int | None:
        """Return the clause that stands for a document: its title, else its first."""
        found = self.database.execute(
            "SELECT id FROM clauses WHERE document = ?"
            " ORDER BY kind != 'title', CASE kind WHEN 'title' THEN -length(text) ELSE id END"
            " LIMIT 1",
            (number,),
        ).fetchone()
        return found[0] if found else None

    def clause_at(self, number: int, path: str) -> ClauseRow | None:
        """Return the clause of a document at *path*."""
        found = self._clauses("WHERE document = ? AND path = ?", (number, path))
        return found[0] if found else None

    def at_paths(self, number: int, paths: Sequence[str]) -> list[ClauseRow]:
        """Return the clauses of a document at *paths*; missing ones are left out."""
        return [
            clause
            for some in _chunks(list(paths))
            for clause in self._clauses(
                f"WHERE document = ? AND path IN ({_marks(some)})", (number, *some)
            )
        ]

    def _clauses(self, where: str, values: Sequence[Any]) -> list[ClauseRow]:
        found = self.database.execute(
            f"SELECT id, document, path, kind, label, text, page, start, stop FROM clauses {where}",  # noqa: S608
            values,
        )
        return [
            ClauseRow(id_, document, path, kind, label, text, page, Span(start, stop))
            for id_, document, path, kind, label, text, page, start, stop in found.fetchall()
        ]

    def tasks_of_clauses(self, clauses: Iterable[int]) -> dict[int, list[TaskRow]]:
        """Return the tasks of clauses, in order; a clause without tasks is not in it."""
        tasks: dict[int, list[TaskRow]] = {}
        for some in _chunks(sorted(set(clauses))):
            for task in self._tasks(f"WHERE clause IN ({_marks(some)}) ORDER BY id", some):
                tasks.setdefault(task.clause, []).append(task)
        return tasks

    def tasks(self, ids: Iterable[int]) -> dict[int, TaskRow]:
        """Return tasks by their ids."""
        return {
            task.id: task
            for some in _chunks(sorted(set(ids)))
            for task in self._tasks(f"WHERE id IN ({_marks(some)})", some)
        }

    def tasks_of_agencies(self, agencies: Iterable[int]) -> list[TaskRow]:
        """Return every task in which one of the bodies acts, in the order of the documents."""
        found: dict[int, TaskRow] = {}
        for some in _chunks(sorted(set(agencies))):
            within = f"SELECT task FROM actors WHERE agency IN ({_marks(some)})"  # noqa: S608
            for task in self._tasks(f"WHERE id IN ({within})", some):
                found[task.id] = task
        return [found[task] for task in sorted(found)]

    def count_tasks_of_agencies(self, agencies: Iterable[int]) -> int:
        """Return in how many tasks one of the bodies acts."""
        some = sorted(set(agencies))
        statement = f"SELECT COUNT(DISTINCT task) FROM actors WHERE agency IN ({_marks(some)})"  # noqa: S608
        return int(self.database.execute(statement, some).fetchone()[0])

    def tasks_of_document(self, number: int) -> list[TaskRow]:
        """Return the tasks of a document, in its order."""
        return self._tasks("WHERE document = ? ORDER BY ordinal", (number,))

    def _tasks(self, where: str, values: Sequence[Any]) -> list[TaskRow]:
        found = self.database.execute(
            f"SELECT id, document, clause, ordinal, body FROM tasks {where}",  # noqa: S608
            values,
        )
        return [
            TaskRow(id_, document, clause, ordinal, task_json().validate_json(body))
            for id_, document, clause, ordinal, body in found.fetchall()
        ]

    def agencies(self) -> list[tuple[int, str, int]]:
        """Return (id, name, number of tasks) of every body that has tasks, most tasks first."""
        return self.database.execute(
            "SELECT a.id, a.name, COUNT(DISTINCT t.task) AS tasks FROM agencies a"
            " JOIN actors t ON t.agency = a.id GROUP BY a.id ORDER BY tasks DESC, a.name"
        ).fetchall()

    def citations_of_clauses(self, clauses: Iterable[int]) -> dict[int, list[CitationRow]]:
        """Return what clauses cite, in order; a clause that cites nothing is not in it."""
        cited: dict[int, list[CitationRow]] = {}
        for some in _chunks(sorted(set(clauses))):
            for row in self._citations(f"WHERE clause IN ({_marks(some)}) ORDER BY id", some):
                cited.setdefault(row.clause, []).append(row)
        return cited

    def citations_of_document(self, number: int) -> list[CitationRow]:
        """Return what a document cites, in its order."""
        return self._citations("WHERE document = ? ORDER BY id", (number,))

    def cited_codes(self, pattern: str) -> list[tuple[str, int]]:
        """Return the keys of cited numbers like *pattern*, with how often they are cited."""
        return self.database.execute(
            "SELECT code_key, COUNT(*) FROM citations WHERE code_key GLOB ?"
            " GROUP BY code_key ORDER BY COUNT(*) DESC, code_key",
            (pattern.replace("%", "*"),),
        ).fetchall()

    def _citations(self, where: str, values: Sequence[Any]) -> list[CitationRow]:
        found = self.database.execute(
            f"SELECT document, clause, code_key, title_key, body FROM citations {where}",  # noqa: S608
            values,
        )
        return [
            CitationRow(document, clause, code, title, reference_json().validate_json(body))
            for document, clause, code, title, body in found.fetchall()
        ]

    # For the derived indexes

    def removed_since(self, generation: int) -> list[tuple[int, int]]:
        """Return the ranges [first, stop) of clauses that went after *generation*."""
        return self.database.execute(
            "SELECT first, stop FROM removed WHERE generation > ? ORDER BY generation",
            (generation,),
        ).fetchall()

    def last_passage(self) -> int:
        """Return the last passage that has a vector; 0: none has."""
        return int(self._first("SELECT COALESCE(MAX(id), 0) FROM passages"))

    def passages_after(self, passage: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield (passage, clause, vector) of the passages that came after *passage*."""
        return iter(
            self.database.execute(
                "SELECT p.id, p.clause, v.vector FROM passages p JOIN vectors v ON v.id = p.vector"
                " WHERE p.id > ? ORDER BY p.id",
                (passage,),
            )
        )

    def count_passages(self) -> int:
        """Count the passages that have vectors."""
        return int(self._first("SELECT COUNT(*) FROM passages"))

    def known_vectors(self, hashes: Iterable[str]) -> dict[str, int]:
        """Return the ids of the vectors of texts that were embedded before."""
        return {
            row[0]: row[1]
            for some in _chunks(list(hashes))
            for row in self.database.execute(
                f"SELECT hash, id FROM vectors WHERE hash IN ({_marks(some)})",  # noqa: S608
                some,
            )
        }

    def counts(self) -> dict[str, int]:
        """Return how many of each there are, older versions left out, and what originals take."""
        live = "FROM documents WHERE replaced_by IS NULL"
        return {
            name: int(self._first(statement))
            for name, statement in (
                ("documents", f"SELECT COUNT(*) {live}"),
                ("clauses", f"SELECT COALESCE(SUM(clauses), 0) {live}"),
                ("tasks", f"SELECT COALESCE(SUM(tasks), 0) {live}"),
                ("citations", f"SELECT COALESCE(SUM(citations), 0) {live}"),
                ("bytes", "SELECT COALESCE(SUM(size), 0) FROM documents"),
                ("agencies", "SELECT COUNT(DISTINCT agency) FROM actors"),
                ("vectors", "SELECT COUNT(*) FROM vectors"),
            )
        }

    def _first(self, statement: str) -> Any:  # noqa: ANN401 - whatever the column holds
        return self.database.execute(statement).fetchone()[0]


def _row(found: tuple[Any, ...]) -> Row:
    number, generation, first, embedded, original, *rest = found
    id_, name, format_, metadata, pages, clauses, tasks, citations, added, key, *rest = rest
    newer, reader, sha256 = rest
    entry = Entry(
        id=id_,
        source=name,
        format=format_,
        metadata=metadata_json().validate_json(metadata),
        pages=pages,
        clauses=clauses,
        tasks=tasks,
        references=citations,
        added_at=datetime.fromisoformat(added),
        key=key,
        replaced_by=newer,
    )
    return Row(number, generation, first, bool(embedded), original, entry, reader, sha256)


def _chunks(values: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
