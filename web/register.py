"""DUTIES -> XLSX: a register of tasks (bảng theo dõi nhiệm vụ) in the columns of the six clarities.

Người, việc, trách nhiệm, thẩm quyền, thời gian, kết quả, each as the document writes it; beside
it, how it stands today, what is not clear, and where it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from index.duty_replies import Duties
from index.replies import Answer, Entry
from ingest.model import Role
from web import wording
from web.due import standing
from web.now import now_lines

COLUMNS = (
    ("STT", 6),
    ("Rõ người: chủ trì (như văn bản)", 30),
    ("Rõ người: hiện nay", 46),
    ("Rõ việc: nhiệm vụ (nguyên văn)", 70),
    ("Rõ trách nhiệm: vai trò của cơ quan", 20),
    ("Rõ trách nhiệm: phối hợp, tham mưu, hỗ trợ", 36),
    ("Rõ thẩm quyền: cơ quan giao", 26),
    ("Rõ thẩm quyền: căn cứ nêu trong đoạn", 30),
    ("Rõ thời gian: thời hạn (như văn bản)", 28),
    ("Rõ thời gian: tính đến hôm nay", 30),
    ("Rõ kết quả: chỉ tiêu", 24),
    ("Rõ kết quả: báo cáo về", 24),
    ("Chưa rõ", 36),
    ("Văn bản", 34),
    ("Ngày ban hành", 14),
    ("Đoạn", 10),
    ("Trang", 8),
    ("Tệp", 30),
)


def write_register(duties: Duties) -> bytes:
    """Return a workbook with a row for each task, in the order of the list.

    What a document does not say stays an empty cell.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Nhiệm vụ"
    _head(sheet)
    plain = Cell(sheet, row=1, column=1)
    plain.alignment = Alignment(wrap_text=True, vertical="top")
    number = 0
    for group in duties.groups:
        for answer in group.duties:
            number += 1
            row = (str(number), *_row(group.entry, answer, duties))
            for column, value in enumerate(row, 1):
                _fill(sheet.cell(number + 1, column), value, like=plain)
    sheet.auto_filter.ref = sheet.dimensions
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _head(sheet: Worksheet) -> None:
    for column, (name, width) in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, column, name)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "B2"


def _fill(cell: Cell | MergedCell, value: str, *, like: Cell) -> None:
    cell.value = value
    cell.data_type = "s"  # words of a document, never a formula
    # To set the alignment of each cell anew takes longer than all the rest; its
    # manual copies a style so.
    cell._style = copy(like._style)  # type: ignore[attr-defined, union-attr]  # noqa: SLF001


def _row(entry: Entry, answer: Answer, duties: Duties) -> tuple[str, ...]:
    metadata = entry.metadata
    name = " ".join(filter(None, (metadata.doc_type, metadata.code))) or metadata.title or ""
    return (
        "; ".join(dict.fromkeys(actor.agency for actor in answer.actors if actor.role == "lead")),
        "\n".join(now_lines(answer)),
        answer.quote,
        "; ".join(wording.ROLES[role] for role in roles_of(answer, duties)),
        _partners(answer),
        metadata.issuer or "",
        "; ".join(dict.fromkeys(reference.surface for reference in answer.references)),
        "; ".join(map(wording.told, answer.deadlines)),
        "; ".join(filter(None, map(standing, answer.deadlines))),
        "; ".join(target.surface for target in answer.targets),
        ", qua ".join(filter(None, (answer.report_to, answer.report_via))),
        "; ".join(_unclear(answer)),
        name,
        wording.day(metadata.issued_on) if metadata.issued_on else "",
        answer.path,
        str(answer.page) if answer.page else "",
        entry.source,
    )


def roles_of(answer: Answer, duties: Duties) -> tuple[Role, ...]:
    """Return the roles that the body asked for has in a task."""
    bearers = {*duties.matched, *duties.predecessors}
    mine = [actor.role for actor in answer.actors if actor.agency in bearers]
    return tuple(dict.fromkeys(mine))


def _partners(answer: Answer) -> str:
    named = (
        f"{actor.agency} ({wording.ROLES[actor.role]})"
        for actor in answer.actors
        if actor.role != "lead"
    )
    return "; ".join(dict.fromkeys(named))


def _unclear(answer: Answer) -> Iterator[str]:
    if answer.clarity is not None:
        for key, name in wording.CLARITIES.items():
            if not getattr(answer.clarity, key):
                yield f"{name}: {answer.gaps[key]}" if key in answer.gaps else name
