"""Routes of clauses: one clause with its place and what is said in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.documents import DocumentId
from api.library import LibraryDep
from index.replies import ClauseView

router = APIRouter(tags=["clauses"])


@router.get("/documents/{document}/clauses/{path}", summary="Một điểm, khoản, mục")
def clause(
    library: LibraryDep,
    document: DocumentId,
    path: Annotated[str, Path(description="Đường dẫn của đoạn.", examples=["II.2.a"])],
) -> ClauseView:
    """Return one clause with the headings above it, its tasks and references."""
    return library.clause(document, path)
