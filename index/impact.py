"""A DOCUMENT -> WHAT RESTS ON IT: every clause that cites it, whose it is, what to cite instead.

For who must look through what a replaced document leaves behind (rà soát văn bản).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.articles import Article, Match, articles_of, matching
from index.citations import inward
from index.deeds import Deed, deeds_upon
from index.effect_bases import actor_of, name_of
from index.effects import read_life, standing_on
from index.named import Named, name_document, named_row
from index.pinpoints import Pin, holds, pins_of
from index.present import present
from index.traces import Impact, Owner, Resting, Suggestion
from ingest.model import Actor, Span

if TYPE_CHECKING:
    from index.finding import Sources
    from index.records import CitationRow, Row, TaskRow
    from index.replies import Citation

_NOT_RESTING = ("replaces", "repeals", "amends", "consolidates")  # they act on it themselves
_LONGEST = 4  # replacements of replacements that are followed


def impact_of(
    sources: Sources, query: str, *, day: dt.date, limit: int | None = None, offset: int = 0
) -> Impact:
    """Return every clause that rests on the document that *query* names.

    Args:
        sources: The library.
        query: As `index.named.name_document` takes it; a document that is only cited too.
        day: For which effects and bodies are told.
        limit: Clauses of a page; None: all.
        offset: Clauses before it.

    Raises:
        UnknownDocumentError: It is neither held nor cited.
    """
    named = name_document(sources, query)
    wanted = replace(named.mentions, not_relations=_NOT_RESTING)
    mentions = sources.store.mentions(wanted, limit=limit, offset=offset)
    advice = _Advice(sources, named)
    owners = _owners(sources, mentions, day)
    cited = inward(sources, mentions)
    return Impact(
        query=query,
        name=name_of(sources, named),
        entry=named.row.entry if named.row else None,
        standing=standing_on(read_life(sources, named), day),
        replaced_by=advice.whole,
        total=sum(way.times for way in sources.store.described(wanted)),
        documents=sources.store.count_citing(wanted),
        resting=tuple(
            Resting(citation=one, owners=who, suggestions=advice.for_part(one))
            for one, who in zip(cited, owners, strict=True)
        ),
        offset=offset,
    )


@dataclass(frozen=True, slots=True)
class _Heir:
    """A document that replaced the one in question, and when."""

    suggestion: Suggestion
    row: Row | None


class _Advice:
    """What to cite instead of a document, or of a part of it."""

    def __init__(self, sources: Sources, named: Named) -> None:
        self._sources = sources
        self._named = named
        self._heirs = tuple(_heirs(sources, named, _LONGEST))
        self._touched = [deed for deed in deeds_upon(sources, named) if deed.part]
        self._articles: dict[int, list[Article]] = {}
        self.whole = tuple(heir.suggestion for heir in self._heirs)

    def for_part(self, citation: Citation) -> tuple[Suggestion, ...]:
        """Return what to cite instead for one clause, with the article where one is near."""
        pins = pins_of(citation.reference.pinpoint or "")
        if not self._heirs:
            return tuple(self._amended(pins))
        return tuple(
            replace(
                heir.suggestion,
                pinpoint=match.pinpoint,
                path=match.path,
                quote=match.quote,
                likeness=match.likeness,
            )
            if heir.row and pins and (match := self._match(pins[0], heir.row))
            else heir.suggestion
            for heir in self._heirs
        )

    def _amended(self, pins: Iterable[Pin]) -> Iterator[Suggestion]:
        """Yield who amended the very part that is cited."""
        asked = list(pins)
        for deed in self._touched:
            theirs = [(words, pin) for words in deed.pinpoints for pin in pins_of(words)]
            words = next(
                (
                    words
                    for words, pin in theirs
                    if any(holds(pin, one) or holds(one, pin) for one in asked)
                ),
                None,
            )
            if words:
                yield Suggestion(
                    by=actor_of(deed),
                    since=deed.since,
                    quote=f"đã sửa đổi, bổ sung hoặc bãi bỏ {words}",
                )

    def _match(self, pin: Pin, heir: Row) -> Match | None:
        if self._named.row is None:
            return None
        ours = self._read(self._named.row.number)
        article = next((one for one in ours if one.pin == pin[:1]), None)
        return matching(article, self._read(heir.number)) if article else None

    def _read(self, document: int) -> list[Article]:
        if document not in self._articles:
            self._articles[document] = articles_of(self._sources, document)
        return self._articles[document]


def _heirs(sources: Sources, named: Named, steps: int) -> Iterator[_Heir]:
    """Yield what stands in a document's place; of one that was replaced in turn, its own heirs."""
    for deed in _whole(deeds_upon(sources, named)):
        further: list[_Heir] = []
        if deed.row is not None and steps > 1:
            further = list(_heirs(sources, named_row(sources, deed.row), steps - 1))
        yield from further or [_Heir(Suggestion(by=actor_of(deed), since=deed.since), deed.row)]


def _whole(deeds: Iterable[Deed]) -> list[Deed]:
    """Return the deeds that put another document in the place of the whole."""
    found = [deed for deed in deeds if not deed.part and deed.kind in {"replaced", "repealed"}]
    return [deed for deed in found if deed.kind == "replaced"] or found


def _owners(sources: Sources, mentions: list[CitationRow], day: dt.date) -> list[tuple[Owner, ...]]:
    """Return whose each clause is: who issued it, and who is to do what it says."""
    tasks = sources.store.tasks_of_clauses(row.clause for row in mentions)
    documents = sources.store.rows(row.document for row in mentions)
    issuers = {number: _issuer(row, day) for number, row in documents.items()}
    return [
        (*issuers[row.document], *_leads(tasks.get(row.clause, []), documents[row.document], day))
        for row in mentions
    ]


def _issuer(row: Row, day: dt.date) -> tuple[Owner, ...]:
    metadata = row.entry.metadata
    if not metadata.issuer:
        return ()
    whole = Actor(
        surface=metadata.issuer,
        agency=metadata.issuer,
        role="lead",
        via="inline",
        confidence=1,
        span=Span(0, 0),
    )
    [found] = present([whole], metadata.title or "", metadata, on=day)
    return (Owner(name=found.agency, role="issuer", now=found.now),)


def _leads(tasks: Iterable[TaskRow], row: Row, day: dt.date) -> Iterator[Owner]:
    seen: set[str] = set()
    for each in tasks:
        leads = [actor for actor in each.task.actors if actor.role == "lead"]
        for found in present(leads, each.task.quote, row.entry.metadata, on=day):
            if found.agency not in seen:
                seen.add(found.agency)
                yield Owner(name=found.agency, role="lead", now=found.now)
