"""ORIGINALS -> LIBRARY: builds again what was lost or damaged of a library.

The indexes come from the rows. Where the rows are lost or damaged, they are put aside, never
deleted, and come from the originals, read again one by one, with the names, the keys and the
corrections that the journal beside the originals has, or that can still be read from the damaged
rows. Broken off anywhere, the next time goes on: an original that no row speaks of is read.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedded import FOLDERS
from index.errors import LibraryFullError
from index.journal import Came, journal_of, write_journal
from index.library import Library
from index.lock import WriteLock
from index.originals import Originals
from index.records import logged_json
from index.store import Store
from ingest.errors import DirectiveError, UnreadableFileError

if TYPE_CHECKING:
    from index.corrections import Logged
    from index.upkeep import Encoder

_ROWS = "library.sqlite"
_BESIDE = ("", "-wal", "-shm")
_DERIVED = (*FOLDERS, "families")


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What is wrong with a library, before anything is done."""

    rows: str | None = None  # why they cannot be used; None: they can
    aside: Path | None = None  # where damaged rows lie now
    unread: int = 0  # originals that will be read
    unnamed: int = 0  # of them, whose name and place of origin nothing tells
    corrections: int = 0  # that are known


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What became of one original."""

    name: str
    failed: str | None = None


@dataclass(slots=True)
class Rebuilding:
    """The rebuilding of one library: `damage` first, then each of `documents`, then `indexes`."""

    folder: Path
    encoder: Encoder | None = None
    _lines: list[Came | Logged] = field(default_factory=list)

    def damage(self) -> Damage:
        """Put aside what cannot be used, and tell what is to be done.

        Raises:
            LibraryBusyError: Another program writes to it.
            LibraryFullError: The disk took no more.
        """
        with WriteLock(self.folder).held():
            why = rows_trouble(self.folder)
            aside = self._put_aside() if why else None
            for name in _DERIVED:
                shutil.rmtree(self.folder / name, ignore_errors=True)
        self._lines = journal_of(self.folder)
        unread = self._unread()
        named = {line.original for line in self._lines if isinstance(line, Came)}
        return Damage(
            rows=why,
            aside=aside,
            unread=len(unread),
            unnamed=len([came for came in unread if came.original not in named]),
            corrections=sum(not isinstance(line, Came) for line in self._lines),
        )

    def _put_aside(self) -> Path | None:
        now = f"{dt.datetime.now():%Y%m%d-%H%M%S}"  # noqa: DTZ005 - for the person at this desk
        aside = self.folder / f"{_ROWS}.damaged-{now}"
        for ending in _BESIDE:
            rows = self.folder / f"{_ROWS}{ending}"
            if rows.exists():
                rows.rename(f"{aside}{ending}")
        originals = Originals(self.folder)
        for name in originals.unsettled():  # nothing tells now which of them had been taken in
            originals.settle(name)
        if not journal_of(self.folder) and aside.exists():
            try:
                write_journal(self.folder, readable(aside))
            except OSError as error:
                raise LibraryFullError(self.folder) from error
        return aside if aside.exists() else None

    def _unread(self) -> list[Came]:
        """Return what no document speaks of, in the order in which it came."""
        with Library(self.folder) as library:
            lost = library.unheld()
        came = [line for line in self._lines if isinstance(line, Came) and line.original in lost]
        named = {line.original for line in came}
        bare = (Came(original=at, name=Path(at).name, key=Path(at).name) for at in lost)
        return [*came, *(line for line in bare if line.original not in named)]

    def documents(self) -> Iterator[Restored]:
        """Read what is to be read; one result for each original and place that it came from."""
        unread = self._unread()
        if not unread:
            return
        with Library(self.folder, encoder=self.encoder) as library:
            library.review.take_in(line for line in self._lines if not isinstance(line, Came))
            for came in unread:
                yield _restore(library, Originals(self.folder), came)

    def indexes(self) -> None:
        """Build every index anew, and the journal."""
        store = Store(self.folder)
        with WriteLock(self.folder).held(), store.writing():
            store.set_meta("families made by", "")  # what they were made of is looked at again
            store.set_meta("families", "0")
        store.close()
        with Library(self.folder, encoder=self.encoder) as library:
            library.refresh()
            library.keep_journal()


def _restore(library: Library, originals: Originals, came: Came) -> Restored:
    # Reading takes seconds to load, and who only builds indexes never needs it.
    from ingest.document import read_document  # noqa: PLC0415

    path = originals.path(came.original)
    try:
        if not originals.whole(came.original):
            raise UnreadableFileError(
                came.name, "tệp gốc không còn như khi nạp.", advice="Hãy nạp lại từ nguồn."
            )
        document = read_document(path, name=came.name)
        library.add(document, path, key=came.key)
    except DirectiveError as error:
        return Restored(name=came.name, failed=str(error))
    return Restored(name=came.name)


def rows_trouble(folder: Path) -> str | None:
    """Return why the rows of a library cannot be used; None: they can, or nothing was lost."""
    rows = folder / _ROWS
    if not rows.exists() or not rows.stat().st_size:
        return f"không còn tệp {_ROWS}" if Originals(folder).names() else None
    try:
        with closing(sqlite3.connect(rows, timeout=30)) as database:
            found = database.execute("PRAGMA quick_check(1)").fetchone()[0]
            held = database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'documents'")
            if found == "ok" and held.fetchone():
                return None
            return f"tệp {_ROWS} bị hỏng ({found})"
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            return None
        return f"tệp {_ROWS} bị hỏng ({error})"
    except sqlite3.DatabaseError as error:
        return f"tệp {_ROWS} bị hỏng ({error})"


def readable(rows: Path) -> list[Came | Logged]:
    """Return what can still be read from damaged rows: how files were called, and corrections."""
    found: list[Came | Logged] = []
    with closing(sqlite3.connect(f"file:{rows}?mode=ro", uri=True)) as database:
        said = _each(database, "SELECT original, name, source_key FROM documents ORDER BY number")
        found += [Came(original=at, name=name, key=key) for at, name, key in said]
        log = _each(database, "SELECT body FROM corrections ORDER BY number")
        for (body,) in log:
            with suppress(ValueError):
                found.append(logged_json().validate_json(body))
    return found


def _each(database: sqlite3.Connection, statement: str) -> Iterable[tuple[str, ...]]:
    """Yield rows until one cannot be read."""
    with suppress(sqlite3.DatabaseError, TypeError):
        yield from database.execute(statement)
