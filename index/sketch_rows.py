"""ROWS -> SKETCHES: the SQL of weighing, which reads no text and decodes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from index.connection import Connected
from index.sketches import Duty, Known, Sketch, read_known

if TYPE_CHECKING:
    from ingest.model import Relation, Role

_CHUNK = 900  # of values in one statement


class Mentioned(NamedTuple):
    """What a clause cites, and how."""

    code_key: str | None
    title_key: str | None
    relation: Relation
    doc_type: str | None


class SketchRows(Connected):
    """What is weighed of clauses, tasks and documents, to be read."""

    def sketches(self, clauses: Iterable[int], *, tasks: bool) -> list[Sketch]:
        """Return the sketches of clauses, in order; those that have gone are not in it.

        Args:
            clauses: Their ids.
            tasks: Each task of a clause by itself, rather than the clause.
        """
        if tasks:
            statement = (
                "SELECT c.id, c.document, c.kind, COALESCE(t.facts, c.facts),"
                " COALESCE(t.words, c.words), t.id, COALESCE(t.ordinal, -1)"
                " FROM clauses c LEFT JOIN tasks t ON t.clause = c.id"
                " WHERE c.id IN ({}) ORDER BY c.id, t.id"
            )
        else:
            statement = (
                "SELECT id, document, kind, facts, words, NULL, -1 FROM clauses"
                " WHERE id IN ({}) ORDER BY id"
            )
        return list(map(Sketch._make, self._each(statement, clauses)))

    def acting(self, tasks: Iterable[int]) -> dict[int, list[tuple[int, Role]]]:
        """Return which bodies act in each of *tasks*, and in which role."""
        found: dict[int, list[tuple[int, Role]]] = {}
        statement = "SELECT task, agency, role FROM actors WHERE task IN ({})"
        for task, agency, role in self._each(statement, tasks):
            found.setdefault(task, []).append((agency, role))
        return found

    def dues(self, tasks: Iterable[int]) -> dict[int, str]:
        """Return when tasks are due, in short; what says nothing of it is not in it."""
        statement = "SELECT id, due FROM tasks WHERE due IS NOT NULL AND id IN ({})"
        return dict(self._each(statement, tasks))

    def mentioned(self, clauses: Iterable[int]) -> dict[int, list[Mentioned]]:
        """Return what clauses cite; a clause that cites nothing is not in it."""
        found: dict[int, list[Mentioned]] = {}
        statement = (
            "SELECT clause, code_key, title_key, relation, doc_type FROM citations"
            " WHERE clause IN ({}) ORDER BY id"
        )
        for clause, *said in self._each(statement, clauses):
            found.setdefault(clause, []).append(Mentioned(*said))
        return found

    def task_words(self, clauses: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
        """Return (task, its words) of each of *clauses*."""
        found: dict[int, list[tuple[int, str]]] = {}
        statement = (
            "SELECT clause, id, json_extract(body, '$.quote') FROM tasks"
            " WHERE clause IN ({}) ORDER BY id"
        )
        for clause, task, words in self._each(statement, clauses):
            found.setdefault(clause, []).append((task, words))
        return found

    def texts(self, clauses: Iterable[int]) -> dict[int, str]:
        """Return the text of each of *clauses*."""
        return dict(self._each("SELECT id, text FROM clauses WHERE id IN ({})", clauses))

    def effect_clauses_of(self, documents: Iterable[int]) -> list[int]:
        """Return the clauses of documents that may say from when they are in force."""
        statement = (
            "SELECT id FROM clauses WHERE document IN ({})"
            " AND text LIKE '%này%hiệu lực%' ORDER BY id"
        )
        return [clause for (clause,) in self._each(statement, documents)]

    def every_clause_of(self, documents: Iterable[int]) -> list[int]:
        """Return the clauses of documents, in order."""
        found = self._each("SELECT id FROM clauses WHERE document IN ({}) ORDER BY id", documents)
        return [clause for (clause,) in found]

    def citing_clauses_of(self, documents: Iterable[int]) -> list[int]:
        """Return the clauses of documents that cite."""
        statement = (
            "SELECT DISTINCT c.id FROM clauses c JOIN citations s ON s.clause = c.id"
            " WHERE c.document IN ({}) AND c.kind != 'footnote' ORDER BY c.id"
        )
        return [clause for (clause,) in self._each(statement, documents)]

    def paths(self, clauses: Iterable[int]) -> dict[int, str]:
        """Return the path of each of *clauses*."""
        return dict(self._each("SELECT id, path FROM clauses WHERE id IN ({})", clauses))

    def duties_of_agencies(self, agencies: Collection[int]) -> list[Duty]:
        """Return every task in which one of the bodies acts, in the order of the documents."""
        statement = (
            "SELECT a.task, a.document, t.due, group_concat(DISTINCT a.role)"
            " FROM actors a JOIN tasks t ON t.id = a.task"
            " WHERE a.agency IN ({}) GROUP BY a.task ORDER BY a.task"
        )
        found = list(map(Duty._make, self._each(statement, agencies)))
        if len(set(agencies)) <= _CHUNK:  # in one statement: each once, in order
            return found
        return sorted({duty.task: duty for duty in found}.values())

    def clauses_of_agencies(self, agencies: Iterable[int], limit: int) -> list[int]:
        """Return the clauses of the first *limit* tasks in which one of the bodies acts."""
        statement = "SELECT task FROM actors WHERE agency = ? ORDER BY task LIMIT ?"
        tasks: set[int] = set()
        for agency in set(agencies):
            tasks.update(task for (task,) in self.database.execute(statement, (agency, limit)))
        first = sorted(tasks)[:limit]
        found = self._each("SELECT clause FROM tasks WHERE id IN ({})", first)
        return sorted({clause for (clause,) in found})

    def clauses_citing(
        self,
        *,
        code: str | None = None,
        title: str | None = None,
        relations: Collection[str] = (),
        limit: int,
    ) -> list[int]:
        """Return clauses that cite a document, by its number's or its title's key.

        Args:
            code: Key of its number.
            title: Key of its title, where it has no number.
            relations: What is wanted rather than others.
            limit: How many at most in these relations, and in any.
        """
        name, value = ("code_key", code) if code is not None else ("title_key", title)
        among = f" AND relation IN ({','.join('?' * len(relations))})"
        statement = f"SELECT clause FROM citations WHERE {name} = ?"  # noqa: S608
        rows = self.database.execute(f"{statement} LIMIT ?", (value, limit)).fetchall()
        if relations and len(rows) == limit:
            values = (value, *relations, limit)
            rows += self.database.execute(f"{statement}{among} LIMIT ?", values).fetchall()
        return list(dict.fromkeys(clause for (clause,) in rows))

    def faces(self, numbers: Iterable[int]) -> set[int]:
        """Return the clauses that stand for documents: their titles, else their first."""
        found = self._each("SELECT face FROM known WHERE document IN ({})", numbers)
        return {face for (face,) in found if face}

    def known(self, numbers: Iterable[int]) -> Iterator[tuple[int, Known]]:
        """Yield (number, what is known of it) of documents that are no older versions."""
        statement = (
            "SELECT document, words, place, doc_type, level, issued FROM known"
            " WHERE document IN ({})"
        )
        for number, *kept in self._each(statement, numbers):
            yield number, read_known(*kept)

    def places(self) -> list[str]:
        """Return every place that a document is of."""
        found = self.database.execute("SELECT DISTINCT place FROM known WHERE place IS NOT NULL")
        return [place for (place,) in found]

    def changed_since(self, generation: int) -> set[int]:
        """Return the documents that came, changed or were replaced after *generation*."""
        found = self.database.execute(
            "SELECT number FROM documents WHERE generation > ?", (generation,)
        )
        return {number for (number,) in found}

    def titled(self, titles: Iterable[str]) -> set[int]:
        """Return the documents whose name's key is one of *titles*."""
        statement = "SELECT number FROM documents WHERE title_key IN ({}) AND replaced_by IS NULL"
        return {number for (number,) in self._each(statement, titles)}

    def cited_among(self, titles: Iterable[str]) -> set[str]:
        """Return those of *titles*, keys of names, that are cited."""
        statement = "SELECT DISTINCT title_key FROM citations WHERE title_key IN ({})"
        return {title for (title,) in self._each(statement, titles)}

    def _each(self, statement: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        wanted = sorted(set(values))
        for start in range(0, len(wanted), _CHUNK):
            some: Sequence[Any] = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(some))
            yield from self.database.execute(statement.format(marks), some).fetchall()
