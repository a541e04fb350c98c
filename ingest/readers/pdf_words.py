"""CHARACTERS OF A PDF PAGE -> WORDS with their boxes and fonts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from pdfplumber.utils.text import extract_words

from ingest.model import Box
from ingest.readers.layout import Piece

Char = dict[str, Any]  # as pdfplumber describes it
_BOLD = re.compile(r"bold|black|heavy|,b\b|-bd", re.IGNORECASE)
_RAISED = 0.8  # of the font size: a smaller number that stands higher is raised


def read_pieces(chars: Iterable[Char]) -> list[Piece]:
    """Return the words that *chars* make; a raised number stands as "<sup>1</sup>"."""
    return [_piece(word["chars"]) for word in extract_words(list(chars), return_chars=True)]


def holds(box: tuple[float, float, float, float], char: Char) -> bool:
    """Tell whether the middle of *char* lies within *box* (x0, top, x1, bottom)."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _piece(chars: Sequence[Char]) -> Piece:
    return Piece(
        text=_text(chars),
        box=Box(
            min(char["x0"] for char in chars),
            min(char["top"] for char in chars),
            max(char["x1"] for char in chars),
            max(char["bottom"] for char in chars),
        ),
        size=max(char["size"] for char in chars),
        bold=all(_BOLD.search(char["fontname"]) for char in chars),
    )


def _text(chars: Sequence[Char]) -> str:
    size = max(char["size"] for char in chars)
    base = max(char["bottom"] for char in chars if char["size"] == size)
    text = ""
    for raised, group in groupby(chars, key=lambda char: _is_raised(char, size, base)):
        letters = "".join(char["text"] for char in group)
        text += f"<sup>{letters}</sup>" if raised else letters
    return text


def _is_raised(char: Char, size: float, base: float) -> bool:
    return bool(
        char["text"].isdigit()
        and char["size"] < _RAISED * size
        and char["bottom"] < base - (1 - _RAISED) * size / 2
    )
