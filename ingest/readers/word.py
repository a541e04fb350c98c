"""DOCX -> SHEET: the paragraphs and tables of a Word file, in the order of its body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from ingest.errors import EmptyFileError, UnreadableFileError
from ingest.model import Line, Sheet
from ingest.readers import tables
from ingest.readers.ooxml import Package, W
from ingest.readers.word_numbering import Numbering
from ingest.readers.word_styles import OUTLINE_BODY, Styles, switched_on, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink", "dir",
                 "bdo", "fldSimple", "ruby", "rubyBase")
)  # fmt: skip
_MARKS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "noBreakHyphen": "-",
    W + "cr": "\n",
}
_PAGE_LEFT = W + "lastRenderedPageBreak"


@dataclass(slots=True)
class _Run:
    """Characters of one look."""

    text: str
    bold: bool


def read_word(data: bytes, *, name: str) -> Sheet:
    """Read a Word file (.docx, .docm, .dotx).

    Tables that only set text side by side are read cell by cell, others row by row. The labels
    that Word writes before list items are made visible. Hidden text, tracked deletions, comments,
    headers and footers are left out; a footnote follows the paragraph that refers to it.

    Returns:
        A sheet; its pages are those that Word last laid out, or those of explicit breaks.

    Raises:
        EmptyFileError: It holds no text.
        EncryptedFileError: It is locked with a password.
        UnreadableFileError: It is cut off or damaged.
    """
    package = Package(data, name=name)
    root = package.part("word/document.xml")
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise UnreadableFileError(
            name, "không tìm thấy nội dung Word trong tệp.", advice="Hãy lưu lại bằng Word."
        )
    reader = _Reader(package, body)
    lines = tuple(reader.lines(body))
    if not any(line.text for line in lines):
        raise EmptyFileError(name, "tệp không có chữ nào.", advice="Hãy kiểm tra lại tệp gốc.")
    return Sheet(format="docx", lines=lines, pages=reader.page)


class _Reader:
    """Reads a body from top to bottom; counts its list items, footnotes and pages."""

    def __init__(self, package: Package, body: etree._Element) -> None:
        self.page = 1
        self._styles = Styles(package.part("word/styles.xml"))
        self._numbering = Numbering(package.part("word/numbering.xml"))
        self._notes = {
            (kind, note.get(W + "id")): note
            for kind in ("footnote", "endnote")
            for note in _children(package.part(f"word/{kind}s.xml"), W + kind)
        }
        self._laid_out = body.find(f".//{_PAGE_LEFT}") is not None
        self._noted = 0
        self._after: list[Line] = []  # footnotes and text boxes of the paragraph being read

    def lines(self, parent: etree._Element) -> Iterator[Line]:
        """Yield the lines of the paragraphs and tables in *parent*."""
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self.lines(child)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Line]:
        properties = paragraph.find(W + "pPr")
        style = value(properties, "pStyle")
        if not self._laid_out and switched_on(properties, "pageBreakBefore"):
            self.page += 1
        page, label = self.page, self._label(properties, style)
        runs = list(self._runs(paragraph, style))
        after, self._after = self._after, []
        text = f"{label} " * bool(label) + "".join(run.text for run in runs)
        parts = text.split("\n")
        line = Line(
            text="",
            page=page,
            bold=all(run.bold for run in runs if run.text.strip()) and bool(text.strip()),
            heading=self._heading(properties, style),
            whole=len(parts) == 1,
        )
        yield from (replace(line, text=part) for part in parts)
        yield from after
        if not self._laid_out and _ends_page(properties):
            self.page += 1

    def _label(self, properties: etree._Element | None, style: str | None) -> str:
        number, level = value(properties, "numPr/numId"), value(properties, "numPr/ilvl")
        if number is None:
            number, inherited = self._styles.numbering(style)
            level = level or inherited
        return self._numbering.label(number, int(level or "0"))

    def _heading(self, properties: etree._Element | None, style: str | None) -> int | None:
        level = value(properties, "outlineLvl")
        if level is None or not level.isdigit():
            return self._styles.heading(style)
        return int(level) + 1 if int(level) < OUTLINE_BODY else None

    def _runs(self, parent: etree._Element, style: str | None) -> Iterator[_Run]:
        """Yield what *parent* shows; a break within it is a line's end."""
        for child in parent:
            if child.tag == W + "r":
                properties = child.find(W + "rPr")
                if not self._is_on(properties, style, "vanish"):
                    bold = self._is_on(properties, style, "b")
                    yield _Run("".join(self._characters(child)), bold)
            elif child.tag in _WRAPPERS:
                yield from self._runs(child, style)

    def _is_on(
        self, properties: etree._Element | None, paragraph_style: str | None, name: str
    ) -> bool:
        if (on := switched_on(properties, name)) is not None:
            return on
        run_style = value(properties, "rStyle")
        if run_style and (on := self._styles.is_on(run_style, name)) is not None:
            return on
        return bool(self._styles.is_on(paragraph_style, name))

    def _characters(self, run: etree._Element) -> Iterator[str]:
        for child in run:
            if child.tag == W + "t":
                yield child.text or ""
            elif child.tag in _MARKS:
                yield _MARKS[child.tag]
            elif child.tag == W + "sym":
                yield chr(int(child.get(W + "char", "20"), 16))
            elif child.tag == W + "br":
                yield self._break(child)
            elif child.tag == _PAGE_LEFT:
                self.page += 1
            elif child.tag in (W + "footnoteReference", W + "endnoteReference"):
                yield self._note(child)
            else:
                self._after += self._boxed(child)

    def _break(self, element: etree._Element) -> str:
        if element.get(W + "type") == "page" and not self._laid_out:
            self.page += 1
        return "\n"

    def _note(self, reference: etree._Element) -> str:
        """Return the mark of a footnote, and keep its text for the paragraph's end."""
        kind = etree.QName(reference).localname.removesuffix("Reference")
        note = self._notes.get((kind, reference.get(W + "id")))
        if note is None:
            return ""
        self._noted += 1
        kept, self._after = self._after, []  # what stands in the note is not the paragraph's
        text = " ".join(line.text.strip() for line in self.lines(note) if line.text.strip())
        self._after = kept
        self._after.append(
            Line(text=f"{self._noted} {text}", page=self.page, whole=True, footnote=True)
        )
        return f"<sup>{self._noted}</sup>"

    def _boxed(self, drawing: etree._Element) -> Iterable[Line]:
        """Return the lines of the text boxes in a drawing."""
        if drawing.tag == _MC + "AlternateContent":
            drawing = next(iter(drawing), drawing)  # the others say the same in older terms
        kept, self._after = self._after, []
        lines = [
            line
            for box in drawing.iterfind(f".//{W}txbxContent")
            for line in self.lines(box)
            if line.text.strip()
        ]
        self._after = kept
        return lines

    def _table(self, table: etree._Element) -> Iterator[Line]:
        rows = self._rows(table)
        texts = [[tuple(line.text for line in cell) for cell in row] for row in rows]
        if tables.is_layout(texts):
            # A cell over several rows is one list in each: recipients beside a signature.
            told = {id(cell): cell for row in rows for cell in row}
            yield from (line for cell in told.values() for line in cell)
            return
        for row, cells in zip(rows, map(tables.row_cells, texts), strict=True):
            lines = [line for cell in row for line in cell if line.text.strip()]
            if lines:
                yield tables.row_line(
                    cells, page=lines[0].page, bold=all(line.bold for line in lines)
                )

    def _rows(self, table: etree._Element) -> list[list[list[Line]]]:
        """Return the lines of each cell, a cell over several columns followed by empty ones.

        What a cell over several rows says, if short, is repeated in each of them.
        """
        rows: list[list[list[Line]]] = []
        above: dict[int, list[Line]] = {}
        for row in _inside(table, W + "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells: list[list[Line]] = []
            for cell in _inside(row, W + "tc"):
                properties = cell.find(W + "tcPr")
                lines = list(self.lines(cell))
                column = len(cells)
                if _continues(properties):
                    lines = above.get(column, [])
                else:
                    above[column] = lines if tables.fills_down(_text(lines)) else []
                width = value(properties, "gridSpan") or "1"
                cells += [lines, *([] for _ in range(int(width) - 1))]
            rows.append(cells)
        return rows


def _children(parent: etree._Element | None, tag: str) -> Iterable[etree._Element]:
    return () if parent is None else parent.iterfind(tag)


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the children *tag* of *parent*, those in content controls and tracked changes too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _continues(properties: etree._Element | None) -> bool:
    """Tell whether a cell is the lower part of one that begins in a row above."""
    merge = None if properties is None else properties.find(W + "vMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _text(lines: Iterable[Line]) -> str:
    return " ".join(line.text for line in lines).strip()


def _ends_page(properties: etree._Element | None) -> bool:
    section = None if properties is None else properties.find(W + "sectPr")
    return section is not None and value(section, "type") != "continuous"
