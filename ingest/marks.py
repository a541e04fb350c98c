"""PASSAGES -> PASSAGES: takes off what other programs left in the text.

Bookmarks, Markdown, HTML tags, invisible characters, bullets of symbol fonts.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ingest.model import Format, Repair
from ingest.openings import is_capitals
from ingest.strand import Passage, compose

_FOOTNOTE = re.compile(r"(<sup>\s*[\[(]?|\[\^)(\d{1,3})((?:[\])]?\s*</sup>|\]:)\s*)")
_FOOTNOTE_MARK = re.compile(
    r"""
      \s?<sup>\s*[\[(]?\d{1,3}[\])]?\s*</sup>(?=[.,;:!?)”])  # with the space before it
    | <sup>\s*(?:[\[(]?\d{1,3}[\])]?|[*†]+)\s*</sup>
    | \[\^\d{1,3}\] | \^\[?\d{1,3}\]?\^                   # as Markdown writes it
    """,
    re.VERBOSE,
)
_ANY_FORMAT = {
    "bookmark": re.compile(r"\[bookmark:[^\]\n]{0,80}\]"),
    "footnote-mark": _FOOTNOTE_MARK,
    "invisible-character": re.compile(
        r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc\x00-\x08\x0e-\x1f\x7f]+"
    ),
}
_MARKDOWN = re.compile(
    r"""
      ^(?:\#{1,6}\s+|>\s+)                   # a heading, a quotation
    | </?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>]{0,200})?/?>  # a tag
    | !\[[^\]]*\]\([^)]*\)                   # a picture
    | \*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)   # bold
    | (?<![\w*])\*(?=[^\s*][^*]*[^\s*]\*(?![\w*]))|(?<=[^\s*])\*(?![\w*])  # slanted
    | \\(?=[\\`*_{}\[\]()\#+.!|~-])          # an escape
    """,
    re.VERBOSE,
)
_LINK = re.compile(r"\[([^\]]+)\](\([^)\s]+\))")
_RULE = re.compile(r"(?:[-*_=–—.]\s?){3,}$|\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?$")
_SYMBOL = re.compile(r"[\ue000-\uf8ff]+\s*")
_SPACES = re.compile(r"\s+")
_DETAILS = {
    "bookmark": "bỏ dấu trang (bookmark) của Word còn sót trong văn bản",
    "footnote-mark": "bỏ số chú thích khỏi câu",
    "invisible-character": "bỏ ký tự không nhìn thấy",
    "markup": "bỏ dấu định dạng Markdown hoặc thẻ HTML",
    "ruled-line": "bỏ dòng kẻ",
    "symbol-bullet": "thay dấu đầu dòng của phông ký hiệu bằng gạch đầu dòng",
}


def take_off_marks(
    passages: list[Passage], *, markup: Format
) -> tuple[list[Passage], list[Repair]]:
    """Return the passages without the marks of other programs, white space made single.

    A passage of nothing but marks is dropped. One that opens with a raised number is a footnote
    (chú thích); its number stays.

    Args:
        passages: As read.
        markup: The format of the file: Markdown's marks mean something in Markdown alone.
    """
    done: Counter[str] = Counter()
    kept = []
    for passage in passages:
        if _RULE.match(passage.text):
            done["ruled-line"] += 1
            continue
        mended = _without_marks(_footnote_opened(passage), markup, done)
        mended = _without_symbols(mended, done)
        spaces = [(*m.span(), " ") for m in _SPACES.finditer(mended.text) if m[0] != " "]
        mended = mended.with_strand(compose(mended.edited(spaces).strand.strip()))
        if mended.text:
            kept.append(mended)
    return kept, [
        Repair(kind=kind, detail=_DETAILS[kind], count=count)
        for kind, count in done.items()
        if count
    ]


def _footnote_opened(passage: Passage) -> Passage:
    footnote = _FOOTNOTE.match(passage.text)
    if not footnote or is_capitals(passage.text[footnote.end() :]):
        return passage
    after = footnote.end()
    edits = [(*footnote.span(1), ""), (*footnote.span(3), ""), (after, after, " ")]
    return replace(passage.edited(edits), footnote=True)


def _without_marks(passage: Passage, markup: Format, done: Counter[str]) -> Passage:
    for kind, pattern in _ANY_FORMAT.items():
        if edits := [(*match.span(), "") for match in pattern.finditer(passage.text)]:
            done[kind] += len(edits)
            passage = passage.edited(edits)
    if markup != "markdown":
        return passage
    links = [
        edit
        for match in _LINK.finditer(passage.text)
        for edit in ((match.start(), match.start(1), ""), (match.end(1), match.end(), ""))
    ]
    passage = passage.edited(links)
    marks = [
        (*match.span(), " " if match[0].startswith("<br") else "")
        for match in _MARKDOWN.finditer(passage.text)
    ]
    done["markup"] += len(marks) + len(links) // 2
    return passage.edited(marks)


def _without_symbols(passage: Passage, done: Counter[str]) -> Passage:
    """Put a dash for a bullet of a symbol font; its letters elsewhere say nothing: a space."""
    edits = [
        (*match.span(), "- " if match.start() == 0 else " ")
        for match in _SYMBOL.finditer(passage.text)
    ]
    done["symbol-bullet"] += len(edits)
    return passage.edited(edits)
