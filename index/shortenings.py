"""SHORT FORMS OF SEVERAL MEANINGS -> THE MEANING, by its neighbours: "TT xã" is no "thông tư".

Where the documents do not decide, the first meaning of the table is taken and all are offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from index.bodies import aliases
from index.fold import accented_tokens, folded_tokens, has_accents
from index.terms import Word
from ingest.knowledge.tables import rows

if TYPE_CHECKING:
    from index.slips import Frequency

_KNOWN = 10**9  # it makes the known name of a body
_LONGEST_REST = 3  # words of a body's name after a short form
_CLEAR = 3  # times as common as the next meaning: no question


class Shortened(NamedTuple):
    """A short form in a question, and what it may mean."""

    token: int
    meanings: tuple[str, ...]  # the likeliest first
    clear: bool  # the neighbours leave no doubt


def read_short(
    words: Sequence[Word], at: int, token: int, frequency: Frequency
) -> tuple[list[Word], Shortened] | None:
    """Return what the word at *at* stands for, and what else it may; None: it is no short form.

    Args:
        words: Of the question.
        at: Which of them.
        token: The token that it was typed as.
        frequency: In how many clauses of the library a folded term stands.
    """
    word = words[at]
    meanings = _meanings().get(word.accented or word.folded)
    if meanings is None and (word.accented or word.folded) == word.folded:
        meanings = _bare().get(word.folded)
    if meanings is None:
        return None
    before = words[at - 1].folded if at else ""
    after = words[at + 1].folded if at + 1 < len(words) else ""

    def common(meaning: str) -> int:
        tokens = folded_tokens(meaning)
        if any((*tokens, *rest[:n]) in aliases() for n in range(1, _LONGEST_REST + 1)):
            return _KNOWN  # "BCH Quân sự"
        right = frequency(f"{tokens[-1]}_{after}") if after else 0
        left = frequency(f"{before}_{tokens[0]}") if before else 0
        return (right if frequency("_".join(tokens[-2:])) else 0) + left

    rest = tuple(word.folded for word in words[at + 1 : at + 1 + _LONGEST_REST])
    scores = {meaning: common(meaning) for meaning in meanings}
    ranked = sorted(meanings, key=lambda meaning: -scores[meaning])
    best, second = scores[ranked[0]], scores[ranked[1]] if len(ranked) > 1 else 0
    clear = len(ranked) == 1 or (best > 0 and best >= _CLEAR * second)
    found = Shortened(token, tuple(ranked), clear)
    if not best and frequency(word.folded):
        return [word], found  # the documents have it as it stands
    value = zip(folded_tokens(ranked[0]), accented_tokens(ranked[0]), strict=True)
    return [Word(*each) for each in value], found


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    """Return the meanings of short forms as they are typed, in small letters."""
    table: dict[str, list[str]] = {}
    for row in rows("short_readings"):
        table.setdefault(row["short"].lower(), []).append(row["reading"])
    return {short: tuple(meanings) for short, meanings in table.items()}


@cache
def _bare() -> dict[str, tuple[str, ...]]:
    """Return those of short forms with accents, typed without: "qd", "nd"."""
    return {
        "".join(folded_tokens(short)): meanings
        for short, meanings in _meanings().items()
        if has_accents(short)
    }
