"""TEMPLATE + VALUES -> PAGE: Jinja2 with the words, links and marks that the templates use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException

from index.explaining import FIELDS
from index.replies import Answer, Citation
from ingest.model import Actor, Span
from web import due, links, now, telling, wording
from web.marking import Mark, Stretch, weave

TEMPLATES = Path(__file__).parent / "templates"


def page(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return *template* filled with *values*, every one of them escaped.

    A page beyond the last of a list, "number" of "pages", is none: 404.
    """
    number, pages = values.get("number"), values.get("pages")
    if isinstance(number, int) and isinstance(pages, int) and number > max(pages, 1):
        raise HTTPException(404, f"Danh sách này không có trang {number}: chỉ có {max(pages, 1)}.")
    html = _environment().get_template(template).render(address=request.url.path, **values)
    return HTMLResponse(html, status)


def quotation(answer: Answer) -> tuple[Stretch, ...]:
    """Return the words of an answer with those that matched marked, neighbours as one."""
    matches: list[Span] = []
    for span in sorted(answer.marks):
        adjoins = matches and not answer.quote[matches[-1].end : span.start].strip()
        matches.append(Span(matches.pop().start, span.end) if adjoins else span)
    marks = (Mark(span=span, kind="match") for span in matches)
    return weave(answer.quote, Span(0, len(answer.quote)), marks)


def cited(citation: Citation) -> tuple[Stretch, ...]:
    """Return the words of the clause that cites, with the mention marked."""
    quote, words = citation.place.quote, citation.surface
    # The label before a clause's words belongs to its span, not to its quote.
    start = citation.reference.span.start - citation.place.span.end + len(quote)
    if start < 0 or not quote.startswith(words, start):
        start = quote.find(words)
    if start < 0:
        return quotation(citation.place)
    found = Mark(span=Span(start, start + len(words)), kind="match")
    return weave(quote, Span(0, len(quote)), [found])


def distinct(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return each body in each of its roles once, leads first."""
    order = list(wording.ROLES)
    first: dict[tuple[str, str], Actor] = {}
    for actor in sorted(actors, key=lambda actor: order.index(actor.role)):
        first.setdefault((actor.agency, actor.role), actor)
    return tuple(first.values())


def thousands(number: int) -> str:
    """Write a number as Vietnamese does: 12.345."""
    return f"{number:,}".replace(",", ".")


def bare(heading: str) -> str:
    """Return a heading without the bars of empty cells after it, for an outline."""
    return heading.rstrip(" |")


def untyped(title: str, doc_type: str | None) -> str:
    """Return a title without the type that stands before it already: "Luật số 63: Luật Tổ chức"."""
    rest = title.removeprefix(doc_type or "").lstrip()
    return title if rest == title or not rest else rest[0].upper() + rest[1:]


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        bare=bare,
        checked=wording.checked,
        cited=cited,
        day=wording.day,
        distinct=distinct,
        grounds=now.grounds,
        heir=now.heir,
        meaning=wording.meaning,
        missing=wording.missing,
        relation=wording.relation,
        quotation=quotation,
        shortened=telling.shortened,
        stands=due.standing,
        thousands=thousands,
        told_of=telling.told_of,
        untyped=untyped,
        understood=telling.understood,
        unsure=wording.unsure,
    )
    environment.globals.update(
        BLANK=wording.BLANK,
        CLARITIES=wording.CLARITIES,
        DATA_NOTE=now.DATA_NOTE,
        COMPONENTS=telling.COMPONENTS,
        FIELDS=FIELDS,
        FORMATS=wording.FORMATS,
        INTENTS=wording.INTENTS,
        LEVELS=wording.LEVELS,
        MODES=wording.MODES,
        NOUNS=telling.NOUNS,
        RELATIONS=wording.RELATIONS,
        ROLES=wording.ROLES,
        VIAS=wording.VIAS,
        agency_url=links.agency_url,
        anchor=links.anchor,
        check_url=links.check_url,
        citation_url=links.citation_url,
        clause_url=links.clause_url,
        compare_url=links.compare_url,
        correct_url=links.correct_url,
        document_url=links.document_url,
        life_url=links.life_url,
        original_url=links.original_url,
        question_url=links.question_url,
        register_url=links.register_url,
        trace_url=links.trace_url,
    )
    return environment
