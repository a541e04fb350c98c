"""Families of clauses: what is found and what it costs, against all with all and a rival.

Run: .venv/bin/python benchmarks/families.py [--library DIR …] [--sizes 10000,100000] [--keep DIR]

Without --library the sample corpus is read. Three parts, in one run:

1. On real clauses: near-identical pairs by comparing all with all; how many of them share a band
   and how many end in one component; the same by datasketch, where it is installed (it is no part
   of the program), with as many hashes over the same words and pairs.
2. On pairs that a person has judged (`family_pairs.csv`: is one a version of the other?): what the
   threshold keeps and loses, within a document and across documents. Half of life is across.
3. Grown to each size by recombining sentences and changing names and numbers: seconds, bytes, and
   what a document of 50 clauses more, or one less, costs then. CPU time of the process.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import platform
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from index.band_files import meet, run_of
from index.families import FEWEST_WORDS, FORMAL, Families
from index.kinship import near
from index.lock import WriteLock
from index.minhash import BANDS, bands_of
from index.store import Store
from index.word_signs import signs_of
from ingest.document import read_document
from ingest.model import Clause, Document, Metadata, Source, Span

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
JUDGED = Path(__file__).parent / "family_pairs.csv"
MOST = 6_000  # wordings that are compared all with all
CLAUSES = 50  # of a grown document
COPIED = 0.4  # of its clauses are another's with other names and numbers
PLACES = ("An Hải", "Bình Sa", "Cẩm Lâm", "Đông Vân", "Hòa Thịnh", "Tân Khê", "Yên Bảo")
_NAMED = re.compile(r"\b(tỉnh|huyện|xã|phường) ([A-ZĐ]\w+(?: [A-ZĐ]\w+)*)")
_NUMBER = re.compile(r"(?<![\d/.-])\d{1,3}(?![\d/.-])")


def texts_of(libraries: Sequence[Path]) -> list[str]:
    """Return the texts of real clauses, each once, those of form left out."""
    if not libraries:
        read = (read_document(path) for path in sorted(CORPUS.iterdir()))
        found = [(each.kind, each.text) for document in read for each in document.blocks]
    else:
        found = []
        for library in libraries:
            database = sqlite3.connect(f"file:{library / 'library.sqlite'}?mode=ro", uri=True)
            found += database.execute("SELECT kind, text FROM clauses ORDER BY id").fetchall()
    kept = (text for kind, text in found if kind not in FORMAL)
    return list(dict.fromkeys(text for text in kept if len(signs_of(text)) >= FEWEST_WORDS))


# 1. All with all


def all_with_all(written: Sequence[str]) -> tuple[list[tuple[int, int]], float]:
    """Return the near-identical pairs, and how many were compared in a second."""
    begun = time.process_time()
    pairs = []
    for at in range(0, len(written), 500):
        table = cdist(
            written[at : at + 500], written, scorer=Indel.normalized_similarity, score_cutoff=0.7
        )
        for i, j in np.argwhere(table > 0).tolist():
            if at + i < j and near(written[at + i], written[j]):
                pairs.append((at + i, j))
    compared = len(written) * (len(written) - 1) / 2
    return pairs, compared / (time.process_time() - begun)


def compare_with_rivals(texts: list[str]) -> None:
    """Print what is found among real clauses."""
    random.Random(7).shuffle(texts)  # noqa: S311 - a sample
    written = {signs_of(text): text for text in texts[:MOST]}
    words = list(written)
    pairs, speed = all_with_all(words)
    print(f"{len(words)} wordings, {len(pairs)} near-identical pairs by comparing all with all")
    print(
        f"  all with all: {speed / 1e6:.2f} M pairs/s, {1e6 / speed * len(words) / 2:.0f} µs each"
    )
    begun = time.process_time()
    keys = bands_of(words)
    met = meet(keys, [run_of(keys, range(len(words)))])
    spent = (time.process_time() - begun) / len(words) * 1e6
    shared = set(zip(met.asked.tolist(), met.wording.tolist(), strict=True))
    found = sum(pair in shared for pair in pairs) / max(1, len(pairs))
    print(f"  ours, bands and candidates: {spent:.0f} µs each, recall {found:.4f}, "
          f"{len(shared) / len(words):.1f} candidates each")  # fmt: skip
    components, spent = _components(list(written.values()))
    joined = sum(components[i] == components[j] for i, j in pairs) / max(1, len(pairs))
    print(
        f"  ours, to families on the disk: {spent:.0f} µs each, pairs in one component {joined:.4f}"
    )
    _datasketch(words, pairs)


def _components(texts: list[str]) -> tuple[list[int], float]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        _insert(store, [_document(f"{at}", texts[at : at + CLAUSES])
                        for at in range(0, len(texts), CLAUSES)])  # fmt: skip
        spent = _update(store, Path(folder))
        rows = store.database.execute(
            "SELECT w.component FROM worded o JOIN wordings w ON w.id = o.wording ORDER BY o.clause"
        ).fetchall()
        store.close()
    return [component for (component,) in rows], spent / len(texts) * 1e6


def _datasketch(words: Sequence[str], pairs: Sequence[tuple[int, int]]) -> None:
    try:
        datasketch = import_module("datasketch")  # a rival, no dependency
    except ImportError:
        print("  datasketch: not installed")
        return
    begun = time.process_time()
    rival = datasketch.MinHashLSH(num_perm=4 * BANDS, params=(BANDS, 4))
    sketches = []
    for at, some in enumerate(words):
        sketch = datasketch.MinHash(num_perm=4 * BANDS)
        pairs_of = [f"{one}_{other}" for one, other in pairwise(some)]
        sketch.update_batch([word.encode() for word in (*some, *pairs_of)])
        sketches.append(sketch)
        rival.insert(at, sketch)
    met = [set(rival.query(sketch)) for sketch in sketches]
    spent = (time.process_time() - begun) / len(words) * 1e6
    found = sum(j in met[i] for i, j in pairs) / max(1, len(pairs))
    print(f"  datasketch {version('datasketch')}: {spent:.0f} µs each, recall {found:.4f}, "
          f"{sum(map(len, met)) / len(words):.1f} candidates each, in memory")  # fmt: skip


# 2. Judged pairs


def judge() -> None:
    """Print precision and recall of the threshold on pairs that a person has judged."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name, some in (
        ("across documents", [row for row in rows if row["same_document"] == "no"]),
        ("within a document", [row for row in rows if row["same_document"] == "yes"]),
    ):
        told = [near(signs_of(row["one"]), signs_of(row["other"])) for row in some]
        meant = [row["verdict"] == "yes" for row in some]
        both = sum(one and other for one, other in zip(told, meant, strict=True))
        print(f"  judged, {name}: {len(some)} pairs, precision {both / max(1, sum(told)):.2f}, "
              f"recall {both / max(1, sum(meant)):.2f}")  # fmt: skip


