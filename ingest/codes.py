"""LINE -> NUMBER, DATE: the number and symbol (số, ký hiệu) and the place and date of a letterhead.

Source: Decree 30/2020/NĐ-CP, Annex I, and Annex III on symbols; Hướng dẫn 36-HD/VPTW ("05-KH/HU").
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ingest.places import UPPER

_LETTERS = rf"[{UPPER}][{UPPER}a-zà-ỹđ0-9.&]*"
_GAP = r"\s*[-–—_]\s*"
_SYMBOL = rf"{_LETTERS}(?:(?:{_GAP}|\s*/\s*|\s*,\s*(?=\S+\s*[-–])){_LETTERS}){{0,8}}"
_BLANK = r"(?:[.…_\s]|\d(?=[.…_]{2}))*"
_TYPED = r"(?:KH|CT|NQ|QĐ|HD|TB|BC|CV|KL|CTr|TTr|TTLT)"
_NUMBER = re.compile(
    rf"""
    (?:(?:Luật|Bộ\ luật|Pháp\ lệnh|Lệnh|Nghị\ quyết|Nghị\ định|Quyết\ định|Thông\ tư)\s+)?
    (?<!\w)(?:số|Số|SỐ)\s*[:.]?\s*
    (?:
      (?P<digits>\d(?:[ .]?\d)*[a-zA-Z]?)\s*
      (?: /\s*(?P<year>(?:19|20)\d\d)\s*(?P<slash>[/–-])\s*(?P<dated>{_SYMBOL})
        | (?:[-–—]\s*|(?={_TYPED}/))  # "Số 298 KH/TWĐTN"
          (?P<party>[{UPPER}]{{1,8}}[a-zđ]{{0,2}}(?:-[{UPPER}]{{2,10}}){{0,4}}\s*/\s*{_SYMBOL})
        | /\s*(?P<plain>{_SYMBOL})
      )
    | (?P<blank>{_BLANK})\s*(?:/\s*(?P<blank_year>(?:19|20)\d\d)\s*)?[/-]\s*(?P<symbol>{_SYMBOL})
    )
    """,
    re.VERBOSE,
)
_BARE = re.compile(rf"\d[\d.]*\s*/\s*(?:(?:19|20)\d\d\s*/\s*)?{_SYMBOL}")
_DAY = re.compile(
    rf"""
    (?:(?P<place>(?:T[Pp]\.?\ ?)?[{UPPER}][^,;:|]{{0,40}}?)\s*,\s*)?
    (?<!\w)(?:[Nn]gày|NGÀY)\s*(?P<day>\d\s?\d?)?[\s.…_/]*
    (?:[Tt]háng|THÁNG)\s*(?P<month>\d\s?\d?)?[\s.…_/]*
    (?:[Nn]ăm|NĂM)\s*(?P<year>(?:19|20)\d\d|20\.*…*|(?=\s*$))
    """,
    re.VERBOSE,
)
_SLASHED = re.compile(
    rf"(?P<place>[{UPPER}][^,;:|]{{0,40}}?)\s*,\s*(?:ngày\s*)?(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>(?:19|20)\d\d)"
)

_DAY_IN_SLASHES = re.compile(
    r"(?P<place>(?!))?(?<!\w)ngày\s*(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})\s*/\s*(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number with its symbol, as a line prints it."""

    code: str | None  # "192/KH-UBND"; None when the number is blank
    symbol: str  # "KH-UBND"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlaceAndDate:
    """A place with a date, as a line prints it."""

    place: str | None  # "Thanh Hoá"
    date: dt.date | None  # None when a part of it is blank
    start: int
    end: int


def find_number(line: str) -> DocumentNumber | None:
    """Return the first document number of *line*; a code alone on its line needs no "Số"."""
    found = _NUMBER.search(line)
    if found is None:
        bare = _BARE.fullmatch(line.strip())
        return find_number(f"Số {bare[0]}") if bare else None
    symbol = _tight(found["dated"] or found["party"] or found["plain"] or found["symbol"])
    digits = (found["digits"] or "").replace(" ", "")  # a stamp sets its digits wide: "3 6 2"
    code = None
    if found["year"]:
        code = _tight(f"{digits}/{found['year']}{found['slash']}{symbol}")
    elif digits:
        code = f"{digits}{'-' if found['party'] else '/'}{symbol}"
    return DocumentNumber(code, symbol, *found.span())


def find_date(line: str, *, anywhere: bool = False) -> PlaceAndDate | None:
    """Return the place and date of *line*.

    Args:
        line: One line.
        anywhere: Also a date with no place before it.
    """
    found = (
        _DAY.search(line) or _SLASHED.search(line) or (anywhere and _DAY_IN_SLASHES.search(line))
    )
    if not found or not (anywhere or found["place"]):
        return None
    place = " ".join(found["place"].split()) if found["place"] else None
    return PlaceAndDate(place, _date(found), *found.span())


def _date(found: re.Match[str]) -> dt.date | None:
    try:
        day, month = ("".join(found[part].split()) for part in ("day", "month"))
        return dt.date(int(found["year"]), int(month), int(day))
    except (AttributeError, ValueError):
        return None  # a part is blank, or there is no such day


def _tight(symbol: str) -> str:
    symbol = re.sub(r"\s*[–—_-]\s*", "-", symbol)
    return re.sub(r"\s*([/,])\s*", r"\1", symbol).rstrip(".,")
