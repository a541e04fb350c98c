"""PLACE IN TEXT -> BOOL: whether what looks like a deadline is none.

A directive is full of other times: those that statistics count from, on which a law takes effect
or somebody was born or licensed, that a plan's title names, and money that is given "hằng năm".
What counts is the word that a time hangs on: with the verb of the duty it is a deadline ("tổ chức
kiểm tra hằng năm"), with a noun it says which one is meant ("dự toán ngân sách hằng năm").
"""

from __future__ import annotations

import re

from ingest.model import DeadlineKind

_NEAR = 60
_TITLE = 160
_NOT_DUE = re.compile(
    r"(?:tính |tính (?:đến|từ) |so với(?: \w+){0,3} |đã |cập nhật |hiệu lực (?:thi hành )?|tuổi "
    r"|như |chế độ |chế độ báo cáo |năm trước |liền kề |cùng kỳ |định hướng(?: đến)? "
    r"|tầm nhìn(?: đến)? |nhiệm kỳ |khóa |niên độ |tồn tại |số liệu (?:\w+ ){0,3}|vẫn "
    r"|hết hạn |còn hiệu lực )$",
    re.IGNORECASE,
)
_VERB = r"(?:hoàn thành|xong|báo cáo|gửi|thực hiện|trình|ban hành|tổ chức|triển khai)"
# What was done, licensed or born before a day is a condition: "được cấp phép trước ngày …".
_DONE = re.compile(
    r"(?:được (?:cấp|phê duyệt|ban hành|công nhận|thành lập|tuyển dụng|giao|ký|phát hiện)"
    rf"(?: (?!{_VERB})[^\W\d]\w*){{0,4}}|do .{{1,40}} cấp|đã \w+(?: (?!{_VERB})\w+){{0,8}}"
    r"|phát sinh|(?:người|trẻ em|trẻ|cháu|công dân)(?: được)? sinh|ký kết|xảy ra|đạt được"
    r"|đăng ký kinh doanh)(?: hợp lệ| lần đầu| tồn đọng)? $"
)
# "kinh phí chi thường xuyên" is a kind of money, "nhiệm vụ thường xuyên" a kind of task.
_NOT_ONGOING = re.compile(
    r"(?:nhiệm vụ |chi |kinh phí |vốn |nguồn |dự toán |không |chưa |giáo dục |sự nghiệp |người "
    r"|học sinh |trú |ngân sách |chế độ |đào tạo |bồi dưỡng |đầu tư |trợ cấp |hoạt động |công việc "
    r"|làm việc |sinh hoạt |bảo dưỡng |bảo trì |thi đua |nghiên cứu |nơi (?:ở|cư trú) "
    r"|định mức |việc |sửa chữa |mua sắm |trưng bày |nâng lương |bậc lương |tiếp công dân |khu vực "
    r"|vùng |đối tượng |hộ |đến \d{1,2} (?:giờ|h) )$",
    re.IGNORECASE,
)
_STATE = re.compile(
    r" (?:xảy ra|bị|ngập|biến động|tiếp xúc|vi phạm|phát sinh|cư trú|sinh sống|tụ tập"
    r"|lui tới)(?!\w)"
)
# "kinh phí hằng năm", "trong kế hoạch công tác hằng năm", "báo cáo định kỳ" say which, not when.
_WHICH = re.compile(
    r"(?:(?:kinh phí|dự toán|ngân sách|nguồn|vốn|quỹ|tiền|lương|phí|mức|tỷ lệ|số)"
    r"(?: [^\W\d]\w*){0,4}|(?:trong|vào|theo|từ|của|với|các|là|có)(?: các)?"
    r" (?:kế hoạch|chương trình|báo cáo|chỉ tiêu|nhiệm vụ|danh mục|hoạt động|quy hoạch)"
    r"(?: [^\W\d]\w*){0,4}) $",
    re.IGNORECASE,
)
# Things that are made, given or counted anew each year: "dự toán ngân sách nhà nước hằng năm".
_THING = (
    r"(?:kế hoạch|chương trình|dự toán|quyết toán|ngân sách|kinh phí|nguồn|vốn|quỹ|tiền|lương|phí"
    r"|mức|tỷ lệ|doanh thu|chỉ tiêu|mục tiêu|hạn ngạch|hạn mức|nghỉ|cây|cây trồng|định mức"
    r"|thuê đất|nhiệm vụ|sản lượng|thu nhập|khen thưởng|xét tặng"
    r"|phụ cấp|trợ cấp|kết quả (?:xếp loại|bình xét|sơ kết|tổng kết)"
    r"|báo cáo (?:tài chính|quyết toán|tổng kết|kiểm toán|thống kê|thường niên))"
)
_ACTS = (
    r"(?:để|phải|nhằm|thì|gửi|cho|trước|chủ trì|phối hợp|tổ chức|tiến hành|rà soát|kiểm tra|báo cáo"
    r"|đánh giá|sơ kết|tổng kết)(?!\w)"
)
_NEXT = r"(?: [-–] | |, (?=chi |trung |dài |ngắn |quyết |kế ))"
_OF_THING = re.compile(
    rf"(?<!\w){_THING}(?:{_NEXT}[^\W\d]\w*(?:{_NEXT}(?!{_ACTS})[^\W\d]\w*){{0,8}})?,? $",
    re.IGNORECASE,
)
_NEAR_THING = re.compile(rf"(?<!\w){_THING}(?: (?!{_ACTS})[^\W\d]\w*){{0,2}} $", re.IGNORECASE)
_REPORTS = re.compile(
    r"(?<!chế độ )(?<!các )báo cáo (?:kết quả|tình hình|tiến độ|việc)[^,.;:]*$", re.IGNORECASE
)
_LONG_AND = re.compile(  # "kế hoạch trung hạn và hằng năm"
    r"(?:(?:dài|trung|ngắn) hạn|(?:0?[35]|10|năm) năm|nhiệm kỳ|\d{4} ?[-–] ?\d{4})(?:,| và|, và"
    r"| hoặc) $",
    re.IGNORECASE,
)
_KIND_OF_REPORT = re.compile(
    r"(?:các|những|lập|nộp|nhận|theo|trong|mẫu|loại|bản|thẩm định|phê duyệt|thông qua|gồm|công bố)"
    r" báo cáo(?: [^\W\d]\w*){0,4} $",
    re.IGNORECASE,
)
# "báo cáo định kỳ", "sau hội nghị giao ban định kỳ", "định kỳ hoặc đột xuất": which, not when.
_WHICH_REGULAR = re.compile(
    r"(?:(?:chế độ |thực hiện |các )?báo cáo(?: [^\W\d]\w*){0,5}|thống kê|sửa chữa|bảo dưỡng"
    r"|bảo trì|tiếp công dân|thời hạn|chu kỳ|(?:sau|tại|qua|ngoài|lịch|các)(?: [^\W\d]\w*){1,5}) $",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(r" (?:về|gửi|cho|với|lên|trước|vào|theo quý|\(|\d)")
_IF_AFTER = re.compile(r"(?:[Tt]rường hợp|[Nn]ếu|(?<!\w)mà)[^.;:\n]*$")
_VALID = re.compile(  # "có giá trị trong thời hạn 05 năm kể từ ngày cấp"
    r"(?:hiệu lực|giá trị|chuyển lỗ|liên tục|thời hạn của|được hưởng|phụ cấp|nghỉ dưỡng)"
    r"(?: [^\W\d]\w*){0,6} $",
    re.IGNORECASE,
)
_PAID_FOR = re.compile(r"(?:tiền lương|thù lao|quỹ lương)[^.;:\n]{0,60}$")
_THEN = re.compile(r" thì(?!\w)")
_AFTER_AMOUNT = re.compile(r"\d(?: ?\([^()]*\))? (?:năm|tháng|ngày)(?: làm việc)?,? $")
_ASKED = re.compile(r"(?:chất vấn|kiến nghị|phát biểu)(?: của [^,.;]{1,30})? $", re.IGNORECASE)
_PAST = re.compile(
    r",? ?(?:đến nay|trở về trước|trở lên|năm trước(?! ngày)|(?:toàn \w+ )?đã |có hiệu lực)| có \d"
    r"|,? ?(?:cả nước|toàn (?:tỉnh|huyện|xã|ngành|quốc)|\w+ \w+) đã "
)
_OF_TITLE = re.compile(r"(?:đến|giai đoạn|trong giai đoạn|h[ằà]ng|năm)(?!\w)", re.IGNORECASE)
_TITLED = re.compile(
    r"(?:Chiến lược|Đề án|Chương trình|Quy hoạch|Dự án|Phong trào|Cuộc vận động"
    r"|Kế hoạch (?:hành động|phát triển|chuyển đổi|cải cách|thực hiện|phòng|bảo vệ|tổng thể"
    r"|tổ chức|truyền thông))(?:[^,.;:|\n“”]|, chống)*$"
)
_QUOTED = re.compile(r"“[^”\n]{1,150}”")
_IN_PARENTHESES = re.compile(r" \((?:\w+ ){1,3}(?:[Tt]rước|[Cc]hậm nhất)")
_COUNTED_DATA = re.compile(r"(?:[Ss]ố liệu|lấy số liệu)[^.;|\n)]{0,60}$")


def quoted(text: str) -> list[tuple[int, int]]:
    """Return the stretches of *text* in quotation marks: names and slogans."""
    return [found.span() for found in _QUOTED.finditer(text)]


def is_trap(text: str, start: int, end: int, kind: DeadlineKind) -> bool:
    """Tell whether the words at *start* to *end*, read as *kind*, set no time to anybody."""
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - _NEAR) : start]
    words = text[start:end]
    if _NOT_DUE.search(before) or _PAST.match(text, end) or _COUNTED_DATA.search(before):
        return True
    # "trường hợp giao đất trước ngày … thì …"
    condition = _THEN.match(text, end) and _IF_AFTER.search(before)
    if kind == "event":
        return _no_event(before, words)
    if kind == "ongoing":
        return bool(_NOT_ONGOING.search(before) or _STATE.match(text, end))
    if kind == "recurring":
        # "định kỳ hằng quý, năm (quý I trước 15/3; …)": what stands in parentheses is meant.
        return bool(_IN_PARENTHESES.match(text, end)) or _says_which(before, words, text[end:])
    titled = _TITLED.search(text[max(line, start - _TITLE) : start]) and _OF_TITLE.match(words)
    if kind == "period":  # "là 05 năm kể từ ngày ban hành", "tiền lương từ ngày … đến ngày …"
        return bool(condition or titled or _AFTER_AMOUNT.search(before) or _PAID_FOR.search(before))
    return bool(condition or titled or _DONE.search(before))


def _no_event(before: str, words: str) -> bool:
    """Tell whether a time counted from an event is a condition, or how long something holds."""
    if re.search(r"\b[Tt]rước $", before):  # "trước khi có yêu cầu"
        return True
    if words.startswith(("sau ", "Sau ")) and _IF_AFTER.search(before):
        return True
    return bool(_VALID.search(before) or (words.startswith("tại") and _ASKED.search(before)))


def _says_which(before: str, words: str, after: str) -> bool:
    """Tell whether "hằng năm" or "định kỳ" belongs to the noun before it."""
    if words[0].isupper() or re.search(r"\d", words):
        return False
    if _WHICH.search(before):
        return True
    if words == "định kỳ":
        regular = _WHICH_REGULAR.search(before) and not _TO_WHOM.match(after)
        return bool(regular or after.startswith(" của "))
    if words.startswith("định kỳ"):
        return False
    if words.startswith("từng"):
        return before.endswith(("trong ", "của ", "cho ", "theo "))
    thing = (_OF_THING if words.endswith(" năm") else _NEAR_THING).search(before)
    of_thing = thing and not _REPORTS.search(before)
    return bool(of_thing or _LONG_AND.search(before) or _KIND_OF_REPORT.search(before))
