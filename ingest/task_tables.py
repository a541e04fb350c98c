"""PARAGRAPHS -> COLUMNS: what each cell of a task table's rows is (bảng phân công nhiệm vụ).

The header row decides which column is what (`knowledge/table_columns.csv`); a row whose duty alone
is filled is the heading of the rows below it. A table without a column for a duty and one for a
body is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from ingest.knowledge.tables import rows
from ingest.model import Paragraph, Span
from ingest.tones import fold_tones

Columns = Mapping[str, tuple[Span, ...]]  # {"duty": …, "lead": …}: the filled cells of one row

_HEADER_WORDS = 8
_NOTE = re.compile(r"\s*\([^)]*\)\s*$")


def read_columns(text: str, paragraphs: Sequence[Paragraph]) -> dict[int, Columns]:
    """Return what the cells of each task row are.

    Args:
        text: The document's text.
        paragraphs: All of it; rows of a table follow each other.

    Returns:
        By the start of the row's paragraph; header rows and rows of other tables are left out.
    """
    found: dict[int, Columns] = {}
    header: list[str] = []
    for paragraph in paragraphs:
        if not paragraph.cells:
            header = []
            continue
        named = [_column(cell.of(text)) for cell in paragraph.cells]
        if _is_header(named):
            header = named
        elif header and len(paragraph.cells) == len(header):
            cells: dict[str, tuple[Span, ...]] = {}
            for name, cell in zip(header, paragraph.cells, strict=True):
                if name and cell.of(text).strip(" -–."):
                    cells[name] = (*cells.get(name, ()), cell)
            if "duty" in cells:
                found[paragraph.span.start] = cells
    return found


def is_group(columns: Columns) -> bool:
    """Tell whether a row only names the rows below it."""
    return not columns.keys() - {"number", "duty", "note"}


def _is_header(named: Sequence[str]) -> bool:
    # A duty and a date alone are a schedule (chương trình, lịch): nobody is given anything.
    return "duty" in named and bool({"lead", "coordinate"} & set(named))


@cache
def _column(cell: str) -> str:
    """Return which column a header cell heads: its words exactly, or the longest known within."""
    folded = " ".join(re.sub(r"[/:.]", " ", fold_tones(_NOTE.sub("", cell).lower())).split())
    if folded in _columns():
        return _columns()[folded]
    if len(folded.split()) > _HEADER_WORDS:
        return ""
    within = [name for name in _columns() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded)]
    return _columns()[max(within, key=len)] if within else ""


@cache
def _columns() -> dict[str, str]:
    return {fold_tones(row["heading"]): row["column"] for row in rows("table_columns")}