# 3. Grown


def grow(texts: Sequence[str], *, seed: int) -> Iterator[Document]:
    """Yield documents without end: clauses of two real halves, or real ones with other names."""
    chance = random.Random(seed)  # noqa: S311 - the same library every time
    number = 0
    while True:
        number += 1
        yield _document(f"{seed}.{number}", [_clause(texts, chance) for _ in range(CLAUSES)])


def _clause(texts: Sequence[str], chance: random.Random) -> str:
    text = chance.choice(texts)
    if chance.random() < COPIED:
        place = chance.choice(PLACES)
        return _NUMBER.sub(lambda _: str(chance.randint(1, 99)), _NAMED.sub(rf"\1 {place}", text))
    one, other = text.split(), chance.choice(texts).split()
    return " ".join(one[: chance.randint(4, 25)] + other[-chance.randint(4, 25) :])


def _document(name: str, texts: Sequence[str]) -> Document:
    blocks = []
    start = 0
    for number, text in enumerate(texts, 1):
        span = Span(start, start + len(text))
        blocks.append(
            Clause(path=str(number), kind="detail", label=None, text=text, page=1, span=span)
        )
        start = span.end + 1
    return Document(
        source=Source(
            name=name, format="text", sha256=hashlib.sha256(name.encode()).hexdigest(), pages=1
        ),
        text="\n".join(texts),
        metadata=Metadata(),
        blocks=tuple(blocks),
    )


