"""WORDS AROUND A CITATION -> RELATION: why one document names another (quan hệ viện dẫn).

The nearest word that governs a citation decides; a citation within another's title is that other
document's relation ("Nghị quyết … ban hành Kế hoạch thực hiện Kết luận …").
"""

from __future__ import annotations

import re

from ingest.model import Relation
from ingest.places import UPPER

# Words that only carry a relation over to the document: "một số điều của", "khoản 2 Điều 5".
_CARRIES = (
    r"(?:[\s,;:]|\b(?:một số|các|những|toàn bộ|một phần|điều|khoản|điểm|mục|chương|tiết|phụ lục"
    r"|nội dung|quy định|số|và|của|tại|cho|đối với|thi hành|thực hiện|biện pháp|bổ sung|trong|tên"
    r"|chi tiết|việc|áp dụng|để|tổ chức|vào|sau|trước|kỹ thuật|cụm từ|hiệu lực|kế hoạch"
    r"|văn bản|nghị định|thông tư|quyết định|luật|chỉ thị|nghị quyết|quy phạm pháp luật|liên tịch"
    r"|sau đây|dưới đây|mẫu|biểu|danh mục"
    r"|quy chế|quy trình|hướng dẫn|điều lệ|chương trình|đề án|một|phần|tiểu mục|gạch đầu dòng|thứ"
    r"|ban hành kèm theo|ban hành|kèm theo|(?:đã |được )*(?:sửa đổi|thay thế|bãi bỏ)"
    r"|[IVX]+|\d+[a-zđ]?|[a-zđ])\b)*$"
)
# Part of a text is replaced: the text as a whole is amended.
_IN_PART = re.compile(
    r"(?:thay thế|thay)(?: \w+){0,2} (?:cụm từ|từ|phụ lục|mẫu|biểu mẫu|điểm|khoản|điều)\b[^;]*$",
    re.IGNORECASE,
)
# What one document does to another stands right before it.
_ACT_WORDS: tuple[tuple[Relation, str], ...] = (
    ("mentions", r"văn bản (?:hướng dẫn|quy định chi tiết)"),
    ("details", r"quy định chi tiết|chi tiết (?:thi hành|hướng dẫn)"),
    ("guides", r"(?<!theo )(?<!theo các )(?<!theo đúng )hướng dẫn(?! tại| của)"),
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
    r"|(?P<mentions>tuyên truyền|phổ biến|phù hợp với|tìm hiểu|giới thiệu|so với|văn bản hướng dẫn"
    r"|tuân thủ|vi phạm|tập huấn|góp ý|dự thảo)"
    r")(?!\w)",
    re.IGNORECASE,
)
# "đã tích cực triển khai Kế hoạch số 23/KH-UBND": a report, no order.
_DONE = re.compile(r"(?<!\w)đã (?:\w+ ){0,5}$")
# "Sau 5 năm thực hiện Nghị quyết …", "tình hình thực hiện …": looks back on it.
_LOOKS_BACK = re.compile(
    r"(?:(?:sau|qua|hơn|trong|tổng kết|sơ kết|đánh giá)(?: \w+)? \d+ (?:năm|tháng)"
    r"|sơ kết|tổng kết|tình hình|kết quả)(?: (?:triển khai|tổ chức|việc))* $",
    re.IGNORECASE,
)
# "UBND tỉnh đã ban hành Kế hoạch số …", "nhiệm vụ đã giao tại Công văn số …".
_EXISTS = re.compile(
    r"(?<!\w)đã (?:được )?(?:ký )?(?:ban hành|có|giao|nêu|gửi|trình|nhận được)"
    r"(?: (?:các|tại|trong|nhiều|một số))* $",
    re.IGNORECASE,
)
# "Kế hoạch số 45 … để thực hiện Chỉ thị số 20": the plan carries the directive out.
_IN_ORDER_TO = re.compile(
    r"\W*(?:để|nhằm) (?:(?:triển khai|tổ chức|cụ thể) ?)*(?:thực hiện|hóa)\b", re.I
)
# "các nội dung Đoàn kiểm tra của Bộ yêu cầu tại Công văn": what a third party asks for there.
_ASKED = re.compile(rf"[{UPPER}]\w* (?:yêu cầu|đề nghị|hướng dẫn) (?:tại|trong) $")
_BREAK = re.compile(
    r";(?! (?:các )?(?:điểm|khoản|[Đđ]iều|[Mm]ục|[Pp]hụ lục|[Cc]hương) \w)|[.](?=\s)"
)
_PROMULGATES = re.compile(r"ban hành|phê duyệt|thông qua", re.IGNORECASE)
_SIBLING = re.compile(
    r"(?:,|;|\bvà|\bhoặc|\bcùng)\s*(?:các\s*)?"
    r"(?:(?:điểm|khoản|điều|mục|chương|phụ lục) [\w., ]{1,60}?(?: của)?)?$",
    re.IGNORECASE,
)
_TAKES_EFFECT = re.compile(r"\s*(?:bắt đầu |đã |chưa )?có hiệu lực")
# "được sửa đổi, bổ sung một số điều bởi khoản 2 Điều 1": what follows amends what stands before.
_PASSIVE = re.compile(
    r"(?<!\w)(?:(?:đã |đang )?được|đã|bị) (?:\w+ ){0,2}?(?P<act>sửa đổi|bổ sung|thay thế|hợp nhất"
    r"|đính chính|bãi bỏ|đình chỉ)[^;.()“”]{0,90}?(?<!\w)(?:bởi|theo|tại|bằng)\b"
    + _CARRIES
    + r"|(?<!\w)(?P<bare>sửa đổi|bổ sung|thay thế|hợp nhất)[^;.()“”]{0,60}?(?<!\w)bởi\b"
    + _CARRIES,
    re.IGNORECASE,
)
# "Điều 1. Bãi bỏ toàn bộ 43 văn bản …", "7. Bỏ cụm từ “…” tại …": the act that opens a clause.
_OPENING_ACT = re.compile(
    r"\W*(?:(?:Điều|Khoản|Mục) )?(?:(?:[IVX]+|[a-zđ]|[\d.]+[a-z]?)[.):]+ )?"
    r"(?P<act>Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay|Bỏ|H[ủu]ỷ? bỏ|Hủy|Đính chính|Đình chỉ)(?!\w)"
    r"(?P<part>[^;.]{0,40}?(?:cụm từ|từ|tên|số thứ tự|mẫu|biểu|phụ lục)\b|,? (?:sửa đổi|bổ sung))?"
)
_OPENED: dict[str, Relation] = {
    "bãi": "repeals",
    "hủ": "repeals",
    "đìn": "repeals",
    "tha": "replaces",
}
_OPENS = re.compile(r"\W*(?:(?:[IVX]+|[a-zđ]|[\d.]+[a-z]?)[.)]+ )?" + _CARRIES, re.IGNORECASE)
_PASSIVE_ACTS: dict[str, Relation] = {
    "thay thế": "replaces",
    "hợp nhất": "consolidates",
    "bãi bỏ": "repeals",
    "đình chỉ": "repeals",
}
_ENDS = r"(?:hết|chấm dứt|không còn) hiệu lực"
_EXPIRES = re.compile(rf"{_ENDS}[^.\n]{{0,80}}? này\b|{_ENDS} (?:thi hành )?(?:kể )?từ ngày")
# What ends when "… này có hiệu lực" makes room for it; a list of what has ended is repealed.
_EXPIRING_LIST = re.compile(_ENDS, re.IGNORECASE)
_MAKES_ROOM = re.compile(r"(?:kể )?từ ngày|có hiệu lực", re.IGNORECASE)
_REPEALED_LIST = re.compile(
    r"(?<!\w)(?:bãi bỏ|h[ủu][ỷy]? bỏ|đình chỉ)\b[^;]*?(?:sau|gồm|:)"
    r"|(?:văn bản|quyết định|nghị quyết|thông tư|chỉ thị)[^;]{0,60} bị (?:bãi|h[ủu][ỷy]?) bỏ",
    re.IGNORECASE,
)
_MAKES_PLAN = re.compile(
    r"(?:xây dựng|ban hành|lập|đề ra) (?:và triển khai |và tổ chức )?"
    r"(?:[Kk]ế hoạch|[Cc]hương trình|[Pp]hương án)[^;]*?(?:sau|cụ thể|:|này|$)"
)
_BASES_HEADING = re.compile(
    r"(?:căn cứ|cơ sở)(?: chính trị| pháp lý| thực tiễn| xây dựng| lập|$|[ ,:])", re.IGNORECASE
)
_REACH = 520  # characters that a governing word looks forward

