"""CLAUSES AND TASKS -> QUOTATIONS with their place: what people are shown, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.present import present
from index.replies import Answer, Heading
from index.timing import timed

if TYPE_CHECKING:
    import datetime as dt

    from index.finding import Sources
    from index.records import CitationRow, ClauseRow, TaskRow
    from index.replies import Entry
    from ingest.model import Span


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


def quote(sources: Sources, passages: Sequence[Passage]) -> list[Answer]:
    """Return each of *passages* as a quotation, in order."""
    above = _headings(sources, (passage.clause for passage in passages))
    papers = sources.papers.read({passage.clause.document for passage in passages})
    day = sources.today()
    return [
        _quote(papers[passage.clause.document].row.entry, passage, above[passage.clause.id], day)
        for passage in passages
    ]


def _quote(entry: Entry, passage: Passage, headings: tuple[Heading, ...], day: dt.date) -> Answer:
    metadata = entry.metadata
    clause = passage.clause
    task = passage.task.task if passage.task else None
    tasks = [task] if task else [row.task for row in passage.tasks]
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
        deadlines=tuple(
            deadline for each in tasks for deadline in timed(each.deadlines, metadata, on=day)
        ),
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
