"""FOLDER -> LIBRARY: opens it with the embedding model, or without where there is none."""

from __future__ import annotations

import sys
from pathlib import Path

from index.embeddings import load_encoder
from index.errors import ModelMissingError
from index.library import Library


def open_library(folder: Path) -> Library:
    """Return the library in *folder*, made where there is none.

    Without a model it finds by words alone, and says so on stderr.

    Raises:
        LibraryError: It cannot be opened.
    """
    try:
        encoder = load_encoder()
    except ModelMissingError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the warning of a command
        return Library(folder)
    return Library(folder, encoder=encoder)
