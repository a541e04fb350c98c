"""QUESTION -> PRINTED ANSWER: the verbs that ask a library (ask, search, duties, cite)."""

from __future__ import annotations

import argparse
from pathlib import Path

from api.forms import to_json
from api.settings import read_settings
from index.duty_replies import DutyView
from index.errors import EmptyQueryError
from index.library import Library
from index.replies import Filters, Fixed, Reply
from ingest.errors import DirectiveError, UnreadableFileError
from web import printing
from web.console import put, tell
from web.opening import open_library


class UnwritableFileError(DirectiveError):
    """A result cannot be written where it was asked for."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: không ghi được ({reason}). Hãy chọn nơi khác.")


def ask(arguments: argparse.Namespace) -> int:
    """Answer one question, or every line of a file."""
    with open_library(arguments.library) as library:
        if arguments.batch is None:
            reply = library.ask(arguments.question, limit=arguments.limit, fixed=_fixed(arguments))
            _put_reply(reply, arguments)
            return 0
        return _ask_all(library, arguments)


def _ask_all(library: Library, arguments: argparse.Namespace) -> int:
    failed = 0
    fixed = _fixed(arguments)
    for number, line in enumerate(_lines_of(arguments.batch), 1):
        try:
            reply = library.ask(line.strip(), limit=arguments.limit, fixed=fixed)
        except EmptyQueryError as error:
            # One line out for each line in, or the reader loses count.
            reply = Reply(question=line, intent="find", total=0, degraded=None, answers=())
            tell(f"Dòng {number}: {error}")
            failed += 1
        _put_reply(reply, arguments)
    return 1 if failed else 0


def _fixed(arguments: argparse.Namespace) -> Fixed:
    """Return what the person has settled of how questions are read."""
    return Fixed(
        intent=arguments.intent,
        time=arguments.time,
        literal=arguments.literal,
        home=arguments.home or read_settings().home,
    )


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
    with open_library(arguments.library) as library:
        results = library.search(arguments.words, filters=filters, limit=arguments.limit)
    put([to_json(results)] if arguments.json else printing.result_lines(results, now=arguments.now))
    return 0


def duties(arguments: argparse.Namespace) -> int:
    """Tell every task of a body, and write the register where one is asked for."""
    view = DutyView(
        role=arguments.role,
        doc_type=arguments.type,
        year=arguments.year,
        due=arguments.due,
        sort=arguments.sort,
    )
    with open_library(arguments.library) as library:
        found = library.duties(arguments.agency, now=arguments.now, view=view)
    if arguments.xlsx is not None:
        from web.register import write_register  # noqa: PLC0415 - heavy, and seldom wanted

        save(arguments.xlsx, write_register(found))
        tell(f"Đã ghi {found.shown} nhiệm vụ vào {arguments.xlsx}.")
    put([to_json(found)] if arguments.json else printing.duty_lines(found))
    return 0


def save(path: Path, data: bytes) -> None:
    """Write a file that was asked for.

    Raises:
        UnwritableFileError: It cannot be written there.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UnwritableFileError(path, error.strerror or str(error)) from error


def cite(arguments: argparse.Namespace) -> int:
    """Tell what a document cites and what cites it."""
    with open_library(arguments.library) as library:
        found = library.tracing.cite(
            arguments.query, relation=arguments.relation, limit=arguments.limit
        )
    put([to_json(found)] if arguments.json else printing.citation_lines(found))
    return 0


def _put_reply(reply: Reply, arguments: argparse.Namespace) -> None:
    lines = printing.reply_lines(reply, now=arguments.now)
    put([to_json(reply)] if arguments.json else [*lines, ""])
