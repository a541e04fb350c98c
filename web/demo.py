"""SAMPLE CORPUS -> RUNNING PAGES: what `sauro demo` shows to somebody new."""

from __future__ import annotations

import argparse
from pathlib import Path

from web.console import tell
from web.opening import open_library
from web.reading import read_into
from web.serving import serve_library

_PACKAGE = Path(__file__).parent


def sample_corpus() -> Path:
    """Return the folder of sample documents.

    It lies beside the packages in the repository, and inside `web` in a wheel.

    Raises:
        FileNotFoundError: The program was taken apart.
    """
    for folder in (_PACKAGE / "corpus" / "documents", _PACKAGE.parent / "corpus" / "documents"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(_PACKAGE / "corpus" / "documents")


def demo(arguments: argparse.Namespace) -> int:
    """Read the sample corpus where that was not done yet, serve it and open a browser."""
    tell(f"Thư viện mẫu: {arguments.library}")
    with open_library(arguments.library) as library:
        read_into(library, [sample_corpus()])
        serve_library(library, arguments.host, arguments.port, show=True)
    return 0
