"""DOC -> DEADLINES: when something is due (thời hạn): on a day, again and again, on an event.

`mark_deadlines` says where, with the kind as label; `read_deadlines` says which days are meant. A
trained component that writes the span group can take the first one's place. `deadlines_in` does
both for a passage that is read by itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ingest.dates import POINT, read_point
from ingest.deadline_days import Base, bounds_of, event_day, last_day, this_stretch
from ingest.deadline_forms import find_deadlines
from ingest.model import Deadline, DeadlineKind, Recurrence, Span
from ingest.recurring import dates_of, recurrence_of
from ingest.references import recognise
from ingest.words import mark, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

    from ingest.model import Metadata

_Places: TypeAlias = Sequence[tuple[int, int]]
GROUP = "deadlines"

# What titles are full of and what thus says nothing of a task: "đến năm 2030", "hằng năm".
_OF_TITLES = re.compile(
    r"(?:đến|trong|từ|giai đoạn|thường|h[ằà]ng|mỗi|định|vào|năm)(?!\w)", re.IGNORECASE
)
_POINT = re.compile(POINT)
_BARE = re.compile(r"(?:tháng|quý|qúy|năm|ngày|t?\d)", re.IGNORECASE)
_THIS = re.compile(r"(?:trong|cả) (năm|tháng|quý|tuần)(?: nay| này)?", re.IGNORECASE)
_NEAR = 120
# "Hằng năm, trước ngày 15/11, …": the sentence says that its day comes again.
_EACH_YEAR = re.compile(
    r"(?:^|[.;)] )(?:định kỳ )?h[ằà]ng năm,[^.;\n]{0,80}$", re.IGNORECASE | re.MULTILINE
)
_ONE_LIST = re.compile(r"(?:tháng|quý|qúy) [^/]*(?:/ ?\d{4}|năm \d{4})?", re.IGNORECASE)
_SURE = {"date": 0.95, "recurring": 0.93, "period": 0.9, "ongoing": 0.88, "event": 0.78}
_LESS_SURE = 0.8  # the year, or the whole day, follows from elsewhere
_OF_YEAR = re.compile(r"năm (20\d\d)(?! ?[-–/])")
_YEARS = re.compile(r"\d{4} ?[-–] ?\d{4}|đến năm \d{4}|năm học")
_SENTENCE = re.compile(r"[.;](?=\s)|\n")


def mark_deadlines(doc: Doc) -> list[DocSpan]:
    """Mark the deadlines of *doc* in the span group "deadlines"; the label is the kind.

    Times within a citation are left out, and within its title those that titles use to have, so
    the references are marked first.
    """
    cited = [(span.start_char, span.end_char) for span in doc.spans.get("references", [])]
    titles = [(span.start_char, span.end_char) for span in doc.spans.get("reference-titles", [])]
    return mark(doc, GROUP, _recognised(text_of(doc), cited, titles))


def _recognised(text: str, cited: _Places, titles: _Places) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for start, end, kind in find_deadlines(text):
        taken = any(start < last and first < end for first, last, _ in found)
        named = any(first <= start < last for first, last in cited)
        titled = any(first <= start and end <= last for first, last in titles)
        if not (taken or named or (titled and _OF_TITLES.match(text, start))):
            found.append((start, end, kind))
    return _without_general(text, sorted(found))


def _without_general(text: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Leave out a bare "Định kỳ" whose sentence says later when: it only opens that."""
    kept = []
    for place, (start, end, kind) in enumerate(found):
        ends = _SENTENCE.search(text, end)
        stop = ends.start() if ends else len(text)
        said = any(other[2] == kind and other[1] <= stop for other in found[place + 1 :])
        if not (said and text[start:end].lower() == "định kỳ"):
            kept.append((start, end, kind))
    return kept


def read_deadlines(
    doc: Doc, *, issued_on: dt.date | None, of_year: int | None = None
) -> tuple[Deadline, ...]:
    """Return what the marked deadlines of *doc* mean, in order.

    Args:
        doc: With the span group "deadlines", labelled by kind.
        issued_on: The document's date, from which a time without its year and "kể từ ngày ban
            hành" count; when it is not known, such days are left open.
        of_year: The year that the document plans for, as its title says; "trong năm" is that one.
    """
    text, base = text_of(doc), Base(issued_on, of_year)
    marked = [(span.start_char, span.end_char, span.label_) for span in doc.spans.get(GROUP, [])]
    return _read_all(text, marked, base)


