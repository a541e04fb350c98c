"""LIBRARY -> API: the way in for programs, an application of its own to be mounted."""

from __future__ import annotations

from fastapi import FastAPI

from api import (
    ask,
    cascade,
    citations,
    clauses,
    documents,
    duties,
    effects,
    impact,
    lives,
    relations,
    review,
    search,
    stubs,
    uploads,
)
from api.errors import install_error_handlers
from api.settings import Settings
from index.library import Library

_DESCRIPTION = """\
Hỏi, tìm, tra nhiệm vụ và viện dẫn trong thư viện văn bản chỉ đạo, điều hành. Câu trả lời nào cũng
là lời trích nguyên văn, kèm vị trí.

Ngày viết theo ISO (2024-06-30). Giá trị null là văn bản không ghi, danh sách rỗng là không có.
Vị trí (span) đếm theo ký tự Unicode trong trường text của văn bản, lấy đầu bỏ cuối; trang đếm từ 1.
Độ tin cậy từ 0,9 trở lên là chắc; thấp hơn thì nên có người xem lại; bằng 1 là có người đã soát.
"""
_TAGS = [
    {"name": "ask", "description": "Hỏi đáp bằng tiếng Việt"},
    {"name": "search", "description": "Tìm theo từ và theo nghĩa, có bộ lọc"},
    {"name": "duties", "description": "Toàn bộ nhiệm vụ của một cơ quan"},
    {"name": "citations", "description": "Viện dẫn hai chiều"},
    {"name": "tracing", "description": "Hiệu lực, lược đồ, triển khai qua các cấp, tác động"},
    {"name": "documents", "description": "Văn bản trong thư viện"},
    {"name": "clauses", "description": "Từng điểm, khoản, mục"},
    {"name": "review", "description": "Soát và sửa kết quả đọc"},
    {"name": "uploads", "description": "Nạp văn bản"},
]
_TRACING = (effects, relations, cascade, impact, stubs)


def create_api(library: Library, settings: Settings) -> FastAPI:
    """Return the API over *library*; its description lies at `openapi.json`.

    No interactive page is served: those of the framework load scripts from the internet.
    """
    api = FastAPI(
        title="Sáu Rõ",
        summary="Ai phải làm gì, bao giờ xong, theo căn cứ nào",
        description=_DESCRIPTION,
        version="1",
        openapi_tags=_TAGS,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
    )
    api.state.library = library
    api.state.settings = settings
    install_error_handlers(api)
    for noun in (
        ask,
        search,
        duties,
        citations,
        *_TRACING,
        documents,
        clauses,
        lives,
        review,
        uploads,
    ):
        api.include_router(noun.router)
    return api
