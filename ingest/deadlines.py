"""DOC -> DEADLINES: when something is due (thời hạn): on a day, again and again, on an event.

`mark_deadlines` says where, with the kind as label; `read_deadlines` says which days are meant. A
trained component that writes the span group can take the first one's place.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from ingest.calendar import add_working_days
from ingest.dates import POINT, Stretch, read_point
from ingest.deadline_forms import find_deadlines
from ingest.model import Deadline, DeadlineKind, Recurrence, Span
from ingest.words import mark, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

GROUP = "deadlines"

# What titles are full of and what thus says nothing of a task: "đến năm 2030", "hằng năm".
_OF_TITLES = re.compile(
    r"(?:đến|trong|từ|giai đoạn|thường|h[ằà]ng|mỗi|định|vào)(?!\w)", re.IGNORECASE
)
_POINT = re.compile(POINT)
_EXCLUSIVE = re.compile(r"(?:trước|chậm nhất trước) (?:tháng|quý|năm)", re.IGNORECASE)
_DAY_OF_YEAR = re.compile(r"(?:ngày (\d{1,2}) tháng|(\d{1,2}) ?/) ?(\d{1,2})(?![\d/])")
_NAMED = re.compile(r"(?:ngày|tháng) \d{1,2}(?! (?:tháng|lần))|tháng cuối")
_DAY_OF_MONTH = re.compile(r"ngày (\d{1,2})(?!\d|/)")
_OWN = r"(?:kế hoạch|chỉ thị|quyết định|thông báo|công văn|văn bản|chương trình|công điện)"
_ISSUED = re.compile(
    rf"từ (?:ngày|khi) (?:(?:ký|ban hành)(?: {_OWN})?(?: này)?$|{_OWN} này có hiệu lực)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(\d{1,3})(?: \(\d+\))? (ngày làm việc|ngày|tuần|tháng)")
_RECURRENCES: tuple[tuple[Recurrence, re.Pattern[str]], ...] = (
    ("yearly", re.compile(r"12 tháng")),
    ("half-yearly", re.compile(r"(?:0?6|sáu) tháng|học kỳ")),
    ("quarterly", re.compile(r"quý|(?:0?3|ba) tháng")),
    ("daily", re.compile(r"(?:/ ?|lần |hằng |hàng |mỗi )(?:một )?ngày")),
    ("weekly", re.compile(r"tuần")),
    ("monthly", re.compile(r"tháng")),
    ("yearly", re.compile(r"năm")),
)
_ENDS_OF_QUARTERS = (3, 6, 9, 12)
_SURE = {"date": 0.95, "recurring": 0.93, "period": 0.9, "ongoing": 0.88, "event": 0.78}
_LESS_SURE = 0.8  # the year, or the whole day, follows from elsewhere


def mark_deadlines(doc: Doc) -> list[DocSpan]:
    """Mark the deadlines of *doc* in the span group "deadlines"; the label is the kind.

    Times within a citation are left out, and within its title those that titles use to have, so
    the references are marked first.
    """
    text = text_of(doc)
    cited = [(span.start_char, span.end_char) for span in doc.spans.get("references", [])]
    titles = [(span.start_char, span.end_char) for span in doc.spans.get("reference-titles", [])]
    found: list[tuple[int, int, str]] = []
    for start, end, kind in find_deadlines(text):
        taken = any(start < last and first < end for first, last, _ in found)
        named = any(first <= start < last for first, last in cited)
        titled = any(first <= start and end <= last for first, last in titles)
        if not (taken or named or (titled and _OF_TITLES.match(text, start))):
            found.append((start, end, kind))
    return mark(doc, GROUP, found)


def read_deadlines(doc: Doc, *, issued_on: dt.date | None) -> tuple[Deadline, ...]:
    """Return what the marked deadlines of *doc* mean, in order.

    Args:
        doc: With the span group "deadlines", labelled by kind.
        issued_on: The document's date, from which a time without its year and "kể từ ngày ban
            hành" count; when it is not known, such days are left open.
    """
    return tuple(_read(span, issued_on) for span in doc.spans.get(GROUP, []))


def _read(span: DocSpan, issued_on: dt.date | None) -> Deadline:
    words, place = span.text, Span(span.start_char, span.end_char)
    kind: DeadlineKind = span.label_  # type: ignore[assignment]
    if kind == "recurring":
        return _recurring(words, place)
    if kind == "period":
        return _period(words, place, issued_on)
    if kind == "date":
        return _date(words, place, issued_on)
    if kind == "event":
        return _event(words, place, issued_on)
    daily: Recurrence | None = "daily" if "ngày" in words else None
    return Deadline(surface=words, kind=kind, recurrence=daily, confidence=_SURE[kind], span=place)


def _date(words: str, place: Span, issued_on: dt.date | None) -> Deadline:
    point = _POINT.search(words)
    stretch = read_point(point[0], after=issued_on) if point else None
    last = _last_day(words, stretch)
    sure = _SURE["date"] if re.search(r"\d{4}", words) else _LESS_SURE
    return Deadline(surface=words, kind="date", date=last, confidence=sure, span=place)


def _last_day(words: str, stretch: Stretch | None) -> dt.date | None:
    if stretch is None:
        return None
    if _EXCLUSIVE.match(words):  # "trước tháng 6": not in June
        return stretch[0] - dt.timedelta(days=1)
    return stretch[0] if re.search(r"(?<!tháng )\bđầu (?:tháng|quý|năm)", words) else stretch[1]


def _recurring(words: str, place: Span) -> Deadline:
    low = words.lower()
    interval = _NAMED.sub("", low)  # "ngày 15 tháng 12 hằng năm" is no monthly day
    recurrence = next((name for name, form in _RECURRENCES if form.search(interval)), None)
    dates = tuple(
        f"{int(month):02}-{int(one or other):02}"
        for one, other, month in _DAY_OF_YEAR.findall(words)
        if 1 <= int(month) <= 12  # noqa: PLR2004
    )
    in_quarter = _DAY_OF_MONTH.search(low)
    if "tháng cuối" in low and "quý" in low and in_quarter:
        dates = tuple(f"{month:02}-{int(in_quarter[1]):02}" for month in _ENDS_OF_QUARTERS)
    sure = _SURE["recurring"]
    return Deadline(
        surface=words,
        kind="recurring",
        recurrence=recurrence,
        dates=dates,
        confidence=sure,
        span=place,
    )


def _period(words: str, place: Span, issued_on: dt.date | None) -> Deadline:
    begins, ends = _bounds(words, issued_on)
    sure = _SURE["period"] if begins or ends else _LESS_SURE
    return Deadline(
        surface=words, kind="period", from_=begins, to=ends, confidence=sure, span=place
    )


def _bounds(words: str, issued_on: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    if years := re.search(r"(\d{4}) ?(?:[-–]|đến) ?(?:năm )?(\d{4})$", words):
        return dt.date(int(years[1]), 1, 1), dt.date(int(years[2]), 12, 31)
    parts = re.split(r",? ?(?:đến|tới|(?<!\d)[-–]|[-–](?= ))(?: |$)", words, maxsplit=1)
    last = _point_of(parts[1], issued_on) if len(parts) > 1 else None
    first = _point_of(_completed(parts[0], parts[1]) if len(parts) > 1 else parts[0], issued_on)
    begins = issued_on if re.search(r"\bnay\b", parts[0]) else first[0] if first else None
    return begins, last[1] if last else None


def _point_of(words: str, issued_on: dt.date | None) -> Stretch | None:
    point = _POINT.search(f"năm {words}" if re.fullmatch(r"\d{4}", words.strip()) else words)
    return read_point(point[0], after=issued_on) if point else None


def _completed(first: str, second: str) -> str:
    """Return the beginning of a period with the month and year that only its end has."""
    year = re.search(r"\d{4}$", second)
    day = re.search(r"(?<!/)(\d{1,2})$", first)
    month = re.search(r"\d{1,2}(?: ?/ ?| tháng )(\d{1,2})(?!\d)", second)
    if "tháng" not in first and "/" not in first and day and month and year:
        return f"{first}/{month[1]}/{year[0]}"
    if year and not re.search(r"\d{4}", first):
        return f"{first}/{year[0]}" if "/" in first else f"{first} năm {year[0]}"
    return first


def _event(words: str, place: Span, issued_on: dt.date | None) -> Deadline:
    start = _POINT.search(words)
    begins = read_point(start[0], after=issued_on) if start else None
    if begins is None and issued_on and _ISSUED.search(words):
        begins = (issued_on, issued_on)
    amount = _AMOUNT.search(words)
    day = _later(begins[0], amount) if begins and amount else None
    kind: DeadlineKind = "date" if day and start else "event"
    return Deadline(surface=words, kind=kind, date=day, confidence=_SURE["event"], span=place)


def _later(start: dt.date, amount: re.Match[str]) -> dt.date:
    count, unit = int(amount[1]), amount[2]
    if unit == "ngày làm việc":
        return add_working_days(start, count)
    days = {"ngày": 1, "tuần": 7, "tháng": 30}[unit]
    return start + dt.timedelta(days=days * count)
