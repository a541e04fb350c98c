"""DOC -> DEADLINES: when something is due (thời hạn): on a day, again and again, on an event.

`mark_deadlines` says where, with the kind as label; `read_deadlines` says which days are meant. A
trained component that writes the span group can take the first one's place.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import TYPE_CHECKING, NamedTuple

from ingest.calendar import add_working_days
from ingest.dates import POINT, QUARTER_WORD, Stretch, read_point
from ingest.deadline_forms import find_deadlines
from ingest.model import Deadline, DeadlineKind, Recurrence, Span
from ingest.recurring import dates_of, recurrence_of
from ingest.words import mark, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

GROUP = "deadlines"

# What titles are full of and what thus says nothing of a task: "đến năm 2030", "hằng năm".
_OF_TITLES = re.compile(
    r"(?:đến|trong|từ|giai đoạn|thường|h[ằà]ng|mỗi|định|vào|năm)(?!\w)", re.IGNORECASE
)
_POINT = re.compile(POINT)
_EXCLUSIVE = re.compile(
    rf"(?:trước|chậm nhất(?: là)? trước|đến trước)"
    rf" (?:tháng|{QUARTER_WORD}|năm|t?\d{{1,2}} ?/ ?\d{{4}})",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:tháng|quý|qúy|năm|ngày|t?\d)", re.IGNORECASE)
_THIS = re.compile(r"(?:trong|cả) (năm|tháng|quý|tuần)(?: nay| này)?", re.IGNORECASE)
_ONE_LIST = re.compile(r"(?:tháng|quý|qúy) [^/]*(?:/ ?\d{4}|năm \d{4})?", re.IGNORECASE)
_OWN = (
    r"(?:kế hoạch|chỉ thị|quyết định|thông báo|công văn|văn bản|chương trình|công điện|nghị quyết"
    r"|hướng dẫn|đề án)"
)
_ISSUED = re.compile(
    rf"từ (?:ngày|khi) (?:(?:ký|ban hành)(?: ban hành)?(?: {_OWN})?(?: này)?$"
    rf"|{_OWN} này (?:có hiệu lực|được ban hành))",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: ?\([^()]{1,15}\))?"
    r" (ngày làm việc|ngày|tuần|tháng)"
)
_SPELLED = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SURE = {"date": 0.95, "recurring": 0.93, "period": 0.9, "ongoing": 0.88, "event": 0.78}
_LESS_SURE = 0.8  # the year, or the whole day, follows from elsewhere
_SOME_DAYS = re.compile(
    r"\d(?:, | và | ?[-–] ?)\d{1,2}(?: ?/ ?| tháng )\d{1,2}(?: ?/ ?| năm )\d{4}"
)
_NOW = re.compile(r"\bnay\b|ngày (?:ký|ban hành)")
_OF_YEAR = re.compile(r"năm (20\d\d)(?! ?[-–/])")
_YEARS = re.compile(r"\d{4} ?[-–] ?\d{4}|đến năm \d{4}|năm học")
_SENTENCE = re.compile(r"[.;](?=\s)|\n")


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
    return mark(doc, GROUP, _without_general(text, sorted(found)))


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
    text, base = text_of(doc), _Base(issued_on, of_year)
    found = (_read(text, span, base) for span in doc.spans.get(GROUP, []))
    return tuple(deadline for deadline in found if deadline)


def year_of(title: str | None, *, issued_on: dt.date | None) -> int | None:
    """Return the one year that a title plans for: that of its issue, or the next."""
    years = {int(year) for year in _OF_YEAR.findall(title or "")}
    if issued_on is None or len(years) != 1 or _YEARS.search(title or ""):
        return None
    return next((year for year in years if 0 <= year - issued_on.year <= 1), None)


class _Base(NamedTuple):
    """What times without a year count from."""

    issued_on: dt.date | None
    of_year: int | None

    @property
    def after(self) -> dt.date | None:
        """The day after which a time without its year lies."""
        if self.issued_on and self.of_year and self.of_year > self.issued_on.year:
            return dt.date(self.of_year, 1, 1)
        return self.issued_on


def _read(text: str, span: DocSpan, base: _Base) -> Deadline | None:
    words, place = span.text, Span(span.start_char, span.end_char)
    kind: DeadlineKind = span.label_  # type: ignore[assignment]
    if kind == "recurring":
        return _recurring(text, words, place)
    if kind == "period":
        return _period(words, place, base)
    if kind == "date":
        return _date(text, words, place, base)
    if kind == "event":
        return _event(words, place, base)
    daily: Recurrence | None = "daily" if "ngày" in words else None
    return Deadline(surface=words, kind=kind, recurrence=daily, confidence=_SURE[kind], span=place)


def _date(text: str, words: str, place: Span, base: _Base) -> Deadline | None:
    """Return a day to be kept; None for one that is past and that no word makes a deadline."""
    told = not _BARE.match(words) or text[: place.start].endswith("| ")
    if this := _THIS.fullmatch(words):
        stretch = _this(this[1].lower(), base)
    else:
        points = [words] if _ONE_LIST.fullmatch(words) else _POINT.findall(words)
        stretch = read_point(points[-1], after=base.after) if points else None
        if stretch and not told and base.issued_on and stretch[1] < base.issued_on:
            return None
    last = _last_day(words, stretch)
    sure = _SURE["date"] if re.search(r"\d{4}", words) else _LESS_SURE
    return Deadline(surface=words, kind="date", date=last, confidence=sure, span=place)


def _this(unit: str, base: _Base) -> Stretch | None:
    """Return this year, month or quarter; a week of the document's date says little."""
    if unit == "năm":
        year = base.of_year or (base.issued_on.year if base.issued_on else None)
        return (dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else None
    day = base.issued_on
    if day is None or unit == "tuần":
        return None
    words = f"tháng {day.month}" if unit == "tháng" else f"quý {(day.month + 2) // 3}"
    return read_point(f"{words} năm {day.year}")


def _last_day(words: str, stretch: Stretch | None) -> dt.date | None:
    if stretch is None:
        return None
    if _EXCLUSIVE.match(words):  # "trước tháng 6": not in June
        return stretch[0] - dt.timedelta(days=1)
    return stretch[0] if re.search(r"(?<!tháng )\bđầu (?:tháng|quý|năm)", words) else stretch[1]


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


def _period(words: str, place: Span, base: _Base) -> Deadline:
    begins, ends = _bounds(words, base)
    sure = _SURE["period"] if begins or ends else _LESS_SURE
    return Deadline(
        surface=words, kind="period", from_=begins, to=ends, confidence=sure, span=place
    )


def _bounds(words: str, base: _Base) -> tuple[dt.date | None, dt.date | None]:
    if "học" not in words and (
        years := re.search(r"(?<!/)(\d{4}) ?(?:[-–]|đến) ?(?:năm )?(\d{4})$", words)
    ):
        return dt.date(int(years[1]), 1, 1), dt.date(int(years[2]), 12, 31)
    if "năm học" in words and (year := _point_of(words, base)):
        return year
    parts = re.split(
        r",? ?(?:đến|tới|và|,|(?<!\d)[-–]|(?<=\d{4})[-–]|[-–])(?: |$|(?=\d))",
        words,
        maxsplit=0 if _SOME_DAYS.search(words) else 1,
    )
    last = _point_of(parts[-1], base) if len(parts) > 1 else None
    first = _point_of(_completed(parts[0], parts[-1]) if len(parts) > 1 else parts[0], base)
    begins = base.issued_on if _NOW.search(parts[0]) else first[0] if first else None
    return begins, last[1] if last else None


def _point_of(words: str, base: _Base) -> Stretch | None:
    """Return the first and last day of the point of time in *words*; a mere year is one too."""
    point = _POINT.search(f"năm {words}" if re.fullmatch(r"\d{4}", words.strip()) else words)
    return read_point(point[0], after=base.after) if point else None


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


def _event(words: str, place: Span, base: _Base) -> Deadline:
    start = _POINT.search(words)
    begins = read_point(start[0], after=base.after) if start else None
    if begins is None and base.issued_on and _ISSUED.search(words):
        begins = (base.issued_on, base.issued_on)
    amount = _AMOUNT.search(words)
    day = _later(begins[0], amount) if begins and amount else None
    kind: DeadlineKind = "date" if day and start else "event"
    return Deadline(surface=words, kind=kind, date=day, confidence=_SURE["event"], span=place)


def _later(start: dt.date, amount: re.Match[str]) -> dt.date:
    count = int(amount[1]) if amount[1].isdigit() else _SPELLED.index(amount[1]) + 1
    if amount[2] == "ngày làm việc":
        return add_working_days(start, count)
    if amount[2] == "tháng":
        return _months_later(start, count)
    return start + dt.timedelta(days={"ngày": 1, "tuần": 7}[amount[2]] * count)


def _months_later(start: dt.date, count: int) -> dt.date:
    """Return the same day *count* months later, or the month's last one.

    Source: Civil Code 91/2015/QH13, Article 148: a period in months ends on the same day.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return dt.date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
