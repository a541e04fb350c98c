"""SENTENCE -> WHO IS REPORTED TO, and through whom (nơi nhận báo cáo, cơ quan tổng hợp)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.actors import Mention
from ingest.model import Span
from ingest.tones import fold_tones

_TO = re.compile(
    r"(?:báo cáo|gửi|trình)(?:(?! cho thấy)[^.;()]){0,90}?"
    r"(?:\s(?:về|cho|lên|tới|đến|gửi|với))\s*(?:các)?\s*$"
    r"|(?:báo cáo|trình|gửi|gửi về)\s*(?:cho|về|lên)?\s*$"
)
_VIA = re.compile(r"(?:\(|,|\s)\s*(?:thông qua|qua|gửi qua)\s*:?\s*(?:các)?\s*$")
_LINK = re.compile(r"\s*(?:,|;|và|đồng thời gửi|, và)\s*")
_REPORTS = re.compile(r"báo cáo|gửi về|tổng hợp")


def find_reporting(
    text: str, sentence: Span, mentions: Sequence[Mention]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Return the bodies that *sentence* has reports sent to, and those that pass them on."""
    folded = fold_tones(text[sentence.start : sentence.end].lower())
    if not _REPORTS.search(folded):
        return (), ()
    to: list[Mention] = []
    via: list[Mention] = []
    last: list[Mention] | None = None
    for mention in mentions:
        start = mention.span.start - sentence.start
        before = folded[:start]
        gap = folded[last[-1].span.end - sentence.start : start] if last else None
        if gap is not None and _LINK.fullmatch(gap):
            pass
        elif _VIA.search(before):
            last = via
        elif _TO.search(before):
            last = to
        else:
            last = None
        if last is not None:
            last.append(mention)
    return tuple(to), tuple(via)
