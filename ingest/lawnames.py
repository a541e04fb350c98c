"""WORDS -> LAW: laws cited by their name, and the code that a name means on a day.

Names stand in `knowledge/law_names.csv` with the days between which each law was in force. A name
is known whatever its commas, capitals and tone marks ("Luật phòng chống ma tuý").

Source: Decree 30/2020/NĐ-CP, Annex I: laws are cited by type and name alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.knowledge.tables import rows
from ingest.places import UPPER
from ingest.tones import fold_tones

_KIND = re.compile(r"(?<!\w)(?:Luật|Bộ luật|Bộ Luật|Pháp lệnh|Hiến pháp)(?!\w)")
_WORD = re.compile(r"[^\W_]+(?:/[^\W_]+)?")
_AMENDING = re.compile(
    r"Luật [Ss]ửa đổi(?:, bổ sung)?(?: một số điều)?(?: của| tại| trong)?(?: các| \d+)? "
    r"(?=Luật|Bộ luật|(?:Bộ )?luật (?:có )?(?:liên quan|trong|về))"
)
_AMENDS_ONE = re.compile(
    r"Luật [Ss]ửa đổi(?:, bổ sung)?(?: một số điều)?(?: của| tại| trong)?(?: các)? ?$"
)
_FIELD = re.compile(
    r"(?:[Ll]uật|Bộ luật) (?:có )?(?:trong|liên quan|về)"
    r"(?: (?!(?:số|ngày|năm|trừ|được|theo|thì|có|và các)\b)[^\W\d]\w*){1,12}"
    r"(?:, [a-zà-ỹđ]+ [a-zà-ỹđ]+(?=[;,.]| ngày| số| và|$))?"
)
_NEXT_LAW = re.compile(r"(?:, và |, | và |; | )(?=(?:Luật|Bộ luật) )")
_CONSTITUTION = re.compile(
    r"Hiến pháp(?: nước Cộng h[oòó][aà] xã hội chủ nghĩa Việt Nam|(?=,? (?:năm )?(?:19|20)\d\d))"
)
_LOWER = "a-zà-ỹđ"
# A name that the table lacks: its first word has a capital, and it ends before such a word.
_FREE = re.compile(
    rf"(?:Luật|Bộ luật|Pháp lệnh) (?:[{UPPER}]{{2,}}(?!\w)"
    rf"|[{UPPER}][{_LOWER}]+(?: (?!(?:số|năm|ngày|và|được|đã|về|quy|có|theo|của|do|để|tại|trong|cho"
    r"|khi|nếu|là|thì|hiện|mới|sửa|này|các|hoặc|như|với|mà|sẽ|phải|trừ|hết|từ|gồm|bao|không|chưa"
    r"|giao|cần|xem|thành|vào|nêu|bị|còn|sau|trước|tham|làm|ở|đến|qua|nhằm|đang|thuộc|ra|lên|nói"
    r"|yêu|đề|bảo|đối|liên|căn|thực hiện|thực|cũng|chỉ|phù|kèm|ban|trên|dưới|ngoài|giữa|một|hai)\b)"
    r"[^\W\d]\w*){0,9})"
)
# "Pháp lệnh Cán bộ, công chức ngày …": parts in small letters up to what ends a name.
_GOES_ON = re.compile(
    rf"(?:, (?!(?:ngày|số|năm|các|và|theo|bao|trong|khi|được|đã|có|là)\b)[{_LOWER}]+"
    rf"(?: (?!(?:ngày|số|năm|của|theo|được|đã|và các)\b)[{_LOWER}]+){{0,9}}){{1,3}}"
    r"(?=,? (?:số|ngày|năm) ?\d|;|\.?$)"
)
# A profession, a school, a field of study.
_NOT_A_LAW = re.compile(
    r"Luật (?:[Ss]ư(?! số)|[Gg]ia|này)\b(?! \d)|(?<=Đại học )Luật\b"
    r"|Luật (?:Hiến pháp|Hành chính|Hình sự|Dân sự|Kinh tế|Quốc tế|Môi trường)(?= ?[,;.)]| và )"
)
_WORDS_OF_LONGEST = 36
_CHARACTERS_OF_LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class LawName:
    """Where a law is named."""

    start: int
    end: int
    name: str | None  # as the table has it: "Luật Phòng, chống ma túy"; None when it has not


def find_law_names(text: str) -> Iterator[LawName]:
    """Yield the laws, codes and ordinances that *text* names, in order.

    A law that amends others is one name ("Luật sửa đổi, bổ sung một số điều của Luật Nhà ở").
    The name ends before year, number and date.
    """
    place = 0
    while found := _KIND.search(text, place):
        law = _law_at(text, found.start())
        if law:
            yield law
        place = law.end if law else found.end()


def law_name_before(text: str, end: int) -> LawName | None:
    """Return the law whose name ends at *end*, blanks apart, or None."""
    stop = len(text[:end].rstrip())
    window = max(0, stop - _CHARACTERS_OF_LONGEST)
    ending = [
        law
        for found in _KIND.finditer(text, window, stop)
        if (law := _law_at(text, found.start())) and law.end == stop
    ]
    return ending[-1] if ending else None


def amending_law_before(text: str, end: int) -> int | None:
    """Return where the words begin that make the law named at *end* an amending one, or None."""
    found = _AMENDS_ONE.search(text, max(0, end - _CHARACTERS_OF_LONGEST), end)
    return found.start() if found else None


def is_code_of(name: str, code: str) -> bool:
    """Tell whether the table has *code* as a number of the law called *name*."""
    return any(row["code"] == code for row in rows("law_names") if row["name"] == name)


def law_in_force(name: str, *, on: dt.date | None, year: int | None = None) -> str | None:
    """Return the code of the law called *name*, or None when that is not certain.

    Args:
        name: As the table has it.
        on: The day as of which the name is used; the law in force then is meant.
        year: Of the law itself ("Luật Đất đai năm 2013"), which decides when it is given.
    """
    versions = [row for row in rows("law_names") if row["name"] == name and row["code"]]
    if year is not None:
        passed = [row["code"] for row in versions if f"/{year}/" in row["code"]]
        return passed[0] if len(passed) == 1 else None
    if on is None:
        return None
    for row in versions:
        until = row["until"]
        if dt.date.fromisoformat(row["in_force"]) <= on and not (
            until and dt.date.fromisoformat(until) <= on
        ):
            return row["code"]
    return None


def _law_at(text: str, start: int) -> LawName | None:
    if amending := _AMENDING.match(text, start):
        field = _FIELD.match(text, amending.end())  # "… của 15 Luật trong lĩnh vực nông nghiệp"
        end = field.end() if field else _amended_end(text, amending.end())
        return LawName(start=start, end=end, name=None) if end > amending.end() else None
    if constitution := _CONSTITUTION.match(text, start):
        return LawName(start=start, end=constitution.end(), name=None)
    if known := _known_at(text, start):
        return known
    free = _FREE.match(text, start)
    if free is None or _NOT_A_LAW.match(text, start):
        return None
    goes_on = _GOES_ON.match(text, free.end())
    return LawName(start=start, end=goes_on.end() if goes_on else free.end(), name=None)


def _amended_end(text: str, start: int) -> int:
    end = start
    while law := _law_at(text, start):
        end = law.end
        gap = _NEXT_LAW.match(text, _after_code(text, end))
        if gap is None:
            break
        start = gap.end()
    return end


def _after_code(text: str, end: int) -> int:
    code = re.compile(r" số \d+/\d{4}/QH\d+").match(text, end)
    return code.end() if code else end


def _known_at(text: str, start: int) -> LawName | None:
    """Return the longest known name at *start*."""
    node: dict[str, object] = _tree()
    best: LawName | None = None
    place = start
    for _ in range(_WORDS_OF_LONGEST):
        word = _WORD.search(text, place)
        if word is None or re.search(r"[.;:\n“”\"]", text[place : word.start()]):
            break
        step = node.get(_key(word[0]))
        if not isinstance(step, dict):
            break
        node, place = step, word.end()
        if isinstance(name := node.get(""), str):
            closing = text[start:place].count("(") > text[start:place].count(")")
            best = LawName(start=start, end=place + closing, name=name)
    return best


@cache
def _tree() -> dict[str, object]:
    """Return the known names as a tree of words; "" holds the name that ends at a word."""
    root: dict[str, object] = {}
    for row in rows("law_names"):
        kind = next(k for k in ("Bộ luật", "Luật", "Pháp lệnh") if row["name"].startswith(k))
        others = [f"{kind} {alias}" for alias in row["aliases"].split("|") if alias]
        for spelling in [row["name"], *others]:
            node = root
            for word in _WORD.findall(spelling):
                node = node.setdefault(_key(word), {})  # type: ignore[assignment]
            node.setdefault("", row["name"])
    return root


def _key(word: str) -> str:
    return fold_tones(word).casefold()
