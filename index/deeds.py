"""MENTIONS -> DEEDS: what other documents do to one's effect, whole or in part, and from when.

"Nghị định số A hết hiệu lực kể từ ngày Nghị định này có hiệu lực", "Bãi bỏ Điều 5 Thông tư số B",
"Luật C được sửa đổi, bổ sung bởi Luật số D". A misreading is kept out by what cannot be: an older
document does nothing to a younger one, nor a lower one to a higher one.

Source: Law 80/2015/QH13, Articles 12 and 154; Law 64/2025/QH15.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.codes import code_key
from index.resolution import may_be
from ingest.codes import find_date
from ingest.knowledge.tables import rows

if TYPE_CHECKING:
    from index.citation_rows import Act
    from index.finding import Sources
    from index.named import Named
    from index.records import CitationRow, ClauseRow, Row
    from index.traces import DeedKind

DEEDS = ("amends", "replaces", "repeals")
_CONSOLIDATED = "Văn bản hợp nhất"  # says again what others have done
_PART = re.compile(
    r"(?<!\w)(?:một số|một phần|cụm từ|điều|khoản|điểm|phụ lục|mẫu|biểu|chương|mục|nội dung"
    r"|danh mục|các quy định|quy định (?:tại|về))(?!\w)[^;]*$",
    re.IGNORECASE,
)
_SUSPENDS = re.compile(
    r"(?:đình chỉ|ngưng|ngừng)(?: \w+){0,4} (?:hiệu lực|thi hành)|đình chỉ", re.I
)
# "trừ các nội dung sau" keeps a part in force; "trừ trường hợp quy định tại khoản 2 Điều này" is
# of cases that had begun, and the text is out of force all the same.
_SAVES = re.compile(r"(?<!\w)trừ (?!trường hợp)(?![^.;]{0,80} này\b)[^.;]+", re.IGNORECASE)
_EXPIRES_ON = re.compile(
    r"(?:hết hiệu lực|bãi bỏ|thay thế)[^.;]{0,90}?(?:kể )?từ "
    r"(?P<day>(?:ngày )?\d[^.;,]{5,28}\d{4})",
    re.IGNORECASE,
)
_YEAR_IN_KEY = re.compile(r"(?:^|-)(?P<year>(?:19|20)\d\d)-")
_SEGMENT = 90  # characters before a mention that may say which part is meant
_AFTER = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What one document does to the effect of another."""

    kind: DeedKind
    part: bool
    since: dt.date | None  # None: not known
    by: str | None  # key of the document that does it
    row: Row | None  # of that document, where it is held
    pinpoints: tuple[str, ...]
    citation: CitationRow  # the mention that says so
    told_by: int  # documents that tell of it; 0: the document itself says so
    saved: str | None = None  # what stays in force: "trừ các nội dung sau"


def deeds_upon(sources: Sources, named: Named) -> tuple[Deed, ...]:
    """Return what is done to a document, what ends the whole of it first, then by day."""
    if named.code is None:
        return ()
    acts = [act for act in sources.store.acts_upon([named.code], DEEDS) if _may(act, named)]
    if not acts:
        return ()
    reader = _Reader(sources, named, acts)
    groups: dict[tuple[str, str, bool], list[Deed]] = defaultdict(list)
    for act in acts:
        if deed := reader.deed(act):
            groups[deed.by or str(act.document), deed.kind, deed.part].append(deed)
    told = [_joined(group) for group in groups.values()]
    held = {(deed.by, deed.kind) for deed in told if not deed.told_by}
    kept = [deed for deed in told if not deed.told_by or (deed.by, deed.kind) not in held]
    return tuple(sorted(kept, key=_order))


def _may(act: Act, named: Named) -> bool:
    own = named.row.number if named.row else 0
    return act.subject != named.code if act.subject else act.document != own


def _order(deed: Deed) -> tuple[bool, bool, dt.date]:
    return deed.part, deed.kind == "amended", deed.since or dt.date.max


