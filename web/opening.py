"""FOLDER -> LIBRARY: opens it with the embedding model, or without where there is none."""

from __future__ import annotations

from pathlib import Path

from api.settings import default_library
from index.embeddings import load_encoder
from index.errors import ModelMissingError
from index.library import Library
from web.console import tell


def open_library(folder: Path | None) -> Library:
    """Return the library in *folder*, made where there is none; by default where settings say.

    Without a model it finds by words alone, and says so on stderr.

    Raises:
        LibraryError: It cannot be opened.
    """
    folder = folder or default_library()
    try:
        encoder = load_encoder()
    except ModelMissingError as error:
        tell(str(error))
        return Library(folder)
    return Library(folder, encoder=encoder)
