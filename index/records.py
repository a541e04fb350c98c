"""What a row of the library is: a document, a clause, a task, a citation, with their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from index.corrections import Logged
from index.findings import Finding
from index.replies import Entry
from ingest.model import Document, Kind, Metadata, Reference, Span, Task


@dataclass(frozen=True, slots=True)
class Row:
    """A document of the library, with its number and generation."""

    number: int
    generation: int
    first_clause: int
    embedded: bool
    original: str
    entry: Entry
    reader: str  # the edition of the program that read it
    sha256: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause of the library; `id` is its own for all time."""

    id: int
    document: int  # number
    path: str
    kind: Kind
    label: str | None
    text: str
    page: int
    span: Span


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task of the library, and which of its document's tasks it is."""

    id: int
    document: int
    clause: int
    ordinal: int
    task: Task


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A mention of a document, in the clause that cites."""

    document: int
    clause: int
    code_key: str | None
    title_key: str | None
    reference: Reference


@dataclass(frozen=True, slots=True)
class UnsureRow:
    """A finding that a person should look at."""

    document: int  # number
    finding: Finding


@cache
def document_json() -> TypeAdapter[Document]:
    """Return what writes and reads a document as it was read as JSON."""
    return TypeAdapter(Document)


@cache
def metadata_json() -> TypeAdapter[Metadata]:
    """Return what writes and reads a document's components as JSON."""
    return TypeAdapter(Metadata)


@cache
def task_json() -> TypeAdapter[Task]:
    """Return what writes and reads a task as JSON."""
    return TypeAdapter(Task)


@cache
def reference_json() -> TypeAdapter[Reference]:
    """Return what writes and reads a mention of a document as JSON."""
    return TypeAdapter(Reference)


@cache
def finding_json() -> TypeAdapter[Finding]:
    """Return what writes and reads a finding as JSON."""
    return TypeAdapter(Finding)


@cache
def logged_json() -> TypeAdapter[Logged]:
    """Return what writes and reads a line of the log of corrections as JSON."""
    return TypeAdapter(Logged)
