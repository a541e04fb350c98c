"""PASSAGES -> PASSAGES: what a web page puts around a document goes, its facts are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.knowledge.tables import rows
from ingest.model import Repair
from ingest.openings import opens_block, stands_alone, toneless
from ingest.strand import Passage, Strand

_PROSE = 90  # characters: a longer line is text, not chrome
_LANGUAGES = re.compile(r"\b(?:English|中文|Tiếng Việt|日本語|한국어|Français)\b")
_CLOCK = re.compile(r"^(?:Thứ \w+|Chủ nhật)?[,\s]*(?:ngày\s*)?\d{1,2}[/-]\d{1,2}[/-]\d{4}", re.I)
_SITE = re.compile(r"(?:Cổng|Trang) (?:thông tin|TT)", re.IGNORECASE)
_LABEL_END = re.compile(r"\s*:\s*$")
_INLINE = re.compile(r"([^:|]{3,40}?)\s*:\s*(\S.*)")


def take_properties(
    passages: list[Passage],
) -> tuple[list[Passage], dict[str, str], list[Repair]]:
    """Return the passages less the property table of a portal, and what the table says.

    A row of two or four cells whose label is known is a property ("Số hiệu | 192/KH-UBND"); so is
    a line "Số hiệu: 192/KH-UBND" among others of its kind. The first value of a property counts.
    """
    found: dict[str, str] = {}
    kept = []
    taken = 0
    for passage in passages:
        pairs = _pairs(passage)
        if not pairs:
            kept.append(passage)
            continue
        taken += 1
        for label, value in pairs:
            if value:
                found.setdefault(_labels()[_key(label)], value)
    if not taken:
        return passages, {}, []
    detail = f"đưa bảng thuộc tính của trang web ({taken} dòng) ra khỏi văn bản"
    return kept, found, [Repair(kind="property-table", detail=detail, count=taken)]


def _pairs(passage: Passage) -> list[tuple[str, str]]:
    cells = passage.line.cells
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    if len(cells) % 2 or not pairs or not all(_key(label) in _labels() for label, _ in pairs):
        return []
    return pairs


def _key(label: str) -> str:
    return toneless(_LABEL_END.sub("", label)).casefold().strip()


@cache
def _labels() -> dict[str, str]:
    return {_key(row["label"]): row["property"] for row in rows("portal_properties")}


def drop_chrome(passages: list[Passage]) -> tuple[list[Passage], list[Repair]]:
    """Return the passages without the lines of a web page above and below the document.

    Above it goes each line that is chrome; below it, the first line of chrome and all after it.
    A line between two of the document's stays, whatever it says.
    """
    first = next((i for i, p in enumerate(passages) if _of_document(p)), len(passages))
    last = next((i for i in reversed(range(first, len(passages))) if _of_document(passages[i])), 0)
    end = next(
        (i for i in range(last + 1, len(passages)) if _is_chrome(passages[i].text)), len(passages)
    )
    head = [passage for passage in passages[:first] if _is_chrome(passage.text)]
    tail = passages[end:]
    kept = [p for p in passages[:first] if not _is_chrome(p.text)] + passages[first:end]
    return kept, [
        Repair(kind="web-chrome", detail=f"bỏ “{passage.text[:60]}” ({passage.where})")
        for passage in (*head, *tail)
    ]


def _of_document(passage: Passage) -> bool:
    text = passage.text
    return not _is_chrome(text) and (
        len(text) > _PROSE or bool(passage.line.cells) or stands_alone(text) or opens_block(text)
    )


def _is_chrome(text: str) -> bool:
    if len(text) > _PROSE:
        return False
    starts, wholes = _phrases()
    key = _key(text)
    return (
        key in wholes
        or key.startswith(starts)
        or bool(_LANGUAGES.search(text) and (_CLOCK.match(text) or "|" in text))
    )


@cache
def _phrases() -> tuple[tuple[str, ...], frozenset[str]]:
    starts = tuple(_key(row["phrase"]) for row in rows("portal_phrases") if row["match"] == "start")
    wholes = frozenset(_key(row["phrase"]) for row in rows("portal_phrases"))
    return starts, wholes


def drop_cell_bars(passages: list[Passage]) -> tuple[list[Passage], list[Repair]]:
    """Return the passages without the bars of a table that was torn apart: "KT. CHỦ TỊCH |"."""
    kept, dropped = [], 0
    for passage in passages:
        strand = passage.strand
        if not passage.line.cells and _torn(strand):
            dropped += 1
            strand = _without_bars(strand)
        if strand.text:
            kept.append(passage.with_strand(strand))
    if not dropped:
        return passages, []
    return kept, [Repair(kind="cell-bars", detail="bỏ vạch kẻ của bảng bị vỡ", count=dropped)]


def _torn(strand: Strand) -> bool:
    return strand.text.startswith("|") != strand.text.endswith("|") or strand.text == "|"


def _without_bars(strand: Strand) -> Strand:
    start = len(strand.text) - len(strand.text.lstrip("| "))
    return strand.part(start, max(start, len(strand.text.rstrip("| "))))


def site_name(passages: Sequence[Passage]) -> str | None:
    """Return the name of the site that the page was saved from, as it prints it, or None."""
    for passage in passages[:12]:
        if _SITE.match(passage.text) and len(passage.text) <= _PROSE:
            return passage.text
    return None
