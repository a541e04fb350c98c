"""PRINTED NUMBER -> CODE: the number of a cited document, mended where that is certain.

A defect is mended only for a reason that the text or the rules of numbering give; the reason and
how sure it is come with the code.

Source: Decree 30/2020/NĐ-CP, Annex I, and Hướng dẫn 36-HD/VPTW (numbers of the Party: "36-CT/TW").
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from ingest.doctypes import (
    document_types,
    is_organ,
    is_party_organ,
    type_named,
    type_of_symbol,
)
from ingest.knowledge.tables import rows
from ingest.places import UPPER

_UP = rf"{UPPER}ÐЀ-Я"  # also what looks like a capital of ours
_GLUED = "ngày|như|của|và|về|quy|ban|theo"  # words that a lost space ties to a symbol
# "TTr", "TTg", "ThU", "SNgV": at most two small letters in a part of a symbol.
_PART = rf"(?:[{_UP}&]+\d{{0,3}}(?:[a-zđ]{{1,2}}(?![a-zà-ỹđ]))?[{_UP}&0-9]*)(?=\W|_|$|{_GLUED})"
_SP = r"[ \u00a0]?"
_JOINT = rf"(?:[-–—_/]{_SP}|{_SP}[-–—_/])"  # "QĐ- TTg", "NQ -CP"
_SYMBOL = (
    rf"{_PART}(?:{_SP}[-–—_/]{_SP}{_PART})?"
    rf"(?:{_JOINT}{_PART}|-\d{{2,3}}(?![\d/])|[ ](?=ĐT\b){_PART}){{0,6}}"
    rf"(?:\([{_UP}&0-9]{{2,10}}\))?"  # the unit that drafted: "TTr-CAT-TM(CSMT)"
)
_DIGITS = r"\d{1,5}(?:\.\d{1,2})?[a-zđ]?"
_YEAR = r"(?:19|20)\d\d"

CODE = (
    rf"(?P<number>{_DIGITS}){_SP}"
    rf"(?:[/-]{_SP}(?P<year>{_YEAR}){_SP})?"
    r"(?P<separator>[-–—/]|(?<=[ \u00a0])(?=(?:CT|NQ|QĐ|KL|HD|KH|TB|CTr)[ ]?[/-]"
    rf"|[{_UP}]{{2,6}}/[{_UP}]{{2,}})"  # "60 TC/CĐKT"
    rf"|(?<=\d\d\d\d)(?=NĐ|QH|TT|QĐ)){_SP}"
    rf"(?P<symbol>{_SYMBOL})"
)
BLANK_CODE = (
    rf"(?:[.…_]|[ \u00a0]{{2,}})[ \u00a0.…_]*(?:/{_SP}(?P<blank_year>{_YEAR}){_SP})?[/-]{_SP}"
    rf"(?P<blank_symbol>{_SYMBOL})"
)
_CODE = re.compile(CODE)

# The reasons for a repair; a page may put them in other words.
SPACES_REMOVED = "spaces removed"
LETTERS_REPLACED = "look-alike letters replaced"
SEPARATOR_RESTORED = "separator restored"
PARTY_FORM_RESTORED = "form of party numbers restored"
YEAR_RESTORED = "year restored from the date"
NUMBER_BLANK = "number blank"
TYPE_MENDED = "type word mended"
COMPLETED = "completed from the full citation"
COMPLETED_BY_LIST = "symbol taken from the list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A code and what was done to it."""

    code: str  # "116/2021/NĐ-CP"
    symbol: str  # "NĐ-CP"
    repairs: tuple[str, ...] = ()
    confidence: float = 0.98


