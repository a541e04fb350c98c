"""NAME OF A UNIT, ISSUER -> ITS FULL NAME: "Văn phòng Sở", "Vụ Pháp chế" within who issued it.

Only a ministry, a department, a school or the like has units of its own; those of a people's
committee are bodies of the place.

Source: `knowledge/houses.csv`, row by row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.knowledge.tables import rows
from ingest.places import find_units
from ingest.tones import fold_tones


@dataclass(frozen=True, slots=True)
class House:
    """A kind of body that has units of its own."""

    issuer: re.Pattern[str]
    units: re.Pattern[str]  # with a name of their own: "Vụ Pháp chế"
    alone: frozenset[str]  # by themselves: "văn phòng sở"
    itself: frozenset[str]  # what it calls itself: "nhà trường"


def unit_of_house(name: str, issuer: str | None) -> str | None:
    """Return the full name of a unit of *issuer*, of *issuer* itself, or None: it is neither.

    Args:
        name: Canonical but for its place: "Văn phòng Sở", "Vụ Kế hoạch - Tài chính", "Nhà trường".
        issuer: Full name.
    """
    house = next((h for h in _houses() if issuer and h.issuer.match(issuer)), None)
    if house is None or issuer is None:
        return None
    low = name.lower()
    if low in house.itself:
        return issuer
    if low in house.alone:
        return f"{_without_kind(name, issuer)} {issuer}"
    if house.units.match(name) and not any(find_units(name)) and issuer not in name:
        return f"{name[0].upper()}{name[1:]} {issuer}"
    return None


def _without_kind(name: str, issuer: str) -> str:
    """Return "Văn phòng" of "Văn phòng Sở": the issuer's name follows."""
    for length in (3, 2, 1):
        kind = " ".join(issuer.split()[:length])
        if name.lower().endswith(f" {kind.lower()}"):
            name = name[: -len(kind)].rstrip()
    return name[0].upper() + name[1:]


@cache
def _houses() -> tuple[House, ...]:
    return tuple(_house(row) for row in rows("houses"))


def _house(row: dict[str, str]) -> House:
    units = "|".join(map(re.escape, row["units"].split("|")))
    others = "|".join(map(re.escape, filter(None, row["except"].split("|"))))
    never = rf"(?!(?:{others})(?!\w))" if others else ""
    return House(
        issuer=re.compile(rf"{never}(?:{row['issuer']})(?!\w)"),
        units=re.compile(rf"(?:{units}) \w"),
        alone=_folded(row["alone"]),
        itself=_folded(row["itself"]),
    )


def _folded(names: str) -> frozenset[str]:
    return frozenset(fold_tones(name.lower()) for name in names.split("|") if name)
