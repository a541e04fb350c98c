"""SYMBOL -> TYPE, ISSUER: what the sign of a document's number says (ký hiệu → tên loại, cơ quan).

The tables are `knowledge/document_types.csv` and `knowledge/symbol_issuers.csv`.

Source: Decree 30/2020/NĐ-CP, Annexes I and III; Law 64/2025/QH15, Article 4; Quy định 66-QĐ/TW.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from ingest.knowledge.tables import rows

LETTER = "Công văn"  # a letter bears no type: its symbol begins with its sender
_TERM = re.compile(r"(?<=QH)\d{1,2}$")  # "QH15", "UBTVQH14": the term of the Assembly
_PARTS = re.compile(r"[-/]")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """A type of document (tên loại văn bản)."""

    name: str  # "Kế hoạch"
    symbol: str | None  # "KH"
    family: str  # "legal" | "administrative" | "party"
    dated_since: int | None  # from this year on its numbers bear their year: 116/2021/NĐ-CP


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Return every type; one that two families share stands once for each."""
    return tuple(
        DocumentType(
            name=row["type"],
            symbol=row["symbol"] or None,
            family=row["family"],
            dated_since=int(row["dated_since"]) if row["dated_since"] else None,
        )
        for row in rows("document_types")
    )


def type_named(name: str) -> DocumentType | None:
    """Return the type of a name in any case ("kế hoạch"), or None."""
    return _by_name().get(name.casefold())


def type_of_symbol(symbol: str) -> str | None:
    """Return what type of document bears *symbol*, or None when the symbol leaves it open.

    Args:
        symbol: "KH-UBND" → Kế hoạch, "CT/TW" → Chỉ thị, "VPCP-KGVX" → Công văn; "QH14" is open,
            since laws and resolutions of the National Assembly share it.
    """
    # "TT/BTC" is the old way to print "TT-BTC"; only bodies of the Party write "CT/TW".
    party = "/" in symbol and is_party_organ(_PARTS.split(symbol)[-1])
    family = "party" if party else None
    first = _PARTS.split(symbol)[0]
    for found in document_types():
        if found.symbol == first and family in {None, found.family}:
            return found.name
    if is_organ(first) and not _TERM.search(first):
        return LETTER if len(_PARTS.split(symbol)) > 1 else None
    return None


def issuers_of_symbol(symbol: str, *, on: dt.date | None = None) -> tuple[str, ...]:
    """Return the bodies that a symbol names, in order; () when it names none that we know.

    Args:
        symbol: "TTLT-BYT-BCA" names two; the unit that drafted ("VPCP-KGVX") is no issuer.
        on: The document's date: bodies that did not exist then are left out.
    """
    parts = _PARTS.split(symbol)
    typed = any(found.symbol == parts[0] for found in document_types())
    joint = parts[0] in {"TTLT", "TTLB", "NQLT"}
    named = [_issuer(part, on) for part in (parts[1:] if typed else parts[:1])]
    known = tuple(name for name in named if name)
    return known if joint else known[:1]


def is_central(issuer: str) -> bool:
    """Tell whether a body that a symbol names is one of the centre, which needs no place."""
    return any(
        row["issuer"] == issuer and row["level"] == "central" for row in rows("symbol_issuers")
    )


def is_organ(part: str) -> bool:
    """Tell whether one part of a symbol is a body that we know."""
    return _TERM.sub("", part) in _organs()


def is_party_organ(part: str) -> bool:
    """Tell whether one part of a symbol is a body of the Party: such numbers read "36-CT/TW"."""
    return part.endswith("TW") or part in {"TU", "HU", "QU", "ThU", "ĐU"}


def _issuer(part: str, on: dt.date | None) -> str | None:
    for row in rows("symbol_issuers"):
        if row["symbol"] != _TERM.sub("", part):
            continue
        begun = not row["since"] or not on or dt.date.fromisoformat(row["since"]) <= on
        ended = row["until"] and on and dt.date.fromisoformat(row["until"]) <= on
        if begun and not ended:
            return row["issuer"] or None
    return None


@cache
def _organs() -> frozenset[str]:
    return frozenset(row["symbol"] for row in rows("symbol_issuers"))


@cache
def _by_name() -> dict[str, DocumentType]:
    found: dict[str, DocumentType] = {}
    for document_type in document_types():
        found.setdefault(document_type.name.casefold(), document_type)
    return found
