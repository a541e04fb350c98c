"""CLEAN -> HEADER: the components (thể thức) of a document, and which paragraphs hold them.

Source: Decree 30/2020/NĐ-CP, Article 8 and Annex I; for party documents Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.closing import Closing, Signature, read_closing
from ingest.codes import find_date, find_number
from ingest.issuer import Issuer, read_issuer
from ingest.knowledge.tables import rows
from ingest.letterhead import Letterhead, read_letterhead, split_type
from ingest.model import Caution, Clean, Kind, Metadata
from ingest.numbering import read_mark
from ingest.places import Context

_LETTER = "Công văn"
_OPENING_CUE = re.compile(
    r"\W*(?:Căn cứ|Theo|Xét|Thực hiện|Thi hành|Triển khai|Trên cơ sở|Để|Nhằm)(?!\w)"
)
_LEADS_IN = re.compile(
    r"(?:như sau|sau đây|yêu cầu|chỉ đạo|đề nghị|quyết định|quyết nghị|thông báo)[^:]{0,60}:\s*$|:\s*$",
    re.I,
)
_REPORTS = re.compile(
    r"(?<!\w)(?:vừa ban hành|đã ban hành|mới ban hành|Theo đó|cho biết|theo kế hoạch|theo văn bản)(?!\w)"
)
_LATER = re.compile(
    r"(?<!\w)này\s+có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+sau\s+(\d{1,3})\s+ngày,?\s+kể\s+từ\s+ngày\s+ký(?!\w)"
)
_PASSED = re.compile(r"(?<!\w)này\s+(?:đã\s+)?được\s[^;\n]{0,200}?thông\s+qua\s+(?P<when>ngày[^.;\n]{5,30}\d{4})")
_IN_FORCE = re.compile(
    r"(?<!\w)này\s+có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?từ\s+(?P<when>ngày\s+ký|ngày[^.;]{5,30}\d{4})"
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
        letterhead, title, opening, recipients, signature and footnotes.
    """
    texts = [paragraph.span.of(clean.text).strip() for paragraph in clean.paragraphs]
    head = read_letterhead(texts)
    closing = read_closing(texts, body=head.body)
    issuer = _issuer(head, closing, texts, clean.properties)
    metadata, disagreeing = _metadata(head, closing, issuer, clean)
    cautions = [*_cautions(head, closing, texts, metadata), *disagreeing]
    return Header(
        metadata=metadata,
        zones=_zones(clean, texts, head, closing),
        context=issuer.context,
        cautions=tuple(cautions),
    )


def _issuer(
    head: Letterhead, closing: Closing, texts: Sequence[str], properties: Mapping[str, str]
) -> Issuer:
    signed = [line for signature in closing.signatures for line in signature.authority]
    hint = properties.get("Cơ quan ban hành", "")
    if not hint and head.attached_to and " của " in head.attached_to:
        hint = head.attached_to.rpartition(" của ")[2]
    below = [*texts[head.body :], head.title or ""]
    return read_issuer(head.issuers, below, signed=signed, hint=hint)


