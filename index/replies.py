"""What the library answers with: the nouns of asking, searching and citations.

They are served as they stand, by the command line and by the API. Scores: higher is better.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from index.differences import Slot
from index.succession import Successor
from ingest.model import (
    Actor,
    Clarity,
    Clause,
    Deadline,
    Format,
    Kind,
    Level,
    Metadata,
    Reference,
    Relation,
    Role,
    Span,
    Target,
    Task,
)

Intent = Literal["who", "what", "when", "cite", "find"]
FacetName = Literal["agency", "role", "doc_type", "level", "year", "place"]
MatchedField = Literal["code", "title", "headings", "clause", "task"]
WayKind = Literal["near", "filter", "word"]
DueState = Literal["due", "recurring", "overdue", "ongoing", "event", "none"]
TimeUnit = Literal["day", "week", "month", "quarter", "half", "year", "span"]
TimeUse = Literal["due", "document", "either"]  # a task's deadline, its document's time, unsure
PartKind = Literal[
    "intent", "body", "role", "code", "period", "year", "place", "doc_type", "excluded", "mended"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document in the list of the library (mục lục)."""

    id: str  # the first 12 hex digits of the file's sha256
    source: str  # the file's name: "2027_KH_12.docx"
    format: Format
    metadata: Metadata
    pages: int
    clauses: int  # 0: the file shows only properties, the text is not held
    tasks: int
    references: int
    added_at: dt.datetime  # with its time zone
    key: str  # where the file came from: absolute path, archive member or upload name
    replaced_by: str | None = None  # id of the newer version of the same file


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A clause that encloses another: a step of the way down to it."""

    path: str
    label: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible(Actor):
    """An actor, and who is responsible for its duty now where that is another."""

    now: tuple[Successor, ...] = ()  # (): the body is the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed(Deadline):
    """A deadline, and how it stands on the day that it is asked about."""

    state: DueState = "none"
    next: dt.date | None = None  # the day it is, next time or last
    days: int | None = None  # from that day on; below 0: so many days ago
    stretch: bool = False  # `next` ends a month or a quarter; the document names no day
    counted_from: dt.date | None = None  # the document's day, where `date` is counted from it


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentTask(Task):
    """A task whose actors say who is responsible now."""

    actors: tuple[Responsible, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """What of a quotation is otherwise in another place."""

    slot: Slot | None  # what kind of thing; None: words
    here: str | None  # None: nothing stands here in its place
    there: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """The same words, or nearly the same, in another place (đoạn trùng lặp)."""

    document: str
    source: str
    code: str | None
    title: str | None
    path: str
    issuer: str | None = None
    issued_on: dt.date | None = None
    same: bool = True  # word for word
    quote: str | None = None  # where it is not
    differing: tuple[Differing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Words of the question that stand in one field of an answer, as they are written there."""

    field: MatchedField
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A quotation with its place: one clause, or the part of it that answers."""

    source: str  # the ingested file's name
    document: str  # id
    code: str | None
    title: str | None
    path: str
    page: int | None
    quote: str
    actors: tuple[Responsible, ...] = ()
    deadlines: tuple[Timed, ...] = ()
    references: tuple[Reference, ...] = ()
    targets: tuple[Target, ...] = ()
    report_to: str | None = None
    report_via: str | None = None
    clarity: Clarity | None = None  # of the task that is quoted
    gaps: Mapping[str, str] = field(default_factory=dict)  # what is not clear of it, and why
    score: float = 0.0  # 0..1
    why: tuple[str, ...] = ()  # Vietnamese, for the person who reads it
    kind: Kind = "narrative"
    doc_type: str | None = None
    issuer: str | None = None
    issued_on: dt.date | None = None
    headings: tuple[Heading, ...] = ()  # from the outermost to the parent
    span: Span  # in the document's text: of the task quoted, or of the clause with its label
    task: int | None = None  # which of the document's tasks it is, from 0
    marks: tuple[Span, ...] = ()  # matched words, as offsets into `quote`
    matched: tuple[Matched, ...] = ()  # words of the question, by field
    also: tuple[Sibling, ...] = ()  # near-identical texts elsewhere, not repeated as answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A value that results can be narrowed to, and how many of them have it."""

    name: FacetName
    value: str  # as `Filters` takes it
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What results are narrowed to; None leaves a thing open."""

    agency: str | None = None  # full name, alias, abbreviation or generic name
    role: Role | None = None
    doc_type: str | None = None  # "Kế hoạch"
    level: Level | None = None  # of the issuer
    year: int | None = None  # of issue
    place: str | None = None  # any spelling: "Thanh Hoá", "thanh hoa"
    due_before: dt.date | None = None  # a deadline on or before this day
    document: str | None = None  # id


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What to search for instead, where nothing was found (lối đi tiếp)."""

    kind: WayKind  # a near name, or without a filter, or without a word
    label: str  # Vietnamese: "Bỏ lọc năm ban hành"
    words: str
    filters: Filters
    count: int | None = None  # how much it finds; None: it was not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time that a question names, resolved on the day it is asked ("trước 30/6")."""

    surface: str  # as typed: "quý này"
    since: dt.date | None  # None: open
    until: dt.date | None
    unit: TimeUnit = "day"
    use: TimeUse = "either"
    year_given: bool = True  # False: the nearest year was taken
    relative: bool = False  # counted from the day it is asked

    def holds(self, day: dt.date) -> bool:
        """Tell whether *day* is within."""
        return not (self.since and day < self.since) and not (self.until and day > self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """What the person who asks has settled of how the question is read."""

    intent: Intent | None = None
    time: TimeUse | None = None  # what the times that it names are of
    literal: bool = False  # no slip is mended: the words are as meant
    home: str | None = None  # what "tỉnh tôi" is: "tỉnh Sơn La", "xã A, tỉnh B", "Sở Y tế tỉnh B"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to read a question: what to ask so that it is read thus."""

    label: str  # Vietnamese: "Thông tư", "tỉnh Sơn La"
    question: str
    fixed: Fixed = field(default_factory=Fixed)
    count: int | None = None  # how much of the library speaks for it
    chosen: bool = False  # this is how it was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is unsure about a question, and the ways to read it (cách hiểu)."""

    about: str  # Vietnamese: "“TT” là gì?"
    kind: Literal["abbreviation", "place", "intent", "year", "number", "period", "home", "document"]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A recognised part of a question, and the question without it."""

    kind: PartKind
    label: str  # Vietnamese: "Công an tỉnh Sơn La", "hạn đến 30/6/2027"
    without: Option  # asks again without it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a question was understood, in words for the person who asked."""

    bodies: tuple[str, ...] = ()  # "Công an · huyện Bình Lục"
    roles: tuple[Role, ...] = ()
    codes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    doc_types: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # what was searched for
    corrected: tuple[tuple[str, str], ...] = ()  # ("giáo dụ", "giáo dục")
    periods: tuple[Period, ...] = ()
    excluded: tuple[str, ...] = ()  # what must not be answered with: "trừ Công an"
    parts: tuple[Part, ...] = ()  # everything recognised, each with the question without it
    choices: tuple[Choice, ...] = ()  # where it can be read in several ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to a question: the printed form of `ask`."""

    question: str
    intent: Intent
    total: int  # of all answers, also those past the limit
    degraded: str | None  # what is missing, in Vietnamese; None: nothing
    answers: tuple[Answer, ...]
    note: str | None = None  # what the reader should know: a generic name matched many bodies …
    reading: Reading = field(default_factory=Reading)
    ways: tuple[Way, ...] = ()  # on from here, where nothing was found


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a search found, best first."""

    query: str
    total: int
    degraded: str | None
    hits: tuple[Answer, ...]
    facets: tuple[Facet, ...] = ()
    note: str | None = None  # which filter or word emptied it
    reading: Reading = field(default_factory=Reading)
    ways: tuple[Way, ...] = ()  # on from here, where nothing was found


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One document cites another (viện dẫn), in its own words."""

    relation: Relation
    code: str | None  # of the other side: what is cited, or what cites
    title: str | None  # of the other side
    document: str | None  # id of the other side; None: it is not held
    surface: str  # the mention, word for word
    place: Answer  # the clause that cites
    reference: Reference
    own: bool = True  # the relation is the citing document's; not of another that it tells of


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPart:
    """A part of a document (điều, khoản, điểm) whose citations are asked for."""

    name: str  # "khoản 2 Điều 5"
    path: str | None  # of its clause, where the document is held and has it
    quote: str | None  # its words
    wider: int = 0  # places that cite what it lies in: "Điều 5" for "khoản 2 Điều 5"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationCount:
    """How many places cite in one relation."""

    relation: Relation
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """A document, held or not, among those that it cites and that cite it."""

    query: str
    code: str | None
    title: str | None
    doc_type: str | None
    issuer: str | None
    issued_on: dt.date | None
    entry: Entry | None  # None: a stub, known only from what cites it
    cites: tuple[Citation, ...]
    cited_by: tuple[Citation, ...]
    others: tuple[str, ...] = ()  # other codes that the query may mean
    part: CitedPart | None = None  # which part is asked about; `cited_by` is narrowed to it
    cites_total: int = 0  # places
    cited_total: int = 0  # places, also those past the page
    citing_documents: int = 0  # how many documents they stand in
    relations: tuple[RelationCount, ...] = ()  # of `cited_by`, most first, without the narrowing
    relation: Relation | None = None  # what `cited_by` is narrowed to
    offset: int = 0  # how many of `cited_by` come before this page


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseView:
    """A clause with what is said of it and around it: what a permalink shows."""

    entry: Entry
    clause: Clause
    headings: tuple[Heading, ...]
    tasks: tuple[PresentTask, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The file as it came in (bản gốc)."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a file that was handed to the library."""

    id: str
    outcome: Literal["added", "unchanged", "replaced"]
    replaced: str | None = None  # id of the older version


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of the library."""

    folder: Path
    documents: int
    clauses: int
    tasks: int
    references: int
    agencies: int
    vectors: int
    model: str | None  # which model made the vectors
    degraded: str | None
    pending: int  # clauses that have no vectors yet
    bytes: int
    uncompared: int = 0  # clauses that were not yet compared with those of other documents
