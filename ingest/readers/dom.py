"""HTML -> BLOCKS: the lines that a browser would show, with what their tags say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from ingest.model import Line
from ingest.openings import opens_block
from ingest.properties import property_of
from ingest.readers import tables

_BLOCKS = frozenset(
    """address article blockquote body caption center dd details dir div dl dt fieldset
    figure form h1 h2 h3 h4 h5 h6 header hr html li main menu ol p pre section summary td tfoot th
    tr ul""".split()  # noqa: SIM905
)
_HIDDEN = frozenset(
    """script style noscript template head svg iframe object embed button input select textarea
    option nav aside figcaption audio video canvas map dialog footer""".split()  # noqa: SIM905
)
_ROLES = frozenset(
    ["navigation", "search", "banner", "contentinfo", "tab", "tablist", "menu", "menubar", "dialog"]
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_BOLD = frozenset(["b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"])
_HEADING = re.compile(r"h([1-6])$")
_UNIT = re.compile(r"(?:\b(?:k|d|c|m|h)?m|\d)$")  # what a power follows: "km²", "10⁵"
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE = re.compile(  # what Word and LibreOffice call footnotes and the marks that point to them
    r"(?:^|#)_?(?:sd)?(?:ftn|edn|footnote|endnote|fn)(?:ref)?\d+(?:sym|anc)?$", re.IGNORECASE
)
_WIDEST_SPAN = 100
_PAIR = 2
_LABELS: Mapping[str, Callable[[int], str]] = {
    "a": lambda number: chr(ord("a") + (number - 1) % 26),
    "A": lambda number: chr(ord("A") + (number - 1) % 26),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A line and the element that shows it."""

    line: Line
    element: HtmlElement
    linked: float  # the share of its characters that are links


@dataclass(slots=True)
class _Run:
    """Characters of one look."""

    text: str
    bold: bool
    linked: bool


def read_blocks(root: HtmlElement) -> list[Block]:
    """Return what *root* shows, line by line, in reading order.

    Menus, forms, scripts and what is hidden are left out; the labels of lists are made visible;
    raised numbers that are no powers stand as "<sup>1</sup>".
    """
    walker = _Walker(root)
    walker.walk(root, bold=False, linked=False)
    walker.end_line(whole=True)
    return walker.blocks


class _Walker:
    """Reads a tree from its root on, and holds the line that is being read."""

    def __init__(self, root: HtmlElement) -> None:
        self.blocks: list[Block] = []
        self._open = [root]  # the block elements that are being read
        self._runs: list[_Run] = []
        self._broken = False  # <br> ended the line before
        self._label = ""  # of the list item that begins

    def walk(self, element: HtmlElement, *, bold: bool, linked: bool) -> None:
        """Read *element* and all in it."""
        tag = element.tag
        if not isinstance(tag, str) or _is_hidden(element):
            return
        bold = bold or tag in _BOLD or bool(_HEAVY.search(element.get("style", "")))
        if tag == "br":
            self.end_line(whole=False)
        elif tag == "table":
            self.end_line(whole=True)
            self._read_table(element)
        elif tag == "sup" or (tag == "a" and _NOTE.search(element.get("href", ""))):
            self._add(_raised(element, self._runs), bold=bold, linked=False)
        elif tag in _BLOCKS:
            self._read_block(element, bold=bold, linked=linked)
        else:
            self._read_inline(element, bold=bold, linked=linked or bool(element.get("href")))

    def _read_block(self, element: HtmlElement, *, bold: bool, linked: bool) -> None:
        self.end_line(whole=True)
        self._label = _list_label(element) or self._label
        self._open.append(element)
        self._read_inline(element, bold=bold, linked=linked)
        self.end_line(whole=True)
        self._open.pop()

    def _read_inline(self, element: HtmlElement, *, bold: bool, linked: bool) -> None:
        self._add(element.text or "", bold=bold, linked=linked)
        for child in element:
            self.walk(child, bold=bold, linked=linked)
            self._add(child.tail or "", bold=bold, linked=linked)

    def _add(self, text: str, *, bold: bool, linked: bool) -> None:
        first, *others = text.split("\n") if self._open[-1].tag == "pre" else [text]
        if first:
            self._runs.append(_Run(first, bold, linked))
        for other in others:
            self.end_line(whole=False)
            self._runs.append(_Run(other, bold, linked))

    def end_line(self, *, whole: bool) -> None:
        """Take what was read since the last line as a line of the innermost block."""
        runs = [run for run in self._runs if run.text]
        self._runs = []
        broken, self._broken = self._broken, not whole
        text = " ".join("".join(run.text for run in runs).split())
        if not text:
            return
        label, self._label = self._label, ""
        cells = _property(runs)
        line = Line(
            text=tables.row_text(cells) if cells else _labelled(label, text),
            cells=cells,
            bold=all(run.bold for run in runs if not run.text.isspace()),
            heading=_heading(self._open),
            whole=whole and not broken,
            footnote=_in_note(self._open),
        )
        linked = sum(len(run.text.strip()) for run in runs if run.linked)
        self.blocks.append(Block(line, self._open[-1], linked / len(text)))

    def _read_table(self, table: HtmlElement) -> None:
        rows = [[_as_property(cell) for cell in row] for row in _cells_of(table)]
        lines = [[tuple(block.line.text for block in cell) for cell in row] for row in rows]
        entries = [cell for row in rows for cell in row if cell]
        pairs = all(block.line.cells for cell in entries for block in cell)
        if pairs or tables.is_layout(lines):
            self.blocks += [block for row in rows for cell in row for block in cell]
            return
        for row, texts in zip(rows, lines, strict=True):
            cells = tables.row_cells(texts)
            blocks = [block for cell in row for block in cell]
            if any(cells):
                bold = all(block.line.bold for block in blocks)
                self.blocks.append(
                    Block(
                        tables.row_line(cells, bold=bold),
                        blocks[0].element,
                        max(blocks, key=lambda block: len(block.line.text)).linked,
                    )
                )


