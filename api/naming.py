"""QUERY -> THE NAME OF A DOCUMENT: how routes that trace one take it."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from fastapi import Query

DocumentQuery: TypeAlias = Annotated[
    str,
    Query(
        max_length=400,
        description=(
            "Số, ký hiệu trong bất kỳ cách viết nào, tên luật, mã văn bản trong thư viện, "
            "hoặc câu nêu tên văn bản."
        ),
        examples=["116/2021/NĐ-CP", "khoản 2 Điều 5 Luật Đất đai"],
    ),
]
PageLimit: TypeAlias = Annotated[int, Query(ge=1, le=1000, description="Số mục của một trang.")]
PageOffset: TypeAlias = Annotated[int, Query(ge=0, description="Bỏ qua bao nhiêu mục đầu.")]
