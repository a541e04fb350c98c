"""WHERE DOCUMENTS STAND -> TERMINAL TEXT."""

from __future__ import annotations

from collections.abc import Iterator

from index.traces import (
    Cascade,
    DocumentName,
    Effect,
    EffectBasis,
    Impact,
    Owner,
    RelationMap,
    Standing,
    StubList,
    Suggestion,
)
from web import wording


def named(name: DocumentName, fallback: str = wording.BLANK) -> str:
    """Name a document: "Nghị định số 116/2021/NĐ-CP: Quy định chi tiết …"."""
    if name.code:
        title = f": {name.title}" if name.title else ""
        return f"{name.doc_type or 'Văn bản'} số {name.code}{title}"
    return name.title or fallback


def shortly(name: DocumentName) -> str:
    """Name a document without its title."""
    return f"{name.doc_type or 'Văn bản'} {name.code}" if name.code else name.title or wording.BLANK


def stood(standing: Standing) -> str:
    """Say an effect in a line: "Hết hiệu lực toàn bộ từ 01/7/2026 (120/2025/QH15)"."""
    words = standing.label
    if standing.since:
        words += f" từ {wording.day(standing.since)}"
    if standing.by:
        words += f" ({standing.by})"
    if standing.by_period:
        words += ", theo giai đoạn của kế hoạch"
    return words


def based(basis: EffectBasis) -> str:
    """Say a basis with its day, and whether it counts."""
    words = basis.words
    if basis.on:
        words += f", từ {wording.day(basis.on)}"
    elif basis.kind in {"replaced", "repealed", "suspended", "amended"}:
        words += ", chưa rõ từ ngày nào"
    if basis.told_by:
        words += f" (theo lời {basis.told_by} văn bản viện dẫn)"
    return words


def owned(owner: Owner) -> str:
    """Name a body, and who it is now."""
    now = "; ".join(one.agency or one.note or "không có đơn vị kế thừa" for one in owner.now)
    return f"{owner.name} (nay: {now})" if now else owner.name


def suggested(suggestion: Suggestion) -> str:
    """Say what to cite instead."""
    words = shortly(suggestion.by)
    if suggestion.pinpoint:
        words = f"{suggestion.pinpoint} {words}"
    if suggestion.since:
        words += f", từ {wording.day(suggestion.since)}"
    if suggestion.likeness is not None:
        words += f", lời gần giống {suggestion.likeness:.0%}"
    elif suggestion.quote:
        words += f": {suggestion.quote}"
    return words


def effect_lines(found: Effect) -> Iterator[str]:
    """Tell an effect with its bases."""
    yield named(found.name, found.query)
    yield f"Ngày {wording.day(found.on)}: {stood(found.standing)}"
    for basis in found.bases:
        yield f"  {'*' if basis.counts else '-'} {based(basis)}"
        if basis.place:
            yield f"      “{_short(basis.place.quote)}” [{basis.place.source}, {basis.place.path}]"
    if found.difference:
        yield f"Khác với trang đăng văn bản: {found.difference}"


def map_lines(found: RelationMap) -> Iterator[str]:
    """Tell the relation map, group by group."""
    yield named(found.name, found.query)
    yield stood(found.standing)
    for group in found.groups:
        yield f"{group.label}: {group.total}"
        for one in group.documents:
            parts = f" [{'; '.join(one.pinpoints)}]" if one.pinpoints else ""
            held = "" if one.name.document else " (chưa có trong thư viện)"
            yield f"  {named(one.name)}{parts}{held}"


def cascade_lines(found: Cascade) -> Iterator[str]:
    """Tell the cascade as an indented list, then where none is seen."""
    yield named(found.name, found.query)
    yield f"{found.total} văn bản triển khai" + (", còn nữa" if found.cut else "")
    for step in found.steps:
        metadata = step.entry.metadata
        name = f"{metadata.doc_type or 'Văn bản'} {metadata.code or metadata.title or ''}".strip()
        yield (
            f"{'  ' * step.depth}{name}, {metadata.issuer or wording.BLANK},"
            f" {wording.day(metadata.issued_on)} ({wording.RELATIONS[step.relation]})"
        )
    for level in found.levels:
        yield f"{wording.LEVELS[level.level]}: {level.documents} văn bản"
        if level.unseen_total:
            shown = ", ".join(level.unseen[:10])
            yield f"  Chưa thấy trong thư viện ({level.unseen_total} nơi): {shown}"


def impact_lines(found: Impact) -> Iterator[str]:
    """Tell every clause that rests on a document."""
    yield named(found.name, found.query)
    yield stood(found.standing)
    yield f"{found.total} đoạn trong {found.documents} văn bản dựa vào văn bản này"
    for one in found.replaced_by:
        yield f"Nay có: {suggested(one)}"
    for each in found.resting:
        place = each.citation.place
        yield f"  {place.code or place.source}, đoạn {place.path}: “{_short(place.quote)}”"
        yield f"      {wording.relation(each.citation.reference)}: {each.citation.surface}"
        if each.owners:
            yield f"      Của: {'; '.join(map(owned, each.owners))}"
        for one in each.suggestions:
            yield f"      Nên xem: {suggested(one)}"


def stub_lines(found: StubList) -> Iterator[str]:
    """Tell what is cited and not held."""
    yield f"{found.total} văn bản được viện dẫn mà thư viện chưa có"
    for stub in found.stubs:
        yield f"  {stub.documents} văn bản, {stub.places} chỗ: {named(stub.name)}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 200 else f"{words[:199]}…"  # noqa: PLR2004 - a line or two
