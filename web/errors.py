"""ERROR -> PAGE: what went wrong and what to do, in words for the person at the desk."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from api.errors import STATUS, status_of
from ingest.errors import DirectiveError
from web.templating import page

_HEADINGS = {
    404: "Không tìm thấy",
    405: "Không làm được như vậy",
    409: "Đã có người sửa trước",
    413: "Tệp quá lớn",
    422: "Địa chỉ hoặc nội dung gửi lên không hợp lệ",
    503: "Thư viện đang bận hoặc chưa mở được",
    507: "Hết chỗ lưu trữ",
}
_MESSAGES = {
    404: "Trang này không có. Có thể địa chỉ bị gõ sai, hoặc văn bản đã được gỡ khỏi thư viện.",
    405: "Trang này không nhận kiểu yêu cầu vừa gửi.",
}


def install_error_pages(app: FastAPI) -> None:
    """Make *app* answer what goes wrong with a page; only a defect of ours stays a bare 500."""
    for kind in STATUS:
        app.add_exception_handler(kind, _told)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


def _told(request: Request, error: Exception) -> HTMLResponse:
    if not isinstance(error, DirectiveError):
        raise error
    return _page(request, status_of(error), str(error))


def _http(request: Request, error: Exception) -> HTMLResponse:
    if not isinstance(error, HTTPException):
        raise error
    return _page(request, error.status_code, _MESSAGES.get(error.status_code, str(error.detail)))


def _invalid(request: Request, error: Exception) -> HTMLResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    names = ", ".join(sorted({str(problem["loc"][-1]) for problem in error.errors()}))
    return _page(request, 422, f"Giá trị không dùng được ở: {names}. Hãy quay lại và chọn lại.")


def _page(request: Request, status: int, message: str) -> HTMLResponse:
    heading = _HEADINGS.get(status, "Có lỗi")
    return page(request, "error.html", status=status, heading=heading, message=message)
