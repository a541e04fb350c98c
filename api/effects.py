"""Routes of effect: whether a document is in force on a day, and what says so."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query

from api.library import LibraryDep
from api.naming import DocumentQuery
from index.traces import Effect

router = APIRouter(tags=["tracing"])


@router.get("/effects", summary="Tình trạng hiệu lực của một văn bản vào một ngày")
def effect(
    library: LibraryDep,
    q: DocumentQuery,
    on: Annotated[dt.date | None, Query(description="Ngày cần biết; mặc định là hôm nay.")] = None,
) -> Effect:
    """Return the effect on a day with every basis quoted, and where a portal says otherwise."""
    return library.tracing.status(q, on=on)
