"""CITATIONS -> STUBS: what is cited and not held, the most cited first, with what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.citations import best_said
from index.effect_bases import name_of_mention
from index.effects import read_life, standing_on
from index.errors import UnknownDocumentError
from index.named import Named, name_document
from index.traces import Said, Stub, StubList, StubPage

if TYPE_CHECKING:
    import datetime as dt

    from index.finding import Sources

_READ = 500  # mentions that are read for what they say


def list_stubs(sources: Sources, *, limit: int = 50, offset: int = 0) -> StubList:
    """Return the documents that are cited by number and not held, the most cited first."""
    found = sources.store.stubs(limit=limit, offset=offset)
    return StubList(
        total=sources.store.count_stubs(),
        stubs=tuple(
            Stub(
                name=name_of_mention(best_said(sources, Named(query=key, code=key))),
                places=places,
                documents=documents,
            )
            for key, places, documents in found
        ),
        offset=offset,
    )


def describe_stub(sources: Sources, query: str, *, day: dt.date) -> StubPage:
    """Return what those that cite it say of a document that is not held.

    Raises:
        UnknownDocumentError: It is not cited, or it is held.
    """
    named = name_document(sources, query)
    if named.row is not None:
        raise UnknownDocumentError(query)
    ways = sources.store.described(named.mentions)
    mentions = sources.store.mentions(named.mentions, limit=_READ)
    said = [row.reference for row in mentions]
    pinpoints = sources.store.pinpoints(named.mentions)
    return StubPage(
        stub=Stub(
            name=name_of_mention(best_said(sources, named)),
            places=sum(way.times for way in ways),
            documents=sources.store.count_citing(named.mentions),
        ),
        said={
            "title": _counted(each.title for each in said),
            "doc_type": _counted(each.doc_type for each in said),
            "issuer": _counted(each.issuer for each in said),
            "issued_on": _counted(each.date.isoformat() if each.date else None for each in said),
            "printed": _counted(each.printed_code for each in said),
        },
        parts=tuple(
            Said(value=words, count=count)
            for words, count in sorted(pinpoints, key=lambda each: (-each[1], each[0]))
        ),
        standing=standing_on(read_life(sources, named), day),
    )


def _counted(values: Iterable[str | None]) -> tuple[Said, ...]:
    counts = Counter(value for value in values if value)
    return tuple(Said(value=value, count=count) for value, count in counts.most_common())
