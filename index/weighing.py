"""CANDIDATES -> WEIGHED UNITS: tasks and clauses, by what is asked: who, what, when, cite, find.

All are weighed by the sketches in their rows; none is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from index.effects import status_of
from index.finding import Asked, Found, Sources, find_candidates
from index.ranking import Signals, Weigher
from index.ruling_out import ruled_in
from index.saying import Saying
from index.sketches import (
    DAYS,
    DEADLINES,
    EVERY_ROLE,
    FIGURE,
    NAMED,
    PERCENT,
    ROLES,
)
from index.stating import matched, stating
from index.terms import all_terms, read_words

if TYPE_CHECKING:
    from index.papers import Paper
    from index.replies import Intent
    from index.sketch_rows import Mentioned
    from index.sketches import Sketch
    from index.traces import Standing
    from ingest.model import DeadlineKind, Level, Role

# What a kind of clause is worth as an answer, against a plain one.
_KINDS: dict[str, float] = {
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
_BODY: dict[Intent, float] = {"who": 0.42, "what": 1.2, "when": 0.4, "cite": 0.3, "find": 0.3}
_LEVELS: tuple[Level, ...] = ("central", "province", "district", "commune")
_ANY_DEADLINE = sum(DEADLINES.values())
_WORDS = 1.35  # words, where one clause answers
_ENDED = -0.08  # for what is out of force: less than what any word of the question counts
_STANDING = 30  # of the best, whose documents' effect is looked up
_EQUAL = 3  # places to which scores are compared
_PART = 0.4  # for a clause of the part of a document that is asked for
_OPENING = 0.15  # for what stands before the body, where a document's bases are asked for
_TITLE = -0.4  # for a title where its document is not asked for
_READ = 120  # of the best, and of those that match best, that are read for what they say


class Fit(NamedTuple):
    """A body of a task that is asked for."""

    name: str
    role: Role
    fit: float  # 0..1


class Unit(NamedTuple):
    """What may be quoted: a task of a clause, or a whole clause, with its score."""

    score: float
    sketch: Sketch
    words: float
    meaning: float
    fits: tuple[Fit, ...]  # for each body asked for, who of the task it is


@dataclass(frozen=True)
class Weighing:
    """One question's candidates, as they are weighed."""

    asked: Asked
    found: Found
    papers: dict[int, Paper]
    signals: dict[int, Signals]  # of each document
    fits: dict[int, tuple[Fit, ...]]  # of each task
    cited: dict[int, list[Mentioned]]  # by each clause, where that counts
    texts: dict[int, str] = field(default_factory=dict)  # of the clauses read for what they say
    ended: dict[int, Standing] = field(default_factory=dict)  # documents out of force, of the best
    _base: dict[int, float] = field(default_factory=dict)  # what speaks for a document's clauses

    def unit(self, sketch: Sketch, share: float = 1.0) -> Unit:
        """Weigh what may be quoted.

        Args:
            sketch: A task or a clause.
            share: How much of the clause's matched words are the task's.
        """
        base = self._base.get(sketch.document)
        if base is None:
            base = self.signals[sketch.document].score(self.asked.meaning_weight)
            self._base[sketch.document] = base
        words = self.found.words.get(sketch.clause, 0.0) * share
        meaning = self.found.meaning.get(sketch.clause, 0.0) * share
        score = base + self._words_weight * words + self._worth_of_kind(sketch)
        score += self.asked.meaning_weight * meaning
        fits = self.fits.get(sketch.task, ()) if sketch.task is not None else ()
        if fits:
            bonus = _BODY[self.asked.question.intent]
            score += bonus * sum(fit.fit for fit in fits) / len(self.asked.matches)
        score += self._fitting(self, sketch, fits) + self._said(sketch)
        if sketch.document in self.ended and not self._of_then:
            score += _ENDED
        return Unit(score, sketch, words, meaning, fits)

    @cached_property
    def _words_weight(self) -> float:
        """What words count: more where one clause must say what is asked, not a list of duties."""
        return _WORDS if self.asked.question.intent in {"who", "when"} else 1.0

    @cached_property
    def _of_then(self) -> bool:
        """Whether a document or a year is named: then it is asked for, in force or not."""
        asked = self.asked
        return bool(asked.documents or asked.question.years or asked.question.numbers)

    @cached_property
    def saying(self) -> Saying:
        """What is to be said."""
        return Saying(self.asked.question)

    def _said(self, sketch: Sketch) -> float:
        """Return what it counts that a clause that was read says what is asked."""
        text = self.texts.get(sketch.clause)
        if text is None:
            return 0.0
        stated = sketch.task is not None and bool(sketch.facts & _ANY_DEADLINE)
        worth: float = self.saying.worth(text, stated=stated)
        if self.saying.wanted == "effect" and worth > 0:
            worth += self.signals[sketch.document].title  # of which document, its title says
        return worth

    def order(self, unit: Unit) -> tuple[float, int, int, int, int]:
        """Best first; among equals of a higher level, then newer ones, then as they stand."""
        sketch = unit.sketch
        level, newness = self._ranks[sketch.document]
        return -round(unit.score, _EQUAL), level, newness, sketch.clause, sketch.ordinal

    @cached_property
    def _ranks(self) -> dict[int, tuple[int, int]]:
        """What each document comes by among equals: its level, and how new it is."""
        return {
            number: (
                _LEVELS.index(level) if (level := paper.known.level) else len(_LEVELS),
                -int((paper.known.issued or "0").replace("-", "")),
            )
            for number, paper in self.papers.items()
        }

    @cached_property
    def _fitting(self) -> Callable[[Weighing, Sketch, Sequence[Fit]], float]:
        return _FITTING[self.asked.question.intent]

    def _worth_of_kind(self, sketch: Sketch) -> float:
        """Return what it counts which part of a document a clause is."""
        question = self.asked.question
        worth = _KINDS.get(sketch.kind, 0.0)
        if sketch.kind == "heading" and not question.asks:
            return 0.0  # what is looked for by name may be a heading
        if sketch.kind in question.parts:
            return max(worth, 0.0) + _PART
        if sketch.kind == "title" and question.asks:
            meant = sketch.clause in self.asked.hunted or sketch.clause in self.asked.faces
            return 0.0 if meant else _TITLE
        return worth

    def fitting_who(self, sketch: Sketch, _: Sequence[Fit]) -> float:
        """Return what it counts that a task names who does it."""
        if sketch.task is None or not sketch.facts & EVERY_ROLE:
            return -0.2
        asked = sketch.facts & self._roles
        return 0.2 + (0.1 if sketch.facts & NAMED else 0.0) + (0.15 if asked else 0.0)

    @cached_property
    def _roles(self) -> int:
        return sum(ROLES[role] for role in self.asked.question.roles)

    def fitting_what(self, sketch: Sketch, fits: Sequence[Fit]) -> float:
        """Return what it counts in which role the body asked for has a task."""
        tags = self.asked.question.tags
        if "percent" in tags:
            return 0.5 if sketch.facts & PERCENT else 0.0
        if "figure" in tags:
            return 0.3 if sketch.facts & FIGURE else 0.0
        if sketch.task is None:
            return 0.0
        wanted = set(self.asked.question.roles) or {"lead"}
        return 0.1 + (0.25 if any(fit.role in wanted for fit in fits) else 0.0)

    def fitting_when(self, sketch: Sketch, _: Sequence[Fit]) -> float:
        """Return what it counts that a task says when it is due."""
        if sketch.task is None:
            return -0.2
        kinds = (worth for kind, worth in _DEADLINES.items() if sketch.facts & DEADLINES[kind])
        return max(kinds, default=-0.2) + (0.35 if sketch.facts & self._deadlines else 0.0)

    @cached_property
    def _deadlines(self) -> int:
        """The kinds of deadlines that are asked for; days of the year are dates."""
        tags = self.asked.question.tags
        kinds = sum(bit for kind, bit in DEADLINES.items() if kind in tags)
        kinds |= DEADLINES["recurring"] if self.saying.again else 0
        return kinds | (DAYS if "date" in tags else 0)

    def fitting_cite(self, sketch: Sketch, _: Sequence[Fit]) -> float:
        """Return what it counts that a clause cites."""
        question = self.asked.question
        cited = self.cited.get(sketch.clause)
        if not cited:
            alone = not question.tags and sketch.clause in self.asked.faces
            return 0.6 if alone else -0.3
        asked_type = any(each.doc_type in question.doc_types for each in cited)
        related = any(each.relation in question.relations for each in cited)
        opens = sketch.kind == "preamble" and "citing" in question.tags
        worth = 0.4 + (0.2 if asked_type else 0.0) + (0.3 if related or opens else 0.0)
        worth += -_KINDS["preamble"] + _OPENING if opens else 0.0
        return worth + self._names(sketch)

    def fitting_find(self, sketch: Sketch, _: Sequence[Fit]) -> float:
        """Return what it counts that a clause stands for a document that is looked for."""
        if sketch.clause in self.asked.hunted:
            return self.signals[sketch.document].title + self._names(sketch)
        of_itself = self.asked.question.inward or self.asked.question.tags & {"figure"}
        meant = sketch.clause in self.asked.faces and not of_itself
        return (0.8 if meant else 0.0) + self._names(sketch)

    def _names(self, sketch: Sketch) -> float:
        """Return what it counts that a clause cites what the question names."""
        asked = self.asked
        cited = self.cited.get(sketch.clause, ())
        cites = any(c.code_key in asked.keys or c.title_key in asked.titles for c in cited)
        itself = asked.question.inward and sketch.document in asked.documents
        return (1.0 if cites else 0.0) - (1.0 if itself else 0.0)


