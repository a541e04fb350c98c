"""TERM -> VIETNAMESE WORDS: how the pages and the command name what the model calls in English."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from index.findings import CHECKED, SURE
from ingest.model import Clarity, Deadline, Reference, Task

ROLES: Mapping[str, str] = {
    "lead": "chủ trì",
    "coordinate": "phối hợp",
    "advise": "tham mưu",
    "support": "hỗ trợ",
}
MODES: Mapping[str, str] = {"directed": "được giao", "requested": "được đề nghị"}
VIAS: Mapping[str, str] = {
    "heading": "nêu ở đề mục phía trên",
    "inline": "nêu ngay trong câu",
    "trailing": "nêu ở dòng phân công phía sau",
    "collective": "nêu chung cho nhiều cơ quan",
    "table": "nêu trong bảng",
}
LEVELS: Mapping[str, str] = {
    "central": "Trung ương",
    "province": "Cấp tỉnh",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
}
RELATIONS: Mapping[str, str] = {
    "implements": "triển khai thực hiện",
    "basis": "căn cứ",
    "continues": "tiếp tục thực hiện",
    "promulgates": "ban hành",
    "amends": "sửa đổi, bổ sung",
    "replaces": "thay thế",
    "repeals": "bãi bỏ",
    "consolidates": "hợp nhất",
    "details": "quy định chi tiết",
    "guides": "hướng dẫn",
    "attachment": "kèm theo",
    "mentions": "nhắc đến",
}
INTENTS: Mapping[str, str] = {
    "who": "Cơ quan nào làm",
    "what": "Cơ quan phải làm gì",
    "when": "Thời hạn",
    "cite": "Văn bản, căn cứ",
    "find": "Tìm nội dung",
}
FORMATS: Mapping[str, str] = {
    "text": "Văn bản thuần",
    "markdown": "Markdown",
    "html": "Trang web",
    "docx": "Word",
    "doc": "Word cũ",
    "rtf": "RTF",
    "pdf": "PDF",
    "pdf-scan": "PDF quét",
    "xlsx": "Bảng tính",
    "image": "Ảnh",
}
RECURRENCES: Mapping[str, str] = {
    "daily": "hằng ngày",
    "weekly": "hằng tuần",
    "monthly": "hằng tháng",
    "quarterly": "hằng quý",
    "half-yearly": "6 tháng một lần",
    "yearly": "hằng năm",
}
CLARITIES: Mapping[str, str] = {
    "who": "người",
    "what": "việc",
    "responsibility": "trách nhiệm",
    "authority": "thẩm quyền",
    "when": "thời gian",
    "result": "kết quả",
}
FILTERS: Mapping[str, str] = {
    "agency": "Cơ quan",
    "role": "Vai trò",
    "doc_type": "Loại văn bản",
    "level": "Cấp ban hành",
    "year": "Năm ban hành",
    "place": "Địa danh",
    "due_before": "Hạn trước",
    "document": "Trong văn bản",
}
BLANK = "(không ghi)"


def day(date: dt.date | None) -> str:
    """Write a date as Vietnamese documents do: 30/6/2024, 05/02/2024.

    Source: Decree 30/2020/NĐ-CP, Annex I: a day below 10 and the months 1 and 2 take a zero.
    """
    if date is None:
        return BLANK
    month = f"{date.month:02}" if date.month < 3 else str(date.month)  # noqa: PLR2004 - see above
    return f"{date.day:02}/{month}/{date.year}"


def relation(reference: Reference) -> str:
    """Say why a document is cited: "căn cứ", "trong văn bản này, 2/NĐ-CP sửa đổi, bổ sung 1/NĐ-CP".

    The longer form where the relation is that of a document that the citing one only tells of.
    """
    words = RELATIONS[reference.relation]
    if reference.from_code is None:
        return words
    if reference.relation == "promulgates":
        words = "ban hành để thực hiện"
    other = reference.to_code or reference.code or reference.resolved or reference.title
    return f"trong văn bản này, {reference.from_code} {words} {other or reference.surface}"


def meaning(deadline: Deadline) -> str:
    """Say what a deadline comes to, beside its printed words: "đến 30/9/2027", "hằng quý".

    "" when the printed words say it already: "trước ngày 30/6/2024".
    """
    if deadline.kind == "ongoing":
        return "thường xuyên"
    if deadline.kind == "event":
        return f"theo sự kiện, đến {day(deadline.date)}" if deadline.date else "theo sự kiện"
    if deadline.kind == "recurring":
        return _recurring(deadline)
    if deadline.kind == "period":
        return _period(deadline)
    if deadline.date is None or _prints(deadline.surface, deadline.date):
        return ""
    return f"đến {day(deadline.date)}"


def _prints(words: str, date: dt.date) -> bool:
    printed = re.findall(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", words)
    return any((int(d), int(m), int(y)) == (date.day, date.month, date.year) for d, m, y in printed)


def told(deadline: Deadline) -> str:
    """Write a deadline on one line: "trong quý III/2027 (đến 30/9/2027)"."""
    said = meaning(deadline)
    return f"{deadline.surface} ({said})" if said else deadline.surface


def _recurring(deadline: Deadline) -> str:
    rhythm = RECURRENCES.get(deadline.recurrence or "", "định kỳ")
    days = ", ".join(
        "/".join(part.lstrip("0") for part in reversed(d.split("-"))) for d in deadline.dates
    )
    return f"{rhythm} ({days})" if days else rhythm


def _period(deadline: Deadline) -> str:
    bounds = [date for date in (deadline.from_, deadline.to) if date]
    if all(_prints(deadline.surface, date) for date in bounds):
        return ""
    start = f"từ {day(deadline.from_)}" if deadline.from_ else ""
    end = f"đến {day(deadline.to)}" if deadline.to else ""
    return f"{start} {end}".strip()


def missing(clarity: Clarity) -> tuple[str, ...]:
    """Return which of the six clarities a task lacks: ("thời gian", "kết quả")."""
    return tuple(name for key, name in CLARITIES.items() if not getattr(clarity, key))


def lacking(task: Task) -> tuple[str, ...]:
    """Return what a task lacks, with the reason where it is known: "thời gian: không nêu …"."""
    return tuple(
        f"{name}: {task.gaps[key]}" if key in task.gaps else name
        for key, name in CLARITIES.items()
        if not getattr(task.clarity, key)
    )


def unsure(confidence: float) -> bool:
    """Tell whether a finding should be looked at by a person."""
    return confidence < SURE


def checked(confidence: float) -> bool:
    """Tell whether a person has said that a finding is right."""
    return confidence == CHECKED
