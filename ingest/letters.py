"""PASSAGES -> PASSAGES: split syllables joined, letters of other alphabets put right."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from ingest.knowledge.tables import rows
from ingest.model import Repair
from ingest.strand import Edit, Passage, compose
from ingest.syllables import is_fragment, is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)+")
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
_MARKED = re.compile(r"[^\W\d_]*[^\W\d_a-zA-Z][^\W\d_]*")
_LEAST_MARKED = 0.3  # of the words of Vietnamese text; two of three have a mark
_TOKEN = re.compile(r"\S+")
_LONGEST_GROUP = 4  # fragments of one word: "l ư u" has three
_ODD = 2  # cost of a lone vowel beside fragments
_LOST = 10  # cost of a fragment left as it is
_SHORT = 2  # letters of a piece
_LONE_VOWELS = "yýởơôàạáâăaAYÝỞÁ"  # letters that are words
_UNKNOWN = 8  # cost of a word made of letters that is no syllable: "b a r"


def mend_letters(passages: list[Passage]) -> tuple[list[Passage], list[Repair]]:
    """Return the passages with letters of other alphabets and split syllables mended.

    "đ ể" becomes "để", "qu á n b a r" "quán bar": where a piece is no syllable and the joined word
    is one. Where both pieces could be syllables ("ma tú y"), the joined word must stand elsewhere
    in the document after the same word, and one of the pieces nowhere else.
    """
    repairs: list[Repair] = []
    latin = [_to_latin(passage, repairs) for passage in passages]
    evidence = _Evidence(latin)
    return [_joined(passage, evidence, repairs) for passage in latin], repairs


def _to_latin(passage: Passage, repairs: list[Repair]) -> Passage:
    table, text = _look_alikes(), passage.text
    if not _any_look_alike().search(text):
        return passage
    if any(char not in table for char in _FOREIGN.findall(text)):
        return passage  # a passage in another language
    edits = [(i, i + 1, table[char]) for i, char in enumerate(text) if char in table]
    mended = passage.edited(edits)
    odd = {i for i, _, _ in edits}
    for token in _TOKEN.finditer(text):
        if odd.intersection(range(*token.span())):
            meant = mended.text[token.start() : token.end()]
            detail = f"“{token[0]}” → “{meant}” ({passage.where})"
            repairs.append(Repair(kind="look-alike-letter", detail=detail))
    return mended.with_strand(compose(mended.strand))


@cache
def _look_alikes() -> Mapping[str, str]:
    return {row["printed"]: row["meant"] for row in rows("look_alikes")}


@cache
def _any_look_alike() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_look_alikes())}]")


class _Evidence:
    """How often the words of a document stand in it, alone and after each other."""

    def __init__(self, passages: list[Passage]) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        for passage in passages:
            words = _WORD.findall(passage.text.lower())
            self.words.update(words)
            self.pairs.update(itertools.pairwise(words))
        self.fragments = {word for word in self.words if is_fragment(word)}

    def joins(self, before: str, left: str, right: str) -> bool:
        """Tell whether *left* and *right*, syllables both, are one word after *before*."""
        word = left + right
        return (
            len(right) <= _LONGEST_GROUP
            and self.pairs[before, word] > 1
            and self.pairs[left, right] >= min(self.words[left], self.words[right])
            and is_syllable(word)
        )


def _joined(passage: Passage, evidence: _Evidence, repairs: list[Repair]) -> Passage:
    edits: list[Edit] = []
    if not _is_vietnamese(passage.text):
        return passage
    for run in _RUN.finditer(passage.text):
        words = list(_WORD.finditer(passage.text, *run.span()))
        for first, last in _groups(words, passage.text, evidence):
            printed = passage.text[words[first].start() : words[last].end()]
            meant = printed.replace(" ", "")
            detail = f"“{printed}” → “{meant}” ({passage.where})"
            repairs.append(Repair(kind="split-diacritic", detail=detail))
            edits += [
                (upper.end(), lower.start(), "")
                for upper, lower in zip(words[first:last], words[first + 1 : last + 1], strict=True)
            ]
    return passage.edited(edits) if edits else passage


def _is_vietnamese(text: str) -> bool:
    """Tell whether *text* has the marks of Vietnamese on its words, not of English or a formula."""
    return len(_MARKED.findall(text)) >= _LEAST_MARKED * len(_WORD.findall(text))


def _groups(
    words: list[re.Match[str]], text: str, evidence: _Evidence
) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of the words that belong together, group by group."""
    small = [word[0].lower() for word in words]
    broken = [
        word in evidence.fragments and not _is_label(match, text)
        for word, match in zip(small, words, strict=True)
    ]
    start = done = 0
    while start < len(words):
        if broken[start]:
            low = max(done, start - 1)
            start = done = _window_end(small, broken, start)
            yield from _partition(words[low:done], broken[low:done], low, evidence)
        elif done < start < len(words) - 1 and evidence.joins(*small[start - 1 : start + 2]):
            yield start, start + 1
            start = done = start + 2
        else:
            start += 1


