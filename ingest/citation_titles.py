"""CITATIONS -> TITLES: the trích yếu after a citation, and documents cited by title alone.

"Quyết định số 06/QĐ-TTg … phê duyệt Đề án phát triển … giai đoạn 2022 - 2025": what follows the
citation is its title, so the programme, the years and the period in it are nobody's task. A title
stands alone as a citation where the sentence makes use of the document ("theo", "thực hiện",
"trong") and the title ends in what identifies one: a year, a period, an area or an issuer.

Source: Decree 30/2020/NĐ-CP, Annex I, on citing by type, number, date, issuer and trích yếu.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.citations import Citation
from ingest.issuing_bodies import issuing_body_end
from ingest.places import UPPER

_BEGINS = re.compile(
    r"[ ,]*(?:\([^()\n]{1,60}\) *)?"
    r"(?=(?:[Vv]ề|[Vv]/[Vv]|[Bb]an hành|[Qq]uy định|[Pp]hê duyệt|[Hh]ướng dẫn|[Ss]ửa đổi|[Bb]ổ sung"
    r"|[Tt]hông qua|[Cc]ông bố|[Bb]ãi bỏ|[Đđ]iều chỉnh|triển khai|thực hiện|tổ chức|phát động"
    r"|thành lập|kiện toàn|tăng cường|thí điểm|“|\")[ ,“\"\w])"
)
_NEW_PART = (
    r"hoàn thành|báo cáo|gửi|chậm nhất|trước|đồng thời|trong đó|bảo đảm|đảm bảo|phấn đấu|chủ động"
    r"|cụ thể|nhằm|nhất là|yêu cầu|đề nghị|thời gian"
)
_BODY = r"UBND|[UỦ][ỷy] ban|Sở|Bộ|Ban|Công an|Chủ tịch|Thủ tướng|Phòng|Trường|các"
_ENDS = re.compile(
    rf"[;\n]|[.](?=\s|$|/)|(?<=”)| với chủ đề| \(từ ngày|, (?=(?:{_NEW_PART})\b)"
    r"| (?=(?:hết|chấm dứt) hiệu lực)"
    rf"|, (?=(?:{_BODY})\b[^;]{{0,120}}"
    r"(?:xây dựng|ban hành|yêu cầu|đề nghị|quyết định|thông báo|đã ký)\b)"
)
_LEADING = re.compile(r"(?:về việc|về|v/v|ban hành|[:,. ])+", re.IGNORECASE)
_LONGEST_TITLE = 700

_TYPES = (
    "Chương trình|Đề án|Chiến lược|Quy chế|Quy định|Quy hoạch|Kế hoạch|Chỉ thị|Nghị quyết|Kết luận"
    "|Công điện|Thông báo|Phương án|Điều lệ|Quyết định|Hướng dẫn"
)
_OUTLOOK = r"(?:, (?:tầm nhìn|định hướng) đến (?:năm )?\d{4})?"
_PHASE = rf"giai đoạn (?:từ )?(?:năm )?\d{{4}}(?: ?[-–] ?| đến )(?:năm )?\d{{4}}{_OUTLOOK}"
_AREA = r"(?:toàn )?(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường)"
_IDENTIFIES = (
    rf"(?:{_PHASE}|đến (?:hết )?năm \d{{4}}{_OUTLOOK}|năm (?:học )?\d{{4}}(?: ?[-–] ?\d{{4}})?"
    rf"|trên địa bàn {_AREA}(?: [{UPPER}]\w*)*|(?:khóa|lần thứ) [XVI]+\w*)"
)
_ALONE = re.compile(
    rf"(?<!\w)(?P<type>{_TYPES})"
    r"(?! (?:này|số|trên|trong|nêu|đã|được|và|của|từ|do|cụ thể|chi tiết|riêng))"
    r"(?P<words>(?: (?!(?:này|xong|để|nhằm|đã|được|và (?:các|tổ chức|phân công))\b)"
    r"[^\s;.:()“”\"]+,?){1,28}?)"
    rf" (?P<tail>{_IDENTIFIES})(?! ?[-–/] ?\d)"
)
_ISSUED = re.compile(
    rf"(?<!\w)(?P<type>{_TYPES})"
    r"(?P<words>(?: (?!(?:này|để|nhằm|đã|được|của|hoặc|ý|theo|lên|phân|đề nghị|trên cơ)\b)"
    r"[^\W\d][^\s;.:()“”\"]*){0,14}?)"
    rf" của (?:cơ quan )?(?=[{UPPER}])"
)
_NATIONAL = re.compile(
    r"(?<!\w)Chương trình mục tiêu [Qq]uốc gia(?: về)?"
    r"(?: (?!(?:và|để|trên|theo|được|đã|có|của|là|tại|với|đến|giai|năm)\b)"
    r"[^\W\d][\w/-]*,?){1,12}"
    r"(?: và [^\W\d]\w*(?: [^\W\d]\w*){1,8}(?= giai đoạn))?"
    rf"(?: {_PHASE}| đến năm \d{{4}}| năm \d{{4}})"  # without it the programmes of many phases
)
_MANY = re.compile(
    r"(?:cấp (?:xã|huyện|tỉnh)|các |có thẩm quyền|(?:[UỦ][ỷy] ban|Hội đồng) nhân dân(?: xã)?$)"
)
# These are known by number and date; what stands before their issuer is no name of one.
_NUMBERED_ACTS = frozenset({"Quyết định", "Thông báo", "Hướng dẫn", "Chỉ thị", "Công điện"})
_CONGRESS = re.compile(
    r"(?<!\w)Nghị quyết (?:Đại hội|Hội nghị|Trung ương)[^;.,()\n]{0,90}?"
    r"(?:lần thứ [XVI]+(?!\w)|kh[oó][aá] [XVI]+(?!\w)|(?<= )[XVI]+(?= của Đảng))(?: của Đảng)?"
)
_USED = re.compile(
    r"(?:thực hiện|triển khai|theo|căn cứ|trong|tại|của|với|quán triệt|kèm theo|nội dung"
    r"|thi hành|hiệu quả|gắn với|lồng ghép|trong khuôn khổ|tinh thần|bổ sung|sửa đổi|điều chỉnh"
    r"|thay thế|^\W*(?:thực hiện|căn cứ|triển khai)\b[^.;]*(?:,|;| và))"
    r"(?: (?:các|đúng|có hiệu quả|tốt|nội dung|nghiêm túc|nghiêm|đồng bộ|,|quyết liệt|vào))*$",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"(?:xây dựng|ban hành|lập|soạn thảo|trình|phê duyệt|hoàn thiện|đề xuất|thẩm định|dự thảo"
    r"|thông qua|nghiên cứu)(?: \w+){0,2}$",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:[Kk]inh phí|KINH PHÍ|[Nn]guồn|[Vv]ốn|[Nn]gân sách)[^.;]*$")
_PAID = re.compile(
    r"[Kk]inh phí[^.;]{0,30}(?:thực hiện|triển khai|bảo đảm|đảm bảo)(?: các)?$", re.IGNORECASE
)
_REACH_OF_MONEY = 160
# "Quy chế phối hợp giữa A và B": known by who made it.
_BETWEEN = re.compile(
    r"(?<!\w)(?P<type>Quy chế|Chương trình|Kế hoạch|Nghị quyết liên tịch|Thỏa thuận)"
    r"(?: liên tịch)? phối hợp(?: (?!giữa)[^\W\d]\w*,?){0,16} giữa (?=\S)"
)
_AND = re.compile(r" (?:và|với) ")
# "Quy chuẩn kỹ thuật quốc gia về … do Bộ … ban hành"; a standard as such is subject matter.
_STANDARD = re.compile(
    r"(?<!\w)(?:Quy chuẩn kỹ thuật (?:quốc gia|địa phương)|Tiêu chuẩn quốc gia) về"
    r" [^.;:()“”\n]{5,140}?(?= do (?P<issuer>[^.;,()\n]{3,80}?) ban hành)"
)
_CHARTER = re.compile(
    r"(?<!\w)Điều lệ (?:Đảng(?: Cộng sản Việt Nam)?|Công đoàn Việt Nam"
    r"|(?:Đoàn|Hội|Mặt trận|Liên đoàn|Liên hiệp) [^\n;.,()]{2,60}? Việt Nam)(?!\w)"
)
_ATTACHED = re.compile(
    r",? (?:được )?(?:ban hành )?kèm theo (?:[^\W\d]\w* ){1,4}số "
)  # it says which
_MADE_ON = re.compile(r",? (?:họp )?ngày \d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d")
_OPEN_END = re.compile(r"(?:,| và| của| về| trong| với)+$")


def find_titles(text: str, citations: Sequence[Citation]) -> Iterator[tuple[int, int]]:
    """Yield where the title after each citation stands: the whole of it, inner citations too."""
    for cited in citations:
        begins = _BEGINS.match(text, cited.end)
        if begins is None or cited.label == "law-name":
            continue
        line_end = text.find("\n", cited.end)
        line_end = len(text) if line_end < 0 else line_end
        limit = min(line_end, begins.end() + _LONGEST_TITLE)
        yield begins.end(), _title_end(text, begins.end(), limit)


def _title_end(text: str, start: int, limit: int) -> int:
    ends = _ENDS.search(text, start + 1, limit)
    end = ends.start() if ends else limit
    depth = 0
    for place in range(start, end):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth < 0:
            return place
    return end


def read_title(printed: str) -> str | None:
    """Return a title without the words that only lead to it ("về việc", "ban hành"), or None."""
    lead = _LEADING.match(printed)
    title = printed[lead.end() if lead else 0 :].strip(" ,")
    return title.strip('“”" ') or None


def find_title_citations(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Citation]:
    """Yield the documents that *text* cites by title alone, in order.

    Args:
        text: NFC, paragraphs ended by newlines.
        taken: The stretches of the other citations and of their titles, which hold none of these.
    """
    start = 0
    for line in text.split("\n"):
        end_of_last = 0
        for first, last in _candidates(line):
            free = all(start + last <= begin or end <= start + first for begin, end in taken)
            if free and first >= end_of_last:
                end_of_last = last
                yield Citation(start=start + first, end=start + last, label="title-only")
        start += len(line) + 1


def _candidates(line: str) -> list[tuple[int, int]]:
    found = [
        (national.start(), national.start() + _trimmed(national[0]))
        for national in _NATIONAL.finditer(line)
        if not _MADE.search(line, 0, national.start()) and not _pays(line, national.start())
    ]
    found += [
        (title.start(), _issuer_end(line, title.end()))
        for title in _ALONE.finditer(line)
        if _is_used(line, title) and not _ATTACHED.match(line, title.end())
    ]
    found += [congress.span() for congress in _CONGRESS.finditer(line)]
    found += list(_between_bodies(line))
    found += [
        s.span() for s in _STANDARD.finditer(line) if issuing_body_end(line, s.start("issuer"))
    ]
    found += [c.span() for c in _CHARTER.finditer(line) if _is_used(line, c)]
    found += list(_issued(line))
    return sorted(found)


def _issued(line: str) -> Iterator[tuple[int, int]]:
    """Yield the documents known by type and issuer: "Quy chế chi tiêu nội bộ của Sở Y tế"."""
    for issued in _ISSUED.finditer(line):
        end = issuing_body_end(line, issued.end())
        if end is None or _MANY.search(line, issued.end(), end) or not _is_used(line, issued):
            continue
        made = _MADE_ON.match(line, end)
        # Of an act that has a number the words are its kind: "Quyết định cho vay của …".
        named = issued["words"] and issued["type"] not in _NUMBERED_ACTS
        if named or made or _BEGINS.match(line, end):
            yield issued.start(), made.end() if made else end


def _between_bodies(line: str) -> Iterator[tuple[int, int]]:
    for found in _BETWEEN.finditer(line):
        first = issuing_body_end(line, found.end())
        joint = _AND.match(line, first) if first else None
        second = issuing_body_end(line, joint.end()) if joint else None
        if second and _is_used(line, found):
            yield found.start(), second


def _pays(line: str, start: int) -> bool:
    """Tell whether the programme at *start* is named for its money alone."""
    return bool(_MONEY.search(line, max(0, start - _REACH_OF_MONEY), start))


def _is_used(line: str, found: re.Match[str]) -> bool:
    before = line[: found.start()].rstrip()
    if _PAID.search(before):  # "Kinh phí thực hiện Kế hoạch …"
        return False
    return bool(_USED.search(before)) and not _MADE.search(before)


def _issuer_end(line: str, end: int) -> int:
    """Return where the issuer and the date end that follow at *end*."""
    if line.startswith(" của ", end):
        end = issuing_body_end(line, end + len(" của ")) or end
    made = _MADE_ON.match(line, end)
    return made.end() if made else end


def _trimmed(words: str) -> int:
    return len(_OPEN_END.sub("", words))
