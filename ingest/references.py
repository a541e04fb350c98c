"""DOC -> REFERENCES: which documents a directive names, in which relation (viện dẫn).

`mark_references` says where; `read_references` says what is meant. A trained component that writes
the span groups "references" and "reference-titles" can take the first one's place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.citation_codes import same_code
from ingest.citation_identity import Identity, completed, context_of, identify, is_short_for
from ingest.citation_titles import find_title_citations, find_titles, read_title
from ingest.citations import Citation, Label, find_citations
from ingest.model import Clause, Metadata, Reference, Relation, Span
from ingest.places import Context
from ingest.relations import (
    begins_anew,
    ends_sentence,
    is_sibling,
    relation_after,
    relation_of,
    relation_within_title,
)
from ingest.tones import fold_tones
from ingest.words import mark, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

GROUP = "references"
TITLES = "reference-titles"

_KNOWN_BY_NUMBER = frozenset({"Đề án", "Chương trình"})  # "Đề án 06", "Chương trình 135"
_OWN_PARTS = frozenset({"letterhead", "signature", "recipients"})
_PIN_WORD = r"(?:điểm|khoản|điều|mục|chương|phần|tiết|đoạn|phụ lục|tiểu mục)"
_PIN_NUMBER = r"(?:\d{1,3}[a-zđ]?|[a-zđ]{1,2}|[IVX]{1,5}|thứ \w+)(?![\w])"
_PIN_JOIN = r"(?:, |; | và |, và | hoặc | đến | - )"
_PIN_PART = rf"{_PIN_WORD} {_PIN_NUMBER}(?:{_PIN_JOIN}{_PIN_NUMBER})*"
_PINPOINT = re.compile(
    rf"(?<!\w)(?P<where>(?:các )?{_PIN_PART}(?:(?:,? | và |, và |; ){_PIN_PART})*)"
    r"(?:,? (?:của |tại )?|,? (?:được )?(?:ban hành )?kèm theo )$",
    re.IGNORECASE,
)
_REACH = 160
_LEADS_TO_TITLE = re.compile(r"[ ,]*(?:\([^()]*\) *)?")
_LONGEST_LIST = 3000
_LONGEST_GAP = 70  # "(sau đây gọi là …)" may stand before the title


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cited:
    span: Span
    label: Label
    surface: str
    identity: Identity
    relation: Relation = "mentions"
    from_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    before: _Cited | None  # the citation before it in its paragraph
    start: int  # where the words begin that lie between
    governing: Relation | None  # of the list that it may continue


def mark_references(doc: Doc) -> list[DocSpan]:
    """Mark the citations of *doc* in the span group "references", their titles in another.

    The label is the form: "code" | "blank-number" | "short-number" | "law-name" | "title-only".
    None crosses a paragraph. The titles ("reference-titles") are what later steps must not take
    for words of this document: years, periods and figures in them.
    """
    text = text_of(doc)
    cited = [_tidy(text, found) for found in find_citations(text)]
    titles = [_trimmed(text, *title) for title in find_titles(text, cited)]
    titles = [(start, end) for start, end in titles if start < end]
    taken = sorted([(found.start, found.end) for found in cited] + titles)
    cited += find_title_citations(text, taken)
    mark(doc, TITLES, ((start, end, "title") for start, end in titles))
    return mark(doc, GROUP, ((found.start, found.end, found.label) for found in cited))


def read_references(
    doc: Doc,
    blocks: Sequence[Clause],
    metadata: Metadata,
    *,
    context: Context | None = None,
) -> tuple[Reference, ...]:
    """Return what the marked citations of *doc* mean, in order.

    Args:
        doc: With the span groups of `mark_references`.
        blocks: The document's clauses; a citation outside them all is left out.
        metadata: Of the document: it does not cite itself.
        context: Where it stands; when left out, what the issuer's name tells.
    """
    text = text_of(doc)
    context = context or context_of(metadata)
    found = [_identified(span, metadata, context) for span in doc.spans.get(GROUP, [])]
    titles = [(span.start_char, span.end_char) for span in doc.spans.get(TITLES, [])]
    found = _related(text, _with_full_numbers(found), titles)
    titles = [_up_to_inner(title, found) for title in titles]
    starts = [block.span.start for block in blocks]
    references = []
    for cited in found:
        block = _enclosing(blocks, starts, cited.span)
        if block is None or block.kind in _OWN_PARTS or _is_itself(cited, metadata):
            continue
        if _is_unfounded(cited):
            continue
        references.append(_reference(text, cited, block, titles))
    return tuple(references)


def _identified(span: DocSpan, metadata: Metadata, context: Context) -> _Cited:
    label: Label = span.label_  # type: ignore[assignment]
    identity = identify(span.text, label, metadata, context)
    place = Span(span.start_char, span.end_char)
    return _Cited(span=place, label=label, surface=span.text, identity=identity)


def _with_full_numbers(found: list[_Cited]) -> list[_Cited]:
    whole = []
    for cited in found:
        if cited.label == "short-number":
            full = [o.identity for o in found if is_short_for(cited.identity, o.identity)]
            codes = {identity.code for identity in full}
            if len(codes) == 1:
                cited = replace(cited, identity=completed(cited.identity, full[0]))  # noqa: PLW2901
        whole.append(cited)
    return whole


def _related(text: str, found: list[_Cited], titles: list[tuple[int, int]]) -> list[_Cited]:
    """Return the citations with their relations, which run on in lists and across their lines."""
    related: list[_Cited] = []
    governing: Relation | None = None
    for cited in found:
        before = related[-1] if related else None
        start = before.span.end if before and before.span.end <= cited.span.start else 0
        line = text.rfind("\n", 0, cited.span.start) + 1
        if line > start:
            governing = _carried_over(text[start:line], governing)
            before, start = None, line
        near = _Near(before=before, start=start, governing=governing)
        told, governing = _relate(text, cited, near, titles)
        related.append(told)
    return related


def _carried_over(between: str, governing: Relation | None) -> Relation | None:
    """Return the relation that the lines before a list item hand down to it, or None.

    A list goes on while its lines end in ";" or ","; a line that ends in ":" begins it.
    """
    for line in reversed(between.rstrip()[-_LONGEST_LIST:].split("\n")):
        words = line.rstrip()
        if words.endswith(":"):
            return relation_of(words) or governing
        if not words.endswith((";", ",")):
            return None
    return governing


def _relate(
    text: str,
    cited: _Cited,
    near: _Near,
    titles: list[tuple[int, int]],
) -> tuple[_Cited, Relation | None]:
    """Return *cited* with its relation, and the relation that governs what follows."""
    before, governing = near.before, near.governing
    between = text[near.start : cited.span.start]
    in_title = any(start <= cited.span.start < end for start, end in titles)
    if before and not begins_anew(between):
        if is_sibling(between):
            shared = replace(cited, relation=before.relation, from_code=before.from_code)
            return shared, governing
        relation = relation_within_title(between) if in_title else "basis"
        if relation != "basis":  # "theo Nghị định …" goes on with the sentence, not with the title
            return replace(cited, relation=relation, from_code=before.identity.code), governing
    if ends_sentence(between):
        governing = None
    governing = relation_of(between) or governing
    line_end = text.find("\n", cited.span.end)
    after = text[cited.span.end : line_end if line_end >= 0 else len(text)]
    relation = relation_after(after, cited.identity.doc_type, governing or "mentions")
    return replace(cited, relation=relation), governing


def _reference(text: str, cited: _Cited, block: Clause, titles: list[tuple[int, int]]) -> Reference:
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
        pinpoint=_pinpoint(text, cited.span.start),
        relation=cited.relation,
        from_code=cited.from_code,
        resolved=identity.resolved,
        repair=identity.repair,
        confidence=identity.confidence,
        span=cited.span,
    )


def _title_after(text: str, cited: _Cited, titles: list[tuple[int, int]]) -> str | None:
    for start, end in titles:
        if cited.span.end <= start <= cited.span.end + _LONGEST_GAP:
            leads = _LEADS_TO_TITLE.fullmatch(text, cited.span.end, start)
            return read_title(text[start:end]) if leads else None
    return None


def _up_to_inner(title: tuple[int, int], found: list[_Cited]) -> tuple[int, int]:
    """Return where a title ends that names a document: after it, before that one's own title."""
    inner = [cited.span for cited in found if title[0] <= cited.span.start < title[1]]
    return (title[0], inner[0].end) if inner else title


