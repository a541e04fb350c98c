"""TEXT, ISSUER -> WHERE A DOCUMENT STANDS: what the whole text adds to its letterhead."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

from ingest.places import UPPER, Context
from ingest.registers import province_of

_DISTRICTS = "huyện|quận|thị xã|thành phố"
_COMMUNES = "xã|phường|thị trấn|đặc khu"


def settle(context: Context, text: str, *, on: dt.date | None) -> Context:
    """Return *context* with what else tells where its document stands.

    The register gives the province that a commune or district does not name; the text says what
    it calls the units below: "các huyện, thị xã, thành phố", "các xã, phường".
    """
    province = context.province
    if province is None and context.unit and context.level in {"district", "commune"}:
        province = province_of(context.unit, on=on)
    if context.level != "province":
        return replace(context, province=province)
    return replace(
        context,
        province=province,
        districts=_called(_DISTRICTS, text),
        communes=_called(_COMMUNES, text),
    )


def _called(levels: str, text: str) -> str | None:
    several = re.compile(rf"các (?:{levels})(?:, (?:{levels}))*(?!\w| hội| [{UPPER}])")
    counts = Counter(several.findall(text))
    return counts.most_common(1)[0][0] if counts else None
