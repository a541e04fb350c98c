"""PARAGRAPHS -> QUOTATIONS: the paragraphs that a law quotes to put them into another law.

Source: Decree 78/2025/NĐ-CP, on amending documents: the new words of an article stand in quotation
marks below the point that says "được sửa đổi, bổ sung như sau:".
"""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 300  # paragraphs; a quotation that does not end is a slip
_OPENS = ("“", '"')


def find_quotations(texts: Sequence[str]) -> frozenset[int]:
    """Return the indices of the paragraphs in quotations that run over several of them."""
    quoted: set[int] = set()
    for index in range(1, len(texts)):
        text = texts[index].lstrip()
        opens = text.startswith(_OPENS) and texts[index - 1].rstrip().endswith(":")
        if opens and index not in quoted:
            quoted.update(range(index, _end(texts, index)))
    return frozenset(quoted)


def _end(texts: Sequence[str], start: int) -> int:
    """Return the index after the quotation that begins at *start*; *start* if it has no end."""
    open_marks = 0
    straight = texts[start].lstrip().startswith('"')
    for index in range(start, min(len(texts), start + _LONGEST)):
        text = texts[index]
        open_marks += text.count('"') % 2 if straight else text.count("“") - text.count("”")
        closed = open_marks % 2 == 0 if straight else open_marks <= 0
        if closed:
            return index + 1
    return start
