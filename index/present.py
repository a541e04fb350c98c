"""ACTORS OF A DUTY -> THE SAME, AND WHO IS RESPONSIBLE NOW: beside what is written, not for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

from index.replies import PresentTask, Responsible
from index.succession import successors
from ingest.places import find_units
from ingest.registers import province_of

if TYPE_CHECKING:
    from ingest.model import Actor, Metadata, Task

_VIETNAM = dt.timezone(dt.timedelta(hours=7))
_Noun = TypeVar("_Noun")


def today() -> dt.date:
    """Return the day in Vietnam."""
    return dt.datetime.now(_VIETNAM).date()


def present(
    actors: Iterable[Actor], words: str, metadata: Metadata, *, on: dt.date
) -> tuple[Responsible, ...]:
    """Return *actors* with who is responsible on a day.

    Args:
        actors: Of one duty.
        words: The duty's own: they tell its function.
        metadata: Of the document that gives it: its day and its province count.
        on: The day that is asked about.
    """
    province = _province_of(metadata)
    return tuple(
        _as(
            Responsible,
            actor,
            now=successors(
                actor.agency,
                words,
                written_on=metadata.issued_on,
                asked_on=on,
                province=province,
            ),
        )
        for actor in actors
    )


def present_task(task: Task, metadata: Metadata, *, on: dt.date) -> PresentTask:
    """Return *task* with actors that say who is responsible on a day."""
    return _as(PresentTask, task, actors=present(task.actors, task.quote, metadata, on=on))


def _province_of(metadata: Metadata) -> str | None:
    """Return the province that a document stands in, as far as its issuer tells."""
    units = {unit.level: str(unit) for unit in find_units(metadata.issuer or "")}
    smaller = units.get("district") or units.get("commune")
    return units.get("province") or (
        province_of(smaller, on=metadata.issued_on) if smaller else None
    )


def _as(kind: type[_Noun], noun: object, **more: object) -> _Noun:
    """Return *noun* as one of a kind that has all its fields and *more*."""
    held = {field.name: getattr(noun, field.name) for field in fields(noun)}  # type: ignore[arg-type]
    return kind(**{**held, **more})
