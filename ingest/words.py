"""TEXT -> WORDS: a spaCy `Doc` of Vietnamese words (từ) at exact offsets, which carries findings.

Recognisers mark where something stands (`mark(doc, "deadlines", …)`); readers say what it means.
So a trained spaCy component that writes the same span group can take a rule's place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ingest.spacy_light import Doc, Vocab, get_words_and_spaces
from ingest.spacy_light import Span as DocSpan

if TYPE_CHECKING:
    from spacy.tokens import Token

VOCAB = Vocab()
_TEXT = "text"
_PLAIN_WORD = re.compile(r"\w+|[^\w\s]")
_PARAGRAPHS_KEPT = 20_000  # the genre copies itself: a paragraph is segmented once


def read_words(text: str) -> Doc:
    r"""Split *text* into Vietnamese words, compounds kept whole.

    Args:
        text: NFC, paragraphs ended by "\n".

    Returns:
        A `Doc` with `doc.text == text`: `token.idx` is an offset into *text*.
    """
    words = [word for line in text.split("\n") for word in _segment(line)]
    tokens, spaces = get_words_and_spaces(words, text)
    return Doc(VOCAB, words=tokens, spaces=spaces, user_data={_TEXT: text})


def text_of(doc: Doc) -> str:
    """Return the text that *doc* was read from: `doc.text`, without putting it together again."""
    text: str = doc.user_data[_TEXT]
    return text


@lru_cache(maxsize=_PARAGRAPHS_KEPT)
def _segment(line: str) -> tuple[str, ...]:
    if not line.strip():
        return ()
    # Its translator loads transformers and torch, which takes four times as long as all the rest.
    sys.modules.setdefault("underthesea.pipeline.translate", None)  # type: ignore[arg-type]
    from underthesea import word_tokenize  # noqa: PLC0415 - takes a second; only when needed

    # Left on, underthesea respells tone marks ("hoà" -> "hòa") and offsets are lost.
    words = tuple(word_tokenize(line, use_token_normalize=False))
    return words if _stand_in(line, words) else tuple(_PLAIN_WORD.findall(line))


def _stand_in(line: str, words: tuple[str, ...]) -> bool:
    """Tell whether the words make up *line*: underthesea alters a sign or a space now and then."""
    place = 0
    for word in words:
        found = line.find(word, place)
        if found < 0 or line[place:found].strip():
            return False
        place = found + len(word)
    return not line[place:].strip()


def mark(doc: Doc, group: str, found: Iterable[tuple[int, int, str]]) -> list[DocSpan]:
    """Add (start, end, label) stretches of characters to a span group of *doc*, in text order.

    A word that a stretch cuts is split there, so every span covers its characters exactly.

    Returns:
        The whole group, sorted by place.
    """
    stretches = sorted(found)
    _split_at(doc, {place for start, end, _ in stretches for place in (start, end)})
    spans = list(doc.spans.get(group, []))
    for start, end, label in stretches:
        span = doc.char_span(start, end, label=label)
        if span is None:
            raise ValueError(f"no words at {start}..{end} for {group}/{label}")
        spans.append(span)
    spans.sort(key=lambda span: (span.start_char, span.end_char))
    doc.spans[group] = spans
    return spans


def _split_at(doc: Doc, places: set[int]) -> None:
    if not len(doc):
        return
    starts, lengths = doc.to_array(["IDX", "LENGTH"]).astype(int).T
    cuts: dict[int, list[int]] = {}
    for place in sorted(places):
        index = int(np.searchsorted(starts, place, side="right")) - 1
        if index >= 0 and starts[index] < place < starts[index] + lengths[index]:
            cuts.setdefault(index, []).append(place - int(starts[index]))
    if not cuts:
        return
    # Spans count words: those of the groups already there would slip when words are split.
    marked = {
        name: [(span.start_char, span.end_char, span.label_) for span in group]
        for name, group in doc.spans.items()
    }
    with doc.retokenize() as retokenizer:
        for index, inner in cuts.items():
            token = doc[index]
            parts = _parts(token, inner)
            retokenizer.split(token, parts, heads=[(token, n) for n in range(len(parts))])
    for name, stretches in marked.items():
        spans = (doc.char_span(start, end, label=label) for start, end, label in stretches)
        doc.spans[name] = [span for span in spans if span is not None]


def _parts(token: Token, inner: list[int]) -> list[str]:
    bounds = [0, *inner, len(token)]
    return [token.text[a:b] for a, b in pairwise(bounds)]
