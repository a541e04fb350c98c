"""TOKENS -> WORDS: what was typed with abbreviations in full, each word with where it was typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from index.fold import accented_tokens, fold, folded_tokens, new_tones
from index.phrases import spelling_at
from index.shortenings import Shortened, read_short
from index.telex import decode
from index.terms import Word, abbreviation_at
from ingest.knowledge.tables import rows

if TYPE_CHECKING:
    from index.fold import Token
    from index.slips import Frequency


@dataclass(frozen=True)
class Spelled:
    """The words of a question, in full."""

    words: tuple[Word, ...]
    tokens: tuple[int, ...]  # of each word, the token that it was typed as
    keyed: tuple[tuple[str, str], ...] = ()  # keys that no input method took: ("khoong", "không")
    shortened: tuple[Shortened, ...] = ()  # short forms that may mean several things

    @cached_property
    def folded(self) -> list[str]:
        """The words without accents."""
        return [word.folded for word in self.words]

    def pieces_of(self, first: int, stop: int) -> range:
        """Return the words that were typed as the tokens [first, stop)."""
        within = [at for at, token in enumerate(self.tokens) if first <= token < stop]
        return range(within[0], within[-1] + 1) if within else range(0)


def spell(
    tokens: Sequence[Token], *, taken: Collection[int], frequency: Frequency, literal: bool
) -> Spelled:
    """Return the words of *tokens*, but for those *taken*, in full.

    Args:
        tokens: Of the question.
        taken: Tokens that are no words: the numbers of documents.
        frequency: In how many clauses of the library a folded term stands.
        literal: Whether left-over keys of an input method stay as they are.
    """
    at_tokens = [at for at in range(len(tokens)) if at not in taken]
    words = [Word(tokens[at].folded, tokens[at].accented) for at in at_tokens]
    keyed: list[tuple[str, str]] = []
    if not literal:
        for place, word in enumerate(words):
            meant = _keyed(word, frequency)
            if meant:
                keyed.append((tokens[at_tokens[place]].accented, meant))
                words[place] = Word(fold(meant), new_tones(meant))
    for in_full in (_field_at, abbreviation_at, spelling_at):
        words, at_tokens = _in_full(words, at_tokens, in_full)
    shortened: list[Shortened] = []

    def short_at(words: Sequence[Word], at: int) -> tuple[int, list[Word]]:
        found = read_short(words, at, at_tokens[at], frequency)
        shortened.extend([found[1]] if found else [])
        return 1, found[0] if found else [words[at]]

    words, at_tokens = _in_full(words, at_tokens, short_at)
    return Spelled(tuple(words), tuple(at_tokens), tuple(keyed), tuple(shortened))


def _keyed(word: Word, frequency: Frequency) -> str | None:
    if word.accented != word.folded or frequency(word.folded):
        return None
    return decode(word.folded)


def _in_full(
    words: list[Word],
    at_tokens: list[int],
    in_full: Callable[[Sequence[Word], int], tuple[int, list[Word]]],
) -> tuple[list[Word], list[int]]:
    spelled: list[Word] = []
    places: list[int] = []
    at = 0
    while at < len(words):
        length, some = in_full(words, at)
        spelled += some
        places += (
            at_tokens[at : at + length] if len(some) == length else [at_tokens[at]] * len(some)
        )
        at += length
    return spelled, places


def _field_at(words: Sequence[Word], at: int) -> tuple[int, list[Word]]:
    """Read the field of a body that means another thing after another head: "Phòng VHTT"."""
    if at:
        for tokens, field in _fields_by_head().get(words[at - 1].folded, ()):
            if tuple(word.folded for word in words[at : at + len(tokens)]) == tokens:
                return len(tokens), list(map(Word, folded_tokens(field), accented_tokens(field)))
    return 1, [words[at]]


@cache
def _fields_by_head() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in rows("agency_fields"):
        for head in filter(None, row["heads"].split("|")):
            aliases = (alias for alias in row["aliases"].split("|") if alias.isupper())
            forms = [(tuple(folded_tokens(alias)), row["field"]) for alias in aliases]
            table.setdefault(" ".join(folded_tokens(head)), []).extend(forms)
    for forms in table.values():
        forms.sort(key=lambda form: -len(form[0]))
    return table
