"""REAL DOCUMENTS -> A LIBRARY OF ANY SIZE: their sentences, bodies and numbers put together anew.

Law pages and the sample corpus are read once. A grown document has the tree of a real one; each of
its clauses is made of sentences of real clauses of the same sort, with other numbers and places.
The vector of a grown clause is the normalised mix of the real vectors of its sentences, never a
random one: random vectors lie further apart than any of real texts do.
"""

from __future__ import annotations

import hashlib
import pickle
import random
import re
import sqlite3
import tarfile
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embeddings import text_key
from index.passages import EDITION
from index.records import document_json
from index.store import Store
from index.upkeep import Encoder
from index.vector_runs import KEPT_AS
from ingest.document import read_document
from ingest.model import Clause, Document, Metadata, Reference, Source, Span, Task

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
LAW = Path(__file__).parents[2] / "shared" / "data" / "vbpl" / "documents.tar.gz"
BUSY = "Công an tỉnh Lam Giang"  # the body that is given many tasks
BUSY_TASKS = 5_000
_PAGES = 150  # of law that are read
_SYLLABLES = 45  # that a clause of running text has, about
_BUSY_AT_ONCE = 8  # tasks of the busy body in one document
_PLANS = 0.4  # of the documents are made in the form of one with tasks
_LONGEST = 60  # syllables of a sentence that is recombined
_DOCUMENT = 50  # clauses
_AT_ONCE = 100  # documents in one transaction
_SYLLABLE = ("An", "Bình", "Cẩm", "Châu", "Đông", "Gia", "Hòa", "Hưng", "Khê", "Lâm", "Lộc", "Mai",
             "Nam", "Ngọc", "Phú", "Quang", "Sơn", "Tân")  # fmt: skip
_HEADINGS = frozenset({"heading", "title"})
_SHORT = frozenset({"letterhead", "recipients", "signature", "assignment"})
_NAMED = re.compile(
    r"\b(tỉnh|thành phố|huyện|quận|thị xã|xã|phường) ([A-ZĐÂÊÔƠƯÁÀẢÃẠÉÈẺẼẸÍÌỈĨỊÓÒỎÕỌÚÙỦŨỤÝỲỶỸỴ]\w+"
    r"(?: [A-ZĐÂÊÔƠƯ]\w+)*)"
)
_NUMBER = re.compile(r"(?<![\d/.-])\d{2,3}(?![\d/.-])")


@dataclass(frozen=True)
class Material:
    """What documents are grown from."""

    documents: Sequence[Document]
    sentences: dict[str, list[str]]  # by sort: "heading", "short", "task", "text"
    tasks: Sequence[Task]
    references: Sequence[Reference]
    vectors: dict[str, NDArray[np.float32]]  # of sentences; empty: without meaning

    @cached_property
    def plans(self) -> list[Document]:
        """The documents that give tasks."""
        return [document for document in self.documents if document.tasks]


def material(cache: Path, encoder: Encoder | None, *, known: Sequence[Path] = ()) -> Material:
    """Read the real documents and embed their sentences, or take both from *cache*.

    Args:
        cache: A folder; made where there is none.
        encoder: None: without vectors.
        known: Libraries that hold law pages or the corpus: what they have read, and embedded by
            the same model, is not read and embedded again.
    """
    cache.mkdir(parents=True, exist_ok=True)
    documents = _read(cache, known)
    sentences: dict[str, set[str]] = {}
    for document in documents:
        for block in document.blocks:
            if 0 < len(block.text.split()) <= _LONGEST:
                sentences.setdefault(sort_of(block), set()).add(block.text)
    every = sorted({each for some in sentences.values() for each in some})
    vectors = _embedded(cache, encoder, every, known) if encoder else {}
    return Material(
        documents=documents,
        sentences={sort: sorted(some) for sort, some in sentences.items()},
        tasks=[task for document in documents for task in document.tasks if task.actors],
        references=[r for document in documents for r in document.references if r.code],
        vectors=vectors,
    )


def sort_of(block: Clause) -> str:
    """Return which sentences may stand in place of a clause's."""
    if block.kind in _HEADINGS:
        return "heading"
    if block.kind in _SHORT:
        return "short"
    return "task" if block.kind == "task" else "text"


