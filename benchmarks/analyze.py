"""Seconds that reading one document of ten pages takes, by stage and format.

Run: .venv/bin/python benchmarks/analyze.py [--runs N]

The document is made of plans of the sample corpus, each paragraph once, until it has ten pages
(24,000 characters), as text, DOCX and HTML; the PDF is ten pages of the corpus's PDFs. Each stage
is the median of the runs. What it is measured against is the least that any reading of Vietnamese
costs: underthesea's tokenisation alone, of the same text, in the same run.
"""

from __future__ import annotations

import argparse
import html
import io
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import wraps
from inspect import isfunction
from pathlib import Path
from statistics import median

import docx
import pypdfium2
from underthesea import word_tokenize

from ingest import document

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
CHARACTERS = 24_000
PAGES = 10
STAGES: Mapping[str, str] = {  # the modules that `ingest.document` calls
    "ingest.readers.file": "read",
    "ingest.repair": "repair",
    "ingest.header": "header",
    "ingest.words": "words",
    "ingest.agencies": "agencies",
    "ingest.references": "references",
    "ingest.deadlines": "deadlines, targets",
    "ingest.targets": "deadlines, targets",
    "ingest.structure": "clauses",
    "ingest.heads": "clauses",
    "ingest.task_tables": "clauses",
    "ingest.kinds": "kinds",
    "ingest.tasks": "tasks",
}
OTHER = "other"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    begun = time.perf_counter()
    document.read_document(next(CORPUS.glob("*_KH_*.docx")))
    print(f"first document, with all that is loaded for it: {time.perf_counter() - begun:.2f} s")
    seconds: dict[str, float] = defaultdict(float)
    for name, function in _timed_steps(seconds).items():
        setattr(document, name, function)
    with tempfile.TemporaryDirectory() as folder:
        for path in write_formats(ten_pages(), Path(folder)):
            report(path, seconds, runs=arguments.runs)


def ten_pages() -> list[str]:
    """Return paragraphs of the plans of the corpus, each once, until they are ten pages."""
    lines: dict[str, None] = {}
    for path in sorted(CORPUS.glob("*_KH_*.docx")):
        read = document.read_document(path)
        lines |= dict.fromkeys(paragraph.span.of(read.text) for paragraph in read.paragraphs)
        if sum(map(len, lines)) >= CHARACTERS:
            break
    return list(lines)


def ten_printed_pages() -> bytes:
    """Return a PDF of ten pages of the PDFs of the corpus."""
    whole = pypdfium2.PdfDocument.new()
    for path in sorted(CORPUS.glob("*_KH_*.pdf")):
        pages = range(min(PAGES - len(whole), len(part := pypdfium2.PdfDocument(path))))
        whole.import_pages(part, list(pages))
        if len(whole) == PAGES:
            break
    packed = io.BytesIO()
    whole.save(packed)
    return packed.getvalue()


def write_formats(lines: list[str], folder: Path) -> list[Path]:
    """Write the paragraphs as text, DOCX and HTML, and ten printed pages."""
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    packed = io.BytesIO()
    word.save(packed)
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    files = {
        "plan.txt": "\n".join(lines).encode(),
        "plan.docx": packed.getvalue(),
        "plan.pdf": ten_printed_pages(),
        "plan.html": f"<html><body>{body}</body></html>".encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def _timed_steps(seconds: dict[str, float]) -> dict[str, Callable[..., object]]:
    """Return each step of reading as a function that adds its time to its stage."""

    def timed(stage: str, step: Callable[..., object]) -> Callable[..., object]:
        @wraps(step)
        def run(*arguments: object, **options: object) -> object:
            begun = time.perf_counter()
            try:
                return step(*arguments, **options)
            finally:
                seconds[stage] += time.perf_counter() - begun

        return run

    steps = {
        name: step
        for name, step in vars(document).items()
        if isfunction(step) and step.__module__ != document.__name__
    }
    return {name: timed(STAGES.get(step.__module__, OTHER), step) for name, step in steps.items()}


def report(path: Path, seconds: dict[str, float], *, runs: int) -> None:
    """Read *path* so many times and print the median of each stage."""
    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(runs):
        seconds.clear()
        begun = time.perf_counter()
        read = document.read_document(path)
        seconds["all"] = time.perf_counter() - begun
        begun = time.perf_counter()
        word_tokenize(read.text, use_token_normalize=False)
        seconds["underthesea alone"] = time.perf_counter() - begun
        for stage, spent in seconds.items():
            found[stage].append(spent)
    bare = median(found["underthesea alone"])
    print(f"\n{path.suffix[1:]}: {len(read.text):,} characters, {read.source.pages} pages")
    for stage in (*dict.fromkeys(STAGES.values()), OTHER, "all", "underthesea alone"):
        spent = median(found[stage])
        print(f"  {stage:<20} {spent * 1000:8.1f} ms  {spent / bare:6.2f} ×")


if __name__ == "__main__":
    main()
