"""WORDS, PAIRS OF WORDS, MEANING -> HOW WELL CLAUSES MATCH: three signals made one.

How well a clause matches in words is the mean of two shares: of the best score of BM25 over its
fields, and of what the question's pairs of neighbours are worth that stand in the clause or in the
headings above it, once being enough. Meaning is added by what kind of question it is.

Source: chosen on ALQAC 2022 by five-fold cross-validation (`benchmarks/alqac.py`): nDCG@10 0.958
for a sum of z-scores of BM25 and cosines, 0.975 with the share of pairs as the third, in equal
parts; weights that were fitted came out equal within a tenth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from index.fold import folded_tokens
from index.terms import ACCENTED
from ingest.knowledge.tables import rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.query import Question

    Floats = NDArray[np.float64]

_PAIRS = 0.5  # of how well a clause matches in words; the rest is its score of BM25
_NEAREST = 100  # clauses that are told apart by meaning
_NARROW = 0.02  # a model's cosines differ little: not all that differs says much
# What meaning counts against words: of a question, and of what does not ask but states.
_MEANING = 0.2
_MEANING_OF_STATEMENT = 0.5
_NAMED = 0.35  # what words of a law's name count
_CITED_BY_NAME = (("hien", "phap"), ("bo", "luat"), ("luat",), ("phap", "lenh"))
_LONGEST_NAME = 16  # words of a law's name
_BEFORE_YEAR = 7  # words of a name that no title has: "Bộ luật Dân sự năm 2015"
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDS = frozenset({"theo", "trong", "tai", "la", "duoc", "nhu"})  # of what is to be defined


def weight_of_meaning(question: Question) -> float:
    """Return what meaning counts against words: more for a statement than for a question.

    Source: measured on law articles asked for by statements, and on tasks asked for by questions.
    """
    return _MEANING if question.asks else _MEANING_OF_STATEMENT


def stated(text: str) -> str:
    """Return what *text* states, without a tag that asks whether it is so: "…, đúng hay sai?"."""
    return _tag().sub("", text) or text


@cache
def _tag() -> re.Pattern[str]:
    tags = sorted((row["tag"] for row in rows("asking_tags")), key=len, reverse=True)
    return re.compile(rf"[\s,.;:–-]+(?:{'|'.join(map(re.escape, tags))})[\s?.!]*$", re.IGNORECASE)


def spread(cosines: Floats) -> Floats:
    """Return cosines, which lie close together, spread: 1 at the best, 0 from the hundredth on.

    Args:
        cosines: nan where a clause has no vector: it gets 0.
    """
    known = np.sort(cosines[np.isfinite(cosines)])[::-1]
    if not len(known):
        return np.zeros_like(cosines)
    low = known[min(_NEAREST, len(known)) - 1]
    width = max(known[0] - low, _NARROW)
    shares: Floats = np.clip((cosines - low) / width, 0.0, 1.0)
    return np.where(np.isfinite(shares), shares, 0.0)


def matching(words: Floats, pairs: Floats) -> Floats:
    """Return how well clauses match in words, 0..1.

    Args:
        words: Scores of BM25, none below 0.
        pairs: What the pairs of the question that they have are worth, as shares of all of them.
    """
    best = words.max(initial=0.0)
    shares = words / best if best > 0 else np.zeros_like(words)
    return (1.0 - _PAIRS) * shares + _PAIRS * pairs


def worth_of_pairs(
    question: Question, frequency: Callable[[str], int], total: int
) -> dict[str, float]:
    """Return what each pair of neighbours in the question is worth: more where it is rare.

    Pairs with words that are not searched for by themselves count too: "thử việc", "là" after what
    is defined.

    Args:
        question: As it was read.
        frequency: In how many clauses a term stands.
        total: How many clauses there are.
    """
    return {
        term: weight * math.log(1.0 + (total + 0.5) / (frequency(term) + 0.5))
        for term, weight in pairs_of(question).items()
    }


def pairs_of(question: Question, *, searched: bool = False) -> dict[str, float]:
    """Return the pairs of neighbours in the question as terms, with their weights.

    Args:
        question: As it was read.
        searched: Only those with a word that is searched for.
    """
    pairs: dict[str, float] = {}
    for at in range(1, len(question.weights)):
        weights = question.weights[at - 1 : at + 1]
        if any(weights) or not searched:
            term = _pair(question, at)
            pairs[term] = max(sum(weight or 1.0 for weight in weights) / 2, pairs.get(term, 0.0))
    defined = _defined([piece.folded for piece in question.pieces])
    if defined is not None:
        last = question.pieces[defined]
        sure = question.accents and last.accented
        pairs[f"{ACCENTED}{last.accented}_là" if sure else f"{last.folded}_la"] = 1.0
    return pairs


def _defined(folded: Sequence[str]) -> int | None:
    """Return where the last word of what a question wants defined stands.

    Source: laws define with "X là …": Decree 78/2025/NĐ-CP, on explaining terms.
    """
    for phrase, side in _defining():
        for at in range(len(folded) - len(phrase) + 1):
            if tuple(folded[at : at + len(phrase)]) == phrase:
                if side == "after":
                    return at - 1 if at else None
                rest = (n for n in range(at + len(phrase), len(folded)) if folded[n] in _ENDS)
                stop = next(rest, len(folded))
                return stop - 1 if stop > at + len(phrase) else None
    return None


@cache
def _defining() -> list[tuple[tuple[str, ...], str]]:
    """Return the phrases that ask for a definition, and on which side of it they stand."""
    found = [(tuple(folded_tokens(row["phrase"])), row["side"]) for row in rows("defining_phrases")]
    return sorted(found, key=lambda phrase: -len(phrase[0]))


def lighten_laws(question: Question, titled: Callable[[str], int]) -> Question:
    """Return the question with the names of laws in it weighing less: they name, they do not say.

    "Theo Luật Cư trú, nơi cư trú là gì?" asks for the words after the comma.

    Args:
        question: As it was read.
        titled: In how many titles a pair stands.

    Source: Law 64/2025/QH15 on legal documents: these types are cited by their names.
    """
    folded = [piece.folded for piece in question.pieces]
    weights = list(question.weights)
    at = 0
    while at < len(folded):
        length = next((len(t) for t in _CITED_BY_NAME if tuple(folded[at : at + len(t)]) == t), 0)
        stop = _end_of_name(folded, at + length, titled) if length else at + 1
        if length:
            weights[at:stop] = [min(weight or _NAMED, _NAMED) for weight in weights[at:stop]]
        at = stop
    return replace(question, weights=tuple(weights))


def _end_of_name(folded: Sequence[str], at: int, titled: Callable[[str], int]) -> int:
    """Return where the name of a law ends whose type ends before *at*: with its year, if any."""
    end = at
    while end < min(len(folded), at + _LONGEST_NAME) and titled(f"{folded[end - 1]}_{folded[end]}"):
        end += 1
    reach = end + _BEFORE_YEAR if end == at else end + 2
    for year in range(end, min(reach, len(folded))):
        if _YEAR.fullmatch(folded[year]):
            return year + 1
    return end


def _pair(question: Question, at: int) -> str:
    """Return the pair that ends at piece *at*: "=thử_việc", or "thu_viec" where accents may err."""
    left, right = question.pieces[at - 1 : at + 1]
    sure = question.accents and not {at - 1, at} & (question.slipped | question.mended.keys())
    if sure and left.accented and right.accented:
        return f"{ACCENTED}{left.accented}_{right.accented}"
    return f"{question.mended.get(at - 1, left.folded)}_{question.mended.get(at, right.folded)}"
