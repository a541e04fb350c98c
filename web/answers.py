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
from index.replies import Answer, Facet, Filters, Intent, Reading
from web.filters import chips, groups, read_filters, values_of
from web.links import query
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


@router.get("/hoi")
def answers(
    request: Request,
    library: LibraryDep,
    filters: Annotated[Filters, Depends(read_filters)],
    question: Annotated[str, Query(alias="q", max_length=400)] = "",
    number: Annotated[int, Query(alias="trang", ge=1, le=1000)] = 1,
) -> HTMLResponse:
    """Answer a question; with a filter, find the clauses that pass it."""
    question = " ".join(question.split())
    values = values_of(filters)
    try:
        found = _find(library, question, filters, (number - 1) * _ON_A_PAGE)
    except EmptyQueryError:
        return page(request, "question.html", status=422, question=question)
    return page(
        request,
        "answers.html",
        question=question,
        found=found,
        chips=chips(question, filters, _titles(library, filters)),
        groups=groups(question, filters, found.facets),
        values=values,
        number=number,
        pages=-(-found.total // _ON_A_PAGE),
        turn=lambda n: query("/hoi", {"q": question} | values | {"trang": n}),
        unfiltered=query("/hoi", {"q": question}),
    )


def _find(library: Library, question: str, filters: Filters, start: int) -> _Found:
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
        )
    reply = library.ask(question, limit=start + _ON_A_PAGE)
    return _Found(
        intent=reply.intent,
        total=reply.total,
        answers=reply.answers[start:],
        facets=library.search(question, limit=1).facets,
        degraded=reply.degraded,
        note=reply.note,
        reading=reply.reading,
    )


def _titles(library: Library, filters: Filters) -> Mapping[str, str]:
    if filters.document is None:
        return {}
    metadata = library.entry(filters.document).metadata
    return {filters.document: metadata.code or metadata.title or filters.document}
