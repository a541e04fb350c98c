"""TEXT -> CITATIONS: where other documents are named, by number or by the name of a law.

A citation runs from the type to what identifies the document: number, date and issuer ("Nghị định
số 116/2021/NĐ-CP ngày 21/12/2021 của Chính phủ"); its trích yếu is no part of it.

Source: Decree 30/2020/NĐ-CP, Annex I, on first and later citations; Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.bills import is_bill, lines_of_bills
from ingest.citation_cells import numbers_in_source_cells
from ingest.citation_codes import BLANK_CODE, CODE
from ingest.citation_english import english_date, english_date_end, english_type_start
from ingest.citation_standards import find_standards, find_treaties
from ingest.doctypes import document_types, is_organ, type_of_symbol
from ingest.issuing_bodies import issuing_body_end
from ingest.lawnames import (
    LawName,
    amending_law_before,
    find_law_names,
    is_code_of,
    law_name_before,
)
from ingest.type_words import misread_type_before

Label = Literal[
    "code", "blank-number", "short-number", "listed-number", "law-name", "title-only",
    "standard", "treaty",
]  # fmt: skip

_SPACE = r"[ \u00a0]"
_NAMES = sorted({found.name for found in document_types()} - {"Luật", "Bộ luật"}, key=len)[::-1]
_SHORT_NAMES = "QĐ|NĐ|NQ|CT|KH|TT|CV|TB|KL|HD|CTr|VB"
_TYPE = rf"(?i:(?<!\w)(?:{'|'.join(_NAMES)})(?!\w))|(?<!\w)(?:{_SHORT_NAMES}|Luật|Bộ luật)(?!\w)"
_SO = rf"(?:\(?{_SPACE}*(?<!\w)(?:[Ss]ố|SỐ|sô|Sô){_SPACE}*:?{_SPACE}*)"
_BEFORE_CODE = re.compile(
    rf"(?:(?P<type>{_TYPE})"
    rf"(?:{_SPACE}(?:thực hiện|liên tịch|hành động|kết luận|thanh tra|kiểm tra|liên ngành|phối hợp)"
    rf"|{_SPACE}của(?:(?!{_SPACE}(?:{'|'.join(_NAMES)})\b)[^\d;:.,()]){{3,60}}?)?{_SPACE}*)?"
    rf"(?P<so>{_SO}|(?<!\w)(?:No|NO)\.{_SPACE}*)?$"
)
_NO_DOCUMENT = re.compile(
    r"(?:[Mm]ẫu|[Bb]iểu(?: mẫu)?|[Pp]hụ lục|[ÔôĐđ]ơn|[Tt]ờ khai|ô|hồ sơ|biển|[Hh]óa đơn|tài khoản"
    r"|[Hh]ợp đồng|số hiệu|[Vv]ận đơn|điện thoại|ĐT|Lưu:[^;.]*)[ :]*(?:số)?[ :]*$"
)
_CODE = re.compile(rf"(?:(?<![\w/.,])|(?<=\b[Ss]ố))(?<!\d[-–:]){CODE}")  # "số12/KH-UBND"
_BLANK = re.compile(rf"(?:{_TYPE}){_SPACE}+{_SO}{BLANK_CODE}")
_SHORT = re.compile(
    r"(?<!\w)(?P<type>Nghị quyết|Chỉ thị|Kết luận|Quyết định|Nghị định|Thông tư|Kế hoạch|Công văn"
    r"|Thông báo|Hướng dẫn|Quy định|Đề án|Chương trình|Pháp lệnh|Luật)"
    rf"{_SPACE}(?:(?P<so>số{_SPACE})(?P<number>\d{{1,4}}[a-z]?)"
    r"|(?P<bare>\d{2,4})(?! (?:năm|tháng|ngày|điểm|nội|nhiệm|bước|giai|tỷ|triệu|người|lớp|tiết)))"
    r"(?![\w/%-]|[.,]\d)"
)
# What stands before the last number of a list: "các Nghị quyết số 18, số 19 và ".
_NUMBERS = re.compile(
    rf"(?:{_TYPE}){_SPACE}(?:số{_SPACE})?(?P<numbers>\d{{1,4}}(?:{_SPACE}?(?:,|và|;){_SPACE}"
    rf"(?:số{_SPACE})?\d{{1,4}}(?![\w/-]))*){_SPACE}?(?:,|và|, và){_SPACE}(?:số{_SPACE})?$"
)
_NUMBER = re.compile(r"\d+")
_DAY = (
    rf"(?:(?P<day>\d{{1,2}}){_SPACE}*(?:[/.\-]{_SPACE}*|(?i:tháng){_SPACE}*)(?P<month>\d{{1,2}}){_SPACE}*"
    rf"(?:[/.\-]{_SPACE}*|,?{_SPACE}*(?i:năm){_SPACE}*)(?P<year>(?:19|20)\d\d)(?!\d))"
)
_BLANK_DAY = (
    rf"(?:[.…_{_SPACE[1:-1]}]*\d{{0,2}}[.…_{_SPACE[1:-1]}]*(?:/|tháng)[.…_{_SPACE[1:-1]}]*\d{{0,2}}"
    rf"[.…_{_SPACE[1:-1]}]*(?:/|năm){_SPACE}*(?:(?:19|20)\d\d)?)"
)
_DATE = re.compile(
    rf"(?:{_SPACE}\([^()\d]{{1,30}}\))?{_SPACE}*,?{_SPACE}*\(?(?:(?:ban hành|ký){_SPACE}+)?"
    rf"(?i:ngày){_SPACE}*(?:{_DAY}|{_BLANK_DAY})"
)
_YEAR = re.compile(
    rf"{_SPACE}*,?{_SPACE}*(?:(?:năm{_SPACE}+)?(?:19|20)\d\d(?![\d/-])|\((?:năm )?(?:19|20)\d\d\))"
)
_AMENDING = ("Luật sửa đổi", "Luật Sửa đổi")
_INNER_CODE = re.compile(rf"{_SPACE}số{_SPACE}\d+/\d{{4}}/QH\d+")
_OF = re.compile(rf"{_SPACE}*,?{_SPACE}*(?:của|CỦA|do){_SPACE}+(?:cơ quan{_SPACE}+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a document is cited, and in which form."""

    start: int
    end: int
    label: Label


