"""Routes of clause lives: where a clause was first seen and reused; documents side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.documents import DocumentId
from api.library import LibraryDep
from index.comparing import Comparison
from index.lives import Life, Sister

router = APIRouter(tags=["clauses"])

_ID = "Mã văn bản trong thư viện."


@router.get("/documents/{document}/clauses/{path}/life", summary="Vòng đời của một đoạn")
def life(
    library: LibraryDep,
    document: DocumentId,
    path: Annotated[str, Path(description="Đường dẫn của đoạn.", examples=["II.2.a"])],
    limit: Annotated[int, Query(ge=1, le=200, description="Số đoạn trả về.")] = 50,
    offset: Annotated[int, Query(ge=0, description="Bỏ qua bao nhiêu đoạn đầu.")] = 0,
) -> Life:
    """Return the near-identical clauses in the order of time, and how each differs."""
    return library.lives.life(document, path, limit=limit, offset=offset)


@router.get("/documents/{document}/sisters", summary="Văn bản có nhiều đoạn gần như trùng")
def sisters(
    library: LibraryDep,
    document: DocumentId,
    limit: Annotated[int, Query(ge=1, le=100, description="Số văn bản trả về.")] = 20,
) -> tuple[Sister, ...]:
    """Return the documents that share most clauses with one."""
    return library.lives.sisters(document, limit=limit)


@router.get("/compare", summary="So sánh hai văn bản")
def compare(
    library: LibraryDep,
    a: Annotated[str, Query(max_length=64, description=_ID, examples=["9f2c01d4e7ab"])],
    b: Annotated[str, Query(max_length=64, description=_ID, examples=["4d3b0a9c11f2"])],
) -> Comparison:
    """Return two documents clause by clause: same, changed, in one of them only."""
    return library.lives.compare(a, b)
