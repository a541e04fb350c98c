"""ERROR -> PAGE: what went wrong and what to do, in words for the person at the desk."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from api.errors import STATUS, status_of
from index.errors import UnknownClauseError, UnknownDocumentError
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

_NAMES = {  # of what an address carries
    "q": "câu hỏi (để trống, hoặc dài quá 400 chữ cái)",
    "so": "số, ký hiệu văn bản",
    "trang": "số trang",
    "xem": "phần của văn bản",
    "quan-he": "quan hệ",
    "vai-tro": "vai trò",
    "cap": "cấp ban hành",
    "nam": "năm ban hành",
    "truoc": "ngày hạn",
    "han": "tình trạng thời hạn",
    "xep": "thứ tự",
    "chi": "phần muốn xem",
    "dang": "dạng tệp",
    "trich": "chỗ trích",
    "moi-nhom": "số văn bản mỗi nhóm",
    "loai": "loại",
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
    return _page(request, status_of(error), _words(error))


def _words(error: DirectiveError) -> str:
    """Say what went wrong; a document is not named by an id that nobody has read."""
    if isinstance(error, UnknownClauseError):
        return f"Văn bản này không có đoạn “{error.path}”."
    if isinstance(error, UnknownDocumentError):
        return (
            f"Thư viện không có văn bản “{error.document}”, và cũng không có văn bản nào "
            "viện dẫn đến nó. Có thể địa chỉ bị gõ sai, hoặc văn bản đã được gỡ khỏi thư viện."
        )
    return str(error)


def _http(request: Request, error: Exception) -> HTMLResponse:
    if not isinstance(error, HTTPException):
        raise error
    said = str(error.detail)
    known = said == HTTPStatus(error.status_code).phrase  # the framework's own words, in English
    message = _MESSAGES.get(error.status_code, said) if known else said
    return _page(request, error.status_code, message)


def _invalid(request: Request, error: Exception) -> HTMLResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    found = sorted({str(problem["loc"][-1]) for problem in error.errors()})
    names = ", ".join(_NAMES.get(name, name) for name in found)
    return _page(request, 422, f"Giá trị không dùng được ở: {names}. Hãy quay lại và chọn lại.")


def _page(request: Request, status: int, message: str) -> HTMLResponse:
    heading = _HEADINGS.get(status, "Có lỗi")
    return page(request, "error.html", status=status, heading=heading, message=message)
