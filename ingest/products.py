"""WORDS -> BOOL: whether a duty says what comes of it (sản phẩm): a paper, a list, an event.

A product is something made that one can ask to see. Its words stand in
`knowledge/product_words.csv`: those that make ("ban hành", "lập"), what is made ("kế hoạch",
"danh sách"), and phrases that name a result by themselves ("báo cáo kết quả").
"""

from __future__ import annotations

import re
from functools import cache

from ingest.knowledge.tables import rows
from ingest.tones import fold_tones

# "Nghị quyết số 93/NQ-CP … của Chính phủ ban hành Kế hoạch": made long ago, by another.
_CITED = re.compile(r"số \S*\d\S*[/-]\S+[^,;.]*")
_BETWEEN = 5  # words: "xây dựng và ban hành các văn bản, kế hoạch"


def states_product(words: str) -> bool:
    """Tell whether the words of a duty name a product or a report that it ends in."""
    return _form().search(fold_tones(_CITED.sub("", words.lower()))) is not None


@cache
def _form() -> re.Pattern[str]:
    make, product, phrase = (_any(kind) for kind in ("make", "product", "phrase"))
    made = rf"(?:{make})(?:,? (?!{_NOT_MADE})[^\W\d]\w*|,? \d+){{0,{_BETWEEN}}}? (?:{product})"
    return re.compile(rf"(?<!\w)(?:{made}|{phrase})(?!\w)")


def _any(kind: str) -> str:
    words = [fold_tones(row["words"].lower()) for row in rows("product_words")]
    kinds = [row["kind"] for row in rows("product_words")]
    chosen = [word for word, of in zip(words, kinds, strict=True) if of == kind]
    return "|".join(re.escape(word) for word in sorted(chosen, key=len, reverse=True))


# Behind these the noun is what the work follows or serves, not what it makes.
_NOT_MADE = r"(?:theo|trong|tại|của|thực hiện|đối với|căn cứ|nhằm|để|về|phục vụ)(?!\w)"
