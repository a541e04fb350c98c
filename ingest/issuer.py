"""LETTERHEAD, TEXT -> ISSUER: the full name of the issuing body (cơ quan ban hành), and its place.

The letterhead prints names in capitals, short, and over two lines ("UBND HUYỆN BÌNH LỤC / BAN CHỈ
ĐẠO PCTP …"); the text prints them with their own capitals. Where there is no letterhead, who
speaks in the opening, or for whom the document is signed, issued it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.abbreviations import spell_out
from ingest.agencies import find_agencies
from ingest.knowledge.tables import rows
from ingest.letterhead import begins_body_name
from ingest.model import Level
from ingest.numbering import read_mark
from ingest.places import (
    Context,
    Unit,
    canonical_name,
    find_units,
    infer_province,
    is_province,
    province_full,
    province_of,
)
from ingest.tones import fold_tones

_AREA_KIND = r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)"
_PLACE_LINE = re.compile(rf"\W*{_AREA_KIND}\s+\S", re.IGNORECASE)
_OPEN_ENDED = re.compile(
    r"(?:văn phòng|thường trực|ban thường trực|ban thường vụ|ban quản lý|trung tâm|tổng công ty"
    r"|công ty|hội đồng|ủy ban|trường|và|,|-|–)\W*$"
)
_COMMITTEES = {
    "tỉnh ủy": "tỉnh", "thành ủy": "thành phố", "huyện ủy": "huyện", "quận ủy": "quận",
    "thị ủy": "thị xã", "tỉnh đoàn": "tỉnh", "thành đoàn": "thành phố", "huyện đoàn": "huyện",
    "quận đoàn": "quận", "thị đoàn": "thị xã",
}  # fmt: skip
_COMMITTEE = re.compile(rf"(?:{'|'.join(_COMMITTEES)})(?!\w)")
_PARTY_PART = re.compile(
    r"(?:ban (?:tổ chức|tuyên giáo|dân vận|nội chính|xây dựng đảng)|ủy ban kiểm tra|văn phòng)(?!\w)"
)
_WITHOUT_AREA = re.compile(
    r"(?:trường|đại học|học viện|công ty|tổng công ty|tập đoàn|bệnh viện|viện|báo|nhà xuất bản)(?!\w)"
)
_SPEAKS = re.compile(
    r"\s+(?:\([^)]{1,60}\)\s*)?(?:đã\s+)?(?:xây dựng|ban hành|triển khai|yêu cầu|đề nghị|thông báo|báo cáo"
    r"|quyết định|hướng dẫn|đề ra|kính (?:mời|trình|đề nghị)|tổ chức|lập)(?!\w)"
)  # fmt: skip
_SIGNED_FOR = re.compile(r"T/?M\s*\.?\s*", re.IGNORECASE)
_PROPER = re.compile(
    r"(?<!\w)(?:việt nam|tổ quốc|trung ương|nhà nước|quốc hội|chính phủ|hồ chí minh|đảng|quốc gia)(?!\w)"
)
_OPENING = 12  # paragraphs in which the issuer is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issued a document, and how sure that is."""

    context: Context
    confidence: float


def read_issuer(
    lines: Sequence[str], texts: Sequence[str], *, signed: Sequence[str] = (), hint: str = ""
) -> Issuer:
    """Name the issuing body.

    Args:
        lines: Of the letterhead, as printed, the superior body first; () when there is none.
        texts: The paragraphs below the letterhead, from the opening to the end.
        signed: The lines above the signer's name ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH").
        hint: What a portal or the promulgating decision says of the issuer.

    Returns:
        An issuer whose context is empty where nothing names it.
    """
    text = "\n".join(texts)
    bodies = _join_lines(lines)
    confidence = 0.95
    if not bodies:
        bodies, confidence = _inferred(texts, signed, hint)
    if not bodies:
        return Issuer(context=_context(None, None, None, text), confidence=0.0)
    if _is_joint(bodies):
        names = [proper_case(part, text) for body in bodies for part in _joint_parts(body)]
        joint = _context("; ".join(names), "central", None, text)
        return Issuer(context=joint, confidence=confidence)
    own, superior = _without_office(bodies[-1]), bodies[:-1]
    name, unit, sure = _complete(own, superior, text, hint)
    level = _level(name, unit, superior)
    return Issuer(context=_context(name, level, unit, text), confidence=confidence * sure)


