"""The nouns of the domain: what a file shows, and what a directive (văn bản chỉ đạo) says.

Offsets count code points of NFC text, half-open. Pages count from 1. Page coordinates are
points from the top left. Dates are `date`. Confidence is the chance that a finding is right; 1 is
said of what a person has checked, and of nothing else.
`None` means that the document does not say; `()` means that it has none.

The field names are those of the printed form: a `Document` is served as it stands, less `text`,
`paragraphs` and `places`. A trailing underscore, which Python needs, is dropped there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

Format = Literal[
    "text", "markdown", "html", "docx", "doc", "rtf", "pdf", "pdf-scan", "xlsx", "image"
]
Level = Literal["central", "province", "district", "commune"]
Kind = Literal[
    "heading",  # encloses others: "I. MỤC ĐÍCH", "2. Công an tỉnh"
    "preamble",  # căn cứ, phần mở đầu
    "objective",  # mục đích, mục tiêu, yêu cầu, quan điểm
    "task",  # a duty, with or without a named actor (nhiệm vụ)
    "detail",  # only details the task above it
    "assignment",  # only says who does the clauses above ("Phân công trách nhiệm: …")
    "funding",  # kinh phí
    "footnote",  # chú thích
    "recipients",  # Nơi nhận
    "signature",  # quyền hạn, chức vụ, họ tên người ký
    "letterhead",  # quốc hiệu, cơ quan ban hành, số, địa danh
    "title",  # tên loại và trích yếu
    "narrative",  # prose that reports rather than directs; the text of a law
]
Role = Literal["lead", "coordinate", "advise", "support"]
Mode = Literal["directed", "requested"]
Via = Literal["heading", "inline", "trailing", "collective", "table"]
Relation = Literal[
    "implements", "basis", "continues", "promulgates", "amends", "replaces", "repeals",
    "consolidates", "details", "guides", "attachment", "mentions",
]  # fmt: skip
DeadlineKind = Literal["date", "recurring", "period", "ongoing", "event"]
Recurrence = Literal["daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters: `text[start:end]`, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that could cover no text."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the part of *text* that this span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Tell whether *other* lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


# What a reader sees: file -> lines


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line and where it stands on the page."""

    column: int  # offset into the line's text
    text: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as the file has it: a physical line, a paragraph or a table row."""

    text: str  # NFC not yet guaranteed; cells are joined by " | "
    page: int = 1
    box: Box | None = None  # of the whole line, where the format has a layout
    words: tuple[Word, ...] = ()
    bold: bool = False  # every word of it
    size: float | None = None  # of the font, in points
    heading: int | None = None  # level the file marks it with: <h2>, "##", a Word style
    cells: tuple[str, ...] = ()  # of a table row, in the order of its columns
    whole: bool = False  # True: a paragraph for certain; False: may be one line of several
    offset: int | None = None  # of its first character in the decoded file, where that is text
    footnote: bool = False  # the file marks it as a footnote (chú thích)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file as its reader sees it (tờ văn bản): lines from top to bottom, page after page."""

    format: Format
    lines: tuple[Line, ...]
    pages: int = 1
    properties: Mapping[str, str] = field(default_factory=dict)  # {"Số hiệu": "192/KH-UBND"}
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[Caution, ...] = ()


