"""CLAUSES -> CLAUSES WITH THEIR KIND: a duty, an objective, a detail, who is assigned, and so on.

What a clause is follows from the heading it stands under (`knowledge/section_kinds.csv`), then from
how it begins: with an action or a body that acts it is a task; with a cue like "Đơn vị chủ trì:" it
only assigns the tasks above it; a slogan or a noun phrase under a task is a detail of it.

Source: forms of plans under Decree 30/2020/NĐ-CP; duties in laws stand under "Trách nhiệm của …".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.actors import find_parts, has_subject
from ingest.body_nouns import noun_kind
from ingest.cues import cue_of
from ingest.heads import Findings
from ingest.model import Clause, Kind, Span
from ingest.norms import gives_powers, is_duty, lists_cases, opens_duties
from ingest.role_words import begins_with_action
from ingest.sections import (
    above,
    force_of,
    heading_kind,
    only_states,
    opens_statement,
    says_what,
    section_kind,
)
from ingest.sentences import split_sentences
from ingest.task_tables import is_group
from ingest.tones import fold_tones

_SLOGAN = re.compile(r"^[“\"'‘][^”\"]*[”\"'’][.,;!]?$|!\s*$")
_SLOGANS_FOLLOW = re.compile(
    r"(?:chủ đề|khẩu hiệu|thông điệp|nội dung tuyên truyền|nội dung sau)[^:]{0,40}:$"
)
_FUNDING = re.compile(r"(?:về )?(?:nguồn )?kinh phí(?!\w)|nguồn vốn")
# A body that finds the money or claims it has a duty, where the rest only says whose money it is.
_HAS_A_PAYER = re.compile(
    r"(?:(?:hằng|hàng) năm,?\s*)?"
    r"(?:các )?(?:sở|bộ|phòng|ủy ban|ubnd|cơ quan|đơn vị|giao|vụ|cục)(?!\w)"
)
# What whoever meets with difficulties is to do is a duty of all that are addressed.
_RAISES = re.compile(
    r"(?:trong )?quá trình (?:tổ chức |triển khai |thực hiện )+[^.;]{0,80}"
    r"(?:khó khăn|vướng mắc|phát sinh)[^.;]{0,80}"
    r"(?:báo cáo|phản ánh|gửi|liên hệ|kiến nghị|trao đổi)"
)
_PASSIVE = re.compile(
    r"(?:kế hoạch|chương trình|đề án|hội nghị|việc) [^.;]{0,60}"
    r"được (?:triển khai|thực hiện|tổ chức)"
)
_MODAL = re.compile(r"(?:^|\s)(?:phải|cần|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm)\s")
# What a form in an annex leaves to be filled in or signed.
_FORM = re.compile(r"\((?:[Kk]ý|KÝ)[,) ]|ghi rõ họ tên|\.{6,}|…{3,}")
_CLOSING = re.compile(r"trên đây là")
# A share of money or of a whole is a rule of sharing: "Về đào tạo: tối thiểu 3% tổng kinh phí".
_ALLOTS = re.compile(
    r"[^.;:]{1,200}: (?:tối thiểu|tối đa|ít nhất|không (?:dưới|quá|vượt quá))?\s*[\d,.]+\s*%"
    r" tổng (?:kinh phí|vốn|mức)[^.;]{0,60}[.;]?$"
)
_PLANS_MONEY = re.compile(
    r"(?:hằng|hàng) năm,? căn cứ[^.;]{0,120}, (?:các )?(?:sở|bộ|phòng|ủy ban|ubnd|cơ quan|đơn vị)"
    r"(?!\w)[^.;]{0,240}(?:lập|xây dựng) [^.;]{0,40}dự toán"
)
# The steps of a body's own regulation are what its members must do.
_REGULATIONS = {"quy định", "quy chế"}
_STEPS_TITLE = re.compile(r"(?:điều \d+\W+)?(?:trình tự|quy trình)(?!\w)")
_MUST_DO = re.compile(r"(?:^|\s)(?<!không )phải(?! là)\s")
# Far behind a list of bodies stands what they are to do.
_LISTED_MUST = re.compile(r"(?<!\w)(?:có trách nhiệm|tăng cường|giám sát|chỉ đạo|phối hợp)(?!\w)")
_NOTICE = re.compile(
    r"(?:nay |thừa lệnh |thay mặt |(?:văn phòng|ủy ban|ubnd|sở|bộ)\s)?[^.;:]{0,120}"
    r"(?:xin |trân trọng )?thông báo [^.;]{0,160}(?:biết|thực hiện)[^;]{0,60}$"
)
_CONCLUSIONS = {"thông báo", "kết luận", "công văn"}
_FEWEST_WORDS = 3  # of a duty: an action and its object
_MODAL_WITHIN = 120  # characters: further on it is another matter
_ROMAN = re.compile(r"[IVX]+\b")


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is known while the clauses are told one by one."""

    text: str
    findings: Findings
    doc_type: str  # folded
    force: str | None  # of its type: "directs", "rules", "reports"
    told: dict[str, Clause]
    children: Mapping[str, Sequence[Clause]]

    def acts(self, clause: Clause) -> bool:
        return begins_with_action(clause.text) or self.orders(clause)

    def orders(self, clause: Clause) -> bool:
        body = Span(clause.span.end - len(clause.text), clause.span.end)
        named = self.findings.named_in(clause)
        return any(
            has_subject(self.text, sentence, [m for m in named if sentence.holds(m.span)])
            for sentence in split_sentences(self.text, body)
            if not only_states(sentence.of(self.text))
        )

    def outer(self, clause: Clause) -> Clause | None:
        return self.told.get(clause.parent or "")


