"""PASSAGES -> PASSAGES: a table's row that a page's end cut in two is one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.measure import ends_sentence
from ingest.model import Repair
from ingest.readers.tables import SEPARATOR
from ingest.strand import Passage, Strand, cell_parts


def join_rows(
    passages: list[Passage], *, starts: Sequence[int]
) -> tuple[list[Passage], list[Repair]]:
    """Return the passages with the rows of a table that go on on the next page put together.

    The lower part of a row has no number of its own, where the upper one has; every cell that it
    fills goes on with one that was filled, and one of them in mid-sentence.

    Args:
        passages: Of the whole sheet; page numbers and repeated heads are gone.
        starts: The origin of the first character of each line.
    """
    done: list[Passage] = []
    joined = 0
    for passage in passages:
        if done and _may_go_on(done[-1], passage):
            above, below = _cells(done[-1], starts), _cells(passage, starts)
            if _goes_on(above, below):
                done[-1] = _joined(done[-1], passage, above, below)
                joined += 1
                continue
        done.append(passage)
    if not joined:
        return passages, []
    detail = f"nối {joined} hàng của bảng bị ngắt ở cuối trang"
    return done, [Repair(kind="broken-row", detail=detail, count=joined)]


def _may_go_on(upper: Passage, lower: Passage) -> bool:
    columns = len(upper.line.cells)
    return (
        1 < columns == len(lower.line.cells)
        and lower.line.page == upper.last.page + 1
        and not lower.line.cells[0].strip()
    )


def _cells(passage: Passage, starts: Sequence[int]) -> list[Strand]:
    return [passage.strand.part(*part) for part in cell_parts(passage, starts)]


def _goes_on(above: Sequence[Strand], below: Sequence[Strand]) -> bool:
    pairs = [(a.text, b.text) for a, b in zip(above, below, strict=True) if b.text]
    cut = any(a and not ends_sentence(a) and b[0].islower() for a, b in pairs)
    return bool(above[0].text) and cut and all(a for a, _ in pairs)


def _joined(
    upper: Passage, lower: Passage, above: Sequence[Strand], below: Sequence[Strand]
) -> Passage:
    whole = Strand.ours("")
    for column, (a, b) in enumerate(zip(above, below, strict=True)):
        gap = Strand.ours(" " if a.text and b.text else "")
        whole = whole + Strand.ours(SEPARATOR * bool(column)) + a + gap + b
    below_rows = (*upper.below, (lower.line, lower.index))
    return replace(upper, strand=whole, last=lower.line, below=below_rows)