def deadlines_in(text: str, metadata: Metadata) -> tuple[Deadline, ...]:
    """Return the deadlines of *text*: recognised and read in one step, without words.

    Args:
        text: Of one document, or a passage of it; the spans are places in it.
        metadata: Of the document.
    """
    issued_on = metadata.issued_on
    cited, titles = recognise(text)
    marked = _recognised(text, [(found.start, found.end) for found in cited], titles)
    return _read_all(text, marked, Base(issued_on, year_of(metadata.title, issued_on=issued_on)))


def _read_all(
    text: str, marked: Iterable[tuple[int, int, str]], base: Base
) -> tuple[Deadline, ...]:
    found = (_read(text, Span(start, end), kind, base) for start, end, kind in marked)
    return tuple(deadline for deadline in found if deadline)


def year_of(title: str | None, *, issued_on: dt.date | None) -> int | None:
    """Return the one year that a title plans for: that of its issue, or the next."""
    years = {int(year) for year in _OF_YEAR.findall(title or "")}
    if issued_on is None or len(years) != 1 or _YEARS.search(title or ""):
        return None
    return next((year for year in years if 0 <= year - issued_on.year <= 1), None)


def _read(text: str, place: Span, kind: str, base: Base) -> Deadline | None:
    words = text[place.start : place.end]
    if kind == "recurring":
        return _recurring(text, words, place)
    if kind == "period":
        return _period(words, place, base)
    if (
        kind == "date"
        and _EACH_YEAR.search(text[max(0, place.start - _NEAR) : place.start])
        and dates_of(words)
    ):
        return _recurring(text, words, place)
    if kind == "date":
        return _date(text, words, place, base)
    if kind == "event":
        return _event(words, place, base)
    daily: Recurrence | None = "daily" if "ngày" in words else None
    return Deadline(
        surface=words, kind="ongoing", recurrence=daily, confidence=_SURE["ongoing"], span=place
    )


def _date(text: str, words: str, place: Span, base: Base) -> Deadline | None:
    """Return a day to be kept; None for one that is past and that no word makes a deadline."""
    told = not _BARE.match(words) or text[: place.start].endswith("| ")
    if this := _THIS.fullmatch(words):
        stretch = this_stretch(this[1].lower(), base)
    else:
        points = _points(words)
        stretch = read_point(points[-1], after=base.after) if points else None
        if stretch and not told and base.issued_on and stretch[1] < base.issued_on:
            return None
    last = last_day(words, stretch)
    sure = _SURE["date"] if re.search(r"\d{4}", words) else _LESS_SURE
    return Deadline(surface=words, kind="date", date=last, confidence=sure, span=place)


def _points(words: str) -> list[str]:
    """Return the points of time that *words* name; in a cell "2026" is one, too."""
    if re.fullmatch(r"\d{4}", words):
        return [f"năm {words}"]
    return [words] if _ONE_LIST.fullmatch(words) else _POINT.findall(words)


def _recurring(text: str, words: str, place: Span) -> Deadline:
    before = text[text.rfind("\n", 0, place.start) + 1 : place.start]
    return Deadline(
        surface=words,
        kind="recurring",
        recurrence=recurrence_of(words, before=before),
        dates=dates_of(words),
        confidence=_SURE["recurring"],
        span=place,
    )


def _period(words: str, place: Span, base: Base) -> Deadline:
    begins, ends = bounds_of(words, base)
    sure = _SURE["period"] if begins or ends else _LESS_SURE
    return Deadline(
        surface=words, kind="period", from_=begins, to=ends, confidence=sure, span=place
    )


def _event(words: str, place: Span, base: Base) -> Deadline:
    day, named = event_day(words, base)
    kind: DeadlineKind = "date" if named else "event"
    return Deadline(surface=words, kind=kind, date=day, confidence=_SURE["event"], span=place)
