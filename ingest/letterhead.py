"""PARAGRAPHS -> LETTERHEAD: what stands above the body (phần đầu văn bản), and where it ends.

Lines of the two columns may come one column after the other or side by side on one line, so a
paragraph is first cut into pieces: state title, number, place and date, and what remains.

Source: Decree 30/2020/NĐ-CP, Annex I; Circular 01/2011/TT-BNV and Joint Circular
55/2005/TTLT-BNV-VPCP before it; Hướng dẫn 36-HD/VPTW for party documents.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from ingest.codes import DocumentNumber, find_date, find_number
from ingest.knowledge.tables import rows
from ingest.model import Kind
from ingest.numbering import read_mark
from ingest.tones import fold_tones

_PieceKind = Literal[
    "motto", "number", "date", "subject", "addressee", "attached", "rule", "stamp", "rest"
]
_NO_TYPE_LINE = {"Văn bản", "Công văn", "Hợp đồng"}  # said of a document, never printed as its type
_FURTHEST = 60  # paragraphs; a letterhead stands on the first page
_LONGEST_LINE = 160  # characters of a line of the letterhead; a date within a longer one is prose
_LONGEST_TITLE = 900
_LONGEST_TYPED_TITLE = 3000  # below its type a title is one, however long: it may list documents
_MOTTO = re.compile(
    r"cộng\s*hòa\s*xã\s*hội(?:\s*chủ\s*ng\w+\s*việt\s*nam)?|chủ\s+ng\w+\s+việt\s+nam"
    r"|độc\s*lập\W+tự\s*do\W+hạnh\s*phúc|đảng\s+cộng\s+sản\s+việt\s+nam"
)
_RULE = re.compile(r"[\W_]*")
_SUBJECT = re.compile(r"(?<!\w)(?:V/v|v/v|V/V|Về việc|VỀ VIỆC)\s*:?\s+")
_ADDRESSEE = re.compile(r"\W*Kính\s+gửi\b\s*:?\s*", re.IGNORECASE)
_STAMP = re.compile(
    r"\W*(?:hỏa tốc|thượng khẩn|khẩn|dự thảo|bản sao|sao y|công báo|văn bản quy phạm pháp luật"
    r"|người ký|email|cơ quan|thời gian ký|ngày ký|ký bởi|ký số|chữ ký số|signature|digitally"
    r"|độ mật|lưu hành nội bộ|trang \d|công báo/số)(?!\w).{0,120}",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"\W*d[ựỰ] th[ảẢ]o(?!\w).{0,40}", re.IGNORECASE)
_CUE = re.compile(r"\W*(?:Căn cứ|Theo đề nghị|Xét|Thực hiện (?:Luật|Nghị|Quyết|Chỉ|Kế|Công|Thông|Văn|Kết|Chương|Hướng))(?!\w)")
_PREAMBLE = re.compile(
    r"\W*(?:Căn cứ|Theo (?:đề nghị|Tờ trình|Công văn)|Xét|Thực hiện|Thi hành|Triển khai thực hiện"
    r"|Tiếp tục thực hiện|Để (?:triển khai|thực hiện|tổ chức)|Nhằm|Trên cơ sở|Sau khi|Kính gửi)(?!\w)"
)
_PROMULGATED = re.compile(
    r"\W*(?:Ban hành|Kèm|Kèm theo|Được ban hành|Phê duyệt|Đính kèm|Trích)(?!\w).*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph that is one component of the letterhead, or a line of one."""

    paragraph: int
    kind: _PieceKind
    text: str


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
    draft: bool = False
    official: bool = False  # the state or party title, a number or a dated place stands there
    zones: dict[int, Kind] = field(default_factory=dict)
    body: int = 0  # the first paragraph after it


def read_letterhead(texts: Sequence[str]) -> Letterhead:
    """Read the letterhead, the type and the title.

    Args:
        texts: The paragraphs of a document, from its beginning.
    """
    head = Letterhead()
    limit = _limit(texts)
    type_line = _type_line(texts, limit)
    stop = limit if type_line is None else type_line
    pieces = [piece for index in range(stop) for piece in _cut(index, texts[index])]
    last = _read_pieces(head, pieces)
    if type_line is not None:
        head.doc_type, rest = split_type(texts[type_line]) or ("", "")
        head.zones[type_line] = "title"
        _read_title(head, texts, type_line + 1, limit, [rest] if rest else [])
    elif head.title is None:
        _read_title(head, texts, last + 1, limit, [])
    _read_addressees(head, texts)
    return head


def split_type(text: str) -> tuple[str, str] | None:
    """Return the type that a line of capitals opens with, and the rest of the line, or None.

    "KẾ HOẠCH" -> ("Kế hoạch", ""); "Kế hoạch này …" is no such line.
    """
    found = _types().match(fold_tones(text))
    if found is None:
        return None
    rest = text[found.end() :].strip(" :_*-–")
    if not found["type"].isupper() and rest:
        return None
    if rest and found.end() < len(text) and text[found.end()] == ":":
        return None  # "QUYẾT ĐỊNH: Điều 1 …"
    return _type_names()[found["type"].casefold()], rest


