"""PARAGRAPHS -> LINES: those of a letterhead put together again that a narrow cell broke.

"ỦY / BAN NHÂN DÂN", "Số: / 14/2007/QĐ-UBND", "Tam / Kỳ, ngày 19 tháng 6 năm 2007",
"Bến Tre, ngày / 28 tháng 3 năm 2013": pages of law collections break lines so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.places import UPPER
from ingest.tones import fold_tones

_WHOLE = (
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "tòa án nhân dân",
    "viện kiểm sát nhân dân",
    "cộng hòa xã hội chủ nghĩa việt nam",
    "độc lập - tự do - hạnh phúc",
    "đảng cộng sản việt nam",
)
_NUMBER_OPENS = re.compile(r"(?:.*\s)?(?:Số|SỐ)\s*:?\s*")
_NUMBER_GOES_ON = re.compile(r"[\d.…_]{1,8}\s*[/-]")
_PLACE_OPENS = re.compile(rf"(?:T[Pp]\.\s?)?[{UPPER}][a-zà-ỹ]+(?: [{UPPER}][a-zà-ỹ]+)?")
_DATE = r"ngày[\s.…\d]{0,12}tháng"
_PLACE_GOES_ON = re.compile(rf"[{UPPER}][\w ]{{0,20}},\s*{_DATE}")
_DATE_OPENS = re.compile(
    r".{2,40},\s*ngày(?:[\s.…]*\d{0,2}[\s.…]*(?:tháng(?:[\s.…]*\d{0,2}[\s.…]*(?:năm)?)?)?)?\s*"
)
_DATE_GOES_ON = re.compile(r"(?:\d{1,2}\s+tháng|tháng\s|\d{1,2}\s+năm|năm\s|(?:19|20)\d\d\s*$)")


def join_broken(texts: Sequence[str], lines: range) -> list[tuple[int, str]]:
    """Return the lines among *lines*, each with the number of its last paragraph."""
    joined: list[tuple[int, str]] = []
    for index in lines:
        if joined and _goes_on(joined[-1][1], texts[index]):
            joined[-1] = (index, f"{joined[-1][1].rstrip()} {texts[index].lstrip()}")
        else:
            joined.append((index, texts[index]))
    return joined


def _goes_on(above: str, below: str) -> bool:
    """Tell whether a name, a number or a date that *above* begins goes on in *below*."""
    if _NUMBER_OPENS.fullmatch(above):
        return _NUMBER_GOES_ON.match(below) is not None
    if _PLACE_OPENS.fullmatch(above.strip()) and _PLACE_GOES_ON.match(below):
        return True
    if _DATE_OPENS.fullmatch(above) and _DATE_GOES_ON.match(below):
        return True
    begun = fold_tones(" ".join(above.split()).casefold())
    whole = fold_tones(" ".join(f"{above} {below}".split()).casefold())
    return any(name.startswith(f"{begun} ") and whole.startswith(name) for name in _WHOLE)
