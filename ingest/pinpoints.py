"""WORDS BESIDE A CITATION -> PINPOINT: which part of a document is meant ("khoản 2 Điều 5").

Source: Decree 78/2025/NĐ-CP on citing points, clauses and articles, from the smallest part up; the
Party and plans cite parts and sections ("Mục II Phần thứ hai").
"""

from __future__ import annotations

import re

from ingest.doctypes import document_types

_WORD = (
    r"(?:điểm|khoản|điều|mục|chương|phần|tiết|đoạn|phụ lục|tiểu mục|danh mục|mẫu số|biểu số"
    r"|gạch đầu dòng)"
)
_ORDINAL = r"thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|\d+)"
_NUMBER = (
    rf"(?:[IVX]{{1,6}}(?:\.\d+)*|\d{{1,3}}(?:\.\d+)*[a-zđ]?|[a-zđ]{{1,2}}(?:\d)?|{_ORDINAL})(?!\w)"
)
_JOIN = r"(?:, |; | và |, và | hoặc | đến | - )"
_PART = rf"{_WORD} {_NUMBER}(?:{_JOIN}(?:các {_WORD} )?{_NUMBER})*"
_PINS = rf"(?:các )?{_PART}(?:(?:,? | và |, và |; |, các | và các | của |, của |- ){_PART})*"
# "Phụ lục" alone names the only annex of a document.
_BEFORE = re.compile(
    rf"(?<!\w)(?P<where>{_PINS}|(?:các )?phụ lục)"
    r"(?:,? (?:của |tại |trong |- )?|[-–]|,? (?:được )?(?:ban hành )?(?:đính )?kèm theo )$",
    re.IGNORECASE,
)
_TYPES = "|".join(sorted({found.name for found in document_types()}, key=len, reverse=True))
_AFTER = re.compile(
    rf"(?: \((?:tại |xem )?(?P<bracket>{_PINS})\)"
    rf"|,? tại (?P<where>{_PINS})(?!,? (?:của )?(?i:{_TYPES})\b))",
    re.IGNORECASE,
)
_REACH = 400


def read_pinpoint(text: str, start: int, end: int) -> str | None:
    """Return the part of the document cited at *start* to *end*, as printed before or after it."""
    line = text.rfind("\n", 0, start) + 1
    if before := _BEFORE.search(text[max(line, start - _REACH) : start]):
        return before["where"]
    after = _AFTER.match(text, end)
    return (after["bracket"] or after["where"]) if after else None
