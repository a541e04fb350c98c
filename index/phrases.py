"""TOKENS -> PHRASES THAT ASK: what the words of a question are there for, from a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from index.fold import accented_tokens, folded_tokens, has_accents
from index.terms import Word
from ingest.knowledge.tables import rows

_SAFE = 2  # words of a phrase, past which a slip does not make another phrase of it


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of the table: "cơ quan nào" asks who."""

    folded: tuple[str, ...]
    accented: tuple[str, ...]
    kind: str  # an intent, head | opening | duties | role | relation | part | time | without |
    # owner | spelling | stop
    value: (
        str  # the role, relation or kind of clause, the spelling in full, or tags of what is asked
    )
    weight: float


class Found(NamedTuple):
    """A phrase in a question, and which of its pieces it takes."""

    phrase: Phrase
    first: int
    stop: int


def find_phrases(
    pieces: Sequence[Word], kinds: frozenset[str] | None = None, *, accents: bool | None = None
) -> Iterator[Found]:
    """Yield the phrases in *pieces*, of some kinds or all; of those at one place all.

    Args:
        pieces: Words.
        kinds: Of phrases.
        accents: Whether they were typed with accents; None: as they stand. Words that an
            abbreviation stands for have accents though none may have been typed.
    """
    if accents is None:
        accents = any(has_accents(piece.accented or "") for piece in pieces)
    table = _table()
    folded = tuple(piece.folded for piece in pieces)
    for at, first in enumerate(folded):
        for phrase in table.get(first, ()):
            stop = at + len(phrase.folded)
            fits = folded[at:stop] == phrase.folded and (kinds is None or phrase.kind in kinds)
            if fits and not (accents and _otherwise(pieces[at:stop], phrase)):
                yield Found(phrase, at, stop)


def of_kind(hits: Sequence[Found], *kinds: str) -> list[Found]:
    """Return those of some kinds."""
    return [hit for hit in hits if hit.phrase.kind in kinds]


def _otherwise(typed: Sequence[Word], phrase: Phrase) -> bool:
    """Tell whether the accents typed make other words: "hàn" for "hạn", "bản nào" for "ban nào".

    In a longer phrase one word may have slipped.
    """
    wrong = [
        word
        for word, meant in zip(typed, phrase.accented, strict=True)
        if word.accented != meant and (len(typed) == 1 or word.accented != word.folded)
    ]
    return len(wrong) > (len(typed) > _SAFE)


@cache
def _table() -> dict[str, tuple[Phrase, ...]]:
    table: dict[str, list[Phrase]] = {}
    for row in rows("question_words"):
        phrase = Phrase(
            folded=tuple(folded_tokens(row["phrase"])),
            accented=tuple(accented_tokens(row["phrase"])),
            kind=row["kind"],
            value=row["value"],
            weight=float(row["weight"]),
        )
        table.setdefault(phrase.folded[0], []).append(phrase)
    longest_first = (
        (first, sorted(found, key=lambda p: -len(p.folded))) for first, found in table.items()
    )
    return {first: tuple(found) for first, found in longest_first}


def respell(pieces: Sequence[Word]) -> list[Word]:
    """Return *pieces* with colloquial spellings in full: "ko" is "không"."""
    spelled: list[Word] = []
    at = 0
    while at < len(pieces):
        length, words = spelling_at(pieces, at)
        spelled += words
        at += length
    return spelled


def spelling_at(pieces: Sequence[Word], at: int) -> tuple[int, list[Word]]:
    """Return how many words from *at* on are a colloquial spelling, and what they stand for."""
    for phrase in _spellings().get(pieces[at].folded, ()):
        typed = pieces[at : at + len(phrase.folded)]
        bare = all(word.accented == word.folded for word in typed)
        fits = tuple(word.folded for word in typed) == phrase.folded
        if fits and (bare or not _otherwise(typed, phrase)):
            value = folded_tokens(phrase.value), accented_tokens(phrase.value)
            return len(typed), list(map(Word, *value))
    return 1, [pieces[at]]


@cache
def _spellings() -> dict[str, tuple[Phrase, ...]]:
    kept = {
        first: tuple(phrase for phrase in phrases if phrase.kind == "spelling")
        for first, phrases in _table().items()
    }
    return {first: phrases for first, phrases in kept.items() if phrases}


@cache
def plain_words() -> frozenset[str]:
    """Return the words, folded, that say nothing by themselves: "trong", "cho"."""
    return frozenset(
        first
        for first, phrases in _table().items()
        if any(phrase.kind == "stop" and len(phrase.folded) == 1 for phrase in phrases)
    )
