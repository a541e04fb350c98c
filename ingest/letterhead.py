"""PARAGRAPHS -> LETTERHEAD: what stands above the body (phần đầu văn bản), and where it ends.

Source: Decree 30/2020/NĐ-CP, Annex I; Circular 01/2011/TT-BNV and Joint Circular
55/2005/TTLT-BNV-VPCP before it; Hướng dẫn 36-HD/VPTW for party documents.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.broken_lines import join_broken
from ingest.codes import DocumentNumber, find_date, find_number
from ingest.damaged import mend_lines
from ingest.model import Kind
from ingest.numbering import read_mark
from ingest.office_names import begins_body_name
from ingest.pieces import LONGEST_LINE, Piece, addressee_opening, cut, is_draft_stamp, is_rule
from ingest.preamble import is_basis
from ingest.title import (
    PageHeading,
    Title,
    cites,
    opens_with_type,
    read_page_heading,
    read_title,
    split_type,
    type_of_title,
)

_LETTER = "Công văn"
# The Politburo and the Secretariat issue under the name of the Central Committee.
_CENTRE = re.compile(r"\W*ban chấp hành trung ương\W*", re.IGNORECASE)
_FURTHEST = 60  # paragraphs; a letterhead stands on the first page
_RULE_BEHIND = re.compile(r"\s*[-–—_*=]{2,}\s*$")  # "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM -------"
_OLD_NUMBER = re.compile(r"(?:CỦA\s.*)?SỐ\s*:?\s*\d")  # of a document that opens with its type
# "QUỐC HỘI / NƯỚC CỘNG HÒA XÃ HỘI …": what is left of it beside the motto.
_OF_THE_STATE = re.compile(r"nước|khóa\s.*|khoá\s.*|\(?từ ngày .*", re.IGNORECASE)
_TABLE = 4  # cells of a row that is no letterhead's, which has two columns
_TOLD_BY_FORM = {"motto", "number", "date"}


@dataclass(slots=True, kw_only=True)
class Letterhead:
    """What stands above the body."""

    issuers: list[str] = field(default_factory=list)  # as printed: ["UBND TỈNH X", "SỞ Y TẾ"]
    number: DocumentNumber | None = None
    place: str | None = None
    issued_on: dt.date | None = None
    doc_type: str | None = None
    title: str | None = None
    addressees: list[str] = field(default_factory=list)  # Kính gửi
    attached_to: str | None = None  # "Ban hành kèm theo Quyết định số …"
    heading: PageHeading | None = None  # of the page that it was saved from
    draft: bool = False
    damaged: bool = False  # a bad scan's text: set phrases had lost their marks
    official: bool = False  # the state or party title, a number or a dated place stands there
    zones: dict[int, Kind] = field(default_factory=dict)
    body: int = 0  # the first paragraph after it


def read_letterhead(
    texts: Sequence[str], *, bold: Sequence[bool] = (), page_title: str = ""
) -> Letterhead:
    """Read the letterhead, the type and the title.

    Args:
        texts: The paragraphs of a document, from its beginning.
        bold: Whether each is set in bold; () where the format does not say.
        page_title: Of the web page that it was saved from.
    """
    head = Letterhead(heading=read_page_heading(page_title))
    bold = bold or [False] * len(texts)
    limit = _limit(texts)
    texts, head.damaged = mend_lines(texts, limit)
    heading = read_page_heading(texts[0]) if texts else None
    type_line = _type_line(texts, limit)
    first, stop = (1 if heading else 0), (limit if type_line is None else type_line)
    lines = join_broken(texts, range(first, max(first, stop)))
    last = _read_pieces(head, [piece for n, line in lines for piece in cut(n, line)])
    for index in range(first, last + 1):
        head.zones.setdefault(index, "letterhead")
    if type_line is not None:
        head.doc_type, opening = split_type(texts[type_line]) or ("", "")
        opening = _without_number(head, opening)
        head.zones[type_line] = "title"
        below = range(type_line + 1, max(type_line + 1, limit))
        title = read_title(texts, below, bold=bold, opening=opening, typed=True)
        _take_title(head, title, opening=bool(opening))
    elif head.title is None:
        start = max(last + 1, first)
        furthest = limit if head.official else min(limit, start + 1)
        below = range(start, max(start, furthest))
        title = read_title(texts, below, bold=bold, typed=False)
        _take_title(head, title)
        if not head.official and (typed := type_of_title(title.text or "")):
            head.doc_type, head.title = typed
    if heading:
        head.zones[0] = "title"
        head.heading = heading
    _read_addressees(head, texts)
    return head


def _without_number(head: Letterhead, opening: str) -> str:
    """Take the number off the line of the type: "QUYẾT ĐỊNH 1677/QĐ-TTg"."""
    number = find_number(opening)
    if number is None or number.start or opening[number.end :].strip():
        return opening
    head.number = head.number or number
    return ""


def _limit(texts: Sequence[str]) -> int:
    """Return the first paragraph that can belong to no letterhead and no title."""
    for index, text in enumerate(texts[:_FURTHEST]):
        if sum(1 for cell in text.split("|") if cell.strip()) >= _TABLE:
            return index
        mark = None if find_number(text) else read_mark(text)
        if mark and len(text) > len(mark.label) and not is_rule(text):
            if mark.name is not None or len(text) > LONGEST_LINE // 2:
                return index
        elif cites(text) or (len(text) > LONGEST_LINE and is_basis(text)):
            return index
    return min(len(texts), _FURTHEST)


def _type_line(texts: Sequence[str], limit: int) -> int | None:
    """Return the paragraph that prints the type: the first below the letterhead's other parts."""
    official = 0
    candidates: list[int] = []
    for index in range(limit):
        short = len(texts[index]) <= LONGEST_LINE
        if candidates and _OLD_NUMBER.match(texts[index]):
            break
        if short and any(piece.kind in _TOLD_BY_FORM for piece in cut(index, texts[index])):
            official = index
        if split_type(texts[index]):
            candidates.append(index)
        elif candidates and is_basis(texts[index]):
            break
    below = [index for index in candidates if index >= official]
    return next(iter(below or candidates), None)


