"""A QUESTION -> WHAT IS ASKED: intent, bodies, roles, numbers, years, places and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from index.fold import fold, has_accents, read_tokens
from index.numbers import Number, find_numbers, type_names
from index.phrases import Found, find_phrases, respell
from index.replies import Intent, Reading
from index.slips import Frequency, mend
from index.terms import ACCENTED, Word, spell_out_words

if TYPE_CHECKING:
    from index.fold import Token
    from index.gazetteer import Gazetteer, Mention
    from ingest.model import Role

_INTENTS: frozenset[Intent] = frozenset({"who", "what", "when", "cite", "find"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_BODY_WEIGHT = 0.35  # the body asked for is matched by itself; its words count less
_PLACE_WEIGHT = 0.35
_ROLE_WEIGHT = 0.5
_FULL = 1.0
_ORDER = 1.0  # what it adds that a question begins with "Tìm", "Liệt kê"


@dataclass(frozen=True, kw_only=True)
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
    pieces: tuple[Word, ...] = ()  # every token, spelled out
    weights: tuple[float, ...] = ()  # of each piece as a word to search for; 0: not searched
    mended: dict[int, str] = field(default_factory=dict)  # piece -> what was meant, folded
    slipped: frozenset[int] = frozenset()  # pieces whose accents were mistyped
    accents: bool = False  # typed with accents
    asks: bool = False  # has a word that asks, rather than naming what is looked for
    tags: frozenset[str] = frozenset()  # of what is asked: date, period, recurring, percent, figure
    relations: frozenset[str] = frozenset()  # between documents, that it names
    parts: frozenset[str] = frozenset()  # kinds of clauses that it names: "kinh phí" is funding
    inward: bool = False  # asks what cites the document that it names, not what that one says

    @cached_property
    def terms(self) -> list[tuple[str, float]]:
        """The terms to search for, single and in pairs, with their weights."""
        found: dict[str, float] = {}
        for at, weight in enumerate(self.weights):
            before = self.weights[at - 1] if at else 0.0
            for term in self._terms_at(at) if weight else ():
                found[term] = max(weight, found.get(term, 0.0))
                for left in self._terms_at(at - 1) if before else ():
                    pair = _pair(left, term)
                    found[pair] = max((weight + before) / 2, found.get(pair, 0.0))
        return list(found.items())

    def _terms_at(self, at: int) -> tuple[str, ...]:
        """Return the word at *at* as it was typed, and as it was meant."""
        word = self.pieces[at]
        exact = self.accents and word.accented and at not in self.slipped
        typed = f"{ACCENTED}{word.accented}" if exact else word.folded
        return (typed, self.mended[at]) if at in self.mended else (typed,)

    def as_words(self) -> Question:
        """Return the question as words to be found, whatever it asks."""
        nothing: frozenset[str] = frozenset()
        return replace(
            self, intent="find", asks=False, tags=nothing, parts=nothing, relations=nothing
        )

    def without_bodies(self) -> Question:
        """Return the question without the words that name bodies."""
        named = {at for mention in self.mentions for at in range(mention.first, mention.stop)}
        weights = (0.0 if at in named else weight for at, weight in enumerate(self.weights))
        return replace(self, weights=tuple(weights))

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
    rest = [Word(t.folded, t.accented) for at, t in enumerate(tokens) if at not in taken]
    pieces = respell(spell_out_words(rest))
    folded = [piece.folded for piece in pieces]
    asking = _best_phrases(pieces)
    mentions = _bodies(gazetteer, folded, asking)
    places = gazetteer.places_in(folded)
    weights = _weights(pieces, asking, mentions, places)
    tags = frozenset(tag for hit in asking for tag in hit.phrase.value.split())
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
        slipped=_slipped(pieces, weights, frequency) if has_accents(text) else frozenset(),
        accents=has_accents(text),
        asks=bool(asking),
        tags=tags,
        relations=_values(pieces, "relation"),
        parts=_values(pieces, "part"),
        inward=_asks_inward(tokens, numbers, tags),
    )


def _best_phrases(pieces: Sequence[Word]) -> list[Found]:
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
    """Return what the heaviest phrase asks, of equal ones the first; "Tìm …" is an order."""
    if not asking:
        return "cite" if numbers and not others else "find"

    def weight(hit: Found) -> tuple[float, int]:
        order = hit.phrase.kind == "find" and not hit.first
        return hit.phrase.weight + (_ORDER if order else 0.0), -hit.first

    best = max(asking, key=weight)
    return next(intent for intent in _INTENTS if intent == best.phrase.kind)


def _bodies(gazetteer: Gazetteer, folded: list[str], asking: Sequence[Found]) -> list[Mention]:
    within = {at for hit in asking for at in range(hit.first, hit.stop)}
    return [
        mention
        for mention in gazetteer.find(folded)
        if not within & set(range(mention.first, mention.stop))
    ]


def _roles(pieces: Sequence[Word]) -> tuple[Role, ...]:
    named = [hit.phrase.value for hit in find_phrases(pieces, frozenset({"role"}))]
    known: tuple[Role, ...] = ("lead", "coordinate", "advise", "support")
    return tuple(role for role in known if role in named)


def _values(pieces: Sequence[Word], kind: str) -> frozenset[str]:
    return frozenset(hit.phrase.value for hit in find_phrases(pieces, frozenset({kind})))


def _asks_inward(tokens: Sequence[Token], numbers: Sequence[Number], tags: frozenset[str]) -> bool:
    """Tell "Văn bản nào sửa đổi 88/QĐ-UBND?" from "88/QĐ-UBND căn cứ văn bản nào?"."""
    if "cited" in tags:
        return True
    which = [at for at, token in enumerate(tokens) if token.folded == "nao"]
    before = bool(numbers and which) and which[0] < numbers[0].first
    based = any(
        token.folded == "can" and tokens[at + 1].folded == "cu"
        for at, token in enumerate(tokens[:-1])
    )
    return before and not based


def _weights(
    pieces: Sequence[Word],
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


def _slipped(
    pieces: Sequence[Word], weights: Sequence[float], frequency: Frequency
) -> frozenset[int]:
    """Return the words whose accents make no pair with a neighbour, though without them they do."""

    def pairs(at: int, forms: Sequence[str]) -> bool:
        neighbours = [(at - 1, at)] if at else []
        neighbours += [(at, at + 1)] if at + 1 < len(pieces) else []
        return any(frequency(_pair(forms[left], forms[right])) for left, right in neighbours)

    folded = [piece.folded for piece in pieces]
    accented = [f"{ACCENTED}{piece.accented or piece.folded}" for piece in pieces]
    return frozenset(
        at
        for at, weight in enumerate(weights)
        if weight and not pairs(at, accented) and (pairs(at, folded) or not frequency(accented[at]))
    )


def _pair(left: str, right: str) -> str:
    """Return two neighbouring terms as one; accented only where both are."""
    if left.startswith(ACCENTED) and right.startswith(ACCENTED):
        return f"{left}_{right.removeprefix(ACCENTED)}"
    return f"{fold(left.removeprefix(ACCENTED))}_{fold(right.removeprefix(ACCENTED))}"
