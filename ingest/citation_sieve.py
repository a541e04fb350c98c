"""CITATIONS -> CITATIONS OF OTHERS: those that name another document for its own sake.

A document does not cite itself nor what it promulgates, a bare number says too little, and a law
within the title of what is cited is a word of that title.

Source: GUIDELINES of the gold; Decree 30/2020/NĐ-CP, Annex I, on what a citation must say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.citation_chains import Cited
from ingest.citation_codes import same_code
from ingest.model import Metadata
from ingest.tones import fold_tones

# "Chính phủ ban hành Nghị định quy định chi tiết một số điều của Luật …": the name of the decree.
_UNNUMBERED_TITLE = re.compile(
    r"(?<!\w)(?:Nghị định|Thông tư|Thông tư liên tịch|Nghị quyết|Quyết định)"
    r" (?:của [^;.,:]{3,60}? )?"
    r"(?:quy định|hướng dẫn|sửa đổi|bổ sung)(?:(?!này)[^;.:“”])*$"
)
_THIS_PROMULGATES = re.compile(r"kèm theo [^\W\d]\w* [^\W\d]\w* này")
_REACH_OF_LEAD_IN = 1500
_TITLE_FOLLOWS = re.compile(r",? (?:về|quy định|hướng dẫn|sửa đổi|ban hành|phê duyệt)\b")
_SIGN = re.compile(r"^[\d\s.…_]*/?|\s")  # what stands before year and symbol; blanks


def others(text: str, found: Sequence[Cited], metadata: Metadata) -> list[Cited]:
    """Return the citations of *found* that name another document."""
    promulgated = {one.identity.code for one in found if _is_attached(text, one)}
    return [
        cited
        for cited in found
        if not (cited.label == "standard" and cited.identity.code in promulgated)
        and not _is_itself(cited, metadata)
        and not _is_unfounded(cited)
        and not _is_own_blank(text, cited, metadata)
        and not _is_word_of_a_title(text, cited)
    ]


def _is_itself(cited: Cited, metadata: Metadata) -> bool:
    """Tell whether a citation names the document that it stands in."""
    identity = cited.identity
    if same_code(identity.code, metadata.code):
        return True
    if cited.label == "law-name":  # "Quốc hội ban hành Luật Phòng, chống ma túy."
        named = _key(identity.title).removeprefix(_key(metadata.doc_type)).strip()
        whole = _key(metadata.title).removeprefix(_key(metadata.doc_type)).strip()
        return identity.doc_type == metadata.doc_type and bool(named) and named == whole
    if cited.label != "title-only":
        return False
    own, named = _key(metadata.title), _key(identity.title)
    if identity.doc_type != metadata.doc_type:  # "Điều chỉnh Chương trình …": what it is about
        surface = _key(cited.surface)
        return surface in own and not re.search(rf"(?:thực hiện|triển khai) {surface}", own)
    return bool(named) and (named in own or own in named)


def _is_attached(text: str, cited: Cited) -> bool:
    """Tell whether a document promulgates the standard: "kèm theo Thông tư này QCVN …"."""
    if cited.label != "standard":
        return False
    line = text.rfind("\n", 0, cited.span.start) + 1
    own = _THIS_PROMULGATES.search(text[max(0, line - _REACH_OF_LEAD_IN) : cited.span.start])
    return cited.relation == "attachment" and own is not None


def _is_own_blank(text: str, cited: Cited, metadata: Metadata) -> bool:
    """Tell whether a blank number is the document's own: its annexes were made before it had one.

    "(Ban hành kèm theo Thông tư số …/2025/TT-BYT)" in a circular of the same symbol and year; one
    that goes on to a title of its own is another document.
    """
    if cited.label != "blank-number" or not metadata.code or not cited.identity.printed:
        return False
    if _TITLE_FOLLOWS.match(text, cited.span.end):
        return False
    blank = _SIGN.sub("", cited.identity.printed)
    return bool(blank) and _SIGN.sub("", metadata.code).endswith(blank)


def _is_unfounded(cited: Cited) -> bool:
    """Tell whether a bare number ("Nghị quyết 229") says too little to name a document."""
    told = cited.identity
    if cited.label != "short-number" or told.code or told.issuer or told.date:
        return False
    return " số " not in cited.surface


def _is_word_of_a_title(text: str, cited: Cited) -> bool:
    """Tell whether a law is named only within the title of what is cited, or of what is made.

    "Nghị định số 43/2014/NĐ-CP quy định chi tiết một số điều của Luật Đất đai" names one document;
    a law with its number or day is named for itself.
    """
    if cited.label != "law-name" or cited.identity.code or cited.identity.date:
        return False
    if cited.from_code:
        return cited.to_code is None
    line = text.rfind("\n", 0, cited.span.start) + 1
    return cited.relation in {"details", "guides", "amends"} and bool(
        _UNNUMBERED_TITLE.search(text[line : cited.span.start])
    )


def _key(title: str | None) -> str:
    return " ".join(re.findall(r"\w+", fold_tones((title or "").casefold())))
