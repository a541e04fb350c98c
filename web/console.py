"""WORDS -> TERMINAL: results to stdout, everything else to stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable


def put(lines: Iterable[str]) -> None:
    """Print results, a line each."""
    for line in lines:
        sys.stdout.write(line + "\n")


def tell(words: str) -> None:
    """Say something to the person, not to what reads the results."""
    sys.stderr.write(words + "\n")
