"""WORDS -> DAYS: which days the words of a deadline mean, counted from the document's date."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import NamedTuple

from ingest.calendar import add_working_days
from ingest.dates import POINT, QUARTER_WORD, Stretch, read_point

_POINT = re.compile(POINT)
_EXCLUSIVE = re.compile(
    rf"(?:trước|chậm nhất(?: là)? trước|đến trước)"
    rf" (?:tháng|{QUARTER_WORD}|năm|t?\d{{1,2}} ?/ ?\d{{4}})",
    re.IGNORECASE,
)
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
    r" (ngày làm việc|ngày|tuần|tháng|năm)(?!\w)"
)
_SPELLED = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SOME_DAYS = re.compile(
    r"\d(?:, | và | ?[-–] ?)\d{1,2}(?: ?/ ?| tháng )\d{1,2}(?: ?/ ?| năm )\d{4}"
)
_NOW = re.compile(r"\bnay\b|ngày (?:ký|ban hành)")


class Base(NamedTuple):
    """What times without a year count from."""

    issued_on: dt.date | None
    of_year: int | None

    @property
    def after(self) -> dt.date | None:
        """The day after which a time without its year lies."""
        if self.issued_on and self.of_year and self.of_year > self.issued_on.year:
            return dt.date(self.of_year, 1, 1)
        return self.issued_on


def this_stretch(unit: str, base: Base) -> Stretch | None:
    """Return this year, month or quarter; a week of the document's date says little."""
    if unit == "năm":
        year = base.of_year or (base.issued_on.year if base.issued_on else None)
        return (dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else None
    day = base.issued_on
    if day is None or unit == "tuần":
        return None
    words = f"tháng {day.month}" if unit == "tháng" else f"quý {(day.month + 2) // 3}"
    return read_point(f"{words} năm {day.year}")


def last_day(words: str, stretch: Stretch | None) -> dt.date | None:
    """Return the day by which something is due within, or before, the stretch that is named."""
    if stretch is None:
        return None
    if _EXCLUSIVE.match(words):  # "trước tháng 6": not in June
        return stretch[0] - dt.timedelta(days=1)
    return stretch[0] if re.search(r"(?<!tháng )\bđầu (?:tháng|quý|năm)", words) else stretch[1]


def bounds_of(words: str, base: Base) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day of a period, None for one that is open."""
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


def _point_of(words: str, base: Base) -> Stretch | None:
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


def event_day(words: str, base: Base) -> tuple[dt.date | None, bool]:
    """Return the day that a stretch after an event ends on, and whether the words name a day.

    It is None where the event's own day is not known.
    """
    start = _POINT.search(words)
    begins = read_point(start[0], after=base.after) if start else None
    if begins is None and base.issued_on and _ISSUED.search(words):
        begins = (base.issued_on, base.issued_on)
    amount = _AMOUNT.search(words)
    day = _later(begins[0], amount) if begins and amount else None
    return day, bool(day and start)


def _later(start: dt.date, amount: re.Match[str]) -> dt.date:
    count = int(amount[1]) if amount[1].isdigit() else _SPELLED.index(amount[1]) + 1
    if amount[2] == "ngày làm việc":
        return add_working_days(start, count)
    if amount[2] in {"tháng", "năm"}:
        return _months_later(start, count if amount[2] == "tháng" else 12 * count)
    return start + dt.timedelta(days={"ngày": 1, "tuần": 7}[amount[2]] * count)


def _months_later(start: dt.date, count: int) -> dt.date:
    """Return the same day *count* months later, or the month's last one.

    Source: Civil Code 91/2015/QH13, Article 148: a period in months ends on the same day.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return dt.date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
