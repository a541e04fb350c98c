"""DOCUMENT, CLAUSE, TASK -> SKETCH: what is weighed of them, kept in columns of their rows.

So a thousand candidates are weighed without reading one of them; only what is quoted is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from index.bodies import read_body
from index.fold import folded_tokens, read_tokens
from index.records import metadata_json, task_json
from index.terms import all_terms, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.model import Clause, Deadline, DeadlineKind, Level, Metadata, Role, Task

# The bits of a sketch's facts.
ROLES: Mapping[Role, int] = {"lead": 1, "coordinate": 2, "advise": 4, "support": 8}
EVERY_ROLE = 15
NAMED = 16  # a body of it is named, not only meant by a collective
DEADLINES: Mapping[DeadlineKind, int] = {
    "date": 32,
    "period": 64,
    "recurring": 128,
    "event": 256,
    "ongoing": 512,
}
DAYS = 1024  # a deadline names days of the year
PERCENT = 2048
FIGURE = 4096

_PERCENT = re.compile(r"\d\s*%")
_FIGURE = re.compile(r"\d")


class Sketch(NamedTuple):
    """What may be quoted, a task or a clause without tasks, as its row sketches it."""

    clause: int
    document: int  # number
    kind: str  # of the clause
    facts: int
    words: int  # a digest: equal where the words are
    task: int | None = None
    ordinal: int = -1  # of the task in its document


class Duty(NamedTuple):
    """A task of a body, as its row sketches it."""

    task: int
    document: int  # number
    due: str | None  # in short
    roles: str  # of the body: "lead", "coordinate,lead"


class Known(NamedTuple):
    """What is known of a document, for comparing it with questions."""

    terms: str  # single ones, of type, number, title, issuer and place, a space at both ends
    words: str  # folded, of issuer, place and title, a space at both ends
    years: frozenset[int]  # of issue, and those that the title names
    place: str | None
    doc_type: str | None
    level: Level | None  # of the issuer
    issued: str | None  # ISO


def facts_of_clause(text: str) -> int:
    """Return the facts of a clause that gives no task."""
    if not _FIGURE.search(text):
        return 0
    return FIGURE | (PERCENT if _PERCENT.search(text) else 0)


def facts_of_task(task: Task) -> int:
    """Return the facts of a task."""
    facts = facts_of_clause(task.quote)
    for actor in task.actors:
        facts |= ROLES[actor.role] | (0 if actor.via == "collective" else NAMED)
    for deadline in task.deadlines:
        facts |= DEADLINES[deadline.kind] | (DAYS if deadline.dates else 0)
    return facts


def digest(words: str) -> int:
    """Return a number that is equal where the words are, capitals and spaces aside."""
    plain = " ".join(words.casefold().split())
    return int.from_bytes(blake2b(plain.encode(), digest_size=8).digest(), "big", signed=True)


def due_of(task: Task) -> str | None:
    """Return when a task is due, in short: "2027-06-30", "2026-01-01/2026-12-31 yearly:09-15".

    None: it does not say. "event" and "ongoing" are due at no day.
    """
    return " ".join(dict.fromkeys(map(in_short, task.deadlines))) or None


def in_short(deadline: Deadline) -> str:
    """Return when one deadline is, in short."""
    if deadline.kind == "recurring":
        return f"{deadline.recurrence or 'recurring'}:{','.join(deadline.dates)}"
    if deadline.kind == "period" or deadline.from_ or deadline.to:
        first, last = (day.isoformat() if day else "" for day in (deadline.from_, deadline.to))
        return f"{first}/{last}"
    return deadline.date.isoformat() if deadline.date else deadline.kind


def face_of(clauses: Sequence[Clause]) -> int | None:
    """Return which of a document's clauses stands for it: its longest title, else the first."""
    titles = [
        (-len(clause.text), at) for at, clause in enumerate(clauses) if clause.kind == "title"
    ]
    return min(titles)[1] if titles else (0 if clauses else None)


def title_text(metadata: Metadata) -> str:
    """Return what a document is known by: type, number, title and issuer."""
    parts = (metadata.doc_type, metadata.code, metadata.title, metadata.issuer, metadata.place)
    return " ".join(part for part in parts if part)


def place_of(metadata: Metadata) -> str | None:
    """Return the place that a document is of: its issuer's, else where it was signed."""
    if metadata.issuer and (places := read_body(metadata.issuer).places):
        return _as_written(places[-1], metadata.issuer)
    return metadata.place


def _as_written(folded: str, text: str) -> str:
    tokens = read_tokens(text)
    length = len(folded.split())
    for at in range(len(tokens) - length, -1, -1):
        run = tokens[at : at + length]
        if " ".join(token.folded for token in run) == folded:
            return text[run[0].start : run[-1].end]
    return folded


def words_of(metadata: Metadata) -> str:
    """Return the words that a document is known by, as its row keeps them; see `read_known`."""
    named = (metadata.issuer, metadata.place, metadata.title)
    words = [token for part in named if part for token in folded_tokens(part)]
    years = {t for t in folded_tokens(metadata.title or "") if t.isdigit() and len(t) == 4}  # noqa: PLR2004 - a year
    issued = {str(metadata.issued_on.year)} if metadata.issued_on else set()
    terms = dict.fromkeys(t for t in all_terms(read_words(title_text(metadata))) if "_" not in t)
    return "\n".join((" ".join(terms), " ".join(words), " ".join(sorted(years | issued))))


def read_known(
    words: str, place: str | None, doc_type: str | None, level: Level | None, issued: str | None
) -> Known:
    """Return what is known of a document, from its row."""
    terms, named, years = words.split("\n")
    known_years = frozenset(map(int, years.split()))
    return Known(f" {terms} ", f" {named} ", known_years, place, doc_type, level, issued)


# For rows of libraries that were written before there were sketches.


def _facts(body: str) -> int:
    return facts_of_task(task_json().validate_json(body))


def _digest(body: str) -> int:
    return digest(task_json().validate_json(body).quote)


def _due(body: str) -> str | None:
    return due_of(task_json().validate_json(body))


def _words(metadata: str) -> str:
    return words_of(metadata_json().validate_json(metadata))


def _place(metadata: str) -> str | None:
    return place_of(metadata_json().validate_json(metadata))


FUNCTIONS: Mapping[str, Callable[[str], str | int | None]] = {
    "task_facts": _facts,
    "task_digest": _digest,
    "task_due": _due,
    "clause_facts": facts_of_clause,
    "clause_digest": digest,
    "document_words": _words,
    "document_place": _place,
}
