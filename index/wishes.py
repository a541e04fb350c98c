"""WISH + DOCUMENT -> CORRECTION: what a person asks to be changed, checked before it is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from index.anchors import anchor, find_words
from index.corrections import Act, Correction, clause_of
from index.errors import ConflictError, WrongCorrectionError
from index.findings import (
    FIELDS,
    HEADER,
    Finding,
    Noun,
    Value,
    digest,
    findings,
    header_value,
    stamped,
)
from ingest.model import (
    DeadlineKind,
    Document,
    Kind,
    Level,
    Mode,
    Recurrence,
    Relation,
    Role,
    Span,
)

_LONGEST = 2000  # characters of a value
_CHOICES: Mapping[tuple[Noun, str], tuple[str, ...]] = {
    ("block", "kind"): get_args(Kind),
    ("actor", "role"): get_args(Role),
    ("actor", "mode"): get_args(Mode),
    ("deadline", "kind"): get_args(DeadlineKind),
    ("deadline", "recurrence"): get_args(Recurrence),
    ("target", "comparator"): (">=", "<=", ">", "<", "="),
    ("reference", "relation"): get_args(Relation),
    ("header", "issuer_level"): get_args(Level),
}
_NEEDED: Mapping[Noun, tuple[str, ...]] = {
    "block": ("kind",),
    "actor": ("agency", "role", "mode"),
    "deadline": ("kind",),
    "target": ("comparator", "value", "unit"),
    "reference": ("relation",),
}
_DATES = frozenset({"date", "from", "to", "issued_on", "effective_on"})
_DEFAULTS: Mapping[Noun, Mapping[str, Value]] = {
    "actor": {"mode": "directed"},
    "target": {"comparator": "=", "unit": ""},
    "reference": {"relation": "mentions"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asks for (yêu cầu chỉnh sửa)."""

    act: Act
    by: str  # who asks
    key: str | None = None  # of the finding; None with "add" and "review"
    stamp: str | None = None  # of the finding as it was shown: tells whether it has changed since
    noun: Noun | None = None  # with "add"
    task: str | None = None  # key of the task that a body, deadline or target is added to
    path: str | None = None  # of the clause that a task or citation is added to
    words: str | None = None  # in the text; of a task: default is the whole clause
    after: Mapping[str, Value] = field(default_factory=dict)  # fields left out stay as they are
    reason: str | None = None


def to_correction(document: Document, wish: Wish) -> Correction:
    """Return what is to be kept of a wish.

    Args:
        document: As it stands, with the corrections made so far.
        wish: With values as a person types them: days as 30/6/2024 or 2024-06-30.

    Raises:
        WrongCorrectionError: It cannot be carried out, and why.
        ConflictError: The finding is no longer what the person was shown.
    """
    if not wish.by.strip():
        raise WrongCorrectionError("Hãy ghi tên người soát, để người sau biết ai đã sửa.")
    if wish.act == "review":
        return Correction(act="review", after={"digest": digest(document)})
    if wish.act == "add":
        return _added(document, wish)
    found = finding_at(document, wish)
    if found.noun == "block" and wish.act == "remove":
        raise WrongCorrectionError("Không bỏ được một đoạn của văn bản; chỉ sửa được loại đoạn.")
    if found.noun == "header":
        return _of_header(document, found, wish)
    after = {**found.values, **_read(found.noun, wish.after)} if wish.act == "set" else found.values
    place = found.span or Span(0, 0)
    return Correction(
        act=wish.act,
        noun=found.noun,
        anchor=anchor(document.text, place, path=found.path),
        task=anchor(document.text, found.task, path=found.path) if found.task else None,
        before=found.values,
        after={} if wish.act == "remove" else _complete(found.noun, after),
    )


def finding_at(document: Document, wish: Wish) -> Finding:
    """Return the finding that a wish is about; a component that is blank, too.

    Raises:
        ConflictError: It is not there any more, or is not what was shown.
    """
    found = next((each for each in findings(document) if each.key == wish.key), None)
    name = (wish.key or "").removeprefix("header.")
    if found is None and name in HEADER and (wish.key or "").startswith("header."):
        found = blank(name)
    if found is None or (wish.stamp and wish.stamp != found.stamp):
        raise ConflictError
    return found


def blank(component: str) -> Finding:
    """Return a component of the header that the document does not say."""
    return stamped(
        Finding(
            key=f"header.{component}", noun="header", path=None, quote="", component=component,
            values={"value": None}, confidence=0.0,
        )
    )  # fmt: skip


