"""A CLAUSE -> WHAT A PERMALINK SHOWS OF IT: headings, references, tasks and who has them now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import UnknownClauseError
from index.present import present_task
from index.replies import ClauseView, Heading

if TYPE_CHECKING:
    import datetime as dt

    from index.replies import Entry
    from ingest.model import Document


def view_clause(entry: Entry, document: Document, path: str, *, on: dt.date) -> ClauseView:
    """Return one clause of *document* as it stands on a day.

    Raises:
        UnknownClauseError: There is none.
    """
    clause = document.clause(path)
    if clause is None:
        raise UnknownClauseError(entry.id, path)
    above = {".".join(path.split(".")[:depth]) for depth in range(1, len(path.split(".")))}
    return ClauseView(
        entry=entry,
        clause=clause,
        headings=tuple(
            Heading(path=block.path, label=block.label, text=block.text)
            for block in document.blocks
            if block.path in above
        ),
        tasks=tuple(
            present_task(task, document.metadata, on=on)
            for task in document.tasks
            if task.path == path
        ),
        references=tuple(cited for cited in document.references if cited.path == path),
    )
