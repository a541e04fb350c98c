"""What tracing answers with: effect, the relation map, the cascade, the impact, stubs.

They are served as they stand, by the command line and by the API.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from index.replies import Answer, Citation, Entry
from index.succession import Successor
from ingest.model import Level, Relation

State = Literal["in-force", "not-yet", "expired", "partly", "suspended", "unknown"]
DeedKind = Literal["replaced", "repealed", "suspended", "amended"]
BasisKind = Literal[
    "begins",  # from when it says that it is in force
    "issued",  # its day of issue, where it says nothing of it
    "ends",  # until when it says so itself
    "period",  # the years that a plan is for
    "replaced", "repealed", "suspended", "amended",
    "resting",  # what it details or guides is out of force
    "portal",  # the status that a portal prints: weaker than any text
]  # fmt: skip

STATES: Mapping[State, str] = {
    "in-force": "Còn hiệu lực",
    "not-yet": "Chưa có hiệu lực",
    "expired": "Hết hiệu lực toàn bộ",
    "partly": "Hết hiệu lực một phần",
    "suspended": "Bị đình chỉ, ngưng hiệu lực",
    "unknown": "Không rõ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentName:
    """A document, held or not, as it is shown in a list."""

    code: str | None
    title: str | None
    doc_type: str | None = None
    issuer: str | None = None
    issued_on: dt.date | None = None
    document: str | None = None  # id; None: it is not held


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The effect of a document on one day, in short: what a list of hits shows."""

    state: State
    label: str  # "Hết hiệu lực một phần"
    since: dt.date | None = None  # from when it is so, as far as known
    by: str | None = None  # the code of the document that made it so
    by_period: bool = False  # "theo giai đoạn của kế hoạch"
    sure: bool = True  # False: only a portal says so, or a document that tells of another


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectBasis:
    """Why a document is, or is not, in force: in words, with the text that says so."""

    kind: BasisKind
    words: str  # "Bị thay thế bởi Nghị định 28/2026/NĐ-CP"
    on: dt.date | None  # from when it counts; None: not known
    counts: bool  # it holds on the day asked about
    whole: bool = True  # False: a part only
    parts: tuple[str, ...] = ()  # "Điều 5", as printed
    by: DocumentName | None = None
    place: Answer | None = None  # the clause that says so
    told_by: int = 0  # how many documents tell of it, where none that is held does it


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The effect of a document on a day (tình trạng hiệu lực), with its bases."""

    query: str
    name: DocumentName
    entry: Entry | None  # None: it is only cited
    on: dt.date
    standing: Standing
    begins: dt.date | None
    ends: dt.date | None
    bases: tuple[EffectBasis, ...]  # what decides first
    portal: str | None = None  # as printed
    portal_state: State | None = None
    agrees: bool | None = None  # with the portal; None: it prints nothing
    difference: str | None = None  # why not, in Vietnamese


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A document in a relation to the one in the middle of the map."""

    name: DocumentName
    places: int  # how often it is said
    pinpoints: tuple[str, ...] = ()
    quote: str | None = None  # the words of the first mention
    at: str | None = None  # id of the document that says so
    path: str | None = None  # of the clause
    told_by: int = 0  # documents that tell of it, where neither of the two says so itself


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationGroup:
    """The documents in one relation and direction (lược đồ)."""

    relation: str  # "basis", "amends", "suspends", "same-subject" …
    direction: Literal["out", "in"]
    label: str  # "Văn bản căn cứ"
    total: int  # also those that are not listed
    documents: tuple[Related, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationMap:
    """A document among those that it is related to, both ways."""

    query: str
    name: DocumentName
    entry: Entry | None
    standing: Standing
    groups: tuple[RelationGroup, ...]  # in the order of the national database


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeStep:
    """A document that carries another out, on the way from the centre to the communes."""

    entry: Entry
    depth: int  # steps below the document asked about
    parent: str | None  # id of the one above it; None: the one asked about
    relation: Relation  # to the one above
    quote: str
    path: str  # of the clause that says so
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeLevel:
    """How far a level has come, as far as the library knows."""

    level: Level
    documents: int
    places: tuple[str, ...]  # those that have one
    unseen: tuple[str, ...]  # chưa thấy trong thư viện; never "chưa làm"
    unseen_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade:
    """What carries out a document, down to the communes (triển khai qua các cấp)."""

    query: str
    name: DocumentName
    entry: Entry | None
    total: int
    steps: tuple[CascadeStep, ...]  # each after the one above it
    levels: tuple[CascadeLevel, ...]
    cut: bool = False  # there are more than are listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A body that a clause binds, as written and now."""

    name: str
    role: Literal["issuer", "lead"]
    now: tuple[Successor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What to cite instead of a document that is out of force."""

    by: DocumentName
    since: dt.date | None
    pinpoint: str | None = None  # the matching article, "Điều 7", where a near text is held
    path: str | None = None
    quote: str | None = None
    likeness: float | None = None  # 0..1, of the two articles' words


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """A clause that rests on a document."""

    citation: Citation
    owners: tuple[Owner, ...]
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What rests on a document (tác động khi bị thay thế): every clause, its owner, what now."""

    query: str
    name: DocumentName
    entry: Entry | None
    standing: Standing
    replaced_by: tuple[Suggestion, ...]
    total: int  # clauses, also past the page
    documents: int
    resting: tuple[Resting, ...]
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What documents say of one that is not held: a value, and how many mentions give it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stub:
    """A document that is cited and not held."""

    name: DocumentName
    places: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StubList:
    """What is cited and not held, the most cited first: what to look for next."""

    total: int
    stubs: tuple[Stub, ...]
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StubPage:
    """What those that cite it say of a document that is not held."""

    stub: Stub
    said: Mapping[str, tuple[Said, ...]]  # by field, the most frequent value first
    parts: tuple[Said, ...]  # which of its parts are cited
    standing: Standing
