"""PROGRAM -> EDITION: which rules and tables read a document, so that others can be read again."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import ingest

_READ_WITH = {".py", ".csv"}
_READERS = ("pdfplumber", "spacy", "underthesea")  # what they read decides with ours


@cache
def edition() -> str:
    """Return what changes when anything does that reading depends on: "3f0c9a51e2b7"."""
    seen = blake2b(digest_size=6)
    folder = Path(ingest.__file__ or "").parent
    for file in sorted(folder.rglob("*")):
        if file.suffix in _READ_WITH:
            seen.update(f"{file.relative_to(folder)}\0".encode())
            seen.update(file.read_bytes())
    for name in _READERS:
        seen.update(_version(name).encode())
    return seen.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
