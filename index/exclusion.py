"""WORDS -> WHAT IS LEFT OUT: "trừ Công an", "ngoài Sở Y tế", "không phải quyết định".

"Không ma túy" and "xã không có ma túy" are what is asked for, "ngoài công lập" and "phòng trừ" are
words: only what leaves out something that is recognised (a body, a place, a type, a year), or says
of which words there is to be nothing, is a negation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from index.numbers import type_names_at
from index.phrases import Found, of_kind

if TYPE_CHECKING:
    from index.gazetteer import Mention
    from index.terms import Word

_YEAR = re.compile(r"(?:19|20)\d\d")
_LINKS = frozenset({"cua", "cac", "nhung", "la", "ra", "nam", "cho", "o", "tai", "ve", "so", "do",
                    "tinh", "huyen", "xa", "thanh", "pho", "loai"})  # fmt: skip
_AND = frozenset({"va", "hoac", "hay", "lan", "cung", "voi"})
_LONGEST_LINK = 3
_WORDS = 4  # that "không nói về" rules out at most
_PLAIN = frozenset({"tru", "ngoai tru", "tru ra", "khong ke", "khong tinh", "khong bao gom"})
_NOT_AFTER = frozenset({"phong", "khau", "giam", "bu", "diet", "bai", "nuoc", "ben", "tien", "co"})


@dataclass(frozen=True, kw_only=True)
class Excluded:
    """What must not be answered with."""

    bodies: tuple[Mention, ...] = ()
    places: tuple[str, ...] = ()  # folded
    doc_types: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    words: tuple[str, ...] = ()  # folded: "cai nghien"
    taken: tuple[tuple[int, int], ...] = ()  # the words that say so, as ranges

    def __bool__(self) -> bool:
        return bool(self.taken)


class _Thing(NamedTuple):
    kind: str
    value: object
    first: int
    stop: int


def read_excluded(
    words: Sequence[Word],
    phrases: Sequence[Found],
    mentions: Sequence[Mention],
    places: Sequence[tuple[int, str]],
) -> Excluded:
    """Return what a question leaves out.

    Args:
        words: Of the question.
        phrases: All that stand in it.
        mentions: The bodies that it names.
        places: The places that it names, as (word, place).
    """
    openings = _openings(words, of_kind(phrases, "without"))
    if not openings:
        return Excluded()
    things = _things(words, mentions, places)
    stops = {hit.first for hit in of_kind(phrases, "stop")}
    found: list[_Thing] = []
    taken: list[tuple[int, int]] = []
    for hit in openings:
        if taken and hit.first < taken[-1][1]:
            continue
        if hit.phrase.value == "words":
            some = _said(words, hit.stop, stops)
            stop = hit.stop + len(some)
            found += [_Thing("words", " ".join(some), hit.stop, stop)] if some else []
        else:
            listed = _listed(words, things, hit.stop) or _rest(words, hit, stops)
            found += listed
            stop = listed[-1].stop if listed else hit.first
        if stop > hit.stop:
            taken.append((hit.first, stop))
    values = {kind: tuple(t.value for t in found if t.kind == kind) for kind in _KINDS}
    return Excluded(**values, taken=tuple(taken))  # type: ignore[arg-type]


_KINDS = ("bodies", "places", "doc_types", "years", "words")


def _openings(words: Sequence[Word], hits: Sequence[Found]) -> list[Found]:
    """Return the words that leave something out, the longest of those at one place."""
    found = sorted(hits, key=lambda hit: (hit.first, -hit.stop))
    kept: list[Found] = []
    for hit in found:
        before = words[hit.first - 1].folded if hit.first else ""
        if before not in _NOT_AFTER and not (kept and hit.first < kept[-1].stop):
            kept.append(hit)
    return kept


def _things(
    words: Sequence[Word], mentions: Sequence[Mention], places: Sequence[tuple[int, str]]
) -> list[_Thing]:
    things = [_Thing("bodies", m, m.first, m.stop) for m in mentions]
    things += [_Thing("places", name, at, at + len(name.split())) for at, name in places]
    folded = [word.folded for word in words]
    things += [_Thing("doc_types", name, at, stop) for name, at, stop in type_names_at(folded)]
    things += [
        _Thing("years", int(word), at, at + 1)
        for at, word in enumerate(folded)
        if _YEAR.fullmatch(word)
    ]
    return sorted(things, key=lambda thing: (thing.first, -thing.stop))


def _listed(words: Sequence[Word], things: Sequence[_Thing], at: int) -> list[_Thing]:
    """Return the things that stand from *at* on: "Công an và Sở Y tế"."""
    listed: list[_Thing] = []
    while True:
        starts = {thing.first: thing for thing in reversed(things)}
        at = _after_links(words, at, starts)
        thing = starts.get(at)
        if thing is None:
            return listed
        listed.append(thing)
        at = thing.stop
        if at < len(words) and words[at].folded in _AND:
            at += 1
        elif at >= len(words) or listed[0].kind != "bodies" or not _starts(things, at):
            return listed
        elif len(listed) == 1 and thing.first <= _LONGEST_LINK:
            return listed  # "Ngoài Công an, Sở Y tế phải làm gì?": the second is asked for


def _starts(things: Sequence[_Thing], at: int) -> bool:
    return any(thing.first == at for thing in things)


def _after_links(words: Sequence[Word], at: int, starts: Collection[int] = ()) -> int:
    end = at
    while end < min(len(words), at + _LONGEST_LINK) and words[end].folded in _LINKS:
        if end in starts:
            break
        end += 1
    return end


def _rest(words: Sequence[Word], hit: Found, stops: Collection[int]) -> list[_Thing]:
    """Return the words that end a question after "trừ": "… trừ tuyên truyền"."""
    first = _after_links(words, hit.stop)
    some = _said(words, first, stops)
    ends = first + len(some) == len(words)
    if not (some and ends and hit.first and " ".join(hit.phrase.folded) in _PLAIN):
        return []
    return [_Thing("words", " ".join(some), first, len(words))]


def _said(words: Sequence[Word], at: int, stops: Collection[int]) -> list[str]:
    some: list[str] = []
    for place in range(at, min(at + _WORDS, len(words))):
        if place in stops:
            break
        some.append(words[place].folded)
    return some