def _is_label(word: re.Match[str], text: str) -> bool:
    """Tell whether a lone letter is a label or a unit: "điểm b", "10 m"; or capitals are a name."""
    before = text[: word.start()].rstrip().rpartition(" ")[2]
    if len(word[0]) == 1:
        return before[-1:].isdigit() or before.lower() in _labelled()
    return word[0].isupper() and len(word[0]) > 1


@cache
def _labelled() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("labelled_by_letter"))


def _window_end(small: list[str], broken: list[bool], start: int) -> int:
    """Return where the pieces from *start* on end, one word after them included."""
    end = start + 1
    while end < len(small) and (broken[end] or len(small[end]) <= _SHORT):
        end += 1
    return min(end + 1, len(small))


def _partition(
    words: list[re.Match[str]], broken: list[bool], first: int, evidence: _Evidence
) -> Iterator[tuple[int, int]]:
    """Yield the groups of the cheapest way to make words of the pieces."""
    pieces = [word[0] for word in words]
    spaced = any(len(piece) > 1 for piece, lost in zip(pieces, broken, strict=True) if lost)
    best: list[tuple[float, int]] = [(0.0, 0)]  # cost of the first n pieces, start of their last
    for end in range(1, len(words) + 1):
        best.append(
            min(
                (
                    best[start][0]
                    + _cost(pieces[start:end], broken[start:end], evidence, spaced=spaced),
                    start,
                )
                for start in range(max(0, end - _LONGEST_GROUP), end)
            )
        )
    groups, end = [], len(words)
    while end:
        start = best[end][1]
        if end - start > 1:
            groups.append((first + start, first + end - 1))
        end = start
    yield from reversed(groups)


def _cost(pieces: list[str], broken: list[bool], evidence: _Evidence, *, spaced: bool) -> float:
    """Return how unlikely it is that *pieces* are one word; *spaced*: others there are broken."""
    if len(pieces) == 1:
        alone = len(pieces[0]) == 1 and pieces[0] not in _LONE_VOWELS
        return _LOST if broken[0] else _ODD if alone else 0
    if not any(broken) or not _same_case(pieces):
        return math.inf
    word = "".join(pieces)
    if is_syllable(word):
        doubtful = (
            not broken[0]
            or (pieces[0].isupper() and not broken[1])
            or any(evidence.words[piece.lower()] > 1 for piece in pieces if len(piece) > _SHORT)
        )
        return math.inf if doubtful and not evidence.words[word.lower()] else 1
    if spaced and len(pieces) > _SHORT and max(map(len, pieces)) == 1:
        return _UNKNOWN + len(pieces)
    return math.inf


def _same_case(pieces: list[str]) -> bool:
    """Tell whether the pieces could be of one word: all capitals, or none after the first."""
    rest = "".join(pieces)[1:]
    return rest.isupper() or rest.islower()
