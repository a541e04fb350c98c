"""TEXT -> SIGNS: a text as a string of one sign for each folded word, quick to compare and to keep.

The sign of a word is a number of 20 bits that follows from its letters alone, the same on every
machine and in every run. Two words in a million have the same; texts of many words do not.
"""

from __future__ import annotations

from hashlib import blake2b

from index.fold import fold, tokens_of

_FIRST = 0x10000  # beyond what is set apart: every sign takes four bytes
_SIGNS = 0x100000
_MOST_KEPT = 1 << 17  # words: syllables are some thousands, numbers have no end


class _Signs(dict[str, str]):
    """The signs of words as they are written, each made once."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[word] = sign = chr(_FIRST + number_of(fold(word)) % _SIGNS)
        return sign


_KNOWN = _Signs()


def signs_of(text: str) -> str:
    """Return one sign for each folded word of *text*, in order."""
    return "".join(map(_KNOWN.__getitem__, tokens_of(text)))


def number_of(text: str) -> int:
    """Return a number of 64 bits for a text, the same everywhere."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
