"""PASSAGES -> PASSAGES: what a web page prints around a document goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.knowledge.tables import rows
from ingest.model import Repair
from ingest.openings import is_capitals, numbering, opens_block, stands_alone
from ingest.properties import key_of
from ingest.strand import Passage, Strand

_PROSE = 90  # characters: a longer line is text, not chrome
_TEXT = 200  # characters: a line so long above a letterhead is another document's
_LANGUAGES = re.compile(r"\b(?:English|中文|Tiếng Việt|日本語|한국어|Français)\b")
_CLOCK = re.compile(r"(?:Thứ \w+|Chủ nhật)?[,\s]*(?:ngày\s*)?\d{1,2}[/-]\d{1,2}[/-]\d{4}", re.I)
_TIMESTAMP = re.compile(  # "Thứ Ba, 05/03/2024 | 08:15 GMT+7"
    r"[^|]{0,20}\d{1,2}[/-]\d{1,2}[/-]\d{4}[\s|,-]*(?:\d{1,2}[:h]\d{2}\D{0,4}[+\d]*)?"
)
_SITE = re.compile(r"(?:Cổng|Trang) (?:thông tin|TT)", re.IGNORECASE)
_MENU = re.compile(r"\s+[|•·»\u203a>/-]\s+")  # what parts the entries of a menu
_LISTED = re.compile(r"[-•]?\s*\d{1,3}(?=[^\W\d_])")
_HEAD = 40  # lines in which a letterhead begins
_SHORT_PAGE = 600  # characters: a page that says no more may be an error page


def drop_chrome(passages: list[Passage]) -> tuple[list[Passage], list[Repair]]:
    """Return the passages without the lines of a web page above and below the document.

    Above a letterhead or title goes every line if one of them is chrome, but for a line that names
    the document; above text without either, the lines that are chrome. Below the document goes
    the first line of chrome and all after it. A line between two of the document's stays.
    """
    first, headed = _document_start(passages)
    end = _document_end(passages, first)
    head = _head_chrome(passages[:first], headed=headed)
    dropped = {*head, *range(end, len(passages))}
    return [passage for i, passage in enumerate(passages) if i not in dropped], [
        Repair(kind="web-chrome", detail=f"bỏ “{passages[i].text[:60]}” ({passages[i].where})")
        for i in sorted(dropped)
    ]


def _document_start(passages: Sequence[Passage]) -> tuple[int, bool]:
    """Return where the document begins, and whether it does so with a letterhead or a title."""
    for index, passage in enumerate(passages[:_HEAD]):
        if stands_alone(passage.text) and not is_chrome(passage.text):
            top = index
            while top and _may_be_issuer(passages[top - 1].text):
                top -= 1
            return top, True
    text = next((i for i, passage in enumerate(passages) if _of_document(passage)), len(passages))
    return text, False


def _document_end(passages: Sequence[Passage], first: int) -> int:
    """Return where chrome begins below the document.

    Below a signature that is a heading such as "Văn bản liên quan", if no letterhead and nothing
    numbered follows it; else the first line of chrome after the last line of text.
    """
    standing = [i for i, p in enumerate(passages) if i >= first and stands_alone(p.text)]
    after = range(standing[-1] + 1 if standing else len(passages), len(passages))
    end = next((i for i in after if _closes(passages[i].text)), None)
    if end is not None and not any(numbering(passage.text) for passage in passages[end:]):
        while is_chrome(passages[end - 1].text):
            end -= 1
        return end
    own = [i for i, passage in enumerate(passages) if i >= first and _of_document(passage)]
    last = own[-1] if own else first
    tail = range(last + 1, len(passages))
    return next((i for i in tail if is_chrome(passages[i].text)), len(passages))


def _closes(text: str) -> bool:
    starts, wholes = _closers()
    key = key_of(text)
    return len(text) <= _PROSE and (key in wholes or key.startswith(starts))


def _may_be_issuer(text: str) -> bool:
    return is_capitals(text) and not is_chrome(text)


def _head_chrome(head: Sequence[Passage], *, headed: bool) -> list[int]:
    chrome = [index for index, passage in enumerate(head) if is_chrome(passage.text)]
    if not chrome or not headed or any(len(passage.text) > _TEXT for passage in head):
        return chrome
    return [i for i, passage in enumerate(head) if not key_of(passage.text).startswith(_types())]


@cache
def _types() -> tuple[str, ...]:
    return tuple(f"{key_of(row['type'])} " for row in rows("document_types"))


def _of_document(passage: Passage) -> bool:
    text = passage.text
    return not is_chrome(text) and (
        len(text) > _PROSE or bool(passage.line.cells) or stands_alone(text) or opens_block(text)
    )


def is_chrome(text: str) -> bool:
    """Tell whether *text* is a line that web pages print around a document."""
    if _is_listed(text):
        return True
    if len(text) > _PROSE:
        return False
    if _CLOCK.match(text) and (_LANGUAGES.search(text) or _TIMESTAMP.fullmatch(text)):
        return True
    parts = [part for part in _MENU.split(text) if part]
    known = sum(map(_is_phrase, parts))
    return known > 0 and known >= len(parts) / 2


def _is_listed(text: str) -> bool:
    """Tell whether a line is of a site's list of other documents: "- 1Chỉ thị 15/CT-TTg …"."""
    found = _LISTED.match(text)
    return found is not None and key_of(text[found.end() :]).startswith(_types())


