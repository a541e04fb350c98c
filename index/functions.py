"""THE WORDS OF A DUTY -> THE FUNCTIONS (lĩnh vực quản lý) THAT IT BELONGS TO.

What became of a body that was split hangs on the function, so a duty has to tell its own.

Source: `knowledge/functions.csv`, row by row.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from ingest.knowledge.tables import rows
from ingest.tones import fold_tones


@lru_cache(maxsize=4096)
def functions_in(words: str) -> tuple[str, ...]:
    """Return the functions that *words* name, in the order of the table; () where none is told."""
    folded = fold_tones(" ".join(words.casefold().split()))
    return tuple(function for function, pattern in _patterns() if pattern.search(folded))


def every_function() -> tuple[str, ...]:
    """Return all functions that the table knows."""
    return tuple(row["function"] for row in rows("functions"))


def uncovered(asked: Collection[str], told: Collection[str]) -> bool:
    """Tell whether some function of *asked* is neither told, nor a part or the whole of one."""
    whole = {row["function"]: row["part_of"] for row in rows("functions")}
    near = {*told, *(whole[function] for function in told)}
    return any(function not in near and whole[function] not in near for function in asked)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["function"], re.compile(rf"(?<!\w)(?:{_any(row['words'])})(?!\w)"))
        for row in rows("functions")
    )


def _any(words: str) -> str:
    return "|".join(re.escape(fold_tones(word)) for word in words.split("|"))
