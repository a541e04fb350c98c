"""TEXT -> the day from which a document says that it is in force (ngày có hiệu lực).

Its last articles say so of the document itself: "Nghị định này có hiệu lực thi hành kể từ ngày 01
tháng 7 năm 2026", "… kể từ ngày ký (ban hành)", "… từ ngày được thông qua", "… sau 45 ngày, kể từ
ngày ký"; or the vote that passed it does. Where an annex holds a model or quotes another act, the
sentence about the document's own type counts. Days counted from a publication are not known here.

Source: Law 80/2015/QH13, Article 151; Law 64/2025/QH15; Decree 30/2020/NĐ-CP, Annex III.
"""

from __future__ import annotations

import datetime as dt
import re

from ingest.codes import find_date
from ingest.translation import effect_in_english

_DAY = (
    r"(?P<when>(?:kể\s+)?từ\s+(?:(?:ngày\s+)?(?:được\s+)?(?:Quốc\s+hội\s+)?thông\s+qua"
    r"|(?:ngày\s+)?(?:ký|ban\s+hành)|(?:ngày\s*)?\d[^.;\n]{5,30}?\d{4})"
    r"|sau\s+(?P<days>\d{1,3})\s+ngày,?\s*kể\s+từ\s+ngày\s+(?:ký|ban\s+hành|được\s+thông\s+qua))"
)
# At the head of a sentence: "Điều 2 của Luật này có hiệu lực …" speaks of one article.
_ITS = r"(?:^|[.:)”\"]\s*|^-\s*)(?P<type>[^\W\d]\w*(?:\s+[^\W\d]\w*){0,3}?)(?P<this>\s+này)?\s+"
_IN_FORCE = re.compile(_ITS + rf"(?:có\s+)?hiệu\s+lực(?:\s+thi\s+hành)?\s*,?\s*{_DAY}", re.M)
_VOTED = re.compile(
    _ITS + r"(?:đã\s+)?được\s[^;\n]{0,250}?thông\s+qua[^;\n]{0,120}?có\s+hiệu\s+lực[^.;\n]{0,30}?"
    rf"{_DAY}",
    re.M,
)
_NUMBERS = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})")


def read_effect(
    text: str, *, issued_on: dt.date | None, doc_type: str | None = None
) -> dt.date | None:
    """Return the day from which a document says that it is in force, or None.

    Args:
        text: The whole document.
        issued_on: Its date, from which it may count.
        doc_type: Its type; a sentence about that type goes before one about another.
    """
    own = (doc_type or "").casefold().removesuffix(" liên tịch")
    found = [*_IN_FORCE.finditer(text), *_VOTED.finditer(text)]
    of_type = [one for one in found if own and one["type"].casefold().endswith(own)]
    found = of_type or [one for one in found if one["this"]]
    return _day(found[0], issued_on) if found else effect_in_english(text, issued_on)


def _day(found: re.Match[str], issued_on: dt.date | None) -> dt.date | None:
    if found["days"]:
        return issued_on + dt.timedelta(days=int(found["days"])) if issued_on else None
    if not re.search(r"\d", found["when"]):
        return issued_on
    date = find_date(_with_word(found["when"]), anywhere=True)
    return date.date if date else _slashed(found["when"])


def _with_word(when: str) -> str:
    """Return "từ 31 tháng 10 năm 2025" with the word that was left out, "ngày"."""
    return when if "ngày" in when else re.sub(r"(?=\d)", "ngày ", when, count=1)


def _slashed(when: str) -> dt.date | None:
    found = _NUMBERS.search(when)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None  # there is no such day
