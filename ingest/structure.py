"""CLEAN -> CLAUSES: the tree of a document, one clause a paragraph (bố cục: phần … điểm, gạch).

A paragraph that opens with a mark stands under the nearest open clause of a lower rank; a series
that is open goes on where it stands. Bullets take their depth from the order in which their glyphs
appear. A paragraph without a mark stands beside the bullets of its heading, or is a heading itself
when it is set as one. What the header step zones (letterhead, recipients …) is named "0.…" above
the body and "nn.…" (Nơi nhận), "ky.…" (chữ ký) below it.

Source: Decree 30/2020/NĐ-CP, Annex I, on numbering; Decree 78/2025/NĐ-CP for laws.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.model import Clause, Clean, Kind, Paragraph
from ingest.numbering import BULLET, NUMBER, Mark, read_mark

_ZONES = {"recipients": "nn", "signature": "ky"}
_UNMARKED_CAPS = 6.5  # an unnumbered heading in capitals stands like a Roman one
_UNMARKED = 7.5  # any other below it
_TITLED_BULLET = 12.0  # "* Hình thức tuyên truyền" over plain paragraphs and bullets
_PLAIN = 30.0
_ROWS = 25.0  # under whatever stands above the table
_ROW_NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:\.\d{1,2})*)[.)]?|(?P<letters>[IVX]{1,5}|[A-HĐ])[.)]?"
)
_HEADING_WORDS = 40
_LEAD_IN_WORDS = 14
_TITLE_WORDS = 8  # "1. Công an tỉnh.": too short for a sentence
_SENTENCE_END = (".", ";", "!", "?", "…", ",")


@dataclass(slots=True)
class _Node:
    """A clause while the tree grows."""

    path: str
    paragraph: Paragraph
    style: str
    rank: float
    mark: Mark | None
    text: str  # of the paragraph, with its label
    children: Counter[str] = field(default_factory=Counter)
    encloses: bool = False


def split_clauses(clean: Clean, zones: Sequence[Kind | None]) -> tuple[Clause, ...]:
    """Split a document into its clauses, in reading order.

    Args:
        clean: The text; its paragraphs do not overlap.
        zones: For each paragraph the kind that the header step knows, else None.

    Returns:
        One clause a paragraph; their spans ascend, do not overlap and show their words. The kind of
        a clause that is neither zoned nor a heading is "narrative" until `kinds` tells it.
    """
    tree = _Tree()
    clauses: list[tuple[_Node, Kind | None]] = []
    for paragraph, zone in zip(clean.paragraphs, zones, strict=True):
        text = paragraph.span.of(clean.text)
        if not text.strip():
            continue
        node = tree.zoned(paragraph, text, zone) if zone else tree.placed(paragraph, text)
        clauses.append((node, zone))
    return tuple(_clause(node, zone) for node, zone in clauses)


class _Tree:
    """The open clauses, outermost first."""

    def __init__(self) -> None:
        self.stack: list[_Node] = []
        self.top: Counter[str] = Counter()
        self.used: Counter[str] = Counter()

    def zoned(self, paragraph: Paragraph, text: str, zone: Kind) -> _Node:
        if zone == "footnote":
            return self._node(paragraph, text, None, "footnote", _PLAIN, parent=self._heading())
        prefix = _ZONES.get(zone, "0")
        self.top[prefix] += 1
        mark = read_mark(text) if zone in {"preamble", "recipients"} else None
        return _Node(f"{prefix}.{self.top[prefix]}", paragraph, zone, 0, mark, text)

    def placed(self, paragraph: Paragraph, text: str) -> _Node:
        mark = _row_mark(paragraph, text) if paragraph.cells else read_mark(text)
        if mark is None:
            return self._unmarked(paragraph, text)
        if mark.rank == BULLET and _is_title(paragraph, text, mark):
            mark = replace(mark, rank=_TITLED_BULLET, style=f"titled {mark.style}")
        self._pop_for(mark)
        return self._push(paragraph, text, mark, mark.style, mark.rank)

    def _pop_for(self, mark: Mark) -> None:
        """Close the clauses that a clause with *mark* does not stand in."""
        if mark.rank == BULLET:
            while self.stack and self.stack[-1].style == "plain" and not self._leads_in():
                self.stack.pop()
            self._pop_to(mark.style)
            return
        is_row = mark.style.startswith("row ")
        while self.stack and self.stack[-1].rank >= BULLET:
            if is_row and self.stack[-1].style.startswith("row "):
                break  # "I" of a table encloses its "1"
            self.stack.pop()
        nests = mark.first and bool(self.stack) and self._may_nest(mark)
        if not nests:
            self._pop_to(mark.style)
        while not nests and self.stack and self.stack[-1].rank >= mark.rank:
            self.stack.pop()

    def _may_nest(self, mark: Mark) -> bool:
        """Tell whether a new series may stand inside the open clause, though it outranks it."""
        top = self.stack[-1]
        fresh = all(node.style != mark.style for node in self.stack)
        return fresh and mark.rank >= NUMBER and top.rank > mark.rank and top.text.endswith(":")

    def _pop_to(self, style: str) -> None:
        """Close the open series of *style*, so that its next clause stands beside its last."""
        if any(node.style == style for node in self.stack):
            while self.stack.pop().style != style:
                pass

    def _leads_in(self) -> bool:
        return self.stack[-1].text.endswith(":")

    def _unmarked(self, paragraph: Paragraph, text: str) -> _Node:
        rank = _heading_rank(paragraph, text)
        floor = BULLET if rank is None else rank
        while self.stack and self.stack[-1].rank >= floor:
            self.stack.pop()
        if rank is None:
            return self._push(paragraph, text, None, "plain", _PLAIN)
        return self._push(paragraph, text, None, "unmarked heading", rank)

    def _heading(self) -> _Node | None:
        return next((node for node in reversed(self.stack) if node.rank < BULLET), None)

    def _push(
        self, paragraph: Paragraph, text: str, mark: Mark | None, style: str, rank: float
    ) -> _Node:
        parent = self.stack[-1] if self.stack else None
        node = self._node(paragraph, text, mark, style, rank, parent=parent)
        if parent:
            parent.encloses = True
        self.stack.append(node)
        return node

    def _node(  # noqa: PLR0913 - the six things that a node is
        self,
        paragraph: Paragraph,
        text: str,
        mark: Mark | None,
        style: str,
        rank: float,
        *,
        parent: _Node | None,
    ) -> _Node:
        siblings = parent.children if parent else self.top
        name = mark.name if mark else None
        if name is None:
            siblings[""] += 1
            # Under a Roman heading a bare number would be taken for its "2."
            many = parent is None or parent.rank < NUMBER
            name = f"m{siblings['']}" if many else str(siblings[""])
        path = f"{parent.path}.{name}" if parent else name
        self.used[path] += 1
        if self.used[path] > 1:
            path = f"{path}~{self.used[path]}"
        return _Node(path, paragraph, style, rank, mark, text)


def _row_mark(paragraph: Paragraph, text: str) -> Mark | None:
    """Return the mark of a table's row: its first cell, when that is a number or a letter."""
    first = paragraph.cells[0]
    start, end = first.start - paragraph.span.start, first.end - paragraph.span.start
    number = _ROW_NUMBER.fullmatch(text[start:end].strip())
    if number is None:
        return None
    rest = text[end:]
    return Mark(
        style=f"row {number.lastgroup}",
        rank=_ROWS + (0.1 if number["digits"] else 0.0),
        name=number[0].strip(" .)"),
        first=number[0].strip(" .)") in {"1", "I", "A"},
        label=number[0],
        end=end + len(rest) - len(rest.lstrip(" |")),
    )


