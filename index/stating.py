"""A QUESTION OF A DOCUMENT -> ITS CLAUSES OF THAT KIND, whatever words they have: effect, bases.

"Nghị định về hợp đồng lao động có hiệu lực từ ngày nào": its topic is in every clause but the one
that is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.engine import Wanted

if TYPE_CHECKING:
    from index.finding import Asked, Found, Sources

_NAMED = 5  # documents whose titles fit best, where none is named by its number


def with_stating(sources: Sources, asked: Asked, found: Found) -> Found:
    """Return the candidates with those that state what is asked of a document."""
    question = asked.question
    stating: list[int] = []
    if not asked.filtered and question.intent == "when" and "effect" in question.tags:
        stating = sources.store.effect_clauses_of(asked.documents or _by_title(sources, asked))
    if not asked.filtered and question.intent == "cite" and not question.inward:
        stating = sources.store.citing_clauses_of(asked.documents)
    return replace(found, clauses=found.clauses | set(stating)) if stating else found


def _by_title(sources: Sources, asked: Asked) -> set[int]:
    terms = [("title", term, weight) for term, weight in asked.question.terms]
    if not terms:
        return set()
    faces = Wanted(terms=terms, facts={"face": frozenset({"yes"})})
    clauses = sources.index.words(faces, _NAMED).clauses.tolist()
    return {sketch.document for sketch in sources.store.sketches(clauses, tasks=False)}
