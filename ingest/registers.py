"""NAME OF A UNIT -> ITS PROVINCE: the registers of units (danh mục đơn vị hành chính).

Both are tables of the package `vietnamadminunits`, read when first asked for.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ingest.places import TWO_TIERS, key_of, province_full

_DISTRICT = re.compile(r"(?:huyện|quận|thị xã|thành phố) (?P<name>.+)")


def province_of(unit: str, *, on: dt.date | None = None) -> str | None:
    """Return the one province that has a unit of this name, or None: unknown, or not the only one.

    Args:
        unit: "huyện Bình Lục", "phường Hồng Ngự".
        on: The day of the document: until 30 June 2025 the 63 provinces and their districts, then
            the 34; without it the name must mean the same in both.

    Source: the package `vietnamadminunits`; the change by Resolution 202/2025/QH15.
    """
    found: set[str] = set()
    if on is None or on >= TWO_TIERS:
        found |= _units_of_2025().get(key_of(unit), frozenset())
    if on is None or on < TWO_TIERS:  # half a second to read: only when it is asked for
        found |= _units_before_2025().get(key_of(unit), frozenset())
    if not found and (name := _DISTRICT.match(unit)):  # a huyện may have become a thị xã since
        found |= _units_before_2025().get(key_of(f"? {name['name']}"), frozenset())
    return next(iter(found)) if len(found) == 1 else None


@cache
def _units_before_2025() -> dict[str, frozenset[str]]:
    """Return the provinces of each unit's name; "? tên" is any district of that name."""
    data = read_register("parser_legacy.json")
    found: dict[str, set[str]] = {}
    for province, districts in data["DICT_PROVINCE_DISTRICT"].items():
        full = province_full(data["DICT_PROVINCE"][province]["provinceShort"])
        for district in districts.values():
            _add(found, district["district"], full)
            _add(found, f"? {district['districtShort']}", full)
    for table in (
        "DICT_PROVINCE_DISTRICT_WARD_NO_ACCENTED",
        "DICT_PROVINCE_DISTRICT_WARD_ACCENTED",
    ):
        for province, districts in data[table].items():
            full = province_full(data["DICT_PROVINCE"][province]["provinceShort"])
            for wards in districts.values():
                for ward in wards.values():
                    _add(found, ward["ward"], full)
    return {unit: frozenset(provinces) for unit, provinces in found.items()}


@cache
def _units_of_2025() -> dict[str, frozenset[str]]:
    data = read_register("parser_from_2025.json")
    found: dict[str, set[str]] = {}
    for table in ("WARD_NO_ACCENTED", "WARD_ACCENTED"):
        for province, wards in data[f"DICT_PROVINCE_{table}"].items():
            full = province_full(data["DICT_PROVINCE"][province]["provinceShort"])
            for ward in wards.values():
                _add(found, ward["ward"], full)
    return {unit: frozenset(provinces) for unit, provinces in found.items()}


def _add(found: dict[str, set[str]], unit: object, province: str | None) -> None:
    if province and isinstance(unit, str):  # a few have no wards
        found.setdefault(key_of(unit), set()).add(province)


def read_register(name: str) -> Any:  # noqa: ANN401 - another's JSON
    """Return a table of `vietnamadminunits`; the package itself would import much else."""
    spec = find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("vietnamadminunits")
    return json.loads((Path(spec.origin).parent / "data" / name).read_text("utf-8"))
