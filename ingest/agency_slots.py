"""WORDS AFTER A HEAD -> WHERE THE NAME ENDS: a field, a proper name, a topic or a place.

What a head asks for is its slot, in `knowledge/agencies.csv`: "Sở {field}", "Trường {name}".
"""

from __future__ import annotations

import re

from ingest.agency_names import Form, field_pattern, head_pattern, name_goes_on
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
_NAME = re.compile(rf" +{_NAME_WORD}(?:(?: và | ?[-–] ?| & ){_NAME_WORD}| [{UPPER}]\w*)*")
_NUMBER = re.compile(r" \d{1,2}(?![\w/%]|[.,]\d)")  # "Trường THPT Cao Lãnh 2"
_OUTER_PLACE = re.compile(rf",? +(?:tỉnh|thành phố|TP\.?) +(?=[{UPPER}])")
_COLON = re.compile(r" *:? +")
_SIGN = re.compile(r" *(?:[,;:.()\n]|$)| và ")
_ITEM_END = re.compile(r" *(?:[;)\n]|$)")
_AND_AHEAD = re.compile(r"(?: [^\W\d_]+){0,3} và (?=\w)")
_UNITS = ("Vụ", "Cục", "Tổng cục", "Trung tâm", "Viện", "Phòng")
_OWNER = re.compile(
    r"(?:(?P<comma>,)|(?P<bracket> \()|,? (?:trực )?thuộc)? ?(?<=[ (])(?:Bộ|Sở) (?=[A-ZĐ])"
)
_OWNER_LIST = re.compile(r"(?:,| và|;) (?:Bộ|Sở)(?!\w)")
_OF_OFFICE = 40  # characters
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


def owner_end(form: Form, text: str, folded: str, end: int) -> int:
    """Return the end of the ministry that a unit is said to be of: "Cục Dân số, Bộ Y tế".

    A second ministry after it makes them a list.
    """
    owner = _OWNER.match(text, end) if form.name.startswith(_UNITS) else None
    field = field_pattern().match(folded, owner.end()) if owner else None
    if owner is None or field is None or (owner["comma"] and _OWNER_LIST.match(text, field.end())):
        return end
    return field.end() + bool(owner["bracket"]) * text.startswith(")", field.end())


def _field_end(text: str, folded: str, end: int) -> int | None:
    gap = _COLON.match(folded, end)
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
    # "Vụ Pháp chế và | Thủ trưởng các đơn vị": what an office is of may stand after the name.
    head = head_pattern().search(folded, found.start() + 2, found.end() + _OF_OFFICE)
    stop = min(head.start(), found.end()) if head else found.end()
    end = _grown(text, folded, end + len(text[end:stop].rstrip(" ,-").removesuffix(" và")))
    number = _NUMBER.match(text, end)
    return number.end() if number and _ends(folded, number.end()) else end


def _grown(text: str, folded: str, end: int) -> int:
    """Return the end of a name that goes on in small letters or with a further word.

    "Giáo dục | Phổ thông", "Bảo tồn | thiên nhiên và Đa dạng sinh học"; a place ("Hà Nội") and what
    the body does are no part of it.
    """
    while (found := name_goes_on().match(folded, end)) and text.startswith(" ", end):
        further = text[end + 1 : found.end()].removeprefix("và ").removeprefix("- ")
        second = further.partition(" ")[2][:1]
        begins = found.end() - len(further)
        if (
            head_pattern().match(folded, end + 1)
            or head_pattern().match(folded, begins)
            or (further[0].isupper() and not second.islower())
        ):
            break
        if further[0].islower() and not _may_end(text, folded, found.end()):
            break
        end = found.end()
    return end


def _ends(folded: str, end: int) -> bool:
    """Tell whether what follows *end* is no part of the name: a sign, or what the body does."""
    sign = _SIGN.match(folded, end)
    return sign is not None or begins_with_action(folded[end + 1 : end + 30])


def _may_end(text: str, folded: str, end: int) -> bool:
    """Tell whether a name in small letters may stop at *end*.

    A verb follows there ("sinh học | chủ trì"), its list item or cell ends, or a capital is ahead
    ("thiên nhiên | và Đa").
    """
    if begins_with_action(folded[end + 1 : end + 30]):
        return True
    if _ITEM_END.match(folded, end):
        return True  # "Hợp tác quốc tế;"
    ahead = _AND_AHEAD.match(folded, end)
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
