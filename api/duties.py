"""Routes of duties: every task of a body, never the first few."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.forms import printed
from api.library import LibraryDep
from index.duty_replies import Duties, DutySort, DutyView
from index.replies import DueState
from ingest.model import Role

router = APIRouter(tags=["duties"])


def read_view(  # noqa: PLR0913 - one parameter a filter
    *,
    role: Annotated[Role | None, Query(description="Vai trò của cơ quan.")] = None,
    doc_type: Annotated[
        str | None, Query(alias="type", description="Loại văn bản.", examples=["Kế hoạch"])
    ] = None,
    year: Annotated[int | None, Query(description="Năm ban hành.", ge=1900, le=2200)] = None,
    due: Annotated[DueState | None, Query(description="Thời hạn, tính đến hôm nay.")] = None,
    sort: Annotated[DutySort, Query(description="Thứ tự.")] = "document",
    limit: Annotated[
        int | None, Query(description="Số nhiệm vụ của trang; để trống: tất cả.", ge=1, le=1000)
    ] = None,
    offset: Annotated[int, Query(description="Bỏ qua bao nhiêu nhiệm vụ đầu.", ge=0)] = 0,
) -> DutyView:
    """Return which tasks the query asks for, and in which order."""
    return DutyView(
        role=role, doc_type=doc_type or None, year=year, due=due, sort=sort, limit=limit,
        offset=offset,
    )  # fmt: skip


@router.get("/duties/{agency}", summary="Mọi nhiệm vụ của một cơ quan", response_model=Duties)
def duties(
    library: LibraryDep,
    agency: Annotated[
        str, Path(description="Tên cơ quan, kể cả viết tắt.", examples=["Sở Y tế"], max_length=300)
    ],
    view: Annotated[DutyView, Depends(read_view)],
    *,
    now: Annotated[
        bool, Query(description="Tính theo cơ quan nay chịu trách nhiệm (sắp xếp bộ máy).")
    ] = False,
) -> Response:
    """Return every task of a body, by document, with the total; or a page of them."""
    return printed(library.duties(agency, now=now, view=view))
