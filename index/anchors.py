"""SPAN -> ANCHOR -> SPAN: a place in a text, kept by its words, found again in another reading.

Another reading may be by a newer version of the program, which mends, joins or numbers the text
otherwise, or of a newer version of the file. So letters and digits alone are compared, in lower
case; and of several places with the same words the one is meant whose neighbourhood is the same.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Postfix, Prefix

from ingest.model import Span

_BESIDE = 48  # letters that are remembered on each side
_ENOUGH = 16  # of them that must still be there
_TELLING = 24  # letters that are enough where the words stand only once


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The words of a finding and where they stood (neo)."""

    words: str  # as the text had them
    before: str = ""  # the letters before them: "thựchiệnchỉthịsố"
    after: str = ""
    occurrence: int = 0  # how often the same words stood before
    path: str | None = None  # of the clause, as it was then; for people


def anchor(text: str, span: Span, *, path: str | None = None) -> Anchor:
    """Return what finds the words of *span* again."""
    letters, places = _letters(text)
    first, last = bisect_left(places, span.start), bisect_left(places, span.end)
    return Anchor(
        words=span.of(text),
        before=letters[max(0, first - _BESIDE) : first],
        after=letters[last : last + _BESIDE],
        occurrence=letters.count(letters[first:last], 0, first) if last > first else 0,
        path=path,
    )


def locate(text: str, wanted: Anchor) -> Span | None:
    """Return where the words of *wanted* stand in *text* now; None: nowhere for certain."""
    letters, places = _letters(text)
    words = _letters(wanted.words)[0]
    starts = _all(letters, words)
    if not starts:
        return None
    kept = [_kept(letters, start, start + len(words), wanted) for start in starts]
    best = max(kept)
    asked = len(wanted.before) + len(wanted.after)
    if best < min(asked, _ENOUGH) and (len(starts) > 1 or len(words) < _TELLING):
        return None
    equal = [at for at, score in enumerate(kept) if score == best]
    chosen = starts[min(equal, key=lambda at: abs(at - wanted.occurrence))]
    return Span(places[chosen], places[chosen + len(words) - 1] + 1)


def find_words(text: str, words: str, *, within: Span) -> Span | None:
    """Return where *words*, as a person typed or copied them, first stand in *within*."""
    letters, places = _letters(text)
    wanted = _letters(words)[0]
    first, last = bisect_left(places, within.start), bisect_left(places, within.end)
    at = letters.find(wanted, first, last) if wanted else -1
    return None if at < 0 else Span(places[at], places[at + len(wanted) - 1] + 1)


def alike(a: Span, b: Span) -> float:
    """Return how much two spans share, of all that they cover: 0 to 1."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(0, shared) / max(1, max(a.end, b.end) - min(a.start, b.start))


def _all(letters: str, words: str) -> list[int]:
    starts: list[int] = []
    at = letters.find(words) if words else -1
    while at >= 0:
        starts.append(at)
        at = letters.find(words, at + 1)
    return starts


def _kept(letters: str, start: int, end: int, wanted: Anchor) -> int:
    """Return how many letters beside the words are as they were."""
    before = Postfix.similarity(letters[max(0, start - _BESIDE) : start], wanted.before)
    after = Prefix.similarity(letters[end : end + _BESIDE], wanted.after)
    return before + after


@lru_cache(maxsize=8)
def _letters(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of *text* in lower case, and the place of each."""
    places = [at for at, letter in enumerate(text) if letter.isalnum()]
    lower = (text[at].lower() for at in places)
    return "".join(low if len(low) == 1 else low[0] for low in lower), places
