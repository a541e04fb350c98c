"""ANSWERS -> GROUPS: what other documents say nearly the same is shown with the best of it.

Together are only clauses that differ in names of places, numbers, dates and codes. Never are tasks
of other bodies, what differs in something that the question names (a place, a year, a body), and
clauses of one document. Where a document is named, or a date or figure is asked for that differs,
each stands by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.differences import Piece, differences
from index.fold import folded_tokens
from index.replies import Differing

if TYPE_CHECKING:
    from collections.abc import Hashable

    from index.finding import Asked, Sources
    from index.records import ClauseRow
    from index.weighing import Unit

_NAMES = frozenset({"code", "date", "year", "number", "place"})  # not of bodies, nor words
_FIGURE = re.compile(r"\d+")
_FEW = 6  # small words that names may differ in: "xã" and "thành phố", "và", "năm"


class Group(NamedTuple):
    """An answer with those that are not repeated as answers."""

    best: Unit
    same: list[Unit]  # of the same words
    alike: list[Unit]  # of other documents, near-identical


def group(
    sources: Sources, asked: Asked, distinct: Sequence[tuple[Unit, list[Unit]]], *, reach: int
) -> list[Group]:
    """Put those of the first *reach* that are near-identical under the best of them."""
    groups = [Group(best, same, []) for best, same in distinct]
    question = asked.question
    if asked.documents or question.numbers or asked.titles:
        return groups
    reached = [each.best for each in groups[:reach]]
    texts, kinds = _kinds(sources, asked, reached)
    first: dict[Hashable, list[Group]] = {}
    kept = []
    for each in groups[:reach]:
        clause = each.best.sketch.clause
        known = clause in kinds
        some = first.setdefault((kinds[clause], _given(sources, each.best)), []) if known else []
        into = next((other for other in some if _may_join(texts, each, other)), None)
        if into is None:
            some.append(each)
            kept.append(each)
        else:
            into.alike.extend([each.best, *each.same])
    return kept + groups[reach:]


def _may_join(texts: Mapping[int, str], one: Group, other: Group) -> bool:
    """Tell whether a group is of other documents than another, and differs in names alone."""
    if _documents(one) & _documents(other):
        return False
    here, there = (texts[each.best.sketch.clause] for each in (other, one))
    if not _alike(here, there):
        return False
    return all(each.slot in _NAMES for each in differing(here, there))


def _alike(here: str, there: str) -> bool:
    """Tell whether two texts have nearly the same small words: cheaper than how they differ."""
    one, other = _small_words(here), _small_words(there)
    return (one - other).total() + (other - one).total() <= _FEW


@lru_cache(maxsize=4096)
def _small_words(text: str) -> Counter[str]:
    return Counter(word for word in text.split() if word.isalpha() and word.islower())


def _documents(group_: Group) -> set[int]:
    return {unit.sketch.document for unit in (group_.best, *group_.same, *group_.alike)}


def _given(sources: Sources, unit: Unit) -> Hashable:
    """Return which bodies lead a task, and who of it is asked for; None: it is no task."""
    task = unit.sketch.task
    if task is None:
        return None
    acting = sources.store.acting([task]).get(task, [])
    leads = frozenset(agency for agency, role in acting if role == "lead")
    return leads, tuple((fit.name, fit.role) for fit in unit.fits)


def _kinds(
    sources: Sources, asked: Asked, units: Sequence[Unit]
) -> tuple[dict[int, str], dict[int, Hashable]]:
    """Return texts, and what must be equal in those put together; nothing of those alone."""
    families = sources.store.families_of({unit.sketch.clause for unit in units})
    documents: dict[int, set[int]] = {}
    for unit in units:
        if unit.sketch.clause in families:
            documents.setdefault(families[unit.sketch.clause], set()).add(unit.sketch.document)
    shared = {clause: family for clause, family in families.items() if len(documents[family]) > 1}
    clauses = sources.store.clauses(shared)
    kinds: dict[int, Hashable] = {
        clause: (shared[clause], _named(sources, asked, row)) for clause, row in clauses.items()
    }
    return {clause: row.text for clause, row in clauses.items()}, kinds


def _named(sources: Sources, asked: Asked, clause: ClauseRow) -> Hashable:
    """Return what a clause and its document have of what the question names."""
    question = asked.question
    known = sources.papers([clause.document])[clause.document].known
    words = f" {' '.join(folded_tokens(clause.text))} "
    figures = tuple(_FIGURE.findall(clause.text)) if _counts(asked) else ()
    return (
        tuple((f" {place} " in words, f" {place} " in known.words) for place in question.places),
        tuple((f" {year} " in words, year in known.years) for year in question.years),
        known.place if question.places else None,
        known.doc_type if question.doc_types else None,
        figures,
    )


def _counts(asked: Asked) -> bool:
    """Tell whether the answer is a date or a figure: where it differs, it is another answer."""
    question = asked.question
    return question.intent == "when" or bool(question.tags or question.times)


def differing(before: str, after: str) -> tuple[Differing, ...]:
    """Return what of one text is otherwise in another, in order."""
    found: list[Differing] = []
    went: Piece | None = None
    for piece in (*differences(before, after), Piece(way="same", text="")):
        if went is not None and piece.way != "added":
            found.append(Differing(slot=went.slot, here=_bare(went.text), there=None))
        if piece.way == "added":
            here = _bare(went.text) if went is not None else None
            found.append(Differing(slot=piece.slot, here=here, there=_bare(piece.text)))
        went = piece if piece.way == "removed" else None
    return tuple(found)


def _bare(text: str) -> str:
    return text.strip(" .,;:")


def texts_of(sources: Sources, units: Iterable[Unit]) -> dict[int, str]:
    """Return the texts of the clauses of *units*."""
    clauses = sources.store.clauses({unit.sketch.clause for unit in units})
    return {clause: row.text for clause, row in clauses.items()}
