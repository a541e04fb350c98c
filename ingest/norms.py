"""SENTENCE OF A LAW -> DUTY OR NORM: whether it charges a body with something to be done.

Most of a law defines, permits and forbids. A sentence charges its subject when it says so ("có
trách nhiệm", "phải"), when it gives it a term ("trong thời hạn 05 ngày, Cục X trình …"), or when an
authority takes a step of a procedure ("Sở X tổ chức thẩm định"). What somebody may do, or is to be
granted, charges nobody.

Source: Law 64/2025/QH15 and Decree 78/2025/NĐ-CP on how duties are written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.actors import Part
from ingest.model import Span
from ingest.sections import heading_kind
from ingest.tones import fold_tones

_CHARGE = r"(?:có|chịu) trách nhiệm|có(?: chức năng,)? nhiệm vụ|có nghĩa vụ"
_CHARGES = re.compile(rf"{_CHARGE}|chủ trì|(?<!không )phải(?!\w| là)")
_MUST = re.compile(
    rf"{_CHARGE}|chủ trì|được giao(?! đất| rừng)|(?<!không )phải(?!\w| là)"
    r"|(?:khó khăn|vướng mắc|phát sinh)[^.;]{0,80}(?:đề nghị|phản ánh|báo cáo|kiến nghị|gửi)"
)
_HAS_A_TERM = re.compile(
    r"(?:giao|đề nghị|yêu cầu|phân công)\s"
    r"|trong (?:thời hạn|vòng)|định kỳ|hằng năm|hàng năm|chậm nhất|trước ngày"
    r"|căn cứ|trên cơ sở|sau khi|ngay (?:sau )?khi"
)
# What an authority does in the steps of a procedure; that it "quy định", "quyết định" only rules.
_STEP = re.compile(
    r",?\s*(?:có văn bản|tiến hành|xem xét|thẩm định|tổ chức|hướng dẫn|kiểm tra|thông báo|gửi|trình"
    r"|báo cáo|công bố|công khai|bố trí|phối hợp|rà soát|lập|tổng hợp|chỉ đạo|triển khai|đôn đốc"
    r"|cập nhật|theo dõi|tiếp nhận|xây dựng|giúp|tham mưu|chuyển|đăng tải|cung cấp|phân bổ"
    r"|giao|thành lập|thực hiện|bảo đảm|đảm bảo|giải quyết|trả kết quả|đánh giá|ban hành kế hoạch"
    r"|tập trung|đề xuất|củng cố|duyệt cấp)(?!\w)"
)
# An authority named by what it does sends on what it has made: "cơ quan lập dự án gửi hồ sơ".
_SENDS = re.compile(r"(?: [^\W\d]\w*){0,3} (?:gửi|trình) (?:văn bản|hồ sơ|báo cáo|tờ trình)(?!\w)")
# A body that no list has, told by its first word: it has the duty all the same.
_SOME_BODY_MUST = re.compile(
    r"(?<!\w)(?:cơ quan|ủy ban|ubnd|bộ|sở|đơn vị|cấp|đội)(?!\w)[^,;.]{0,80} có trách nhiệm(?!\w)"
)
_REWARDED = re.compile(
    r"(?:các |những )?(?:tổ chức|cá nhân|tập thể|đơn vị|cơ quan)[^.;]{0,120}"
    r"(?:được|bị) (?:[^\W\d]\w*,? ){0,3}?(?:khen thưởng|biểu dương|xử lý|kỷ luật)"
)
_OPENS_DUTIES = re.compile(
    r"có (?:các )?(?:chức năng|nhiệm vụ|trách nhiệm)[^.;:]{0,40} sau(?: đây)?\s*[.:]$"
)
# Whom a law lets act in his own affairs; his steps are the way to a right.
_SUBJECTS_OF_LAW = re.compile(
    r"(?:các )?(?:tổ chức|cá nhân|doanh nghiệp|hộ|công ty|người|chủ|nhà (?:đầu tư|thầu)|hợp tác xã"
    r"|cơ quan, tổ chức, cá nhân|công dân|học sinh|sinh viên|viên chức|công chức)(?!\w)"
)
_POWERS = re.compile(r"có (?:các )?(?:thẩm )?quyền(?: hạn)?(?: sau(?: đây)?)?\s*:?$")
_POWERS_TITLE = re.compile(
    r"\W*(?:điều \d+\w*\W+)?(?:thẩm quyền|quyền(?! hạn và)(?! và nghĩa vụ))(?!\w)"
)
_MAY = re.compile(
    r",?\s*(?:có quyền|có thể|được|không được|không phải|bị|là|gồm|bao gồm)(?!\w)(?! giao)"
)
_DEFINES = re.compile(r"\slà (?:tổ chức|cơ quan|người|cá nhân|đơn vị)\s")
_BESIDE = 12  # characters between two bodies of one list
# What stands below tells cases, parts or conditions; or it is a blank report, to be filled in.
_LISTS = re.compile(
    r"(?:trường hợp|điều kiện|tiêu chí|tiêu chuẩn|nguyên tắc|hồ sơ|gồm|bao gồm|hình thức|thông tin"
    r"|tài liệu|đối tượng|thành phần)[^:.;]{0,30}:$|báo cáo[^:]{0,60} như sau\s*:$|…{2,}|\.{4,}"
)


def lists_cases(text: str) -> bool:
    """Tell a lead-in over cases, conditions or parts: "… trong các trường hợp sau:"."""
    return _LISTS.search(fold_tones(text.lower())) is not None


def opens_duties(text: str) -> bool:
    """Tell a lead-in over a team's duties, though a full stop ends it: "Đội có nhiệm vụ sau."."""
    return _OPENS_DUTIES.search(fold_tones(text.lower())) is not None


def gives_duties(title: str) -> bool:
    """Tell a title or lead-in over duties: "Trách nhiệm của …", "… có trách nhiệm:"."""
    return heading_kind(title) == "task" or bool(_CHARGES.search(fold_tones(title.lower())))


def gives_powers(text: str) -> bool:
    """Tell a title or lead-in over powers, no duties: "Thẩm quyền của …", "… có quyền:"."""
    folded = fold_tones(text.lower())
    return bool(_POWERS.search(folded) or _POWERS_TITLE.match(folded))


def is_duty(text: str, sentence: Span, parts: Sequence[Part], *, due: bool) -> bool:
    """Tell whether a sentence of a law charges its subject.

    Args:
        text: The document's text.
        sentence: One sentence of it.
        parts: The bodies that act in it.
        due: Whether it holds a deadline.
    """
    folded = fold_tones(sentence.of(text).lower())
    own = [part for part in parts if part.own]
    if not own or _REWARDED.match(folded):
        return not own and _SOME_BODY_MUST.search(folded) is not None
    last = own[0]
    for part in own[1:]:
        if part.mention.span.start - last.mention.span.end > _BESIDE:
            break
        last = part
    after = folded[last.mention.span.end - sentence.start :].lstrip(":")
    must = _MUST.search(folded)
    if _MAY.match(after) and not (must and _CHARGES.search(after[:80])):
        return False
    if must or due or _HAS_A_TERM.match(folded):
        return True
    name = fold_tones(own[0].mention.span.of(text).lower())
    if name.startswith("cơ quan") and _SENDS.match(after):
        return True
    return (
        bool(_STEP.match(after)) and not _DEFINES.search(after) and not _SUBJECTS_OF_LAW.match(name)
    )
