"""WORD -> whether it is spelled as a Vietnamese syllable (âm tiết): onset, rime, tone."""

from __future__ import annotations

import unicodedata
from functools import cache

from ingest.knowledge.tables import rows

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_STOPS = ("c", "ch", "p", "t")  # after them only the tones sắc and nặng stand
_STOP_TONES = {"\u0301", "\u0323"}
_VOWELS = "aeiouy"
_LETTERS = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxy")
_LONGEST_FRAGMENT = 4
_BEFORE_FRONT = {"c": "eêiy", "g": "eê", "ng": "eêiy"}  # never before these: spelled k, gh, ngh
_ONLY_FRONT = {"k": "eêiy", "gh": "eêi", "ngh": "eêi"}


def is_syllable(word: str) -> bool:
    """Tell whether *word* could be a Vietnamese syllable by the rules of spelling.

    Case does not matter; either way of placing the tone mark is right ("hoà", "hòa"). Rules make
    more syllables than the language uses.

    Source: syllable_onsets.csv, syllable_rimes.csv.
    """
    decomposed = unicodedata.normalize("NFD", word.lower())
    marks = [char for char in decomposed if ord(char) in _TONES]
    base = unicodedata.normalize("NFC", decomposed.translate(_TONES))
    if len(marks) > 1 or base not in _bases():
        return False
    return not base.endswith(_STOPS) or (bool(marks) and marks[0] in _STOP_TONES)


@cache
def _bases() -> frozenset[str]:
    """Return every onset with every rime that it may stand before, without tones."""
    rimes = [row["rime"] for row in rows("syllable_rimes")]
    made = set()
    for row in rows("syllable_onsets"):
        onset = row["onset"]
        for rime in rimes:
            if _fits(onset, rime):
                made.add(onset + rime)
    return frozenset(made | {"gi", "gin", "giêng", "giêt"})


def _fits(onset: str, rime: str) -> bool:
    if onset in _ONLY_FRONT:
        return rime[0] in _ONLY_FRONT[onset]
    if rime[0] in _BEFORE_FRONT.get(onset, ""):
        return False
    if onset == "qu" and rime[0] in "uư":
        return False
    return not (onset and rime[0] == "y" and len(rime) > 1) or onset == "qu"


def is_fragment(word: str) -> bool:
    """Tell whether *word*, in small letters, is no word but looks like a piece of one.

    "đ", "nh", "ận" are pieces; "bar" may be one, "internet" is none.
    """
    decomposed = unicodedata.normalize("NFD", word)
    letters = unicodedata.normalize("NFC", decomposed.translate(_TONES))
    if len(word) > _LONGEST_FRAGMENT or not _LETTERS.issuperset(letters):
        return False
    if not is_syllable(word):
        return True
    return len(word) > 1 and decomposed[0] in _VOWELS and word not in _vowel_syllables()


@cache
def _vowel_syllables() -> frozenset[str]:
    return frozenset(row["syllable"] for row in rows("vowel_syllables"))
