"""A DOCUMENT OR A PART OF ONE -> WHAT IT CITES AND WHAT CITES IT, with quotations, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.citation_rows import Mentions
from index.codes import code_key
from index.named import Named, clause_of, name_document, patterns
from index.pinpoints import holds, pins_of, told
from index.quoting import Passage, quote
from index.replies import Answer, Citation, Citations, CitedPart, RelationCount
from index.resolution import meant_document

if TYPE_CHECKING:
    from index.finding import Sources
    from index.records import CitationRow, ClauseRow
    from ingest.model import Reference, Relation

_DESCRIBED_BY = 200  # mentions that are looked at for what a stub is called


def trace(
    sources: Sources,
    query: str,
    *,
    relation: Relation | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Citations:
    """Return the document or part that *query* names, with what it cites and what cites it.

    Args:
        sources: The library.
        query: As `index.named.name_document` takes it.
        relation: Only what cites it so.
        limit: Of the places that cite it, a page of that many; None: all.
        offset: How many of them come before.

    Raises:
        UnknownDocumentError: None is held or cited.
        UnknownClauseError: It has no such clause.
    """
    named = name_document(sources, query)
    clause = clause_of(sources, named)
    part, wanted = _of_part(sources, named, clause)
    counts: Counter[Relation] = Counter()
    for way in sources.store.described(wanted):
        counts[way.relation] += way.times  # type: ignore[index]  # what the model allows
    narrowed = replace(wanted, relation=relation)
    page = sources.store.mentions(narrowed, limit=limit, offset=offset)
    cites = _cited_in(sources, named, clause)
    return replace(
        _described(sources, named),
        cites=_outward(sources, cites),
        cited_by=inward(sources, page),
        others=_others(sources, named),
        part=part,
        cites_total=len(cites),
        cited_total=counts[relation] if relation else counts.total(),
        citing_documents=sources.store.count_citing(narrowed),
        relations=tuple(
            RelationCount(relation=each, count=count) for each, count in counts.most_common()
        ),
        relation=relation,
        offset=offset,
    )


def _of_part(
    sources: Sources, named: Named, clause: ClauseRow | None
) -> tuple[CitedPart | None, Mentions]:
    """Return the part that is asked about and the mentions of it."""
    wanted = named.mentions
    if not named.pin and named.path is None:
        return None, wanted
    printed = sources.store.pinpoints(wanted)
    within = [words for words, _ in printed if any(holds(named.pin, pin) for pin in pins_of(words))]
    wider = sum(
        count
        for words, count in printed
        if words not in within and any(holds(pin, named.pin) for pin in pins_of(words))
    )
    part = CitedPart(
        name=told(named.pin) or f"đoạn {named.path}",
        path=clause.path if clause else None,
        quote=clause.text if clause else None,
        wider=wider,
    )
    return part, replace(wanted, pinpoints=tuple(within))


def _cited_in(sources: Sources, named: Named, clause: ClauseRow | None) -> list[CitationRow]:
    """Return the mentions in a document, or in the part of it that is asked about."""
    if named.row is None or (clause is None and named.pin):
        return []
    cited = sources.store.citations_of_document(named.row.number)
    if clause is None:
        return cited
    inside = f"{clause.path}."
    return [
        row
        for row in cited
        if row.reference.path == clause.path or row.reference.path.startswith(inside)
    ]


def _described(sources: Sources, named: Named) -> Citations:
    """Return what is known of a document: its own header, else what those that cite it say."""
    if named.row is not None:
        metadata = named.row.entry.metadata
        return Citations(
            query=named.query,
            code=metadata.code,
            title=metadata.title,
            doc_type=metadata.doc_type,
            issuer=metadata.issuer,
            issued_on=metadata.issued_on,
            entry=named.row.entry,
            cites=(),
            cited_by=(),
        )
    best = best_said(sources, named)
    return Citations(
        query=named.query,
        code=best.code or best.resolved,
        title=best.title,
        doc_type=best.doc_type,
        issuer=best.issuer,
        issued_on=best.date,
        entry=None,
        cites=(),
        cited_by=(),
    )


def best_said(sources: Sources, named: Named) -> Reference:
    """Return the mention that says most of a document that is not held."""
    said = sources.store.mentions(named.mentions, limit=_DESCRIBED_BY)
    return max((row.reference for row in said), key=_facts)


def _facts(reference: Reference) -> int:
    facts = (reference.code, reference.title, reference.date, reference.issuer, reference.doc_type)
    return sum(fact is not None for fact in facts)


def _others(sources: Sources, named: Named) -> tuple[str, ...]:
    """Return the other numbers that the query may mean."""
    if named.path is not None or named.query.strip() == (named.row and named.row.entry.id):
        return ()
    found: dict[str, str] = {}
    for pattern in patterns(named.query):
        for row in sources.store.by_code(pattern):
            if code := row.entry.metadata.code:
                found.setdefault(code_key(code), code)
        for key, _ in sources.store.cited_codes(pattern):
            found.setdefault(key, _printed(sources, key))
    for key in named.others:
        found.setdefault(key, _printed(sources, key))
    return tuple(code for key, code in found.items() if key != named.code)


def _printed(sources: Sources, key: str) -> str:
    """Return the number of a key as documents print it."""
    for row in sources.store.by_code(key):
        return row.entry.metadata.code or key
    for mention in sources.store.mentions(Mentions(code=key), limit=1):
        return mention.reference.code or mention.reference.resolved or key
    return key


def _outward(sources: Sources, rows: Sequence[CitationRow]) -> tuple[Citation, ...]:
    held = sources.store.held_keys(row.code_key for row in rows if row.code_key)
    rows_of = sources.store.rows(number for numbers in held.values() for number in numbers)
    found = []
    for row, place in zip(rows, places_of(sources, rows), strict=True):
        named = (rows_of[number] for number in held.get(row.code_key or "", ()))
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


def inward(sources: Sources, rows: Sequence[CitationRow]) -> tuple[Citation, ...]:
    """Return mentions as citations by the documents that they stand in, with their clauses."""
    citing = sources.store.rows(row.document for row in rows)
    return tuple(
        Citation(
            relation=row.reference.relation,
            code=citing[row.document].entry.metadata.code,
            title=citing[row.document].entry.metadata.title,
            document=citing[row.document].entry.id,
            surface=row.reference.surface,
            place=place,
            reference=row.reference,
            own=row.reference.from_code is None,
        )
        for row, place in zip(rows, places_of(sources, rows), strict=True)
    )


def places_of(sources: Sources, rows: Sequence[CitationRow]) -> list[Answer]:
    """Return the clauses that cite, each with this one mention."""
    clauses = sources.store.clauses({row.clause for row in rows})
    return quote(sources, [Passage(clauses[row.clause], None, [row]) for row in rows])