def mend_code(printed: str, *, date: dt.date | None = None) -> Mended | None:
    """Return the code that *printed* means, or None when it is no number with a symbol.

    Args:
        printed: "28/2025/QĐ- TTg", "116/NĐ-CP", "36/CT-TW".
        date: When the cited document was signed, where the citation says so.
    """
    alike = printed.translate(_look_alikes())
    found = _CODE.fullmatch(alike)
    if found is None:
        return None
    repairs = [LETTERS_REPLACED] if alike != printed else []
    if re.search(r"\s", alike):
        repairs.append(SPACES_REMOVED)
    symbol, changed = _mend_symbol(found["symbol"])
    year = found["year"]
    party = _party_symbol(symbol)
    if changed or (not found["separator"] and not party):
        repairs.append(SEPARATOR_RESTORED)
    if party and not year:
        code = f"{found['number']}-{party}"
        if party != symbol or found["separator"] != "-":
            repairs.append(PARTY_FORM_RESTORED)
        return Mended(code=code, symbol=party, repairs=tuple(repairs), confidence=_sure(repairs))
    if found["separator"] == "-" and not year and _is_hyphened(symbol):
        code = f"{found['number']}-{symbol}"
        return Mended(code=code, symbol=symbol, repairs=tuple(repairs), confidence=_sure(repairs))
    if year is None and (year := _missing_year(symbol, date)):
        repairs.append(YEAR_RESTORED)
    code = "/".join(filter(None, [found["number"], year, symbol]))
    return Mended(code=code, symbol=symbol, repairs=tuple(repairs), confidence=_sure(repairs))


def _is_hyphened(symbol: str) -> bool:
    """Tell whether numbers of *symbol* are joined by a hyphen: "12-CTr/BCSĐ", "134-HĐBT"."""
    return "/" in symbol or symbol.partition("-")[0] not in _type_symbols()


def same_code(one: str | None, other: str | None) -> bool:
    """Tell whether two codes are of one document: "08/CT-TTg" is "8/CT-TTg"."""
    return bool(one and other) and _folded(one or "") == _folded(other or "")


def _folded(code: str) -> str:
    return re.sub(r"\s+", "", code).casefold().lstrip("0")


def _sure(repairs: list[str]) -> float:
    losses = {YEAR_RESTORED: 0.02, PARTY_FORM_RESTORED: 0.05, SEPARATOR_RESTORED: 0.03}
    return round(0.98 - sum(losses.get(repair, 0.0) for repair in repairs), 2)


def _mend_symbol(printed: str) -> tuple[str, bool]:
    """Return a symbol without spaces, with the separators and the Đ that its type asks for."""
    symbol = re.sub(r"\s*([-–—_])\s*", "-", re.sub(r"\s*/\s*", "/", printed)).replace(" ", "")
    changed = "_" in printed
    first, mark, rest = re.fullmatch(r"([^-/]*)([-/]?)(.*)", symbol).groups()  # type: ignore[union-attr]
    if first in {"QH", "UBTVQH"} and mark == "-" and rest.isdigit():
        return f"{first}{rest}", True  # "QH-13"
    if first not in _type_symbols() and (with_d := first.replace("D", "Đ")) in _type_symbols():
        first, changed = with_d, True  # "ND-CP"
    if not mark and (split := _split(first)):
        return split, True  # "TTBTC"
    return f"{first}{mark}{rest}", changed


def _split(run: str) -> str | None:
    if is_organ(run) or run in _type_symbols():
        return None
    for size in range(len(run) - 1, 1, -1):
        if run[:size] in _type_symbols() and is_organ(run[size:]):
            return f"{run[:size]}-{run[size:]}"
    return None


def _party_symbol(symbol: str) -> str | None:
    """Return "CT/TW" for the symbol of a party document however it is joined, or None."""
    parts = re.split(r"[-/]", symbol)
    if len(parts) != 2 or parts[0] not in _type_symbols() or not is_party_organ(parts[1]):  # noqa: PLR2004
        return None
    return f"{parts[0]}/{parts[1]}"


def _missing_year(symbol: str, date: dt.date | None) -> str | None:
    name = type_of_symbol(symbol)
    found = type_named(name) if name else None
    if date is None or found is None or found.dated_since is None:
        return None
    return str(date.year) if date.year >= found.dated_since else None


@cache
def _type_symbols() -> frozenset[str]:
    return frozenset(found.symbol for found in document_types() if found.symbol)


@cache
def _look_alikes() -> dict[int, str]:
    return str.maketrans({row["printed"]: row["meant"] for row in rows("look_alikes")})