def _joined(deeds: Sequence[Deed]) -> Deed:
    """Return the same deed said in several places, as its first says it, with every part."""
    first = min(deeds, key=lambda deed: (deed.told_by > 0, deed.citation.clause))
    parts = dict.fromkeys(part for deed in deeds for part in deed.pinpoints)
    return Deed(
        kind=first.kind,
        part=first.part,
        since=min((deed.since for deed in deeds if deed.since), default=None),
        by=first.by,
        row=first.row,
        pinpoints=tuple(parts),
        citation=first.citation,
        told_by=max(deed.told_by for deed in deeds),
        saved=first.saved,
    )


class _Reader:
    """Reads the clauses of some acts upon one document, all looked up at once."""

    def __init__(self, sources: Sources, named: Named, acts: Sequence[Act]) -> None:
        self._named = named
        self._mentions = sources.store.mentions_by_id(act.citation for act in acts)
        self._clauses = sources.store.clauses(act.clause for act in acts)
        own = {act.clause for act in acts if act.subject is None}
        self._beside = sources.store.citations_of_clauses(own)
        self._above = _parents(sources, (self._clauses[clause] for clause in own))
        held = sources.store.held_keys(act.subject for act in acts if act.subject)
        numbers = {number for some in held.values() for number in some}
        self._rows = sources.store.rows(numbers | {act.document for act in acts})
        self._held = {key: self._rows[some[0]] for key, some in held.items()}

    def deed(self, act: Act) -> Deed | None:
        """Return what an act does, or None for one that cannot be."""
        mention = self._mentions[act.citation]
        teller = self._rows.get(act.document)
        actor = self._held.get(act.subject) if act.subject else teller
        if teller is None or not self._is_meant(act, mention):
            return None
        own = act.subject in {None, key_of(teller)}
        if own and teller.entry.metadata.doc_type == _CONSOLIDATED:
            return None
        by = act.subject or key_of(teller)
        if self._is_older(actor, by) or not may_act(by, self._named.code, act.relation):
            return None
        before, after = self._around(mention)
        kind, part, saved = _kind(act, mention, before, after)
        return Deed(
            kind=kind,
            part=part,
            since=self._since(act, mention, actor, after),
            by=by,
            row=actor,
            pinpoints=(act.pinpoint,) if act.pinpoint and own else (),
            citation=mention,
            told_by=0 if own else act.told,
            saved=saved,
        )

    def _is_meant(self, act: Act, mention: CitationRow) -> bool:
        """Tell whether a bare number ("88/QĐ-UBND") is that of the document in question."""
        row, said = self._named.row, mention.reference
        if row is None or (act.subject is not None and said.to_code):
            return True
        year = said.date.year if said.date else None
        return may_be(
            row.entry.metadata,
            code=self._named.code or "",
            doc_type=said.doc_type,
            issuer=said.issuer,
            year=year,
        )

    def _is_older(self, actor: Row | None, by: str | None) -> bool:
        row = self._named.row
        made = row.entry.metadata.issued_on if row else None
        if made and actor and actor.entry.metadata.issued_on:
            return actor.entry.metadata.issued_on < made
        ours, theirs = year_of(self._named.code), year_of(by)
        ours = made.year if made else ours
        return bool(ours and theirs and theirs < ours)

    def _around(self, mention: CitationRow) -> tuple[str, str]:
        """Return the words between the mention before and this one, and those after it."""
        clause = self._clauses[mention.clause]
        text, span = clause.text, mention.reference.span
        start = span.start - clause.span.end + len(text)  # its label is no part of its text
        stop = span.end - clause.span.end + len(text)
        ends = (
            row.reference.span.end - clause.span.end + len(text)
            for row in self._beside.get(clause.id, ())
            if row.reference.span.end <= span.start
        )
        return text[max(0, start - _SEGMENT, *ends) : max(0, start)], text[stop : stop + _AFTER]

    def _since(
        self, act: Act, mention: CitationRow, actor: Row | None, after: str
    ) -> dt.date | None:
        if act.subject is None:
            clause = self._clauses[mention.clause]
            for words in (after, clause.text, *self._above.get(clause.id, ())):
                if day := _day_in(words):
                    return day
        if actor is not None:
            return actor.entry.metadata.effective_on or actor.entry.metadata.issued_on
        return mention.reference.date if mention.code_key == act.subject else None


