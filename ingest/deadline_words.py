"""PIECES OF DEADLINES: the words that `deadline_forms` puts together, as regular expressions."""

from __future__ import annotations

from ingest.dates import DAY, HALF, MONTH, QUARTER, QUARTER_WORD

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
DAY_OF_YEAR = (
    r"(?:(?:(?:ngày ?)?\d{1,2} ?/ ?\d{1,2}(?![\d/])|ngày \d{1,2} tháng \d{1,2}(?! năm \d))"
    r"(?: (?:hằng|hàng|mỗi) năm)?)"
)
_PART_OF_QUARTER = (
    rf"tháng (?:cuối|đầu)(?: tiên| cùng)?(?: của)?(?: mỗi| hằng| hàng)? {QUARTER_WORD}"
    r"(?: (?:sau|tiếp theo|kế tiếp|tiếp sau|tiếp|liền kề|báo cáo))?"
)
YEARLY_DAY = r"(?:ngày )?\d{1,2}(?: tháng |/)\d{1,2} (?:hằng|hàng|mỗi) năm(?!\w)"
DAY_IN_QUARTER = rf"(?:{BEFORE}|[Vv]ào|[Nn]gày)(?: ngày)? \d{{1,2}},? (?:của )?{_PART_OF_QUARTER}"
PERIOD = (
    rf"(?:{QUARTER_WORD} (?:IV|III|II|I|[1-4])(?!\w)"
    rf"|(?:[Hh]ằng |[Hh]àng |[Mm]ỗi )?(?:ngày|tuần|tháng|{QUARTER_WORD}|năm học|năm|học kỳ)(?!\w)"
    r"|(?:hằng |hàng |mỗi )?(?:0?[369]|[Ss]áu|[Bb]a|[Cc]hín) tháng(?: (?:đầu|cuối) năm)?"
    rf"|(?:0?1|[Mm]ột|[Cc]ả) (?:năm|tháng|{QUARTER_WORD}))"
)
LIST_OF_PERIODS = rf"{PERIOD}(?:(?:, | và |, và | hoặc |/| ?[-–] ?){PERIOD})*"
WEEKDAY = (
    r"(?:(?:[Ss]áng|[Cc]hiều|[Tt]ối)? ?"
    r"(?:[Tt]hứ (?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|[Cc]hủ nhật))"
)
DAYS = (
    r"(?:(?:[Nn]gày \d{1,2}(?:/\d{1,2}| tháng \d{1,2})?|\d{1,2}/\d{1,2})"
    r"(?:(?:, | và |, và |; )(?:trước )?(?:ngày )?\d{1,2}(?:/\d{1,2}| tháng \d{1,2})?)*)"
)
REPORTED = (
    r"(?:năm (?:báo cáo|kế hoạch|sau|trước|liền kề|tiếp theo|kế tiếp|tiếp sau|thực hiện)"
    r"(?: liền kề)?|(?:hằng|hàng|mỗi) năm)(?!\w)"
)
NEXT_MONTH = (
    r"(?:của )?tháng (?:sau|tiếp theo|kế tiếp|tiếp sau|liền kề|báo cáo|đó)(?: liền kề)?(?!\w)"
)
_STOP = (
    r"phải|để|nhằm|và|thì|báo cáo|gửi|các|UBND|tổ chức|hoàn thành|lấy|với|tại|trên|do|bằng|trình"
    r"|tiến hành|chủ trì|phối hợp|xây dựng|triển khai|theo|đến|trước|từ|của|hoặc \d|hoặc kể|kể"
    r"|tiếp tục|thực hiện|đồng thời|cho"
)
_WORD = (
    r"(?:(?:giải|quá|chương|công|quy|tờ|lộ) trình|(?:kỳ|kì) báo cáo|tiếp theo"
    rf"|(?!(?:{_STOP})(?!\w))[^\s,;.:()|“”\"]+)"
)
_MORE = rf"(?:(?:, (?=chống)| ){_WORD})"
_OBJECT = (  # "kể từ ngày nhận được báo cáo"
    r"(?: (?:nhận được|nhận đủ|nhận|tiếp nhận|có|hoàn thành|hoàn thiện|ký|ban hành))?"
    r" (?:[Bb]áo cáo|các|[Vv]ăn bản trình|trình|gửi|hoàn thành|kết thúc|đến (?:kỳ|hạn))(?!\w)"
)
TAIL = rf"(?:{_OBJECT}{_MORE}{{0,14}}|{_MORE}{{1,14}})"
SHORT_TAIL = rf"{_MORE}{{0,6}}"
_SPELLED = r"(?: ?\([^()|]{1,15}\))?"  # "05 (năm) ngày"
DURATION = (
    rf"(?:{COUNT}|nửa){_SPELLED} (?:ngày(?: làm việc)?|giờ(?: làm việc)?|phút|tháng|tuần|năm)"
    r"(?!\w)"
)
SHORT_DURATION = rf"{COUNT}{_SPELLED} (?:ngày(?: làm việc)?|giờ(?: làm việc)?|tuần)(?!\w)"
THEN = (
    r"(?:,? (?:kể từ|tính từ|từ|sau|trước)(?: (?:khi|ngày|lúc|thời điểm))?"
    rf"(?:(?: ngày)? {DAY}|{TAIL}))"
)
QUOTE = r" ?[“\"][^”\"\n]{1,80}[”\"]"
FEAST = (
    r"(?:[Tt]ết(?! (?:kiệm|giảm))|Đại hội|kỳ họp|[Ll]ễ|các ngày lễ|bầu cử|khai giảng|năm học mới"
    r"|mùa (?:mưa|bão|lũ|khô|hè)|hè|kỷ niệm|kỳ nghỉ|nghỉ lễ|[Tt]uần lễ"
    r"|kết thúc (?:năm học|học kỳ|năm))"
)
OF_SCHOOL = r"(?:năm học|học kỳ(?: (?:I{1,2}|[12]))?)(?: \d{4} ?[-–] ?\d{4})?(?!\w)"
# Quarters, or months, that follow one another are one stretch: "quý I và quý II năm 2025".
_QUARTERS = "|".join(
    rf"{one},? (?:và )?{QUARTER_WORD} {two}"
    for one, two in (("I", "II"), ("II", "III"), ("III", "IV"))
)
_MONTHS = "|".join(rf"0?{one},? (?:và )?[Tt]háng 0?{one + 1}" for one in range(1, 12))
NEXT_TO_EACH_OTHER = (
    rf"(?:{QUARTER_WORD} (?:{_QUARTERS})|[Tt]háng (?:{_MONTHS}))(?: ?/ ?20\d\d|,? năm 20\d\d)(?!\d)"
)
DO_AT = (
    r"(?:[Hh]oàn thành|[Xx]ong|[Tt]rình|[Tt]hực hiện|[Tt]riển khai|[Tt]ổ chức|[Hh]ọp|[Bb]an hành"
    r"|[Bb]ắt đầu|[Kk]ết thúc|[Kk]hai mạc|[Rr]a quân|[Tt]iến hành|[Tt]ổng kết|[Ss]ơ kết"
    r"|[Bb]ế mạc|[Dd]iễn ra|[Gg]ửi|[Cc]hung kết|[Pp]hát động)"
)
WITH_DAY = rf"(?:(?:[Hh]ết |[Cc]uối |[Đđ]ầu )?(?:{DAY}|{MONTH}|{QUARTER}|{HALF}))"
