"""CLAUSES -> WHO IS GIVEN WHAT STANDS UNDER THEM: headings and lead-ins that name bodies.

"3. Sở Y tế", "Đề nghị Ủy ban MTTQ …", "Điều 5. Trách nhiệm của Bộ Công an", "Yêu cầu các sở:" give
what stands under them; a heading about something else does not, though it names a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.actors import Mention
from ingest.knowledge.tables import rows
from ingest.model import Clause, Deadline, Mode, Span, Target
from ingest.task_tables import Columns
from ingest.tones import fold_tones

_ONLY_ASSIGNS = re.compile(
    r"""(?:^|(?<=[\s.:]))
        (?:đề\ nghị|giao(?:\ nhiệm\ vụ)?(?:\ cho)?|yêu\ cầu|phân\ công|trách\ nhiệm(?:\ của)?
          |nhiệm\ vụ(?:\ của)?|đối\ với|của|cho|các|và|cùng|với|lực\ lượng|chủ\ trì|phối\ hợp
          |có\ trách\ nhiệm|cụ\ thể|như\ sau|thực\ hiện|một\ số\ nội\ dung|tổ\ chức\ thực\ hiện
          |tỉnh|huyện|thành\ phố|xã|phường|cấp|trung\ ương)(?!\w)
      | [\W\d_]+""",
    re.VERBOSE,
)
_CUE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Heads:
    """The bodies that a heading gives what stands under it."""

    mentions: tuple[Mention, ...]
    mode: Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What earlier steps found in a document, for kinds and tasks to take up."""

    mentions: Sequence[Mention]
    heads: Mapping[str, Heads]  # by the path of their clause
    tables: Mapping[int, Columns]  # by the start of a row's clause
    deadlines: Sequence[Deadline] = ()
    targets: Sequence[Target] = ()

    def named_in(self, clause: Clause) -> list[Mention]:
        """Return the bodies named in a clause, in order."""
        return [mention for mention in self.mentions if clause.span.holds(mention.span)]


def find_heads(
    text: str, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> dict[str, Heads]:
    """Return, by path, what the clauses that only name bodies give to them."""
    found = {}
    for clause in clauses:
        if clause.kind == "heading" or (clause.kind == "narrative" and clause.text.endswith(":")):
            inside = [mention for mention in mentions if clause.span.holds(mention.span)]
            given_above = any(path in found for path in above(clause.path))
            heads = _heads(text, clause, inside) or _whole(clause, inside, given_above=given_above)
            if heads:
                found[clause.path] = heads
    return found


def above(path: str) -> Iterator[str]:
    """Yield the paths that enclose *path*, the nearest first."""
    while path := path.rpartition(".")[0]:
        yield path


def cue_of(clause: Clause) -> str | None:
    """Return what a line that only assigns says: "lead", "coordinate", "when", "result"; else None.

    "Đơn vị chủ trì: Sở Y tế" says "lead". Source: `knowledge/trailing_cues.csv`.
    """
    head, colon, rest = clause.text.partition(":")
    if not colon or len(head.split()) > _CUE_WORDS or not rest.strip():
        return None
    return _cues().get(" ".join(fold_tones(head.lower()).split()))


def _heads(text: str, clause: Clause, inside: Sequence[Mention]) -> Heads | None:
    left, place = [], clause.span.end - len(clause.text)
    for mention in inside:
        left.append(fold_tones(text[place : mention.span.start].lower()))
        place = mention.span.end
    left.append(fold_tones(text[place : clause.span.end].lower()))
    if not inside or any(_ONLY_ASSIGNS.sub(" ", part).strip() for part in left):
        return None
    return Heads(tuple(inside), "requested" if "đề nghị" in left[0] else "directed")


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
def _cues() -> dict[str, str]:
    return {fold_tones(row["cue"]): row["role"] for row in rows("trailing_cues")}
