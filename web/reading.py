"""FILES -> PRINTED DOCUMENT, OR LIBRARY: the verbs that read (analyze, ingest)."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from api.forms import to_json
from api.intake import Outcome, take_in
from index.library import Library
from ingest.document import read_document
from ingest.readers.archive import iter_files
from web import printing
from web.console import put, tell
from web.opening import open_library


def analyze(arguments: argparse.Namespace) -> int:
    """Read one file and print what it says; a library is only asked for corrections, if named."""
    document = read_document(arguments.file)
    if arguments.library:
        with Library(arguments.library) as library:
            document = library.review.corrected(document).document
    put([to_json(document, indent=1)] if arguments.json else printing.document_lines(document))
    return 0


def ingest(arguments: argparse.Namespace) -> int:
    """Take files, folders and archives into the library; 1 when some could not be."""
    with open_library(arguments.library) as library:
        outcomes = read_into(library, arguments.paths)
    counts = Counter(outcome.result for outcome in outcomes)
    summary = (
        f"Đã nạp {counts['added']} văn bản mới, thay {counts['replaced']} bản cũ, "
        f"{counts['unchanged']} đã có từ trước, {counts['failed']} không nạp được."
    )
    put([summary])
    return 1 if counts["failed"] or not outcomes else 0


def read_into(library: Library, paths: Sequence[Path]) -> list[Outcome]:
    """Take files in with a progress bar; name each that fails on stderr."""
    total = sum(1 for _ in iter_files(paths))
    outcomes = []
    with tqdm(
        desc="Đang nạp",
        unit=" tệp",
        total=total,
        file=sys.stderr,
        dynamic_ncols=True,
        mininterval=0.1 if sys.stderr.isatty() else 10,  # a log needs no film of it
    ) as bar:
        for outcome in take_in(library, paths):
            outcomes.append(outcome)
            if outcome.result == "failed":
                bar.write(f"Không nạp được {outcome.name}: {outcome.message}", file=sys.stderr)
            bar.update()
    if not outcomes:
        tell("Không thấy tệp nào để nạp.")
    return outcomes
