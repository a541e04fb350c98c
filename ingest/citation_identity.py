"""CITATION -> IDENTITY: which document a citation means, of its own words.

Number, type, date and issuer as printed; what is not printed follows from the symbol or from the
citing document, and only where that is the custom of the offices.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.citation_codes import (
    BLANK_CODE,
    CODE,
    NUMBER_BLANK,
    TYPE_MENDED,
    mend_code,
)
from ingest.citation_standards import read_standard, treaty_kind
from ingest.citation_titles import read_title
from ingest.citations import Label, read_date, read_issuer
from ingest.doctypes import (
    document_types,
    is_central,
    issuers_of_symbol,
    type_named,
    type_of_symbol,
)
from ingest.issuing_bodies import OFFICE, parted
from ingest.lawnames import find_law_names, law_in_force
from ingest.model import Metadata
from ingest.naming import full_name
from ingest.places import Context, find_units
from ingest.type_words import misread_type

_NAMES = sorted({found.name for found in document_types()}, key=len, reverse=True)
_TYPE = re.compile(rf"(?:{'|'.join(_NAMES)})(?!\w)", re.IGNORECASE)
_CODE = re.compile(rf"(?:(?<![\w/.,])|(?<=\b[Ss]ố)){CODE}")
_BLANK = re.compile(BLANK_CODE)
_NUMBER = re.compile(r"\d{1,4}[a-z]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TERM = re.compile(r",? \(?[Kk]h[oó][aá] [XVI]+\)?$")  # "Bộ Chính trị khóa XIII"
_TWICE = re.compile(r"\b(tỉnh|thành phố|huyện|xã|phường) \1\b")
# Bodies of the centre that no table lists: they need no place.
_CENTRAL = re.compile(
    r"Trung ương|[Qq]uốc gia|Chính phủ|Quốc hội|Bộ Chính trị|Nhà nước|Việt Nam$"
    r"|^(?:Thường trực )?(?:Ủy ban (?!nhân dân|Mặt trận|MTTQ|[Kk]iểm tra)|Hội đồng Dân tộc)"
)
_PARTY_COMMITTEE = "Đảng ủy"
_JOINT = ("thông tư liên", "nghị quyết liên tịch", "chỉ thị liên", "quyết định liên")
_BODIES = re.compile(
    r"(?:, | và )(?=(?:Bộ|Viện|Tòa|Ban|Tổng|Chánh|Chủ|Thống|Ủy|Kiểm|Hội|Ngân|Văn)\b)"
)
_HEAD_OF_STATE = "Chủ tịch nước"
_MAKERS = {"Luật": "Quốc hội", "Bộ luật": "Quốc hội", "Pháp lệnh": "Ủy ban Thường vụ Quốc hội"}
_LOST_BY_MISREADING = 0.1
_SURE = {
    "law-name": 0.95,
    "title-only": 0.7,
    "short-number": 0.75,
    "listed-number": 0.75,
    "blank-number": 0.9,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a citation says of the document that it means."""

    code: str | None = None
    printed: str | None = None
    doc_type: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    title: str | None = None
    resolved: str | None = None
    repair: str | None = None
    confidence: float = 0.9


def identify(surface: str, label: Label, metadata: Metadata, context: Context) -> Identity:
    """Return what *surface* says.

    Args:
        surface: A citation as printed.
        label: Its form.
        metadata: Of the citing document.
        context: Where the citing document stands: what a bare "UBND tỉnh" in it means.
    """
    if label == "law-name":
        return _law(surface, metadata)
    if label == "title-only":
        return _by_title(surface, context)
    if label == "standard":
        return _standard(surface)
    if label == "treaty":
        kind, title = treaty_kind(surface), " ".join(surface.split())
        return Identity(doc_type=kind, title=title, confidence=_SURE["title-only"])
    date, named = read_date(surface), _issuer(surface, context)
    if label in {"short-number", "listed-number"}:
        number = _NUMBER.search(surface)
        printed = number[0] if number else None
        confidence = _SURE[label]
        return Identity(
            printed=printed, doc_type=_type(surface), date=date, issuer=named, confidence=confidence
        )
    found = (_CODE if label == "code" else _BLANK).search(surface)
    mended = mend_code(found[0], date=date) if found and label == "code" else None
    symbol = mended.symbol if mended else found["blank_symbol"] if found else ""
    of_number = _year_of(mended.code) if mended else ()
    days = (date,) if date else of_number or (metadata.issued_on,)
    by_symbol = _issuer_of(symbol, days, context)
    joint = by_symbol if "LT" in symbol.partition("-")[0] else None
    if found and _type(surface) in _MAKERS:  # "của Luật Nhà ở" stands in the name of a law
        named = _issuer(surface[found.end() :], context)
    issuer = joint or named or by_symbol
    misread = _misread(surface, found.start()) if found else None
    repairs = [*(mended.repairs if mended else [NUMBER_BLANK]), *([TYPE_MENDED] if misread else [])]
    confidence = mended.confidence if mended else _SURE["blank-number"]
    return Identity(
        code=mended.code if mended else None,
        printed=found[0].strip() if found else None,
        doc_type=_type(surface) or misread or type_of_symbol(symbol),
        date=date,
        issuer=issuer,
        repair="; ".join(repairs) or None,
        confidence=round(confidence - (_LOST_BY_MISREADING if misread else 0), 2),
    )


