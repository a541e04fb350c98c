"""PARAGRAPHS -> LETTERHEAD, CLOSING: of the English translation of a Vietnamese document.

The Official Gazette's translations open with the type alone ("DECREE"), with the subject of a law
("LABOR CODE", "Law on State Audit"), or with a sentence: "Decree No. 41/2010/ND-CP of April 12,
2010, on credit policies …". Their numbers lack the signs of Vietnamese letters, which come back.

Source: the English edition of the Official Gazette (Công báo), as the law database shows it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from ingest.closing import Closing
from ingest.codes import DocumentNumber, find_number
from ingest.knowledge.tables import rows
from ingest.letterhead import Letterhead
from ingest.signature import Signature
from ingest.title import PageHeading, read_page_heading

_OPENING = 14  # paragraphs in which the head of a translation stands
_LONGEST_TITLE = 400  # characters of one line of it
_LONGEST_BODY = 80  # of the line that names who decides
_BASIS = re.compile(
    r"Pursuant to|At the (?:proposal|request) of|Upon (?:the )?request|In (?:order|furtherance)"
    r"|For the |After considering|To (?:implement|achieve)|The .{3,80}\s(?:promulgates?|guides?)\s"
)
_ENDS_TITLE = re.compile(r"(?:Chapter|Article|Part|Section)\s+[IVXl\d]+|I\.\s", re.IGNORECASE)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)  # fmt: skip
_DATE = rf"(?P<month>{_MONTHS})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)"
_NUMBERED = re.compile(
    rf"(?P<type>[A-Z][A-Za-z ]{{2,20}}?)\s+No\.?\s*(?P<code>\d\S*/\S+?)"
    rf"(?:,?\s+(?:of|dated)\s+{_DATE})?(?P<title>,?\s+\D.*)?$"
)
_ATTACHED = re.compile(
    r"\((?:Promulgated|Issued|Enclosed|Attached|accompanied)\b[^)\d]*?\bwith\s+"
    r"(?:the\s+)?(?:[A-Z][^)\d]{2,60}?[’']?s\s+)?(?P<type>[A-Z][a-z]+(?: [A-Z][a-z]+)?)\s+"
    rf"(?:No\.?\s*)?(?P<code>\d\S*/\S+?),?\s+(?:of|dated)\s+{_DATE}",
    re.IGNORECASE,
)
_PASSED = re.compile(rf"This \w+ was (?:passed|adopted)\b[^.]{{0,40}}?\bon\s+{_DATE}")
_EFFECT = re.compile(
    r"This [A-Z]\w+(?: [A-Z]\w+)?\s+takes?\s+effect\s+(?:for [a-z]+ years? )?"
    rf"(?:(?:on|from|as of)\s+(?:{_DATE}|the (?P<signing>date) of (?:its )?signing)"
    r"|(?P<days>\d{1,3})\s+days\s+(?:from|after)\s+(?:the date of )?(?:its )?signing)"
)
_POSITIONS = re.compile(
    r"(?:(?:Deputy )?Prime Minister|(?:Deputy |Vice )?Minister(?: of [A-Z][\w ,&]+)?"
    r"|(?:Vice |Deputy )?Chairman of the National Assembly|(?:Deputy )?Governor|President"
    r"|(?:Deputy )?State Auditor General|(?:Deputy )?(?:Chief Justice|Procurator General))",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZĐ][A-ZĐ'’ ]{4,40}|(?:[A-Z][a-z]+ ){1,4}[A-Z][a-z]+")


def is_translation(texts: Sequence[str]) -> bool:
    """Tell whether a document is in English: its type, what it rests on or its articles are."""
    opening = texts[: 3 * _OPENING]
    if any(text.casefold() in _types() and text.isupper() for text in texts[:3]):
        return True
    begins = any(re.match(r"(?:Pursuant to|Article 1\b|ARTICLE 1\b)", text) for text in opening)
    return begins and not any(re.match(r"Căn cứ|Điều 1\b", text) for text in opening)


def read_english_heading(text: str) -> PageHeading | None:
    """Read the heading of a page, "Decree 113/2008/ND-CP"; a Vietnamese one too; None when none."""
    if found := read_page_heading(text):
        return found
    typed = re.match(r"(?P<type>[A-Z][A-Za-z ]{2,20}?)\s+(?:No\.?\s*)?(?P<code>\d\S*/.+)", text)
    name = _types().get(typed["type"].casefold()) if typed else None
    if typed is None or name is None:
        return None
    return PageHeading(doc_type=name, number=_number(typed["code"]), title=None)


def read_translation(texts: Sequence[str], *, page_title: str = "") -> tuple[Letterhead, Closing]:
    """Read the head and the closing of a translation.

    Args:
        texts: The paragraphs of the document.
        page_title: Of the web page that it was saved from.
    """
    head = Letterhead(heading=read_english_heading(page_title))
    first = 1 if texts and read_english_heading(texts[0]) and texts[0] == page_title else 0
    if first:
        head.zones[0] = "title"
    lines: list[str] = []
    for index in range(first, min(len(texts), _OPENING)):
        text = texts[index].strip()
        if _BASIS.match(text) or _ENDS_TITLE.match(text) or len(text) > _LONGEST_TITLE:
            break
        head.zones[index] = "title"
        head.body = index + 1
        if not _take_line(head, text) and not _is_body(text):
            lines.append(text)
    head.title = head.title or " ".join(lines) or None
    head.doc_type = head.doc_type or _promulgated(texts)
    if head.number is None:
        _take_number_below(head, texts)
    if head.issued_on is None:
        passed = _PASSED.search("\n".join(texts[-_OPENING:]))
        head.issued_on = _date(passed) if passed else None
    return head, _closing(texts, head.body)


def effect_in_english(text: str, issued_on: dt.date | None) -> dt.date | None:
    """Return the day from which a translation says that its document is in force."""
    found = _EFFECT.search(text)
    if found is None or found["month"]:
        return _date(found) if found else None
    return issued_on + dt.timedelta(days=int(found["days"] or 0)) if issued_on else None


def _take_line(head: Letterhead, text: str) -> bool:
    """Take the type, or the sentence with number and date; False for a line of the title."""
    if name := _types().get(text.casefold()):
        head.doc_type = head.doc_type or name
        return True
    found = _NUMBERED.match(text)
    name = _types().get(found["type"].casefold()) if found else None
    if found and name and (head.doc_type in {None, name}):
        head.doc_type, head.number, head.issued_on = name, _number(found["code"]), _date(found)
        head.title = (found["title"] or "").strip(" ,") or None
        return True
    opens = re.match(r"(?:LAW|Law)\s+(?:ON|on)\b", text)
    closes = re.search(r"\b(LAW|CODE|Law|Code)$", text)
    if head.doc_type is None and (opens or closes):
        head.doc_type = _types()[closes[1].casefold()] if closes else _types()["law"]
    return False


def _take_number_below(head: Letterhead, texts: Sequence[str]) -> None:
    """Take number and date from below, where an order or a note names what it promulgates.

    "(Promulgated together with the Government's Decree No. 113/2008/ND-CP of October 28, 2008)"
    """
    for text in texts[head.body : 3 * _OPENING]:
        found = _ATTACHED.match(text) or _NUMBERED.match(text)
        if found and _types().get(found["type"].casefold()) == head.doc_type:
            head.number = _number(found["code"])
            head.issued_on = head.issued_on or _date(found)
            return


def _is_body(text: str) -> bool:
    """Tell whether a line names who decides: "THE GOVERNMENT", "DECREES:"."""
    return (
        text.isupper()
        and (text.startswith("THE ") or text.endswith(":"))
        and len(text) < _LONGEST_BODY
    )


def _promulgated(texts: Sequence[str]) -> str | None:
    """Return the type that the promulgating sentence names: "The Government promulgates the …"."""
    for text in texts[: 3 * _OPENING]:
        found = re.search(r"\bpromulgates? (?:the|this) (.{3,30})", text)
        words = (found[1] if found else "").split()
        for count in (2, 1):
            if name := _types().get(" ".join(words[:count]).casefold().strip(" ,.;")):
                return name
        if words and re.search(r"\bCode\b", found[1] if found else ""):
            return _types()["code"]
    return None


def _closing(texts: Sequence[str], body: int) -> Closing:
    """Read the signature: a position, and the name below it, after the first article."""
    articles = (n for n in range(body, len(texts)) if _ENDS_TITLE.match(texts[n]))
    body = next(articles, body)
    for index in range(len(texts) - 2, max(body, 1), -1):
        position, name = texts[index].strip(), texts[index + 1].strip()
        if not (_POSITIONS.fullmatch(position) and _NAME.fullmatch(name)):
            continue
        start = index
        while start > body and re.match(r"(?:On behalf of|For) the ", texts[start - 1]):
            start -= 1
        authority = tuple(text.strip() for text in texts[start : index + 1])
        return Closing(
            signatures=[Signature(authority, position, name.title())],
            zones=dict.fromkeys(range(start, index + 2), "signature"),
            start=start,
        )
    return Closing()


def _number(printed: str) -> DocumentNumber | None:
    """Return a number with the signs of its letters: "41/2010/ND-CP" -> "41/2010/NĐ-CP"."""
    found = find_number(f"Số {printed.replace(' ', '')}")
    if found is None or found.code is None:
        return None
    symbol = "-".join(_signed().get(part, part) for part in found.symbol.split("-"))
    code = found.code.removesuffix(found.symbol) + symbol
    return DocumentNumber(code, symbol, found.start, found.end)


def _date(found: re.Match[str]) -> dt.date | None:
    if found["month"] is None:
        return None
    try:
        month = _MONTHS.split("|").index(found["month"]) + 1
        return dt.date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None  # there is no such day


@cache
def _types() -> dict[str, str]:
    return {row["english"].casefold(): row["type"] for row in rows("english_types")}


@cache
def _signed() -> dict[str, str]:
    """Return the parts of symbols by what is left of them without signs: "ND" -> "NĐ"."""
    parts = [row["symbol"] for name in ("document_types", "symbol_issuers") for row in rows(name)]
    bare = {part: _bare(part) for part in parts if part}
    unsigned = {part for part, plain in bare.items() if part == plain}
    return {plain: part for part, plain in bare.items() if plain not in unsigned}


def _bare(part: str) -> str:
    marked = unicodedata.normalize("NFD", part.replace("Đ", "D").replace("đ", "d"))
    return "".join(char for char in marked if not unicodedata.combining(char))
