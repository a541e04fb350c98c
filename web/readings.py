"""READING -> LINKS: the recognised parts of a question to take off, and the readings to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Cookie, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BeforeValidator

from api.library import LibraryDep
from index.replies import Fixed, Intent, Option, PartKind, Reading, TimeUse
from web.links import query
from web.templating import page

router = APIRouter(include_in_schema=False)

_COOKIE = "noi_cong_tac"
_YEAR = 365 * 24 * 3600
_LONGEST = 200
_KINDS: Mapping[PartKind, str] = {
    "intent": "Hỏi",
    "body": "Cơ quan",
    "role": "Vai trò",
    "code": "Số ký hiệu",
    "period": "Thời gian",
    "year": "Năm",
    "place": "Địa danh",
    "doc_type": "Loại văn bản",
    "excluded": "Loại trừ",
    "mended": "Sửa lỗi gõ",
}
_OPEN = BeforeValidator(lambda value: value or None)


@dataclass(frozen=True, slots=True)
class Link:
    """A reading to choose, or a part to take off."""

    label: str
    href: str
    kind: str = ""
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """What is unsure, and the ways to read it."""

    about: str
    links: tuple[Link, ...]
    home: bool = False  # it asks where the person works


def read_fixed(
    request: Request,
    *,
    intent: Annotated[Intent | None, _OPEN, Query(alias="y-dinh")] = None,
    time: Annotated[TimeUse | None, _OPEN, Query(alias="thoi-gian")] = None,
    literal: Annotated[bool, Query(alias="nguyen-van")] = False,
    home: Annotated[str, Cookie(alias=_COOKIE)] = "",
) -> Fixed:
    """Return what the address, and the cookie of where one works, settle of a question."""
    settled = unquote(home)[:_LONGEST] or request.app.state.settings.home
    return Fixed(intent=intent, time=time, literal=literal, home=settled)


def values_of(fixed: Fixed) -> dict[str, object]:
    """Return what is settled by the names that it has in an address."""
    literal = "1" if fixed.literal else None
    return {"y-dinh": fixed.intent, "thoi-gian": fixed.time, "nguyen-van": literal}


def parts_of(reading: Reading) -> tuple[Link, ...]:
    """Return a link for each recognised part; it leads to the question without it."""
    return tuple(
        Link(part.label, _href(part.without), kind=_KINDS[part.kind]) for part in reading.parts
    )


def ways_of(reading: Reading) -> tuple[Ways, ...]:
    """Return the links for what is unsure."""
    return tuple(
        Ways(
            choice.about,
            tuple(
                Link(option.label, _href(option), count=option.count, chosen=option.chosen)
                for option in choice.options
            ),
            home=choice.kind == "home",
        )
        for choice in reading.choices
    )


def _href(option: Option) -> str:
    return query("/hoi", {"q": option.question} | values_of(option.fixed))


@router.get("/noi-cong-tac")
def home(
    request: Request, library: LibraryDep, fixed: Annotated[Fixed, Depends(read_fixed)]
) -> HTMLResponse:
    """Show what "tỉnh tôi" means to who asks from this browser."""
    return page(request, "workplace.html", home=fixed.home or "", common=library.home())


@router.post("/noi-cong-tac")
def set_home(place: Annotated[str, Form(alias="noi", max_length=_LONGEST)] = "") -> Response:
    """Keep it in a cookie of this browser; "" forgets it."""
    answer = RedirectResponse("/noi-cong-tac", 303)
    named = " ".join(place.split())
    if named:
        answer.set_cookie(
            _COOKIE, quote(named), max_age=_YEAR, httponly=True, samesite="lax", path="/"
        )
    else:
        answer.delete_cookie(_COOKIE, path="/")
    return answer
