"""NAMES OF BODIES -> WHICH BODIES ARE MEANT: "CA huyện Bình Lục", "cong an huyen binh luc" alike.

A name is a core ("công an"), a level ("huyện") and a place ("Bình Lục"). What is asked for and
what the documents name are read in the same way and then compared part by part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from rapidfuzz import fuzz

from index.fold import folded_tokens
from index.terms import read_terms
from ingest.knowledge.tables import rows

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
_JOINING = {"va", "cac", "cap", "o", "tai", "cua", "thuoc", "tren", "dia", "ban", "toan", "nhung"}
_SLOTTED_HEADS = ("so", "phong", "bo", "hoi", "ban", "cuc", "chi", "trung", "truong", "dai", "bao")
_LIKE = 88.0  # how alike two names must be, of 100, to be taken for a slip of the finger
_FEWEST_FOR_SLIPS = 3  # tokens: a shorter name has too many neighbours


@dataclass(frozen=True, slots=True)
class Body:
    """A body, read: what it is, on which level, and where."""

    core: tuple[str, ...]  # folded: ("cong", "an")
    levels: frozenset[str] = frozenset()  # empty: the name does not say, or "các cấp"
    places: tuple[str, ...] = ()  # folded: "binh luc"
    every_level: bool = False  # "các cấp"


@dataclass(frozen=True, slots=True)
class Mention:
    """A body that a question names, and where among its tokens it does."""

    body: Body
    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class Match:
    """How well a body of the library fits one that is asked for."""

    agency: int
    name: str
    fit: float  # 0..1


@cache
def read_body(name: str, places: frozenset[str] = frozenset()) -> Body:
    """Read the full name of a body as documents give it.

    Args:
        name: "Công an các xã, thị trấn huyện Bình Lục", "Báo Hà Nam".
        places: Folded names of places, besides the provinces, that may end a name.
    """
    tokens = read_terms(name)
    while len(tokens) > 1 and tokens[0] in _LEADING:
        tokens = tokens[1:]
    first = next((at for at in range(len(tokens)) if _unit_at(tokens, at)), len(tokens))
    area = _read_area(tokens, first)
    core = tokens[:first] or _units_at(tokens, 0)  # "các huyện, thành phố" are named by their level
    while len(core) > 1 and core[-1] in {"cac", "cap"}:
        core = core[:-1]
    core, place = _split_place(core, places | province_names())
    proper = _aliases().get(tuple(core), tuple(core))
    found = (*area.places, place) if place else area.places
    return Body(proper, area.levels or _level_of_head(core), found, area.every_level)


def _unit_at(tokens: Sequence[str], at: int) -> tuple[int, str] | None:
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
    while unit := _unit_at(tokens, end):
        end += unit[0]
    return tokens[at:end]


def _read_area(tokens: Sequence[str], at: int) -> Body:
    """Read what stands after a core: "các xã, thị trấn huyện Bình Lục", "cấp xã", "tỉnh".

    A unit that is higher than those before it encloses them; so does any after "các cấp".
    """
    every = tuple(tokens[max(at - 2, 0) : at]) == ("cac", "cap")
    levels: list[str] = []
    places: list[str] = []
    while at < len(tokens):
        unit = _unit_at(tokens, at)
        end = at + unit[0] if unit else at + 1
        if unit is None:
            while end < len(tokens) and not _unit_at(tokens, end):
                end += 1
            name = [token for token in tokens[at:end] if token not in _JOINING]
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


def _level_of_head(core: Sequence[str]) -> frozenset[str]:
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
def _aliases() -> dict[tuple[str, ...], tuple[str, ...]]:
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
    return table


@dataclass(frozen=True)
class Gazetteer:
    """The bodies of a library (id, name), to be recognised in questions and matched."""

    agencies: tuple[tuple[int, str], ...]
    places: frozenset[str] = field(default_factory=frozenset)  # folded, of its documents

    @cached_property
    def bodies(self) -> dict[int, Body]:
        """Every body of the library, read."""
        return {agency: read_body(name, self.places) for agency, name in self.agencies}

    @cached_property
    def _names(self) -> dict[int, str]:
        return dict(self.agencies)

    @cached_property
    def _cores(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """What may stand in a question, and the core that it means."""
        table = {core: core for body in self.bodies.values() if len(core := body.core) > 1}
        for core in list(table):
            if core[0] in _SLOTTED_HEADS:
                for length in range(3 if core[0] != "so" else 2, len(core)):
                    table.setdefault(core[:length], core)
        for alias, proper in _aliases().items():
            table.setdefault(alias, proper)
        return table

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[str, ...]]]:
        table: dict[str, list[tuple[str, ...]]] = {}
        for name in {body.core for body in self.bodies.values()} | set(_aliases()):
            if len(name) >= _FEWEST_FOR_SLIPS:
                table.setdefault(name[0], []).append(name)
        return table

    @cached_property
    def known_places(self) -> frozenset[str]:
        """The folded names of places that a question may name."""
        named = {place for body in self.bodies.values() for place in body.places}
        return frozenset(named | set(self.places) | province_names())

    def find(self, tokens: Sequence[str]) -> list[Mention]:
        """Return the bodies that folded *tokens* of a question name, in order."""
        found = []
        at = 0
        while at < len(tokens):
            mention = self._mention_at(tokens, at)
            if mention:
                found.append(mention)
            at = mention.stop if mention else at + 1
        return found

    def _mention_at(self, tokens: Sequence[str], at: int) -> Mention | None:
        core, stop = self._core_at(tokens, at)
        if core is None:
            return None
        end = self._area_end(tokens, stop)
        area = (
            _read_area(tokens[:end], self._area_start(tokens, stop, end))
            if end > stop
            else Body(())
        )
        levels = area.levels or _level_of_head(core)
        every = tuple(tokens[stop : stop + 2]) == ("cac", "cap")
        places = tuple(place for place in area.places if place in self.known_places)
        return Mention(Body(core, levels, places, every), at, end)

    def _core_at(self, tokens: Sequence[str], at: int) -> tuple[tuple[str, ...] | None, int]:
        for length in range(min(16, len(tokens) - at), 1, -1):
            core = self._cores.get(tuple(tokens[at : at + length]))
            if core:
                slipped = self._slip_at(tokens, at, length + 1)
                return slipped or (core, at + length)
        return self._slip_at(tokens, at, _FEWEST_FOR_SLIPS) or (None, at)

    def _slip_at(
        self, tokens: Sequence[str], at: int, fewest: int
    ) -> tuple[tuple[str, ...], int] | None:
        best: tuple[float, tuple[str, ...], int] | None = None
        for core in self._by_first.get(tokens[at], ()):
            window = tokens[at : at + len(core)]
            if len(window) < max(len(core), fewest):
                continue
            like = fuzz.ratio(" ".join(window), " ".join(core))
            if like >= _LIKE and (best is None or like > best[0]):
                best = (like, self._cores[core], at + len(core))
        return (best[1], best[2]) if best else None

    def _area_start(self, tokens: Sequence[str], stop: int, end: int) -> int:
        return next((at for at in range(stop, end) if _unit_at(tokens, at)), stop)

    def _area_end(self, tokens: Sequence[str], stop: int) -> int:
        """Return where the area after a core ends: units, joining words and known places."""
        end = at = stop
        while at < len(tokens):
            if unit := _unit_at(tokens, at):
                at = end = at + unit[0]
            elif length := self._place_at(tokens, at):
                at = end = at + length
            elif tokens[at] in _JOINING:
                at += 1
            else:
                break
        return end

    def _place_at(self, tokens: Sequence[str], at: int) -> int:
        for length in (4, 3, 2):
            if " ".join(tokens[at : at + length]) in self.known_places and at + length <= len(
                tokens
            ):
                return length
        return 0

    def places_in(self, tokens: Sequence[str]) -> list[tuple[int, str]]:
        """Return (index, place) of the known places that folded *tokens* name."""
        found = []
        at = 0
        while at < len(tokens):
            length = self._place_at(tokens, at)
            if length:
                found.append((at, " ".join(tokens[at : at + length])))
            at += length or 1
        return found

    def match(self, asked: Body) -> list[Match]:
        """Return the bodies of the library that *asked* may mean, the best fits first."""
        matches = (
            Match(agency, self._names[agency], fit)
            for agency, body in self.bodies.items()
            if (fit := fits(asked, body)) > 0
        )
        return sorted(matches, key=lambda match: (-match.fit, match.name))

    def named(self, name: str) -> tuple[Match, ...]:
        """Return the bodies whose full name is *name*, accents and abbreviations aside."""
        terms = read_terms(name)
        return tuple(
            Match(agency, known, 1.0)
            for agency, known in self.agencies
            if self.bodies[agency].places and read_terms(known) == terms
        )

    def suggest(self, name: str, *, limit: int = 5) -> list[str]:
        """Return the names of the library most like *name*."""
        folded = " ".join(read_terms(name))
        scored = [
            (fuzz.token_set_ratio(folded, " ".join(read_terms(known))), known)
            for _, known in self.agencies
        ]
        best = sorted((pair for pair in scored if pair[0] >= 60), key=lambda pair: -pair[0])  # noqa: PLR2004
        return [known for _, known in best[:limit]]


def fits(asked: Body, held: Body) -> float:
    """Return how well *held* fits *asked*, 0..1; 0: it is another body."""
    core = _core_fit(asked.core, held.core)
    if not core:
        return 0.0
    return core * _level_fit(asked, held) * _place_fit(asked, held)


def _core_fit(asked: tuple[str, ...], held: tuple[str, ...]) -> float:
    if not asked or not held:
        return 0.0
    if asked == held:
        return 1.0
    if len(asked) > 1 and held[: len(asked)] == asked and asked[0] in _SLOTTED_HEADS:
        return 0.9
    if len(asked) >= _FEWEST_FOR_SLIPS and any(_runs(asked, held)):
        return 0.85
    return 0.0


def _runs(part: tuple[str, ...], whole: tuple[str, ...]) -> Iterator[bool]:
    for at in range(len(whole) - len(part) + 1):
        yield whole[at : at + len(part)] == part


def _level_fit(asked: Body, held: Body) -> float:
    if not asked.levels or asked.levels & held.levels:
        return 1.0
    if held.every_level or not held.levels:
        return 0.6
    return 0.0


def _place_fit(asked: Body, held: Body) -> float:
    if not asked.places:
        return 1.0
    return 1.0 if set(asked.places) & set(held.places) else 0.0