_FITTING: dict[Intent, Callable[[Weighing, Sketch, Sequence[Fit]], float]] = {
    "who": Weighing.fitting_who,
    "what": Weighing.fitting_what,
    "when": Weighing.fitting_when,
    "cite": Weighing.fitting_cite,
    "find": Weighing.fitting_find,
}


@dataclass(frozen=True)
class Ranked:
    """All that may be quoted, best first."""

    units: list[Unit]
    weighing: Weighing


def rank(sources: Sources, asked: Asked, *, reach: int) -> Ranked:
    """Return all that may be quoted, best first; the order of the first *reach* is exact."""
    found = find_candidates(sources, asked)
    own = frozenset(stating(sources, asked))
    words = matched(sources, asked, sorted(own - found.words.keys())) | found.words
    found = replace(found, clauses=found.clauses | own, words=words)
    sketches = sources.store.sketches(found.clauses, tasks=asked.question.intent != "find")
    weighing = _weighing(sources, asked, found, sketches)
    papers = weighing.papers
    units = [weighing.unit(sketch) for sketch in sketches if sketch.document in papers]
    duties = asked.question.intent == "what" and not asked.question.tags & {"percent", "figure"}
    if duties and any(unit.fits for unit in units):
        units = [unit for unit in units if unit.fits]
    units = ruled_in(
        sources.store, sources.gazetteer, asked.question, papers, _narrow(weighing, units)
    )
    units = _in_force(sources, weighing, _told(sources, weighing, units, own))
    return Ranked(_shared(sources, weighing, units, reach), weighing)


