"""LIBRARY -> WHAT PEOPLE CHECK: the verbs that review, carry corrections over, and read again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from tqdm import tqdm

from api.forms import to_json
from index.corrections import Logged
from index.gold import export_gold
from index.library import Library
from ingest.errors import UnreadableFileError
from web import printing
from web.console import put, tell
from web.opening import open_library

_LOG = "corrections.jsonl"
_LINE = TypeAdapter(Logged)


def review(arguments: argparse.Namespace) -> int:
    """Print what a person should look at, the least sure first."""
    with open_library(arguments.library) as library:
        found = library.review.unsure(
            document=arguments.document, noun=arguments.kind, limit=arguments.limit
        )
    put([to_json(found)] if arguments.json else printing.review_lines(found))
    return 0


def corrections(arguments: argparse.Namespace) -> int:
    """Print the log of corrections, or take it to or from another machine."""
    with open_library(arguments.library) as library:
        if arguments.export:
            _export(library, arguments.export)
        elif arguments.take:
            lines = _read_log(arguments.take)
            put([f"Có {len(lines)} lần sửa, thêm mới {library.review.take_in(lines)}."])
        else:
            log = library.review.log()
            names = {entry.id: entry.source for entry in library.documents()}
            put(map(to_json, log) if arguments.json else printing.log_lines(log, names))
    return 0


def _export(library: Library, folder: Path) -> None:
    try:
        done = export_gold(library, folder)
        log = library.review.log()
        text = "".join(_LINE.dump_json(line).decode() + "\n" for line in log)
        (folder / _LOG).write_text(text, "utf-8")
    except OSError as error:
        raise UnreadableFileError(
            str(folder),
            f"không ghi được ({error.strerror}).",
            advice="Hãy chọn thư mục khác.",
        ) from error
    put([f"Đã ghi {len(done)} văn bản soát xong và {len(log)} lần sửa vào {folder}."])


def _read_log(path: Path) -> list[Logged]:
    file = path / _LOG if path.is_dir() else path
    try:
        lines = file.read_text("utf-8").splitlines()
        return [_LINE.validate_json(line) for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise UnreadableFileError(
            str(file),
            "không đọc được các lần sửa.",
            advice="Tệp này do “sauro corrections --export” ghi ra, mỗi dòng một lần sửa.",
        ) from error


def reread(arguments: argparse.Namespace) -> int:
    """Read again what an older edition of the program has read; 1 when some could not be."""
    failed = done = 0
    with open_library(arguments.library) as library:
        with tqdm(
            desc="Đang đọc lại",
            unit=" văn bản",
            total=library.outdated(),
            file=sys.stderr,
            dynamic_ncols=True,
            mininterval=0.1 if sys.stderr.isatty() else 10,
        ) as bar:
            for result in library.reread():
                bar.update()
                done += result.failed is None
                failed += result.failed is not None
                if result.failed:
                    bar.write(f"Giữ bản đọc cũ của {result.source}: {result.failed}", sys.stderr)
        stale = sum(
            event.state == "stale"
            for entry in library.documents()
            for event in library.review.checked(entry.id).history
        )
    put([f"Đã đọc lại {done} văn bản, {failed} văn bản giữ bản đọc cũ."])
    if stale:
        tell(f"Có {stale} lần sửa không còn khớp với văn bản; xem ở trang “Cần soát”.")
    return 1 if failed else 0
