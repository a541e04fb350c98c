"""TASK -> THE SIX CLARITIES (sáu rõ): which of them its words make plain.

Source: "rõ người, rõ việc, rõ trách nhiệm, rõ thẩm quyền, rõ thời gian, rõ kết quả", as plans
demand it of themselves; the measure of each is this project's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Actor, Clarity, Deadline, Target
from ingest.tones import fold_tones

_PRODUCT = re.compile(
    r"(?<!\w)(?:báo cáo (?:kết quả|về|ubnd)|lập (?:danh sách|hồ sơ)|sản phẩm"
    r"|ban hành (?:kế hoạch|quyết định|văn bản|hướng dẫn|quy chế)|trình (?:ubnd|hđnd|chủ tịch)"
    r"|xây dựng (?:kế hoạch|đề án|quy chế|phương án|báo cáo|tài liệu|dự thảo))"
)
_FEW_WORDS = 3


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
        actors: Its bodies; one lead is a clear responsibility, two are not.
        deadlines: Its deadlines; "thường xuyên" cannot be checked and does not count.
        targets: Its figures.
        ordered_by: The issuer, whose order makes it a duty; None where the document hides it.
        product: Whether a line beside it names its product, or it ends in a report to somebody.
    """
    leads = {actor.agency for actor in actors if actor.role in {"lead", "advise"}}
    return Clarity(
        who=bool(actors),
        what=len(words.split()) > _FEW_WORDS,
        responsibility=len(leads) == 1,
        authority=ordered_by is not None and bool(actors),
        when=any(_checkable(deadline) for deadline in deadlines),
        result=bool(targets) or product or _PRODUCT.search(fold_tones(words.lower())) is not None,
    )


def _checkable(deadline: Deadline) -> bool:
    if deadline.kind == "recurring":
        return deadline.recurrence is not None or bool(deadline.dates)
    if deadline.kind == "period":
        return deadline.to is not None
    return deadline.kind == "date"
