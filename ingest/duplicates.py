"""PASSAGES -> PASSAGES: text that stands twice, as portals show a preview and then the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Repair
from ingest.strand import Passage

_OTHER = re.compile(r"[\W_]+")
_LEAST_CHARACTERS = 600  # of a copy: a form or a clause may well be repeated
_LEAST_PASSAGES = 3
_MOST_COPIES = 20
_ANCHOR = 60  # characters: a passage so long is not repeated by chance
_LEAST_STUMP = 12  # letters of a passage that breaks off
_HEAD = 1_500  # characters above the first copy at most: a preview shows the beginning


def drop_copies(passages: list[Passage]) -> tuple[list[Passage], list[Repair]]:
    """Return the passages without the later copy of text that stands twice.

    The first copy stays, and what follows the second follows it. Only a copy of the document's
    beginning counts: forms in annexes and repeated clauses stay. Where the first copy breaks off
    within a passage, the second's whole passage takes its place.
    """
    repairs: list[Repair] = []
    while len(repairs) < _MOST_COPIES:
        copy = _find_copy([_key(passage.text) for passage in passages])
        if copy is None:
            break
        first, second, length, broken = copy
        detail = (
            f"bỏ {length} đoạn lặp lại ({passages[second].where} đến "
            f"{passages[second + length - 1].where}), trùng với {passages[first].where}"
        )
        repairs.append(Repair(kind="duplicate-text", detail=detail, count=length))
        passages = [
            *passages[: first + length],
            *passages[first + length + broken : second],
            *passages[second + length :],
        ]
    return passages, repairs


def _key(text: str) -> str:
    return _OTHER.sub("", text.casefold())


def _find_copy(keys: Sequence[str]) -> tuple[int, int, int, int] | None:
    """Find the start of both copies, their common length, and whether the first is broken off."""
    seen: dict[str, int] = {}
    above = 0
    for second, key in enumerate(keys):
        first = seen.get(key)
        if first is None:
            if len(key) >= _ANCHOR and above <= _HEAD:
                seen[key] = second
            above += len(key)
            continue
        start = first
        while start and keys[start - 1] == keys[second - (first - start) - 1]:
            start -= 1
        found = _measure_copy(keys, start, second - (first - start))
        if found:
            return found
    return None


def _measure_copy(keys: Sequence[str], first: int, second: int) -> tuple[int, int, int, int] | None:
    length = 0
    while first + length < second + length < len(keys) and first + length < second:
        if keys[first + length] != keys[second + length]:
            break
        length += 1
    size = sum(map(len, keys[first : first + length]))
    if length < _LEAST_PASSAGES or size < _LEAST_CHARACTERS:
        return None
    after, whole = keys[first + length], keys[second + length : second + length + 1]
    broken = (
        first + length < second
        and len(after) >= _LEAST_STUMP
        and any(k.startswith(after) for k in whole)
    )
    return first, second, length, int(broken)
