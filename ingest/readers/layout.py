"""WORDS ON A PAGE -> LINES in reading order; columns that stand side by side are told apart.

For PDF now and for recognised scans later: both have words with boxes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.model import Box, Line, Word
from ingest.openings import bullet, leaves_blank, numbering

_SAME_ROW = 0.5  # of the smaller word's height that two words of a row share at least
_COLUMN_GAP = 0.9  # font sizes: a wider gap may part columns
_WIDE_GAP = 2.5  # times the usual gap of the row
_LEAST_GUTTER = 6.0  # points between two columns, over all their rows


@dataclass(frozen=True, slots=True)
class Piece:
    """A word as the page has it."""

    text: str
    box: Box
    size: float
    bold: bool


_RAISED = 0.8  # of the line's font size: a smaller number that stands higher is raised
_RISE = 0.1  # font sizes that it stands higher
Segment = list[Piece]  # pieces of one row that belong together


def read_lines(pieces: Iterable[Piece], *, page: int) -> list[Line]:
    """Return the lines that *pieces* make on a page, from top to bottom.

    Where columns stand side by side (letterhead, signature beside the recipients, text in two
    columns), the left one is read to its end before the right one.
    """
    rows = [_segments(row) for row in _rows(pieces)]
    lines: list[Line] = []
    index = 0
    while index < len(rows):
        if len(rows[index]) == 1:
            lines.append(make_line(rows[index][0], page=page))
            index += 1
            continue
        end, gutter = _zone(rows, index)
        segments = [segment for row in rows[index:end] for segment in row]
        left = [s for s in segments if s[-1].box.x1 <= gutter]
        right = [s for s in segments if s[-1].box.x1 > gutter]
        lines += [make_line(segment, page=page) for segment in (*left, *right)]
        index = end
    return lines


def make_line(pieces: Sequence[Piece], *, page: int, cells: tuple[str, ...] = ()) -> Line:
    """Return the pieces, in their order, as a line."""
    text, words = "", []
    size = median(piece.size for piece in pieces)
    bottom = max(piece.box.bottom for piece in pieces)
    for piece in pieces:
        raised = piece.text.isdigit() and piece.size < _RAISED * size
        shown = piece.text
        if raised and piece.box.bottom < bottom - _RISE * size:
            shown = f"<sup>{piece.text}</sup>"
        text = f"{text} " if text else ""
        words.append(Word(len(text), shown, piece.box))
        text += shown
    return Line(
        text=text,
        page=page,
        box=union(piece.box for piece in pieces),
        words=tuple(words),
        bold=all(piece.bold for piece in pieces),
        size=size,
        cells=cells,
        whole=bool(cells),
    )


def union(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around *boxes*, of which there is at least one."""
    x0, top, x1, bottom = zip(*((b.x0, b.top, b.x1, b.bottom) for b in boxes), strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def _rows(pieces: Iterable[Piece]) -> list[Segment]:
    """Group pieces that stand on one line; a raised number belongs to the line that it touches."""
    rows: list[Segment] = []
    for piece in sorted(pieces, key=lambda piece: (piece.box.bottom, piece.box.x0)):
        for row in reversed(rows[-3:]):
            if _shares_row(row, piece):
                row.append(piece)
                break
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda piece: piece.box.x0)
    return rows


def _shares_row(row: Segment, piece: Piece) -> bool:
    tallest = max(row, key=lambda other: other.size)
    shared = min(tallest.box.bottom, piece.box.bottom) - max(tallest.box.top, piece.box.top)
    height = min(tallest.box.bottom - tallest.box.top, piece.box.bottom - piece.box.top)
    return shared >= _SAME_ROW * height


def _segments(row: Segment) -> list[Segment]:
    """Split a row where columns may part; a list's label stays with its text."""
    gaps = [right.box.x0 - left.box.x1 for left, right in itertools.pairwise(row)]
    usual = median(gaps) if gaps else 0.0
    segments = [[row[0]]]
    for gap, piece in zip(gaps, row[1:], strict=True):
        before = " ".join(other.text for other in segments[-1])
        wide = gap > _COLUMN_GAP * piece.size and gap > _WIDE_GAP * min(usual, piece.size / 2)
        if wide and not _is_label(before) and not leaves_blank(before, piece.text):
            segments.append([piece])
        else:
            segments[-1].append(piece)
    return segments


def _is_label(text: str) -> bool:
    probe = f"{text} A"
    return text.isdigit() or numbering(probe) == text or bullet(probe).strip() == text


def _zone(rows: Sequence[list[Segment]], start: int) -> tuple[int, float]:
    """Return where the rows end that stand in two columns from *start* on, and the gutter's edge.

    The widest gap of the first row is the gutter; it narrows row by row.
    """
    first = rows[start]
    at = max(range(1, len(first)), key=lambda i: first[i][0].box.x0 - first[i - 1][-1].box.x1)
    left, right = first[at - 1][-1].box.x1, first[at][0].box.x0
    end = start + 1
    while end < len(rows):
        sides = [_side(segment, left, right) for segment in rows[end]]
        if None in sides:
            break
        placed = list(zip(rows[end], sides, strict=True))
        left = max([left, *(s[-1].box.x1 for s, side in placed if side == "left")])
        right = min([right, *(s[0].box.x0 for s, side in placed if side == "right")])
        end += 1
    return end, left


def _side(segment: Segment, left: float, right: float) -> str | None:
    """Return the side of the gutter that a segment stands on, or None if it crosses it."""
    x0, x1 = segment[0].box.x0, segment[-1].box.x1
    if x1 <= right - _LEAST_GUTTER and x0 < left:
        return "left"
    if x0 >= left + _LEAST_GUTTER and x1 > right:
        return "right"
    return None
