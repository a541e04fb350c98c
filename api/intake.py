"""FILES -> LIBRARY: reads each and keeps it; a result for each, and a bad one stops no other."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Literal, Protocol

from index.library import Library
from ingest.document import read_document
from ingest.errors import DirectiveError, OversizeError, UnreadableFileError
from ingest.readers.file import read_bytes

_CHUNK = 1 << 20
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file."""

    name: str  # "archive.zip/sub/2027_KH_12.docx"
    result: Literal["added", "unchanged", "replaced", "failed"]
    document: str | None = None  # id in the library
    code: str | None = None
    title: str | None = None
    message: str | None = None  # why it failed and what to do, in Vietnamese


class Upload(Protocol):
    """A file that came over the network."""

    @property
    def filename(self) -> str | None:
        """What the sender calls it."""

    @property
    def file(self) -> IO[bytes]:
        """Its bytes."""


def take_in(library: Library, paths: Iterable[Path]) -> Iterator[Outcome]:
    """Read files, folders and archives into *library*, one result for each document in them.

    A file that the library holds already is not read again.
    """
    for path in _walk(paths):
        yield _take(library, path, name=path.name, key=str(path.resolve()))
    library.refresh()


def take_uploads(library: Library, uploads: Sequence[Upload], *, limit: int) -> Iterator[Outcome]:
    """Read uploaded files into *library*.

    Args:
        library: Where they go.
        uploads: The name of each is its identity: the same name again is a newer version.
        limit: The largest file taken, in bytes.
    """
    with tempfile.TemporaryDirectory(prefix="sauro-") as folder:
        for number, upload in enumerate(uploads):
            name = bare_name(upload.filename or "")
            path = Path(folder, str(number), name)
            path.parent.mkdir()
            try:
                _store(upload.file, path, limit=limit)
            except OversizeError as error:
                yield _failed(name, error)
                continue
            yield _take(library, path, name=name, key=name)
    library.refresh()


def bare_name(claimed: str) -> str:
    """Return the file name in what a client calls its file, without any folder."""
    name = PurePosixPath(PureWindowsPath(claimed.replace("\0", "")).name).name
    return name if name not in {"", ".", ".."} else "van-ban"


def _store(source: IO[bytes], path: Path, *, limit: int) -> None:
    taken = 0
    with path.open("wb") as target:
        while chunk := source.read(_CHUNK):
            taken += len(chunk)
            if taken > limit:
                raise OversizeError(
                    path.name,
                    f"tệp lớn hơn {limit / _MEGABYTE:g} MB.",
                    advice="Hãy tách tệp thành nhiều phần.",
                )
            target.write(chunk)


def _walk(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from _walk(sorted(path.iterdir()))
        else:
            yield path


def _take(library: Library, path: Path, *, name: str, key: str) -> Outcome:
    try:
        digest = hashlib.sha256(read_bytes(path)).hexdigest()
        if library.holds(digest, key=key):
            return _told(library, digest[:12], name, "unchanged")
        added = library.add(read_document(path, name=name), path, key=key)
    except DirectiveError as error:
        return _failed(name, error)
    return _told(library, added.id, name, added.outcome)


def _told(
    library: Library, document: str, name: str, result: Literal["added", "unchanged", "replaced"]
) -> Outcome:
    metadata = library.entry(document).metadata
    return Outcome(
        name=name, result=result, document=document, code=metadata.code, title=metadata.title
    )


def _failed(name: str, error: DirectiveError) -> Outcome:
    if isinstance(error, UnreadableFileError):
        return Outcome(name=name, result="failed", message=f"{error.reason} {error.advice}".strip())
    return Outcome(name=name, result="failed", message=str(error))
