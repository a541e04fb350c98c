"""ARGUMENTS -> MEASURES: how well the library finds, on rows and queries that are given."""

from __future__ import annotations

import argparse
import json

from index.embeddings import load_encoder
from index.errors import ModelMissingError
from index.retrieval_bench import bench_retrieval
from ingest.errors import UnreadableFileError
from web.console import tell


def retrieval(arguments: argparse.Namespace) -> int:
    """Print the scores of the real pipeline on a corpus of rows.

    Raises:
        UnreadableFileError: A file is missing or is not JSON lines of the form asked for.
    """
    try:
        encoder = load_encoder()
    except ModelMissingError as error:
        tell(str(error))
        encoder = None
    try:
        scores = bench_retrieval(arguments.corpus, arguments.queries, encoder=encoder)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise UnreadableFileError(
            f"{arguments.corpus}, {arguments.queries}",
            f"không đọc được dữ liệu đo ({error}).",
            advice="Mỗi dòng là một JSON: {id, title, text} và {id, text, relevant}.",
        ) from error
    print(json.dumps(scores, ensure_ascii=False, indent=None if arguments.json else 1))  # noqa: T201
    return 0
