"""Time, memory and start at a number of clauses, beside SQLite's own search and plain faiss.

Run: .venv/bin/python benchmarks/scale.py [--clauses 1000000] [--keep DIR] [--cache DIR]
     .venv/bin/python benchmarks/scale.py --plot [--sizes 10000,100000,1000000,3000000]

A library is grown from real law pages and the sample corpus (see `benchmarks/growing.py`), and
asked in one process, one question after the other. The rivals in the same run: SQLite FTS5 over
the same folded words, ranked by its BM25; a flat faiss index of the same vectors in 32 bits. They
name clauses alone: no filters, facets, groups, bodies, dates or citations.
"""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmarks.growing import BUSY, grow, material
from benchmarks.plotting import plot
from index.duty_replies import DutyView
from index.embeddings import load_encoder
from index.library import Library
from index.replies import Filters
from index.store import Store
from index.terms import read_terms
from index.vector_runs import KEPT_AS

PACKAGES = ("tantivy", "faiss-cpu", "numpy", "pydantic", "openvino")
SIZES = (10_000, 100_000, 1_000_000, 3_000_000)
_SEARCHES = (
    ("cai nghiện ma túy", Filters()),
    ("thẩm quyền cấp giấy phép xây dựng nhà ở riêng lẻ tại đô thị", Filters()),
    ("kinh phí thực hiện kế hoạch", Filters(year=2024)),
    ("chuyển đổi số trong trường học", Filters(level="province")),
    ("rà soát, thống kê người nghiện", Filters(role="lead")),
    ("xử phạt vi phạm hành chính trong lĩnh vực đất đai", Filters(doc_type="Nghị định")),
    ("hồ sơ đăng ký hộ tịch có yếu tố nước ngoài", Filters()),
    ("bảo hiểm xã hội bắt buộc đối với người lao động nước ngoài", Filters(year=2018)),
    ("phòng cháy chữa cháy rừng", Filters(level="central")),
    ("tuyên truyền, phổ biến, giáo dục pháp luật", Filters()),
)
_ASKED = {
    "who": (
        "Ai chủ trì rà soát, thống kê người nghiện ma túy?",
        "Đơn vị nào phối hợp với Công an tỉnh kiểm tra tiền chất?",
        "co quan nao tham muu tong ket ke hoach chuyen doi so",
    ),
    "what": (
        "Công an tỉnh Lam Giang phải làm gì về phòng, chống ma túy?",
        "Sở Y tế phải làm gì trong kế hoạch phòng, chống ma túy năm 2027?",
        "UBND xã phải làm gì với người sau cai nghiện?",
    ),
    "when": (
        "Hạn báo cáo kết quả thực hiện kế hoạch là ngày nào?",
        "Khi nào phải hoàn thành rà soát người nghiện?",
    ),
    "cite": (
        "Kế hoạch phòng, chống ma túy năm 2026 căn cứ văn bản nào?",
        "Quyết định nào kiện toàn Ban Chỉ đạo?",
    ),
    "find": (
        "Mục nào nói về kinh phí thực hiện?",
        "Mức phạt tiền đối với hành vi lấn chiếm đất đai là bao nhiêu?",
    ),
}
_NUMBERS = ("412/KH-UBND", "nghị định 116", "số 100/QĐ-TTg", "36/2015/TT-BTC", "Thông tư 12")
_ROUNDS = 5
# Of the kinds of questions the slowest and the commonest are drawn; more lines look alike.
_UNDRAWN = ("embedding alone", "ask: who", "ask: when", "ask: cite")

Taken = dict[str, list[float]]  # milliseconds by what was done


