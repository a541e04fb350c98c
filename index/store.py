"""DOCUMENTS -> ROWS: the writing half of the only SQL. What is committed, the library holds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.codes import code_key, ends_of, name_key
from index.edition import edition
from index.findings import SURE, findings
from index.passages import EDITION
from index.records import (
    Row,
    document_json,
    finding_json,
    logged_json,
    metadata_json,
    reference_json,
    task_json,
)
from index.rows import Rows
from index.sketches import (
    digest,
    due_of,
    face_of,
    facts_of_clause,
    facts_of_task,
    place_of,
    words_of,
)

if TYPE_CHECKING:
    from index.corrections import Logged
    from ingest.model import Clause, Document, Metadata, Reference, Task


class Store(Rows):
    """The rows of a library, to be written by one at a time."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make all that is written within one whole: on the disk, or never done."""
        with self.plainly():
            database = self.database
            database.execute("BEGIN IMMEDIATE")
            try:
                yield
                database.execute("COMMIT")
            except BaseException:
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value."""
        self.database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def _next_generation(self) -> int:
        generation = self.generation + 1
        self.set_meta("generation", str(generation))
        return generation

    # Documents in and out

    def insert(self, document: Document, *, key: str, original: str, size: int) -> None:
        """Write the rows of a document that is not held."""
        number = self._insert_document(document, key=key, original=original, size=size)
        self._fill(number, document)

    def rewrite(self, row: Row, document: Document, *, read: Document | None = None) -> None:
        """Write anew what is said of a document that is held and no older version.

        Args:
            row: The document; it keeps its number, its key and its original.
            document: As it is to be found.
            read: As the program reads it now; None: it was not read again.
        """
        self.take_out(row)
        self._fill(row.number, document)
        metadata = document.metadata
        self.database.execute(
            "UPDATE documents SET metadata = ?, code_key = ?, title_key = ?, clauses = ?,"
            " tasks = ?, citations = ?, pages = ?, generation = ? WHERE number = ?",
            (
                metadata_json().dump_json(metadata).decode(),
                *_keys(metadata),
                len(document.blocks),
                len(document.tasks),
                len(document.references),
                document.source.pages,
                self._next_generation(),
                row.number,
            ),
        )
        if read is not None:
            self.database.execute(
                "UPDATE documents SET body = ?, reader = ? WHERE number = ?",
                (zlib.compress(document_json().dump_json(read), 3), edition(), row.number),
            )

    def _fill(self, number: int, document: Document) -> None:
        """Write the clauses of a document and what is said of them."""
        clauses = self._insert_clauses(number, document.blocks)
        self._insert_tasks(number, document.tasks, clauses)
        self._insert_citations(number, document.references, clauses)
        self._insert_unsure(number, document)
        first = min(clauses.values(), default=0)
        self.database.execute(
            "UPDATE documents SET first_clause = ?, embedded = ? WHERE number = ?",
            (first, not clauses, number),
        )
        self._insert_known(number, document, first)

    def _insert_known(self, number: int, document: Document, first: int) -> None:
        """Write what is known of a document that is to be found."""
        metadata = document.metadata
        face = face_of(document.blocks)
        self.database.execute(
            "INSERT OR REPLACE INTO known VALUES (?,?,?,?,?,?,?)",
            (
                number,
                words_of(metadata),
                place_of(metadata),
                metadata.doc_type,
                metadata.issuer_level,
                metadata.issued_on.isoformat() if metadata.issued_on else None,
                None if face is None else first + face,
            ),
        )

    def _insert_unsure(self, number: int, document: Document) -> None:
        self.database.executemany(
            "INSERT INTO unsure VALUES (?,?,?,?)",
            (
                (number, each.noun, each.confidence, finding_json().dump_json(each).decode())
                for each in findings(document)
                if each.confidence < SURE
            ),
        )

    def _insert_document(self, document: Document, *, key: str, original: str, size: int) -> int:
        source, metadata = document.source, document.metadata
        written = self.database.execute(
            "INSERT INTO documents (id, source_key, name, format, sha256, pages, code_key,"
            " title_key, metadata, clauses, tasks, citations, first_clause, added_at, generation,"
            " original, size, body, reader) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                source.sha256[:12],
                key,
                source.name,
                source.format,
                source.sha256,
                source.pages,
                *_keys(metadata),
                metadata_json().dump_json(metadata).decode(),
                len(document.blocks),
                len(document.tasks),
                len(document.references),
                0,
                datetime.now(UTC).isoformat(timespec="seconds"),
                self._next_generation(),
                original,
                size,
                zlib.compress(document_json().dump_json(document), 3),
                edition(),
            ),
        )
        return int(written.lastrowid or 0)

    def _insert_clauses(self, number: int, clauses: Sequence[Clause]) -> dict[str, int]:
        row = self.database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'clauses'")
        first = (row.fetchone() or (0,))[0] + 1
        self.database.executemany(
            "INSERT INTO clauses VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                (first + at, number, clause.path, clause.kind, clause.label, clause.text,
                 clause.page, clause.span.start, clause.span.end, facts_of_clause(clause.text),
                 digest(clause.text))
                for at, clause in enumerate(clauses)
            ),
        )  # fmt: skip
        return {clause.path: first + at for at, clause in enumerate(clauses)}

    def _insert_tasks(self, number: int, tasks: Sequence[Task], clauses: dict[str, int]) -> None:
        for ordinal, task in enumerate(tasks):
            written = self.database.execute(
                "INSERT INTO tasks (document, clause, ordinal, body, facts, words, due)"
                " VALUES (?,?,?,?,?,?,?)",
                (
                    number,
                    clauses[task.path],
                    ordinal,
                    task_json().dump_json(task).decode(),
                    facts_of_task(task),
                    digest(task.quote),
                    due_of(task),
                ),
            )
            self.database.executemany(
                "INSERT OR IGNORE INTO actors VALUES (?,?,?,?)",
                (
                    (self._agency(actor.agency), written.lastrowid, actor.role, number)
                    for actor in task.actors
                ),
            )

    def _agency(self, name: str) -> int:
        self.database.execute("INSERT OR IGNORE INTO agencies (name) VALUES (?)", (name,))
        found = self.database.execute("SELECT id FROM agencies WHERE name = ?", (name,))
        return int(found.fetchone()[0])

    def _insert_citations(
        self, number: int, references: Sequence[Reference], clauses: dict[str, int]
    ) -> None:
        self.database.executemany(
            "INSERT INTO citations (document, clause, ordinal, code_key, title_key, body, relation,"
            " subject, object, pinpoint, doc_type, issuer, year)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                (number, clauses[reference.path], ordinal, *_cited(reference))
                for ordinal, reference in enumerate(references)
            ),
        )

    def take_out(self, row: Row) -> None:
        """Delete the clauses of a document and what is said of them; the document itself stays."""
        self._take_out_passages(row)
        for statement in (
            "DELETE FROM clauses WHERE document = ?",
            "DELETE FROM tasks WHERE document = ?",
            "DELETE FROM actors WHERE document = ?",
            "DELETE FROM citations WHERE document = ?",
            "DELETE FROM unsure WHERE document = ?",
            "DELETE FROM known WHERE document = ?",
        ):
            self.database.execute(statement, (row.number,))

    def _take_out_passages(self, row: Row) -> None:
        """Delete the passages of a document, and let the indexes forget its clauses."""
        first, stop = row.first_clause, row.first_clause + row.entry.clauses
        if row.entry.clauses:
            self.database.execute(
                "INSERT INTO removed VALUES (?,?,?)", (self._next_generation(), first, stop)
            )
        self.database.execute(
            "DELETE FROM passages WHERE clause >= ? AND clause < ?", (first, stop)
        )

    def replace(self, row: Row, newer: str) -> None:
        """Keep a document as the older version of *newer*: shown when asked for, never found."""
        self.take_out(row)
        self.database.execute(
            "UPDATE documents SET replaced_by = ?, generation = ?, embedded = 1 WHERE number = ?",
            (newer, self._next_generation(), row.number),
        )

    def delete(self, row: Row) -> None:
        """Delete every row of a document."""
        self.take_out(row)
        self._next_generation()
        self.database.execute("DELETE FROM documents WHERE number = ?", (row.number,))
        self.database.execute("DELETE FROM source_keys WHERE document = ?", (row.entry.id,))

    def bind(self, key: str, document: str) -> None:
        """Note that the file under *key* is this document."""
        self.database.execute("INSERT OR REPLACE INTO source_keys VALUES (?,?)", (key, document))

    def log(self, line: Logged) -> None:
        """Add a line to the log of corrections; one that it has already is not added again."""
        self.database.execute(
            "INSERT OR IGNORE INTO corrections (id, sha256, body) VALUES (?,?,?)",
            (line.id, line.sha256, logged_json().dump_json(line).decode()),
        )

    def insert_passages(self, row: Row, passages: Sequence[tuple[int, int]]) -> None:
        """Write the (clause, vector) pairs of a document: from here on it has its vectors.

        Where it had others, the indexes forget its clauses and take them in again.
        """
        if row.embedded:
            self._take_out_passages(row)
            self.database.execute(
                "UPDATE documents SET generation = ? WHERE number = ?",
                (self._next_generation(), row.number),
            )
        self.database.executemany("INSERT INTO passages (clause, vector) VALUES (?,?)", passages)
        self.database.execute(
            "UPDATE documents SET embedded = ? WHERE number = ?", (EDITION, row.number)
        )

    def settle_passages(self) -> None:
        """Note that every vector is of passages as they are made now; drop those of no passage."""
        self.set_meta("passages", str(EDITION))
        self.database.execute("DELETE FROM vectors WHERE id NOT IN (SELECT vector FROM passages)")

    def insert_vector(self, digest: str, vector: bytes) -> int:
        """Keep the vector of a text; return its id."""
        written = self.database.execute(
            "INSERT INTO vectors (hash, vector) VALUES (?,?)", (digest, vector)
        )
        return int(written.lastrowid or 0)


def _keys(metadata: Metadata) -> tuple[str | None, str | None]:
    """Return what a document is found by when it is cited: its number's key and its name's."""
    return (
        code_key(metadata.code) if metadata.code else None,
        name_key(metadata.doc_type, metadata.title) if metadata.title else None,
    )


def _cited(reference: Reference) -> tuple[str | int | None, ...]:
    """Return the columns of a mention, from its keys on."""
    code = reference.code or reference.resolved
    return (
        code_key(code) if code else None,
        name_key(reference.doc_type, reference.title) if reference.title else None,
        reference_json().dump_json(reference).decode(),
        reference.relation,
        *ends_of(code, reference.from_code, reference.to_code),
        reference.pinpoint,
        reference.doc_type,
        reference.issuer,
        reference.date.year if reference.date else None,
    )