def _kind(
    act: Act, mention: CitationRow, before: str, after: str
) -> tuple[DeedKind, bool, str | None]:
    if act.relation == "amends":
        return "amended", True, None
    kind: DeedKind = "replaced" if act.relation == "replaces" else "repealed"
    if act.relation == "repeals" and _SUSPENDS.search(before):
        kind = "suspended"
    saved = _SAVES.search(after.partition(";")[0])
    part = bool(mention.reference.pinpoint or _PART.search(before) or saved)
    return kind, part, saved[0].strip() if saved else None


def _day_in(words: str) -> dt.date | None:
    found = _EXPIRES_ON.search(words)
    if found is None:
        return None
    said = found["day"] if found["day"].lower().startswith("ngày") else f"ngày {found['day']}"
    place = find_date(said, anywhere=True)
    return place.date if place else None


def _parents(sources: Sources, clauses: Iterable[ClauseRow]) -> dict[int, tuple[str, ...]]:
    """Return the words above each clause, the nearest first: a lead-in may say from when."""
    found = {}
    for clause in clauses:
        steps = clause.path.split(".")
        paths = [".".join(steps[:depth]) for depth in range(len(steps) - 1, 0, -1)]
        texts = {each.path: each.text for each in sources.store.at_paths(clause.document, paths)}
        found[clause.id] = tuple(texts[path] for path in paths if path in texts)
    return found


def may_act(by: str | None, on: str | None, relation: str) -> bool:
    """Tell whether one document may do that to another: no circular to a decree or a law.

    Args:
        by: Key of the number of the one that acts.
        on: Key of the other's; of one whose rank is not known everything may be.
        relation: What it is read to do; what is no deed anyone may do.
    """
    ours, theirs = rank_of(on), rank_of(by)
    if not ours or relation not in DEEDS:
        return True
    corrects = relation == "amends" and "-qd-" in (by or "")  # đính chính
    return 0 < theirs <= ours or (not theirs and corrects)


def suspends(clause: ClauseRow, mention: CitationRow) -> bool:
    """Tell whether a clause suspends what it is read to repeal (đình chỉ việc thi hành)."""
    start = mention.reference.span.start - clause.span.end + len(clause.text)
    return _SUSPENDS.search(clause.text[max(0, start - _SEGMENT) : max(0, start)]) is not None


def in_part(clause: ClauseRow, mention: CitationRow) -> bool:
    """Tell whether a clause ends only a part of what it is read to replace or repeal."""
    start = mention.reference.span.start - clause.span.end + len(clause.text)
    before = clause.text[max(0, start - _SEGMENT) : max(0, start)]
    return bool(mention.reference.pinpoint or _PART.search(before.rpartition(";")[2]))


def key_of(row: Row) -> str | None:
    """Return the key of a held document's number."""
    return code_key(row.entry.metadata.code) if row.entry.metadata.code else None


def year_of(key: str | None) -> int | None:
    """Return the year in a number's key: "116-2021-nd-cp" is of 2021."""
    found = _YEAR_IN_KEY.search(key or "")
    return int(found["year"]) if found else None


def rank_of(key: str | None) -> int:
    """Return how high a law stands by its number's key, 1 the highest; 0: not known."""
    symbol = re.sub(r"^\d+[a-z]*-(?:\d{4}-)?", "", key or "")
    return next((rank for start, rank in _ranks() if symbol.startswith(start)), 0)


@cache
def _ranks() -> tuple[tuple[str, int], ...]:
    listed = ((row["symbol"], int(row["rank"])) for row in rows("document_ranks"))
    return tuple(sorted(listed, key=lambda each: -len(each[0])))
