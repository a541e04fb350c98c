"""PHRASES -> WHAT IS ASKED: who, what, when, cite or find, and whether it could be two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from index.phrases import Found, of_kind
from index.replies import Intent, TimeUse

if TYPE_CHECKING:
    from collections.abc import Collection

    from index.gazetteer import Mention
    from index.numbers import Number
    from index.terms import Word

INTENTS: tuple[Intent, ...] = ("who", "what", "when", "cite", "find")
_USES: tuple[TimeUse, ...] = ("due", "document", "either")
_ORDER = 1.0  # what it adds that a question begins with "Tìm", "Liệt kê"
_BY_BODY = 2.3  # "nhiệm vụ (của) Sở Y tế": a body's duties
_WHICH = 2.5  # "cơ quan chuyên môn nào"
_FAR = 5  # words from a noun to its "nào"
_NEAR = 0.7  # of two intents, how close the second must come to be offered
_WORTH_OFFERING = 2.0
_LINKS = frozenset({"cua", "cho", "do", "ma", "duoc", "giao", "cac", "phai", "can", "lam", "la"})
_NOT_DUTIES = frozenset({"lam", "trong"})  # "quy chế làm việc của UBND", "trong việc"
_LONGEST_LINK = 4  # words between "nhiệm vụ" and the body whose it is


class Asking(NamedTuple):
    """What a question asks."""

    intent: Intent
    hits: tuple[Found, ...]  # the phrases that ask, in order
    others: tuple[Intent, ...] = ()  # what it could ask as well, the likeliest first


def read_asking(
    pieces: Sequence[Word],
    phrases: Sequence[Found],
    *,
    mentions: Sequence[Mention] = (),
    numbers: Sequence[Number] = (),
    empty: Collection[int] = (),
) -> Asking:
    """Return what a question asks.

    Args:
        pieces: Its words, without the numbers of documents.
        phrases: All that stand in it.
        mentions: The bodies that it names.
        numbers: Of documents.
        empty: The pieces that say nothing of a content: "Chỉ thị 24-CT/TW" is a number alone.
    """
    hits = tuple(_best_phrases(of_kind(phrases, *INTENTS)))
    weights: dict[Intent, tuple[float, int]] = {}
    for hit in hits:
        _raise(weights, _intent_of(hit), _weight(hit), hit.first)
    for intent, noun in _which(pieces, phrases, hits):
        _raise(weights, intent, _WHICH, noun)
    for hit in of_kind(phrases, "opening"):
        if not hit.first and not (hits and weights):
            _raise(weights, _named(hit), hit.phrase.weight, 0)
    if (at := _duties_of(pieces, of_kind(phrases, "duties"), mentions)) is not None:
        ordered = weights.pop("find", (0.0, 0))[0]  # "Tìm nhiệm vụ của Sở Y tế"
        _raise(weights, "what", max(_BY_BODY, ordered), at)
    if not weights:
        alone = numbers and all(at in empty for at in range(len(pieces)))
        return Asking("cite" if alone else "find", hits)
    ranked = sorted(weights, key=lambda intent: (-weights[intent][0], weights[intent][1]))
    best = weights[ranked[0]][0]
    others = tuple(
        intent for intent in ranked[1:] if weights[intent][0] >= max(_WORTH_OFFERING, best - _NEAR)
    )
    return Asking(ranked[0], hits, others)


def _raise(
    weights: dict[Intent, tuple[float, int]], intent: Intent, weight: float, at: int
) -> None:
    held = weights.get(intent, (0.0, at))
    if weight > held[0]:
        weights[intent] = (weight, at)


def _intent_of(hit: Found) -> Intent:
    return next(intent for intent in INTENTS if intent == hit.phrase.kind)


def _named(hit: Found) -> Intent:
    return next(intent for intent in INTENTS if intent == hit.phrase.value)


def _which(
    pieces: Sequence[Word], phrases: Sequence[Found], hits: Sequence[Found]
) -> Iterator[tuple[Intent, int]]:
    """Yield what a "nào" or "gì" asks that no phrase has, by the noun before it.

    "Cơ quan chuyên môn nào", "trách nhiệm cụ thể gì".
    """
    taken = {
        at
        for hit in hits
        if "nao" in hit.phrase.folded or len(hit.phrase.folded) > 1
        for at in range(hit.first, hit.stop)
    }
    heads = of_kind(phrases, "head")
    for at, word in enumerate(pieces):
        if word.folded in {"nao", "gi"} and at not in taken:
            before = [head for head in heads if at - _FAR <= head.first < head.stop <= at]
            if word.folded == "gi":
                before = [head for head in before if _named(head) in {"what", "cite"}]
            if before:
                head = max(before, key=lambda head: (head.stop, -head.first))
                yield _named(head), head.first


def _weight(hit: Found) -> float:
    order = hit.phrase.kind == "find" and not hit.first
    return hit.phrase.weight + (_ORDER if order else 0.0)


def _best_phrases(found: Sequence[Found]) -> list[Found]:
    """Return the phrases that ask, of overlapping ones the heaviest, none within another."""
    outer = [hit for hit in found if not any(_within(hit, other) for other in found)]
    outer.sort(key=lambda hit: (-hit.phrase.weight, -len(hit.phrase.folded), hit.first))
    chosen: list[Found] = []
    for hit in outer:
        if all(hit.stop <= other.first or other.stop <= hit.first for other in chosen):
            chosen.append(hit)
    return sorted(chosen, key=lambda hit: hit.first)


def _within(hit: Found, other: Found) -> bool:
    inside = other.first <= hit.first and hit.stop <= other.stop
    return inside and hit.stop - hit.first < other.stop - other.first


def _duties_of(
    pieces: Sequence[Word], duties: Sequence[Found], mentions: Sequence[Mention]
) -> int | None:
    """Return where a word for duties stands that are those of a body named right behind it.

    "Nhiệm vụ Công an cấp xã", "việc phải làm của Sở Y tế", "trách nhiệm của UBND huyện". Not where
    a word asks for something else of them: "nhiệm vụ của Sở Y tế căn cứ văn bản nào" is heavier.
    """
    starts = {mention.first for mention in mentions}
    for hit in duties:
        if hit.first and pieces[hit.first - 1].folded in _NOT_DUTIES:
            continue
        at = hit.stop
        while at < len(pieces) and at - hit.stop < _LONGEST_LINK and at not in starts:
            if pieces[at].folded not in _LINKS:
                break
            at += 1
        if at in starts:
            return hit.first
    return None


def cues_of_time(phrases: Sequence[Found]) -> list[tuple[int, TimeUse]]:
    """Return the words that say what a time is of, as (piece, "due" or "document")."""
    return [
        (at, use)
        for hit in of_kind(phrases, "time")
        for use in _USES
        if use == hit.phrase.value
        for at in range(hit.first, hit.stop)
    ]
