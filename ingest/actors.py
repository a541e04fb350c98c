"""SENTENCE -> ACTORS: which of the bodies a sentence names must act, and in what role.

A body acts as the subject of a unit ("Công an tỉnh chủ trì …"), by an order ("Giao Sở Y tế …"), beside
another ("phối hợp với …") or through another ("chỉ đạo các trường …"). What is only an object ("đôn đốc
các đơn vị"), a genitive ("của cấp ủy") or a receiver of reports does not act.

Source: the forms that plans and directives use, as read in the material of this project; roles by the
words chủ trì, phối hợp, tham mưu of Decree 30/2020/NĐ-CP's forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.knowledge.tables import rows
from ingest.model import Mode, Role, Span, Via
from ingest.sentences import split_units
from ingest.tones import fold_tones


@dataclass(frozen=True, slots=True)
class Mention:
    """A body where a text names it."""

    span: Span
    label: str  # as `agencies` marks it: "body", "collective", "body|Sở"


@dataclass(frozen=True, slots=True)
class Part:
    """A body in its role (vai trò) in a sentence."""

    mention: Mention
    role: Role
    mode: Mode
    via: Via
    confidence: float
    own: bool  # the subject of its duty, or ordered by name; not one that another directs


_LINK = re.compile(
    r"[\s,;()/-]*(?:và|cùng với|cùng|hoặc|với|nhất là|nòng cốt là|đặc biệt là|trong đó có)?\s*"
    r"(?:các|lực lượng|đơn vị|cơ quan)?\s*(?:(?:các )?(?:ngành|sở|bộ|phòng|ban)\s*:?\s*)?"
)
_ORDER = re.compile(
    r"(?P<request>đề nghị)(?: (?:với|các đồng chí))?\s*:?\s*$"
    r"|(?:giao|phân công|yêu cầu|ủy quyền)(?: nhiệm vụ| trách nhiệm)?(?: cho)?\s*:?\s*$"
    r"|(?<!\w)do\s*$|(?:^|[;.] *)đối với\s*:?\s*$"
)
_BESIDE = re.compile(
    r"phối hợp(?:,? (?:chặt chẽ|đồng bộ|hiệu quả|thường xuyên|tốt|thực hiện|tích cực|có hiệu quả|kịp thời|chặt))*"
    r"(?:,? \w+ \w+)?,?(?: (?:cùng|với|cùng với|và))?(?: các)?\s*$|(?:chủ trì|tham mưu),? (?:cùng|cùng với)\s*$"
    r"|(?:^|, )cùng(?: với)?\s*$"
)
_DIRECTED = re.compile(
    r"(?:chỉ đạo|lãnh đạo, chỉ đạo|chỉ đạo, hướng dẫn|chỉ đạo, đôn đốc|quán triệt)(?: các| cho| đến)?\s*$"
)
_TRAILING_HELP = re.compile(
    r"\s*,?\s*(?:là (?:cơ quan|đơn vị) )?phối hợp(?!,? (?:với|cùng))(?:\s+(?:thực hiện|triển khai))?\s*(?:[.;)/]|$)"
)
_ADVISES = re.compile(r"\s*(?:chủ động |có trách nhiệm |kịp thời |tiếp tục )*tham mưu")
_TAKES_LEAD = re.compile(r"\s*(?:,? ?là (?:cơ quan|đơn vị) )?(?:chủ trì|làm đầu mối|đầu mối)")
_ORDERS = re.compile(r"\s*(?:giao|yêu cầu|đề nghị|phân công|chỉ đạo các|chỉ đạo:)(?!\w)")
_UNDERTAKES = re.compile(
    r"\s*(?:chủ trì|thực hiện|chịu trách nhiệm|đảm nhiệm|làm đầu mối|phụ trách|đảm trách|làm chủ đầu tư)"
)
_AMONG_THEM = re.compile(r"trong đó,?\s*$")
_MUST = re.compile(r"\s*(?:phải|có trách nhiệm|chịu trách nhiệm|chủ trì|có nhiệm vụ|làm nòng cốt)")
_OPENING = re.compile(
    r"(?:định kỳ|hằng|hàng|trước|trong|căn cứ|theo|trên cơ sở|đồng thời|riêng|ngoài ra|để|nhằm|khi|sau|đến"
    r"|từ|quá trình|tùy|cùng với|bên cạnh|đối với|chậm nhất|kể từ|vào|nếu|trường hợp|thời gian|tại|với"
    r"|\d)[^;]*[,:]\s*$|(?:định kỳ hằng năm|hằng năm|hàng năm|đồng thời|riêng|ngoài ra)\s*$"
)
_PREDICATE_GAP = re.compile(
    r"\s*(?:\([^)]{0,80}\)\s*)?(?:,\s*)?(?:(?:căn cứ|theo|trên cơ sở|trong phạm vi|tùy|bằng)[^,;:]{0,160},\s*)?"
    r"(?:(?:căn cứ|theo|trên cơ sở) (?:chức năng|nhiệm vụ|phân cấp|thẩm quyền|quy định|tình hình|nội dung|kế hoạch)[^;:.]{0,120}?\s)?"
)
_COLLECTIVE_VIA = re.compile(
    r"(?:các|mọi|toàn thể|tất cả)?\s*(?:cơ quan|đơn vị|địa phương|lực lượng|tổ chức)(?!\s+chính trị)"
)


def find_parts(text: str, sentence: Span, mentions: Sequence[Mention]) -> tuple[Part, ...]:
    """Return the bodies that act in *sentence*, in the order of their mention.

    Args:
        text: The document's text.
        sentence: One sentence of it; its label is not part of it.
        mentions: The bodies named within it, in order.
    """
    parts: list[Part] = []
    for unit in _whole_units(text, sentence, mentions):
        inside = [m for m in mentions if unit.holds(m.span)]
        parts += _unit_parts(text, unit, inside, lead_before=bool(parts))
    return tuple(parts)


def trailing_parts(text: str, line: Span, mentions: Sequence[Mention]) -> tuple[Part, ...]:
    """Return the bodies of a line that only assigns ("Phân công trách nhiệm: …"), with their roles.

    Whoever stands after "phối hợp (với)" helps; so does a chain that "phối hợp" follows once another
    leads; all others lead.
    """
    parts: list[Part] = []
    folded = fold_tones(text[line.start : line.end].lower())
    for chain in _chains(folded, line, mentions):
        before = folded[: chain[0].span.start - line.start]
        after = folded[chain[-1].span.end - line.start :]
        helps = _BESIDE.search(before) or (parts and _TRAILING_HELP.match(after))
        role: Role = "coordinate" if helps else "lead"
        parts += [Part(mention, role, "directed", "trailing", 0.95, own=False) for mention in chain]
    return tuple(parts)


def begins_with_action(text: str) -> bool:
    """Tell whether *text* begins with what is to be done: a verb, or an adverb of one."""
    return _action_pattern().match(fold_tones(text.lower().lstrip('“"‘ '))) is not None


def subject_of(text: str, sentence: Span, mentions: Sequence[Mention]) -> bool:
    """Tell whether *sentence* names its own subject or orders somebody by name."""
    first = next(_whole_units(text, sentence, mentions), sentence)
    inside = [m for m in mentions if first.holds(m.span)]
    return any(part.own for part in _unit_parts(text, first, inside))


def _whole_units(text: str, sentence: Span, mentions: Sequence[Mention]) -> Iterator[Span]:
    """Yield the units of *sentence*; a list of bodies goes on over its semicolons."""
    start: int | None = None
    for unit in split_units(text, sentence):
        start = unit.start if start is None else start
        ends_in_body = any(unit.end - m.span.end in {0, 1} for m in mentions if unit.holds(m.span))
        if (
            ends_in_body
            and unit.end < sentence.end
            and _only_names(text, start, unit.end, mentions)
        ):
            continue
        yield Span(start, unit.end)
        start = None
    if start is not None:
        yield Span(start, sentence.end)


def _only_names(text: str, start: int, end: int, mentions: Sequence[Mention]) -> bool:
    left, place = [], start
    for mention in mentions:
        if start <= mention.span.start and mention.span.end <= end:
            left.append(text[place : mention.span.start])
            place = mention.span.end
    left.append(text[place:end])
    return all(_LINK.fullmatch(gap.lower()) for gap in left)


def _unit_parts(
    text: str, unit: Span, mentions: Sequence[Mention], *, lead_before: bool = False
) -> Iterator[Part]:
    folded = fold_tones(text[unit.start : unit.end].lower())
    orderer = 0  # where a body that orders others ends: "UBND tỉnh yêu cầu …"
    for chain in _chains(folded, unit, mentions):
        before = folded[: chain[0].span.start - unit.start]
        after = folded[chain[-1].span.end - unit.start :]
        if _ORDERS.match(after) and _opens(before):
            orderer = len(folded) - len(after)
            continue
        found = _role(before, after, orderer=orderer, lead_before=lead_before)
        if found is None:
            continue
        role, mode, confidence = found
        lead_before = lead_before or role == "lead"
        own = role in {"lead", "advise"} and not _DIRECTED.search(before)
        for mention in chain:
            yield Part(mention, role, mode, _via(text, mention), confidence, own=own)


def _chains(folded: str, unit: Span, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the runs of bodies that a list joins ("Sở Y tế, Công an tỉnh và các đơn vị")."""
    chain: list[Mention] = []
    for mention in mentions:
        if chain:
            gap = folded[chain[-1].span.end - unit.start : mention.span.start - unit.start]
            if not _LINK.fullmatch(gap):
                yield chain
                chain = []
        chain.append(mention)
    if chain:
        yield chain


