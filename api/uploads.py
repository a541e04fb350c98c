"""Routes of uploading: files into the library, a result for each, a bad one stops no other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, UploadFile

from api.intake import Outcome, take_uploads
from api.library import LibraryDep, SettingsDep

router = APIRouter(tags=["uploads"])


@router.post("/uploads", summary="Nạp tệp vào thư viện")
def upload(
    library: LibraryDep,
    settings: SettingsDep,
    files: Annotated[
        list[UploadFile],
        File(description="Tệp văn bản hoặc ZIP; nhiều tệp trong một lần gửi được."),
    ],
) -> list[Outcome]:
    """Read each file and keep it; archives give a result for each member."""
    return list(take_uploads(library, files, limit=settings.upload_bytes))
