"""TEXT -> PLACES OF DEADLINES: the forms in which directives say when something is due."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.dates import DAY, HALF, MONTH, POINT, QUARTER, YEAR
from ingest.model import DeadlineKind

_EACH = r"(?:[Hh]ằng|[Hh]àng|[Mm]ỗi)"
_UNIT = r"(?:ngày|tuần|tháng|quý|năm|học kỳ)(?!\w)"
_COUNT = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|mười)"
_BEFORE = r"(?:[Tt]rước|[Cc]hậm nhất(?: là)?(?: (?:trước|vào|đến|trong))?|[Mm]uộn nhất(?: là)?)"
_BY = (
    rf"(?:{_BEFORE}|[Kk]hông (?:muộn|chậm) (?:hơn|quá)|[Đđ]ến(?: trước)?|(?:[Nn]gay )?[Tt]rong"
    r"|[Vv]ào|[Hh]ạn(?: (?:cuối|chót))?(?: là)?:?|[Dd]ự kiến(?: (?:trong|vào))?)"
)
_HOUR = r"(?:\d{1,2} ?(?:giờ|h|g)(?: ?\d{2}(?: phút)?)?,? )?"
_DAY_OF_YEAR = r"(?:ngày ?)?\d{1,2} ?/ ?\d{1,2}(?![\d/])"
_DAY_IN_QUARTER = (
    rf"(?:{_BEFORE}|[Vv]ào) ngày \d{{1,2}} (?:của )?tháng cuối (?:mỗi |hằng |của )?quý"
)
_PERIOD = (
    r"(?:[Qq]uý (?:IV|III|II|I|[1-4])(?!\w)"
    r"|(?:[Hh]ằng |[Hh]àng |[Mm]ỗi )?(?:tuần|tháng|quý|năm)(?!\w)"
    r"|(?:hằng |hàng )?(?:0?[369]|[Ss]áu|[Bb]a|[Cc]hín) tháng(?: (?:đầu|cuối) năm)?"
    r"|(?:0?1|[Mm]ột|[Cc]ả) (?:năm|tháng|quý))"
)
_WEEKDAY = r"(?:[Tt]hứ (?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|[Cc]hủ nhật)"
_DAYS = r"(?:ngày \d{1,2}(?:/\d{1,2})?(?:(?:, | và |, và )(?:ngày )?\d{1,2}(?:/\d{1,2})?)*)"
_STOP = (
    r"phải|để|nhằm|và|thì|báo cáo|gửi|các|UBND|tổ chức|hoàn thành|lấy|với|tại|trên|do|bằng|trình"
    r"|tiến hành|chủ trì|phối hợp|xây dựng|triển khai|theo|đến|trước|từ|của"
)
_TAIL = rf"(?:(?:, (?=chống)| )(?!(?:{_STOP})(?!\w))[^\s,;.:()“”\"]+){{1,14}}"
_DURATION = rf"{_COUNT}(?: \(\d+\))? (?:ngày(?: làm việc)?|giờ(?: làm việc)?|tháng|tuần|năm)(?!\w)"
_THEN = rf"(?:,? (?:kể từ|tính từ|từ|sau|trước)(?: (?:khi|ngày|lúc|thời điểm))?{_TAIL})"
_QUOTE = r" ?[“\"][^”\"\n]{1,80}[”\"]"

# In the order in which they are tried: of two that overlap the earlier one stands.
_FORMS: tuple[tuple[DeadlineKind, str], ...] = (
    (
        "recurring",  # "6 tháng trước 15/6", "định kỳ năm (trước ngày 10/12)"
        rf"(?:[Đđ]ịnh kỳ )?{_PERIOD}(?:,? {_BEFORE} {_DAY_OF_YEAR}| \({_BEFORE} {_DAY_OF_YEAR}\))",
    ),
    (
        "recurring",  # "hằng quý (trước ngày 15 của tháng cuối quý)"
        rf"(?:[Đđ]ịnh kỳ )?(?:{_EACH} quý )?(?:\({_DAY_IN_QUARTER}\)|{_DAY_IN_QUARTER})",
    ),
    (
        "recurring",  # "trước ngày 25 hằng tháng", "thứ hai hằng tuần"
        rf"(?:{_BY} )?(?:{_DAYS}|{_WEEKDAY})(?: của)? {_EACH} (?:tuần|tháng|quý|năm)(?!\w)",
    ),
    (
        "recurring",  # "trước ngày 15 tháng 12 của năm báo cáo"
        (
            rf"{_BY} ngày \d{{1,2}}(?: tháng |/)\d{{1,2}} (?:của )?"
            r"(?:năm (?:báo cáo|kế hoạch|sau|trước|liền kề|tiếp theo)|(?:hằng|hàng|mỗi) năm)(?!\w)"
        ),
    ),
    (
        "recurring",  # "Định kỳ 6 tháng, 1 năm", "định kỳ mỗi quý một lần"
        (
            rf"[Đđ]ịnh kỳ(?: (?:theo|vào))? {_PERIOD}(?:(?:, | và |, và |/){_PERIOD})*"
            r"(?: (?:một|1|01) lần(?!\w))?"
        ),
    ),
    (
        "recurring",  # "ít nhất 01 lần/tháng"
        (
            rf"(?:(?:[Íí]t nhất|[Tt]ối thiểu|[Kk]hông quá) )?{_COUNT}(?: ?[-–] ?\d+)? lần"
            rf"(?: ?/ ?|(?: trong| mỗi)? )(?:(?:một|1|01) )?(?:0?[369] tháng|{_UNIT})"
        ),
    ),
    ("recurring", rf"{_COUNT} (?:tháng|tuần|quý|năm)(?: ?/ ?| )(?:(?:một|1|01) )?lần(?!\w)"),
    (
        "recurring",
        (
            rf"{_EACH} (?:tuần|tháng|quý|năm|học kỳ)(?!\w)"
            r"(?:(?:, | và |, và )(?:hằng |hàng )?(?:tuần|tháng|quý|năm)(?! \d)(?!\w))*"
        ),
    ),
    ("recurring", r"[Đđ]ịnh kỳ(?!\w)"),
    (
        "period",  # "từ ngày 01/6 đến ngày 30/6/2024", "từ năm 2025 đến hết năm 2030"
        (
            rf"(?:[Kk]ể từ|[Tt]ừ) (?:{POINT}|[Nn]gày \d{{1,2}}|\d{{1,2}}|nay)"
            r"(?: (?:của )?năm trước(?: liền kề)?)?,? ?(?:đến|tới|[-–]) ?(?:hết |trước )?"
            rf"(?:{POINT}|\d{{4}}(?!\d))"
        ),
    ),
    (
        "period",
        r"[Tt]rong (?:cả )?giai đoạn (?:từ )?(?:năm )?\d{4} ?(?:[-–]|đến) ?(?:năm )?\d{4}",
    ),
    (
        "event",  # "chậm nhất 05 ngày làm việc kể từ ngày nhận được đề nghị"
        (
            rf"(?:{_BEFORE}|[Tt]rong(?: vòng| thời hạn| thời gian)?|[Kk]hông quá|[Tt]ối đa|[Ss]au)"
            rf"(?: sau)? {_DURATION}{_THEN}"
        ),
    ),
    ("event", rf"(?:[Cc]hậm nhất|[Tt]rong vòng|[Tt]rong thời hạn)(?: là| sau)? {_DURATION}"),
    ("event", rf"[Tt]rước (?:ngày|khi)(?= [^\W\d]){_TAIL} {_DURATION}"),
    (
        "event",  # "nhân tháng “hành động phòng, chống ma túy”", "nhân dịp Tết Nguyên đán"
        (
            r"(?:[Nn]hân|[Tt]rong dịp|[Vv]ào dịp)"
            r"(?:(?<=dịp)| (?:dịp|[Nn]gày|[Tt]háng|[Tt]uần(?: lễ)?|kỷ niệm))"
            rf"(?:{_QUOTE}|{_TAIL})"
        ),
    ),
    ("date", rf"{_BY} {_HOUR}{POINT}"),
    ("period", rf"(?:[Kk]ể từ|(?<!kể )(?<!Kể )[Tt]ừ) {POINT}"),
    ("event", rf"[Nn]gay sau khi{_TAIL}"),
    (
        "event",
        (
            r"[Ss]au khi (?:có (?:văn bản|hướng dẫn|ý kiến|kết quả|chỉ đạo)|kết thúc|nhận được"
            r"|được (?:phê duyệt|ban hành|giao|phân bổ)"
            rf"|(?:[Kk]ế hoạch|[Qq]uyết định|[Nn]ghị quyết|[Đđ]ề án)(?: này)? được)(?:{_TAIL})?"
        ),
    ),
    ("event", r"[Kk]hi có (?:yêu cầu|chỉ đạo|văn bản (?:chỉ đạo|hướng dẫn))(?!\w)"),
    ("ongoing", r"[Tt]hường xuyên(?:,? liên tục)?(?!\w)|(?:[Hh]ằng|[Hh]àng) ngày(?!\w)"),
)
_KINDS = tuple((kind, re.compile(rf"(?<![\w/-]){form}")) for kind, form in _FORMS)

# After such a word, or alone in a cell of a table, a time needs no preposition.
_TIME = (
    r"(?:[Tt]hời (?:gian|hạn|điểm)(?: (?:thực hiện|hoàn thành|tổ chức|báo cáo|gửi|dự kiến))?"
    r"|[Hh]oàn thành|[Tt]iến độ)"
)
_BARE = rf"{_HOUR}(?:(?:[Hh]ết|[Cc]uối|[Đđ]ầu) )?(?:{DAY}|{MONTH}|{QUARTER}|{HALF}|{YEAR})"
_LEAD = r"(?:[Ll]úc |[Dd]ự kiến |[Bb]uổi (?:sáng|chiều),? )?"
_PLACED = (
    ("date", re.compile(rf"{_TIME} ?: ?{_LEAD}(?P<time>{_BARE})")),
    ("date", re.compile(rf"(?<=\| )(?P<time>{_BARE})(?= ?(?:\||$))", re.MULTILINE)),
    ("period", re.compile(rf"{_TIME} ?: ?(?P<time>(?:[Gg]iai đoạn )?\d{{4}} ?[-–] ?\d{{4}})")),
    (
        "period",
        re.compile(
            r"(?<=\| )(?P<time>(?:[Gg]iai đoạn |[Nn]ăm )?\d{4} ?[-–] ?\d{4})(?= ?(?:\||$))",
            re.MULTILINE,
        ),
    ),
)
_NOT_DUE = re.compile(
    r"(?:tính |so với |đã |cập nhật |hiệu lực (?:thi hành )?|tuổi |như |chế độ |chế độ báo cáo "
    r"|năm trước |liền kề )$",
    re.IGNORECASE,
)
# "kinh phí chi thường xuyên" is a kind of money, "nhiệm vụ thường xuyên" a kind of task.
_NOT_ONGOING = re.compile(
    r"(?:nhiệm vụ |chi |kinh phí |vốn |nguồn |dự toán |không |chưa |giáo dục |sự nghiệp |người "
    r"|học sinh |trú |ngân sách |chế độ )$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r",? ?(?:đến nay|trở về trước|năm trước(?! ngày)|(?:toàn \w+ )?đã |có hiệu lực|có \d)"
)
_AND_TIME = re.compile(rf"(?: và |, )(?P<time>{POINT})(?! ?(?:đến|tới|[-–]))")
_QUOTED = re.compile(r"“[^”\n]{1,150}”")


def find_deadlines(text: str) -> Iterator[tuple[int, int, DeadlineKind]]:
    """Yield (start, end, kind) wherever *text* may say when something is due.

    They may overlap; of two that do, the one that comes first is the better reading. None crosses
    a line.
    """
    void = [found.span() for found in _QUOTED.finditer(text)]
    for kind, form in _KINDS:
        for found in form.finditer(text):
            start, end = found.start(), found.start() + len(found[0].rstrip(" ,-–"))
            if any(first <= start and end <= last for first, last in void):
                continue
            if _is_no_deadline(text, start, end, kind):
                void.append((start, end))
                continue
            yield start, end, kind
            if kind == "date" and (more := _AND_TIME.match(text, end)):
                yield *more.span("time"), kind
    for placed, form in _PLACED:
        for found in form.finditer(text):
            yield *found.span("time"), "date" if placed == "date" else "period"


def _is_no_deadline(text: str, start: int, end: int, kind: DeadlineKind) -> bool:
    before = text[max(0, start - 40) : start]
    if _NOT_DUE.search(before) or _PAST.match(text, end):
        return True
    if kind == "ongoing" and _NOT_ONGOING.search(before):
        return True
    # "định kỳ hằng quý, năm (quý I trước 15/3; …)": what stands in parentheses is meant.
    return bool(re.match(rf" \({_PERIOD},? {_BEFORE}", text[end : end + 60]))
