"""Time to an answer, by kind of question, against SQLite's own full-text search in the same run.

Run: .venv/bin/python benchmarks/query.py [--clauses 100000] [--rounds 3] [--no-model] [--keep DIR]

The sample corpus is read once and grown to the number of clauses asked for by recombining its
sentences and bodies, under other place names. The vectors of grown clauses are normalised mixes of
the real vectors of their sentences. The rival, FTS5, holds the same folded terms of the same
clauses and ranks by its BM25: it answers with clauses only, without bodies, dates or citations.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embeddings import Encoder, load_encoder
from index.library import Library
from index.replies import Filters
from index.terms import read_terms
from index.upkeep import Encoder as AnyEncoder
from ingest.document import read_document
from ingest.model import Clause, Document, Span, Task

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
PACKAGES = ("tantivy", "faiss-cpu", "numpy", "pydantic", "openvino")
CLAUSES_A_DOCUMENT = 50
PLACES = (
    "An Hải",
    "Bình Sa",
    "Cẩm Lâm",
    "Đông Vân",
    "Hòa Thịnh",
    "Lộc Ninh Sơn",
    "Tân Khê",
    "Yên Bảo",
)
QUESTIONS = {
    "exact number": ["412/KH-UBND", "36 CT TW", "nghị định 116"],
    "who": [
        "Ai chủ trì rà soát, thống kê người nghiện ma túy?",
        "Đơn vị nào phối hợp với Công an tỉnh kiểm tra tiền chất?",
        "co quan nao tham muu tong ket ke hoach chuyen doi so",
    ],
    "what": [
        "Sở Y tế phải làm gì trong kế hoạch phòng, chống ma túy năm 2027?",
        "Công an tỉnh được giao những nhiệm vụ gì?",
        "UBND xã phải làm gì với người sau cai nghiện?",
    ],
    "when": [
        "Hạn báo cáo kết quả thực hiện kế hoạch là ngày nào?",
        "Khi nào phải hoàn thành rà soát người nghiện?",
    ],
    "cite": [
        "Kế hoạch phòng, chống ma túy năm 2026 căn cứ văn bản nào?",
        "Quyết định nào kiện toàn Ban Chỉ đạo?",
    ],
    "find": ["Mục nào nói về kinh phí thực hiện?", "tuyên truyền trong trường học"],
}


class Mixing:
    """A model whose vector of a recombined text is the mix of its sentences' real vectors."""

    def __init__(self, encoder: Encoder) -> None:
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.encode_queries = encoder.encode_queries
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def learn(self, sentences: list[str]) -> None:
        """Embed *sentences* for real."""
        self._known |= zip(sentences, self._encoder.encode_passages(sentences), strict=True)

    def parts(self, text: str) -> list[tuple[int, int]]:
        """Return *text* as one part: what is grown is short."""
        return [(0, len(text))] if text.strip() else []

    def encode_passages(self, texts: list[str]) -> NDArray[np.float32]:
        """Return the mix of the vectors of each text's sentences."""
        rows = [sum(self._known[part] for part in text.split("\u2003")) for text in texts]
        mixed = np.array(rows, np.float32).reshape(-1, self.dimension)
        return mixed / np.linalg.norm(mixed, axis=1, keepdims=True)


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    print_machine()
    encoder = None if arguments.no_model else Mixing(load_encoder())
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        grow(folder, encoder, arguments.clauses)
        begun = time.perf_counter()
        with Library(folder, encoder=encoder) as library:
            library.ask("Ai chủ trì?")
            print(f"open to first answer: {time.perf_counter() - begun:.2f} s")
            status = library.status()
            print(f"{status.documents} documents, {status.clauses} clauses, {status.tasks} tasks")
            results = measure(library, arguments.rounds)
        rival = Path(temporary) / "fts5.sqlite"
        results |= measure_rival(folder, rival, arguments.rounds)
    print_table(results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clauses", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-model", action="store_true", help="words alone")
    parser.add_argument("--keep", type=Path, help="keep the grown library here and use it again")
    return parser.parse_args()


