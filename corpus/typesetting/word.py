"""Source -> DOCX: laid out by Decree 30/2020/NĐ-CP, Annex I."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from typesetting.layout import (
    MOTTO,
    NATION,
    addressees,
    is_letter,
    number_line,
    place_line,
    recipients,
    title,
)
from typesetting.markup import Block, Source

FONT = "Times New Roman"
MARGINS = {"top": 2.0, "bottom": 2.0, "left": 3.0, "right": 2.0}  # cm
BODY_WIDTH = 16.0  # cm
CENTRE, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
SIZE_BODY, SIZE_HEAD, SIZE_TABLE = 14, 13, 12  # points
SPACE = 6  # points between paragraphs
EPOCH = (1980, 1, 1, 0, 0, 0)  # the zip format's first day: same bytes at every run


def write_docx(source: Source, path: Path) -> None:
    """Write *source* as a Word file; equal sources give equal bytes."""
    document = Document()
    _set_up_page(document)
    _write_letterhead(document, source)
    _write_title(document, source)
    _write_body(document, source)
    buffer = BytesIO()
    document.core_properties.author = source.head["issuer"]
    document.core_properties.title = source.head["title"]
    document.core_properties.created = datetime(2026, 1, 1, tzinfo=UTC)
    document.core_properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
    document.save(buffer)
    _save_undated(buffer, path)


def _save_undated(buffer: BytesIO, path: Path) -> None:
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))


def _set_up_page(document: DocxDocument) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE_BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", Cm(width))
    section.header_distance = Cm(1.0)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = CENTRE
    run = header.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text
        run._r.append(part)  # noqa: SLF001 (python-docx has no call for fields)


def _add(
    holder: DocxDocument | _Cell,
    text: str,
    size: float,
    *,
    look: str = "",
    align: WD_ALIGN_PARAGRAPH = CENTRE,
) -> Paragraph:
    """Add a paragraph; *look* holds b (bold), i (italic) and s (space after it)."""
    paragraph = holder.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(SPACE if "s" in look else 0)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold, run.italic = "b" in look, "i" in look
    return paragraph


def _rule(paragraph: Paragraph, width: float, share: float) -> None:
    """Draw a line of *share* of *width* cm under a paragraph."""
    line = OxmlElement("w:pBdr")
    edge = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        edge.set(qn(f"w:{key}"), value)
    line.append(edge)
    paragraph._p.get_or_add_pPr().append(line)  # noqa: SLF001 (no call for borders)
    paragraph.paragraph_format.left_indent = Cm(width * (1 - share) / 2)
    paragraph.paragraph_format.right_indent = Cm(width * (1 - share) / 2)


def _columns(document: DocxDocument, *widths: float) -> list[_Cell]:
    """Add a table of one row without borders; return its cells, each with no paragraph."""
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _mark_row(table.rows[0], "w:cantSplit")
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Cm(width)
        cell._tc.remove(cell.paragraphs[0]._p)  # noqa: SLF001 (no call to empty a cell)
    return list(table.rows[0].cells)


def _mark_row(row: _Row, name: str) -> None:
    """Give a table row a property: cantSplit (stays on a page), tblHeader (comes on each)."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 (no call for it)


def _write_letterhead(document: DocxDocument, source: Source) -> None:
    for draft in source.parts("draft"):
        _add(document, draft, SIZE_HEAD, look="bi", align=RIGHT)
    left, right = _columns(document, 6.6, 10.2)
    for parent in source.parts("parent"):
        _add(left, parent, SIZE_HEAD)
    for name in source.parts("org"):
        _add(left, name, SIZE_HEAD, look="b")
    _rule(_add(left, "", 3, look="s"), 6.6, 0.35)
    _add(left, number_line(source), SIZE_HEAD)
    if is_letter(source):
        _add(left, source.head["title"], SIZE_TABLE, look="s")
    _add(right, NATION, SIZE_HEAD, look="b")
    _add(right, MOTTO, SIZE_BODY, look="b")
    _rule(_add(right, "", 3, look="s"), 10.2, 0.56)
    _add(right, place_line(source), SIZE_BODY, look="i")


