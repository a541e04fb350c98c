"""A QUESTION AND ITS ANSWERS -> READINGS: what was recognised, and what could be read otherwise.

Where it is unsure how a question is meant, the ways to read it are offered, each with the question
that is read thus; none is guessed in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.code_rows import printed
from index.near_numbers import near_numbers
from index.places_of import places_offered
from index.recognised import INTENTS, option, parts_of, replaced
from index.replies import Choice, Option, Reading

if TYPE_CHECKING:
    from index.finding import Asked, Sources
    from index.query import Question
    from index.replies import Answer, Sibling
    from ingest.model import Metadata

_MOST = 6  # options of one choice
_LIKELY = 3  # plans: those of the first answers
_LOOKED_AT = 20  # answers, for plans of several years
_WRITTEN_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def read_back(sources: Sources, asked: Asked, answers: Sequence[Answer] = ()) -> Reading:
    """Return a question as it was understood, with its parts and where it is unsure."""
    question = asked.question
    found = (
        *_home(sources, question),
        *_short_forms(question),
        *_numbers(sources, asked),
        *_places(sources, asked),
        *_intents(question),
        *_times(question),
        *_years(question, answers),
    )
    return replace(
        question.reading(),
        parts=tuple(parts_of(question)),
        choices=tuple(choice for choice in found if choice.options),
    )


def _home(sources: Sources, question: Question) -> Iterator[Choice]:
    for away in question.home.away:
        options = [
            option(question, name, replaced(question.text, away.start, away.end, name), count)
            for name, count in places_offered(sources, away.unit)
        ]
        about = f"“{away.surface}” là nơi nào? Chưa đặt nơi công tác."
        yield Choice(about=about, kind="home", options=tuple(options[:_MOST]))


def _short_forms(question: Question) -> Iterator[Choice]:
    for short in question.spelled.shortened:
        if short.clear:
            continue
        token = question.tokens[short.token]
        typed = question.text[token.start : token.end]
        options = (
            option(question, name, replaced(question.text, token.start, token.end, name))
            for name in short.meanings
        )
        yield Choice(about=f"“{typed}” là gì?", kind="abbreviation", options=tuple(options))


def _numbers(sources: Sources, asked: Asked) -> Iterator[Choice]:
    """Offer numbers near to one that none has, and the documents that share one."""
    question = asked.question
    for number in question.numbers:
        start, end = question.tokens[number.first].start, question.tokens[number.stop - 1].end
        typed = question.text[start:end]
        held = sources.store.by_code(number.pattern)
        if len(held) > 1:
            yield from _namesakes(question, typed, end, [row.entry.metadata for row in held])
        elif not held and not sources.store.cited_codes(number.pattern):
            near = [
                (printed(sources.store, known.key), known)
                for known in near_numbers(sources.store, number.pattern)
            ]
            options = tuple(
                option(
                    question,
                    code if known.held else f"{code} (chỉ được viện dẫn)",
                    replaced(question.text, start, end, code),
                    None if known.held else known.times,
                )
                for code, known in near
            )
            about = f"Thư viện không có số “{typed}”. Có phải là:"
            yield Choice(about=about, kind="number", options=options)


def _namesakes(
    question: Question, typed: str, end: int, held: Sequence[Metadata]
) -> Iterator[Choice]:
    """Offer the documents that have one number; not where the question says of where or when."""
    if question.places or question.years or len({(m.issuer, m.issued_on) for m in held}) < 2:  # noqa: PLR2004
        return
    options = []
    for metadata in held[:_MOST]:
        year = f" năm {metadata.issued_on.year}" if metadata.issued_on else ""
        of = f" của {metadata.issuer}" if metadata.issuer else ""
        asking = replaced(question.text, end, end, f"{of}{year}")
        label = f"{metadata.code or typed}{of}{year}"
        options.append(option(question, label, asking))
    about = f"Nhiều văn bản có số “{typed}”. Hỏi văn bản nào?"
    yield Choice(about=about, kind="document", options=tuple(options))


def _places(sources: Sources, asked: Asked) -> Iterator[Choice]:
    """Offer the places whose body may be meant where the question names none."""
    question = asked.question
    if question.places or question.numbers:
        return
    tasks = sources.gazetteer.tasks
    for mention in question.mentions:
        if mention.body.places:
            continue
        by_place: dict[tuple[str, ...], tuple[int, str]] = {}
        for match in sources.gazetteer.match(mention.body):
            places = sources.gazetteer.bodies[match.agency].places
            if places and _same(mention.body.core, sources.gazetteer.bodies[match.agency].core):
                count = tasks.get(match.agency, 0)
                best = by_place.get(places, (0, match.name))
                by_place[places] = max(best, (count, match.name))
        if len(by_place) < 2:  # noqa: PLR2004 - one place is no question
            continue
        ranked = sorted(by_place.values(), key=lambda pair: (-pair[0], pair[1]))[:_MOST]
        tokens = question.spelled.tokens
        start = question.tokens[tokens[mention.first]].start
        end = question.tokens[tokens[mention.stop - 1]].end
        options = tuple(
            option(question, name, replaced(question.text, start, end, name), count or None)
            for count, name in ranked
        )
        about = f"“{question.text[start:end]}” ở đâu?"
        yield Choice(about=about, kind="place", options=options)


def _same(asked: Sequence[str], held: Sequence[str]) -> bool:
    """Tell whether a body is of the kind asked for, be its name longer: "Sở Giáo dục"."""
    return tuple(held[: len(asked)]) == tuple(asked)


def _intents(question: Question) -> Iterator[Choice]:
    if question.others:
        options = tuple(
            Option(
                label=INTENTS[intent],
                question=question.text,
                fixed=replace(question.fixed, intent=intent),
                chosen=intent == question.intent,
            )
            for intent in (question.intent, *question.others)
        )
        yield Choice(about="Câu này hỏi gì?", kind="intent", options=options)


def _times(question: Question) -> Iterator[Choice]:
    if question.fixed.time:
        return
    for timed in question.times:
        period = timed.period
        words = period.surface
        if period.use == "either":
            options = (
                Option(
                    label=f"việc có hạn {words}",
                    question=question.text,
                    fixed=replace(question.fixed, time="due"),
                ),
                Option(
                    label=f"văn bản ban hành {words}",
                    question=question.text,
                    fixed=replace(question.fixed, time="document"),
                ),
            )
            yield Choice(about=f"“{words}” là thời gian nào?", kind="period", options=options)
        elif not period.year_given and (day := period.until or period.since):
            end = question.tokens[timed.stop - 1].end
            link = "/" if question.text[:end][-3:].count("/") else " năm "
            years = (
                option(
                    question,
                    f"{words}{link}{year}",
                    replaced(question.text, end, end, f"{link}{year}"),
                    chosen=year == day.year,
                )
                for year in (day.year - 1, day.year, day.year + 1)
            )
            yield Choice(about=f"“{words}” năm nào?", kind="period", options=tuple(years))


def _years(question: Question, answers: Sequence[Answer]) -> Iterator[Choice]:
    """Offer the years of a plan that the library holds for several, where none is named."""
    if question.years or question.numbers or any(t.period.year_given for t in question.times):
        return
    years: dict[tuple[str, str], dict[int, int]] = {}
    places: list[Answer | Sibling] = []
    for answer in answers[:_LOOKED_AT]:
        places += (answer, *answer.also)
    for place in places:
        if place.title and (year := _year_of(place)):
            plan = (_WRITTEN_YEAR.sub("", place.title).strip().lower(), place.issuer or "")
            held = years.setdefault(plan, {})
            held[year] = held.get(year, 0) + 1
    for (_, issuer), held in list(years.items())[:_LIKELY]:
        if len(held) > 1:
            options = tuple(
                option(
                    question,
                    f"năm {year}",
                    f"{question.text.rstrip(' ?.')} năm {year}",
                    held[year],
                )
                for year in sorted(held, reverse=True)
            )
            of = f" của {issuer}" if issuer else ""
            about = f"Thư viện có văn bản này{of} của nhiều năm. Hỏi năm nào?"
            yield Choice(about=about, kind="year", options=options[:_MOST])
            return


def _year_of(place: Answer | Sibling) -> int | None:
    """Return the year that a document is for: the one in its title, else that of its issue."""
    named = _WRITTEN_YEAR.findall(place.title or "")
    if len(set(named)) == 1:
        return int(named[0])
    return place.issued_on.year if place.issued_on and not named else None
