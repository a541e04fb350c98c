"""TABLE -> EDGES: what became of bodies and provinces (sắp xếp bộ máy), one edge a change.

An edge is of one function, level and place, and says since when, on what basis, from what source
and how certain it is. `knowledge/successions.csv` holds them; nothing else does.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from ingest.knowledge.tables import rows

# The table was brought up to date on this day, from the sources that its rows name.
DATA_AS_OF = dt.date(2026, 11, 21)
ANY = "*"
NATIONWIDE = "cả nước"
_BY_DEFAULT = "mặc định, cần xác minh theo tỉnh"
NO_PROVINCE = "tỉnh (chưa rõ tỉnh nào)"

ChangeKind = Literal[
    "đổi tên",
    "hợp nhất",
    "chia tách theo chức năng",
    "chuyển thẩm quyền",
    "giải thể không kế thừa",
    "đổi loại đơn vị",
]
Certainty = Literal[
    "verified",  # read in the source that is named
    "default",  # follows the general rule; a province may have decided otherwise
    "secondary",  # read second-hand, or of an example province
    "prior",  # general knowledge, no source read
    "unknown",  # looked for and not found
]

WEAKEST_LAST: tuple[Certainty, ...] = ("verified", "default", "secondary", "prior", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One change: from a body to who took over one function of it."""

    from_: str  # "Sở Lao động - Thương binh và Xã hội"; "tỉnh Hà Nam" of a unit; "*" for any
    level: str  # central | province | district | any; unit: the edge is of a province itself
    function: str  # of `functions.csv`, or "*"
    place: str  # "tỉnh Hà Tĩnh"; "cả nước": by law; "": by default, to be checked
    to: str  # with {province}, {communes} or {area} for its place; "" where nobody took over
    valid_from: dt.date
    kind: ChangeKind
    certainty: Certainty
    basis: str
    source: str
    note: str | None


@cache
def edges() -> tuple[Edge, ...]:
    """Return every edge, those with longer names first.

    Raises:
        ValueError: A row has no such kind, certainty or date: a defect of the table.
    """
    found = (_edge(row) for row in rows("successions"))
    return tuple(sorted(found, key=lambda edge: len(edge.from_), reverse=True))


def _edge(row: dict[str, str]) -> Edge:
    if row["kind"] not in get_args(ChangeKind) or row["certainty"] not in get_args(Certainty):
        raise ValueError(f"no such kind or certainty: {row}")
    return Edge(
        from_=row["from"],
        level=row["level"],
        function=row["function"],
        place=row["place"],
        to=row["to"],
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        kind=cast("ChangeKind", row["kind"]),
        certainty=cast("Certainty", row["certainty"]),
        basis=row["legal_basis"],
        source=row["source"],
        note=row["note"] or None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change on the way from the body as written to who is responsible now."""

    agency: str | None  # whom it led to; None: nobody
    kind: ChangeKind
    function: str | None  # None: all of them
    valid_from: dt.date
    basis: str
    source: str
    certainty: Certainty
    note: str | None = None


def step_by(edge: Edge, to: str | None, doubt: str | None) -> Step:
    """Return the step that an edge leads to *to*; *doubt* says what is not clear about it."""
    default = _BY_DEFAULT if edge.place == "" and edge.level != "central" else None
    return Step(
        agency=to,
        kind=edge.kind,
        function=None if edge.function == ANY else edge.function,
        valid_from=edge.valid_from,
        basis=edge.basis,
        source=edge.source,
        certainty=edge.certainty if doubt is None else weaker(edge.certainty, "secondary"),
        note=joined(edge.note, default, doubt),
    )


def weaker(one: Certainty, other: Certainty) -> Certainty:
    """Return the less certain of two."""
    return max(one, other, key=WEAKEST_LAST.index)


def joined(*parts: str | None) -> str | None:
    """Return what is said, each once, or None."""
    return "; ".join(dict.fromkeys(part for part in parts if part)) or None
