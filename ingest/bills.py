"""LINES -> BILLS: laws that a programme of law-making names, which are still to be made.

"dự án Luật Thủ đô (sửa đổi)" and the laws in the tables and lists of a programme are drafts: they
are no documents yet, so naming them cites nothing. A law with its number, year or date is one.

Source: Law 64/2025/QH15, Chapter III, on the programme of law-making (chương trình lập pháp).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_BEFORE = re.compile(
    r"(?:dự án|dự thảo|xây dựng|soạn thảo|đề nghị xây dựng|trình|thông qua)"
    r"(?: \d+)?(?: các)?(?: dự án)?:? ?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r" ?\((?:sửa đổi|mới|thay thế)\)")
_OF_SENTENCE = re.compile(
    r"(?:dự án|dự thảo)(?: các)?(?: luật|:)|chương trình lập pháp", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.](?=\s)")
_REAL = re.compile(r",? (?:số|năm|ngày) ?\d")
_BASIS = re.compile(r"\W*(?:căn cứ|theo|quy định tại)\b", re.IGNORECASE)
_PINNED = re.compile(
    r"(?:điều|khoản|theo|tại|căn cứ|hành|quy định) (?:\d+ )?(?:của )?$", re.IGNORECASE
)
_LEAD_IN = re.compile(
    r"(?:dự án|dự thảo)(?: các)? (?:luật|pháp lệnh|nghị quyết)[^.]*:\s*$|chương trình (?:lập pháp"
    r"|xây dựng luật)[^.]*:\s*$|\|[^|]*(?:tên (?:dự án|luật)|dự án|dự thảo)[^|]*\|",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"\W*(?:[a-zđ]|[\d.]+)[.)] ?(?:\| ?)?(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Dự án)"
)


def lines_of_bills(lines: Sequence[str]) -> Iterator[bool]:
    """Yield for each line whether it is an item or a row of a programme of bills."""
    opened = table = False
    for line in lines:
        row = " | " in line
        if _LEAD_IN.search(line):
            opened, table = True, row
            yield False
            continue
        opened = opened and (row if table else bool(_ITEM.match(line)) or row)
        table = table or (opened and row)
        yield opened


def is_bill(line: str, start: int, end: int, *, listed: bool = False) -> bool:
    """Tell whether the law named at *start* to *end* of a line is only a draft there.

    Args:
        line: One line of text.
        start: Where the name of the law begins.
        end: Where it ends.
        listed: Whether the line is an item of a programme of bills: a law there with its number
            or day is one that is to be changed.
    """
    before = line[:start]
    if _REAL.match(line, end) or _PINNED.search(before):
        return False
    if listed:
        return True
    if _BASIS.match(line):
        return False
    if _BEFORE.search(before) or _AFTER.match(line, end):
        return True
    sentence = _SENTENCE_END.split(before)[-1]
    return _OF_SENTENCE.search(sentence) is not None
