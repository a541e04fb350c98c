"""WORDS OF A QUESTION -> WHAT EACH IS WORTH as a word to search for, and which were mistyped."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from index.fold import fold
from index.phrases import Found, of_kind
from index.slips import Frequency, may_mean, mend
from index.terms import ACCENTED, Word

if TYPE_CHECKING:
    from index.gazetteer import Mention
    from index.periods import Timed
    from index.spelling import Spelled

_BODY_WEIGHT = 0.35  # the body asked for is matched by itself; its words count less
_PLACE_WEIGHT = 0.35
_ROLE_WEIGHT = 0.5
_FULL = 1.0


def leave_out(
    weights: list[float], spelled: Spelled, times: Sequence[Timed], out: Collection[int]
) -> None:
    """Do not search for the words of what is left out, nor for times counted from today."""
    for at in out:
        weights[at] = 0.0
    for timed in times:
        if timed.period.relative:
            for at in spelled.pieces_of(timed.first, timed.stop):
                weights[at] = 0.0


def weigh_words(
    phrases: Sequence[Found],
    asking: Sequence[Found],
    mentions: Sequence[Mention],
    places: Sequence[tuple[int, str]],
    count: int,
) -> list[float]:
    """Return what each of *count* words is worth as a word to search for."""
    weights = [_FULL] * count
    for hit in of_kind(phrases, "role"):
        weights[hit.first : hit.stop] = [_ROLE_WEIGHT] * (hit.stop - hit.first)
    for at, place in places:
        stop = at + len(place.split())
        weights[at:stop] = [_PLACE_WEIGHT] * (stop - at)
    empty = [hit for hit in asking if "keep" not in hit.phrase.value.split()]
    for hit in (*empty, *of_kind(phrases, "stop")):
        weights[hit.first : hit.stop] = [0.0] * (hit.stop - hit.first)
    for mention in mentions:
        weights[mention.first : mention.stop] = [_BODY_WEIGHT] * (mention.stop - mention.first)
    return weights


def mended_words(
    pieces: Sequence[Word], weights: Sequence[float], frequency: Frequency, *, accents: bool
) -> dict[int, str]:
    """Return what mistyped words were meant to be, folded, by their places.

    Args:
        pieces: The words of a question.
        weights: What each is worth.
        frequency: In how many clauses of the library a folded term stands.
        accents: Whether the question was typed with accents.
    """
    folded = [piece.folded for piece in pieces]
    typed = [piece.accented or piece.folded for piece in pieces] if accents else []
    mended = {}
    for at, weight in enumerate(weights):
        meant = mend(folded, at, frequency) if weight == _FULL else None
        if meant and (not typed or may_mean(typed, at, meant)):
            mended[at] = meant
    return mended


def slipped_words(
    pieces: Sequence[Word], weights: Sequence[float], frequency: Frequency
) -> frozenset[int]:
    """Return the words whose accents make no pair with a neighbour, though without them they do."""

    def pairs(at: int, forms: Sequence[str]) -> bool:
        neighbours = [(at - 1, at)] if at else []
        neighbours += [(at, at + 1)] if at + 1 < len(pieces) else []
        return any(frequency(pair(forms[left], forms[right])) for left, right in neighbours)

    folded = [piece.folded for piece in pieces]
    accented = [f"{ACCENTED}{piece.accented or piece.folded}" for piece in pieces]
    return frozenset(
        at
        for at, weight in enumerate(weights)
        if weight and not pairs(at, accented) and (pairs(at, folded) or not frequency(accented[at]))
    )


def pair(left: str, right: str) -> str:
    """Return two neighbouring terms as one; accented only where both are."""
    if left.startswith(ACCENTED) and right.startswith(ACCENTED):
        return f"{left}_{right.removeprefix(ACCENTED)}"
    return f"{fold(left.removeprefix(ACCENTED))}_{fold(right.removeprefix(ACCENTED))}"
