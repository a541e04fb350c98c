"""ROWS -> INDEXES: brings the words and the vectors up to the rows, as often as one likes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.embeddings import text_key
from index.engine import EVERY, WordsOf
from index.passages import passages_of
from index.sketches import place_of, title_text
from index.terms import ACCENTED, Word, all_terms, read_words
from index.vector_runs import KEPT_AS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.engine import Engine
    from index.lock import WriteLock
    from index.records import ClauseRow, Row, TaskRow
    from index.store import Store

_CONTEXT_TOKENS = 60  # of one heading at most


class Encoder(Protocol):
    """What makes vectors of texts; see `index.embeddings`."""

    @property
    def fingerprint(self) -> str:
        """Which model it is: vectors of different fingerprints do not compare."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def encode_passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Return unit vectors, (n, dimension), of texts to be found."""

    def encode_queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Return unit vectors, (n, dimension), of questions."""

    def parts(self, text: str, /) -> list[tuple[int, int]]:
        """Return the ranges of *text* that each fit the model, in order."""


def index_words(store: Store, engine: Engine) -> None:
    """Take what came and went since the index was last written."""
    with store.reading():
        generation = store.generation
        if engine.generation >= generation:
            return
        came = store.since(engine.generation)
        gone = store.removed_since(engine.generation)
        gone += [(row.first_clause, row.first_clause + row.entry.clauses) for row in came]
        clauses = (each for row in came for each in words_of(store, row))
        engine.update(gone, clauses, generation)


def words_of(store: Store, row: Row) -> Iterator[WordsOf]:
    """Yield what is indexed of each clause of a document."""
    clauses = store.clauses_of(row.number)
    tasks: dict[int, list[TaskRow]] = {}
    for task in store.tasks_of_document(row.number):
        tasks.setdefault(task.clause, []).append(task)
    by_path = {clause.path: clause for clause in clauses}
    title, title_words = _terms(title_text(row.entry.metadata))
    facts = _document_facts(row)
    face = store.face(row.number)
    for clause in clauses:
        acting = [actor for found in tasks.get(clause.id, ()) for actor in found.task.actors]
        names = tuple(dict.fromkeys(actor.agency for actor in acting))
        words = read_words(clause.text)
        above = [*(each.text for each in ancestors(clause.path, by_path)), *names]
        context = list(map(_terms, above))
        yield WordsOf(
            clause=clause.id,
            terms={
                "body": " ".join(all_terms(words)),
                "context": " ".join(terms for terms, _ in context),
                "title": title,
                EVERY: " ".join([_single(words), title_words, *(each for _, each in context)]),
            },
            facts={
                **facts,
                "kind": (clause.kind,),
                "agency": names,
                "role": tuple(dict.fromkeys(actor.role for actor in acting)),
                "face": ("yes",) if clause.id == face else (),
            },
            due=_due(tasks.get(clause.id, ())),
        )


@lru_cache(maxsize=4096)
def _terms(text: str) -> tuple[str, str]:
    """Return the terms, and the single ones, of a heading or a name, which many clauses share."""
    words = read_words(text)[:_CONTEXT_TOKENS]
    return " ".join(all_terms(words)), _single(words)


def _single(words: Sequence[Word]) -> str:
    folded = " ".join([word.folded for word in words])
    return f"{folded} {' '.join([ACCENTED + (word.accented or word.folded) for word in words])}"


def _due(tasks: Sequence[TaskRow]) -> tuple[int, ...]:
    """Return the last days of tasks, counted from year 1."""
    deadlines = (deadline for row in tasks for deadline in row.task.deadlines)
    return tuple(day.toordinal() for found in deadlines if (day := found.date or found.to))


def ancestors(path: str, by_path: dict[str, ClauseRow]) -> list[ClauseRow]:
    """Return the clauses that enclose the one at *path*, the outermost first."""
    steps = path.split(".")
    above = (".".join(steps[:depth]) for depth in range(1, len(steps)))
    return [by_path[step] for step in above if step in by_path]


def _document_facts(row: Row) -> dict[str, tuple[str, ...]]:
    metadata = row.entry.metadata
    place = place_of(metadata)
    found = {
        "document": row.entry.id,
        "doc_type": metadata.doc_type,
        "level": metadata.issuer_level,
        "year": str(metadata.issued_on.year) if metadata.issued_on else None,
        "place": place,
    }
    return {name: (value,) for name, value in found.items() if value}


def embed(store: Store, lock: WriteLock, encoder: Encoder, rows: Sequence[Row]) -> None:
    """Write the vectors of documents; a text that was embedded before is not embedded again.

    The lock is held while rows are written alone: others may write while the model works. What
    they have changed meanwhile is left as they made it.
    """
    passages = {
        row.number: list(passages_of(store.clauses_of(row.number), encoder.parts)) for row in rows
    }
    texts = {text_key(text): text for found in passages.values() for _, text in found}
    known = store.known_vectors(list(texts))
    new = [key for key in texts if key not in known]
    made = dict(zip(new, encoder.encode_passages([texts[key] for key in new]), strict=True))
    with lock.held(), store.writing():
        known = store.known_vectors(list(texts))
        for key in texts:
            if key not in known and key in made:
                known[key] = store.insert_vector(key, made[key].astype(KEPT_AS).tobytes())
        now = store.rows(passages)
        for row in rows:
            keys = [text_key(text) for _, text in passages[row.number]]
            if row.number in now and _same(row, now[row.number]) and known.keys() >= set(keys):
                clauses = (clause for clause, _ in passages[row.number])
                found = zip(clauses, map(known.__getitem__, keys), strict=True)
                store.insert_passages(row, list(found))


def _same(row: Row, now: Row) -> bool:
    """Tell whether a document has the clauses and the passages that it had."""
    return (row.first_clause, row.entry.clauses, row.generation, row.embedded) == (
        now.first_clause,
        now.entry.clauses,
        now.generation,
        now.embedded,
    )
