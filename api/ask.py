"""Routes of asking: a question in Vietnamese, answered by quotations."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.library import LibraryDep
from index.replies import Reply

router = APIRouter(tags=["ask"])


@router.get("/ask", summary="Hỏi: ai làm, làm gì, bao giờ, căn cứ nào")
def ask(
    library: LibraryDep,
    q: Annotated[
        str,
        Query(
            max_length=400,
            description="Câu hỏi, có dấu hoặc không dấu.",
            examples=["Cơ quan nào chủ trì phòng, chống ma túy trong trường học?"],
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=200, description="Số câu trả lời.")] = 20,
) -> Reply:
    """Return what documents say, word for word, with bodies, deadlines and the place."""
    return library.ask(q, limit=limit)
