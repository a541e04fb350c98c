"""TOKENS -> NUMBERS OF DOCUMENTS as people type them: "192 kh ubnd", "36 CT TW", "kế hoạch 192"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from index.fold import folded_tokens, has_accents
from ingest.knowledge.tables import rows

if TYPE_CHECKING:
    from index.fold import Token

_YEAR = re.compile(r"(?:19|20)\d\d")
_SESSION = re.compile(r"(?:qh|ubtvqh)\d{1,2}")
_JOINED = re.compile(r"(\d{1,5})([a-z]{2,4})")
_WORDS_LIKE_TYPES = frozenset({"da", "đa", "dạ", "tr", "bb", "pa", "l", "lệ"})  # "da 06" is no type
_SYMBOLLESS = (("cong", "van"), ("van", "ban"))  # types that are named, not written as a symbol
_SURE_DIGITS = 3  # "văn bản 640" is one, "văn bản 2 trang" is none
_AFTER_SYMBOL = 6  # tokens of an issuer's symbol at most: "KH-BCĐ-PCMT"


class Number(NamedTuple):
    """The number of a document in a question, and which tokens it takes."""

    pattern: str  # of keys, with "%" for what was not typed: "192-kh-ubnd", "192-%kh-%"
    first: int
    stop: int


def find_numbers(tokens: Sequence[Token], text: str) -> list[Number]:
    """Return the numbers of documents that a question names, in order."""
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        number = (
            _joined_number(tokens, text, at)
            or _full_number(tokens, text, at)
            or _bare_number(tokens, text, at)
            or _named_number(tokens, text, at)
            or _short_number(tokens, text, at)
        )
        if number:
            before = found[-1].stop if found else 0
            numbered = number.first > before and tokens[number.first - 1].folded == "so"
            found.append(number._replace(first=number.first - numbered))  # "số 12/KH-UBND"
        at = number.stop if number else at + 1
    return found


def _full_number(tokens: Sequence[Token], text: str, at: int) -> Number | None:
    if not tokens[at].folded.isdigit():
        return None
    parts = [tokens[at].folded.lstrip("0") or "0"]
    stop = at + 1
    if stop < len(tokens) and _YEAR.fullmatch(tokens[stop].folded):
        parts.append(tokens[stop].folded)
        stop += 1
    if stop >= len(tokens) or not (
        tokens[stop].folded in _symbols() | _sessions(tokens[stop].folded)
        or _is_letter(tokens, text, stop)
    ):
        return None
    if not _close(tokens, text, stop - 1, stop) and has_accents(tokens[stop].accented):
        return None  # "3 đề án": a word with accents is no symbol unless it is joined
    end = _symbol_end(tokens, text, stop)
    bare = end == stop + 1 and not _SESSION.fullmatch(tokens[stop].folded)
    if bare and not _close(tokens, text, stop - 1, stop):
        return None
    parts += [token.folded for token in tokens[stop:end]]
    return Number("-".join(parts) + ("-%" if bare else ""), at, end)


def _is_letter(tokens: Sequence[Token], text: str, at: int) -> bool:
    """Tell a letter (công văn) that has its issuer's sign alone: "640/UBND-NC"."""
    issuer = tokens[at].folded in _issuers() and text[tokens[at].start].isupper()
    more = at + 1 < len(tokens) and _close(tokens, text, at, at + 1)
    return issuer and more and _close(tokens, text, at - 1, at)


def _joined_number(tokens: Sequence[Token], text: str, at: int) -> Number | None:
    """Read "192KH-UBND", "88QĐ/UBND"."""
    joined = _JOINED.fullmatch(tokens[at].folded)
    if joined is None or joined[2] not in _symbols():
        return None
    end = _symbol_end(tokens, text, at)
    if end == at + 1:
        return None
    parts = [joined[1].lstrip("0") or "0", joined[2], *(t.folded for t in tokens[at + 1 : end])]
    return Number("-".join(parts), at, end)


def _short_number(tokens: Sequence[Token], text: str, at: int) -> Number | None:
    """Read "nd 116", "QĐ 88/2025"; the short form of a type before the number."""
    symbol = tokens[at].folded
    if symbol not in _short_types() or tokens[at].accented in _WORDS_LIKE_TYPES:
        return None
    stop = at + 1
    while stop < len(tokens) and tokens[stop].folded == "so":
        stop += 1
    if stop >= len(tokens) or not re.fullmatch(r"\d{1,4}", tokens[stop].folded):
        return None
    if _YEAR.fullmatch(tokens[stop].folded) or _full_number(tokens, text, stop):
        return None
    if _follows_date(tokens, stop) or _close(tokens, text, at, stop):
        return None
    number = tokens[stop].folded.lstrip("0") or "0"
    year = tokens[stop + 1].folded if stop + 1 < len(tokens) else ""
    if _YEAR.fullmatch(year) and _close(tokens, text, stop, stop + 1):
        return Number(f"{number}-{year}-{symbol}-%", at, stop + 2)
    return Number(f"{number}-%{symbol}-%", at, stop + 1)


