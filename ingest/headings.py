"""PARAGRAPH -> WHETHER IT IS A HEADING (đề mục, tiêu đề): by capitals, bold, length and its end.

Source: Decree 30/2020/NĐ-CP, Annex I: headings of parts, chapters, sections and annexes are set in
capitals or in bold, centred, and end without a mark.
"""

from __future__ import annotations

from ingest.model import Paragraph
from ingest.numbering import BULLET, NUMBER, Mark
from ingest.openings import names_type, stands_alone

CAPITALS = 6.5  # the rank of an unnumbered heading in capitals: it stands like a Roman one
BOLD = 7.5  # of any other: below it
_TITLED = frozenset({"annex", "part", "chapter", "section", "subsection", "article"})
_HEADING_WORDS = 40
_LEAD_IN_WORDS = 14
_TITLE_WORDS = 8  # "1. Công an tỉnh.": too short for a sentence
_LETTER = 11  # the rank of "a)": what is so deep and ends as a sentence does is one
_SENTENCE_END = (".", ";", "!", "?", "…", ",")


def unmarked_rank(paragraph: Paragraph, text: str) -> float | None:
    """Return how deep a heading without a mark stands; None when the paragraph is none.

    Letterhead and signature of a form in an annex, and a type's name, are set alike; "(1)" has no
    words.
    """
    words = text.split()
    if paragraph.cells or len(words) > _HEADING_WORDS or text.endswith(_SENTENCE_END):
        return None
    if stands_alone(text) or names_type(text) or not any(map(str.isalpha, text)):
        return None
    if text.isupper() and len(words) > 1:
        return CAPITALS
    if paragraph.heading is not None or (paragraph.bold and not text.endswith(":")):
        return BOLD
    return None


def awaits_title(mark: Mark | None, text: str) -> bool:
    """Tell whether the title of a part stands on its next line: "Chương I", "PHỤ LỤC 2"."""
    return mark is not None and mark.style in _TITLED and not text[mark.end :].strip(" .:")


def is_title_below(paragraph: Paragraph, text: str, *, more: bool) -> bool:
    """Tell whether *text* is the title of the part whose label stands above it.

    Args:
        paragraph: Of the text.
        text: What stands below the label.
        more: The title has begun; only lines in capitals go on with it.
    """
    alone = stands_alone(text) and not names_type(text)
    if paragraph.cells or alone or len(text.split()) > _HEADING_WORDS:
        return False
    if text.startswith("(") or text.endswith((";", ":", ",")):
        return False
    mostly = sum(map(str.isupper, text)) > sum(map(str.islower, text))  # "QUY ĐỊNH cHUNG"
    if more or mostly:
        return mostly
    return not text.endswith(_SENTENCE_END) and (paragraph.bold or paragraph.heading is not None)


def is_titled_bullet(paragraph: Paragraph, text: str, mark: Mark) -> bool:
    """Tell whether a bullet is set as a title: by a star or in bold, and short."""
    short = len(text.split()) <= _LEAD_IN_WORDS and not text.endswith(_SENTENCE_END)
    return short and (mark.style == "bullet*" or paragraph.bold)


def is_heading(
    paragraph: Paragraph, text: str, *, mark: Mark | None, rank: float, encloses: bool
) -> bool:
    """Tell a title from a sentence: it encloses others and does not end as a sentence does.

    Args:
        paragraph: Of the clause.
        text: Of the paragraph, with its label.
        mark: Its label, if it has one.
        rank: How deep it stands.
        encloses: Whether other clauses stand in it.
    """
    if mark is None and rank < BULLET:
        return encloses
    words = text[mark.end if mark else 0 :].split()
    open_ended = not text.endswith(_SENTENCE_END)
    set_apart = paragraph.bold or " ".join(words).isupper()
    if rank < NUMBER and not (mark and mark.style == "article"):
        return encloses or set_apart or open_ended
    if not encloses:
        return set_apart and open_ended and 0 < len(words) <= _LEAD_IN_WORDS and rank < BULLET
    if rank >= BULLET:
        return text.endswith(":") and len(words) <= _LEAD_IN_WORDS
    if rank >= _LETTER and text.endswith((".", ";")):
        return paragraph.bold and len(words) <= _LEAD_IN_WORDS
    return set_apart or len(words) <= (_HEADING_WORDS if open_ended else _TITLE_WORDS)
