"""TWO TEXTS -> PIECES: what stayed, went and came, word for word, and of what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from index.fold import each_accented
from ingest.agency_names import head_pattern
from ingest.places import find_units
from ingest.tones import fold_tones

Way = Literal["same", "removed", "added"]
Slot = Literal["code", "date", "year", "number", "place", "body"]

# A number, a date or a code is one word: half of one says nothing.
_WORD = re.compile(r"\d+(?:[./,-]\d+)*(?:[/-][^\W\d_]+)*%?|[^\W_]+")
_SYLLABLE = re.compile(r"[^\W_]+")
_ISLANDS = 4  # words that must change around one that stays, for it to count as changed too
_DATE = re.compile(
    r"(?:ngày )?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?(?![\w/])|tháng \d{1,2}[/-]\d{4}"
    r"|(?:ngày \d{1,2} |\d{1,2} )?tháng \d{1,2}(?: năm \d{4})?|quý [IVX\d]+(?:/\d{4})?",
    re.IGNORECASE,
)
_PATTERNS: tuple[tuple[Slot, re.Pattern[str]], ...] = (
    ("code", re.compile(r"\d+(?:/\d{4})?[/-][A-ZĐ][\w-]*(?:[/&.-][A-ZĐ][\w-]*)*")),
    ("date", _DATE),
    ("year", re.compile(r"(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?(?!\d)")),
    ("number", re.compile(r"\d+(?:[.,]\d+)*%?")),
)
_UNIT_WORD = re.compile(
    r"(?<!\w)(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|thôn|bản|tổ dân phố)"
    r"(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of words that stayed, went (removed) or came (added)."""

    way: Way
    text: str
    slot: Slot | None = None  # what kind of thing differs; None: words of any kind


class _Word(NamedTuple):
    key: str  # in lower case, tones in the new style
    start: int
    end: int


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Return how *before* became *after*, in the order of reading, what went before what came.

    Words are compared; punctuation, capitals and the style of tone marks make no difference. The
    texts of what stayed and came make up *after*; a word that stays alone between changes counts
    as changed, as nobody reads it.
    """
    olds, news = _words(before), _words(after)
    pieces: list[Piece] = []
    place = 0
    for kept, old, new in _runs(olds, news):
        stop = news[new.stop].start if new.stop < len(news) else len(after)
        if kept:
            pieces.append(Piece(way="same", text=after[place:stop]))
        else:
            went, came = _stretch(olds, old), _stretch(news, new)
            slot = _slot(before, went, after, came)
            if went:
                pieces.append(Piece(way="removed", text=before[went.start : went.end], slot=slot))
            if came:
                start, end = place, _with_marks(after, came.end, stop)
                pieces.append(Piece(way="added", text=after[start:end], slot=slot))
                if end < stop:
                    pieces.append(Piece(way="same", text=after[end:stop]))
            elif place < stop:
                pieces.append(Piece(way="same", text=after[place:stop]))
        place = stop
    if place < len(after):
        pieces.append(Piece(way="same", text=after[place:]))
    return tuple(_joined(pieces))


def of_before(before: str, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return what stayed and went, in the words of *before*: together they are *before* itself.

    What `differences` says stayed is written as the later text writes it; beside the earlier text
    that would be no quotation.
    """
    starts = [(match.start(), match.end()) for match in _SYLLABLE.finditer(before)]
    found: list[Piece] = []
    place = number = 0
    for piece in pieces:
        count = len(_SYLLABLE.findall(piece.text)) if piece.way != "added" else 0
        if not count:
            continue
        words = starts[number : number + count]
        number += count
        if piece.way == "removed" and words:
            if place < words[0][0]:
                found.append(Piece(way="same", text=before[place : words[0][0]]))
            place = words[-1][1]
            found.append(Piece(way="removed", text=before[words[0][0] : place], slot=piece.slot))
        elif words:
            found.append(Piece(way="same", text=before[place : words[-1][1]]))
            place = words[-1][1]
    if place < len(before):
        found.append(Piece(way="same", text=before[place:]))
    return tuple(_joined(found))


def differ(pieces: Sequence[Piece]) -> bool:
    """Tell whether any word went or came."""
    return any(piece.way != "same" for piece in pieces)


