"""Routes of impact: every clause that rests on a document, whose it is, what to cite instead."""

from __future__ import annotations

from fastapi import APIRouter

from api.library import LibraryDep
from api.naming import DocumentQuery, PageLimit, PageOffset
from index.traces import Impact

router = APIRouter(tags=["tracing"])


@router.get("/impact", summary="Mọi đoạn dựa vào một văn bản, ai phụ trách, nay dẫn gì thay")
def impact(
    library: LibraryDep, q: DocumentQuery, limit: PageLimit = 100, offset: PageOffset = 0
) -> Impact:
    """Return a page of the clauses that rest on a document, with the total."""
    return library.tracing.impact(q, limit=limit, offset=offset)
