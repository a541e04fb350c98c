"""PAGE -> TABLES: the ruled tables of a PDF page, by row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table

from ingest.model import Line
from ingest.readers import tables
from ingest.readers.layout import Piece, read_lines, union
from ingest.readers.pdf_words import Char, holds, read_pieces

_LEAST_RULES = 4  # lines or rectangles: fewer make no table
_MOST_RULES = 20_000  # a drawing
_LEAST_COLUMNS = 2
_WHITE = ((1.0, 1.0, 1.0), (1.0,), 1.0, (0.0, 0.0, 0.0, 0.0))  # in RGB, grey and CMYK
_PADDING = 9.0  # points: a space, and what stays free at a cell's edge
_LEAST_ROWS = 2  # one alone may be marked words


def find_ruled_tables(page: Page) -> list[Table]:
    """Return the tables of *page* that rules are drawn around, from top to bottom."""
    if any(map(_is_unseen, page.rects)):
        page = page.filter(lambda thing: not _is_unseen(thing))
    rules = len(page.lines) + len(page.rects) + len(page.curves)
    if not _LEAST_RULES <= rules <= _MOST_RULES:
        return []
    found = [
        table
        for table in page.find_tables()
        if _columns(table) >= _LEAST_COLUMNS and len(table.rows) >= _LEAST_ROWS
    ]
    return sorted(found, key=lambda table: table.bbox[1])


def _is_unseen(thing: Mapping[str, Any]) -> bool:
    """Tell a white patch behind words, which rules nothing."""
    plain = thing["object_type"] == "rect" and not thing.get("stroke")
    return plain and thing.get("non_stroking_color") in _WHITE


def _columns(table: Table) -> int:
    return max((sum(cell is not None for cell in row.cells) for row in table.rows), default=0)


def read_table(table: Table, chars: Sequence[Char], *, page: int) -> list[Line]:
    """Return the rows of *table* as lines with cells; text set side by side is read by cell.

    What a cell over several rows says, if short, is repeated in each of them.
    """
    boxes = _cells(table)
    ordered = sorted(chars, key=_height)
    heights = [_height(char) for char in ordered]
    rows = [
        [_pieces_of(cell, _beside(cell[0], ordered, heights)) for cell in cells] for cells in boxes
    ]
    texts = [
        [tuple(line.text for line in read_lines(cell, page=page)) for cell in row] for row in rows
    ]
    if tables.is_layout(texts):
        return [line for row in rows for cell in row for line in read_lines(cell, page=page)]
    lines = []
    for row, cells in zip(rows, boxes, strict=True):
        if any(row):
            filled = [cell for cell in row if cell]
            if len(filled) == 1 and not filled[0][0].text[0].islower():  # it heads those below it
                lines += read_lines(filled[0], page=page)
            else:
                edges = [box[2] if box else 0.0 for box, _ in cells]
                lines.append(_row_line(row, edges, page=page))
    return lines


def _cell_text(lines: Sequence[Line], edge: float) -> str:
    """Return the lines of a cell as one; where the next word had room, a line ends early."""

    def ends_early(index: int) -> bool:
        upper, lower = lines[index - 1], lines[index]
        if upper.box is None or not lower.words:
            return False
        first = lower.words[0].box
        return upper.box.x1 + (first.x1 - first.x0) + _PADDING < edge

    return tables.join_lines([line.text for line in lines], apart=ends_early)


_CellBox = tuple[float, float, float, float]


def _cells(table: Table) -> list[list[tuple[_CellBox | None, bool]]]:
    """Return the box of each cell of each row, and whether the cell began in a row above."""
    found: list[list[tuple[_CellBox | None, bool]]] = []
    above: dict[int, _CellBox] = {}
    for row in table.rows:
        middle = (row.bbox[1] + row.bbox[3]) / 2
        cells: list[tuple[_CellBox | None, bool]] = []
        for column, cell in enumerate(row.cells):
            if cell is not None:
                above[column] = cell
                cells.append((cell, False))
            elif column in above and above[column][3] > middle:
                cells.append((above[column], True))
            else:
                cells.append((None, False))
        found.append(cells)
    return found


def _height(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _beside(
    box: _CellBox | None, ordered: Sequence[Char], heights: Sequence[float]
) -> Sequence[Char]:
    """Return the characters that stand as high as a cell: a table has many cells, and many more."""
    if box is None:
        return ()
    return ordered[bisect_left(heights, box[1]) : bisect_right(heights, box[3])]


def _pieces_of(cell: tuple[_CellBox | None, bool], chars: Sequence[Char]) -> list[Piece]:
    """Return the words in a cell; words of two cells may touch each other."""
    box, continued = cell
    inside = read_pieces(char for char in chars if box and holds(box, char))
    if continued and not tables.fills_down(" ".join(piece.text for piece in inside)):
        return []
    return inside


def _row_line(row: Sequence[Sequence[Piece]], edges: Sequence[float], *, page: int) -> Line:
    """Return a row as one line, the words of each cell in reading order.

    Args:
        row: The words of each cell.
        edges: The right edge of each cell.
        page: The number of the page.
    """
    lines = [read_lines(cell, page=page) for cell in row]
    cells = tuple(map(_cell_text, lines, edges))
    text, words = "", []
    for column, (cell, shown) in enumerate(zip(lines, cells, strict=True)):
        text += tables.SEPARATOR * bool(column)
        start = 0
        for line in cell:
            start = shown.index(line.text, start)
            words += [replace(word, column=word.column + len(text) + start) for word in line.words]
            start += len(line.text)
        text += shown
    sizes = [line.size for cell in lines for line in cell if line.size]
    return Line(
        text=text,
        cells=cells,
        words=tuple(words),
        page=page,
        box=union(word.box for word in words),
        bold=all(line.bold for cell in lines for line in cell),
        size=median(sizes),
        whole=True,
    )
