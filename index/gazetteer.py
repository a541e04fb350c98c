"""THE BODIES OF A LIBRARY, to be recognised in questions and told which are meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz

from index.bodies import (
    JOINING,
    SLOTTED_HEADS,
    Body,
    aliases,
    level_of_head,
    province_names,
    read_area,
    read_body,
    unit_at,
)
from index.terms import read_terms

_LIKE = 88.0  # how alike two names must be, of 100, to be taken for a slip of the finger
_NEAR = 55.0  # how alike, of 100, to be suggested
_FEWEST_FOR_SLIPS = 3  # tokens: a shorter name has too many neighbours


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
    def _by_core(self) -> dict[tuple[str, ...], list[int]]:
        table: dict[tuple[str, ...], list[int]] = {}
        for agency, body in self.bodies.items():
            table.setdefault(body.core, []).append(agency)
        return table

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        """The bodies by their full names, folded and spelled out."""
        table: dict[str, list[int]] = {}
        for agency, name in self.agencies:
            table.setdefault(" ".join(read_terms(name)), []).append(agency)
        return table

    @cached_property
    def _cores(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """What may stand in a question, and the core that it means."""
        table = {core: core for body in self.bodies.values() if len(core := body.core) > 1}
        for core in list(table):
            if core[0] in SLOTTED_HEADS:
                for length in range(3 if core[0] != "so" else 2, len(core)):
                    table.setdefault(core[:length], core)
        for alias, proper in aliases().items():
            table.setdefault(alias, proper)
        return table

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[str, ...]]]:
        table: dict[str, list[tuple[str, ...]]] = {}
        for name in {body.core for body in self.bodies.values()} | set(aliases()):
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
            read_area(tokens[:end], self._area_start(tokens, stop, end)) if end > stop else Body(())
        )
        levels = area.levels or level_of_head(core)
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
        return next((at for at in range(stop, end) if unit_at(tokens, at)), stop)

    def _area_end(self, tokens: Sequence[str], stop: int) -> int:
        """Return where the area after a core ends: units, joining words and known places."""
        end = at = stop
        while at < len(tokens):
            if unit := unit_at(tokens, at):
                at = end = at + unit[0]
            elif length := self._place_at(tokens, at):
                at = end = at + length
            elif tokens[at] in JOINING:
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
            Match(agency, self._names[agency], round(core * area, 4))
            for held, agencies in self._by_core.items()
            if (core := _core_fit(asked.core, held))
            for agency in agencies
            if (area := _area_fit(asked, self.bodies[agency]))
        )
        return sorted(matches, key=lambda match: (-match.fit, match.name))

    def named(self, name: str) -> tuple[Match, ...]:
        """Return the bodies whose full name is *name*, accents and abbreviations aside."""
        found = self._by_name.get(" ".join(read_terms(name)), [])
        return tuple(
            Match(agency, self._names[agency], 1.0)
            for agency in found
            if self.bodies[agency].places
        )

    def suggest(self, name: str, *, limit: int = 5) -> list[str]:
        """Return the names of the library most like *name*."""
        folded = " ".join(read_terms(name))
        scored = [
            (fuzz.ratio(folded, " ".join(self.bodies[agency].core)), known)
            for agency, known in self.agencies
        ]
        best = sorted((pair for pair in scored if pair[0] >= _NEAR), key=lambda pair: -pair[0])
        return [known for _, known in best[:limit]]


def fits(asked: Body, held: Body) -> float:
    """Return how well *held* fits *asked*, 0..1; 0: it is another body."""
    return _core_fit(asked.core, held.core) * _area_fit(asked, held)


def _area_fit(asked: Body, held: Body) -> float:
    return _level_fit(asked, held) * _place_fit(asked, held)


def _core_fit(asked: tuple[str, ...], held: tuple[str, ...]) -> float:
    if not asked or not held:
        return 0.0
    if asked == held:
        return 1.0
    if len(asked) > 1 and held[: len(asked)] == asked and asked[0] in SLOTTED_HEADS:
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
