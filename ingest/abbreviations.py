"""WORDS -> WORDS IN FULL: spells out the abbreviations (chữ viết tắt) of the offices.

The table is `knowledge/abbreviations.csv`. Where the short form is itself the usual name
("UBND", "THPT"), it stays.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.knowledge.tables import rows


def spell_out(text: str, *, keep_usual: bool = True, guess: bool = False) -> str:
    """Return *text* with its abbreviations in full: "PCTP" -> "phòng, chống tội phạm".

    Args:
        text: NFC. An abbreviation is a whole word in capitals.
        keep_usual: Leave those that are the usual name of their thing ("UBND", "THPT").
        guess: Spell out also what means one of several things ("TT", "CA").
    """
    pattern, long_forms = _table(keep_usual, guess)
    return pattern.sub(lambda found: long_forms[found[0]], text)


@cache
def _table(keep_usual: bool, guess: bool) -> tuple[re.Pattern[str], dict[str, str]]:  # noqa: FBT001
    long_forms = {
        row["short"]: row["long"]
        for row in rows("abbreviations")
        if not (keep_usual and row["canonical"] == "short") and (guess or not row["ambiguous"])
    }
    for row in rows("agency_fields"):
        for alias in row["aliases"].split("|"):
            if alias.isupper() and (len(alias) > 2 or guess):  # noqa: PLR2004 - "YT" may be else
                long_forms.setdefault(alias, row["field"])
    longest_first = sorted(long_forms, key=len, reverse=True)
    words = "|".join(re.escape(short) for short in longest_first)
    return re.compile(rf"(?<![\w/&-])(?:{words})(?![\w/&])"), long_forms
