"""TEXT -> ITS FIRST VERB: where the names of a clause end and what they do begins.

Source: the verbs of plans and directives in `knowledge/action_words.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.body_nouns import actions, asks_for_a_name
from ingest.model import Span
from ingest.tones import fold_tones

_STOPS = (
    r"theo (?:chức năng|nhiệm vụ|quy định)|trong (?:phạm vi|việc)|trên cơ sở|được giao|phụ trách"
    r"|là (?:cơ quan|đơn vị|đầu mối|thường trực)|để|nhằm|khi|về việc"
)
# Too often part of a name: "cấp xã", "thi đua".
_NO_VERBS = {"cấp", "nhân", "in", "thi", "hướng", "hạ", "cùng", "phát", "thi đua", "khen thưởng"}


def first_verb(text: str, start: int, end: int, names: Sequence[Span]) -> int | None:
    """Return where the first verb or colon after *start* stands outside *names*; None: nowhere.

    A verb right after a noun that asks for a name is part of that name: "Tổ | kiểm tra".
    """
    folded = fold_tones(text[start:end].lower())
    for word in re.finditer(r"[^\W\d_]+|:", text[start:end]):
        place = start + word.start()
        if any(name.start <= place < name.end for name in names):
            continue
        if word[0] == ":":
            return place
        if word[0][0].isupper() or place == start:
            continue
        after_name = any(name.end <= place <= name.end + 1 for name in names)
        if _verbs().match(folded, word.start()) and (
            after_name or not asks_for_a_name(text[start:place])
        ):
            return place
    return None


@cache
def _verbs() -> re.Pattern[str]:
    words = sorted(actions() - _NO_VERBS, key=len, reverse=True)
    listed = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?!trực thuộc)(?:{listed}|{_STOPS})(?!\w)")
