"""A QUESTION -> CLAUSES, best first: words and meaning, weighed with what the question names.

Words lead. Measured on task questions over plans, a plain sum of the scores of words and of
meaning is worse than words alone, and meaning is lost on a question without accents.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from index.engine import EVERY, WORDS, Wanted
from index.fusion import pairs_of

if TYPE_CHECKING:
    from index.papers import Paper
    from index.query import Question

WORDS_DEPTH = 200  # clauses that words bring
MEANING_DEPTH = 100  # parts of clauses that meaning brings
_FIELDS = (("body", 1.0), ("context", 0.45), ("title", 0.3))
_PAIR = 1.2  # a pair of neighbours says more than its two words
_TITLE = 0.55
_PLACE = 0.45
_YEAR = 0.3
_NUMBER = 1.5
_TYPE = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """Why a clause was found: each signal 0..1 or, where it tells against, below 0."""

    words: float = 0.0
    meaning: float = 0.0
    title: float = 0.0
    place: float = 0.0
    year: float = 0.0
    number: float = 0.0
    doc_type: float = 0.0

    def score(self, meaning_weight: float) -> float:
        """Return all of them, weighed."""
        return (
            self.words
            + meaning_weight * self.meaning
            + _TITLE * self.title
            + _PLACE * self.place
            + _YEAR * self.year
            + _NUMBER * self.number
            + _TYPE * self.doc_type
        )


def wanted_terms(question: Question) -> list[tuple[str, str, float]]:
    """Return what the index of words is asked for: (field, term, weight)."""
    terms = dict(question.terms)
    for term, weight in pairs_of(question, searched=True).items():
        terms.setdefault(term, weight)
    return [
        (name, term, boost * weight * (_PAIR if "_" in term else 1.0))
        for term, weight in terms.items()
        for name, boost in _FIELDS
    ]


def wanted_once(worth: dict[str, float], clauses: Sequence[int]) -> Wanted:
    """Return what asks which of these terms stand in clauses, once being enough."""
    terms = [
        (name, term, value)
        for term, value in worth.items()
        for name in (WORDS if "_" in term else (EVERY,))
    ]
    return Wanted(terms=terms, among=clauses, flat=True)


def wanted(
    question: Question, facts: dict[str, frozenset[str]], *, due_by: int | None = None
) -> Wanted:
    """Return the question as the index of words is asked."""
    return Wanted(terms=wanted_terms(question), facts=facts, due_by=due_by)


@dataclass(frozen=True)
class Weigher:
    """Weighs the documents that clauses stand in against one question."""

    question: Question
    frequency: Callable[[str], int]
    total: int  # clauses in the library
    numbers: frozenset[int] = field(default_factory=frozenset)  # documents that it names by number

    def title(self, paper: Paper) -> float:
        """Return how much of the question the title covers, rare words counting more."""
        if not self._whole:
            return 0.0
        terms = paper.known.terms
        covered = 0.0
        for term, worth in self._spaced:
            if term in terms:
                covered += worth
        return covered / self._whole

    @cached_property
    def _spaced(self) -> list[tuple[str, float]]:
        """The terms as they stand in what is known of a document, with their worth."""
        return [(f" {term} ", worth) for term, worth in self._worth.items()]

    @cached_property
    def _whole(self) -> float:
        return sum(self._worth.values())

    @cached_property
    def _worth(self) -> dict[str, float]:
        """What each single term of the question is worth."""
        return {
            term: weight * math.log(1 + self.total / (1 + self.frequency(term)))
            for term, weight in self.question.terms
            if "_" not in term
        }

    def place(self, paper: Paper) -> float:
        """Return 1 where the document is of a place the question names, -1 where of another."""
        if not self.question.places:
            return 0.0
        if any(f" {place} " in paper.known.words for place in self.question.places):
            return 1.0
        # What the state's own bodies issue holds everywhere, wherever it was signed.
        elsewhere = paper.known.place and paper.known.level != "central"
        return -1.0 if elsewhere else -0.3

    def year(self, paper: Paper) -> float:
        """Return 1 where the document is of a year the question names, -1 where of another."""
        if not self.question.years or not paper.known.years:
            return 0.0
        return 1.0 if paper.known.years & set(self.question.years) else -1.0

    def signals(self, paper: Paper) -> Signals:
        """Return what speaks for every clause of *paper*."""
        return Signals(
            title=self.title(paper),
            place=self.place(paper),
            year=self.year(paper),
            number=float(paper.number in self.numbers),
            doc_type=float(paper.known.doc_type in self.question.doc_types),
        )
