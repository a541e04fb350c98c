"""WORDS AROUND A CITATION -> RELATION: why one document names another (quan hệ viện dẫn).

The nearest word that governs a citation decides; a citation within another's title is that other
document's relation ("Nghị quyết … ban hành Kế hoạch thực hiện Kết luận …").
"""

from __future__ import annotations

import re

from ingest.model import Relation

# Words that only carry a relation over to the document: "một số điều của", "khoản 2 Điều 5".
_CARRIES = (
    r"(?:[\s,;]|\b(?:một số|các|những|toàn bộ|một phần|điều|khoản|điểm|mục|chương|tiết|phụ lục"
    r"|nội dung|quy định|số|và|của|tại|cho|đối với|thi hành|thực hiện|biện pháp|bổ sung|trong|tên"
    r"|chi tiết|việc|áp dụng|cụm từ|hiệu lực|kế hoạch|văn bản|[IVX]+|\d+[a-zđ]?|[a-zđ])\b)*$"
)
# What one document does to another stands right before it.
_ACT_WORDS: tuple[tuple[Relation, str], ...] = (
    ("mentions", r"văn bản (?:hướng dẫn|quy định chi tiết)"),
    ("details", r"quy định chi tiết|chi tiết (?:thi hành|hướng dẫn)"),
    ("guides", r"(?<!theo )(?<!theo các )hướng dẫn"),
    ("consolidates", r"hợp nhất"),
    ("amends", r"sửa đổi|bổ sung|đính chính|điều chỉnh"),
    ("replaces", r"thay thế"),
    ("repeals", r"bãi bỏ|đình chỉ|h[ủu][ỷy]? ?bỏ|ngưng hiệu lực"),
)
_ACTS = tuple(
    (relation, re.compile(rf"(?<!\w)(?:{words})\b{_CARRIES}", re.IGNORECASE))
    for relation, words in _ACT_WORDS
)
_CUES = re.compile(
    r"(?<!\w)(?:"
    r"(?P<attachment>kèm theo|đính kèm)"
    r"|(?P<basis>căn cứ|theo(?! dõi)(?: (?:đúng|các|quy định|nội dung|tinh thần|hướng dẫn|yêu cầu"
    r"|chỉ đạo|thẩm quyền))*|quy định tại|xét|cơ sở pháp lý)"
    r"|(?P<continues>tiếp tục (?:thực hiện|triển khai|quán triệt|đẩy mạnh|tổ chức)"
    r"(?:[ ,]+(?:thực hiện|triển khai|có|hiệu quả|nghiêm|tốt))*)"
    r"|(?P<implements>thực hiện|tri[êể]n khai|thi hành|quán triệt|chấp hành|cụ thể hóa)"
    r"|(?P<mentions>tuyên truyền|phổ biến|phù hợp với|tìm hiểu|giới thiệu|so với|văn bản hướng dẫn)"
    r")(?!\w)",
    re.IGNORECASE,
)
# "đã tích cực triển khai Kế hoạch số 23/KH-UBND": a report, no order.
_DONE = re.compile(r"(?<!\w)đã (?:\w+ ){0,5}$")
_BREAK = re.compile(r";|[.](?=\s)")
_PROMULGATES = re.compile(r"ban hành|phê duyệt|thông qua", re.IGNORECASE)
_SIBLING = re.compile(r"(?:,|;|\bvà|\bhoặc|\bcùng)\s*(?:các\s*)?$")
_PASSIVE = re.compile(
    r"(?:được|đã) (?:được )?(?:sửa đổi|thay thế|bổ sung|hợp nhất)[^;]*(?:bởi|theo|tại)\s*"
)
_EXPIRES = re.compile(r"[^;.\n]{0,400}?hết hiệu lực[^;\n]{0,60}? này\b")
_MAKES_PLAN = re.compile(
    r"(?:xây dựng|ban hành) (?:[Kk]ế hoạch|[Cc]hương trình|[Pp]hương án)[^;]*"
    r"(?:như sau|nội dung sau|cụ thể)"
)
_REACH = 260  # characters that a governing word looks forward

_FOLLOWED_UP = frozenset(
    {"Kế hoạch", "Chương trình", "Chỉ thị", "Đề án", "Công văn", "Văn bản", "Công điện", "Kết luận"}
)


def relation_of(before: str) -> Relation | None:
    """Return the relation that the words right before a citation state, or None.

    Args:
        before: The text of its paragraph up to it, from the citation before it on.
    """
    segment = before[-_REACH:]
    if breaks := list(_BREAK.finditer(segment)):
        segment = segment[breaks[-1].end() :]
    for relation, act in _ACTS:
        if act.search(segment):
            return relation
    cues = list(_CUES.finditer(segment))
    governing = [cue for cue in cues if not cue["attachment"]] or cues
    if not governing:
        return None
    done = _DONE.search(segment[: governing[-1].start()])
    return "mentions" if done else _named(governing[-1])


def relation_within_title(between: str) -> Relation:
    """Return what the outer document does to one that its title names.

    Args:
        between: The text from the outer citation to the inner one.
    """
    relation = relation_of(between) or "mentions"
    if relation in {"implements", "continues"} and _PROMULGATES.search(between):
        return "promulgates"
    return relation


def is_sibling(between: str) -> bool:
    """Tell whether a citation continues a list, sharing the relation of the one before it."""
    return bool(_SIBLING.search(between.rstrip()) or _PASSIVE.search(between))


def begins_anew(between: str) -> bool:
    """Tell whether a sentence or an item of a list ends in *between*."""
    return bool(_BREAK.search(between))


def ends_sentence(between: str) -> bool:
    """Tell whether a sentence ends in *between*, so that its governing word governs no more."""
    return bool(re.search(r"[.](?=\s)", between))


def relation_after(after: str, doc_type: str | None, relation: Relation) -> Relation:
    """Return *relation* as the words after a citation change it.

    "Luật … hết hiệu lực kể từ ngày Luật này có hiệu lực" replaces; "Căn cứ Kế hoạch …, Sở xây dựng
    Kế hoạch" implements.
    """
    if _EXPIRES.match(after):
        return "replaces"
    if relation == "basis" and doc_type in _FOLLOWED_UP and _MAKES_PLAN.search(after):
        return "implements"
    return relation


def _named(cue: re.Match[str]) -> Relation:
    names: tuple[Relation, ...] = ("attachment", "basis", "continues", "implements", "mentions")
    return next(name for name in names if cue[name])
