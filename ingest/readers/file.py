"""FILE -> SHEET: picks the reader by what the file holds, not by what its name says."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import EmptyFileError, OversizeError, UnreadableFileError
from ingest.model import Sheet
from ingest.readers.text import read_text

MAX_BYTES = 200_000_000  # of one file; a scanned volume of 2,000 pages has fewer


def read_sheet(path: Path) -> Sheet:
    """Read the file at *path*.

    Raises:
        UnreadableFileError: Or one of its kinds, when no document can be had from it.
    """
    return read_data(read_bytes(path), name=path.name)


def read_bytes(path: Path) -> bytes:
    """Return what the file at *path* holds.

    Raises:
        OversizeError: It is larger than `MAX_BYTES`.
        UnreadableFileError: The system does not let it be read.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise OversizeError(
                path.name,
                f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB.",
                advice="Hãy tách tệp thành nhiều phần.",
            )
        return path.read_bytes()
    except PermissionError as error:
        raise UnreadableFileError(
            path.name, "không có quyền đọc tệp.", advice="Hãy kiểm tra quyền truy cập."
        ) from error
    except OSError as error:
        raise UnreadableFileError(
            path.name, f"hệ thống không đọc được tệp ({error.strerror})."
        ) from error


def read_data(data: bytes, *, name: str) -> Sheet:
    """Read a file that is in memory; *name* is for messages and says what it claims to be.

    Raises:
        UnreadableFileError: Or one of its kinds, when no document can be had from it.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise EmptyFileError(name, "tệp rỗng.", advice="Hãy kiểm tra lại tệp gốc.")
    return read_text(data, name=name)
