"""UNIT + QUESTION -> WHY IT IS AN ANSWER: matched words by field, bodies, numbers, document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.fold import Token, read_tokens
from index.replies import Matched
from index.terms import ACCENTED
from ingest.model import Span

if TYPE_CHECKING:
    from index.finding import Asked
    from index.replies import Answer, MatchedField
    from index.weighing import Unit, Weighing
    from ingest.model import Role

_ROLES: dict[Role, str] = {
    "lead": "chủ trì, thực hiện",
    "coordinate": "phối hợp",
    "advise": "tham mưu",
    "support": "hỗ trợ",
}
FIELDS: Mapping[MatchedField, str] = {
    "code": "số hiệu",
    "title": "trích yếu",
    "headings": "đề mục",
    "clause": "nội dung",
    "task": "nhiệm vụ",
}
_MANY = 0.5  # of the best score of words, or of meaning
_TITLE = 0.3  # of the question, that a title covers
_PHRASES = 8  # that are named of a field


def explained(weighing: Weighing, unit: Unit, answer: Answer) -> tuple[str, ...]:
    """Return why a unit was chosen, in words for the person who asked."""
    signals = weighing.signals[unit.sketch.document]
    reasons = [f"Đúng cơ quan được hỏi: {fit.name} ({_ROLES[fit.role]})" for fit in unit.fits]
    for speaks, words in (
        (signals.number, f"Đúng số hiệu văn bản: {answer.code}"),
        (unit.words >= _MANY, "Nhiều từ trùng với câu hỏi"),
        (unit.meaning >= _MANY, "Nghĩa gần với câu hỏi"),
        (signals.title >= _TITLE, "Tên văn bản khớp với câu hỏi"),
        (signals.place > 0, "Đúng địa phương được hỏi"),
        (signals.year > 0, "Đúng năm được hỏi"),
    ):
        if speaks:
            reasons.append(words)
    if ended := weighing.ended.get(unit.sketch.document):
        since = f" từ {ended.since:%d/%m/%Y}" if ended.since else ""
        reasons.append(f"Lưu ý: văn bản này {ended.label.lower()}{since}")
    return tuple(reasons)


def matched(asked: Asked, answer: Answer) -> tuple[Matched, ...]:
    """Return the words of a question that stand in each field of an answer, as written there."""
    searched = _searched(asked)
    found = []
    for name, texts in _fields(answer):
        phrases = [phrase for text in texts for phrase in _phrases(text, searched)]
        if phrases:
            kept = tuple(dict.fromkeys(phrases))[:_PHRASES]
            found.append(Matched(field=name, words=kept))
    return tuple(found)


def marks(asked: Asked, words: str) -> tuple[Span, ...]:
    """Return where the words of a question stand in *words*."""
    searched = _searched(asked)
    return tuple(Span(token.start, token.end) for token in _tokens(words) if searched.has(token))


class _Searched(NamedTuple):
    """The single words of a question."""

    folded: frozenset[str]
    accented: frozenset[str]

    def has(self, token: Token) -> bool:
        """Tell whether *token* is one of them."""
        return token.folded in self.folded or token.accented in self.accented


def _searched(asked: Asked) -> _Searched:
    words = [term for term, _ in asked.question.terms if "_" not in term]
    accented = (word.removeprefix(ACCENTED) for word in words if word.startswith(ACCENTED))
    return _Searched(frozenset(words), frozenset(accented))


def _fields(answer: Answer) -> Iterator[tuple[MatchedField, tuple[str, ...]]]:
    yield "code", (answer.code,) if answer.code else ()
    yield "title", (answer.title,) if answer.title else ()
    yield "headings", tuple(heading.text for heading in answer.headings)
    yield "clause" if answer.task is None else "task", (answer.quote,)


def _phrases(text: str, searched: _Searched) -> Iterator[str]:
    """Yield each run of matched words of *text*."""
    run: list[Token] = []
    for token in _tokens(text):
        if searched.has(token):
            run.append(token)
        elif run:
            yield text[run[0].start : run[-1].end]
            run = []
    if run:
        yield text[run[0].start : run[-1].end]


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a title or heading, which stands above many answers, or of a quote."""
    return tuple(read_tokens(text))
