"""PARAGRAPHS -> TYPE, TITLE: the type of a document (tên loại) and its title (trích yếu).

Source: Decree 30/2020/NĐ-CP, Annex I, items 5 and 6.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.codes import DocumentNumber, find_date, find_number
from ingest.knowledge.tables import rows
from ingest.numbering import read_mark
from ingest.office_names import begins_body_name
from ingest.pieces import LONGEST_LINE, addressee_opening, is_attachment_note, is_rule, is_stamp
from ingest.places import UPPER
from ingest.tones import fold_tones

_NEVER_PRINTED = {"Văn bản", "Công văn", "Hợp đồng"}  # said of documents, not set above a title
_LONGEST = 900  # characters
_LONGEST_BELOW_TYPE = 3000  # below its type a title is one, however long: it may list documents
_STOPS = (".", ",", ":", ";")
_NO = r"(?:số\s*:?\s*)*"
_PAGE_HEADING = re.compile(
    rf"(?P<type>[^\d/]{{3,40}}?)\s+{_NO}(?P<code>\d+(?:\.\d+)?\s*/(?:\d{{4}}/)?\s*\S+?(?:-\s+[A-ZĐ]\S*)?)(?=[\s:,]|$)"
    r"\s*(?:năm \d{4}(?!\w))?[\s:,-]*",
    re.IGNORECASE,
)
# "Luật Xây dựng số 135/2025/QH15": a law's name stands before its number.
_LAW_HEADING = re.compile(
    rf"(?P<type>Luật|Bộ luật|Pháp lệnh)\s+(?P<title>\D.*?\S)\s+{_NO}"
    r"(?P<code>\d+\s*/\s*\d{4}\s*/\s*(?:UBTV)?QH\d+)\.?",
    re.IGNORECASE,
)
_OLD_FORM = re.compile(r"\s+của\s[^.;:]{3,80}?\ssố\s*:?\s*\d+\S*/", re.IGNORECASE)
_DECIDES = re.compile(
    r"(?:thủ tướng )?chính phủ|(?:ủy ban thường vụ )?quốc hội|chủ tịch nước"
    r"|bộ trưởng bộ .{2,60}|(?:chủ tịch )?ủy ban nhân dân (?:tỉnh|thành phố|huyện|quận) .{2,30}"
)
_DANGLES = re.compile(r"(?:của|do|thuộc|và|với|tại|cho|trong|theo|là|giữa|được)$", re.IGNORECASE)
_OF_BODY = re.compile(
    rf"CỦA\s+(?P<body>[{UPPER}](?:(?!SỐ\s)[{UPPER}\s,&–-]){{3,100}}?)(?:\s+(?:KHÓA|KHOÁ)\s.*)?"
)
_ISSUES = re.compile(r"[^,;:.]{3,80}?\s(?:ban hành|xây dựng)\s+(?=[^\W\d_])")
_CITES = re.compile(
    r"\W*(?:Căn cứ|Theo đề nghị|Xét"
    r"|Thực hiện (?:Luật|Nghị|Quyết|Chỉ|Kế|Công|Thông|Văn|Kết|Chương|Hướng))(?!\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title and what stands with it."""

    text: str | None
    attached_to: str | None  # "Ban hành kèm theo Quyết định số …"
    number: DocumentNumber | None  # printed within it: "CỦA CHÍNH PHỦ SỐ 37/2007/NĐ-CP …"
    issued_on: dt.date | None
    paragraphs: range
    of_body: str | None = None  # "CỦA ỦY BAN NHÂN DÂN TỈNH …" above it: who issued the document


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHeading:
    """The heading of a web page that shows a document."""

    doc_type: str
    number: DocumentNumber | None
    title: str | None


def split_type(text: str) -> tuple[str, str] | None:
    """Return the type that a line of capitals opens with, and the rest of the line, or None.

    "KẾ HOẠCH" -> ("Kế hoạch", ""); "Kế hoạch này …" and "QUYẾT ĐỊNH: Điều 1" are no such lines. Old
    texts open with "Nghị định của Chính phủ số 114/2003/NĐ-CP", and fonts of capitals leave "nghị
    định" in small letters.
    """
    found = _types().match(fold_tones(text))
    if found is None:
        return None
    rest = text[found.end() :]
    printed = found["type"].isupper() and not rest.startswith(":")
    if rest.strip(" :_*-–") and not printed and not _OLD_FORM.match(rest):
        return None
    return _type_names()[found["type"].casefold()], rest.strip(" :_*-–")


def type_of_title(title: str) -> tuple[str, str] | None:
    """Return type and rest of a title that has them on one line: "Kế hoạch tổ chức Tuần lễ …".

    A page's heading may say who issues it: "UBND tỉnh … ban hành Kế hoạch phòng, chống ma túy".
    """
    said = _ISSUES.match(title)
    folded = fold_tones((title[said.end() :] if said else title).casefold())
    for name in sorted(_type_names(), key=len, reverse=True):
        found = re.match(rf"{re.escape(name)}\s+(?=[^\W\d_])(?!này|số)", folded)
        if found and (said or title[0].isupper()):
            return _type_names()[name], title[found.end() + (said.end() if said else 0) :]
    return None


def opens_with_type(text: str) -> bool:
    """Tell whether a line begins with a type in any case: "quyết định của bộ trưởng …"."""
    folded = fold_tones(text.casefold())
    return any(re.match(rf"\W*{re.escape(name)}\s+(?:của|về)\s", folded) for name in _type_names())