def _read(cache: Path, known: Sequence[Path]) -> list[Document]:
    kept = cache / "documents.pickle"
    if not kept.exists():
        documents = [each for library in known for each in _documents_of(library)]
        kept.write_bytes(pickle.dumps(documents or [read_document(path) for path in _files(cache)]))
    return list(pickle.loads(kept.read_bytes()))  # noqa: S301 - our own file


def _files(cache: Path) -> list[Path]:
    pages = cache / "pages"
    with tarfile.open(LAW) as archive:
        members = [each for each in archive.getmembers() if each.name.endswith(".html")]
        archive.extractall(pages, members[:_PAGES], filter="data")
    return [*sorted(pages.rglob("*.html")), *sorted(CORPUS.iterdir())]


def _documents_of(library: Path) -> list[Document]:
    database = sqlite3.connect(f"file:{library / 'library.sqlite'}?mode=ro", uri=True)
    rows = database.execute("SELECT body FROM documents ORDER BY sha256 LIMIT ?", (_PAGES,))
    return [document_json().validate_json(zlib.decompress(body)) for (body,) in rows]


def _embedded(
    cache: Path, encoder: Encoder, texts: list[str], known: Sequence[Path]
) -> dict[str, NDArray[np.float32]]:
    kept = cache / f"vectors-{encoder.fingerprint}.npz"
    held: dict[str, NDArray[np.float32]] = {}
    if kept.exists():
        with np.load(kept) as file:
            held = dict(zip(file["keys"].tolist(), file["vectors"], strict=True))
    keys = {text_key(text): text for text in texts}
    for library in known:
        held |= _vectors_of(library, encoder.fingerprint, keys.keys() - held.keys())
    new = [key for key in keys if key not in held]
    if new:
        made = encoder.encode_passages([keys[key] for key in new])
        held |= dict(zip(new, made, strict=True))
    np.savez(kept, keys=np.array(list(held)), vectors=np.array(list(held.values()), np.float32))
    return {text: held[key] for key, text in keys.items()}


def _vectors_of(library: Path, fingerprint: str, keys: set[str]) -> dict[str, NDArray[np.float32]]:
    database = sqlite3.connect(f"file:{library / 'library.sqlite'}?mode=ro", uri=True)
    made_by = database.execute("SELECT value FROM meta WHERE name = 'model'").fetchone()
    rows = database.execute("SELECT hash, vector FROM vectors") if made_by == (fingerprint,) else []
    return {
        key: np.frombuffer(vector, KEPT_AS).astype(np.float32)
        for key, vector in rows
        if key in keys
    }


@dataclass(frozen=True, slots=True)
class Grown:
    """A document made anew, and for each of its clauses the sentences it is made of."""

    document: Document
    sentences: list[list[str]]


def grow(store: Store, found: Material, clauses: int, *, model: str | None) -> tuple[int, float]:
    """Fill the rows of an empty library with *clauses* or a few more; return how many, in seconds.

    The rows go in by the store's own statements, many documents in one transaction.
    """
    begun = time.perf_counter()
    held = store.counts()["clauses"]
    makers = _documents(found, held)
    while held < clauses:
        with store.writing():
            if model and found.vectors:
                store.set_meta("model", model)
                store.set_meta("passages", str(EDITION))
            for _ in range(_AT_ONCE):
                held += _insert(store, next(makers), found.vectors)
                if held >= clauses:
                    break
    return held, time.perf_counter() - begun


def _insert(store: Store, grown: Grown, vectors: dict[str, NDArray[np.float32]]) -> int:
    source = grown.document.source
    store.insert(grown.document, key=source.name, original=source.name, size=len(source.name))
    store.bind(source.name, source.sha256[:12])
    row = store.row(source.sha256[:12])
    if row and vectors:
        passages = []
        for at, parts in enumerate(grown.sentences):
            mixed = np.sum([vectors[part] for part in parts], axis=0)
            mixed /= np.linalg.norm(mixed)
            key = f"{source.sha256[:24]}{at:08}"
            vector = store.insert_vector(key, mixed.astype(KEPT_AS).tobytes())
            passages.append((row.first_clause + at, vector))
        store.insert_passages(row, passages)
    return len(grown.document.blocks)