# What repair leaves: lines -> one clean text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a stretch of clean text stands in the source: the map back."""

    start: int  # in the clean text
    end: int
    line: int  # index into the reader's lines
    column: int  # in that line's text
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One logical paragraph of the clean text (đoạn văn), on one line."""

    span: Span
    page: int = 1
    bold: bool = False
    heading: int | None = None  # level the source marks it with
    cells: tuple[Span, ...] = ()  # of a table row
    footnote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What was mended while reading, and how often."""

    kind: str  # "wrapped-lines", "split-diacritic", "duplicate-text", "web-chrome" …
    detail: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """What a reader should know before trusting the document."""

    code: str  # "starts-mid-document"
    message: str  # in Vietnamese, for the person who reads it


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    r"""The text of a document, mended: what all later steps read.

    `text` is NFC, its paragraphs in reading order, each on one line, ended by "\n".
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    places: tuple[Place, ...]  # ascending, not overlapping
    properties: Mapping[str, str] = field(default_factory=dict)  # of a portal's property table
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[Caution, ...] = ()


# What a directive says


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file that a document was read from."""

    name: str  # "2027_KH_12.docx"
    format: Format
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The components (thể thức) of a document, as it prints them.

    Source: Decree 30/2020/NĐ-CP, Article 8.
    """

    code: str | None = None  # số, ký hiệu: "192/KH-UBND"; None when the number is blank
    symbol: str | None = None  # "KH-UBND", also when the number is blank
    doc_type: str | None = None  # "Kế hoạch"
    issuer: str | None = None  # full name in context: "UBND tỉnh Thanh Hóa"
    issuer_level: Level | None = None
    place: str | None = None  # địa danh
    issued_on: dt.date | None = None
    effective_on: dt.date | None = None
    title: str | None = None  # trích yếu
    signer: str | None = None
    signer_position: str | None = None
    recipients: tuple[str, ...] = ()
    status: str | None = None  # tình trạng hiệu lực, as a portal states it
    confidence: Mapping[str, float] = field(default_factory=dict)  # {"code": 0.99}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A unit of a document (khối, điểm, khoản …): what is searched, cited and reused.

    The paths alone hold the tree: "II.2" encloses "II.2.a". A clause's span covers its own words
    with their label, never its children's, so spans never overlap. What stands above the first
    mark is "0", "0.1" …; a name that comes again under the same parent is "3~2".
    """

    path: str  # "II.2.a"; unique in its document
    kind: Kind
    label: str | None  # as printed: "Điều 5.", "a)", "-"
    text: str  # without the label, on one line
    page: int
    span: Span
    confidence: float = 0.95  # of `kind`

    @property
    def parent(self) -> str | None:
        """The path of the enclosing clause, or None at the top level."""
        return self.path.rpartition(".")[0] or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A body in its role in a task (cơ quan chủ trì, phối hợp, tham mưu, thực hiện)."""

    surface: str
    agency: str  # full name in context; a collective stays collective
    role: Role
    mode: Mode = "directed"
    via: Via
    confidence: float
    span: Span  # of the surface: in the task, in the heading above or in the line after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When a task is due (thời hạn)."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = {
        "alias_generator": lambda name: name.rstrip("_"),
        "populate_by_name": True,
    }

    surface: str
    kind: DeadlineKind
    date: dt.date | None = None  # the last day, "trước ngày 30/6/2024" is 2024-06-30
    recurrence: Recurrence | None = None
    dates: tuple[str, ...] = ()  # the days named in each year: "09-15"
    from_: dt.date | None = None
    to: dt.date | None = None
    confidence: float
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A figure to be reached (chỉ tiêu)."""

    surface: str
    comparator: Literal[">=", "<=", ">", "<", "="]
    value: float
    unit: str  # "%", "mô hình/xã"
    by: str | None = None  # "2025"
    confidence: float = 0.9
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarity:
    """The six clarities (sáu rõ) of a task."""

    who: bool
    what: bool
    responsibility: bool
    authority: bool
    when: bool
    result: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClarityCount:
    """How many of a document's tasks have one of the six clarities."""

    clear: int
    of: int
    gaps: tuple[str, ...] = ()  # paths of the clauses with tasks that lack it


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What a document as a whole wants reached (mục tiêu, chỉ tiêu): no duty of one body."""

    path: str  # of the clause that states it
    quote: str  # the words of `span`
    targets: tuple[Target, ...]
    deadlines: tuple[Deadline, ...] = ()
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A duty (nhiệm vụ): who must do what by when, in the document's own words."""

    path: str  # of the clause that states it
    quote: str  # the words of `span`
    actors: tuple[Actor, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    report_to: str | None = None  # several bodies are joined by "; "
    report_via: str | None = None
    confidence: float
    clarity: Clarity
    gaps: Mapping[str, str] = field(default_factory=dict)  # {"when": "không nêu thời hạn"}
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A mention of another document (viện dẫn)."""

    path: str  # of the clause that it stands in
    surface: str
    code: str | None  # mended where that is certain: "116/2021/NĐ-CP"
    printed_code: str | None = None
    doc_type: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    title: str | None = None
    pinpoint: str | None = None  # "điểm a khoản 2 Điều 5"
    relation: Relation
    from_code: str | None = None  # the outer document, where it is that one's relation
    to_code: str | None = None  # the document that this one amends: "Luật A được sửa đổi bởi …"
    resolved: str | None = None  # the code that an unnumbered law name means on the issuing date
    repair: str | None = None
    confidence: float
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortForm:
    """A document named again in short ("Kế hoạch này", "Nghị định trên"): no mention of its own."""

    path: str  # of the clause that it stands in
    surface: str
    code: str | None  # of the document meant; the document's own for "này"
    doc_type: str | None = None
    title: str | None = None
    confidence: float
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file, read: its text, its clauses and what they say."""

    source: Source
    text: str
    metadata: Metadata
    blocks: tuple[Clause, ...]
    references: tuple[Reference, ...] = ()
    short_forms: tuple[ShortForm, ...] = ()
    tasks: tuple[Task, ...] = ()
    objectives: tuple[Objective, ...] = ()
    clarity: Mapping[str, ClarityCount] | None = None  # of its tasks: {"who": …}; None: not counted
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[Caution, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    places: tuple[Place, ...] = ()

    def clause(self, path: str) -> Clause | None:
        """Return the clause at *path*, or None."""
        return next((block for block in self.blocks if block.path == path), None)

    def places_of(self, span: Span) -> tuple[Place, ...]:
        """Return where the words of *span* stand in the source, in reading order."""
        return tuple(
            place for place in self.places if place.start < span.end and span.start < place.end
        )

    def page_of(self, span: Span) -> int:
        """Return the page on which *span* begins; 1 where the format has no pages."""
        found = self.places_of(span)
        return found[0].page if found else 1
