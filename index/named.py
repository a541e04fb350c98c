"""WORDS -> WHICH DOCUMENT THEY NAME, held or only cited, and which part of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from index.citation_rows import Described, Mentions
from index.codes import code_key, name_key
from index.errors import UnknownClauseError, UnknownDocumentError
from index.fold import folded_tokens, read_tokens
from index.numbers import find_numbers
from index.pinpoints import Pin, pin_of_path, pins_of
from index.resolution import may_be
from ingest.knowledge.tables import rows as rows_of

if TYPE_CHECKING:
    from index.finding import Sources
    from index.records import ClauseRow, Row

_LAWS = frozenset({"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"})  # cited by name alone
_LONGEST_NAME = 30  # tokens of a law's name
_YEAR_OF_CODE = re.compile(r"-((?:19|20)\d\d)(?:-|$)")
_PLACE = re.compile(r"(?:.*/van-ban/)?(?P<id>[0-9a-f]{12})(?:/(?P<path>[^\s/?#]+))?(?:[?#].*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A document that is meant, and the part of it."""

    query: str
    row: Row | None = None  # None: it is only cited
    code: str | None = None  # key of its number
    title: str | None = None  # key of its name, where it is cited by that alone
    accepted: tuple[tuple[str, str, int], ...] | None = None  # how its mentions describe it
    pin: Pin = ()  # the part that is asked about; (): the whole
    path: str | None = None  # of the clause, where one was named by its address
    others: tuple[str, ...] = ()  # keys of the numbers of other documents of that very name

    @property
    def mentions(self) -> Mentions:
        """Which mentions are of it."""
        besides = self.row.number if self.row else 0
        return Mentions(code=self.code, title=self.title, besides=besides, accepted=self.accepted)


def name_document(sources: Sources, query: str) -> Named:
    """Return which document *query* names: the first that is known counts.

    Args:
        sources: The library.
        query: A number in any spelling, a law's name, a document's id, the address of a clause
            ("9f2c01d4e7ab/II.2.a"), or a sentence that names one; "khoản 2 Điều 5" in it names
            the part.

    Raises:
        UnknownDocumentError: None is held or cited.
        UnknownClauseError: The address is of a clause that the document does not have.
    """
    if place := _PLACE.fullmatch(query.strip()):
        row = sources.store.row(place["id"])
        if row:
            return _at(sources, replace(named_row(sources, row), query=query), place["path"])
    pin = next(iter(pins_of(query)), ())
    named = (
        _by_number(sources, query)
        or _by_name(sources, name_key(None, query))
        or _by_title(sources, query)
        or _by_name(sources, _cited_title(sources, query))
    )
    if named is None:
        raise UnknownDocumentError(query)
    return replace(named, query=query, pin=pin)


def _at(sources: Sources, named: Named, path: str | None) -> Named:
    if path is None or named.row is None:
        return named
    if sources.store.clause_at(named.row.number, path) is None:
        raise UnknownClauseError(named.row.entry.id, path)
    return replace(named, pin=pin_of_path(path), path=path)


def named_row(sources: Sources, row: Row) -> Named:
    """Return what a held document is cited by: its number as its mentions describe it, its name."""
    metadata = row.entry.metadata
    code = code_key(metadata.code) if metadata.code else None
    title = None
    if metadata.title and metadata.doc_type in _LAWS:
        key = name_key(metadata.doc_type, metadata.title)
        title = key if sources.store.of_name(key) == [row.number] else None
    named = Named(query=row.entry.id, row=row, code=code, title=title)
    if code is None and title is None:
        return replace(named, accepted=())
    ways = sources.store.described(named.mentions)
    right = [way for way in ways if fits(row, way, code)]
    if len(right) == len(ways):
        return named
    return replace(named, accepted=tuple(dict.fromkeys(map(_shelf, right))))


