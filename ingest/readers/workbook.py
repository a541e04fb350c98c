"""XLSX -> SHEET: the rows of a workbook's tables, as task lists are kept (bảng theo dõi)."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from ingest.errors import EmptyFileError, OversizeError, UnreadableFileError
from ingest.model import Line, Sheet
from ingest.readers import tables
from ingest.readers.ooxml import MAX_PART

MAX_ROWS = 20_000  # of one table; a province's task list of a year has fewer
_MAX_COLUMNS = 60
_DAMAGED = (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, ZlibError, EOFError)


def read_workbook(data: bytes, *, name: str) -> Sheet:
    """Read a workbook (.xlsx, .xlsm); each of its tables is a page.

    Returns:
        A sheet with a line a row; what a cell over several rows says, if short, is said in each.

    Raises:
        EmptyFileError: It holds no text.
        OversizeError: It is larger than `MAX_PART` unpacked, or a table has too many rows.
        UnreadableFileError: It is cut off or damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_PART:
                raise OversizeError(name, f"nội dung giải nén lớn hơn {MAX_PART // 1_000_000} MB.")
        book = load_workbook(io.BytesIO(data), data_only=True)
    except _DAMAGED as error:
        raise UnreadableFileError(
            name, "tệp bị cắt cụt hoặc hỏng.", advice="Hãy mở tệp bằng Excel và lưu lại."
        ) from error
    lines: list[Line] = []
    for page, table in enumerate(book.worksheets, start=1):
        if table.max_row > MAX_ROWS:
            raise OversizeError(name, f"bảng có {table.max_row} hàng, vượt mức {MAX_ROWS} hàng.")
        if table.sheet_state == "visible":
            lines += _rows(table, page=page)
    if not lines:
        raise EmptyFileError(name, "tệp không có chữ nào.", advice="Hãy kiểm tra lại tệp gốc.")
    return Sheet(format="xlsx", lines=tuple(lines), pages=len(book.worksheets))


def _rows(table: Worksheet, *, page: int) -> Iterator[Line]:
    merged = _filled_down(table)
    columns = min(table.max_column, _MAX_COLUMNS)
    rows = [
        [
            _lines(merged.get((row, column), table.cell(row, column).value))
            for column in range(1, columns + 1)
        ]
        for row in range(1, table.max_row + 1)
    ]
    used = max((i for row in rows for i, cell in enumerate(row, start=1) if any(cell)), default=0)
    for row in rows:
        cells = tables.row_cells(row[:used])
        if any(cells):
            yield tables.row_line(cells, page=page)


def _filled_down(table: Worksheet) -> dict[tuple[int, int], object]:
    """Return what cells over several rows say, for each of their rows."""
    found: dict[tuple[int, int], object] = {}
    for area in table.merged_cells.ranges:
        value = table.cell(area.min_row, area.min_col).value
        if area.max_row > area.min_row and tables.fills_down(" ".join(_lines(value))):
            found |= {(row, area.min_col): value for row in range(area.min_row, area.max_row + 1)}
    return found


def _lines(value: object) -> tuple[str, ...]:
    """Return what a cell shows; days as they are written in documents."""
    if value is None:
        return ()
    if isinstance(value, dt.date):
        return (value.strftime("%d/%m/%Y"),)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return tuple(line.strip() for line in str(value).splitlines() if line.strip())
