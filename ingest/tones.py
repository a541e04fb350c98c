"""SPELLING -> ONE SPELLING: the tone mark where the newer rule puts it ("Hoà" -> "Hòa").

For comparing and for canonical names only: what a document prints is never changed.

Source: both placements are in use; the newer is that of the Ministry of Education's Decision
1989/QĐ-BGDĐT of 25 May 2018.
"""

from __future__ import annotations

import re

_NEWER = {
    old: new
    for pairs in ("oà òa oá óa oả ỏa oã õa oạ ọa oè òe oé óe oẻ ỏe oẽ õe oẹ ọe",
                  "uỳ ùy uý úy uỷ ủy uỹ ũy uỵ ụy")
    for old, new in zip(pairs.split()[::2], pairs.split()[1::2], strict=True)
}  # fmt: skip
_NEWER |= {old.upper(): new.upper() for old, new in _NEWER.items()}
_NEWER |= {old.capitalize(): new.capitalize() for old, new in _NEWER.items()}
# Only an open syllable moves its mark ("toàn" stays), and the u of "quý" belongs to its onset.
_OPEN = re.compile(rf"(?<![qQ])(?:{'|'.join(_NEWER)})(?!\w)")


def fold_tones(text: str) -> str:
    """Return *text* with every open syllable in the newer spelling; its length stays."""
    return _OPEN.sub(lambda found: _NEWER[found[0]], text)
