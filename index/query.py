"""A QUESTION -> WHAT IS ASKED: intent, bodies, roles, numbers, years, places and words."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from index.asking import Asking, cues_of_time, read_asking
from index.bodies import GOVERNMENT, read_area, unit_at
from index.exclusion import Excluded, read_excluded
from index.fold import has_accents, read_tokens
from index.gazetteer import Mention
from index.home import AtHome, at_home
from index.numbers import Number, find_numbers, type_names_at
from index.periods import Timed, find_periods, with_uses
from index.phrases import Found, find_phrases, of_kind
from index.place_names import places_by_capitals, with_places
from index.present import today as this_day
from index.replies import Fixed, Intent, Period, Reading, TimeUse
from index.slips import Frequency
from index.spelling import Spelled, spell
from index.terms import ACCENTED, Word
from index.worth import leave_out, mended_words, pair, slipped_words, weigh_words

if TYPE_CHECKING:
    from index.fold import Token
    from index.gazetteer import Gazetteer
    from ingest.model import Role

_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMELESS = frozenset(
    {"so", "ki", "hieu", "van", "ban", "tinh", "huyen", "xa"}
)  # "số, ký hiệu", "văn bản số"
_MUST = frozenset({"phai", "can", "duoc", "co", "lam", "thuc"})  # after a place that must do


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question, read."""

    text: str
    intent: Intent
    mentions: tuple[Mention, ...] = ()  # of bodies, in order
    roles: tuple[Role, ...] = ()
    numbers: tuple[Number, ...] = ()
    years: tuple[int, ...] = ()
    places: tuple[str, ...] = ()  # folded, those within the names of bodies too
    doc_types: tuple[str, ...] = ()
    pieces: tuple[Word, ...] = ()  # every token, spelled out
    weights: tuple[float, ...] = ()  # of each piece as a word to search for; 0: not searched
    mended: dict[int, str] = field(default_factory=dict)  # piece -> what was meant, folded
    slipped: frozenset[int] = frozenset()  # pieces whose accents were mistyped
    accents: bool = False  # typed with accents
    asks: bool = False  # has a word that asks, rather than naming what is looked for
    tags: frozenset[str] = frozenset()  # of what is asked: date, period, recurring, percent, figure
    relations: frozenset[str] = frozenset()  # between documents, that it names
    parts: frozenset[str] = frozenset()  # kinds of clauses that it names: "kinh phí" is funding
    inward: bool = False  # asks what cites the document that it names, not what that one says
    times: tuple[Timed, ...] = ()
    excluded: Excluded = field(default_factory=Excluded)
    others: tuple[Intent, ...] = ()  # what it could ask as well
    tokens: tuple[Token, ...] = ()  # of the text
    spelled: Spelled = field(default_factory=lambda: Spelled((), ()))
    phrases: tuple[Found, ...] = ()  # all that stand in it
    named_places: tuple[tuple[str, int, int], ...] = ()  # (place, first word, stop)
    fixed: Fixed = field(default_factory=Fixed)
    home: AtHome = field(default_factory=lambda: AtHome(""))

    @cached_property
    def terms(self) -> list[tuple[str, float]]:
        """The terms to search for, single and in pairs, with their weights."""
        found: dict[str, float] = {}
        for at, weight in enumerate(self.weights):
            before = self.weights[at - 1] if at else 0.0
            for term in self.spellings(at) if weight else ():
                found[term] = max(weight, found.get(term, 0.0))
                for left in self.spellings(at - 1) if before else ():
                    both = pair(left, term)
                    found[both] = max((weight + before) / 2, found.get(both, 0.0))
        return list(found.items())

    def spellings(self, at: int) -> tuple[str, ...]:
        """Return the word at *at* as it was typed, and as it was meant."""
        word = self.pieces[at]
        exact = self.accents and word.accented and at not in self.slipped
        typed = f"{ACCENTED}{word.accented}" if exact else word.folded
        return (typed, self.mended[at]) if at in self.mended else (typed,)

    def as_words(self) -> Question:
        """Return the question as words to be found, whatever it asks."""
        nothing: frozenset[str] = frozenset()
        return replace(
            self, intent="find", asks=False, tags=nothing, parts=nothing, relations=nothing
        )

    def without_bodies(self) -> Question:
        """Return the question without the words that name bodies."""
        named = {at for mention in self.mentions for at in range(mention.first, mention.stop)}
        weights = (0.0 if at in named else weight for at, weight in enumerate(self.weights))
        return replace(self, weights=tuple(weights))

    @property
    def periods(self) -> tuple[Period, ...]:
        """The times that it names."""
        return tuple(timed.period for timed in self.times)

    def words_of(self, first: int, stop: int) -> str:
        """Return the words [first, stop) as they are spelled in full."""
        return " ".join(piece.accented or piece.folded for piece in self.pieces[first:stop])

    def reading(self) -> Reading:
        """Return the question as it was understood, for the person who asked."""
        return Reading(
            bodies=tuple(self.words_of(m.first, m.stop) for m in self.mentions),
            roles=self.roles,
            codes=tuple(number.pattern for number in self.numbers),
            years=self.years,
            places=self.places,
            doc_types=self.doc_types,
            words=tuple(
                piece.accented or piece.folded
                for piece, weight in zip(self.pieces, self.weights, strict=True)
                if weight
            ),
            corrected=(
                *self.spelled.keyed,
                *(
                    (self.pieces[at].accented or self.pieces[at].folded, meant)
                    for at, meant in sorted(self.mended.items())
                ),
            ),
            periods=self.periods,
            excluded=tuple(self.words_of(first, stop) for first, stop in self.excluded.taken),
        )


