"""A SEARCH THAT FOUND NOTHING -> WHY: which filter or word emptied it, and ways on from there."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from index.fold import fold
from index.replies import Filters, Way, WayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.engine import Wanted
    from index.finding import Sources
    from index.query import Question

_LABELS = {
    "agency": "cơ quan",
    "role": "vai trò",
    "doc_type": "loại văn bản",
    "level": "cấp ban hành",
    "year": "năm ban hành",
    "place": "địa danh",
    "due_before": "thời hạn",
    "document": "trong văn bản",
}
_NEAR = 3  # names that are offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """A search that found nothing."""

    question: Question
    filters: Filters
    asks: Callable[[Question, Filters], Wanted]  # how the index is asked for both


def why_nothing(sources: Sources, empty: Empty) -> tuple[str, tuple[Way, ...]]:
    """Return what emptied a result, in words, and what finds something instead."""
    ways = (
        *_near_bodies(sources, empty),
        *_near_places(sources, empty),
        *_without_filters(sources, empty),
        *_without_words(sources, empty),
    )
    return _said(sources, empty, ways), tuple(way for way in ways if way.count != 0)


def _said(sources: Sources, empty: Empty, ways: tuple[Way, ...]) -> str:
    facts = empty.asks(empty.question, empty.filters).facts
    if empty.filters.agency and not facts["agency"]:
        near = "; ".join(way.filters.agency or "" for way in ways if way.kind == "near")
        return f"Thư viện không có cơ quan “{empty.filters.agency}”." + (
            f" Gần giống: {near}." if near else ""
        )
    if empty.filters.place and not facts["place"]:
        return f"Thư viện không có văn bản của địa phương “{empty.filters.place}”."
    if any(way.kind == "filter" for way in ways):
        return "Có đoạn chứa các từ này nhưng không đoạn nào qua được bộ lọc. Hãy bỏ bớt bộ lọc."
    if unknown := [word for _, word in _unknown(sources, empty.question)]:
        return f"Thư viện không có từ: {', '.join(unknown)}."
    return "Không tìm thấy đoạn nào. Hãy thử ít từ hơn hoặc từ khác."


def _near_bodies(sources: Sources, empty: Empty) -> Iterator[Way]:
    name = empty.filters.agency
    if name and not empty.asks(empty.question, empty.filters).facts["agency"]:
        for near in sources.gazetteer.suggest(name, limit=_NEAR):
            yield _way(
                sources, empty, "near", f"Cơ quan: {near}", replace(empty.filters, agency=near)
            )


def _near_places(sources: Sources, empty: Empty) -> Iterator[Way]:
    place = empty.filters.place
    if place and not empty.asks(empty.question, empty.filters).facts["place"]:
        words = set(fold(place).split())
        near = [each for each in sorted(sources.places) if words & set(fold(each).split())]
        for each in near[:_NEAR]:
            yield _way(
                sources, empty, "near", f"Địa danh: {each}", replace(empty.filters, place=each)
            )


def _without_filters(sources: Sources, empty: Empty) -> Iterator[Way]:
    """Yield the search without each filter alone, where that finds something; else without all."""
    named = [each.name for each in fields(Filters) if getattr(empty.filters, each.name) is not None]
    found = [
        _way(
            sources,
            empty,
            "filter",
            f"Bỏ lọc {_LABELS[name]}",
            replace(empty.filters, **{name: None}),
        )
        for name in named
    ]
    kept = [way for way in found if way.count]
    yield from kept
    if named and not kept and empty.question.text.strip():
        every = _way(sources, empty, "filter", "Bỏ mọi bộ lọc", Filters())
        if every.count:
            yield every


def _without_words(sources: Sources, empty: Empty) -> Iterator[Way]:
    """Yield the search without the words that the library does not have."""
    unknown = {at for at, _ in _unknown(sources, empty.question)}
    pieces = empty.question.pieces
    rest = " ".join(p.accented or p.folded for at, p in enumerate(pieces) if at not in unknown)
    if unknown and rest:
        left_out = ", ".join(f"“{word}”" for _, word in _unknown(sources, empty.question))
        yield Way(kind="word", label=f"Bỏ từ {left_out}", words=rest, filters=empty.filters)


def _unknown(sources: Sources, question: Question) -> list[tuple[int, str]]:
    return [
        (at, piece.accented or piece.folded)
        for at, (piece, weight) in enumerate(zip(question.pieces, question.weights, strict=True))
        if weight and not sources.frequency(piece.folded)
    ]


def _way(sources: Sources, empty: Empty, kind: WayKind, label: str, filters: Filters) -> Way:
    count = sources.index.count(empty.asks(empty.question, filters))
    return Way(kind=kind, label=label, words=empty.question.text, filters=filters, count=count)
