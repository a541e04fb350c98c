"""VERB -> RESULT: what each verb of the command does, once its arguments are read."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from api.forms import to_json
from api.intake import Outcome, take_in
from api.settings import default_library
from index.errors import EmptyQueryError
from index.library import Library
from index.replies import Filters, Reply
from ingest.document import read_document
from ingest.errors import DirectiveError, UnreadableFileError
from web import printing
from web.demo import sample_corpus
from web.opening import open_library
from web.register import write_register
from web.serving import serve_library


class UnwritableFileError(DirectiveError):
    """A result cannot be written where it was asked for."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: không ghi được ({reason}). Hãy chọn nơi khác.")


def analyze(arguments: argparse.Namespace) -> int:
    """Read one file and print what it says; touches no library."""
    document = read_document(arguments.file)
    _put([to_json(document, indent=1)] if arguments.json else printing.document_lines(document))
    return 0


def ingest(arguments: argparse.Namespace) -> int:
    """Take files, folders and archives into the library; 1 when some could not be."""
    with _library(arguments) as library:
        outcomes = read_into(library, arguments.paths)
    counts = Counter(outcome.result for outcome in outcomes)
    summary = (
        f"Đã nạp {counts['added']} văn bản mới, thay {counts['replaced']} bản cũ, "
        f"{counts['unchanged']} đã có từ trước, {counts['failed']} không nạp được."
    )
    _put([summary])
    return 1 if counts["failed"] or not outcomes else 0


def read_into(library: Library, paths: Iterable[Path]) -> list[Outcome]:
    """Take files in with a progress bar; name each that fails on stderr."""
    outcomes = []
    with tqdm(desc="Đang nạp", unit=" tệp", file=sys.stderr, dynamic_ncols=True) as bar:
        for outcome in take_in(library, paths):
            outcomes.append(outcome)
            if outcome.result == "failed":
                bar.write(f"Không nạp được {outcome.name}: {outcome.message}", file=sys.stderr)
            bar.set_postfix_str(outcome.name[-40:], refresh=False)
            bar.update()
    if not outcomes:
        tell("Không thấy tệp nào để nạp.")
    return outcomes


def ask(arguments: argparse.Namespace) -> int:
    """Answer one question, or every line of a file."""
    with _library(arguments) as library:
        if arguments.batch is None:
            reply = library.ask(arguments.question, limit=arguments.limit)
            _put_reply(reply, as_json=arguments.json)
            return 0
        return _ask_all(library, arguments)


def _ask_all(library: Library, arguments: argparse.Namespace) -> int:
    failed = 0
    for number, line in enumerate(_lines_of(arguments.batch), 1):
        try:
            reply = library.ask(line.strip(), limit=arguments.limit)
        except EmptyQueryError as error:
            # One line out for each line in, or the reader loses count.
            reply = Reply(question=line, intent="find", total=0, degraded=None, answers=())
            tell(f"Dòng {number}: {error}")
            failed += 1
        _put_reply(reply, as_json=arguments.json)
    return 1 if failed else 0


def _lines_of(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise UnreadableFileError(path, f"không đọc được ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(path, "không phải văn bản UTF-8.") from error


def search(arguments: argparse.Namespace) -> int:
    """Find clauses and tasks by words and filters."""
    filters = Filters(
        agency=arguments.agency,
        role=arguments.role,
        doc_type=arguments.type,
        level=arguments.level,
        year=arguments.year,
        place=arguments.place,
        due_before=arguments.due_before,
    )
    with _library(arguments) as library:
        results = library.search(arguments.words, filters=filters, limit=arguments.limit)
    _put([to_json(results)] if arguments.json else printing.result_lines(results))
    return 0


def duties(arguments: argparse.Namespace) -> int:
    """Tell every task of a body, and write the register where one is asked for."""
    with _library(arguments) as library:
        found = library.duties(arguments.agency, now=arguments.now)
    if arguments.xlsx is not None:
        _save(arguments.xlsx, write_register(found))
        tell(f"Đã ghi {found.total} nhiệm vụ vào {arguments.xlsx}.")
    _put([to_json(found)] if arguments.json else printing.duty_lines(found))
    return 0


def _save(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UnwritableFileError(path, error.strerror or str(error)) from error


def cite(arguments: argparse.Namespace) -> int:
    """Tell what a document cites and what cites it."""
    with _library(arguments) as library:
        found = library.cite(arguments.query)
    _put([to_json(found)] if arguments.json else printing.citation_lines(found))
    return 0


def serve(arguments: argparse.Namespace) -> int:
    """Serve pages and API until stopped."""
    with _library(arguments) as library:
        serve_library(library, arguments.host, arguments.port)
    return 0


def demo(arguments: argparse.Namespace) -> int:
    """Read the sample corpus where that was not done yet, serve it and open a browser."""
    tell(f"Thư viện mẫu: {arguments.library}")
    with open_library(arguments.library) as library:
        read_into(library, [sample_corpus()])
        serve_library(library, arguments.host, arguments.port, show=True)
    return 0


def _library(arguments: argparse.Namespace) -> Library:
    return open_library(arguments.library or default_library())


def _put_reply(reply: Reply, *, as_json: bool) -> None:
    _put([to_json(reply)] if as_json else [*printing.reply_lines(reply), ""])


def tell(words: str) -> None:
    """Say something to the person, not to what reads the results."""
    sys.stderr.write(words + "\n")


def _put(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
