"""TEXT -> SENTENCES: where a paragraph's sentences and their units between semicolons stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import Span
from ingest.places import UPPER

# A full stop ends a sentence before a capital or a quotation; "TP. Hồ", "KT. CHỦ", "A. B" do not.
_END = re.compile(
    rf"(?<!\bTP)(?<!\bTT)(?<!\bKT)(?<!\bTM)(?<!\bTS)(?<!\bThS)(?<!\b[A-ZĐ])(?:\.{{1,3}}|[!?…]+)[”\"’')]?"
    rf"(?=\s*[{UPPER}“\"‘])(?!\s*”)"
)
_UNIT = re.compile(r";\s*")


def split_sentences(text: str, span: Span) -> Iterator[Span]:
    """Yield the sentences within *span*, without the space around them; never an empty one."""
    start = span.start
    for end in _END.finditer(text, span.start, span.end):
        yield from _trimmed(text, start, end.end())
        start = end.end()
    yield from _trimmed(text, start, span.end)


def split_units(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the parts of a sentence between its semicolons (vế câu)."""
    start = sentence.start
    for gap in _UNIT.finditer(text, sentence.start, sentence.end):
        yield from _trimmed(text, start, gap.end())
        start = gap.end()
    yield from _trimmed(text, start, sentence.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    if start < end:
        yield Span(start, end)
