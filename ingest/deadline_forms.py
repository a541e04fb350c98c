"""TEXT -> PLACES OF DEADLINES: the forms in which directives say when something is due.

Those of running text; `deadline_cells` has those of tables and of labels ("Thời gian: …"), and
`deadline_traps` what looks like them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.dates import DAY, END_OF_YEAR, MONTH, POINT, QUARTER, QUARTER_WORD, YEAR
from ingest.deadline_cells import HOUR, find_placed
from ingest.deadline_traps import is_trap, quoted
from ingest.deadline_words import (
    BEFORE,
    BY,
    COUNT,
    DAY_IN_QUARTER,
    DAY_OF_YEAR,
    DAYS,
    DO_AT,
    DURATION,
    EACH,
    FEAST,
    LIST_OF_PERIODS,
    NEXT_MONTH,
    NEXT_TO_EACH_OTHER,
    OF_SCHOOL,
    PERIOD,
    QUOTE,
    REPORTED,
    SHORT_DURATION,
    SHORT_TAIL,
    TAIL,
    THEN,
    UNIT,
    WEEKDAY,
    WITH_DAY,
    YEARLY_DAY,
)
from ingest.model import DeadlineKind

# In the order in which they are tried: of two that overlap the earlier one stands.
_FORMS: tuple[tuple[DeadlineKind, str], ...] = (
    (
        "recurring",  # "định kỳ vào ngày thứ Sáu, tuần thứ ba hằng tháng"
        (
            rf"(?:[Đđ]ịnh kỳ )?(?:vào )?(?:ngày )?{WEEKDAY},? (?:của )?tuần"
            rf" (?:thứ )?(?:\w+)(?: của)? {EACH} (?:tháng|{QUARTER_WORD})(?!\w)"
        ),
    ),
    (
        "recurring",  # "6 tháng trước 15/6", "định kỳ năm (trước ngày 10/12)"
        rf"(?:[Đđ]ịnh kỳ )?{PERIOD}(?:,? {BEFORE} {DAY_OF_YEAR}| \({BEFORE} {DAY_OF_YEAR}\))",
    ),
    (
        "recurring",  # "hằng quý (trước ngày 15 của tháng cuối quý)"
        (
            rf"(?:[Đđ]ịnh kỳ )?(?:{EACH} {QUARTER_WORD},? )?"
            rf"(?:\({DAY_IN_QUARTER}\)|{DAY_IN_QUARTER})"
        ),
    ),
    (
        "recurring",  # "trước ngày 25 hằng tháng", "thứ hai hằng tuần", "ngày 20 của tháng sau"
        (
            rf"(?:[Đđ]ịnh kỳ,? )?(?:{BY} )?{HOUR}?(?:{DAYS}|{WEEKDAY})"
            rf"(?:(?: của)? {EACH} (?:tuần|tháng|{QUARTER_WORD}|năm)(?!\w)| {NEXT_MONTH})"
        ),
    ),
    (
        "recurring",  # "trước ngày 15 tháng 12 của năm báo cáo"
        rf"(?:[Đđ]ịnh kỳ )?{BY} (?:ngày )?\d{{1,2}}(?: tháng |/)\d{{1,2}} (?:của )?{REPORTED}",
    ),
    (
        "recurring",  # "Định kỳ 6 tháng, 1 năm", "định kỳ mỗi quý một lần", "định kỳ (tháng, quý)"
        (
            rf"[Đđ]ịnh kỳ(?: (?:theo|vào))?(?: \({LIST_OF_PERIODS}\)| {LIST_OF_PERIODS})"
            r"(?: ?(?:/|một|1|01) ?lần(?!\w))?"
        ),
    ),
    (
        "recurring",  # "ít nhất 01 lần/tháng"
        (
            rf"(?:(?:[Íí]t nhất|[Tt]ối thiểu|[Kk]hông quá) )?{COUNT}(?: ?[-–] ?\d+)? lần"
            rf"(?: ?/ ?|(?: trong| mỗi| một)? )(?:(?:một|1|01) )?(?:0?[369] tháng|{UNIT})"
        ),
    ),
    (
        "recurring",  # "Định kỳ 03 năm một lần", "6 tháng/lần"
        (
            rf"(?:[Đđ]ịnh kỳ )?{COUNT} (?:ngày|tháng|tuần|{QUARTER_WORD}|năm)"
            r"(?: ?/ ?| )(?:(?:một|1|01|hai|2|02) )?lần(?!\w)"
        ),
    ),
    (
        "recurring",
        (
            rf"(?:[Đđ]ịnh kỳ )?(?:(?:[Vv]ào )?(?:[Đđ]ầu|[Cc]uối) )?{EACH} "
            rf"(?:tuần|tháng|{QUARTER_WORD}|năm học|năm|học kỳ)(?!\w)"
            rf"(?: \({BEFORE} (?:ngày )?\d{{1,2}}\))?"
            rf"(?:(?:, | và |, và )(?:hằng |hàng )?(?:tuần|tháng|{QUARTER_WORD}|năm)(?! \d)(?!\w))*"
        ),
    ),
    ("recurring", r"[Đđ]ịnh kỳ(?!\w)"),
    ("event", rf"(?:(?:{BY}|[Nn]gay từ|[Tt]ừ) )?(?:[Đđ]ầu|[Cc]uối|[Kk]ết thúc) {OF_SCHOOL}"),
    ("period", rf"(?:{BY} )?{NEXT_TO_EACH_OTHER}"),  # "trong quý I và quý II năm 2025"
    (
        "recurring",  # "trước ngày 15 tháng 7 (số liệu …) và ngày 15 tháng 01 hằng năm"
        rf"{BY} {DAY_OF_YEAR}(?= \([^()\n]{{1,150}}\)(?: và|,) (?:{BEFORE} )?{YEARLY_DAY})",
    ),
    (
        "period",  # "từ ngày 01/6 đến ngày 30/6/2024", "từ năm 2025 đến hết năm 2030"
        (
            rf"(?:[Kk]ể từ|[Tt]ừ) {HOUR}?(?:{POINT}|[Nn]gày \d{{1,2}}|\d{{1,2}}|nay)"
            rf"(?: (?:của )?năm trước(?: liền kề)?)?,? ?(?:đến|tới|[-–]) ?(?:hết |trước )?{HOUR}?"
            rf"(?:{POINT}|\d{{4}}(?!\d))"
        ),
    ),
    (
        "period",  # "trong 02 ngày 18 và 19/4/2026"
        (
            r"(?:(?:[Tt]rong |[Vv]ào )?(?:\d{1,2} )?ngày |(?<=\())"
            r"\d{1,2}(?:(?:, | và | ?[-–] ?)\d{1,2})+"
            r"(?: ?/ ?| tháng )\d{1,2}(?: ?/ ?| năm )20\d\d(?!\d)"
        ),
    ),
    ("date", rf"(?:{BY} )?{HOUR}(?:(?:{WEEKDAY}|[Ss]áng|[Cc]hiều|[Tt]ối),? )?{DAY}"),
    (
        "period",
        r"[Tt]rong (?:cả )?giai đoạn (?:từ )?(?:năm )?\d{4} ?(?:[-–]|đến) ?(?:năm )?\d{4}",
    ),
    (
        "event",  # "chậm nhất 05 ngày làm việc kể từ ngày nhận được đề nghị"
        (
            rf"(?:{BEFORE}|[Tt]rong(?: vòng| thời hạn| thời gian)?|[Kk]hông quá|[Tt]ối đa|[Ss]au"
            r"|[Kk]hông (?:muộn|chậm|trễ) (?:hơn|quá))"
            rf"(?: không quá| tối đa| là| sau)? {DURATION}{THEN}"
        ),
    ),
    (
        "event",
        (
            rf"(?:[Cc]hậm nhất|[Tt]rong vòng|[Tt]rong thời hạn|[Tt]rong thời gian)"
            rf"(?: là| sau| không quá| tối đa)? {DURATION}"
        ),
    ),
    (
        "event",  # "thời hạn bổ sung là 02 ngày làm việc kể từ ngày nhận lại hồ sơ"
        rf"[Tt]hời (?:hạn|gian)(?: [^\W\d]\w*){{0,12}} là (?P<time>{DURATION}{THEN})",
    ),
    ("event", rf"(?:[Kk]hông quá|[Tt]ối đa|[Tt]rong) {SHORT_DURATION}"),
    ("event", rf"[Tt]rước {SHORT_DURATION}"),
    ("event", rf"[Íí]t nhất(?: là)? {DURATION} trước(?: khi| ngày| thời điểm)?{TAIL}"),
    ("event", rf"[Tt]rước (?:ngày|khi)(?= [^\W\d]){TAIL} {DURATION}"),
    (
        "event",  # "trước kỳ họp 10 ngày"
        rf"[Tt]rước (?:[^\W\d]\w* ){{1,5}}{COUNT} ngày(?: làm việc)?(?!\w)",
    ),
    (
        "event",  # "nhân tháng “hành động phòng, chống ma túy”", "nhân dịp Tết Nguyên đán"
        (
            r"(?:[Nn]hân|[Tt]rong dịp|[Vv]ào dịp)"
            r"(?:(?<=dịp)| (?:dịp|[Nn]gày|[Tt]háng|[Tt]uần(?: lễ)?|kỷ niệm))"
            rf"(?:{QUOTE}|{TAIL})"
        ),
    ),
    (
        "event",  # "trước, trong và sau Tết Nguyên đán", "trước Đại hội", "dịp Tết"
        (
            r"(?:[Tt]rước(?:, trong)?(?:,? (?:và )?sau)?|[Tt]rong|[Vv]ào|[Tt]ại|[Dd]ịp|[Ss]au"
            r"|[Cc]hào mừng)"
            rf"(?: dịp| đợt| thời gian| ngày| thềm| thời điểm)? {FEAST}(?:{QUOTE}|{SHORT_TAIL})"
        ),
    ),
    ("event", rf"[Tt]rong {OF_SCHOOL}(?! \d)"),
    ("date", rf"{BY} {HOUR}?(?:(?:{WEEKDAY}|[Ss]áng|[Cc]hiều|[Tt]ối),? )?{POINT}"),
    ("period", rf"(?:[Kk]ể từ|(?<!kể )(?<!Kể )[Tt]ừ) {HOUR}?{POINT}"),
    (
        "period",  # "thực hiện kể từ ngày ký"
        (
            r"[Kk]ể từ ngày (?:ký|ban hành)(?: ban hành)?"
            r"(?: [Kk]ế hoạch| Chỉ thị| Quyết định)?(?: này)?(?!\w)"
        ),
    ),
    (
        "date",  # "hoàn thành trong năm."
        (
            rf"(?:^|(?<=[.;:] )|(?:{DO_AT})(?: [^\W\d]\w*){{0,5}} )"
            r"(?P<time>[Tt]rong (?:năm|tháng|quý|tuần)(?: này| nay)?)(?= ?(?:[.;,)|]|$))"
        ),
    ),
    ("event", rf"[Nn]gay (?:sau )?khi{TAIL}"),
    (
        "event",
        (
            r"[Ss]au khi (?:có (?:văn bản|hướng dẫn|ý kiến|kết quả|chỉ đạo)|kết thúc|nhận được"
            r"|được (?:phê duyệt|ban hành|giao|phân bổ)"
            r"|(?:Luật|[Kk]ế hoạch|[Qq]uyết định|[Nn]ghị quyết|[Nn]ghị định|[Đđ]ề án)(?: này)?"
            rf" (?:được|có hiệu lực))(?:{TAIL})?"
        ),
    ),
    ("ongoing", r"[Tt]hường xuyên(?:,?(?: và)? liên tục)?(?!\w)|(?:[Hh]ằng|[Hh]àng) ngày(?!\w)"),
    ("date", rf"{DO_AT} (?P<time>{WITH_DAY})"),  # "hoàn thành tháng 6"
    ("date", rf"\((?P<time>{WITH_DAY})\)"),
    (
        "date",  # "tháng 3/2017, trình Chính phủ"
        (
            rf"(?:^|(?<=[:;.] ))(?:{MONTH}|{QUARTER}|{END_OF_YEAR}|{YEAR})"
            r"(?=:|,(?! ?\d)| [^\W\d])"
        ),
    ),
)
_KINDS = tuple((kind, re.compile(rf"(?<![\w/-]){form}", re.MULTILINE)) for kind, form in _FORMS)
_AND_TIME = re.compile(rf"(?: và |, |; )(?:{BEFORE} )?(?P<time>{POINT})(?! ?(?:đến|tới|[-–]))")


def find_deadlines(text: str) -> Iterator[tuple[int, int, DeadlineKind]]:
    """Yield (start, end, kind) wherever *text* may say when something is due.

    They may overlap; of two that do, the one that comes first is the better reading. None crosses
    a line.
    """
    void = quoted(text)
    yield from find_placed(text)
    for kind, form in _KINDS:
        for found in form.finditer(text):
            start, end = found.span("time" if "time" in form.groupindex else 0)
            end = start + len(text[start:end].rstrip(" ,-–"))
            if any(first <= start and end <= last for first, last in void):
                continue
            if is_trap(text, start, end, kind):
                void.append((start, end))
                continue
            yield start, end, kind
            if kind == "date" and (more := _AND_TIME.match(text, end)):
                yield *more.span("time"), kind
