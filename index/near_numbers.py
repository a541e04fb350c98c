"""A NUMBER THAT NO DOCUMENT HAS -> NUMBERS IT MAY BE A SLIP OF: "456/KH-UBND", is it 465?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.code_rows import KnownNumber, known_like

if TYPE_CHECKING:
    from index.connection import Connected

_DIGITS = "0123456789"
_YEAR = re.compile(r"-(?:19|20)\d\d-")


def near_numbers(store: Connected, pattern: str, *, limit: int = 5) -> list[KnownNumber]:
    """Return the numbers that *pattern*, which none has, may have been meant for.

    First those with two digits swapped, then one digit wrong, then one missing or too many, all
    with the same symbol; then the same number of another year, then with another symbol. Among
    equals held ones come first, then the most cited.
    """
    number, _, rest = pattern.partition("-")
    tiers = [
        [f"{other}-{rest}" for other in _swapped(number)],
        [f"{other}-{rest}" for other in _wrong(number)],
        [f"{other}-{rest}" for other in _longer_or_shorter(number)],
    ]
    if _YEAR.search(f"-{rest}"):
        tiers.append([number + _YEAR.sub("-%-", f"-{rest}", count=1)])
    tiers.append([f"{number}-%"])
    found: dict[str, KnownNumber] = {}
    for patterns in tiers:
        for known in known_like(store, patterns):
            found.setdefault(known.key, known)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _swapped(number: str) -> list[str]:
    pairs = range(len(number) - 1)
    swapped = (number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in pairs)
    return _kept(number, swapped)


def _wrong(number: str) -> list[str]:
    return _kept(
        number,
        (number[:at] + digit + number[at + 1 :] for at in range(len(number)) for digit in _DIGITS),
    )


def _longer_or_shorter(number: str) -> list[str]:
    longer = (
        number[:at] + digit + number[at:] for at in range(len(number) + 1) for digit in _DIGITS
    )
    shorter = (number[:at] + number[at + 1 :] for at in range(len(number)))
    return _kept(number, (*longer, *shorter))


def _kept(number: str, others: Iterable[str]) -> list[str]:
    return [
        other
        for other in dict.fromkeys(others)
        if other and other != number and not other.startswith("0")
    ]
