"""Routes of documents: the list, one document, its original file, the state of the library."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response, status
from fastapi.responses import FileResponse

from api.forms import UNPRINTED
from api.library import LibraryDep
from index.replies import Entry, Status
from ingest.model import Document

router = APIRouter(tags=["documents"])

DocumentId = Annotated[
    str,
    Path(
        description="Mã văn bản trong thư viện: 12 chữ số đầu của SHA-256 tệp gốc.",
        examples=["9f2c01d4e7ab"],
        max_length=64,
    ),
]


@router.get("/status", summary="Tình trạng thư viện", response_model_exclude={"folder"})
def library_status(library: LibraryDep) -> Status:
    """Return how much the library holds, and what is missing."""
    return library.status()


@router.get("/documents", summary="Danh sách văn bản")
def documents(
    library: LibraryDep,
    limit: Annotated[int, Query(ge=1, le=1000, description="Số văn bản trả về.")] = 100,
    offset: Annotated[int, Query(ge=0, description="Bỏ qua bao nhiêu văn bản đầu.")] = 0,
) -> list[Entry]:
    """Return the documents, the newest issued first."""
    return list(library.documents()[offset : offset + limit])


@router.get(
    "/documents/{document}",
    summary="Một văn bản: thể thức, bố cục, nhiệm vụ, viện dẫn",
    response_model_exclude=set(UNPRINTED - {"text"}),
)
def document(library: LibraryDep, document: DocumentId) -> Document:
    """Return a document with all that was found in it; spans are offsets into `text`."""
    return library.document(document)


@router.get(
    "/documents/{document}/original",
    summary="Tệp gốc",
    response_class=FileResponse,
)
def original(library: LibraryDep, document: DocumentId) -> FileResponse:
    """Return the file as it came in."""
    file = library.original(document)
    return FileResponse(file.path, filename=file.name, content_disposition_type="attachment")


@router.delete(
    "/documents/{document}", summary="Gỡ văn bản", status_code=status.HTTP_204_NO_CONTENT
)
def remove(library: LibraryDep, document: DocumentId) -> Response:
    """Take a document out of the library, with its original."""
    library.remove(document)
    return Response(status_code=status.HTTP_204_NO_CONTENT)
