"""A DOCUMENT, A DAY -> ITS EFFECT AND WHY: each basis in words, with the clause that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from index.citations import best_said, places_of
from index.effects import (
    Life,
    counts,
    portal_day,
    portal_state,
    read_life,
    standing_on,
    status_of,
)
from index.named import Named, name_document
from index.quoting import Passage, quote
from index.traces import STATES, DocumentName, Effect, EffectBasis

if TYPE_CHECKING:
    from index.deeds import Deed
    from index.finding import Sources
    from index.replies import Answer, Entry
    from ingest.model import Reference

_DEEDS = {
    "replaced": "Bị thay thế bởi",
    "repealed": "Bị bãi bỏ, quy định hết hiệu lực bởi",
    "suspended": "Bị đình chỉ, ngưng hiệu lực bởi",
    "amended": "Được sửa đổi, bổ sung bởi",
}
_RESTS = ("details", "guides")
_MOST_SAID = 60  # deeds that are quoted


def explain_effect(sources: Sources, query: str, day: dt.date) -> Effect:
    """Return the effect of the document that *query* names on a day, with every basis.

    Raises:
        UnknownDocumentError: It is neither held nor cited.
    """
    named = name_document(sources, query)
    life = read_life(sources, named)
    found = standing_on(life, day)
    printed = portal_state(life.portal)
    agrees = None if printed is None else printed == found.state
    return Effect(
        query=query,
        name=name_of(sources, named),
        entry=named.row.entry if named.row else None,
        on=day,
        standing=found,
        begins=life.begins,
        ends=life.ends,
        bases=(*_own(sources, life, day), *_done(sources, life, day), *_more(sources, named, day)),
        portal=life.portal,
        portal_state=printed,
        agrees=agrees,
        difference=None if agrees is not False else _difference(life, day),
    )


def name_of(sources: Sources, named: Named) -> DocumentName:
    """Return a document as it is shown: by its own header, else as it is cited."""
    if named.row is not None:
        return name_of_entry(named.row.entry)
    return name_of_mention(best_said(sources, named))


def name_of_entry(entry: Entry) -> DocumentName:
    """Return a document that is held, as it is shown in a list."""
    metadata = entry.metadata
    return DocumentName(
        code=metadata.code,
        title=metadata.title,
        doc_type=metadata.doc_type,
        issuer=metadata.issuer,
        issued_on=metadata.issued_on,
        document=entry.id,
    )


def name_of_mention(said: Reference) -> DocumentName:
    """Return a document that is not held, as one citation describes it."""
    return DocumentName(
        code=said.code or said.resolved,
        title=said.title,
        doc_type=said.doc_type,
        issuer=said.issuer,
        issued_on=said.date,
    )


def _own(sources: Sources, life: Life, day: dt.date) -> Iterator[EffectBasis]:
    if life.begins:
        begun = life.begins <= day
        words = (
            "Có hiệu lực theo chính văn bản"
            if life.stated
            else ("Tính từ ngày ban hành, văn bản không ghi ngày có hiệu lực khác")
        )
        if life.stated and life.own is None:
            words = "Có hiệu lực theo thông tin kèm văn bản"
        yield EffectBasis(
            kind="begins" if life.stated else "issued",
            words=words,
            on=life.begins,
            counts=begun,
            place=_clause(sources, life.own) if life.stated else None,
        )
    if life.ends:
        words = "Hết thời hạn nêu trong chính văn bản"
        if life.by_period:
            words = f"Theo giai đoạn của kế hoạch: “{life.ends_words}”"
        yield EffectBasis(
            kind="period" if life.by_period else "ends",
            words=words,
            on=life.ends + dt.timedelta(days=1),
            counts=life.ends < day,
            place=_clause(sources, life.own_end),
        )


def _clause(sources: Sources, clause: int | None) -> Answer | None:
    held = sources.store.clauses([clause]) if clause else {}
    return quote(sources, [Passage(held[clause])])[0] if clause in held else None


def _done(sources: Sources, life: Life, day: dt.date) -> Iterator[EffectBasis]:
    deeds = life.deeds[:_MOST_SAID]
    places = places_of(sources, [deed.citation for deed in deeds])
    for deed, place in zip(deeds, places, strict=True):
        by = actor_of(deed)
        name = " ".join(filter(None, (by.doc_type or "văn bản", by.code or by.title)))
        words = f"{_DEEDS[deed.kind]} {name}"
        if deed.part and deed.kind != "amended":
            words = f"{words}, một phần" + (f": {', '.join(deed.pinpoints)}" * bool(deed.pinpoints))
        if deed.saved:
            words = f"{words} ({deed.saved})"
        yield EffectBasis(
            kind=deed.kind,
            words=words,
            on=deed.since,
            counts=counts(deed, day),
            whole=not deed.part,
            parts=deed.pinpoints,
            by=by,
            place=place,
            told_by=deed.told_by,
        )


def actor_of(deed: Deed) -> DocumentName:
    """Return the document that does a deed."""
    if deed.row is not None:
        return name_of_entry(deed.row.entry)
    said = deed.citation.reference
    if deed.citation.code_key == deed.by:
        return replace(name_of_mention(said), document=None)
    return DocumentName(code=said.from_code or deed.by, title=None)


def _more(sources: Sources, named: Named, day: dt.date) -> Iterator[EffectBasis]:
    """Yield what does not decide: what it details has ended; what a portal prints."""
    if named.row is None:
        return
    acts = {act.object: act for act in sources.store.acts_in(named.row.number, _RESTS)}
    held = {key: numbers[0] for key, numbers in sources.store.held_keys(acts).items()}
    rows = sources.store.rows(held.values())
    now = status_of(sources, held.values(), day)
    for key, number in held.items():
        if now[number].state == "expired":
            name = name_of_entry(rows[number].entry)
            mention = sources.store.mentions_by_id([acts[key].citation])[acts[key].citation]
            yield EffectBasis(
                kind="resting",
                words=(
                    f"{name.doc_type or 'Văn bản'} {name.code} mà văn bản này quy định chi tiết,"
                    " hướng dẫn đã hết hiệu lực: cần xem văn bản này có hết hiệu lực theo không"
                    " (Luật 80/2015/QH13, Điều 154)"
                ),
                on=now[number].since,
                counts=False,
                by=name,
                place=places_of(sources, [mention])[0],
            )
    if printed := named.row.entry.metadata.status:
        yield EffectBasis(
            kind="portal",
            words=f"Trang đăng văn bản in: “{printed}”",
            on=portal_day(printed),
            counts=portal_state(printed) is not None,
        )


def _difference(life: Life, day: dt.date) -> str:
    """Say why a text tells otherwise than a portal."""
    printed = portal_state(life.portal)
    if printed == "not-yet" and life.begins and life.begins <= day:
        return "Trang được in trước ngày văn bản có hiệu lực; đến ngày đang xem thì đã có hiệu lực."
    done = [deed for deed in life.deeds if counts(deed, day)]
    if done:
        first = actor_of(done[0])
        return (
            f"Trang chưa ghi việc mà {first.doc_type or 'văn bản'} {first.code} đã làm"
            " (xem căn cứ); trang có thể được in trước đó."
        )
    if life.ends and life.ends < day:
        return "Trang được in khi văn bản còn trong thời hạn của nó."
    told = STATES[printed] if printed else ""
    return f"Trang ghi “{told}” nhưng thư viện không thấy văn bản nào nói như vậy cho ngày này."
