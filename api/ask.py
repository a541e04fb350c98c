"""Routes of asking: a question in Vietnamese, answered by quotations."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from api.forms import printed
from api.library import LibraryDep
from index.replies import Fixed, Intent, Reply, TimeUse

router = APIRouter(tags=["ask"])


def read_fixed(
    request: Request,
    *,
    intent: Annotated[
        Intent | None, Query(description="Câu hỏi là hỏi gì; để trống: tự hiểu.")
    ] = None,
    time: Annotated[
        TimeUse | None,
        Query(description="Thời gian trong câu hỏi là hạn của việc hay ngày của văn bản."),
    ] = None,
    literal: Annotated[bool, Query(description="Không sửa lỗi gõ.")] = False,
    home: Annotated[
        str | None,
        Query(
            max_length=200, description="“tỉnh tôi”, “sở tôi” là nơi nào.", examples=["tỉnh Sơn La"]
        ),
    ] = None,
) -> Fixed:
    """Return what is settled of how a question is read: an option of `reading.choices`."""
    settled = home or request.app.state.settings.home
    return Fixed(intent=intent, time=time, literal=literal, home=settled)


@router.get("/ask", summary="Hỏi: ai làm, làm gì, bao giờ, căn cứ nào", response_model=Reply)
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
    fixed: Annotated[Fixed, Depends(read_fixed)],
    limit: Annotated[int, Query(ge=1, le=200, description="Số câu trả lời.")] = 20,
) -> Response:
    """Return what documents say, word for word, with bodies, deadlines and the place."""
    return printed(library.ask(q, limit=limit, fixed=fixed))
