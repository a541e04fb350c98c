"""CLAUSES -> CLAUSES WITH THEIR KIND: which state a duty, an objective, a detail, who is assigned …

What a clause is follows from the heading it stands under (`knowledge/section_kinds.csv`), then from how
it begins: with an action or a body that acts it is a task; with a cue like "Đơn vị chủ trì:" it only
assigns the tasks above it (`knowledge/trailing_cues.csv`); a slogan or a noun phrase under a task is a
detail of it.

Source: forms of plans under Decree 30/2020/NĐ-CP; duties in laws stand under "Trách nhiệm của …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.actors import Mention, begins_with_action, subject_of
from ingest.knowledge.tables import rows
from ingest.model import Clause, Kind, Mode, Span
from ingest.sentences import split_sentences
from ingest.task_tables import Columns, is_group
from ingest.tones import fold_tones

_ASSIGNS = re.compile(
    r"(?:^|(?<=[\s.:]))(?:đề nghị|giao(?: nhiệm vụ)?(?: cho)?|yêu cầu|phân công|trách nhiệm(?: của)?|nhiệm vụ(?: của)?"
    r"|đối với|của|cho|các|và|cùng|với|lực lượng|chủ trì|phối hợp|có trách nhiệm|cụ thể|như sau|thực hiện"
    r"|một số nội dung|tổ chức thực hiện|tỉnh|huyện|thành phố|xã|phường|cấp|trung ương)(?!\w)|[\W\d_]+"
)
_SLOGAN = re.compile(r"^[“\"'‘][^”\"]*[”\"'’][.,;!]?$|!\s*$")
_SLOGANS_FOLLOW = re.compile(
    r"(?:chủ đề|khẩu hiệu|thông điệp|nội dung tuyên truyền|nội dung sau)[^:]{0,40}:$"
)
_FUNDING = re.compile(r"(?:về )?(?:nguồn )?kinh phí(?!\w)|nguồn vốn")
_PASSIVE = re.compile(
    r"(?:kế hoạch|chương trình|đề án|hội nghị|việc) [^.;]{0,60}được (?:triển khai|thực hiện|tổ chức)"
)
_MODAL = re.compile(r"(?:^|\s)(?:phải|cần|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm)\s")
_LEADING = re.compile(r"^\W*(?:(?:về|các|một số|những|bố trí|bảo đảm|nguồn|phần)\s+)*")
_NARRATIVE_TYPES = {"báo cáo", "tờ trình", "giấy mời", "biên bản"}
_NORMATIVE_TYPES = {
    "luật", "bộ luật", "pháp lệnh", "nghị định", "thông tư", "thông tư liên tịch", "hiến pháp",
    "quy chế", "quy định", "điều lệ", "lệnh", "văn bản hợp nhất",
}  # fmt: skip
_ORDERS_FREELY = {
    "kế hoạch",
    "chỉ thị",
    "thông báo",
    "công điện",
    "chương trình",
    "hướng dẫn",
    "phương án",
}


@dataclass(frozen=True, slots=True)
class Heads:
    """The bodies that a heading assigns to what stands under it."""

    mentions: tuple[Mention, ...]
    mode: Mode


def tell_kinds(
    text: str,
    clauses: Sequence[Clause],
    mentions: Sequence[Mention],
    heads: Mapping[str, Heads],
    tables: Mapping[int, Columns],
    *,
    doc_type: str | None,
) -> tuple[Clause, ...]:
    """Return the clauses, each "narrative" one with the kind that it turns out to have.

    Args:
        text: The document's text.
        clauses: As `split_clauses` gives them.
        mentions: The bodies named in it, in order.
        heads: By path, as `find_heads` gives them.
        tables: The cells of rows that assign, as `read_columns` gives them.
        doc_type: Its type (loại văn bản); decides what stands under no telling heading.
    """
    told: dict[str, Clause] = {}
    children: dict[str, list[Clause]] = {}
    for clause in clauses:
        children.setdefault(clause.parent or "", []).append(clause)
    lost_first = _first_part_is_lost(clauses)
    seen_part = False
    for clause in clauses:
        inside = [m for m in mentions if clause.span.holds(m.span)]
        kind = _demoted(text, clause, inside, children.get(clause.path, ()))
        seen_part = seen_part or kind == "heading"
        if clause.span.start in tables and kind == "narrative":
            kind = "heading" if is_group(tables[clause.span.start]) else "task"
        elif kind == "narrative":
            if lost_first and not seen_part:
                kind = "objective"
            else:
                given = any(path in heads for path in above(clause.path))
                kind = _kind(
                    text, clause, inside, told, given=given, doc_type=(doc_type or "").lower()
                )
        told[clause.path] = replace(clause, kind=kind)
    return tuple(told.values())


def find_heads(
    text: str, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> dict[str, Heads]:
    """Return, by path, the clauses that give what stands under them to bodies.

    "3. Sở Y tế", "Đề nghị Ủy ban MTTQ …", "Trách nhiệm của Bộ Công an", "Yêu cầu các sở, ngành:" do;
    a heading about something else does not, though it names a body.
    """
    found = {}
    for clause in clauses:
        if clause.kind == "heading" or (clause.kind == "narrative" and clause.text.endswith(":")):
            heads = _heads(text, clause, [m for m in mentions if clause.span.holds(m.span)])
            if heads:
                found[clause.path] = heads
    return found


def above(path: str) -> Iterator[str]:
    """Yield the paths that enclose *path*, the nearest first."""
    while path := path.rpartition(".")[0]:
        yield path


def _heads(text: str, clause: Clause, inside: Sequence[Mention]) -> Heads | None:
    left, place = [], clause.span.end - len(clause.text)
    for mention in inside:
        left.append(text[place : mention.span.start])
        place = mention.span.end
    left.append(text[place : clause.span.end])
    folded = [fold_tones(part.lower()) for part in left]
    if not inside or any(_ASSIGNS.sub(" ", part).strip() for part in folded):
        return None
    return Heads(tuple(inside), "requested" if "đề nghị" in folded[0] else "directed")


def cue_of(clause: Clause) -> str | None:
    """Return what a line that only assigns says: "lead", "coordinate", "when", "result"; else None."""
    head, colon, rest = clause.text.partition(":")
    if not colon or len(head.split()) > 8 or not rest.strip():
        return None
    return _cues().get(" ".join(fold_tones(head.lower()).split()))


def section_kind(clause: Clause, told: Mapping[str, Clause]) -> str | None:
    """Return the kind that the nearest telling heading above *clause* gives; None when none does."""
    headings = (told[path] for path in above(clause.path) if path in told)
    kinds = (_heading_kind(heading.text) for heading in headings if heading.kind == "heading")
    return next(filter(None, kinds), None)


def _demoted(
    text: str, clause: Clause, inside: Sequence[Mention], children: Sequence[Clause]
) -> Kind:
    """Return "narrative" for a heading under which only its assignment stands: it is the duty."""
    only_assigned = children and all(cue_of(child) for child in children)
    if clause.kind == "heading" and only_assigned and _acts(text, clause, inside):
        return "narrative"
    return clause.kind


def _kind(
    text: str,
    clause: Clause,
    inside: Sequence[Mention],
    told: Mapping[str, Clause],
    *,
    given: bool,
    doc_type: str,
) -> Kind:
    section = "task" if given else section_kind(clause, told)
    if cue_of(clause) and section not in {"objective", "narrative"}:
        return "assignment"
    if _FUNDING.match(fold_tones(clause.text.lower())) or section == "funding":
        return "funding"
    if section == "detail":
        return "detail"
    if section == "objective":
        return "objective"
    acts = _acts(text, clause, inside)
    if section == "task":
        return _in_task_section(clause, told, acts=acts, given=given)
    if section == "narrative" or doc_type in _NARRATIVE_TYPES or doc_type in _NORMATIVE_TYPES:
        return "narrative"
    ordered = _has_subject(text, clause, inside)
    free = doc_type in _ORDERS_FREELY and clause.label is not None and acts
    return "task" if ordered or free else _under(clause, told)


def _in_task_section(
    clause: Clause, told: Mapping[str, Clause], *, acts: bool, given: bool
) -> Kind:
    outer = told.get(clause.parent or "")
    if _SLOGAN.search(clause.text):
        return "detail"
    if outer and outer.kind in {"task", "detail"}:
        if _SLOGANS_FOLLOW.search(fold_tones(outer.text.lower())) or not acts:
            return "detail"
        return "task"
    folded = fold_tones(clause.text.lower())
    return "task" if acts or given or _PASSIVE.match(folded) or _MODAL.search(folded[:120]) else "detail"


def _under(clause: Clause, told: Mapping[str, Clause]) -> Kind:
    outer = told.get(clause.parent or "")
    return "detail" if outer and outer.kind == "task" else "narrative"


def _acts(text: str, clause: Clause, inside: Sequence[Mention]) -> bool:
    return begins_with_action(clause.text) or _has_subject(text, clause, inside)


def _has_subject(text: str, clause: Clause, inside: Sequence[Mention]) -> bool:
    body = Span(clause.span.end - len(clause.text), clause.span.end)
    return any(
        subject_of(text, sentence, [m for m in inside if sentence.holds(m.span)])
        for sentence in split_sentences(text, body)
    )


def _first_part_is_lost(clauses: Sequence[Clause]) -> bool:
    """Tell whether the first Roman heading is "II": what stands above it was "I. Mục đích, yêu cầu"."""
    roman = (
        c.label for c in clauses if c.kind == "heading" and re.match(r"[IVX]+\b", c.label or "")
    )
    return re.match(r"II\b", next(roman, None) or "") is not None


@cache
def _heading_kind(heading: str) -> str | None:
    folded = _LEADING.sub("", fold_tones(heading.lower()))
    found = [
        (len(row["phrase"]), row["kind"])
        for row in rows("section_kinds")
        if re.match(rf"{re.escape(fold_tones(row['phrase']))}(?!\w)", folded)
    ]
    return max(found)[1] if found else None


@cache
def _cues() -> dict[str, str]:
    return {fold_tones(row["cue"]): row["role"] for row in rows("trailing_cues")}
