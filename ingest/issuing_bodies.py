"""LINE -> BODY: where the body ends that a citation names ("… của Bộ trưởng Bộ Y tế")."""

from __future__ import annotations

import re

from ingest.agencies import find_agencies
from ingest.agency_names import field_pattern
from ingest.places import UPPER
from ingest.tones import fold_tones

# Offices that stand before a body; the body counts as the issuer.
OFFICE = re.compile(
    r"(?:Thống đốc|Tổng(?= Thanh tra)|(?:Bộ trưởng, )?Chủ nhiệm|Tổng cục trưởng|Trưởng(?= Ban)"
    r"|Chánh án|Viện trưởng(?= Viện [Kk]iểm)|Giám đốc(?= Ban)|Chủ tịch(?= Hội)|Vụ trưởng"
    r"|[Ll]iên [Bb]ộ(?:(?=:? Bộ)|:):?|[Ll]iên(?= Bộ )|[Ll]iên ngành:?"
    rf"|Bộ trưởng(?= (?!Bộ)[{UPPER}])) "
)
_UNIT = (
    r"(?:tỉnh|[Tt]hành phố|TP\.?|huyện|quận|thị xã|xã(?! hội)|phường|thị trấn|đặc khu)(?!\w)"
    rf"(?: [{UPPER}]\w*){{0,4}}"
)
_PURPOSE = (
    r"(?:Ban [Cc]hỉ đạo|Ban Quản lý|Hội đồng(?! nhân dân)|[UỦ][ỷy] ban [Qq]uốc gia|Tổ công tác)"
)
_TITLE = r"(?:về|ban hành|ngày|quy định|phê duyệt|triển khai|hướng dẫn)\b"
# A trích yếu that begins with a capital: "của UBND tỉnh Phê duyệt Đề án …".
_TITLE_IN_CAPITALS = re.compile(
    r" (?=(?:Phê duyệt|Ban hành|Quy định|Về|V/v|Triển khai|Thực hiện|Hướng dẫn|Sửa đổi|Bổ sung"
    r"|Công bố|Thành lập|Kiện toàn|Thông qua|Bãi bỏ)(?!\w))"
)
# Bodies that no form knows: a committee of the National Assembly, a standing committee.
_COMMITTEE = re.compile(
    rf"(?:Thường trực |Ban Thường vụ |Thường vụ |Đoàn Chủ tịch )?(?:[UỦ][ỷy] ban|Hội đồng|Đảng ủy)"
    rf" (?!nhân dân)[{UPPER}]\w*(?:(?:,| và| -)? [{UPPER}a-zà-ỹđ]\w*){{0,7}}?"
    rf"(?= ngày|[,;.)]|$| {_TITLE})"
)
_STANDING = re.compile(r"(?:Thường trực|Ban Thường vụ|Thường vụ) (?=[A-ZĐỦU])")
# A body made for a purpose has a long name in small letters, often ended by its area.
_PURPOSE_WITH_AREA = re.compile(
    rf"{_PURPOSE}(?:(?! {_TITLE})[^;.:()“”\"\n]){{0,170}}? (?:{_UNIT}|Trung ương|Chính phủ)"
)
_PURPOSE_BEFORE_TITLE = re.compile(rf"{_PURPOSE}[^,;.:()“”\"\n]{{2,90}}?(?= {_TITLE}|[,;.)]|$)")
_PARTY_COMMITTEE = re.compile(
    r"Ban [Cc]hấp hành (?:Trung ương(?: Đảng)?"
    r"|Đảng bộ (?:tỉnh|thành phố|huyện|xã|phường)"
    rf"(?: [{UPPER}]\w*){{0,4}})"
)
_PARTY_TAIL = re.compile(r"(?: Trung ương)?(?: Đảng)?(?:,? \(?[Kk]h[oó][aá] [XVI]+\)?)?")
_PROPER_NAME = re.compile(rf"[{UPPER}]\w*(?:(?: | - | và )(?:[{UPPER}]\w*|\d+))+")
_JOINT_GAP = re.compile(r"(?:, | và | [-–] )")
_LOOSE_END = re.compile(r"(?:,| và)$")
_GLUED_COMMITTEE = re.compile(r"^(Chủ tịch [UỦ][ỷyủ]|[UỦ][ỷyủ])ban(?= (?:nhân|Nhân|Mặt))")
_HEAD_OF_STATE = "Chủ tịch nước"
_LONGEST = 200


def issuing_body_end(line: str, start: int, *, joint: bool = False) -> int | None:
    """Return the end of the body that is named at *start*, or None when none is.

    Args:
        line: One line of text.
        start: Where the body, or the office of its head, begins.
        joint: Whether several bodies may be named in a row, as in a joint circular.
    """
    if office := OFFICE.match(line, start):
        start = office.end()
    if (whole := parted(line[start:])) != line[start:]:
        end = _one_body_end(whole, 0)
        return start + end - 1 if end else None
    end = _one_body_end(line, start)
    while joint and end and (gap := _JOINT_GAP.match(line, end)):
        office = OFFICE.match(line, gap.end())
        further = _one_body_end(line, office.end() if office else gap.end())
        if further is None:
            break
        end = further
    return len(_LOOSE_END.sub("", line[:end])) if end else None


def parted(printed: str) -> str:
    """Return a committee's name with the blank that its first words lost ("Uỷban nhân dân")."""
    return _GLUED_COMMITTEE.sub(r"\1 ban", printed)


def _one_body_end(line: str, start: int) -> int | None:
    window = line[start : start + _LONGEST]
    if capitals := _TITLE_IN_CAPITALS.search(window):
        window = window[: capitals.start()]
    if window.startswith(_HEAD_OF_STATE):
        return start + len(_HEAD_OF_STATE)
    if party := _PARTY_COMMITTEE.match(window):
        return start + party.end()
    purpose = _PURPOSE_WITH_AREA.match(window) or _PURPOSE_BEFORE_TITLE.match(window)
    if purpose:
        return start + purpose.end()
    first = next(find_agencies(window), None)
    standing = _STANDING.match(window)
    if first and first[0] == (standing.end() if standing and first[0] else 0):
        tail = _PARTY_TAIL.match(window, first[1])
        return start + (tail.end() if tail else first[1])
    if field := field_pattern().match(fold_tones(window.lower())):
        return start + field.end()
    proper = _COMMITTEE.match(window) or _PROPER_NAME.match(window)
    return start + proper.end() if proper else None
