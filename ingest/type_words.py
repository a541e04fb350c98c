"""WORDS -> TYPE: the type before a number, also where a scan lost its marks ("Quyêt định").

A folded comparison is made for names of two words and more, with a capital, right before a number;
a single word without marks ("Lenh", "Luat") is too easily another one.

Source: names of types in Decree 30/2020/NĐ-CP, Article 7; misreadings are those of scanned copies.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from ingest.doctypes import document_types

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 60


class Misread(NamedTuple):
    """A type whose printed letters are not quite its own."""

    start: int
    name: str  # "Quyết định"


def misread_type_before(line: str, end: int) -> Misread | None:
    """Return the type that ends at *end*, blanks apart, when it is printed with wrong marks."""
    begin = max(0, end - _LONGEST)
    words = list(_WORD.finditer(line, begin, end))
    if not words or line[words[-1].end() : end].strip(" \u00a0"):
        return None
    for count in (4, 3, 2):
        if len(words) < count:
            continue
        start = words[-count].start()
        printed = line[start : words[-1].end()]
        name = misread_type(printed)
        whole = start > begin or start == 0
        if name and whole:
            return Misread(start, name)
    return None


def misread_type(printed: str) -> str | None:
    """Return the type that *printed* means if its marks are wrong, None also if they are right."""
    words = " ".join(printed.split())
    if not words[:1].isupper() or words.casefold() in _exact():
        return None
    return _folded().get(_fold(words))


def _fold(words: str) -> str:
    plain = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def _exact() -> frozenset[str]:
    return frozenset(found.name.casefold() for found in document_types())


@cache
def _folded() -> dict[str, str]:
    """Return the types by their folded names, but for names that two of them share."""
    found: dict[str, set[str]] = {}
    for name in {one.name for one in document_types() if " " in one.name}:
        found.setdefault(_fold(name), set()).add(name)
    return {key: names.pop() for key, names in found.items() if len(names) == 1}
