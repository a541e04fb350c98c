"""CLAUSES -> WORDS INDEX, WORDS -> CLAUSES: full-text search (tantivy). Derived from the rows.

Fields of words hold our own terms (`index.terms`), fields of facts hold values as they are.
"""

from __future__ import annotations

import re
import shutil
import threading
import time
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import tantivy
from tantivy import FieldType, Occur, Query

from index.engine import EVERY, FACETS, FACTS, WORDS, Hits, Wanted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.engine import WordsOf

    Term = tuple[str, str, float]
    Counted = NDArray[np.int64] | dict[str, list[tuple[str, int]]]

_HEAP = 64_000_000  # bytes that the writer may hold before it must write a segment
_MANY = 1_000_000_000
# What tantivy says of a file that a killed commit left behind under the number of the next.
_STRAY = re.compile(r'FileAlreadyExists\("([^"]+)"\)')
_STRAYS = 16  # such files cleared at most in one update
_IDLE = 1.0  # seconds, after which a writer lets others write
_BUSY = "LockBusy"  # what tantivy says while another program writes
_PATIENCE = 60.0  # seconds
_MANY_TERMS = 50_000  # whose frequencies are remembered
# Up to so many places in the index all terms are looked up, or up to such a share of all clauses;
# beyond, the commonest are left out: they cost most and tell least. Measured at a million clauses,
# a place costs nine nanoseconds, and less than one a clause loses the best.
_PLACES = 300_000
_SHARE = 1.0


