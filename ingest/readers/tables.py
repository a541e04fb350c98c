"""TABLE -> LINES: a table that only sets text side by side is read cell by cell, others by row.

Rows and cells come from HTML, Word or PDF; here is what they have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ingest.model import Line
from ingest.openings import is_capitals, stands_alone

SEPARATOR = " | "
Cell = tuple[str, ...]  # the lines of a cell
_LETTERHEAD_ROWS = 8
_LETTERHEAD_COLUMNS = 4
_PAGE_LINES = 12  # a cell with so many lines lays out a page, it is no entry
_PAGE_CHARACTERS = 2_500
_ENTRY_WORDS = 10  # of one name in a list of bodies
_FILLED_DOWN = 100  # characters: what a merged cell holds, if short, is said of each of its rows
_HEADINGS = ("stt", "tt", "số tt", "số thứ tự")


def is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether a table only sets text side by side: letterhead, signature, a page's columns.

    Its cells are then read one after the other, each from top to bottom; a row's left cell first.
    """
    filled = [[cell for cell in row if "".join(cell).strip()] for row in rows]
    if max(map(len, filled), default=0) <= 1:
        return True
    if has_headings(rows):
        return False
    cells = [cell for row in filled for cell in row]
    if any(len(cell) >= _PAGE_LINES and _size(cell) >= _PAGE_CHARACTERS for cell in cells):
        return True
    small = len(rows) <= _LETTERHEAD_ROWS and max(map(len, rows)) <= _LETTERHEAD_COLUMNS
    return small and any(stands_alone(line) for cell in cells for line in cell)


def has_headings(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether the first row of a table names its columns: "STT | Nhiệm vụ | Chủ trì"."""
    first = [" ".join(cell).strip() for cell in rows[0]] if rows else []
    return bool(first) and first[0].casefold().strip(" .") in _HEADINGS


def _size(cell: Cell) -> int:
    return sum(map(len, cell))


def row_text(cells: Iterable[str]) -> str:
    """Return the cells of a row as one line."""
    return SEPARATOR.join(cells)


def row_cells(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return each cell of a row on one line."""
    return tuple(join_lines([" ".join(line.split()) for line in cell]) for cell in cells)


def join_lines(lines: Sequence[str], *, apart: Callable[[int], bool] = lambda _: True) -> str:
    """Return the lines of a cell as one; short entries of a list are parted by semicolons.

    Args:
        lines: Of the cell, from top to bottom.
        apart: Tells whether a line, by its index, begins a paragraph of its own.
    """
    joined = ""
    for index, line in enumerate(lines):
        if joined and line:
            above = lines[index - 1]
            listed = apart(index) and _is_entry(above) and _is_entry(line) and line[0].isupper()
            joined += "; " if listed and not is_capitals(above + line) else " "
        joined += line
    return joined


def _is_entry(line: str) -> bool:
    return len(line.split()) <= _ENTRY_WORDS and line[-1:].isalnum()


def is_section(cells: Sequence[str]) -> bool:
    """Tell whether a row has one filled cell, as one that heads the rows below it."""
    return sum(map(bool, cells)) == 1


def fills_down(text: str) -> bool:
    """Tell whether a cell that spans several rows is said again in each of them."""
    return 0 < len(text) <= _FILLED_DOWN


def row_line(cells: Sequence[str], *, page: int = 1, bold: bool = False) -> Line:
    """Return a row of a table as a line; a row that heads others is a plain one.

    Empty cells keep their place, so that a column can be told by its number.
    """
    if is_section(cells):
        return Line(text="".join(cells), page=page, bold=bold, whole=True)
    return Line(text=row_text(cells), cells=tuple(cells), page=page, bold=bold, whole=True)