def _insert(store: Store, documents: Sequence[Document]) -> None:
    with store.writing():
        for document in documents:
            store.insert(document, key=document.source.name, original="none", size=1)


def _update(store: Store, folder: Path) -> float:
    begun = time.process_time()
    Families(store, WriteLock(folder), folder).update()
    return time.process_time() - begun


def scale(texts: Sequence[str], sizes: Sequence[int], folder: Path) -> None:
    """Print what families cost at each size."""
    store = Store(folder)
    grown, more = grow(texts, seed=1), grow(texts, seed=2)
    families = Families(store, WriteLock(folder), folder)
    held, spent = 0, 0.0
    for size in sizes:
        while held < size:
            some = [next(grown) for _ in range(min(200, -(-(size - held) // CLAUSES)))]
            _insert(store, some)
            held += CLAUSES * len(some)
            begun = time.process_time()
            families.update()
            spent += time.process_time() - begun
        bands = sum(path.stat().st_size for path in (folder / "families").iterdir())
        rows = _bytes_of_rows(store)
        added, removed = _small_changes(store, families, more)
        found = store.database.execute(
            "SELECT COUNT(*), MAX(n) FROM (SELECT COUNT(*) n FROM worded o JOIN wordings w"
            " ON w.id = o.wording GROUP BY w.family HAVING n > 1)"
        ).fetchone()
        print(f"  {held} clauses: {spent / held * 1e6:.0f} µs each ({spent:.0f} s), bands "
              f"{bands / held:.0f} and rows {rows / held:.0f} bytes each; {CLAUSES} clauses more: "
              f"median {added[0]:.1f} ms, worst {added[1]:.1f}; less: {removed[0]:.1f}, "
              f"{removed[1]:.1f}; {found[0]} families, the largest of {found[1]}")  # fmt: skip
    store.close()


def _bytes_of_rows(store: Store) -> int:
    try:
        found = store.database.execute(
            "SELECT SUM(pgsize) FROM dbstat"
            " WHERE name LIKE 'word%' OR name LIKE 'sqlite_auto%word%'"
        ).fetchone()
    except sqlite3.OperationalError:  # built without it
        return 0
    return int(found[0] or 0)


def _small_changes(
    store: Store, families: Families, more: Iterator[Document]
) -> tuple[tuple[float, float], tuple[float, float]]:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(15):
        document = next(more)
        _insert(store, [document])
        for spent in times:
            begun = time.process_time()
            families.update()
            spent.append((time.process_time() - begun) * 1e3)
            row = store.row(document.source.sha256[:12])
            if row:
                with store.writing():
                    store.delete(row)
    families.update()
    added, removed = ((statistics.median(some), max(some)) for some in times)
    return added, removed


def main() -> None:
    """Print all three parts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--library", type=Path, action="append", default=[])
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--keep", type=Path, help="where the grown library lies")
    arguments = parser.parse_args()
    packages = []
    for name in ("numpy", "rapidfuzz", "datasketch"):
        try:
            packages.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    print(platform.machine(), f"Python {platform.python_version()}", *packages, sep=", ")
    texts = texts_of(arguments.library)
    compare_with_rivals(list(texts))
    judge()
    with tempfile.TemporaryDirectory() as folder:
        kept = arguments.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        scale(texts, [int(size) for size in arguments.sizes.split(",") if size], kept)


if __name__ == "__main__":
    main()
