"""WORDS -> WHICH DOCUMENT THEY NAME, held or only cited, and which part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.citation_rows import Described, Mentions
from index.codes import code_key, name_key
from index.errors import UnknownClauseError, UnknownDocumentError
from index.fold import folded_tokens, read_tokens
from index.numbers import find_numbers
from index.pinpoints import Pin, pin_of_path, pins_of
from index.resolution import may_be

if TYPE_CHECKING:
    from index.finding import Sources
    from index.records import ClauseRow, Row

_LAWS = frozenset({"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"})  # cited by name alone
_LONGEST_NAME = 30  # tokens of a law's name
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
    row = _held(sources, query)
    if row is None and (key := _cited_key(sources, query)):
        return Named(query=query, code=key, pin=pin)
    if row is None and (title := _cited_title(sources, query)):
        codes = sources.store.codes_of_name(title)
        held = sources.store.held_keys(codes[:1]).get(codes[0]) if codes else None
        if not held:
            return Named(query=query, code=codes[0] if codes else None, title=title, pin=pin)
        row = sources.store.rows(held[:1])[held[0]]
    if row is None:
        raise UnknownDocumentError(query)
    return replace(named_row(sources, row), query=query, pin=pin)


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


def _held(sources: Sources, query: str) -> Row | None:
    for pattern in patterns(query):
        if found := sources.store.by_code(pattern):
            return found[0]
    return sources.store.by_title(name_key(None, query))


def _cited_key(sources: Sources, query: str) -> str | None:
    for pattern in patterns(query):
        if found := sources.store.cited_codes(pattern):
            return found[0][0]
    return None


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
