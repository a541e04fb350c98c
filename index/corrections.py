"""DOCUMENT + CORRECTIONS -> DOCUMENT: what people have said of it takes the place of what was read.

A correction (chỉnh sửa) names a finding by its own words, not by its number, and says in full what
it should be; so it holds for whatever another version of the program reads there, also where that
finds nothing any more. What no longer finds its words is reported, never dropped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from index.anchors import Anchor, alike, locate
from index.findings import CHECKED, Noun, Value, digest, header_value
from ingest.clarity import clarity_of, count_clarity, gaps_of
from ingest.model import Actor, Clause, Deadline, Document, Reference, Span, Target, Task

Act = Literal["confirm", "set", "add", "remove", "review"]
_SAME = 0.5  # how much of two spans must be shared for them to be one finding
_KINDS: Mapping[str, tuple[type[Any], str]] = {
    "actor": (Actor, "actors"),
    "deadline": (Deadline, "deadlines"),
    "target": (Target, "targets"),
}
_DATES = frozenset({"date", "from", "to", "issued_on", "effective_on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says of one finding; `before` and `after` are whole, also when they agree."""

    act: Act
    noun: Noun | None = None  # None: the whole document was looked through ("review")
    component: str | None = None  # of the header: "issued_on"
    anchor: Anchor | None = None  # None: of the header
    task: Anchor | None = None  # the task that a body, deadline or target belongs to
    before: Mapping[str, Value] = field(default_factory=dict)
    after: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One line of the log, which is only ever added to."""

    id: str  # random, the same on every machine
    sha256: str  # of the file that was looked at
    made_at: dt.datetime
    made_by: str
    reason: str | None = None
    undoes: str | None = None  # the line that this one takes back
    correction: Correction | None = None  # None: it only takes back


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document with its corrections, and those that found no place in it."""

    document: Document
    stale: tuple[str, ...] = ()  # ids of log lines
    reviewed: bool = False  # a person has looked through all of it


def standing(log: Sequence[Logged]) -> list[Logged]:
    """Return the corrections that nobody has taken back, the oldest first."""
    undone: set[str] = set()
    for line in reversed(log):
        if line.undoes and line.id not in undone:
            undone.add(line.undoes)
    return [line for line in log if line.correction and line.id not in undone]


def apply(document: Document, log: Sequence[Logged]) -> Corrected:
    """Return *document* as people have corrected it; the log itself is not judged.

    Args:
        document: As the program reads it.
        log: Of this file and of its older versions, the oldest first.
    """
    stale: list[str] = []
    reviewed, read = False, document
    for line in standing(log):
        inherited = line.sha256 != document.source.sha256
        found = (
            _applied(document, line.correction, inherited=inherited) if line.correction else None
        )
        if found is None:
            stale.append(line.id)
            continue
        document = found
        reviewed = reviewed or (line.correction is not None and line.correction.act == "review")
    if document.tasks != read.tasks:
        document = replace(document, clarity=count_clarity(document.tasks))
    return Corrected(document, tuple(stale), reviewed and not stale)


def _applied(document: Document, asked: Correction, *, inherited: bool) -> Document | None:
    """Return the document with one correction, or None where it does not fit."""
    if asked.act == "review":
        return _all_checked(document) if digest(document) == asked.after.get("digest") else None
    if asked.noun == "header":
        return _header(document, asked, inherited=inherited)
    span = locate(document.text, asked.anchor) if asked.anchor else None
    change = _CHANGES.get(asked.noun or "", _inner)
    return change(document, span, asked) if span else None


def _header(document: Document, asked: Correction, *, inherited: bool) -> Document | None:
    """Set a component; in a newer version of the file only where that still says the same."""
    name = asked.component or ""
    now = header_value(document.metadata, name)
    value = asked.after.get("value")
    if inherited and now not in (asked.before.get("value"), value):
        return None
    sure = {**document.metadata.confidence, name: CHECKED}
    empty: object = () if name == "recipients" else None
    changed = {name: empty if value is None else _typed(name, value), "confidence": sure}
    metadata = replace(document.metadata, **changed)  # type: ignore[arg-type]
    return replace(document, metadata=metadata)


def _typed(name: str, value: Value) -> object:
    if name in _DATES and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return tuple(value) if isinstance(value, list | tuple) else value


def _fields(after: Mapping[str, Value]) -> dict[str, Any]:
    return {("from_" if name == "from" else name): _typed(name, v) for name, v in after.items()}


def clause_of(document: Document, span: Span) -> Clause | None:
    """Return the clause in which *span* begins."""
    at = (clause for clause in document.blocks if clause.span.start <= span.start < clause.span.end)
    return next(at, None)


def _block(document: Document, span: Span, asked: Correction) -> Document | None:
    clause = clause_of(document, span)
    return _with_kind(document, clause, str(asked.after["kind"])) if clause else None


def _with_kind(document: Document, clause: Clause, kind: str) -> Document:
    new = replace(clause, kind=kind, confidence=CHECKED)  # type: ignore[arg-type]
    blocks = tuple(new if each.path == clause.path else each for each in document.blocks)
    return replace(document, blocks=blocks)


