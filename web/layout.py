"""DOCUMENT -> LINES OF THE PAGE: clauses with their marks, and the outline beside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.model import Clause, Document, Paragraph, Span
from web.marking import Mark, Stretch, findings, weave

_DEEPEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A clause as the page shows it; `clause` is None for words that belong to none."""

    clause: Clause | None
    stretches: tuple[Stretch, ...]
    depth: int  # 1: the outermost
    page: int | None  # set where a new page of the original begins
    has_task: bool = False
    cells: tuple[tuple[Stretch, ...], ...] = ()  # of a table row; the words between are bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A line of the outline (mục lục), with those below it."""

    clause: Clause
    inner: tuple[Chapter, ...]


def lay_out(document: Document, *, quoted: Span | None = None) -> tuple[Shown, ...]:
    """Return all the words of a document, clause by clause, in reading order.

    Words that no clause claims are shown where they stand, so that nothing is ever lost.
    """
    marks = findings(document)
    if quoted is not None and not _is_whole_clause(quoted, document):
        marks.append(Mark(span=quoted, kind="match"))
    marks.sort(key=lambda mark: mark.span.start)
    starts = [mark.span.start for mark in marks]
    rows = {_inner(paragraph, document.text): paragraph.cells for paragraph in document.paragraphs}
    shown: list[Shown] = []
    page = 1
    for clause, span in _stretches(document):
        within = marks[bisect_left(starts, span.start) : bisect_right(starts, span.end)]
        here = clause.page if clause else page
        shown.append(
            Shown(
                clause=clause,
                stretches=weave(document.text, span, within),
                depth=min(clause.path.count(".") + 1, _DEEPEST) if clause else 1,
                page=here if here != page else None,
                has_task=any(mark.kind == "task" for mark in within),
                cells=tuple(
                    weave(document.text, cell, within) for cell in rows.get(span, ()) if clause
                ),
            )
        )
        page = here
    return tuple(shown)


def _is_whole_clause(words: Span, document: Document) -> bool:
    """Tell whether *words* are all that some clause says: to mark all is to mark nothing."""
    return any(
        clause.span.holds(words) and not _beside(words, clause, document.text)
        for clause in document.blocks
    )


def _beside(words: Span, clause: Clause, text: str) -> str:
    """Return what a clause has besides *words* and its label."""
    before, after = text[clause.span.start : words.start], text[words.end : clause.span.end]
    return (before.strip().removeprefix(clause.label or "") + after).strip()


def _inner(paragraph: Paragraph, text: str) -> Span:
    """Return the span of a paragraph's words, as a clause that is this paragraph has it."""
    words = paragraph.span.of(text)
    start = paragraph.span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _stretches(document: Document) -> Iterator[tuple[Clause | None, Span]]:
    place = 0
    for clause in sorted(document.blocks, key=lambda clause: clause.span):
        if document.text[place : clause.span.start].strip():
            yield None, Span(place, clause.span.start)
        yield clause, clause.span
        place = max(place, clause.span.end)
    if document.text[place:].strip():
        yield None, Span(place, len(document.text))


def outline(document: Document) -> tuple[Chapter, ...]:
    """Return the headings of a document as a tree: clauses that enclose others, or say so."""
    parents = {clause.parent for clause in document.blocks}
    headings = [
        clause
        for clause in document.blocks
        if clause.kind == "heading" or (clause.label and clause.path in parents)
    ]
    paths = {clause.path for clause in headings}
    below: dict[str | None, list[Clause]] = defaultdict(list)
    for clause in headings:
        below[_nearest(clause.parent, paths)].append(clause)
    return _chapters(below, None)


def _chapters(below: Mapping[str | None, list[Clause]], above: str | None) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(clause=clause, inner=_chapters(below, clause.path))
        for clause in below.get(above, ())
    )


def _nearest(path: str | None, paths: set[str]) -> str | None:
    while path is not None and path not in paths:
        path = path.rpartition(".")[0] or None
    return path
