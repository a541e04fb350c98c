"""BODY AS PRINTED -> ITS FULL NAME: "Công an tỉnh" in a Huế plan is "Công an thành phố Huế".

Collective bodies stay collective and take the place of the document ("Các sở, ban, ngành tỉnh Ninh
Bình"); under a heading or beside a subject that is on a lower level, they take its place
(`within`). What a document calls a body is not what it is called today: that is succession.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.abbreviations import spell_out
from ingest.agency_names import Form, field_named, field_pattern, forms, office
from ingest.houses import unit_of_house
from ingest.knowledge.tables import rows
from ingest.places import Context, canonical_name, find_provinces, find_units, province_full
from ingest.tones import fold_tones

_BARE = re.compile(
    r"(?:(?:thuộc|của|trong|tại|ở)\s+(?:toàn\s+)?|(?P<kept>trên địa bàn\s+)(?:toàn\s+)?)?"
    r"(?<!các )(?<!cấp )(?P<level>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)$",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"\b(?:các|mỗi|từng) (?:xã|phường|huyện|thôn|thị|thành|tỉnh|đặc)|, (?:xã|phường|thị trấn)"
)
_LEVELED = re.compile(r"\b(?:các|mỗi|từng|cấp) (?:xã|phường|huyện|thị|thành|cơ sở|đặc|cấp)")
_MANY_LEVELS = re.compile(r"\b(?:xã|huyện|tỉnh), (?:phường|thị xã|thành phố|thị trấn|xã)")
_LISTED_LEVELS = re.compile(
    r"^ (?=(?:xã|huyện|phường|tỉnh), (?:phường|thị xã|thành phố|thị trấn|xã|đặc))"
)
_OF_PARTY = {"Tỉnh": "province", "Thành": "province", "Huyện": "district", "Quận": "district"}
_BARE_LEVELS = re.compile(r"(?:các )?(?:(?:xã|phường|thị trấn|huyện|thị xã|thành phố|đặc khu|quận)"
                          r"(?:, | và |$))+")  # fmt: skip
# These stand beside a lower body without being of its place.
_OF_ALL = re.compile(r"\b(?:sở|bộ|cơ quan|đơn vị|địa phương|tổ chức|cá nhân)\b", re.IGNORECASE)
# "các Phòng của Sở Y tế có liên quan": whose they are tells more than that they are concerned.
_OWNED = re.compile(
    r" (?:của|thuộc|trực thuộc|thuộc và trực thuộc) (?=(?:Sở|Bộ|UBND|Ban|Cục|Công an) )"
)
_RELEVANT = re.compile(r"(?:,? có)? liên quan$")
_COUNCIL = re.compile(r"ủy ban nhân dân", re.IGNORECASE)
# A list of nouns means all of them, and so does a rank of bodies.
_SEVERAL = re.compile(
    r"(?!(?:các|những|mọi|toàn|mỗi|từng|tất cả|lực lượng|hệ thống)\b)"
    r"(?:[^,]+, |cơ quan ngang bộ|cơ quan thuộc chính phủ)"
)
# A unit and whose it is: "Cục Dân số, Bộ Y tế", "Phòng Nghiệp vụ thuộc Sở Y tế".
_UNIT_OF = re.compile(
    r"(?P<unit>(?:Vụ|Cục|Tổng cục|Trung tâm|Viện|Phòng) .+?)"
    r"(?:,? (?:trực )?thuộc|,| \()? ?(?<=[ (])"
    r"(?P<owner>(?:Bộ|Sở) [^()]+)\)?"
)
_OF_ISSUER = re.compile(r"(?<=thuộc )(?:Bộ|Sở|Ủy ban|Cục|Trường|Tổng cục|Chi cục)$", re.IGNORECASE)
_OFFICE_OF_TEAM = re.compile(
    r"(?P<office>(?:Đội|Tổ) (?:trưởng|phó|viên)|(?:Phó )?Trưởng (?:Ban|Đoàn)|Thành viên)"
    r"(?P<rank> cấp (?:trên|dưới))?",
    re.IGNORECASE,
)
_HOUSE_UNITS = re.compile(
    r"các (?P<unit>phòng|vụ|khoa)(?: chuyên môn| chức năng| nghiệp vụ)?", re.IGNORECASE
)
_MEMBER = re.compile(r"(thành viên) (?:trong|của|thuộc) (?=[Bb]an|BCĐ|[Tt]ổ )")


def full_name(surface: str, context: Context, *, label: str = "body") -> str:
    """Return the full name of a body named *surface* in a document of *context*.

    Args:
        surface: As printed, in any case and tone style.
        context: Whose document it is; with an empty one the name stays as printed, canonical.
        label: As `mark_agencies` gives it: "body", "body|Sở" for the "Y tế" of a list,
            "body||các cấp" where the list ends with the level of all.
    """
    kind, left_out, area = (*label.split("|"), "", "")[:3]
    text = " ".join(fold_tones(surface).split())
    text = re.sub(rf"^(?:{office()})", "", text, flags=re.IGNORECASE)
    text = _MEMBER.sub(r"\1 ", text)
    text = f"{left_out} {text}".strip() + (f" {area}" if area else "")
    text = _OF_ISSUER.sub(lambda it: unit_of_house(it[0], context.issuer) or it[0], text)
    if own := _of_issuer(text, context):
        return own
    if kind == "collective" and context.nested and _BARE_LEVELS.fullmatch(f"{text.lower()}"):
        return context.nested
    form, name, rest = _canonical(text, kind)
    if form and form.slot == "body" and rest.strip():
        return f"{name} {full_name(rest, context)}"
    rest = _LISTED_LEVELS.sub(" các ", spell_out(rest))
    completed = _completed(rest, context)
    whole = f"{name}{completed}".strip()
    if completed == rest and _asks_for_place(rest, form.level if form else "any"):
        place = _outer(context) if context.nested and _LEVELED.search(rest) else context
        whole = f"{whole}{_suffix(name or whole, form, place)}"
    if inner := unit_of_house(whole, context.issuer):
        return inner
    return whole[0].upper() + whole[1:]


def _of_issuer(text: str, context: Context) -> str | None:
    """Return what a document calls itself, its own units and offices, in full; None: another."""
    if inner := unit_of_house(spell_out(text), context.issuer):
        return inner
    if unit := _UNIT_OF.fullmatch(text):
        return f"{full_name(unit['unit'], Context())} {full_name(unit['owner'], context)}"
    if (units := _HOUSE_UNITS.fullmatch(text)) and unit_of_house(
        f"{units['unit'].capitalize()} a", context.issuer
    ):
        return f"{text[0].upper()}{text[1:]} {context.issuer}"
    if context.team and (office := _OFFICE_OF_TEAM.fullmatch(text)):
        return f"{office['office'].capitalize()} {context.team}{office['rank'] or ''}"
    if text.lower() == "bộ trưởng":  # of nobody by name: each of them
        return unit_of_house("Bộ", context.issuer) or "Các Bộ"
    return None


def _outer(context: Context) -> Context:
    """Return the context that the area of a nested one lies in: "các xã huyện X" in "huyện X"."""
    units = list(find_units(context.unit or ""))
    unit = str(units[-1]) if units else context.province
    return replace(context, unit=unit, nested=None)


def _canonical(text: str, kind: str) -> tuple[Form | None, str, str]:
    """Return the form of a name, its head and field in canonical form, and what follows them."""
    low = text.lower()
    for end in range(len(low), 0, -1):
        if low[:end] not in forms() or low[end : end + 1].isalnum():
            continue
        known = [form for form in forms()[low[:end]] if kind != "collective" or form.kind == kind]
        if not known:
            continue
        form, *others = known
        rest = text[end:]
        head = form.name.partition(" {")[0]
        if form.slot == "field" and (field := field_pattern().match(low, end + 1)):
            rest = text[field.end() :]
            named = f"{head} {field_named(field[0], head)}"
            return form, named, _of_province(rest) if form.level == "province" else rest
        if form.slot:
            return form, head, rest
        plain = next((other for other in others if not other.slot), form)
        # "Chánh Văn phòng Trần Quang Nam": who holds the office is no part of the body's name.
        return plain, plain.name, "" if plain.follows == "office" else rest
    return (None, "", _collective(text)) if kind == "collective" else (None, text, "")


def _collective(text: str) -> str:
    """Return a collective as people name it: "ban, ngành" is "các ban, ngành".

    Where the nouns say whose members they are, that is added: "tổ chức thành viên" is the Front's.
    """
    text = _COUNCIL.sub("UBND", text.capitalize() if text.isupper() else text)
    low = text.lower()
    for row in rows("collectives"):
        noun = row["noun"]
        if row["name"] and low.endswith(noun):
            text = text[: len(text) - len(noun)] + row["name"]
        if row["of"] and low.endswith(noun):
            text = f"{text} của {row['of']}"
    text = f"các {text[0].lower()}{text[1:]}" if _SEVERAL.match(text.lower()) else text
    owned = _OWNED.sub(lambda of: of[0].replace(" của ", " thuộc "), text)
    return _RELEVANT.sub("", owned) if _OWNED.search(text) else text


def _of_province(rest: str) -> str:
    """Give a department's province its kind: "Sở Y tế Ninh Thuận" is of "tỉnh Ninh Thuận"."""
    full = province_full(rest.strip())
    return f" {full}" if full else rest


