"""TASK -> THE SIX CLARITIES (sáu rõ): which of them its words make plain, and why not the others.

Source: "rõ người, rõ việc, rõ trách nhiệm, rõ thẩm quyền, rõ thời gian, rõ kết quả", as plans
demand it of themselves; the measure of each is this project's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from ingest.model import Actor, Clarity, ClarityCount, Deadline, Target, Task
from ingest.products import states_product

_FEW_WORDS = 3
_LEADS = ("lead", "advise")
_DURATION = re.compile(r"\d+[^.;]{0,20}(?:ngày|giờ|tuần|tháng|năm)(?!\w)")
_SHOWN = 2  # names in a reason
_LONGEST = 60  # characters of a quotation in a reason


def clarity_of(  # noqa: PLR0913 - the five things that make a task clear
    words: str,
    *,
    actors: Sequence[Actor],
    deadlines: Sequence[Deadline],
    targets: Sequence[Target],
    ordered_by: str | None,
    product: bool,
) -> Clarity:
    """Return which clarities a task has.

    Args:
        words: Those of the duty.
        actors: Its bodies; one lead is a clear responsibility, several are it only where each
            has its own part of the sentence.
        deadlines: Its deadlines; "thường xuyên" cannot be checked and does not count.
        targets: Its figures.
        ordered_by: The issuer, or the basis, that makes it a duty; None where neither is known.
        product: Whether a line beside it names its product, or it ends in a report to somebody.
    """
    leads = _leads(actors)
    return Clarity(
        who=bool(actors),
        what=len(words.split()) > _FEW_WORDS,
        responsibility=len(leads) == 1 or _apart(words, leads),
        authority=ordered_by is not None and bool(actors),
        when=any(_checkable(deadline) for deadline in deadlines),
        result=bool(targets) or product or states_product(words),
    )


def gaps_of(
    clarity: Clarity,
    *,
    actors: Sequence[Actor],
    deadlines: Sequence[Deadline],
    ordered_by: str | None,
) -> dict[str, str]:
    """Return the reason, in Vietnamese, for each clarity that a task lacks; {} when none lacks.

    Args:
        clarity: What `clarity_of` said of the task.
        actors: Its bodies, as given there.
        deadlines: Its deadlines, as given there.
        ordered_by: As given there.
    """
    reasons = {
        "who": "không nêu cơ quan thực hiện",
        "what": "không nói rõ việc phải làm",
        "responsibility": _why_no_lead(actors),
        "authority": "không rõ giao cho ai nên không rõ thẩm quyền"
        if ordered_by
        else "không rõ cơ quan ban hành hay căn cứ giao việc",
        "when": _why_no_time(deadlines),
        "result": "không nêu sản phẩm, báo cáo hay chỉ tiêu",
    }
    return {key: reason for key, reason in reasons.items() if not getattr(clarity, key)}


def count_clarity(tasks: Iterable[Task]) -> dict[str, ClarityCount]:
    """Return for each clarity how many of a document's tasks have it, and where it lacks."""
    all_tasks = tuple(tasks)
    return {each.name: _count(each.name, all_tasks) for each in fields(Clarity)}


def _count(key: str, tasks: Sequence[Task]) -> ClarityCount:
    lacking = [task for task in tasks if not getattr(task.clarity, key)]
    paths = dict.fromkeys(task.path for task in lacking)
    return ClarityCount(clear=len(tasks) - len(lacking), of=len(tasks), gaps=tuple(paths))


def _leads(actors: Sequence[Actor]) -> Mapping[str, str]:
    """Return the bodies that answer for a task, each with the words that name it."""
    return {actor.agency: actor.surface for actor in actors if actor.role in _LEADS}


def _apart(words: str, leads: Mapping[str, str]) -> bool:
    """Tell whether each lead has a part of the sentence to itself: "Sở A …; Sở B …"."""
    places = [
        {n for n, part in enumerate(words.split(";")) if surface in part}
        for surface in leads.values()
    ]
    alone = all(len(place) == 1 for place in places)
    return len(leads) > 1 and alone and len(set().union(*places)) == len(leads)


def _checkable(deadline: Deadline) -> bool:
    if deadline.kind == "recurring":
        return deadline.recurrence is not None or bool(deadline.dates) or _counted(deadline)
    if deadline.kind == "period":
        return deadline.to is not None
    if deadline.kind == "event":  # "03 ngày kể từ ngày nhận đề nghị": once that day is known
        return deadline.date is not None or _counted(deadline)
    return deadline.kind == "date"


def _counted(deadline: Deadline) -> bool:
    return _DURATION.search(deadline.surface) is not None


def _why_no_lead(actors: Sequence[Actor]) -> str:
    leads = tuple(_leads(actors))
    if not actors:
        return "không nêu cơ quan chịu trách nhiệm"
    if not leads:
        return "chỉ nêu cơ quan phối hợp, không nêu cơ quan chủ trì"
    names = "; ".join(leads[:_SHOWN]) + ("; …" if len(leads) > _SHOWN else "")
    number = "hai" if len(leads) == 2 else str(len(leads))  # noqa: PLR2004 - the word for 2
    return f"{number} cơ quan cùng chủ trì mà không chia phần: {names}"


def _why_no_time(deadlines: Sequence[Deadline]) -> str:
    if not deadlines:
        return "không nêu thời hạn"
    said = ", ".join(f"“{_short(words)}”" for words in dict.fromkeys(d.surface for d in deadlines))
    kinds = {deadline.kind for deadline in deadlines}
    if kinds == {"event"}:
        return f"chỉ nêu theo sự việc: {said}, không có ngày hay số ngày"
    if kinds == {"period"}:
        return f"chỉ có ngày bắt đầu: {said}, không có ngày kết thúc"
    return f"chỉ nói {said}, không có mốc kiểm tra được"


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
