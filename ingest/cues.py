"""TEXT -> CUES: who leads, who helps, by when and with what product, as lines that assign say it.

"Đơn vị chủ trì: Sở Y tế. Đơn vị phối hợp: Công an tỉnh; thời gian: Quý II/2026" has three cues; the
words before the colons are in `knowledge/trailing_cues.csv`. The same cues may close a duty in its
own paragraph, after it or in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.knowledge.tables import rows
from ingest.model import Clause, Span
from ingest.tones import fold_tones

_CUE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said after a cue's colon, up to the next cue."""

    says: str  # "lead", "coordinate", "when", "result"
    start: int  # of the cue's own words
    span: Span  # of what follows the colon


def cue_of(clause: Clause) -> str | None:
    """Return what a line that only assigns says first: "lead", "coordinate" …; else None.

    "Đơn vị chủ trì: Sở Y tế" says "lead". Source: `knowledge/trailing_cues.csv`.
    """
    head, colon, rest = clause.text.partition(":")
    if not colon or len(head.split()) > _CUE_WORDS or not rest.strip():
        return None
    return _cues().get(_folded(head))


def is_cue(words: str) -> bool:
    """Tell whether *words* stand before the colon of a line that assigns: "Đơn vị chủ trì"."""
    return _folded(words) in _cues()


def read_cues(text: str, span: Span) -> tuple[Cue, ...]:
    """Return the cues within *span*, each with what it says up to the next one.

    A cue begins the span or a sentence, follows a semicolon, or opens a bracket.
    """
    folded = fold_tones(span.of(text).lower())
    found = [cue for cue in _cue().finditer(folded) if _opens(folded[: cue.start()])]
    ends = [*(cue.start() for cue in found[1:]), len(folded)]
    return tuple(
        Cue(
            says=_cues()[_folded(cue["cue"])],
            start=span.start + cue.start(),
            span=Span(span.start + cue.end(), span.start + end),
        )
        for cue, end in zip(found, ends, strict=False)
    )


def _opens(before: str) -> bool:
    return not before.strip() or before.rstrip()[-1] in ".,;(/-+*–:"


def _folded(words: str) -> str:
    return " ".join(fold_tones(words.lower()).split()).strip(" :-+*")


@cache
def _cues() -> dict[str, str]:
    return {fold_tones(row["cue"]): row["role"] for row in rows("trailing_cues")}


@cache
def _cue() -> re.Pattern[str]:
    cues = "|".join(re.escape(cue) for cue in sorted(_cues(), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:các\s+)?(?P<cue>{cues})\s*:")
