"""WORDS, PAIRS OF WORDS, MEANING -> HOW WELL CLAUSES MATCH: four signals made one.

How well a clause matches in words is made of three shares: of the best score of BM25 over its
fields, and of what the question's pairs of neighbours and its rarer words are worth that stand in
the clause or in the headings above it, once being enough. Meaning is added by what kind of
question it is.

Source: chosen on ALQAC 2022 (`benchmarks/alqac.py`): nDCG@10 0.958 for a sum of z-scores of BM25
and cosines, 0.974 with the share of pairs as the third, 0.975 with the share of rarer words as the
fourth; words in more than a twentieth of the clauses only blur it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.fold import folded_tokens
from index.terms import ACCENTED
from ingest.knowledge.tables import rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.query import Question

    Floats = NDArray[np.float64]

_RARE_SHARE, _RARE_ANYHOW = 0.05, 20  # rare: in up to so many of the clauses
_NEAREST = 100  # clauses that are told apart by meaning
_NARROW = 0.02  # a model's cosines differ little: not all that differs says much
_NAMED = 0.35  # what words of a law's name count
_CITED_BY_NAME = (("hien", "phap"), ("bo", "luat"), ("luat",), ("phap", "lenh"))
_LONGEST_NAME = 16  # words of a law's name
_BEFORE_YEAR = 7  # words of a name that no title has: "Bộ luật Dân sự năm 2015"
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDS = frozenset({"theo", "trong", "tai", "la", "duoc", "nhu"})  # of what is to be defined


class Shares(NamedTuple):
    """What the signals count: how well words match is 1 in all, meaning is counted against it."""

    bm25: float
    pairs: float
    rare: float
    meaning: float


# Source: for statements law articles of ALQAC 2022, for questions tasks asked for in plans, where
# words of a body or a place are as rare as those of the task.
_OF_STATEMENT = Shares(bm25=0.25, pairs=0.5, rare=0.25, meaning=0.35)
_OF_QUESTION = Shares(bm25=0.45, pairs=0.45, rare=0.1, meaning=0.2)


def shares_for(question: Question) -> Shares:
    """Return what the signals count for a question, or for what does not ask but states."""
    return _OF_QUESTION if question.asks else _OF_STATEMENT


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


def of_best(words: Floats) -> Floats:
    """Return scores of BM25, none below 0, as shares of the best."""
    best = words.max(initial=0.0)
    return words / best if best > 0 else np.zeros_like(words)


def matching(shares: Shares, words: Floats, held: Floats) -> Floats:
    """Return how well clauses match in words, 0..1.

    Args:
        shares: What the signals count.
        words: Scores of BM25, none below 0.
        held: What they have of `worth_of_terms`.
    """
    return shares.bm25 * of_best(words) + held


def worth_of_terms(
    question: Question, frequency: Callable[[str], int], total: int
) -> dict[str, float]:
    """Return what each pair of neighbours and each rarer word counts, all of them their shares.

    Args:
        question: As it was read.
        frequency: In how many clauses a term stands.
        total: How many clauses there are.
    """
    shares = shares_for(question)
    pairs = worth_of_pairs(question, frequency, total)
    rare = _worth_of_rare_words(question, frequency, total)
    found: dict[str, float] = {}
    for worth, share in ((pairs, shares.pairs), (rare, shares.rare)):
        whole = sum(worth.values())
        found |= {term: share * value / whole for term, value in worth.items()}
    return found


def _worth_of_rare_words(
    question: Question, frequency: Callable[[str], int], total: int
) -> dict[str, float]:
    common = max(_RARE_SHARE * total, _RARE_ANYHOW)
    words = ((term, weight) for term, weight in question.terms if "_" not in term)
    return {
        term: weight * _rarity(number, total)
        for term, weight in words
        if (number := frequency(term)) <= common
    }


def _rarity(number: int, total: int) -> float:
    return math.log(1.0 + (total + 0.5) / (number + 0.5))


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
        term: weight * _rarity(frequency(term), total)
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
