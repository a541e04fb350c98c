"""spaCy -> ITS DOCUMENTS, loaded without torch.

spaCy's own library for training takes up torch wherever that is installed, for another program's
sake; that alone takes longer than to read ten pages, and nothing here trains with it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without(package: str) -> Iterator[None]:
    """Let *package* look as if it were not installed, unless it is loaded already."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment] # how Python itself marks it as absent
    try:
        yield
    finally:
        del sys.modules[package]


with _without("torch"):
    from spacy.tokens import Doc, Span, Token
    from spacy.util import get_words_and_spaces
    from spacy.vocab import Vocab

__all__ = ["Doc", "Span", "Token", "Vocab", "get_words_and_spaces"]
