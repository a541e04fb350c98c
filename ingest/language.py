"""TEXT -> CAUTION, where it is not Vietnamese, or not in letters that say so."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from ingest.model import Caution

# In Vietnamese prose about a quarter of the letters bear a sign; other Latin scripts stay below
# a tenth, and a font from before Unicode leaves hardly any.
_SIGNED_SHARE = 0.08
_ENOUGH = 200  # letters: less may be a list of names
_OWN_LETTER = re.compile(r"[đĐơƠưƯ]")


def foreign_caution(text: str) -> Caution | None:
    """Return the caution "not-vietnamese" for a text that does not read as Vietnamese, or None.

    Args:
        text: NFC; a short one is never foreign.
    """
    letters = Counter(filter(str.isalpha, text))
    if letters.total() < _ENOUGH:
        return None
    signed = sum(times for letter, times in letters.items() if _is_signed(letter))
    if signed >= _SIGNED_SHARE * letters.total() and _OWN_LETTER.search(text):
        return None
    return Caution(
        code="not-vietnamese",
        message="Văn bản có vẻ không phải tiếng Việt, không có dấu, hoặc dùng phông chữ cũ "
        "(TCVN3, VNI). Hãy kiểm tra tệp gốc và lưu lại bằng Unicode.",
    )


def _is_signed(letter: str) -> bool:
    return letter in "đĐ" or len(unicodedata.normalize("NFD", letter)) > 1
