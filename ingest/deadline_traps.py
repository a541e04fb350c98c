"""PLACE IN TEXT -> BOOL: whether what looks like a deadline is none.

A directive is full of other times: those that statistics count from, on which a law takes effect
or somebody was born or licensed, that a plan's title names, and money that is given "hằng năm".
"""

from __future__ import annotations

import re

from ingest.model import DeadlineKind

_NEAR = 60
_TITLE = 160
_NOT_DUE = re.compile(
    r"(?:tính |tính (?:đến|từ) |so với(?: \w+){0,3} |đã |cập nhật |hiệu lực (?:thi hành )?|tuổi "
    r"|như |chế độ |chế độ báo cáo |năm trước |liền kề |cùng kỳ |định hướng(?: đến)? "
    r"|tầm nhìn(?: đến)? |nhiệm kỳ |khóa |sinh |niên độ |tồn tại |số liệu (?:\w+ ){0,3}|vẫn "
    r"|hết hạn |còn hiệu lực )$",
    re.IGNORECASE,
)
# What was done, licensed or born before a day is a condition: "được cấp phép trước ngày …".
_DONE = re.compile(
    r"(?:được (?:cấp|phê duyệt|ban hành|công nhận|thành lập|tuyển dụng|giao|ký|phát hiện)"
    r"(?: [^\W\d]\w*){0,4}|do .{1,40} cấp|đã \w+(?: \w+){0,4}|phát sinh|sinh|ký kết"
    r"|đăng ký kinh doanh)(?: hợp lệ| lần đầu| tồn đọng)? $"
)
# "kinh phí chi thường xuyên" is a kind of money, "nhiệm vụ thường xuyên" a kind of task.
_NOT_ONGOING = re.compile(
    r"(?:nhiệm vụ |chi |kinh phí |vốn |nguồn |dự toán |không |chưa |giáo dục |sự nghiệp |người "
    r"|học sinh |trú |ngân sách |chế độ |đào tạo |bồi dưỡng |đầu tư |trợ cấp |hoạt động |công việc "
    r"|làm việc |sinh hoạt |bảo dưỡng |bảo trì |thi đua |nghiên cứu |nơi (?:ở|cư trú) "
    r"|định mức |việc )$",
    re.IGNORECASE,
)
# "kinh phí hằng năm", "trong kế hoạch công tác hằng năm", "báo cáo định kỳ" say which, not when.
_WHICH = re.compile(
    r"(?:(?:kinh phí|dự toán|ngân sách|nguồn|vốn|quỹ|tiền|lương|phí|mức|tỷ lệ|số)"
    r"(?: [^\W\d]\w*){0,4}|(?:trong|vào|theo|từ|của|với|các|là|có)(?: các)?"
    r" (?:kế hoạch|chương trình|báo cáo|chỉ tiêu|nhiệm vụ|danh mục|hoạt động|quy hoạch)"
    r"(?: [^\W\d]\w*){0,4}) $",
    re.IGNORECASE,
)
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
    if kind == "event":
        return re.search(r"\b[Tt]rước $", before) is not None  # "trước khi có yêu cầu"
    if kind == "ongoing":
        return _NOT_ONGOING.search(before) is not None
    if kind == "recurring" and words[0].islower() and not re.search(r"\d", words):
        # "định kỳ hằng quý, năm (quý I trước 15/3; …)": what stands in parentheses is meant.
        return bool(_WHICH.search(before) or _IN_PARENTHESES.match(text, end))
    if kind == "recurring":
        return _IN_PARENTHESES.match(text, end) is not None
    titled = _TITLED.search(text[max(line, start - _TITLE) : start]) and _OF_TITLE.match(words)
    return bool(titled or (kind == "date" and _DONE.search(before)))