def _cells_of(table: HtmlElement) -> list[list[list[Block]]]:
    """Return the blocks of each cell; a cell over several columns is followed by empty ones.

    What a cell over several rows says, if short, is repeated in each of them.
    """
    rows: list[list[list[Block]]] = []
    below: dict[int, tuple[int, list[Block]]] = {}  # column -> rows left, what stands in them
    for row in _rows_of(table):
        made: list[list[Block]] = []
        waiting = [cell for cell in row if cell.tag in ("td", "th")]
        while waiting or len(made) in below:
            if len(made) in below:
                left, blocks = below.pop(len(made))
                if left > 1:
                    below[len(made)] = (left - 1, blocks)
                made.append(blocks)
                continue
            cell = waiting.pop(0)
            blocks = read_blocks(cell)
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            said = blocks if tables.fills_down(_text(blocks)) else []
            for column in range(len(made), len(made) + across if down > 1 else 0):
                below[column] = (down - 1, said if column == len(made) else [])
            made += [blocks, *([] for _ in range(across - 1))]
        rows.append(made)
    return rows


def _as_property(cell: list[Block]) -> list[Block]:
    """Return a cell as one line if it holds a known label and, below it, the value."""
    if len(cell) != _PAIR or not property_of(cell[0].line.text):
        return cell
    cells = (cell[0].line.text, cell[1].line.text)
    line = replace(cell[0].line, text=tables.row_text(cells), cells=cells)
    return [replace(cell[0], line=line)]


def _rows_of(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr" and not _is_hidden(child):
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _rows_of(child)


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(int(value), _WIDEST_SPAN) if value.isdigit() and int(value) else 1


def _text(blocks: list[Block]) -> str:
    return " ".join(block.line.text for block in blocks)


def _is_hidden(element: HtmlElement) -> bool:
    return (
        element.tag in _HIDDEN
        or element.get("hidden") is not None
        or element.get("role") in _ROLES
        or bool(_INVISIBLE.search(element.get("style", "")))
    )


def _heading(opened: list[HtmlElement]) -> int | None:
    found = _HEADING.match(str(opened[-1].tag))
    return int(found[1]) if found else None


def _in_note(opened: list[HtmlElement]) -> bool:
    return any(_NOTE.match(element.get("id", "")) for element in opened[-3:])


def _raised(element: HtmlElement, runs: list[_Run]) -> str:
    """Return a raised number as the mark of a footnote, or as a power where it follows a unit."""
    text = " ".join(element.text_content().split())
    number = text.strip("[]() ")
    if not number.isdigit():
        return text
    before = "".join(run.text for run in runs[-3:]).rstrip()
    if element.tag == "sup" and _UNIT.search(before) and number == text:
        return number.translate(_POWERS)
    return f"<sup>{number}</sup>"


def _list_label(element: HtmlElement) -> str:
    """Return the label that a browser shows before a list item: "2. ", "b. ", "- "."""
    parent = element.getparent()
    if element.tag != "li" or parent is None or "none" in parent.get("style", ""):
        return ""
    if parent.tag != "ol":
        return "- "
    start = parent.get("start", "1")
    before = sum(1 for item in element.itersiblings("li", preceding=True))
    number = before + (int(start) if start.isdigit() else 1)
    return f"{_LABELS.get(parent.get('type', '1'), str)(number)}. "


def _labelled(label: str, text: str) -> str:
    return text if not label or opens_block(text) else label + text


def _property(runs: list[_Run]) -> tuple[str, ...]:
    """Return a known label and its value, if the line is made of the two: "Số hiệu" "12/QĐ"."""
    shown = [run for run in runs if run.text.strip()]
    if len(shown) < _PAIR or not property_of(shown[0].text):
        return ()
    value = " ".join("".join(run.text for run in shown[1:]).split())
    glued = shown[0].text == shown[0].text.rstrip() and runs[1] is shown[1]
    if shown[0].text.rstrip().endswith(":") or glued:
        return shown[0].text.strip(), value
    return ()
