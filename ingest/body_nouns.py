"""WORDS -> A BODY'S NOUN: whether words begin with a noun that names bodies or posts.

"Tổ Hậu cần", "các hiệp hội", "Thầy Nam"; not "tổ chức", "hội nghị". Source:
`knowledge/body_nouns.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ingest.knowledge.tables import rows
from ingest.tones import fold_tones

_AS_NOUN = re.compile(r"(?:,? (?:và )?cá nhân| (?:có )?liên quan| khác)(?!\w)")  # "tổ chức khác"


def noun_kind(words: str) -> str | None:
    """Return what the noun that *words* begin with names: "body", "person"; None if neither."""
    folded = fold_tones(words.lower())
    found = _noun().match(folded)
    if found is None:
        return None
    kind, unless = _nouns()[found["noun"]]
    if any(re.match(rf",?\s+{re.escape(word)}(?!\w)", folded[found.end() :]) for word in unless):
        return None
    alone = found.end() == len(folded) or found["many"] or _AS_NOUN.match(folded, found.end())
    return kind if alone or found["noun"] not in actions() else None


def is_noun(words: str) -> bool:
    """Tell whether *words* are such a noun and nothing more: "đơn vị"."""
    return fold_tones(words.lower()) in _nouns()


def asks_for_a_name(words: str) -> bool:
    """Tell whether *words* end in a noun that the next word makes a name of: "Tổ | kiểm tra"."""
    last = fold_tones(words.lower()).split()[-2:]
    return any(" ".join(last[-length:]) in _asking() for length in (1, 2))


@cache
def actions() -> frozenset[str]:
    """Return the words of actions, which some nouns are too: "thanh tra", "bảo vệ"."""
    return frozenset(fold_tones(row["word"]) for row in rows("action_words"))


@cache
def _nouns() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    return {
        fold_tones(row["noun"]): (
            row["kind"],
            tuple(fold_tones(word) for word in row["unless"].split("|") if word),
        )
        for row in rows("body_nouns")
    }


@cache
def _noun() -> re.Pattern[str]:
    nouns = "|".join(re.escape(noun) for noun in sorted(_nouns(), key=len, reverse=True))
    return re.compile(
        rf"(?P<many>(?:các|những|toàn thể|mọi|tất cả(?: các)?)\s+)?(?P<noun>{nouns})(?!\w)"
    )


@cache
def _asking() -> frozenset[str]:
    """Return the nouns that a name follows; "Công đoàn" and posts stand before their verb."""
    return frozenset(fold_tones(row["noun"]) for row in rows("body_nouns") if row["asks"])