def _is_phrase(text: str) -> bool:
    starts, wholes = _phrases()
    key = key_of(text)
    return key in wholes or key.startswith(starts)


@cache
def _phrases() -> tuple[tuple[str, ...], frozenset[str]]:
    return _keys(rows("portal_phrases"))


@cache
def _closers() -> tuple[tuple[str, ...], frozenset[str]]:
    return _keys([row for row in rows("portal_phrases") if row["closes"]])


def _keys(table: Sequence[dict[str, str]]) -> tuple[tuple[str, ...], frozenset[str]]:
    starts = tuple(key_of(row["phrase"]) for row in table if row["match"] == "start")
    return starts, frozenset(key_of(row["phrase"]) for row in table)


def refusal(passages: Sequence[Passage]) -> str | None:
    """Return the line by which a page says that there is no document on it, or None."""
    if sum(len(passage.text) for passage in passages) > _SHORT_PAGE:
        return None
    return next((p.text for p in passages if key_of(p.text).startswith(_refusals())), None)


@cache
def _refusals() -> tuple[str, ...]:
    return tuple(key_of(row["phrase"]) for row in rows("portal_refusals"))


def site_name(passages: Sequence[Passage]) -> str | None:
    """Return the name of the site that the page was saved from, as it prints it, or None."""
    for passage in passages[:12]:
        if _SITE.match(passage.text) and len(passage.text) <= _PROSE:
            return passage.text
    return None


def drop_cell_bars(passages: list[Passage]) -> tuple[list[Passage], list[Repair]]:
    """Return the passages without bars around rows, or left by a torn table: "KT. CHỦ TỊCH |"."""
    kept, dropped = [], 0
    for passage in passages:
        strand = passage.strand
        if passage.line.cells and strand.text.startswith("|"):
            strand = strand.part(1, len(strand.text.removesuffix("|"))).strip()
        elif not passage.line.cells and _torn(strand.text):
            dropped += 1
            strand = _without_bars(strand)
        if strand.text:
            kept.append(passage.with_strand(strand))
    detail = "bỏ vạch kẻ của bảng bị vỡ"
    return kept, [Repair(kind="cell-bars", detail=detail, count=dropped)] if dropped else []


def _torn(text: str) -> bool:
    return text.startswith("|") != text.endswith("|") or text == "|"


def _without_bars(strand: Strand) -> Strand:
    start = len(strand.text) - len(strand.text.lstrip("| "))
    return strand.part(start, max(start, len(strand.text.rstrip("| "))))
