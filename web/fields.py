"""FINDING -> FORM: the fields in which a person corrects it, and the text that it stands in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.corrections import clause_of
from index.findings import FIELDS as NAMES
from index.findings import Finding, Noun, Value
from ingest.model import Document, Span
from web.marking import Mark, Stretch, weave
from web.telling import COMPONENTS, FIELDS, choices
from web.wording import day

_LONG = frozenset({"title", "recipients"})
_NEW: Mapping[Noun, Mapping[str, str]] = {
    "actor": {"role": "lead", "mode": "directed"},
    "deadline": {"kind": "date"},
    "target": {"comparator": ">="},
    "reference": {"relation": "mentions"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form."""

    name: str  # "g_role"
    label: str
    value: str  # as it stands in the field
    choices: Sequence[tuple[str, str]] = ()  # value and words; () for free text
    lines: int = 1


def fields_of(noun: Noun, finding: Finding | None, typed: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the fields of a finding, or of a new one, with what was typed into them last."""
    return tuple(_field(noun, name, finding, typed) for name in NAMES[noun])


def _field(noun: Noun, name: str, finding: Finding | None, typed: Mapping[str, str]) -> Field:
    component = finding.component if finding else None
    value = finding.values.get(name) if finding else _NEW.get(noun, {}).get(name)
    known = choices(noun, component or name)
    plain = typed.get(f"g_{name}")
    return Field(
        name=f"g_{name}",
        label=COMPONENTS[component] if component else FIELDS[name],
        value=_typeable(value, chosen=known is not None) if plain is None else plain,
        choices=[("", "(không ghi)"), *known.items()] if known else (),
        lines=4 if component in _LONG else 1,
    )


def _typeable(value: Value, *, chosen: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    try:
        return value if chosen else day(dt.date.fromisoformat(value))
    except ValueError:
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The clause that a finding stands in, with its words marked."""

    path: str
    stretches: tuple[Stretch, ...]


def shown_at(document: Document, finding: Finding | None, path: str) -> Shown | None:
    """Return the clause of a finding, or the one at *path*; None for the header."""
    span = finding.span if finding else None
    clause = clause_of(document, span) if span else document.clause(path)
    if clause is None:
        return None
    whole = span is None or (finding is not None and finding.noun in ("block", "task"))
    marks = [] if whole or span is None else [Mark(span=span, kind="match")]
    inside = Span(clause.span.start, clause.span.end)
    return Shown(path=clause.path, stretches=weave(document.text, inside, marks))
