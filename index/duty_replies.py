"""What is told of all the tasks of a body: the nouns of duties (nhiệm vụ của một cơ quan)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from index.replies import Answer, DueState, Entry
from ingest.model import Role

DutySort = Literal["document", "deadline", "issued", "role"]
DutyFacetName = Literal["role", "doc_type", "year", "due"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyGroup:
    """The duties of a body in one document, in the document's order."""

    entry: Entry
    duties: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFacet:
    """A value that a body's tasks can be narrowed to, and how many of them have it."""

    name: DutyFacetName
    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyView:
    """Which of a body's tasks are shown, and in which order; None leaves a thing open."""

    role: Role | None = None  # of the body
    doc_type: str | None = None
    year: int | None = None  # of issue
    due: DueState | None = None  # as it stands today
    sort: DutySort = "document"
    limit: int | None = None  # None: every one
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """Every task of a body (nhiệm vụ của một cơ quan), never only the first of them."""

    agency: str  # as asked
    matched: tuple[str, ...]  # the full names it stands for in this library
    total: int
    groups: tuple[DutyGroup, ...]
    note: str | None = None  # says so when a generic name matches bodies of several places
    suggestions: tuple[str, ...] = ()  # near names, when nothing matched
    now: bool = False  # also what bodies were given whose function passed to it since
    predecessors: tuple[str, ...] = ()  # those bodies, as written
    data_as_of: dt.date | None = None  # how far the table of successions goes, where it was used
    shown: int = 0  # how many pass the filters, on all pages
    documents: int = 0  # how many documents they stand in
    facets: tuple[DutyFacet, ...] = ()  # of all, each without the filter of its own name
    view: DutyView = field(default_factory=DutyView)
