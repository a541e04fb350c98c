"""TEXTS -> VECTORS: a plain sentence-transformers model, run without loading the library.

Most models of the library are a BERT encoder whose token states are averaged, or the first of
them taken. Those run here on OpenVINO: the library takes some six seconds to import, which is
too long before an answer; the vectors are the same (tests/test_embeddings.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.openvino_bert import Batch, Floats, OpenVinoBert, UnsupportedModelError
from index.sentence_folder import Description

BATCH_TOKENS = 2000  # of a padded batch; measured: larger ones are slower, smaller no quicker


class QuickModel:
    """A BERT encoder with its tokenizer and pooling; may be used from several threads."""

    def __init__(self, folder: Path, description: Description) -> None:
        """Load the model in *folder*.

        Raises:
            UnsupportedModelError: It needs the library itself.
            OSError: It cannot be read.
        """
        if description.pooling is None:
            raise UnsupportedModelError(f"{folder}: more than pooling and normalising")
        self._pooling = description.pooling
        with ThreadPoolExecutor(1) as pool:  # half a second each, and they wait on other things
            compiled = pool.submit(OpenVinoBert, folder)
            self._tokenizer = load_tokenizer(folder)
            self._bert = compiled.result()
        self.longest = min(description.longest or self._bert.longest, self._bert.longest)
        self._tokenizer.enable_truncation(self.longest)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._bert.dimension

    @property
    def special_tokens(self) -> int:
        """How many tokens every text gets besides its own."""
        return int(self._tokenizer.num_special_tokens_to_add(is_pair=False))

    def count_tokens(self, words: Sequence[str]) -> list[int]:
        """Return how many tokens each of *words* is."""
        encodings = self._tokenizer.encode_batch_fast(list(words), add_special_tokens=False)
        return [len(encoding) for encoding in encodings]

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vector of each text, of any length: shape (texts, dimension).

        Batches are of texts about equally long, so that little padding is computed.
        """
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        groups = _group_by_length([len(ids) for ids in tokens])
        batches = [_pad([tokens[text] for text in group]) for group in groups]
        vectors = np.empty((len(texts), self.dimension), np.float32)

        def keep(number: int, states: Floats) -> None:
            vectors[groups[number]] = self._pool(states, batches[number].mask)

        self._bert.run(batches, keep)
        return vectors

    def _pool(self, states: Floats, mask: Floats) -> Floats:
        if self._pooling == "cls":
            return states[:, 0]
        total = (mask[:, None, :] @ states)[:, 0]
        mean: Floats = total / mask.sum(axis=1, keepdims=True)
        return mean


def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of the model in *folder*, which neither cuts nor pads.

    Raises:
        UnsupportedModelError: The model has none of the fast kind.
    """
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise UnsupportedModelError(f"{path}: no such file")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _group_by_length(lengths: Sequence[int]) -> list[NDArray[np.intp]]:
    """Return the numbers of the texts in groups of `BATCH_TOKENS`, the longest texts first."""
    order = np.argsort(-np.asarray(lengths, np.intp), kind="stable")
    groups = []
    start = 0
    while start < len(order):
        size = max(1, BATCH_TOKENS // lengths[order[start]])
        groups.append(order[start : start + size])
        start += size
    return groups


def _pad(tokens: Sequence[Sequence[int]]) -> Batch:
    shape = len(tokens), max(map(len, tokens))
    batch = Batch(np.zeros(shape, np.int64), np.zeros(shape, np.float32))
    for row, ids in enumerate(tokens):
        batch.ids[row, : len(ids)] = ids
        batch.mask[row, : len(ids)] = 1
    return batch
