"""Pages of citations: a document, held or only cited, among those around it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.library import LibraryDep
from index.errors import EmptyQueryError, UnknownDocumentError
from web.templating import page

router = APIRouter(include_in_schema=False)


@router.get("/vien-dan")
def citations(
    request: Request,
    library: LibraryDep,
    code: Annotated[str, Query(alias="so", max_length=400)] = "",
) -> HTMLResponse:
    """Show what a document cites and what cites it."""
    if not code.strip():
        return page(request, "citation-form.html", code="", unknown=False)
    try:
        found = library.cite(code)
    except (EmptyQueryError, UnknownDocumentError):
        return page(request, "citation-form.html", status=404, code=code, unknown=True)
    return page(request, "citations.html", code=code, found=found)