def begins_body_name(line: str) -> bool:
    """Tell whether a line begins with the head of a body's name ("SỞ", "Ban Chỉ đạo")."""
    return _bodies().match(fold_tones(line.casefold())) is not None


def _limit(texts: Sequence[str]) -> int:
    """Return the first paragraph that can belong to no letterhead and no title."""
    for index, text in enumerate(texts[:_FURTHEST]):
        mark = read_mark(text)
        if mark and len(text) > len(mark.label) and not _RULE.fullmatch(text):
            if mark.name is not None or len(text) > _LONGEST_LINE // 2:
                return index
        elif len(text) > _LONGEST_LINE and _PREAMBLE.match(text):
            return index
    return min(len(texts), _FURTHEST)


def _type_line(texts: Sequence[str], limit: int) -> int | None:
    official = 0
    candidates = []
    for index in range(limit):
        if len(texts[index]) <= _LONGEST_LINE and any(
            piece.kind in {"motto", "number", "date"} for piece in _cut(index, texts[index])
        ):
            official = index
        if split_type(texts[index]):
            candidates.append(index)
        elif _PREAMBLE.match(texts[index]) and candidates:
            break
    below = [index for index in candidates if index >= official]
    return next(iter(below or candidates), None)


def _cut(index: int, text: str) -> Iterator[Piece]:
    """Yield the pieces of a paragraph, in order."""
    for line in re.split(r"\s*(?:\||\t|\n)\s*", text):
        yield from _cut_line(index, line)


def _cut_line(index: int, line: str) -> Iterator[Piece]:
    if _RULE.fullmatch(line):
        yield Piece(index, "rule", line)
        return
    if _STAMP.fullmatch(fold_tones(line)):
        yield Piece(index, "stamp", line)
        return
    if _ADDRESSEE.match(line):
        yield Piece(index, "addressee", line)
        return
    if line.startswith("(") and _PROMULGATED.fullmatch(line[1:]):
        yield Piece(index, "attached", line)
        return
    found = next(_components(line), None) if len(line) <= 2 * _LONGEST_LINE else None
    if found is None:
        yield Piece(index, "rest", line)
        return
    kind, start, end = found
    if line[:start].strip(" *"):
        yield from _cut_line(index, line[:start].strip(" *"))
    yield Piece(index, kind, line[start:end].strip())
    if line[end:].strip(" *"):
        yield from _cut_line(index, line[end:].strip(" *"))


def _components(line: str) -> Iterator[tuple[_PieceKind, int, int]]:
    """Yield the first component of *line* that can be told by its form: kind, start, end."""
    if found := _MOTTO.search(fold_tones(line.casefold())):
        yield "motto", *found.span()
    elif subject := _SUBJECT.search(line):
        yield "subject", subject.start(), len(line)
    elif number := find_number(line):
        yield "number", number.start, number.end
    elif date := find_date(line):
        yield "date", date.start, date.end


def _read_pieces(head: Letterhead, pieces: Sequence[Piece]) -> int:
    """Fill *head* from its pieces and return the last paragraph that belongs to it, or -1."""
    last = -1
    subject: list[str] = []
    known = [piece for piece in pieces if piece.kind in {"motto", "number", "date", "subject"}]
    end = known[-1].paragraph if known else -1
    for piece in pieces:
        if piece.kind in {"addressee", "attached"} or (piece.paragraph > end and not _goes_on(piece, subject)):
            break
        last = piece.paragraph
        head.zones.setdefault(piece.paragraph, "letterhead")
        _read_piece(head, piece, subject)
    if subject:
        head.title = " ".join(subject)
        head.doc_type = "Công văn"
    head.official = bool(known)
    head.issuers = _issuer_lines(head.issuers)
    head.body = last + 1
    return last


def _goes_on(piece: Piece, subject: Sequence[str]) -> bool:
    if piece.kind in {"rule", "stamp"}:
        return True
    return bool(subject) and piece.kind == "rest" and len(piece.text) < _LONGEST_LINE // 2


def _read_piece(head: Letterhead, piece: Piece, subject: list[str]) -> None:
    if piece.kind == "number" and head.number is None:
        head.number = find_number(piece.text)
    elif piece.kind == "date" and head.place is None and head.issued_on is None:
        date = find_date(piece.text)
        if date:
            head.place, head.issued_on = date.place, date.date
    elif piece.kind == "subject":
        subject.append(piece.text)
    elif piece.kind == "stamp":
        head.draft = head.draft or bool(_DRAFT.fullmatch(fold_tones(piece.text)))
    elif piece.kind == "rest":
        if subject and not piece.text.isupper():
            subject.append(piece.text)
        elif len(piece.text) <= _LONGEST_LINE:
            head.issuers.append(piece.text.strip(" *"))


