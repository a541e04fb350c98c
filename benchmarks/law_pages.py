"""Number and type read from the text of law pages, against the heading that the portal shows.

Run: .venv/bin/python benchmarks/law_pages.py [PAGES] [--show] [--draw N --seed S]

PAGES is a folder of saved pages or a .tar.gz of them. The text is read with nothing of what the
portal says around it; a heading that repeats as the first line is taken off. A disagreement is
the portal's slip (wrong year, Cyrillic letters, the text of another document), the text's (a
scan's error, a defective number) or ours, as `law_pages.csv` records after a look at the page; one
that is not in it is "unclassified". `--draw` prints issuer, date and signer of N pages with
the lines that they were read from, to be checked by eye.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import tarfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import DirectiveError
from ingest.header import Header, read_header
from ingest.model import Clean, Metadata
from ingest.readers.file import read_data
from ingest.readers.html import PAGE_TITLE
from ingest.repair import repair
from ingest.translation import read_english_heading

PAGES = Path(__file__).parents[2] / "shared" / "data" / "vbpl" / "documents.tar.gz"
VERDICTS = Path(__file__).with_name("law_pages.csv")
CLASSES = ("same", "not printed", "portal", "text", "ours", "unclassified")
HEAD = 15  # paragraphs in which a text prints its number
SYMBOL = 16  # characters before a heading's number, at most: "Thông tư số "
SHOWN = 100  # characters of a line


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and what its text alone says."""

    name: str
    clean: Clean
    texts: list[str]  # without the portal's heading
    read: Metadata

    @property
    def heading(self) -> str:
        """What the portal prints above the text."""
        return self.clean.properties.get(PAGE_TITLE, "")


def main() -> None:
    """Read, compare and print."""
    arguments = _arguments()
    counts: Counter[str] = Counter()
    pages = list(read_pages(arguments.pages, counts))
    print(f"{counts.total() + len(pages)} pages: {len(pages)} with text, {dict(counts)}")
    if arguments.draw:
        drawn = random.Random(arguments.seed).sample(  # noqa: S311 - a sample, no secret
            pages, arguments.draw
        )
        for page in sorted(drawn, key=lambda page: page.name):
            print_ends(page)
        return
    verdicts = read_verdicts()
    for field in ("number", "type"):
        classes = [(classify(page, field, verdicts), page) for page in pages]
        print_classes(field, classes, show=arguments.show)
    print_effect(pages)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("pages", type=Path, nargs="?", default=PAGES)
    parser.add_argument("--show", action="store_true", help="list every disagreement")
    parser.add_argument("--draw", type=int, default=0, help="print so many pages to check by eye")
    parser.add_argument("--seed", type=int, default=2026)
    return parser.parse_args()


def read_pages(path: Path, counts: Counter[str]) -> Iterator[Page]:
    """Yield the pages that hold a text; *counts* the others by why not."""
    for name, data in _files(path):
        try:
            clean = repair(read_data(data, name=name), name=name)
        except DirectiveError:
            counts["refused"] += 1
            continue
        if not clean.text:
            counts["property table only"] += 1
            continue
        yield read_text(name, clean)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for file in sorted(path.glob("*.html")):
            yield file.name, file.read_bytes()
        return
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            held = archive.extractfile(member) if member.name.endswith(".html") else None
            if held:
                yield Path(member.name).name, held.read()


def read_text(name: str, clean: Clean) -> Page:
    """Read the header of a page's text, without its heading and its property table."""
    texts = [paragraph.span.of(clean.text).strip() for paragraph in clean.paragraphs]
    repeated = bool(texts) and _key(texts[0]) == _key(clean.properties.get(PAGE_TITLE, ""))
    first = 1 if repeated else 0
    bare = replace(clean, properties={}, paragraphs=clean.paragraphs[first:])
    return Page(name, clean, texts[first:], read_header(bare).metadata)


def read_verdicts() -> dict[tuple[str, str], str]:
    """Return whose slip each disagreement is, by page and field."""
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        return {(row["page"], row["field"]): row["verdict"] for row in csv.DictReader(file)}


def classify(page: Page, field: str, verdicts: dict[tuple[str, str], str]) -> str:
    """Return the class of one page: what its text says of *field* against its heading."""
    stated = read_english_heading(page.heading)
    if field == "number":
        found, heading = page.read.code, stated.number.code if stated and stated.number else None
        printed = _prints_number(page, heading)
    else:
        found, heading, printed = page.read.doc_type, stated.doc_type if stated else None, True
    if found and _key(found) == _key(heading):
        opening = page.heading[: len(found) + SYMBOL]
        foreign = field == "number" and any("CYRILLIC" in unicodedata.name(c) for c in opening)
        return "portal" if foreign else "same"
    if verdict := verdicts.get((page.name, field)):
        return verdict
    return "not printed" if not found and not printed else "unclassified"


def _prints_number(page: Page, number: str | None) -> bool:
    """Tell whether the head of the text holds the number of the heading."""
    head = "\n".join(text for text in page.texts[:HEAD] if not re.match(r"Căn cứ|Pursuant", text))
    return number is not None and _key(number) in _key(head)


def _key(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "").replace("–", "-").casefold()


def print_classes(field: str, classes: Sequence[tuple[str, Page]], *, show: bool) -> None:
    """Print how many pages are of each class, and the disagreements."""
    counts = Counter(name for name, _ in classes)
    row = "  ".join(f"{name} {counts[name]}" for name in CLASSES)
    print(f"{field}: {row}   ours {counts['ours'] / len(classes):.2%}")
    for name, page in classes:
        if name == "unclassified" or (show and name not in {"same", "not printed"}):
            said = page.read.code if field == "number" else page.read.doc_type
            print(f"  {name:13} {page.name}  heading {page.heading[:SHOWN]!r}  text {said!r}")


def print_effect(pages: Sequence[Page]) -> None:
    """Print how often the portal's status and day of effect are taken over, and days differ."""
    headers: list[tuple[Page, Header]] = [(page, read_header(page.clean)) for page in pages]
    status = sum(1 for _, header in headers if header.metadata.status)
    told = [page for page, header in headers if header.metadata.effective_on]
    differ = sum(
        1
        for _, header in headers
        if any("ngày có hiệu lực" in caution.message for caution in header.cautions)
    )
    own = sum(1 for page in pages if page.read.effective_on)
    print(
        f"effect: status of {status}; day of {len(told)}, said by {own} texts; "
        f"{differ} days of the portal differ from the text's"
    )


def print_ends(page: Page) -> None:
    """Print what was read of one page, and the lines that say it."""
    header = read_header(page.clean)
    found = header.metadata
    print(f"== {page.name}  {page.heading[:SHOWN]}")
    print(f"   issuer {found.issuer} | date {found.issued_on} | signer {found.signer}", end="")
    print(f" | {found.signer_position}")
    lines = [text[:SHOWN] for text in page.texts[:8]]
    print("   head:", " / ".join(lines))
    texts = [paragraph.span.of(page.clean.text).strip() for paragraph in page.clean.paragraphs]
    signed = [texts[i] for i, zone in enumerate(header.zones) if zone == "signature"]
    print("   signature:", " / ".join(signed), "|| end:", " / ".join(t[-60:] for t in texts[-5:]))


if __name__ == "__main__":
    main()