def _metadata(
    head: Letterhead, closing: Closing, issuer: Issuer, clean: Clean
) -> tuple[Metadata, list[Caution]]:
    """Put the components together and say where the portal's property table differs."""
    found = _Findings()
    properties = clean.properties
    number = head.number
    if number is None and head.attached_to:
        number = find_number(head.attached_to)
    sure = 0.98 if number is head.number else 0.6
    code = found.choose("code", number.code if number else None, properties.get("Số hiệu"), sure)
    symbol = number.symbol if number else _symbol(code)
    issued_on = found.choose_date("issued_on", _issued_on(head, clean.text), properties.get("Ngày ban hành"))
    doc_type = found.choose(
        "doc_type", _doc_type(head, symbol), properties.get("Loại văn bản"), 0.97
    )
    title = found.choose("title", head.title, properties.get("Trích yếu"), 0.9)
    signer, position = _signers(closing.signatures)
    signer = found.choose("signer", signer, properties.get("Người ký"), 0.95)
    effective = _effective_on(clean.text, issued_on)
    effective_on = found.choose_date(
        "effective_on", effective, properties.get("Ngày có hiệu lực"), check=False
    )
    found.set("symbol", symbol, sure if number else 0.8)
    found.set("issuer", issuer.context.issuer, issuer.confidence)
    found.set("issuer_level", issuer.context.level, issuer.confidence)
    found.set("place", head.place, 0.97)
    found.set("signer_position", position, 0.9)
    found.set("recipients", closing.recipients or None, 0.9)
    metadata = Metadata(
        code=code,
        symbol=symbol,
        doc_type=doc_type,
        issuer=issuer.context.issuer,
        issuer_level=issuer.context.level,
        place=head.place,
        issued_on=issued_on,
        effective_on=effective_on,
        title=title,
        signer=signer,
        signer_position=position,
        recipients=tuple(closing.recipients),
        status=properties.get("Tình trạng hiệu lực"),
        confidence=found.confidence,
    )
    return metadata, found.cautions


class _Findings:
    """What the text and the property table say of each component, and how sure each is."""

    def __init__(self) -> None:
        self.confidence: dict[str, float] = {}
        self.cautions: list[Caution] = []

    def set(self, name: str, value: object, confidence: float) -> None:
        if value is not None:
            self.confidence[name] = round(confidence, 2)

    def choose(
        self, name: str, printed: str | None, stated: str | None, confidence: float
    ) -> str | None:
        """Return what the text prints, else what the portal states."""
        if printed is None:
            self.set(name, stated or None, 0.85)
            return stated or None
        agrees = stated is not None and _key(stated) == _key(printed)
        self.set(name, printed, 0.99 if agrees else confidence)
        if stated and not agrees and name in {"code", "signer"}:
            self._disagree(name, printed, stated)
        return printed

    def choose_date(
        self, name: str, printed: dt.date | None, stated: str | None, *, check: bool = True
    ) -> dt.date | None:
        there = _property_date(stated)
        if printed is None:
            self.set(name, there, 0.85)
            return there
        self.set(name, printed, 0.99 if there == printed else 0.95)
        if there and there != printed and check:
            self._disagree(name, printed.isoformat(), there.isoformat())
        return printed

    def _disagree(self, name: str, printed: str, stated: str) -> None:
        label = {"code": "số, ký hiệu", "signer": "người ký", "issued_on": "ngày ban hành"}[name]
        self.cautions.append(
            Caution(
                code="property-disagrees",
                message=f"Bảng thuộc tính ghi {label} là “{stated}”, "
                f"văn bản ghi “{printed}”; đã lấy theo văn bản.",
            )
        )


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _property_date(text: str | None) -> dt.date | None:
    found = re.search(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text or "")
    if not found:
        return None
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _symbol(code: str | None) -> str | None:
    found = find_number(f"Số {code}") if code else None
    return found.symbol if found else None


def _issued_on(head: Letterhead, text: str) -> dt.date | None:
    """Return the date of the letterhead, of the promulgating decision, or of the vote on a law."""
    if head.issued_on:
        return head.issued_on
    passed = _PASSED.search(text) if head.place is None else None
    source = passed["when"] if passed else head.attached_to or ""
    date = find_date(source, anywhere=True)
    return date.date if date else None


def _doc_type(head: Letterhead, symbol: str | None) -> str | None:
    """Return the type that is printed, else the one that the symbol says."""
    if head.doc_type or not symbol:
        return head.doc_type
    first = re.split(r"[-/]", symbol)[0]
    for row in rows("document_types"):
        if row["symbol"] == first:
            return row["type"]
    return _LETTER if head.official and re.search(r"[-/]", symbol) else None