class WordsIndex:
    """The index of words in a folder; thread-safe for reading."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = _schema()
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except ValueError:  # damaged, or of an older layout: it can be built again
            shutil.rmtree(self._folder)
            self._folder.mkdir(parents=True)
            self._open()
        self._guard = threading.Lock()
        self._writer: tantivy.IndexWriter | None = None
        self._timer = threading.Timer(_IDLE, self.close)  # not begun

    def _open(self) -> None:
        self._index = tantivy.Index(self._schema, path=str(self._folder))
        self._index.config_reader(reload_policy="manual")
        self._mark = self._mark_of_list()
        self._searcher = self._index.searcher()
        self.generation = self._generation()

    def reload(self) -> None:
        """See what another program has written."""
        try:
            mark = self._mark_of_list()
        except FileNotFoundError:  # another program is about to build it anew
            return
        if mark != self._mark:
            self._see()
            self._mark = mark

    def _mark_of_list(self) -> tuple[int, int]:
        found = (self._folder / "meta.json").stat()
        return found.st_ino, found.st_mtime_ns

    def _see(self) -> None:
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
        tries = 0
        if self.generation:  # else the folder is new, and what comes may be a whole library
            gone, come, tries = list(gone), list(come), _STRAYS
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                self._write(gone, come, generation)
                break
            except (ValueError, OSError) as error:
                if _BUSY in str(error) and time.monotonic() < until:
                    time.sleep(_IDLE / 4)
                elif tries and self._clear_stray(str(error)):
                    tries -= 1
                else:
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
        with self._guard:
            writer = self._writer or self._index.writer(heap_size=_HEAP, num_threads=1)
            self._writer = None  # a writer that has failed is let go of
            self._replace(writer, gone if self.generation else (), come)
            writer.delete_documents_by_query(Query.term_query(self._schema, "state", 1))
            writer.add_document(_state(generation))
            writer.commit()
            self._writer = writer
        self._settle_later()

    def _settle_later(self) -> None:
        """Let go of the writer when nothing has come for a while; so nobody waits for merging."""
        self._timer.cancel()
        self._timer = threading.Timer(_IDLE, self.close)
        self._timer.daemon = True
        self._timer.start()

    def close(self) -> None:
        """Wait until segments are merged, and let others write."""
        self._timer.cancel()
        with self._guard:
            writer, self._writer = self._writer, None
            if writer is not None:
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

    def snapshot(self) -> WordsSnapshot:
        """Return what can be searched now; it stays as it is."""
        return WordsSnapshot(self._schema, self._searcher)


class WordsSnapshot:
    """The index of words at one moment."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher
        self._frequencies: dict[tuple[str, str], int] = {}  # of terms asked for

    def search(self, wanted: Wanted, limit: int) -> Hits:
        """Return the clauses that match best, best first."""
        return self._best(self._query(replace(wanted, terms=self._telling(wanted))), limit)

    def _telling(self, wanted: Wanted) -> Sequence[Term]:
        """Return the terms without the commonest, where all together stand in too many places."""
        if wanted.flat:
            return wanted.terms
        frequency = self.frequency
        terms = sorted(
            (frequency(term, name=name), name, term, w) for name, term, w in wanted.terms
        )
        places = list(accumulate(found for found, *_ in terms))
        room = max(_PLACES, _SHARE * self._searcher.num_docs)
        kept = max(bisect_right(places, room), bisect_right(places, 0) + 1)
        return [(name, term, weight) for _, name, term, weight in terms[:kept]]

    def _best(self, query: Query, limit: int) -> Hits:
        if limit < 1:
            return Hits(np.empty(0, np.int64), np.empty(0, np.float32))
        hits = self._searcher.search(query, limit=limit, count=False).hits
        clauses = self._searcher.fast_field_values("clause", [place for _, place in hits])
        return Hits(np.array(clauses, np.int64), np.array([score for score, _ in hits], np.float32))

    def count(self, wanted: Wanted) -> int:
        """Return how many clauses have the words that are counted, and the facts."""
        return self._counted(wanted)[1]

    def counted(self, wanted: Wanted, *, most: int, size: int) -> tuple[int, Counted]:
        """Return how many clauses `count` counts, and which.

        Where they are more than *most*, the commonest values of each facet among them instead.
        """
        query, number = self._counted(wanted)
        if number <= most:
            return number, self._best(query, number).clauses
        return number, self._facets(query, size)

    def _facets(self, query: Query, size: int) -> dict[str, list[tuple[str, int]]]:
        terms = {
            name: {"terms": {"field": name, "size": size, "segment_size": 10 * size}}
            for name in FACETS
        }
        found: dict[str, Any] = self._searcher.aggregate(query, terms)
        return {
            name: [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in got["buckets"]]
            for name, got in found.items()
        }

    def _number(self, query: Query) -> int:
        found = self._searcher.search(query, limit=1, count=True)
        return int(found.count or 0)  # type: ignore[attr-defined] # not in its stub

    def _counted(self, wanted: Wanted) -> tuple[Query, int]:
        """Return what is counted, all of the words or as many of the rarer as stand together."""
        if not wanted.counted:
            query = self._query(wanted)
            return query, self._number(query)
        words = self._rarest_first(wanted.counted)
        musts = [(Occur.Must, self._query(replace(wanted, terms=()))), *words]
        found, low, high = (Query.empty_query(), 0), 0, len(words) + 1
        tried = high - 1  # all, then by halves the most that stand together
        while low < tried < high:
            query = Query.boolean_query(musts[: 1 + tried])
            number = self._number(query)
            low, high = (tried, high) if number else (low, tried)
            found = (query, number) if number else found
            tried = (low + high) // 2
        return found

    def _rarest_first(self, words: Sequence[frozenset[str]]) -> list[tuple[Occur, Query]]:
        """Return what asks for each word that stands anywhere."""
        found = sorted(
            (sum(self.frequency(form, name=EVERY) for form in forms), sorted(forms))
            for forms in set(words)
        )
        return [(Occur.Must, self._one_of(forms)) for places, forms in found if places]

    def _one_of(self, forms: Sequence[str]) -> Query:
        terms = [self._term(EVERY, form, option="basic") for form in forms]
        one = Query.boolean_query([(Occur.Should, t) for t in terms]) if terms[1:] else terms[0]
        return Query.const_score_query(one, 0.0)

    def frequency(self, term: str, *, name: str = "body") -> int:
        """Return how many clauses have *term* in a field of words."""
        known = self._frequencies.get((name, term))
        if known is None:
            known = self._searcher.doc_freq(name, term)
            if len(self._frequencies) < _MANY_TERMS:
                self._frequencies[name, term] = known
        return known

    def completions(self, prefix: str, *, name: str = "body") -> list[tuple[str, int]]:
        """Return the terms that begin with *prefix*, with how many clauses have each."""
        return self._searcher.terms_with_prefix(name, prefix)

    def _query(self, wanted: Wanted) -> Query:
        must = [(Occur.Must, self._any_of(name, values)) for name, values in wanted.facts.items()]
        if wanted.due_by is not None:
            due = Query.range_query(self._schema, "due", FieldType.Integer, 1, wanted.due_by)
            must.append((Occur.Must, Query.const_score_query(due, 0.0)))
        if wanted.among is not None:
            must.append((Occur.Must, self._some(wanted.among)))
        if wanted.terms:
            any_word = Query.boolean_query(
                self._flat(wanted) if wanted.flat else self._weighted(wanted)
            )
            if not must:  # by itself it need not be scored where it cannot come to the best
                return any_word
            must.append((Occur.Must, any_word))
        elif not must:
            real = Query.range_query(self._schema, "clause", FieldType.Unsigned, 1, _MANY)
            must.append((Occur.Must, Query.const_score_query(real, 1.0)))
        return Query.boolean_query(must)

    def _weighted(self, wanted: Wanted) -> list[tuple[Occur, Query]]:
        return [
            (Occur.Should, Query.boost_query(self._term(name, term), weight))
            for name, term, weight in wanted.terms
        ]

    def _flat(self, wanted: Wanted) -> list[tuple[Occur, Query]]:
        fields: dict[tuple[str, float], list[tuple[Occur, Query]]] = {}
        for name, term, weight in wanted.terms:
            place = Occur.Should, self._term(name, term, option="basic")
            fields.setdefault((term, weight), []).append(place)
        return [
            (Occur.Should, Query.const_score_query(Query.boolean_query(places), weight))
            for (_, weight), places in fields.items()
        ]

    def _term(self, name: str, term: str, *, option: str = "freq") -> Query:
        return Query.term_query(self._schema, name, term, index_option=option)

    def _some(self, clauses: Sequence[int]) -> Query:
        """Return what lets some clauses through, each looked up: a set of them is read slowly."""
        schema = self._schema
        each = (Query.term_query(schema, "clause", int(c), index_option="basic") for c in clauses)
        return Query.const_score_query(
            Query.boolean_query([(Occur.Should, query) for query in each]), 0.0
        )

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
    builder.add_text_field(EVERY, tokenizer_name="whitespace", index_option="basic")
    for name in FACTS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("clause", indexed=True, fast=True)
    builder.add_integer_field("due", indexed=True, fast=True)
    builder.add_unsigned_field("state", indexed=True)
    builder.add_unsigned_field("generation", fast=True)
    return builder.build()
