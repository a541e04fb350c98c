"""IMPACT -> XLSX, CSV: every clause that rests on a document (bảng rà soát), a row each."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from index.traces import Impact
from web import wording
from web.trace_lines import owned, suggested

COLUMNS = (
    ("STT", 6),
    ("Văn bản", 30),
    ("Ngày ban hành", 14),
    ("Đoạn", 12),
    ("Lời của đoạn", 70),
    ("Lời viện dẫn", 40),
    ("Phần được viện dẫn", 20),
    ("Quan hệ", 20),
    ("Cơ quan ban hành", 34),
    ("Cơ quan chủ trì", 34),
    ("Nên thay bằng", 44),
    ("Tệp", 30),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_workbook(impact: Impact) -> bytes:
    """Return a workbook with a row for each clause; what is not known stays empty."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Tác động"
    for column, (name, width) in enumerate(COLUMNS, 1):
        heading = sheet.cell(1, column, name)
        heading.font = Font(bold=True)
        sheet.column_dimensions[heading.column_letter].width = width
    sheet.freeze_panes = "A2"
    for number, row in enumerate(_rows(impact), 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            cell.data_type = "s"  # words of a document, never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def write_csv(impact: Impact) -> bytes:
    """Return the same rows as CSV, UTF-8 with the mark by which Excel knows it."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([name for name, _ in COLUMNS])
    for row in _rows(impact):
        # A cell that begins like a formula would be run by the program that opens the file.
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return file.getvalue().encode("utf-8-sig")


def _rows(impact: Impact) -> Iterator[tuple[str, ...]]:
    for number, each in enumerate(impact.resting, impact.offset + 1):
        place, said = each.citation.place, each.citation.reference
        name = " ".join(filter(None, (place.doc_type, place.code))) or place.title or ""
        yield (
            str(number),
            name,
            wording.day(place.issued_on) if place.issued_on else "",
            place.path,
            place.quote,
            said.surface,
            said.pinpoint or "",
            wording.relation(said),
            "; ".join(owned(owner) for owner in each.owners if owner.role == "issuer"),
            "; ".join(owned(owner) for owner in each.owners if owner.role == "lead"),
            "\n".join(map(suggested, each.suggestions)),
            place.source,
        )
