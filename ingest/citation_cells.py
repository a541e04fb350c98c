"""TABLE ROWS -> CITATIONS: numbers alone in the column that says where a task comes from.

Lists of tasks given ("Nguồn chỉ đạo", "Văn bản giao", "Số, ký hiệu") print the number and nothing
else. Source: the tracking tables of ministries, which follow Decision 42/2014/QĐ-TTg.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_CELL = re.compile(
    r"(?:^|(?<=\| ))(?P<code>\d{1,6}(?:/\d{4})?[/-][A-ZĐ][\w&]*(?:[-/][\w&]+)*)(?= *(?:\||$))"
)
_SOURCE = re.compile(
    r"nguồn (?:chỉ đạo|giao|nhiệm vụ)|căn cứ|văn bản(?: giao| chỉ đạo| nguồn)?$"
    r"|số(?:,|/)? ?(?:ký )?hiệu",
    re.IGNORECASE,
)
_RUNNING = re.compile(r"\W*(?:STT|TT|Số TT|Số thứ tự|#)", re.IGNORECASE)
_BAR = " | "


def numbers_in_source_cells(lines: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """Yield for each line where its cells hold the number of the document that a task is from."""
    header: list[str] = []
    for line in lines:
        if _BAR not in line:
            header = []
            yield []
            continue
        cells = line.split("|")
        header = header or cells
        yield [
            found.span("code")
            for found in _CELL.finditer(line)
            if cells is not header and _SOURCE.search(_head(header, cells, line, found.start()))
        ]


def from_source_column(text: str, start: int) -> bool:
    """Tell whether the cell at *start* is of the column that says where a task comes from."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if _BAR not in line:
        return False
    above = text[:line_start].rstrip("\n").split("\n")
    header: list[str] = []
    for row in reversed(above):
        if _BAR not in row:
            break
        header = row.split("|")
    head = _head(header, line.split("|"), line, start - line_start)
    return _SOURCE.search(head) is not None


def _head(header: Sequence[str], cells: Sequence[str], line: str, start: int) -> str:
    """Return the head of the column at *start*; a column of running numbers may have none."""
    if not header:  # the row is the table's first one
        return ""
    numbered = cells[0].strip(" .").isdigit() and not _RUNNING.match(header[0])
    column = line.count("|", 0, start) - numbered
    return header[column].strip() if 0 <= column < len(header) else ""
