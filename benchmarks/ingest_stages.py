"""Documents a second by stage of ingest, in CPU time, against the bare libraries in the same run.

Run: .venv/bin/python benchmarks/ingest_stages.py [--documents FOLDER] [--limit N] [--no-model]

The rivals do the least that each stage could be: lxml parses the page and underthesea segments its
paragraphs, SQLite takes one plain table of clauses, tantivy the same texts with its default
tokenizer, and the model embeds what is embedded. What a stage costs more than its rival is what we
add: mending, roles, dates and citations; durability; folded and accented terms, facts and filters.
Families have no rival. All but the model together should cost less than the model.

Seconds are of all threads of this program (`time.process_time`): what else the machine does changes
them little.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import lxml.html
import numpy as np
import tantivy
from numpy.typing import NDArray
from underthesea import word_tokenize

from index.embeddings import Encoder, load_encoder
from index.library import Library
from ingest.document import read_document
from ingest.errors import DirectiveError
from ingest.model import Document

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
PACKAGES = ("underthesea", "spacy", "tantivy", "faiss-cpu", "openvino", "pdfplumber", "lxml")
RIVALS = {
    "read": ("lxml", "underthesea"),
    "rows": ("sqlite",),
    "words, columns": ("tantivy",),
    "embedding": ("model",),
}
_PAGES = (".html", ".htm")

Read = tuple[Path, Document]


class Clock:
    """CPU seconds by stage; those of a stage within another are not the outer one's."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._within = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time spent within to the stage *name*."""
        before, self._within = self._within, 0.0
        begun = time.process_time()
        yield
        took = time.process_time() - begun
        self.seconds[name] = self.seconds.get(name, 0.0) + took - self._within
        self._within = before + took


class TimedEncoder:
    """A model whose time is told from that of what is done with its vectors."""

    def __init__(self, encoder: Encoder, clock: Clock) -> None:
        self._encoder, self._clock = encoder, clock
        self.fingerprint, self.dimension = encoder.fingerprint, encoder.dimension
        self.parts, self.encode_queries = encoder.parts, encoder.encode_queries

    def encode_passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Return unit vectors, (n, dimension)."""
        with self._clock.stage("embedding"):
            return self._encoder.encode_passages(texts)


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    print_machine()
    clock, rivals = Clock(), Clock()
    encoder = None if arguments.no_model else load_encoder()
    if encoder:
        encoder.encode_passages(["khởi động"])
    word_tokenize("khởi động", use_token_normalize=False)
    paths = sorted(path for path in arguments.documents.rglob("*") if path.is_file())
    random.Random(arguments.seed).shuffle(paths)  # noqa: S311 - a sample
    read_all(paths[arguments.limit : arguments.limit + 1], Clock())  # tables and models are loaded
    read = read_all(paths[: arguments.limit], clock)
    with tempfile.TemporaryDirectory() as folder:
        keep(read, Path(folder), clock, encoder)
    bare(read, rivals)
    if encoder:
        rivals.seconds["model"] = clock.seconds["embedding"]
    print_table([document for _, document in read], clock.seconds, rivals.seconds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=CORPUS)
    parser.add_argument("--limit", type=int, default=40)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--no-model", action="store_true")
    return parser.parse_args()


def print_machine() -> None:
    """Say where and with what the numbers were made."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"{platform.machine()}, Python {platform.python_version()}, {versions}")


def read_all(paths: Sequence[Path], clock: Clock) -> list[Read]:
    """Read files; what is no document is named and left out."""
    read = []
    for path in paths:
        with clock.stage("read"):
            try:
                read.append((path, read_document(path)))
            except DirectiveError as error:
                print(f"left out: {error}")
    return read


def keep(read: Sequence[Read], folder: Path, clock: Clock, encoder: Encoder | None) -> None:
    """Take the documents into a library, stage by stage."""
    with Library(folder) as library:
        with clock.stage("rows"):
            for path, document in read:
                library.add(document, path)
        with clock.stage("words, columns"):
            library.refresh(families=False)
        with clock.stage("families"):
            library.lives.update()
    if encoder is not None:
        timed = TimedEncoder(encoder, clock)
        with Library(folder, encoder=timed) as library, clock.stage("vectors kept"):
            library.refresh()


def bare(read: Sequence[Read], clock: Clock) -> None:
    """Do the least that the stages could be."""
    documents = [document for _, document in read]
    texts = [block.text for document in documents for block in document.blocks]
    paragraphs = {line for document in documents for line in document.text.split("\n") if line}
    with clock.stage("lxml"):
        for path, _ in read:
            if path.suffix in _PAGES:
                lxml.html.fromstring(path.read_bytes()).xpath("string()")
    with clock.stage("underthesea"):
        for paragraph in paragraphs:
            word_tokenize(paragraph, use_token_normalize=False)
    with tempfile.TemporaryDirectory() as folder:
        with clock.stage("sqlite"):
            _bare_rows(Path(folder) / "rows.sqlite", documents)
        with clock.stage("tantivy"):
            _bare_words(Path(folder), texts)


def _bare_rows(path: Path, documents: Sequence[Document]) -> None:
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE clauses (id INTEGER PRIMARY KEY, path TEXT, text TEXT)")
    for document in documents:
        rows = ((block.path, block.text) for block in document.blocks)
        database.executemany("INSERT INTO clauses (path, text) VALUES (?, ?)", rows)
        database.commit()
    database.close()


def _bare_words(folder: Path, texts: Sequence[str]) -> None:
    schema = tantivy.SchemaBuilder().add_text_field("body").build()
    (folder / "words").mkdir()
    writer = tantivy.Index(schema, path=str(folder / "words")).writer(num_threads=1)
    for text in texts:
        writer.add_document(tantivy.Document(body=text))
    writer.commit()
    writer.wait_merging_threads()


def print_table(
    documents: Sequence[Document], ours: dict[str, float], rivals: dict[str, float]
) -> None:
    """Print each stage's speed, its share and its ratio to the rivals."""
    clauses = sum(len(document.blocks) for document in documents)
    whole = sum(ours.values())
    print(f"{len(documents)} documents, {clauses} clauses, {whole:.1f} s of CPU")
    for stage, seconds in ours.items():
        line = (
            f"{stage:15} {len(documents) / seconds:9.1f} documents/s {clauses / seconds:10.0f}"
            f" clauses/s {100 * seconds / whole:5.1f} %"
        )
        names = [name for name in RIVALS.get(stage, ()) if rivals.get(name)]
        rival = sum(rivals[name] for name in names)
        print(line + (f"   {seconds / rival:5.2f}x {' + '.join(names)}" if rival else ""))
    print(f"all together: {whole / sum(rivals.values()):.2f}x the bare libraries together")
    if model := ours.get("embedding"):
        print(f"all but the embedding: {(whole - model) / model:.2f}x the time of the embedding")
    print(json.dumps({"ours": _rounded(ours), "bare": _rounded(rivals)}))


def _rounded(seconds: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in seconds.items()}


if __name__ == "__main__":
    main()