def print_machine() -> None:
    """Say where and with what the numbers were made."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"{platform.machine()}, Python {platform.python_version()}, {versions}")
    print(f"SQLite {sqlite3.sqlite_version}")


def grow(folder: Path, encoder: Mixing | None, clauses: int) -> None:
    """Fill the library in *folder* up to *clauses*, unless it is full."""
    documents = [read_document(path) for path in sorted(CORPUS.iterdir())]
    blocks = [block for document in documents for block in document.blocks]
    sentences = sorted({block.text for block in blocks if block.text.strip()})
    if encoder:
        encoder.learn(sentences)
    begun = time.perf_counter()
    with Library(folder, encoder=as_any(encoder)) as library:
        held = library.status().clauses
        for document in [*documents, *grown(documents, sentences, clauses)]:
            if held >= clauses:
                break
            library.add(document, document.text.encode(), key=document.source.sha256)
            held += len(document.blocks)
    print(f"grown in {time.perf_counter() - begun:.0f} s")


def as_any(encoder: Mixing | None) -> AnyEncoder | None:
    """Return the model as the library takes it."""
    return encoder


def grown(documents: list[Document], sentences: list[str], clauses: int) -> Iterator[Document]:
    """Yield documents made of the clauses and tasks of *documents*, recombined."""
    chance = random.Random(192)  # noqa: S311 - the same corpus every time
    tasks = [task for document in documents for task in document.tasks]
    heads = [document.metadata for document in documents if document.metadata.code]
    for number in range(clauses // CLAUSES_A_DOCUMENT + 1):
        place = f"huyện {chance.choice(PLACES)} {number % 40}"
        metadata = replace(
            chance.choice(heads),
            code=f"{number + 1000}/KH-UBND",
            issuer=f"UBND {place}",
            place=None,
        )
        yield _recombined(
            metadata, [chance.choice(tasks) for _ in range(15)], place, sentences, chance
        )


def _recombined(metadata, tasks, place, sentences, chance) -> Document:  # noqa: ANN001
    text, blocks, kept = "", [], []
    for at in range(CLAUSES_A_DOCUMENT):
        body = "\u2003".join(chance.sample(sentences, 2))
        span = Span(len(text), len(text) + len(body))
        text += body + "\n"
        kind = "task" if at < len(tasks) else "detail"
        blocks.append(Clause(path=str(at + 1), kind=kind, label=None, text=body, page=1, span=span))
        if at < len(tasks):
            actors = tuple(
                replace(actor, agency=actor.agency.replace("tỉnh Lam Giang", place))
                for actor in tasks[at].actors
            )
            kept.append(_task(tasks[at], str(at + 1), body, span, actors))
    digest = hashlib.sha256(text.encode()).hexdigest()
    name = f"{metadata.code.replace('/', '_')}.txt"
    from ingest.model import Source  # noqa: PLC0415

    source = Source(name=name, format="text", sha256=digest, pages=1)
    return Document(
        source=source, text=text, metadata=metadata, blocks=tuple(blocks), tasks=tuple(kept)
    )


def _task(task, path, body, span, actors) -> Task:  # noqa: ANN001
    return replace(task, path=path, quote=body, span=span, actors=actors)


def measure(library: Library, rounds: int) -> dict[str, list[float]]:
    """Return the milliseconds that each kind of question took."""
    results = {
        f"ask: {kind}": times(library.ask, questions, rounds)
        for kind, questions in QUESTIONS.items()
    }
    words = ["cai nghiện ma túy", "chuyển đổi số", "kinh phí thực hiện kế hoạch"]
    narrow = Filters(year=2026, role="lead")
    results["search: words and facets"] = times(library.search, words, rounds)
    results["search: with filters"] = times(
        lambda query: library.search(query, filters=narrow), words, rounds
    )
    results["duties: one body"] = times(library.duties, ["Công an tỉnh Lam Giang"], rounds)
    return results


def times(run: Callable[[str], object], questions: list[str], rounds: int) -> list[float]:
    """Return the milliseconds of each run, after one to warm up."""
    run(questions[0])
    taken = []
    for question in questions * rounds:
        begun = time.perf_counter()
        run(question)
        taken.append(1000 * (time.perf_counter() - begun))
    return taken


def measure_rival(folder: Path, path: Path, rounds: int) -> dict[str, list[float]]:
    """Return the milliseconds that FTS5 takes for the same words over the same clauses."""
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE words USING fts5(terms, tokenize = 'unicode61')")
    rows = sqlite3.connect(folder / "library.sqlite").execute("SELECT id, text FROM clauses")
    database.executemany(
        "INSERT INTO words (rowid, terms) VALUES (?, ?)",
        ((id_, " ".join(read_terms(text))) for id_, text in rows),
    )
    database.commit()

    def search(question: str) -> list[tuple[int]]:
        query = " OR ".join(f'"{term}"' for term in dict.fromkeys(read_terms(question)))
        statement = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 300"
        return database.execute(statement, (query,)).fetchall()

    every = [question for questions in QUESTIONS.values() for question in questions]
    return {"rival: FTS5, words alone": times(search, every, rounds)}


def print_table(results: dict[str, list[float]]) -> None:
    """Print p50 and p95 of each kind and its ratio to the rival."""
    rival = float(np.median(results["rival: FTS5, words alone"]))
    for kind, taken in results.items():
        middle, late = np.percentile(taken, [50, 95])
        print(f"{kind:28} p50 {middle:7.1f} ms   p95 {late:7.1f} ms   {rival / middle:5.1f}x rival")
    print(json.dumps({kind: round(float(np.median(t)), 2) for kind, t in results.items()}))


if __name__ == "__main__":
    main()
