"""WEIGHED UNITS -> ANSWERS: the best quotations, each once, with why they were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.explaining import explained, marks, matched
from index.finding import MOST_WITH_TASKS, Asked, Sources
from index.grouping import Group, differing, group, texts_of
from index.quoting import quote, read_passages
from index.replies import Answer, Sibling
from index.weighing import Unit, Weighing, rank

ENOUGH = 0.5  # of the best score: what counts as an answer at all
_SPARE = 60  # units beyond those quoted that are weighed exactly
_SIBLINGS = 50  # that are named of those that say the same
_TOLD = 5  # of which it is told what is otherwise
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
    ranked = rank(sources, asked, reach=limit + _SPARE)
    if not ranked.units:
        return (), 0
    floor = enough * ranked.units[0].score
    counted = (unit for unit in ranked.units if unit.score >= floor or _of_the_body(asked, unit))
    groups = group(sources, asked, _distinct(counted), reach=limit + _SPARE)
    answers = _quoted(sources, ranked.weighing, groups[:limit])
    return answers, _total(sources, asked, len(groups))


def _quoted(sources: Sources, weighing: Weighing, best: Sequence[Group]) -> tuple[Answer, ...]:
    """Read and quote the best, each with those that say the same or nearly so."""
    places = [(each.best.sketch.clause, each.best.sketch.task) for each in best]
    passages = read_passages(sources, places)
    dated = weighing.asked.question.intent == "when"
    quoted = quote(sources, [passages[place] for place in places], dated=dated)
    siblings = _siblings(sources, best)
    return tuple(
        replace(
            answer_,
            score=round(min(max(each.best.score / _MOST, 0.0), 1.0), 4),
            why=explained(weighing, each.best, answer_),
            marks=marks(weighing.asked, answer_.quote),
            matched=matched(weighing.asked, answer_),
            also=siblings[each.best],
        )
        for each, answer_ in zip(best, quoted, strict=True)
    )


def _total(sources: Sources, asked: Asked, weighed: int) -> int:
    """Return how many answers there are, also where not all tasks of a body were weighed."""
    if asked.question.intent != "what" or weighed < MOST_WITH_TASKS:
        return weighed
    return max(weighed, sources.store.count_tasks_of_agencies(asked.agencies))


def _of_the_body(asked: Asked, unit: Unit) -> bool:
    return asked.question.intent == "what" and bool(unit.fits)


def _distinct(units: Iterable[Unit]) -> list[tuple[Unit, list[Unit]]]:
    """Put units that say the same under the best of them."""
    groups: dict[int, tuple[Unit, list[Unit]]] = {}
    for unit in units:
        if unit.sketch.words in groups:
            groups[unit.sketch.words][1].append(unit)
        else:
            groups[unit.sketch.words] = (unit, [])
    return list(groups.values())


def _siblings(sources: Sources, best: Sequence[Group]) -> dict[Unit, tuple[Sibling, ...]]:
    """Return where else it stands, for the best of each group: the same first, then the alike."""
    units = {each.best: (each.same + each.alike)[:_SIBLINGS] for each in best}
    places = _places(sources, [unit for some in units.values() for unit in some])
    alike = [each for each in best if each.alike]
    texts = texts_of(sources, [unit for each in alike for unit in (each.best, *each.alike)])
    for each in alike:
        here = texts[each.best.sketch.clause]
        for number, unit in enumerate(each.alike):
            there = texts[unit.sketch.clause]
            told = differing(here, there) if number < _TOLD else ()
            if unit.sketch.clause in places:
                place = places[unit.sketch.clause]
                places[unit.sketch.clause] = replace(place, same=False, quote=there, differing=told)
    return {
        unit: tuple(places[other.sketch.clause] for other in some) for unit, some in units.items()
    }


def _places(sources: Sources, units: Sequence[Unit]) -> dict[int, Sibling]:
    """Return where each of *units* stands, by its clause."""
    paths = sources.store.paths(unit.sketch.clause for unit in units)
    papers = sources.papers.read({unit.sketch.document for unit in units})
    found = {}
    for unit in units:
        entry = papers[unit.sketch.document].row.entry
        found[unit.sketch.clause] = Sibling(
            document=entry.id,
            source=entry.source,
            code=entry.metadata.code,
            title=entry.metadata.title,
            path=paths[unit.sketch.clause],
            issuer=entry.metadata.issuer,
            issued_on=entry.metadata.issued_on,
        )
    return found
