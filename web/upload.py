"""The page to take files in: a form, then what became of each file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import HTMLResponse

from api.intake import Outcome, take_uploads
from api.library import LibraryDep, SettingsDep
from api.settings import Settings
from web.templating import page

router = APIRouter(include_in_schema=False)

RESULTS = {
    "added": "Đã nạp",
    "replaced": "Đã thay bản cũ",
    "unchanged": "Đã có từ trước, không nạp lại",
    "failed": "Không nạp được",
}
_MEGABYTE = 1024 * 1024


@router.get("/nap")
def form(request: Request, settings: SettingsDep) -> HTMLResponse:
    """Show the form."""
    return _show(request, settings, [])


@router.post("/nap")
def upload(
    request: Request,
    library: LibraryDep,
    settings: SettingsDep,
    files: Annotated[list[UploadFile], File(alias="tep")],
) -> HTMLResponse:
    """Take files in and show what became of each."""
    named = [file for file in files if file.filename]
    return _show(request, settings, list(take_uploads(library, named, limit=settings.upload_bytes)))


def _show(request: Request, settings: Settings, outcomes: list[Outcome]) -> HTMLResponse:
    return page(
        request,
        "upload.html",
        outcomes=outcomes,
        failed=sum(outcome.result == "failed" for outcome in outcomes),
        RESULTS=RESULTS,
        limit=settings.upload_bytes // _MEGABYTE,
    )