def tell_kinds(
    text: str, clauses: Sequence[Clause], findings: Findings, *, doc_type: str | None
) -> tuple[Clause, ...]:
    """Return the clauses, each "narrative" one with the kind that it turns out to have.

    Args:
        text: The document's text.
        clauses: As `split_clauses` gives them.
        findings: Bodies, tables, and headings that give work to bodies.
        doc_type: Its type (loại văn bản); decides what stands under no telling heading.
    """
    children: dict[str, list[Clause]] = {}
    for clause in clauses:
        children.setdefault(clause.parent or "", []).append(clause)
    sight = _Sight(text, findings, (doc_type or "").lower(), force_of(doc_type), {}, children)
    lost = _lost_part(clauses)
    for clause in clauses:
        kind = clause.kind
        if _is_roman(clause):
            lost = None
        if _is_a_duty(sight, clause):
            kind = "task"
        elif clause.span.start in findings.tables or _entitles(sight, clause):
            kind = "heading"
        elif kind == "narrative" and not _leads_in_beside(sight, clause):
            kind = "objective" if lost == "objective" else _kind(sight, clause, within=lost)
        sight.told[clause.path] = replace(clause, kind=kind)
    return tuple(sight.told.values())


def _entitles(sight: _Sight, clause: Clause) -> bool:
    """Tell an article's sentence over duties, which is their title: "Đội có nhiệm vụ sau."."""
    over = clause.kind == "narrative" and clause.path in sight.children
    return over and opens_duties(clause.text)


def _leads_in_beside(sight: _Sight, clause: Clause) -> bool:
    """Tell a lead-in that gives its bodies the clauses beside it: it is no duty itself."""
    heads = sight.findings.heads.get(clause.parent or "")
    return bool(
        heads
        and not heads.default
        and clause.text.endswith(":")
        and all(clause.span.holds(mention.span) for mention in heads.mentions)
    )


def _is_a_duty(sight: _Sight, clause: Clause) -> bool:
    """Tell a row of a task table, and a title under which only its assignment stands."""
    if columns := sight.findings.tables.get(clause.span.start):
        return not is_group(columns)
    children = sight.children.get(clause.path, ())
    only_assigned = bool(children) and all(cue_of(child) for child in children)
    return clause.kind == "heading" and only_assigned and sight.acts(clause)


