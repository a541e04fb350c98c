"""A QUESTION -> ITS RECOGNISED PARTS, each with the question without it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from index.numbers import type_names_at
from index.replies import Intent, Option, Part, PartKind, Period

if TYPE_CHECKING:
    import datetime as dt

    from index.query import Question

INTENTS: Mapping[Intent, str] = {
    "who": "Cơ quan nào làm",
    "what": "Cơ quan phải làm gì",
    "when": "Thời hạn",
    "cite": "Văn bản, căn cứ",
    "find": "Tìm nội dung",
}
_ROLES = {"lead": "chủ trì", "coordinate": "phối hợp", "advise": "tham mưu", "support": "hỗ trợ"}
_USES = {"due": "hạn", "document": "văn bản", "either": "thời gian"}


def parts_of(question: Question) -> Iterator[Part]:
    """Yield every recognised part of a question, in the order in which people check them."""
    if question.intent != "find":
        fixed = replace(question.fixed, intent="find")
        without = Option(label=INTENTS["find"], question=question.text, fixed=fixed)
        yield Part(kind="intent", label=INTENTS[question.intent], without=without)
    for mention in question.mentions:
        tokens = question.spelled.tokens
        last = tokens[mention.stop - 1] + 1
        yield _part_of_tokens(question, "body", tokens[mention.first], last)
    yield from _roles(question)
    for number in question.numbers:
        yield _part_of_tokens(question, "code", number.first, number.stop)
    for timed in question.times:
        label = describe(timed.period)
        yield _part_of_tokens(question, "period", timed.first, timed.stop, label)
    yield from _places_and_types(question)
    for first, stop in question.excluded.taken:
        yield _part(question, "excluded", first, stop)
    for typed, meant in question.reading().corrected:
        fixed = replace(question.fixed, literal=True)
        literal = Option(label=typed, question=question.text, fixed=fixed)
        yield Part(kind="mended", label=f"“{typed}” là “{meant}”", without=literal)


def _roles(question: Question) -> Iterator[Part]:
    taken: set[int] = set()
    for hit in sorted(question.phrases, key=lambda hit: hit.first - hit.stop):
        words = set(range(hit.first, hit.stop))
        if hit.phrase.kind == "role" and not taken & words:
            taken |= words
            yield _part(question, "role", hit.first, hit.stop, _ROLES.get(hit.phrase.value))


def _places_and_types(question: Question) -> Iterator[Part]:
    asking = (hit for hit in question.phrases if hit.phrase.kind in INTENTS)
    named = [(each.first, each.stop) for each in question.mentions]
    named += [(hit.first, hit.stop) for hit in asking]
    inside = {at for first, stop in named for at in range(first, stop)}
    for _, first, stop in question.named_places:
        if first not in inside:
            yield _part(question, "place", first, stop)
    for name, first, stop in type_names_at([word.folded for word in question.pieces]):
        if name in question.doc_types and first not in inside:
            yield _part(question, "doc_type", first, stop, name)


def _part(
    question: Question, kind: PartKind, first: int, stop: int, label: str | None = None
) -> Part:
    tokens = question.spelled.tokens
    words = label or question.words_of(first, stop)
    return _part_of_tokens(question, kind, tokens[first], tokens[stop - 1] + 1, words)


def _part_of_tokens(
    question: Question, kind: PartKind, first: int, stop: int, label: str | None = None
) -> Part:
    start, end = question.tokens[first].start, question.tokens[stop - 1].end
    rest = replaced(question.text, start, end, "")
    words = label or question.text[start:end]
    return Part(kind=kind, label=words, without=option(question, "bỏ phần này", rest))


def describe(period: Period) -> str:
    """Say in words what a period comes to: "hạn đến 30/6/2027 (trước 30/6)"."""
    since = f" từ {_day(period.since)}" if period.since else ""
    until = f" đến {_day(period.until)}" if period.until else ""
    if period.since and period.since == period.until:
        since, until = f" ngày {_day(period.since)}", ""
    return f"{_USES[period.use]}{since}{until} ({period.surface})"


def _day(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def option(
    question: Question,
    label: str,
    text: str,
    count: int | None = None,
    *,
    chosen: bool = False,
) -> Option:
    """Return a way to read a question: *text* asked instead, with what was settled so far."""
    return Option(label=label, question=text, fixed=question.fixed, count=count, chosen=chosen)


def replaced(text: str, start: int, end: int, words: str) -> str:
    """Return *text* with *words* for its part [start, end), and no gap where there are none."""
    made = f"{text[:start]}{words}{text[end:]}"
    made = re.sub(r"\(\s*\)", "", made)
    made = re.sub(r"\s+([,;?.!])", r"\1", " ".join(made.split()))
    return re.sub(r"([,;])(?=[,;?.!])|^[\s,;]+|[\s,;]+$", "", made) or text
