"""DOCUMENT -> FINDINGS: everything that was found in it, in one list, each with its key.

A finding is one thing that a person can call right or wrong: a component of the header, the kind
of a clause, a task, a body in its role, a deadline, a target, a citation. Its key is its place;
its stamp says whether it is still what somebody was shown.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Literal, TypeAlias, get_args

from ingest.model import Actor, Clause, Deadline, Document, Metadata, Reference, Span, Target, Task

Noun = Literal["header", "block", "task", "actor", "deadline", "target", "reference"]
Value: TypeAlias = str | float | tuple[str, ...] | None
Part: TypeAlias = Clause | Task | Actor | Deadline | Target | Reference

SURE = 0.9  # from this confidence on a finding is shown as sure
CHECKED = 1.0  # a person has said so; the program itself is never as sure
NOUNS: tuple[Noun, ...] = get_args(Noun)
FIELDS: Mapping[Noun, tuple[str, ...]] = {
    "header": ("value",),
    "block": ("kind",),
    "task": ("report_to", "report_via"),
    "actor": ("agency", "role", "mode"),
    "deadline": ("kind", "date", "recurrence", "from", "to"),
    "target": ("comparator", "value", "unit", "by"),
    "reference": ("code", "doc_type", "date", "issuer", "title", "pinpoint", "relation"),
}
HEADER = (
    "code", "symbol", "doc_type", "issuer", "issuer_level", "place", "issued_on", "effective_on",
    "title", "signer", "signer_position", "recipients", "status",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in a document, as people check it."""

    key: str  # "actor.1204-1216.1190": its place, in its task
    noun: Noun
    path: str | None  # of its clause; None for the header
    quote: str  # the words it was found in; of the header, what it says
    values: Mapping[str, Value]
    confidence: float
    span: Span | None = None
    task: Span | None = None  # of the task that it belongs to
    reason: str | None = None  # why one should look, in Vietnamese
    component: str | None = None  # of the header: "issued_on"
    stamp: str = ""  # changes when anybody changes the finding: what was shown is still so


def findings(document: Document) -> tuple[Finding, ...]:
    """Return all findings: the header, then the text in reading order."""
    found = [*_header(document.metadata)]
    found += map(_block, document.blocks)
    for task in document.tasks:
        found += _of_task(task)
    found += (_part("reference", cited, cited.path) for cited in document.references)
    return tuple(_distinct(found))


def digest(document: Document) -> str:
    """Return what two readings have in common that found the same in the same words."""
    facts = [
        (each.noun, each.component, "".join(filter(str.isalnum, each.quote)), _plain(each.values))
        for each in findings(document)
    ]
    return blake2b(json.dumps(facts).encode(), digest_size=12).hexdigest()


def values_of(noun: Noun, part: object) -> dict[str, Value]:
    """Return the fields of a finding that a person may correct, as JSON has them."""
    return {name: _value(getattr(part, _ATTRIBUTES.get(name, name))) for name in FIELDS[noun]}


_ATTRIBUTES = {"from": "from_"}


def header_value(metadata: Metadata, field: str) -> Value:
    """Return a component of the header, as JSON has it."""
    return _value(getattr(metadata, field))


def _value(value: object) -> Value:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str | float | int | tuple):
        return value
    return None


def _plain(values: Mapping[str, Value]) -> list[tuple[str, object]]:
    return [(name, list(v) if isinstance(v, tuple) else v) for name, v in sorted(values.items())]


def _header(metadata: Metadata) -> Iterator[Finding]:
    for name in HEADER:
        value = header_value(metadata, name)
        if value is None or value == ():
            continue
        words = "; ".join(value) if isinstance(value, tuple) else str(value)
        sure = metadata.confidence.get(name, SURE)
        yield Finding(
            key=f"header.{name}", noun="header", path=None, quote=words, component=name,
            values={"value": value}, confidence=sure,
        )  # fmt: skip


def _block(clause: Clause) -> Finding:
    return Finding(
        key=f"block.{clause.path}", noun="block", path=clause.path, span=clause.span,
        quote=f"{clause.label or ''} {clause.text}".strip(), values={"kind": clause.kind},
        confidence=clause.confidence,
    )  # fmt: skip


def _of_task(task: Task) -> Iterator[Finding]:
    place = f"{task.span.start}-{task.span.end}"
    yield Finding(
        key=f"task.{place}", noun="task", path=task.path, quote=task.quote, span=task.span,
        values=values_of("task", task), confidence=task.confidence, task=task.span,
    )  # fmt: skip
    for actor in task.actors:
        yield _part("actor", actor, task.path, task=task)
    for deadline in task.deadlines:
        yield _part("deadline", deadline, task.path, task=task)
    for target in task.targets:
        yield _part("target", target, task.path, task=task)


def _part(
    noun: Noun, part: Actor | Deadline | Target | Reference, path: str, *, task: Task | None = None
) -> Finding:
    inside = f".{task.span.start}" if task else ""
    return Finding(
        key=f"{noun}.{part.span.start}-{part.span.end}{inside}",
        noun=noun,
        path=path,
        quote=part.surface,
        values=values_of(noun, part),
        confidence=part.confidence,
        span=part.span,
        task=task.span if task else None,
        reason=_reason(part),
    )


_WHY_VIA = {
    "heading": "Cơ quan nêu ở đề mục phía trên, không nêu trong câu.",
    "trailing": "Cơ quan nêu ở dòng phân công phía sau.",
    "collective": "Cơ quan nêu chung cho nhiều nơi.",
    "table": "Cơ quan nêu ở cột khác của bảng.",
}


def _reason(part: Actor | Deadline | Target | Reference) -> str | None:
    if isinstance(part, Actor):
        return _WHY_VIA.get(part.via)
    if isinstance(part, Reference):
        if part.repair:
            return "Số, ký hiệu in thiếu hoặc sai, chương trình đã bổ khuyết."
        return None if part.code else "Viện dẫn không ghi số, ký hiệu."
    if isinstance(part, Deadline) and part.kind in {"event", "ongoing"}:
        return "Thời hạn không phải ngày cụ thể."
    return None


def _distinct(found: list[Finding]) -> Iterator[Finding]:
    """Give each its stamp, and those that share one place keys of their own: "task.10-40~2"."""
    seen: dict[str, int] = {}
    for each in found:
        count = seen[each.key] = seen.get(each.key, 0) + 1
        yield stamped(each if count == 1 else replace(each, key=f"{each.key}~{count}"))


def stamped(finding: Finding) -> Finding:
    """Return a finding with its stamp."""
    facts = [finding.key, _plain(finding.values), finding.confidence == CHECKED]
    stamp = blake2b(json.dumps(facts).encode(), digest_size=6).hexdigest()
    return replace(finding, stamp=stamp)
