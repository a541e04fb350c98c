"""WORDS -> PLACES: names of administrative units (đơn vị hành chính) and where a document stands.

A unit is recognised by its form ("huyện Bình Lục", "TP. Huế", "xã Ia Pa"), known or not; the
provinces, old and new, are known by name (`knowledge/provinces.csv`). Canonical names follow the
newer rule of tone marks ("tỉnh Thanh Hóa").
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.knowledge.tables import rows
from ingest.model import Level, Span
from ingest.tones import fold_tones

UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_KINDS = {
    "tỉnh": "tỉnh", "thành phố": "thành phố", "tp": "thành phố", "t.p": "thành phố",
    "huyện": "huyện", "quận": "quận", "thị xã": "thị xã", "tx": "thị xã",
    "thị trấn": "thị trấn", "xã": "xã", "phường": "phường", "đặc khu": "đặc khu",
}  # fmt: skip
_LEVELS: Mapping[str, Level] = {
    "tỉnh": "province", "huyện": "district", "quận": "district", "thị xã": "district",
    "thị trấn": "commune", "xã": "commune", "phường": "commune", "đặc khu": "commune",
}  # fmt: skip
_SYLLABLE = rf"[{UPPER}](?:[\w'’]|\.(?=\w))*"
# Short forms ask for their dot or a capital, long ones stand in any case.
_UNIT = re.compile(
    r"(?<!\w)(?P<kind>[Tt]ỉnh|TỈNH|[Tt]hành [Pp]hố|THÀNH PHỐ|T[Pp]\.|T\.P\.?|TP(?=\s)"
    r"|[Hh]uyện|HUYỆN|[Qq]uận|QUẬN|[Tt]hị [Xx]ã|THỊ XÃ|TX\.|[Tt]hị [Tt]rấn|THỊ TRẤN|[Xx]ã|XÃ"
    r"|[Pp]hường|PHƯỜNG|[Đđ]ặc [Kk]hu|ĐẶC KHU)"
    rf" ?(?P<name>{_SYLLABLE}(?:(?: | ?[-–] ?){_SYLLABLE}){{0,4}}|\d{{1,2}}(?![\w/-]|[.,]\d))"
)  # fmt: skip
_KIND_BEFORE = re.compile(r"(?<!các )(?:tỉnh|thành phố|tp\.) ?$", re.IGNORECASE)
_WEIGHT_OF_FORM = 2  # "tỉnh Hà Nam" says more of where we are than a bare "Hà Nam"
_CLEAR_LEAD = 2.0
TWO_TIERS = dt.date(2025, 7, 1)  # 34 provinces, no districts. Source: Resolution 202/2025/QH15


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An administrative unit as a text names it."""

    kind: str  # "huyện"
    name: str  # canonical: "Bình Lục"
    span: Span

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def level(self) -> Level:
        """Its level; a city is a province or a district by its name."""
        if self.kind == "thành phố":
            return "province" if is_province(self.name) else "district"
        return _LEVELS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where a document stands: what a bare "tỉnh", "huyện" or "xã" in it means."""

    issuer: str | None = None  # "UBND huyện Bình Lục"
    level: Level | None = None
    unit: str | None = None  # of the issuer: "huyện Bình Lục"
    district: str | None = None  # "huyện Bình Lục", also of a commune's document that names it
    province: str | None = None  # "tỉnh Hà Nam"
    districts: str | None = None  # what it calls those below it: "các huyện, thành phố"
    communes: str | None = None  # "các xã, phường"
    team: str | None = None  # whose rules it gives: "Đội kiểm tra liên ngành"
    nested: str | None = None  # the body of a lower level that `unit` is of, under its heading


def find_units(text: str) -> Iterator[Unit]:
    """Yield the administrative units that *text* names by their form, in order.

    Args:
        text: NFC; in a line of capitals a name runs as far as its capitals do, unless it begins
            with a known province.
    """
    for found in _UNIT.finditer(text):
        kind = _KINDS[found["kind"].lower().rstrip(".")]
        name, length = found["name"], len(found["name"])
        known = _province_at(name) if kind in {"tỉnh", "thành phố"} else None
        if known:
            name, length = known
        start = found.start("name")
        yield Unit(kind=kind, name=canonical_name(name), span=Span(found.start(), start + length))


def canonical_name(name: str) -> str:
    """Return the proper name of a unit in its one spelling: "THANH HOÁ" -> "Thanh Hóa"."""
    known = _spellings().get(key_of(name))
    if known:
        return known
    words = [word if _mixed(word) else word.capitalize() for word in name.split()]
    return fold_tones(" ".join(words)).replace(" – ", " - ")


def is_province(name: str) -> bool:
    """Tell whether *name*, without its kind, is that of a province, now or once."""
    return key_of(name) in _spellings()


def province_full(name: str) -> str | None:
    """Return a province with its kind: "Thanh Hoá" -> "tỉnh Thanh Hóa"; None when it is none."""
    known = _spellings().get(key_of(name))
    return f"{_kinds()[known]} {known}" if known else None


def find_provinces(text: str) -> Iterator[tuple[Span, str]]:
    """Yield where *text* names a known province, with or without its kind, and its full name."""
    for found in _province_pattern().finditer(text):
        full = province_full(found[0])
        if full:
            yield Span(*found.span()), full


def infer_province(text: str) -> tuple[str, float] | None:
    """Return the province that *text* seems to be about and how sure that is, or None.

    The province named most wins where it leads clearly; a name with its kind counts double.
    """
    counts: Counter[str] = Counter()
    for span, full in find_provinces(text):
        if full in _dissolved():
            continue
        counts[full] += 1
        if _KIND_BEFORE.search(text, max(0, span.start - 20), span.start):
            counts[full] += _WEIGHT_OF_FORM - 1
    for unit in find_units(text):
        if unit.kind == "tỉnh" and not is_province(unit.name):
            counts[str(unit)] += _WEIGHT_OF_FORM
    if not counts:
        return None
    (first, most), *others = counts.most_common(2)
    second = others[0][1] if others else 0
    if most < _CLEAR_LEAD * second:
        return None
    return first, min(0.9, 0.6 + 0.1 * (most - second))


def key_of(name: str) -> str:
    """Return a unit's name as it is looked up: any case, tone style, hyphen or dot."""
    return re.sub(r"[\s.–-]+", " ", fold_tones(name.casefold())).strip()