def read_question(
    text: str,
    gazetteer: Gazetteer,
    frequency: Frequency,
    *,
    today: dt.date | None = None,
    fixed: Fixed = Fixed(),  # noqa: B008 - frozen
) -> Question:
    """Read a question as people type it: with abbreviations, without accents, with slips.

    Args:
        text: The question, NFC or not.
        gazetteer: The bodies and places that the library knows.
        frequency: In how many clauses of the library a folded term stands.
        today: The day from which "tháng sau" counts; default: today.
        fixed: What the person has settled of how it is read.
    """
    home = at_home(unicodedata.normalize("NFC", text), fixed.home)
    text = home.text
    tokens = read_tokens(text)
    accents = has_accents(text)
    numbers = find_numbers(tokens, text)
    taken = {at for number in numbers for at in range(number.first, number.stop)}
    spelled = spell(tokens, taken=taken, frequency=frequency, literal=fixed.literal)
    words, folded = spelled.words, spelled.folded
    times = find_periods(tokens, text, today=today or this_day(), taken=taken)
    phrases = tuple(find_phrases(words, accents=accents))
    names = _names(text, tokens, spelled, phrases, gazetteer)
    places, excluded, out = names.places, names.excluded, names.out
    asking = read_asking(
        words,
        phrases,
        mentions=names.mentions,
        numbers=numbers,
        empty=_empty(words, phrases, names) if numbers else (),
    )
    mentions = _bodies(folded, names.mentions, places, asking)
    times = with_uses(times, _cues(spelled, phrases), fixed=fixed.time)
    weights = weigh_words(phrases, asking.hits, mentions, places, len(words))
    leave_out(weights, spelled, times, out)
    if not (numbers or times or out or any(weights)):
        weights = [1.0] * len(words)  # "Việc làm là gì?": its words ask, and are what is asked
    tags = frozenset(tag for hit in asking.hits for tag in hit.phrase.value.split())
    return Question(
        text=text,
        intent=fixed.intent or asking.intent,
        others=() if fixed.intent else asking.others,
        mentions=tuple(mentions),
        roles=_roles(phrases),
        numbers=tuple(numbers),
        years=_years(spelled, times, excluded.years),
        places=tuple(dict.fromkeys(place for _, place in places)),
        doc_types=tuple(dict.fromkeys(name for name, _, _ in names.types)),
        times=tuple(times),
        excluded=excluded,
        pieces=words,
        weights=tuple(weights),
        mended={} if fixed.literal else mended_words(words, weights, frequency, accents=accents),
        slipped=slipped_words(words, weights, frequency) if accents else frozenset(),
        accents=accents,
        asks=bool(asking.hits),
        tags=tags,
        relations=_values(phrases, "relation"),
        parts=_values(phrases, "part"),
        inward=_asks_inward(tokens, numbers, tags),
        tokens=tuple(tokens),
        spelled=spelled,
        phrases=phrases,
        named_places=tuple((place, at, at + len(place.split())) for at, place in places),
        fixed=fixed,
        home=home,
    )


class _Names(NamedTuple):
    """What a question names, without what it leaves out."""

    mentions: list[Mention]
    places: list[tuple[int, str]]
    types: list[tuple[str, int, int]]
    excluded: Excluded
    out: frozenset[int]  # the words that are left out


