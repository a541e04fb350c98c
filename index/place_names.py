"""CAPITALS -> PLACES that the library does not know: "UBND phường Bến Nghé" is not every "phường".

A body of a place that no document names must not be answered for by those of other places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.bodies import unit_at
from index.gazetteer import Mention

if TYPE_CHECKING:
    from index.fold import Token
    from index.spelling import Spelled

_LONGEST = 4  # syllables of a place's name
_HEADS = frozenset(
    {"so", "phong", "ban", "bo", "cong", "ubnd", "hdnd", "mttq", "hoi", "doan", "uy"}
)


def places_by_capitals(
    text: str, tokens: Sequence[Token], spelled: Spelled
) -> list[tuple[int, str]]:
    """Return (word, place) of the names in capitals that stand right behind a unit."""
    if text.isupper():
        return []
    found: list[tuple[int, str]] = []
    folded = spelled.folded
    for at in range(len(folded)):
        unit = unit_at(folded, at)
        if unit is None:
            continue
        first = at + unit[0]
        stop = first
        while stop < min(first + _LONGEST, len(folded)) and _goes_on(text, tokens, spelled, stop):
            stop += 1
        if stop > first and folded[first] not in _HEADS:
            found.append((first, " ".join(folded[first:stop])))
    return found


def _goes_on(text: str, tokens: Sequence[Token], spelled: Spelled, at: int) -> bool:
    """Tell whether a word begins with a capital and follows the one before without a comma."""
    token, before = tokens[spelled.tokens[at]], tokens[spelled.tokens[at - 1]]
    capital = text[token.start].isupper() and not text[token.start : token.end].isupper()
    return capital and not text[before.end : token.start].strip(" ")


def with_places(mentions: Sequence[Mention], places: Sequence[tuple[int, str]]) -> list[Mention]:
    """Return *mentions*, those that stand right before an unknown place with that place."""
    behind = dict(places)
    return [
        replace(
            mention,
            body=replace(mention.body, places=(behind[mention.stop],)),
            stop=mention.stop + len(behind[mention.stop].split()),
        )
        if mention.stop in behind and not mention.body.places
        else mention
        for mention in mentions
    ]
