"""PARAGRAPH -> MARK: the number, letter or bullet that a paragraph opens with (ký hiệu đề mục).

Source: Decree 30/2020/NĐ-CP, Annex I, on parts to points; Decree 78/2025/NĐ-CP for articles; in use
besides: "1/", "I -", nested bullets of any glyph, decimal numbers of reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.places import UPPER

BULLET = 20.0
DECIMAL = 9.0
_OPENS = rf"(?=\s*[{UPPER}“\"'‘(\[]|\s+\S)"  # a letter must follow, after a space or a capital


@dataclass(frozen=True, slots=True)
class Mark:
    """The label of a paragraph, and how deep such labels stand."""

    style: str  # siblings share it: "roman.", "arabic)", "bullet-"
    rank: float  # lower encloses higher
    name: str | None  # "II", "2", "a"; None for a bullet
    first: bool  # whether it opens a series: "I", "1", "a"
    label: str  # as printed: "II.", "Điều 5.", "-"
    end: int  # of the label and the space after it, in the paragraph


_ORDINALS = "nhất hai ba tư năm sáu bảy tám chín mười".split()
# (style, rank, pattern); the first that fits counts. `n` is the name.
_NAMED: tuple[tuple[str, float, re.Pattern[str]], ...] = tuple(
    (style, rank, re.compile(pattern))
    for style, rank, pattern in (
        ("annex", 0, r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ|số))?(?:\s+(?P<n>[IVXLC]+|\d{1,2}[A-Za-z]?|[A-Z]))?(?:\s*[.:]|$)"),
        ("part", 1, r"(?:PHẦN|Phần)\s+(?:thứ\s+|THỨ\s+)?(?P<n>[IVX]+|\d{1,2}|[A-D]|\w+)(?:\s*[.:–-]\s*|\s*$|\s+(?=[^a-zà-ỹ]{2}))"),
        ("chapter", 2, r"(?:CHƯƠNG|Chương)\s+(?P<n>[IVXLC]+|\d{1,2})(?:\s*[.:–-]\s*|\s*$|\s+(?=[^a-zà-ỹ]{2}))"),
        ("section", 3, r"(?:MỤC|Mục)\s+(?P<n>[IVXLC]+|\d{1,2})(?:\s*[.:–-]\s*|\s*$|\s+(?=[^a-zà-ỹ]{2}))"),
        ("subsection", 4, r"(?:TIỂU MỤC|Tiểu mục)\s+(?P<n>[IVXLC]+|\d{1,2})(?:\s*[.:–-]\s*|\s*$)"),
        ("article", 5, r"(?:ĐIỀU|Điều)\s+(?P<n>\d{1,3}[a-zđ]?)(?:\s*[.:]|\s*$)"),
        ("roman.", 7, r"(?P<n>[IVX]{1,6}|XL[IVX]{0,4})(?:\s*[.)/:]|\s*[–-](?=\s))" + _OPENS),
        ("capital.", 6, r"(?P<n>[A-HĐ])(?:[.)/]|\s*[–-](?=\s))" + _OPENS),
        ("decimal", DECIMAL, r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,4})[.)]?" + rf"(?=\s*[{UPPER}“\"(])"),
        ("arabic.", 8, r"(?:Khoản\s+)?(?P<n>\d{1,3})\s?\.(?!\d)" + _OPENS),
        ("arabic/", 8, rf"(?P<n>\d{{1,2}})\s?[/–-](?=\s*[{UPPER}“\"])"),
        ("arabic)", 10, r"\(?(?P<n>\d{1,2})\)" + _OPENS),
        ("letter)", 11, r"\(?(?P<n>[a-zđ]\d?|[a-zđ]{2})\)" + _OPENS),
        ("letter.", 11, r"(?P<n>[a-hđ])[./](?!\w)" + _OPENS),
    )
)  # fmt: skip
_BULLET = re.compile(r"(?:[-–—−+*•·●○◦▪■□►▶➢➤✓✔❖⮚∙‐‑]|[oº](?=\s+[^\W\d_]))\s*(?=\S)")
_SAME = str.maketrans("–—−‐‑•●∙", "-----···")


def read_mark(paragraph: str) -> Mark | None:
    """Return the mark that *paragraph* opens with, or None.

    "1.500 tỷ đồng", "30/6/2024" and "I think" open with no mark.
    """
    for style, rank, pattern in _NAMED:
        if found := pattern.match(paragraph):
            name = found["n"] or ""
            depth = name.count(".") * 0.1 if style == "decimal" else 0.0
            return Mark(
                style=f"{style}{name.count('.')}" if style == "decimal" else style,
                rank=rank + depth,
                name=_short(style, name),
                first=name.lower() in {"", "i", "1", "a", "nhất"} or name.endswith(".1"),
                label=found[0].strip(),
                end=_skip_space(paragraph, found.end()),
            )
    if found := _BULLET.match(paragraph):
        glyph = found[0].strip()
        return Mark(
            style=f"bullet{glyph.translate(_SAME)}",
            rank=BULLET,
            name=None,
            first=False,
            label=glyph,
            end=_skip_space(paragraph, found.end()),
        )
    return None


def _short(style: str, name: str) -> str:
    """Return the name as a path shows it: "Đ5" for an article, the last number of a decimal."""
    prefix = {"annex": "PL", "part": "P", "chapter": "C", "section": "M", "subsection": "TM"}
    if style == "decimal":
        return name.rpartition(".")[2]
    if style == "part" and name.lower() in _ORDINALS:
        name = str(_ORDINALS.index(name.lower()) + 1)
    if style == "article":
        return f"Đ{name}"
    return prefix.get(style, "") + name


def _skip_space(paragraph: str, end: int) -> int:
    return len(paragraph) - len(paragraph[end:].lstrip())
