"""CLAUSES AND TASKS -> QUOTATIONS with their place: what people are shown, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.present import present
from index.replies import Answer, Heading
from index.timing import timed
from ingest.deadlines import deadlines_in
from ingest.model import Span

if TYPE_CHECKING:
    import datetime as dt

    from index.finding import Sources
    from index.records import CitationRow, ClauseRow, TaskRow
    from index.replies import Entry
    from ingest.model import Deadline, Metadata, Task


@dataclass(frozen=True, slots=True)
class Passage:
    """What is to be quoted: a clause or a task of it, with what it cites."""

    clause: ClauseRow
    task: TaskRow | None = None
    cited: Sequence[CitationRow] = ()
    tasks: Sequence[TaskRow] = ()  # of the clause, where all of it is quoted

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.task.task.quote if self.task else self.clause.text

    @property
    def span(self) -> Span:
        """Their place in the document's text."""
        return self.task.task.span if self.task else self.clause.span


def read_passages(
    sources: Sources, places: Sequence[tuple[int, int | None]]
) -> dict[tuple[int, int | None], Passage]:
    """Read what is to be quoted, by (clause, task); None: all of the clause."""
    clauses = sources.store.clauses(clause for clause, _ in places)
    tasks = sources.store.tasks_of_clauses(clauses)
    cited = sources.store.citations_of_clauses(clauses)
    found = {}
    for clause, number in places:
        row = clauses[clause]
        those = tasks.get(clause, ())
        task = next((each for each in those if each.id == number), None)
        whole = () if task else those
        found[clause, number] = Passage(row, task, cited.get(clause, ()), whole)
    return found


def quote(sources: Sources, passages: Sequence[Passage], *, dated: bool = False) -> list[Answer]:
    """Return each of *passages* as a quotation, in order.

    Args:
        sources: The library.
        passages: What is to be quoted.
        dated: Whether it is asked when: the times that stand in a clause without a task are read
            too. A law sets most of its dates without giving anyone a task.
    """
    above = _headings(sources, (passage.clause for passage in passages))
    papers = sources.papers.read({passage.clause.document for passage in passages})
    day = sources.today()
    return [
        _quote(
            papers[passage.clause.document].row.entry,
            passage,
            above[passage.clause.id],
            day,
            dated=dated,
        )
        for passage in passages
    ]


def _quote(
    entry: Entry, passage: Passage, headings: tuple[Heading, ...], day: dt.date, *, dated: bool
) -> Answer:
    metadata = entry.metadata
    clause = passage.clause
    task = passage.task.task if passage.task else None
    tasks = [task] if task else [row.task for row in passage.tasks]
    deadlines = _deadlines(passage, tasks, metadata, dated=dated)
    return Answer(
        source=entry.source,
        document=entry.id,
        code=metadata.code,
        title=metadata.title,
        path=clause.path,
        page=clause.page if entry.pages > 1 else None,
        quote=passage.words,
        actors=tuple(
            actor for each in tasks for actor in present(each.actors, each.quote, metadata, on=day)
        ),
        deadlines=timed(deadlines, metadata, on=day),
        references=tuple(row.reference for row in passage.cited if _within(row, passage)),
        targets=tuple(target for each in tasks for target in each.targets),
        report_to=task.report_to if task else None,
        report_via=task.report_via if task else None,
        clarity=task.clarity if task else None,
        gaps=task.gaps if task else {},
        kind=clause.kind,
        doc_type=metadata.doc_type,
        issuer=metadata.issuer,
        issued_on=metadata.issued_on,
        headings=headings,
        span=passage.span,
        task=passage.task.ordinal if passage.task else None,
    )


def _deadlines(
    passage: Passage, tasks: Sequence[Task], metadata: Metadata, *, dated: bool
) -> list[Deadline]:
    """Return the deadlines of the tasks; of a clause without any, those in its words if *dated*.

    The year in a title says what a document is about, not when something is due. "Trong thời hạn 10
    ngày kể từ ngày ban hành" of a rule counts from the day of what the rule speaks of, which it
    does not know: no day is given.
    """
    clause = passage.clause
    if tasks or not dated or clause.kind == "title":
        return [deadline for task in tasks for deadline in task.deadlines]
    start = clause.span.end - len(clause.text)  # the label stands before the words
    return [
        replace(
            found,
            date=None if found.kind == "event" else found.date,
            span=Span(start + found.span.start, start + found.span.end),
        )
        for found in deadlines_in(clause.text, metadata)
    ]


def _within(row: CitationRow, passage: Passage) -> bool:
    return passage.task is None or passage.span.holds(row.reference.span)


def _headings(sources: Sources, clauses: Iterable[ClauseRow]) -> dict[int, tuple[Heading, ...]]:
    """Return the headings above each of *clauses*, by its id, the outermost first."""
    by_document: dict[int, list[ClauseRow]] = {}
    for clause in clauses:
        by_document.setdefault(clause.document, []).append(clause)
    found = {}
    for number, some in by_document.items():
        paths = sorted({step for clause in some for step in _steps(clause.path)})
        known = {
            above.path: Heading(path=above.path, label=above.label, text=above.text)
            for above in sources.store.at_paths(number, paths)
        }
        for clause in some:
            found[clause.id] = tuple(known[step] for step in _steps(clause.path) if step in known)
    return found


def _steps(path: str) -> list[str]:
    steps = path.split(".")
    return [".".join(steps[:depth]) for depth in range(1, len(steps))]
