"""DOC -> TARGETS: the figures that a directive wants reached (chỉ tiêu): shares, counts, rates.

`mark_targets` says where; `read_targets` says what is counted, compared how, by which year. A
trained component that writes the span group can take the first one's place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from ingest.model import Span, Target
from ingest.target_forms import COMPARING, NUMBER, SHARES, SPELLED, find_targets
from ingest.words import mark, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

GROUP = "targets"

Comparator = Literal[">=", "<=", ">", "<", "="]

_COMPARATORS: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (
        ">=",
        re.compile(r"ít nhất|tối thiểu|không (?:dưới|thấp hơn|ít hơn)|trở lên|≥|>=", re.IGNORECASE),
    ),
    ("<=", re.compile(r"không quá|không vượt quá|tối đa|≤|<=", re.IGNORECASE)),
    ("<", re.compile(r"dưới|<", re.IGNORECASE)),
    (">", re.compile(r"trên|hơn|vượt|>", re.IGNORECASE)),
    (">=", re.compile(r"từ", re.IGNORECASE)),
)
_AFTER_BOUND = "|".join(
    rf"(?<={word} )" for word in ("nhất", "thiểu", "dưới", "hơn", "quá", "đa", "là")
)
_WORDED = "|".join((*SHARES, rf"(?:{_AFTER_BOUND}|(?<= từ ))(?:{'|'.join(SPELLED)})(?!\w)"))
_FIRST = re.compile(
    rf"(?P<before>.*?)(?P<number>{_WORDED}|{NUMBER})(?:/\d{{1,4}}(?= \w))?(?P<after>.*)", re.DOTALL
)
_UNIT = re.compile(
    r"(?: ?(?:[-–]|đến) ?[\d.,]+| ?\(\w+\))? ?(?P<unit>[^\W\d]\w*(?: ?/ ?[^\W\d]\w*|"
    r"(?:,? (?!(?:về|ở|của|được|có|cho|và|mỗi|các|là|do|phòng|thuộc|trên|sau|không|gồm|gắn"
    r"|đạt)(?!\w))"
    r"[^\W\d]\w*){0,3}))"
)
_PLACES = r"xã, phường|thôn, bản|xã|phường|thôn|bản|huyện|trường|cơ quan|đơn vị"
_PER = re.compile(rf"(?:ở|tại|cho) (?:mỗi|từng) (?P<per>{_PLACES})")
_EACH = re.compile(rf"[Mm]ỗi (?P<per>{_PLACES}|tháng|quý|năm|tuần)(?:(?![.;]).){{0,60}}$")
_YEAR = re.compile(
    r"(?:(?:đến|trong|vào|hết|cuối)(?: hết| cuối)? năm |quý (?:IV|III|II|I)[/ ](?:năm )?"
    r"|giai đoạn (?:năm )?\d{4} ?(?:[-–]|đến) ?(?:năm )?|(?:trước|đến) (?:ngày )?[\d/]*/"
    r"|(?:^|[,;:.] )năm |năm (?=\d{4}(?: đạt|:)))((?:19|20)\d\d)(?! ?[-–] ?\d{4})",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCE = re.compile(r"[.;](?=\s|$)|\n")
_LONGEST_UNIT = 40


def mark_targets(doc: Doc) -> list[DocSpan]:
    """Mark the figures to be reached of *doc* in the span group "targets".

    Figures within a citation or its title are left out: mark the references first.
    """
    named = [
        (span.start_char, span.end_char)
        for group in ("references", "reference-titles")
        for span in doc.spans.get(group, [])
    ]
    found: list[tuple[int, int, str]] = []
    for start, end in find_targets(text_of(doc)):
        if any(first < end and start < last for first, last, _ in found):
            continue
        if not any(first <= start < last for first, last in named):
            found.append((start, end, "target"))
    return mark(doc, GROUP, found)


def read_targets(doc: Doc) -> tuple[Target, ...]:
    """Return what the marked figures of *doc* say, in order."""
    text = text_of(doc)
    return tuple(_read(text, span) for span in doc.spans.get(GROUP, []))


def _read(text: str, span: DocSpan) -> Target:
    words = span.text
    parts = _FIRST.match(words)
    if parts is None:
        raise ValueError(f"no figure in {words!r}")
    percent = parts["number"] in SHARES or bool(
        re.match(r"[\d.,\s–-]*(?:đến [\d.,]+)? ?%", parts["after"])
    )
    comparator = _comparator(parts["before"], parts["after"])
    return Target(
        surface=words,
        comparator=comparator,
        value=_value(parts["number"]),
        unit=_unit(text, span, parts["after"]) if not percent else _share(parts["after"]),
        by=_year(text, span),
        confidence=0.93 if percent or comparator != "=" else 0.75,
        span=Span(span.start_char, span.end_char),
    )


def _share(after: str) -> str:
    """Return the unit of a share, "%/năm" where it is one of each year."""
    return "%/năm" if re.match(r"[^%]*% ?/ ?năm", after) else "%"


def _comparator(before: str, after: str) -> Comparator:
    words = re.search(rf"(?:{COMPARING}) $", before)
    if "trở lên" in after[:12]:
        return ">="
    for comparator, form in _COMPARATORS:
        if words and form.search(words[0]):
            return comparator
    return "="


def _value(printed: str) -> float:
    """Return a number as Vietnamese writes it: "10.000" is ten thousand, "99,5" has a comma."""
    if printed in SHARES:
        return SHARES[printed]
    if printed in SPELLED:
        return float(SPELLED.index(printed) + 1)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed):
        printed = printed.replace(".", "")
    return float(printed.replace(",", "."))


def _unit(text: str, span: DocSpan, after: str) -> str:
    found = _UNIT.match(after)
    unit = " ".join(found["unit"].replace(" /", "/").replace("/ ", "/").split()) if found else ""
    if "/" in unit:
        return unit
    sentence = text[text.rfind("\n", 0, span.start_char) + 1 : span.start_char]
    per = _PER.search(after) or _EACH.search(sentence)
    return f"{unit[:_LONGEST_UNIT]}/{per['per']}" if per else unit[:_LONGEST_UNIT]


def _year(text: str, span: DocSpan) -> str | None:
    """Return the year by which a figure is due: that after it in its sentence, or before it."""
    ends = _SENTENCE.search(text, span.end_char)
    after = _YEAR.search(text, span.start_char, ends.start() if ends else len(text))
    if after:
        return after[1]
    begins = [found.end() for found in _SENTENCE.finditer(text, 0, span.start_char)]
    before = _YEAR.findall(text[begins[-1] if begins else 0 : span.start_char])
    return before[-1] if before else None
