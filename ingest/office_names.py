"""NAME IN CAPITALS -> NAME: bodies as letterheads print them, with their own capitals again.

"SỞ GDĐT TỈNH ĐỒNG THÁP" -> "Sở Giáo dục và Đào tạo tỉnh Đồng Tháp". The text of the document knows
the capitals best; where it is silent, the registers of bodies and fields do, else the rule.

Source: Decree 30/2020/NĐ-CP, Annex II, on capitals in the names of bodies.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from ingest.abbreviations import spell_out
from ingest.knowledge.tables import rows
from ingest.model import Level
from ingest.places import canonical_name, find_units
from ingest.tones import fold_tones

# Committees are named after their unit without its kind: "Huyện ủy Bình Lục".
COMMITTEES = {
    "tỉnh ủy": "tỉnh", "thành ủy": "thành phố", "huyện ủy": "huyện", "quận ủy": "quận",
    "thị ủy": "thị xã", "tỉnh đoàn": "tỉnh", "thành đoàn": "thành phố", "huyện đoàn": "huyện",
    "quận đoàn": "quận", "thị đoàn": "thị xã",
}  # fmt: skip
COMMITTEE = re.compile(rf"(?:{'|'.join(COMMITTEES)})(?!\w)")
# What bears a proper name needs no place added and writes each syllable with a capital.
PROPERLY_NAMED = re.compile(
    r"(?:trường|đại học|học viện|công ty|tổng công ty|tập đoàn|bệnh viện|viện(?! kiểm sát)|báo"
    r"|nhà xuất bản)"
    r"(?!\w)"
)
_PROPER = re.compile(
    r"(?<!\w)(?:việt nam|tổ quốc|trung ương|nhà nước|quốc hội|chính phủ|hồ chí minh|đảng)(?!\w)"
)
_ALWAYS_CAPITALS = re.compile(r"(?<!\w)(?:hiv|aids|covid|odp|oda|fdi)(?!\w)")
# "BCH" stands for the command of the forces, elsewhere for an executive committee.
_COMMAND = re.compile(r"BCH(?=\s+(?:BỘ ĐỘI|BĐBP|QUÂN SỰ|QS)(?!\w))")
_FRONT = re.compile(r"(?<!\w)UB\s?MTTQ\s?VN(?!\w)")
_COMMITTEE_SHORT = re.compile(r"^BCH(?=\s)")
_EACH_SYLLABLE = {"việt nam", "hồ chí minh"}
_COUNCIL = re.compile(r"ủy ban nhân dân|hội đồng nhân dân", re.IGNORECASE)
_SHORT = {"ủ": "UBND", "h": "HĐND"}  # by the first letter of the long form
_AREA = re.compile(r"\s*(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)(?!\w)")
_LEAST_PRINTED = 8  # characters; what is shorter may stand in the text as another word


def begins_body_name(line: str) -> bool:
    """Tell whether a line begins with the head of a body's name ("SỞ", "Ban Chỉ đạo")."""
    folded = fold_tones(line.casefold())
    return _opening_heads().match(folded) is not None and not _false_heads().match(folded)


def proper_case(line: str, text: str = "") -> str:
    """Return the name of a body with its own capitals, abbreviations spelled out.

    Args:
        line: "SỞ GDĐT TỈNH ĐỒNG THÁP".
        text: Where the name may stand in its own capitals; the way it stands there wins.
    """
    line = _COMMAND.sub("BỘ CHỈ HUY", " ".join(line.split()))
    line = _FRONT.sub("ỦY BAN MTTQ VIỆT NAM", line)
    full = comparable(spell_out(_COMMITTEE_SHORT.sub("BAN CHẤP HÀNH", line)))
    full = full.replace("XÃ HỘI", "xã hội")  # no commune of that name
    plain = " ".join(word.lower() if _is_capitals(word) else word for word in full.split(" "))
    printed = _as_printed(plain, text)
    if printed:
        return _small_kinds(printed)
    for unit in reversed(list(find_units(full))):
        plain = plain[: unit.span.start] + str(unit) + plain[unit.span.end :]
    return _capitalise(plain)


@lru_cache(maxsize=4)
def comparable(text: str) -> str:
    """Return *text* in one tone style, "Ủy ban nhân dân" in its usual short form, "UBND"."""
    return _COUNCIL.sub(lambda found: _SHORT[found[0][0].lower()], fold_tones(text))


def level_of_body(name: str) -> Level | None:
    """Return the level that a body's kind stands on: "Sở …" -> "province"; None: on several."""
    folded = fold_tones(name.lower())
    if "trung ương" in folded or folded in _central_bodies():
        return "central"
    for head, level in _levels():
        if folded.startswith(head) and not folded[len(head) : len(head) + 1].isalpha():
            return level
    return None


def _as_printed(plain: str, text: str) -> str | None:
    """Return how *text* prints a name most often, if not in capitals alone."""
    if len(plain) < _LEAST_PRINTED or not text:
        return None
    source = comparable(text)
    counts: Counter[str] = Counter()
    for found in re.finditer(rf"(?<!\w){re.escape(plain.lower())}(?!\w)", source.lower()):
        printed = source[found.start() : found.end()]
        if not _is_capitals(printed) and printed[0].isupper():
            counts[printed] += 1
    return counts.most_common(1)[0][0] if counts else None


