"""Pages of one document: its text with what was found in it, its tasks, its citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from api.library import LibraryDep
from index.errors import UnknownClauseError
from index.findings import findings
from index.library import Library
from index.present import present_task
from index.replies import Citations, Entry, PresentTask
from ingest.model import Document, Reference, Span, Task
from web import links
from web.checking import Narrowed, look_through, read_narrowed
from web.correcting import reviewer
from web.layout import lay_out, outline
from web.templating import page
from web.wording import unsure

router = APIRouter(include_in_schema=False)

_A_PAGE = 100  # tasks or citations of a document
_BESIDE = 5  # places that cite a clause, shown beside it

View = Literal["van-ban", "nhiem-vu", "vien-dan", "ghi-chu", "soat"]


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a permalink points at in a document."""

    path: str  # of the clause; "" for none
    words: Span | None  # in the document's text
    narrowed: Narrowed  # what of it is to be checked


def read_pointed(
    path: Annotated[str, Query(alias="muc", max_length=200)] = "",
    words: Annotated[str, Query(alias="trich", pattern=r"^(\d{1,9}-\d{1,9})?$")] = "",
    *,
    narrowed: Annotated[Narrowed, Depends(read_narrowed)],
) -> Pointed:
    """Return what an address points at; "trich" is a range of the text, "120-188"."""
    start, _, end = words.partition("-")
    span = Span(int(start), int(end)) if end and int(start) <= int(end) else None
    return Pointed(path, span, narrowed)


@router.get("/van-ban/{document}")
def document(
    request: Request,
    library: LibraryDep,
    document: str,
    pointed: Annotated[Pointed, Depends(read_pointed)],
    view: Annotated[View, Query(alias="xem")] = "van-ban",
) -> HTMLResponse:
    """Show a document: its text, tasks, citations, notes of its reading, or all to be checked."""
    entry = library.entry(document)
    read = library.document(document)
    number = pointed.narrowed.number
    rows: Mapping[str, Sequence[Task | Reference]]
    rows = {"nhiem-vu": read.tasks, "vien-dan": read.references}
    listed = rows.get(view, ())[(number - 1) * _A_PAGE : number * _A_PAGE]
    return page(
        request,
        f"reader-{view}.html",
        entry=entry,
        document=read,
        view=view,
        chosen=pointed.path,
        clauses=lay_out(read, quoted=pointed.words) if view == "van-ban" else (),
        outline=outline(read) if view == "van-ban" else (),
        offered=library.lives.offered(document) if view == "van-ban" else {},
        cited=_cited(library, entry) if view == "vien-dan" else None,
        cited_here=_cited_here(library, entry, pointed.path) if view == "van-ban" else None,
        standing=library.tracing.standings([entry.id]).get(entry.id),
        tasks=_present(library, read, listed) if view == "nhiem-vu" else (),
        listed=listed,
        number=number if view in rows else 1,
        pages=-(-len(rows.get(view, ())) // _A_PAGE),
        turn=lambda to: links.view_url(document, view, number=to),
        doubts=sum(unsure(found.confidence) for found in findings(read)),
        check=look_through(library, document, pointed.narrowed) if view == "soat" else None,
        name=reviewer(request),
    )


@router.get("/van-ban/{document}/{path}")
def clause(
    library: LibraryDep,
    document: str,
    path: str,
    words: Annotated[str, Query(alias="trich", max_length=20)] = "",
) -> RedirectResponse:
    """Lead to a clause in its document: the permalink (đường dẫn cố định).

    A browser scrolls to a fragment alone, with or without scripts, so the address gets one.
    """
    if library.document(document).clause(path) is None:
        raise UnknownClauseError(document, path)
    values = {"muc": path, "trich": words}
    address = links.query(links.document_url(document), values)
    return RedirectResponse(f"{address}#{quote(links.anchor(path))}", 307)


@router.get("/ban-goc/{document}")
def original(library: LibraryDep, document: str) -> FileResponse:
    """Hand out the file as it came in; never shown in the page's own origin."""
    file = library.original(document)
    return FileResponse(file.path, filename=file.name, content_disposition_type="attachment")


def _present(
    library: Library, read: Document, tasks: Sequence[Task | Reference]
) -> tuple[PresentTask, ...]:
    on = library.today()
    return tuple(
        present_task(task, read.metadata, on=on) for task in tasks if isinstance(task, Task)
    )


def _cited(library: Library, entry: Entry) -> Citations | None:
    """Return how often, and in which relations, a document is cited; None: a newer one stands."""
    return None if entry.replaced_by else library.tracing.cite(entry.id, limit=1)


def _cited_here(library: Library, entry: Entry, path: str) -> Citations | None:
    """Return what cites the clause that a permalink points at."""
    if not path or entry.replaced_by is not None:
        return None
    try:
        return library.tracing.clause(entry.id, path, limit=_BESIDE)
    except UnknownClauseError:
        return None