def _signers(signatures: Sequence[Signature]) -> tuple[str | None, str | None]:
    named = [signature for signature in signatures if signature.name] or list(signatures[:1])
    names = [signature.name for signature in named if signature.name]
    positions = [signature.position for signature in named if signature.position]
    return "; ".join(names) or None, "; ".join(dict.fromkeys(positions)) or None


def _effective_on(text: str, issued_on: dt.date | None) -> dt.date | None:
    """Return the day from which the document says that it is in force."""
    found = _IN_FORCE.search(text)
    if found is None:
        later = _LATER.search(text)
        return issued_on + dt.timedelta(days=int(later[1])) if later and issued_on else None
    if "ký" in found["when"]:
        return issued_on
    date = find_date(found["when"], anywhere=True)
    return date.date if date else _property_date(found["when"])


def _zones(
    clean: Clean, texts: Sequence[str], head: Letterhead, closing: Closing
) -> tuple[Kind | None, ...]:
    zones: list[Kind | None] = [None] * len(texts)
    for index in _opening(texts, head.body, closing.start, headed=bool(head.zones)):
        zones[index] = "preamble"
    for found in (head.zones, closing.zones):
        for index, kind in found.items():
            zones[index] = kind
    for index, paragraph in enumerate(clean.paragraphs):
        if paragraph.footnote:
            zones[index] = "footnote"
    return tuple(zones)


def _opening(texts: Sequence[str], body: int, closing: int | None, *, headed: bool) -> range:
    """Return the opening: the bases (căn cứ) and what leads in, up to the first mark."""
    end = len(texts) if closing is None else closing
    stop = body
    while stop < end:
        mark = read_mark(texts[stop])
        if mark and not (mark.name is None and _OPENING_CUE.match(texts[stop][mark.end :])):
            break
        stop += 1
        if re.search(r"(?:như sau|sau đây)\s*:\s*$", texts[stop - 1]):
            break
    marked = stop < end
    if not headed and not any(_OPENING_CUE.match(text) for text in texts[body:stop]):
        return range(0)
    if marked:
        return range(body, stop)
    cues = [
        n for n in range(body, stop) if _OPENING_CUE.match(texts[n]) or _LEADS_IN.search(texts[n])
    ]
    return range(body, min(stop, body + len(cues)))


def _cautions(
    head: Letterhead, closing: Closing, texts: Sequence[str], metadata: Metadata
) -> list[Caution]:
    cautions = []
    if head.draft:
        cautions.append(
            Caution(code="draft", message="Văn bản ghi là dự thảo, chưa phải văn bản ban hành.")
        )
    if head.number and head.number.code is None:
        cautions.append(
            Caution(
                code="number-blank",
                message=f"Số văn bản để trống (ký hiệu {head.number.symbol}); "
                "hãy bổ sung số khi có bản phát hành.",
            )
        )
    bare = not head.official and closing.start is None
    if bare and any(_REPORTS.search(text) for text in texts[:6]):
        cautions.append(
            Caution(
                code="not-a-directive",
                message="Đây là tin, bài viết về văn bản, không phải chính văn bản đó.",
            )
        )
    elif texts and not head.official and head.doc_type is None and not _begins(texts):
        cautions.append(
            Caution(
                code="starts-mid-document",
                message="Thiếu phần đầu văn bản (cơ quan ban hành, số, ngày, tên loại); "
                "hãy tìm tệp đủ trang để đọc lại.",
            )
        )
    return cautions


def _begins(texts: Sequence[str]) -> bool:
    """Tell whether a text without letterhead begins where a document does."""
    if split_type(texts[0]) or _OPENING_CUE.match(texts[0]):
        return True
    marks = (read_mark(text) for text in texts)
    first = next((mark for mark in marks if mark and mark.name is not None), None)
    opens = read_mark(texts[0])
    return (first is None or first.first) and not (opens and opens.name is None)