def _words(text: str) -> list[_Word]:
    """Return the words of a text; the name of a place is one, as half of it is another's."""
    found = [match.span() for match in _WORD.finditer(text)]
    for unit in find_units(text):
        kind = _UNIT_WORD.match(text, unit.span.start)
        name = kind.end() if kind else unit.span.start + 1
        parts = [span for span in found if name <= span[0] and span[1] <= unit.span.end]
        if len(parts) > 1:
            at = found.index(parts[0])
            found[at : at + len(parts)] = [(parts[0][0], parts[-1][1])]
    keys = each_accented([" ".join(text[start:end].split()) for start, end in found])
    return [_Word(key, start, end) for key, (start, end) in zip(keys, found, strict=True)]


class _Stretch(NamedTuple):
    start: int
    end: int


def _stretch(words: Sequence[_Word], run: slice) -> _Stretch | None:
    some = words[run]
    return _Stretch(some[0].start, some[-1].end) if some else None


def _with_marks(text: str, end: int, stop: int) -> int:
    """Return where a run of words ends with the mark that closes it, before white space."""
    rest = text[end:stop]
    return end if rest.startswith((" ", ",", ";", ".", ":")) else end + len(rest.rstrip())


def _runs(olds: Sequence[_Word], news: Sequence[_Word]) -> Iterator[tuple[bool, slice, slice]]:
    """Yield what stayed and what changed by turns, as ranges of words of both texts."""
    found = Indel.opcodes([word.key for word in olds], [word.key for word in news])
    runs: list[tuple[bool, slice, slice]] = []
    for tag, a, b, c, d in found:
        kept = tag == "equal"
        if runs and runs[-1][0] == kept:
            _, old, new = runs.pop()
            runs.append((kept, slice(old.start, b), slice(new.start, d)))
        else:
            runs.append((kept, slice(a, b), slice(c, d)))
    return iter(_without_islands(runs))


def _without_islands(
    runs: Sequence[tuple[bool, slice, slice]],
) -> list[tuple[bool, slice, slice]]:
    """Make one change of two between which a single word stays."""
    found: list[tuple[bool, slice, slice]] = []
    for number, (kept, old, new) in enumerate(runs):
        island = kept and len(found) > 0 and number + 1 < len(runs) and new.stop - new.start == 1
        if island and _size(found[-1]) + _size(runs[number + 1]) >= _ISLANDS:
            kept = False  # noqa: PLW2901 - read as a change
        if found and found[-1][0] == kept:
            _, first, other = found.pop()
            old, new = slice(first.start, old.stop), slice(other.start, new.stop)  # noqa: PLW2901
        found.append((kept, old, new))
    return found


def _size(run: tuple[bool, slice, slice]) -> int:
    _, old, new = run
    size: int = old.stop - old.start + new.stop - new.start
    return size


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield *pieces*, neighbours that stayed as one; none is empty."""
    same = ""
    for piece in pieces:
        if piece.way == "same":
            same += piece.text
            continue
        if same:
            yield Piece(way="same", text=same)
            same = ""
        yield piece
    if same:
        yield Piece(way="same", text=same)


# What kind of thing differs


def _slot(before: str, went: _Stretch | None, after: str, came: _Stretch | None) -> Slot | None:
    """Return what kind of thing took the place of another; None where either is of no kind."""
    if went is None or came is None:
        return None
    kinds = _kinds(before, went)
    return next((kind for kind in kinds if kind in _kinds(after, came)), None)


def _kinds(text: str, stretch: _Stretch) -> list[Slot]:
    """Return what kinds of thing a stretch of a text is, the narrowest first."""
    words = text[stretch.start : stretch.end]
    kinds: list[Slot] = [kind for kind, pattern in _PATTERNS if pattern.fullmatch(words)]
    if any(_covers(match.span(), stretch) for match in _DATE.finditer(text)):
        kinds.append("date")
    spans = [(unit.span.start, unit.span.end) for unit in find_units(text)]
    if any(_covers(span, stretch) for span in spans) or _UNIT_WORD.fullmatch(words):
        kinds.append("place")
    if head_pattern().match(fold_tones(words.lower())):
        kinds.append("body")
    return kinds


def _covers(span: tuple[int, int], stretch: _Stretch) -> bool:
    return span[0] <= stretch.start and stretch.end <= span[1]
