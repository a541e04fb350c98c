"""SENTENCE -> ACTORS: which of the bodies a sentence names must act, and in what role.

A body acts as the subject of a unit ("Công an tỉnh chủ trì …"), by an order ("Giao Sở Y tế …"),
beside another ("phối hợp với …") or through another ("chỉ đạo các trường …"). What is only an
object ("đôn đốc các đơn vị"), a genitive ("của cấp ủy") or a receiver of reports does not act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.model import Mode, Role, Span, Via
from ingest.role_words import (
    Around,
    Given,
    begins_with_action,
    only_helps,
    orders_others,
    role_of,
    stands_beside,
)
from ingest.sections import opens_statement
from ingest.sentences import split_units
from ingest.tones import fold_tones


@dataclass(frozen=True, slots=True)
class Mention:
    """A body where a text names it."""

    span: Span
    label: str  # as `agencies` marks it: "body", "collective", "body|Sở"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A body in its role (vai trò) in a sentence."""

    mention: Mention
    role: Role
    mode: Mode = "directed"
    via: Via
    confidence: float
    own: bool = False  # the subject of its duty, or ordered by name


_LINK = re.compile(
    r"""[\s,;()/-]*
        (?:và|cùng\ với|cùng|hoặc|với|nhất\ là|nòng\ cốt\ là|đặc\ biệt\ là|trong\ đó\ có)?\s*
        (?:giám\ đốc|thủ\ trưởng|trưởng|bộ\ trưởng|lãnh\ đạo|đồng\ chí)?\s*
        (?:các|lực\ lượng|đơn\ vị|cơ\ quan)?\s*
        (?:(?:các\ )?(?:ngành|sở|bộ|phòng|ban)\s*:?\s*)?""",
    re.VERBOSE,
)
_CORE = re.compile(r"nòng cốt là\s*(?:các )?$")
_GIVES_OUT = re.compile(r"\s*(?:giao|phân công|chỉ đạo)(?!\w)")
_ORDER = re.compile(r"(?:đồng thời |và )?(?:giao|đề nghị|yêu cầu|phân công)\s")
_OTHERS = re.compile(
    r"(?:các )?(?:sở|bộ|cơ quan|đơn vị|ngành|địa phương|tổ chức)[^;:.]* (?:có )?liên quan"
)
_OPEN_GROUP = re.compile(
    r"(?:các|mọi|toàn thể|tất cả)?\s*"
    r"(?:cơ quan|đơn vị|địa phương|lực lượng|tổ chức)(?!\s+chính trị)"
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
        ordering = unit.start == sentence.start or _orders_on(text, sentence)
        more = list(_unit_parts(text, unit, inside, lead_before=bool(parts), ordering=ordering))
        if parts and parts[-1].role == "coordinate":
            more = [_beside(text, part) for part in more]
        parts += more
    return tuple(parts)


def _beside(text: str, part: Part) -> Part:
    """Return the last of a list of partners as one: "phối hợp với Sở A; các đơn vị liên quan"."""
    words = fold_tones(part.mention.span.of(text).lower())
    return replace(part, role="coordinate", own=False) if _OTHERS.fullmatch(words) else part


def _orders_on(text: str, sentence: Span) -> bool:
    """Tell whether later units of *sentence* may order; those of a duty are that body's own doing.

    "Đồng ý …; giao Sở Y tế …" orders, "Lập hồ sơ; phân công cán bộ …" does not.
    """
    words = sentence.of(text)
    if opens_statement(words):
        return True
    return not begins_with_action(words) or _ORDER.match(words.lower()) is not None


def trailing_parts(text: str, line: Span, mentions: Sequence[Mention]) -> tuple[Part, ...]:
    """Return the bodies of a line that only assigns ("Phân công trách nhiệm: …"), with their roles.

    Whoever stands after "phối hợp (với)" helps; so does a run of bodies that "phối hợp" follows
    once another leads; all others lead.
    """
    parts: list[Part] = []
    folded = fold_tones(text[line.start : line.end].lower())
    for run in _runs(folded, line, mentions):
        before = folded[: run[0].span.start - line.start]
        after = folded[run[-1].span.end - line.start :]
        helps = stands_beside(before) or (parts and only_helps(after))
        role: Role = "coordinate" if helps else "lead"
        parts += [Part(mention=m, role=role, via="trailing", confidence=0.95) for m in run]
    return tuple(parts)


def has_subject(text: str, sentence: Span, mentions: Sequence[Mention]) -> bool:
    """Tell whether *sentence* begins with a subject of its own or orders somebody by name."""
    units = list(_whole_units(text, sentence, mentions)) or [sentence]
    for unit in units:
        if unit is not units[0] and not _ORDER.match(unit.of(text).lower()):
            continue
        inside = [m for m in mentions if unit.holds(m.span)]
        ordering = unit is units[0] or _orders_on(text, sentence)
        if any(part.own for part in _unit_parts(text, unit, inside, ordering=ordering)):
            return True
    return False


def _whole_units(text: str, sentence: Span, mentions: Sequence[Mention]) -> Iterator[Span]:
    """Yield the units of *sentence*; a list of bodies goes on over its semicolons."""
    start: int | None = None
    for unit in split_units(text, sentence):
        start = unit.start if start is None else start
        if unit.end < sentence.end and _only_names(text, Span(start, unit.end), mentions):
            continue
        yield Span(start, unit.end)
        start = None
    if start is not None:
        yield Span(start, sentence.end)


def _only_names(text: str, span: Span, mentions: Sequence[Mention]) -> bool:
    inside = [m for m in mentions if span.holds(m.span)]
    gaps, place = [], span.start
    for mention in inside:
        gaps.append(text[place : mention.span.start])
        place = mention.span.end
    gaps.append(text[place : span.end])
    return bool(inside) and all(_LINK.fullmatch(gap.lower()) for gap in gaps)


def _unit_parts(
    text: str,
    unit: Span,
    mentions: Sequence[Mention],
    *,
    lead_before: bool = False,
    ordering: bool = True,
) -> Iterator[Part]:
    folded = fold_tones(text[unit.start : unit.end].lower())
    orderer = 0
    idle: list[Mention] = []  # who gives out work, when it is not said to whom
    for run in _runs(folded, unit, mentions):
        around = Around(
            before=folded[: run[0].span.start - unit.start],
            after=folded[run[-1].span.end - unit.start :],
            orderer=orderer,
            lead_before=lead_before,
            may_order=ordering,
        )
        if any(orders_others(each) for each in _from_each(folded, unit, run, around)):
            orderer = run[-1].span.end - unit.start
            idle = run if _GIVES_OUT.match(around.after) else []
            continue
        acting, given = _acting(folded, unit, run, around)
        if given is None:
            continue
        lead_before = lead_before or given.role == "lead"
        idle = [] if given.own else idle
        for mention in acting:
            core = _CORE.search(folded[: mention.span.start - unit.start])
            yield Part(
                mention=mention,
                role="lead" if core else given.role,
                mode=given.mode,
                via=_via(text, mention),
                confidence=given.confidence,
                own=given.own,
            )
    for mention in idle:
        yield Part(mention=mention, role="lead", via=_via(text, mention), confidence=0.85, own=True)


def _from_each(folded: str, unit: Span, run: Sequence[Mention], around: Around) -> Iterator[Around]:
    """Yield the words around the run, and around it without its first bodies."""
    for mention in run:
        yield replace(around, before=folded[: mention.span.start - unit.start])


def _acting(
    folded: str, unit: Span, run: list[Mention], around: Around
) -> tuple[list[Mention], Given | None]:
    """Return the bodies of a run that act, with what they are given.

    "Theo đề nghị của Sở Y tế, | Công an tỉnh …": the adverbial's bodies are not among them.
    """
    given = role_of(around)
    while given is None and len(run) > 1:
        run = run[1:]
        given = role_of(replace(around, before=folded[: run[0].span.start - unit.start]))
    return run, given


def _runs(folded: str, unit: Span, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the runs of bodies that a list joins ("Sở Y tế, Công an tỉnh và các đơn vị")."""
    run: list[Mention] = []
    for mention in mentions:
        if run:
            gap = folded[run[-1].span.end - unit.start : mention.span.start - unit.start]
            if not _LINK.fullmatch(gap):
                yield run
                run = []
        run.append(mention)
    if run:
        yield run


def _via(text: str, mention: Mention) -> Via:
    folded = fold_tones(mention.span.of(text).lower())
    open_group = mention.label == "collective" and _OPEN_GROUP.match(folded)
    return "collective" if open_group else "inline"