def proper_case(line: str, text: str = "") -> str:
    """Return the name of a body with its own capitals, abbreviations spelled out.

    Args:
        line: "SỞ GDĐT TỈNH ĐỒNG THÁP".
        text: Where the name may stand in its own capitals; the way it stands there wins.
    """
    full = _short_councils(spell_out(" ".join(line.split())))
    words = [word.lower() if _is_capitals(word) else word for word in full.split(" ")]
    plain = " ".join(words)
    printed = _as_printed(plain, text)
    if printed:
        return _small_kinds(_short_councils(fold_tones(printed)))
    for unit in reversed(list(find_units(full))):
        low = plain[unit.span.start : unit.span.end]
        if len(low) == len(unit.span.of(full)):
            plain = plain[: unit.span.start] + str(unit) + plain[unit.span.end :]
    return fold_tones(_capitalise(plain))


def _small_kinds(name: str) -> str:
    """Return a name with the kinds of its units in small letters: "UBND thành phố Hà Nội"."""
    for unit in reversed(list(find_units(name))):
        if unit.span.start:
            name = name[: unit.span.start] + str(unit) + name[unit.span.end :]
    return name


def _join_lines(lines: Sequence[str]) -> list[str]:
    """Return the bodies that the lines of a letterhead name, the superior first."""
    bodies: list[str] = []
    for line in lines:
        starts_body = begins_body_name(line) and not _PLACE_LINE.match(line)
        if bodies and (not starts_body or _OPEN_ENDED.search(fold_tones(bodies[-1].lower()))):
            bodies[-1] = f"{bodies[-1]} {line}"
        else:
            bodies.append(line)
    return bodies


def _without_office(name: str) -> str:
    """Return the body of an office: "Bộ trưởng Bộ Y tế" -> "Bộ Y tế"."""
    folded = fold_tones(name.upper())
    for office, issuer in _offices():
        if issuer and (folded == office or folded.startswith(f"{office} ")):
            return issuer
        if folded.startswith(f"{office} ") and begins_body_name(name[len(office) + 1 :]):
            return name[len(office) + 1 :]
    return name


def _is_joint(bodies: Sequence[str]) -> bool:
    """Tell whether several bodies of one rank issued it together."""
    ministries = [body for body in bodies if re.match(r"B[ỘộỌọ]\s", body)]
    return any(len(_joint_parts(body)) > 1 for body in bodies) or len(ministries) > 1


def _joint_parts(body: str) -> list[str]:
    parts = re.split(r"\s+[-–—]\s+", body)
    return parts if len(parts) > 1 and all(begins_body_name(part) for part in parts) else [body]


def _complete(
    own: str, superior: Sequence[str], text: str, hint: str
) -> tuple[str, Unit | None, float]:
    """Return the full name of *own*, the unit that it is of, and how sure the addition is."""
    name = proper_case(own, text)
    folded = name.lower()
    parent = proper_case(superior[-1], text) if superior else ""
    unit = _unit_of(name) or (_unit_of(parent) if parent else None)
    if _unit_of(name):
        return name, unit, 1.0
    if parent and _PARTY_PART.match(folded) and _COMMITTEE.search(parent.lower()):
        return f"{name} {parent}", unit, 0.95
    if folded == "văn phòng" and parent:
        return f"{name} {parent}", unit, 0.95
    if _WITHOUT_AREA.match(folded) or _is_central(name) or (parent and _is_central(parent)):
        return name, unit, 1.0
    if unit:
        return f"{name} {unit}", unit, 0.95
    found, sure = _unit_in_text(name, text, hint)
    return (f"{name} {found}" if found else name), found, sure


def _unit_of(name: str) -> Unit | None:
    """Return the unit that a body's name ends with: its own, or its committee's."""
    units = list(find_units(name))
    if units:
        return units[-1]
    committee = _COMMITTEE.search(fold_tones(name.lower()))
    place = name[committee.end() :].strip() if committee else ""
    if not committee or not place:
        return None
    from_head = next(find_units(f"{_COMMITTEES[committee[0]]} {place}"), None)
    return from_head


def _unit_in_text(name: str, text: str, hint: str) -> tuple[Unit | None, float]:
    """Find the unit of a body whose letterhead does not say it ("ỦY BAN NHÂN DÂN" alone)."""
    wanted = fold_tones(name.lower())
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    folded = fold_tones(_short_councils(text).lower())
    source = _short_councils(text)
    pattern = re.compile(rf"{re.escape(wanted)}\s+(?P<kind>{_AREA_KIND})(?!\w)")
    for found in pattern.finditer(folded):
        kinds[found["kind"]] += 1
        unit = next(find_units(source[found.start("kind") : found.end() + 60].split("\n")[0]), None)
        if unit and unit.span.start == 0:
            counts[str(unit)] += 1
    hinted = next(find_units(hint), None)
    if hinted and (not counts or str(hinted) in counts):
        return hinted, 0.97
    if counts:
        return next(find_units(counts.most_common(1)[0][0])), 0.95
    return _unit_by_kind(kinds, text)


