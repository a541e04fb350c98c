"""TABLES -> PATTERNS: how names of bodies begin, and the fields of government.

Source: `knowledge/agencies.csv`, `agency_fields.csv`, `collectives.csv`, `offices.csv`, row by row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.knowledge.tables import rows
from ingest.tones import fold_tones

_NEEDS_CAPITAL = 2  # words: longer heads are told by themselves, "tòa án nhân dân"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to name bodies, as a row of `agencies.csv` has it."""

    name: str  # canonical: "Sở {field}"
    head: str  # folded, what stands in the text: "sở"
    slot: str | None  # field | name | topic | place
    kind: str  # body | force | collective
    level: str
    follows: str  # area | area! (must follow) | place | party | police | office | ""
    within: str  # the body that it is a unit of: "Công an"; "" for none
    lower: bool  # may be written without its capital
    acronym: bool  # "UBND"


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """Return the forms by their folded head; those that ask for more come first."""
    found: dict[str, list[Form]] = {}
    for row in rows("agencies"):
        for alias in [row["name"], *filter(None, row["aliases"].split("|"))]:
            head, _, slot = alias.partition(" {")
            folded = fold_tones(head.lower())
            lower = head[0].islower() or len(head.split()) > _NEEDS_CAPITAL
            form = Form(
                name=row["name"],
                head=folded,
                slot=slot.rstrip("}") or None,
                kind=row["kind"],
                level=row["level"],
                follows=row["follows"],
                within=row["within"],
                lower=lower,
                acronym=head.isupper(),
            )
            found.setdefault(folded, []).append(form)
    return {
        head: tuple(sorted(forms, key=lambda form: form.slot is None))
        for head, forms in found.items()
    }


@cache
def office() -> str:
    """Return the pattern of a person's office, in folded lower case: "phó giám đốc ".

    It counts as its body: "Giám đốc Sở Y tế".
    """
    names = _alternatives({fold_tones(row["office"]) for row in rows("offices")})
    return rf"(?:(?:đồng chí +)?(?:các +)?(?:quyền +)?(?:phó +)?(?:{names}) +)"


@cache
def field_named(spelling: str, head: str) -> str | None:
    """Return the field of government that *spelling* means after *head*, or None.

    Args:
        spelling: Folded, in small letters: "vhtt".
        head: "Phòng"; what a short form means may hang on it.
    """
    meant = _fields().get(spelling, ())
    return next((field for field, heads in meant if head in heads), None) or next(
        (field for field, heads in meant if not heads), meant[0][0] if meant else None
    )


@cache
def _fields() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    found: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for row in rows("agency_fields"):
        heads = tuple(filter(None, row["heads"].split("|")))
        for spelling in [row["field"], *filter(None, row["aliases"].split("|"))]:
            key = fold_tones(spelling.lower())
            found[key] = (*found.get(key, ()), (row["field"], heads))
    return found


@cache
def name_goes_on() -> re.Pattern[str]:
    """Return the pattern of one further word of a name, in folded lower case.

    What a body does, a preposition or a level of government ends its name.
    """
    verbs = _alternatives({fold_tones(row["word"]) for row in rows("action_words")})
    ends = (
        "của|tại|trên|trong|để|theo|với|về|có|là|được|phải|từ|do|đã|sẽ|nhằm|khi|cùng|cho|ở|gồm|các"
        "|tỉnh|thành phố|huyện|quận|thị xã|xã|phường|cấp|khu vực|nơi|thì|mà|qua|đến|lên|hoặc|khác"
        "|cơ quan|đơn vị"
    )
    stop = rf"(?!(?:{verbs}|{ends})(?!\w))"
    return re.compile(rf" (?:và |- )?{stop}[^\W\d_]+(?: {stop}[^\W\d_]+)?(?!\w)")


def _alternatives(words: set[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in longest_first)


@cache
def head_pattern() -> re.Pattern[str]:
    """Return the pattern of what a name begins with, in folded lower case.

    Group `collective` is a whole list of nouns ("các sở, ban, ngành"), `head` the head of a form.
    """
    # alone: "yes" needs no "các" before it, "opens" never goes on a list.
    kinds = {fold_tones(row["noun"].lower()): row["alone"] for row in rows("collectives")}
    nouns = set(kinds)
    alone = {noun for noun, kind in kinds.items() if kind == "yes"}
    within = {noun for noun, kind in kinds.items() if kind == "no"}
    noun = f"(?:{_alternatives(nouns)})(?!\\w)"
    # "trường hợp", "hội đồng", "ngành, nghề", "khối lượng", "bộ môn"
    other = " hợp| đồng| nghị|,? nghề| lượng| phận| môn(?!\\w)| máy"
    # A noun that can stand alone is a body of its own in a list: "các sở, ngành | và chính quyền".
    inner = rf"(?!(?:{_alternatives(alone)})(?!\w))(?:{_alternatives(within)})(?!\w)(?!{other})"
    many = rf"(?:các|những|mọi|toàn thể|mỗi|từng) +(?:{noun})(?!{other})"
    # "các Phòng/Ban", but "các Phòng, | Khoa/Viện chuyên môn"
    inner = rf"(?!(?:{noun})/(?:{noun})){inner}"
    listed = rf"(?:/{inner})?(?: *, *{inner}| *,? +(?:và|hoặc) +{inner})*"
    pair = (
        rf"(?P<pair>(?:{noun})/(?:{noun})(?: (?:đào tạo|chuyên môn|nghiên cứu|nghiệp vụ))?)(?!\w)"
    )
    bare = rf"(?<!cơ )(?:ban|sở|bộ|ngành) *, *{inner}"
    return re.compile(
        rf"(?<![\w/])(?:{office()}(?:của +)?)?(?:"
        rf"(?P<collective>(?:{many}|{bare}){listed}|{pair}|(?:{_alternatives(alone)})(?!\w)"
        rf"|(?<=thủ trưởng )(?:{noun}))"
        rf"|(?P<head>{_alternatives(set(forms()))})(?!\w))"
    )


@cache
def field_pattern() -> re.Pattern[str]:
    """Return the pattern of every field of government, in folded lower case."""
    return re.compile(rf"(?:{_alternatives(set(_fields()))})(?!\w)")
