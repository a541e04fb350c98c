"""CLEAN -> HEADER: the components (thể thức) of a document, and which paragraphs hold them.

Source: Decree 30/2020/NĐ-CP, Article 8 and Annex I; for party documents Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.closing import Closing, read_closing
from ingest.codes import find_date, find_number
from ingest.doctypes import issuers_of_symbol
from ingest.issuer import Issuer, read_issuer
from ingest.letterhead import Letterhead, read_letterhead
from ingest.metadata import read_metadata
from ingest.model import Caution, Clean, Kind, Metadata, Span
from ingest.numbering import read_mark
from ingest.places import Context, find_units
from ingest.preamble import find_preamble, is_basis
from ingest.settling import settle
from ingest.title import split_type
from ingest.translation import is_translation, read_translation

NEWS = "not-a-directive"
BEHEADED = "starts-mid-document"
_ATTACHED_WITHIN = 12  # paragraphs after a closing, in which what it promulgates shows its title
_OPENING = 6  # paragraphs in which a news item says what it reports
_CONSOLIDATED = re.compile(r"\W*(?:Số|SỐ)\s*:?\s*\d+\s*/\s*VBHN-")
_ATTESTED_WITHIN = 4  # paragraphs from the number to the date
_JOINT = re.compile(r"(?:^|[-/])(?:TTLT|TTLB|NQLT|KHLT|KHLN|HDLN|HDLT|CTPH|QCPH)(?![^\W\d_])")
_REPORTS = re.compile(
    r"(?<!\w)(?:(?:vừa|đã|mới) ban hành|Theo đó|cho biết|theo kế hoạch|theo văn bản)(?!\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header and closing steps know of a document."""

    metadata: Metadata
    zones: tuple[Kind | None, ...]  # for each paragraph; None: part of the body
    context: Context
    cautions: tuple[Caution, ...] = ()


def read_header(clean: Clean) -> Header:
    """Read the components of a document.

    Args:
        clean: The whole text; its property table, if a portal gave one, is checked against it.

    Returns:
        The metadata, with what is not printed None or (), and a kind for each paragraph of the
        letterhead, title, preamble, recipients, signature and footnotes.
    """
    texts = [paragraph.span.of(clean.text).strip() for paragraph in clean.paragraphs]
    head, closing = _read_ends(clean, texts)
    issuer = _issuer(head, closing, texts, clean.properties)
    metadata, disagreements = read_metadata(head, closing, issuer, clean)
    cautions = (*_cautions(head, closing, texts), *disagreements)
    begins = not {caution.code for caution in cautions} & {NEWS, BEHEADED}
    return Header(
        metadata=metadata,
        zones=_zones(clean, texts, head, closing, begins=begins),
        context=settle(issuer.context, clean.text, on=metadata.issued_on),
        cautions=cautions,
    )


def _read_ends(clean: Clean, texts: Sequence[str]) -> tuple[Letterhead, Closing]:
    """Read what stands above and below the body."""
    page_title = clean.properties.get("Tiêu đề trang", "")
    if is_translation(texts):
        return read_translation(texts, page_title=page_title)
    bold = [paragraph.bold for paragraph in clean.paragraphs]
    head = read_letterhead(texts, bold=bold, page_title=page_title)
    if head.number is None:
        _take_attested(head, texts)
    return head, read_closing(texts, body=head.body)


def _take_attested(head: Letterhead, texts: Sequence[str]) -> None:
    """Take the number and date of a consolidated text, which stand where it is attested.

    Source: Ordinance 01/2012/UBTVQH13 ("XÁC THỰC VĂN BẢN HỢP NHẤT" below the text).
    """
    for index, text in enumerate(texts):
        number = find_number(text) if _CONSOLIDATED.match(text) else None
        if number:
            near = (find_date(line) for line in texts[index : index + _ATTESTED_WITHIN])
            date = next((found for found in near if found), None)
            head.number, head.doc_type = number, "Văn bản hợp nhất"
            head.issued_on = date.date if date else head.issued_on
            return


