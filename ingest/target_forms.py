"""TEXT -> PLACES OF TARGETS: the forms in which directives set a figure (chỉ tiêu)."""

from __future__ import annotations

import re
from collections.abc import Iterator

NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
SPELLED = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
SHARES = {"một nửa": 50.0, "hai phần ba": 66.7, "ba phần tư": 75.0, "một phần ba": 33.3}
# Words that compare, longest first; what stands for each is in `targets.py`.
COMPARING = (
    r"[Íí]t nhất(?: là)?|ÍT NHẤT|[Tt]ối thiểu(?: là)?|[Kk]hông (?:dưới|thấp hơn|ít hơn)"
    r"|[Kk]hông quá|[Kk]hông vượt quá|[Tt]ối đa(?: là)?|[Dd]ưới|[Tt]rên|[Hh]ơn|[Vv]ượt|[Tt]ừ"
    r"|≥|≤|>=|<=|>|<"
)
_DOING = (
    r"(?:(?:phấn đấu )?(?:giảm|tăng|đạt|bảo đảm|đảm bảo|triệt x[oó][áa]|xóa|duy trì)(?: được)? "
    r"|phấn đấu )"
)
_STOP = (
    r"trong|tại|vào|để|nhằm|từ|đến|trước|theo|so|qua|bằng|do|khi|nếu|hoàn thành|dưới|ngay|với|cho"
    r"|lấy|gắn|năm|hoặc|đối|h[ằà]ng (?:năm|quý|tháng)|[íi]t nhất|tối thiểu"
)
_WORD = rf"(?!(?:{_STOP})(?!\w))[^\s\d,;.:()“”|][^\s,;.:()“”|]*"
_WORDS = rf"(?: {_WORD}(?:,? {_WORD}){{0,17}})?"
_LISTED = rf"(?:,? {_WORD}){{0,18}}"  # "03 băng zôn, khẩu hiệu"
_PERCENT = re.compile(
    rf"(?<![\w.,])(?:{_DOING})?(?:(?:{COMPARING}) )?(?P<number>{NUMBER})"
    rf"(?: ?%?(?: ?[-–] ?| đến ){NUMBER})? ?%(?!\w)(?: ?/ ?năm)?(?: trở lên)?{_WORDS}"
)
_SHARE = re.compile(
    rf"(?<!\w)(?:{_DOING})?(?:(?:{COMPARING}) )?(?P<number>{'|'.join(SHARES)}) (?:số |tổng )"
    rf"{_WORD}{_WORDS}"
)
# "20/25 xã": so many of so many.
_RATIO = re.compile(
    rf"(?<![\w.,/])(?:{_DOING})?(?:(?:{COMPARING}) )?(?P<number>\d{{1,4}})/\d{{1,4}}"
    r" (?P<unit>xã|phường|thị trấn|thôn|bản|ấp|khu phố|tổ dân phố|huyện|đơn vị|trường|địa phương"
    rf"|chỉ tiêu|tiêu chí)(?!\w){_WORDS}"
)
_MONEY = re.compile(
    r"(?:(?<=đạt )|(?<=thu )|(?<=giải ngân ))"
    rf"(?:(?:{COMPARING}) )?(?P<number>{NUMBER}) (?:nghìn |triệu |tỷ |tỉ )?(?:đồng|USD)(?!\w)"
)
_NO_UNIT = (
    r"(?:%|ngày|giờ|phút|giây|tháng|năm|tuần|quý|tuổi|cấp|bên|điều|khoản|chương|mục|phần"
    r"|đồng|triệu|tỷ|tỉ|nghìn|cơ quan|rõ|nội dung|nhóm|tiêu chí|bước|chức danh|điểm|độ|số"
    r"|mg|g|kg|ml|gam|lít|m|m2|cm|mm|mét|lần(?! ?/| trong| mỗi| một| hằng)"
    r"|Phó|thành viên, bao gồm)(?!\w)"
)
_BOUND = (
    r"(?:[Íí]t nhất(?: là)?|[Tt]ối thiểu(?: là)?|[Kk]hông (?:dưới|thấp hơn|ít hơn|quá|vượt quá)"
    r"|[Tt]ối đa(?: là)?)"
)
_COMPARED = re.compile(
    rf"(?<![\w.,]){_BOUND} (?:từ )?(?P<number>{NUMBER}|{'|'.join(SPELLED)})(?: \(\w+\))?"
    rf"(?: ?[-–] ?{NUMBER})? (?!{_NO_UNIT})(?P<unit>[^\W\d]\w*"
    rf"(?: ?/ ?[^\W\d]\w*)?){_WORDS}"
)
_FREQUENCY = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,2}) (?P<unit>(?:lần|buổi|tin|bài|lượt|cuộc|đợt) ?/ ?[^\W\d]\w*)"
)
# Things that are counted when they are made, held or given.
_COUNTED = (
    r"cụm|pa ?n[ôo]|băng (?:z|r)[ôo]n|khẩu hiệu|áp phích|tờ rơi|mô hình|câu lạc bộ|lớp|buổi"
    r"|hội nghị|hội thảo|cuộc|đợt|tin|bài|phóng sự|video|chuyên (?:mục|đề|trang)|đội|tổ|chốt"
    r"|phiên|đoàn|bộ|cuốn|ấn phẩm|sản phẩm|tiểu phẩm|hội thi|khóa|khoá|học viên|lượt|công trình"
    r"|camera|tủ|tiết|kỳ|bản tin|chương trình|hộ|người|mũi|diễn đàn|tuyến|trạm|biển|cây"
    r"|suất|phần quà|đại biểu|cán bộ|công chức|giáo viên|học sinh|hội viên"
    r"|đoàn viên|doanh nghiệp|lao động|thẻ|căn nhà|ngôi nhà|hợp tác xã|sáng kiến|đề tài|clip"
    r"|tài liệu|quyển|sinh viên|thí sinh|mẫu|ha|tủ sách|điểm (?:sáng|truy cập|phát)|máy|thôn"
    r"|phiếu|xã(?! hội)|phường|trường|dịch vụ|thủ tục|nhà|người lao động|vụ án"
    r"|đảng viên|dự án"
)
# A line of a list of figures: "Thu nhập bình quân đến năm 2025: 60 triệu đồng".
_LISTED_FIGURE = re.compile(
    r"(?:Tỷ lệ|Số|Tổng|Thu nhập|Sản lượng|Diện tích|Giá trị|Tốc độ|Mức|Quy mô|Năng suất|Doanh thu)"
    rf"(?: [^.;:|\n]{{1,150}})?: (?P<all>(?:(?:{COMPARING}) )?(?P<number>{NUMBER})"
    rf" (?P<unit>(?:nghìn |triệu |tỷ |tỉ )?(?:đồng|USD|tấn|ha|km|{_COUNTED})(?!\w)))"
)
_UP_TO = rf"(?:(?: ?[-–] ?| đến ){NUMBER})?"
_ROUGH = re.compile(
    rf"(?<![\w.,])(?:{COMPARING}) (?P<number>{NUMBER}){_UP_TO}"
    rf" (?P<unit>(?:{_COUNTED})(?!\w)){_WORDS}"
)
_MAKING = (
    r"(?:tổ chức|xây dựng|dựng|treo|mở|thành lập|in|phát hành|phát|lắp đặt|lắp|triển khai|duy trì"
    r"|đăng|đạt|hoàn thành|bố trí|đào tạo|tập huấn|thực hiện|trồng|cấp phát|cấp|nhân rộng|hỗ trợ"
    r"|biên soạn|sản xuất|công nhận|chuyển hóa|trao|tặng|vận động|giải quyết việc làm cho|có|thêm"
    r"|kết nạp|thu hút|cho)"
)
_MADE = re.compile(
    rf"(?:(?<!\w){_MAKING}(?: (?:được|mới|thêm|ra mắt|và|cho|khoảng))* |(?<=\| )"
    rf"|[Mm]ỗi (?:[^\W\d]\w* ){{1,5}}(?:có |cử |tổ chức |xây dựng )?)"
    rf"(?P<all>(?P<number>{NUMBER}){_UP_TO} (?P<unit>(?:{_COUNTED})(?!\w)){_LISTED})",
    re.IGNORECASE,
)
_AND_MORE = re.compile(
    rf"(?:,|và|;) (?P<all>(?P<number>0\d|{NUMBER}) (?P<unit>(?:{_COUNTED})(?!\w)){_LISTED})"
)
_PAST = re.compile(
    r"(?:(?<!\w)(?:đã|(?<!nông thôn )mới|hiện|hiện nay|được|chiếm|(?<!giảm )(?<!xuống )còn"
    r"|tương đương|tổng số|tỷ lệ là) "
    r"(?:[^\W\d]\w* ){0,2})$"
)
_ALONE = re.compile(r"[\d., %]+$", re.MULTILINE)  # a line of a figure says nothing of what
_NEAR = 60
_BEFORE = 70