def _told(
    sources: Sources, weighing: Weighing, units: list[Unit], own: frozenset[int]
) -> list[Unit]:
    """Return units, best first, those in reach and *own* ones weighed by what their text says."""
    units = sorted(units, key=weighing.order)
    saying = weighing.saying
    if saying.wanted is None:
        return units
    best = units[:_READ]
    matching = sorted(units, key=lambda unit: -unit.words - unit.meaning)[:_READ]
    said = {unit.sketch.clause for unit in (*best, *matching)}
    weighing.texts.update(sources.store.texts(said | own))
    weighed = [
        weighing.unit(unit.sketch) if unit.sketch.clause in weighing.texts else unit
        for unit in units
    ]
    return sorted(weighed, key=weighing.order)


def _in_force(sources: Sources, weighing: Weighing, units: list[Unit]) -> list[Unit]:
    """Return units, best first, what is out of force behind what says as much and is in force.

    Args:
        sources: The library.
        weighing: Its `ended` is filled in, for the documents of the best.
        units: Best first.
    """
    numbers = {unit.sketch.document for unit in units[:_STANDING]}
    for number, standing in status_of(sources, numbers, sources.today()).items():
        if standing.state in {"expired", "suspended"}:
            weighing.ended[number] = standing
    if not weighing.ended:
        return units
    aged = [
        weighing.unit(unit.sketch) if unit.sketch.document in weighing.ended else unit
        for unit in units
    ]
    return sorted(aged, key=weighing.order)