def read_page_heading(text: str) -> PageHeading | None:
    """Read "Kế hoạch 192/KH-UBND năm 2025 xây dựng xã không ma túy"; None when it is none.

    A portal's heading may hold Cyrillic letters that look like ours; they are read as meant.
    """
    text = text.translate(_look_alikes())
    if law := _LAW_HEADING.fullmatch(text):
        return PageHeading(
            doc_type=_type_names()[fold_tones(law["type"]).casefold()],
            number=find_number(f"Số {law['code'].upper()}"),
            title=law["title"],
        )
    found = _PAGE_HEADING.match(text)
    name = _type_names().get(fold_tones(found["type"]).casefold()) if found else None
    if found is None or name is None:
        return None
    number = find_number(f"Số {found['code']}")
    return PageHeading(doc_type=name, number=number, title=text[found.end() :] or None)


def cites(text: str) -> bool:
    """Tell whether a paragraph is a sentence that names what the document rests on."""
    return _CITES.match(text) is not None and text.endswith(_STOPS)


def read_title(
    texts: Sequence[str],
    lines: range,
    *,
    bold: Sequence[bool],
    opening: str = "",
    typed: bool,
) -> Title:
    """Read the title, over as many paragraphs as it takes.

    Args:
        texts: The paragraphs of the document.
        lines: Those that may be the title's.
        bold: Of each paragraph: a title set in bold ends where the bold does.
        opening: What stands on the line of the type.
        typed: Whether the type stands above it.
    """
    of_body = _of_body(opening)
    parts = [opening] if opening and not of_body else []
    notes: list[str] = []
    index = lines.start
    in_bold = False
    while index < lines.stop and (parts or index < lines.start + 3):
        text = texts[index].strip()
        if is_attachment_note(text) or (notes and ")" not in notes[-1]):
            notes.append(text)
        elif not parts and not of_body and (body := _of_body(text)):
            of_body = body
        elif is_rule(text) or is_stamp(text) or _is_annex_label(text):
            pass
        elif _continues(text, parts, typed=typed) and bold[index] >= in_bold:
            parts.append(text)
            in_bold = bold[index]
        else:
            break
        index += 1
    title, number, date = _apart_from_number(" ".join(parts).strip(" *"))
    return Title(
        text=title or None,
        attached_to=" ".join(notes).strip("() ") or None,
        number=number,
        issued_on=date,
        paragraphs=range(lines.start, index if parts or notes else lines.start),
        of_body=of_body,
    )


def _of_body(text: str) -> str | None:
    """Return the body of the line "CỦA BAN CHẤP HÀNH TRUNG ƯƠNG KHÓA XIII" below the type."""
    found = _OF_BODY.fullmatch(text)
    return found["body"] if found and begins_body_name(found["body"]) else None


def _continues(text: str, parts: Sequence[str], *, typed: bool) -> bool:
    mark = read_mark(text)
    if mark or addressee_opening(text) is not None or text.startswith("Căn cứ") or cites(text):
        return False
    if not parts or not _apart_from_number(" ".join(parts))[0]:
        return _begins(text, typed=typed)
    if len(text) > LONGEST_LINE or len(" ".join(parts)) + len(text) > _LONGEST:
        return False
    return not _CITES.match(text) and _follows(text, parts[-1])


def _begins(text: str, *, typed: bool) -> bool:
    """Tell whether a line can begin a title; one that no type stands above is no sentence."""
    if typed:
        return len(text) <= _LONGEST_BELOW_TYPE
    return len(text) <= _LONGEST and (text.isupper() or not text.endswith("."))


def _follows(text: str, above: str) -> bool:
    """Tell whether a title goes on from the line *above* to *text*."""
    if above.endswith(",") and text.isupper() == above.isupper():
        return True
    if above.endswith(".") or (text.isupper() and not above.isupper()):
        return False
    if text.isupper() and begins_body_name(text):
        return False  # "ỦY BAN NHÂN DÂN TỈNH …": who decides
    if _DECIDES.fullmatch(fold_tones(text.casefold())) and not _DANGLES.search(above):
        return False
    number = find_number(above)
    if number and number.end == len(above):
        return True  # "… số 114/2003/NĐ-CP / ngày 10/10/2003 về …"
    return above.endswith((";", ":", ",")) or not text.endswith((":", ";", "."))


def _is_annex_label(text: str) -> bool:
    mark = read_mark(text)
    return mark is not None and mark.style == "annex" and len(text) == len(mark.label)


def _apart_from_number(title: str) -> tuple[str, DocumentNumber | None, dt.date | None]:
    """Take "CỦA CHÍNH PHỦ SỐ 37/2007/NĐ-CP NGÀY 09 THÁNG 3 NĂM 2007" off the front of a title."""
    number = find_number(title)
    if number is None or not re.fullmatch(
        r"(?:(?:liên tịch|liên bộ|của)\s+[^,;]*)?", title[: number.start], re.IGNORECASE
    ):
        return title, None, None
    rest = title[number.end :]
    date = find_date(rest, anywhere=True)
    if date is None or date.start > len(" , "):
        return rest.strip(" ,"), number, None
    return rest[date.end :].strip(" ,"), number, date.date


@cache
def _type_names() -> dict[str, str]:
    names = {fold_tones(row["type"]).casefold(): row["type"] for row in rows("document_types")}
    return {folded: name for folded, name in names.items() if name not in _NEVER_PRINTED}


@cache
def _look_alikes() -> dict[int, str]:
    return str.maketrans({row["printed"]: row["meant"] for row in rows("look_alikes")})


@cache
def _types() -> re.Pattern[str]:
    names = sorted(_type_names(), key=len, reverse=True)
    upper = "|".join(re.escape(name.upper()) for name in names)
    capital = "|".join(re.escape(name.capitalize()) for name in names)
    small = "|".join(re.escape(name) for name in names)
    return re.compile(
        rf"\W*(?:(?:BẢN|Bản)\s+)?(?P<type>(?:{upper}|{capital})(?!\w)|(?:{small})(?=\W*$))"
    )