# Shares that are facts or rates, not figures to be reached.
_RATE_BEFORE = re.compile(
    r"(?:(?:thuế suất|định mức|(?:tỷ lệ )?phiếu|theo tỷ lệ|tổn thương|tỷ lệ phần trăm"
    r"|hàm lượng|hệ số)(?: [^\W\d]\w*){0,8}"
    r"|(?:chiếm|lãi suất|kế hoạch chi|vốn|tỷ trọng|hưởng|phụ cấp|lương|mức phí|giảm trừ|tự chủ"
    r"|nồng độ|sở hữu|cổ phần|=|[x×]|so với|cùng kỳ)(?: [^\W\d]\w*){0,2}) $",
    re.IGNORECASE,
)
_RATE_WITHIN = re.compile(
    r"% (?:vốn|sở hữu|tổng kinh phí|tổng số lượng cấp phó|trên doanh thu"
    r"|cổ phần|chi phí|kinh phí|học phí|mức|lương|thuế|số thuế|tiền|giá trị|giá|doanh thu"
    r"|so với|cùng kỳ|GDP)(?!\w)"
)

# A bound on a share of a whole sum is to be kept; a share without one is a rate.
_SHARE_OF_MONEY = re.compile(
    rf"{_BOUND} {NUMBER} ?% tổng (?:kinh phí|vốn)(?: thực hiện)?(?: của)?"
    r" (?:chương trình|đề án|dự án)",
    re.IGNORECASE,
)


