"""SYLLABLES -> WHETHER THEY MAKE A VIETNAMESE WORD, by the dictionary of the word segmenter.

Source: the words of underthesea's segmenter (ws_crf_vlsp2013), 72,000 with accents; read from
where it is installed, without importing it, which takes a second.
"""

from __future__ import annotations

import pickle
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

_WORDS = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727/dictionary.bin"


@cache
def syllables() -> frozenset[str]:
    """Return every syllable of the words, with its accents."""
    return frozenset(syllable for word in _words() for syllable in word.split())


@cache
def followers() -> dict[str, frozenset[str]]:
    """Return of each syllable those that follow it in a word: "phong" has "trào"."""
    return _neighbours([pair for word in _words() for pair in pairwise(word.split())])


@cache
def leaders() -> dict[str, frozenset[str]]:
    """Return of each syllable those that it follows in a word: "trào" has "phong"."""
    pairs = [pair for word in _words() for pair in pairwise(word.split())]
    return _neighbours([(second, first) for first, second in pairs])


def _neighbours(pairs: list[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return {one: frozenset(others) for one, others in found.items()}


@cache
def _words() -> frozenset[str]:
    """Return the words; none where the segmenter came without them."""
    package = find_spec("underthesea")
    for folder in (package and package.submodule_search_locations) or ():
        path = Path(folder) / _WORDS
        if path.is_file():
            # A file of a pinned package, no input.
            words = pickle.loads(path.read_bytes())  # noqa: S301
            return frozenset(map(str, words))
    return frozenset()