def _symbol_end(tokens: Sequence[Token], text: str, at: int) -> int:
    end = at + 1
    while end < min(len(tokens), at + _AFTER_SYMBOL):
        joined = _close(tokens, text, end - 1, end)
        if not joined and tokens[end].folded not in _issuers():
            break
        end += 1
    return end


def _close(tokens: Sequence[Token], text: str, left: int, right: int) -> bool:
    """Tell whether two tokens are joined: "KH-UBND", "192/KH", "132 -KL"."""
    between = text[tokens[left].end : tokens[right].start]
    return bool(re.fullmatch(r"\s?[/\-–.]\s?", between))


def _named_number(tokens: Sequence[Token], text: str, at: int) -> Number | None:
    """Read "kế hoạch 192", "nghị định số 116 năm 2021"."""
    for name in _types_by_first().get(tokens[at].folded, ()):
        symbols = _types()[name]
        stop = at + len(name)
        if tuple(token.folded for token in tokens[at:stop]) != name:
            continue
        while stop < len(tokens) and tokens[stop].folded == "so":
            stop += 1
        if stop < len(tokens) and re.fullmatch(r"\d{1,5}", tokens[stop].folded):
            number = tokens[stop].folded.lstrip("0") or "0"
            full = _full_number(tokens, text, stop)
            if full or _YEAR.fullmatch(number) or _follows_date(tokens, stop):
                return full
            if stop + 1 < len(tokens) and _YEAR.fullmatch(tokens[stop + 1].folded):
                year = tokens[stop + 1].folded
                if _close(tokens, text, stop, stop + 1):
                    return Number(f"{number}-{year}-{symbols}-%", at, stop + 2)
            return Number(f"{number}-%{symbols}-%", at, stop + 1)
    return None


def _bare_number(tokens: Sequence[Token], text: str, at: int) -> Number | None:
    """Read "công văn 2205", "văn bản số 640": of letters, which have no symbol of their type.

    Source: Decree 30/2020/NĐ-CP, Article 8 and Appendix I: a letter's sign is its issuer's.
    """
    for name in _SYMBOLLESS:
        stop = at + len(name)
        if tuple(token.folded for token in tokens[at:stop]) != name:
            continue
        said = stop < len(tokens) and tokens[stop].folded == "so"
        stop += said
        if stop >= len(tokens) or not re.fullmatch(r"\d{1,5}", tokens[stop].folded):
            return None
        number = tokens[stop].folded.lstrip("0") or "0"
        sure = said or (name == _SYMBOLLESS[0]) or len(number) >= _SURE_DIGITS
        alone = stop + 1 == len(tokens) or not _close(tokens, text, stop, stop + 1)
        if sure and alone and not _YEAR.fullmatch(number) and not _follows_date(tokens, stop):
            return Number(f"{number}-%", at, stop + 1)
    return None


def _follows_date(tokens: Sequence[Token], at: int) -> bool:
    return (
        at + 1 < len(tokens)
        and tokens[at + 1].folded in {"ngay", "thang", "nam"}
        and not (at + 2 < len(tokens) and tokens[at + 2].folded.isdigit())
    )


@cache
def _types() -> dict[tuple[str, ...], str]:
    """Return the folded symbol of each named type of document, the longest names first."""
    table = {
        tuple(folded_tokens(row["type"])): "-".join(folded_tokens(row["symbol"]))
        for row in rows("document_types")
        if row["symbol"]
    }
    return dict(sorted(table.items(), key=lambda pair: -len(pair[0])))


@cache
def _symbols() -> frozenset[str]:
    return frozenset(token for symbol in _types().values() for token in symbol.split("-"))


@cache
def _short_types() -> frozenset[str]:
    """Return the symbols of types that stand for them before a number: "nd", "qd", "kh"."""
    return frozenset(symbol for symbol in _types().values() if "-" not in symbol and symbol)


def _sessions(token: str) -> frozenset[str]:
    """A law has its National Assembly for a symbol: "163/2024/QH15"."""
    return frozenset({token}) if _SESSION.fullmatch(token) else frozenset()


@cache
def _issuers() -> frozenset[str]:
    """Return the tokens that issuers' symbols are made of."""
    known = {token for row in rows("abbreviations") for token in folded_tokens(row["short"])}
    return frozenset(known | {"cp", "ttg", "tw", "hu", "tu", "du", "vpcp", "bca", "byt", "bgddt"})


def type_names_at(folded: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield (type, first, stop) of the types of documents that folded tokens name."""
    at = 0
    while at < len(folded):
        length = 1
        for name in _types_by_first().get(folded[at], ()):
            if tuple(folded[at : at + len(name)]) == name:
                yield _type_titles()[name], at, at + len(name)
                length = len(name)
                break
        at += length


@cache
def _types_by_first() -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for name in _types():
        table.setdefault(name[0], []).append(name)
    return table


@cache
def _type_titles() -> dict[tuple[str, ...], str]:
    return {tuple(folded_tokens(row["type"])): row["type"] for row in rows("document_types")}


@cache
def type_tokens() -> frozenset[tuple[str, ...]]:
    """Return the names of the types of documents, as folded tokens."""
    return frozenset(_type_titles())
