"""CANDIDATES -> WEIGHED UNITS: tasks and clauses, by what is asked: who, what, when, cite, find."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.finding import Asked, Candidate, Sources, find_candidates
from index.quoting import Passage
from index.terms import all_terms, read_words

if TYPE_CHECKING:
    from index.records import CitationRow, ClauseRow, TaskRow
    from index.replies import Intent
    from ingest.model import Actor, DeadlineKind, Kind

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
_PART = 0.4  # for a clause of the part of a document that is asked for
_TITLE = -0.4  # for a title where its document is not asked for


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
    return sorted(_narrow(asked, units), key=lambda unit: (-unit.score, unit.place))


def _narrow(asked: Asked, units: list[Unit]) -> list[Unit]:
    """Leave out what the question rules out: other documents, years and places than it names."""
    question = asked.question
    if question.intent in {"who", "what", "when"} and not question.inward:
        within = [unit for unit in units if unit.candidate.signals.number > 0]
        units = within or units
    if question.intent == "what" and asked.matches:
        units = _without_others(units, lambda unit: unit.candidate.signals.year)
        units = _without_others(units, lambda unit: unit.candidate.signals.place)
    return units


def _without_others(units: list[Unit], signal: Callable[[Unit], float]) -> list[Unit]:
    """Leave out what a signal speaks against, where it speaks for anything."""
    if not any(signal(unit) > 0 for unit in units):
        return units
    return [unit for unit in units if signal(unit) >= 0]


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
    score = signals.score(asked.meaning_weight) + _worth_of_kind(asked, candidate.clause)
    if asked.matches:
        score += _BODY[intent] * sum(fit for _, fit in unit.fits) / len(asked.matches)
    return replace(unit, score=score + _FITTING[intent](asked, unit))


def _worth_of_kind(asked: Asked, clause: ClauseRow) -> float:
    """Return what it counts which part of a document a clause is."""
    question = asked.question
    worth = _KINDS.get(clause.kind, 0.0)
    if clause.kind == "heading" and not question.asks:
        return 0.0  # what is looked for by name may be a heading
    if clause.kind in question.parts:
        return max(worth, 0.0) + _PART
    if clause.kind == "title" and question.asks:
        return 0.0 if clause.id in asked.hunted | asked.faces else _TITLE
    return worth


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
        alone = not asked.question.tags and unit.candidate.clause.id in asked.faces
        return 0.6 if alone else -0.3
    types = {row.reference.doc_type for row in unit.cited}
    relations = {row.reference.relation for row in unit.cited}
    asked_type = 0.2 if types & set(asked.question.doc_types) else 0.0
    related = 0.3 if relations & asked.question.relations else 0.0
    return 0.4 + asked_type + related + _names(asked, unit)


def _fitting_find(asked: Asked, unit: Unit) -> float:
    signals = unit.candidate.signals
    if unit.candidate.clause.id in asked.hunted:
        return signals.title + _names(asked, unit)
    face = 0.8 if unit.candidate.clause.id in asked.faces and not asked.question.inward else 0.0
    return face + _names(asked, unit)


def _names(asked: Asked, unit: Unit) -> float:
    """Return what it counts that a clause cites what the question names."""
    keys = {row.code_key for row in unit.cited}
    titles = {row.title_key for row in unit.cited}
    cites = 1.0 if keys & asked.keys or titles & asked.titles else 0.0
    itself = asked.question.inward and unit.candidate.clause.document in asked.documents
    return cites - (1.0 if itself else 0.0)


_FITTING: dict[Intent, Callable[[Asked, Unit], float]] = {
    "who": _fitting_who,
    "what": _fitting_what,
    "when": _fitting_when,
    "cite": _fitting_cite,
    "find": _fitting_find,
}