# Tasks


def task_at(document: Document, span: Span) -> Task | None:
    """Return the task whose words *span* covers, at least for the most part."""
    near = [task for task in document.tasks if alike(task.span, span) >= _SAME]
    return max(near, key=lambda task: alike(task.span, span), default=None)


def _task(document: Document, span: Span, asked: Correction) -> Document | None:
    task, clause = task_at(document, span), clause_of(document, span)
    if clause is None:
        return None
    if asked.act == "remove":
        left = tuple(each for each in document.tasks if each is not task)
        document = replace(document, tasks=left)
        idle = clause.kind == "task" and all(each.path != clause.path for each in left)
        return _with_kind(document, clause, "detail") if idle else document
    fields = _fields(asked.after)
    if task is not None:
        return _with_task(document, task, replace(task, confidence=CHECKED, **fields))
    orders = document.metadata.issuer
    clarity = clarity_of(
        span.of(document.text), actors=(), deadlines=(), targets=(), ordered_by=orders,
        product=False,
    )  # fmt: skip
    new = Task(
        path=clause.path, quote=span.of(document.text), actors=(), deadlines=(), targets=(),
        confidence=CHECKED, span=span, clarity=clarity,
        gaps=gaps_of(clarity, actors=(), deadlines=(), ordered_by=orders),
        **fields,
    )  # fmt: skip
    tasks = sorted((*document.tasks, new), key=lambda each: each.span)
    document = replace(document, tasks=tuple(tasks))
    return document if clause.kind == "heading" else _with_kind(document, clause, "task")


def _with_task(document: Document, old: Task, new: Task) -> Document:
    return replace(document, tasks=tuple(new if each is old else each for each in document.tasks))


def _inner(document: Document, span: Span, asked: Correction) -> Document | None:
    """Change a body, deadline or target of a task, and what that makes clear of it."""
    place = locate(document.text, asked.task) if asked.task else None
    task = task_at(document, place) if place else None
    if task is None or asked.noun is None:
        return None
    kind, name = _KINDS[asked.noun]
    given = {"surface": span.of(document.text), "span": span}
    if kind is Actor:
        given["via"] = "inline" if task.span.holds(span) else "heading"
    parts: dict[str, Any] = {name: _upserted(getattr(task, name), kind, asked, given)}
    new = replace(task, **parts)
    clarity = clarity_of(
        new.quote, actors=new.actors, deadlines=new.deadlines, targets=new.targets,
        ordered_by=document.metadata.issuer, product=task.clarity.result,
    )  # fmt: skip
    gaps = gaps_of(
        clarity, actors=new.actors, deadlines=new.deadlines, ordered_by=document.metadata.issuer
    )
    return _with_task(document, task, replace(new, clarity=clarity, gaps=gaps))


def _reference(document: Document, span: Span, asked: Correction) -> Document | None:
    clause = clause_of(document, span)
    if clause is None:
        return None
    given = {"surface": span.of(document.text), "span": span, "path": clause.path}
    found = _upserted(document.references, Reference, asked, given)
    return replace(document, references=tuple(sorted(found, key=lambda each: each.span)))


def _upserted(
    parts: tuple[Any, ...], kind: type[Any], asked: Correction, given: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Return *parts* without the one that is meant, or with it as it should be.

    *given* is what a part has besides its fields when it has to be made.
    """
    old = _meant(parts, given["span"], asked)
    if asked.act == "remove":
        return tuple(each for each in parts if each is not old)
    fields = {**_fields(asked.after), "confidence": CHECKED}
    if old is None:
        return (*parts, kind(**given, **fields))
    return tuple(replace(each, **fields) if each is old else each for each in parts)


def _meant(parts: Sequence[Any], span: Span, asked: Correction) -> Any | None:  # noqa: ANN401
    """Return the part in these words; of several, the one that says what was said before."""
    near = [part for part in parts if alike(part.span, span) >= _SAME]
    return max(
        near,
        key=lambda part: max(_agreeing(part, asked.before), _agreeing(part, asked.after)),
        default=None,
    )


def _agreeing(part: object, said: Mapping[str, Value]) -> int:
    return len([1 for name, value in said.items() if getattr(part, name, None) == value])


def _all_checked(document: Document) -> Document:
    """Return the document with every finding called right."""
    sure = dict.fromkeys(document.metadata.confidence, CHECKED)
    metadata = replace(document.metadata, confidence=sure)
    return replace(
        document,
        metadata=metadata,
        blocks=_checked(document.blocks),
        references=_checked(document.references),
        tasks=tuple(
            replace(
                task,
                actors=_checked(task.actors),
                deadlines=_checked(task.deadlines),
                targets=_checked(task.targets),
                confidence=CHECKED,
            )
            for task in document.tasks
        ),
    )


_C = TypeVar("_C", Clause, Actor, Deadline, Target, Reference)


def _checked(parts: Sequence[_C]) -> tuple[_C, ...]:
    return tuple(replace(part, confidence=CHECKED) for part in parts)


_CHANGES = {"block": _block, "task": _task, "reference": _reference}