def _year_of(code: str) -> tuple[dt.date, ...]:
    """Return the ends of the year that a number bears: the bodies of a symbol are those of then."""
    year = re.search(r"[/:]((?:19|20)\d\d)(?:/|$)", code)
    return (dt.date(int(year[1]), 1, 1), dt.date(int(year[1]), 12, 31)) if year else ()


def named_body(printed: str, context: Context) -> str:
    """Return the full name of a body that stands beside a citation."""
    body = _TERM.sub("", OFFICE.sub("", parted(printed), count=1))
    whole = body if is_central(body) or _CENTRAL.search(body) else full_name(body, context)
    return _TWICE.sub(r"\1", whole)


def context_of(metadata: Metadata) -> Context:
    """Return where a document stands, as far as its issuer's name tells."""
    units = {unit.level: str(unit) for unit in find_units(metadata.issuer or "")}
    level = metadata.issuer_level
    return Context(
        issuer=metadata.issuer,
        level=level,
        unit=units.get(level) if level else None,
        district=units.get("district"),
        province=units.get("province"),
    )


def _law(surface: str, metadata: Metadata) -> Identity:
    law = next(find_law_names(surface), None)
    name = law.name if law else None
    after = surface[law.end :] if law else ""
    date = read_date(after)
    printed_year = _YEAR.search(after)
    year = date.year if date else int(printed_year[0]) if printed_year else None
    kind = _type(surface)
    title = (name or surface[: law.end if law else None]) + (f" năm {year}" if year else "")
    return Identity(
        doc_type=kind,
        date=date,
        issuer=_MAKERS.get(kind or ""),
        title=title,
        resolved=law_in_force(name, on=metadata.issued_on, year=year) if name else None,
        confidence=_SURE["law-name"] if name else _SURE["law-name"] - 0.15,
    )


def _standard(surface: str) -> Identity:
    read = read_standard(surface)
    if read is None:
        return Identity(confidence=_SURE["title-only"])
    bodies = _bodies(f"TT-{read.body}", _year_of(read.code)) if read.body else ()
    return Identity(
        code=read.code,
        printed=read.printed,
        doc_type=read.doc_type,
        issuer=next(iter(bodies), None),
    )


def _by_title(surface: str, context: Context) -> Identity:
    kind = _type(surface)
    rest = surface[len(kind or "") :]
    words = rest.rpartition(" của ")[0] if read_issuer(rest) else rest
    return Identity(
        doc_type=kind,
        issuer=_issuer(surface, context),
        title=read_title(words),
        confidence=_SURE["title-only"],
    )


def _type(surface: str) -> str | None:
    found = _TYPE.match(surface)
    kind = type_named(found[0]) if found else None
    return kind.name if kind else None


def _issuer(surface: str, context: Context) -> str | None:
    joint = surface.lower().startswith(_JOINT)
    printed = read_issuer(surface, joint=joint)
    if printed is None or printed == _HEAD_OF_STATE:
        return printed
    if joint:
        return ", ".join(named_body(body, context) for body in _BODIES.split(printed))
    return named_body(printed, context)


def _bodies(symbol: str, days: Sequence[dt.date | None]) -> tuple[str, ...]:
    """Return the bodies of a symbol on the day that knows most of them (some begin in a year)."""
    return max((issuers_of_symbol(symbol, on=on) for on in days), key=len)


def _issuer_of(symbol: str, days: Sequence[dt.date | None], context: Context) -> str | None:
    """Return the issuer that a symbol names; an office leaves out its own name."""
    named = _bodies(symbol, days)
    if not named or (named[0] == _PARTY_COMMITTEE and context.level != "commune"):
        return None  # above the commune every office has a party committee of its own
    whole = ", ".join(name if is_central(name) else full_name(name, context) for name in named)
    own = named[0] in {"UBND", "HĐND"} and context.issuer and context.issuer.startswith(named[0])
    if own and named[0] == "UBND":
        return context.issuer
    return None if whole in {"UBND", "HĐND"} else whole


def _misread(surface: str, number: int) -> str | None:
    words = re.match(r"[^\W\d_]+(?:[ \u00a0]+(?![Ss]ố)[^\W\d_]+)+", surface[:number])
    return misread_type(words[0]) if words else None