_FOLLOWED_UP = frozenset(
    {"Kế hoạch", "Chương trình", "Chỉ thị", "Đề án", "Công văn", "Văn bản", "Công điện", "Kết luận"}
)
_PLANS = frozenset({"Kế hoạch", "Chương trình", "Phương án"})


def relation_of(before: str) -> Relation | None:
    """Return the relation that the words right before a citation state, or None.

    Args:
        before: The text of its paragraph up to it, from the citation before it on.
    """
    segment = before[-_REACH:]
    if breaks := list(_BREAK.finditer(segment)):
        segment = segment[breaks[-1].end() :]
    acts = [
        (act.start(), relation) for relation, pattern in _ACTS if (act := pattern.search(segment))
    ]
    if acts:
        relation = min(acts)[1]
        return "amends" if relation == "replaces" and _IN_PART.search(segment) else relation
    if _ASKED.search(segment) or _EXISTS.search(segment):
        return "mentions"
    cues = list(_CUES.finditer(segment))
    governing = [cue for cue in cues if not cue["attachment"]] or cues
    if not governing:
        return None
    named = _named(governing[-1])
    before_cue = segment[: governing[-1].start()]
    done = _DONE.search(before_cue) or _LOOKS_BACK.search(before_cue)
    return "mentions" if done and named in {"implements", "continues"} else named


