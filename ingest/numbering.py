"""PARAGRAPH -> MARK: the number, letter or bullet that a paragraph opens with (ký hiệu đề mục).

Source: Decree 30/2020/NĐ-CP, Annex I, on parts to points; Decree 78/2025/NĐ-CP for articles; in use
besides: "1/", "I -", nested bullets of any glyph, decimal numbers of reports, the articles and
chapters of official translations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.model import Span
from ingest.places import UPPER

BULLET = 20.0
NUMBER = 8.0  # "1."
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

    def follows(self, other: Mark | None) -> bool:
        """Tell whether the number is the next one after *other*'s; letters are not compared."""
        last = other.name if other else None
        if not self.name or not last or not (self.name.isdigit() and last.isdigit()):
            return False
        return int(self.name) == int(last) + 1


_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_TITLE = r"(?:\s*[.:–-]\s*|\s*$|\s+(?=[^a-zà-ỹ]{2}))"  # after "Chương I": a sign, the end, capitals
# Parts of programmes that are counted by their name: "Dự án 1:", "Nhiệm vụ 2."
_NAMED_UNITS = (
    r"(?:(?:Nhóm )?[Nn]hiệm vụ|(?:Tiểu )?[Dd]ự án(?: thành phần)?|Nội dung(?: thành phần)?"
    r"|Hoạt động|(?:Nhóm )?[Gg]iải pháp|Mục tiêu|Tiêu chí|Bước|Giai đoạn|Đợt|Vòng)"
    r"\s+(?:số\s+)?(?P<n>\d{1,2}|[IVX]{1,4})\s*[.:](?=\s)"
)
_ANY = r"(?P<n>[IVXLC]+|\d{1,2})"
# (style, rank, pattern); the first that fits counts. `n` is the name.
_NAMED: tuple[tuple[str, float, re.Pattern[str]], ...] = tuple(
    (style, rank, re.compile(pattern))
    for style, rank, pattern in (
        (
            "annex",
            0,
            (
                r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ|số))?"
                r"(?:\s+(?P<n>[IVXLC]+|\d{1,2}[A-Za-z]?|[A-Z]))?(?:\s*[.:]|$)"
            ),
        ),
        (
            "part",
            1,
            rf"(?:PHẦN|Phần)\s+(?:thứ\s+|THỨ\s+)?(?P<n>[IVX]+|\d{{1,2}}|[A-D]|\w+){_TITLE}",
        ),
        ("chapter", 2, rf"(?:CHƯƠNG|Chương|CHAPTER|Chapter)\s+{_ANY}{_TITLE}"),
        ("section", 3, rf"(?:MỤC|Mục|SECTION|Section)\s+{_ANY}{_TITLE}"),
        ("subsection", 4, rf"(?:TIỂU MỤC|Tiểu mục)\s+{_ANY}(?:\s*[.:–-]\s*|\s*$)"),
        (
            "article",
            5,
            r"(?:ĐIỀU|Điều|ARTICLE|Article)\s+(?P<n>\d{1,3}[a-zđ]?)(?:\s*[.:–-](?=\s|\D|$)|\s*$)",
        ),
        ("list", 6.8, r"(?:DANH MỤC|Danh mục)\s+(?P<n>[IVX]+|\d{1,2})(?:\s*[.:]|\s*$)"),
        (
            "roman.",
            7,
            rf"(?P<n>[IVX]{{1,6}}|XL[IVX]{{0,4}})(?:\s*[.)/:]|\s*[–-](?=\s|[{UPPER}]{{2}})){_OPENS}",
        ),
        ("capital.", 6, rf"(?P<n>[A-HĐ])(?:[.)/]|\s*[–-](?=\s)){_OPENS}"),
        ("named", 8.5, _NAMED_UNITS),
        ("decimal", DECIMAL, rf"(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})[.)/]?(?=\s*[{UPPER}“\"(])"),
        ("arabic.", NUMBER, rf"(?:Khoản\s+)?(?P<n>\d{{1,3}})\s?\.(?!\d){_OPENS}"),
        ("arabic/", NUMBER, rf"(?P<n>\d{{1,2}})\s?[/–-](?=\s*[{UPPER}“\"])"),
        ("arabic)", 10, rf"\(?(?P<n>\d{{1,2}})\){_OPENS}"),
        (
            "roman)",
            12,
            rf"(?:\((?P<n>i{{1,3}}|iv|vi{{0,3}}|ix|x)|(?P<m>ii|iii|iv|vi{{1,3}}|ix))\){_OPENS}",
        ),
        ("letter)", 11, rf"\(?(?P<n>[a-zđ]\d?|[a-zđ]{{2}})\){_OPENS}"),
        ("letter.", 11, rf"(?P<n>[a-hđ])(?:[./](?!\w)|\s?[–-](?=\s*[{UPPER}])){_OPENS}"),
    )
)
_BULLET = re.compile(r"(?:[-–—−+*•·●○◦▪▫■□♦◆❑►▶➢➤✓✔❖⮚∙\u2010\u2011]|[oº](?=\s+[^\W\d_]))\s*(?=\S)")
_ROWS = 25.0  # under whatever stands above the table
_ROW_NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:\.\d{1,2})*)[.)]?|(?P<letters>[IVX]{1,5}|[A-HĐ])[.)]?"
)
_SAME = str.maketrans("–—−\u2010\u2011•●∙", "-----···")


def read_mark(paragraph: str) -> Mark | None:
    """Return the mark that *paragraph* opens with, or None.

    "1.500 tỷ đồng", "30/6/2024" and "I think" open with no mark.
    """
    for style, rank, pattern in _NAMED:
        if found := pattern.match(paragraph):
            name = found["n"] or found.groupdict().get("m") or ""
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


def read_row_mark(row: str, *, first_cell: Span) -> Mark | None:
    """Return the mark of a table's row: its first cell, when that is a number or a letter."""
    number = _ROW_NUMBER.fullmatch(first_cell.of(row).strip())
    if number is None:
        return None
    rest = row[first_cell.end :]
    name = number[0].strip(" .)")
    return Mark(
        style=f"row {number.lastgroup}",
        rank=_ROWS + (0.1 if number["digits"] else 0.0),
        name=name,
        first=name in {"1", "I", "A"},
        label=number[0],
        end=first_cell.end + len(rest) - len(rest.lstrip(" |")),
    )


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