def _opens(before: str) -> bool:
    return not before.strip() or _OPENING.fullmatch(before.strip() + " ") is not None


def _role(
    before: str, after: str, *, orderer: int, lead_before: bool
) -> tuple[Role, Mode, float] | None:
    """Return the role, mode and confidence of a chain by the words on both its sides."""
    order = _ORDER.search(before)
    if order and (_opens(before[orderer : order.start()]) or order[0].strip() == "do"):
        mode: Mode = "requested" if order["request"] else "directed"
        if order[0].strip() == "do" and not _UNDERTAKES.match(after):
            return None
        return ("advise" if _ADVISES.match(after) else "lead"), mode, 0.95
    if _BESIDE.search(before):
        return "coordinate", "directed", 0.93
    if _DIRECTED.search(before):
        if not _acts(after):
            return None
        return ("advise" if _ADVISES.match(after) else "support"), "directed", 0.8
    if _AMONG_THEM.search(before) and _MUST.match(after):
        return "lead", "directed", 0.85
    if not _opens(before):
        return None
    if lead_before and _TRAILING_HELP.match(after):
        return "coordinate", "directed", 0.92
    if _acts(after) or after.strip() in {":", ""}:
        return ("advise" if _ADVISES.match(after) else "lead"), "directed", 0.9
    return None


def _acts(after: str) -> bool:
    """Tell whether what follows a body is what it does."""
    for gap in (_PREDICATE_GAP, re.compile(r"\s*(?:\.\.\.|…)?,?\s*")):
        found = gap.match(after)
        if found and _predicate_pattern().match(after[found.end() :]):
            return True
    return bool(_TAKES_LEAD.match(after))


def _via(text: str, mention: Mention) -> Via:
    if mention.label != "collective":
        return "inline"
    folded = fold_tones(mention.span.of(text).lower())
    return "collective" if _COLLECTIVE_VIA.match(folded) else "inline"


@cache
def _words(kind: str) -> str:
    words = {
        fold_tones(row["word"]) for row in rows("action_words") if kind in {"any", row["class"]}
    }
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _action_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_words('any')}|ủy quyền|là (?:cơ quan|đơn vị|đầu mối|thường trực))(?!\w)"
    )


@cache
def _predicate_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_words('any')}|phải|cần|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|chủ trì|là|được giao|sẽ|thì"
        r"|không để|xây dựng|cùng|tự|đồng loạt|bám|nghiêm)(?!\w)"
    )
