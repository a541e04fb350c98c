"""Routes of the relation map (lược đồ): related documents, both ways."""

from __future__ import annotations

from fastapi import APIRouter

from api.library import LibraryDep
from api.naming import DocumentQuery, PageLimit
from index.traces import RelationMap

router = APIRouter(tags=["tracing"])


@router.get("/relations", summary="Lược đồ: các văn bản liên quan, hai chiều")
def relations(library: LibraryDep, q: DocumentQuery, limit: PageLimit = 20) -> RelationMap:
    """Return related documents by group, in the words of the national database of laws."""
    return library.tracing.relations(q, limit=limit)
