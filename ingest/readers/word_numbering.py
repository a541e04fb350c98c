"""NUMBERING -> LABELS: the "1.", "a)", "-" that Word writes before the items of its lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.readers.ooxml import W
from ingest.readers.word_styles import value

_PLACE = re.compile(r"%(\d)")
_PLAIN_BULLETS = "-–+*•·"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str  # "decimal", "lowerLetter", "bullet" …
    text: str  # "%1.%2."
    restart: int | None  # it begins anew after an item of this level, from 1; 0 never; None any
    plain: bool  # its numbers are all written in Arabic figures (isLgl)


class Numbering:
    """The lists of a document; it counts their items, so ask in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}  # by abstract list, then by level
        self._begun: set[str] = set()
        if root is None:
            return
        abstract = {
            element.get(W + "abstractNumId", ""): element
            for element in root.iterfind(W + "abstractNum")
        }
        for number in root.iterfind(W + "num"):
            base = value(number, "abstractNumId") or ""
            levels = _levels(abstract[base]) if base in abstract else {}
            starts = {}
            for override in number.iterfind(W + "lvlOverride"):
                levels.update(_levels(override))
                if (start := value(override, "startOverride")) is not None:
                    starts[int(override.get(W + "ilvl", "0"))] = int(start)
            self._lists[number.get(W + "numId", "")] = (base, levels, starts)

    def label(self, number: str | None, level: int) -> str:
        """Return the label of the next item of list *number* at *level*, counted from 0, or ""."""
        if number not in self._lists:
            return ""
        base, levels, starts = self._lists[number]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(base, {})
        if number not in self._begun:
            self._begun.add(number)
            counts.update({index: start - 1 for index, start in starts.items()})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [index for index in counts if index > level]:
            if levels.get(deeper) is None or levels[deeper].restart != 0:
                del counts[deeper]
        return _written(levels, counts, level)


def _levels(parent: etree._Element) -> dict[int, _Level]:
    found = {}
    for level in parent.iterfind(W + "lvl"):
        restart = value(level, "lvlRestart")
        found[int(level.get(W + "ilvl", "0"))] = _Level(
            start=int(value(level, "start") or "1"),
            format=value(level, "numFmt") or "decimal",
            text=value(level, "lvlText") or "",
            restart=int(restart) if restart else None,
            plain=level.find(W + "isLgl") is not None,
        )
    return found


def _written(levels: Mapping[int, _Level], counts: Mapping[int, int], level: int) -> str:
    shape = levels[level]
    if shape.format == "bullet":
        return shape.text if shape.text in _PLAIN_BULLETS else "-"
    if shape.format == "none":
        return ""

    def number(place: re.Match[str]) -> str:
        index = int(place[1]) - 1
        other = levels.get(index)
        if other is None:
            return ""
        count = counts.get(index, other.start)
        return str(count) if shape.plain else _figure(count, other.format)

    return _PLACE.sub(number, shape.text).strip()


def _figure(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman if form == "lowerRoman" else roman.upper()
    return f"{count:02}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    written = ""
    for size, figure in _ROMAN:
        written += figure * (count // size)
        count %= size
    return written
