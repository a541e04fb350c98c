"""MISTYPED SYLLABLES -> WHAT WAS MEANT, by what stands beside them in the documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from index.fold import fold
from ingest.dictionary import followers, leaders, syllables
from ingest.knowledge.tables import rows

Frequency = Callable[[str], int]  # of a term, in how many clauses it stands

_LETTERS = "abcdeghiklmnopqrstuvxy"
# What sounds alike, and is so mistaken: "phong chào" for "phong trào".
_SOUNDS = (
    ("ch", "tr"), ("tr", "ch"), ("s", "x"), ("x", "s"), ("d", "gi"), ("gi", "d"), ("r", "gi"),
    ("r", "d"), ("d", "r"), ("l", "n"), ("n", "l"), ("ng", "ngh"), ("g", "gh"), ("c", "k"),
    ("k", "c"), ("i", "y"), ("v", "d"),
)  # fmt: skip
_ENDINGS = (("n", "ng"), ("ng", "n"), ("c", "t"), ("t", "c"), ("nh", "n"), ("n", "nh"), ("o", "u"))
_NONE: frozenset[str] = frozenset()
_SHORTEST = 2  # letters of a syllable that may be mistyped


def mend(tokens: Sequence[str], at: int, frequency: Frequency) -> str | None:
    """Return what the folded token at *at* was meant to be, or None when it stands well.

    A token stands well when it makes a known pair with a neighbour. What replaces it makes known
    pairs with both where it is a word itself ("giáo dụ và": "giáo dục", "dục và"), else with one;
    the commonest pairs win.
    """
    token = tokens[at]
    if len(token) < _SHORTEST or not token.isalpha():
        return None
    left = [f"{tokens[at - 1]}_"] if at else []
    right = [f"_{tokens[at + 1]}"] if at + 1 < len(tokens) else []
    need = len(left) + len(right) if frequency(token) else 1

    def pairs(word: str) -> list[int]:
        found = [frequency(before + word) for before in left]
        found += [frequency(word + after) for after in right]
        return [count for count in found if count]

    if pairs(token) or not need:
        return None
    known = (word for word in _syllables() & set(_near(token)) if frequency(word))
    scored = ((sum(found), word) for word in known if len(found := pairs(word)) >= need)
    return max(scored, default=(0, None))[1]


def may_mean(typed: Sequence[str], at: int, meant: str) -> bool:
    """Tell whether the syllable at *at*, typed with accents, may be a slip for *meant*.

    A library knows its own words only; the language has more. "Trụ" of "sân bay vũ trụ" makes a
    word with its neighbour, so it stands, though no document has it. What makes none may be a
    slip, but where it is a syllable of the language only for what does make a word with a
    neighbour: "phong chào" for "phong trào".

    Args:
        typed: The words of a question, with the accents that they were typed with.
        at: Of the word.
        meant: What it would be, folded.
    """
    word = typed[at].lower()
    if word not in syllables():
        return True
    before = followers().get(typed[at - 1].lower(), _NONE) if at else _NONE
    after = leaders().get(typed[at + 1].lower(), _NONE) if at + 1 < len(typed) else _NONE
    if word in before or word in after:
        return False
    return any(fold(each) == meant for each in (*before, *after))


@cache
def _syllables() -> frozenset[str]:
    """Return what may be meant: every onset with every rime, folded; some are no syllables."""
    rimes = [fold(row["rime"]) for row in rows("syllable_rimes")]
    onsets = [fold(row["onset"]) for row in rows("syllable_onsets")]
    return frozenset(fold(onset + rime) for onset in onsets for rime in rimes)


def _near(token: str) -> Iterator[str]:
    """Yield what *token* may have been: its sound, or one letter wrong, missing, odd or swapped."""
    for written, meant in _SOUNDS:
        if token.startswith(written):
            yield meant + token[len(written) :]
    for written, meant in _ENDINGS:
        if token.endswith(written):
            yield token[: -len(written)] + meant
    for at in range(len(token) + 1):
        yield from _edits(token[:at], token[at:])


def _edits(left: str, right: str) -> Iterator[str]:
    yield from (left + letter + right for letter in _LETTERS)
    if right:
        yield left + right[1:]
        yield from (left + letter + right[1:] for letter in _LETTERS)
    if len(right) > 1:
        yield left + right[1] + right[0] + right[2:]
