"""KEYS -> SYLLABLE: what an input method that was off left as keys ("khoong" -> "không").

Source: the key tables of Telex ("aa", "dd", "w"; s f r x j) and VNI (1 to 9), as every Vietnamese
keyboard has them.
"""

from __future__ import annotations

import re
import unicodedata

from ingest.syllables import is_syllable

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323",
          "1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}  # fmt: skip
_TELEX = (("uow", "ươ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"), ("ow", "ơ"),
          ("uw", "ư"))  # fmt: skip
_VNI = {"a6": "â", "e6": "ê", "o6": "ô", "a8": "ă", "o7": "ơ", "u7": "ư"}
_VOWELS = "aăâeêioôơuưy"
_SYLLABLE = re.compile(
    rf"(?P<onset>qu(?=[{_VOWELS}])|gi(?=[{_VOWELS}])|[^{_VOWELS}\d]*)(?P<vowels>[{_VOWELS}]+)"
    r"(?P<tone>[sfrxj1-5]?)(?P<end>[cghmnpt]{0,2})(?P<last>[sfrxj1-5]?)"
)
_SHORTEST = 3


def decode(keys: str) -> str | None:
    """Return the syllable that *keys*, small letters without accents, were to make.

    None where they make none, or are a word as they stand ("son", "ban").
    """
    if len(keys) < _SHORTEST or (is_syllable(keys) and "oo" not in keys):
        return None
    letters = _letters(keys)
    found = _SYLLABLE.fullmatch(letters)
    if found is None or (found["tone"] and found["last"]):
        return None
    tone = found["tone"] or found["last"]
    syllable = _toned(found["onset"], found["vowels"], found["end"], _TONES.get(tone, ""))
    marked = bool(found["last"]) or bool(tone and not found["end"]) or letters != keys
    return syllable if marked and is_syllable(syllable) else None


def _letters(keys: str) -> str:
    if late := re.fullmatch(r"(\w*?)(uo|u|o|a)(i|u|n|ng|m|c|t|p)?w([sfrxj]?)", keys):
        keys = f"{late[1]}{late[2]}w{late[3] or ''}{late[4]}"
    for written, meant in _TELEX:
        keys = keys.replace(written, meant)
    keys = re.sub(r"^(?:dd|d9)", "đ", keys)
    keys = re.sub(r"uo(?=[a-z]*7)", "u7o", keys) if keys.count("7") == 1 and "uo" in keys else keys
    for written, meant in _VNI.items():
        keys = keys.replace(written, meant)
    far = re.fullmatch(rf"([^\d]*)([aeo])([{_VOWELS}]?[cghmnpt]{{0,2}})([68])([1-5]?)", keys)
    if far and (marked := _VNI.get(far[2] + far[4])):
        return far[1] + marked + far[3] + far[5]
    return keys


def _toned(onset: str, vowels: str, end: str, tone: str) -> str:
    marked = [at for at, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        at = marked[-1]
    elif end or len(vowels) == 1:
        at = len(vowels) - 1
    else:
        at = len(vowels) - 2 if len(vowels) > 1 else 0
    made = onset + vowels[: at + 1] + tone + vowels[at + 1 :] + end
    return unicodedata.normalize("NFC", made)
