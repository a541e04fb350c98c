"""ROWS -> NUMBERS THAT ARE KNOWN: of documents held and of documents only cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from index.connection import Connected
from index.records import metadata_json, reference_json

_MOST = 50  # numbers that are looked at from one beginning


class KnownNumber(NamedTuple):
    """A number that the library knows."""

    key: str
    held: bool
    times: int  # that it is mentioned; of a held document those that cite it are not counted


def known_like(store: Connected, patterns: Iterable[str]) -> list[KnownNumber]:
    """Return the numbers whose keys are like a pattern: held ones first, then the most cited.

    Args:
        store: The rows.
        patterns: Of keys that begin with a number: "465-kh-ubnd", "465-%kh-%".
    """
    found: dict[str, KnownNumber] = {}
    for pattern in patterns:
        first = pattern.split("%", 1)[0]
        values = (first, f"{first}\U0010ffff", pattern, _MOST)
        for table, held in (("documents", True), ("citations", False)):
            live = " AND replaced_by IS NULL" if held else ""
            rows = store.database.execute(
                f"SELECT code_key, COUNT(*) FROM {table}"  # noqa: S608
                f" WHERE code_key >= ? AND code_key < ? AND code_key LIKE ?{live}"
                " GROUP BY code_key LIMIT ?",
                values,
            )
            for key, count in rows.fetchall():
                found.setdefault(key, KnownNumber(key, held, count))
    return sorted(found.values(), key=lambda known: (not known.held, -known.times, known.key))


def printed(store: Connected, key: str) -> str:
    """Return the number of that key as it is printed."""
    row = store.database.execute(
        "SELECT metadata FROM documents WHERE code_key = ? AND replaced_by IS NULL LIMIT 1", (key,)
    ).fetchone()
    if row:
        return metadata_json().validate_json(row[0]).code or key
    row = store.database.execute(
        "SELECT body FROM citations WHERE code_key = ? LIMIT 1", (key,)
    ).fetchone()
    if row is None:
        return key
    reference = reference_json().validate_json(row[0])
    return reference.code or reference.resolved or key
