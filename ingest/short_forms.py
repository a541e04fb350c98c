"""TEXT, CITATIONS -> SHORT FORMS: what "Kế hoạch này", "Nghị định trên", "Chương trình MTQG" mean.

A document calls itself "… này", one that it has cited "… trên", "… nêu trên", or by the name that
a bracket gives it ("sau đây gọi tắt là …"). These are no citations: they say again what one said.

Source: Decree 30/2020/NĐ-CP, Annex I, on abbreviations, which are explained where they first stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.citation_chains import Cited
from ingest.citation_codes import same_code
from ingest.doctypes import document_types, type_named
from ingest.model import Metadata, Span

_NAMES = "|".join(sorted({found.name for found in document_types()}, key=len, reverse=True))
_TYPE = rf"(?i:{_NAMES})"
_DEFINES = re.compile(
    r"\((?P<lead>[^()]{0,60}?(?:gọi|viết) (?:tắt |chung )*là:? ?)(?P<names>[^()\n]{2,120})\)"
)
_THIS = re.compile(rf"(?<!\w)(?P<type>{_TYPE}) này(?!\w)")
_ABOVE = re.compile(
    rf"(?<!\w)(?P<type>{_TYPE}) (?:(?:đã )?(?:nêu|nói|dẫn|kể|vừa nêu) (?:ở )?trên|đã nêu"
    r"|trên(?= |[,.;:)])"
    r"(?! (?:địa bàn|cơ sở|toàn|phạm vi|địa|lĩnh vực|tinh thần|các|cả|môi trường|không gian)))"
)
_SPLIT = re.compile(r", | và |; ")
_QUOTES = str.maketrans("", "", "“”\"'")
_SURE_OF_ITSELF = 0.95
_SURE_OF_ALIAS = 0.85
_SURE_OF_ABOVE = 0.8
_SHORTEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A short form and the document that it stands for."""

    span: Span
    code: str | None
    doc_type: str | None
    title: str | None
    confidence: float


def is_definition(text: str, cited: Cited, found: Sequence[Cited]) -> bool:
    """Tell whether a citation is only the short name that a bracket gives the one before it."""
    line = text.rfind("\n", 0, cited.span.start) + 1
    opening = text.rfind("(", line, cited.span.start)
    if opening < 0 or ")" in text[opening : cited.span.start]:
        return False
    if _DEFINES.match(text, opening):
        return True
    alone = opening + 1 == cited.span.start and text.startswith(")", cited.span.end)
    return alone and any(
        same_code(cited.identity.code, other.identity.code)
        for other in found
        if line <= other.span.start < cited.span.start
    )


def find_short_forms(
    text: str, found: Sequence[Cited], defined: Sequence[Cited], metadata: Metadata
) -> list[Meant]:
    """Return the short forms of *text*, in order.

    Args:
        text: NFC, paragraphs ended by newlines.
        found: The citations.
        defined: Those that `is_definition` takes out.
        metadata: Of the document: what "này" means.
    """
    taken = [(cited.span.start, cited.span.end) for cited in found]
    meant = [_defined(cited, found) for cited in defined]
    meant += _of_names(text, found, defined)
    meant += [_itself(this, metadata) for this in _THIS.finditer(text) if _outside(text, this)]
    meant += _above(text, found)
    kept: list[Meant] = []
    for one in sorted(meant, key=lambda one: (one.span.start, -one.span.end)):
        free = all(one.span.end <= start or end <= one.span.start for start, end in taken)
        if free and (not kept or kept[-1].span.end <= one.span.start):
            kept.append(one)
    return kept


def _defined(cited: Cited, found: Sequence[Cited]) -> Meant:
    same = [one for one in found if same_code(one.identity.code, cited.identity.code)]
    return _meaning(cited.span, same[0] if same else cited, confidence=_SURE_OF_ITSELF)


def _of_names(text: str, found: Sequence[Cited], defined: Sequence[Cited]) -> Iterator[Meant]:
    for bracket in _DEFINES.finditer(text):
        start = bracket.start("names")
        for name in _SPLIT.split(bracket["names"]):
            begins = text.index(name, start)
            start = begins + len(name)
            within = any(one.span.start < start and begins < one.span.end for one in defined)
            target = _target(text, bracket.start(), name.translate(_QUOTES), found)
            if target is None or within:
                continue
            span = Span(begins, start)
            yield _meaning(span, target, confidence=_SURE_OF_ALIAS)
            yield from _uses(text, start, name.translate(_QUOTES), target)


def _uses(text: str, after: int, name: str, target: Cited) -> Iterator[Meant]:
    if len(name) < _SHORTEST or not name[0].isupper():
        return
    # A type alone ("Chương trình") goes on to another name in small letters.
    alone = type_named(name) is not None
    ends = r"(?!\w)" + (r"(?! (?:[^\W\d]\w* ){0,8}(?:năm|giai đoạn|số) )" if alone else "")
    for use in re.finditer(rf"(?<!\w){re.escape(name)}{ends}", text[after:]):
        yield _meaning(
            Span(after + use.start(), after + use.end()), target, confidence=_SURE_OF_ALIAS
        )


def _target(text: str, bracket: int, name: str, found: Sequence[Cited]) -> Cited | None:
    """Return the citation that a bracket names: of the type of the name, or else the last one."""
    line = text.rfind("\n", 0, bracket) + 1
    within = [one for one in found if line <= one.span.start and one.span.end <= bracket]
    before = [one for one in within if one.to_code is None] or within
    kind = next((t for t in _types_in(name)), None)
    alike = [one for one in before if kind and one.identity.doc_type == kind]
    titled = [one for one in before if kind and f" {kind.lower()} " in _after(text, one, bracket)]
    return next(iter([*alike[::-1], *titled[::-1], *before[::-1]]), None)


def _after(text: str, cited: Cited, end: int) -> str:
    return f" {text[cited.span.end : end].lower()} "


def _types_in(name: str) -> Iterator[str]:
    for found in document_types():
        if name.casefold().startswith(found.name.casefold()):
            yield found.name


def _itself(this: re.Match[str], metadata: Metadata) -> Meant:
    kind = type_named(this["type"])
    name = kind.name if kind else None
    own = name == metadata.doc_type
    return Meant(
        span=Span(*this.span()),
        code=metadata.code,
        doc_type=name,
        title=metadata.title if own else None,
        confidence=_SURE_OF_ITSELF if own else _SURE_OF_ABOVE,  # else what is attached to it
    )


def _outside(text: str, found: re.Match[str]) -> bool:
    """Tell whether no quotation is open: in the words of an amendment "này" is the amended text."""
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    return line.count("“") <= line.count("”") and found["type"][0].isupper()


def _above(text: str, found: Sequence[Cited]) -> Iterator[Meant]:
    for above in _ABOVE.finditer(text):
        kind = type_named(above["type"])
        before = [
            one
            for one in found
            if one.span.end <= above.start() and kind and one.identity.doc_type == kind.name
        ]
        if before:
            yield _meaning(Span(*above.span()), before[-1], confidence=_SURE_OF_ABOVE)


def _meaning(span: Span, cited: Cited, *, confidence: float) -> Meant:
    identity = cited.identity
    return Meant(
        span=span,
        code=identity.code or identity.resolved,
        doc_type=identity.doc_type,
        title=identity.title,
        confidence=min(confidence, identity.confidence),
    )