def _is_title(paragraph: Paragraph, text: str, mark: Mark) -> bool:
    """Tell whether a bullet is set as a title: by a star or in bold, and short."""
    short = len(text.split()) <= _LEAD_IN_WORDS and not text.endswith(_SENTENCE_END)
    return short and (mark.style == "bullet*" or paragraph.bold)


def _heading_rank(paragraph: Paragraph, text: str) -> float | None:
    """Return how deep an unmarked heading stands; None when the paragraph is none."""
    if paragraph.cells or len(text.split()) > _HEADING_WORDS or text.endswith(_SENTENCE_END):
        return None
    if text.isupper() and len(text.split()) > 1:
        return _UNMARKED_CAPS
    if paragraph.heading is not None or (paragraph.bold and not text.endswith(":")):
        return _UNMARKED
    return None


def _clause(node: _Node, zone: Kind | None) -> Clause:
    span = node.paragraph.span
    label_end = node.mark.end if node.mark else 0
    return Clause(
        path=node.path,
        kind=zone or ("heading" if _is_heading(node) else "narrative"),
        label=node.mark.label if node.mark else None,
        text=node.text[label_end:].strip(),
        page=node.paragraph.page,
        span=span,
    )


def _is_heading(node: _Node) -> bool:
    """Tell a title from a sentence: it encloses others and does not end as a sentence does."""
    words = node.text[node.mark.end if node.mark else 0 :].split()
    if node.style == "unmarked heading":
        return True
    open_ended = not node.text.endswith(_SENTENCE_END)
    set_apart = node.paragraph.bold or " ".join(words).isupper()
    if node.rank < NUMBER and node.style != "article":
        return node.encloses or set_apart or open_ended
    if not node.encloses:
        return set_apart and open_ended and 0 < len(words) <= _LEAD_IN_WORDS and node.rank < BULLET
    if node.rank >= BULLET:
        return node.text.endswith(":") and len(words) <= _LEAD_IN_WORDS
    if set_apart or len(words) <= _TITLE_WORDS:
        return True
    return open_ended and len(words) <= _HEADING_WORDS