def _documents(found: Material, begin: int) -> Iterator[Grown]:
    chance = random.Random(192 + begin)  # noqa: S311 - the same library every time
    busy = BUSY_TASKS if not begin else 0
    number = begin
    while True:
        number += 1
        grown, given = _document(found, number, busy, chance)
        busy -= given
        yield grown


def _document(found: Material, number: int, busy: int, chance: random.Random) -> tuple[Grown, int]:
    """Return a document in the form of a real one, and how many tasks it gives the busy body."""
    form = chance.choice(found.plans if chance.random() < _PLANS else found.documents)
    places = {
        unit: f"{chance.choice(_SYLLABLE)} {chance.choice(_SYLLABLE)}"
        for unit in ("huyện", "quận", "thị xã", "xã", "phường")
    }
    places |= {"tỉnh": chance.choice(_SYLLABLE) + " Giang", "thành phố": "Lam Sơn"}
    start = chance.randrange(max(len(form.blocks) - _DOCUMENT, 0) + 1)
    text, blocks, tasks, sentences, given = "", [], [], [], 0
    for block in form.blocks[start : start + _DOCUMENT]:
        parts = _parts(found, sort_of(block), chance)
        words = _renamed(" ".join(parts), places, chance)
        span = Span(len(text), len(text) + len(words))
        text += words + "\n"
        blocks.append(replace(block, text=words, span=span))
        sentences.append(parts)
        if block.kind == "task":
            task = _task(
                chance.choice(found.tasks),
                blocks[-1],
                places,
                busy=given < min(busy, _BUSY_AT_ONCE),
            )
            tasks.append(task)
            given += any(actor.agency == BUSY for actor in task.actors)
    digest = hashlib.sha256(f"{number} {text}".encode()).hexdigest()
    document = Document(
        source=Source(name=f"grown_{number}.txt", format="text", sha256=digest, pages=1),
        text=text,
        metadata=_metadata(form, places, chance),
        blocks=tuple(blocks),
        tasks=tuple(tasks),
        references=tuple(_references(found, blocks, chance)),
    )
    return Grown(document, sentences), given


def _parts(found: Material, sort: str, chance: random.Random) -> list[str]:
    parts = [chance.choice(found.sentences[sort])]
    if sort in {"task", "text"}:
        long = chance.gauss(_SYLLABLES, _SYLLABLES / 3)
        while sum(part.count(" ") + 1 for part in parts) < long:
            parts.append(chance.choice(found.sentences["text"]))
    return parts


def _renamed(words: str, places: dict[str, str], chance: random.Random) -> str:
    words = _NAMED.sub(lambda match: f"{match[1]} {places[match[1]]}", words)
    return _NUMBER.sub(lambda match: str(chance.randrange(10, 10 ** len(match[0]))), words)


def _task(task: Task, block: Clause, places: dict[str, str], *, busy: bool) -> Task:
    actors = tuple(
        replace(
            actor, agency=_NAMED.sub(lambda match: f"{match[1]} {places[match[1]]}", actor.agency)
        )
        for actor in task.actors
    )
    if busy:
        actors = (replace(actors[0], agency=BUSY), *actors[1:])
    return replace(task, path=block.path, quote=block.text, span=block.span, actors=actors)


def _metadata(form: Document, places: dict[str, str], chance: random.Random) -> Metadata:
    metadata = form.metadata
    code = metadata.code and re.sub(r"^\d+", str(chance.randrange(1, 3000)), metadata.code)
    issued = metadata.issued_on and metadata.issued_on.replace(
        year=chance.randrange(2005, 2027), day=chance.randrange(1, 29)
    )
    return replace(
        metadata,
        code=code,
        issued_on=issued,
        issuer=metadata.issuer and _renamed(metadata.issuer, places, chance),
        title=metadata.title and _renamed(metadata.title, places, chance),
        place=metadata.place and _renamed(metadata.place, places, chance),
    )


def _references(
    found: Material, blocks: Sequence[Clause], chance: random.Random
) -> Iterator[Reference]:
    for block in blocks:
        if chance.random() < 0.12:  # noqa: PLR2004 - as often as real clauses cite
            reference = chance.choice(found.references)
            code = re.sub(r"^\d+", str(chance.randrange(1, 3000)), reference.code or "")
            yield replace(
                reference, path=block.path, code=code, span=Span(block.span.start, block.span.end)
            )