def relation_of_lead_in(words: str) -> Relation | None:
    """Return the relation that a line ending in a colon gives the list under it, or None."""
    if act := expired_list(words) or opening_act(words):
        return act
    if relation := relation_of(words.rstrip(" :.")):
        return relation
    if _REPEALED_LIST.search(words):
        return "repeals"
    return "basis" if names_bases(words) else None


def expired_list(words: str) -> Relation | None:
    """Return what a heading or lead-in does to a list that it says is out of force, or None."""
    if ended := _EXPIRING_LIST.search(words):
        return "replaces" if _MAKES_ROOM.search(words, ended.end()) else "repeals"
    return None


def names_bases(heading: str) -> bool:
    """Tell whether a heading says that bases follow ("I. CĂN CỨ XÂY DỰNG KẾ HOẠCH")."""
    return _BASES_HEADING.search(heading) is not None


def opening_act(clause: str) -> Relation | None:
    """Return what the verb that opens a clause does to the documents below or in it, or None."""
    found = _OPENING_ACT.match(clause)
    if found is None:
        return None
    if found["part"]:
        return "amends"
    act = found["act"].lower()
    return next((told for verb, told in _OPENED.items() if act.startswith(verb)), "amends")


def opens_item(before: str) -> bool:
    """Tell whether nothing but a mark and the part that is meant stands before a citation."""
    return _OPENS.fullmatch(before) is not None


def passive_relation(between: str) -> Relation | None:
    """Return what a citation does to the one before it ("được sửa đổi, bổ sung bởi"), or None.

    Args:
        between: The text from the end of the earlier citation to this one.
    """
    last = None
    for last in _PASSIVE.finditer(between):  # noqa: B007 - the last one counts
        pass
    if last is None:
        return None
    return _PASSIVE_ACTS.get((last["act"] or last["bare"]).lower(), "amends")


def relation_within_title(between: str) -> Relation:
    """Return what the outer document does to one that its title names.

    Args:
        between: The text from the outer citation to the inner one.
    """
    relation = relation_of(between) or "mentions"
    if relation in {"mentions", "attachment"}:  # "sửa đổi danh mục … ban hành kèm theo Nghị định …"
        relation = opening_act(between.lstrip()[:1].upper() + between.lstrip()[1:]) or relation
    if relation in {"implements", "continues"} and _PROMULGATES.search(between):
        return "promulgates"
    return relation


def is_sibling(between: str) -> bool:
    """Tell whether a citation continues a list, sharing the relation of the one before it."""
    return bool(_SIBLING.search(between.rstrip()))


def carries_out(between: str) -> bool:
    """Tell whether the document before *between* is made to carry out the one after it."""
    return _IN_ORDER_TO.match(between) is not None


def begins_anew(between: str) -> bool:
    """Tell whether a sentence or an item of a list ends in *between*."""
    return bool(_BREAK.search(between))


def ends_sentence(between: str) -> bool:
    """Tell whether a sentence ends in *between*, so that its governing word governs no more."""
    return bool(re.search(r"[.](?=\s)", between))


def expires(after: str) -> bool:
    """Tell whether a sentence goes on to say that what it names is out of force."""
    sentence = re.split(r"[.](?=\s)", after, maxsplit=1)[0]
    return _EXPIRES.search(sentence) is not None


def takes_effect(after: str) -> bool:
    """Tell whether a citation only gives a time: "cho đến khi Luật số … có hiệu lực"."""
    return _TAKES_EFFECT.match(after) is not None


def follows_up(doc_type: str | None, rest: str) -> bool:
    """Tell whether the sentence that names a basis makes a plan to carry it out.

    "Căn cứ Kế hoạch …, Sở xây dựng Kế hoạch như sau": by the guidelines of the gold, implements.

    Args:
        doc_type: Of the cited document.
        rest: Of its paragraph.
    """
    return doc_type in _FOLLOWED_UP and _MAKES_PLAN.search(rest) is not None


def carries_on(doc_type: str | None, own_type: str | None) -> bool:
    """Tell whether a plan that rests on another one ("Căn cứ Kế hoạch …;") carries it out."""
    return doc_type in _PLANS and own_type in _PLANS


def _named(cue: re.Match[str]) -> Relation:
    names: tuple[Relation, ...] = ("attachment", "basis", "continues", "implements", "mentions")
    return next(name for name in names if cue[name])
