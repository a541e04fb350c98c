"""A saved law page -> its transcript: one paragraph, heading or table row of the full text a line.

Run: .venv/bin/python benchmarks/questions/transcripts.py OUT_DIR [PAGES]

PAGES is a folder of saved pages or a .tar.gz of them. The texts are other people's and are not
committed; `benchmarks/ask.py` makes the transcripts that it needs by itself. They are made without
the program's readers, so that a fault of these cannot hide in the gold.
"""

from __future__ import annotations

import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from lxml import html

PAGES = Path(__file__).parents[3] / "shared" / "data" / "vbpl" / "documents.tar.gz"
PANEL = "panel-toan-van"  # of the id of the portal's tab "Nội dung"
ROW = "tr"
BLOCKS = {"p", "div", "li", "td", "th", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "br"}


def read_pages(pages: Path, names: frozenset[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each page (of those named)."""
    if pages.is_dir():
        for path in sorted(pages.rglob("*.html")):
            if names is None or path.name in names:
                yield path.name, path.read_bytes()
        return
    with tarfile.open(pages) as archive:
        for member in archive:
            name = Path(member.name).name
            asked = name.endswith(".html") and (names is None or name in names)
            if asked and (data := archive.extractfile(member)):
                yield name, data.read()


def transcript(page: bytes) -> list[str]:
    """The lines of a page's full text; none where the page shows only properties."""
    root = html.fromstring(page.decode("utf-8", "replace"))
    panels = [e for e in root.iter() if PANEL in (e.get("id") or "")]
    return [line for panel in panels[:1] for line in _lines(panel)]


def _lines(element: html.HtmlElement) -> Iterator[str]:
    """One line per paragraph outside tables, and one per row of a table (cells joined by " | ")."""
    run: list[str] = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            run.append(child.tail or "")
            continue
        if child.tag == ROW:
            cells = (" ".join(_lines(cell)) for cell in child)
            yield from _flush(run)
            yield from _flush([" | ".join(cell for cell in cells if cell)])
        elif child.tag in BLOCKS or child.xpath(".//p|.//div|.//tr"):
            yield from _flush(run)
            yield from _lines(child)
        else:
            run.append(" ".join(child.itertext()) if child.xpath(".//br") else child.text_content())
        run.append(child.tail or "")
    yield from _flush(run)


def _flush(run: list[str]) -> Iterator[str]:
    """The gathered text as one line, where it says anything."""
    text = re.sub(r"\s+", " ", normalize("NFC", "".join(run))).strip()
    run.clear()
    if text:
        yield text


def main() -> None:
    """Write every page's transcript."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for name, page in read_pages(Path(sys.argv[2]) if len(sys.argv) > 2 else PAGES):  # noqa: PLR2004
        if lines := transcript(page):
            (out / name).with_suffix(".txt").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
