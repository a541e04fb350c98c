"""Pages of checking: what is unsure, one finding with its form, and what people have said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, cast, get_args
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.library import LibraryDep
from index.corrections import Act
from index.errors import UnknownFindingError, WrongCorrectionError
from index.findings import HEADER, NOUNS, Finding, Noun, Value
from index.library import Library
from index.review import Checked
from index.wishes import Wish, blank, finding_at
from web.fields import fields_of, shown_at
from web.filters import Chip
from web.links import check_url, query
from web.telling import NOUNS as WORDS
from web.templating import page
from web.wording import unsure

router = APIRouter(include_in_schema=False)

_ON_A_PAGE = 50
_COOKIE = "nguoi_soat"
_A_YEAR = 365 * 24 * 3600
Only = Literal["", "tat-ca", "header", "block", "task", "actor", "deadline", "target", "reference"]


def reviewer(request: Request) -> str:
    """Return the name that a person has given once in this browser, or ""."""
    return unquote(request.cookies.get(_COOKIE, ""))[:80]


# The list over all documents


@router.get("/can-soat")
def unsure_findings(
    request: Request,
    library: LibraryDep,
    noun: Annotated[Noun | None, Query(alias="loai")] = None,
    document: Annotated[str, Query(alias="van-ban", max_length=64)] = "",
    number: Annotated[int, Query(alias="trang", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Show the findings that a person should look at, the least sure first."""
    chosen = {"loai": noun, "van-ban": document or None}
    found = library.review.unsure(
        document=document or None, noun=noun, limit=_ON_A_PAGE, offset=(number - 1) * _ON_A_PAGE
    )

    def address(changed: Mapping[str, object]) -> str:
        return query("/can-soat", {**chosen, **changed})

    kinds = [
        Chip("Loại", WORDS[name], address({"loai": name}), count) for name, count in found.nouns
    ]
    papers = [
        Chip("Văn bản", each.metadata.code or each.source, address({"van-ban": each.id}), count)
        for each, count in found.documents
    ]
    chips = [Chip("Loại", WORDS[noun], address({"loai": None}))] if noun else []
    if document:
        entry = library.entry(document)
        name = entry.metadata.code or entry.source
        chips.append(Chip("Văn bản", name, address({"van-ban": None})))
    groups = [("Loại", kinds)] if not noun else []
    groups += [("Văn bản", papers)] if not document else []
    return page(
        request,
        "review.html",
        found=found,
        chips=chips,
        groups=groups,
        number=number,
        pages=-(-found.total // _ON_A_PAGE),
        turn=lambda n: address({"trang": n}),
        here=address({"trang": number if number > 1 else None}),
        name=reviewer(request),
    )


# One document


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of a document is to be checked: the unsure, all, one kind, or one clause."""

    only: Only
    path: str


def read_narrowed(
    only: Annotated[Only, Query(alias="loc")] = "",
    path: Annotated[str, Query(alias="doan", max_length=200)] = "",
) -> Narrowed:
    """Return what an address narrows the checking to."""
    return Narrowed(only, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What the view of checking shows."""

    checked: Checked
    findings: tuple[Finding, ...]  # those that pass
    blanks: tuple[Finding, ...]  # components of the header that the document does not say
    chips: tuple[tuple[Chip, bool], ...]  # with whether it is chosen
    path: str
    here: str


def look_through(library: Library, document: str, narrowed: Narrowed) -> Panel:
    """Return the findings of a document that pass, and what people have said of it."""
    checked = library.review.checked(document)
    every = checked.findings
    passing = [each for each in every if _passes(each, narrowed)]
    counts = {noun: sum(each.noun == noun for each in every) for noun in NOUNS}
    doubts = sum(unsure(each.confidence) for each in every)
    options: list[tuple[Only, str, int]] = [("", "Chưa chắc", doubts)]
    options += [(noun, WORDS[noun].capitalize(), counts[noun]) for noun in NOUNS]
    options += [("tat-ca", "Tất cả", len(every))]
    said = {each.component for each in every if each.component}
    return Panel(
        checked=checked,
        findings=tuple(passing),
        blanks=tuple(blank(name) for name in HEADER if name not in said)
        if narrowed.only == "header"
        else (),
        chips=tuple(
            (
                Chip("", label, check_url(document, only=only or None), count),
                only == narrowed.only and not narrowed.path,
            )
            for only, label, count in options
        ),
        path=narrowed.path,
        here=check_url(document, only=narrowed.only or None, path=narrowed.path or None),
    )


def _passes(finding: Finding, narrowed: Narrowed) -> bool:
    if narrowed.path:
        return finding.path == narrowed.path
    if narrowed.only == "":
        return unsure(finding.confidence)
    return narrowed.only in ("tat-ca", finding.noun)


# One finding


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
