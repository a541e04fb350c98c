"""THE BODIES OF A LIBRARY, to be recognised in questions and told which are meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from index.bodies import (
    JOINING,
    SLOTTED_HEADS,
    Body,
    aliases,
    body_of_tokens,
    level_of_head,
    province_names,
    read_area,
    short_aliases,
    unit_at,
)
from index.fold import accented_tokens, read_tokens
from index.numbers import type_tokens
from index.phrases import plain_words
from index.terms import read_terms, read_terms_of_each

_LIKE = 88.0  # how alike two names must be, of 100, to be taken for a slip of the finger
_NEAR = 55.0  # how alike, of 100, to be suggested
_LONGEST = 16  # tokens of a name
_LONGEST_PLACE = 5  # syllables: "Bà Rịa - Vũng Tàu"
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


class _Tables:
    """What is looked up about the bodies of a library; grows with it."""

    def __init__(self) -> None:
        self.bodies: dict[int, Body] = {}
        self.names: dict[int, str] = {}
        self.by_core: dict[tuple[str, ...], list[int]] = {}
        self.by_name: dict[str, list[int]] = {}  # full names, folded and spelled out
        # What may stand in a question and the core that it means: whole names, then beginnings
        # of names ("Sở Giáo dục"), then known names of bodies that need not be held.
        self.cores: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.shortened: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.like: dict[tuple[str, int], list[str]] = {}  # by first token and number of tokens
        self.places: set[str] = set()
        self.spelled: dict[tuple[str, ...], set[tuple[str, ...]]] = {}  # names of two syllables
        for name in aliases():
            self._liken(name)
        for name, typed in short_aliases():
            self.spelled.setdefault(name, set()).add(typed)

    def _liken(self, name: tuple[str, ...]) -> None:
        if len(name) >= _FEWEST_FOR_SLIPS:
            self.like.setdefault((name[0], len(name)), []).append(" ".join(name))

    def add_all(self, agencies: Iterable[tuple[int, str]], places: frozenset[str]) -> None:
        """Take bodies in (id, name)."""
        some = tuple(agencies)
        ends = places | province_names()
        terms = read_terms_of_each([name for _, name in some])
        for (agency, name), tokens in zip(some, terms, strict=True):
            self._add(agency, name, tokens, ends)

    def _add(self, agency: int, name: str, tokens: list[str], ends: frozenset[str]) -> None:
        body = body_of_tokens(tokens, ends)
        self.bodies[agency] = body
        self.names[agency] = name
        self.by_name.setdefault(" ".join(tokens), []).append(agency)
        self.places.update(place for place in body.places if _has_capitals(place, name))
        core = body.core
        known = self.by_core.setdefault(core, [])
        known.append(agency)
        if len(known) > 1 or not _can_be_asked_for(name, core):
            return
        self.cores[core] = core
        if len(core) == 2 and core in self.spelled:  # noqa: PLR2004
            self.spelled[core].add(tuple(accented_tokens(name)[:2]))
        if core not in aliases():
            self._liken(core)
        if core[0] in SLOTTED_HEADS:
            for length in range(3 if core[0] != "so" else 2, len(core)):
                self.shortened.setdefault(core[:length], core)

    def meant(self, tokens: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the core that *tokens* name."""
        return self.cores.get(tokens) or self.shortened.get(tokens) or aliases().get(tokens)


def _has_capitals(place: str, name: str) -> bool:
    """Tell whether a place is written as one in a body's name, not "xã quản lý", "tỉnh trong"."""
    syllables = place.split()
    if len(syllables) > _LONGEST_PLACE:
        return False
    tokens = read_tokens(name)
    for at in range(len(tokens) - len(syllables), -1, -1):
        run = tokens[at : at + len(syllables)]
        if [token.folded for token in run] == syllables:
            return all(not name[token.start].islower() for token in run)
    return True


def _can_be_asked_for(name: str, core: tuple[str, ...]) -> bool:
    """Tell whether the name of a body may stand in a question for it.

    Not what was taken for one: a heading in capitals, a type of document ("BÁO CÁO").
    """
    if len(core) < 2 or core in type_tokens():  # noqa: PLR2004 - one word says too little
        return False
    return not (name.isupper() and " " in name)


