"""ENGLISH WORDS -> TYPE, DAY: citations in official translations of legal texts.

"Decree No. 43/2014/ND-CP of May 15, 2014": the number is as in Vietnamese, but for the Đ.

Source: translations of the official gazette (Công báo) and the national database of legal texts.
"""

from __future__ import annotations

import datetime as dt
import re

_TYPE = re.compile(
    r"(?<!\w)(?:Joint )?(?:Law|Code|Ordinance|Resolution|Decree|Decision|Directive|Circular|Plan"
    r"|Report|Notice|Official Letter|Dispatch) $",
    re.IGNORECASE,
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_DAY = re.compile(
    rf",? (?:of|dated) (?P<month>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}})[,.] ?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


def english_type_start(line: str, end: int) -> int | None:
    """Return where the type begins that ends at *end*, right before "No.", or None."""
    found = _TYPE.search(line, 0, end)
    return found.start() if found else None


def english_date_end(line: str, start: int) -> int | None:
    """Return the end of the day that follows a number at *start* ("of May 15, 2014"), or None."""
    found = _DAY.match(line, start)
    return found.end() if found else None


def english_date(surface: str) -> dt.date | None:
    """Return the day that an English citation gives, or None."""
    found = _DAY.search(surface)
    if found is None:
        return None
    month = _MONTHS.index(found["month"].capitalize()) + 1
    try:
        return dt.date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None  # no such day