def _small_kinds(name: str) -> str:
    """Return a name with the kinds of its units in small letters: "UBND thành phố Hà Nội"."""
    for unit in reversed(list(find_units(name))):
        if unit.span.start:
            name = name[: unit.span.start] + str(unit) + name[unit.span.end :]
    return name


def _capitalise(plain: str) -> str:
    """Give a name in small letters the capitals that the tables and the rules ask for."""
    head = _known_head(plain)
    rest = plain[len(head) :]
    if PROPERLY_NAMED.match(plain):
        return head + " ".join(word if word == "và" else _capital(word) for word in rest.split(" "))
    field = _field_in(rest) if head in _heads_before("{field}") else None
    if field:
        place = rest.lower().find(fold_tones(field.lower()))
        rest = rest[:place] + field + rest[place + len(field) :]
    elif head in _heads_before("{field}") | _heads_before("{name}") and not _AREA.match(rest):
        rest = re.sub(r"((?:^|,|-| và)\s*)(\w)", lambda m: m[1] + m[2].upper(), rest, count=1)
    rest = _PROPER.sub(lambda found: _proper_words(found[0]), rest)
    rest = _provinces().sub(lambda found: canonical_name(found[0]), rest)
    rest = _ALWAYS_CAPITALS.sub(lambda found: found[0].upper(), rest)
    if COMMITTEE.search(head.lower()) and rest.strip():
        rest = f" {canonical_name(rest.strip())}"
    return (head + rest).replace("Trung ương đoàn", "Trung ương Đoàn")


def _field_in(words: str) -> str | None:
    folded = words.lower()
    return next((field for field in _fields() if fold_tones(field.lower()) in folded), None)


def _proper_words(words: str) -> str:
    return words.title() if words in _EACH_SYLLABLE else words.capitalize()


def _known_head(plain: str) -> str:
    """Return the beginning of *plain* that the register of bodies knows, in its capitals."""
    folded = plain.lower()
    for name in _heads():
        if folded.startswith(name.lower()) and not folded[len(name) : len(name) + 1].isalpha():
            return name
    return _capital(plain.partition(" ")[0])


def _capital(word: str) -> str:
    return word if any(char.isupper() for char in word) else word.capitalize()


def _is_capitals(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return words not in _usual_abbreviations() and bool(letters) and "".join(letters).isupper()


@cache
def _usual_abbreviations() -> frozenset[str]:
    return frozenset(row["short"] for row in rows("abbreviations") if row["canonical"] == "short")


@cache
def _fields() -> tuple[str, ...]:
    return tuple(sorted((row["field"] for row in rows("agency_fields")), key=len, reverse=True))


@cache
def _heads() -> tuple[str, ...]:
    names = {
        fold_tones(name.partition(" {")[0])
        for row in rows("agencies")
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]
    }
    names |= {row["head"] for row in rows("letterhead_heads")}
    names = {name for name in names if name[0].isupper() and not name.isupper()}
    return tuple(sorted(names, key=lambda name: (len(name), name), reverse=True))


@cache
def _heads_before(slot: str) -> frozenset[str]:
    """Return the heads after which a field or a proper name stands, with a capital of its own."""
    return frozenset(
        row["name"].partition(" {")[0] for row in rows("agencies") if row["name"].endswith(slot)
    )


def _spellings(row: dict[str, str]) -> set[str]:
    names = [row["name"], *filter(None, row["aliases"].split("|"))]
    return {fold_tones(name.partition(" {")[0].casefold()) for name in names}


@cache
def _levels() -> tuple[tuple[str, Level], ...]:
    known: dict[str, Level] = {
        "central": "central", "province": "province", "district": "district", "commune": "commune",
    }  # fmt: skip
    found = {
        head: known[row["level"]]
        for row in rows("agencies")
        if row["level"] in known
        for head in _spellings(row)
    }
    return tuple(sorted(found.items(), key=lambda item: len(item[0]), reverse=True))


@cache
def _central_bodies() -> frozenset[str]:
    """Return the bodies of the whole country by their full names: branches bear only a part."""
    named = {row["issuer"].lower() for row in rows("symbol_issuers") if row["level"] == "central"}
    return frozenset(fold_tones(name) for name in named if name.endswith("việt nam"))


@cache
def _provinces() -> re.Pattern[str]:
    """Return the names of provinces of two syllables and more, in small letters."""
    names = [row["name"] for row in rows("provinces") if re.search(r"[\s-]", row["name"])]
    words = "|".join(re.sub(r"[\s–-]+", r"[\\s–-]+", fold_tones(n.casefold())) for n in names)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def _false_heads() -> re.Pattern[str]:
    """Return the words that open as a body's name does: "BAN HÀNH QUY CHẾ" is a title."""
    words = "|".join(re.escape(fold_tones(row["words"])) for row in rows("false_heads"))
    return re.compile(rf"\W*(?:{words})(?!\w)")


@cache
def _opening_heads() -> re.Pattern[str]:
    heads = {head for row in rows("agencies") for head in _spellings(row)}
    heads |= {fold_tones(row["head"].casefold()) for row in rows("letterhead_heads")}
    heads |= {fold_tones(row["issuer"].casefold()) for row in rows("positions") if row["issuer"]}
    words = "|".join(re.escape(head) for head in sorted(heads, key=len, reverse=True))
    return re.compile(rf"\W*(?:{words})(?!\w)")
