"""ROWS OF BODIES: those that came since, without counting what all of them do."""

from __future__ import annotations

from index.connection import Connected


class AgencyRows(Connected):
    """The bodies of a library, to be read."""

    def agencies_after(self, agency: int) -> list[tuple[int, str]]:
        """Return (id, name) of the bodies that came after *agency*, in the order they came."""
        return self.database.execute(
            "SELECT id, name FROM agencies WHERE id > ? ORDER BY id", (agency,)
        ).fetchall()

    def removals(self) -> int:
        """Return the generation at which clauses last went; 0: none ever did."""
        found = self.database.execute("SELECT COALESCE(MAX(generation), 0) FROM removed")
        return int(found.fetchone()[0])
