"""How many numbered citations between held documents resolve, and a sample of them to read.

Run: .venv/bin/python benchmarks/citations.py FOLDER… [--sample FILE] [--size 200] [--cache FILE]

What there is to resolve is counted without our reading of citations: wherever the raw text of one
document prints the number of another held one, spaces, case, Đ/D and look-alike letters apart. A
document's own number, its letterhead, signature and recipients are left out, and numbers that
follow "Mẫu số" or "Biểu". An occurrence counts as resolved when a reference covers it and means
that document (`index.resolution`). English translations of laws are left out: their numbers are of
the Vietnamese text.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.codes import code_key
from index.resolution import meant_document
from ingest.errors import DirectiveError
from ingest.header import read_header
from ingest.model import Clause, Metadata, Reference, Span
from ingest.places import Context
from ingest.readers.file import read_bytes, read_data
from ingest.references import cite_text
from ingest.repair import repair
from ingest.structure import split_clauses

_NUMBER = re.compile(
    r"(?<![\w/.,:-])\d{1,5}[a-zđ]? ?(?:[/-] ?(?:19|20)\d\d ?)?[/-] ?[A-ZĐÐ][\w&]*"
    r"(?: ?[-–/_] ?[A-ZĐÐ&][\w&]*)*"
)
_FORM = re.compile(r"(?:[Mm]ẫu|[Bb]iểu)[^.;]{0,12}$")
_OWN_PARTS = frozenset({"letterhead", "signature", "recipients"})
_ALIKE = str.maketrans("АВЕКМНОРСТХаеорсухĐÐđ", "ABEKMHOPCTXaeopcyxDDd")
_VIETNAMESE = 5  # times that "của" stands in a text of ours
_AROUND = 160


@dataclass(frozen=True, slots=True)
class Paper:
    """A document, read as far as its citations."""

    name: str
    text: str
    blocks: tuple[Clause, ...]
    metadata: Metadata
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A reference that resolved."""

    paper: Paper
    reference: Reference
    target: Paper


def main() -> None:
    """Measure, print and write the sample."""
    arguments = _arguments()
    papers = [paper for paper in _papers(arguments) if paper.text.count(" của ") >= _VIETNAMESE]
    held: dict[str, list[Paper]] = defaultdict(list)
    plain: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        if paper.metadata.code:
            held[code_key(paper.metadata.code)].append(paper)
            plain[_plain(paper.metadata.code)].append(paper)
    hits = [hit for paper in papers for hit in _hits(paper, held)]
    counts = Counter[str]()
    for paper in papers:
        counts.update(_occurrences(paper, plain, held))
    print(f"documents {len(papers)}, with a number {sum(map(len, held.values()))}")
    print(f"references {sum(len(paper.references) for paper in papers)}, resolved {len(hits)}")
    printed = counts.total()
    print(f"numbers of held documents printed in others: {printed}")
    for kind in ("resolved", "other document", "not resolved", "no reference"):
        print(f"  {kind:<15} {counts[kind]:>6}  {counts[kind] / max(printed, 1):.4f}")
    if arguments.sample:
        chosen = sorted(hits, key=_lot)[: arguments.size]
        arguments.sample.write_text("\n".join(_shown(hit) for hit in chosen), "utf-8")
        print(f"sample of {len(chosen)} in {arguments.sample}")


def _occurrences(
    paper: Paper, plain: dict[str, list[Paper]], held: dict[str, list[Paper]]
) -> Iterator[str]:
    """Yield what became of each number of another held document that the raw text prints."""
    own = [block.span for block in paper.blocks if block.kind in _OWN_PARTS]
    for found in _NUMBER.finditer(paper.text):
        targets = [other for other in plain.get(_plain(found[0]), ()) if other is not paper]
        mine = _plain(found[0]) == _plain(paper.metadata.code or "")
        if not targets or mine or any(span.start <= found.start() < span.end for span in own):
            continue
        if _FORM.search(paper.text[max(0, found.start() - 20) : found.start()]):
            continue
        covering = [r for r in paper.references if _covers(r.span, found.start())]
        meant = [target for r in covering if (target := _target(r, held))]
        if any(target in targets for target in meant):
            yield "resolved"
        elif meant:
            yield "other document"
        else:
            yield "not resolved" if covering else "no reference"


def _covers(span: Span, place: int) -> bool:
    return span.start <= place < span.end


def _hits(paper: Paper, held: dict[str, list[Paper]]) -> Iterator[Hit]:
    for reference in paper.references:
        target = _target(reference, held)
        if reference.code and target and target is not paper:
            yield Hit(paper, reference, target)


def _target(reference: Reference, held: dict[str, list[Paper]]) -> Paper | None:
    code = reference.code or reference.resolved
    named = held.get(code_key(code), ()) if code else ()
    return meant_document(reference, ((paper, paper.metadata) for paper in named))


def _plain(code: str) -> str:
    """Return a number as the eye compares it: capitals without marks, spaces or leading zeros."""
    bare = unicodedata.normalize("NFC", code).translate(_ALIKE).upper()
    return re.sub(r"[\s_–-]+", "-", re.sub(r"\s+", "", bare)).replace("-", "/").lstrip("0")


def _lot(hit: Hit) -> str:
    """Return the place of a hit in a draw that is the same in every run."""
    drawn = f"{hit.paper.name} {hit.reference.span.start} {hit.reference.code}"
    return hashlib.sha256(drawn.encode()).hexdigest()


def _shown(hit: Hit) -> str:
    reference, header = hit.reference, hit.target.metadata
    start, end = reference.span.start, reference.span.end
    text = hit.paper.text
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    around = f"{before}[[{reference.surface}]]{after}"
    return (
        f"{hit.paper.name} {reference.code} {reference.doc_type} {reference.date}"
        f" {reference.issuer} ({reference.relation})\n   {' '.join(around.split())}\n"
        f"   => {hit.target.name}: {header.code} {header.doc_type} {header.issued_on}"
        f" {header.issuer}: {(header.title or '')[:100]}\n"
    )


def _papers(arguments: argparse.Namespace) -> list[Paper]:
    cache: Path | None = arguments.cache
    if cache and cache.exists():
        read = pickle.loads(cache.read_bytes())  # noqa: S301 - our own file
    else:
        read = dict(_read(arguments.folders))
        if cache:
            cache.write_bytes(pickle.dumps(read))
    return [
        Paper(
            Path(name).name,
            text,
            blocks,
            metadata,
            cite_text(text, blocks, metadata, context=context).references,
        )
        for name, (text, blocks, metadata, context) in read.items()
    ]


Read = tuple[str, tuple[Clause, ...], Metadata, Context]


def _read(folders: list[Path]) -> Iterator[tuple[str, Read]]:
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        try:
            clean = repair(read_data(read_bytes(path), name=path.name), name=path.name)
        except DirectiveError as error:
            print(f"left out: {error}")
            continue
        header = read_header(clean)
        blocks = split_clauses(clean, header.zones)
        yield str(path), (clean.text, blocks, header.metadata, header.context)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--sample", type=Path, help="where to write resolved ones to read")
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--cache", type=Path, help="where to keep what was read")
    return parser.parse_args()


if __name__ == "__main__":
    main()