def _issuer_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines from the first that names a body on, each once."""
    start = next((n for n, line in enumerate(lines) if begins_body_name(line)), None)
    if start is None:
        return []
    return list(dict.fromkeys(lines[start:]))


def _read_title(
    head: Letterhead, texts: Sequence[str], start: int, limit: int, parts: list[str]
) -> None:
    """Read the title (trích yếu) from paragraph *start* on; fill the zones and where the body is."""
    typed = head.doc_type is not None
    index = start
    while index < limit and (parts or index < start + 3):
        text = texts[index].strip()
        open_note = head.attached_to is not None and ")" not in head.attached_to
        if _RULE.fullmatch(text) or _STAMP.fullmatch(fold_tones(text)):
            pass
        elif open_note or (text.startswith("(") and _PROMULGATED.fullmatch(text[1:])):
            head.attached_to = f"{head.attached_to or ''} {text}".strip()
        elif (typed or head.official or not parts) and _continues_title(text, parts, typed=typed):
            parts.append(text)
        else:
            break
        head.zones[index] = "title"
        index += 1
    head.title = _without_number(head, " ".join(parts).strip(" *")) or None
    head.body = index if parts or head.attached_to else start


def _without_number(head: Letterhead, title: str) -> str:
    """Read number and date of "… CỦA CHÍNH PHỦ SỐ 37/2007/NĐ-CP NGÀY 09 THÁNG 3 NĂM 2007 VỀ …".

    Returns:
        The title without them.
    """
    number = find_number(title)
    if head.number or number is None or not re.fullmatch(r"(?:của\s+[^,;]*)?", title[: number.start], re.I):
        return title
    head.number = number
    date = find_date(title[number.end :], anywhere=True)
    if date is None or date.start > 3:
        return title[number.end :].strip(" ,")
    head.issued_on = head.issued_on or date.date
    return title[number.end + date.end :].strip(" ,")


def _continues_title(text: str, parts: Sequence[str], *, typed: bool) -> bool:
    mark = read_mark(text)
    if mark and len(text) > len(mark.label) or _ADDRESSEE.match(text) or _CUE.match(text):
        return False
    if not parts:
        return len(text) <= (_LONGEST_TYPED_TITLE if typed else _LONGEST_TITLE)
    above = parts[-1]
    if len(text) > _LONGEST_LINE or len(" ".join(parts)) + len(text) > _LONGEST_TITLE:
        return False
    if above.endswith((".", "./.")) or text.isupper() and not above.isupper():
        return False
    if text.isupper() and begins_body_name(text):
        return False  # "ỦY BAN NHÂN DÂN TỈNH …": who decides
    return above.endswith((";", ":", ",")) or not text.endswith((":", ";", "."))


def _read_addressees(head: Letterhead, texts: Sequence[str]) -> None:
    """Read "Kính gửi" where the body begins."""
    index = head.body
    while index < min(len(texts), head.body + 3) and not _ADDRESSEE.match(texts[index]):
        index += 1
    if index >= len(texts) or not (opening := _ADDRESSEE.match(texts[index])):
        return
    lines = [texts[index][opening.end() :]]
    head.zones[index] = "recipients"
    while (index := index + 1) < len(texts) and re.match(r"[-–+•]\s*\S", texts[index]):
        if len(texts[index]) > _LONGEST_LINE:
            break
        lines.append(texts[index])
        head.zones[index] = "recipients"
    head.body = index
    parts = [part for line in lines for part in re.split(r";\s*|\s[-–]\s(?=[A-ZĐỦ])", line)]
    head.addressees = [part.strip(" -–+•.;:/") for part in parts if part.strip(" -–+•.;:/")]


@cache
def _type_names() -> dict[str, str]:
    names = {fold_tones(row["type"]).casefold(): row["type"] for row in rows("document_types")}
    return {folded: name for folded, name in names.items() if name not in _NO_TYPE_LINE}


@cache
def _types() -> re.Pattern[str]:
    names = sorted(_type_names(), key=len, reverse=True)
    upper = "|".join(re.escape(name.upper()) for name in names)
    capital = "|".join(re.escape(name.capitalize()) for name in names)
    return re.compile(rf"\W*(?P<type>(?:{upper}|{capital}))(?!\w)")


@cache
def _bodies() -> re.Pattern[str]:
    heads = set()
    for row in rows("agencies"):
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
            heads.add(fold_tones(name.partition(" {")[0].casefold()))
    heads |= {fold_tones(row["issuer"].casefold()) for row in rows("positions") if row["issuer"]}
    words = "|".join(re.escape(head) for head in sorted(heads, key=len, reverse=True))
    return re.compile(rf"\W*(?:{words})(?!\w)")
