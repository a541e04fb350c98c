"""CANDIDATES -> ANSWERS: quotations, weighed by what is asked: who, what, when, cite or find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.finding import MOST_WITH_TASKS, Asked, Candidate, Sources, find_candidates
from index.fold import read_tokens
from index.quoting import Passage, quote
from index.replies import Answer, Sibling
from index.terms import ACCENTED, all_terms, read_words
from ingest.model import Span

if TYPE_CHECKING:
    from index.records import CitationRow, TaskRow
    from index.replies import Intent
    from ingest.model import Actor, DeadlineKind, Kind, Role

# What a kind of clause is worth as an answer, against a plain one.
_KINDS: dict[Kind, float] = {
    "letterhead": -0.5,
    "recipients": -0.6,
    "signature": -0.6,
    "footnote": -0.3,
    "heading": -0.3,
    "assignment": -0.25,
    "preamble": -0.15,
    "detail": -0.1,
}
_DEADLINES: dict[DeadlineKind, float] = {
    "date": 0.5,
    "period": 0.5,
    "recurring": 0.5,
    "event": 0.25,
    "ongoing": 0.2,
}
_BODY: dict[Intent, float] = {"who": 0.5, "what": 1.2, "when": 0.4, "cite": 0.3, "find": 0.3}
_PERCENT = re.compile(r"\d\s*%")
_FIGURE = re.compile(r"\d")
_ENOUGH = 0.5  # of the best score: what counts as an answer at all
_MOST = 4.0  # what the score of a perfect answer comes to


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What may be quoted: a task of a clause, or a whole clause, with its score."""

    candidate: Candidate
    task: TaskRow | None
    cited: Sequence[CitationRow]
    fits: Sequence[tuple[Actor, float]]  # for each body asked for, who of the task it is
    score: float = 0.0

    @property
    def passage(self) -> Passage:
        """What of it is quoted."""
        return Passage(self.candidate.clause, self.task, self.cited)

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands, for a steady order among equals."""
        return self.candidate.clause.id, self.task.ordinal if self.task else -1


def answer(sources: Sources, asked: Asked, *, limit: int) -> tuple[tuple[Answer, ...], int]:
    """Return the best answers, best first, and how many there are in all."""
    units = rank(sources, asked)
    if not units:
        return (), 0
    floor = _ENOUGH * units[0].score
    enough = [unit for unit in units if unit.score >= floor or _of_the_body(asked, unit)]
    distinct = _distinct(enough)
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


def rank(sources: Sources, asked: Asked) -> list[Unit]:
    """Return all that may be quoted, best first."""
    candidates = find_candidates(sources, asked)
    ids = [candidate.clause.id for candidate in candidates]
    tasks = sources.store.tasks_of_clauses(ids)
    cited = sources.store.citations_of_clauses(ids)
    units = [
        _weigh(asked, candidate, task, cited.get(candidate.clause.id, ()), share)
        for candidate in candidates
        for task, share in _parts(asked, tasks.get(candidate.clause.id, ()))
    ]
    if asked.question.intent == "what" and any(unit.fits for unit in units):
        units = [unit for unit in units if unit.fits]
    return sorted(units, key=lambda unit: (-unit.score, unit.place))


def _parts(asked: Asked, tasks: Sequence[TaskRow]) -> list[tuple[TaskRow | None, float]]:
    """Return what of a clause may answer, each with its share of the words that were matched."""
    if not tasks or asked.question.intent == "find":
        return [(None, 1.0)]
    if len(tasks) == 1:
        return [(tasks[0], 1.0)]
    terms = {term: weight for term, weight in asked.question.terms if "_" not in term}
    covered = [
        sum(terms.get(term, 0.0) for term in set(all_terms(read_words(row.task.quote))))
        for row in tasks
    ]
    best = max(covered) or 1.0
    return [(row, 0.5 + 0.5 * found / best) for row, found in zip(tasks, covered, strict=True)]


def _fits(asked: Asked, row: TaskRow | None) -> list[tuple[Actor, float]]:
    """Return for each body asked for the actor of a task that fits it best, and how well."""
    if row is None:
        return []
    best = []
    for matches in asked.matches:
        fits = {match.name: match.fit for match in matches}
        found = [(actor, fits[actor.agency]) for actor in row.task.actors if actor.agency in fits]
        if found:
            best.append(max(found, key=lambda pair: (pair[1], pair[0].role == "lead")))
    return best


def _weigh(
    asked: Asked,
    candidate: Candidate,
    task: TaskRow | None,
    cited: Sequence[CitationRow],
    share: float,
) -> Unit:
    intent = asked.question.intent
    signals = candidate.signals
    if share < 1:
        signals = signals.with_scores(words=signals.words * share, meaning=signals.meaning * share)
    unit = Unit(candidate=candidate, task=task, cited=cited, fits=_fits(asked, task))
    score = signals.score + _KINDS.get(candidate.clause.kind, 0.0)
    if asked.matches:
        score += _BODY[intent] * sum(fit for _, fit in unit.fits) / len(asked.matches)
    return replace(unit, score=score + _FITTING[intent](asked, unit))


def _fitting_who(asked: Asked, unit: Unit) -> float:
    task = unit.task.task if unit.task else None
    if task is None or not task.actors:
        return -0.2
    roles = {actor.role for actor in task.actors}
    named = 0.1 if any(actor.via != "collective" for actor in task.actors) else 0.0
    return 0.2 + named + (0.15 if roles & set(asked.question.roles) else 0.0)


def _fitting_what(asked: Asked, unit: Unit) -> float:
    tags = asked.question.tags
    words = unit.passage.words
    if "percent" in tags:
        return 0.5 if _PERCENT.search(words) else 0.0
    if "figure" in tags:
        return 0.3 if _FIGURE.search(words) else 0.0
    if unit.task is None:
        return 0.0
    wanted = set(asked.question.roles) or {"lead"}
    return 0.1 + (0.25 if any(actor.role in wanted for actor, _ in unit.fits) else 0.0)


def _fitting_when(asked: Asked, unit: Unit) -> float:
    deadlines = unit.task.task.deadlines if unit.task else ()
    kinds: set[str] = {deadline.kind for deadline in deadlines}
    if any(deadline.dates for deadline in deadlines):
        kinds.add("date")
    asked_for = 0.35 if kinds & asked.question.tags else 0.0
    return max((_DEADLINES[deadline.kind] for deadline in deadlines), default=-0.2) + asked_for


def _fitting_cite(asked: Asked, unit: Unit) -> float:
    if not unit.cited:
        return 0.6 if unit.candidate.clause.id in asked.faces else -0.3
    types = {row.reference.doc_type for row in unit.cited}
    asked_type = 0.2 if types & set(asked.question.doc_types) else 0.0
    return 0.4 + asked_type + _names(asked, unit.cited)


def _fitting_find(asked: Asked, unit: Unit) -> float:
    face = 0.8 if unit.candidate.clause.id in asked.faces else 0.0
    return face + _names(asked, unit.cited)


def _names(asked: Asked, cited: Sequence[CitationRow]) -> float:
    """Return what it counts that a clause cites what the question names."""
    keys = {row.code_key for row in cited}
    titles = {row.title_key for row in cited}
    return 1.0 if keys & asked.keys or titles & asked.titles else 0.0


_FITTING: dict[Intent, Callable[[Asked, Unit], float]] = {
    "who": _fitting_who,
    "what": _fitting_what,
    "when": _fitting_when,
    "cite": _fitting_cite,
    "find": _fitting_find,
}


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
