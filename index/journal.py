"""WHAT THE ROWS ALONE KNOW -> LINES: kept a second time beside the originals, should rows be lost.

What a file was called, where it came from, and what people have corrected cannot be read from the
originals. A line is on the disk before the rows say the same; so there may be one too many, never
one too few.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.records import logged_json

if TYPE_CHECKING:
    from index.corrections import Logged
    from index.store import Store


_NAME = "originals.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A file that was taken in, or came again from elsewhere."""

    original: str  # "3f/3f0c….docx", as it lies in `originals`
    name: str
    key: str


class Journal:
    """The lines of one library; only who holds its lock writes them."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder = folder
        self._path = folder / _NAME
        self._store = store

    def came(self, original: str, *, name: str, key: str) -> None:
        """Note that a file came.

        Raises:
            OSError: The disk took no more.
        """
        self._append([Came(original=original, name=name, key=key)])

    def corrected(self, lines: Iterable[Logged]) -> None:
        """Note what people have corrected.

        Raises:
            OSError: The disk took no more.
        """
        self._append(list(lines))

    def _append(self, lines: Sequence[Came | Logged]) -> None:
        if self.missing:
            self.write()
        with self._path.open("a", encoding="utf-8") as file:
            # The break stands before each: one that was broken off spoils none that follows.
            file.writelines(f"\n{_line(said)}" for said in lines)
            file.flush()
            os.fsync(file.fileno())

    @property
    def missing(self) -> bool:
        """Whether there are no lines, as in a library of an older edition."""
        return not self._path.exists()

    def write(self) -> None:
        """Write anew what the rows say; what has gone from them leaves no line.

        Raises:
            OSError: The disk took no more; the lines are as they were.
        """
        with self._store.reading():
            arrivals = self._store.arrivals()
            corrections = self._store.whole_log()
        came = [Came(original=at, name=name, key=key) for at, name, key in arrivals]
        write_journal(self._folder, [*came, *corrections])


def journal_of(folder: Path) -> list[Came | Logged]:
    """Return the lines of a library in order; what was broken off or damaged is left out."""
    try:
        text = (folder / _NAME).read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return []
    return [said for line in text.split("\n") if (said := _said(line))]


def write_journal(folder: Path, lines: Iterable[Came | Logged]) -> None:
    """Make *lines* the journal of a library.

    Raises:
        OSError: The disk took no more; the lines are as they were.
    """
    beside = folder / f"{_NAME}.new"
    with beside.open("w", encoding="utf-8") as file:
        file.write("\n".join(map(_line, lines)))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / _NAME)


def _said(line: str) -> Came | Logged | None:
    try:
        said = json.loads(line)
        if "correction" in said:
            return logged_json().validate_json(json.dumps(said["correction"]))
        return Came(original=said["original"], name=said["name"], key=said["key"])
    except (ValueError, KeyError, TypeError):
        return None


def _line(said: Came | Logged) -> str:
    if isinstance(said, Came):
        return json.dumps(asdict(said), ensure_ascii=False)
    return f'{{"correction": {logged_json().dump_json(said).decode()}}}'
