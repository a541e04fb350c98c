"""WORDS AROUND A BODY -> ITS ROLE: lead, coordinate, advise, support, or none at all.

Each rule looks at the folded words before and after a run of bodies, within their unit of the
sentence.

Source: the words of plans and directives (giao, yêu cầu, đề nghị, chủ trì, phối hợp với, chỉ đạo,
tham mưu) as they stand in the real documents that the project measures itself on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from ingest.body_nouns import noun_kind
from ingest.knowledge.tables import rows
from ingest.model import Mode, Role
from ingest.tones import fold_tones

_ORDERER_WORDS = 6


@dataclass(frozen=True, slots=True)
class Given:
    """What a body is given by the words around it."""

    role: Role
    mode: Mode = "directed"
    confidence: float = 0.9
    own: bool = False  # it is the subject, or ordered by name; nobody else directs it


@dataclass(frozen=True, slots=True)
class Around:
    """The folded words around a run of bodies."""

    before: str  # from the beginning of the unit
    after: str  # to its end
    orderer: int = 0  # where in `before` a body that gives the order ends: "UBND tỉnh yêu cầu …"
    lead_before: bool = False  # whether another body leads already
    may_order: bool = True  # "…; giao Sở Y tế": not where the words before it are a duty


_ORDER = re.compile(
    r"""(?P<request>(?:trân\ trọng\ |kính\ )?đề\ nghị)(?:\ với|\ các\ đồng\ chí)?\s*:?\s*$
      | (?:giao|phân\ công|yêu\ cầu|ủy\ quyền)(?:\ nhiệm\ vụ|\ trách\ nhiệm)?(?:\ cho)?\s*:?\s*$
      | (?<!\w)(?P<by>do)\s*$
      | (?:^|[;.]\ *)đối\ với\s*:?\s*$""",
    re.VERBOSE,
)
_ORDERS_OTHERS = re.compile(
    r"\s*(?:trân trọng |đề nghị và |thống nhất |cũng )?"
    r"(?:giao|yêu cầu|đề nghị|phân công|chỉ thị|kính đề nghị|chỉ đạo các|chỉ đạo:)(?!\w)"
)
_BESIDE = re.compile(
    r"""phối\ hợp(?:,?\ (?:chặt\ chẽ|đồng\ bộ|hiệu\ quả|thường\ xuyên|tốt|thực\ hiện|tích\ cực
                       |có\ hiệu\ quả|kịp\ thời|chặt))*
        (?:,?\ \w+\ \w+)?,?(?:\ (?:cùng\ với|cùng|với|và))?(?:\ các)?\s*$
      | (?:chủ\ trì|tham\ mưu),?\ (?:cùng\ với|cùng)\s*$
      | (?:^|,\ )cùng(?:\ với)?\s*$""",
    re.VERBOSE,
)
_DIRECTED = re.compile(r"(?:chỉ đạo(?:, hướng dẫn|, đôn đốc)?|quán triệt)(?: các| cho| đến)?\s*$")
_HELPS = re.compile(
    r"""\s*,?\s*(?:là\ (?:cơ\ quan|đơn\ vị)\ )?phối\ hợp(?!,?\ (?:với|cùng))
        (?:\s+(?:thực\ hiện|triển\ khai))?\s*(?:[.;)/]|$)""",
    re.VERBOSE,
)
_HELPS_ON = re.compile(
    r"\s*,?\s*phối hợp(?!,? (?:với|cùng))(?: (?:thực hiện|triển khai))?\s*[.,;)]"
)
_ADVISES = re.compile(r"\s*(?:chủ động |có trách nhiệm |kịp thời |tiếp tục )*tham mưu")
_TAKES_LEAD = re.compile(r"\s*(?:,? ?là (?:cơ quan|đơn vị) )?(?:chủ trì|làm đầu mối|đầu mối)")
_UNDERTAKES = re.compile(
    r"\s*(?:chủ trì|thực hiện|chịu trách nhiệm|đảm nhiệm|làm đầu mối|phụ trách|làm chủ đầu tư)"
)
# "… – Trường THPT X thực hiện.", "(Sở Y tế chủ trì)": who does it, set off at the end.
_SET_OFF = re.compile(r"\s[–—-]\s*$|\((?:giao )?\s*$")
_CLOSES = re.compile(
    r"""\s*(?P<help>hỗ\ trợ|phối\ hợp)?\s*
        (?:chủ\ trì|thực\ hiện|phụ\ trách|chịu\ trách\ nhiệm|chuẩn\ bị|đảm\ nhiệm|báo\ cáo)
        (?:,?\ (?:thực\ hiện|tham\ mưu|phối\ hợp))*\s*[).;]*""",
    re.VERBOSE,
)
# "nếu có vướng mắc | đề nghị các đơn vị phản ánh": the condition needs no comma.
_IF_SO = re.compile(r"(?:^|[,;] ?)(?:nếu|trường hợp|khi)[^;:.]{0,120}$")
# "Đối với cán bộ | vi phạm quy định": whom a rule is about.
_CONCERNS = re.compile(r"\s*,?\s*(?:vi phạm|có hành vi|có vi phạm|có biểu hiện|bị)(?!\w)")
_AMONG_THEM = re.compile(r"trong đó,?\s*$")
_MUST = re.compile(r"\s*(?:phải|có trách nhiệm|chịu trách nhiệm|chủ trì|có nhiệm vụ|làm nòng cốt)")
_OPENING = re.compile(
    r"""(?:định\ kỳ|hằng|hàng|trước|trong|căn\ cứ|theo|trên\ cơ\ sở|đồng\ thời|riêng|ngoài\ ra|để
          |nhằm|khi|sau|đến|từ|quá\ trình|tùy|cùng\ với|bên\ cạnh|đối\ với|chậm\ nhất|kể\ từ|vào
          |nếu|trường\ hợp|thời\ gian|tại|với
          |(?:triển\ khai\ )?thực\ hiện\ (?:công\ điện|chỉ\ thị|kế\ hoạch|nghị\ quyết|kết\ luận
            |quyết\ định|công\ văn|chương\ trình|ý\ kiến|chỉ\ đạo|luật|nghị\ định|thông\ tư
            |văn\ bản)
          |nhận\ được|về|trên\ đây\ là|bước|\d
          |đồng\ ý|nhất\ trí|chấp\ thuận|ghi\ nhận|(?:cơ\ bản\ )?thống\ nhất)[^;]*[,:]\s*
      | (?:đồng\ chí|đ/c|ông|bà|thầy|cô)\ [^;:,]{2,40}\s?[,–-]\s*
      | (?:(?:cơ\ bản\ )?thống\ nhất|đồng\ ý|nhất\ trí|chấp\ thuận|quyết\ định)
        (?:\ và|,|\ chủ\ trương)?\s*
      | (?:khi|nếu|trường\ hợp)[^;]*\ thì\s*
      | (?:(?:trong\ )?quá\ trình[^;:.]{1,60}\s)?nếu[^;:.]{1,50}
          (?:khó\ khăn|vướng\ mắc|phát\ sinh)\s*
      | (?:định\ kỳ\ hằng\ năm|hằng\ năm|hàng\ năm|đồng\ thời|riêng|ngoài\ ra)\s*""",
    re.VERBOSE,
)
# What leaves the place free too: "các" of a body whose name has none, "Các Bộ:" over a list.
_EACH = re.compile(
    r"(?:^|(?<=\s))(?:tất cả |toàn thể )?(?:các|những)(?: đồng chí| ông(?:,? ?\(?bà\)?)?:?)?"
    r"(?: (?:sở|bộ|ngành|phòng|ban|vụ|cục|khoa|huyện|xã|phường|đơn vị|cơ quan)(?: sau)?:)?\s*$"
)
# An amendment quotes a clause with its label: "“2. Sở X có trách nhiệm …".
_QUOTED = re.compile(
    r"^\s*[“\"]\s*(?:điều \d+\w*\.[^.]*\.\s*)?(?:(?:\d{1,2}\w?|[a-zđ]{1,2})[.)]\s*)?"
)
_SAYS = re.compile(r":\s*[^\W\d_]+\s+[^\W\d_]+\s+[^\W\d_]+")  # "Các trường: cho học sinh nghỉ"
_COLON = re.compile(r"[^,;:.]{0,40}:\s*")
# Between a body and what it does: "(qua …)", "căn cứ chức năng, nhiệm vụ được giao".
_GAPS = (
    re.compile(
        r"""\s*(?:\([^)]{0,80}\)\s*)?(?:,\s*)?
            (?:(?:căn\ cứ|theo|trên\ cơ\ sở|trong\ phạm\ vi|tùy|bằng)[^,;:]{0,160},\s*)?
            (?:(?:căn\ cứ|theo|trên\ cơ\ sở)\ (?:chức\ năng|nhiệm\ vụ|phân\ cấp|thẩm\ quyền
                |quy\ định|tình\ hình|nội\ dung|kế\ hoạch)[^;:.]{0,120}?\s)?""",
        re.VERBOSE,
    ),
    re.compile(r"\s*(?:\.\.\.|…)?,?\s*"),
    # "theo chức năng, nhiệm vụ được giao phối hợp": no comma before the verb.
    re.compile(
        r"\s*,?\s*(?:căn cứ|theo|trên cơ sở) (?:chức năng|nhiệm vụ)(?:, (?:nhiệm vụ|quyền hạn))*"
        r"(?: (?:được giao|được phân công|của mình|của đơn vị|của ngành))*,?\s*"
    ),
    # "các cơ quan được lấy ý kiến gửi văn bản trả lời"
    re.compile(
        r"\s*(?:được (?:lấy ý kiến|hỏi ý kiến|ủy quyền|phân công|phân cấp|chỉ định|giao|kiểm tra)"
        r"|quy định tại|có thẩm quyền|nêu tại)[^,;:]{0,80}? "
    ),
    # "Ông Nguyễn Văn A, Phó Giám đốc phụ trách …", "Thầy B – Tổ trưởng"
    re.compile(
        r"\s*[,–-]\s*(?:phó|trưởng|hiệu trưởng|giám đốc|chủ tịch|bí thư|ủy viên|tổ trưởng|chánh)"
        r"(?: [^\W\d_]+){0,8}? "
    ),
)


def role_of(around: Around) -> Given | None:
    """Return what the words around a run of bodies give it; None when it does not act."""
    return next(filter(None, (rule(around) for rule in _RULES)), None)


def orders_others(around: Around) -> bool:
    """Tell whether the run is who gives the order: "UBND tỉnh yêu cầu …"."""
    return _ORDERS_OTHERS.match(around.after) is not None and opens(around.before)


def stands_beside(before: str) -> bool:
    """Tell whether *before* ends in "phối hợp với"."""
    return _BESIDE.search(before) is not None


def only_helps(after: str) -> bool:
    """Tell whether *after* says of the bodies before it no more than "phối hợp"."""
    return _HELPS.match(after) is not None


def opens(before: str) -> bool:
    """Tell whether *before* leaves the place of the subject free: empty, or an adverbial.

    A topic may stand before it: "Về bồi thường: thống nhất | giao …".
    """
    before = _EACH.sub("", _QUOTED.sub("", before))
    topic, colon, rest = before.strip().rpartition(":")
    if not rest.strip() and not colon:
        return True
    if _OPENING.fullmatch(before.strip() + " "):
        return True
    return bool(topic and rest.strip()) and opens(topic + ":") and opens(rest)


def begins_with_action(text: str) -> bool:
    """Tell whether *text* begins with what is to be done: a verb, or an adverb of one."""
    return _action().match(fold_tones(text.lower().lstrip('“"‘ '))) is not None


def _ordered(around: Around) -> Given | None:
    order = _ORDER.search(around.before)
    if order is None or _CONCERNS.match(around.after):
        return None
    if order["by"]:
        return Given("lead", own=True) if _UNDERTAKES.match(around.after) else None
    if not around.may_order:
        return None
    before = around.before[around.orderer : order.start()]
    if not (opens(before) or _IF_SO.search(before) or opens(_without_orderer(before))):
        return None
    mode: Mode = "requested" if order["request"] else "directed"
    return Given(_lead_or_advise(around.after), mode, 0.95, own=True)


def _without_orderer(before: str) -> str:
    """Return *before* without the noun at its end of who orders: "Để …, nhà trường | yêu cầu"."""
    head, comma, tail = before.rpartition(",")
    few = len(tail.split()) <= _ORDERER_WORDS
    return head + comma if few and noun_kind(tail.strip()) else before


def _beside(around: Around) -> Given | None:
    return Given("coordinate", confidence=0.93) if stands_beside(around.before) else None


def _directed(around: Around) -> Given | None:
    if not (_DIRECTED.search(around.before) and _acts(around.after)):
        return None
    return Given("advise" if _ADVISES.match(around.after) else "support", confidence=0.8)


def _bracketed(around: Around) -> Given | None:
    """Read "(Sở A chủ trì, Sở B phối hợp, xong quý II)" by what stands within the bracket."""
    inner = around.before.rpartition("(")[2]
    if inner == around.before or ")" in inner or not inner.strip():
        return None
    if _HELPS_ON.match(around.after):
        return Given("coordinate", confidence=0.92)
    return Given("lead", confidence=0.9, own=True) if _TAKES_LEAD.match(around.after) else None


def _among(around: Around) -> Given | None:
    found = _AMONG_THEM.search(around.before) and _MUST.match(around.after)
    return Given("lead", confidence=0.85, own=True) if found else None


def _set_off(around: Around) -> Given | None:
    if not _SET_OFF.search(around.before):
        return None
    closes = _CLOSES.fullmatch(around.after)
    if closes is None:
        does = Given(_lead_or_advise(around.after), own=True)
        return does if _acts(around.after) else None
    return Given("support" if closes["help"] else "lead", own=True)


def _subject(around: Around) -> Given | None:
    if _DIRECTED.search(around.before) or not opens(around.before):
        return None
    if around.lead_before and only_helps(around.after):
        return Given("coordinate", confidence=0.92)
    says = _SAYS.match(around.after) and not around.before.strip()
    if says or _acts(around.after) or around.after.strip() in {":", ""}:
        return Given(_lead_or_advise(around.after), own=True)
    return None


_RULES: tuple[Callable[[Around], Given | None], ...] = (
    _ordered,
    _beside,
    _directed,
    _bracketed,
    _among,
    _set_off,
    _subject,
)


def _lead_or_advise(after: str) -> Role:
    return "advise" if _ADVISES.match(after) else "lead"


def _acts(after: str) -> bool:
    """Tell whether what follows a body is what it does."""
    after = after.removeprefix(")")
    if colon := _COLON.match(after):  # "Các trường tại Phụ lục I: chuẩn bị …"
        after = after[colon.end() :]
    gaps = (gap.match(after) for gap in _GAPS)
    does = any(_predicate().match(after, gap.end()) for gap in gaps if gap)
    return does or _TAKES_LEAD.match(after) is not None


@cache
def _verbs() -> str:
    words = {fold_tones(row["word"]) for row in rows("action_words")}
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _action() -> re.Pattern[str]:
    return re.compile(rf"(?:{_verbs()}|ủy quyền|là (?:cơ quan|đơn vị|đầu mối|thường trực))(?!\w)")


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(rf"(?:{_verbs()}|là|được giao|sẽ|thì|tự|đồng loạt|bám|nghiêm)(?!\w)")