def fits(row: Row, way: Described, code: str | None) -> bool:
    """Tell whether mentions that describe a document so may mean the one in *row*."""
    return may_be(
        row.entry.metadata,
        code=code or "",
        doc_type=way.doc_type,
        issuer=way.issuer,
        year=way.year,
    )


def _shelf(way: Described) -> tuple[str, str, int]:
    return way.doc_type or "", way.issuer or "", way.year or 0


def patterns(query: str) -> list[str]:
    """Return the patterns of the numbers in *query*; of the whole of it where there is none."""
    found = [number.pattern for number in find_numbers(read_tokens(query), query)]
    return found or [code_key(query)]


def _by_number(sources: Sources, query: str) -> Named | None:
    found = patterns(query)
    for pattern in found:
        if held := sources.store.by_code(pattern):
            return named_row(sources, held[0])
    cited = (key for pattern in found for key, _ in sources.store.cited_codes(pattern))
    key = next(cited, None)
    return Named(query=query, code=key) if key else None


def _by_title(sources: Sources, query: str) -> Named | None:
    row = sources.store.by_title(name_key(None, query))
    return named_row(sources, row) if row else None


def _by_name(sources: Sources, title: str | None) -> Named | None:
    """Return the document whose very name, type and all, has the key *title*.

    Laws are made anew under their old names: of several the newest that is in force today is
    meant, the others are offered.
    """
    if title is None:
        return None
    held = list(sources.store.rows(sources.store.of_name(title)).values())
    codes = sources.store.codes_of_name(title)
    if not held and not codes:
        return Named(query=title, title=title) if sources.store.titles_among([title]) else None
    today = sources.today()

    def rank(begun: dt.date) -> tuple[bool, dt.date]:
        return begun <= today, begun

    by_code = {code_key(row.entry.metadata.code or ""): row for row in held}
    missing = [code for code in codes if code not in by_code]
    elsewhere = sources.store.held_keys(missing)
    rows = sources.store.rows(numbers[0] for numbers in elsewhere.values())
    by_code |= {code: rows[numbers[0]] for code, numbers in elsewhere.items()}
    known = list(dict.fromkeys([*codes, *by_code]))  # of equals the one that is cited most
    best = max(known, key=lambda code: rank(_begun(code, by_code.get(code))))
    row = by_code.get(best)
    named = named_row(sources, row) if row else Named(query=title, code=best, title=title)
    return replace(named, others=tuple(code for code in known if code and code != best))


def _begun(code: str, row: Row | None) -> dt.date:
    """Return from when a law is in force, as it says itself, else the table of laws, else its year.

    The year of a number is read where nothing says more: "31/2024/QH15".
    """
    if row and (begun := row.entry.metadata.effective_on or row.entry.metadata.issued_on):
        return begun
    if code in _laws_begun():
        return _laws_begun()[code]
    year = _YEAR_OF_CODE.search(code)
    return dt.date(int(year[1]), 1, 1) if year else dt.date.min


@cache
def _laws_begun() -> dict[str, dt.date]:
    return {
        code_key(row["code"]): dt.date.fromisoformat(row["in_force"])
        for row in rows_of("law_names")
        if row["code"] and row["in_force"]
    }


def _cited_title(sources: Sources, query: str) -> str | None:
    """Return the longest name in *query* by which a document is cited."""
    tokens = folded_tokens(query)
    names = (
        " ".join(tokens[start : start + length])
        for start in range(len(tokens))
        for length in range(1, _LONGEST_NAME + 1)
    )
    return max(sources.store.titles_among(names), key=len, default=None)


def clause_of(sources: Sources, named: Named) -> ClauseRow | None:
    """Return the clause of the part that is asked about, where the document is held and has it."""
    if named.row is None or not named.pin:
        return None
    number = named.row.number
    if named.path is not None:
        return sources.store.clause_at(number, named.path)
    paths = sources.store.paths_of(number)
    path = next((path for path in paths if pin_of_path(path) == named.pin), None)
    return sources.store.clause_at(number, path) if path else None
