"""CLAUSES -> WORDS INDEX, WORDS -> CLAUSES: full-text search (tantivy). Derived from the rows.

Fields of words hold our own terms (`index.terms`), fields of facts hold values as they are.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tantivy
from tantivy import FieldType, Occur, Query

if TYPE_CHECKING:
    from index.replies import FacetName

WORDS = ("body", "context", "title")
FACETS: tuple[FacetName, ...] = ("agency", "role", "doc_type", "level", "year", "place")
_FACTS = (*FACETS, "document", "kind", "face")
_HEAP = 64_000_000  # bytes that the writer may hold before it must write a segment
_MANY = 1_000_000_000
# What tantivy says of a file that a killed commit left behind under the number of the next.
_STRAY = re.compile(r'FileAlreadyExists\("([^"]+)"\)')
_STRAYS = 16  # such files cleared at most in one update


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsOf:
    """What is indexed of one clause: terms by field of words, values by field of facts."""

    clause: int
    terms: dict[str, str]  # {"body": "cong an cong_an"}: terms with a space between
    facts: dict[str, tuple[str, ...]]  # {"agency": ("Công an tỉnh Hà Nam",)}
    due: tuple[int, ...] = ()  # deadlines, as days since year 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of the index: any of the terms, all of the facts."""

    terms: Sequence[tuple[str, str, float]] = ()  # (field, term, weight)
    facts: dict[str, frozenset[str]] = field(default_factory=dict)  # any value of each
    due_by: int | None = None
    among: Sequence[int] | None = None  # only these clauses


