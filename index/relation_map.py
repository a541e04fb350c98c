"""A DOCUMENT -> ITS RELATION MAP (lược đồ): related documents both ways, in the officials' words.

The names and their order are those of the national database of laws, from `relation_names.csv`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from index.codes import name_key
from index.deeds import DEEDS, in_part, key_of, may_act, suspends
from index.effect_bases import name_of, name_of_entry, name_of_mention
from index.effects import read_life, standing_on
from index.fold import folded_tokens
from index.named import Named, name_document
from index.resolution import meant_document
from index.traces import DocumentName, Related, RelationGroup, RelationMap
from ingest.knowledge.tables import rows

if TYPE_CHECKING:
    import datetime as dt

    from index.finding import Sources
    from index.records import CitationRow, ClauseRow

_Way: TypeAlias = "tuple[str, Literal['out', 'in']]"
_RELATIONS = tuple(
    dict.fromkeys(
        row["relation"]
        for row in rows("relation_names")
        if row["relation"] not in {"suspends", "ends-part"}
    )
)
_CONSOLIDATED = "Văn bản hợp nhất"
_CONSOLIDABLE = (
    "Luật",
    "Bộ luật",
    "Pháp lệnh",
    "Nghị định",
    "Quyết định",
    "Thông tư",
    "Nghị quyết",
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LEAST_WORDS = 4  # of a name without its years, for another to be of the same subject
_TOLD = 200  # mentions by others that are read
_PINPOINTS = 12
_ENDS = ("replaces", "repeals")
_PART = "ends-part"


@dataclass
class _Found:
    """A related document while its mentions are gathered."""

    name: DocumentName
    mentions: list[CitationRow]
    told_by: int = 0
    places: int | None = None


def map_relations(sources: Sources, query: str, *, day: dt.date, limit: int = 20) -> RelationMap:
    """Return the documents that the one *query* names is related to.

    Args:
        sources: The library.
        query: As `index.named.name_document` takes it.
        day: For which its effect is told.
        limit: Documents that are listed of each group; its total counts all.

    Raises:
        UnknownDocumentError: It is neither held nor cited.
    """
    named = name_document(sources, query)
    groups: dict[_Way, tuple[int, list[_Found]]] = {}
    for way, found in _outward(sources, named).items():
        groups[way] = (len(found), list(found.values()))
    for way, total, listed in _inward(sources, named, limit):
        before, known = groups.get(way, (0, []))
        groups[way] = (before + total, known + listed)
    for way, numbers in _by_name(sources, named).items():
        held = sources.store.rows(numbers).values()
        listed = [_Found(name_of_entry(row.entry), [], places=0) for row in held]
        total, known = groups.get(way, (0, []))
        groups[way] = (total + len(listed), known + listed)
    return RelationMap(
        query=query,
        name=name_of(sources, named),
        entry=named.row.entry if named.row else None,
        standing=standing_on(read_life(sources, named), day),
        groups=tuple(_group(sources, groups, limit)),
    )


def _group(
    sources: Sources, groups: dict[_Way, tuple[int, list[_Found]]], limit: int
) -> Iterable[RelationGroup]:
    for row in sorted(rows("relation_names"), key=lambda row: int(row["order"])):
        direction: Literal["out", "in"] = "out" if row["direction"] == "out" else "in"
        total, found = groups.get((row["relation"], direction), (0, []))
        if not total:
            continue
        found.sort(key=lambda one: str(one.name.issued_on or ""), reverse=True)
        documents = tuple(_related(sources, found[:limit]))
        yield RelationGroup(
            relation=row["relation"],
            direction=direction,
            label=row["label"],
            total=total,
            documents=documents,
        )


def _related(sources: Sources, found: Sequence[_Found]) -> Iterable[Related]:
    firsts = [one.mentions[0] for one in found if one.mentions]
    sayers = sources.store.rows(row.document for row in firsts)
    for one in found:
        first = one.mentions[0] if one.mentions else None
        pins = (row.reference.pinpoint for row in one.mentions)
        yield Related(
            name=one.name,
            places=len(one.mentions) if one.places is None else one.places,
            pinpoints=tuple(dict.fromkeys(pin for pin in pins if pin))[:_PINPOINTS],
            quote=first.reference.surface if first else None,
            at=sayers[first.document].entry.id if first else None,
            path=first.reference.path if first else None,
            told_by=one.told_by,
        )


def _outward(sources: Sources, named: Named) -> dict[_Way, dict[str, _Found]]:
    """Return what the document does, by its own words or, of one not held, by those of others."""
    groups: dict[_Way, dict[str, _Found]] = defaultdict(dict)
    mentions: list[tuple[str, CitationRow]] = []
    if named.row is not None:
        cited = sources.store.citations_of_document(named.row.number)
        own = [row for row in cited if not row.reference.from_code and not row.reference.to_code]
        ways = _ways(sources, named, own)
        whole = {row.code_key for way, row in zip(ways, own, strict=True) if way in _ENDS}
        for way, row in zip(ways, own, strict=True):
            # What it ends as a whole, its single articles say nothing more of.
            mentions.append(
                (row.reference.relation if row.code_key in whole and way == _PART else way, row)
            )
    told = sources.store.acts_of([named.code], _RELATIONS) if named.code else []
    others = sources.store.mentions_by_id(act.citation for act in told[:_TOLD])
    _gather(sources, groups, mentions)
    for act in told[:_TOLD]:
        row = others[act.citation]
        if act.object not in groups[act.relation, "out"] and act.object != named.code:
            said = row.reference
            name = (
                name_of_mention(said)
                if row.code_key == act.object
                else DocumentName(code=said.to_code, title=None)
            )
            found = _Found(_held_name(sources, act.object) or name, [row], told_by=act.told)
            groups[act.relation, "out"][act.object] = found
    return {way: found for way, found in groups.items() if found}


def _ways(sources: Sources, named: Named, own: Sequence[CitationRow]) -> list[str]:
    """Return what each mention is on the map: deeds that cannot be are none, some end a part."""
    ending = [row.clause for row in own if row.reference.relation in _ENDS]
    clauses = sources.store.clauses(ending)
    return [_way(named.code, row.code_key, row, clauses.get(row.clause)) for row in own]


def _way(by: str | None, on: str | None, row: CitationRow, clause: ClauseRow | None) -> str:
    relation: str = row.reference.relation
    if not may_act(by, on, relation):
        return "mentions"
    if relation not in _ENDS or clause is None:
        return relation
    if relation == "repeals" and suspends(clause, row):
        return "suspends"
    return _PART if in_part(clause, row) else relation


def _gather(
    sources: Sources,
    groups: dict[_Way, dict[str, _Found]],
    mentions: Sequence[tuple[str, CitationRow]],
) -> None:
    held = sources.store.held_keys(row.code_key for _, row in mentions if row.code_key)
    bearing = sources.store.rows(number for numbers in held.values() for number in numbers)
    for relation, row in mentions:
        key = row.code_key or row.title_key or row.reference.surface
        group = groups[relation, "out"]
        if key not in group:
            candidates = (bearing[number] for number in held.get(key, ()))
            meant = meant_document(row.reference, ((one, one.entry.metadata) for one in candidates))
            name = name_of_entry(meant.entry) if meant else name_of_mention(row.reference)
            if name.code is None and name.title is None:
                name = replace(name, title=row.reference.surface)
            group[key] = _Found(name, [])
        group[key].mentions.append(row)


def _held_name(sources: Sources, key: str) -> DocumentName | None:
    numbers = sources.store.held_keys([key]).get(key, [])[:1]
    held = sources.store.rows(numbers)
    return name_of_entry(held[numbers[0]].entry) if numbers else None


def _inward(sources: Sources, named: Named, limit: int) -> Iterable[tuple[_Way, int, list[_Found]]]:
    """Yield what others do to the document: a page of each relation, with its total."""
    told: dict[str, list[_Found]] = defaultdict(list)
    for relation, found in _told_of(sources, named):
        told[relation].append(found)
    for relation in _RELATIONS:
        wanted = replace(named.mentions, relation=relation, own=True)
        citing = sources.store.citing_documents(wanted, limit=limit, last_first=True)
        total = sources.store.count_citing(wanted) if len(citing) == limit else len(citing)
        held = sources.store.rows(document for document, _, _ in citing)
        firsts = sources.store.mentions_by_id(first for _, _, first in citing)
        deeds = relation in DEEDS
        clauses = sources.store.clauses(row.clause for row in firsts.values()) if deeds else {}
        by_way: dict[str, list[_Found]] = {relation: []}
        for document, places, first in citing:
            row = firsts[first]
            by, clause = key_of(held[document]), clauses.get(row.clause)
            way = _way(by, named.code, row, clause) if deeds else relation
            found = _Found(name_of_entry(held[document].entry), [row], places=places)
            by_way.setdefault(way, []).append(found)
        elsewhere = len(citing) - len(by_way[relation])
        ours = {one.name.code for listed in by_way.values() for one in listed}
        by_way[relation] += [one for one in told[relation] if one.name.code not in ours]
        counted = total - elsewhere + len(by_way[relation]) - (len(citing) - elsewhere)
        for way, listed in by_way.items():
            if listed:
                yield (way, "in"), counted if way == relation else len(listed), listed


def _told_of(sources: Sources, named: Named) -> Iterable[tuple[str, _Found]]:
    """Yield what others say that yet others do to the document: "được sửa đổi bởi Luật số …"."""
    if named.code is None:
        return
    acts = sources.store.told_acts(named.code, _RELATIONS)
    acts = [act for act in acts if act.subject and act.subject != named.code][:_TOLD]
    mentions = sources.store.mentions_by_id(act.citation for act in acts)
    seen: set[tuple[str, str]] = set()
    for act in sorted(acts, key=lambda act: -act.told):
        subject = act.subject or ""
        if (subject, act.relation) in seen:
            continue
        seen.add((subject, act.relation))
        said = mentions[act.citation]
        name = _held_name(sources, subject)
        if name is None and said.code_key == subject:
            name = name_of_mention(said.reference)
        name = name or DocumentName(code=said.reference.from_code, title=None)
        yield act.relation, _Found(name, [said], told_by=act.told)


def _by_name(sources: Sources, named: Named) -> dict[_Way, list[int]]:
    """Return held documents that are related by their names: consolidated, of other years."""
    if named.row is None or not (title := named.row.entry.metadata.title):
        return {}
    metadata, own = named.row.entry.metadata, named.row.number
    found: dict[_Way, list[int]] = {}
    if metadata.doc_type == _CONSOLIDATED:
        names = [name_key(kind, title) for kind in _CONSOLIDABLE]
        found["consolidates", "out"] = _others(sources, [*names, name_key(None, title)], own)
    else:
        full = name_key(metadata.doc_type, title)
        plain = " ".join(folded_tokens(title))
        names = [name_key(_CONSOLIDATED, plain), name_key(_CONSOLIDATED, full)]
        found["consolidates", "in"] = _others(sources, names, own)
    key = name_key(metadata.doc_type, title)
    pattern = _YEAR.sub("[0-9][0-9][0-9][0-9]", key)
    if pattern != key and len(_YEAR.sub("", key).split()) >= _LEAST_WORDS:
        same = [number for number in sources.store.like_name(pattern) if number != own]
        found["same-subject", "out"] = same
    return {way: numbers for way, numbers in found.items() if numbers}


def _others(sources: Sources, names: Iterable[str], own: int) -> list[int]:
    numbers = (number for name in dict.fromkeys(names) for number in sources.store.of_name(name))
    return [number for number in dict.fromkeys(numbers) if number != own]
