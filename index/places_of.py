"""A LIBRARY -> THE PLACES IT IS OF, to be offered for "tỉnh tôi", those of most tasks first."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.finding import Sources

_AS_WRITTEN = r"(?<!\w){unit} (?P<name>(?:[A-ZÀ-ỸĐ][^\W\d_]*[ -]?)+)"  # "tỉnh Lam Giang"
_ANY = "tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
_ALSO = {
    "tỉnh": "tỉnh|thành phố",
    "huyện": "huyện|quận|thị xã|thành phố",
    "xã": "xã|phường|thị trấn|đặc khu",
}
_BODIES = {"sở": "Sở ", "phòng": "Phòng ", "ban": "Ban ", "trường": "Trường "}


def places_offered(sources: Sources, unit: str) -> list[tuple[str, int]]:
    """Return (name, tasks) of the places or bodies that *unit* may be, as the documents write them.

    Args:
        sources: The library.
        unit: "tỉnh", "xã", "địa phương", "sở", "cơ quan".
    """
    counts: Counter[str] = Counter()
    tasks = sources.gazetteer.tasks
    head = _BODIES.get(unit, "" if unit in {"cơ quan", "đơn vị"} else None)
    form = re.compile(
        _AS_WRITTEN.format(unit=f"(?:{_ALSO.get(unit, unit if unit in _ANY else _ANY)})")
    )
    for agency, name in sources.gazetteer.agencies:
        worth = tasks.get(agency, 0) + 1
        if head is not None:
            if name.startswith(head) and sources.gazetteer.bodies[agency].places:
                counts[name] += worth
        elif found := form.search(name):
            counts[found[0].strip()] += worth
    return counts.most_common()
