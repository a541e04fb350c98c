"""WORDS AND FILTERS -> CLAUSES, best first, with facets."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from index.answers import answer
from index.duties import match_body
from index.engine import FACETS, Wanted
from index.finding import Sources, beside, of_number, understand
from index.fold import fold
from index.nothing import Empty, why_nothing
from index.quoting import quote, read_passages
from index.ranking import WORDS_DEPTH, wanted
from index.replies import Answer, Facet, Filters, Results, Way
from index.unknown_numbers import note_on_numbers

if TYPE_CHECKING:
    from index.engine import Tally
    from index.query import Question

_DEEPEST = 1_000  # hits that can be paged through
_NOTHING_LEFT_OUT = -math.inf


def search_clauses(
    sources: Sources,
    question: Question,
    filters: Filters,
    *,
    limit: int,
    offset: int,
) -> Results:
    """Return the clauses that have the words (any, without words) and pass the filters."""
    facts = _facts(sources, filters)
    due_by = filters.due_before.toordinal() if filters.due_before else None
    reach = min(offset + limit, _DEEPEST)
    asked = replace(
        understand(sources, question, facts=facts, due_by=due_by), depth=max(reach, WORDS_DEPTH)
    )
    query = replace(wanted(question, facts, due_by=due_by), counted=_counted(question))
    if asked.by_number:
        query = replace(query, among=of_number(sources, asked))
    counting = beside().submit(sources.index.tally, query)
    if query.terms or asked.by_number:
        hits, _ = answer(sources, asked, limit=reach, enough=_NOTHING_LEFT_OUT)
    else:
        hits = _all_that_pass(sources, query, reach)
    tally = counting.result()
    note, ways = (None, ()) if hits else way_on(sources, asked.question, filters)
    unheld = note_on_numbers(sources, question, answered=bool(hits))
    return Results(
        query=question.text,
        total=max(tally.total, len(hits)),
        degraded=None,
        hits=hits[offset:],
        facets=_facets(tally),
        note=unheld or note,
        reading=question.reading(),
        ways=ways,
    )


def count_facets(sources: Sources, question: Question) -> tuple[Facet, ...]:
    """Return what clauses with the words of a question can be narrowed to, with counts."""
    return _facets(sources.index.tally(replace(wanted(question, {}), counted=_counted(question))))


def _counted(question: Question) -> list[frozenset[str]]:
    """Return the words that what is counted has, each in any spelling: those that weigh most.

    Of what has any word at all there is too much: it is nearly the whole library.
    """
    heaviest = max(question.weights, default=0.0)
    return [
        frozenset(question.spellings(at))
        for at, weight in enumerate(question.weights)
        if weight == heaviest > 0
    ]


def _all_that_pass(sources: Sources, query: Wanted, limit: int) -> tuple[Answer, ...]:
    found = sources.index.words(query, limit).clauses
    places = [(clause, None) for clause in found.tolist()]
    passages = read_passages(sources, places)
    return tuple(quote(sources, [passages[place] for place in places]))


def _facts(sources: Sources, filters: Filters) -> dict[str, frozenset[str]]:
    """Return what the index of words is to let through."""
    facts: dict[str, frozenset[str]] = {}
    if filters.agency:
        facts["agency"] = frozenset(m.name for m in match_body(sources, filters.agency))
    if filters.place:
        folded = fold(filters.place)
        facts["place"] = frozenset(p for p in sources.places if folded in (fold(p), _bare(p)))
    for name, value in (
        ("role", filters.role),
        ("doc_type", filters.doc_type),
        ("level", filters.level),
        ("document", filters.document),
        ("year", str(filters.year) if filters.year else None),
    ):
        if value:
            facts[name] = frozenset({value})
    return facts


def _bare(place: str) -> str:
    return fold(place).removeprefix("tinh ").removeprefix("huyen ").removeprefix("thanh pho ")


def _facets(tally: Tally) -> tuple[Facet, ...]:
    return tuple(
        Facet(name=name, value=value, count=count)
        for name in FACETS
        for value, count in tally.facets.get(name, ())
    )


def way_on(sources: Sources, question: Question, filters: Filters) -> tuple[str, tuple[Way, ...]]:
    """Return why nothing was found, and what finds something instead."""

    def asks(said: Question, narrowed: Filters) -> Wanted:
        due_by = narrowed.due_before.toordinal() if narrowed.due_before else None
        query = wanted(said, _facts(sources, narrowed), due_by=due_by)
        return replace(query, counted=_counted(said))

    return why_nothing(sources, Empty(question=question, filters=filters, asks=asks))
