"""FOLDER -> LIBRARY: opens it with the embedding model, or without where there is none."""

from __future__ import annotations

from pathlib import Path

from api.settings import default_library
from index.embeddings import load_encoder
from index.errors import ModelMismatchError, ModelMissingError
from index.library import Library
from index.model_files import find_model_folder, fingerprint, wanted_model
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


def check_library(folder: Path) -> None:
    """Open the library in *folder* and let go of it, without loading the model.

    Raises:
        LibraryError: It cannot be opened, or its vectors are of another model.
    """
    with Library(folder) as library:
        made_by = library.status().model
    if made_by is None:
        return
    try:
        at_hand = fingerprint(find_model_folder(wanted_model()))
    except ModelMissingError:
        return  # it is searched by words
    if made_by != at_hand:
        raise ModelMismatchError(folder, made_by, at_hand)