def find_targets(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the figures of *text*, a number with what it counts.

    They may overlap; of two that do, the one that comes first is the better reading. None crosses
    a line.
    """
    for form in (_RATIO, _PERCENT, _SHARE, _COMPARED, _ROUGH, _MONEY, _FREQUENCY):
        for found in form.finditer(text):
            alone = _ALONE.match(text, text.rfind("\n", 0, found.start()) + 1)
            if not alone and not _is_fact(text, found):
                yield found.start(), _end(found[0], found.start())
    for found in _LISTED_FIGURE.finditer(text):
        yield found.span("all")
    yield from _made(text)


def _made(text: str) -> Iterator[tuple[int, int]]:
    """Yield the things that are made, held or given in a number, and those listed after them."""
    made = list(_MADE.finditer(text))
    for found in made:
        if not _PAST.search(text[max(0, found.start() - 40) : found.start()]):
            yield found.start("all"), _end(found["all"], found.start("all"))
    for more in _AND_MORE.finditer(text):
        if any(0 <= more.start() - found.end() < _NEAR for found in made) and "\n" not in more[0]:
            yield more.start("all"), _end(more["all"], more.start("all"))


def _is_fact(text: str, found: re.Match[str]) -> bool:
    """Tell whether a figure reports, or is a rate, rather than to be reached."""
    before = text[max(0, found.start() - _BEFORE) : found.start()]
    shared = _SHARE_OF_MONEY.match(text, found.start())
    rate = (
        "%" in found[0]
        and not shared
        and (
            _RATE_BEFORE.search(before)
            or _RATE_WITHIN.search(text[found.start() : found.end() + 12])
        )
    )
    return bool(rate or _PAST.search(before))


def _end(words: str, start: int) -> int:
    return start + len(
        re.sub(
            r"(?:[ ,]| và| dành| tổ chức| liên quan| của| về| các| được| ở| trên| có)+$", "", words
        )
    )
