"""PASSAGES -> PROPERTIES: the facts of the table that a portal shows beside a document."""

from __future__ import annotations

import re
from functools import cache

from ingest.knowledge.tables import rows
from ingest.model import Repair
from ingest.openings import stands_alone, toneless
from ingest.strand import Passage

STATUS = "Tình trạng hiệu lực"
_LABEL_END = re.compile(r"\s*:\s*$")
_INLINE = re.compile(r"([^:|]{3,45}?)\s*:\s*(\S.*)")
_LONGEST_VALUE = 400  # characters
_SEVERAL = 2
_LEAST_LINES = 3  # properties that stand in lines of their own: fewer may be chance
_BLANK = {"", "-", "--", "…", "...", "n/a", "đang cập nhật", "đang cập nhập", "không", "chưa có"}
_BULLET = re.compile(r"^[-–•+*]\s+")


def property_of(label: str) -> str | None:
    """Return the property that *label* names in any portal's words ("Số ký hiệu"), or None."""
    return _labels().get(key_of(label))


def is_status(text: str) -> bool:
    """Tell whether a line is an effect status and no more: "Còn hiệu lực"."""
    return key_of(text) in _statuses()


def key_of(label: str) -> str:
    """Return *label* as it is compared: small letters, one way of setting tones, no colon."""
    return toneless(_LABEL_END.sub("", label)).casefold().strip()


def take_properties(
    passages: list[Passage],
) -> tuple[list[Passage], dict[str, str], list[Repair]]:
    """Return the passages less the property table of a portal, and what the table says.

    A table row whose every label is known is taken wherever it stands. Lines "Số hiệu: 12/QĐ-UBND",
    or a label and its value in two lines, are taken above the document, if there are several. The
    first value of a property counts.
    """
    start = next((i for i, p in enumerate(passages) if stands_alone(p.text)), len(passages))
    found: dict[str, str] = {}
    lined = _lined(passages[:start])
    taken = set(lined) if len(lined) >= _LEAST_LINES else set()
    for index, passage in enumerate(passages):
        pairs = _row(passage) or (lined.get(index, []) if taken else [])
        if pairs:
            taken.add(index)
        for label, value in pairs:
            name = property_of(label)
            if name and key_of(value) not in _blanks():
                found.setdefault(name, value)
    kept = [passage for index, passage in enumerate(passages) if index not in taken]
    if not taken:
        return passages, {}, []
    detail = f"đưa bảng thuộc tính của trang web ({len(taken)} dòng) ra khỏi văn bản"
    return kept, found, [Repair(kind="property-table", detail=detail, count=len(taken))]


def _row(passage: Passage) -> list[tuple[str, str]]:
    cells = passage.line.cells
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    if len(cells) % 2 or not all(property_of(label) for label, _ in pairs if label):
        return []
    return pairs if any(label for label, _ in pairs) else []


def _lined(head: list[Passage]) -> dict[int, list[tuple[str, str]]]:
    """Return the properties that stand in lines of their own, by line."""
    found: dict[int, list[tuple[str, str]]] = {}
    for index, passage in enumerate(head):
        text = _BULLET.sub("", passage.text)
        several = _several(text)
        inline = _INLINE.fullmatch(text)
        below = head[index + 1] if index + 1 < len(head) else None
        value = _BULLET.sub("", below.text) if below and "|" not in below.text else ""
        if is_status(text):
            found[index] = [(STATUS, text)]
        elif several:
            found[index] = several
        elif inline and property_of(inline[1]) and len(inline[2]) <= _LONGEST_VALUE:
            found[index] = [(inline[1], inline[2].rstrip(" ,;"))]
        elif property_of(text) and value and not _is_label(value) and len(value) <= _LONGEST_VALUE:
            found[index], found[index + 1] = [(text, value)], []
        elif property_of(text) and text.endswith(":"):
            found[index] = []  # a label whose value is blank
    return found


def _is_label(text: str) -> bool:
    """Tell whether a line is a label, or begins with one: no value of the label above it."""
    return bool(property_of(text) or property_of(text.partition(":")[0]))


def _several(text: str) -> list[tuple[str, str]]:
    """Return the properties of a line that holds more than one: "Số hiệu: 1/QĐ Người ký: An"."""
    labels = list(_label_in_line().finditer(text))
    if len(labels) < _SEVERAL or labels[0].start() or len(text) > 2 * _LONGEST_VALUE:
        return []
    ends = [label.start() for label in labels[1:]] + [len(text)]
    return [
        (label[1], text[label.end() : end].strip(" ,;|"))
        for label, end in zip(labels, ends, strict=True)
    ]


@cache
def _label_in_line() -> re.Pattern[str]:
    names = sorted((row["label"] for row in rows("portal_properties")), key=len, reverse=True)
    words = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?<!\S)({words})\s*:\s*")


@cache
def _labels() -> dict[str, str]:
    return {key_of(row["label"]): row["property"] for row in rows("portal_properties")}


@cache
def _blanks() -> frozenset[str]:
    return frozenset(map(key_of, _BLANK))


@cache
def _statuses() -> frozenset[str]:
    return frozenset(key_of(row["status"]) for row in rows("portal_statuses"))
