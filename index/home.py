"""A QUESTION + WHO ASKS -> THE QUESTION WITH PLACES BY NAME: "tỉnh tôi", "xã mình", "sở em".

The home (nơi công tác) is what the person who asks has set: "Sở Y tế tỉnh Sơn La", "xã Mường Bú,
tỉnh Sơn La". Without one the words stay, and say that they are not known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from index.fold import Token, fold, has_accents, read_tokens
from ingest.knowledge.tables import rows

_UNITS = {
    "tinh": "tỉnh", "thanh pho": "thành phố", "tp": "thành phố", "huyen": "huyện", "quan": "quận",
    "thi xa": "thị xã", "xa": "xã", "phuong": "phường", "thi tran": "thị trấn",
    "dac khu": "đặc khu",
}  # fmt: skip
_SAME = (
    {"tỉnh", "thành phố"},
    {"huyện", "quận", "thị xã", "thành phố"},
    {"xã", "phường", "thị trấn", "đặc khu"},
)
_BODIES = {"so": "sở", "phong": "phòng", "ban": "ban", "co quan": "cơ quan", "don vi": "đơn vị",
           "truong": "trường", "co quan don vi": "cơ quan"}  # fmt: skip
_ANYWHERE = {"dia phuong": "địa phương", "cho": "chỗ", "noi": "nơi", "que": "quê"}
_SPELLED = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã", "phong": "phòng", "so": "sở"}
_PLACE = re.compile(
    r"(?P<unit>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+"
    r"(?P<name>[^\s,;]+(?:\s+(?!tỉnh|thành|huyện|quận|thị|xã|phường|đặc)[^\s,;]+)*)",
    re.IGNORECASE,
)


class Away(NamedTuple):
    """Words for a home that is not known: "tỉnh tôi"."""

    surface: str
    unit: str  # "tỉnh", "sở", "địa phương"
    start: int
    end: int


class AtHome(NamedTuple):
    """A question with the places of who asks by name."""

    text: str
    named: tuple[tuple[str, str], ...] = ()  # ("tỉnh tôi", "tỉnh Sơn La")
    away: tuple[Away, ...] = ()


def at_home(text: str, home: str | None) -> AtHome:
    """Return *text* with "tỉnh tôi" and the like by their names, as *home* says."""
    places = _places(home or "")
    named: list[tuple[str, str]] = []
    away: list[Away] = []
    for start, end, unit in reversed(_found(text)):
        surface = text[start:end]
        name = _name(unit, home, places)
        if name is None:
            away.append(Away(surface, unit, start, end))
        else:
            named.append((surface, name))
            moved = len(name) - (end - start)
            away = [one._replace(start=one.start + moved, end=one.end + moved) for one in away]
            text = text[:start] + name + text[end:]
    return AtHome(text, tuple(reversed(named)), tuple(reversed(away)))


def _found(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, unit) of the words for a home, in order."""
    tokens = read_tokens(text)
    accents = has_accents(text)
    found: list[tuple[int, int, str]] = []
    owned = _bare_owners() | {"chung", "bon"}
    if not any(token.folded in owned for token in tokens):
        return found
    for at, token in enumerate(tokens):
        for length in (3, 2, 1):
            words = " ".join(each.folded for each in tokens[at : at + length])
            unit = _UNITS.get(words) or _BODIES.get(words) or _ANYWHERE.get(words)
            stop = _owned(tokens, at + length, accents=accents) if unit else None
            if accents and token.accented != _SPELLED.get(words, token.accented):
                stop = None  # "xa nhà", "tình ta"
            if unit and stop and not (found and token.start < found[-1][1]):
                found.append((token.start, tokens[stop - 1].end, unit))
                break
    return found


def _owned(tokens: Sequence[Token], at: int, *, accents: bool) -> int | None:
    """Return where the words for an owner end that stand at *at*: "(của) chúng tôi"."""
    if at < len(tokens) and tokens[at].folded == "cua":
        at += 1
    for length in (2, 1):
        words = tokens[at : at + length]
        typed = " ".join(word.accented if accents else word.folded for word in words)
        if len(words) == length and typed in (_owners() if accents else _bare_owners()):
            return at + length
    return None


@cache
def _owners() -> frozenset[str]:
    return frozenset(row["phrase"] for row in rows("question_words") if row["kind"] == "owner")


@cache
def _bare_owners() -> frozenset[str]:
    return frozenset(fold(owner) for owner in _owners())


def _places(home: str) -> list[tuple[str, str]]:
    """Return (unit, "tỉnh Sơn La") of the places that a home names, the smallest first."""
    return [(found["unit"].lower(), found[0]) for found in _PLACE.finditer(home)]


def _name(unit: str, home: str | None, places: list[tuple[str, str]]) -> str | None:
    if not home:
        return None
    if unit in _BODIES.values():
        return home if not _PLACE.match(home) else None
    if unit in _ANYWHERE.values():
        return places[0][1] if places else None
    for names in _SAME:
        if unit in names:
            fits = [name for other, name in places if other in names]
            if fits:
                return fits[-1] if unit == "tỉnh" else fits[0]
    return None