def main() -> None:
    """Measure and print; with --plot for several sizes, each in a process of its own."""
    arguments = _arguments()
    if arguments.plot:
        _measure_sizes(arguments)
        return
    print_machine()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary) / "library"
        said = build(folder, arguments)
        if arguments.measure_only:
            taken, said = measure(folder, said)
        else:  # in a process of its own, so that growing takes no part in memory and start
            sys.stdout.flush()
            command = [sys.executable, __file__, "--keep", str(folder), "--measure-only"]
            command += ["--clauses", str(arguments.clauses), "--cache", str(arguments.cache)]
            sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603
        taken |= measure_rivals(folder, Path(temporary))
    print_table(taken)
    print(json.dumps(said | {name: [round(p, 2) for p in _two(t)] for name, t in taken.items()}))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clauses", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="keep the library here and use it again")
    parser.add_argument("--cache", type=Path, default=Path("build/growing"))
    parser.add_argument("--known", type=Path, action="append", default=[], help="a read library")
    parser.add_argument("--measure-only", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--plot", action="store_true", help="several sizes, into docs/scale.svg")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--kept", type=Path, help="folder of libraries, each named by its size")
    return parser.parse_args()


def print_machine() -> None:
    """Say where and with what the numbers were made."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"{platform.machine()}, Python {platform.python_version()}, {versions}")
    print(f"SQLite {sqlite3.sqlite_version}")


def build(folder: Path, arguments: argparse.Namespace) -> dict[str, float]:
    """Grow the library, unless it is there; return the clauses a second of rows and indexes."""
    if (folder / "library.sqlite").exists():
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder()
    found = material(arguments.cache, encoder, known=arguments.known)
    store = Store(folder)
    clauses, seconds = grow(store, found, arguments.clauses, model=encoder.fingerprint)
    store.close()
    begun = time.perf_counter()
    with Library(folder, encoder=encoder) as library:
        library._shelves.index_words()  # noqa: SLF001 - apart from the vectors
    words = time.perf_counter() - begun
    begun = time.perf_counter()
    with Library(folder, encoder=encoder) as library:
        library.refresh()
    vectors = time.perf_counter() - begun
    rates = {"rows": clauses / seconds, "words": clauses / words, "vectors": clauses / vectors}
    print("clauses/s:", ", ".join(f"{name} {rate:,.0f}" for name, rate in rates.items()))
    return rates


def measure(folder: Path, said: dict[str, float]) -> tuple[Taken, dict[str, float]]:
    """Return the milliseconds of each thing done; memory and start beside them."""
    encoder = load_encoder()
    before = memory()
    begun = time.perf_counter()
    with Library(folder, encoder=encoder) as library:
        library.search(_SEARCHES[0][0])
        start = time.perf_counter() - begun
        status = library.status()
        print(f"{status.documents} documents, {status.clauses} clauses, {status.tasks} tasks")
        taken = _taken(library, encoder.encode_queries)
    after = memory()
    said |= {"start s": start, **{f"{k} MB": v for k, v in after.items()}}
    print(f"start to first answer {start:.2f} s (encoder loaded before)")
    sizes = (f"{kind} {size:,.0f} MB ({before[kind]:,.0f} before)" for kind, size in after.items())
    print("memory", ", ".join(sizes))
    return taken, said


def _taken(library: Library, embed: Callable[[Sequence[str]], object]) -> Taken:
    def search(asked: tuple[str, Filters]) -> object:
        return library.search(asked[0], filters=asked[1])

    def search_anew(asked: tuple[str, Filters]) -> object:
        library._shelves._embed_query.cache_clear()  # noqa: SLF001
        return search(asked)

    return {
        "search, meaning known": times(search, _SEARCHES),
        "search, with embedding": times(search_anew, _SEARCHES),
        "embedding alone": times(lambda asked: embed([asked[0]]), _SEARCHES),
        **{f"ask: {kind}": times(library.ask, asked) for kind, asked in _ASKED.items()},
        "exact number": times(library.ask, _NUMBERS),
        f"duties of {BUSY}": times(lambda body: _duties(library, body), [BUSY]),
    }


def _duties(library: Library, body: str) -> object:
    """Return the first page of duties with the total."""
    return library.duties(body, view=DutyView(limit=50))


def times(run: Callable[..., object], things: Sequence[object]) -> list[float]:
    """Return the milliseconds of each run, after one round to warm up."""
    for thing in things:
        run(thing)
    taken = []
    for thing in list(things) * _ROUNDS:
        begun = time.perf_counter()
        run(thing)
        taken.append(1000 * (time.perf_counter() - begun))
    return taken


def memory() -> dict[str, float]:
    """Return the megabytes of this process: its own, and of files that are mapped."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    sizes = {line.split(":")[0]: line.split()[1] for line in lines if line.endswith("kB")}
    return {name: int(sizes[name]) / 1024 for name in ("RssAnon", "RssFile")}


