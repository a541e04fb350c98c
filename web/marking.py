"""TEXT + MARKS -> STRETCHES: the words of a span as they stand, with what was found in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.model import Actor, Deadline, Document, Span, Task
from web.links import agency_url, citation_url
from web.wording import RELATIONS, ROLES, meaning, unsure


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A finding to be shown in the text."""

    span: Span
    kind: str  # "task", "actor", "deadline", "target", "reference", "match"
    label: str = ""  # shown after the words, never part of them: "chủ trì"
    title: str = ""  # the longer explanation
    role: str = ""  # of an actor: "lead"
    href: str | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text: plain words, or a mark around further stretches."""

    text: str
    mark: Mark | None = None
    inner: tuple[Stretch, ...] = ()


def weave(text: str, span: Span, marks: Iterable[Mark]) -> tuple[Stretch, ...]:
    """Cut the words of *span* into nested stretches.

    Joined, the texts of the stretches are exactly `span.of(text)`. A mark that is empty, leaves
    the span or crosses the border of an outer one is left out: half a finding is none.
    """
    fitting = (mark for mark in marks if span.holds(mark.span) and mark.span.of(text))
    ordered = sorted(fitting, key=lambda mark: (mark.span.start, -mark.span.end))
    return _nest(text, span, ordered)


def _nest(text: str, span: Span, marks: list[Mark]) -> tuple[Stretch, ...]:
    stretches: list[Stretch] = []
    place = span.start
    while marks:
        mark, *marks = marks
        if mark.span.start < place or mark.span.end > span.end:
            continue
        if place < mark.span.start:
            stretches.append(Stretch(text[place : mark.span.start]))
        inner = [other for other in marks if mark.span.holds(other.span)]
        stretches.append(Stretch(mark.span.of(text), mark, _nest(text, mark.span, inner)))
        place = mark.span.end
    if place < span.end:
        stretches.append(Stretch(text[place : span.end]))
    return tuple(stretches)


def findings(document: Document) -> list[Mark]:
    """Return everything found in a document as marks, each place once for each kind."""
    marks: dict[tuple[Span, str], Mark] = {}
    for mark in (*_task_marks(document.tasks), *_reference_marks(document)):
        marks.setdefault((mark.span, mark.kind), mark)
    return list(marks.values())


def _task_marks(tasks: Iterable[Task]) -> Iterator[Mark]:
    for task in tasks:
        yield Mark(span=task.span, kind="task", title="Nhiệm vụ", unsure=unsure(task.confidence))
        yield from map(_actor_mark, task.actors)
        yield from map(_deadline_mark, task.deadlines)
        for target in task.targets:
            yield Mark(
                span=target.span,
                kind="target",
                title="Chỉ tiêu",
                unsure=unsure(target.confidence),
            )


def _actor_mark(actor: Actor) -> Mark:
    return Mark(
        span=actor.span,
        kind="actor",
        label=ROLES[actor.role],
        title=actor.agency,
        role=actor.role,
        href=agency_url(actor.agency),
        unsure=unsure(actor.confidence),
    )


def _deadline_mark(deadline: Deadline) -> Mark:
    return Mark(
        span=deadline.span,
        kind="deadline",
        label=meaning(deadline),
        title="Thời hạn",
        unsure=unsure(deadline.confidence),
    )


def _reference_marks(document: Document) -> Iterator[Mark]:
    for reference in document.references:
        code = reference.code or reference.resolved
        yield Mark(
            span=reference.span,
            kind="reference",
            label=RELATIONS[reference.relation],
            title=code or reference.title or "",
            href=citation_url(code) if code else None,
            unsure=unsure(reference.confidence),
        )
