"""A BODY, A DUTY'S FUNCTIONS, A DAY -> THE EDGES THAT LEAD ON, and what is in doubt about them.

The longest name in the table counts; what holds in the province goes before what holds by default;
the edges of the duty's functions before those of all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from index.edges import ANY, NATIONWIDE, Edge, edges, joined
from index.functions import uncovered
from index.situation import Situation
from ingest.knowledge.tables import rows

_UNCLEAR = "chưa rõ nhiệm vụ thuộc lĩnh vực nào, nêu mọi khả năng"
_SHARED = "nhiều đơn vị cùng kế thừa"
_UNPLACED = "chưa rõ tỉnh nào"
_SEVERAL = "nhiệm vụ thuộc nhiều lĩnh vực"
_OF_OWNER = "theo cơ quan chủ quản; đơn vị bên trong cần xác minh"
_WORD = re.compile(r"[^\W_]+")
_OWNER = re.compile(r"(?<=\w) (?=(?:Bộ|Sở) [A-ZĐ])")  # "Phòng Nghiệp vụ | Sở Giao thông vận tải"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about a body: the functions of its duty, and the day."""

    functions: tuple[str, ...]
    on: dt.date


def edges_of(
    name: str, situation: Situation, asked: Asked, written_on: dt.date | None
) -> tuple[Sequence[Edge], str | None]:
    """Return the edges that lead on from a body for a duty, and what is in doubt about them."""
    known = [edge for edge in _known(name, situation) if edge.valid_from <= asked.on]
    taken, doubt = _taken(known, situation, asked, written_on)
    owned = any(edge.from_ in name[1:] and _OWNER.search(name) for edge in taken)
    return taken, joined(doubt, _OF_OWNER) if owned else doubt


def _taken(
    known: Sequence[Edge], situation: Situation, asked: Asked, written_on: dt.date | None
) -> tuple[Sequence[Edge], str | None]:
    of_body, unplaced = _of_place(known, situation.province)
    told = [edge for edge in of_body if edge.function in asked.functions]
    rest = [edge for edge in of_body if edge.function == ANY]
    if _goes_on(of_body):
        old = [edge for edge in told if written_on and written_on < edge.valid_from]
        return old, None
    told_of = {edge.function for edge in told}
    if told:
        more = rest if uncovered(asked.functions, told_of) else []
        return [*told, *more], _SEVERAL if more or len(told_of) > 1 else None
    if rest:
        return rest, unplaced or (_SHARED if len({edge.to for edge in rest}) > 1 else None)
    return of_body, _UNCLEAR if of_body else None


def _of_place(known: Sequence[Edge], province: str | None) -> tuple[list[Edge], str | None]:
    """Return the edges that hold in a province: its own before those that hold by default."""
    own = {edge.function for edge in known if edge.place and edge.place == province}
    general = {edge.function for edge in known if edge.place in {"", NATIONWIDE}}
    kept = [
        edge
        for edge in known
        if (edge.place == province if edge.function in own else edge.place in {"", NATIONWIDE})
        or (province is None and edge.function not in general)
    ]
    placed = all(edge.place in {"", NATIONWIDE, province} for edge in kept)
    return kept, None if placed else _UNPLACED


def _known(name: str, situation: Situation) -> list[Edge]:
    """Return the edges of the longest name in the table that *name* begins with."""
    unit_of_police = name.find(" Công an ")
    names = [name, name[unit_of_police + 1 :]] if unit_of_police > 0 else [name]
    names += [name[owner.end() :] for owner in _OWNER.finditer(name)]
    fit: list[Edge] = []
    for candidate in names:
        for edge in _beginning().get(_first_word(candidate), ()):
            if fit and len(edge.from_) < len(fit[0].from_):
                break
            if _fits(edge, candidate, situation):
                fit.append(edge)
        if fit:
            return fit
    if situation.level != "district" or _institutions().match(name.lower()):
        return []
    return [edge for edge in edges() if edge.from_ == ANY and edge.level == "district"]


@cache
def _beginning() -> Mapping[str, Sequence[Edge]]:
    """Return the edges by the first word of the names that they begin with."""
    found: dict[str, list[Edge]] = {}
    for edge in edges():
        found.setdefault(_first_word(edge.from_), []).append(edge)
    return found


def _first_word(name: str) -> str:
    word = _WORD.match(name)
    return word[0] if word else ""


@cache
def _institutions() -> re.Pattern[str]:
    """Return the pattern of what is in a district without being of its government: a school."""
    heads = "|".join(re.escape(row["head"].lower()) for row in rows("institutions"))
    return re.compile(rf"(?:các )?(?:{heads})(?!\w)")


def _fits(edge: Edge, name: str, situation: Situation) -> bool:
    after = name[len(edge.from_) : len(edge.from_) + 1]
    if edge.from_ == ANY or not name.startswith(edge.from_) or after.isalnum():
        return False
    fixed = edge.to.partition(" {")[0]
    if len(fixed) > len(edge.from_) and name.startswith(fixed):
        return False  # it is already what it became
    return edge.level in {situation.level, "any"}


def _goes_on(of_body: Sequence[Edge]) -> bool:
    """Tell whether a body is still there, having handed over single functions."""
    return bool(of_body) and all(
        edge.kind == "chuyển thẩm quyền" and edge.function != ANY for edge in of_body
    )
