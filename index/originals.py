"""FILES AS THEY CAME IN: kept beside the rows, on the disk before the rows speak of them."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path, PurePath

_DIGITS = 64  # of a sha256


class Originals:
    """The originals (bản gốc) of a library.

    A note in `incoming` says which file is being taken in, so that what a crash leaves behind is
    found and cleared away.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "originals"
        self._incoming = folder / "incoming"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._incoming.mkdir(exist_ok=True)

    def path(self, name: str) -> Path:
        """Return where the original of that name lies."""
        return self._folder / name

    def keep(self, sha256: str, source: str, original: Path | bytes) -> str:
        """Write an original to the disk for good; return the name it is kept under.

        Until `settle` is called it counts as unfinished, unless it lay there before.

        Raises:
            OSError: The disk took no more; nothing is left behind.
        """
        suffix = PurePath(source).suffix.lower()
        name = f"{sha256[:2]}/{sha256}{suffix if suffix.isascii() and len(suffix) < 8 else ''}"  # noqa: PLR2004
        target = self.path(name)
        if self.whole(name):
            return name
        self._note(name).touch()
        target.parent.mkdir(exist_ok=True)
        unfinished = target.with_name(target.name + ".new")
        try:
            with unfinished.open("wb") as out:
                if isinstance(original, bytes):
                    out.write(original)
                else:
                    with original.open("rb") as file:
                        shutil.copyfileobj(file, out)
                out.flush()
                os.fsync(out.fileno())
        except OSError:
            unfinished.unlink(missing_ok=True)
            self.settle(name)
            raise
        unfinished.replace(target)
        _sync_folder(target.parent)
        return name

    def whole(self, name: str) -> bool:
        """Tell whether the original of that name lies there as it came in."""
        try:
            with self.path(name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == PurePath(name).stem
        except FileNotFoundError:
            return False

    def names(self) -> list[str]:
        """Return the names of all that lie there, whoever speaks of them."""
        found = (path for path in self._folder.glob("??/*") if len(path.stem) == _DIGITS)
        return sorted(path.relative_to(self._folder).as_posix() for path in found)

    def doubt(self, name: str) -> None:
        """Note that the rows may soon speak of the file no more."""
        self._note(name).touch()

    def settle(self, name: str) -> None:
        """Note that the rows speak of the file now, or that it is gone."""
        self._note(name).unlink(missing_ok=True)

    def unsettled(self) -> list[str]:
        """Return the names of files whose taking in was broken off."""
        return [note.name.replace("_", "/", 1) for note in self._incoming.iterdir()]

    def remove(self, name: str) -> None:
        """Delete a file for good; one that is not there is no error."""
        target = self.path(name)
        target.unlink(missing_ok=True)
        target.with_name(target.name + ".new").unlink(missing_ok=True)

    def _note(self, name: str) -> Path:
        return self._incoming / name.replace("/", "_", 1)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
