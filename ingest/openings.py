"""LINE -> WHAT ITS BEGINNING SAYS: a numbering mark, a bullet, a line that stands alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ingest.knowledge.tables import rows

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_NUMBERED = re.compile(
    r"""
      [IVXLC]{1,6}\s?[.)/-](?=\s|[^\W\d])             # II.  IV/
    | \d{1,3}(?:\.\d{1,3}){0,5}\s?[.)](?=\s|[^\W\d])  # 1.  2.1.  3)
    | \d{1,2}\s?/(?=\s|[^\W\d])(?!\S*[A-ZĐ]{2})     # 1/ Tên, but 12/KH-UBND is a code
    | \d{1,2}(?:\.\d{1,2}){1,4}\s+(?=[^\W\d])         # 2.1 Rà soát
    | \(\d{1,2}\)\s | \([a-zđ]\)\s | \([ivx]{1,4}\)\s # (1)  (a)  (ii)
    | [a-zđ]\d{0,2}[.)](?=\s|[^\W\d]) | [a-zđ]/\s?(?=[^\W\d])  # a)  a1)  đ.  a/
    | [A-ZĐ][.)/](?=\s)                               # A.
    | (?:Điều|ĐIỀU|Khoản)\s+\d{1,3}[a-zđ]?\s*(?:[.:]|[–-]\s|$)  # Điều 5.  Điều 5-
    | (?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu\ mục|TIỂU\ MỤC)
      \s+(?:thứ|THỨ|[IVXLC]+\b|\d+\b|[A-Z]\b)         # Chương II
    | (?:Phụ\ lục|PHỤ\ LỤC|Biểu|BIỂU|Mẫu\ số|MẪU\ SỐ|Bảng|BẢNG)
      \s*(?:số\s*)?(?:[IVXLC\d]{0,5}[a-z]?)\s*(?:[.:]|$)  # Phụ lục II
    """,
    re.VERBOSE,
)
_BULLET = re.compile(
    r"(?:[-–—+*•·●○◦∙▪▫■□♦◆❑►▶➢➤⮚✓✔❖]|o(?=\s+[A-ZĐÁẢẤĂÂÊẾÔỐỔƠỞƯỨỦÚÝỶÍ]))\s*(?=\S)(?![-–—*])"
)
_BLANK = re.compile(r"\b[Ss][Ốố]\s?:? _ |\b(?:ngày|tháng|năm) _ | _ (?:/|tháng\b|năm\b)")
_LONGEST_STANDING = 60  # characters


def opens_block(text: str) -> bool:
    """Tell whether *text* begins with a numbering mark or a bullet: a paragraph of its own."""
    return bool(_NUMBERED.match(text) or _BULLET.match(text))


def numbering(text: str) -> str:
    """Return the numbering mark that *text* begins with, or ""."""
    found = _NUMBERED.match(text)
    return found[0].strip() if found else ""


def bullet(text: str) -> str:
    """Return the bullet that *text* begins with and the space after it, or ""."""
    found = _BULLET.match(text)
    return found[0] if found else ""


def is_capitals(text: str) -> bool:
    """Tell whether *text* is printed in capitals (chữ in hoa), as headings and titles are."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and sum(char.isupper() for char in letters) >= 0.9 * len(letters)


def stands_alone(text: str) -> bool:
    """Tell whether *text* is a line of the letterhead or of the signature (thể thức).

    Such a line is a paragraph of its own whatever stands above and below it.
    """
    key = toneless(text[:_LONGEST_STANDING])
    starts, wholes = _standing()
    return key.startswith(starts) or (len(text) == len(key) and key.rstrip(" :.") in wholes)


def leaves_blank(before: str, after: str) -> bool:
    """Tell whether the gap between two texts is room for handwriting: "Số:      /KH-UBND"."""
    return bool(_BLANK.search(f"{before} _ {after}"))


def names_type(text: str) -> bool:
    """Tell whether *text* is the line that names the type of a document: "KẾ HOẠCH"."""
    return len(text) <= _LONGEST_STANDING and toneless(text).rstrip(" :.") in _types()


def toneless(text: str) -> str:
    """Return *text* without tone marks: "HOÀ" and "HÒA" are one; case and "ô", "ư" stay."""
    return unicodedata.normalize(
        "NFC", unicodedata.normalize("NFD", text).translate(_TONES)
    ).replace("–", "-")


@cache
def _standing() -> tuple[tuple[str, ...], frozenset[str]]:
    starts: set[str] = set()
    wholes: set[str] = set()
    for row in rows("standing_lines"):
        kept = starts if row["match"] == "start" else wholes
        kept |= {toneless(row["phrase"]), toneless(row["phrase"].upper())}
    return tuple(starts), frozenset(wholes) | _types()


@cache
def _types() -> frozenset[str]:
    return frozenset(toneless(row["type"].upper()) for row in rows("document_types"))
