"""LETTERHEAD, CLOSING, PROPERTIES -> METADATA: the components of a document, and how sure each is.

What the document prints counts; a portal's property table fills what is missing and is checked
against the rest.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from ingest.closing import Closing
from ingest.codes import find_date, find_number
from ingest.doctypes import LETTER, type_named, type_of_symbol
from ingest.effect import read_effect
from ingest.issuer import Issuer
from ingest.letterhead import Letterhead
from ingest.model import Caution, Clean, Metadata
from ingest.office_names import proper_case
from ingest.preamble import is_basis
from ingest.signature import Signature, plain_name
from ingest.title import PageHeading

_PRINTED = {"code": 0.98, "doc_type": 0.98, "title": 0.92, "signer": 0.96, "issued_on": 0.96}
# What a page states alone is not always right: of 500 numbers on the national law database that
# their texts print too, 2 % differ for the page's sake, of 600 days of effect 4 %.
_STATED = {"code": 0.95, "doc_type": 0.97, "effective_on": 0.94}
_STATED_OTHERS = 0.92
_AGREED = 0.99
_CHECKED = {
    "code": "số, ký hiệu", "doc_type": "loại văn bản", "issuer": "cơ quan ban hành",
    "signer": "người ký", "issued_on": "ngày ban hành", "effective_on": "ngày có hiệu lực",
}  # fmt: skip
_OF_THE_DECISION = 0.6  # number and date of the document that promulgates this one
_OFFICES = {"chủ", "tịch", "thủ", "tướng", "bộ", "trưởng", "và", "ủy", "ban", "nhân", "dân", "ubnd"}
_DAMAGED = 0.7  # how sure what a bad scan's letterhead prints is, of what it would be
_IN_LETTERHEAD = {"code", "symbol", "doc_type", "issuer", "issuer_level", "place", "issued_on"}
_PASSED = re.compile(
    r"(?<!\w)này\s+(?:đã\s+)?được\s[^;\n]{0,200}?thông\s+qua\s+(?P<when>ngày[^.;\n]{5,30}\d{4})"
)
_PREAMBLE = 40  # paragraphs in which the promulgating sentence stands
_PROMULGATES = re.compile(
    r"[^.;:]{3,200}?\sban hành (?P<type>Luật|Bộ luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết"
    r"|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Chỉ thị)(?!\w)"
)
_LEADS_IN = re.compile(
    r"(?:ban hành|xây dựng|lập|đề ra)\s+(kế hoạch|chương trình|chỉ thị|hướng dẫn|quy chế|đề án"
    r"|phương án|thông báo)(?!\w)(?!\s+(?:này|số)(?!\w))",
    re.IGNORECASE,
)
_OF_ITSELF = 0.7  # how sure a type is that only "kế hoạch này" tells
_ITSELF = re.compile(
    r"(?<!\w)(kế hoạch|chỉ thị|quyết định|nghị quyết|chương trình|thông báo|công điện|hướng dẫn"
    r"|luật|nghị định|thông tư|đề án|phương án)\s+này(?!\w)",
    re.IGNORECASE,
)


def read_metadata(
    head: Letterhead, closing: Closing, issuer: Issuer, clean: Clean
) -> tuple[Metadata, tuple[Caution, ...]]:
    """Put the components together.

    Returns:
        The metadata, and a caution for each component that the property table says otherwise.
    """
    found = _Findings(clean.properties, head.heading)
    number = head.number or find_number(head.attached_to or "")
    code = found.choose("code", number.code if number else None, found.stated_code())
    symbol = number.symbol if number else _symbol(code)
    issued_on = found.choose("issued_on", _issued_on(head, clean.text), found.date("Ngày ban hành"))
    printed = _doc_type(head, symbol) or _promulgated(clean)
    doc_type = found.choose("doc_type", printed, found.stated_type(symbol))
    doc_type = doc_type or found.printed(
        "doc_type", _named_by_itself(closing, clean.text), _OF_ITSELF
    )
    signer, position = _signers(closing.signatures)
    metadata = Metadata(
        code=code,
        symbol=found.printed("symbol", symbol, 0.98),
        doc_type=doc_type,
        issuer=found.issuer(issuer),
        issuer_level=found.printed("issuer_level", issuer.context.level, issuer.confidence),
        place=found.printed("place", head.place, 0.97),
        issued_on=issued_on,
        effective_on=found.choose(
            "effective_on",
            read_effect(clean.text, issued_on=issued_on, doc_type=doc_type),
            found.date("Ngày có hiệu lực"),
        ),
        title=found.choose("title", head.title, found.stated_title()),
        signer=found.choose("signer", signer, found.stated_signer()),
        signer_position=found.printed("signer_position", position, 0.9),
        recipients=found.printed("recipients", tuple(closing.recipients), 0.9) or (),
        status=clean.properties.get("Tình trạng hiệu lực"),
        confidence=found.confidence,
    )
    if head.number is None and head.attached_to:
        for name in {"code", "symbol", "issued_on"} & found.confidence.keys():
            found.confidence[name] = _OF_THE_DECISION
    if head.damaged:
        for name in _IN_LETTERHEAD & found.confidence.keys():
            found.confidence[name] = round(_DAMAGED * found.confidence[name], 2)
    return metadata, tuple(found.cautions)


_T = TypeVar("_T")


class _Findings:
    """What the text and the portal's page say of each component, and how sure each is."""

    def __init__(self, properties: Mapping[str, str], heading: PageHeading | None) -> None:
        self.properties = properties
        self.heading = heading
        self.confidence: dict[str, float] = {}
        self.cautions: list[Caution] = []

    def printed(self, name: str, value: _T | None, confidence: float) -> _T | None:
        """Return what only the text can say."""
        if value:
            self.confidence[name] = round(confidence, 2)
        return value

    def choose(self, name: str, printed: _T | None, stated: _T | None) -> _T | None:
        """Return what the text prints, else what the portal states."""
        if printed is None:
            return self.printed(name, stated or None, _STATED.get(name, _STATED_OTHERS))
        agrees = stated is not None and _key(stated) == _key(printed)
        self.confidence[name] = _AGREED if agrees else _PRINTED.get(name, 0.95)
        if stated and not agrees and name in _CHECKED:
            self._disagrees(name, stated, printed)
        return printed

    def _disagrees(self, name: str, stated: object, printed: object) -> None:
        message = (
            f"Trang web ghi {_CHECKED[name]} là “{_shown(stated)}”, văn bản ghi "
            f"“{_shown(printed)}”; đã lấy theo văn bản."
        )
        self.cautions.append(Caution(code="property-disagrees", message=message))

    def issuer(self, issuer: Issuer) -> str | None:
        """Return the issuer, told of when the page states a body of which nothing agrees."""
        name, stated = issuer.context.issuer, self.properties.get("Cơ quan ban hành", "")
        if name and stated and not _same_body(name, stated):
            self._disagrees("issuer", stated, name)
        return self.printed("issuer", name, issuer.confidence)

    def stated_code(self) -> str | None:
        """Return the number that the page states, without what it adds to it."""
        number = find_number(f"Số {self.properties.get('Số hiệu', '')}")
        if number is None and self.heading:
            number = self.heading.number
        return number.code if number else None

    def stated_type(self, symbol: str | None) -> str | None:
        """Return the type that the page states, if there is such a type.

        A page may call a "Nghị quyết liên tịch" a "Nghị quyết"; its *symbol* tells the two apart.
        """
        named = type_named(self.properties.get("Loại văn bản", ""))
        stated = named.name if named else self.heading.doc_type if self.heading else None
        closer = type_of_symbol(symbol) if symbol else None
        return closer if stated and closer and closer.startswith(stated) else stated

    def stated_signer(self) -> str | None:
        """Return the name of the signer that the page states, without a rank."""
        name = self.properties.get("Người ký", "")
        return plain_name(name) or None

    def stated_title(self) -> str | None:
        """Return the title that the page states."""
        return self.properties.get("Trích yếu") or (self.heading.title if self.heading else None)

    def date(self, name: str) -> dt.date | None:
        """Return a date of the property table."""
        return _slashed_date(self.properties.get(name, ""))


