"""THE NAME OF A BODY -> WHERE IT STANDS: its level, its district and its province.

"Phòng Y tế các huyện, thành phố tỉnh Ninh Bình" stands on the districts' level in Ninh Bình.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ingest.office_names import level_of_body
from ingest.places import find_units, province_full
from ingest.registers import province_of

_COMMITTEE = re.compile(r"(?P<kind>Tỉnh|Thành|Huyện|Quận|Thị) (?:ủy|đoàn)(?: (?P<name>[^,;()]+))?$")
_OF_COMMITTEE = {
    "Tỉnh": "province", "Thành": "province", "Huyện": "district", "Quận": "district",
    "Thị": "district",
}  # fmt: skip
_KINDS = {"Tỉnh": "tỉnh", "Thành": "thành phố", "Huyện": "huyện", "Quận": "quận", "Thị": "thị xã"}
_GENERIC = re.compile(
    r"(?:các|cấp|mỗi|từng) (?P<kind>xã|phường|thị trấn|huyện|quận|thị xã|cơ sở)(?! hội)\b"
)
_NAMED_AFTER = re.compile(r"(?:Báo|Đài) .*?(?P<name>[A-ZĐ]\w*(?:(?: - | )[A-ZĐ]\w*)*)$")
_COMMUNES = {"xã", "phường", "thị trấn", "cơ sở"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where a body stands, as its name and its document say."""

    level: str  # central | province | district | commune
    district: str | None = None  # "huyện Bình Lục"
    commune: str | None = None  # "xã Ngọc Lũ"
    province: str | None = None  # "tỉnh Hà Nam", as it was called then


def situate(agency: str, *, province: str | None, on: dt.date | None) -> Situation:
    """Return where *agency* stands.

    Args:
        agency: Full name, as a document gives it.
        province: Of the document, for names that do not say theirs.
        on: The document's day: a district is looked up on the map of then.
    """
    units = list(find_units(agency))
    named = {unit.level: str(unit) for unit in units}
    generic = _GENERIC.search(agency)
    committee = _COMMITTEE.search(agency)
    district = named.get("district")
    if committee and _OF_COMMITTEE[committee["kind"]] == "district" and committee["name"]:
        district = f"{_KINDS[committee['kind']]} {committee['name']}"
    own = named.get("province") or _province_of_name(agency, committee)
    smaller = [unit for unit in (district, named.get("commune")) if unit]
    # A document names the communes and districts of its own province.
    looked_up = (province_of(unit, on=on) for unit in smaller)
    own = own or province or next(filter(None, looked_up), None)
    if generic and not named.get("commune"):
        level = "commune" if generic["kind"] in _COMMUNES else "district"
    elif "commune" in named:
        level = "commune"
    elif district:
        level = "district"
    elif "province" in named or _province_of_name(agency, committee):
        level = "province"
    else:
        level = level_of_body(agency) or "central"
    return Situation(level=level, district=district, commune=named.get("commune"), province=own)


def _province_of_name(agency: str, committee: re.Match[str] | None) -> str | None:
    """Return the province that "Tỉnh ủy Hà Nam" or "Báo Hà Nam" is named after."""
    if committee and _OF_COMMITTEE[committee["kind"]] == "province" and committee["name"]:
        return province_full(committee["name"])
    named = _NAMED_AFTER.match(agency)
    return province_full(named["name"]) if named else None
