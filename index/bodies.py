"""THE NAME OF A BODY -> WHAT IT IS, ON WHICH LEVEL, WHERE: "CA huyện Bình Lục" and the like.

A name is a core ("công an"), a level ("huyện") and a place ("Bình Lục"). What is asked for and
what the documents name are read in the same way and then compared part by part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from index.fold import folded_tokens
from index.terms import read_terms, read_words
from ingest.knowledge.tables import rows

GOVERNMENT = ("uy", "ban", "nhan", "dan")  # whom a commune or district means that must do
_UNITS = {
    ("tinh",): "province",
    ("thanh", "pho"): "city",
    ("huyen",): "district",
    ("quan",): "district",
    ("thi", "xa"): "district",
    ("xa",): "commune",
    ("phuong",): "commune",
    ("thi", "tran"): "commune",
    ("dac", "khu"): "commune",
    ("trung", "uong"): "central",
}
# What reads like a unit but is part of another word, with what follows or precedes it.
_NOT_BEFORE = {
    "tinh": {"uy", "doan", "trang", "hinh", "doi", "chat"},
    "huyen": {"uy", "doan", "doi"},
    "quan": {"uy", "doan", "li", "su", "doi", "he", "tam", "trong", "triet"},
    "xa": {"hoi", "doi"},
    "thanh": {"tra", "uy", "doan", "nien"},
    "phuong": {"an", "tien", "phap", "thuc"},
}
_NOT_AFTER = {
    "quan": {"co", "lien", "hai", "truc", "bao", "su", "quy", "chi"},
    "xa": {"tac"},
    "phuong": {"dia", "quoc"},
    "tinh": {"tam", "gia"},
}
_CITY_LEVELS = frozenset({"province", "district"})
_RANK = {"commune": 0, "district": 1, "city": 1, "province": 2, "central": 3}
_COLLECTIVE = {"ban", "nganh", "bo", "so"}  # "các sở, ban, ngành" are no department
_LEADING = {"cac", "nhung", "moi", "toan", "the", "luc", "luong", "nganh", "tung", "dong", "chi"}
JOINING = {"va", "cac", "cap", "o", "tai", "cua", "thuoc", "tren", "dia", "ban", "toan", "nhung"}
SLOTTED_HEADS = ("so", "phong", "bo", "hoi", "ban", "cuc", "chi", "trung", "truong", "dai", "bao")


@dataclass(frozen=True, slots=True)
class Body:
    """A body, read: what it is, on which level, and where."""

    core: tuple[str, ...]  # folded: ("cong", "an")
    levels: frozenset[str] = frozenset()  # empty: the name does not say, or "các cấp"
    places: tuple[str, ...] = ()  # folded: "binh luc"
    every_level: bool = False  # "các cấp"


def read_body(name: str, places: frozenset[str] = frozenset()) -> Body:
    """Read the full name of a body as documents give it.

    Args:
        name: "Công an các xã, thị trấn huyện Bình Lục", "Báo Hà Nam".
        places: Folded names of places, besides the provinces, that may end a name.
    """
    return _read_body(name, places) if places else _body_of(name)


@cache
def _body_of(name: str) -> Body:
    return _read_body(name, frozenset())  # with places it is not kept: they change with each plan


def _read_body(name: str, places: frozenset[str]) -> Body:
    return body_of_tokens(read_terms(name), places | province_names())


def body_of_tokens(tokens: list[str], places: frozenset[str]) -> Body:
    """Read the name of a body.

    Args:
        tokens: Of its full name, folded.
        places: Folded names of places that may end a name, the provinces among them.
    """
    while len(tokens) > 1 and tokens[0] in _LEADING:
        tokens = tokens[1:]
    first = next((at for at in range(len(tokens)) if unit_at(tokens, at)), len(tokens))
    area = read_area(tokens, first)
    core = tokens[:first] or _units_at(tokens, 0)  # "các huyện, thành phố" are named by their level
    while len(core) > 1 and core[-1] in {"cac", "cap"}:
        core = core[:-1]
    core, place = _split_place(core, places)
    proper = aliases().get(tuple(core), tuple(core))
    found = (*area.places, place) if place else area.places
    return Body(proper, area.levels or level_of_head(core), found, area.every_level)


def unit_at(tokens: Sequence[str], at: int) -> tuple[int, str] | None:
    """Return (number of tokens, level) of a unit's noun at *at*; ("cấp" is no noun)."""
    for length in (2, 1):
        unit = tuple(tokens[at : at + length])
        if len(unit) == length and (level := _UNITS.get(unit)):
            follows = tokens[at + length] if at + length < len(tokens) else ""
            before = tokens[at - 1] if at else ""
            false = length == 1 and (
                follows in _NOT_BEFORE.get(unit[0], ()) or before in _NOT_AFTER.get(unit[0], ())
            )
            return None if false else (length, level)
    return None