def _issuer(
    head: Letterhead, closing: Closing, texts: Sequence[str], properties: Mapping[str, str]
) -> Issuer:
    signed = [line for signature in closing.signatures for line in signature.authority]
    hint = _stated_issuer(properties)
    if not hint and head.attached_to:
        hint = head.attached_to.rpartition(" của ")[2]
    number = head.number or (head.heading.number if head.heading else None)
    joint = "liên" in (head.doc_type or "") or bool(number and _JOINT.search(number.symbol))
    if number and (joint or not hint):
        hint = "; ".join(issuers_of_symbol(number.symbol, on=head.issued_on)) or hint
    # A site names its province at times, in words no document would use.
    below = [*texts[head.body :], head.title or "", head.place or "", properties.get("Trang", "")]
    return read_issuer(head.issuers, below, signed=signed, hint=hint, joint=joint)


def _stated_issuer(properties: Mapping[str, str]) -> str:
    """Return the issuer that a portal states; "Tỉnh Thanh Hóa" of a "KH-UBND" is its UBND."""
    stated = properties.get("Cơ quan ban hành", "")
    unit = next(find_units(stated), None)
    council = re.search(r"UBND|HĐND", properties.get("Số hiệu", ""))
    if unit and council and unit.span == Span(0, len(stated)):
        return f"{council[0]} {stated}"
    return stated


def _zones(
    clean: Clean, texts: Sequence[str], head: Letterhead, closing: Closing, *, begins: bool
) -> tuple[Kind | None, ...]:
    """Return the kind of each paragraph; *begins*: the text is a document's from its beginning."""
    zones: list[Kind | None] = [None] * len(texts)
    end = len(texts) if closing.start is None else closing.start
    for index in find_preamble(texts, head.body, end) if begins else ():
        zones[index] = "preamble"
    known = {**_attached_zones(texts, closing), **head.zones, **closing.zones}
    for index, kind in known.items():
        zones[index] = kind
    for index, paragraph in enumerate(clean.paragraphs):
        if paragraph.footnote:
            zones[index] = "footnote"
    return tuple(zones)


def _attached_zones(texts: Sequence[str], closing: Closing) -> dict[int, Kind]:
    """Return the zones of a plan that a decision promulgates, below the decision's closing."""
    start = max(closing.zones, default=len(texts)) + 1
    inner = read_letterhead(texts[start:])
    if inner.doc_type is None or inner.body > _ATTACHED_WITHIN:
        return {}
    inner_closing = read_closing(texts, body=start + inner.body)
    zones = {start + index: kind for index, kind in inner.zones.items()}
    return {**zones, **inner_closing.zones}


def _cautions(head: Letterhead, closing: Closing, texts: Sequence[str]) -> list[Caution]:
    """Say what a reader of the document should know."""
    found = []
    if head.draft:
        found.append(("draft", "Văn bản ghi là dự thảo, chưa phải văn bản ban hành."))
    if head.damaged:
        message = (
            "Phần đầu văn bản bị lỗi nhận dạng chữ (mất dấu, sai chữ); "
            "hãy đối chiếu cơ quan ban hành, số, ngày, tên loại với bản gốc."
        )
        found.append(("letterhead-damaged", message))
    if head.number and head.number.code is None:
        message = f"Số văn bản để trống (ký hiệu {head.number.symbol}); hãy bổ sung khi có số."
        found.append(("number-blank", message))
    if head.attached_to and head.number is None:
        message = f"Văn bản không có số riêng: “{head.attached_to}”."
        found.append(("attached", message))
    if texts and not head.official and not head.attached_to and head.number is None:
        found += _doubts(head, closing, texts)
    return [Caution(code=code, message=message) for code, message in found]


def _doubts(head: Letterhead, closing: Closing, texts: Sequence[str]) -> list[tuple[str, str]]:
    """Say what a text without letterhead may be: a news item, or a document's later pages."""
    if closing.start is None and any(_REPORTS.search(text) for text in texts[:_OPENING]):
        return [(NEWS, "Đây là tin, bài viết về văn bản, không phải chính văn bản đó.")]
    if head.doc_type is None and not _begins(texts):
        message = (
            "Thiếu phần đầu văn bản (cơ quan ban hành, số, ngày, tên loại); "
            "hãy tìm tệp đủ trang để đọc lại."
        )
        return [(BEHEADED, message)]
    return []


def _begins(texts: Sequence[str]) -> bool:
    """Tell whether a text without letterhead begins where a document does."""
    opens = read_mark(texts[0])
    if opens is None and (split_type(texts[0]) or is_basis(texts[0])):
        return True
    marks = (read_mark(text) for text in texts)
    first = next((mark for mark in marks if mark and mark.name is not None), None)
    return (first is None or first.first) and not (opens and opens.name is None)