def _read_pieces(head: Letterhead, pieces: Sequence[Piece]) -> int:
    """Fill *head* from its pieces and return the last paragraph that belongs to it, or -1."""
    last = -1
    subject: list[str] = []
    known = [piece for piece in pieces if piece.kind in {*_TOLD_BY_FORM, "subject"}]
    end = known[-1].paragraph if known else -1
    for piece in pieces:
        if piece.kind in {"addressee", "attached"}:
            break
        if piece.paragraph > end and not _goes_on(piece, subject):
            break
        last = piece.paragraph
        head.zones.setdefault(piece.paragraph, "letterhead")
        _read_piece(head, piece, subject)
    if subject:
        head.title = " ".join(subject)
        head.doc_type = _LETTER
    head.official = bool(known)
    head.issuers = _issuer_lines(head.issuers)
    head.body = last + 1
    return last


def _goes_on(piece: Piece, subject: Sequence[str]) -> bool:
    if piece.kind in {"rule", "stamp"}:
        return True
    return bool(subject) and piece.kind == "rest" and len(piece.text) < LONGEST_LINE // 2


def _read_piece(head: Letterhead, piece: Piece, subject: list[str]) -> None:
    if piece.kind == "number":
        head.number = head.number or find_number(piece.text)
    elif piece.kind == "date" and head.place is None:
        date = find_date(piece.text)
        head.place, head.issued_on = (date.place, date.date) if date else (None, None)
    elif piece.kind == "stamp":
        head.draft = head.draft or is_draft_stamp(piece.text)
    elif piece.kind == "subject" or (piece.kind == "rest" and subject and not piece.text.isupper()):
        subject.append(piece.text)
    elif head.issuers and (_OF_THE_STATE.fullmatch(piece.text) or opens_with_type(piece.text)):
        pass
    elif piece.kind == "rest" and len(piece.text) <= LONGEST_LINE:
        head.issuers.append(_RULE_BEHIND.sub("", piece.text).strip(" *"))


def _issuer_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines from the first that names a body on."""
    start = next((n for n, line in enumerate(lines) if begins_body_name(line)), len(lines))
    return list(lines[start:])


def _take_title(head: Letterhead, title: Title, *, opening: bool = False) -> None:
    head.title = title.text
    head.attached_to = title.attached_to
    if title.of_body and (not head.issuers or _CENTRE.fullmatch(head.issuers[-1])):
        head.issuers = [title.of_body]
    if head.number is None and title.number:
        head.number, head.issued_on = title.number, head.issued_on or title.issued_on
    for index in title.paragraphs:
        head.zones[index] = "title"
    if title.paragraphs or opening:
        head.body = title.paragraphs.stop
    else:
        head.body = max(head.body, title.paragraphs.start)


def _read_addressees(head: Letterhead, texts: Sequence[str]) -> None:
    """Read "Kính gửi" where the body begins."""
    near = range(head.body, min(len(texts), head.body + 3))
    index = next((n for n in near if addressee_opening(texts[n]) is not None), None)
    if index is None:
        return
    lines = [texts[index][addressee_opening(texts[index]) :]]
    head.zones[index] = "recipients"
    while (index := index + 1) < len(texts) and re.match(r"[-–+•]\s*\S", texts[index]):
        if len(texts[index]) > LONGEST_LINE:
            break
        lines.append(texts[index])
        head.zones[index] = "recipients"
    head.body = index
    parts = [part for line in lines for part in re.split(r";\s*", line)]
    head.addressees = [part.strip(" -–+•.;:/") for part in parts if part.strip(" -–+•.;:/")]
