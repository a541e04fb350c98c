"""FINDING, CORRECTION -> VIETNAMESE WORDS: what was understood, and what somebody made of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from index.corrections import Logged
from index.findings import Finding, Noun, Value
from web.wording import BLANK, LEVELS, MODES, RECURRENCES, RELATIONS, ROLES, day

NOUNS: Mapping[str, str] = {
    "header": "thể thức",
    "block": "loại đoạn",
    "task": "nhiệm vụ",
    "actor": "cơ quan",
    "deadline": "thời hạn",
    "target": "chỉ tiêu",
    "reference": "viện dẫn",
}
COMPONENTS: Mapping[str, str] = {
    "code": "Số, ký hiệu",
    "symbol": "Ký hiệu",
    "doc_type": "Loại văn bản",
    "issuer": "Cơ quan ban hành",
    "issuer_level": "Cấp ban hành",
    "place": "Địa danh",
    "issued_on": "Ngày ban hành",
    "effective_on": "Ngày có hiệu lực",
    "title": "Trích yếu",
    "signer": "Người ký",
    "signer_position": "Chức vụ người ký",
    "recipients": "Nơi nhận",
    "status": "Tình trạng hiệu lực",
}
FIELDS: Mapping[str, str] = {
    "value": "Giá trị",
    "kind": "Loại",
    "report_to": "Báo cáo về",
    "report_via": "Báo cáo qua",
    "agency": "Cơ quan",
    "role": "Vai trò",
    "mode": "Cách giao",
    "date": "Ngày",
    "recurrence": "Nhịp lặp lại",
    "from": "Từ ngày",
    "to": "Đến ngày",
    "comparator": "So sánh",
    "unit": "Đơn vị",
    "by": "Đến năm",
    "code": "Số, ký hiệu",
    "doc_type": "Loại văn bản",
    "issuer": "Cơ quan ban hành",
    "title": "Tên văn bản",
    "pinpoint": "Điều, khoản",
    "relation": "Quan hệ",
}
KINDS: Mapping[str, str] = {
    "heading": "đề mục",
    "preamble": "căn cứ, mở đầu",
    "objective": "mục đích, yêu cầu",
    "task": "nhiệm vụ",
    "detail": "chi tiết của đoạn trên",
    "assignment": "phân công đoạn trên",
    "funding": "kinh phí",
    "footnote": "chú thích",
    "recipients": "nơi nhận",
    "signature": "chữ ký",
    "letterhead": "phần đầu văn bản",
    "title": "tên loại, trích yếu",
    "narrative": "lời kể, nội dung khác",
}
DEADLINE_KINDS: Mapping[str, str] = {
    "date": "một ngày",
    "recurring": "định kỳ",
    "period": "khoảng thời gian",
    "ongoing": "thường xuyên",
    "event": "theo sự kiện",
}
COMPARATORS: Mapping[str, str] = {
    ">=": "ít nhất",
    "<=": "nhiều nhất",
    ">": "trên",
    "<": "dưới",
    "=": "bằng",
}


def choices(noun: Noun, field: str) -> Mapping[str, str] | None:
    """Return what a field of a finding may be, in words; None: anything."""
    return _CHOICES.get((noun, field))


_CHOICES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("block", "kind"): KINDS,
    ("actor", "role"): ROLES,
    ("actor", "mode"): MODES,
    ("deadline", "kind"): DEADLINE_KINDS,
    ("deadline", "recurrence"): RECURRENCES,
    ("target", "comparator"): COMPARATORS,
    ("reference", "relation"): RELATIONS,
    ("header", "issuer_level"): LEVELS,
}


def understood(finding: Finding) -> str:
    """Say on one line what a finding was taken for: "Sở Y tế tỉnh Lam Giang; phối hợp"."""
    if finding.noun == "task":
        return "là một nhiệm vụ"
    return said(finding.noun, finding.values, finding.component)


def said(noun: Noun | None, values: Mapping[str, Value], component: str | None = None) -> str:
    """Say the values of a finding on one line, blank ones left out."""
    parts = [
        written(noun, component if noun == "header" and component else name, value)
        for name, value in values.items()
        if value not in (None, "", ()) and (name, value) != ("mode", "directed")
    ]
    return "; ".join(parts) if parts else BLANK


def written(noun: Noun | None, field: str, value: Value) -> str:
    """Write one value as Vietnamese does: a day as 30/6/2024, a role as "phối hợp"."""
    if value in (None, "", ()):
        return BLANK
    if isinstance(value, tuple):
        return "; ".join(value)
    known = _CHOICES.get((noun or "", field), {})
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return day(dt.date.fromisoformat(value))
    if isinstance(value, float | int):
        return f"{value:g}".replace(".", ",")
    return known.get(str(value), str(value))


ACTS: Mapping[str, str] = {
    "confirm": "xác nhận đúng",
    "set": "sửa",
    "add": "thêm",
    "remove": "bỏ",
    "review": "soát xong cả văn bản",
}


def told_of(line: Logged) -> str:
    """Say on one line what somebody corrected: "sửa cơ quan “Sở Y tế”: phối hợp → tham mưu"."""
    made = line.correction
    if made is None:
        return "hoàn tác"
    if made.noun is None:
        return ACTS[made.act]
    what = COMPONENTS[made.component] if made.component else NOUNS[made.noun]
    words = f" “{shortened(made.anchor.words)}”" if made.anchor else ""
    if made.act != "set":
        return f"{ACTS[made.act]} {what}{words}"
    name = made.component or ""
    changed = [
        f"{written(made.noun, name or field, made.before.get(field))} → "
        f"{written(made.noun, name or field, value)}"
        for field, value in made.after.items()
        if value != made.before.get(field)
    ]
    return f"{ACTS[made.act]} {what}{words}: {'; '.join(changed) or 'không đổi'}"


def shortened(words: str, *, most: int = 90) -> str:
    """Return the beginning of a text, on one line."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"
