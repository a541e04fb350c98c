"""A DOCUMENT -> WHAT CARRIES IT OUT, from the centre down to the communes, and where none is seen.

Each document found stands under the one of the lowest level that it carries out or rests on. Where
a level or place has none, the library has not seen one: it never says that nothing was done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from index.deeds import DEEDS
from index.effect_bases import name_of
from index.effects import status_of
from index.fold import folded_tokens
from index.named import Named, name_document, named_row
from index.traces import Cascade, CascadeLevel, CascadeStep
from ingest.knowledge.tables import rows
from ingest.model import Level
from ingest.places import TWO_TIERS, find_units

if TYPE_CHECKING:
    import datetime as dt

    from index.finding import Sources
    from index.records import Row
    from index.replies import Entry
    from ingest.model import Relation

LEVELS: tuple[Level, ...] = ("central", "province", "district", "commune")
# How one document carries out another, what says so most plainly first.
_WAYS: tuple[Relation, ...] = ("implements", "details", "guides", "continues", "basis")
_DEEPEST = 6  # steps
_MOST = 400  # documents
_UNSEEN = 60  # places that are named


@dataclass(frozen=True, slots=True)
class _Link:
    """One document carries out another."""

    below: int  # numbers of documents
    above: int | None  # None: the one asked about
    relation: Relation
    mention: int


def cascade(sources: Sources, query: str, *, day: dt.date) -> Cascade:
    """Return what carries out the document that *query* names, each after the one above it.

    Args:
        sources: The library.
        query: As `index.named.name_document` takes it; a document that is only cited too.
        day: For which effects are told.

    Raises:
        UnknownDocumentError: It is neither held nor cited.
    """
    named = name_document(sources, query)
    links, known, cut = _spread(sources, named)
    chosen = _choose(links, known)
    steps = tuple(_steps(sources, chosen, known, day))
    return Cascade(
        query=query,
        name=name_of(sources, named),
        entry=named.row.entry if named.row else None,
        total=len(steps),
        steps=steps,
        levels=tuple(_levels(sources, named, [step.entry for step in steps])),
        cut=cut,
    )


def _spread(sources: Sources, root: Named) -> tuple[list[_Link], dict[int, Row], bool]:
    """Go down step by step; return all links, the documents by number, and whether it was cut."""
    known: dict[int, Row] = {root.row.number: root.row} if root.row else {}
    links: list[_Link] = []
    frontier: list[tuple[int | None, Named]] = [(None, root)]
    cut = False
    for _ in range(_DEEPEST):
        below: dict[int, Row] = {}
        for number, named in frontier:
            found = _citing(sources, named, number)
            held = sources.store.rows(link.below for link in found)
            found = [
                link for link in found if not _is_higher(held[link.below], known.get(number or -1))
            ]
            room = _MOST - len(known) - len(below)
            cut |= len(found) > max(room, 0)
            for link in found[: max(room, 0)]:
                links.append(link)
                if link.below not in known:
                    below[link.below] = held[link.below]
        known |= below
        frontier = [(number, named_row(sources, row)) for number, row in below.items()]
    return links, known, cut


def _citing(sources: Sources, named: Named, number: int | None) -> list[_Link]:
    found: dict[int, _Link] = {}
    if named.code is None and named.title is None:
        return []
    against = (replace(named.mentions, relation=act, own=True) for act in DEEDS)
    changing = {one for act in against for one, _, _ in sources.store.citing_documents(act)}
    for relation in _WAYS:
        wanted = replace(named.mentions, relation=relation, own=True)
        for below, _, mention in sources.store.citing_documents(wanted, limit=_MOST + 1):
            found.setdefault(below, _Link(below, number, relation, mention))
    return [link for link in found.values() if link.below not in changing]


def _is_higher(below: Row, above: Row | None) -> bool:
    """Tell whether a document stands higher than, or is older than, what it would carry out."""
    if above is None:
        return False
    ours, theirs = below.entry.metadata, above.entry.metadata
    if ours.issued_on and theirs.issued_on and ours.issued_on < theirs.issued_on:
        return True
    return bool(ours.issuer_level and theirs.issuer_level) and _depth(below) < _depth(above)


def _depth(row: Row) -> int:
    level = row.entry.metadata.issuer_level
    return LEVELS.index(level) if level else 0


def _choose(links: Iterable[_Link], known: dict[int, Row]) -> dict[int | None, list[_Link]]:
    """Return the links of the tree by the document above: each document stands once."""
    above: dict[int, list[_Link]] = defaultdict(list)
    for link in links:
        above[link.below].append(link)
    tree: dict[int | None, list[_Link]] = defaultdict(list)
    for below, some in above.items():
        best = max(some, key=lambda link: _fitness(link, known))
        tree[best.above if best.above != below else None].append(best)
    return tree


def _fitness(link: _Link, known: dict[int, Row]) -> tuple[int, int, str]:
    row = known.get(link.above or -1)
    day = str(row.entry.metadata.issued_on or "") if row else ""
    return (_depth(row) if row else -1), -_WAYS.index(link.relation), day


def _steps(
    sources: Sources,
    tree: dict[int | None, list[_Link]],
    known: dict[int, Row],
    day: dt.date,
) -> Iterator[CascadeStep]:
    mentions = sources.store.mentions_by_id(link.mention for some in tree.values() for link in some)
    standing = status_of(sources, (link.below for some in tree.values() for link in some), day)
    waiting = [(1, link) for link in _ordered(tree[None], known)][::-1]
    shown: set[str] = set()
    while waiting:
        depth, link = waiting.pop()
        row, said = known[link.below], mentions[link.mention].reference
        waiting += [(depth + 1, each) for each in _ordered(tree[link.below], known)][::-1]
        if _same(row.entry) in shown:  # the same document in another format
            continue
        shown.add(_same(row.entry))
        yield CascadeStep(
            entry=row.entry,
            depth=depth,
            parent=known[link.above].entry.id if link.above else None,
            relation=link.relation,
            quote=said.surface,
            path=said.path,
            standing=standing[link.below],
        )


def _ordered(links: Iterable[_Link], known: dict[int, Row]) -> list[_Link]:
    return sorted(
        links,
        key=lambda link: (
            _depth(known[link.below]),
            str(known[link.below].entry.metadata.issued_on or "9"),
        ),
    )


def _same(entry: Entry) -> str:
    metadata = entry.metadata
    if metadata.code is None:
        return entry.id
    return f"{metadata.code} {metadata.issued_on} {metadata.issuer}"


def _levels(sources: Sources, root: Named, entries: list[Entry]) -> Iterator[CascadeLevel]:
    top = root.row.entry.metadata if root.row else None
    first = LEVELS.index(top.issuer_level) if top and top.issuer_level else 0
    begun = top.issued_on if top else None
    everywhere: dict[Level, set[str]] = defaultdict(set)
    for issuer, level in sources.store.issuers():
        if level in LEVELS:
            everywhere[level] |= {place_of(issuer, level)} - {""}
    if first == 0:
        everywhere["province"] |= _provinces()
    for level in LEVELS[first:]:
        ours = [entry for entry in entries if entry.metadata.issuer_level == level]
        places = {place_of(entry.metadata.issuer or "", level) for entry in ours} - {""}
        if not ours and (level == "central" or (level == "district" and _since_two(begun))):
            continue
        folded = {name for place in places for name in (_plain(place), _now(_plain(place)))}
        unseen = sorted(place for place in everywhere[level] if _plain(place) not in folded)
        yield CascadeLevel(
            level=level,
            documents=len(ours),
            places=tuple(sorted(places)),
            unseen=tuple(unseen[:_UNSEEN]) if level != "central" else (),
            unseen_total=len(unseen) if level != "central" else 0,
        )


def _since_two(begun: dt.date | None) -> bool:
    return begun is not None and begun >= TWO_TIERS  # there are no districts since


def place_of(issuer: str, level: str) -> str:
    """Return the unit of that level in an issuer's name: "xã Vân Khê"; "" where it names none."""
    return next((str(unit) for unit in find_units(issuer) if unit.level == level), "")


def _plain(place: str) -> str:
    words = " ".join(folded_tokens(place))
    return words.removeprefix("tinh ").removeprefix("thanh pho ")


def _now(name: str) -> str:
    """Return what a province has become part of: who had a plan there has one."""
    return _merged().get(name, name)


@cache
def _merged() -> dict[str, str]:
    listed = ((row["name"], row["now"] or row["name"]) for row in rows("provinces"))
    return {_plain(name): _plain(now) for name, now in listed}


@cache
def _provinces() -> frozenset[str]:
    """Return the provinces of today."""
    last = [row for row in rows("provinces") if row["until"] in {"", TWO_TIERS.isoformat()}]
    now = {row["now"] or row["name"] for row in last}
    kinds = {row["name"]: row["now_kind"] or row["kind"] for row in last}
    return frozenset(f"{kinds[name]} {name}" for name in now if name in kinds)
