"""PATHS -> FILES: every file in files, folders and ZIP archives, one at a time."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.errors import EncryptedFileError, OversizeError, UnreadableFileError
from ingest.readers.file import MAX_BYTES, find_format, read_bytes

MAX_MEMBERS = 20_000  # of one archive
MAX_UNPACKED = 4_000_000_000  # bytes of all members of one archive
MAX_RATIO = 200  # unpacked to packed: text reaches 10, a bomb 1,000
MAX_DEPTH = 2  # archives within archives
_SMALL = 10_000_000  # bytes: a member so small may be packed as tightly as it likes
_ENCRYPTED = 0x1  # flags of a member
_UTF8 = 0x800
_HEAD = 4_096
_JUNK = ("~$", "__MACOSX")  # what Office and macOS leave beside documents
_JUNK_NAMES = frozenset(["thumbs.db", "desktop.ini"])


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found; `read` returns its bytes or raises `UnreadableFileError`."""

    name: str  # for people: "ke_hoach.docx", "luu_tru.zip/2025/ke_hoach.docx"
    key: str  # the same each time the file is found, and no other's
    read: Callable[[], bytes]


def iter_files(paths: Iterable[Path]) -> Iterator[Found]:
    """Yield the files at *paths*, in folders and archives too, sorted by name.

    What cannot be opened is yielded as a file that raises when it is read, so that the others go
    on. Hidden files and what Office and macOS leave behind are skipped; links to folders above
    are not followed.
    """
    for path in paths:
        yield from _at(path, seen=())


def _at(path: Path, *, seen: Sequence[Path]) -> Iterator[Found]:
    try:
        real = path.resolve(strict=True)
        if path.is_dir():
            if real not in seen:
                for inner in sorted(path.iterdir()):
                    if not _is_junk(inner.name):
                        yield from _at(inner, seen=(*seen, real))
            return
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        yield _broken(path.name, str(path), _system_error(path.name, error))
        return
    key = real.as_posix()
    if head.startswith(b"PK") and _is_archive(path):
        yield from _open_archive(path, name=path.name, key=key)
    else:
        yield Found(path.name, key, lambda: read_bytes(path))


def _is_junk(name: str) -> bool:
    return name.startswith((".", *_JUNK)) or name.lower() in _JUNK_NAMES


def _system_error(name: str, error: OSError) -> UnreadableFileError:
    if isinstance(error, PermissionError):
        return UnreadableFileError(
            name, "không có quyền đọc.", advice="Hãy kiểm tra quyền truy cập của tệp hoặc thư mục."
        )
    if isinstance(error, FileNotFoundError):
        return UnreadableFileError(name, "không có tệp hoặc thư mục này.")
    return UnreadableFileError(name, f"hệ thống không đọc được ({os.strerror(error.errno or 0)}).")


def _broken(name: str, key: str, error: UnreadableFileError) -> Found:
    def read() -> bytes:
        raise error

    return Found(name, key, read)


def _is_archive(path: Path) -> bool:
    """Tell an archive from an Office file, which is a ZIP too."""
    try:
        return find_format(path.read_bytes()) == "zip"
    except OSError:
        return False


def _open_archive(
    source: Path | io.BytesIO, *, name: str, key: str, depth: int = 1
) -> Iterator[Found]:
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError):
        reason = "tệp nén bị cắt cụt hoặc hỏng."
        yield _broken(name, key, UnreadableFileError(name, reason, advice="Hãy tải lại."))
        return
    members = [info for info in archive.infolist() if not info.is_dir()]
    if error := _too_large(members, name):
        yield _broken(name, key, error)
        return
    for info in sorted(members, key=lambda info: info.filename):
        inner = _member_name(info)
        if not any(_is_junk(part) for part in PurePosixPath(inner).parts if part != ".."):
            yield from _member(archive, info, f"{name}/{inner}", f"{key}!{inner}", depth)


def _too_large(members: Sequence[zipfile.ZipInfo], name: str) -> OversizeError | None:
    if len(members) > MAX_MEMBERS:
        return OversizeError(name, f"tệp nén có hơn {MAX_MEMBERS:,} tệp.")
    if sum(info.file_size for info in members) > MAX_UNPACKED:
        return OversizeError(name, f"tệp nén bung ra hơn {MAX_UNPACKED // 1_000_000_000} GB.")
    return None


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; old Windows programs write it in a code page of their own."""
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode("cp437", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1258", errors="replace")


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, key: str, depth: int
) -> Iterator[Found]:
    def read() -> bytes:
        return _read_member(archive, info, name)

    if not info.filename.lower().endswith(".zip"):
        yield Found(name, key, read)
        return
    try:
        if depth >= MAX_DEPTH:
            reason = f"tệp nén lồng nhau quá {MAX_DEPTH} lớp."
            raise OversizeError(name, reason, advice="Hãy giải nén rồi nạp thư mục.")
        data = read()
    except UnreadableFileError as error:
        yield _broken(name, key, error)
        return
    yield from _open_archive(io.BytesIO(data), name=name, key=key, depth=depth + 1)


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise UnreadableFileError(name, "đường dẫn trong tệp nén trỏ ra ngoài tệp nén.")
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedFileError(
            name, "tệp được khóa bằng mật khẩu.", advice="Hãy giải nén bằng mật khẩu rồi nạp."
        )
    if info.file_size > min(MAX_BYTES, max(_SMALL, MAX_RATIO * info.compress_size)):
        raise OversizeError(name, "tệp bung ra quá lớn so với khi nén, có thể là tệp phá hoại.")
    try:
        with archive.open(info) as member:
            data = member.read(info.file_size + 1)  # the size that was declared, not more
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise UnreadableFileError(name, "tệp trong tệp nén bị hỏng.") from error
    if len(data) > info.file_size:
        raise OversizeError(name, "tệp bung ra lớn hơn kích thước đã khai.")
    return data
