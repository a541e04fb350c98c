"""A PINPOINT OR A CLAUSE'S PATH -> PINS: which parts of a document they name, the widest first.

"điểm a khoản 2 Điều 5", "Điều 5 khoản 2 điểm a" and the path "CII.Đ5.2.a" are one pin. Articles are
numbered through a whole document, so the chapter above one says nothing more.

Source: Decree 78/2025/NĐ-CP on citing points, clauses and articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

Pin: TypeAlias = "tuple[tuple[str, str], ...]"  # (("điều", "5"), ("khoản", "2"), ("điểm", "a"))

_WIDEST_FIRST = ("phụ lục", "phần", "chương", "mục", "tiểu mục", "điều", "khoản", "điểm", "tiết")
_UNIT = "|".join(sorted(_WIDEST_FIRST, key=len, reverse=True))
_NUMBER = r"(?:[IVX]{1,6}|\d{1,3}[a-zđ]?|[a-zđ]{1,2})(?![\w])"
_GROUP = re.compile(
    rf"(?<!\w)(?P<unit>{_UNIT})\s+(?P<numbers>{_NUMBER}(?:\s*(?:,|;|-|–|và|hoặc|đến)\s*{_NUMBER})*)",
    re.IGNORECASE,
)
_ONE = re.compile(rf"(?P<join>-|–|đến)?\s*(?<!\w)(?P<number>{_NUMBER})", re.IGNORECASE)
_ABOVE_ARTICLES = frozenset({"phần", "chương", "mục", "tiểu mục"})
_MARKS = (("PL", "phụ lục"), ("P", "phần"), ("C", "chương"), ("M", "mục"), ("Đ", "điều"))
_BELOW_ARTICLES = ("khoản", "điểm", "tiết")
_LONGEST_RANGE = 60  # parts that "Điều 5 đến Điều 9" may stand for: more is a slip of the eye
_ANY = ""  # the unit of a plan's marks: "II.2.a" is "điểm a mục 2 phần II" to one, else to another


@lru_cache(maxsize=8192)
def pins_of(pinpoint: str) -> tuple[Pin, ...]:
    """Return the parts that *pinpoint* names, in its order; () where it names none by number."""
    groups = [
        (found["unit"].lower(), tuple(_numbers(found["numbers"])))
        for found in _GROUP.finditer(pinpoint)
    ]
    ranks = [_WIDEST_FIRST.index(unit) for unit, _ in groups]
    above = [_above(at, ranks) for at in range(len(groups))]
    # "khoản 1 Điều 5, 6" names clause 1 of article 5, and article 6.
    pins = (
        _narrowed(at, number, groups, above)
        for at, (_, numbers) in enumerate(groups)
        for number in (numbers[1:] if at in above else numbers)
    )
    return tuple(dict.fromkeys(pins))


def _above(at: int, ranks: list[int]) -> int | None:
    """Return which group is the next wider one: after it, as laws cite; else before it."""
    after = (other for other in range(at + 1, len(ranks)) if ranks[other] < ranks[at])
    before = (other for other in range(at - 1, -1, -1) if ranks[other] < ranks[at])
    return next(after, next(before, None))


def _narrowed(
    at: int,
    number: str,
    groups: list[tuple[str, tuple[str, ...]]],
    above: list[int | None],
) -> Pin:
    steps = [(groups[at][0], number)]
    wider = above[at]
    while wider is not None:
        unit, numbers = groups[wider]
        steps.append((unit, numbers[0]))
        wider = above[wider]
    return _plain(tuple(reversed(steps)))


def _numbers(text: str) -> Iterator[str]:
    last = None
    for found in _ONE.finditer(text):
        number = found["number"].lower()
        if found["join"] and last and last.isdigit() and number.isdigit():
            for between in range(int(last) + 1, min(int(number), int(last) + _LONGEST_RANGE)):
                yield str(between)
        last = number
        yield number


def _plain(pin: Pin) -> Pin:
    """Return *pin* without what stands above its article."""
    units = [unit for unit, _ in pin]
    if "điều" not in units:
        return pin
    return tuple(step for step in pin if step[0] not in _ABOVE_ARTICLES)


@lru_cache(maxsize=8192)
def pin_of_path(path: str) -> Pin:
    """Return the pin of the clause at *path*; () for what nobody cites by number."""
    steps: list[tuple[str, str]] = []
    for name in path.split("."):
        mark, number = next(
            ((unit, name[len(sign) :]) for sign, unit in _MARKS if name.startswith(sign)),
            (_ANY, name),
        )
        number = number.partition("~")[0].lower()
        if re.fullmatch(r"m\d+|nn|ky|0", number):  # a dash, the recipients, the signature
            break
        if mark == _ANY and (depth := _below_article(steps)) is not None:
            if depth >= len(_BELOW_ARTICLES):
                break
            mark = _BELOW_ARTICLES[depth]
        steps.append((mark, number))
    return _plain(tuple(steps))


def _below_article(steps: list[tuple[str, str]]) -> int | None:
    """Return how many steps below an article the next one is, or None outside articles."""
    units = [unit for unit, _ in steps]
    return len(units) - 1 - units.index("điều") if "điều" in units else None


def holds(wider: Pin, narrower: Pin) -> bool:
    """Tell whether one part is the other or lies in it; nothing lies in ()."""
    return 0 < len(wider) <= len(narrower) and all(
        ours[1] == theirs[1] and (ours[0] == theirs[0] or _ANY in (ours[0], theirs[0]))
        for ours, theirs in zip(wider, narrower, strict=False)
    )


def told(pin: Pin) -> str:
    """Write a pin as laws cite: "điểm a khoản 2 Điều 5"."""
    words = []
    for unit, number in reversed(pin):
        shown = number.upper() if unit in {"chương", "phần", "phụ lục"} else number
        words.append(f"{'Điều' if unit == 'điều' else unit or 'mục'} {shown}")
    return " ".join(words)
