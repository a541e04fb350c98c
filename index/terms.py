"""TEXT -> TERMS: the folded tokens that are indexed and asked for, abbreviations in full."""

from __future__ import annotations

from functools import cache

from index.fold import folded_tokens
from ingest.knowledge.tables import rows

_LONGEST = 3  # tokens of a short form: "LĐ-TB&XH"


def read_terms(text: str) -> list[str]:
    """Return the folded tokens of *text*; "UBND" stands as "uy ban nhan dan".

    So a text and a question meet whether either of them abbreviates. Short forms that mean one
    of several things ("TT", "CA") stay.
    """
    return spell_out_tokens(folded_tokens(text))


def spell_out_tokens(tokens: list[str]) -> list[str]:
    """Return folded *tokens* with abbreviations in full."""
    long_forms = _long_forms()
    if not any(token in long_forms for token in tokens):
        return tokens
    spelled: list[str] = []
    at = 0
    while at < len(tokens):
        length, long_form = abbreviation_at(tokens, at)
        spelled += long_form
        at += length
    return spelled


def abbreviation_at(tokens: list[str], at: int) -> tuple[int, list[str]]:
    """Return (number of tokens, what they mean in full) of what stands at *at*."""
    found = _long_forms().get(tokens[at], {})
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        long_form = found.get(tuple(tokens[at : at + length]))
        if long_form is not None:
            return length, long_form
    return 1, [tokens[at]]


def _like_a_word(tokens: tuple[str, ...]) -> bool:
    """Tell whether a short form, folded, reads like a syllable: "TƯ" like "tự"."""
    return len(tokens) == 1 and len(tokens[0]) <= _LONGEST and any(v in tokens[0] for v in "aeiouy")


@cache
def _long_forms() -> dict[str, dict[tuple[str, ...], list[str]]]:
    """Return the long forms by the first token of the short form, then by all its tokens."""
    table: dict[str, dict[tuple[str, ...], list[str]]] = {}
    pairs = [(row["short"], row["long"]) for row in rows("abbreviations") if not row["ambiguous"]]
    for row in rows("agency_fields"):
        aliases = (alias for alias in row["aliases"].split("|") if alias.isupper())
        pairs += [(alias, row["field"]) for alias in aliases if len(alias) > 2]  # noqa: PLR2004
    for short, long in pairs:
        tokens = tuple(folded_tokens(short))
        if 0 < len(tokens) <= _LONGEST and not _like_a_word(tokens):
            table.setdefault(tokens[0], {}).setdefault(tokens, folded_tokens(long))
    return table