def _kind(sight: _Sight, clause: Clause, *, within: Kind | None) -> Kind:
    """Return the kind of a clause; *within* is that of a part whose heading is lost."""
    if _FORM.search(clause.text) or _tells(clause) or _states(sight, clause):
        return "detail" if _tells(clause) else "narrative"
    given = _is_given(sight, clause)
    section = "task" if given else section_kind(clause, sight.told) or within
    if section in {"task", "objective"} and not given and sight.findings.law:
        # a law's norms bind whom they name
        section = None if section == "task" or _binds(sight, clause) else section
    if cue_of(clause) and section not in {"objective", "narrative"}:
        return "assignment"
    if _charges_whoever(sight, clause, section):
        return "task"
    if section == "funding" or _FUNDING.match(fold_tones(clause.text.lower())):
        return "funding"
    if section == "task":
        return _in_task_section(sight, clause, given=given)
    kinds: dict[str | None, Kind] = {"detail": "detail", "objective": "objective"}
    return kinds.get(section) or _untitled(sight, clause, section)


def _charges_whoever(sight: _Sight, clause: Clause, section: str | None) -> bool:
    """Tell a duty in a part about something else: who finds the money, who is to report trouble."""
    folded = fold_tones(clause.text.lower())
    if section == "funding":
        pays = bool(_HAS_A_PAYER.match(folded)) and sight.orders(clause)
        return pays or _PLANS_MONEY.match(folded) is not None
    directs = sight.force in {None, "directs"} and section in {None, "task"}
    return directs and _RAISES.match(folded) is not None


def _tells(clause: Clause) -> bool:
    """Tell the formula that ends a notice: "… thông báo để các cơ quan biết, thực hiện"."""
    folded = fold_tones(clause.text.lower())
    body = Span(0, len(folded))
    last = [sentence.of(folded) for sentence in split_sentences(clause.text, body)][-1:]
    told = len(last[0]) < len(folded) and _CLOSING.match(folded) if last else None
    return bool(_NOTICE.match(folded) or (told and _NOTICE.match(last[0])))


def _states(sight: _Sight, clause: Clause) -> bool:
    """Tell what a conclusion praises or agrees to, and orders nobody to do."""
    if sight.doc_type not in _CONCLUSIONS or sight.orders(clause):
        return False
    return opens_statement(clause.text)


def _is_given(sight: _Sight, clause: Clause) -> bool:
    """Tell whether a heading above gives *clause* to bodies; a list of who attends does not."""
    path = next((p for p in above(clause.path) if p in sight.findings.heads), None)
    if path is None or _CLOSING.match(fold_tones(clause.text.lower())):
        return False
    return section_kind(sight.told[path], sight.told) in {None, "task"}


def _in_task_section(sight: _Sight, clause: Clause, *, given: bool) -> Kind:
    if _SLOGAN.search(clause.text) or len(clause.text.split()) < _FEWEST_WORDS:
        return "detail"
    folded = fold_tones(clause.text.lower())
    if _ALLOTS.match(folded) or (sight.findings.law and says_what(folded)):
        return "detail"
    acts, outer = sight.acts(clause), sight.outer(clause)
    if outer and sight.findings.law and lists_cases(outer.text):
        return "detail"
    if _CLOSING.match(folded) and not sight.orders(clause):
        return "detail"
    if outer and outer.kind in {"task", "detail"}:
        slogans = _SLOGANS_FOLLOW.search(fold_tones(outer.text.lower()))
        return "task" if acts and not slogans else "detail"
    modal = _PASSIVE.match(folded) or _MODAL.search(folded[:_MODAL_WITHIN])
    must = modal or (_lists_bodies(sight, clause) and _LISTED_MUST.search(folded))
    says = given and len(clause.text.split()) > _FEWEST_WORDS
    return "task" if acts or says or must or _goes_on_list(sight, clause) else "detail"


