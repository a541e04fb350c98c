"""TEXTS AND QUERIES -> SCORES: how well the library finds what is known to be relevant."""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from index.library import Library
from ingest.model import Clause, Document, Metadata, Source, Span

if TYPE_CHECKING:
    from index.upkeep import Encoder

_DEPTH = 20  # documents that are looked at
_HITS = 120  # clauses that are asked for, to come to so many documents
_PART = 300  # characters of a clause that a long text is split into: the length of real ones


class Text(TypedDict):
    """A row of the corpus."""

    id: str
    title: str
    text: str


class Query(TypedDict):
    """A row of the queries."""

    id: str
    text: str
    relevant: list[str]


def bench_retrieval(
    corpus: Path, queries: Path, *, encoder: Encoder | None = None
) -> dict[str, object]:
    """Index the rows of *corpus*, run those of *queries*, and return the mean scores.

    Args:
        corpus: JSON lines {id, title, text}; each row is a document.
        queries: JSON lines {id, text, relevant: [id …]}.
        encoder: None: words alone.

    Returns:
        The keys that `sauro bench retrieval` prints.
    """
    asked: list[Query] = list(_lines(queries))
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder), encoder=encoder) as library:
        begun = time.perf_counter()
        ids = _fill(library, _lines(corpus))
        library.refresh()
        library.ask("khởi động")
        build = time.perf_counter() - begun
        runs = [_run(library, ids, query) for query in asked]
    return _summary([query["relevant"] for query in asked], runs, build)


def _lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _fill(library: Library, rows: Iterable[Text]) -> dict[str, str]:
    """Add every row; return the row's id by the document's."""
    ids = {}
    for row in rows:
        document = document_of(row)
        library.add(document, b"", key=row["id"])
        ids[document.source.sha256[:12]] = row["id"]
    return ids


def document_of(row: Text) -> Document:
    """Return a row as a document: its first paragraph a heading, the rest in parts below it."""
    paragraphs = [" ".join(line.split()) for line in row["text"].split("\n") if line.strip()]
    text = ""
    blocks: list[Clause] = []
    for at, part in enumerate(_parts(paragraphs)):
        span = Span(len(text), len(text) + len(part))
        text += part + "\n"
        blocks.append(
            Clause(
                path=f"1.{at}" if at else "1",
                kind="narrative" if at else "heading",
                label=None,
                text=part,
                page=1,
                span=span,
            )
        )
    digest = hashlib.sha256(row["id"].encode()).hexdigest()
    return Document(
        source=Source(name=row["id"], format="text", sha256=digest, pages=1),
        text=text,
        metadata=Metadata(title=row["title"]),
        blocks=tuple(blocks),
    )


def _parts(paragraphs: Sequence[str]) -> Iterator[str]:
    if not paragraphs:
        return
    yield paragraphs[0]
    part = ""
    for paragraph in paragraphs[1:]:
        if part and len(part) + len(paragraph) > _PART:
            yield part
            part = ""
        part = f"{part} {paragraph}".strip()
    if part:
        yield part


def _run(library: Library, ids: Mapping[str, str], query: Query) -> tuple[list[str], float]:
    begun = time.perf_counter()
    hits = library.search(query["text"], limit=_HITS).hits
    seconds = time.perf_counter() - begun
    return list(dict.fromkeys(ids[hit.document] for hit in hits))[:_DEPTH], seconds


def _summary(
    relevant: Sequence[Sequence[str]], runs: Sequence[tuple[list[str], float]], build: float
) -> dict[str, object]:
    pairs = [(set(wanted), found) for wanted, (found, _) in zip(relevant, runs, strict=True)]
    scores = {f"recall@{k}": _mean(_recall(w, f, k) for w, f in pairs) for k in (1, 5, 10, 20)}
    scores["mrr@10"] = _mean(_reciprocal(w, f) for w, f in pairs)
    scores["ndcg@10"] = _mean(_ndcg(w, f) for w, f in pairs)
    taken = sorted(1000 * seconds for _, seconds in runs)
    return {
        "queries": len(runs),
        **{name: round(score, 4) for name, score in scores.items()},
        "latency_ms": {"p50": _at(taken, 0.5), "p95": _at(taken, 0.95)},
        "build_s": round(build, 1),
    }


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _at(ascending: Sequence[float], share: float) -> float:
    return round(ascending[int(share * (len(ascending) - 1))], 1) if ascending else 0.0


def _recall(wanted: set[str], found: Sequence[str], depth: int) -> float:
    return len(wanted & set(found[:depth])) / len(wanted) if wanted else 0.0


def _reciprocal(wanted: set[str], found: Sequence[str]) -> float:
    return next((1 / rank for rank, id_ in enumerate(found[:10], 1) if id_ in wanted), 0.0)


def _ndcg(wanted: set[str], found: Sequence[str]) -> float:
    gain = sum(1 / math.log2(rank + 1) for rank, id_ in enumerate(found[:10], 1) if id_ in wanted)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(wanted), 10) + 1))
    return gain / best if best else 0.0
