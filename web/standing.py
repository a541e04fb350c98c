"""Pages of where a document stands: its effect, relation map, cascade, impact; and of stubs.

Each has two addresses: by the id of a document that is held, and by the number of any.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.library import LibraryDep
from index.errors import UnknownDocumentError
from index.library import Library
from index.traces import Cascade, DocumentName, Effect, Impact, RelationMap
from web.impact_register import write_csv, write_workbook
from web.links import query
from web.templating import page

router = APIRouter(include_in_schema=False)

_A_PAGE = 50
_LISTED = 20
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CODE = Query(alias="so", max_length=400, min_length=1)
_NUMBER = Query(alias="trang", ge=1, le=100_000)


@router.get("/van-ban/{document}/hieu-luc")
def effect_of_held(
    request: Request,
    library: LibraryDep,
    document: str,
    on: Annotated[str, Query(alias="ngay", max_length=10)] = "",
) -> HTMLResponse:
    """Show whether a document that is held is in force on a day, and why."""
    return _effect(request, library, _held(library, document), on)


@router.get("/vien-dan/hieu-luc")
def effect_by_code(
    request: Request,
    library: LibraryDep,
    code: Annotated[str, _CODE],
    on: Annotated[str, Query(alias="ngay", max_length=10)] = "",
) -> HTMLResponse:
    """Show the effect of a document by its number."""
    return _effect(request, library, code, on)


def _effect(request: Request, library: Library, asked: str, on: str) -> HTMLResponse:
    day = _day(on)
    found = library.tracing.status(asked, on=day)
    wrong = bool(on) and day is None
    return _page(request, "effect.html", asked, found, wrong=wrong, day=found.on.isoformat())


def _day(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None


@router.get("/van-ban/{document}/luoc-do")
def map_of_held(
    request: Request,
    library: LibraryDep,
    document: str,
    limit: Annotated[int, Query(alias="moi-nhom", ge=1, le=1000)] = _LISTED,
) -> HTMLResponse:
    """Show the relation map of a document that is held."""
    asked = _held(library, document)
    found = library.tracing.relations(asked, limit=limit)
    return _page(request, "map.html", asked, found, limit=limit)


@router.get("/vien-dan/luoc-do")
def map_by_code(
    request: Request,
    library: LibraryDep,
    code: Annotated[str, _CODE],
    limit: Annotated[int, Query(alias="moi-nhom", ge=1, le=1000)] = _LISTED,
) -> HTMLResponse:
    """Show the relation map of a document by its number."""
    found = library.tracing.relations(code, limit=limit)
    return _page(request, "map.html", code, found, limit=limit)


@router.get("/van-ban/{document}/trien-khai")
def cascade_of_held(request: Request, library: LibraryDep, document: str) -> HTMLResponse:
    """Show what carries out a document that is held, level by level."""
    asked = _held(library, document)
    return _page(request, "cascade.html", asked, library.tracing.cascade(asked))


@router.get("/vien-dan/trien-khai")
def cascade_by_code(
    request: Request, library: LibraryDep, code: Annotated[str, _CODE]
) -> HTMLResponse:
    """Show what carries out a document by its number."""
    return _page(request, "cascade.html", code, library.tracing.cascade(code))


@router.get("/van-ban/{document}/tac-dong")
def impact_of_held(
    request: Request,
    library: LibraryDep,
    document: str,
    number: Annotated[int, _NUMBER] = 1,
) -> HTMLResponse:
    """Show every clause that rests on a document that is held."""
    return _impact(request, library, _held(library, document), number)


@router.get("/vien-dan/tac-dong")
def impact_by_code(
    request: Request,
    library: LibraryDep,
    code: Annotated[str, _CODE],
    number: Annotated[int, _NUMBER] = 1,
) -> HTMLResponse:
    """Show every clause that rests on a document by its number."""
    return _impact(request, library, code, number)


def _impact(request: Request, library: Library, asked: str, number: int) -> HTMLResponse:
    found = library.tracing.impact(asked, limit=_A_PAGE, offset=(number - 1) * _A_PAGE)
    return _page(
        request,
        "impact.html",
        asked,
        found,
        number=number,
        pages=-(-found.total // _A_PAGE),
        turn=partial(_turn, request, asked),
        workbook=query("/bang-tinh-tac-dong", {"so": asked}),
        table=query("/bang-tinh-tac-dong", {"so": asked, "dang": "csv"}),
    )


def _turn(request: Request, asked: str, number: int) -> str:
    code = asked if request.url.path.startswith("/vien-dan") else None
    return query(request.url.path, {"so": code, "trang": number if number > 1 else None})


@router.get("/bang-tinh-tac-dong")
def register(
    library: LibraryDep,
    code: Annotated[str, _CODE],
    form: Annotated[str, Query(alias="dang", pattern="^(xlsx|csv)$")] = "xlsx",
) -> Response:
    """Hand out every clause that rests on a document as a workbook or CSV."""
    found = library.tracing.impact(code)
    name = f"Tác động của {found.name.code or found.name.title or code}.{form}".replace("/", "-")
    return Response(
        write_workbook(found) if form == "xlsx" else write_csv(found),
        media_type=_WORKBOOK if form == "xlsx" else "text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
    )


@router.get("/vien-dan/chua-co")
def stubs(
    request: Request, library: LibraryDep, number: Annotated[int, _NUMBER] = 1
) -> HTMLResponse:
    """Show what is cited and not held, the most cited first."""
    found = library.tracing.stubs(limit=_A_PAGE, offset=(number - 1) * _A_PAGE)
    return page(
        request,
        "stubs.html",
        found=found,
        number=number,
        pages=-(-found.total // _A_PAGE),
        turn=lambda to: query("/vien-dan/chua-co", {"trang": to if to > 1 else None}),
    )


def _held(library: Library, document: str) -> str:
    """Return the id of a document that is held.

    Raises:
        UnknownDocumentError: It is not.
    """
    if library.entry(document).replaced_by is not None:  # its newer version stands in its place
        raise UnknownDocumentError(document)
    return document


def _page(
    request: Request,
    template: str,
    asked: str,
    found: Effect | RelationMap | Cascade | Impact,
    **values: Any,  # noqa: ANN401 - whatever the template takes
) -> HTMLResponse:
    name: DocumentName = found.name
    return page(request, template, found=found, name=name, asked=asked, **values)
