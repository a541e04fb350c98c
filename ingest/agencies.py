"""WORDS -> BODIES: where a text names a body (cơ quan, đơn vị, lực lượng), alone or collectively.

A name is a head ("Sở", "Công an", "UBND"), what the head asks for (a field, a proper name, a
topic) and an area ("tỉnh", "các xã, phường", "huyện Bình Lục"). Heads, fields and collective
nouns are data: `knowledge/agencies.csv`, `agency_fields.csv`, `collectives.csv`.

Source: Decree 30/2020/NĐ-CP, Annex I, on writing the names of bodies with capitals; the structure
of bodies by Resolution 176/2025/QH15 and Decree 150/2025/NĐ-CP and those before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ingest.agency_names import Form, field_pattern, forms, head_pattern
from ingest.agency_slots import LEVEL, SLOTS, owner_end, place_end
from ingest.tones import fold_tones
from ingest.words import mark, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

GROUP = "agencies"

_AND = r"(?: *, *| +và +| */ *| +hoặc +)"
# "cấp xã", "các cấp", "các xã, thị trấn", "tỉnh"; "cùng cấp" looks back to another body.
_AREA = re.compile(
    rf" +(?:(?:các +)?cấp +(?:tỉnh|thành phố|huyện|xã|cơ sở|trung ương)"
    rf"(?:{_AND}(?:cấp +)?(?:huyện|xã|cơ sở|tỉnh)(?!\w))*"
    rf"|các cấp|cùng cấp|trung ương|địa phương|cơ sở"
    rf"|(?:ở +|tại +|của +)?(?P<many>(?:các|mỗi|từng|\d+) +)?(?P<level>{LEVEL})(?!\w)"
    rf"(?:{_AND}(?:các +)?(?:{LEVEL})(?!\w))*(?: trực thuộc trung ương)?)(?!\w)"
)
# What some bodies are named with: the committee or the police that they are of.
_OF_BODIES = {
    "party": re.compile(r" +(?:tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|trung ương)(?!\w)"),
    "police": re.compile(r",? +(?:thuộc +|của +|- *)?công an(?!\w)"),
}
_QUALIFIER = re.compile(
    r" +(?:(?:có +)?liên quan|chức năng|chuyên môn|chuyên trách|khác"
    r"|(?:thuộc|trong) +(?:và +trực thuộc +)?(?:tỉnh|huyện|thành phố|xã|phường)"
    r"|(?P<of>(?:thuộc(?:,| và| hoặc)? +)?trực thuộc|thuộc|của)(?= )"
    r"|quản lý(?: nhà nước)?(?: chuyên ngành)?(?: về [^\W\d_]+ [^\W\d_]+(?= cấp))?"
    r"|phổ thông|nghề nghiệp|công lập|ngoài công lập|mầm non"
    r"|trên địa bàn(?:(?: +toàn)? +(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường))?"
    r"|của +(?:tỉnh|huyện|thành phố|xã|phường)(?!\w)"
    r"|(?:là +)?(?P<member>thành viên(?: +(?:trong|của|thuộc))?)"
    r"(?= +(?:ban chỉ đạo|bcđ|tổ công tác))"
    r"|(?:là +)?thành viên(?!\w)"
    r"|(?:làm công tác +|về +)?phòng,? +chống +(?:ma +t[uú][ýy]|tội phạm|tham nhũng|thiên tai)"
    r"|các cấp|cấp +(?:tỉnh|huyện|xã)|địa phương|cơ sở|trung ương|đóng trên địa bàn)(?!\w)"
)


_EVERY_LEVEL = re.compile(r" (?:các cấp|cùng cấp|hai cấp)$")
_HAS_AREA = re.compile(r" (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|trung ương)(?!\w)")
_Found: TypeAlias = tuple[int, int, str]  # start, end, label
_SHORT = 3  # letters: "CA" is an abbreviation, "ca" a word
_OF_ISSUER = re.compile(r" (?:bộ|sở|ủy ban|cục|trường|tổng cục|chi cục)(?!\w)")
_CAPITAL_MEMBER = re.compile(r"(?: *,| +và|, +và| +hoặc) +[A-ZĐ]\w*(?: \w+)?$")
_CAPITAL = re.compile(r" [A-ZĐ]")
_COLON = re.compile(r" *:? +")
_LIST_GAP = re.compile(r" *[,;] *| +và +")


def mark_agencies(doc: Doc) -> list[DocSpan]:
    """Mark every named or collective body of *doc* in the span group "agencies".

    The label is "kind" or, where a list leaves a part out, "kind|Head|area": the "Tài chính" of
    "các Sở: Y tế, Tài chính" is "body|Sở", the "cấp ủy" of "cấp ủy, chính quyền các cấp"
    "collective||các cấp". Spans do not overlap.
    """
    return mark(doc, GROUP, find_agencies(text_of(doc)))


def find_agencies(text: str) -> Iterator[_Found]:
    """Yield (start, end, label) of every body named in *text*, in order."""
    folded = fold_tones(text.lower())
    run: list[_Found] = []  # of bodies that a list joins
    place = 0
    while found := head_pattern().search(folded, place):
        spans = list(_read_at(text, folded, found))
        if spans and run and not _LIST_GAP.fullmatch(folded, run[-1][1], spans[0][0]):
            yield from _shared_area(folded, run)
            run = []
        run += spans
        place = spans[-1][1] if spans else found.end()
    yield from _shared_area(folded, run)


def _shared_area(folded: str, run: Sequence[tuple[int, int, str]]) -> Iterator[_Found]:
    """Give the levels that end a list to those of it that name none: "cấp ủy, chính quyền các cấp".

    Only to what stands on every level; a list that goes on after them begins anew.
    """
    area = ""
    shared = []
    for start, end, label in reversed(run):
        every = _EVERY_LEVEL.search(folded, start, end)
        if every:
            area = every[0].strip()
        elif area and "|" not in label and _on_every_level(folded[start:end]):
            label = f"{label}||{area}"  # noqa: PLW2901
        elif _HAS_AREA.search(folded, start, end):
            area = ""
        shared.append((start, end, label))
    yield from reversed(shared)


def _on_every_level(name: str) -> bool:
    """Tell whether a name is the bare head of what stands on every level: "tòa án nhân dân"."""
    return any(form.level == "any" and form.follows == "area" for form in forms().get(name, ()))


def _read_at(text: str, folded: str, found: re.Match[str]) -> Iterator[_Found]:
    start = found.start()
    if found["collective"]:
        if found["pair"] is None or _both_named(found["pair"], text[found.start("pair") :]):
            yield from _collectives(text, folded, found)
        return
    for form in forms()[found["head"]]:
        if not _capital_is_right(form, text, found.start("head"), found["head"]):
            continue
        if form.follows == "office" and start == found.start("head"):
            continue  # "Chánh Văn phòng" is a body, "văn phòng" alone may be a room
        end = _body_end(form, text, folded, found.end())
        if end is not None:
            end = owner_end(form, text, folded, end)
            yield start, end, form.kind
            if form.slot == "field":
                yield from _elliptic(form, text, folded, end)
            return


def _collectives(text: str, folded: str, found: re.Match[str]) -> Iterator[_Found]:
    listed = list(_named_fields(text, folded, found))
    if listed:
        yield from listed
        return
    yield found.start(), _collective_end(text, folded, found), "collective"


def _both_named(pair: str, printed: str) -> bool:
    """Tell "Khoa/Viện", two kinds as one, from what the two may be of: "đơn vị/cá nhân"."""
    return printed[0].isupper() and printed[pair.index("/") + 1].isupper()


def _capital_is_right(form: Form, text: str, start: int, head: str) -> bool:
    printed = text[start : start + len(head)]
    if form.acronym and len(head) <= _SHORT:
        return printed.isupper()  # "CA", "BCĐ"
    return form.lower or printed[0].isupper()


def _body_end(form: Form, text: str, folded: str, end: int) -> int | None:
    """Return where a body whose head ends at *end* ends, or None when it is none."""
    if form.slot == "body":
        return _outer_end(text, folded, end)
    if form.slot:
        filled = SLOTS[form.slot](text, folded, end)
        if filled is None:
            return None
        end = filled
    if form.follows.endswith("!") and text[text.rfind(" ", 0, end) + 1 : end].isupper():
        end_of_area = _AREA.match(folded, end)
        return _follow(form.follows, text, folded, end) if end_of_area else None  # "THUẾ THU NHẬP"
    after = _follow(form.follows, text, folded, end)
    return None if form.follows.endswith("!") and after == end else after


def _follow(follows: str, text: str, folded: str, end: int) -> int:
    if not follows:
        return end
    if follows in _OF_BODIES:
        of_body = _OF_BODIES[follows].match(folded, end)
        end = of_body.end() if of_body else end
        if follows == "party":
            return place_end(text, folded, end)
    area = _AREA.match(folded, end) if follows.startswith(("area", "police")) else None
    if area is None:
        return place_end(text, folded, end)
    end = area.end()
    if area["level"] and not area["many"] and text[end - 1] not in ",;":
        end = place_end(text, folded, end)
    return _qualifier_end(text, folded, end) if area["many"] else end


def _qualifier_end(text: str, folded: str, end: int) -> int:
    while found := _QUALIFIER.match(folded, end):
        outer = _outer_end(text, folded, found.end()) if found["of"] or found["member"] else None
        if found["of"] and outer is None:
            return end
        end = outer or place_end(text, folded, found.end())
    return end


def _outer_end(text: str, folded: str, end: int) -> int | None:
    """Return the end of the body named right after *end* ("thành viên Ban Chỉ đạo 138 tỉnh")."""
    head = head_pattern().match(folded, end + 1)
    if head and head["collective"]:
        return None
    spans = _read_at(text, folded, head) if head else ()
    issuer = _OF_ISSUER.match(folded, end)  # "thuộc Bộ"
    return max((stop for _, stop, _ in spans), default=issuer.end() if issuer else None)


def _collective_end(text: str, folded: str, found: re.Match[str]) -> int:
    end = found.end()
    if folded.endswith(" trực thuộc", 0, end):
        end = _outer_end(text, folded, end) or end
    member = _CAPITAL_MEMBER.search(text, max(found.start() + 1, end - 30), end)
    if member and _CAPITAL.match(text, end):
        return member.start()  # "các cơ quan chuyên môn, | Cục Thống kê"
    end = _qualifier_end(text, folded, end)
    area = _AREA.match(folded, end)
    if area and area["level"]:
        end = area.end() if area["many"] else place_end(text, folded, area.end())
    return end


def _named_fields(text: str, folded: str, found: re.Match[str]) -> Iterator[_Found]:
    """Yield the bodies of "các Sở: Y tế, Tài chính", whose head stands but once."""
    head = found["collective"].rpartition(" ")[2]
    gap = _COLON.match(folded, found.end())
    if head not in {"sở", "bộ", "ngành", "phòng", "ban"} or gap is None:
        return
    place = gap.end()
    while (field := field_pattern().match(folded, place)) and text[place].isupper():
        if head != "bộ" and head_pattern().match(folded, place):
            return  # "các Sở: Y tế, Công an tỉnh": there is no Sở of police
        yield place, field.end(), f"body|{head.capitalize()}"
        gap = _LIST_GAP.match(folded, field.end())
        if gap is None:
            return
        place = gap.end()


def _elliptic(form: Form, text: str, folded: str, end: int) -> Iterator[_Found]:
    """Yield the further fields of "Sở Y tế, Tài chính và Nội vụ"."""
    while gap := _LIST_GAP.match(folded, end):
        field = field_pattern().match(folded, gap.end())
        head = head_pattern().match(folded, gap.end())
        if field is None or head is not None or not text[gap.end()].isupper():
            return
        end = field.end()
        yield gap.end(), end, f"{form.kind}|{form.name.partition(' ')[0]}"
