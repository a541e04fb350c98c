"""Routes of stubs: documents that are cited and not held."""

from __future__ import annotations

from fastapi import APIRouter

from api.library import LibraryDep
from api.naming import DocumentQuery, PageLimit, PageOffset
from index.traces import StubList, StubPage

router = APIRouter(tags=["tracing"])


@router.get("/stubs", summary="Văn bản được viện dẫn mà thư viện chưa có")
def stubs(library: LibraryDep, limit: PageLimit = 50, offset: PageOffset = 0) -> StubList:
    """Return what is cited and not held, the most cited first."""
    return library.tracing.stubs(limit=limit, offset=offset)


@router.get("/stub", summary="Một văn bản chưa có: các văn bản khác nói gì về nó")
def stub(library: LibraryDep, q: DocumentQuery) -> StubPage:
    """Return what those that cite it say of a document that is not held."""
    return library.tracing.stub(q)
