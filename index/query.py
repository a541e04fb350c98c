"""A QUESTION -> WHAT IS ASKED: intent, bodies, roles, numbers, years, places and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.fold import has_accents, read_tokens
from index.numbers import Number, find_numbers, type_names
from index.phrases import Found, Piece, find_phrases, respell
from index.replies import Intent, Reading
from index.slips import Frequency, mend
from index.terms import abbreviation_at

if TYPE_CHECKING:
    from index.bodies import Gazetteer, Mention
    from ingest.model import Role

_INTENTS: frozenset[Intent] = frozenset({"who", "what", "when", "cite", "find"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_BODY_WEIGHT = 0.35  # the body asked for is matched by itself; its words count less
_PLACE_WEIGHT = 0.35
_ROLE_WEIGHT = 0.5
_FULL = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, read."""

    text: str
    intent: Intent
    mentions: tuple[Mention, ...] = ()  # of bodies, in order
    roles: tuple[Role, ...] = ()
    numbers: tuple[Number, ...] = ()
    years: tuple[int, ...] = ()
    places: tuple[str, ...] = ()  # folded, those within the names of bodies too
    doc_types: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()  # every token, spelled out
    weights: tuple[float, ...] = ()  # of each piece as a word to search for; 0: not searched
    mended: dict[int, str] = field(default_factory=dict)  # piece -> what was meant
    accents: bool = False  # typed with accents
    tags: frozenset[str] = frozenset()  # of what is asked: date, period, recurring, percent, figure

    @property
    def terms(self) -> list[tuple[str, float]]:
        """The folded terms to search for, single and in pairs, with their weights."""
        found: dict[str, float] = {}
        last: int | None = None
        for at, weight in enumerate(self.weights):
            if not weight:
                last = None
                continue
            for word in self.words_at(at):
                found[word] = max(weight, found.get(word, 0.0))
                for left in self.words_at(last) if last is not None else ():
                    both = (weight + self.weights[at - 1]) / 2
                    found[f"{left}_{word}"] = max(both, found.get(f"{left}_{word}", 0.0))
            last = at
        return list(found.items())

    def words_at(self, at: int) -> tuple[str, ...]:
        """Return the folded word at *at*, and what it was meant to be."""
        typed = self.pieces[at].folded
        return (typed, self.mended[at]) if at in self.mended else (typed,)

    @property
    def exact(self) -> list[tuple[str, float]]:
        """The accented words to search for, where accents were typed."""
        if not self.accents:
            return []
        return [
            (piece.accented, weight)
            for piece, weight in zip(self.pieces, self.weights, strict=True)
            if weight and piece.accented
        ]

    def reading(self) -> Reading:
        """Return the question as it was understood, for the person who asked."""
        return Reading(
            bodies=tuple(
                " ".join(piece.accented or piece.folded for piece in self.pieces[m.first : m.stop])
                for m in self.mentions
            ),
            roles=self.roles,
            codes=tuple(number.pattern for number in self.numbers),
            years=self.years,
            places=self.places,
            doc_types=self.doc_types,
            words=tuple(
                piece.accented or piece.folded
                for piece, weight in zip(self.pieces, self.weights, strict=True)
                if weight
            ),
            corrected=tuple(
                (self.pieces[at].accented or self.pieces[at].folded, meant)
                for at, meant in sorted(self.mended.items())
            ),
        )


