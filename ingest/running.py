"""PASSAGES -> PASSAGES: page numbers and running heads go (số trang, tiêu đề chạy trang)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.model import Repair
from ingest.openings import opens_block, stands_alone
from ingest.readers.tables import has_headings
from ingest.strand import Passage

_NUMBER = re.compile(
    r"[-–—=.·\s]*(trang|page)?\s*[-–—.·]?\s*(\d{1,4})(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—=.·\s]*",
    re.IGNORECASE,
)
_FILE_TAG = re.compile(  # what a drafter's office prints below the recipients: "NP_VP6_KH138"
    r"[A-Z0-9]+(?:_[A-Za-z0-9.-]+)+|[A-Z]:\\[^|]{3,200}"
)
_DIGITS = re.compile(r"\d+")
_EDGE = 3  # lines at the top and at the bottom of a page where running heads stand
_SAME_HEIGHT = 5.0  # points that running heads may differ by
_FACING = 2  # pages from one left page to the next
_LEAST_PAGES = 3  # that a running head stands on
_LEAST_NUMBERS = 2  # page numbers that a text without pages must have
_PAGE = 15  # lines that a page has at least
_LONGEST_HEAD = 120
_SHOWN = 4


def drop_running_heads(passages: list[Passage]) -> tuple[list[Passage], list[Repair]]:
    """Return the passages without page numbers, running heads, file tags, repeated table heads.

    A page number is a number alone at a page's edge; in a text without pages, one of a rising
    row of numbers that stand alone. A running head is the same line, but for its figures, at the
    edge of three pages in a row or more.
    """
    numbers = set(_page_numbers(passages))
    heads = set(_running_heads(passages)) - numbers
    repeated = set(_repeated_heads(passages))
    tags = {i for i, passage in enumerate(passages) if _FILE_TAG.fullmatch(passage.text)}
    repairs = [
        Repair(kind=kind, detail=f"{detail}: “{_shown(passages, found)}”", count=len(found))
        for kind, detail, found in (
            ("page-number", "bỏ số trang", numbers),
            ("running-head", "bỏ dòng lặp lại ở đầu hoặc cuối trang", heads),
            ("file-tag", "bỏ tên tệp của người soạn thảo", tags),
            ("repeated-table-head", "bỏ hàng tiêu đề bảng lặp lại ở trang sau", repeated),
        )
        if found
    ]
    dropped = numbers | heads | repeated | tags
    return [passage for i, passage in enumerate(passages) if i not in dropped], repairs


def _shown(passages: Sequence[Passage], found: set[int]) -> str:
    texts = dict.fromkeys(passages[index].text[:40] for index in sorted(found))
    return "”, “".join(list(texts)[:_SHOWN]) + " …" * (len(texts) > _SHOWN)


def _page_numbers(passages: Sequence[Passage]) -> Iterable[int]:
    found = []
    named = False  # "Trang 2"
    for index in _edges(passages) if _has_pages(passages) else range(len(passages)):
        number = _NUMBER.fullmatch(passages[index].text)
        if number and not passages[index].line.cells:
            found.append((index, passages[index].line.page, int(number[2])))
            named |= bool(number[1])
    if not _has_pages(passages):
        return _rising(found, least=1 if named else _PAGE)
    shifts = Counter(value - page for _, page, value in found)
    usual = {shift for shift, count in shifts.items() if count >= _LEAST_NUMBERS or shift == 0}
    return [index for index, page, value in found if value - page in usual]


def _has_pages(passages: Sequence[Passage]) -> bool:
    return bool(passages) and passages[-1].line.page > 1


def _rising(found: Sequence[tuple[int, int, int]], *, least: int) -> list[int]:
    """Return the numbers that rise by one and stand at least so many lines apart."""
    kept: set[int] = set()
    for (upper, _, low), (lower, _, high) in pairwise(found):
        if high == low + 1 and lower - upper >= least:
            kept |= {upper, lower}
    return sorted(kept)


def _edges(passages: Sequence[Passage]) -> list[int]:
    """Return which passages stand at the top or at the bottom of a page."""
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for index, passage in enumerate(passages):
        pages[passage.line.page].append(index)
    return sorted({i for lines in pages.values() for i in (*lines[:_EDGE], *lines[-_EDGE:])})


def _running_heads(passages: Sequence[Passage]) -> Iterable[int]:
    if not _has_pages(passages):
        return []
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for index in _edges(passages):
        text = passages[index].text
        if _may_run(passages[index]) and text.strip("0123456789 "):
            lines[_DIGITS.sub("#", text).strip("# ")].append(index)
    return [
        index
        for found in lines.values()
        if _at_one_height([passages[i] for i in found])
        and _longest_run(sorted({passages[i].line.page for i in found})) >= _LEAST_PAGES
        for index in found
    ]


def _at_one_height(passages: Sequence[Passage]) -> bool:
    """Tell whether lines stand at the same height of their pages, as far as it is known."""
    tops = [passage.line.box.top for passage in passages if passage.line.box]
    return not tops or max(tops) - min(tops) <= _SAME_HEIGHT


def _longest_run(pages: Sequence[int]) -> int:
    """Return on how many pages in a row something stands; left pages alone are in a row too."""
    longest = run = 1
    for upper, lower in pairwise(pages):
        run = run + 1 if lower <= upper + _FACING else 1
        longest = max(longest, run)
    return longest


def _may_run(passage: Passage) -> bool:
    text = passage.text
    return not (
        passage.line.cells
        or len(text) > _LONGEST_HEAD
        or stands_alone(text)
        or opens_block(text)
        or text.endswith((";", ","))
    )


def _repeated_heads(passages: Sequence[Passage]) -> Iterable[int]:
    """Yield the rows that repeat the head of a table at the top of its next page."""
    heads: dict[tuple[str, ...], int] = {}
    for index, passage in enumerate(passages):
        cells, page = passage.line.cells, passage.line.page
        if cells and has_headings([[(cell,) for cell in cells]]):
            if heads.get(cells, page) < page:
                yield index
            heads[cells] = page
