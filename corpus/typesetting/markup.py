"""Source text -> Source: reads the corpus's own mark-up.

A source is a head of `key: value` lines, a line `---`, and a body of one block a line.
The first word of a body line says what the block is:

    p, b        preamble; b in italics (căn cứ)
    #, ##, ###  heading of level 1, 2, 3, its label within the text
    t           task; T2, T3: a task that other blocks hang under (its outline level)
    o, d, a, f, x   objective, detail, trailing assignment, funding, narrative
    |h, |g, |t  table row: header, group, task; cells parted by " | "
    ^, ^i       centred title of an annex, in bold or italics
    $sign, $page    the signature block here instead of at the end; a new page

`{surface|relation|key=value;…}` marks a citation. Lines beginning with `@` annotate the
block above them; they are read by `gold`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "p": "preamble",
    "b": "preamble",
    "#": "heading",
    "##": "heading",
    "###": "heading",
    "t": "task",
    "T2": "task",
    "T3": "task",
    "o": "objective",
    "d": "detail",
    "a": "assignment",
    "f": "funding",
    "x": "narrative",
    "|h": "narrative",
    "|g": "heading",
    "|t": "task",
    "^": "title",
    "^i": "title",
}
LEVELS = {"#": 1, "##": 2, "###": 3, "T2": 2, "T3": 3, "|g": 2}
CITATION = re.compile(r"\{([^|{}]+)\|([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Citation:
    """A document named in a block."""

    surface: str
    relation: str  # "implements"
    facts: tuple[tuple[str, str], ...]  # (("code", "116/2021/NĐ-CP"),)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table row."""

    mark: str  # "t"
    text: str  # a row's cells are parted by " | "
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]  # the "@" lines, without the "@"

    @property
    def kind(self) -> str:
        """What the block is, in the words of the annotation guidelines."""
        return KINDS[self.mark]

    @property
    def cells(self) -> list[str]:
        """The cells of a table row."""
        return [cell.strip() for cell in self.text.split(" | ")]


@dataclass(frozen=True, slots=True)
class Source:
    """A document as its author wrote it."""

    stem: str  # name of the file without its ending
    head: dict[str, str]
    blocks: tuple[Block, ...]

    def parts(self, key: str, separator: str = " / ") -> list[str]:
        """The pieces of a head value; [] when the head does not have it."""
        value = self.head.get(key, "")
        return [part.strip() for part in value.split(separator)] if value else []


def read_source(path: Path) -> Source:
    """Read one source file.

    Raises:
        ValueError: a line of the body begins with no known mark.
    """
    head_text, _, body = path.read_text("utf-8").partition("\n---\n")
    head = dict(line.split(": ", 1) for line in head_text.splitlines() if ": " in line)
    raw: list[tuple[str, str, list[str]]] = []
    for line in filter(None, body.splitlines()):
        mark, _, text = line.partition(" ")
        if mark == "@":
            raw[-1][2].append(text)
        elif mark in KINDS or mark in {"$sign", "$page"}:
            raw.append((mark, text.strip(), []))
        else:
            raise ValueError(f"{path.name}: no such mark: {line[:60]!r}")
    return Source(path.stem, head, tuple(_block(*item) for item in raw))


def _block(mark: str, text: str, notes: list[str]) -> Block:
    citations = tuple(_citation(m[1], m[2]) for m in CITATION.finditer(text))
    return Block(mark, CITATION.sub(r"\1", text), citations, tuple(notes))


def _citation(surface: str, rest: str) -> Citation:
    relation, _, facts = rest.partition("|")
    pairs = (fact.split("=", 1) for fact in facts.split(";") if fact)
    return Citation(surface, relation, tuple((key, value) for key, value in pairs))
