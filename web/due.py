"""A DEADLINE -> HOW IT STANDS TODAY, in words: beside what is printed, never for it."""

from __future__ import annotations

from collections.abc import Mapping

from index.replies import DueState, Timed
from web.wording import day

STATES: Mapping[DueState, str] = {
    "due": "chưa đến hạn",
    "overdue": "đã qua hạn",
    "recurring": "định kỳ",
    "ongoing": "thường xuyên",
    "event": "theo sự kiện",
    "none": "không nêu thời hạn",
}
_NEAR = 366  # days within which they are counted


def standing(deadline: Timed) -> str:
    """Say how a deadline stands: "còn 12 ngày", "đã qua 3 ngày", "lần tới 15/9/2027"; "" unknown.

    That a day has passed does not say whether the task was done.
    """
    base = f" (tính từ ngày {day(deadline.counted_from)})" if deadline.counted_from else ""
    if deadline.next is None or deadline.days is None:
        return ""
    if deadline.stretch:
        return f"kỳ này đến {day(deadline.next)}"
    if deadline.state == "recurring":
        return f"lần tới {day(deadline.next)}, {_left(deadline.days)}"
    return f"{_left(deadline.days)}{base}"


def _left(days: int) -> str:
    if days == 0:
        return "hạn hôm nay"
    if days < 0:
        return f"đã qua hạn {_span(-days)}"
    return f"còn {_span(days)}"


def _span(days: int) -> str:
    if days < _NEAR:
        return f"{days} ngày"
    return f"hơn {days // 365} năm"
