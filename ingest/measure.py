"""LINES -> SETTING: how wide the lines of a hard-wrapped text are, to see which ones are full.

A line is full when the first word of the next one would not have fitted into it. Where the file
has no layout, widths are those of Times New Roman, which Decree 30/2020/NĐ-CP prescribes.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.openings import is_capitals, opens_block
from ingest.strand import Passage

_WIDTHS = {  # thousandths of the font size
    180: "'", 250: " .,|", 278: "ijlt:;/\\", 333: "frI()[]-‘’", 389: "sJ", 408: '"',
    444: "acez“”", 500: "bdghknopquvxy0123456789–$*_+", 556: "FPS", 611: "ELTZ",
    667: "BCR", 722: "wADGHKNOQUVXY", 778: "m", 833: "%", 889: "M", 944: "W", 1000: "…—",
}  # fmt: skip
_WIDTH_OF = {char: width / 1000 for width, chars in _WIDTHS.items() for char in chars}
_OTHER = 0.5
_FIRST_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.;:!?…][\"”’)\]]*$|/\.?$")
_LEAST_LENGTH = 30  # characters: a shorter line is no witness
_LEAST_PAIRS = 3
_INDENT = 2.6  # ems: the first line of a paragraph (thụt đầu dòng 1 cm đến 1,27 cm)
_TOLERANCE = 1.2  # ems by which the lines of a justified text differ


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set (cách dàn dòng)."""

    width: float  # of a full line, in ems; or of the column, in points
    spaced: bool  # blank lines stand between the lines of one paragraph


def find_setting(passages: Sequence[Passage]) -> Setting | None:
    """Return how *passages* are set, or None if their lines are whole paragraphs already.

    A line that ends no sentence, before one that begins with a small letter, is certain to go on:
    such pairs tell the width, and whether blank lines mean anything.
    """
    pairs = [
        (upper, lower)
        for upper, lower in itertools.pairwise(passages)
        if lower.gap <= 1 and _surely_goes_on(upper, lower)
    ]
    if len(pairs) < max(_LEAST_PAIRS, 0.1 * len(passages)):
        return None
    widths = sorted(text_width(upper.text) for upper, _ in pairs)
    width = widths[int(0.9 * (len(widths) - 1))]
    if sum(lower.gap == 1 for _, lower in pairs) > len(pairs) / 2:
        return Setting(width, spaced=True)
    return Setting(width, spaced=False)


def _surely_goes_on(upper: Passage, lower: Passage) -> bool:
    return (
        not (upper.line.whole and lower.line.whole)
        and len(upper.text) >= _LEAST_LENGTH
        and lower.text[0].islower()
        and not opens_block(lower.text)
        and not ends_sentence(upper.text)
        and not is_capitals(upper.text)
    )


def ends_sentence(text: str) -> bool:
    """Tell whether *text* ends with a mark that ends a sentence or an item."""
    return bool(_SENTENCE_END.search(text))


def first_word(text: str) -> str:
    """Return the first word of *text* with its punctuation."""
    found = _FIRST_WORD.search(text)
    return found[0] if found else ""


def text_width(text: str) -> float:
    """Return how wide *text* is in Times New Roman, in ems."""
    return sum(map(_char_width, text))


@lru_cache(maxsize=4096)
def _char_width(char: str) -> float:
    base = unicodedata.normalize("NFD", char)[0].replace("đ", "d").replace("Đ", "D")
    return _WIDTH_OF.get(base, _OTHER)


def is_full(upper: Passage, lower: Passage, setting: Setting) -> bool:
    """Tell whether the first word of *lower* would not have fitted at the end of *upper*."""
    indent = _INDENT if upper.line is upper.last else 0.0
    last = upper.last.text.strip() if upper.line is not upper.last else upper.text
    needed = text_width(last) + text_width(" ") + text_width(first_word(lower.text))
    return needed + indent > setting.width - _TOLERANCE
