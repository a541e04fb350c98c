"""TEXT -> CITATIONS: standards by their number and treaties by their year.

"QCVN 14:2008/BTNMT" and "TCVN 5945:2005" have numbers of their own form; a treaty has none and is
known by its kind and the year of its signing ("Công ước của Liên hợp quốc năm 1988 về …"). A kind
alone ("theo các công ước quốc tế") names none.

Source: Circular 21/2007/TT-BKHCN and 23/2007/TT-BKHCN on the numbers of standards; Law
108/2016/QH13 on treaties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.places import UPPER

_STANDARD = re.compile(
    r"(?:(?:Quy chuẩn kỹ thuật (?:quốc gia|địa phương)|Tiêu chuẩn (?:quốc gia|Việt Nam)) )?(?:số )?"
    r"(?<!\w)(?P<code>(?P<kind>QCVN|QCĐP|TCVN|TCXDVN|QCXDVN) ?\d{1,5}(?:-\d{1,3}){0,2}"
    r" ?: ?(?:19|20)\d\d"
    rf"(?:/(?P<body>[{UPPER}]{{2,10}})(?!\w))?)"
)
_TREATY = re.compile(
    r"(?<!\w)(?P<kind>Công ước|Nghị định thư|Hiệp ước|Hiệp định)"
    r"(?: (?!năm|số|và|này)[^\W\d][\w-]*){0,12}?"
    r" (?:năm )?(?P<year>19\d\d|20\d\d)(?![\w/-])(?P<about> về(?: [^\W\d][\w-]*,?){2,24})?"
)
_TREATY_ENDS = re.compile(
    r"(?:,? (?:thì|được|theo|đã|sẽ|phải|nhằm|để|mà|quy định|có hiệu lực)\b.*|,? và$|,)$"
)
_KINDS = {
    "QCVN": "Quy chuẩn kỹ thuật quốc gia",
    "QCXDVN": "Quy chuẩn kỹ thuật quốc gia",
    "QCĐP": "Quy chuẩn kỹ thuật địa phương",
    "TCVN": "Tiêu chuẩn quốc gia",
    "TCXDVN": "Tiêu chuẩn quốc gia",
}


class Standard(NamedTuple):
    """What the number of a standard says."""

    code: str  # "QCVN 14:2008/BTNMT"
    printed: str
    doc_type: str
    body: str | None  # "BTNMT"


def find_standards(line: str) -> Iterator[tuple[int, int]]:
    """Yield where *line* names a standard by its number."""
    for found in _STANDARD.finditer(line):
        yield found.start(), found.end()


def read_standard(surface: str) -> Standard | None:
    """Return what the number in *surface* says, or None when it is no standard's."""
    found = _STANDARD.search(surface)
    if found is None:
        return None
    number = re.sub(r"\s", "", found["code"][len(found["kind"]) :])
    return Standard(
        f"{found['kind']} {number}", found["code"], _KINDS[found["kind"]], found["body"]
    )


def find_treaties(line: str) -> Iterator[tuple[int, int]]:
    """Yield where *line* names a treaty with its year, its subject after it included."""
    for found in _TREATY.finditer(line):
        cut = _TREATY_ENDS.search(found[0])
        yield found.start(), found.start() + (cut.start() if cut else len(found[0]))


def treaty_kind(surface: str) -> str | None:
    """Return the kind of the treaty that *surface* begins with, or None."""
    found = _TREATY.match(surface)
    return found["kind"] if found else None
