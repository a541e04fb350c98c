"""PASSAGES -> PASSAGES: what a web page prints around a document goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.knowledge.tables import rows
from ingest.model import Repair
from ingest.openings import opens_block, stands_alone
from ingest.properties import key_of
from ingest.strand import Passage, Strand

_PROSE = 90  # characters: a longer line is text, not chrome
_LANGUAGES = re.compile(r"\b(?:English|中文|Tiếng Việt|日本語|한국어|Français)\b")
_CLOCK = re.compile(r"(?:Thứ \w+|Chủ nhật)?[,\s]*(?:ngày\s*)?\d{1,2}[/-]\d{1,2}[/-]\d{4}", re.I)
_SITE = re.compile(r"(?:Cổng|Trang) (?:thông tin|TT)", re.IGNORECASE)
_SHORT_PAGE = 600  # characters: a page that says no more may be an error page


def drop_chrome(passages: list[Passage]) -> tuple[list[Passage], list[Repair]]:
    """Return the passages without the lines of a web page above and below the document.

    Above it goes each line that is chrome; below it, the first line of chrome and all after it.
    A line between two of the document's stays, whatever it says.
    """
    first = next((i for i, p in enumerate(passages) if _of_document(p)), len(passages))
    last = next((i for i in reversed(range(first, len(passages))) if _of_document(passages[i])), 0)
    end = next(
        (i for i in range(last + 1, len(passages)) if is_chrome(passages[i].text)), len(passages)
    )
    head = [passage for passage in passages[:first] if is_chrome(passage.text)]
    kept = [p for p in passages[:first] if not is_chrome(p.text)] + passages[first:end]
    return kept, [
        Repair(kind="web-chrome", detail=f"bỏ “{passage.text[:60]}” ({passage.where})")
        for passage in (*head, *passages[end:])
    ]


def _of_document(passage: Passage) -> bool:
    text = passage.text
    return not is_chrome(text) and (
        len(text) > _PROSE or bool(passage.line.cells) or stands_alone(text) or opens_block(text)
    )


def is_chrome(text: str) -> bool:
    """Tell whether *text* is a line that web pages print around a document."""
    if len(text) > _PROSE:
        return False
    starts, wholes = _phrases()
    key = key_of(text)
    return (
        key in wholes
        or key.startswith(starts)
        or bool(_LANGUAGES.search(text) and (_CLOCK.match(text) or "|" in text))
    )


@cache
def _phrases() -> tuple[tuple[str, ...], frozenset[str]]:
    table = rows("portal_phrases")
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
    """Return the passages without the bars of a table that was torn apart: "KT. CHỦ TỊCH |"."""
    kept, dropped = [], 0
    for passage in passages:
        strand = passage.strand
        if not passage.line.cells and _torn(strand.text):
            dropped += 1
            strand = _without_bars(strand)
        if strand.text:
            kept.append(passage.with_strand(strand))
    if not dropped:
        return passages, []
    return kept, [Repair(kind="cell-bars", detail="bỏ vạch kẻ của bảng bị vỡ", count=dropped)]


def _torn(text: str) -> bool:
    return text.startswith("|") != text.endswith("|") or text == "|"


def _without_bars(strand: Strand) -> Strand:
    start = len(strand.text) - len(strand.text.lstrip("| "))
    return strand.part(start, max(start, len(strand.text.rstrip("| "))))
