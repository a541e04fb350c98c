"""SUCCESSORS -> WORDS: who is responsible now, on what basis, and whether that is certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.edges import DATA_AS_OF
from index.replies import Answer, Responsible
from index.succession import Successor
from web.wording import day

DATA_NOTE = f"Dữ liệu sắp xếp bộ máy cập nhật đến ngày {day(DATA_AS_OF)}."
NOBODY = "không có đơn vị kế thừa duy nhất"
UNKNOWN = "chưa xác minh được đơn vị nay làm việc này"


def heir(successor: Successor) -> str:
    """Say who took over: "Công an tỉnh Ninh Bình", or that nobody did."""
    if successor.agency:
        return successor.agency
    return UNKNOWN if successor.certainty == "unknown" else NOBODY


def grounds(successor: Successor) -> str:
    """Say why: "cai nghiện ma túy; từ 01/03/2025; căn cứ Nghị định 02/2025/NĐ-CP; cần xác minh"."""
    parts = [
        successor.function,
        successor.kind,
        f"từ {day(successor.valid_from)}",
        f"căn cứ: {successor.basis}",
        "cần xác minh" if successor.verify else None,
    ]
    return "; ".join(part for part in parts if part)


def now_lines(answer: Answer) -> Iterator[str]:
    """Tell, for each body of an answer that changed, what it is as written and now."""
    for agency, heirs in _changed(answer.actors):
        yield f"như văn bản: {agency} · hiện nay: " + " / ".join(
            f"{heir(one)} ({grounds(one)})" for one in heirs
        )


def _changed(actors: Iterable[Responsible]) -> Iterator[tuple[str, tuple[Successor, ...]]]:
    seen: set[str] = set()
    for actor in actors:
        if actor.now and actor.agency not in seen:
            seen.add(actor.agency)
            yield actor.agency, actor.now
