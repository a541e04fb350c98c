"""PASSAGES -> the secrecy stamp (dấu độ mật) of a paper, which refuses it at the door."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.strand import Passage

_LETTERHEAD = 30  # lines: the stamp stands beside or below the number, above the text
_STAMP = re.compile(
    r"[(\[|*\s]*(?:(?:ĐỘ|MỨC ĐỘ|Độ|Mức độ)\s+(?:MẬT|mật)\s*:\s*)?"
    r"(TUYỆT MẬT|TỐI MẬT|MẬT)[)\]|*.\s]*(?:$|(?=Số\b|SỐ\b|CỘNG H))"
)
_LABELLED = re.compile(r"(?:mức )?độ\s+mật\s*:\s*(tuyệt mật|tối mật|mật)\b", re.IGNORECASE)
_PROSE = 150  # characters: above the first line so long stands the letterhead


def secrecy_stamp(passages: Sequence[Passage]) -> str | None:
    """Return the stamp "MẬT", "TỐI MẬT" or "TUYỆT MẬT" of a paper, or None.

    Only a line of its own above the text counts, in capitals as stamps are: a sentence about
    secrets makes no paper secret.

    Source: Law 29/2018/QH14, Article 8; Circular 24/2020/TT-BCA on the form of the stamps.
    """
    for passage in passages[:_LETTERHEAD]:
        for text in passage.line.cells or (passage.text,):
            if found := _STAMP.match(text) or _LABELLED.match(text):
                return found[1].upper()
        if len(passage.text) > _PROSE:
            break
    return None
