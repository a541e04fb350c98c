"""TEXTS -> UNIT VECTORS: embed passages and questions, so that meaning can be compared.

The model is one of sentence-transformers; `index.model_files` finds it. A plain BERT encoder
runs without the library being loaded, anything else through it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissingError
from index.model_files import find_model_folder, fingerprint, wanted_model
from index.parts import split_to_fit
from index.sentence_folder import Description, describe_folder

Floats = NDArray[np.float32]


class Model(Protocol):
    """What turns texts into vectors, prompts being put before them already."""

    longest: int  # tokens, special ones included

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def special_tokens(self) -> int:
        """How many tokens every text gets besides its own."""

    def count_tokens(self, words: Sequence[str]) -> list[int]:
        """Return how many tokens each of *words* is."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vector of each text, of any length: shape (texts, dimension)."""


class Encoder:
    """Embeds passages and questions; may be used from several threads.

    Attributes:
        name: The model as it was asked for: "multilingual-e5-small".
        fingerprint: 16 hexadecimal digits, others for any other model. Vectors of different
            fingerprints must not be compared.
        dimension: The length of a vector.
    """

    def __init__(self, name: str, fingerprint: str, model: Model, description: Description) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = model.dimension
        self._model = model
        self._description = description
        prompt = sum(model.count_tokens([description.passage_prompt]))
        self._room = model.longest - model.special_tokens - prompt

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Embed texts that are looked for; one that stands twice is computed once.

        Args:
            texts: Each is cut after what the model takes: see `parts`.

        Returns:
            Rows of unit length, in the order of *texts*: shape (texts, dimension).
        """
        return self._encode(texts, self._description.passage_prompt)

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Embed questions; otherwise as `encode_passages`."""
        return self._encode(texts, self._description.query_prompt)

    def parts(self, text: str) -> list[tuple[int, int]]:
        """Return the ranges of characters that a long *text* is to be embedded in.

        Returns:
            Half-open ranges, ascending, that cover all but white space; one range for a text
            that fits, [] for a blank one.
        """
        return split_to_fit(text, limit=self._room, count_tokens=self._model.count_tokens)

    def _encode(self, texts: Sequence[str], prompt: str) -> Floats:
        plain = [prompt + _one_line(text) for text in texts]
        rows = {text: row for row, text in enumerate(dict.fromkeys(plain))}
        if not rows:
            return np.empty((0, self.dimension), np.float32)
        vectors = self._model.encode(list(rows))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors[[rows[text] for text in plain]]


def load_encoder(model: str | Path | None = None) -> Encoder:
    """Load the embedding model, building the default one first if it is not there yet.

    Args:
        model: A folder of sentence-transformers, a name on the hub, or "none"; by default what
            the variable `SAURO_MODEL` says, else multilingual-e5-small.

    Raises:
        ModelMissingError: It cannot be had, or none is wanted; its words are for the user.
    """
    name = wanted_model(model)
    folder = find_model_folder(name)
    try:
        description = describe_folder(folder)
        return Encoder(name, fingerprint(folder), _load(folder, description), description)
    except (OSError, ValueError) as error:
        raise ModelMissingError(name, f"tệp mô hình trong {folder} hỏng hoặc thiếu") from error


def text_key(text: str) -> str:
    """Return a key by which a vector can be kept: texts of one key have one vector.

    32 hexadecimal digits; texts that differ in white space alone have the same. To be used
    together with the encoder's fingerprint, and for passages only.
    """
    return hashlib.blake2b(_one_line(text).encode(), digest_size=16).hexdigest()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _load(folder: Path, description: Description) -> Model:
    # Both are loaded only when needed: the first takes a third of a second, the second six.
    from index.openvino_bert import UnsupportedModelError  # noqa: PLC0415
    from index.quick_model import QuickModel  # noqa: PLC0415

    try:
        return QuickModel(folder, description)
    except UnsupportedModelError:
        from index.sentence_model import SentenceModel  # noqa: PLC0415

        return SentenceModel(folder)
