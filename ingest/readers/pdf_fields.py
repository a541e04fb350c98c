"""PDF -> WORDS in fields laid over its pages: numbers and dates put in when it was signed.

Vietnamese e-office systems stamp "362" and "14" into "Số:     /KH-SGDĐT" and "ngày    tháng 4" as
signature fields of their own; the words of the page do not hold them. What a signature shows of
itself ("Ký bởi: …", a time) is no part of the document: of signature fields only figures are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from ingest.model import Box
from ingest.readers.layout import Piece

_SHOWN = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT})
_SIGNATURE = raw.FPDF_FORMFIELD_SIGNATURE
_FIGURES = re.compile(r"[\d/.\-–\s]{1,12}")
_FIGURE_HEIGHT = 0.66  # of the font size; boxes are drawn close around the letters
_MOST_PAGES = 200  # with fields; a form with more is no document of the genre
_Bounds = tuple[float, float, float, float]  # left, bottom, right, top, from the page's bottom


def read_fields(data: bytes) -> dict[int, list[Piece]]:
    """Return the words in the fields of a PDF by page; {} where pdfium cannot open it."""
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if pdf.get_formtype():
                pdf.init_forms()
            found: dict[int, list[Piece]] = {}
            for number in range(len(pdf)):
                if len(found) < _MOST_PAGES and (pieces := list(_page_fields(pdf, number))):
                    found[number + 1] = pieces
            return found
    except pypdfium2.PdfiumError:
        return {}


def _page_fields(pdf: pypdfium2.PdfDocument, index: int) -> Iterator[Piece]:
    """Yield the words of one page's fields: what is left when all else is taken off the page."""
    page = pdf[index]
    fields = list(_fields(page))
    if not fields:
        return
    height = page.get_height()
    for item in list(page.get_objects(max_depth=1)):
        page.remove_obj(item)
    page.gen_content()
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)  # fields stand in files without a form too
    shown = pdf[index].get_textpage()
    for item in range(shown.count_rects()):
        left, bottom, right, top = line = shown.get_rect(item)
        text = " ".join(shown.get_text_bounded(*line).split())
        signature = all(s for field, s in fields if _holds(field, line))
        if text and not (signature and not _FIGURES.fullmatch(text)):
            box = Box(left, height - top, right, height - bottom)
            yield Piece(text, box, (top - bottom) / _FIGURE_HEIGHT, bold=False)


def _fields(page: pypdfium2.PdfPage) -> Iterator[tuple[_Bounds, bool]]:
    """Yield the bounds of each field that may show words, and whether it is a signature's."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        field = raw.FPDFPage_GetAnnot(page, index)
        bounds = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(field) in _SHOWN and raw.FPDFAnnot_GetRect(field, bounds):
            form = page.formenv
            kind = raw.FPDFAnnot_GetFormFieldType(form, field) if form else _SIGNATURE
            yield (bounds.left, bounds.bottom, bounds.right, bounds.top), kind == _SIGNATURE
        raw.FPDFPage_CloseAnnot(field)


def _holds(field: _Bounds, line: _Bounds) -> bool:
    """Tell whether the middle of *line* lies within *field*."""
    x, y = (line[0] + line[2]) / 2, (line[1] + line[3]) / 2
    return field[0] <= x <= field[2] and field[1] <= y <= field[3]
