"""A QUESTION -> CANDIDATES: the clauses that may answer, from words, meaning and bodies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from index.engine import Wanted
from index.fusion import (
    lighten_laws,
    matching,
    of_best,
    shares_for,
    spread,
    stated,
    worth_of_terms,
)
from index.present import today
from index.ranking import (
    MEANING_DEPTH,
    WORDS_DEPTH,
    wanted,
    wanted_once,
)

if TYPE_CHECKING:
    import datetime as dt

    from numpy.typing import NDArray

    from index.engine import Snapshot
    from index.gazetteer import Gazetteer, Match
    from index.papers import Papers
    from index.query import Question
    from index.store import Store

_HUNTED = 10  # documents that are weighed as a whole where a question looks for one
_LONGEST_NAME = 30  # words of a document's name that is looked for
_BESIDE = 8  # things asked at once beside others
_WITH_TASKS = 200  # where words find the clauses of the bodies, not all of them are asked for
_MANY_TERMS = 50_000  # whose frequencies are remembered
_PAIRED = 150  # clauses, those that match best, whose pairs of words are looked up
_OF_MANY = 3  # or a third of them, where many are wanted
_CITING = 300  # clauses that cite what is named
MOST_WITH_TASKS = 1_000  # clauses of the bodies asked for that are weighed one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where answers come from: one state of the library."""

    store: Store
    index: Snapshot
    embed: Callable[[str], NDArray[np.float32]] | None  # None: words alone
    gazetteer: Gazetteer
    papers: Papers
    places: frozenset[str]  # of its documents, as written
    total: int  # clauses
    today: Callable[[], dt.date] = today  # the day for which bodies are traced
    _frequencies: dict[str, int] = field(default_factory=dict)  # of terms asked for

    def frequency(self, term: str) -> int:
        """Return in how many clauses a folded term stands, in their text or headings."""
        known = self._frequencies.get(term)
        if known is None:
            in_text, in_headings = (
                self.index.frequency(term),
                self.index.frequency(term, name="context"),
            )
            known = max(in_text, in_headings)
            if len(self._frequencies) < _MANY_TERMS:
                self._frequencies[term] = known
        return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The clauses that may answer."""

    clauses: frozenset[int]
    words: dict[int, float]  # how well they match, 0..1; no word matches the others
    meaning: dict[int, float]  # how near they are, 0..1


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with what its names mean in this library."""

    question: Question
    matches: tuple[tuple[Match, ...], ...] = ()  # for each body that it names and the library knows
    documents: frozenset[int] = frozenset()  # held, that it names by number or name
    keys: frozenset[str] = frozenset()  # of the numbers that it names, held or cited
    titles: frozenset[str] = frozenset()  # of laws that it names
    faces: frozenset[int] = frozenset()  # the clauses that stand for the documents it names
    hunted: frozenset[int] = frozenset()  # those of documents whose titles fit, where it hunts one
    facts: dict[str, frozenset[str]] = field(default_factory=dict)  # filters
    due_by: int | None = None
    depth: int = WORDS_DEPTH  # how many clauses the words bring

    @cached_property
    def meaning_weight(self) -> float:
        """What meaning counts against words."""
        return shares_for(self.question).meaning

    @property
    def by_number(self) -> bool:
        """Whether it names a document by its number and says no more."""
        return bool(self.question.numbers) and not self.question.terms

    @property
    def filtered(self) -> bool:
        """Whether filters narrow what may be found."""
        return bool(self.facts) or self.due_by is not None

    @property
    def agencies(self) -> dict[int, float]:
        """The bodies that are asked for, and how well each fits."""
        fits: dict[int, float] = {}
        for matches in self.matches:
            for match in matches:
                fits[match.agency] = max(match.fit, fits.get(match.agency, 0.0))
        return fits


def understand(
    sources: Sources,
    question: Question,
    *,
    facts: dict[str, frozenset[str]] | None = None,
    due_by: int | None = None,
) -> Asked:
    """Look up what the names and numbers of a question mean in the library.

    Args:
        sources: The library.
        question: As it was read.
        facts: The filters, as the index of words takes them.
        due_by: Only what is due by this day, counted from year 1.
    """
    found = [tuple(sources.gazetteer.match(m.body)) for m in question.mentions]
    documents: set[int] = set()
    keys: set[str] = set()
    for number in question.numbers:
        held = sources.store.by_code(number.pattern)
        documents |= {row.number for row in held}
        keys |= {key for key, _ in sources.store.cited_codes(number.pattern)}
        keys |= {number.pattern} if "%" not in number.pattern else set()
    names = _names(question)
    documents |= sources.store.titled(name for name in names if name.count(" ") > 1)
    matches = tuple(matches for matches in found if matches)
    if matches and question.intent == "what":
        question = question.without_bodies()  # its tasks are known: that it is named says no more
    question = lighten_laws(question, partial(sources.index.frequency, name="title"))
    return Asked(
        question=question,
        matches=matches,
        documents=frozenset(documents),
        keys=frozenset(keys),
        titles=frozenset(_titles(sources, names)),
        faces=frozenset(sources.store.faces(documents)),
        hunted=frozenset(_hunted(sources, question)),
        facts=facts or {},
        due_by=due_by,
    )


def _names(question: Question) -> list[str]:
    """Return every run of words of a question that may be the name of a document."""
    words = [piece.folded for piece in question.pieces]
    return [
        " ".join(words[at : at + length])
        for at in range(len(words))
        for length in range(2, min(_LONGEST_NAME, len(words) - at) + 1)
    ]


