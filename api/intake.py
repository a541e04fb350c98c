"""FILES -> LIBRARY: reads each and keeps it; a result for each, and a bad one stops no other."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Literal, Protocol

from index.library import Library
from ingest.errors import DirectiveError, OversizeError, UnreadableFileError
from ingest.readers.archive import Found, iter_files

_LOG = logging.getLogger(__name__)
_DEFECTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_OUR_FAULT = (
    "chương trình gặp lỗi khi đọc tệp này; các tệp khác không bị ảnh hưởng. "
    "Hãy gửi tệp cho người phát triển."
)
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
    """Read files, folders and archives into *library*, one result for each file in them.

    A file that the library holds already is not read again.
    """
    with tempfile.TemporaryDirectory(prefix="sauro-") as folder:
        for found in iter_files(paths):
            yield _take(library, found, key=found.key, folder=Path(folder))
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
            for found in iter_files([path]):
                # The folder is ours and new each time: the name alone is the identity.
                yield _take(library, found, key=found.name, folder=Path(folder))
    library.refresh(anew=False, families=False)  # nobody waits for what others sent long ago
    library.lives.keep_up()


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


def _take(library: Library, found: Found, *, key: str, folder: Path) -> Outcome:
    """Keep one file; *folder* holds it while it is read, for an archive's member has no path."""
    # Reading takes seconds to load, and who only looks things up never needs it.
    from ingest.document import read_document  # noqa: PLC0415

    ending = PurePosixPath(found.name).suffix
    path = folder / ("read" + (ending if ending[1:].isalnum() else ""))
    try:
        data = found.read()
        digest = hashlib.sha256(data).hexdigest()
        if library.holds(digest, key=key):
            return _told(library, digest[:12], found.name, "unchanged")
        _write(path, data)
        added = library.add(read_document(path, name=found.name), data, key=key)
    except DirectiveError as error:
        return _failed(found.name, error)
    except _DEFECTS:
        # Ours, not the file's; yet who brings nine hundred files must not lose the rest to it.
        _LOG.exception("reading %s", found.name)
        return Outcome(name=found.name, result="failed", message=_OUR_FAULT)
    finally:
        path.unlink(missing_ok=True)
    return _told(library, added.id, found.name, added.outcome)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UnreadableFileError(
            path.name,
            f"không ghi được tệp tạm ({error.strerror}).",
            advice="Hãy giải phóng chỗ trống trên đĩa rồi nạp lại.",
        ) from error


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
