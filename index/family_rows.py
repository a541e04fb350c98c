"""ROWS <-> FAMILIES: the SQL of clause families, which `index.families` fills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from index.connection import Connected

_CHUNK = 900  # of values in one statement
_LIVE = "FROM worded o JOIN wordings w ON w.id = o.wording JOIN clauses c ON c.id = o.clause"


class Wording(NamedTuple):
    """The words that one clause or many have, folded; `hash` orders them whoever came first."""

    id: int
    hash: int
    component: int  # of wordings that verified pairs join, however far apart the ends are
    family: int  # the wording that leads those which say nearly the same


class FamilyRows(Connected):
    """Which clauses say nearly the same: wordings, and the families that they make."""

    # Read

    def families_of(self, clauses: Iterable[int]) -> dict[int, int]:
        """Return the family of each clause; one that is in none, or not looked at yet, is missing.

        Two clauses of one number say the same but for names, numbers and a few words. The numbers
        are derived and change when families do: compare them within one reading.
        """
        found = self._chunked(
            "SELECT o.clause, w.family FROM worded o JOIN wordings w ON w.id = o.wording"
            " WHERE o.clause IN ({})",
            clauses,
        )
        return dict(found)

    def clauses_of_family(self, family: int) -> list[tuple[int, int]]:
        """Return (clause, wording) of the members of a family that are held, in no order."""
        return self.database.execute(
            f"SELECT o.clause, o.wording {_LIVE} WHERE w.family = ?",
            (family,),
        ).fetchall()

    def count_others(self, family: int, number: int, most: int) -> int:
        """Return how many documents beside one have a clause of a family; *most* at most."""
        found = self.database.execute(
            f"SELECT COUNT(*) FROM (SELECT DISTINCT c.document {_LIVE}"  # noqa: S608
            " WHERE w.family = ? AND c.document != ? LIMIT ?)",
            (family, number, most),
        )
        return int(found.fetchone()[0])

    def documents_sharing(self, number: int) -> list[tuple[int, int]]:
        """Return (document, families) of those that share families with a document, most first."""
        return self.database.execute(
            f"SELECT c.document, COUNT(DISTINCT w.family) AS shared {_LIVE}"
            f" WHERE w.family IN (SELECT w.family {_LIVE} WHERE c.document = ?)"
            " AND c.document != ? GROUP BY c.document ORDER BY shared DESC, c.document",
            (number, number),
        ).fetchall()

    def wordings(self, ids: Iterable[int]) -> dict[int, Wording]:
        """Return wordings by their ids; those that have gone are not in it."""
        statement = "SELECT id, hash, component, family FROM wordings WHERE id IN ({})"
        return {row[0]: Wording(*row) for row in self._chunked(statement, ids)}

    def wordings_by_hash(self, hashes: Iterable[int]) -> dict[int, int]:
        """Return the ids of the wordings that are known, by hash."""
        return dict(self._chunked("SELECT hash, id FROM wordings WHERE hash IN ({})", hashes))

    def component(self, component: int) -> list[Wording]:
        """Return the wordings of a component, in the order of their hashes."""
        found = self.database.execute(
            "SELECT id, hash, component, family FROM wordings WHERE component = ? ORDER BY hash",
            (component,),
        )
        return [Wording(*row) for row in found]

    def leaders(self, component: int) -> list[Wording]:
        """Return the wordings that lead the families of a component, in the same order."""
        found = self.database.execute(
            "SELECT id, hash, component, family FROM wordings WHERE id IN"
            " (SELECT DISTINCT family FROM wordings WHERE component = ?) ORDER BY hash",
            (component,),
        )
        return [Wording(*row) for row in found]

    def text_of(self, wording: int) -> str | None:
        """Return the text of a clause that has a wording; None: no clause has it any more."""
        found = self.database.execute(
            "SELECT c.text FROM worded o JOIN clauses c ON c.id = o.clause"
            " WHERE o.wording = ? LIMIT 1",
            (wording,),
        ).fetchone()
        return found[0] if found else None

    def count_wordings(self) -> int:
        """Return how many wordings there are."""
        return int(self.database.execute("SELECT COUNT(*) FROM wordings").fetchone()[0])

    # Write

    def insert_wordings(self, hashes: Sequence[int]) -> dict[int, int]:
        """Write new wordings, each by itself; return their ids by hash."""
        for hash_ in hashes:
            written = self.database.execute(
                "INSERT INTO wordings (hash, component, family) VALUES (?, 0, 0)", (hash_,)
            )
            self.database.execute(
                "UPDATE wordings SET component = id, family = id WHERE id = ?",
                (written.lastrowid,),
            )
        return self.wordings_by_hash(hashes)

    def word_clauses(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Write which (clause, wording) belong together."""
        self.database.executemany("INSERT OR REPLACE INTO worded VALUES (?,?)", pairs)

    def set_families(self, found: Mapping[int, tuple[int, int]]) -> None:
        """Write the component and the family of wordings."""
        self.database.executemany(
            "UPDATE wordings SET component = ?, family = ? WHERE id = ?",
            ((component, family, wording) for wording, (component, family) in found.items()),
        )

    def unword(self, ranges: Iterable[tuple[int, int]]) -> list[Wording]:
        """Delete clauses by ranges [first, stop); return the wordings that no clause has now."""
        left: set[int] = set()
        for first, stop in ranges:
            found = self.database.execute(
                "DELETE FROM worded WHERE clause >= ? AND clause < ? RETURNING wording",
                (first, stop),
            )
            left.update(wording for (wording,) in found.fetchall())
        still = {
            wording
            for (wording,) in self._chunked(
                "SELECT DISTINCT wording FROM worded WHERE wording IN ({})", left
            )
        }
        gone = list(self.wordings(left - still).values())
        self.database.executemany("DELETE FROM wordings WHERE id = ?", ((w.id,) for w in gone))
        return gone

    def clear_families(self) -> None:
        """Delete all families: they are to be made anew."""
        self.database.execute("DELETE FROM worded")
        self.database.execute("DELETE FROM wordings")

    def _chunked(self, statement: str, values: Iterable[int]) -> list[Any]:
        wanted = sorted(set(values))
        found: list[Any] = []
        for start in range(0, len(wanted), _CHUNK):
            some = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(some))
            found += self.database.execute(statement.format(marks), some).fetchall()
        return found
