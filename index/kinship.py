"""TWO RUNS OF WORDS -> KIN: whether they say nearly the same, and what joins to one piece.

A run of words is a string of one sign for each folded word, see `index.word_signs`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import Indel

SHORT = 16  # words: below, a name that differs is much of the whole
NEAR = 0.7
NEAR_SHORT = 0.8
KIN = 0.5
_WAYS = 16  # words that are compared with all others, to see whether they hang together


def similarity(left: str, right: str) -> float:
    """Return how much of two texts agrees, word for word in order: 0..1."""
    return float(Indel.normalized_similarity(left, right))


def near(left: str, right: str) -> bool:
    """Tell whether two runs of words are near-identical."""
    least = NEAR if max(len(left), len(right)) >= SHORT else NEAR_SHORT
    return float(Indel.normalized_similarity(left, right, score_cutoff=least)) >= least


def may_be_near(left: str, right: str) -> bool:
    """Tell whether texts of so many words can be near-identical at all."""
    return 2 * min(len(left), len(right)) >= NEAR * (len(left) + len(right))


def kin(left: str, right: str) -> bool:
    """Tell whether two runs of words may be of one family, whatever lies between them."""
    return float(Indel.normalized_similarity(left, right, score_cutoff=KIN)) >= KIN


def one_piece(gone: Sequence[str], left: Sequence[str]) -> bool:
    """Tell whether what is *left* surely hangs together still without what has *gone*.

    It does where those that were near-identical to something gone do among themselves.
    """
    rest = [words for words in left if any(near(words, each) for each in gone)]
    reached, rest = rest[:1], rest[1:]
    for _ in range(_WAYS):
        if not rest or not reached:
            break
        way = reached.pop()
        alike = [near(way, words) for words in rest]
        reached += [words for words, found in zip(rest, alike, strict=True) if found]
        rest = [words for words, found in zip(rest, alike, strict=True) if not found]
    return not rest


class Joined:
    """Components that grow together (union-find); each is named by the oldest of them."""

    def __init__(self, component_of: dict[int, int]) -> None:
        self._component_of = component_of
        self._into: dict[int, int] = {}

    def component(self, wording: int) -> int:
        """Return the component that a wording belongs to now."""
        return self._root(self._component_of[wording])

    def _root(self, component: int) -> int:
        while (above := self._into.get(component, component)) != component:
            self._into[component] = self._into.get(above, above)
            component = above
        return component

    def join(self, one: int, other: int) -> None:
        """Make one component of those of two wordings."""
        first, second = sorted((self.component(one), self.component(other)))
        self._into[second] = first

    def grown(self) -> dict[int, list[int]]:
        """Return the components that others have become part of, with all that they were."""
        found: dict[int, list[int]] = defaultdict(list)
        for component in list(self._into):
            found[self._root(component)].append(component)
        return {root: sorted({root, *parts}) for root, parts in found.items()}
