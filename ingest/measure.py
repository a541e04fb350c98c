"""LINES -> SETTING: how wide the lines of a text are and where they begin, to see which are full.

A line is full when the first word of the next one would not have fitted into it. Where the file
has no layout, widths are those of Times New Roman, which Decree 30/2020/NĐ-CP prescribes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from ingest.model import Box
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
_TORN = 0.25  # of all lines surely go on in the next
_INDENT = 2.6  # ems: the first line of a paragraph (thụt đầu dòng 1 cm đến 1,27 cm)
_TOLERANCE = 1.2  # ems by which the lines of a justified text differ
_STEP_SPACES = 2.0  # an indent is at least so many spaces
_STEP_POINTS = 9.0  # or points
_SPACE = 3.0  # points between two words
_SLACK = 2.0  # points by which right edges differ


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set (cách dàn dòng)."""

    width: float  # of a full line, in ems of Times New Roman
    spaced: bool  # blank lines stand between the lines of one paragraph
    indented: bool  # the first line of a paragraph begins further in than the others
    left: float  # where the other lines begin: in points, or in spaces
    edges: Mapping[int, tuple[float, float]]  # by page: left and right edge of the text, in points
    torn: bool  # what the file marks as paragraphs are single lines


def find_setting(passages: Sequence[Passage]) -> Setting | None:
    """Return how *passages* are set, or None if their lines are whole paragraphs already.

    A line that ends no sentence, before one that begins with a small letter, is certain to go on:
    such pairs tell the width, the edges, and whether blank lines mean anything.
    """
    pairs = [(a, b) for a, b in pairwise(passages) if b.gap <= 1 and _surely_goes_on(a, b)]
    if len(pairs) < max(_LEAST_PAIRS, 0.1 * len(passages)):
        return None
    widths = sorted(text_width(upper.text) for upper, _ in pairs)
    left = median(_start(lower) for _, lower in pairs)
    firsts = [_start(passage) for passage in passages if opens_block(passage.text)]
    boxed = pairs[0][1].line.box is not None
    step = _STEP_POINTS if boxed else _STEP_SPACES
    return Setting(
        width=widths[int(0.9 * (len(widths) - 1))],
        spaced=sum(lower.gap == 1 for _, lower in pairs) > len(pairs) / 2,
        indented=bool(firsts) and median(firsts) >= left + step,
        left=left,
        edges=_edges(pairs) if boxed else {},
        torn=len(pairs) >= _TORN * len(passages),
    )


def _surely_goes_on(upper: Passage, lower: Passage) -> bool:
    return (
        len(upper.text) >= _LEAST_LENGTH
        and not upper.line.cells
        and lower.text[0].islower()
        and not opens_block(lower.text)
        and not ends_sentence(upper.text)
        and not is_capitals(upper.text)
    )


def _edges(pairs: Sequence[tuple[Passage, Passage]]) -> dict[int, tuple[float, float]]:
    """Return the left and right edge of the text on each page; page 0 is for any other page."""
    found: dict[int, list[tuple[float, float]]] = {0: []}
    for upper, lower in pairs:
        if upper.last.box and lower.line.box:
            edges = (lower.line.box.x0, upper.last.box.x1)
            found.setdefault(upper.last.page, []).append(edges)
            found[0].append(edges)
    return {
        page: (median(left for left, _ in edges), max(right for _, right in edges))
        for page, edges in found.items()
        if len(edges) >= _LEAST_PAIRS
    }


def _start(passage: Passage) -> float:
    """Return where a line begins: in points, or in spaces where the file has no layout."""
    if passage.line.box:
        return passage.line.box.x0
    return float(len(passage.line.text) - len(passage.line.text.lstrip()))


def is_indented(passage: Passage, setting: Setting) -> bool:
    """Tell whether *passage* begins as the first line of a paragraph, where they are indented."""
    left, step = setting.left, _STEP_SPACES
    if passage.line.box:
        left, _ = setting.edges.get(passage.line.page, setting.edges.get(0, (left, 0)))
        step = _STEP_POINTS
    return setting.indented and _start(passage) >= left + step


def is_full(upper: Passage, lower: Passage, setting: Setting) -> bool:
    """Tell whether the first word of *lower* would not have fitted at the end of *upper*."""
    if upper.last.box and lower.line.box:
        edges = setting.edges.get(upper.last.page) or setting.edges.get(0)
        if edges:
            return upper.last.box.x1 + _SPACE + _first_width(lower) > edges[1] - _SLACK
    indent = _INDENT if upper.line is upper.last else 0.0
    last = upper.last.text.strip() if upper.line is not upper.last else upper.text
    needed = text_width(last) + text_width(" ") + text_width(first_word(lower.text))
    return needed + indent > setting.width - _TOLERANCE


def _first_width(passage: Passage) -> float:
    box: Box | None = passage.line.words[0].box if passage.line.words else passage.line.box
    return box.x1 - box.x0 if box else 0.0


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
