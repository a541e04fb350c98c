"""Text -> Strand: text of which every character knows where it came from.

Repair works on strands, so that the map from the clean text back to the file is never guessed
afterwards. An origin counts characters over all lines of a sheet, one more for each line's end.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.model import Line, Sheet

OURS = -1  # the origin of a character that repair wrote itself

Edit = tuple[int, int, str]  # text[start:end] becomes the string


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """A text and the origin of each of its characters; `origins[i]` is that of `text[i]`."""

    text: str
    origins: array[int]

    @classmethod
    def of(cls, text: str, start: int) -> Strand:
        """Return *text* as it stands in the source from origin *start* on."""
        return cls(text, array("q", range(start, start + len(text))))

    @classmethod
    def ours(cls, text: str) -> Strand:
        """Return *text* that stands nowhere in the source."""
        return cls(text, array("q", [OURS]) * len(text))

    def part(self, start: int, end: int | None = None) -> Strand:
        """Return the stretch from *start* to *end*."""
        return Strand(self.text[start:end], self.origins[start:end])

    def __add__(self, other: Strand) -> Strand:
        return Strand(self.text + other.text, self.origins + other.origins)

    def strip(self) -> Strand:
        """Return the strand without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, max(start, len(self.text.rstrip())))

    def edited(self, edits: Iterable[Edit]) -> Strand:
        """Return the strand with each edit made.

        Replaced characters keep the origins of those that they stand for, one for one; what is
        longer than what it replaces is ours from there on.

        Args:
            edits: In ascending order, not overlapping.
        """
        text, origins, done = [], array("q"), 0
        for start, end, new in edits:
            text += [self.text[done:start], new]
            origins += self.origins[done:start]
            origins += self.origins[start : min(end, start + len(new))]
            origins.extend([OURS] * (len(new) - (end - start)))
            done = end
        return Strand("".join([*text, self.text[done:]]), origins + self.origins[done:])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Passage:
    """A line, or a paragraph of several, on its way from the sheet to the clean text."""

    strand: Strand
    line: Line  # the first of the reader's lines that it is made of
    index: int  # of that line
    gap: int = 0  # blank lines above it
    heading: int | None = None
    bold: bool = False
    footnote: bool = False
    last: Line  # the last of its lines
    below: tuple[tuple[Line, int], ...] = ()  # of a table's row: the rows that it goes on in

    @property
    def text(self) -> str:
        """Its text so far."""
        return self.strand.text

    @property
    def where(self) -> str:
        """Its place in the source, in words for the person at the desk."""
        if self.line.box is not None:
            return f"trang {self.line.page}"
        return f"dòng {self.index + 1}"

    def with_strand(self, strand: Strand) -> Passage:
        """Return the passage with another text."""
        return replace(self, strand=strand)

    def edited(self, edits: Iterable[Edit]) -> Passage:
        """Return the passage with each edit made to its text."""
        return replace(self, strand=self.strand.edited(edits))


def read_passages(sheet: Sheet) -> list[Passage]:
    """Return the lines of *sheet* that show something, as NFC; blank ones are counted as gaps."""
    passages = []
    start = gap = 0
    for index, line in enumerate(sheet.lines):
        strand = compose(Strand.of(line.text, start)).strip()
        start += len(line.text) + 1
        if not strand.text:
            gap += 1
            continue
        passages.append(
            Passage(
                strand=strand,
                line=line,
                last=line,
                index=index,
                gap=gap,
                heading=line.heading,
                bold=line.bold,
                footnote=line.footnote,
            )
        )
        gap = 0
    return passages


def line_starts(sheet: Sheet) -> list[int]:
    """Return the origin of the first character of each line."""
    starts, start = [], 0
    for line in sheet.lines:
        starts.append(start)
        start += len(line.text) + 1
    return starts


def cell_parts(passage: Passage, starts: Sequence[int]) -> list[tuple[int, int]]:
    """Return where each cell of a table's row stands in the text of *passage*.

    Args:
        passage: A row, or anything else, which has none.
        starts: As `line_starts` gives them.
    """
    parts: list[tuple[int, int]] = []
    rows = [(passage.line, passage.index), *passage.below]
    columns = list(zip(*(_cell_origins(line, starts[index]) for line, index in rows), strict=True))
    if not columns:
        return parts
    cell_of = {
        origin: column
        for column, ranges in enumerate(columns)
        for low, high in ranges
        for origin in range(low, high)
    }
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for place, origin in enumerate(passage.strand.origins):
        if (column := cell_of.get(origin)) is not None:
            first.setdefault(column, place)
            last[column] = place
    for column in range(len(columns)):
        start = first.get(column, parts[-1][1] if parts else 0)
        parts.append((start, last.get(column, start - 1) + 1))
    return parts


def _cell_origins(line: Line, start: int) -> Iterator[tuple[int, int]]:
    column = 0
    for cell in line.cells:
        column = line.text.index(cell, column)
        yield start + column, start + column + len(cell)
        column += len(cell)


def compose(strand: Strand) -> Strand:
    """Return *strand* in NFC."""
    if unicodedata.is_normalized("NFC", strand.text):
        return strand
    composed = strand.edited(_compositions(strand.text))
    if unicodedata.is_normalized("NFC", composed.text):
        return composed
    whole = unicodedata.normalize("NFC", strand.text)  # letters that join across clusters
    return strand.edited([(0, len(strand.text), whole)])


def _compositions(text: str) -> Iterator[Edit]:
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        new = unicodedata.normalize("NFC", text[start:end])
        if new != text[start:end]:
            yield start, end, new
        start = end
