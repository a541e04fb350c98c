"""How quickly, and how surely, the nearest of many vectors are found: ours beside its rivals.

    .venv/bin/python benchmarks/vectors.py --library LIBRARY [--n 1000000] [--questions 100]

The vectors are those of a library, with the model's own; more than it has are normalised mixes of
two passages near each other and a little of a third, as sentences recombined would be. The
questions are passages cut in half, or, with `--asked FILE` (one question a line), real ones.

Printed for each: milliseconds of all processors a question (median), milliseconds that pass
(median and the slowest of twenty), the share of the truly nearest 10 and 100 that it finds, the
bytes a vector, and its cost as a ratio to faiss' plain index. A rival whose building would take
minutes gets the first 50,000 vectors, beside ours over the same.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embeddings import load_encoder
from index.vectors import VectorIndex

Floats = NDArray[np.float32]
Search = Callable[[Floats, int], NDArray[np.int64]]
_SMALL = 50_000
_AT_ONCE = 20_000
_NEAR = 30  # passages
_CLIENTS = (1, 2, 16)


def passages(library: Path, count: int) -> NDArray[np.float16]:
    """Return *count* vectors: a library's, then mixes of them."""
    database = sqlite3.connect(library / "library.sqlite")
    found = database.execute(
        "SELECT v.vector FROM passages p JOIN vectors v ON v.id = p.vector ORDER BY p.id LIMIT ?",
        (count,),
    ).fetchall()
    real = np.frombuffer(b"".join(row[0] for row in found), np.float16)
    real = real.reshape(len(found), -1)
    every = np.empty((count, real.shape[1]), np.float16)
    every[: len(real)] = real
    random = np.random.default_rng(1)
    for first in range(len(real), count, _AT_ONCE):
        every[first : first + _AT_ONCE] = _mixes(real, min(_AT_ONCE, count - first), random)
    return every


def _mixes(real: NDArray[np.float16], count: int, random: np.random.Generator) -> Floats:
    one = random.integers(0, len(real), count)
    near = np.clip(one + random.integers(-_NEAR, _NEAR + 1, count), 0, len(real) - 1)
    third = random.integers(0, len(real), count)
    weights = random.dirichlet([1, 1, 0.3], count).astype(np.float32)
    mixed = sum(
        weights[:, [at]] * real[some].astype(np.float32)
        for at, some in enumerate((one, near, third))
    )
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), np.float32)


