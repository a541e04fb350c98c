"""A QUESTION OF A DOCUMENT -> ITS CLAUSES OF THAT KIND, whatever words they have: effect, bases.

"Nghị định về hợp đồng lao động có hiệu lực từ ngày nào": its topic is in every clause but the one
that is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.engine import Wanted
from index.ranking import wanted

if TYPE_CHECKING:
    from index.finding import Asked, Sources

_EVERY = 500  # clauses of a document that is named, where others may match the words better
_HALF = 0.5  # of how well a clause matches: the rest is of pairs of words
_NAMED = 5  # documents whose titles fit best, where none is named by its number


def stating(sources: Sources, asked: Asked) -> list[int]:
    """Return the clauses that state what is asked of a document, beside those that words bring."""
    question = asked.question
    if not asked.filtered and question.intent == "when" and "effect" in question.tags:
        return sources.store.effect_clauses_of(asked.documents or _by_title(sources, asked))
    if not asked.filtered and question.intent == "cite" and not question.inward:
        return sources.store.citing_clauses_of(asked.documents)
    if not asked.filtered and not question.inward and question.intent in {"who", "what", "when"}:
        return sources.store.every_clause_of(asked.documents)[:_EVERY]
    return []


def matched(sources: Sources, asked: Asked, own: list[int]) -> dict[int, float]:
    """Return how well clauses match in words, of what words alone did not bring: 0 to a half."""
    if not own or not asked.question.terms:
        return {}
    hits = dict(
        sources.index.words(replace(wanted(asked.question, {}), among=own), len(own)).pairs()
    )
    best = max(hits.values(), default=0.0) or 1.0
    return {clause: _HALF * score / best for clause, score in hits.items()}


def _by_title(sources: Sources, asked: Asked) -> set[int]:
    terms = [("title", term, weight) for term, weight in asked.question.terms]
    if not terms:
        return set()
    faces = Wanted(terms=terms, facts={"face": frozenset({"yes"})})
    clauses = sources.index.words(faces, _NAMED).clauses.tolist()
    return {sketch.document for sketch in sources.store.sketches(clauses, tasks=False)}
