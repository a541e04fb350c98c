"""Pages of checking: what is unsure in all documents, and all that was found in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.library import LibraryDep
from index.findings import HEADER, NOUNS, Finding, Noun
from index.library import Library
from index.replies import Entry
from index.review import Checked, ReviewList
from index.wishes import blank
from web.correcting import reviewer
from web.filters import Chip
from web.links import check_url, query
from web.telling import NOUNS as WORDS
from web.templating import page
from web.wording import unsure

router = APIRouter(include_in_schema=False)

_ON_A_PAGE = 50
_Address: TypeAlias = Callable[[Mapping[str, object]], str]
Only = Literal["", "tat-ca", "header", "block", "task", "actor", "deadline", "target", "reference"]


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

    entry = library.entry(document) if document else None
    return page(
        request,
        "review.html",
        found=found,
        chips=_chosen(noun, entry, address),
        groups=_groups(found, noun, entry, address),
        number=number,
        pages=-(-found.total // _ON_A_PAGE),
        turn=lambda n: address({"trang": n}),
        here=address({"trang": number if number > 1 else None}),
        name=reviewer(request),
    )


def _chosen(noun: Noun | None, entry: Entry | None, address: _Address) -> list[Chip]:
    """Return what the list is narrowed to, each with the address that leaves it out."""
    chips = [Chip("Loại", WORDS[noun], address({"loai": None}))] if noun else []
    if entry:
        name = entry.metadata.code or entry.source
        chips.append(Chip("Văn bản", name, address({"van-ban": None})))
    return chips


def _groups(
    found: ReviewList, noun: Noun | None, entry: Entry | None, address: _Address
) -> list[tuple[str, list[Chip]]]:
    """Return what the list can be narrowed to."""
    kinds = [
        Chip("Loại", WORDS[name], address({"loai": name}), count) for name, count in found.nouns
    ]
    papers = [
        Chip("Văn bản", each.metadata.code or each.source, address({"van-ban": each.id}), count)
        for each, count in found.documents
    ]
    return [("Loại", kinds)] * (noun is None) + [("Văn bản", papers)] * (entry is None)


# One document


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of a document is to be checked: the unsure, all, one kind, or one clause."""

    only: Only
    path: str
    number: int  # of the page, from 1


def read_narrowed(
    only: Annotated[Only, Query(alias="loc")] = "",
    path: Annotated[str, Query(alias="doan", max_length=200)] = "",
    number: Annotated[int, Query(alias="trang", ge=1, le=100_000)] = 1,
) -> Narrowed:
    """Return what an address narrows the checking to."""
    return Narrowed(only, path, number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What the view of checking shows."""

    checked: Checked
    findings: tuple[Finding, ...]  # those that pass, of one page
    pages: int
    number: int
    blanks: tuple[Finding, ...]  # components of the header that the document does not say
    chips: tuple[tuple[Chip, bool], ...]  # with whether it is chosen
    path: str
    turn: Callable[[int], str]
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

    def turn(number: int) -> str:
        only, path = narrowed.only or None, narrowed.path or None
        return check_url(document, only=only, path=path, number=number)

    return Panel(
        checked=checked,
        findings=tuple(passing[(narrowed.number - 1) * _ON_A_PAGE :][:_ON_A_PAGE]),
        pages=-(-len(passing) // _ON_A_PAGE),
        number=narrowed.number,
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
        turn=turn,
        here=turn(narrowed.number),
    )


def _passes(finding: Finding, narrowed: Narrowed) -> bool:
    if narrowed.path:
        return finding.path == narrowed.path
    if narrowed.only == "":
        return unsure(finding.confidence)
    return narrowed.only in ("tat-ca", finding.noun)