def _names(
    text: str,
    tokens: Sequence[Token],
    spelled: Spelled,
    phrases: Sequence[Found],
    gazetteer: Gazetteer,
) -> _Names:
    words, folded = spelled.words, spelled.folded
    known, unheard = list(gazetteer.places_in(folded)), places_by_capitals(text, tokens, spelled)
    typed = [word.accented or word.folded for word in words] if has_accents(text) else ()
    mentions = with_places(gazetteer.find(folded, typed), unheard)
    places = sorted({*known, *(each for each in unheard if not _overlaps(each, known))})
    excluded = read_excluded(words, phrases, mentions, places)
    out = frozenset(at for first, stop in excluded.taken for at in range(first, stop))
    return _Names(
        mentions=[mention for mention in mentions if mention.first not in out],
        places=[(at, place) for at, place in places if at not in out],
        types=[found for found in type_names_at(folded) if found[1] not in out],
        excluded=excluded,
        out=out,
    )


def _overlaps(place: tuple[int, str], others: Sequence[tuple[int, str]]) -> bool:
    first, stop = place[0], place[0] + len(place[1].split())
    return any(at < stop and first < at + len(name.split()) for at, name in others)


def _empty(words: Sequence[Word], phrases: Sequence[Found], names: _Names) -> frozenset[int]:
    """Return the words that say nothing of a content: of types, issuers, places and years."""
    found = {at for hit in of_kind(phrases, "stop") for at in range(hit.first, hit.stop)}
    found |= {at for _, first, stop in names.types for at in range(first, stop)}
    found |= {at for m in names.mentions for at in range(m.first, m.stop)}
    found |= {at + n for at, place in names.places for n in range(len(place.split()))}
    found |= {at for at, word in enumerate(words) if _YEAR.fullmatch(word.folded)}
    return frozenset(found | {at for at, word in enumerate(words) if word.folded in _NAMELESS})


def _bodies(
    folded: Sequence[str],
    mentions: Sequence[Mention],
    places: Sequence[tuple[int, str]],
    asking: Asking,
) -> list[Mention]:
    """Return the bodies that are asked for; a commune that must do something is one."""
    within = {at for hit in asking.hits for at in range(hit.first, hit.stop)}
    found = [m for m in mentions if not within & set(range(m.first, m.stop))]
    if found or asking.intent != "what":
        return found
    for at, place in places:
        unit = next((unit_at(folded, at - n) for n in (2, 1) if _ends(folded, at, n)), None)
        if unit:
            first, stop = at - unit[0], at + len(place.split())
            held = [m for m in found if m.first <= first < m.stop]
            asked = folded[stop : stop + 1] and folded[stop] in _MUST
            of = first and folded[first - 1] in {"cua", "giao", "cho"}
            if not held and (asked or of or not first):
                body = read_area(folded[:stop], first)
                found.append(Mention(replace(body, core=GOVERNMENT), first, stop))
    return found


def _ends(folded: Sequence[str], at: int, length: int) -> bool:
    unit = unit_at(folded, at - length) if at >= length else None
    return unit is not None and unit[0] == length


def _cues(spelled: Spelled, phrases: Sequence[Found]) -> list[tuple[int, TimeUse]]:
    """Return the words that say what a time is of, by token."""
    return [(spelled.tokens[at], use) for at, use in cues_of_time(phrases)]


def _years(spelled: Spelled, times: Sequence[Timed], without: Collection[int]) -> tuple[int, ...]:
    """Return the years that documents may be of: those typed, and "năm ngoái".

    Not the year of a day that something is due or was bought: "mua sắm trước 01/7/2026".
    """
    within = {
        at
        for timed in times
        if timed.period.unit == "day" and timed.period.use != "document"
        for at in spelled.pieces_of(timed.first, timed.stop)
    }
    typed = [
        int(word)
        for at, word in enumerate(spelled.folded)
        if _YEAR.fullmatch(word) and at not in within
    ]
    near = [
        timed.period.since.year
        for timed in times
        if timed.period.relative and timed.period.unit == "year" and timed.period.since
        if timed.period.use != "due"
    ]
    return tuple(dict.fromkeys(year for year in (*typed, *near) if year not in without))


def _roles(phrases: Sequence[Found]) -> tuple[Role, ...]:
    named = _values(phrases, "role")
    known: tuple[Role, ...] = ("lead", "coordinate", "advise", "support")
    return tuple(role for role in known if role in named)


def _values(phrases: Sequence[Found], kind: str) -> frozenset[str]:
    return frozenset(hit.phrase.value for hit in of_kind(phrases, kind))


def _asks_inward(tokens: Sequence[Token], numbers: Sequence[Number], tags: frozenset[str]) -> bool:
    """Tell "Văn bản nào sửa đổi 88/QĐ-UBND?" from "88/QĐ-UBND căn cứ văn bản nào?"."""
    if "cited" in tags:
        return True
    which = [at for at, token in enumerate(tokens) if token.folded == "nao"]
    before = bool(numbers and which) and which[0] < numbers[0].first
    based = any(
        token.folded == "can" and tokens[at + 1].folded == "cu"
        for at, token in enumerate(tokens[:-1])
    )
    return before and not based
