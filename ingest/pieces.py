"""PARAGRAPH -> PIECES: cuts a paragraph of the letterhead into what it is made of.

Lines of the two columns may stand one column after the other or side by side on one line; the
state title, the number, the place and date are told by their form wherever they stand.

Source: Decree 30/2020/NĐ-CP, Annex I; Hướng dẫn 36-HD/VPTW for party documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.codes import find_date, find_number
from ingest.tones import fold_tones

PieceKind = Literal[
    "motto",  # quốc hiệu, tiêu ngữ; tiêu đề of the party
    "number",  # số, ký hiệu
    "date",  # địa danh, thời gian
    "subject",  # V/v
    "addressee",  # Kính gửi
    "attached",  # (Ban hành kèm theo …)
    "rule",
    "stamp",  # HỎA TỐC, DỰ THẢO; what signing software prints
    "rest",
]
LONGEST_LINE = 160  # characters of a line of the letterhead; a date within a longer one is prose
_MOTTO = re.compile(
    r"cộng\s*hòa\s*xã\s*hội(?:\s*chủ\s*ng\w+\s*việt\s*nam)?|chủ\s+ng\w+\s+việt\s+nam"
    r"|độc\s*lập\W+tự\s*do\W+hạnh\s*phúc|đảng\s+cộng\s+sản\s+việt\s+nam"
)
# The Youth Union's own title stands where the state's does; with a place it is a body's name.
_UNION = re.compile(r"\W*đoàn (?:tncs|thanh niên cộng sản) hồ chí minh\W*")
_RULE = re.compile(r"[\W_]*(?:[oO0]{1,3}[\W_]+)?")  # "-----o0o-----" too
_SUBJECT = re.compile(r"(?<!\w)(?:V/v|v/v|V/V|Về việc|VỀ VIỆC)\s*:?\s+")
# "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH … điện:" opens the addressees of a telegram (công điện).
_ADDRESSEE = re.compile(
    r"\W*(?:Kính\s+gửi\b\s*:?\s*|[^\W\d_][^:]{5,80}\sđiện\s*:\s*$)", re.IGNORECASE
)
# "BÃI BỎ THÔNG TƯ SỐ 19/…" is a title that cites; a line opens with the document's own type.
_ANOTHERS = re.compile(
    r"(?:bãi bỏ|sửa đổi|bổ sung|thay thế|thực hiện|triển khai|một số điều của)\s[^;]*"
    r"(?:nghị quyết|nghị định|thông tư|quyết định|chỉ thị|kế hoạch|luật)\s*$"
)
_STAMP = re.compile(
    r"\W*(?:hỏa tốc|thượng khẩn|khẩn|dự thảo|bản sao|sao y|công báo|văn bản quy phạm pháp luật"
    r"|người ký|email|cơ quan|thời gian ký|ngày ký|ký bởi|ký số|chữ ký số|signature|digitally"
    r"|độ mật|lưu hành nội bộ|trang \d|công báo/số)(?!\w).{0,120}",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"\W*dự thảo(?!\w).{0,40}")
_ATTACHED = re.compile(
    r"\(\W*(?:(?:Được )?ban hành|Kèm|Phê duyệt|Đính kèm|Gửi kèm|Trích)(?!\w).*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph that is one component of the letterhead, or a line of one."""

    paragraph: int
    kind: PieceKind
    text: str


def cut(index: int, text: str) -> Iterator[Piece]:
    """Yield the pieces of paragraph *index*, in order; cells and tabs part them too."""
    for line in re.split(r"\s*(?:\||\t|\n)\s*", text):
        yield from _cut_line(index, line)


def is_rule(text: str) -> bool:
    """Tell whether a paragraph is a drawn line, or nothing: "-------"."""
    return _RULE.fullmatch(text) is not None


def is_stamp(text: str) -> bool:
    """Tell whether a line is a stamp or what signing software printed."""
    return _STAMP.fullmatch(fold_tones(text)) is not None


def is_draft_stamp(text: str) -> bool:
    """Tell whether a line marks a draft (dự thảo)."""
    return _DRAFT.fullmatch(fold_tones(text).lower()) is not None


def is_attachment_note(text: str) -> bool:
    """Tell whether a paragraph begins the note "(Ban hành kèm theo Quyết định số …)"."""
    return _ATTACHED.fullmatch(text) is not None


def addressee_opening(text: str) -> int | None:
    """Return where the addressees begin after "Kính gửi:", or None."""
    found = _ADDRESSEE.match(text)
    return found.end() if found else None


def _cut_line(index: int, line: str) -> Iterator[Piece]:
    whole = _whole_kind(line)
    if whole:
        yield Piece(index, whole, line)
        return
    kind, start, end = _first_component(line)
    if line[:start].strip(" *"):
        yield from _cut_line(index, line[:start].strip(" *"))
    yield Piece(index, kind, line[start:end].strip())
    if line[end:].strip(" *"):
        yield from _cut_line(index, line[end:].strip(" *"))


def _whole_kind(line: str) -> PieceKind | None:
    if is_rule(line):
        return "rule"
    if is_stamp(line):
        return "stamp"
    if _UNION.fullmatch(fold_tones(line.casefold())):
        return "motto"
    if addressee_opening(line) is not None:
        return "addressee"
    return "attached" if is_attachment_note(line) else None


def _is_cited(line: str, start: int) -> bool:
    """Tell whether the number at *start* is another's: "Mẫu số 01/X", "tại Thông báo số 127/…"."""
    before = line[:start].split()
    if _ANOTHERS.search(fold_tones(line[:start].casefold())):
        return True
    return bool(before) and (before[-1].islower() or line.startswith("số", start))


def _first_component(line: str) -> tuple[PieceKind, int, int]:
    """Return kind, start and end of the first component of *line* that its form tells."""
    if len(line) <= 2 * LONGEST_LINE:
        if motto := _MOTTO.search(fold_tones(line.casefold())):
            return "motto", *motto.span()
        if subject := _SUBJECT.search(line):
            return "subject", subject.start(), len(line)
        number = find_number(line)
        if number and not _is_cited(line, number.start):
            return "number", number.start, number.end
        if date := find_date(line):
            return "date", date.start, date.end
    return "rest", 0, len(line)
