"""TEXT -> PLACES OF DEADLINES in cells of tables and after labels, where they need no preposition.

A plan's table of work has a column "Thời gian" whose cells hold nothing but a time: "Quý II",
"Tháng 3, 4/2025", "Phiên họp tháng 8/2026", "2026 - 2030", "Sáng 20/5/2025".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.dates import (
    DAY,
    END_OF_YEAR,
    HALF,
    MONTH,
    QUARTER,
    QUARTER_WORD,
    SHORT_MONTH,
    YEAR,
)
from ingest.deadline_words import NEXT_TO_EACH_OTHER
from ingest.model import DeadlineKind

HOUR = (
    r"(?:(?:[Ll]úc )?\d{1,2} ?(?:giờ|h|g|:)(?: ?\d{2}(?: phút)?)?"
    r"(?: (?:đến|[-–]) \d{1,2} ?(?:giờ|h|g)(?: ?\d{2}(?: phút)?)?)?,? )"
)
_LABEL = (
    r"(?:[Tt]hời (?:gian|hạn|điểm)"
    r"(?: (?:thực hiện|hoàn thành|tổ chức|báo cáo|gửi|dự kiến|tiến hành|triển khai|nộp))*"
    r"|[Hh]oàn thành|[Tt]iến độ(?: thực hiện| hoàn thành)?|[Hh]ạn(?: cuối| nộp)?)"
)
_PLACED_DAY = rf"(?:{DAY}|{MONTH}|{SHORT_MONTH}|{QUARTER}|{HALF}|{YEAR})"
_BARE = (
    rf"(?:{HOUR}?(?:(?:[Ss]áng|[Cc]hiều|[Tt]ối|[Tt]hứ \w+|[Cc]hủ nhật),? )*"
    rf"(?:(?:[Hh]ết|[Cc]uối|[Đđ]ầu|[Gg]iữa) )?{_PLACED_DAY}|{END_OF_YEAR})"
)
_SPAN = rf"(?:{_PLACED_DAY}|\d{{4}}) ?(?:[-–]|đến) ?(?:hết )?(?:{_PLACED_DAY}|\d{{4}})(?![\d/])"
_LEAD = r"(?:[Ll]úc |[Dd]ự kiến:? |[Bb]uổi (?:sáng|chiều),? |[Kk]hoảng )?"
# In a cell: "Phiên họp tháng 3/2026", "Tuần 2 tháng 6", "Kỳ họp cuối năm 2025".
_SITTING = (
    r"(?:(?:[Pp]hiên họp|[Kk]ỳ họp|[Hh]ội nghị|[Tt]uần|[Dd]ự kiến|[Kk]hoảng|[Hh]ọp)"
    r"(?: (?!tháng|quý|năm|ngày)[^\W_][\w]*){0,4} )"
)
_TIMES = (
    # A list of months without its year is one only where nothing else stands in the cell.
    r"[Tt]háng \d{1,2}(?:(?: ?[,;+&–-] ?| và | đến )\d{1,2}|(?: ?[–-] ?| đến )tháng \d{1,2})+",
    (
        rf"{QUARTER_WORD} (?:IV|III|II|I)"
        r"(?:(?: ?[,;+&–-] ?| và | đến )(?:IV|III|II|I)|(?: ?[–-] ?| đến )quý (?:IV|III|II|I))+"
    ),
    rf"{_SITTING}?{_BARE}",
    r"[Tt]rong năm|[Cc]ả năm",
)
_PERIOD = rf"(?:[Tt]ừ |[Gg]iai đoạn |[Nn]ăm )?{_SPAN}"
_LATER_CELL = (
    r"(?<=\| )(?P<time>{})"
    r"(?= ?(?:\||$)|(?:, | và |; )(?:[Tt]háng|[Qq]uý|[Nn]gày)? ?[\dIVT/]+ ?(?:\||$|/))"
)
_AND_IN_CELL = rf"(?<=\| )(?P<first>{_BARE})(?:, | và |; )(?P<time>{_BARE})(?= ?(?:\||$))"
_FIRST_CELL = r"^(?P<time>{})(?= ?\|)"
_LINES: tuple[tuple[DeadlineKind, str], ...] = (
    ("period", rf"{_LABEL} ?: ?{_LEAD}(?P<time>{NEXT_TO_EACH_OTHER})"),
    ("date", rf"{_LABEL} ?: ?(?P<time>20\d\d)(?= ?(?:[.;,)|]|$))"),
    ("period", _LATER_CELL.format(NEXT_TO_EACH_OTHER)),
    ("ongoing", _LATER_CELL.format(r"(?:[Nn]hiệm vụ|[Cc]ông việc|[Ll]àm) thường xuyên")),
    ("event", _LATER_CELL.format(r"[Hh]ọc kỳ (?:I{1,2}|[12])(?:,? năm học \d{4} ?[-–] ?\d{4})?")),
    ("period", rf"{_LABEL} ?: ?(?:[Tt]ừ )?{_LEAD}(?P<time>(?:[Gg]iai đoạn |[Nn]ăm )?{_SPAN})"),
    ("date", rf"{_LABEL} ?: ?{_LEAD}(?P<time>{_BARE})"),
    ("date", rf"{_LABEL} ?: ?(?P<time>[Tt]rong (?:năm|tháng|quý)|[Cc]ả năm)(?= ?(?:[.;,)|]|$))"),
    ("period", _LATER_CELL.format(_PERIOD)),
    *(("date", _LATER_CELL.format(time)) for time in _TIMES),
    ("date", _AND_IN_CELL),
    ("date", _FIRST_CELL.format(_BARE)),
    ("period", r"(?:^|[:;.,] )(?P<time>[Gg]iai đoạn (?:năm )?\d{4} ?[-–] ?\d{4})(?=[,:])"),
)
_HEADING = re.compile(
    r"(?:thời (?:gian|hạn|điểm)|tiến độ|hạn|năm|thời gian/tiến độ)"
    r"(?: (?:thực hiện|hoàn thành|dự kiến|trình|ban hành|triển khai|cuối))*",
    re.IGNORECASE,
)
_A_YEAR = re.compile(r" *(20\d\d) *")
_FORMS = tuple((kind, re.compile(form, re.MULTILINE)) for kind, form in _LINES)


def find_placed(text: str) -> Iterator[tuple[int, int, DeadlineKind]]:
    """Yield (start, end, kind) of the times that their place in *text* makes deadlines."""
    for kind, form in _FORMS:
        for found in form.finditer(text):
            yield *found.span("time"), kind
    yield from _years_of_column(text)


def _years_of_column(text: str) -> Iterator[tuple[int, int, DeadlineKind]]:
    """Yield the bare years in the column of a table whose heading says that it holds times."""
    column, start = None, 0
    for line in text.split("\n"):
        cells = line.split("|")
        headed = [n for n, cell in enumerate(cells) if _HEADING.fullmatch(cell.strip())]
        if len(cells) == 1:
            column = None
        elif headed:
            column = headed[0]
        elif (
            column is not None and column < len(cells) and _A_YEAR.fullmatch(cells[column].strip())
        ):
            cell = cells[column]
            at = start + len("|".join((*cells[:column], ""))) + len(cell) - len(cell.lstrip())
            yield at, at + len(cell.strip()), "date"
        start += len(line) + 1
