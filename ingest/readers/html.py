"""HTML -> SHEET: the lines of a saved web page, chrome left out, tables by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.errors import EmptyFileError, OversizeError
from ingest.model import Sheet
from ingest.properties import STATUS, is_status, property_of
from ingest.readers import tables
from ingest.readers.content import find_content
from ingest.readers.dom import Block, read_blocks
from ingest.readers.text import decode

MAX_PAGE = 60_000_000  # characters of a page with its tags and the pictures within it
PAGE_TITLE = "Tiêu đề trang"  # the property that keeps the heading of the page
_LEAST_FACTS = 3
_LONGEST_VALUE = 300  # characters of a property
_TEXT = 60  # characters: shorter lines of a page are its labels
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_PICTURE = re.compile(r"data:[a-z/+.-]{3,40};base64,[A-Za-z0-9+/=\s]{200,}")


def read_html(data: bytes, *, name: str) -> Sheet:
    """Read a saved web page, or a document that Word saved as one.

    Args:
        data: The file.
        name: Its name, for messages.

    Returns:
        A sheet of the lines of the document on the page; property tables are rows with cells.

    Raises:
        EmptyFileError: The page shows no text.
        OversizeError: It is longer than we take.
        UnknownFormatError: It is no text.
    """
    blocks = _with_status(_with_pairs(read_blocks(_parse(data, name))))
    if not blocks:
        raise EmptyFileError(name, "trang không có chữ nào.", advice=_ADVICE)
    content, title, repairs = find_content(blocks)
    kept = set(map(id, content))
    if _shows_properties_only(blocks, content, title):
        kept = set()
    return Sheet(
        format="html",
        lines=tuple(b.line for b in blocks if id(b) in kept or _is_fact(b)),
        properties={PAGE_TITLE: title} if title else {},
        repairs=tuple(repairs),
    )


def read_mhtml(data: bytes, *, name: str) -> Sheet:
    """Read a page that was saved with all its parts in one file (.mht, .mhtml).

    Raises:
        UnreadableFileError: As `read_html`; EmptyFileError if there is no page in it.
    """
    message = message_from_bytes(data, policy=default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return read_html(content if isinstance(content, bytes) else b"", name=name)
    raise EmptyFileError(name, "không có trang web nào trong tệp.", advice=_ADVICE)


_ADVICE = "Hãy mở lại trang gốc và lưu lại toàn bộ trang."


def _parse(data: bytes, name: str) -> HtmlElement:
    text = _PICTURE.sub("", _decode(data, name))
    if len(text) > MAX_PAGE:
        raise OversizeError(
            name, f"trang dài {len(text):,} ký tự, vượt mức.", advice="Hãy tách thành nhiều tệp."
        )
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except etree.ParserError as error:
        raise EmptyFileError(name, "trang không có chữ nào.", advice=_ADVICE) from error


def _decode(data: bytes, name: str) -> str:
    text, encoding = decode(data, name=name)
    declared = _CHARSET.search(data[:4096])
    if encoding.startswith("utf") or not declared:
        return text
    try:
        return data.decode(declared[1].decode("ascii"), errors="replace")
    except LookupError:
        return text


def _with_pairs(blocks: list[Block]) -> list[Block]:
    """Return the blocks, labels of properties joined with the values that stand below them.

    Three such pairs in a row are a table; fewer may be headings.
    """
    done: list[Block] = []
    index = 0
    while index < len(blocks):
        run = index
        while run + 1 < len(blocks) and _is_pair(blocks[run], blocks[run + 1]):
            run += 2
        if run - index < 2 * _LEAST_FACTS:
            done += blocks[index : max(run, index + 1)]
        else:
            done += map(_paired, blocks[index:run:2], blocks[index + 1 : run : 2])
        index = max(run, index + 1)
    return done


def _with_status(blocks: list[Block]) -> list[Block]:
    """Return the blocks, the effect status that stands alone beside heading or facts labelled."""
    done = list(blocks)
    for index, block in enumerate(blocks):
        above, below = blocks[max(index - 1, 0)], blocks[min(index + 1, len(blocks) - 1)]
        if is_status(block.line.text) and (above.line.heading == 1 or _is_fact(below)):
            cells = (STATUS, block.line.text)
            done[index] = replace(
                block, line=replace(block.line, text=tables.row_text(cells), cells=cells)
            )
    return done


def _is_pair(label: Block, value: Block) -> bool:
    return (
        not label.line.cells
        and property_of(label.line.text) is not None
        and property_of(value.line.text) is None
        and len(value.line.text) <= _LONGEST_VALUE
    )


def _paired(label: Block, value: Block) -> Block:
    cells = (label.line.text, value.line.text)
    return replace(label, line=replace(label.line, text=tables.row_text(cells), cells=cells))


def _is_fact(block: Block) -> bool:
    return bool(block.line.cells) and property_of(block.line.cells[0]) is not None


def _shows_properties_only(
    blocks: Sequence[Block], content: Sequence[Block], title: str | None
) -> bool:
    """Tell whether a page has a property table and no text but what the table says too."""
    facts = [block for block in blocks if _is_fact(block)]
    said = " ".join([title or "", *(block.line.text for block in facts)])
    others = [block.line.text for block in content if not _is_fact(block)]
    return len(facts) >= _LEAST_FACTS and all(
        text in said or len(text) < _TEXT or others.count(text) > 1 for text in others
    )