@dataclass(frozen=True)
class Gazetteer:
    """The bodies of a library (id, name), to be recognised in questions and matched.

    Those that do the most come first. `grown` makes a gazetteer of more bodies cheaply.
    """

    agencies: tuple[tuple[int, str], ...]
    places: frozenset[str] = field(default_factory=frozenset)  # folded, of its documents
    tasks: Mapping[int, int] = field(
        default_factory=dict
    )  # of each body; for what is offered first

    @cached_property
    def _tables(self) -> _Tables:
        tables = _Tables()
        tables.add_all(self.agencies, self.places)
        return tables

    def grown(
        self,
        agencies: tuple[tuple[int, str], ...],
        places: frozenset[str],
        tasks: Mapping[int, int] | None = None,
    ) -> Gazetteer:
        """Return the gazetteer of *agencies*; what this one has read need not be read again.

        Only where bodies were added and no place came that ends the name of one: else all are
        read anew. The tables are shared: bodies that were added are known to this one, too.
        """
        newer = Gazetteer(agencies, places, tasks or {})
        if "_tables" not in self.__dict__ or not self.places <= places:
            return newer
        tables = self._tables
        came = tuple(f" {place}" for place in places - self.places)
        if came and any(name.endswith(came) for name in tables.by_name):
            return newer
        names = dict(agencies)
        if len(names) < len(tables.names) or any(
            names.get(agency) != name for agency, name in tables.names.items()
        ):
            return newer
        new = [(agency, name) for agency, name in agencies if agency not in tables.names]
        tables.add_all(new, places)
        newer.__dict__["_tables"] = tables
        return newer

    @property
    def bodies(self) -> dict[int, Body]:
        """Every body of the library, read."""
        return self._tables.bodies

    @cached_property
    def known_places(self) -> frozenset[str]:
        """The folded names of places that a question may name."""
        return frozenset(self._tables.places | set(self.places) | province_names())

    def find(self, tokens: Sequence[str], typed: Sequence[str] = ()) -> list[Mention]:
        """Return the bodies that folded *tokens* of a question name, in order.

        With the tokens as they were *typed*, with accents, a short name must have its own:
        "trưởng ban" is no "trưởng bản".
        """
        found = []
        at = 0
        while at < len(tokens):
            mention = self._mention_at(tokens, at)
            if mention and not (typed and self._otherwise(tokens, typed, mention.first)):
                found.append(mention)
            else:
                mention = None
            at = mention.stop if mention else at + 1
        return found

    def _otherwise(self, tokens: Sequence[str], typed: Sequence[str], at: int) -> bool:
        core, words = tuple(tokens[at : at + 2]), tuple(typed[at : at + 2])
        if core not in self._tables.spelled or any(
            tuple(tokens[at : at + length]) in self._tables.cores for length in range(3, 9)
        ):
            return False
        return words != core and words not in self._tables.spelled[core]

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
        for length in range(min(_LONGEST, len(tokens) - at), 1, -1):
            core = self._tables.meant(tuple(tokens[at : at + length]))
            if core:
                slipped = self._slip_at(tokens, at, length + 1)
                return slipped or (core, at + length)
        return self._slip_at(tokens, at, _FEWEST_FOR_SLIPS) or (None, at)

    def _slip_at(
        self, tokens: Sequence[str], at: int, fewest: int
    ) -> tuple[tuple[str, ...], int] | None:
        best: tuple[float, tuple[str, ...], int] | None = None
        for length in range(fewest, min(_LONGEST, len(tokens) - at) + 1):
            names = self._tables.like.get((tokens[at], length))
            if not names:
                continue
            window = " ".join(tokens[at : at + length])
            found = process.extractOne(window, names, scorer=fuzz.ratio, score_cutoff=_LIKE)
            if found and _slipped(tokens[at : at + length], found[0].split(" ")):
                core = self._tables.meant(tuple(found[0].split(" ")))
                if core and (best is None or found[1] > best[0]):
                    best = (found[1], core, at + length)
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
        alone = (at and unit_at(tokens, at - 1)) or (at > 1 and unit_at(tokens, at - 2))
        return 1 if alone and tokens[at] in self.known_places else 0

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
            Match(agency, self._tables.names[agency], round(core * area, 4))
            for held, agencies in self._tables.by_core.items()
            if (core := _core_fit(asked.core, held))
            for agency in agencies
            if (area := _area_fit(asked, self.bodies[agency]))
        )
        return sorted(matches, key=lambda match: (-match.fit, match.name))

    def named(self, name: str) -> tuple[Match, ...]:
        """Return the bodies whose full name is *name*, accents and abbreviations aside."""
        found = self._tables.by_name.get(" ".join(read_terms(name)), [])
        return tuple(
            Match(agency, self._tables.names[agency], 1.0)
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


def _slipped(typed: Sequence[str], meant: Sequence[str]) -> bool:
    """Tell whether at most a third of the syllables differ, each by a slip of the finger."""
    other = [pair for pair in zip(typed, meant, strict=True) if pair[0] != pair[1]]
    if any(typed in plain_words() for typed, _ in other):
        return False  # "Đoàn Thanh niên trong" is no slip of "Đoàn Thanh niên trường"
    return len(other) * 3 <= len(meant) and all(OSA.distance(*pair) <= 1 for pair in other)


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