def measure_rivals(folder: Path, temporary: Path) -> Taken:
    """Return the milliseconds that FTS5 and a flat index of faiss take for the same searches."""
    import faiss  # noqa: PLC0415 - not before our own memory is measured

    rows = sqlite3.connect(f"file:{folder / 'library.sqlite'}?mode=ro", uri=True)
    database = sqlite3.connect(temporary / "fts5.sqlite")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(terms, content='', tokenize=unicode61)")
    clauses = rows.execute("SELECT id, text FROM clauses")
    database.executemany(
        "INSERT INTO words (rowid, terms) VALUES (?, ?)",
        ((id_, " ".join(read_terms(text))) for id_, text in clauses),
    )
    database.commit()

    def search(asked: tuple[str, Filters]) -> object:
        query = " OR ".join(f'"{term}"' for term in dict.fromkeys(read_terms(asked[0])))
        statement = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 100"
        return database.execute(statement, (query,)).fetchall()

    encoder = load_encoder()
    flat = faiss.IndexFlatIP(encoder.dimension)
    found = rows.execute("SELECT v.vector FROM passages p JOIN vectors v ON v.id = p.vector")
    while some := found.fetchmany(20_000):
        halves = np.frombuffer(b"".join(blob for (blob,) in some), KEPT_AS)
        flat.add(halves.reshape(len(some), -1).astype(np.float32))
    vectors = encoder.encode_queries([asked for asked, _ in _SEARCHES])
    return {
        "rival: FTS5, words alone": times(search, _SEARCHES),
        "rival: faiss flat, meaning alone": times(
            lambda at: flat.search(vectors[at : at + 1], 100), range(len(vectors))
        ),
    }


def _measure_sizes(arguments: argparse.Namespace) -> None:
    """Measure each size in a process of its own, and draw the medians."""
    series: dict[str, dict[int, float]] = {}
    for size in map(int, arguments.sizes.split(",")):
        command = [
            sys.executable,
            __file__,
            "--clauses",
            str(size),
            "--cache",
            str(arguments.cache),
        ]
        command += [part for known in arguments.known for part in ("--known", str(known))]
        if arguments.kept:
            command += ["--keep", str(arguments.kept / str(size))]
        run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
        print(run.stdout)
        for name, found in json.loads(run.stdout.splitlines()[-1]).items():
            if isinstance(found, list) and name not in _UNDRAWN:
                series.setdefault(name, {})[size] = found[0]
    drawn = plot(series, title="Thời gian trung vị theo số đoạn (2 lõi)")
    (Path(__file__).parents[1] / "docs" / "scale.svg").write_text(drawn, "utf-8")


def print_table(taken: Taken) -> None:
    """Print p50 and p95 of each, and how many times quicker the middle is than FTS5's."""
    rival = _two(taken["rival: FTS5, words alone"])[0]
    for name, some in taken.items():
        middle, late = _two(some)
        print(f"{name:36} p50 {middle:8.1f} ms   p95 {late:8.1f} ms   {rival / middle:6.1f}x FTS5")


def _two(taken: Sequence[float]) -> tuple[float, float]:
    middle, late = np.percentile(taken, [50, 95])
    return float(middle), float(late)


if __name__ == "__main__":
    main()
