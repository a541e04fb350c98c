"""Routes of reviewing: what a person should look at, and what people have corrected."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, status

from api.documents import DocumentId
from api.library import LibraryDep
from index.corrections import Logged
from index.findings import Noun
from index.review import Checked, ReviewList
from index.wishes import Wish

router = APIRouter(tags=["review"])


@router.get("/review", summary="Những chỗ chưa chắc, cần người soát")
def review(
    library: LibraryDep,
    document: Annotated[str | None, Query(description="Chỉ trong một văn bản (mã).")] = None,
    noun: Annotated[Noun | None, Query(description="Chỉ một loại.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="Số chỗ trả về.")] = 50,
    offset: Annotated[int, Query(ge=0, description="Bỏ qua bao nhiêu chỗ đầu.")] = 0,
) -> ReviewList:
    """Return the findings below 0.9, the least sure first, with the count of each kind."""
    return library.review.unsure(document=document, noun=noun, limit=limit, offset=offset)


@router.get("/documents/{document}/findings", summary="Mọi kết quả đọc của một văn bản")
def findings(library: LibraryDep, document: DocumentId) -> Checked:
    """Return all findings with their keys, and every correction with what became of it."""
    return library.review.checked(document)


@router.post(
    "/documents/{document}/corrections",
    summary="Sửa hoặc xác nhận một kết quả đọc",
    status_code=status.HTTP_201_CREATED,
)
def correct(library: LibraryDep, document: DocumentId, wish: Wish) -> Logged:
    """Keep what a person says of a finding; 409 when it has changed since it was shown."""
    return library.review.correct(document, wish)


@router.delete("/documents/{document}/corrections/{correction}", summary="Hoàn tác một lần sửa")
def undo(
    library: LibraryDep,
    document: DocumentId,
    correction: Annotated[str, Path(description="Mã của lần sửa.", max_length=64)],
    by: Annotated[str, Query(description="Tên người hoàn tác.", min_length=1, max_length=80)],
) -> Logged:
    """Take a correction back; the log keeps both."""
    return library.review.undo(document, correction, by=by)


@router.get("/corrections", summary="Nhật ký mọi lần sửa")
def log(library: LibraryDep) -> list[Logged]:
    """Return every correction ever made, the oldest first."""
    return list(library.review.log())
