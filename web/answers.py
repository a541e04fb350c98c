"""Pages of answers: a question, and what documents say to it word for word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from api.library import LibraryDep
from index.errors import EmptyQueryError
from index.library import Library
from index.replies import Answer, Facet, Filters, Fixed, Intent, Reading, Way
from web.filters import chips, groups, read_filters, values_of, ways_on
from web.links import query
from web.readings import parts_of, read_fixed, ways_of
from web.readings import values_of as settled
from web.templating import page

router = APIRouter(include_in_schema=False)

_ON_A_PAGE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """One page of answers, be they of a question or of a filtered search."""

    intent: Intent | None  # None: filters were set, so it is a search
    total: int
    answers: tuple[Answer, ...]
    facets: tuple[Facet, ...]
    degraded: str | None
    note: str | None
    reading: Reading
    ways: tuple[Way, ...]


def _read_narrowed(
    filters: Annotated[Filters, Depends(read_filters)],
    fixed: Annotated[Fixed, Depends(read_fixed)],
) -> tuple[Filters, Fixed]:
    """Return what the address narrows the answers to, and how it says the question is read."""
    return filters, fixed


@router.get("/hoi")
def answers(
    request: Request,
    library: LibraryDep,
    narrowed: Annotated[tuple[Filters, Fixed], Depends(_read_narrowed)],
    question: Annotated[str, Query(alias="q", max_length=400)] = "",
    number: Annotated[int, Query(alias="trang", ge=1, le=1000)] = 1,
) -> HTMLResponse:
    """Answer a question; with a filter, find the clauses that pass it."""
    question = " ".join(question.split())
    filters, fixed = narrowed
    values = values_of(filters)
    try:
        found = _find(library, question, filters, fixed, (number - 1) * _ON_A_PAGE)
    except EmptyQueryError:
        return page(request, "question.html", status=422, question=question)
    return page(
        request,
        "answers.html",
        question=question,
        found=found,
        chips=chips(question, filters, _titles(library, filters)),
        groups=groups(question, filters, found.facets),
        ways_on=ways_on(found.ways),
        parts_read=() if values else parts_of(found.reading),
        ways=() if values else ways_of(found.reading),
        values=values,
        standings=library.tracing.standings({answer.document for answer in found.answers}),
        number=number,
        pages=-(-found.total // _ON_A_PAGE),
        turn=lambda n: query("/hoi", {"q": question} | settled(fixed) | values | {"trang": n}),
        unfiltered=query("/hoi", {"q": question}),
    )


def _find(library: Library, question: str, filters: Filters, fixed: Fixed, start: int) -> _Found:
    if values_of(filters):
        results = library.search(question, filters=filters, limit=_ON_A_PAGE, offset=start)
        return _Found(
            intent=None,
            total=results.total,
            answers=results.hits,
            facets=results.facets,
            degraded=results.degraded,
            note=results.note,
            reading=results.reading,
            ways=results.ways,
        )
    reply = library.ask(question, limit=start + _ON_A_PAGE, fixed=fixed)
    return _Found(
        intent=reply.intent,
        total=reply.total,
        answers=reply.answers[start:],
        facets=library.facets(question),
        degraded=reply.degraded,
        note=reply.note,
        reading=reply.reading,
        ways=reply.ways,
    )


def _titles(library: Library, filters: Filters) -> Mapping[str, str]:
    if filters.document is None:
        return {}
    metadata = library.entry(filters.document).metadata
    return {filters.document: metadata.code or metadata.title or filters.document}
