"""PASSAGES -> PASSAGES: what a digital signature (chữ ký số) prints on a page goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ingest.knowledge.tables import rows
from ingest.model import Repair
from ingest.strand import Passage

_LEAST_LINES = 2  # of a stamp
_LONGEST = 120  # characters of a line of it


def drop_signature_stamps(passages: list[Passage]) -> tuple[list[Passage], list[Repair]]:
    """Return the passages without the stamps of digital signatures.

    A stamp is two lines or more in a row such as "Ký bởi: …", "Email: …", "Thời gian ký: …", one of
    which no other text has.
    """
    dropped = set(_stamped(passages))
    if not dropped:
        return passages, []
    shown = passages[min(dropped)].text[:60]
    detail = f"bỏ hình hiển thị của chữ ký số: “{shown}” ({passages[min(dropped)].where})"
    kept = [passage for i, passage in enumerate(passages) if i not in dropped]
    return kept, [Repair(kind="signature-stamp", detail=detail, count=len(dropped))]


def _stamped(passages: Sequence[Passage]) -> Iterator[int]:
    run: list[int] = []
    for index, passage in enumerate(passages):
        if len(passage.text) <= _LONGEST and passage.text.startswith(_labels("")):
            run.append(index)
            continue
        yield from run if _is_stamp([passages[i].text for i in run]) else ()
        run = []
    yield from run if _is_stamp([passages[i].text for i in run]) else ()


def _is_stamp(texts: Sequence[str]) -> bool:
    return len(texts) >= _LEAST_LINES and any(text.startswith(_labels("strong")) for text in texts)


@cache
def _labels(strength: str) -> tuple[str, ...]:
    table = rows("signature_stamps")
    return tuple(row["label"] for row in table if row["strength"].startswith(strength))