def _write_title(document: DocxDocument, source: Source) -> None:
    if words := title(source):
        _add(document, "", 6)
        _add(document, words[0], SIZE_BODY, look="b")
        _add(document, words[1], SIZE_BODY, look="b")
        _rule(_add(document, "", 3, look="s"), BODY_WIDTH, 0.3)
    for number, text in enumerate(addressees(source)):
        paragraph = _add(document, text, SIZE_BODY, align=WD_ALIGN_PARAGRAPH.LEFT)
        paragraph.paragraph_format.left_indent = Cm(4.0 if number else 3.0)
        paragraph.paragraph_format.space_before = Pt(0 if number else 10)


def _write_body(document: DocxDocument, source: Source) -> None:
    rows: list[Block] = []
    signed = False
    for block in source.blocks:
        if block.mark.startswith("|"):
            rows.append(block)
            continue
        _write_table(document, rows)
        rows = []
        signed = signed or block.mark == "$sign"
        _write_block(document, source, block)
    _write_table(document, rows)
    if not signed:
        _write_end(document, source)


def _write_block(document: DocxDocument, source: Source, block: Block) -> None:
    if block.mark == "$sign":
        _write_end(document, source)
    elif block.mark == "$page":
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    elif block.mark in {"^", "^i"}:
        _add(document, block.text, SIZE_BODY, look="bs" if block.mark == "^" else "is")
    elif block.text.isupper() and block.kind == "preamble":
        _add(document, block.text, SIZE_BODY, look="bs")  # who decides; QUYẾT ĐỊNH:
    else:
        look = {"#": "b", "##": "b", "###": "bi", "b": "i"}.get(block.mark, "")
        paragraph = _add(document, "", SIZE_BODY, look="s", align=JUSTIFY)
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
        paragraph.paragraph_format.keep_with_next = block.kind == "heading"
        _add_runs(paragraph, block.text, look)


def _add_runs(paragraph: Paragraph, text: str, look: str) -> None:
    """Write *text*; the "Điều 1." that it may begin with is bold."""
    article = re.match(r"Điều \d+\. ?", text) if not look else None
    split = article.end() if article else 0
    for part, bold in ((text[:split], True), (text[split:], "b" in look)):
        run = paragraph.add_run(part)
        run.font.size = Pt(SIZE_BODY)
        run.bold, run.italic = bold, "i" in look


def _write_end(document: DocxDocument, source: Source) -> None:
    _add(document, "", 6)
    left, right = _columns(document, 7.8, 8.2)
    flush = WD_ALIGN_PARAGRAPH.LEFT
    for number, text in enumerate(recipients(source)):
        size, look = (11, "") if number else (12, "bi")
        _add(left, text, size, look=look, align=flush)
    if not recipients(source):
        _add(left, "", 11, align=flush)
    *office, name = source.parts("sign")
    for text in office:
        _add(right, text, SIZE_BODY, look="b")
    for _ in range(4):
        _add(right, "", SIZE_BODY)
    _add(right, name, SIZE_BODY, look="b")


def _write_table(document: DocxDocument, rows: list[Block]) -> None:
    if not rows:
        return
    width = max(len(row.cells) for row in rows)
    table = document.add_table(rows=0, cols=width)
    table.style = "Table Grid"
    for block in rows:
        row = table.add_row()
        _mark_row(row, "w:tblHeader" if block.mark == "|h" else "w:cantSplit")
        cells = row.cells
        if block.mark == "|g":  # a group title: STT | tên nhóm over the rest of the row
            cells[1].merge(cells[-1])
        for cell, text in zip(cells, block.cells, strict=False):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.font.size = Pt(SIZE_TABLE)
            run.bold = block.mark in {"|h", "|g"}
            if block.mark == "|h" or cell is cells[0]:
                paragraph.alignment = CENTRE
    _size_columns(table, width)
    _add(document, "", 6)


def _size_columns(table: Table, count: int) -> None:
    """Give the number column little, the first column of words much, the others the rest."""
    first, second = 1.2, 5.2
    rest = (BODY_WIDTH + 0.5 - first - second) / max(count - 2, 1)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, [first, second, *[rest] * (count - 2)], strict=True):
        column.width = Cm(width)