def _weighing(sources: Sources, asked: Asked, found: Found, sketches: Sequence[Sketch]) -> Weighing:
    question = asked.question
    papers = sources.papers(sketch.document for sketch in sketches)
    meant: frozenset[int] = frozenset() if question.inward else asked.documents
    weigher = Weigher(question, sources.frequency, sources.total, meant)
    citing = question.intent == "cite" or asked.keys or asked.titles
    tasks = [sketch.task for sketch in sketches if sketch.task is not None]
    return Weighing(
        asked=asked,
        found=found,
        papers=papers,
        signals={number: weigher.signals(paper) for number, paper in papers.items()},
        fits=_fits(sources, asked, tasks) if asked.matches else {},
        cited=sources.store.mentioned(found.clauses) if citing else {},
    )


def _fits(sources: Sources, asked: Asked, tasks: Iterable[int]) -> dict[int, tuple[Fit, ...]]:
    """Return, for each body asked for, the actor of each task that fits it best, and how well."""
    known = [{match.agency: match for match in matches} for matches in asked.matches]
    found = {}
    for task, acting in sources.store.acting(tasks).items():
        best = []
        for matches in known:
            fits = [
                Fit(matches[agency].name, role, matches[agency].fit)
                for agency, role in acting
                if agency in matches
            ]
            if fits:
                best.append(max(fits, key=lambda fit: (fit.fit, fit.role == "lead")))
        if best:
            found[task] = tuple(best)
    return found


def _narrow(weighing: Weighing, units: list[Unit]) -> list[Unit]:
    """Leave out what the question rules out: other documents, years and places than it names."""
    question = weighing.asked.question
    signals = weighing.signals
    if question.intent in {"who", "what", "when"} and not question.inward:
        within = [unit for unit in units if signals[unit.sketch.document].number > 0]
        units = within or units
    if question.intent == "cite" and not question.inward:
        own = [unit for unit in units if signals[unit.sketch.document].number > 0]
        units = own if any(weighing.cited.get(unit.sketch.clause) for unit in own) else units
    if question.intent == "what" and weighing.asked.matches:
        units = _without_others(units, lambda unit: signals[unit.sketch.document].year)
        units = _without_others(units, lambda unit: signals[unit.sketch.document].place)
    return units


def _without_others(units: list[Unit], signal: Callable[[Unit], float]) -> list[Unit]:
    """Leave out what a signal speaks against, where it speaks for anything."""
    if not any(signal(unit) > 0 for unit in units):
        return units
    return [unit for unit in units if signal(unit) >= 0]


def _shared(sources: Sources, weighing: Weighing, units: list[Unit], reach: int) -> list[Unit]:
    """Give the tasks of one clause their shares of the words that were matched, the best first.

    A share never raises a score, so what comes after the first cannot come before them.
    """
    tasks_of: dict[int, list[Unit]] = {}
    for unit in units:
        tasks_of.setdefault(unit.sketch.clause, []).append(unit)
    several = {unit.sketch.clause for unit in units[:reach] if unit.sketch.task is not None}
    texts = sources.store.task_words(several)
    weighed = {term: w for term, w in weighing.asked.question.terms if "_" not in term}
    shared: dict[tuple[int, int | None], Unit] = {}
    for clause, tasks in texts.items():
        if len(tasks) > 1:
            share = _shares(weighed, tasks)
            for unit in tasks_of[clause]:
                key = clause, unit.sketch.task
                shared[key] = weighing.unit(unit.sketch, share[unit.sketch.task or 0])
    if not shared:
        return units
    found = [shared.get((unit.sketch.clause, unit.sketch.task), unit) for unit in units]
    return sorted(found, key=weighing.order)


def _shares(weights: dict[str, float], tasks: Sequence[tuple[int, str]]) -> dict[int, float]:
    """Return for each task of a clause its share of the words that were matched."""
    covered = {
        task: sum(weights.get(term, 0.0) for term in set(all_terms(read_words(words))))
        for task, words in tasks
    }
    best = max(covered.values()) or 1.0
    return {task: 0.5 + 0.5 * found / best for task, found in covered.items()}
