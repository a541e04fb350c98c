"""BYTES -> PARTS: the XML parts of a Word or Excel file, opened safely."""

from __future__ import annotations

import io
import zipfile
from zlib import error as ZlibError  # noqa: N812

from lxml import etree

from ingest.errors import EncryptedFileError, OversizeError, UnreadableFileError

MAX_PART = 100_000_000  # bytes of one XML part, unpacked
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ENCRYPTED = 0x1  # of a ZIP member's flags
_ADVICE = "Hãy mở tệp bằng Word và lưu lại."


class Package:
    """The parts of an Office file (an OPC package), by name.

    Raises:
        UnreadableFileError: The file is cut off or damaged.
    """

    def __init__(self, data: bytes, *, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile as error:
            raise UnreadableFileError(name, "tệp bị cắt cụt hoặc hỏng.", advice=_ADVICE) from error

    def part(self, path: str) -> etree._Element | None:
        """Return the root of the XML part at *path*, or None if there is none.

        Entities are not expanded and nothing is fetched, so that a part cannot grow.

        Raises:
            EncryptedFileError: The part is locked with a password.
            OversizeError: It is larger than `MAX_PART`.
            UnreadableFileError: It is damaged.
        """
        try:
            info = self._zip.getinfo(path)
        except KeyError:
            return None
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedFileError(
                self._name, "tệp được khóa bằng mật khẩu.", advice="Hãy mở khóa rồi lưu lại."
            )
        if info.file_size > MAX_PART:
            raise OversizeError(
                self._name, f"nội dung giải nén lớn hơn {MAX_PART // 1_000_000} MB."
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            content = self._zip.read(info)[: MAX_PART + 1]
            return etree.fromstring(content.replace(_STRICT, _TRANSITIONAL), parser)
        except (zipfile.BadZipFile, EOFError, etree.XMLSyntaxError, ZlibError) as error:
            raise UnreadableFileError(
                self._name, "tệp bị cắt cụt hoặc hỏng.", advice=_ADVICE
            ) from error

    def holds(self, path: str) -> bool:
        """Tell whether there is a part at *path*."""
        return path in self._zip.namelist()
