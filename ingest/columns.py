"""PASSAGES -> PASSAGES: letterhead and signature set side by side with spaces are told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.model import Repair
from ingest.openings import leaves_blank, names_type, stands_alone
from ingest.strand import Passage

_SEGMENT = re.compile(r"[^\s]+(?:[^\S\t\n]{1,2}[^\s]+)*")
_TAB = 8  # columns that a tab takes
_LOOSE = 4  # columns by which the lines of a column begin apart
_SIDES = 2
_BLANKS = 8  # lines that the signature itself takes
_SIGNING = re.compile(r"(?:Nơi nhận|TM\.|T/M|KT\.|TL\.|TUQ\.|Q\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands in one column of a line; columns count characters."""

    passage: Passage
    start: int
    end: int


def part_columns(passages: list[Passage]) -> tuple[list[Passage], list[Repair]]:
    """Return the passages with text set side by side in two columns read column by column.

    Only letterhead ("ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI …") and signature beside the recipients
    are set so; lines with wide gaps elsewhere stay.
    """
    done: list[Passage] = []
    repairs = []
    index = 0
    while index < len(passages):
        left, right, rows = _zone(passages, index)
        if rows:
            done += [*left, *right]
            where = f"{passages[index].where} đến {passages[index + rows - 1].where}"
            detail = f"đọc riêng từng cột ({where})"
            repairs.append(Repair(kind="columns", detail=detail, count=rows))
        else:
            done.append(passages[index])
        index += rows or 1
    return done, repairs


def _zone(passages: Sequence[Passage], start: int) -> tuple[list[Passage], list[Passage], int]:
    """Return both columns of a letterhead or signature that begins at *start*, and its rows."""
    first = _segments(passages[start])
    if len(first) != _SIDES or not any(stands_alone(s.passage.text) for s in first):
        return [], [], 0
    signing = any(_SIGNING.match(segment.passage.text) for segment in first)
    edges = (first[0].end, first[1].start)  # of the gutter, as narrow as it is so far
    columns: tuple[list[Passage], list[Passage]] = ([], [])
    rows = 0
    for passage in passages[start:]:
        row = _segments(passage)
        if len(row) > _SIDES or _crosses(row, *edges):
            break
        if rows and _ends(passage, row, signing=signing):
            break
        alone_right = len(row) == 1 and row[0].start >= edges[1] - _LOOSE
        for side, segment in enumerate(row, start=int(alone_right)):
            columns[side].append(segment.passage)
        if len(row) == _SIDES:
            edges = (max(edges[0], row[0].end), min(edges[1], row[1].start))
        rows += 1
    return *columns, rows


def _ends(passage: Passage, row: Sequence[_Segment], *, signing: bool) -> bool:
    """Tell whether a line ends the columns: the title does, or text below a blank line."""
    if signing:
        return passage.gap > _BLANKS
    return names_type(passage.text) or (passage.gap > 0 and len(row) < _SIDES)


def _crosses(row: Sequence[_Segment], left: int, right: int) -> bool:
    if len(row) == _SIDES:
        return row[0].end >= right or row[1].start <= left
    return row[0].start < right - _LOOSE and row[0].end > right - 1


def _segments(passage: Passage) -> list[_Segment]:
    raw = passage.line.text
    indent = _width(raw[: len(raw) - len(raw.lstrip())])
    found: list[_Segment] = []
    for match in _SEGMENT.finditer(passage.text):
        start = indent + _width(passage.text[: match.start()])
        part = passage.with_strand(passage.strand.part(*match.span()))
        if found:
            part = replace(part, gap=0)
        found.append(_Segment(part, start, start + match.end() - match.start()))
    blanks = (leaves_blank(a.passage.text, b.passage.text) for a, b in pairwise(found))
    return [_Segment(passage, indent, indent + len(passage.text))] if any(blanks) else found


def _width(text: str) -> int:
    return len(text) + (_TAB - 1) * text.count("\t")