def _units_at(tokens: list[str], at: int) -> list[str]:
    end = at
    while unit := unit_at(tokens, end):
        end += unit[0]
    return tokens[at:end]


def read_area(tokens: Sequence[str], at: int) -> Body:
    """Read what stands after a core: "các xã, thị trấn huyện Bình Lục", "cấp xã", "tỉnh".

    A unit that is higher than those before it encloses them; so does any after "các cấp".
    """
    every = tuple(tokens[max(at - 2, 0) : at]) == ("cac", "cap")
    levels: list[str] = []
    places: list[str] = []
    while at < len(tokens):
        unit = unit_at(tokens, at)
        end = at + unit[0] if unit else at + 1
        if unit is None:
            while end < len(tokens) and not unit_at(tokens, end):
                end += 1
            name = [token for token in tokens[at:end] if token not in JOINING]
            places += [" ".join(name)] if name else []
        elif not places and not every and not _encloses(unit[1], levels):
            levels.append(unit[1])
        at = end
    return Body((), _spread(levels, places), tuple(places), every)


def _encloses(level: str, levels: Sequence[str]) -> bool:
    return bool(levels) and _RANK[level] > max(_RANK[inner] for inner in levels)


def _spread(levels: Sequence[str], places: Sequence[str]) -> frozenset[str]:
    """Say what level a "thành phố" has: of a province, or of a district within one."""
    found = frozenset(levels)
    if "city" not in found:
        return found
    if others := found - {"city"}:
        return others
    if places and places[0] in _great_cities():
        return frozenset({"province"})
    return _CITY_LEVELS


def level_of_head(core: Sequence[str]) -> frozenset[str]:
    """Return the level that a name says by its head alone: a "Sở" is a province's."""
    head, field_ = tuple(core[:1]), tuple(core[1:2])
    if head == ("so",) and field_ and field_[0] not in _COLLECTIVE:
        return frozenset({"province"})
    if head == ("bo",) and field_ and field_[0] not in {"chi", "doi", "tu", *_COLLECTIVE}:
        return frozenset({"central"})
    return frozenset()


def _split_place(core: list[str], places: frozenset[str]) -> tuple[list[str], str | None]:
    """Part "đài phát thanh và truyền hình ninh bình" where a place's name ends it."""
    for length in (3, 2):
        place = " ".join(core[-length:])
        if len(core) > length and place in places:
            return core[:-length], place
    return core, None


@cache
def province_names() -> frozenset[str]:
    """Return the folded names of the provinces, old and new."""
    names = (spelling for row in rows("provinces") for spelling in _spellings(row))
    return frozenset(" ".join(folded_tokens(name)) for name in names)


@cache
def _great_cities() -> frozenset[str]:
    cities = (row for row in rows("provinces") if row["kind"] == "thành phố")
    return frozenset(" ".join(folded_tokens(name)) for row in cities for name in _spellings(row))


def _spellings(row: dict[str, str]) -> list[str]:
    return [row["name"], *filter(None, row["spellings"].split("|"))]


@cache
def aliases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the known names of bodies and what each is properly called, as folded tokens."""
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows("agencies"):
        if "{" in row["name"]:
            continue
        proper = tuple(read_terms(row["name"]))
        for name in (row["name"], *row["aliases"].split("|")):
            tokens = tuple(read_terms(name))
            if len(tokens) > 1:
                table.setdefault(tokens, proper)
    for known, meant in _bodies_of_fields():
        table.setdefault(tuple(read_terms(known)), tuple(read_terms(meant)))
    return table


@cache
def short_aliases() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the known names of two syllables, folded and with their accents."""
    found = []
    for row in rows("agencies"):
        for name in (row["name"], *row["aliases"].split("|")):
            words = read_words(name)
            if len(words) == 2 and "{" not in name:  # noqa: PLR2004
                accented = tuple(word.accented or word.folded for word in words)
                found.append((tuple(word.folded for word in words), accented))
    return tuple(found)


def _bodies_of_fields() -> Iterator[tuple[str, str]]:
    """Yield the names of bodies of a field, and what each is properly called.

    "Sở Giáo dục - Đào tạo" is "Sở Giáo dục và Đào tạo".
    """
    heads = [row["name"] for row in rows("agencies") if row["name"].endswith(" {field}")]
    for head in (name.removesuffix("{field}") for name in heads):
        for row in rows("agency_fields"):
            if not row["heads"] or head.strip() in row["heads"].split("|"):
                names = (row["field"], *filter(None, row["aliases"].split("|")))
                yield from ((head + name, head + row["field"]) for name in names)
