"""TEXT -> TOKENS: the one folding that index and question share, so that both sides meet.

A token is a syllable (tiếng) or a number, in lower case. Folded, it has no accents ("đ" is "d"),
and "y" and "i" are one where Vietnamese writes either ("kỹ thuật", "kĩ thuật").
"""

from __future__ import annotations

import re
import sys
import unicodedata
from itertools import pairwise
from typing import NamedTuple

from ingest.tones import fold_tones

_TOKEN = re.compile(r"[^\W_]+")
_Y_FOR_I = re.compile(r"(?<![^\W\d_])([bdghklmnpstv]|qu|th|ch|nh|ph|kh|ng|gh|tr)y(?![^\W\d_])")


class Token(NamedTuple):
    """A token and where it stands: `text[start:end]`."""

    folded: str  # "thuy"
    accented: str  # "thủy"; in the new style of tones
    start: int
    end: int


def _folding_table() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "d", ord("ð"): "d", ord("Ð"): "d"}
    for point in range(0x41, 0x1F00):
        letter = chr(point)
        base = unicodedata.normalize("NFD", letter.lower())
        plain = "".join(mark for mark in base if not unicodedata.combining(mark))
        if plain != letter and point not in table:
            table[point] = sys.intern(plain)
    return table


_TABLE = _folding_table()


def fold(text: str) -> str:
    """Return *text* in lower case, without accents."""
    folded = unicodedata.normalize("NFC", text).translate(_TABLE)
    return _Y_FOR_I.sub(r"\1i", folded)


def has_accents(text: str) -> bool:
    """Tell whether *text* has a letter that folding changes."""
    return text.casefold().translate(_TABLE) != text.casefold()


def new_tones(text: str) -> str:
    """Return *text* in lower case with tones in the new style: "hoà" is "hòa"."""
    return fold_tones(unicodedata.normalize("NFC", text).lower())


def read_tokens(text: str) -> list[Token]:
    """Return the tokens of *text* in order, with their places."""
    found = list(_TOKEN.finditer(text))
    written = [match[0] for match in found]
    return [
        Token(folded, accented, match.start(), match.end())
        for match, folded, accented in zip(
            found, each_folded(written), each_accented(written), strict=True
        )
    ]


def tokens_of(text: str) -> list[str]:
    """Return the tokens of *text* as they are written, in order."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def folded_tokens(text: str) -> list[str]:
    """Return the folded tokens of *text*, in order."""
    return each_folded(tokens_of(text))


def accented_tokens(text: str) -> list[str]:
    """Return the tokens of *text* with their accents, in order."""
    return each_accented(tokens_of(text))


def each_folded(tokens: list[str]) -> list[str]:
    """Return each of *tokens* folded."""
    return fold("\n".join(tokens)).split("\n") if tokens else []


def each_accented(tokens: list[str]) -> list[str]:
    """Return each of *tokens* in lower case with its accents."""
    return new_tones("\n".join(tokens)).split("\n") if tokens else []


def with_pairs(tokens: list[str]) -> list[str]:
    """Return *tokens* and every two neighbours as one: most Vietnamese words have two syllables."""
    return tokens + [f"{left}_{right}" for left, right in pairwise(tokens)]
