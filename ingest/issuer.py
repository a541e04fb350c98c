"""LETTERHEAD, TEXT -> ISSUER: the full name of the issuing body (cơ quan ban hành), and its place.

A letterhead prints names short and over several lines ("UBND HUYỆN BÌNH LỤC / BAN CHỈ ĐẠO PCTP …").
Where there is none, whoever speaks in the opening, or for whom the document is signed, issued it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from ingest.agencies import find_agencies
from ingest.knowledge.tables import rows
from ingest.model import Level
from ingest.numbering import read_mark
from ingest.office_names import (
    COMMITTEE,
    COMMITTEES,
    PROPERLY_NAMED,
    begins_body_name,
    comparable,
    level_of_body,
    proper_case,
)
from ingest.places import Context, Unit, find_units, infer_province, province_full
from ingest.registers import province_of
from ingest.tones import fold_tones

_AREA_KIND = r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)"
_PLACE_LINE = re.compile(rf"\W*{_AREA_KIND}\s+(?!ủy|đoàn|đội)\S")
_OPEN_ENDED = re.compile(
    r"(?:văn phòng|thường trực|ban thường trực|ban thường vụ|ban quản lý|trung tâm|tổng công ty"
    r"|công ty|hội đồng|ủy ban|ủy ban trung ương|trường|và|,|-|–)\W*$"
)
_PARTY_PART = re.compile(
    r"(?:ban (?:tổ chức|tuyên giáo|dân vận|nội chính|xây dựng đảng)|ủy ban kiểm tra|văn phòng)"
    r"(?!\w)"
)
# These are named with the body that they are of.
_OF_ITS_BODY = {"văn phòng", "thường trực", "ban thường trực", "ban thường vụ", "ban chấp hành"}
_CENTRAL_COMMITTEE = "ban chấp hành trung ương"
_COMMITTEE_LINE = re.compile(rf"(?:BCH|BAN CHẤP HÀNH)\s+(?={_AREA_KIND}\s)", re.IGNORECASE)
_SPEAKS = re.compile(
    r"\s+(?:\([^)]{1,60}\)\s*)?(?:đã\s+)?(?:xây dựng|ban hành|triển khai|yêu cầu|đề nghị|thông báo"
    r"|báo cáo|quyết định|hướng dẫn|đề ra|kính (?:mời|trình|đề nghị)|tổ chức|lập)(?!\w)"
)
# Whose document is cited, or who is asked, does not speak here: "Quyết định của Bộ Y tế ban hành".
_SPOKEN_OF = re.compile(
    r"(?<!\w)(?:của|do|với|giao|đề nghị|yêu cầu|cho|tại|bởi|từ|đến|gửi|về)\s+$", re.IGNORECASE
)
# "Bộ Y tế ban hành Quyết định số 12/QĐ-BYT": what is cited has a number.
_CITED = re.compile(r"(?:\s+[^\W\d_]+){1,8}\s+số\s*:?\s*\d")
_SIGNED_FOR = re.compile(r"T/?M\s*\.?\s*", re.IGNORECASE)
_OF_THE_CENTRE = re.compile(r"\W*(?:BỘ CHÍNH TRỊ|BAN BÍ THƯ)\W*", re.IGNORECASE)
_ANOTHER_LEVEL = re.compile(r"cùng cấp|các cấp|cấp ")
_HINTED = 0.9  # how sure an issuer is that a symbol, a portal or a promulgating decision names
_EVIDENCE = 60_000  # characters: what a document says of its issuer stands on its first pages
_OPENING = 12  # paragraphs in which the issuer is named
_MOSTLY = 2  # times as often as any other


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issued a document, and how sure that is."""

    context: Context
    confidence: float


