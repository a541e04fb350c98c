"""PASSAGES -> which capitals belong to a name and which only begin a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_PAIR = re.compile(r"(?=(?<![^\W_])([^\W\d_]+) ([^\W\d_]+))")
_RUNNING_ON = re.compile(r"[^\W_][,\"“‘(]? ?[\"“‘(]?$|,$")


class Capitals:
    """What a document shows of the capitals of its words, two by two.

    "Phối hợp" at the head of a line is a sentence's first word if the document prints "phối hợp"
    elsewhere; "Chính phủ" is a name, for it stands so within sentences.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._small: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        for text in texts:
            for pair in _PAIR.finditer(text):
                first, second = pair.groups()
                if first[0].islower():
                    self._small[f"{first} {second}"] += 1
                elif _RUNNING_ON.search(text, 0, pair.start()):
                    self._names[f"{first} {second}"] += 1

    def begins_sentence(self, text: str) -> bool:
        """Tell whether the capital that *text* begins with is there for the sentence alone."""
        pair = _PAIR.match(text)
        if not pair or pair[1].isupper():
            return False
        first, second = pair.groups()
        small = self._small[f"{first.lower()} {second}"]
        return small > 0 and small > self._names[f"{first} {second}"]
