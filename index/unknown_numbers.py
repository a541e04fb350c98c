"""NUMBERS THAT A QUESTION NAMES -> A NOTE on those that the library neither holds nor cites.

Other documents may say something of the topic, but not what the one asked for says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.code_rows import printed
from index.near_numbers import near_numbers

if TYPE_CHECKING:
    from index.finding import Sources
    from index.query import Question

_NEAR = 3  # numbers that are offered


def note_on_numbers(sources: Sources, question: Question, *, answered: bool) -> str | None:
    """Return what is to be said of numbers that no document has or cites; None: nothing.

    Args:
        sources: The library.
        question: As it was read.
        answered: Whether there are answers, of other documents.
    """
    notes = []
    for number in question.numbers:
        if sources.store.by_code(number.pattern) or sources.store.cited_codes(number.pattern):
            continue
        tokens = question.tokens[number.first : number.stop]
        typed = question.text[tokens[0].start : tokens[-1].end]
        notes.append(f"Thư viện không có văn bản “{typed}” và không văn bản nào viện dẫn nó.")
        known = near_numbers(sources.store, number.pattern, limit=_NEAR)
        near = [printed(sources.store, each.key) for each in known]
        if near:
            notes.append(f"Số gần giống: {'; '.join(near)}.")
    if notes and answered:
        notes.append("Các đoạn dưới đây là của văn bản khác.")
    return " ".join(notes) or None
