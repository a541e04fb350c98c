"""DOC -> REFERENCES: which documents a directive names, in which relation (viện dẫn).

`mark_references` says where; `read_references` says what is meant. A trained component that writes
the span groups "references" and "reference-titles" can take the first one's place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from ingest.citation_chains import Cited, Setting, relate
from ingest.citation_context import with_full_numbers, with_shared_facts
from ingest.citation_identity import context_of, identify
from ingest.citation_sieve import others
from ingest.citation_titles import find_title_citations, find_titles, read_title
from ingest.citations import Citation, find_citations
from ingest.model import Clause, Metadata, Reference, ShortForm, Span
from ingest.pinpoints import read_pinpoint
from ingest.places import Context
from ingest.short_forms import Meant, find_short_forms, is_definition
from ingest.words import mark, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

GROUP = "references"
TITLES = "reference-titles"

_OWN_PARTS = frozenset({"letterhead", "signature", "recipients"})
_LEADS_TO_TITLE = re.compile(r"[ ,]*(?:\([^()]*\) *)?")
_LONGEST_GAP = 70  # "(sau đây gọi là …)" may stand before the title


def mark_references(doc: Doc) -> list[DocSpan]:
    """Mark the citations of *doc* in the span group "references", their titles in another.

    The label is the form: "code" | "blank-number" | "short-number" | "law-name" | "title-only".
    None crosses a paragraph. The titles ("reference-titles") are what later steps must not take
    for words of this document: years, periods and figures in them.
    """
    cited, titles = recognise(text_of(doc))
    mark(doc, TITLES, ((start, end, "title") for start, end in titles))
    return mark(doc, GROUP, ((found.start, found.end, found.label) for found in cited))


def recognise(text: str) -> tuple[list[Citation], list[tuple[int, int]]]:
    """Return the citations of *text* and where the titles of cited documents stand, in order."""
    cited = [_tidy(text, found) for found in find_citations(text)]
    titles = [_trimmed(text, *title) for title in find_titles(text, cited)]
    titles = [(start, end) for start, end in titles if start < end]
    cited = [found for found in cited if not _is_subject_of(found, titles)]
    taken = sorted([(found.start, found.end) for found in cited] + titles)
    cited += find_title_citations(text, taken)
    return sorted(cited, key=lambda found: (found.start, found.end)), titles


def _is_subject_of(found: Citation, titles: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a standard or a treaty is only what another document's title speaks of."""
    return found.label in {"standard", "treaty"} and any(
        start <= found.start < end for start, end in titles
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Citings:
    """The documents that a text names, and where it names them again in short."""

    references: tuple[Reference, ...] = ()
    short_forms: tuple[ShortForm, ...] = ()


def read_references(
    doc: Doc,
    blocks: Sequence[Clause],
    metadata: Metadata,
    *,
    context: Context | None = None,
) -> tuple[Reference, ...]:
    """Return what the marked citations of *doc* mean, in order: `read_citings` without the rest."""
    return read_citings(doc, blocks, metadata, context=context).references


def read_citings(
    doc: Doc,
    blocks: Sequence[Clause],
    metadata: Metadata,
    *,
    context: Context | None = None,
) -> Citings:
    """Return what the marked citations of *doc* and its short forms mean, in order.

    Args:
        doc: With the span groups of `mark_references`.
        blocks: The document's clauses; a citation outside them all is left out.
        metadata: Of the document: it does not cite itself.
        context: Where it stands; when left out, what the issuer's name tells.
    """
    marked: list[Citation] = [
        Citation(start=span.start_char, end=span.end_char, label=span.label_)
        for span in doc.spans.get(GROUP, [])
    ]
    titles = [(span.start_char, span.end_char) for span in doc.spans.get(TITLES, [])]
    return _read(text_of(doc), marked, titles, _Own(blocks, metadata, context))


def cite_text(
    text: str, blocks: Sequence[Clause], metadata: Metadata, *, context: Context | None = None
) -> Citings:
    """Return what the citations of *text* mean: recognised and read in one step, without words."""
    return _read(text, *recognise(text), _Own(blocks, metadata, context))


class _Own(NamedTuple):
    """The document that cites."""

    blocks: Sequence[Clause]
    metadata: Metadata
    context: Context | None


def _read(
    text: str, marked: Sequence[Citation], titles: list[tuple[int, int]], own: _Own
) -> Citings:
    blocks, metadata = own.blocks, own.metadata
    context = own.context or context_of(metadata)
    named = [_identified(text, cited, metadata, context) for cited in marked]
    named = with_shared_facts(text, with_full_numbers(named), context)
    defined = [cited for cited in named if is_definition(text, cited, named)]
    found = [cited for cited in named if cited not in defined]
    setting = Setting(text=text, titles=titles, blocks=blocks, doc_type=metadata.doc_type)
    found = relate(found, setting)
    titles = [_up_to_inner(title, found) for title in titles]
    places = _Places(blocks)
    references = [
        _reference(text, cited, block, titles)
        for cited in others(text, found, metadata)
        if (block := places.of(cited.span))
    ]
    short_forms = [
        _short_form(text, meant, block)
        for meant in find_short_forms(text, found, defined, metadata)
        if (block := places.of(meant.span))
    ]
    return Citings(references=tuple(references), short_forms=tuple(short_forms))


def _identified(text: str, found: Citation, metadata: Metadata, context: Context) -> Cited:
    surface = text[found.start : found.end]
    identity = identify(surface, found.label, metadata, context)
    place = Span(found.start, found.end)
    return Cited(span=place, label=found.label, surface=surface, identity=identity)


def _reference(text: str, cited: Cited, block: Clause, titles: list[tuple[int, int]]) -> Reference:
    identity = cited.identity
    return Reference(
        path=block.path,
        surface=cited.surface,
        code=identity.code,
        printed_code=identity.printed,
        doc_type=identity.doc_type,
        date=identity.date,
        issuer=identity.issuer,
        title=identity.title or _title_after(text, cited, titles),
        pinpoint=read_pinpoint(text, cited.span.start, cited.span.end),
        relation=cited.relation,
        from_code=cited.from_code,
        to_code=cited.to_code,
        resolved=identity.resolved,
        repair=identity.repair,
        confidence=identity.confidence,
        span=cited.span,
    )


def _title_after(text: str, cited: Cited, titles: list[tuple[int, int]]) -> str | None:
    for start, end in titles:
        if cited.span.end <= start <= cited.span.end + _LONGEST_GAP:
            leads = _LEADS_TO_TITLE.fullmatch(text, cited.span.end, start)
            return read_title(text[start:end]) if leads else None
    return None


def _up_to_inner(title: tuple[int, int], found: list[Cited]) -> tuple[int, int]:
    """Return where a title ends that names a document: after it, before that one's own title."""
    inner = [cited.span for cited in found if title[0] <= cited.span.start < title[1]]
    return (title[0], inner[0].end) if inner else title


class _Places:
    """Which clause holds a span; those of letterhead, signature and recipients hold none."""

    def __init__(self, blocks: Sequence[Clause]) -> None:
        self._blocks = blocks
        self._starts = [block.span.start for block in blocks]

    def of(self, span: Span) -> Clause | None:
        index = bisect_right(self._starts, span.start) - 1
        if index < 0 or not self._blocks[index].span.holds(span):
            return None
        block = self._blocks[index]
        return None if block.kind in _OWN_PARTS else block


def _short_form(text: str, meant: Meant, block: Clause) -> ShortForm:
    return ShortForm(
        path=block.path,
        surface=meant.span.of(text),
        code=meant.code,
        doc_type=meant.doc_type,
        title=meant.title,
        confidence=meant.confidence,
        span=meant.span,
    )


def _tidy(text: str, found: Citation) -> Citation:
    start, end = _trimmed(text, found.start, found.end)
    return replace(found, start=start, end=end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))
