"""A NUMBER OR A SENTENCE -> A DOCUMENT AMONG THOSE IT CITES and those that cite it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.codes import code_key, name_key
from index.errors import UnknownDocumentError
from index.fold import folded_tokens, read_tokens
from index.numbers import find_numbers
from index.quoting import Passage, quote
from index.replies import Answer, Citation, Citations
from index.resolution import is_same, meant_document

if TYPE_CHECKING:
    from index.finding import Sources
    from index.records import CitationRow, Row
    from ingest.model import Reference


def trace(sources: Sources, query: str) -> Citations:
    """Return the document that *query* names, with what it cites and what cites it.

    Args:
        sources: The library.
        query: A number in any spelling, a law's name, a document's id, or a sentence that names
            one: the first that is known counts.

    Raises:
        UnknownDocumentError: None is held or cited.
    """
    held = _held(sources, query)
    if held is not None:
        return _of_held(sources, query, held)
    key = _cited_key(sources, query)
    if key is not None:
        return _stub(sources, query, sources.store.citations_to(code=key))
    title = _cited_title(sources, query)
    if title is not None:
        return _stub(sources, query, _by_title(sources, title))
    raise UnknownDocumentError(query)


def _by_title(sources: Sources, title: str) -> list[CitationRow]:
    """Return the mentions of a name, and those of the number that most of them mean."""
    named = sources.store.citations_to(title=title)
    keys = Counter(row.code_key for row in named if row.code_key)
    meant = sources.store.citations_to(code=keys.most_common(1)[0][0]) if keys else []
    by_place = {(row.clause, row.reference.span): row for row in [*named, *meant]}
    return [row for _, row in sorted(by_place.items())]


def _patterns(query: str) -> list[str]:
    found = [number.pattern for number in find_numbers(read_tokens(query), query)]
    return found or [code_key(query)]


def _held(sources: Sources, query: str) -> Row | None:
    if row := sources.store.row(query.strip()):
        return row
    for pattern in _patterns(query):
        if found := sources.store.by_code(pattern):
            return found[0]
    return sources.store.by_title(name_key(None, query))


def _cited_key(sources: Sources, query: str) -> str | None:
    for pattern in _patterns(query):
        if found := sources.store.cited_codes(pattern):
            return found[0][0]
    return None


def _cited_title(sources: Sources, query: str) -> str | None:
    words = f" {' '.join(folded_tokens(query))} "
    known = [title for title, _ in sources.store.cited_titles() if f" {title} " in words]
    return max(known, key=len, default=None)


def _of_held(sources: Sources, query: str, row: Row) -> Citations:
    metadata = row.entry.metadata
    citing = sources.store.citations_to(code=code_key(metadata.code)) if metadata.code else []
    citing = [
        mention
        for mention in citing
        if mention.document != row.number and is_same(mention.reference, metadata)
    ]
    return Citations(
        query=query,
        code=metadata.code,
        title=metadata.title,
        doc_type=metadata.doc_type,
        issuer=metadata.issuer,
        issued_on=metadata.issued_on,
        entry=row.entry,
        cites=_outward(sources, sources.store.citations_of_document(row.number)),
        cited_by=_inward(sources, citing),
        others=_others(sources, query, metadata.code),
    )


def _stub(sources: Sources, query: str, citing: Sequence[CitationRow]) -> Citations:
    """Return a document that is not held, as those that cite it describe it."""
    mentions = [row.reference for row in citing]
    best = max(mentions, key=_said)
    return Citations(
        query=query,
        code=best.code or best.resolved,
        title=best.title,
        doc_type=best.doc_type,
        issuer=best.issuer,
        issued_on=best.date,
        entry=None,
        cites=(),
        cited_by=_inward(sources, citing),
        others=_others(sources, query, best.code or best.resolved),
    )


def _said(reference: Reference) -> int:
    facts = (reference.code, reference.title, reference.date, reference.issuer, reference.doc_type)
    return sum(fact is not None for fact in facts)


def _others(sources: Sources, query: str, code: str | None) -> tuple[str, ...]:
    shown = code_key(code) if code else None
    found: dict[str, None] = {}
    for pattern in _patterns(query):
        for row in sources.store.by_code(pattern):
            found[row.entry.metadata.code or row.entry.id] = None
        for key, _ in sources.store.cited_codes(pattern):
            mention = sources.store.citations_to(code=key)[0].reference
            found[mention.code or mention.resolved or key] = None
    return tuple(other for other in found if code_key(other) != shown)


def _outward(sources: Sources, rows: Sequence[CitationRow]) -> tuple[Citation, ...]:
    held = {
        key: sources.store.by_code(key) for key in {row.code_key for row in rows if row.code_key}
    }
    found = []
    for row, place in zip(rows, _places(sources, rows), strict=True):
        named = held.get(row.code_key or "", ())
        target = meant_document(row.reference, ((one, one.entry.metadata) for one in named))
        found.append(
            Citation(
                relation=row.reference.relation,
                code=row.reference.code or row.reference.resolved,
                title=target.entry.metadata.title if target else row.reference.title,
                document=target.entry.id if target else None,
                surface=row.reference.surface,
                place=place,
                reference=row.reference,
                own=row.reference.from_code is None,
            )
        )
    return tuple(found)


def _inward(sources: Sources, rows: Sequence[CitationRow]) -> tuple[Citation, ...]:
    papers = sources.papers(row.document for row in rows)
    return tuple(
        Citation(
            relation=row.reference.relation,
            code=papers[row.document].row.entry.metadata.code,
            title=papers[row.document].row.entry.metadata.title,
            document=papers[row.document].row.entry.id,
            surface=row.reference.surface,
            place=place,
            reference=row.reference,
            own=row.reference.from_code is None,
        )
        for row, place in zip(rows, _places(sources, rows), strict=True)
    )


def _places(sources: Sources, rows: Sequence[CitationRow]) -> list[Answer]:
    """Return the clauses that cite, each with this one mention."""
    clauses = sources.store.clauses({row.clause for row in rows})
    return quote(sources, [Passage(clauses[row.clause], None, [row]) for row in rows])