def questions(library: Path, asked: Path | None, count: int) -> Floats:
    """Return vectors of questions, as the model makes them."""
    if asked:
        texts = asked.read_text("utf-8").splitlines()[:count]
    else:
        rows = sqlite3.connect(library / "library.sqlite").execute(
            "SELECT text FROM clauses WHERE length(text) BETWEEN 60 AND 400"
            " ORDER BY (id * 7919) % 100003 LIMIT ?",
            (count,),
        )
        texts = [text[: len(text) // 2] for (text,) in rows]
    return load_encoder().encode_queries(texts)


def nearest(every: NDArray[np.float16], asked: Floats, limit: int) -> NDArray[np.float32]:
    """Return the cosines of the *limit* truly nearest, (questions, limit), nearest first."""
    best = np.empty((len(asked), 0), np.float32)
    for first in range(0, len(every), _AT_ONCE):
        cosines = asked @ every[first : first + _AT_ONCE].astype(np.float32).T
        best = -np.partition(-np.hstack([best, cosines]), limit - 1, axis=1)[:, :limit]
    return -np.sort(-best, axis=1)


# The rivals


def rivals(every: NDArray[np.float16]) -> Iterator[tuple[str, float, Search]]:
    """Yield name, bytes a vector, and how to search, of each rival; one is held at a time."""
    size = every.shape[1]
    product = faiss.METRIC_INNER_PRODUCT
    kinds = faiss.ScalarQuantizer
    plain = {
        "faiss IndexFlatIP": (4.0, lambda: faiss.IndexFlatIP(size)),
        "faiss SQ fp16": (2.0, lambda: faiss.IndexScalarQuantizer(size, kinds.QT_fp16, product)),
        "faiss SQ 8 bits": (1.0, lambda: faiss.IndexScalarQuantizer(size, kinds.QT_8bit, product)),
        "faiss SQ 4 bits": (0.5, lambda: faiss.IndexScalarQuantizer(size, kinds.QT_4bit, product)),
    }
    if len(every) <= _SMALL:
        cells = faiss.IndexFlatIP(size)
        plain["faiss IVF 256, 16 cells"] = (4.0, lambda: _cells(cells, size))
        plain["faiss HNSW 32, ef 128"] = (4.7, lambda: _graph(size))
    for name, (weight, make) in plain.items():
        index = make()
        index.train(every[:_AT_ONCE].astype(np.float32))
        for first in range(0, len(every), _AT_ONCE):
            index.add(every[first : first + _AT_ONCE].astype(np.float32))
        yield name, weight * size, lambda vector, limit: index.search(vector[None, :], limit)[1][0]  # noqa: B023


def _cells(cells: faiss.IndexFlatIP, size: int) -> faiss.Index:
    index = faiss.IndexIVFFlat(cells, size, 256, faiss.METRIC_INNER_PRODUCT)
    index.nprobe = 16
    return index


def _graph(size: int) -> faiss.Index:
    index = faiss.IndexHNSWFlat(size, 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efSearch = 128
    return index


def ours(every: NDArray[np.float16], folder: Path) -> VectorIndex:
    """Return our index over *every*, opened from its files."""
    index = VectorIndex(folder, every.shape[1])
    for first in range(0, len(every), _AT_ONCE):
        some = every[first : first + _AT_ONCE]
        index.add(np.arange(first, first + len(some)), some)
        if first % (10 * _AT_ONCE) == 0:
            index.save()
    index.save()
    begun = time.perf_counter()
    opened = VectorIndex(folder, every.shape[1])
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(
        f"\n{len(every):,} vectors in {size / 1e6:,.0f} MB of files,"
        f" opened in {(time.perf_counter() - begun) * 1e3:.0f} ms"
    )
    return opened


# Measure


def measure(
    search: Search, every: NDArray[np.float16], asked: Floats, truth: Floats
) -> list[float]:
    """Return processor ms, median ms, ms of the slowest twentieth, recall at 10 and at 100."""
    for vector in asked[:5]:
        search(vector, 100)
    spent, passed, shares = [], [], []
    for vector, best in zip(asked, truth, strict=True):
        worked, begun = time.process_time(), time.perf_counter()
        found = search(vector, 100)
        passed.append(time.perf_counter() - begun)
        spent.append(time.process_time() - worked)
        cosines = every[found].astype(np.float32) @ vector
        # As near as the last of the truly nearest is as good: equal texts stand many times.
        shares.append([np.mean(cosines[:n] >= best[n - 1] - 1e-5) for n in (10, 100)])
    times = [np.median(spent) * 1e3, *np.percentile(passed, [50, 95]) * 1e3]
    return [*map(float, times), *map(float, np.mean(shares, axis=0))]


def compare(every: NDArray[np.float16], asked: Floats) -> VectorIndex:
    """Print our index and its rivals over the same vectors; return ours."""
    truth = nearest(every, asked, 100)
    with tempfile.TemporaryDirectory(prefix="vectors-") as folder:  # what is mapped stays
        index = ours(every, Path(folder))
    print(f"{'':26}   cpu ms   p50 ms   p95 ms   @10     @100    bytes   ratio")
    rows: list[tuple[str, float, list[float]]] = []
    for name, weight, search in rivals(every):
        rows.append((name, weight, measure(search, every, asked, truth)))
        _show(*rows[-1], rows[0][2][0])
    mine = measure(
        lambda vector, limit: index.snapshot().nearest(vector, limit)[0], every, asked, truth
    )
    _show("ours", 3.0 * every.shape[1], mine, rows[0][2][0])
    return index


def _show(name: str, weight: float, row: list[float], plain: float) -> None:
    spent, median, slow, ten, hundred = row
    print(
        f"{name:26} {spent:8.1f} {median:8.1f} {slow:8.1f}   {ten:.4f}  {hundred:.4f}"
        f"  {weight:6.0f}  {spent / plain:6.2f}",
        flush=True,
    )


def filtered(index: VectorIndex, asked: Floats) -> None:
    """Print what filters cost, of documents of 100 clauses."""
    count = len(index)
    for share in (0.5, 0.1, 0.01):
        random = np.random.default_rng(3)
        within = np.repeat(random.random(count // 100 + 1) < share, 100)[:count]
        spent = []
        for vector in asked:
            worked = time.process_time()
            index.snapshot().nearest(vector, 100, within=within)
            spent.append(time.process_time() - worked)
        print(f"ours, {share:4.0%} pass a filter   {np.median(spent) * 1e3:8.1f} cpu ms")


def crowded(index: VectorIndex, asked: Floats, *, seconds: float = 3.0) -> None:
    """Print how many questions a second are answered to many at once."""
    for clients in _CLIENTS:
        taken: list[float] = []
        until = time.perf_counter() + seconds
        threads = [
            threading.Thread(target=_ask_on, args=(index, asked[at::clients], until, taken))
            for at in range(clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        slow = np.percentile(taken, 95) * 1e3
        print(f"ours, {clients:2} at once: {len(taken) / seconds:6.0f} a second, p95 {slow:.0f} ms")


def _ask_on(index: VectorIndex, asked: Floats, until: float, taken: list[float]) -> None:
    at = 0
    while (begun := time.perf_counter()) < until:
        index.snapshot().nearest(asked[at % len(asked)], 100)
        taken.append(time.perf_counter() - begun)
        at += 1


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--asked", type=Path)
    parser.add_argument("--n", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=100)
    arguments = parser.parse_args()
    asked = questions(arguments.library, arguments.asked, arguments.questions)
    every = passages(arguments.library, arguments.n)
    if arguments.n > _SMALL:
        compare(every[:_SMALL], asked)
    index = compare(every, asked)
    filtered(index, asked[:30])
    crowded(index, asked)


if __name__ == "__main__":
    main()
