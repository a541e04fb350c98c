"""Routes of citations: a document among those that it cites and that cite it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.library import LibraryDep
from index.replies import Citations

router = APIRouter(tags=["citations"])


@router.get("/citations", summary="Văn bản và các viện dẫn hai chiều")
def citations(
    library: LibraryDep,
    q: Annotated[
        str,
        Query(
            max_length=400,
            description="Số, ký hiệu trong bất kỳ cách viết nào, hoặc câu nêu tên văn bản.",
            examples=["116/2021/NĐ-CP", "116 2021 nd cp"],
        ),
    ],
) -> Citations:
    """Return what a document cites and what cites it; `entry` is null when it is not held."""
    return library.cite(q)
