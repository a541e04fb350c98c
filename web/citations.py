"""Pages of citations: a document or a part of one, held or only cited, among those around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.library import LibraryDep
from index.errors import EmptyQueryError, UnknownDocumentError
from index.traces import DocumentName, Said, StubPage
from ingest.model import Relation
from web.links import query
from web.templating import page
from web.wording import day

router = APIRouter(include_in_schema=False)

_A_PAGE = 50


@router.get("/vien-dan")
def citations(
    request: Request,
    library: LibraryDep,
    code: Annotated[str, Query(alias="so", max_length=400)] = "",
    relation: Annotated[Relation | None, Query(alias="quan-he")] = None,
    number: Annotated[int, Query(alias="trang", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Show what a document cites and, page by page, what cites it."""
    if not code.strip():
        return page(request, "citation-form.html", code="", unknown=False)
    offset = (number - 1) * _A_PAGE
    try:
        found = library.tracing.cite(code, relation=relation, limit=_A_PAGE, offset=offset)
    except (EmptyQueryError, UnknownDocumentError):
        return page(request, "citation-form.html", status=404, code=code, unknown=True)
    stub = library.tracing.stub(code) if found.entry is None and number == 1 else None
    return page(
        request,
        "citations.html",
        code=code,
        found=found,
        name=DocumentName(
            code=found.code,
            title=found.title,
            doc_type=found.doc_type,
            issuer=found.issuer,
            issued_on=found.issued_on,
            document=found.entry.id if found.entry else None,
        ),
        stub=stub,
        dates=_dates(stub),
        number=number,
        pages=-(-found.cited_total // _A_PAGE),
        turn=lambda to: query(
            "/vien-dan", {"so": code, "quan-he": relation, "trang": to if to > 1 else None}
        ),
        narrow=lambda to: query("/vien-dan", {"so": code, "quan-he": to}),
    )


def _dates(stub: StubPage | None) -> tuple[Said, ...]:
    """Return the days that a stub is said to be of, as Vietnamese documents write them."""
    said = stub.said["issued_on"] if stub else ()
    return tuple(replace(one, value=day(dt.date.fromisoformat(one.value))) for one in said)
