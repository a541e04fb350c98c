"""A COMMUNE OF BEFORE 1 JULY 2025 -> WHAT IT BELONGS TO SINCE: one unit, several, or unknown.

Source: the package `vietnamadminunits`, made from the 2025 resolutions of the Standing Committee of
the National Assembly on communes: of 10,602 communes 1,033 were divided, which no name can map.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from ingest.places import find_units, province_full
from ingest.registers import read_register
from ingest.tones import fold_tones


def communes_since(commune: str, *, province: str, district: str | None) -> tuple[str, ...]:
    """Return the units that a former commune went to, with their province.

    Args:
        commune: "xã Ngọc Lũ".
        province: Of then: "tỉnh Hà Nam".
        district: Of then, where it is known: two districts may have communes of one name.

    Returns:
        ("xã Bình An tỉnh Ninh Bình",); several where it was divided; () where the name is not
        known, or of several communes.
    """
    found = {
        now
        for of_district, now in _map().get((_folded(commune), province), ())
        if district is None or of_district == _folded(district)
    }
    return next(iter(found)) if len(found) == 1 else ()


@cache
def _map() -> dict[tuple[str, str], set[tuple[str, tuple[str, ...]]]]:
    """Return, by a commune's name and province, its districts and what it belongs to since."""
    before, since = _names_before(), _names_since()
    table = read_register("converter_2025.json")
    goes_to: dict[str, list[str]] = {}
    for province, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, parts in wards.items():
            for part in parts:
                goes_to.setdefault(part, []).append(since.get((province, ward), ""))
    for province, divided in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for part, wards in divided.items():
            goes_to[part] = [since.get((province, ward["newWardKey"]), "") for ward in wards]
    found: dict[tuple[str, str], set[tuple[str, tuple[str, ...]]]] = {}
    for part, units in goes_to.items():
        name = before.get(part)
        if name and all(units):
            commune, district, province = name
            found.setdefault((commune, province), set()).add((district, tuple(units)))
    return found


def _names_before() -> dict[str, tuple[str, str, str]]:
    data = read_register("parser_legacy.json")
    found = {}
    for kind in ("WARD_NO_ACCENTED", "WARD_ACCENTED"):
        for province, districts in data[f"DICT_PROVINCE_DISTRICT_{kind}"].items():
            full = province_full(data["DICT_PROVINCE"][province]["provinceShort"])
            for district, wards in districts.items():
                of_district = data["DICT_PROVINCE_DISTRICT"][province][district]["district"]
                for key, ward in wards.items():
                    if full and isinstance(ward["ward"], str):
                        names = (_folded(ward["ward"]), _folded(of_district), full)
                        found[f"{province}_{district}_{key}"] = names
    return found


def _names_since() -> dict[tuple[str, str], str]:
    data = read_register("parser_from_2025.json")
    found = {}
    for kind in ("WARD_NO_ACCENTED", "WARD_ACCENTED"):
        for province, wards in data[f"DICT_PROVINCE_{kind}"].items():
            full = province_full(data["DICT_PROVINCE"][province]["provinceShort"])
            for key, ward in wards.items():
                found[province, key] = f"{_unit(ward['ward'])} {full}"
    return found


def _unit(name: Any) -> str:  # noqa: ANN401 - of another's JSON
    return str(next(find_units(str(name)), name))


def _folded(name: str) -> str:
    return fold_tones(name.casefold())
