"""Routes of duties: every task of a body, never the first few."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.library import LibraryDep
from index.replies import Duties

router = APIRouter(tags=["duties"])


@router.get("/duties/{agency}", summary="Mọi nhiệm vụ của một cơ quan")
def duties(
    library: LibraryDep,
    agency: Annotated[
        str, Path(description="Tên cơ quan, kể cả viết tắt.", examples=["Sở Y tế"], max_length=300)
    ],
    *,
    now: Annotated[
        bool, Query(description="Tính theo cơ quan nay chịu trách nhiệm (sắp xếp bộ máy).")
    ] = False,
) -> Duties:
    """Return every task of a body, by document, with the total."""
    return library.duties(agency, now=now)
