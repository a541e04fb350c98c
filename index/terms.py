"""TEXT -> TERMS: what is indexed of a text and what is asked for, abbreviations in full.

Every word stands in the index twice: folded ("ho so") and, marked by "=", with its accents
("=hồ =sơ"). So accents that are typed are respected, and none need be typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from index.fold import each_accented, each_folded, folded_tokens, tokens_of, with_pairs
from ingest.knowledge.tables import rows

ACCENTED = "="  # before a term with its accents
_LONGEST = 3  # tokens of a short form: "LĐ-TB&XH"


class Word(NamedTuple):
    """A token, without and with its accents."""

    folded: str
    accented: str | None  # None: it was typed without, and may have any


def read_words(text: str) -> list[Word]:
    """Return the tokens of *text*; "UBND" stands as "ủy ban nhân dân".

    So a text and a question meet whether either of them abbreviates. Short forms that mean one
    of several things ("TT", "CA") stay.
    """
    return spell_out_words(_words(text))


def _words(text: str) -> list[Word]:
    tokens = tokens_of(text)
    return list(map(Word, each_folded(tokens), each_accented(tokens)))


def read_terms(text: str) -> list[str]:
    """Return the folded tokens of *text*, abbreviations in full."""
    return [word.folded for word in read_words(text)]


def read_terms_of_each(texts: Sequence[str]) -> list[list[str]]:
    """Return what `read_terms` does for each of *texts*; many short ones at once are quicker."""
    tokens = [tokens_of(text) for text in texts]
    every = [token for some in tokens for token in some]
    words = map(Word, each_folded(every), each_accented(every))
    return [
        [word.folded for word in spell_out_words(list(islice(words, len(some))))] for some in tokens
    ]


def all_terms(words: Sequence[Word]) -> list[str]:
    """Return everything under which *words* can be found: single and in pairs, in both forms."""
    folded = with_pairs([word.folded for word in words])
    accented = with_pairs([word.accented or word.folded for word in words])
    return folded + [ACCENTED + term for term in accented]


def spell_out_words(words: list[Word]) -> list[Word]:
    """Return *words* with abbreviations in full."""
    long_forms = _long_forms()
    if not any(word.folded in long_forms for word in words):
        return words
    spelled: list[Word] = []
    at = 0
    while at < len(words):
        length, long_form = abbreviation_at(words, at)
        spelled += long_form
        at += length
    return spelled


def abbreviation_at(words: Sequence[Word], at: int) -> tuple[int, list[Word]]:
    """Return how many words from *at* on are one short form, and what they stand for."""
    found = _long_forms().get(words[at].folded, {})
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        long_form = found.get(tuple(word.folded for word in words[at : at + length]))
        if long_form is not None:
            return length, long_form
    return 1, [words[at]]


@cache
def _long_forms() -> dict[str, dict[tuple[str, ...], list[Word]]]:
    """Return the long forms by the first token of the short form, then by all its tokens."""
    table: dict[str, dict[tuple[str, ...], list[Word]]] = {}
    pairs = [(row["short"], row["long"]) for row in rows("abbreviations") if not row["ambiguous"]]
    for row in rows("agency_fields"):
        aliases = (alias for alias in row["aliases"].split("|") if alias.isupper())
        pairs += [(alias, row["field"]) for alias in aliases if len(alias) > 2]  # noqa: PLR2004
    for short, long in pairs:
        tokens = tuple(folded_tokens(short))
        if 0 < len(tokens) <= _LONGEST and not _like_a_word(tokens):
            table.setdefault(tokens[0], {}).setdefault(tokens, _words(long))
    return table


def _like_a_word(tokens: tuple[str, ...]) -> bool:
    """Tell whether a short form, folded, reads like a syllable: "TƯ" like "tự"."""
    return len(tokens) == 1 and len(tokens[0]) <= _LONGEST and any(v in tokens[0] for v in "aeiouy")