def _completed(rest: str, context: Context) -> str:
    """Replace a bare level at the end ("tỉnh") by the unit that it means."""
    if rest.endswith("cùng cấp") and context.nested and context.unit:
        return f"{rest.removesuffix('cùng cấp')}{context.unit}"
    found = _BARE.search(rest)
    if found is None or _MANY_LEVELS.search(rest):
        return _with_canonical_places(rest)
    unit = {
        "tỉnh": context.province,
        "thành phố": _city(context),
        "huyện": context.district,
        "quận": context.district,
        "thị xã": context.district,
    }.get(found["level"].lower(), context.unit if context.level == "commune" else None)
    kept = f" {found['kept'].strip()}" if found["kept"] else ""
    return f"{rest[: found.start()].rstrip()}{kept} {unit}" if unit else rest


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
    if (
        level == "central"
        or rest.endswith((" cùng cấp", " cấp đó"))
        or any(find_units(rest))
        or any(find_provinces(rest))
    ):
        return False
    named = re.search(
        r"(?:[A-ZĐ]\w+|(?<=\w )\d+)$", rest
    )  # "Hà Nam Ninh", "TP. X": a place of its own
    return not named or bool(_PLURAL.search(rest)) or "Việt Nam" in rest


def _suffix(name: str, form: Form | None, context: Context) -> str:
    """Return what places a body that names no place: " tỉnh Ninh Bình"; "" at the centre."""
    if context.level in {None, "central"} or not context.unit:
        return ""
    party = re.search(r"\b(Tỉnh|Thành|Huyện|Quận) (?:ủy|đoàn)", name)
    if party:
        unit = context.province if _OF_PARTY[party[1]] == "province" else context.district
        return f" {canonical_name(unit.partition(' ')[2])}" if unit else ""
    level = form.level if form else "any"
    unit = context.province if level == "province" and context.province else context.unit
    if context.nested and form is None and _OF_ALL.search(name):
        unit = context.province or context.unit
    if context.level == "province" and level in {"district", "commune"}:
        several = context.districts if level == "district" else context.communes
        unit = f"{several} {unit}" if several else unit
    return f" {form.within} {unit}" if form and form.within else f" {unit}"