def find_citations(text: str) -> Iterator[Citation]:
    """Yield the citations of *text* by number and by the name of a law, in order.

    None crosses a line. They do not overlap, but for the numbered laws that stand in the name of
    a law that amends them.
    """
    start = 0
    lines = text.split("\n")
    by_line = zip(lines, lines_of_bills(lines), numbers_in_source_cells(lines), strict=True)
    for line, bills, cells in by_line:
        for found in _of_line(line, bills=bills, cells=cells):
            yield Citation(start=start + found.start, end=start + found.end, label=found.label)
        start += len(line) + 1


def read_date(surface: str) -> dt.date | None:
    """Return the date that a citation gives, or None when it gives none in full."""
    found = _DATE.search(surface)
    if found is None:
        return english_date(surface)
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except (TypeError, ValueError):
        return None  # blank, or no such day


def read_issuer(surface: str, *, joint: bool = False) -> str | None:
    """Return the body after "của" in a citation as printed, or None; of a joint one all of them."""
    for of in _OF.finditer(surface):
        if end := issuing_body_end(surface, of.end(), joint=joint):
            return surface[of.end() : end].strip()
    return None


def _of_line(line: str, *, bills: bool, cells: Sequence[tuple[int, int]]) -> list[Citation]:
    numbered = list(_numbered(line))
    taken = list(numbered)
    alone = [Citation(start=start, end=end, label="code") for start, end in cells]
    alone += [Citation(start=s, end=e, label="standard") for s, e in find_standards(line)]
    alone += [Citation(start=s, end=e, label="treaty") for s, e in find_treaties(line)]
    for found in [*alone, *_blank(line), *_laws(line, bills=bills), *_short(line)]:
        free = not any(found.start < other.end and other.start < found.end for other in taken)
        if free or (found.label == "law-name" and _encloses_laws(line, found, numbered)):
            taken.append(found)
    return sorted(taken, key=lambda found: (found.start, found.end))


def _encloses_laws(line: str, law: Citation, numbered: list[Citation]) -> bool:
    inner = [n for n in numbered if n.start < law.end and law.start < n.end]
    return line[law.start :].startswith(_AMENDING) and all(n.start > law.start for n in inner)


