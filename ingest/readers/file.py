"""FILE -> SHEET: picks the reader by what the file holds, not by what its name says."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath

from ingest.errors import (
    EmptyFileError,
    EncryptedFileError,
    OversizeError,
    UnknownFormatError,
    UnreadableFileError,
)
from ingest.model import Caution, Sheet
from ingest.readers.html import read_html, read_mhtml
from ingest.readers.office import read_doc, read_rtf
from ingest.readers.pdf import read_pdf
from ingest.readers.text import read_text
from ingest.readers.word import read_word
from ingest.readers.workbook import read_workbook

MAX_BYTES = 200_000_000  # of one file; a scanned volume of 2,000 pages has fewer
_HEAD = 4_096  # bytes that show what a file is
_READERS: Mapping[str, Callable[..., Sheet]] = {
    "text": read_text,
    "html": read_html,
    "mhtml": read_mhtml,
    "docx": read_word,
    "doc": read_doc,
    "rtf": read_rtf,
    "xlsx": read_workbook,
    "pdf": read_pdf,
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: Mapping[bytes, str] = {  # what a file of another kind begins with
    b"{\\rtf": "rtf",
    b"\x89PNG\r\n": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"II*\0": "image",
    b"MM\0*": "image",
    b"BM": "image",
    b"Rar!": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gz",
    b"MZ": "exe",
    b"\x7fELF": "exe",
}
_IN_ZIP: Mapping[str, str] = {  # the part that tells an Office file from an archive
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
    "content.xml": "odt",
}
_IN_OLE: Mapping[str, str] = {  # streams of old Office files
    "EncryptedPackage": "encrypted",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
}
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s|<table[\s>]|<div[\s>]", re.I
)
_MHTML = re.compile(
    rb"^(?:[\w-]+:[^\n]*\n)*?(?:MIME-Version|Content-Type):\s*(?:1\.0|multipart)", re.I
)
_NAMES: Mapping[str, str] = {
    "text": "văn bản thuần",
    "html": "trang web (HTML)",
    "mhtml": "trang web (MHTML)",
    "docx": "Word (.docx)",
    "pdf": "PDF",
    "doc": "Word 97–2003 (.doc)",
    "rtf": "RTF",
    "ole": "tệp Office cũ không rõ loại",
    "xlsx": "Excel (.xlsx)",
    "xls": "Excel 97–2003 (.xls)",
    "pptx": "PowerPoint",
    "ppt": "PowerPoint 97–2003",
    "odt": "OpenDocument",
    "image": "ảnh",
    "zip": "tệp nén ZIP",
    "rar": "tệp nén RAR",
    "7z": "tệp nén 7z",
    "gz": "tệp nén GZ",
    "exe": "chương trình máy tính",
}
_ADVICE: Mapping[str, str] = {
    "image": "Ảnh chụp cần nhận dạng chữ, bản này chưa làm; hãy dùng tệp gốc .docx hoặc .pdf.",
    "zip": "Hãy nạp tệp nén bằng lệnh ingest.",
    "rar": "Hãy giải nén rồi nạp thư mục.",
    "7z": "Hãy giải nén rồi nạp thư mục.",
    "gz": "Hãy giải nén rồi nạp thư mục.",
    "exe": "Không nạp chương trình máy tính.",
}
_OTHERWISE = "Hãy lưu lại dưới dạng .docx hoặc .pdf."
_EXTENSIONS: Mapping[str, tuple[str, ...]] = {
    "text": (".txt", ".text", ".md", ".markdown", ".log", ".csv", ""),
    "html": (".html", ".htm", ".xhtml", ".shtml", ".aspx", ".asp", ".php"),
    "mhtml": (".mht", ".mhtml", ".eml"),
    "docx": (".docx", ".docm", ".dotx"),
    "doc": (".doc", ".dot"),
    "rtf": (".rtf", ".doc"),
    "xlsx": (".xlsx", ".xlsm"),
    "pdf": (".pdf",),
}


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
        UnknownFormatError: It is of no format that we read.
        UnreadableFileError: Or another of its kinds, when no document can be had from it.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise EmptyFileError(name, "tệp rỗng.", advice="Hãy kiểm tra lại tệp gốc.")
    kind = find_format(data)
    if kind == "encrypted":
        raise EncryptedFileError(
            name, "tệp được khóa bằng mật khẩu.", advice="Hãy mở khóa rồi lưu lại."
        )
    if kind not in _READERS:
        raise UnknownFormatError(
            name,
            f"đây là {_NAMES[kind]}, chưa đọc được.",
            advice=_ADVICE.get(kind, _OTHERWISE),
        )
    sheet = _READERS[kind](data, name=name)
    if PurePath(name).suffix.lower() in _EXTENSIONS[kind]:
        return sheet
    return replace(sheet, warnings=(*sheet.warnings, _mislabelled(name, kind)))


def _mislabelled(name: str, kind: str) -> Caution:
    return Caution(
        code="mislabelled-file",
        message=f"Tên tệp là “{name}” nhưng nội dung là {_NAMES[kind]}; đã đọc theo nội dung.",
    )


def find_format(data: bytes) -> str:
    """Return what *data* is, by its first bytes: "text", "html", "docx", "zip", and so on."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    if head.startswith(_OLE):
        return _in_ole(data)
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    plain = head.replace(b"\0", b"")
    if _MHTML.match(plain):
        return "mhtml"
    return "html" if _HTML.search(plain) else "text"


def _in_zip(data: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except zipfile.BadZipFile:  # cut off: the first member still tells
        names = {name for name in _IN_ZIP if name.encode() in data}
        names |= {"word/document.xml"} if b"[Content_Types].xml" in data[:_HEAD] else set()
    return next((kind for part, kind in _IN_ZIP.items() if part in names), "zip")


def _in_ole(data: bytes) -> str:
    for stream, kind in _IN_OLE.items():
        if stream.encode("utf-16-le") in data:
            return kind
    return "ole"