def read_issuer(
    lines: Sequence[str],
    texts: Sequence[str],
    *,
    signed: Sequence[str] = (),
    hint: str = "",
    joint: bool = False,
) -> Issuer:
    """Name the issuing body.

    Args:
        lines: Of the letterhead, as printed, the superior body first; () when there is none.
        texts: The paragraphs below the letterhead, from the opening to the end.
        signed: The lines above the signer's name ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH").
        hint: What a portal or the promulgating decision says of the issuer.
        joint: Whether type or symbol says that several bodies issued it ("Thông tư liên tịch").

    Returns:
        An issuer whose context is empty where nothing names it; bodies that issued it together
        are joined by "; ".
    """
    text = "\n".join(texts)[:_EVIDENCE]
    bodies, sure = _join_lines(lines), 0.95
    if not bodies and "; " in hint:
        bodies, sure, joint = hint.split("; "), 0.9, True
    if not bodies:
        bodies, sure = _inferred(texts, signed, hint)
    if not bodies:
        return Issuer(context=_context(None, None, None, text), confidence=0.0)
    bodies = _speaks_for_the_centre(bodies, signed)
    if _is_joint(bodies, joint=joint):
        return _joint_issuer(bodies, text, hint, sure)
    name, unit, completed = _complete(_without_office(bodies[-1]), bodies[:-1], text, hint)
    level = _level(name, unit, bodies[:-1])
    return Issuer(context=_context(name, level, unit, text), confidence=sure * completed)


def _join_lines(lines: Sequence[str]) -> list[str]:
    """Return the bodies that the lines of a letterhead name, the superior first."""
    bodies: list[str] = []
    for printed in lines:
        line = _COMMITTEE_LINE.sub("", printed) if bodies else printed  # "BCH TỈNH LAM GIANG"
        starts_body = begins_body_name(line) and not _PLACE_LINE.match(fold_tones(line.lower()))
        if bodies and (not starts_body or _OPEN_ENDED.search(fold_tones(bodies[-1].lower()))):
            bodies[-1] = f"{bodies[-1]} {line}"
        else:
            bodies.append(line)
    return list(dict.fromkeys(bodies))


def _is_joint(bodies: Sequence[str], *, joint: bool) -> bool:
    """Tell whether several bodies of one rank issued it together."""
    if joint and len(bodies) > 1:
        return True
    ministries = [body for body in bodies if re.match(r"BỘ\s(?!TƯ LỆNH|CHỈ HUY)", body)]
    return len(ministries) > 1 or any(len(_joint_parts(body)) > 1 for body in bodies)


def _joint_issuer(bodies: Sequence[str], text: str, hint: str, sure: float) -> Issuer:
    """Name bodies that issued a document together, each in full."""
    parts = [part for body in bodies for part in _joint_parts(body)]
    whole = [_complete(_without_office(part), [], text, hint) for part in parts]
    units = [unit for _, unit, _ in whole if unit]
    context = _context(
        "; ".join(name for name, _, _ in whole),
        units[0].level if units else _level(whole[0][0], None, []) or "central",
        units[0] if units else None,
        text,
    )
    return Issuer(context=context, confidence=sure * min(completed for _, _, completed in whole))


def _speaks_for_the_centre(bodies: Sequence[str], signed: Sequence[str]) -> list[str]:
    """Return the bodies, the Politburo or Secretariat for the Central Committee it signs for.

    Source: Hướng dẫn 36-HD/VPTW: they issue under the Central Committee's name.
    """
    if fold_tones(bodies[-1].casefold()).strip() != _CENTRAL_COMMITTEE:
        return list(bodies)
    speakers = (_SIGNED_FOR.sub("", line, count=1) for line in signed if _SIGNED_FOR.match(line))
    own = next((line for line in speakers if _OF_THE_CENTRE.fullmatch(line)), bodies[-1])
    return [*bodies[:-1], own]


def _joint_parts(body: str) -> list[str]:
    parts = re.split(r"\s+[-–—]\s+", body)
    return parts if len(parts) > 1 and all(begins_body_name(part) for part in parts) else [body]


def _without_office(name: str) -> str:
    """Return the body of an office: "Bộ trưởng Bộ Y tế" -> "Bộ Y tế"."""
    folded = fold_tones(name.upper())
    for office, issuer in _offices():
        if issuer and (folded == office or folded.startswith(f"{office} ")):
            return issuer
        if folded.startswith(f"{office} ") and begins_body_name(name[len(office) + 1 :]):
            return name[len(office) + 1 :]
    return name


