"""Pages of bodies: every task of one, by document, and the list of all that have tasks."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.library import LibraryDep
from index.replies import Answer, Duties
from ingest.model import Role
from web.filters import Chip
from web.links import agency_url, query
from web.register import write_register
from web.templating import page
from web.wording import ROLES

router = APIRouter(include_in_schema=False)

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/co-quan")
def agencies(
    request: Request,
    library: LibraryDep,
    name: Annotated[str, Query(alias="ten", max_length=300)] = "",
) -> HTMLResponse:
    """Show every body that has tasks; with a name typed in, its duties."""
    if name.strip():
        return duties(request, library, name.strip())
    return page(request, "agencies.html", agencies=library.agencies())


@router.get("/bang-tinh/{name:path}")
def register(
    library: LibraryDep,
    name: str,
    *,
    now: Annotated[bool, Query(alias="hien-nay")] = False,
) -> Response:
    """Hand out every task of a body as a workbook."""
    file = quote(f"Nhiệm vụ của {name}.xlsx".replace("/", "-"), safe="")
    return Response(
        write_register(library.duties(name, now=now)),
        media_type=_WORKBOOK,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{file}"},
    )


@router.get("/co-quan/{name:path}")
def duties(
    request: Request,
    library: LibraryDep,
    name: str,
    role: Annotated[Role | None, Query(alias="vai-tro")] = None,
    *,
    now: Annotated[bool, Query(alias="hien-nay")] = False,
) -> HTMLResponse:
    """Show every task of a body with the total; asked for now, also those of its predecessors."""
    found = library.duties(name, now=now)
    shown = [
        (
            group.entry,
            [duty for duty in group.duties if role is None or role in _roles(duty, found)],
        )
        for group in found.groups
    ]
    return page(
        request,
        "duties.html",
        name=name,
        found=found,
        groups=[(entry, answers) for entry, answers in shown if answers],
        shown=sum(len(answers) for _, answers in shown),
        role=role,
        chips=_role_chips(name, found),
        page_of=partial(_address, name),
        roles_of=lambda answer: _roles(answer, found),
    )


def _address(name: str, **values: object) -> str:
    return query(agency_url(name), values)


def _roles(answer: Answer, found: Duties) -> tuple[Role, ...]:
    """Return the roles that the body asked for has in a task."""
    bearers = {*found.matched, *found.predecessors}
    mine = [actor.role for actor in answer.actors if actor.agency in bearers]
    return tuple(dict.fromkeys(mine))


def _role_chips(name: str, found: Duties) -> tuple[Chip, ...]:
    answers = (answer for group in found.groups for answer in group.duties)
    kept = {"hien-nay": "1"} if found.now else {}
    counts: Counter[str] = Counter(role for answer in answers for role in _roles(answer, found))
    return tuple(
        Chip("Vai trò", words, query(agency_url(name), {"vai-tro": role} | kept), counts[role])
        for role, words in ROLES.items()
        if counts[role]
    )
