"""TOKENS -> PERIODS: the times that a question names, resolved on today ("quý này", "trước 30/6").

Numbers of documents are taken out before: "12/2025/TT-BYT" is no month. Folded words are read, so
accents need not be typed; those that are typed are respected ("quỹ này" is no quarter).
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from index.fold import has_accents
from index.replies import Period, TimeUse
from index.stretches import Stretch, first_of_line, last_year_like

if TYPE_CHECKING:
    from index.fold import Token

_JOINED = re.compile(r"\s?([/\-–.])\s?")
# What each word of time is with its accents; typed otherwise it is another word.
_SPELLED = {
    "qui": {"quý", "qúy", "quy"}, "nam": {"năm"}, "thang": {"tháng"}, "tuan": {"tuần"},
    "ngay": {"ngày"}, "ngoai": {"ngoái"}, "truoc": {"trước", "truớc"}, "dau": {"đầu"},
    "cuoi": {"cuối"}, "hom": {"hôm"}, "nay": {"nay", "này"}, "toi": {"tới"}, "nua": {"nửa", "nữa"},
}  # fmt: skip
_ALONE = r"(?! (?:nam|thang|qui|tuan)(?:$| (?!\d|nay|sau|toi|truoc|ngoai|i|v)))"  # "hết năm."
_UNTIL = rf"(?:truoc|cham nhat|muon nhat|tre nhat|den|toi|het{_ALONE}|khong qua|cho den)"
_BEFORE = re.compile(rf"(?:{_UNTIL} )+(?:la |vao |trong )?")
_STRICT = re.compile(r"truoc(?! het)")
_AFTER = re.compile(r"(?:ke tu|tu sau|tu|sau) ")
_ON = re.compile(r"(?:tro di|den nay|toi nay)(?!\w)")
_TO = re.compile(r" ?(?:den|toi|-|cho den) ?(?:het |truoc |ngay )*")
_TO_NOW = re.compile(r"(?:den|toi) nay(?!\w)")
_FROM_NOW = re.compile(r"(?:ke tu|tu) (?:nay|hom nay|bay gio) (?:den|toi|cho den) (?:het |truoc )*")
_MAY_BEGIN = re.compile(
    r"\d|[tq]\d|(?:ke|tu|sau|truoc|cham|muon|tre|den|toi|het|khong|cho|trong|vao|cua|ngay|mung|mong"
    r"|nua|qui|thang|giai|nhiem|nam|cac|hom|bay|tuan|mot|hai|ba|bon|tam|chin|muoi|vong|khoang|dau"
    r"|giua|cuoi) "
)
_WITHIN = re.compile(r"(?:trong thoi gian|trong|vao|cua) ")
_COUNTS = {"sáu": "6", "tư": "4"}  # words that fold like others: "sau", "từ"
_FAR = 7  # tokens: a word further away says nothing of a time
_WHOLE: frozenset[str] = frozenset({"week", "month", "quarter", "half", "year"})


class Timed(NamedTuple):
    """A time in a question, and which of its tokens it takes."""

    period: Period
    first: int
    stop: int


def find_periods(
    tokens: Sequence[Token], text: str, *, today: dt.date, taken: Collection[int] = ()
) -> list[Timed]:
    """Return the times that a question names, in order; they do not overlap.

    Args:
        tokens: Of *text*.
        text: The question.
        today: The day from which "tháng sau" counts.
        taken: Tokens that are something else, such as numbers of documents.
    """
    line, starts = _line(tokens, text, taken)
    found: list[Timed] = []
    accents = has_accents(text)
    done = 0
    for first, place in enumerate(starts):
        if place < done or not _MAY_BEGIN.match(line, place):
            continue
        read = _read_at(line, place, today)
        if read is None:
            continue
        stretch, done_here = read
        stop = bisect_left(starts, done_here)
        if _spelled(tokens[first:stop], accents=accents):
            found.append(_period(stretch, first, stop, tokens, text))
            done = done_here
    return found


def _period(stretch: Stretch, first: int, stop: int, tokens: Sequence[Token], text: str) -> Timed:
    period = Period(
        surface=text[tokens[first].start : tokens[stop - 1].end],
        since=stretch.since,
        until=stretch.until,
        unit=stretch.unit,
        year_given=stretch.year_given,
        relative=stretch.relative,
    )
    return Timed(period, first, stop)


def _line(tokens: Sequence[Token], text: str, taken: Collection[int]) -> tuple[str, list[int]]:
    """Return the folded tokens on one line, dates joined ("30/6/2026"), and where each begins."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for at, token in enumerate(tokens):
        gap = " " if at else ""
        if at and token.folded[:1].isdigit() and tokens[at - 1].folded[-1:].isalnum():
            joined = _JOINED.fullmatch(text[tokens[at - 1].end : token.start])
            gap = joined[1].replace("–", "-") if joined else " "
        word = "#" * len(token.folded) if at in taken else _COUNTS.get(token.accented, token.folded)
        starts.append(length + len(gap))
        parts += [gap, word]
        length += len(gap) + len(word)
    return "".join(parts), starts