def read_question(text: str, gazetteer: Gazetteer, frequency: Frequency) -> Question:
    """Read a question as people type it: with abbreviations, without accents, with slips.

    Args:
        text: The question, NFC or not.
        gazetteer: The bodies and places that the library knows.
        frequency: In how many clauses of the library a folded term stands.
    """
    tokens = read_tokens(text)
    numbers = find_numbers(tokens, text)
    taken = {at for number in numbers for at in range(number.first, number.stop)}
    rest = [Piece(t.folded, t.accented) for at, t in enumerate(tokens) if at not in taken]
    pieces = _spell_out(respell(rest))
    folded = [piece.folded for piece in pieces]
    asking = _best_phrases(pieces)
    mentions = _bodies(gazetteer, folded, asking)
    places = gazetteer.places_in(folded)
    weights = _weights(pieces, asking, mentions, places)
    return Question(
        text=text,
        intent=_intent(asking, numbers, len(rest)),
        mentions=tuple(mentions),
        roles=_roles(pieces),
        numbers=tuple(numbers),
        years=tuple(dict.fromkeys(int(word) for word in folded if _YEAR.fullmatch(word))),
        places=tuple(dict.fromkeys(place for _, place in places)),
        doc_types=tuple(dict.fromkeys(type_names(folded))),
        pieces=tuple(pieces),
        weights=tuple(weights),
        mended=_mended(folded, weights, frequency),
        accents=has_accents(text),
        tags=frozenset(tag for hit in asking for tag in hit.phrase.value.split()),
    )


def _spell_out(pieces: list[Piece]) -> list[Piece]:
    folded = [piece.folded for piece in pieces]
    spelled: list[Piece] = []
    at = 0
    while at < len(pieces):
        length, words = abbreviation_at(folded, at)
        same = words == folded[at : at + length]
        spelled += pieces[at : at + length] if same else [Piece(word, None) for word in words]
        at += length
    return spelled


def _best_phrases(pieces: Sequence[Piece]) -> list[Found]:
    """Return the phrases that ask, of overlapping ones the heaviest."""
    found = sorted(
        find_phrases(pieces, frozenset(_INTENTS)),
        key=lambda hit: (-hit.phrase.weight, -len(hit.phrase.folded), hit.first),
    )
    chosen: list[Found] = []
    for hit in found:
        if all(hit.stop <= other.first or other.stop <= hit.first for other in chosen):
            chosen.append(hit)
    return sorted(chosen, key=lambda hit: hit.first)


def _intent(asking: Sequence[Found], numbers: Sequence[Number], others: int) -> Intent:
    """Return what the heaviest phrase asks, of equal ones the first."""
    if not asking:
        return "cite" if numbers and not others else "find"
    best = max(asking, key=lambda hit: (hit.phrase.weight, -hit.first))
    return next(intent for intent in _INTENTS if intent == best.phrase.kind)


def _bodies(gazetteer: Gazetteer, folded: list[str], asking: Sequence[Found]) -> list[Mention]:
    within = {at for hit in asking for at in range(hit.first, hit.stop)}
    return [
        mention
        for mention in gazetteer.find(folded)
        if not within & set(range(mention.first, mention.stop))
    ]


def _roles(pieces: Sequence[Piece]) -> tuple[Role, ...]:
    named = [hit.phrase.value for hit in find_phrases(pieces, frozenset({"role"}))]
    known: tuple[Role, ...] = ("lead", "coordinate", "advise", "support")
    return tuple(role for role in known if role in named)


def _weights(
    pieces: Sequence[Piece],
    asking: Sequence[Found],
    mentions: Sequence[Mention],
    places: Sequence[tuple[int, str]],
) -> list[float]:
    weights = [_FULL] * len(pieces)
    for hit in find_phrases(pieces, frozenset({"role"})):
        weights[hit.first : hit.stop] = [_ROLE_WEIGHT] * (hit.stop - hit.first)
    for at, place in places:
        stop = at + len(place.split())
        weights[at:stop] = [_PLACE_WEIGHT] * (stop - at)
    empty = [hit for hit in asking if "keep" not in hit.phrase.value.split()]
    for hit in (*empty, *find_phrases(pieces, frozenset({"stop"}))):
        weights[hit.first : hit.stop] = [0.0] * (hit.stop - hit.first)
    for mention in mentions:
        weights[mention.first : mention.stop] = [_BODY_WEIGHT] * (mention.stop - mention.first)
    return weights


def _mended(folded: list[str], weights: Sequence[float], frequency: Frequency) -> dict[int, str]:
    mended = {}
    for at, weight in enumerate(weights):
        if weight == _FULL and (meant := mend(folded, at, frequency)):
            mended[at] = meant
    return mended
