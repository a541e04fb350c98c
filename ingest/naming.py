"""BODY AS PRINTED -> ITS FULL NAME: "Công an tỉnh" in a Huế plan is "Công an thành phố Huế".

Collective bodies stay collective and take the place of the document ("Các sở, ban, ngành tỉnh Ninh
Bình"). What a document calls a body now is not what the body is called today: that is succession.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.abbreviations import spell_out
from ingest.agency_names import OFFICE, field_pattern, forms
from ingest.knowledge.tables import rows
from ingest.places import Context, canonical_name, find_provinces, find_units, province_full
from ingest.tones import fold_tones

_BARE = re.compile(
    r"(?:(?:thuộc|của|trên địa bàn|trong|tại|ở)\s+(?:toàn\s+)?)?"
    r"(?<!các )(?<!cấp )(?P<level>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)$"
)
_PLURAL = re.compile(
    r"\b(?:các|mỗi|từng) (?:xã|phường|huyện|thôn|thị|thành|tỉnh|đặc)|, (?:xã|phường|thị trấn)"
)
_MANY_LEVELS = re.compile(r"\b(?:xã|huyện|tỉnh), (?:phường|thị xã|thành phố|thị trấn|xã)")
_LISTED_LEVELS = re.compile(
    r"^ (?=(?:xã|huyện|phường), (?:phường|thị xã|thành phố|thị trấn|xã|đặc))"
)
# Who has departments of its own, and what they are called; "Văn phòng Sở" says whose in general.
_HOUSE = re.compile(
    r"(?:Bộ(?! Chỉ huy| Tư lệnh)|Sở|Cục|Tổng cục|Ban Quản lý|Thanh tra Chính phủ)\b"
)
_INNER_UNIT = re.compile(
    r"(?P<office>(?:Văn phòng|Thanh tra|Lãnh đạo)(?= (?:Bộ|Sở|Cục|Ban|Tổng cục)$))\s\w+(?: cục)?"
    r"|(?P<unit>(?:Phòng|Vụ) .+)"
)
_OF_PARTY = {"Tỉnh": "province", "Thành": "province", "Huyện": "district", "Quận": "district"}


def full_name(surface: str, context: Context, *, label: str = "body") -> str:
    """Return the full name of a body named *surface* in a document of *context*.

    Args:
        surface: As printed, in any case and tone style.
        context: Whose document it is; with an empty one the name stays as printed, canonical.
        label: As `mark_agencies` gives it: "body", or "body|Sở" for the "Y tế" of a list.
    """
    kind, _, left_out = label.partition("|")
    text = " ".join(fold_tones(surface).split())
    text = re.sub(rf"^(?:{OFFICE})", "", text, flags=re.IGNORECASE)
    name, level, rest = _canonical(f"{left_out} {text}" if left_out else text, kind)
    rest = _LISTED_LEVELS.sub(" các ", spell_out(rest))
    completed = _completed(rest, context)
    whole = f"{name}{completed}".strip()
    if inner := _within_issuer(whole, context):
        whole = inner
    elif completed == rest and _asks_for_place(rest, level):
        whole = f"{whole}{_suffix(name, level, context)}"
    return whole[0].upper() + whole[1:]


def _within_issuer(name: str, context: Context) -> str | None:
    """Return the name of a unit within the issuer ("Văn phòng Sở", "Vụ Pháp chế"), or None.

    Only a ministry, a department or an office has such units; those of a people's committee are
    bodies of the place.
    """
    house = _HOUSE.match(context.issuer or "")
    unit = _INNER_UNIT.fullmatch(name)
    if house is None or unit is None or any(find_units(name)):
        return None
    return f"{unit['office'] or unit['unit']} {context.issuer}"


def _canonical(text: str, kind: str) -> tuple[str, str, str]:
    """Return the head and field in their canonical form, the level, and what follows them."""
    if kind == "collective" and text.lower() not in forms():
        return "", "any", text
    low = text.lower()
    for end in range(len(low), 0, -1):
        if low[:end] not in forms() or low[end : end + 1].isalnum():
            continue
        form, *others = forms()[low[:end]]
        rest = text[end:]
        if form.slot == "field" and (field := field_pattern().match(low, end + 1)):
            rest = text[field.end() :]
            named = f"{form.name.partition(' {')[0]} {_fields()[field[0]]}"
            return named, form.level, _of_province(rest) if form.level == "province" else rest
        if form.slot:
            head = form.name.partition(" {")[0] if form.acronym else text[:end]
            return head, form.level, rest
        plain = next((other for other in others if not other.slot), form)
        return plain.name, plain.level, rest
    return text, "any", ""


def _of_province(rest: str) -> str:
    """Give a department's province its kind: "Sở Y tế Ninh Thuận" is of "tỉnh Ninh Thuận"."""
    full = province_full(rest.strip())
    return f" {full}" if full else rest


@cache
def _fields() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows("agency_fields"):
        for spelling in [row["field"], *filter(None, row["aliases"].split("|"))]:
            found.setdefault(fold_tones(spelling.lower()), row["field"])
    return found


def _completed(rest: str, context: Context) -> str:
    """Replace a bare level at the end ("tỉnh") by the unit that it means."""
    found = _BARE.search(rest)
    if found is None or _MANY_LEVELS.search(rest):
        return _with_canonical_places(rest)
    unit = {
        "tỉnh": context.province,
        "thành phố": _city(context),
        "huyện": context.district,
        "quận": context.district,
        "thị xã": context.district,
    }.get(found["level"], context.unit if context.level == "commune" else None)
    return f"{rest[: found.start()].rstrip()} {unit}" if unit else rest


def _city(context: Context) -> str | None:
    for unit in (context.district, context.province):
        if unit and unit.startswith("thành phố"):
            return unit
    return None


def _with_canonical_places(rest: str) -> str:
    for unit in reversed(list(find_units(rest))):
        rest = f"{rest[: unit.span.start]}{unit}{rest[unit.span.end :]}"
    return rest


def _asks_for_place(rest: str, level: str) -> bool:
    if level == "central" or any(find_units(rest)) or any(find_provinces(rest)):
        return False
    named = re.search(
        r"(?:[A-ZĐ]\w+|(?<=\w )\d+)$", rest
    )  # "Hà Nam Ninh", "TP. X": a place of its own
    return not named or bool(_PLURAL.search(rest)) or "Việt Nam" in rest


def _suffix(name: str, level: str, context: Context) -> str:
    """Return what places a body that names no place: " tỉnh Ninh Bình"; "" at the centre."""
    if context.level in {None, "central"} or not context.unit:
        return ""
    first = name.split(maxsplit=1)[0] if name.split() else ""
    party = re.search(r"\b(Tỉnh|Thành|Huyện|Quận) (?:ủy|đoàn)", name)
    if party:
        unit = context.province if _OF_PARTY[party[1]] == "province" else context.district
        return f" {canonical_name(unit.partition(' ')[2])}" if unit and first else ""
    unit = context.province if level == "province" and context.province else context.unit
    return f" {unit}" if unit else ""
