"""CLAUSES -> PASSAGES: what is embedded of each clause, its text below its heading.

Source: measured on ALQAC 2022 (520 questions, e5-small): nDCG@10 0.910 for parts of articles alone,
0.932 with the article's heading before each, 0.952 for parts of a clause's length with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.records import ClauseRow

# Of what is embedded of a clause; another, when that changes, so that older vectors are made anew.
# 1: the bare text of each part; 2: below its heading.
EDITION = 2

NOT_EMBEDDED = frozenset({"letterhead", "recipients", "signature"})
_HEADING_WORDS = 30  # of the heading that stands before each part
_SURELY_FITS = 400  # characters: a token is one at least, and models read some 500 tokens

Parts = Callable[[str], list[tuple[int, int]]]


def passages_of(clauses: Sequence[ClauseRow], parts: Parts) -> Iterator[tuple[int, str]]:
    """Yield (clause, text) of everything that is to be embedded of a document, in its order.

    Args:
        clauses: All of a document.
        parts: The ranges of a text that each fit the model.
    """
    by_path = {clause.path: clause for clause in clauses}
    for clause in clauses:
        if clause.kind not in NOT_EMBEDDED:
            above = heading_above(clause.path, by_path)
            ranges = parts(clause.text)
            for start, end in _fitting(clause.text, above, ranges, parts):
                yield clause.id, above + clause.text[start:end]


def _fitting(
    text: str, above: str, ranges: list[tuple[int, int]], parts: Parts
) -> list[tuple[int, int]]:
    """Return the ranges of *text* that fit the model with what stands *above*.

    What fits alone and not with its heading is cut once more: the model drops the end in silence.
    """
    if not above:
        return ranges
    found = []
    for start, end in ranges:
        length = len(above) + end - start
        if length > _SURELY_FITS and len(parts(above + text[start:end])) > 1:
            middle = _space_near(text, start, end)
            found += [(start, middle), (middle, end)]
        else:
            found.append((start, end))
    return found


def _space_near(text: str, start: int, end: int) -> int:
    """Return a place near the middle of a range where a word begins."""
    middle = text.find(" ", (start + end) // 2, end)
    return (start + end) // 2 if middle < 0 else middle + 1


def heading_above(path: str, by_path: Mapping[str, ClauseRow]) -> str:
    """Return the words that are put before the text of the clause at *path*: "Nơi cư trú. "."""
    steps = path.split(".")
    for depth in range(len(steps) - 1, 0, -1):
        if above := by_path.get(".".join(steps[:depth])):
            words = above.text.split()[:_HEADING_WORDS]
            return " ".join(words).rstrip(" .;:") + ". " if words else ""
    return ""
