"""TEXT -> WHETHER IT IS A FORMULA: clauses that every document of a kind has (câu theo mẫu).

They are near-identical everywhere and say nothing of each other, so their lives are not offered.
"""

from __future__ import annotations

from functools import cache

from index.fold import folded_tokens
from ingest.knowledge.tables import rows


def is_formula(text: str) -> bool:
    """Tell whether a clause is one of those in `knowledge/formula_clauses.csv`."""
    words = f" {' '.join(folded_tokens(text))} "
    return any(
        words.startswith(phrase)
        if match == "start"
        else words.endswith(phrase)
        if match == "end"
        else phrase in words
        for phrase, match in _phrases()
    )


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    return tuple(
        (f" {' '.join(folded_tokens(row['phrase']))} ", row["match"])
        for row in rows("formula_clauses")
    )
