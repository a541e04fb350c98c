"""ROWS -> WHAT PEOPLE CHECK: the log of corrections, and the findings to be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from index.agency_rows import AgencyRows
from index.records import UnsureRow, finding_json, logged_json

if TYPE_CHECKING:
    from index.corrections import Logged


class CheckRows(AgencyRows):
    """What people have said of documents, and what they should look at, to be read."""

    def log_of(self, files: Iterable[str]) -> list[Logged]:
        """Return the corrections of files, by their sha256, the oldest first."""
        some = list(files)
        marks = ",".join("?" * len(some))
        found = self.database.execute(
            f"SELECT body FROM corrections WHERE sha256 IN ({marks}) ORDER BY number",  # noqa: S608
            some,
        )
        return [logged_json().validate_json(body) for (body,) in found.fetchall()]

    def whole_log(self) -> list[Logged]:
        """Return every correction that was ever made, the oldest first."""
        found = self.database.execute("SELECT body FROM corrections ORDER BY number")
        return [logged_json().validate_json(body) for (body,) in found.fetchall()]

    def unsure(self, *, limit: int, offset: int, **facts: str | int | None) -> list[UnsureRow]:
        """Return findings to be looked at, the least sure first; *facts* are columns' values."""
        where, values = _where(facts)
        found = self.database.execute(
            f"SELECT document, body FROM unsure {where}"  # noqa: S608
            " ORDER BY confidence, document, rowid LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return [UnsureRow(number, finding_json().validate_json(body)) for number, body in found]

    def count_unsure(self, column: str, **facts: str | int | None) -> list[tuple[Any, int]]:
        """Return how many findings are to be looked at, by noun or by document, most first."""
        where, values = _where(facts)
        return self.database.execute(
            f"SELECT {column}, COUNT(*) FROM unsure {where}"  # noqa: S608
            f" GROUP BY {column} ORDER BY COUNT(*) DESC, {column}",
            values,
        ).fetchall()


def _where(facts: dict[str, str | int | None]) -> tuple[str, list[str | int]]:
    asked = {name: value for name, value in facts.items() if value is not None}
    terms = " AND ".join(f"{name} = ?" for name in asked)
    return (f"WHERE {terms}" if terms else "", list(asked.values()))
