"""A BODY'S HEADING, CONTEXT -> CONTEXT WITHIN IT: whose place stands under a lower body's name.

"Công an xã" under the heading of a commune is that commune's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ingest.model import Level
from ingest.places import Context, find_units

# Whose place a heading of a lower level gives to what stands under it.
_GOVERNS = re.compile(r"(?:UBND|HĐND|Đảng ủy|Chính quyền)\s+(?P<area>(?:các )?(?P<level>\w+).*)")
_LOWER: Mapping[str, Level] = {
    "huyện": "district", "quận": "district", "thị": "district", "thành": "district",
    "xã": "commune", "phường": "commune", "đặc": "commune",
}  # fmt: skip


def within(context: Context, body: str) -> Context:
    """Return the context of what stands under or beside *body*, where that is on a lower level.

    Args:
        context: The document's.
        body: A full name: "UBND các huyện, thành phố tỉnh Ninh Bình", "UBND phường Hồng Ngự".

    Returns:
        *context* itself for any other body, and for one of the document's own unit.
    """
    found = _GOVERNS.match(body)
    level = _LOWER.get(found["level"].lower()) if found else None
    if found is None or level is None or found["area"] == context.unit:
        return context
    if next(find_units(found["area"]), None) and _level_of(found["area"]) == "province":
        return context
    return replace(context, level=level, unit=found["area"], nested=body)


def _level_of(area: str) -> str | None:
    unit = next(find_units(area), None)
    return unit.level if unit and unit.span.start == 0 else None
