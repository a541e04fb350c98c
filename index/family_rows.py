"""ROWS -> FAMILIES: the SQL of clause families, which `index.families` fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from index.connection import Connected

_CHUNK = 900  # of values in one statement


class FamilyRows(Connected):
    """Which clauses say nearly the same: wordings, and the families that they make."""

    def families_of(self, clauses: Iterable[int]) -> dict[int, int]:
        """Return the family of each clause; one that is in none, or not looked at yet, is missing.

        Two clauses of one number say the same but for names, numbers and a few words. The numbers
        are derived and change when families do: compare them within one reading.
        """
        found = self._chunked(
            "SELECT c.clause, w.family FROM worded c JOIN wordings w ON w.id = c.wording"
            " WHERE c.clause IN ({})",
            clauses,
        )
        return dict(found)

    def _chunked(self, statement: str, values: Iterable[int]) -> Iterator[Any]:
        wanted = sorted(set(values))
        for start in range(0, len(wanted), _CHUNK):
            some: Sequence[int] = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(some))
            yield from self.database.execute(statement.format(marks), some)