def _numbered(line: str) -> Iterator[Citation]:
    for code in _CODE.finditer(line):
        before = _BEFORE_CODE.search(line, max(0, code.start() - 100), code.start())
        law = law_name_before(line, _name_end(line, before)) if before and before["so"] else None
        if before is None or not (law or _is_document(line, code, before)):
            continue
        start = _law_start(line, law, code) if law else _start(line, before)
        joint = "LT" in code["symbol"] or "LB" in code["symbol"]
        end = _tail_end(line, code.end(), joint=joint)
        dated = read_date(line[code.end() : end])
        if law and dated and str(dated.year) != code["year"]:
            end = code.end()  # the date of the law that amends this one
        yield from _listed(line, code)
        closes = "(" in line[start : code.start()] and line.startswith(")", end)
        yield Citation(start=start, end=end + closes, label="code")


def _name_end(line: str, before: re.Match[str]) -> int:
    """Return where the name of a law may end: its number may stand in a bracket, type and all.

    "Luật Giá số 16/2023/QH15", "Luật Giá (Luật số 16/2023/QH15)".
    """
    bracket = before["type"] in {"Luật", "Bộ luật"} and line.endswith("(", 0, before.start("type"))
    return before.start("type") - 1 if bracket else before.start("so")


def _law_start(line: str, law: LawName, code: re.Match[str]) -> int:
    """Return where the law begins that a number is of: the amended one, or that which amends it.

    "Luật sửa đổi, bổ sung một số điều của Luật Xây dựng số 62/2020/QH14": no law of that name has
    the number, so it is the amending law's.
    """
    if law.name is None or is_code_of(law.name, re.sub(r"\s", "", code[0])):
        return law.start
    amending = amending_law_before(line, law.start)
    return law.start if amending is None else amending


def _listed(line: str, code: re.Match[str]) -> Iterator[Citation]:
    """Yield the numbers of a list that prints its symbol once: "các Nghị quyết số 18, 19-NQ/TW"."""
    found = _NUMBERS.search(line, 0, code.start())
    if found is None or code["year"]:
        return
    numbers = list(_NUMBER.finditer(line, found.start("numbers"), found.end("numbers")))
    yield Citation(start=found.start(), end=numbers[0].end(), label="listed-number")
    for number in numbers[1:]:
        yield Citation(start=number.start(), end=number.end(), label="listed-number")


def _start(line: str, before: re.Match[str]) -> int:
    if before["type"]:
        return before.start("type")
    if before["so"] and (english := english_type_start(line, before.start("so"))) is not None:
        return english
    if misread := misread_type_before(line, before.start("so") if before["so"] else before.end()):
        return misread.start
    return before.end("so") - len(before["so"].lstrip(" \u00a0(")) if before["so"] else before.end()


def _is_document(line: str, code: re.Match[str], before: re.Match[str]) -> bool:
    if _NO_DOCUMENT.search(line, 0, code.start()) and not before["type"]:
        return False
    if before["type"]:
        return True
    parts = re.split(r"[-–—/_ ]+", code["symbol"])
    known = type_of_symbol("-".join(parts)) is not None
    if before["so"]:
        return known or any(is_organ(part) for part in parts)
    certain = any(is_organ(part) for part in parts[1:]) or _DATE.match(line, code.end())
    return known and len(parts) > 1 and bool(certain)


def _blank(line: str) -> Iterator[Citation]:
    for found in _BLANK.finditer(line):
        end = _tail_end(line, found.end())
        yield Citation(start=found.start(), end=end, label="blank-number")


def _laws(line: str, *, bills: bool) -> Iterator[Citation]:
    for law in find_law_names(line):
        end = law.end
        if is_bill(line, law.start, law.end, listed=bills):
            continue
        if line[law.start :].startswith(_AMENDING) and (inner := _INNER_CODE.match(line, end)):
            end = inner.end()
        if year := _YEAR.match(line, end):
            end = year.end()
        yield Citation(start=law.start, end=_tail_end(line, end), label="law-name")


def _short(line: str) -> Iterator[Citation]:
    for found in _SHORT.finditer(line):
        end = _tail_end(line, found.end())
        yield Citation(start=found.start(), end=end, label="short-number")


def _tail_end(line: str, end: int, *, joint: bool = False) -> int:
    """Return where date and issuer end that follow at *end*, in either order."""
    for _ in range(3):
        if date := _DATE.match(line, end):
            closing = line[end : date.end()].count("(") > 0 and line.startswith(")", date.end())
            end = date.end() + closing
            end = len(line[:end].rstrip(" \u00a0"))
        elif english := english_date_end(line, end):
            end = english
        elif of := _OF.match(line, end):
            end = issuing_body_end(line, of.end(), joint=joint) or end
        else:
            break
    return end