def _pinpoint(text: str, start: int) -> str | None:
    line = text.rfind("\n", 0, start) + 1
    found = _PINPOINT.search(text[max(line, start - _REACH) : start])
    return found["where"] if found else None


def _enclosing(blocks: Sequence[Clause], starts: list[int], span: Span) -> Clause | None:
    index = bisect_right(starts, span.start) - 1
    return blocks[index] if index >= 0 and blocks[index].span.holds(span) else None


def _is_itself(cited: _Cited, metadata: Metadata) -> bool:
    """Tell whether a citation names the document that it stands in."""
    identity = cited.identity
    if same_code(identity.code, metadata.code):
        return True
    if cited.label != "title-only" or identity.doc_type != metadata.doc_type:
        return False
    own, named = _key(metadata.title), _key(identity.title)
    return bool(named) and (named in own or own in named)


def _is_unfounded(cited: _Cited) -> bool:
    """Tell whether a bare number ("Nghị quyết 229") says too little to name a document."""
    told = cited.identity
    if cited.label != "short-number" or told.code or told.issuer or told.date:
        return False
    return " số " not in cited.surface and told.doc_type not in _KNOWN_BY_NUMBER


def _key(title: str | None) -> str:
    return " ".join(re.findall(r"\w+", fold_tones((title or "").casefold())))


def _tidy(text: str, found: Citation) -> Citation:
    start, end = _trimmed(text, found.start, found.end)
    return replace(found, start=start, end=end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))