def _titles(sources: Sources, names: Sequence[str]) -> list[str]:
    """Return the cited titles among *names*, not those within a longer one."""
    named = sources.store.cited_among(names)
    return [t for t in named if not any(t != other and t in other for other in named)]


def _hunted(sources: Sources, question: Question) -> list[int]:
    if "document" not in question.tags or not question.doc_types:
        return []
    terms = [("title", term, weight) for term, weight in question.terms]
    faces = Wanted(terms=terms, facts={"face": frozenset({"yes"})})
    return sources.index.words(faces, _HUNTED).clauses.tolist() if terms else []


def find_candidates(sources: Sources, asked: Asked) -> Found:
    """Return the clauses that words, meaning or the bodies asked for bring."""
    if asked.by_number:  # no other number is like it
        return Found(clauses=frozenset(of_number(sources, asked)), words={}, meaning={})
    named = set() if asked.filtered else _by_name(sources, asked)
    words, meaning = _by_content(sources, asked)
    return Found(clauses=frozenset({*words, *meaning, *named}), words=words, meaning=meaning)


def of_number(sources: Sources, asked: Asked) -> list[int]:
    """Return the clauses that stand for the numbers asked for or cite them, and pass the filters.

    Ascending.
    """
    named = sorted(_by_name(sources, asked))
    passing = _passing(asked)
    if passing is None or not named:
        return named
    found: list[int] = sources.index.passing(replace(passing, among=named)).tolist()
    return found


def _by_content(sources: Sources, asked: Asked) -> tuple[dict[int, float], dict[int, float]]:
    """Return how well clauses match in words, and how near they are in meaning."""
    question = asked.question
    query = wanted(question, asked.facts, due_by=asked.due_by)
    meaning = beside().submit(_nearest, sources, asked)
    hits = dict(sources.index.words(query, asked.depth).pairs() if question.terms else ())
    if question.terms and asked.agencies and not asked.filtered:
        of_bodies = replace(query, facts=_of_bodies(asked))
        hits |= sources.index.words(of_bodies, WORDS_DEPTH).pairs()
    vector, near = meaning.result()
    others = [clause for clause in hits if clause not in near]
    some = [clause for clause in near if clause not in hits]
    if vector is not None and others:
        near |= sources.index.meaning(vector, len(others), within=Wanted(among=others)).pairs()
    if some and question.terms:  # what meaning alone has brought has words too
        hits |= sources.index.words(replace(query, among=some), len(some)).pairs()
    return _weighed(sources, question, hits, near)


def _weighed(
    sources: Sources, question: Question, hits: dict[int, float], near: dict[int, float]
) -> tuple[dict[int, float], dict[int, float]]:
    """Return scores of words and cosines as shares, pairs and rarer words counting too."""
    shares = shares_for(question)
    found = sorted({*hits, *near})
    matched = np.array([hits.get(clause, 0.0) for clause in found])
    meaning = spread(np.array([near.get(clause, np.nan) for clause in found]))
    likely = of_best(matched) / 2 + shares.meaning * meaning
    best = np.argsort(-likely, kind="stable")[: max(_PAIRED, len(found) // _OF_MANY)]
    worth = worth_of_terms(question, sources.frequency, sources.total)
    query = wanted_once(worth, [found[at] for at in best.tolist()])
    held = dict(sources.index.words(query, len(best)).pairs() if found and worth else ())
    words = matching(shares, matched, np.array([held.get(clause, 0.0) for clause in found]))
    return (
        dict(zip(found, words.tolist(), strict=True)),
        dict(zip(found, meaning.tolist(), strict=True)) if near else {},
    )


def _of_bodies(asked: Asked) -> dict[str, frozenset[str]]:
    names = frozenset(match.name for matches in asked.matches for match in matches)
    return {"agency": names}


def _nearest(sources: Sources, asked: Asked) -> tuple[NDArray[np.float32] | None, dict[int, float]]:
    """Return the question's vector, and the nearest clauses.

    Nothing for a question typed without accents: its vector means little.
    """
    if sources.embed is None or not asked.question.accents:
        return None, {}
    vector = sources.embed(stated(asked.question.text))
    near = sources.index.meaning(vector, MEANING_DEPTH, within=_passing(asked))
    return vector, dict(near.pairs())


@cache
def beside() -> ThreadPoolExecutor:
    """Return threads that ask the engine one thing while another is asked."""
    return ThreadPoolExecutor(_BESIDE, "beside")


def _passing(asked: Asked) -> Wanted | None:
    return Wanted(facts=asked.facts, due_by=asked.due_by) if asked.filtered else None


def _by_name(sources: Sources, asked: Asked) -> set[int]:
    """Return the clauses with tasks of the bodies named, and those that cite what is named."""
    store = sources.store
    found = {*asked.faces, *asked.hunted}
    if asked.agencies:
        most = MOST_WITH_TASKS if asked.question.intent == "what" else _WITH_TASKS
        found.update(store.clauses_of_agencies(asked.agencies, most))
    relations = sorted(asked.question.relations)
    for key in asked.keys:
        found.update(store.clauses_citing(code=key, relations=relations, limit=_CITING))
    for title in asked.titles:
        found.update(store.clauses_citing(title=title, relations=relations, limit=_CITING))
    return found
