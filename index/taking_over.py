"""A BODY OF TODAY -> TASKS OF OTHERS whose function passed to it since they were written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.bodies import Body, read_body
from index.gazetteer import fits
from index.present import present
from index.succession import heirs

if TYPE_CHECKING:
    from index.finding import Sources
    from index.gazetteer import Match, Mention
    from index.records import TaskRow

_SAME = 0.95  # how well a successor must fit to be the body that is asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """The body that is asked for: its name, and what that means in the library."""

    name: str
    matches: tuple[Match, ...]  # held
    mention: Mention | None  # as it was read; None: nothing is known of it


def taken_over(sources: Sources, asked: Asked) -> dict[int, tuple[TaskRow, tuple[str, ...]]]:
    """Return the tasks that the body asked for has from others, by their number.

    Returns:
        For each task its row and the bodies, as written, whose part passed on; only those of
        bodies that changed since.
    """
    day = sources.today()
    held = {match.agency for match in asked.matches}
    before = {
        number: name
        for number, name in sources.gazetteer.agencies
        if number not in held
        and any(_is(asked, sources, heir) for heir in heirs(name, asked_on=day))
    }
    rows = sources.store.tasks_of_agencies(before)
    papers = sources.papers.read({row.document for row in rows})
    names = frozenset(before.values())
    found = {}
    for row in rows:
        metadata = papers[row.document].row.entry.metadata
        acting = [actor for actor in row.task.actors if actor.agency in names]
        mine = tuple(
            actor.agency
            for actor in present(acting, row.task.quote, metadata, on=day)
            if any(_is(asked, sources, one.agency) for one in actor.now)
        )
        if mine:
            found[row.id] = (row, mine)
    return found


def _is(asked: Asked, sources: Sources, name: str | None) -> bool:
    """Tell whether a successor is the body that is asked for."""
    if name is None:
        return False
    if name in {asked.name, *(match.name for match in asked.matches)}:
        return True
    if asked.mention is None:
        return False
    return fits(asked.mention.body, _read(sources, name)) >= _SAME


def _cores(asked: Asked, sources: Sources) -> frozenset[tuple[str, ...]]:
    """Return what the bodies asked for are, wherever they are: "công an"."""
    named = [_read(sources, name) for name in (asked.name, *(m.name for m in asked.matches))]
    return frozenset(
        body.core for body in [*named, *([asked.mention.body] if asked.mention else [])]
    )


def _read(sources: Sources, name: str) -> Body:
    return read_body(name, sources.gazetteer.places)
