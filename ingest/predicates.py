"""TEXT -> ITS FIRST VERB: where the names of a clause end and what they do begins.

Source: the verbs of plans and directives in `knowledge/action_words.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.body_nouns import actions, asks_for_a_name
from ingest.model import Span
from ingest.tones import fold_tones

_STOPS = (
    r"theo (?:chức năng|nhiệm vụ|quy định)|trong (?:phạm vi|việc)|trên cơ sở|được giao|phụ trách"
    r"|là (?:cơ quan|đơn vị|đầu mối|thường trực)|để|nhằm|khi|về việc"
    r"|kịp thời|nghiêm túc|chủ động|tiếp tục"
    r"|không(?! (?:gian|khí|quân|vận))"
)
# No part of a name, even after a noun that asks for one: "cán bộ | vi phạm".
_NEVER_NAMED = re.compile(r"(?:vi phạm|có hành vi|khẩn trương|chịu sự)(?!\w)")
# Too often part of a name: "cấp xã", "thi đua".
_NO_VERBS = {"cấp", "nhân", "in", "thi", "hướng", "hạ", "cùng", "phát", "thi đua", "khen thưởng"}

# A name's last word that is a verb too, before the verb: "Phòng Giám định | xây dựng | kiểm tra".
_FIELD = re.compile(
    r"(?:xây dựng|quản lý|thông tin|đầu tư|phát triển|đào tạo|bảo vệ|truyền thông) "
)
_ORGANISATIONS = re.compile(r"tổ chức(?:,? (?:và )?cá nhân| (?:có )?liên quan| khác)(?!\w)")
_WITHIN_A_WORD = re.compile(r"(?<!\w)(?:ngoại|công|độc|công nghệ) $")
# "Cơ quan | giải quyết thủ tục hành chính | có trách nhiệm": what it does says which one it is.
_MANY = re.compile(
    r"(?:các )?(?:cơ quan|người|đơn vị|tổ chức|cá nhân|bộ phận|công chức|viên chức|doanh nghiệp)\s"
)
_MUST = re.compile(
    r"[^;:.]{0,120}?(?<!\w)(?:(?:có|chịu) trách nhiệm|phải|có nhiệm vụ|tiến hành|thông báo|xem xét)"
)
_ONE = re.compile(r"(?:cơ quan|người|đơn vị|tổ chức|bộ phận|công chức)\s")
_DOES = re.compile(
    r"(?:giải quyết|tiếp nhận|thẩm định|quản lý|đăng ký|chủ quản|thẩm tra|sử dụng|soạn thảo)"
    r"(?!\w)[^;:.,]{0,80}?(?<!\w)(?:có văn bản|gửi|trình|báo cáo|quyết định|tổ chức|lập|trả)(?!\w)"
)


def first_verb(text: str, start: int, end: int, names: Sequence[Span]) -> int | None:
    """Return where the first verb or colon after *start* stands outside *names*; None: nowhere.

    A verb right after a noun that asks for a name is part of that name: "Tổ | kiểm tra".
    """
    folded = fold_tones(text[start:end].lower())
    for word in re.finditer(r"[^\W\d_]+|:", text[start:end]):
        place = start + word.start()
        if any(name.start <= place < name.end for name in names):
            continue
        if word[0] == ":":
            return place
        if word[0][0].isupper() or place == start:
            continue
        after_name = any(name.end <= place <= name.end + 1 for name in names)
        if _NEVER_NAMED.match(folded, word.start()):
            return place
        if _is_of_the_name(folded, word.start(), word.end(), after_name=after_name):
            continue
        if _verbs().match(folded, word.start()) and (
            after_name or not asks_for_a_name(text[start:place])
        ):
            return place
    return None


def _is_of_the_name(folded: str, start: int, end: int, *, after_name: bool) -> bool:
    """Tell a verb that belongs to the name before it: "cơ quan | thẩm định | có văn bản"."""
    if _WITHIN_A_WORD.search(folded, 0, start) or _ORGANISATIONS.match(folded, start):
        return True
    if _MANY.fullmatch(folded, 0, start) and _MUST.match(folded, end):
        return True
    if _ONE.fullmatch(folded, 0, start) and _DOES.match(folded, start):
        return True
    field = None if after_name or folded[:start].endswith(", ") else _FIELD.match(folded, start)
    return bool(field and _verbs().match(folded, field.end()))


@cache
def _verbs() -> re.Pattern[str]:
    words = sorted(actions() - _NO_VERBS, key=len, reverse=True)
    listed = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?!trực thuộc)(?:{listed}|{_STOPS})(?!\w)")