def _of_header(document: Document, found: Finding, wish: Wish) -> Correction:
    name = found.component or ""
    now = header_value(document.metadata, name)
    value = now
    if wish.act == "remove":
        value = None
    elif wish.act == "set":
        if "value" not in wish.after:
            raise WrongCorrectionError("Còn thiếu: value.")
        value = _value("header", name, wish.after.get("value"))
    return Correction(
        act="confirm" if wish.act == "confirm" else "set",
        noun="header",
        component=name,
        before={"value": now},
        after={"value": value},
    )


def _added(document: Document, wish: Wish) -> Correction:
    noun = wish.noun
    if noun not in ("task", "actor", "deadline", "target", "reference"):
        raise WrongCorrectionError(f"Không thêm được “{noun}”.")
    inside = noun in ("actor", "deadline", "target")
    host = finding_at(document, Wish(act="confirm", by=wish.by, key=wish.task)) if inside else None
    span = _place(document, wish, host)
    after = {**_DEFAULTS.get(noun, {}), **_read(noun, wish.after)}
    if noun == "actor" and not after.get("agency"):
        after["agency"] = span.of(document.text)
    after = {name: after.get(name) for name in FIELDS[noun]}
    clause = clause_of(document, span)
    return Correction(
        act="add",
        noun=noun,
        anchor=anchor(document.text, span, path=clause.path if clause else None),
        task=anchor(document.text, host.task, path=host.path) if host and host.task else None,
        after=_complete(noun, after),
    )


def _place(document: Document, wish: Wish, host: Finding | None) -> Span:
    """Return where the words that a person points at stand: in the task, else anywhere."""
    everywhere = Span(0, len(document.text))
    clause = document.clause(wish.path) if wish.path else None
    if wish.noun == "task" and not wish.words:
        if clause is None:
            raise WrongCorrectionError("Hãy chọn đoạn có nhiệm vụ.")
        label = len(clause.label or "")
        words = clause.span.of(document.text)
        skipped = len(words[label:]) - len(words[label:].lstrip())
        return Span(clause.span.start + label + skipped, clause.span.end)
    near = host.task if host and host.task else clause.span if clause else everywhere
    words = wish.words or ""
    found = find_words(document.text, words, within=near)
    if found is None and host is not None:  # a body may be named in a heading above
        found = find_words(document.text, words, within=everywhere)
    if found is None or clause_of(document, found) is None:
        raise WrongCorrectionError(
            f"Không thấy các từ “{words}” ở chỗ này trong văn bản. Hãy chép đúng như văn bản in."
        )
    return found


def _read(noun: Noun, after: Mapping[str, Value]) -> dict[str, Value]:
    unknown = set(after) - set(FIELDS[noun])
    if unknown:
        raise WrongCorrectionError(f"Không có mục: {', '.join(sorted(unknown))}.")
    return {name: _value(noun, name, value) for name, value in after.items()}


def _complete(noun: Noun, after: Mapping[str, Value]) -> Mapping[str, Value]:
    missing = [name for name in _NEEDED.get(noun, ()) if after.get(name) is None]
    if missing:
        raise WrongCorrectionError(f"Còn thiếu: {', '.join(missing)}.")
    if noun == "deadline" and after["kind"] == "date" and not after.get("date"):
        raise WrongCorrectionError("Thời hạn là ngày cụ thể thì phải ghi ngày.")
    return after


def _value(noun: Noun, name: str, value: Value) -> Value:
    """Return a value as it is kept, from what a person typed."""
    if name == "recipients" or (noun == "header" and isinstance(value, tuple)):
        lines = value if isinstance(value, tuple) else str(value or "").splitlines()
        return tuple(line.strip() for line in lines if line.strip())
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    words = " ".join(str(value).split())
    if len(words) > _LONGEST:
        raise WrongCorrectionError(f"Giá trị dài quá {_LONGEST} chữ.")
    choices = _CHOICES.get((noun, name))
    if choices and words not in choices:
        raise WrongCorrectionError(
            f"“{words}” không dùng được; chọn một trong: {', '.join(choices)}."
        )
    reader = _READERS.get(name) if noun == "target" else None
    if name in _DATES:
        return _day(words)
    return reader(words) if reader else words


def _day(words: str) -> str:
    """Read a day as it is typed."""
    found = re.fullmatch(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})", words)
    try:
        if found:
            return dt.date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return dt.date.fromisoformat(words).isoformat()
    except ValueError as error:
        raise WrongCorrectionError(
            f"“{words}” không phải một ngày có thật; hãy ghi như 30/6/2024."
        ) from error


def _number(words: str) -> float:
    plain = words.replace(".", "").replace(",", ".") if "," in words else words
    try:
        return float(plain)
    except ValueError as error:
        raise WrongCorrectionError(f"“{words}” không phải một số.") from error


_READERS: Mapping[str, Callable[[str], Value]] = {"value": _number}
