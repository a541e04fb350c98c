"""TEXT -> PARTS: ranges of a long text that each fit into the embedding model.

A model reads some 500 tokens and drops the rest in silence. A longer clause is therefore embedded
in parts of about equal length, cut where a sentence ends if one ends near, else between words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

WORD = re.compile(r"\S+")
LONGEST_WORD = 48  # characters; what is longer (dots, links) is cut like words
SENTENCE_END = (".", ";", ":", "!", "?", "…", "。")
NEAR = 0.4  # a sentence end is near within this share of a part's length


class _Word(NamedTuple):
    start: int
    end: int
    closes: bool  # a sentence or a line ends here


def split_to_fit(
    text: str, *, limit: int, count_tokens: Callable[[Sequence[str]], list[int]]
) -> list[tuple[int, int]]:
    """Split *text* into parts of at most *limit* tokens.

    Args:
        text: Of any length.
        limit: How many tokens a part may be.
        count_tokens: Words -> the number of tokens each is.

    Returns:
        Half-open ranges of characters, ascending, apart from each other by white space alone
        (long words excepted), without white space at their ends; [] for a blank text.
    """
    words = _words(text)
    ends = [0, *accumulate(count_tokens([text[word.start : word.end] for word in words]))]
    parts = []
    first = 0
    while first < len(words):
        after = _end_of_part(words, ends, first, limit)
        parts.append((words[first].start, words[after - 1].end))
        first = after
    return parts


def _end_of_part(words: Sequence[_Word], ends: Sequence[int], first: int, limit: int) -> int:
    """Return the number of the word after the part that begins with word *first*."""
    left = ends[-1] - ends[first]
    if left <= limit:
        return len(words)
    wanted = left / math.ceil(left / limit)
    fitting = [n for n in range(first + 1, len(words)) if ends[n] - ends[first] <= limit]
    if not fitting:  # a single word beyond the limit: the model cuts it
        return first + 1

    def distance(after: int) -> float:
        return abs(ends[after] - ends[first] - wanted)

    near = [n for n in fitting if words[n - 1].closes and distance(n) <= NEAR * wanted]
    return min(near or fitting, key=distance)


def _words(text: str) -> list[_Word]:
    words = []
    for match in WORD.finditer(text):
        start, end = match.span()
        closes = text[end - 1] in SENTENCE_END or "\n" in text[end : end + 1]
        while end - start > LONGEST_WORD:
            words.append(_Word(start, start + LONGEST_WORD, closes=False))
            start += LONGEST_WORD
        words.append(_Word(start, end, closes=closes))
    return words
