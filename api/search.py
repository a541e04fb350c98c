"""Routes of searching: clauses and tasks by words and meaning, with filters and facets."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.forms import printed
from api.library import LibraryDep
from index.replies import Filters, Results
from ingest.model import Level, Role

router = APIRouter(tags=["search"])


def read_filters(  # noqa: PLR0913 - one parameter a filter
    *,
    agency: Annotated[
        str | None, Query(description="Tên cơ quan, kể cả viết tắt.", examples=["Công an tỉnh"])
    ] = None,
    role: Annotated[Role | None, Query(description="Vai trò của cơ quan.")] = None,
    doc_type: Annotated[
        str | None, Query(alias="type", description="Loại văn bản.", examples=["Kế hoạch"])
    ] = None,
    level: Annotated[Level | None, Query(description="Cấp ban hành.")] = None,
    year: Annotated[int | None, Query(description="Năm ban hành.", ge=1900, le=2200)] = None,
    place: Annotated[str | None, Query(description="Địa danh.")] = None,
    due_before: Annotated[
        dt.date | None, Query(description="Có thời hạn vào hoặc trước ngày này.")
    ] = None,
    document: Annotated[str | None, Query(description="Chỉ trong một văn bản (mã).")] = None,
) -> Filters:
    """Return the filters that the query names."""
    return Filters(
        agency=agency or None,
        role=role,
        doc_type=doc_type or None,
        level=level,
        year=year,
        place=place or None,
        due_before=due_before,
        document=document or None,
    )


@router.get("/search", summary="Tìm điểm, khoản và nhiệm vụ", response_model=Results)
def search(
    library: LibraryDep,
    filters: Annotated[Filters, Depends(read_filters)],
    q: Annotated[
        str,
        Query(max_length=400, description="Từ cần tìm.", examples=["hỗ trợ người sau cai nghiện"]),
    ] = "",
    limit: Annotated[int, Query(ge=1, le=200, description="Số kết quả trả về.")] = 20,
    offset: Annotated[int, Query(ge=0, description="Bỏ qua bao nhiêu kết quả đầu.")] = 0,
) -> Response:
    """Return the clauses and tasks that best match, with the count of each facet."""
    return printed(library.search(q, filters=filters, limit=limit, offset=offset))