def _spelled(tokens: Sequence[Token], *, accents: bool) -> bool:
    """Tell whether the words of time have the accents that they have, or none."""
    return all(
        token.accented in _SPELLED[token.folded]
        or (token.accented == token.folded and not (accents and token.folded == "nam"))
        for token in tokens
        if token.folded in _SPELLED
    )


def _read_at(line: str, place: int, today: dt.date) -> tuple[Stretch, int] | None:
    """Return the time that begins at *place*, and where it ends."""
    if now := _FROM_NOW.match(line, place):
        end = first_of_line(line, now.end(), today)
        return (_bounded(today, end[0].until, end[0]), end[1]) if end else None
    if before := _BEFORE.match(line, place):
        return _until(line, before, today)
    if after := _AFTER.match(line, place):
        return _since(line, after, today)
    within = _WITHIN.match(line, place)
    read = first_of_line(line, within.end() if within else place, today)
    if read is None:
        return None
    return _range(line, read, today) or read


def _until(line: str, before: re.Match[str], today: dt.date) -> tuple[Stretch, int] | None:
    read = first_of_line(line, before.end(), today)
    if read is None:
        return None
    stretch, stop = read
    whole = stretch.unit in _WHOLE and _STRICT.search(before[0])
    last = stretch.since - dt.timedelta(days=1) if whole and stretch.since else stretch.until
    return _bounded(None, last, stretch), stop


def _since(line: str, after: re.Match[str], today: dt.date) -> tuple[Stretch, int] | None:
    read = first_of_line(line, after.end(), today)
    if read is None:
        return None
    if ranged := _range(line, read, today):
        return ranged
    stretch, stop = read
    if stretch.unit == "span" and stretch.since and stretch.until and not stretch.relative:
        return read  # "từ năm 2021 đến năm 2025"
    if on := _ON.match(line, stop + 1):
        stop = on.end()
    late = after[0].strip() in {"sau", "tu sau"} and stretch.until
    first = stretch.until + dt.timedelta(days=1) if late and stretch.until else stretch.since
    until = today if on and on[0].endswith("nay") else None
    return _bounded(first, until, stretch), stop


def _range(line: str, read: tuple[Stretch, int], today: dt.date) -> tuple[Stretch, int] | None:
    """Read on where a second time follows: "từ tháng 3 đến tháng 6 năm 2026"."""
    first, stop = read
    if now := _TO_NOW.match(line, stop + 1):
        return _bounded(first.since, today, first), now.end()
    to = _TO.match(line, stop)
    end = first_of_line(line, to.end(), today) if to and to.end() > stop else None
    if end is None or first.since is None or end[0].until is None:
        return None
    second = end[0]
    begins, ends = first.since, end[0].until
    if not first.year_given and second.year_given:
        begins = last_year_like(begins, ends)
    if first.year_given and not second.year_given and first.unit != "year":
        ends = last_year_like(ends, dt.date(begins.year, 12, 31))
    if begins > ends:
        return None
    whole = Stretch(
        begins, ends, second.unit if first.unit == second.unit else "span",
        first.year_given or second.year_given, first.relative or second.relative,
    )  # fmt: skip
    return whole, end[1]


def _bounded(since: dt.date | None, until: dt.date | None, of: Stretch) -> Stretch:
    return Stretch(since, until, of.unit, of.year_given, of.relative)


def with_uses(
    times: Sequence[Timed], cues: Sequence[tuple[int, TimeUse]], *, fixed: TimeUse | None = None
) -> list[Timed]:
    """Return *times*, each told whether a task is due then or its document is of then.

    The nearest word of the question that says so decides; else the unit: plans are of years,
    deadlines of days, months and quarters.

    Args:
        times: In order.
        cues: The words that say so, as (token, what they say).
        fixed: What the person who asks has said.
    """
    return [
        timed._replace(period=replace(timed.period, use=fixed or _use(timed, cues)))
        for timed in times
    ]


def _use(timed: Timed, cues: Sequence[tuple[int, TimeUse]]) -> TimeUse:
    """Tell what a time is of; a word behind a year speaks of something else.

    "Kế hoạch năm 2027 phải ban hành trước ngày nào?"
    """
    near = [
        (timed.first - at if at < timed.first else 2 * (at - timed.stop + 1), use)
        for at, use in cues
        if at < timed.first or (at >= timed.stop and timed.period.unit != "year")
    ]
    distance, cued = min(near, default=(_FAR, None))
    if cued and distance < _FAR:
        return cued
    period = timed.period
    if period.unit == "year" or _long(period):
        return "either" if period.relative else "document"
    return "due"


def _long(period: Period) -> bool:
    """Tell whether a period lasts over years, as plans do: "giai đoạn 2026 - 2030"."""
    if period.since is None or period.until is None:
        return False
    return period.until.year > period.since.year + 1
