"""Pages of bodies: every task of one, by document, and the list of all that have tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator

from api.library import LibraryDep
from index.duty_replies import Duties, DutyFacetName, DutySort, DutyView
from index.replies import DueState
from ingest.model import Role
from web.due import STATES
from web.filters import Chip
from web.links import agency_url, query, register_url
from web.register import roles_of, write_register
from web.templating import page
from web.wording import ROLES

router = APIRouter(include_in_schema=False)

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ON_A_PAGE = 50
_BODIES = 200
_OPEN = BeforeValidator(lambda value: value or None)
_NAMES: Mapping[DutyFacetName, str] = {
    "role": "vai-tro",
    "doc_type": "loai",
    "year": "nam",
    "due": "han",
}
_LABELS: Mapping[DutyFacetName, str] = {
    "role": "Vai trò",
    "doc_type": "Loại văn bản",
    "year": "Năm ban hành",
    "due": "Thời hạn",
}
_SORTS: Mapping[DutySort, str] = {
    "document": "theo văn bản",
    "deadline": "theo thời hạn",
    "issued": "văn bản mới trước",
    "role": "theo vai trò",
}


def read_view(
    *,
    role: Annotated[Role | None, _OPEN, Query(alias="vai-tro")] = None,
    doc_type: Annotated[str | None, _OPEN, Query(alias="loai", max_length=100)] = None,
    year: Annotated[int | None, _OPEN, Query(alias="nam", ge=1900, le=2200)] = None,
    due: Annotated[DueState | None, _OPEN, Query(alias="han")] = None,
    sort: Annotated[DutySort, Query(alias="xep")] = "document",
) -> DutyView:
    """Return which tasks an address asks for, and in which order."""
    return DutyView(role=role, doc_type=doc_type, year=year, due=due, sort=sort)


ViewDep = Annotated[DutyView, Depends(read_view)]


@router.get("/co-quan")
def agencies(
    request: Request,
    library: LibraryDep,
    view: ViewDep,
    name: Annotated[str, Query(alias="ten", max_length=300)] = "",
    number: Annotated[int, Query(alias="trang", ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """Show every body that has tasks; with a name typed in, its duties."""
    if name.strip():
        return duties(request, library, name.strip(), view)
    found = library.agencies()
    return page(
        request,
        "agencies.html",
        agencies=found[(number - 1) * _BODIES : number * _BODIES],
        total=len(found),
        number=number,
        pages=-(-len(found) // _BODIES),
        turn=lambda to: query("/co-quan", {"trang": to if to > 1 else None}),
    )


@router.get("/bang-tinh/{name:path}")
def register(
    library: LibraryDep,
    name: str,
    view: ViewDep,
    *,
    now: Annotated[bool, Query(alias="hien-nay")] = False,
) -> Response:
    """Hand out every task of a body, or those that pass the filters, as a workbook."""
    file = quote(f"Nhiệm vụ của {name}.xlsx".replace("/", "-"), safe="")
    return Response(
        write_register(library.duties(name, now=now, view=view)),
        media_type=_WORKBOOK,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{file}"},
    )


@router.get("/co-quan/{name:path}")
def duties(  # noqa: PLR0913 - one parameter a part of the address
    request: Request,
    library: LibraryDep,
    name: str,
    view: ViewDep,
    number: Annotated[int, Query(alias="trang", ge=1, le=10_000)] = 1,
    *,
    now: Annotated[bool, Query(alias="hien-nay")] = False,
) -> HTMLResponse:
    """Show the tasks of a body with the total; asked for now, also those of its predecessors."""
    paged = replace(view, limit=_ON_A_PAGE, offset=(number - 1) * _ON_A_PAGE)
    found = library.duties(name, now=now, view=paged)
    values = _values(found)
    address = partial(_address, agency_url(name), values)
    return page(
        request,
        "duties.html",
        name=name,
        found=found,
        view=view,
        groups=tuple(_groups(found, address)),
        chosen=tuple(_chosen(found, address)),
        sorts=[Chip("Xếp", words, address(xep=sort)) for sort, words in _SORTS.items()],
        sorted_as=_SORTS[view.sort],
        narrowed=any(getattr(view, each) is not None for each in _NAMES),
        everything=_address(agency_url(name), {}, **{"hien-nay": 1 if now else None}),
        as_written=address(**{"hien-nay": None}),
        as_of_now=address(**{"hien-nay": 1}),
        sheet=_address(register_url(name), values),
        number=number,
        pages=-(-found.shown // _ON_A_PAGE),
        turn=lambda n: address(trang=n),
        roles_of=lambda answer: roles_of(answer, found),
    )


def _values(found: Duties) -> dict[str, object]:
    """Return what is set, by the names that it has in an address."""
    view = found.view
    set_ = {name: getattr(view, field) for field, name in _NAMES.items()}
    sort = view.sort if view.sort != "document" else None
    return set_ | {"xep": sort, "hien-nay": 1 if found.now else None}


def _address(path: str, values: Mapping[str, object], **changed: object) -> str:
    return query(path, {**values, **changed})


def _chosen(found: Duties, address: partial[str]) -> Iterator[Chip]:
    """Yield what the list is narrowed to, each with the link that takes it off."""
    for field, name in _NAMES.items():
        value = getattr(found.view, field)
        if value is not None:
            yield Chip(_LABELS[field], _words(field, str(value)), address(**{name: None}))


def _groups(found: Duties, address: partial[str]) -> Iterator[tuple[str, tuple[Chip, ...]]]:
    """Yield what the list can be narrowed to, by what it is not narrowed to yet."""
    for field, name in _NAMES.items():
        chips = tuple(
            Chip(
                _LABELS[field],
                _words(field, facet.value),
                address(**{name: facet.value}),
                facet.count,
            )
            for facet in found.facets
            if facet.name == field
        )
        if chips and getattr(found.view, field) is None:
            yield _LABELS[field], chips


def _words(field: DutyFacetName, value: str) -> str:
    if field == "role":
        return next((words for role, words in ROLES.items() if role == value), value)
    return next((words for state, words in STATES.items() if state == value), value)