def _complete(
    own: str, superior: Sequence[str], text: str, hint: str
) -> tuple[str, Unit | None, float]:
    """Return the full name of *own*, the unit that it is of, and how sure the addition is."""
    name = proper_case(own, text)
    folded = fold_tones(name.lower())
    parent = proper_case(superior[-1], text) if superior else ""
    unit = _unit_of(name) or _unit_of(parent)
    if _unit_of(name):
        return name, unit, 1.0
    if whole := _with_superior(name, parent):
        return whole, unit, 0.95
    properly = PROPERLY_NAMED.match(folded) is not None
    if properly and unit and folded.endswith(f" {unit.kind}"):
        return _of(name[: -len(unit.kind)] + unit.kind, unit), unit, 0.95
    if properly or "central" in {level_of_body(name), level_of_body(parent)}:
        return name, unit, 1.0
    if unit:
        return _of(name, unit), unit, 0.95
    found, sure = _unit_in_text(name, text, hint)
    return (_of(name, found) if found else name), found, sure


def _with_superior(name: str, parent: str) -> str | None:
    """Return the name of a body that is called by the one above it, or None."""
    folded, above = fold_tones(name.lower()), fold_tones(parent.lower())
    if _PARTY_PART.match(folded) and above == _CENTRAL_COMMITTEE:
        return f"{name} Trung ương"
    in_party = _PARTY_PART.match(folded) and COMMITTEE.search(above)
    of_union = folded == _CENTRAL_COMMITTEE  # of the Farmers' Union, of the Women's Union …
    return (
        f"{name} {parent}" if parent and (in_party or of_union or folded in _OF_ITS_BODY) else None
    )


def _of(name: str, unit: Unit) -> str:
    """Return a body's name with its unit: "Công an tỉnh" -> "Công an tỉnh Lam Giang"."""
    if name.endswith(f" {unit.name}"):
        return name
    return f"{name.removesuffix(f' {unit.kind}')} {unit}"


def _unit_of(name: str) -> Unit | None:
    """Return the unit that a body's name ends with: its own, or its committee's."""
    units = list(find_units(name))
    if units:
        return units[-1]
    committee = COMMITTEE.search(fold_tones(name.lower()))
    place = name[committee.end() :].strip() if committee else ""
    if committee is None or not place:
        return None
    return next(find_units(f"{COMMITTEES[committee[0]]} {place}"), None)


def _unit_in_text(name: str, text: str, hint: str) -> tuple[Unit | None, float]:
    """Find the unit of a body whose letterhead does not say it ("ỦY BAN NHÂN DÂN" alone)."""
    source = comparable(text)
    pattern = re.compile(rf"{re.escape(name.lower())}\s+(?P<kind>{_AREA_KIND})(?!\w)")
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for found in pattern.finditer(source.lower()):
        kinds[found["kind"]] += 1
        unit = next(find_units(source[found.start("kind") : found.end() + 60].split("\n")[0]), None)
        if unit and unit.span.start == 0:
            counts[str(unit)] += 1
    hinted = next(find_units(hint), None)
    if hinted and (not counts or str(hinted) in counts):
        return hinted, 0.97
    if counts:
        return next(find_units(counts.most_common(1)[0][0])), 0.95
    own_kind = re.search(rf"(?<!\w){_AREA_KIND}$", name)
    if own_kind:
        kinds[own_kind[0]] += _MOSTLY * kinds.total() + 1
    return _unit_by_kind(kinds.most_common(1)[0][0] if kinds else None, text)


def _unit_by_kind(kind: str | None, text: str) -> tuple[Unit | None, float]:
    """Name the unit that the text only calls "tỉnh" or "huyện"."""
    if kind in {None, "tỉnh", "thành phố"}:
        province, sure = infer_province(text) or ("", 0.6)
        fits = province and province.startswith(kind or "")
        return (next(find_units(province)), sure) if fits else (None, sure)
    named = Counter(str(unit) for unit in find_units(text) if unit.kind == kind)
    name = _most_common(named)
    return (next(find_units(name)), 0.7) if name else (None, 0.6)


def _most_common(counts: Counter[str]) -> str | None:
    """Return what is counted most, if clearly more often than anything else."""
    if not counts:
        return None
    (first, most), *others = counts.most_common(2)
    return first if not others or most > _MOSTLY * others[0][1] else None


