"""LINES -> LINES: the set phrases of a letterhead put right that a bad scan's text lost.

"UY BAN NHAN DAN", "CONG HOA XA HOI CHU NGHIA VIET NAM", "S6: 12/CT-UBND", "ngay 05 thang 02 nam
2009": what must stand there is known, so that it can be told without its marks. Names and titles
stay as they are printed, and a number that cannot be read is left blank.

Source: Decree 30/2020/NĐ-CP, Annex I, items 1 to 4, on what every letterhead prints.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest

from ingest.knowledge.tables import rows
from ingest.tones import fold_tones

_LONGEST = 160  # characters of a line of the letterhead
_PHRASES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "ỦY BAN NHÂN DÂN",
    "HỘI ĐỒNG NHÂN DÂN",
)
_KINDS = {"TINH": "TỈNH", "THANH PHO": "THÀNH PHỐ", "HUYEN": "HUYỆN"}
_KIND = re.compile(r"(?:(?<=NHAN DAN )|^)(?:TINH|THANH PHO|HUYEN)(?= [A-ZĐ]{2,})")
_NUMBER = re.compile(
    r"(?:(?<=\s)|^)s[o0óö6]\s*[:;.]\s*(?=\S{0,6}\s?/\s?\S*[A-Z]{2})", re.IGNORECASE
)
_UNREADABLE = re.compile(r"(?<=Số: )(?!\d+[a-zA-Z]?\s*/)[^\s/.…_]{1,4}(?=\s*/\s*[A-ZĐ]{2})")
_DATE = re.compile(
    r"ngay(?P<day>\s[^,]{0,4}?\s?)thang(?P<month>\s[^,]{0,4}?\s?)nam(?=\s*(?:19|20)\d\d)",
    re.IGNORECASE,
)


def mend_lines(texts: Sequence[str], end: int) -> tuple[list[str], bool]:
    """Return the lines, those above *end* with their set phrases as they are meant.

    Returns:
        The lines, as many as before; and whether more than one letter was put right: one may be
        a slip of the pen.
    """
    mended = [_mend(text) if len(text) <= _LONGEST else text for text in texts[:end]]
    wrong = sum(map(_differ, texts[:end], mended))
    return [*mended, *texts[end:]], wrong > 1


def bare(text: str) -> str:
    """Return *text* without any marks, letter for letter: "Sö" -> "So"."""
    return "".join(_bare_letter(char) for char in text)


def _differ(printed: str, meant: str) -> int:
    """Return how many letters differ, at least."""
    pairs = zip_longest(fold_tones(printed.casefold()), fold_tones(meant.casefold()))
    return sum(1 for one, other in pairs if one != other)


def _mend(line: str) -> str:
    for pattern, phrase in _phrases():
        line = _put(line, pattern, phrase)
    found = _NUMBER.search(bare(line))
    if found and not line[found.start() :].casefold().startswith("số"):
        line = f"{line[: found.start()]}Số: {line[found.end() :]}"
    line = _UNREADABLE.sub(" ", line)
    if (date := _DATE.search(bare(line))) and not _is_date(line[date.start() : date.end()]):
        day, month = (_digits(line[slice(*date.span(part))]) for part in ("day", "month"))
        line = f"{line[: date.start()]}ngày {day} tháng {month} năm{line[date.end() :]}"
    kind = _KIND.search(bare(line))
    if kind and line[slice(*kind.span())] not in _KINDS.values():
        line = f"{line[: kind.start()]}{_KINDS[kind[0]]}{line[kind.end() :]}"
    name = bare(line).casefold().strip(" .:*")
    return _types()[name] if _lost_marks(line, name) else line


def _put(line: str, pattern: re.Pattern[str], phrase: str) -> str:
    """Return *line* with *phrase* where it stands without some of its marks."""
    found = pattern.search(bare(line))
    if found is None:
        return line
    printed = fold_tones(line[slice(*found.span())].casefold())
    right = re.sub(r"\W+", "", phrase.casefold())
    if re.sub(r"\W+", "", printed) == right:
        return line
    return f"{line[: found.start()]}{phrase}{line[found.end() :]}"


def _is_date(words: str) -> bool:
    return re.search(r"ngày[\s\d.…_]*tháng[\s\d.…_]*năm", words, re.IGNORECASE) is not None


def _digits(part: str) -> str:
    return part.strip() if part.strip().isdigit() else ""


def _lost_marks(line: str, name: str) -> bool:
    """Tell whether a line is a type (tên loại) in capitals that lost marks: "CHi THI"."""
    meant = _types().get(name)
    upper = sum(char.isupper() for char in line)
    return meant is not None and upper > len(name) // 2 and fold_tones(line.upper()) != meant


def _bare_letter(char: str) -> str:
    if char in "đĐ":
        return "d" if char == "đ" else "D"
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isalpha() else char


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    patterns = ((r"\W+".join(re.findall(r"\w+", bare(phrase))), phrase) for phrase in _PHRASES)
    return tuple((re.compile(rf"(?<!\w){words}(?!\w)", re.I), phrase) for words, phrase in patterns)


@cache
def _types() -> dict[str, str]:
    names = (fold_tones(row["type"]) for row in rows("document_types"))
    return {bare(name).casefold(): name.upper() for name in names if " " in name}
