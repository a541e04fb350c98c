"""PDF -> SHEET: the lines of a PDF that has its text, with fonts and boxes."""

from __future__ import annotations

import io
import math
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any, Self

import pdfplumber
from pdfminer.layout import LTChar, LTItem
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from ingest.errors import EncryptedFileError, OversizeError, UnreadableFileError
from ingest.model import Caution, Line, Sheet
from ingest.readers.layout import Piece, read_lines
from ingest.readers.pdf_fields import read_fields
from ingest.readers.pdf_tables import find_ruled_tables, read_table
from ingest.readers.pdf_words import Char, holds, read_pieces

MAX_PAGES = 2_000
_LEAST_LETTERS = 20  # of a document; a scan's stamp may have a few
_MOST_UNMAPPED = 0.2  # of the characters
_SMALL_PRINT = 0.9  # of the usual font size: footnotes are smaller
_NOTE = re.compile(r"(?:<sup>)?\d{1,3}(?:</sup>)?\s*\S")
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_DAMAGED = (  # pdfminer checks little: a damaged file ends in any of these
    PdfminerException, PDFException, PSException, ValueError, KeyError, TypeError, IndexError,
    AttributeError, AssertionError, OverflowError, RecursionError, struct.error, zlib.error,
)  # fmt: skip


class _Page(Page):
    """A page that keeps of each character what is read here; all of it takes twice the time."""

    @classmethod
    def like(cls, page: Page) -> Self:
        """Return *page* as one of this class."""
        return cls(page.pdf, page.page_obj, page_number=page.page_number)

    def process_object(self, obj: LTItem) -> dict[str, Any]:
        """Return the facts of a thing on the page, by the names that pdfplumber gives them."""
        if not isinstance(obj, LTChar):
            return super().process_object(obj)
        left, upper = self.mediabox[:2]
        top = self.height - obj.y1 + upper
        return {
            "object_type": "char",
            "text": obj.get_text(),
            "x0": obj.x0 + left,
            "x1": obj.x1 + left,
            "top": top,
            "doctop": top,
            "bottom": self.height - obj.y0 + upper,
            "upright": obj.upright,
            "size": obj.size,
            "fontname": str(obj.fontname),
        }


def read_pdf(data: bytes, *, name: str) -> Sheet:
    """Read a PDF whose pages have text; scans are refused until characters are recognised.

    Returns:
        A sheet with a line for each printed line or table row, columns side by side told apart.
        Running heads and page numbers are still in it.

    Raises:
        EncryptedFileError: It needs a password.
        OversizeError: It has more than `MAX_PAGES` pages.
        UnreadableFileError: It is damaged, or a scan, or its fonts do not say their letters.
    """
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise OversizeError(
                    name, f"tệp có {len(pdf.pages)} trang, vượt mức {MAX_PAGES} trang."
                )
            fields = read_fields(data)
            pages = [
                list(_read_page(_Page.like(page), fields.get(page.page_number, [])))
                for page in pdf.pages
            ]
    except _DAMAGED as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args)):
            raise EncryptedFileError(
                name, "tệp được khóa bằng mật khẩu.", advice="Hãy mở khóa rồi lưu lại."
            ) from error
        raise UnreadableFileError(
            name, "tệp PDF bị cắt cụt hoặc hỏng.", advice="Hãy tải lại tệp gốc."
        ) from error
    lines = tuple(line for page in _with_footnotes(pages) for line in page)
    _check(lines, name)
    return Sheet(format="pdf", lines=lines, pages=len(pages), warnings=_warnings(pages))


def _with_footnotes(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """Yield each page's lines, those in small print at its foot marked as footnotes."""
    sizes = [line.size for page in pages for line in page if line.size and not line.cells]
    small = _SMALL_PRINT * median(sizes) if sizes else 0.0
    for page in pages:
        lines = list(page)
        start = len(lines)
        while start and (_size(lines[start - 1]) <= small or lines[start - 1].text.isdigit()):
            start -= 1
        while start < len(lines) and not _NOTE.match(lines[start].text):
            start += 1
        notes = [replace(line, footnote=_size(line) <= small) for line in lines[start:]]
        yield [*lines[:start], *notes]


def _size(line: Line) -> float:
    """Return the font size of a line that may be a footnote's; a table's row is none."""
    return line.size if line.size and not line.cells else math.inf


def _check(lines: Sequence[Line], name: str) -> None:
    text = "".join(line.text for line in lines)
    unmapped = sum(len(found[0]) for found in _UNMAPPED.finditer(text))
    if unmapped > _MOST_UNMAPPED * len(text):
        raise UnreadableFileError(
            name,
            "phông chữ trong tệp PDF không cho biết đó là chữ gì.",
            advice="Hãy dùng tệp Word gốc.",
        )
    if sum(map(str.isalpha, text)) < _LEAST_LETTERS:
        raise UnreadableFileError(
            name,
            "đây là bản quét (ảnh chụp), chưa đọc được.",
            advice="Bản này chưa nhận dạng chữ; hãy dùng tệp Word hoặc PDF gốc.",
        )


def _warnings(pages: Sequence[Sequence[Line]]) -> tuple[Caution, ...]:
    blank = [str(number) for number, lines in enumerate(pages, start=1) if not lines]
    if not blank:
        return ()
    return (
        Caution(
            code="pages-without-text",
            message=f"Trang {', '.join(blank)} không có chữ (trang trắng hoặc ảnh quét).",
        ),
    )


def _read_page(page: Page, fields: Sequence[Piece]) -> Iterator[Line]:
    """Yield the lines of a page with its fields; a table stands where its top edge does."""
    number, chars = page.page_number, _chars(page)
    tables = find_ruled_tables(page)
    loose = read_pieces(c for c in chars if not any(holds(t.bbox, c) for t in tables))
    loose += fields
    for table in tables:
        above = [piece for piece in loose if piece.box.bottom <= table.bbox[1]]
        yield from read_lines(above, page=number)
        loose = [piece for piece in loose if piece.box.bottom > table.bbox[1]]
        yield from read_table(table, [c for c in chars if holds(table.bbox, c)], page=number)
    yield from read_lines(loose, page=number)
    page.close()


def _chars(page: Page) -> list[Char]:
    """Return the characters of a page: printed twice for boldness once, slanting stamps not."""
    chars: dict[tuple[str, int, int], Char] = {}
    for char in page.chars:
        if chars and unicodedata.combining(char["text"][:1] or " "):
            last = chars[next(reversed(chars))]  # a mark drawn over the letter before it
            last["text"] = unicodedata.normalize("NFC", last["text"] + char["text"])
        elif char["upright"]:
            chars[char["text"], round(char["x0"]), round(char["top"])] = char
    return list(chars.values())
