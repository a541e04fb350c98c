"""CLAUSES -> WHO IS GIVEN WHAT STANDS UNDER THEM: headings and lead-ins that name bodies.

"3. Sở Y tế", "Đề nghị Ủy ban MTTQ …", "Điều 5. Trách nhiệm của Bộ Công an", "Yêu cầu các sở:" give
what stands under them; a heading about something else does not, though it names a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from ingest.actors import Mention, find_parts, trailing_parts
from ingest.knowledge.tables import rows
from ingest.model import Clause, Deadline, Mode, Role, Span, Target
from ingest.norms import gives_powers, lists_cases, opens_duties
from ingest.sections import above
from ingest.sentences import split_sentences
from ingest.task_tables import Columns
from ingest.tones import fold_tones

_ORDERED = re.compile(r"(?<!\w)(?:yêu cầu|đề nghị|giao)(?: các)?(?: đồng chí)?:?\s*$")
_GLOSS = re.compile(r"\([^)]*\)")
# "… tập trung thực hiện các nội dung sau:", "… có trách nhiệm:": what follows is the duty.
_LEADS_IN = re.compile(
    r"(?:(?:nội dung|nhiệm vụ|công việc|việc|giải pháp|biện pháp|yêu cầu|vấn đề|công tác)"
    r"(?: [^\W\d_]+){0,3} sau(?: đây)?|như sau|(?:có|chịu) trách nhiệm|có nhiệm vụ|thực hiện"
    r"|cụ thể)\s*:$"
)

# "Trách nhiệm, quyền hạn của … | trong việc …"
_TITLE = re.compile(
    r"(?:trách nhiệm|nghĩa vụ|nhiệm vụ)"
    r"(?:(?:,| và) (?:quyền hạn|nhiệm vụ|nghĩa vụ|trách nhiệm|quyền))*"
    r"(?: cụ thể| phối hợp| quản lý nhà nước)? của (?P<who>[^.:;]+?)"
    r"(?= (?:trong (?:việc|công tác|quản lý|thực hiện|hoạt động)|đối với|về|khi)\s|[\s.:;]*$)"
)


@dataclass(frozen=True, slots=True)
class Heads:
    """The bodies that a heading gives what stands under it."""

    mentions: tuple[Mention, ...]
    mode: Mode
    roles: tuple[Role, ...] = ()  # of each; () when all lead
    only: bool = True  # it says nothing else: no duty of its own
    default: bool = False  # for what nobody else is named for

    def given(self) -> Iterator[tuple[Mention, Role]]:
        """Yield each body with its role."""
        lead: Role = "lead"
        return zip(self.mentions, self.roles or (lead,) * len(self.mentions), strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What earlier steps found in a document, for kinds and tasks to take up."""

    mentions: Sequence[Mention]
    heads: Mapping[str, Heads]  # by the path of their clause
    tables: Mapping[int, Columns]  # by the start of a row's clause
    deadlines: Sequence[Deadline] = ()
    targets: Sequence[Target] = ()
    law: bool = False  # its type rules: most of it charges nobody

    def named_in(self, clause: Clause) -> list[Mention]:
        """Return the bodies named in a clause, in order."""
        return [mention for mention in self.mentions if clause.span.holds(mention.span)]