def _same_body(name: str, stated: str) -> bool:
    """Tell whether two names can be one body's: "Tỉnh Lam Giang" is what a UBND is of."""
    one, other = (
        set(re.findall(r"\w+", proper_case(body).casefold())) - _OFFICES for body in (name, stated)
    )
    return one <= other or other <= one


def _key(value: object) -> str:
    return re.sub(r"[\W_]+", "", str(value)).casefold()


def _shown(value: object) -> object:
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else value


def _slashed_date(text: str) -> dt.date | None:
    found = re.search(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None  # there is no such day


def _symbol(code: str | None) -> str | None:
    found = find_number(f"Số {code}") if code else None
    return found.symbol if found else None


def _issued_on(head: Letterhead, text: str) -> dt.date | None:
    """Return the date of the letterhead, of the vote on a law, or of the promulgating decision."""
    if head.issued_on:
        return head.issued_on
    passed = _PASSED.search(text) if head.place is None else None
    date = find_date(passed["when"] if passed else head.attached_to or "", anywhere=True)
    return date.date if date else None


def _doc_type(head: Letterhead, symbol: str | None) -> str | None:
    """Return the type that is printed, else the one that the symbol of the letterhead says."""
    of_symbol = type_of_symbol(symbol) if symbol else None
    if head.doc_type and of_symbol and of_symbol.startswith(f"{head.doc_type} "):
        return of_symbol  # "THÔNG TƯ / LIÊN TỊCH BỘ …" on two lines
    if head.doc_type or symbol is None or not head.official:
        return head.doc_type
    return of_symbol or (LETTER if re.search(r"[-/]", symbol) else None)


def _promulgated(clean: Clean) -> str | None:
    """Return the type that the sentence below the bases names: "Chính phủ ban hành Nghị định …"."""
    rests = False
    for paragraph in clean.paragraphs[:_PREAMBLE]:
        text = paragraph.span.of(clean.text).strip()
        led = _LEADS_IN.findall(text) if text.endswith(("như sau:", "sau đây:")) else []
        if led and (named := type_named(led[-1].capitalize())):
            return named.name
        if is_basis(text):
            rests = True
            continue
        found = _PROMULGATES.match(text) if rests else None
        if found and (named := type_named(found["type"])):
            return named.name
    return None


def _named_by_itself(closing: Closing, text: str) -> str | None:
    """Return the type by which a signed text without its head calls itself: "kế hoạch này"."""
    if not closing.signatures:
        return None
    named = [type_named(found[1].capitalize()) for found in _ITSELF.finditer(text)]
    counts = Counter(found.name for found in named if found)
    return counts.most_common(1)[0][0] if counts else None


def _signers(signatures: Sequence[Signature]) -> tuple[str | None, str | None]:
    named = [signature for signature in signatures if signature.name] or list(signatures[:1])
    names = [signature.name for signature in named if signature.name]
    positions = [signature.position for signature in named if signature.position]
    if len(positions) < len(names):  # one office stands above several names
        positions = list(dict.fromkeys(positions))
    return "; ".join(names) or None, "; ".join(positions) or None
