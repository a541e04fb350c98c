"""PARAGRAPHS -> PREAMBLE: the bases (căn cứ) and what leads in to the body (phần mở đầu)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.numbering import read_mark

_BASIS = re.compile(
    r"\W*(?:Căn cứ|Theo(?! đó)|Xét|Thực hiện|Thi hành|Triển khai|Tiếp tục|Trên cơ sở|Để|Nhằm"
    r"|Sau khi)(?!\w)"
)
_AS_FOLLOWS = re.compile(r"(?:như sau|sau đây|như dưới đây)\s*[:.]\s*$")
_DIRECTS = re.compile(r"(?<!\w)(?:yêu cầu|đề nghị|giao|chỉ đạo)(?!\w)")  # says what is to be done
_OPEN_END = (":", ";", ",")
_FURTHEST_LEAD_IN = 4  # paragraphs, in a document whose body has no marks


def find_preamble(texts: Sequence[str], body: int, end: int) -> range:
    """Return the paragraphs of the preamble: from *body* to the first mark, at most to *end*.

    It ends with "như sau:", for a heading may have been lost below. In a document without marks
    it is the bases and the sentence that ends in a colon; prose that rests on nothing has none.
    """
    stop = body
    while stop < end and not _is_marked(texts[stop]):
        stop += 1
        if _AS_FOLLOWS.search(texts[stop - 1]):
            break
    opens = [n for n in range(body, stop) if is_basis(texts[n]) or texts[n].endswith(":")]
    if not opens:
        return range(0)
    if stop < end or _AS_FOLLOWS.search(texts[stop - 1]):
        return range(body, stop)
    near = [n for n in opens if n < body + _FURTHEST_LEAD_IN or n - 1 in opens]
    near = [n for n in near if texts[n].endswith(_OPEN_END) or not _DIRECTS.search(texts[n])]
    return range(body, near[-1] + 1) if near else range(0)


def is_basis(text: str) -> bool:
    """Tell whether a paragraph begins as those do that name what a document rests on."""
    return _BASIS.match(text) is not None


def _is_marked(text: str) -> bool:
    """Tell whether a paragraph opens with a mark; bases may stand as a list with dashes."""
    mark = read_mark(text)
    return mark is not None and not (mark.name is None and is_basis(text[mark.end :]))
