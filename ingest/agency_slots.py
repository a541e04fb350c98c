"""WORDS AFTER A HEAD -> WHERE THE NAME ENDS: a field, a proper name, a topic or a place.

What a head asks for is its slot, in `knowledge/agencies.csv`: "Sở {field}", "Trường {name}".
"""

from __future__ import annotations

import re

from ingest.agency_names import field_pattern, head_pattern, name_goes_on
from ingest.places import UPPER
from ingest.role_words import begins_with_action

_LEVELS = (
    "tỉnh", "thành phố", "tp.", "tp", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường",
    "đặc khu", "thôn", "bản", "tổ dân phố", "khu phố", "khu vực",
)  # fmt: skip
LEVEL = rf"(?:{'|'.join(map(re.escape, _LEVELS))})(?! (?:ủy|đoàn)(?!\w))"  # "Tỉnh đoàn" is a body
# "Bình Lục", "Hà Nam Ninh", "TP. Hồ Chí Minh": every syllable has its capital.
_NUMBERED = "|".join(f"(?<={unit})" for unit in ("khu", "vực", "vùng", "quận", "phường", "Khu"))
_PLACE = re.compile(
    rf" +(?:[{UPPER}]\w*(?: +| *[-–] *)){{0,3}}[{UPPER}]\w*|(?:{_NUMBERED}) +\d{{1,2}}(?![\w/.,])"
)
# "Trẻ em", "Hữu nghị Việt Nam", "THPT Nguyễn Huệ": a word's first syllable has the capital.
_NAME_WORD = rf"(?:[{UPPER}][{UPPER}\d]+|[{UPPER}]\w* [a-zà-ỹđ]\w*|[{UPPER}]\w*)"
_NAME = re.compile(rf" +{_NAME_WORD}(?:(?: và | ?- ?| & ){_NAME_WORD}| [{UPPER}]\w*)*")
_OUTER_PLACE = re.compile(rf",? +(?:tỉnh|thành phố|TP\.?) +(?=[{UPPER}])")
_TOPIC_ENDS = (
    "chủ trì|tổ chức|chủ động|có|thực hiện|chỉ đạo|xem xét|theo dõi|báo cáo|để|nhằm|của|do|theo"
    "|trên|trong|được|phải|tại|đã|sẽ|tham mưu|phối hợp|đánh giá|ban hành"
)
_NUMBER_TOPIC = re.compile(r" +\d{2,3}(?:/\w+)?(?!\w)")  # "Ban Chỉ đạo 138"
_WORDS_TOPIC = re.compile(
    r" +(?:quốc gia +)?(?:về +)?(?:phòng|pcmt|pctp|cải cách|chuyển đổi|xây dựng|thực hiện"
    r"|chương trình|an toàn|quốc gia|công tác|phát triển|đề án|pccc|tổng điều tra|giảm nghèo|cchc"
    r"|vệ sinh)[^.;:()\n]{0,140}?"
    rf"(?= +(?:cấp|các cấp|{LEVEL})(?!\w)| *[.;:()\n]| +(?:{_TOPIC_ENDS})(?!\w)|$)"
)


def place_end(text: str, folded: str, end: int) -> int:
    """Return the end of a proper place name right after *end*; *end* when there is none."""
    place = _PLACE.match(text, end)
    if place is None or head_pattern().match(folded, end + 1):
        return end
    outer = _OUTER_PLACE.match(text, place.end())
    return place_end(text, folded, outer.end() - 1) if outer else place.end()


def _field_end(text: str, folded: str, end: int) -> int | None:
    gap = re.compile(r" *:? +").match(folded, end)
    if gap is None:
        return None
    field = field_pattern().match(folded, gap.end())
    if field:
        return (
            _grown(text, folded, field.end()) if text[gap.end() : gap.end() + 1].isupper() else None
        )
    return _name_end(text, folded, end) if text[gap.end() : gap.end() + 1].isupper() else None


def _name_end(text: str, folded: str, end: int) -> int | None:
    """Return the end of a proper name: a known field, or words that begin with a capital."""
    if not text[end + 1 : end + 2].isupper():
        return None
    if field := field_pattern().match(folded, end + 1):
        return _grown(text, folded, field.end())
    if text[end + 1 : end + 3].isupper():
        return None  # in a line of capitals no name can be told from its neighbours
    found = _NAME.match(text, end)
    if found is None:
        return None
    head = head_pattern().search(folded, found.start() + 2, found.end())
    stop = head.start() if head else found.end()
    return _grown(text, folded, end + len(text[end:stop].rstrip(" ,-").removesuffix(" và")))


def _grown(text: str, folded: str, end: int) -> int:
    """Return the end of a name that goes on in small letters or with a further word.

    "Giáo dục | Phổ thông", "Bảo tồn | thiên nhiên và Đa dạng sinh học"; a place ("Hà Nội") and what
    the body does are no part of it.
    """
    while (found := name_goes_on().match(folded, end)) and text[end:].startswith(" "):
        further = text[end + 1 : found.end()].removeprefix("và ").removeprefix("- ")
        second = further.partition(" ")[2][:1]
        if head_pattern().match(folded, end + 1) or (further[0].isupper() and not second.islower()):
            break
        if further[0].islower() and not _may_end(text, folded, found.end()):
            break
        end = found.end()
    return end


def _may_end(text: str, folded: str, end: int) -> bool:
    """Tell whether a name in small letters may stop at *end*.

    A verb follows there ("sinh học | chủ trì"), or a capital is ahead ("thiên nhiên | và Đa").
    """
    if begins_with_action(folded[end + 1 : end + 30]):
        return True
    ahead = re.compile(r"(?: [^\W\d_]+){0,3} và (?=\w)").match(folded, end)
    return ahead is not None and text[ahead.end()].isupper()


def _topic_end(text: str, folded: str, end: int) -> int | None:  # noqa: ARG001 - as the others
    """Return the end of a committee's topic: a number, or words up to its area."""
    found = _NUMBER_TOPIC.match(folded, end) or _WORDS_TOPIC.match(folded, end)
    return found.end() if found else None


def _required_place(text: str, folded: str, end: int) -> int | None:
    if text[end - 2 : end].isupper():
        return None  # "BÁO CÁO"
    stop = place_end(text, folded, end)
    return stop if stop > end else None


SLOTS = {
    "field": _field_end,
    "name": _name_end,
    "topic": _topic_end,
    "place": _required_place,
}