def _inferred(texts: Sequence[str], signed: Sequence[str], hint: str) -> tuple[list[str], float]:
    """Name the issuer of a document without a letterhead."""
    for line in signed:
        if prefix := _SIGNED_FOR.match(line):
            return [line[prefix.end() :]], 0.85
    opening = takewhile(lambda text: not _is_numbered(text), texts[:_OPENING])
    if speaker := _speaker(opening):
        return [speaker], 0.85
    named = _without_office(hint)
    if begins_body_name(named):
        return [named], _HINTED
    for line in texts[:3]:  # who decides, above the bases: "THỦ TƯỚNG CHÍNH PHỦ"
        if line.isupper() and begins_body_name(line):
            return [line], 0.9
    by_position = _by_position(signed, texts)
    return ([by_position], 0.6) if by_position else ([], 0.0)


def _is_numbered(text: str) -> bool:
    mark = read_mark(text)
    return mark is not None and mark.name is not None


def _speaker(texts: Iterable[str]) -> str | None:
    """Return the body that plans, issues or asks in the opening: "UBND tỉnh xây dựng Kế hoạch"."""
    for text in texts:
        if text.count("|") > 1:
            continue  # a row of a table: its words are not the issuer's
        speakers = [
            text[start:end]
            for start, end, label in find_agencies(text)
            if not label.startswith("collective")
            and (says := _SPEAKS.match(text, end))
            and not _CITED.match(text, says.end())
            and not _SPOKEN_OF.search(text[:start])
            and not _ANOTHER_LEVEL.search(text, start, end)
        ]
        if speakers:
            return speakers[-1]
    return None


def _by_position(signed: Sequence[str], texts: Sequence[str]) -> str | None:
    """Name the issuer by who signs: the Prime Minister, or the head of a steering committee."""
    for line in signed:
        office = fold_tones(line).upper()
        issuer = dict(_offices()).get(office)
        if issuer:
            return issuer
        if office.startswith(("TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")):
            named = Counter(
                text[start:end]
                for text in texts
                for start, end, _ in find_agencies(text)
                if fold_tones(text[start:end]).lower().startswith(("ban chỉ đạo", "bcđ"))
            )
            return min(named, key=lambda name: (-named[name], len(name)), default=None)
    return None


def _level(name: str, unit: Unit | None, superior: Sequence[str]) -> Level | None:
    if unit:
        return unit.level
    kind = re.search(rf"(?<!\w){_AREA_KIND}$", name)
    of_kind = next(find_units(f"{kind[0]} A"), None) if kind else None  # any name will do
    levels = [level_of_body(name), of_kind.level if of_kind else None]
    levels += [level_of_body(proper_case(body)) for body in reversed(superior)]
    return next((level for level in levels if level), None)


def _context(name: str | None, level: Level | None, unit: Unit | None, text: str) -> Context:
    """Return what the issuer says of the places in its document."""
    if unit is None:
        province = None if level == "central" else infer_province(text)
        return Context(issuer=name, level=level, province=province[0] if province else None)
    if unit.level == "province":
        province_name = province_full(unit.name) or str(unit)
        return Context(issuer=name, level=level, unit=str(unit), province=province_name)
    return Context(
        issuer=name,
        level=level,
        unit=str(unit),
        district=str(unit) if unit.level == "district" else _outer_district(text),
        province=_outer_province(unit, text),
    )


def _outer_province(unit: Unit, text: str) -> str | None:
    """Return the province of a smaller unit: as the text says, else as the register does."""
    named = re.search(
        rf"{re.escape(str(unit))},\s*(?:[^,\n]{{3,30}},\s*)?(?P<outer>[^,.;\n]{{3,40}})", text
    )
    outer = next(find_units(named["outer"]), None) if named else None
    if outer and outer.level == "province":
        return str(outer)
    inferred = infer_province(text)
    return inferred[0] if inferred else province_of(str(unit))


def _outer_district(text: str) -> str | None:
    return _most_common(Counter(str(unit) for unit in find_units(text) if unit.level == "district"))


@cache
def _offices() -> tuple[tuple[str, str], ...]:
    """Return each office in capitals with the body that it alone heads, the longest first."""
    names = {fold_tones(row["position"]).upper(): row["issuer"] for row in rows("positions")}
    return tuple(sorted(names.items(), key=lambda item: len(item[0]), reverse=True))
