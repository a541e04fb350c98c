"""SAMPLE CORPUS -> RUNNING PAGES: what `sauro demo` shows to somebody new."""

from __future__ import annotations

from pathlib import Path

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
