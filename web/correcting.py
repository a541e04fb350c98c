"""Pages of correcting: one finding with its form, what becomes of it, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, cast, get_args
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.library import LibraryDep
from index.corrections import Act
from index.errors import UnknownFindingError, WrongCorrectionError
from index.findings import Noun, Value
from index.library import Library
from index.wishes import Wish, finding_at
from web.fields import fields_of, shown_at
from web.links import check_url
from web.templating import page

router = APIRouter(include_in_schema=False)

_COOKIE = "nguoi_soat"
_A_YEAR = 365 * 24 * 3600


def reviewer(request: Request) -> str:
    """Return the name that a person has given once in this browser, or ""."""
    return unquote(request.cookies.get(_COOKIE, ""))[:80]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which finding a form is about: one that there is, or a new one."""

    key: str
    noun: Noun | None
    task: str
    path: str
    back: str


def read_asked(
    *,
    key: Annotated[str, Query(alias="muc", max_length=300)] = "",
    noun: Annotated[Noun | None, Query(alias="loai")] = None,
    task: Annotated[str, Query(alias="vao", max_length=100)] = "",
    path: Annotated[str, Query(alias="doan", max_length=200)] = "",
    back: Annotated[str, Query(alias="ve", max_length=500)] = "",
) -> Asked:
    """Return what an address asks to correct."""
    local = back.startswith("/") and not back.startswith(("//", "/\\"))
    return Asked(key=key, noun=noun, task=task, path=path, back=back if local else "")


AskedDep = Annotated[Asked, Depends(read_asked)]


@router.get("/sua/{document}")
def form(request: Request, library: LibraryDep, document: str, asked: AskedDep) -> HTMLResponse:
    """Show the form of one finding, or of one to be added."""
    return _form(request, library, document, asked)


async def read_typed(request: Request) -> dict[str, str]:
    """Return what was typed into a form, by the names of its fields."""
    form = await request.form(max_files=0, max_fields=50)
    return {name: str(value) for name, value in form.items()}


@router.post("/sua/{document}")
def correct(
    request: Request,
    library: LibraryDep,
    document: str,
    asked: AskedDep,
    typed: Annotated[dict[str, str], Depends(read_typed)],
) -> Response:
    """Keep what a person says and lead back; what cannot be kept is said above the form."""
    name = typed.get("ai") or reviewer(request)
    try:
        library.review.correct(document, _wish(asked, typed, name))
    except WrongCorrectionError as error:
        return _form(request, library, document, asked, typed=typed, problem=str(error))
    return _led_back(asked.back or check_url(document), name)


@router.post("/hoan-tac/{document}")
def undo(
    request: Request,
    library: LibraryDep,
    document: str,
    asked: AskedDep,
    typed: Annotated[dict[str, str], Depends(read_typed)],
) -> Response:
    """Take a correction back."""
    name = typed.get("ai") or reviewer(request)
    if not name.strip():
        raise WrongCorrectionError("Hãy ghi tên người soát rồi hoàn tác.")
    library.review.undo(document, typed.get("lan", ""), by=name)
    return _led_back(asked.back or check_url(document), name)


def _wish(asked: Asked, typed: Mapping[str, str], name: str) -> Wish:
    act = typed.get("viec", "")
    if act not in get_args(Act):
        raise WrongCorrectionError("Hãy chọn một việc: đúng, sửa, thêm hoặc bỏ.")
    values: dict[str, Value] = {
        name.removeprefix("g_"): value for name, value in typed.items() if name.startswith("g_")
    }
    return Wish(
        act=cast("Act", act),
        by=name,
        key=asked.key or None,
        stamp=typed.get("dau") or None,
        noun=asked.noun,
        task=asked.task or None,
        path=asked.path or None,
        words=typed.get("cau") or None,
        after=values if act in ("set", "add") else {},
        reason=typed.get("ly_do") or None,
    )


def _led_back(address: str, name: str) -> Response:
    response = RedirectResponse(address, 303)
    if name.strip():
        response.set_cookie(
            _COOKIE, quote(name.strip()[:80]), max_age=_A_YEAR, httponly=True, samesite="lax"
        )
    return response


def _form(  # noqa: PLR0913 - a page and what was typed into it
    request: Request,
    library: Library,
    document: str,
    asked: Asked,
    *,
    typed: Mapping[str, str] | None = None,
    problem: str = "",
) -> HTMLResponse:
    read = library.document(document)
    finding = None
    if asked.key:
        finding = finding_at(read, Wish(act="confirm", by="", key=asked.key))
    noun = finding.noun if finding else asked.noun
    if noun is None:
        raise UnknownFindingError(asked.key)
    host = finding or (
        finding_at(read, Wish(act="confirm", by="", key=asked.task)) if asked.task else None
    )
    return page(
        request,
        "correct.html",
        status=422 if problem else 200,
        entry=library.entry(document),
        finding=finding,
        noun=noun,
        asked=asked,
        fields=fields_of(noun, finding, typed or {}),
        context=shown_at(read, host, asked.path),
        typed=typed or {},
        problem=problem,
        name=(typed or {}).get("ai") or reviewer(request),
        back=asked.back or check_url(document),
    )
