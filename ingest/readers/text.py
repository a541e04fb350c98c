"""TEXT or MARKDOWN -> SHEET: the lines of a text file, whatever its encoding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from ingest.errors import EmptyFileError, OversizeError, UnknownFormatError
from ingest.model import Caution, Format, Line, Sheet
from ingest.readers import tables

MAX_CHARACTERS = 5_000_000  # 2,500 pages: no directive is longer
_BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_MARKDOWN = re.compile(r"^#{1,6} +\S|^\*\*\S[^\n]*\S\*\*\s*$|^\|(?:\s*:?-{3,}:?\s*\|)+\s*$", re.M)
_HEADING = re.compile(r"(#{1,6})\s+\S")
_BOLD = re.compile(r"(?:#{1,6}\s+)?\*\*(?:[^*]|\*(?!\*))+\*\*\s*$")
_ROW = re.compile(r"\|(.*)\|\s*$")
_RULE = re.compile(r"[\s:|-]*")
_BREAK = re.compile(r"\s*<br\s*/?>\s*")
_SAMPLE = 200_000  # characters that show whether a text is Markdown
_WORD = re.compile(r"[^\W\d_]")


def read_text(data: bytes, *, name: str) -> Sheet:
    """Read a text file line by line; what looks like Markdown is read as Markdown.

    Args:
        data: The file, in UTF-8, UTF-16, UTF-32 or windows-1258.
        name: The file's name, for messages.

    Returns:
        A sheet with a line for each of the file's, blank ones too; `Line.offset` counts characters
        of the decoded text. A line in bars ("| Số hiệu | 12/KH-UBND |") has cells, but those of a
        table that only sets a letterhead or signature side by side are lines of their own.

    Raises:
        EmptyFileError: There is no letter in it.
        OversizeError: It is longer than `MAX_CHARACTERS`.
        UnknownFormatError: It is no text.
    """
    text, encoding = decode(data, name=name)
    if len(text) > MAX_CHARACTERS:
        raise OversizeError(
            name,
            f"văn bản dài {len(text):,} ký tự, vượt mức {MAX_CHARACTERS:,} ký tự.",
            advice="Hãy tách tệp thành nhiều phần.",
        )
    if not _WORD.search(text):
        raise EmptyFileError(name, "tệp không có chữ nào.", advice="Hãy kiểm tra lại tệp gốc.")
    marks = _MARKDOWN.findall(text[:_SAMPLE])
    headed = _HEADING.match(text.lstrip()) is not None
    kind: Format = "markdown" if len(marks) > 1 or headed else "text"
    warnings = () if encoding.startswith("utf") else (_guessed(encoding),)
    lines = tuple(_without_layout(_lines(text, kind)))
    return Sheet(format=kind, lines=lines, pages=lines[-1].page, warnings=warnings)


def decode(data: bytes, *, name: str) -> tuple[str, str]:
    """Return the text of *data* and the encoding that it was in.

    Raises:
        UnknownFormatError: No encoding makes a text of it.
    """
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    if wide := _wide(data):
        return data.decode(wide, errors="replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > len(data) - 4:
            return data[: error.start].decode("utf-8"), "utf-8"  # cut within its last letter
    if b"\0" in data[:4096]:
        raise UnknownFormatError(name, "tệp không phải là văn bản.", advice=_ADVICE)
    return data.decode("cp1258", errors="replace"), "windows-1258"


_ADVICE = "Hãy lưu lại dưới dạng .docx, .pdf, .html hoặc văn bản UTF-8."


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes, which stand on one side."""
    head = data[:2000]
    if head.count(0) <= len(head) // 5:
        return None
    odd, even = head[1::2].count(0), head[::2].count(0)
    if not even and odd:
        return "utf-16-le"
    return "utf-16-be" if even and not odd else None


def _guessed(encoding: str) -> Caution:
    return Caution(
        code="guessed-encoding",
        message=f"Bảng mã của tệp được đoán là {encoding}; hãy đối chiếu với bản gốc.",
    )


def _lines(text: str, kind: Format) -> Iterator[Line]:
    page, offset = 1, 0
    for raw in text.split("\n"):
        page += raw.count("\f")
        row = _ROW.match(raw.strip())
        heading = _HEADING.match(raw) if kind == "markdown" else None
        yield Line(
            text=raw.removesuffix("\r"),
            page=page,
            offset=offset,
            cells=_cells(row[1]) if row else (),
            heading=len(heading[1]) if heading else None,
            bold=kind == "markdown" and bool(_BOLD.match(raw)),
            whole=heading is not None or (raw.endswith("  ") and kind == "markdown"),
        )
        offset += len(raw) + 1


def _cells(row: str) -> tuple[str, ...]:
    """Return the cells of a row in bars; the rule below a table's head has none."""
    return () if _RULE.fullmatch(row) else tuple(cell.strip() for cell in row.split("|"))


def _without_layout(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines, those of a table that only sets text side by side cell by cell."""
    for is_table, group in groupby(lines, key=lambda line: line.text.lstrip().startswith("|")):
        rows = list(group)
        cells = [[_plain_lines(cell) for cell in row.cells] for row in rows if row.cells]
        if is_table and cells and tables.is_layout(cells):
            yield from (line for row in rows for line in _parts(row))
        else:
            yield from rows


def _plain_lines(cell: str) -> tuple[str, ...]:
    """Return the lines of a cell without the marks of bold and slanted letters."""
    return tuple(line.strip("*_ ") for line in _BREAK.split(cell))


def _parts(row: Line) -> Iterator[Line]:
    """Yield each line of each cell of *row* as a line of its own."""
    start = 0
    for cell in row.cells:
        for part in _BREAK.split(cell):
            start = row.text.index(part, start)
            if part:
                yield replace(row, text=part, cells=(), offset=(row.offset or 0) + start)
            start += len(part)
