"""A BODY -> WHAT IT IS CALLED AFTER ITS PROVINCE OR ITS COMMUNES CHANGED, step by step."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from index.communes import communes_since
from index.edges import Edge, Step, edges, step_by, weaker
from index.situation import Situation
from ingest.places import TWO_TIERS

_COUNCILS = ("UBND", "HĐND")  # that a resolution on units itself makes anew
_SMALLER = re.compile(r"(?<=các )(?:xã|phường|thị trấn)(?:, (?:xã|phường|thị trấn))*")
_COMMUNES_CHANGED = "các nghị quyết sắp xếp đơn vị hành chính cấp xã năm 2025"
_REGISTER = "vietnamadminunits"
_COMMUNES_SOURCE = "thongtin.vietnam.vn; underthesea#958"


def unit_steps(
    name: str, situation: Situation, on: dt.date, *, written_on: dt.date | None
) -> Iterator[Step]:
    """Yield the changes of what a body is named after: its province, its communes' district."""
    commune = _commune_step(name, situation, on, written_on)
    if commune:
        yield commune
        if commune.agency is None:
            return
        name = commune.agency
    elif situation.level == "commune" and situation.district and on >= TWO_TIERS:
        moved = _in_former_district(name, situation)
        if moved != name:
            name = moved
            yield Step(
                agency=name,
                kind="hợp nhất",
                function=None,
                valid_from=TWO_TIERS,
                basis=_COMMUNES_CHANGED,
                source=_COMMUNES_SOURCE,
                certainty="secondary",
                note="xã cũ nào thành xã, phường mới nào: cần xác minh",
            )
    changes = sorted(
        (edge for edge in edges() if edge.level == "unit" and edge.valid_from <= on),
        key=lambda edge: edge.valid_from,
    )
    for edge in changes:
        renamed = _renamed(name, edge)
        if renamed != name:
            name = renamed
            sure = name.startswith(_COUNCILS)
            certainty = edge.certainty if sure else weaker(edge.certainty, "default")
            yield replace(step_by(edge, name, None), certainty=certainty)


def _commune_step(
    name: str, situation: Situation, on: dt.date, written_on: dt.date | None
) -> Step | None:
    """Return what became of the one commune that a body is of; None: it is the same, or unknown."""
    commune, province = situation.commune, situation.province
    old = written_on is not None and written_on < TWO_TIERS <= on
    if not old or commune is None or province is None or f"{commune}" not in name:
        return None
    since = communes_since(commune, province=province, district=situation.district)
    core = name.partition(f" {commune}")[0]
    to = f"{core} {since[0]}" if len(since) == 1 else None
    if not since or (to and to.startswith(name)):
        return None
    return Step(
        agency=to,
        kind="hợp nhất" if to else "chia tách theo chức năng",
        function=None,
        valid_from=TWO_TIERS,
        basis=_COMMUNES_CHANGED,
        source=_REGISTER,
        certainty="secondary" if to else "unknown",
        note=None if to else f"{commune} cũ chia về: {'; '.join(since)}",
    )


def _in_former_district(name: str, situation: Situation) -> str:
    """Return "UBND các xã, phường thuộc địa bàn huyện X cũ, tỉnh Y" of the communes of X."""
    district = str(situation.district)
    head, found, _ = name.partition(f" {district}")
    if not found or head.endswith("địa bàn") or situation.commune:
        return name
    head = _SMALLER.sub("xã, phường", head, count=1)
    province = f", {situation.province}" if situation.province else ""
    return f"{head} thuộc địa bàn {district} cũ{province}"


def _renamed(name: str, edge: Edge) -> str:
    """Return *name* with a province as it is called after a change."""
    (kind, old), (new_kind, new) = _split(edge.from_), _split(edge.to)
    if old not in name:
        return name
    named = re.sub(rf"{re.escape(edge.from_)}(?!\w| [A-ZĐ]\w)", edge.to, name)
    committee = "Tỉnh" if kind == "tỉnh" else "Thành"
    new_committee = "Tỉnh" if new_kind == "tỉnh" else "Thành"
    named = re.sub(
        rf"{committee} (ủy|đoàn) {re.escape(old)}(?!\w)", rf"{new_committee} \1 {new}", named
    )
    if re.match(r"(?:Báo|Đài) ", named):
        named = re.sub(rf"(?<=\w ){re.escape(old)}$", new, named)
    return named


def _split(unit: str) -> tuple[str, str]:
    kind = "thành phố" if unit.startswith("thành phố ") else "tỉnh"
    return kind, unit.removeprefix(f"{kind} ")
