"""CLEAN -> CLAUSES: the tree of a document, one clause a paragraph (bố cục: phần … điểm, gạch).

A paragraph that opens with a mark stands under the nearest open clause of a lower rank; a series
that is open goes on where it stands. Bullets take their depth from the order in which their glyphs
appear. A paragraph without a mark stands beside the bullets of its heading, or is a heading itself
when it is set as one; the title below "Chương I" or "PHỤ LỤC 2" is one clause with it. What a law
quotes to put it into another one stays below the point that quotes it. What the header step zones
(letterhead, recipients …) is named "0.…" above the body and "nn.…" (Nơi nhận), "ky.…" (chữ ký)
below it; what follows a signature is an annex, and stands under nothing above it.

Source: Decree 30/2020/NĐ-CP, Annex I, on numbering; Decree 78/2025/NĐ-CP for laws.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.headings import (
    awaits_title,
    is_heading,
    is_title_below,
    is_titled_bullet,
    unmarked_rank,
)
from ingest.model import Clause, Clean, Kind, Paragraph, Span
from ingest.numbering import BULLET, NUMBER, Mark, read_mark, read_row_mark
from ingest.openings import names_type
from ingest.quotations import find_quotations

_ZONES = {"recipients": "nn", "signature": "ky"}
_TITLED_BULLET = 12.0  # "* Hình thức tuyên truyền" over plain paragraphs and bullets
_PLAIN = 30.0
_ROW_CELLS = 3  # of a row that is no letterhead, though it stands where one would


@dataclass(slots=True)
class _Node:
    """A clause while the tree grows."""

    path: str
    paragraph: Paragraph
    style: str
    rank: float
    mark: Mark | None
    text: str  # of the paragraph, with its label, and of the title below it
    end: int  # of the paragraph or of that title
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
    texts = [paragraph.span.of(clean.text) for paragraph in clean.paragraphs]
    quoted = find_quotations(texts)
    clauses: list[tuple[_Node, Kind | None]] = []
    for index, (paragraph, zone) in enumerate(zip(clean.paragraphs, zones, strict=True)):
        text = texts[index]
        if not text.strip():
            continue
        if zone and len(paragraph.cells) < _ROW_CELLS:
            clauses.append((tree.zoned(paragraph, text, zone), zone))
        elif clauses and not clauses[-1][1] and _takes_title(clauses[-1][0], paragraph, text):
            _add_title(clauses[-1][0], paragraph, text)
        else:
            tree.quote(quoted=index in quoted)
            clauses.append((tree.placed(paragraph, text), None))
    return tuple(_clause(node, zone) for node, zone in clauses)


def _takes_title(node: _Node, paragraph: Paragraph, text: str) -> bool:
    """Tell whether *text* is the title of the part that *node* begins, or goes on with it."""
    label, _, title = node.text.partition("\n")
    return (
        awaits_title(node.mark, label)
        and read_mark(text) is None
        and is_title_below(paragraph, text, more=bool(title))
    )


def _add_title(node: _Node, paragraph: Paragraph, text: str) -> None:
    node.text += ("\n" if "\n" not in node.text else " ") + text
    node.end = paragraph.span.end


class _Tree:
    """The open clauses, outermost first."""

    def __init__(self) -> None:
        self.stack: list[_Node] = []
        self.floor = 0  # how many of them enclose the quotation that is being read
        self.top: Counter[str] = Counter()
        self.used: Counter[str] = Counter()

    def zoned(self, paragraph: Paragraph, text: str, zone: Kind) -> _Node:
        if zone == "footnote":
            return self._node(paragraph, text, None, "footnote", _PLAIN, parent=self._heading())
        self.stack.clear()
        self.floor = 0
        prefix = _ZONES.get(zone, "0")
        self.top[prefix] += 1
        mark = read_mark(text) if zone in {"preamble", "recipients"} else None
        path = f"{prefix}.{self.top[prefix]}"
        return _Node(path, paragraph, zone, 0, mark, text, paragraph.span.end)

    def quote(self, *, quoted: bool) -> None:
        """Begin or end a quotation: what stands in one closes nothing outside it."""
        if quoted and not self.floor:
            self.floor = len(self.stack)
        elif not quoted and self.floor:
            del self.stack[self.floor :]
            self.floor = 0

    def placed(self, paragraph: Paragraph, text: str) -> _Node:
        mark = (
            read_row_mark(text, first_cell=_first_cell(paragraph))
            if paragraph.cells
            else read_mark(text)
        )
        if mark is None:
            return self._unmarked(paragraph, text)
        if mark.rank == BULLET and is_titled_bullet(paragraph, text, mark):
            mark = replace(mark, rank=_TITLED_BULLET, style=f"titled {mark.style}")
        self._pop_for(mark)
        return self._push(paragraph, text, mark, mark.style, mark.rank)

    def _open(self) -> _Node | None:
        """Return the innermost clause that may be closed."""
        return self.stack[-1] if len(self.stack) > self.floor else None

    def _pop_for(self, mark: Mark) -> None:
        """Close the clauses that a clause with *mark* does not stand in."""
        if mark.rank == BULLET:
            while (top := self._open()) and top.style == "plain" and not top.text.endswith(":"):
                self.stack.pop()
            self._pop_to(mark.style)
            return
        is_row = mark.style.startswith("row ")
        while (top := self._open()) and top.rank >= BULLET:
            if is_row and top.style.startswith("row "):
                break  # "I" of a table encloses its "1"
            self.stack.pop()
        if mark.first and self._may_nest(mark):
            return
        if not self._pop_to(mark.style, mark):
            while (top := self._open()) and top.rank >= mark.rank:
                self.stack.pop()

    def _may_nest(self, mark: Mark) -> bool:
        """Tell whether a new series may stand inside the open clause, though it outranks it."""
        top = self._open()
        if top is None or mark.rank < NUMBER or top.rank <= mark.rank:
            return False
        if top.style == "named" and mark.style != "named":
            return True
        fresh = all(node.style != mark.style for node in self.stack[self.floor :])
        return top.text.endswith(":") and (fresh or not top.encloses)

    def _pop_to(self, style: str, mark: Mark | None = None) -> bool:
        """Close the open series of *style*, so that its next clause stands beside its last.

        Where two such series are open, "3." goes on with the one that has come to "2.".
        """
        series = [i for i in range(self.floor, len(self.stack)) if self.stack[i].style == style]
        if not series:
            return False
        goes_on = [i for i in series if mark and mark.follows(self.stack[i].mark)]
        del self.stack[(goes_on or series)[-1] :]
        return True

    def _unmarked(self, paragraph: Paragraph, text: str) -> _Node:
        rank = unmarked_rank(paragraph, text)
        floor = BULLET if rank is None else rank
        while (top := self._open()) and top.rank >= floor:
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
        return _Node(path, paragraph, style, rank, mark, text, paragraph.span.end)


def _first_cell(paragraph: Paragraph) -> Span:
    """Return where the first cell of a table's row stands in the row's text."""
    start, cell = paragraph.span.start, paragraph.cells[0]
    return Span(cell.start - start, cell.end - start)


def _clause(node: _Node, zone: Kind | None) -> Clause:
    label_end = node.mark.end if node.mark else 0
    return Clause(
        path=node.path,
        kind=zone or _kind(node),
        label=node.mark.label if node.mark else None,
        text=node.text[label_end:].strip(),
        page=node.paragraph.page,
        span=Span(node.paragraph.span.start, node.end),
    )


def _kind(node: _Node) -> Kind:
    """Return what the shape of a clause alone tells; the rest is told by what it says."""
    heading = is_heading(
        node.paragraph, node.text, mark=node.mark, rank=node.rank, encloses=node.encloses
    )
    if heading:
        return "heading"
    in_capitals = node.style == "unmarked heading" and node.text.isupper()
    return "title" if in_capitals or names_type(node.text) else "narrative"