def find_heads(
    text: str, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> dict[str, Heads]:
    """Return, by path, what the clauses that lead in give to bodies.

    Under "" stands whom the last words before the first label order ("Chủ tịch UBND tỉnh yêu cầu
    Thủ trưởng các sở …:"): they are given what names nobody else.
    """
    found: dict[str, Heads] = {}
    parents = {clause.parent for clause in clauses}
    for clause, following in zip_longest(clauses, clauses[1:]):
        inside = [mention for mention in mentions if clause.span.holds(mention.span)]
        open_end = clause.text.endswith(":") or opens_duties(clause.text)
        ends_open = clause.kind == "narrative" and open_end
        if (clause.kind == "heading" or ends_open) and not gives_powers(clause.text):
            given_above = any(path in found for path in above(clause.path))
            heads = (
                _heads(text, clause, inside)
                or _entitled(clause, inside)
                or _whole(clause, inside, given_above=given_above)
            )
            beside = ends_open and _goes_on_beside(clause, following)
            opens = open_end and clause.path in parents
            if heads is None and (opens or beside):
                heads = _lead_in(text, clause, inside)
            if heads:
                found.setdefault(clause.parent or "" if beside else clause.path, heads)
    return found | _ordered_first(text, clauses, mentions)


def _goes_on_beside(clause: Clause, following: Clause | None) -> bool:
    """Tell a lead-in without a label over labelled clauses that stand beside it, not under it."""
    return bool(
        following
        and not lists_cases(clause.text)
        and following.label
        and not clause.label
        and clause.parent
        and following.parent == clause.parent
    )


def _heads(text: str, clause: Clause, inside: Sequence[Mention]) -> Heads | None:
    left, place = [], clause.span.end - len(clause.text)
    inside = [mention for mention in inside if not _in_brackets(text[place : mention.span.start])]
    for mention in inside:
        left.append(text[place : mention.span.start])
        place = mention.span.end
    left.append(text[place : clause.span.end])
    folded = [fold_tones(part.lower()) for part in left]
    gaps = _GLOSS.sub(" ", "\0".join(folded)).split("\0")
    if not inside or any(_lead_in_words().sub(" ", part).strip() for part in gaps):
        return None
    parts = trailing_parts(text, clause.span, inside)
    mode: Mode = "requested" if "đề nghị" in folded[0] else "directed"
    return Heads(tuple(inside), mode, tuple(part.role for part in parts))


def _in_brackets(before: str) -> bool:
    return before.count("(") > before.count(")")


def _lead_in(text: str, clause: Clause, inside: Sequence[Mention]) -> Heads | None:
    """Return whom the last sentence of a clause that ends in a colon binds."""
    body = Span(clause.span.end - len(clause.text), clause.span.end)
    sentence = list(split_sentences(text, body))[-1]
    named = [mention for mention in inside if sentence.holds(mention.span)]
    parts = [part for part in find_parts(text, sentence, named) if part.role != "support"]
    if not any(part.own and part.role == "lead" for part in parts):
        return None
    only = sentence.start == body.start and _LEADS_IN.search(fold_tones(clause.text.lower()))
    return Heads(
        tuple(part.mention for part in parts),
        next(part.mode for part in parts if part.own),
        tuple(part.role for part in parts),
        only=bool(only),
    )


def _ordered_first(
    text: str, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> dict[str, Heads]:
    """Return whom the paragraph right above the first labelled clause orders."""
    last: Clause | None = None
    for clause in clauses:
        if clause.kind in {"heading", "narrative"} and clause.label:
            break
        last = clause
    if last is None or last.kind not in {"preamble", "narrative"} or not last.text.endswith(":"):
        return {}
    inside = [mention for mention in mentions if last.span.holds(mention.span)]
    heads = _lead_in(text, last, inside)
    before = text[last.span.start : heads.mentions[0].span.start] if heads else ""
    if heads is None or not _ORDERED.search(before.lower()):
        return {}
    return {"": replace(heads, default=True)}


def _entitled(clause: Clause, inside: Sequence[Mention]) -> Heads | None:
    """Return whom a title names that says no more: "Trách nhiệm của cơ quan quản lý rừng"."""
    title = _TITLE.match(fold_tones(clause.text.lower()))
    if title is None or clause.kind != "heading":
        return None
    shift = clause.span.end - len(clause.text)
    whole = Span(shift + title.start("who"), shift + title.end("who"))
    named = [mention for mention in inside if whole.holds(mention.span)]
    if named and named[-1].span.end == whole.end and named[0].span.start == whole.start:
        return Heads(tuple(named), "directed")
    return Heads((Mention(whole, "body"),), "directed")


def _whole(clause: Clause, inside: Sequence[Mention], *, given_above: bool) -> Heads | None:
    """Return a title that begins with a body and goes on to say which one, as that body.

    Only under a heading that gives to bodies: "Trách nhiệm của các cơ quan" over "2. Tổ chức, cá
    nhân kinh doanh giống thủy sản".
    """
    start = clause.span.end - len(clause.text)
    if not (given_above and inside and inside[0].span.start == start):
        return None
    end = clause.span.end - (len(clause.text) - len(clause.text.rstrip(":. ")))
    return Heads((Mention(Span(start, end), inside[0].label),), "directed")


@cache
def _lead_in_words() -> re.Pattern[str]:
    words = {fold_tones(row["words"]) for row in rows("lead_in_words")}
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)|[\W\d_]+")
