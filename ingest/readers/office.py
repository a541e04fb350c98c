"""OLD OFFICE FILE -> SHEET: Word 97–2003 (.doc) and RTF, by way of LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from ingest.errors import UnknownFormatError, UnreadableFileError
from ingest.model import Sheet
from ingest.readers.word import read_word

PROGRAM = "soffice"
_SECONDS = 120  # a file of 200 pages takes 20
_FILTERS = {"doc": "MS Word 97", "rtf": "Rich Text Format"}  # else it reads any bytes as text
_NAMES = {"doc": "Word 97–2003 (.doc)", "rtf": "RTF"}


def _read(data: bytes, *, name: str, kind: Literal["doc", "rtf"]) -> Sheet:
    """Read an old Office file as the .docx that LibreOffice makes of it.

    Raises:
        UnknownFormatError: There is no LibreOffice on this machine.
        UnreadableFileError: LibreOffice cannot open it, or not in time.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise UnknownFormatError(
            name,
            f"đây là {_NAMES[kind]}, cần LibreOffice để đọc mà máy này chưa có.",
            advice="Hãy cài gói libreoffice-writer, hoặc lưu lại dưới dạng .docx.",
        )
    with TemporaryDirectory(prefix="sauro-") as folder:
        source = Path(folder) / f"van_ban.{kind}"
        source.write_bytes(data)
        _convert(program, source, name=name)
        made = source.with_suffix(".docx")
        if not made.exists():
            raise UnreadableFileError(
                name, "LibreOffice không mở được tệp.", advice="Hãy kiểm tra lại tệp gốc."
            )
        return replace(read_word(made.read_bytes(), name=name), format=kind)


def _convert(program: str, source: Path, *, name: str) -> None:
    """Have *source* written as .docx beside it; a profile of its own lets several run at once."""
    folder = source.parent
    command = [
        program, "--headless", "--norestore", "--nolockcheck",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        f"--infilter={_FILTERS[source.suffix[1:]]}", "--convert-to", "docx",
        "--outdir", str(folder), str(source),
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(
            name,
            f"LibreOffice không đọc xong tệp trong {_SECONDS} giây.",
            advice="Hãy lưu lại dưới dạng .docx.",
        ) from error
    finally:
        with suppress(ProcessLookupError):  # what it started itself ends with it
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


read_doc = partial(_read, kind="doc")
read_rtf = partial(_read, kind="rtf")
