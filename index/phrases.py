"""TOKENS -> PHRASES THAT ASK: what the words of a question are there for, from a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from index.fold import accented_tokens, folded_tokens, has_accents
from index.terms import Word
from ingest.knowledge.tables import rows


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of the table: "cơ quan nào" asks who."""

    folded: tuple[str, ...]
    accented: tuple[str, ...]
    kind: str  # who | what | when | cite | find | role | relation | part | spelling | stop
    value: (
        str  # the role, relation or kind of clause, the spelling in full, or tags of what is asked
    )
    weight: float


class Found(NamedTuple):
    """A phrase in a question, and which of its pieces it takes."""

    phrase: Phrase
    first: int
    stop: int


def find_phrases(pieces: Sequence[Word], kinds: frozenset[str]) -> Iterator[Found]:
    """Yield the phrases of some kinds in *pieces*; of those at one place all."""
    accents = any(has_accents(piece.accented or "") for piece in pieces)
    folded = [piece.folded for piece in pieces]
    for at in range(len(pieces)):
        for phrase in _table().get(folded[at], ()):
            stop = at + len(phrase.folded)
            if phrase.kind in kinds and tuple(folded[at:stop]) == phrase.folded:
                alone = len(phrase.folded) == 1 and accents
                if alone and pieces[at].accented != phrase.accented[0]:
                    continue  # "hàn" is not "hạn" for one who types accents
                yield Found(phrase, at, stop)


@cache
def _table() -> dict[str, tuple[Phrase, ...]]:
    table: dict[str, list[Phrase]] = {}
    for row in rows("question_words"):
        phrase = Phrase(
            folded=tuple(folded_tokens(row["phrase"])),
            accented=tuple(accented_tokens(row["phrase"])),
            kind=row["kind"],
            value=row["value"],
            weight=float(row["weight"]),
        )
        table.setdefault(phrase.folded[0], []).append(phrase)
    longest_first = (
        (first, sorted(found, key=lambda p: -len(p.folded))) for first, found in table.items()
    )
    return {first: tuple(found) for first, found in longest_first}


def respell(pieces: Sequence[Word]) -> list[Word]:
    """Return *pieces* with colloquial spellings in full: "ko" is "không"."""
    spelled: list[Word] = []
    at = 0
    found = {
        hit.first: hit for hit in reversed(list(find_phrases(pieces, frozenset({"spelling"}))))
    }
    while at < len(pieces):
        hit = found.get(at)
        if hit is None:
            spelled.append(pieces[at])
            at += 1
            continue
        value = zip(folded_tokens(hit.phrase.value), accented_tokens(hit.phrase.value), strict=True)
        spelled += [Word(folded, accented) for folded, accented in value]
        at = hit.stop
    return spelled