def _unit_by_kind(kinds: Counter[str], text: str) -> tuple[Unit | None, float]:
    """Name the unit that the text only calls "tỉnh" or "huyện"."""
    kind = kinds.most_common(1)[0][0] if kinds else None
    if kind in {None, "tỉnh", "thành phố"} and (province := infer_province(text)):
        full, sure = province
        if kind is None or full.startswith(kind):
            return next(find_units(full)), sure
    if kind and kind not in {"tỉnh", "thành phố"}:
        named = Counter(str(unit) for unit in find_units(text) if unit.kind == kind)
        if named and (len(named) == 1 or named.most_common(1)[0][1] > 2):
            return next(find_units(named.most_common(1)[0][0])), 0.7
    return None, 0.6


def _inferred(texts: Sequence[str], signed: Sequence[str], hint: str) -> tuple[list[str], float]:
    """Name the issuer of a document without a letterhead."""
    for line in signed:
        if prefix := _SIGNED_FOR.match(line):
            return [line[prefix.end() :]], 0.85
    if texts and read_mark(texts[0]) is None and (speaker := _speaker(texts[:_OPENING])):
        return [speaker], 0.85
    if hint and begins_body_name(hint):
        return [hint], 0.8
    for line in texts[:3]:  # who decides, above the bases: "THỦ TƯỚNG CHÍNH PHỦ"
        if line.isupper() and begins_body_name(line):
            return [line], 0.9
    by_position = _by_position(signed, texts)
    return ([by_position], 0.6) if by_position else ([], 0.0)


def _speaker(texts: Iterable[str]) -> str | None:
    """Return the body that plans, issues or asks in the opening: "UBND tỉnh xây dựng Kế hoạch"."""
    for text in texts:
        found = None
        for start, end, label in find_agencies(text):
            if not label.startswith("collective") and _SPEAKS.match(text, end):
                found = text[start:end]
        if found:
            return found
    return None


def _by_position(signed: Sequence[str], texts: Sequence[str]) -> str | None:
    positions = {fold_tones(row["position"]).upper(): row["issuer"] for row in rows("positions")}
    for line in signed:
        upper = fold_tones(line).upper()
        if positions.get(upper):
            return positions[upper]
        if upper.startswith(("TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")):
            named = Counter(
                text[start:end]
                for text in texts
                for start, end, _ in find_agencies(text)
                if text[start:end].startswith(("Ban Chỉ đạo", "Ban chỉ đạo", "BCĐ"))
            )
            return min(named, key=lambda name: (-named[name], len(name)), default=None)
    return None


def _level(name: str, unit: Unit | None, superior: Sequence[str]) -> Level | None:
    if unit:
        return unit.level
    if _is_central(name):
        return "central"
    own = _agency_level(name)
    if own:
        return own
    for body in reversed(superior):
        parent = proper_case(body)
        above = "central" if _is_central(parent) else _agency_level(parent)
        if above:
            return above
    kind = re.search(rf"(?<!\w){_AREA_KIND}$", name)
    return None if kind is None else _kind_level(kind[0])


def _kind_level(kind: str) -> Level | None:
    return {"tỉnh": "province", "huyện": "district", "quận": "district", "thị xã": "district"}.get(
        kind, "commune" if kind in {"xã", "phường", "thị trấn", "đặc khu"} else None
    )  # type: ignore[return-value]


def _context(name: str | None, level: Level | None, unit: Unit | None, text: str) -> Context:
    """Return what the issuer says of the places in its document."""
    province = None
    district = None
    if unit and unit.kind in {"tỉnh", "thành phố"} and unit.level == "province":
        province = province_full(unit.name) or str(unit)
    elif unit:
        province = _outer_province(unit, text)
        district = str(unit) if unit.level == "district" else _outer_district(unit, text)
    elif level != "central":
        province = (infer_province(text) or (None, 0.0))[0]
    return Context(
        issuer=name,
        level=level,
        unit=str(unit) if unit else None,
        district=district,
        province=province,
    )


def _outer_province(unit: Unit, text: str) -> str | None:
    """Return the province of a district or a commune: as the text says, else as the register does."""
    named = re.search(
        rf"{re.escape(str(unit))},\s*(?:[^,\n]{{3,30}},\s*)?(?P<outer>[^,.;\n]{{3,40}})", text
    )
    if named:
        outer = next(find_units(named["outer"]), None)
        if outer and outer.level == "province":
            return str(outer)
    inferred = infer_province(text)
    return inferred[0] if inferred else province_of(str(unit))


def _outer_district(unit: Unit, text: str) -> str | None:
    named = Counter(str(other) for other in find_units(text) if other.level == "district")
    if not named:
        return None
    (first, most), *others = named.most_common(2)
    return first if not others or most > 2 * others[0][1] else None