class WordsIndex:
    """The index of words in a folder; thread-safe for reading."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = _schema()
        self._index = self._open()
        self._searcher = self._index.searcher()
        self.generation = self._generation()

    def _open(self) -> tantivy.Index:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            index = tantivy.Index(self._schema, path=str(self._folder))
        except ValueError:  # damaged, or of an older layout: it can be built again
            shutil.rmtree(self._folder)
            self._folder.mkdir(parents=True)
            index = tantivy.Index(self._schema, path=str(self._folder))
        index.config_reader(reload_policy="manual")
        return index

    def reload(self) -> None:
        """See what another program has written."""
        self._index.reload()
        self._searcher = self._index.searcher()
        self.generation = self._generation()

    def _generation(self) -> int:
        state = Query.term_query(self._schema, "state", 1)
        hits = self._searcher.search(state, limit=1, count=False).hits
        found = self._searcher.fast_field_values("generation", [at for _, at in hits])
        return int(found[0] or 0) if found else 0

    def update(
        self, gone: Iterable[tuple[int, int]], come: Iterable[WordsOf], generation: int
    ) -> None:
        """Take out the clauses of ranges [first, stop), then take in others; all or nothing.

        With the ranges of what comes among those that go, a repeated update changes nothing.

        Raises:
            OSError: The disk took no more.
        """
        tries = 1
        if self.generation:  # else the folder is new, and what comes may be a whole library
            gone, come, tries = list(gone), list(come), _STRAYS
        for left in reversed(range(tries)):
            try:
                self._write(gone, come, generation)
                break
            except (ValueError, OSError) as error:
                if not (left and self._clear_stray(str(error))):
                    raise OSError(str(error)) from error
        self.reload()

    def _clear_stray(self, message: str) -> bool:
        """Remove the file of a commit that a kill cut off, which the next one would write again."""
        stray = _STRAY.search(message)
        if stray is None:
            return False
        (self._folder / Path(stray[1]).name).unlink(missing_ok=True)
        return True

    def _write(
        self, gone: Iterable[tuple[int, int]], come: Iterable[WordsOf], generation: int
    ) -> None:
        writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        self._replace(writer, gone, come)
        writer.delete_documents_by_query(Query.term_query(self._schema, "state", 1))
        writer.add_document(_state(generation))
        writer.commit()
        writer.wait_merging_threads()

    def _replace(
        self,
        writer: tantivy.IndexWriter,
        gone: Iterable[tuple[int, int]],
        come: Iterable[WordsOf],
    ) -> None:
        for first, stop in gone:
            within = Query.range_query(
                self._schema, "clause", FieldType.Unsigned, first, stop, include_upper=False
            )
            writer.delete_documents_by_query(within)
        for words in come:
            writer.add_document(_document(words))

    def search(self, wanted: Wanted, limit: int) -> tuple[list[tuple[int, float]], int]:
        """Return (clause, score) of the best, best first, and how many clauses there are in all."""
        query = self._query(wanted)
        searcher = self._searcher
        found = searcher.search(query, limit=max(limit, 1), count=True)
        places = [place for _, place in found.hits]
        clauses = searcher.fast_field_values("clause", places)
        scores = [score for score, _ in found.hits]
        hits = [(int(clause or 0), float(s)) for clause, s in zip(clauses, scores, strict=True)]
        return hits[:limit], found.count or 0  # type: ignore[attr-defined] # not in its stub

    def passing(self, wanted: Wanted, *, among: Sequence[int] | None = None) -> list[int]:
        """Return every clause (or every one of *among*) that has the facts wanted."""
        facts = Wanted(facts=wanted.facts, due_by=wanted.due_by, among=among)
        most = self._searcher.num_docs + 1 if among is None else len(among)
        return [clause for clause, _ in self.search(facts, most)[0]]

    def facets(self, wanted: Wanted, *, size: int = 12) -> dict[str, list[tuple[str, int]]]:
        """Return the commonest values of each facet among what is wanted, with their numbers."""
        terms = {
            name: {"terms": {"field": name, "size": size, "segment_size": 10 * size}}
            for name in FACETS
        }
        found: dict[str, Any] = self._searcher.aggregate(self._query(wanted), terms)
        return {
            name: [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in got["buckets"]]
            for name, got in found.items()
        }

    def frequency(self, term: str, *, name: str = "body") -> int:
        """Return how many clauses have *term* in a field of words."""
        return self._searcher.doc_freq(name, term)

    def completions(self, prefix: str, *, name: str = "body") -> list[tuple[str, int]]:
        """Return the terms that begin with *prefix*, with how many clauses have each."""
        return self._searcher.terms_with_prefix(name, prefix)

    def _query(self, wanted: Wanted) -> Query:
        must = [(Occur.Must, self._any_of(name, values)) for name, values in wanted.facts.items()]
        if wanted.due_by is not None:
            due = Query.range_query(self._schema, "due", FieldType.Integer, 1, wanted.due_by)
            must.append((Occur.Must, Query.const_score_query(due, 0.0)))
        if wanted.among is not None:
            some = Query.term_set_query(self._schema, "clause", list(wanted.among))
            must.append((Occur.Must, Query.const_score_query(some, 0.0)))
        if wanted.terms:
            words = [
                (Occur.Should, Query.boost_query(self._term(name, term), weight))
                for name, term, weight in wanted.terms
            ]
            must.append((Occur.Must, Query.boolean_query(words)))
        else:
            real = Query.range_query(self._schema, "clause", FieldType.Unsigned, 1, _MANY)
            must.append((Occur.Must, Query.const_score_query(real, 1.0)))
        return Query.boolean_query(must)

    def _term(self, name: str, term: str) -> Query:
        return Query.term_query(self._schema, name, term, index_option="freq")

    def _any_of(self, name: str, values: Iterable[str]) -> Query:
        return Query.const_score_query(
            Query.term_set_query(self._schema, name, sorted(values)), 0.0
        )


def _document(words: WordsOf) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("clause", words.clause)
    for name, terms in words.terms.items():
        document.add_text(name, terms)
    for name, values in words.facts.items():
        for value in values:
            document.add_text(name, value)
    for day in words.due:
        document.add_integer("due", day)
    return document


def _state(generation: int) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("state", 1)
    document.add_unsigned("generation", generation)
    return document


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in _FACTS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("clause", indexed=True, fast=True)
    builder.add_integer_field("due", indexed=True, fast=True)
    builder.add_unsigned_field("state", indexed=True)
    builder.add_unsigned_field("generation", fast=True)
    return builder.build()