def _mixed(word: str) -> bool:
    return not word.isupper() and any(letter.isupper() for letter in word)


@cache
def _spellings() -> dict[str, str]:
    """Return the canonical name of every spelling of a province."""
    found = {}
    for row in rows("provinces"):
        for spelling in [row["name"], *filter(None, row["spellings"].split("|"))]:
            found[key_of(spelling)] = row["name"]
    return found


@cache
def _kinds() -> dict[str, str]:
    return {row["name"]: row["kind"] for row in rows("provinces")}


@cache
def _dissolved() -> frozenset[str]:
    """Return the provinces of before 1997: their names live on in other bodies' ("Hà Nam Ninh")."""
    return frozenset(f"{row['kind']} {row['name']}" for row in rows("provinces") if not row["now"])


@cache
def _province_pattern() -> re.Pattern[str]:
    names = []
    for row in rows("provinces"):
        for spelling in [row["name"], *filter(None, row["spellings"].split("|"))]:
            names += [spelling, _older_tones(spelling)]
    names += [name.upper() for name in names]
    longest_first = sorted(set(names), key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def _older_tones(name: str) -> str:
    return name.replace("óa", "oá").replace("òa", "oà")


def _province_at(name: str) -> tuple[str, int] | None:
    found = _province_pattern().match(name)
    return (found[0], found.end()) if found else None