def _short_councils(text: str) -> str:
    text = re.sub(
        r"(?:[ỦUỤ][YỶỷyỳ]|[Ủủ]y|[Uu]ỷ|UỶ|ỦY)\s+(?:BAN NHÂN DÂN|[Bb]an [Nn]hân dân)", "UBND", text
    )
    return re.sub(r"HỘI ĐỒNG NHÂN DÂN|[Hh]ội đồng [Nn]hân dân", "HĐND", text)


def _as_printed(plain: str, text: str) -> str | None:
    """Return how *text* prints a name most often, if not in capitals alone."""
    if not text or len(plain) < 8:
        return None
    folded = fold_tones(_short_councils(text).lower())
    source = _short_councils(text)
    wanted = fold_tones(plain.lower())
    counts: Counter[str] = Counter()
    place = folded.find(wanted)
    while place >= 0:
        printed = source[place : place + len(wanted)]
        whole = not folded[place + len(wanted) : place + len(wanted) + 1].isalpha()
        if whole and not _is_capitals(printed) and printed[0].isupper():
            counts[printed] += 1
        place = folded.find(wanted, place + 1)
    return counts.most_common(1)[0][0] if counts else None


def _capitalise(plain: str) -> str:
    """Give a name in small letters the capitals that the tables and the rules ask for."""
    if _WITHOUT_AREA.match(plain):
        return " ".join(_capital(word) if word != "và" else word for word in plain.split(" "))
    head = _head_of(plain)
    rest = plain[len(head) :]
    folded = fold_tones(rest.lower())
    for field in _fields() if head in _field_heads() else ():
        place = folded.find(fold_tones(field.lower()))
        if place >= 0:
            rest = rest[:place] + field + rest[place + len(field) :]
            break
    else:
        if not head.lower().startswith(("ban chỉ đạo", "tổ công tác", "hội đồng phối hợp")):
            rest = re.sub(r"((?:^|,|-| và)\s*)(\w)", lambda m: m[1] + m[2].upper(), rest, count=1)
    rest = _PROPER.sub(lambda found: _proper_name(found[0]), rest)
    committee = _COMMITTEE.search(fold_tones(head.lower()))
    if committee and rest.strip():
        rest = f" {canonical_name(rest.strip())}"
    return head + rest


def _proper_name(words: str) -> str:
    if words in {"việt nam", "hồ chí minh"}:
        return words.title()
    return words.capitalize()


def _head_of(plain: str) -> str:
    """Return the beginning of *plain* that the register of bodies knows, in its capitals."""
    folded = fold_tones(plain.lower())
    for name in _heads():
        if (
            folded.startswith(fold_tones(name.lower()))
            and not folded[len(name) : len(name) + 1].isalpha()
        ):
            return name
    return (
        plain[:1].upper() + plain[1:]
        if " " not in plain
        else plain[:1].upper() + plain.split(" ")[0][1:]
    )


def _capital(word: str) -> str:
    return word if any(char.isupper() for char in word) else word.capitalize()


def _is_capitals(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    if word in _usual_abbreviations():
        return False
    return bool(letters) and all(char.isupper() for char in letters)


def _is_central(name: str) -> bool:
    folded = fold_tones(name.lower())
    return _agency_level(name) == "central" or "trung ương" in folded


def _agency_level(name: str) -> Level | None:
    folded = fold_tones(name.lower())
    for head, level in _levels():
        if folded.startswith(head) and not folded[len(head) : len(head) + 1].isalpha():
            return level  # type: ignore[return-value]
    return None


@cache
def _offices() -> tuple[tuple[str, str], ...]:
    """Return each office in capitals with the body that it alone heads, the longest first."""
    names = {fold_tones(row["position"]).upper(): row["issuer"] for row in rows("positions")}
    return tuple(sorted(names.items(), key=lambda item: len(item[0]), reverse=True))


@cache
def _usual_abbreviations() -> frozenset[str]:
    return frozenset(row["short"] for row in rows("abbreviations") if row["canonical"] == "short")


@cache
def _fields() -> tuple[str, ...]:
    return tuple(sorted((row["field"] for row in rows("agency_fields")), key=len, reverse=True))


@cache
def _field_heads() -> frozenset[str]:
    return frozenset(
        row["name"].removesuffix(" {field}")
        for row in rows("agencies")
        if row["name"].endswith(" {field}")
    )


@cache
def _heads() -> tuple[str, ...]:
    names = {row["name"].partition(" {")[0] for row in rows("agencies")}
    return tuple(sorted(names, key=len, reverse=True))


@cache
def _levels() -> tuple[tuple[str, str], ...]:
    found = {}
    for row in rows("agencies"):
        if row["level"] != "any":
            for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
                found[fold_tones(name.partition(" {")[0].lower())] = row["level"]
    return tuple(sorted(found.items(), key=lambda item: len(item[0]), reverse=True))
