"""WEIGHED UNITS -> ANSWERS: the best quotations, each once, with why they were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.finding import MOST_WITH_TASKS, Asked, Sources
from index.fold import read_tokens
from index.quoting import quote
from index.replies import Answer, Sibling
from index.terms import ACCENTED
from index.weighing import Unit, rank
from ingest.model import Span

if TYPE_CHECKING:
    from ingest.model import Role

ENOUGH = 0.5  # of the best score: what counts as an answer at all
_MOST = 4.0  # what the score of a perfect answer comes to


def answer(
    sources: Sources, asked: Asked, *, limit: int, enough: float = ENOUGH
) -> tuple[tuple[Answer, ...], int]:
    """Return the best answers, best first, and how many there are in all.

    Args:
        sources: The library.
        asked: The question.
        limit: How many are quoted.
        enough: Share of the best score from which on something counts as an answer.
    """
    units = rank(sources, asked)
    if not units:
        return (), 0
    floor = enough * units[0].score
    counted = (unit for unit in units if unit.score >= floor or _of_the_body(asked, unit))
    distinct = _distinct(counted)
    best = distinct[:limit]
    quoted = quote(sources, [unit.passage for unit, _ in best])
    answers = tuple(
        _explained(asked, *group, answer_) for group, answer_ in zip(best, quoted, strict=True)
    )
    return answers, _total(sources, asked, len(distinct))


def _total(sources: Sources, asked: Asked, weighed: int) -> int:
    """Return how many answers there are, also where not all tasks of a body were weighed."""
    if asked.question.intent != "what" or weighed < MOST_WITH_TASKS:
        return weighed
    return max(weighed, sources.store.count_tasks_of_agencies(asked.agencies))


def _of_the_body(asked: Asked, unit: Unit) -> bool:
    return asked.question.intent == "what" and bool(unit.fits)


def _distinct(units: Iterable[Unit]) -> list[tuple[Unit, list[Unit]]]:
    """Put units that say the same under the best of them."""
    groups: dict[str, tuple[Unit, list[Unit]]] = {}
    for unit in units:
        key = " ".join(unit.passage.words.casefold().split())
        if key in groups:
            groups[key][1].append(unit)
        else:
            groups[key] = (unit, [])
    return list(groups.values())


def _explained(asked: Asked, unit: Unit, same: Sequence[Unit], quoted: Answer) -> Answer:
    """Return a quotation with its score and why it was chosen."""
    return replace(
        quoted,
        score=round(min(max(unit.score / _MOST, 0.0), 1.0), 4),
        why=_why(unit),
        marks=_marks(asked, quoted.quote),
        also=tuple(_sibling(other) for other in same),
    )


def _sibling(unit: Unit) -> Sibling:
    entry = unit.candidate.paper.row.entry
    return Sibling(
        document=entry.id,
        source=entry.source,
        code=entry.metadata.code,
        title=entry.metadata.title,
        path=unit.candidate.clause.path,
    )


def _marks(asked: Asked, words: str) -> tuple[Span, ...]:
    searched = {term for term, _ in asked.question.terms}
    return tuple(
        Span(token.start, token.end)
        for token in read_tokens(words)
        if token.folded in searched or ACCENTED + token.accented in searched
    )


_ROLES: dict[Role, str] = {
    "lead": "chủ trì, thực hiện",
    "coordinate": "phối hợp",
    "advise": "tham mưu",
    "support": "hỗ trợ",
}


def _why(unit: Unit) -> tuple[str, ...]:
    signals = unit.candidate.signals
    metadata = unit.candidate.paper.row.entry.metadata
    reasons = [
        f"Đúng cơ quan được hỏi: {actor.agency} ({_ROLES[actor.role]})" for actor, _ in unit.fits
    ]
    if signals.number:
        reasons.append(f"Đúng số hiệu văn bản: {metadata.code}")
    if signals.words >= 0.5:  # noqa: PLR2004 - half the words' score of the best
        reasons.append("Nhiều từ trùng với câu hỏi")
    if signals.meaning >= 0.5:  # noqa: PLR2004
        reasons.append("Nghĩa gần với câu hỏi")
    if signals.title >= 0.3:  # noqa: PLR2004
        reasons.append("Tên văn bản khớp với câu hỏi")
    if signals.place > 0:
        reasons.append("Đúng địa phương được hỏi")
    if signals.year > 0:
        reasons.append("Đúng năm được hỏi")
    return tuple(reasons)
