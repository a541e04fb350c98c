"""TEXT -> PLACES OF DEADLINES: the forms in which directives say when something is due.

Those of running text; `deadline_cells` has those of tables and of labels ("Thời gian: …"), and
`deadline_traps` what looks like them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.dates import DAY, END_OF_YEAR, HALF, MONTH, POINT, QUARTER, QUARTER_WORD, YEAR
from ingest.deadline_cells import HOUR, find_placed
from ingest.deadline_traps import is_trap, quoted
from ingest.model import DeadlineKind

EACH = r"(?:[Hh]ằng|[Hh]àng|[Mm]ỗi|[Tt]ừng)"
UNIT = rf"(?:ngày|tuần|tháng|{QUARTER_WORD}|năm học|năm|học kỳ)(?!\w)"
COUNT = (
    r"(?:\d{1,3}|mười lăm|hai mươi|ba mươi|sáu mươi|chín mươi"
    r"|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
)
BEFORE = (
    r"(?:[Tt]rước|[Cc]hậm nhất(?: là)?(?: (?:trước|vào|đến|trong|từ))?"
    r"|[Mm]uộn nhất(?: là)?(?: (?:trước|vào|đến))?)"
)
BY = (
    rf"(?:{BEFORE}|[Kk]hông (?:muộn|chậm|trễ) (?:hơn|quá)|[Đđ]ến(?: trước)?"
    r"|(?:[Nn]gay )?[Tt]rong(?: đợt| dịp)?|[Vv]ào(?: dịp)?|[Tt]ừ nay đến"
    r"|[Hh]ạn(?: (?:cuối|chót|nộp|gửi))?(?: là)?:?|[Dd]ự kiến(?: (?:trong|vào))?)"
)
_DAY_OF_YEAR = (
    r"(?:(?:(?:ngày ?)?\d{1,2} ?/ ?\d{1,2}(?![\d/])|ngày \d{1,2} tháng \d{1,2}(?! năm \d))"
    r"(?: (?:hằng|hàng|mỗi) năm)?)"
)
_PART_OF_QUARTER = (
    rf"tháng (?:cuối|đầu)(?: tiên| cùng)?(?: của)?(?: mỗi| hằng| hàng)? {QUARTER_WORD}"
    r"(?: (?:sau|tiếp theo|kế tiếp|tiếp sau|tiếp|liền kề|báo cáo))?"
)
_DAY_IN_QUARTER = rf"(?:{BEFORE}|[Vv]ào|[Nn]gày)(?: ngày)? \d{{1,2}},? (?:của )?{_PART_OF_QUARTER}"
PERIOD = (
    rf"(?:{QUARTER_WORD} (?:IV|III|II|I|[1-4])(?!\w)"
    rf"|(?:[Hh]ằng |[Hh]àng |[Mm]ỗi )?(?:ngày|tuần|tháng|{QUARTER_WORD}|năm học|năm|học kỳ)(?!\w)"
    r"|(?:hằng |hàng |mỗi )?(?:0?[369]|[Ss]áu|[Bb]a|[Cc]hín) tháng(?: (?:đầu|cuối) năm)?"
    rf"|(?:0?1|[Mm]ột|[Cc]ả) (?:năm|tháng|{QUARTER_WORD}))"
)
_LIST_OF_PERIODS = rf"{PERIOD}(?:(?:, | và |, và | hoặc |/| ?[-–] ?){PERIOD})*"
_WEEKDAY = (
    r"(?:(?:[Ss]áng|[Cc]hiều|[Tt]ối)? ?"
    r"(?:[Tt]hứ (?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|[Cc]hủ nhật))"
)
_DAYS = (
    r"(?:(?:[Nn]gày \d{1,2}(?:/\d{1,2}| tháng \d{1,2})?|\d{1,2}/\d{1,2})"
    r"(?:(?:, | và |, và |; )(?:trước )?(?:ngày )?\d{1,2}(?:/\d{1,2}| tháng \d{1,2})?)*)"
)
_REPORTED = (
    r"(?:năm (?:báo cáo|kế hoạch|sau|trước|liền kề|tiếp theo|kế tiếp|tiếp sau|thực hiện)"
    r"(?: liền kề)?|(?:hằng|hàng|mỗi) năm)(?!\w)"
)
_NEXT_MONTH = (
    r"(?:của )?tháng (?:sau|tiếp theo|kế tiếp|tiếp sau|liền kề|báo cáo|đó)(?: liền kề)?(?!\w)"
)
_STOP = (
    r"phải|để|nhằm|và|thì|báo cáo|gửi|các|UBND|tổ chức|hoàn thành|lấy|với|tại|trên|do|bằng|trình"
    r"|tiến hành|chủ trì|phối hợp|xây dựng|triển khai|theo|đến|trước|từ|của|hoặc \d|hoặc kể|kể"
    r"|tiếp tục|thực hiện|đồng thời|cho"
)
_WORD = rf"(?!(?:{_STOP})(?!\w))[^\s,;.:()|“”\"]+"
_MORE = rf"(?:(?:, (?=chống)| ){_WORD})"
_OBJECT = (  # "kể từ ngày nhận được báo cáo"
    r"(?: (?:nhận được|nhận đủ|nhận|tiếp nhận|có|hoàn thành|hoàn thiện|ký|ban hành))?"
    r" (?:[Bb]áo cáo|các|[Vv]ăn bản trình|trình|kết thúc|đến (?:kỳ|hạn))(?!\w)"
)
_TAIL = rf"(?:{_OBJECT}{_MORE}{{0,14}}|{_MORE}{{1,14}})"
_SHORT_TAIL = rf"{_MORE}{{0,6}}"
_SPELLED = r"(?: ?\([^()|]{1,15}\))?"  # "05 (năm) ngày"
DURATION = (
    rf"(?:{COUNT}|nửa){_SPELLED} (?:ngày(?: làm việc)?|giờ(?: làm việc)?|phút|tháng|tuần|năm)"
    r"(?!\w)"
)
_SHORT_DURATION = rf"{COUNT}{_SPELLED} (?:ngày(?: làm việc)?|giờ(?: làm việc)?|tuần)(?!\w)"
_THEN = (
    r"(?:,? (?:kể từ|tính từ|từ|sau|trước)(?: (?:khi|ngày|lúc|thời điểm))?"
    rf"(?:(?: ngày)? {DAY}|{_TAIL}))"
)
_QUOTE = r" ?[“\"][^”\"\n]{1,80}[”\"]"
_FEAST = (
    r"(?:[Tt]ết(?! (?:kiệm|giảm))|Đại hội|kỳ họp|[Ll]ễ|các ngày lễ|bầu cử|khai giảng|năm học mới"
    r"|mùa (?:mưa|bão|lũ|khô|hè)|hè|kỷ niệm|kỳ nghỉ|nghỉ lễ|[Tt]uần lễ"
    r"|kết thúc (?:năm học|học kỳ|năm))"
)
_OF_SCHOOL = r"(?:năm học|học kỳ(?: (?:I{1,2}|[12]))?)(?: \d{4} ?[-–] ?\d{4})?(?!\w)"
_DO_AT = (
    r"(?:[Hh]oàn thành|[Xx]ong|[Tt]rình|[Tt]hực hiện|[Tt]riển khai|[Tt]ổ chức|[Hh]ọp|[Bb]an hành"
    r"|[Bb]ắt đầu|[Kk]ết thúc|[Kk]hai mạc|[Rr]a quân|[Tt]iến hành|[Tt]ổng kết|[Ss]ơ kết"
    r"|[Bb]ế mạc|[Dd]iễn ra|[Gg]ửi|[Cc]hung kết|[Pp]hát động)"
)
_WITH_DAY = rf"(?:(?:[Hh]ết |[Cc]uối |[Đđ]ầu )?(?:{DAY}|{MONTH}|{QUARTER}|{HALF}))"

# In the order in which they are tried: of two that overlap the earlier one stands.
_FORMS: tuple[tuple[DeadlineKind, str], ...] = (
    (
        "recurring",  # "6 tháng trước 15/6", "định kỳ năm (trước ngày 10/12)"
        rf"(?:[Đđ]ịnh kỳ )?{PERIOD}(?:,? {BEFORE} {_DAY_OF_YEAR}| \({BEFORE} {_DAY_OF_YEAR}\))",
    ),
    (
        "recurring",  # "hằng quý (trước ngày 15 của tháng cuối quý)"
        (
            rf"(?:[Đđ]ịnh kỳ )?(?:{EACH} {QUARTER_WORD},? )?"
            rf"(?:\({_DAY_IN_QUARTER}\)|{_DAY_IN_QUARTER})"
        ),
    ),
    (
        "recurring",  # "trước ngày 25 hằng tháng", "thứ hai hằng tuần", "ngày 20 của tháng sau"
        (
            rf"(?:[Đđ]ịnh kỳ,? )?(?:{BY} )?{HOUR}?(?:{_DAYS}|{_WEEKDAY})"
            rf"(?:(?: của)? {EACH} (?:tuần|tháng|{QUARTER_WORD}|năm)(?!\w)| {_NEXT_MONTH})"
        ),
    ),
    (
        "recurring",  # "trước ngày 15 tháng 12 của năm báo cáo"
        rf"(?:[Đđ]ịnh kỳ )?{BY} (?:ngày )?\d{{1,2}}(?: tháng |/)\d{{1,2}} (?:của )?{_REPORTED}",
    ),
    (
        "recurring",  # "Định kỳ 6 tháng, 1 năm", "định kỳ mỗi quý một lần", "định kỳ (tháng, quý)"
        (
            rf"[Đđ]ịnh kỳ(?: (?:theo|vào))?(?: \({_LIST_OF_PERIODS}\)| {_LIST_OF_PERIODS})"
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
    ("event", rf"(?:(?:{BY}|[Nn]gay từ|[Tt]ừ) )?(?:[Đđ]ầu|[Cc]uối|[Kk]ết thúc) {_OF_SCHOOL}"),
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
    ("date", rf"(?:{BY} )?{HOUR}(?:(?:{_WEEKDAY}|[Ss]áng|[Cc]hiều|[Tt]ối),? )?{DAY}"),
    (
        "period",
        r"[Tt]rong (?:cả )?giai đoạn (?:từ )?(?:năm )?\d{4} ?(?:[-–]|đến) ?(?:năm )?\d{4}",
    ),
    (
        "event",  # "chậm nhất 05 ngày làm việc kể từ ngày nhận được đề nghị"
        (
            rf"(?:{BEFORE}|[Tt]rong(?: vòng| thời hạn| thời gian)?|[Kk]hông quá|[Tt]ối đa|[Ss]au"
            r"|[Kk]hông (?:muộn|chậm|trễ) (?:hơn|quá))"
            rf"(?: không quá| tối đa| là| sau)? {DURATION}{_THEN}"
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
        rf"[Tt]hời (?:hạn|gian)(?: [^\W\d]\w*){{0,12}} là (?P<time>{DURATION}{_THEN})",
    ),
    ("event", rf"(?:[Kk]hông quá|[Tt]ối đa|[Tt]rong) {_SHORT_DURATION}"),
    ("event", rf"[Tt]rước {_SHORT_DURATION}"),
    ("event", rf"[Íí]t nhất(?: là)? {DURATION} trước(?: khi| ngày| thời điểm)?{_TAIL}"),
    ("event", rf"[Tt]rước (?:ngày|khi)(?= [^\W\d]){_TAIL} {DURATION}"),
    (
        "event",  # "trước kỳ họp 10 ngày"
        rf"[Tt]rước (?:[^\W\d]\w* ){{1,5}}{COUNT} ngày(?: làm việc)?(?!\w)",
    ),
    (
        "event",  # "nhân tháng “hành động phòng, chống ma túy”", "nhân dịp Tết Nguyên đán"
        (
            r"(?:[Nn]hân|[Tt]rong dịp|[Vv]ào dịp)"
            r"(?:(?<=dịp)| (?:dịp|[Nn]gày|[Tt]háng|[Tt]uần(?: lễ)?|kỷ niệm))"
            rf"(?:{_QUOTE}|{_TAIL})"
        ),
    ),
    (
        "event",  # "trước, trong và sau Tết Nguyên đán", "trước Đại hội", "dịp Tết"
        (
            r"(?:[Tt]rước(?:, trong)?(?:,? (?:và )?sau)?|[Tt]rong|[Vv]ào|[Tt]ại|[Dd]ịp|[Ss]au"
            r"|[Cc]hào mừng)"
            rf"(?: dịp| đợt| thời gian| ngày| thềm| thời điểm)? {_FEAST}(?:{_QUOTE}|{_SHORT_TAIL})"
        ),
    ),
    ("event", rf"[Tt]rong {_OF_SCHOOL}(?! \d)"),
    ("date", rf"{BY} {HOUR}?(?:(?:{_WEEKDAY}|[Ss]áng|[Cc]hiều|[Tt]ối),? )?{POINT}"),
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
            rf"(?:^|(?<=[.;:] )|(?:{_DO_AT})(?: [^\W\d]\w*){{0,5}} )"
            r"(?P<time>[Tt]rong (?:năm|tháng|quý|tuần)(?: này| nay)?)(?= ?(?:[.;,)|]|$))"
        ),
    ),
    ("event", rf"[Nn]gay (?:sau )?khi{_TAIL}"),
    (
        "event",
        (
            r"[Ss]au khi (?:có (?:văn bản|hướng dẫn|ý kiến|kết quả|chỉ đạo)|kết thúc|nhận được"
            r"|được (?:phê duyệt|ban hành|giao|phân bổ)"
            r"|(?:Luật|[Kk]ế hoạch|[Qq]uyết định|[Nn]ghị quyết|[Nn]ghị định|[Đđ]ề án)(?: này)?"
            rf" (?:được|có hiệu lực))(?:{_TAIL})?"
        ),
    ),
    ("event", r"[Kk]hi có (?:yêu cầu|chỉ đạo|văn bản (?:chỉ đạo|hướng dẫn))(?!\w)"),
    ("ongoing", r"[Tt]hường xuyên(?:,?(?: và)? liên tục)?(?!\w)|(?:[Hh]ằng|[Hh]àng) ngày(?!\w)"),
    ("date", rf"{_DO_AT} (?P<time>{_WITH_DAY})"),  # "hoàn thành tháng 6"
    ("date", rf"\((?P<time>{_WITH_DAY})\)"),
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
