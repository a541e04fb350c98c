"""DUTIES -> XLSX: a register of tasks (bảng theo dõi nhiệm vụ) with a column for each clarity."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from index.replies import Answer, Duties
from web import wording
from web.now import now_lines

COLUMNS = (
    ("STT", 6),
    ("Nhiệm vụ", 70),
    ("Chủ trì", 28),
    ("Phối hợp, tham mưu, hỗ trợ", 34),
    ("Cơ quan giao", 26),
    ("Văn bản", 34),
    ("Đoạn", 10),
    ("Thời hạn", 28),
    ("Chỉ tiêu", 24),
    ("Báo cáo về", 24),
    ("Tệp", 30),
    ("Hiện nay (cơ quan đã sắp xếp lại)", 50),
)


def write_register(duties: Duties) -> bytes:
    """Return a workbook with a row for each task, in the order of the documents.

    What a document does not say stays an empty cell.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Nhiệm vụ"
    _head(sheet)
    for number, row in enumerate(_rows(duties), 1):
        for column, value in enumerate((str(number), *row), 1):
            _fill(sheet.cell(number + 1, column), value)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _head(sheet: Worksheet) -> None:
    for column, (name, width) in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, column, name)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"


def _fill(cell: Cell | MergedCell, value: str) -> None:
    cell.value = value
    cell.data_type = "s"  # words of a document, never a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _rows(duties: Duties) -> Iterator[tuple[str, ...]]:
    for group in duties.groups:
        metadata = group.entry.metadata
        name = " ".join(filter(None, (metadata.doc_type, metadata.code))) or metadata.title or ""
        for answer in group.duties:
            yield (
                answer.quote,
                _bodies(answer, lead=True),
                _bodies(answer, lead=False),
                metadata.issuer or "",
                name,
                answer.path,
                "; ".join(map(wording.told, answer.deadlines)),
                "; ".join(target.surface for target in answer.targets),
                answer.report_to or "",
                group.entry.source,
                "\n".join(now_lines(answer)),
            )


def _bodies(answer: Answer, *, lead: bool) -> str:
    actors = (actor for actor in answer.actors if (actor.role == "lead") == lead)
    if lead:
        return "; ".join(dict.fromkeys(actor.agency for actor in actors))
    named = (f"{actor.agency} ({wording.ROLES[actor.role]})" for actor in actors)
    return "; ".join(dict.fromkeys(named))