def _lists_bodies(sight: _Sight, clause: Clause) -> bool:
    """Tell a clause that begins with several bodies, one after another."""
    named = sight.findings.named_in(clause)
    begins = clause.span.end - len(clause.text)
    return len(named) > 1 and named[0].span.start == begins and "," in clause.text


def _goes_on_list(sight: _Sight, clause: Clause) -> bool:
    """Tell a lettered item of duties whose verb no table has: those beside it are duties."""
    beside = [each for each in sight.children.get(clause.parent or "", ()) if each.label]
    told = [sight.told[each.path] for each in beside if each.path in sight.told]
    kin = [each for each in beside if each.path != clause.path]
    acting = [each for each in kin if begins_with_action(each.text)]
    return bool(
        clause.label
        and told
        and told[-1].kind == "task"
        and len(acting) == len(kin) > 1
        and ":" not in clause.text
        and noun_kind(clause.text) is None
    )


def _untitled(sight: _Sight, clause: Clause, section: str | None) -> Kind:
    """Return the kind of what stands under no heading that tells: a duty only if it says so."""
    if sight.findings.law or section == "final":
        if section == "narrative":
            return "narrative"  # whom it applies to, what its words mean
        return "task" if _binds(sight, clause) or _is_a_step(sight, clause) else "narrative"
    if section == "narrative" or sight.force == "reports":
        return "narrative"
    if heading_kind(clause.text.partition(":")[0]) == "objective" and ":" in clause.text:
        return "objective"  # "1. Mục tiêu: Đến năm 2030 …"
    listed = clause.label is not None and sight.force == "directs"
    if sight.orders(clause) or (listed and sight.acts(clause)):
        return "task"
    outer = sight.outer(clause)
    return "detail" if outer and outer.kind == "task" else "narrative"


def _is_a_step(sight: _Sight, clause: Clause) -> bool:
    """Tell a step that a team's regulation has its members take: "… thì phải lập biên bản"."""
    outer = (sight.told[path].text for path in above(clause.path) if path in sight.told)
    under = any(_STEPS_TITLE.match(fold_tones(title.lower())) for title in outer)
    if sight.doc_type not in _REGULATIONS or not under or clause.label is None:
        return False
    must = _MUST_DO.search(fold_tones(clause.text.lower()))
    return begins_with_action(clause.text) or must is not None


def _binds(sight: _Sight, clause: Clause) -> bool:
    """Tell a duty in a law: a body must do it, or has a term for it; most of a law only rules."""
    if gives_powers(clause.text) or _under_powers(sight, clause):
        return False
    body = Span(clause.span.end - len(clause.text), clause.span.end)
    named = sight.findings.named_in(clause)
    for sentence in split_sentences(sight.text, body):
        inside = [m for m in named if sentence.holds(m.span)]
        due = any(sentence.holds(deadline.span) for deadline in sight.findings.deadlines)
        if is_duty(sight.text, sentence, find_parts(sight.text, sentence, inside), due=due):
            return True
    return False


def _under_powers(sight: _Sight, clause: Clause) -> bool:
    outer = (sight.told[path] for path in above(clause.path) if path in sight.told)
    return any(gives_powers(heading.text) for heading in outer)


def _lost_part(clauses: Sequence[Clause]) -> Kind | None:
    """Return what the part held whose heading is lost above the first Roman one, or None.

    Above "II" stood "I. Mục đích, yêu cầu"; above a later one the duties, as plans are made.
    """
    first = next((clause.label or "" for clause in clauses if _is_roman(clause)), "I")
    number = first.rstrip(" .)/:-–")
    if number == "I":
        return None
    return "objective" if number == "II" else "task"


def _is_roman(clause: Clause) -> bool:
    return clause.kind == "heading" and _ROMAN.match(clause.label or "") is not None
