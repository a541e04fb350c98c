"""TEXT, ISSUER -> WHERE A DOCUMENT STANDS: what the whole text adds to its letterhead."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

from ingest.agency_names import field_named, field_pattern
from ingest.places import UPPER, Context
from ingest.registers import province_of
from ingest.tones import fold_tones

_UNIT_OF_MINISTRY = re.compile(r"(?<!\w)Vụ [A-ZĐ]")
_MINISTRY = re.compile(r"(?<!\w)Bộ (?=[A-ZĐ])")
_LEADS = 2
_REGULATES = re.compile(
    r"Quy chế này quy định[^.;\n]{0,80}? hoạt động của "
    r"(?P<name>(?:Đội|Tổ|Ban|Đoàn) [^.;,()\n]{3,80}?)"
    r"(?:(?: (?:trong|trên|tại) [^.;()\n]{3,60})? \(sau đây (?:gọi|viết) tắt là"
    r" (?P<called>[^()]{3,60})\)|(?= (?:trong|trên|tại|theo|và))|[.;,\n])"
)
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
    context = replace(context, province=province, team=_team(text))
    if context.issuer is None and context.level is None and province is None:
        ministry = _ministry(text)
        return replace(context, issuer=ministry, level="central") if ministry else context
    if context.level != "province":
        return context
    return replace(
        context,
        districts=_called(_DISTRICTS, text),
        communes=_called(_COMMUNES, text),
    )


def _ministry(text: str) -> str | None:
    """Return the ministry whose table of work this is: it has units of one and names one most."""
    if not _UNIT_OF_MINISTRY.search(text):
        return None
    found = (
        field_pattern().match(fold_tones(text.lower()), m.end()) for m in _MINISTRY.finditer(text)
    )
    named = Counter(field_named(field[0], "Bộ") for field in found if field)
    (first, most), *others = [*named.most_common(2)] or [(None, 0)]
    return f"Bộ {first}" if first and most > _LEADS * (others[0][1] if others else 0) else None


def _team(text: str) -> str | None:
    """Return the team (đội, tổ, ban, đoàn) whose regulations (quy chế) a text gives."""
    found = _REGULATES.search(text)
    if found is None:
        return None
    called = found["called"] or found["name"]
    return " ".join(called.split())


def _called(levels: str, text: str) -> str | None:
    several = re.compile(rf"các (?:{levels})(?:, (?:{levels}))*(?!\w| hội| [{UPPER}])")
    counts = Counter(several.findall(text))
    return counts.most_common(1)[0][0] if counts else None
