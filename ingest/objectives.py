"""CLAUSES -> OBJECTIVES: what a document wants reached as a whole (mục tiêu, chỉ tiêu).

Figures and days of the parts "Mục tiêu" and "Chỉ tiêu" bind nobody by themselves, so they are no
tasks; but they are what the whole plan is measured by.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.model import Clause, Deadline, Objective, Span, Target


def read_objectives(
    text: str,
    clauses: Sequence[Clause],
    *,
    targets: Sequence[Target],
    deadlines: Sequence[Deadline],
) -> tuple[Objective, ...]:
    """Return the objectives that name a figure, in reading order, with the days they name."""
    found = []
    for clause in clauses:
        figures = tuple(t for t in targets if clause.span.holds(t.span))
        if clause.kind != "objective" or not figures:
            continue
        span = Span(clause.span.end - len(clause.text), clause.span.end)
        found.append(
            Objective(
                path=clause.path,
                quote=span.of(text),
                targets=figures,
                deadlines=tuple(d for d in deadlines if clause.span.holds(d.span)),
                span=span,
            )
        )
    return tuple(found)
