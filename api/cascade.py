"""Routes of the cascade: what carries out a document, from the centre down to the communes."""

from __future__ import annotations

from fastapi import APIRouter

from api.library import LibraryDep
from api.naming import DocumentQuery
from index.traces import Cascade

router = APIRouter(tags=["tracing"])


@router.get("/cascade", summary="Triển khai qua các cấp, và nơi chưa thấy trong thư viện")
def cascade(library: LibraryDep, q: DocumentQuery) -> Cascade:
    """Return what carries out a document, each after the one above it, and where none is seen."""
    return library.tracing.cascade(q)
