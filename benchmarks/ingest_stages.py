"""Documents and clauses a second by stage of ingest, against the bare libraries in the same run.

Run: .venv/bin/python benchmarks/ingest_stages.py [--documents FOLDER] [--limit N] [--no-model]

The rivals do the least that each stage could be: underthesea alone on the same paragraphs, one
plain SQLite table of clauses, tantivy with its default tokenizer over the same texts, the model
alone over the same texts. What a stage costs more than its rival is what we add: roles, dates and
citations; durability; folded and accented terms with filters; a vector a clause that is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import tantivy
from underthesea import word_tokenize

from index.embeddings import Encoder, load_encoder
from index.library import Library
from ingest.document import understand
from ingest.errors import DirectiveError
from ingest.model import Clean, Document, Sheet, Source
from ingest.readers.file import read_sheet
from ingest.repair import repair
from ingest.words import read_words

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
PACKAGES = ("underthesea", "spacy", "tantivy", "faiss-cpu", "openvino", "pdfplumber", "lxml")


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time spent within to the stage *name*."""
        begun = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    print_machine()
    clock, rivals = Clock(), Clock()
    encoder = None if arguments.no_model else load_encoder()
    word_tokenize("khởi động", use_token_normalize=False)
    paths = sorted(path for path in arguments.documents.rglob("*") if path.is_file())
    read = [found for path in paths[: arguments.limit] if (found := read_one(path, clock))]
    documents = [document for _, document in read]
    with tempfile.TemporaryDirectory() as folder:
        keep(read, Path(folder), clock, encoder)
    bare(documents, rivals, encoder)
    print_table(documents, clock.seconds, rivals.seconds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=CORPUS)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--no-model", action="store_true")
    return parser.parse_args()


def print_machine() -> None:
    """Say where and with what the numbers were made."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"{platform.machine()}, Python {platform.python_version()}, {versions}")


def read_one(path: Path, clock: Clock) -> tuple[Path, Document] | None:
    """Read one file stage by stage; what is no document is named and left out."""
    try:
        with clock.stage("read"):
            sheet = read_sheet(path)
            clean = repair(sheet)
    except DirectiveError as error:
        print(f"left out: {error}")
        return None
    return path, _understood(path, sheet, clean, clock)


def _understood(path: Path, sheet: Sheet, clean: Clean, clock: Clock) -> Document:
    with clock.stage("words"):
        read_words(clean.text)  # its paragraphs are kept, so `understand` segments none again
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    source = Source(name=path.name, format=sheet.format, sha256=digest, pages=sheet.pages)
    with clock.stage("understand"):
        return understand(clean, sheet, source)


def keep(
    read: list[tuple[Path, Document]], folder: Path, clock: Clock, encoder: Encoder | None
) -> None:
    """Take the documents into a library, stage by stage."""
    with Library(folder) as library:
        with clock.stage("store"):
            for path, document in read:
                library.add(document, path)
        with clock.stage("lexical"):
            library.refresh()
    if encoder is None:
        return
    with Library(folder, encoder=encoder) as library:
        with clock.stage("embed"):
            library.refresh()
        with clock.stage("vectors"):
            library.ask("Ai chủ trì?")


def bare(documents: list[Document], clock: Clock, encoder: Encoder | None) -> None:
    """Do the least that the stages could be."""
    texts = [block.text for document in documents for block in document.blocks]
    paragraphs = {line for document in documents for line in document.text.split("\n") if line}
    with clock.stage("words"):
        for paragraph in paragraphs:
            word_tokenize(paragraph, use_token_normalize=False)
    with tempfile.TemporaryDirectory() as folder:
        with clock.stage("store"):
            _bare_rows(Path(folder) / "rows.sqlite", documents)
        with clock.stage("lexical"):
            _bare_words(Path(folder), texts)
    if encoder is not None:
        unique = sorted({text for text in texts if text.strip()})
        with clock.stage("embed"):
            encoder.encode_passages(unique)


def _bare_rows(path: Path, documents: list[Document]) -> None:
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE clauses (id INTEGER PRIMARY KEY, path TEXT, text TEXT)")
    for document in documents:
        rows = ((block.path, block.text) for block in document.blocks)
        database.executemany("INSERT INTO clauses (path, text) VALUES (?, ?)", rows)
        database.commit()
    database.close()


def _bare_words(folder: Path, texts: list[str]) -> None:
    schema = tantivy.SchemaBuilder().add_text_field("body").build()
    (folder / "words").mkdir()
    writer = tantivy.Index(schema, path=str(folder / "words")).writer(num_threads=1)
    for text in texts:
        writer.add_document(tantivy.Document(body=text))
    writer.commit()
    writer.wait_merging_threads()


def print_table(
    documents: list[Document], ours: dict[str, float], rivals: dict[str, float]
) -> None:
    """Print each stage's speed, its share and its ratio to the rival."""
    clauses = sum(len(document.blocks) for document in documents)
    whole = sum(ours.values())
    print(f"{len(documents)} documents, {clauses} clauses, {whole:.1f} s")
    for stage, seconds in ours.items():
        line = (
            f"{stage:10} {len(documents) / seconds:9.1f} documents/s {clauses / seconds:10.0f}"
            f" clauses/s {100 * seconds / whole:5.1f} %"
        )
        rival = rivals.get(stage)
        print(line + (f"   {seconds / rival:5.2f}x the bare library's time" if rival else ""))
    besides = whole - ours.get("embed", 0.0)
    if "embed" in ours:
        print(f"all but the embedding: {besides / ours['embed']:.2f}x the time of the embedding")
    print(f"the bare libraries together: {sum(rivals.values()):.1f} s")
    print(json.dumps({stage: round(seconds, 3) for stage, seconds in ours.items()}))


if __name__ == "__main__":
    main()
