"""VECTORS -> NEAREST CLAUSES: exact search in memory (faiss). Derived from the rows.

Source: measured on real vectors of the default model: they are so alike that the approximate
indexes lose a sixth of the neighbours and more; half-precision floats lose none.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import faiss
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

KEPT_AS = np.float16  # how a vector is kept in the rows


class VectorIndex:
    """Unit vectors, each of a part of a clause; thread-safe."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        plain = faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        self._index = faiss.IndexIDMap(plain)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, clauses: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Take in one vector a clause id, (n, dimension); a clause may have several."""
        with self._lock:
            self._index.add_with_ids(vectors, np.asarray(clauses, np.int64))

    def remove(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Take out the clauses of ranges [first, stop)."""
        with self._lock:
            for first, stop in ranges:
                self._index.remove_ids(faiss.IDSelectorRange(first, stop))

    def search(
        self, vector: NDArray[np.float32], limit: int, *, within: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return (clause, cosine) of the nearest clauses, nearest first, each once.

        Args:
            vector: A unit vector, (dimension,).
            limit: How many parts of clauses are looked at.
            within: Only these clauses; None: all.
        """
        params = faiss.SearchParameters()
        if within is not None:
            params.sel = faiss.IDSelectorBatch(np.asarray(within, np.int64))
        with self._lock:
            limit = min(limit, len(self))
            if not limit:
                return []
            cosines, clauses = self._index.search(vector[None, :], limit, params=params)
        best: dict[int, float] = {}
        for clause, cosine in zip(clauses[0].tolist(), cosines[0].tolist(), strict=True):
            if clause >= 0:
                best.setdefault(clause, cosine)
        return list(best.items())
