"""ROWS <-> FAMILIES: the SQL of clause families, which `index.families` fills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from index.connection import Connected
from index.schema import FAMILIES

_CHUNK = 900  # of values in one statement
_WORDING = "SELECT id, hash, component, family, words FROM wordings"
_LIVE = "FROM worded o JOIN wordings w ON w.id = o.wording JOIN clauses c ON c.id = o.clause"


class Wording(NamedTuple):
    """The words that one clause or many have, folded; `hash` orders them whoever came first."""

    id: int
    hash: int
    component: int  # of wordings that verified pairs join, however far apart the ends are
    family: int  # the wording that leads those which say nearly the same
    words: str  # a sign for each


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

    def count_others(self, family: int, numbers: Iterable[int], most: int) -> int:
        """Return how many documents beside some have a clause of a family; *most* at most."""
        beside = sorted(numbers)
        marks = ",".join("?" * len(beside))
        found = self.database.execute(
            f"SELECT COUNT(*) FROM (SELECT DISTINCT c.document {_LIVE}"  # noqa: S608
            f" WHERE w.family = ? AND c.document NOT IN ({marks}) LIMIT ?)",
            (family, *beside, most),
        )
        return int(found.fetchone()[0])

    def copies_of(self, number: int) -> list[int]:
        """Return the other documents of the same number, issuer and date as one."""
        found = self.database.execute(
            "SELECT b.number FROM documents a JOIN documents b ON b.code_key = a.code_key"
            " WHERE a.number = ? AND b.number != a.number AND b.replaced_by IS NULL"
            " AND json_extract(b.metadata, '$.issuer') = json_extract(a.metadata, '$.issuer')"
            " AND json_extract(b.metadata, '$.issued_on') = json_extract(a.metadata, '$.issued_on')"
            " ORDER BY b.number",
            (number,),
        )
        return [copy for (copy,) in found]

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
        found = self._chunked(_WORDING + " WHERE id IN ({})", ids)
        return {row[0]: Wording(*row) for row in found}

    def wordings_by_hash(self, hashes: Iterable[int]) -> dict[int, int]:
        """Return the ids of the wordings that are known, by hash."""
        return dict(self._chunked("SELECT hash, id FROM wordings WHERE hash IN ({})", hashes))

    def component(self, component: int) -> list[Wording]:
        """Return the wordings of a component, in the order of their hashes."""
        found = self.database.execute(_WORDING + " WHERE component = ? ORDER BY hash", (component,))
        return [Wording(*row) for row in found]

    def leaders(self, component: int) -> list[Wording]:
        """Return the wordings that lead the families of a component, in the same order."""
        found = self.database.execute(
            _WORDING + " WHERE component = ? AND family = id ORDER BY hash", (component,)
        )
        return [Wording(*row) for row in found]

    def count_wordings(self) -> int:
        """Return how many wordings there are; it looks at all of them."""
        return int(self.database.execute("SELECT COUNT(*) FROM wordings").fetchone()[0])

    def texts_of(self, number: int) -> list[tuple[int, str, str]]:
        """Return (clause, kind, text) of a document's clauses."""
        return self.database.execute(
            "SELECT id, kind, text FROM clauses WHERE document = ?", (number,)
        ).fetchall()

    def count_clauses_since(self, generation: int) -> int:
        """Return how many clauses the documents have that came after *generation*."""
        found = self.database.execute(
            "SELECT COALESCE(SUM(clauses), 0) FROM documents"
            " WHERE generation > ? AND replaced_by IS NULL",
            (generation,),
        )
        return int(found.fetchone()[0])

    # Write

    def insert_wordings(self, words: Mapping[int, str]) -> dict[int, int]:
        """Write new wordings, words by hash, each by itself; return their ids by hash."""
        last = self.database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'wordings'")
        [first] = last.fetchone() or (0,)
        ids = dict(zip(words, range(first + 1, first + 1 + len(words)), strict=True))
        self.database.executemany(
            "INSERT INTO wordings (id, hash, component, family, words) VALUES (?1, ?2, ?1, ?1, ?3)",
            ((ids[hash_], hash_, words[hash_]) for hash_ in words),
        )
        return ids

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
        unused = " AND NOT EXISTS (SELECT 1 FROM worded WHERE worded.wording = wordings.id)"
        gone = [
            Wording(*row) for row in self._chunked(_WORDING + " WHERE id IN ({})" + unused, left)
        ]
        self.database.executemany("DELETE FROM wordings WHERE id = ?", ((w.id,) for w in gone))
        return gone

    def clear_families(self) -> None:
        """Forget all families and how they were kept: they are to be made anew."""
        for table in ("worded", "wordings"):
            self.database.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in FAMILIES.strip().split(";\n"):
            self.database.execute(statement)

    def _chunked(self, statement: str, values: Iterable[int]) -> list[Any]:
        wanted = sorted(set(values))
        found: list[Any] = []
        for start in range(0, len(wanted), _CHUNK):
            some = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(some))
            found += self.database.execute(statement.format(marks), some).fetchall()
        return found
