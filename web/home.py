"""Pages of the library: the question box with what can be asked, and the list of documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from api.library import LibraryDep
from index.library import Library
from index.replies import Entry
from ingest.model import Document
from web.filters import Chip
from web.links import query
from web.templating import page
from web.wording import LEVELS

router = APIRouter(include_in_schema=False)

_NEWEST = 8
_SHORTEST, _LONGEST = 20, 110  # letters of an action that makes a readable question
_ON_A_PAGE = 50


@router.get("/")
def home(request: Request, library: LibraryDep) -> HTMLResponse:
    """Show the question box, examples that this library can answer, and its newest documents."""
    entries = library.documents()
    return page(
        request,
        "home.html",
        status_=library.status(),
        examples=_examples(library, entries),
        entries=entries[:_NEWEST],
        total=len(entries),
    )


def read_choice(
    *,
    doc_type: Annotated[str, Query(alias="loai", max_length=100)] = "",
    level: Annotated[str, Query(alias="cap", max_length=20)] = "",
    year: Annotated[str, Query(alias="nam", max_length=4)] = "",
) -> dict[str, str]:
    """Return what the list is narrowed to, by the names of `_LABELS`; "" leaves a thing open."""
    return {"loai": doc_type, "cap": level, "nam": year}


@router.get("/van-ban")
def documents(
    request: Request,
    library: LibraryDep,
    chosen: Annotated[dict[str, str], Depends(read_choice)],
    number: Annotated[int, Query(alias="trang", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Show the documents, the newest first, narrowed by type, level and year."""
    entries = library.documents()
    kept = [entry for entry in entries if _passes(entry, chosen)]
    shown = kept[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
    return page(
        request,
        "documents.html",
        entries=shown,
        total=len(kept),
        chips=_chosen_chips(chosen),
        groups=_groups(kept, chosen),
        number=number,
        pages=-(-len(kept) // _ON_A_PAGE),
        turn=lambda n: query("/van-ban", chosen | {"trang": n}),
    )


def _examples(library: Library, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return questions that this library can answer: only of what it holds."""
    bodies = [agency for agency, _ in library.agencies()[:2]]
    plans = [entry.id for entry in entries if entry.tasks and entry.metadata.title]
    codes = [entry.metadata.code for entry in entries if entry.metadata.code and entry.references]
    found = [f"{body} phải làm những gì?" for body in bodies[:1]]
    found += [f"{body} phải báo cáo trước ngày nào?" for body in bodies[1:]]
    if plans and (question := _who(library.document(plans[0]))):
        found.insert(0, question)
    found += [f"{code} căn cứ những văn bản nào?" for code in codes[:1]]
    return tuple(found)


def _who(document: Document) -> str | None:
    """Ask who does what a sentence like "Giao … chủ trì, phối hợp với … xây dựng …" says."""
    for task in document.tasks:
        named = [actor for actor in task.actors if task.span.holds(actor.span)]
        if {actor.role for actor in named} >= {"lead", "coordinate"}:
            rest = document.text[max(actor.span.end for actor in named) : task.span.end]
            action = re.split(r"[,;.]", rest, maxsplit=1)[0].strip()
            if _SHORTEST < len(action) < _LONGEST:
                return f"Cơ quan nào chủ trì {action}?"
    return None


def _facts(entry: Entry) -> dict[str, str]:
    issued = entry.metadata.issued_on
    return {
        "loai": entry.metadata.doc_type or "",
        "cap": entry.metadata.issuer_level or "",
        "nam": str(issued.year) if issued else "",
    }


def _passes(entry: Entry, chosen: dict[str, str]) -> bool:
    facts = _facts(entry)
    return all(facts[name] == value for name, value in chosen.items() if value)


def _words(name: str, value: str) -> str:
    return LEVELS.get(value, value) if name == "cap" else value


def _chosen_chips(chosen: dict[str, str]) -> list[Chip]:
    return [
        Chip(_LABELS[name], _words(name, value), query("/van-ban", chosen | {name: ""}))
        for name, value in chosen.items()
        if value
    ]


def _groups(entries: Sequence[Entry], chosen: dict[str, str]) -> list[tuple[str, list[Chip]]]:
    groups = []
    for name, label in _LABELS.items():
        counts = Counter(_facts(entry)[name] for entry in entries)
        values = [(value, count) for value, count in counts.most_common() if value]
        if not chosen[name] and len(values) > 1:
            links = [
                Chip(label, _words(name, value), query("/van-ban", chosen | {name: value}), count)
                for value, count in values
            ]
            groups.append((label, links))
    return groups


_LABELS = {"loai": "Loại văn bản", "cap": "Cấp ban hành", "nam": "Năm ban hành"}
