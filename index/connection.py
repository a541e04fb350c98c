"""FOLDER -> DATABASE: one connection a thread, and what SQLite's errors mean."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.codes import object_of, subject_of
from index.errors import LibraryAccessError, LibraryDamagedError, LibraryFullError
from index.schema import TABLES, UPGRADES, VERSION
from index.sketches import FUNCTIONS

_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE")


class Connected:
    """The database of a library; many threads and programs may read, a connection each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "library.sqlite"
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        with self.plainly():
            self._prepare()

    def _prepare(self) -> None:
        database = self.database
        if self._version() == VERSION:
            return
        database.execute("BEGIN IMMEDIATE")
        try:
            for version in range(self._version(), VERSION):  # another may have done it meanwhile
                for statement in (TABLES if version == 0 else UPGRADES[version]).split(";"):
                    database.execute(statement)
            database.execute(f"PRAGMA user_version={VERSION}")
            database.execute("COMMIT")
        except BaseException:
            database.execute("ROLLBACK")
            raise

    def _version(self) -> int:
        found = int(self.database.execute("PRAGMA user_version").fetchone()[0])
        if not 0 <= found <= VERSION:
            raise LibraryDamagedError(self._folder, f"phiên bản dữ liệu {found} không được hỗ trợ")
        return found

    @property
    def database(self) -> sqlite3.Connection:
        """This thread's connection."""
        database: sqlite3.Connection | None = getattr(self._local, "database", None)
        if database is None:
            database = sqlite3.connect(
                self._path, timeout=30, isolation_level=None, check_same_thread=False
            )
            database.create_function("subject_key", 1, subject_of, deterministic=True)
            database.create_function("object_key", 1, object_of, deterministic=True)
            for name, function in FUNCTIONS.items():
                database.create_function(name, 1, function, deterministic=True)
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=FULL")
            self._local.database = database
            with self._guard:
                self._open.append(database)
        return database

    def close(self) -> None:
        """Close every connection."""
        with self._guard:
            for database in self._open:
                database.close()
            self._open.clear()
        self._local = threading.local()

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """Say what SQLite's errors mean to the person at the desk."""
        try:
            yield
        except sqlite3.OperationalError as error:
            name = getattr(error, "sqlite_errorname", "")
            if name.startswith(_FULL):
                raise LibraryFullError(self._folder) from error
            raise LibraryAccessError(self._folder, str(error)) from error
        except sqlite3.DatabaseError as error:
            raise LibraryDamagedError(self._folder, str(error)) from error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the library throughout."""
        with self.plainly():
            database = self.database
            if database.in_transaction:
                yield
                return
            database.execute("BEGIN")
            try:
                yield
            finally:
                database.execute("ROLLBACK")

    # Meta

    def meta(self, name: str) -> str | None:
        """Return a remembered value, or None."""
        row = self.database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    @property
    def generation(self) -> int:
        """How many times a document came or went: the indexes compare theirs with it."""
        return int(self.meta("generation") or 0)

    def bound(self, key: str) -> str | None:
        """Return the id of the document under *key*."""
        found = self.database.execute(
            "SELECT document FROM source_keys WHERE source_key = ?", (key,)
        ).fetchone()
        return found[0] if found else None

    def keys_of(self, document: str) -> list[str]:
        """Return every key that leads to a document."""
        found = self.database.execute(
            "SELECT source_key FROM source_keys WHERE document = ?", (document,)
        )
        return [key for (key,) in found]
