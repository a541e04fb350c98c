"""Routes of citations: a document or a part of one among those that it cites and that cite it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.documents import DocumentId
from api.library import LibraryDep
from api.naming import DocumentQuery, PageLimit, PageOffset
from index.replies import Citations
from ingest.model import Relation

router = APIRouter(tags=["citations"])


@router.get("/citations", summary="Văn bản, điều, khoản và các viện dẫn hai chiều")
def citations(
    library: LibraryDep,
    q: DocumentQuery,
    relation: Annotated[
        Relation | None, Query(description="Chỉ những nơi viện dẫn theo quan hệ này.")
    ] = None,
    limit: PageLimit = 200,
    offset: PageOffset = 0,
) -> Citations:
    """Return what a document cites, and a page of what cites it; `entry` is null for a stub."""
    return library.tracing.cite(q, relation=relation, limit=limit, offset=offset)


@router.get(
    "/documents/{document}/clauses/{path}/citations", summary="Một đoạn được viện dẫn ở đâu"
)
def of_clause(
    library: LibraryDep,
    document: DocumentId,
    path: Annotated[str, Path(description="Đường dẫn của đoạn.", examples=["CII.Đ5.2"])],
    limit: PageLimit = 200,
    offset: PageOffset = 0,
) -> Citations:
    """Return what one clause cites, and a page of what cites it by its number."""
    return library.tracing.clause(document, path, limit=limit, offset=offset)
