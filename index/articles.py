"""AN ARTICLE OF A DOCUMENT, ANOTHER DOCUMENT -> THE ARTICLE THERE THAT SAYS NEARLY THE SAME.

Compared by their words, rare ones counting more and those of the heading twice.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.fold import folded_tokens
from index.pinpoints import Pin, pin_of_path, told

if TYPE_CHECKING:
    from index.finding import Sources
    from index.records import ClauseRow

_ARTICLE = "điều"
_ENOUGH = 0.42  # likeness from which on an article is shown as the matching one
_SHOWN = 400  # characters of its words


@dataclass(frozen=True, slots=True)
class Article:
    """An article with all that stands below it."""

    pin: Pin
    path: str
    heading: str
    words: Counter[str]


@dataclass(frozen=True, slots=True)
class Match:
    """The article that says nearly the same."""

    pinpoint: str  # "Điều 7"
    path: str
    quote: str
    likeness: float  # 0..1


def articles_of(sources: Sources, document: int) -> list[Article]:
    """Return the articles of a held document, in its order; of two of one number the first."""
    found: dict[Pin, list[ClauseRow]] = {}
    for clause in sources.store.clauses_of(document):
        pin = pin_of_path(clause.path)
        if pin and pin[0][0] == _ARTICLE:
            found.setdefault(pin[:1], []).append(clause)
    return [
        Article(
            pin,
            some[0].path,
            some[0].text,
            Counter(folded_tokens(some[0].text))
            + Counter(token for clause in some for token in folded_tokens(clause.text)),
        )
        for pin, some in found.items()
    ]


def matching(ours: Article, theirs: list[Article]) -> Match | None:
    """Return which of the other document's articles is nearest, or None where none is near."""
    if not theirs:
        return None
    spread = Counter(token for article in theirs for token in article.words)
    rarity = {token: math.log(1 + len(theirs) / count) for token, count in spread.items()}
    scored = [(_likeness(ours.words, article.words, rarity), article) for article in theirs]
    likeness, best = max(scored, key=lambda each: each[0])
    if likeness < _ENOUGH:
        return None
    return Match(told(best.pin), best.path, best.heading[:_SHOWN], round(likeness, 2))


def _likeness(ours: Counter[str], theirs: Counter[str], rarity: dict[str, float]) -> float:
    """Return the cosine of two bags of words."""
    unseen = math.log(2)
    dot = sum(
        count * theirs[token] * rarity.get(token, unseen) ** 2 for token, count in ours.items()
    )
    return dot / (_length(ours, rarity, unseen) * _length(theirs, rarity, unseen) or 1)


def _length(words: Counter[str], rarity: dict[str, float], unseen: float) -> float:
    return math.sqrt(
        sum((count * rarity.get(token, unseen)) ** 2 for token, count in words.items())
    )
