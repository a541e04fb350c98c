"""A BODY -> ALL ITS TASKS, by document, never only the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import EmptyQueryError
from index.fold import read_tokens
from index.phrases import respell
from index.quoting import Passage, quote
from index.replies import Answer, Duties, DutyGroup
from index.terms import Word, spell_out_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.finding import Sources
    from index.gazetteer import Match

_SURE = 0.8  # how well a body must fit to be the one that is meant


def duties_of(sources: Sources, agency: str) -> Duties:
    """Return every task of the body that *agency* names, in the order of documents and clauses.

    A name without a place ("Công an tỉnh") means the bodies of all places; the note says so.

    Raises:
        EmptyQueryError: *agency* has no word.
    """
    matches = match_body(sources, agency)
    if not matches:
        near = tuple(sources.gazetteer.suggest(agency))
        note = f"Thư viện không có nhiệm vụ nào của cơ quan “{agency}”."
        return Duties(agency=agency, matched=(), total=0, groups=(), note=note, suggestions=near)
    rows = sources.store.tasks_of_agencies([match.agency for match in matches])
    clauses = sources.store.clauses({row.clause for row in rows})
    cited = sources.store.citations_of_clauses(clauses)
    passages = [Passage(clauses[row.clause], row, cited.get(row.clause, ())) for row in rows]
    by_document: dict[int, list[Answer]] = {}
    for row, quoted in zip(rows, quote(sources, passages), strict=True):
        by_document.setdefault(row.document, []).append(quoted)
    papers = sources.papers(by_document)
    groups = tuple(
        DutyGroup(entry=papers[number].row.entry, duties=tuple(duties))
        for number, duties in sorted(by_document.items())
    )
    return Duties(
        agency=agency,
        matched=tuple(match.name for match in matches),
        total=len(rows),
        groups=groups,
        note=_note(matches),
    )


def match_body(sources: Sources, name: str) -> tuple[Match, ...]:
    """Return the bodies of the library that *name* means, the best fits first.

    A full name as the documents give it means that body alone.
    """
    tokens = read_tokens(name)
    if not tokens:
        raise EmptyQueryError(name)
    exact = sources.gazetteer.named(name)
    if exact:
        return exact
    pieces = respell([Word(token.folded, token.accented) for token in tokens])
    mentions = sources.gazetteer.find([word.folded for word in spell_out_words(pieces)])
    if not mentions:
        return ()
    found = sources.gazetteer.match(mentions[0].body)
    best = found[0].fit if found else 0.0
    return tuple(match for match in found if match.fit >= _SURE * best)


def _note(matches: Sequence[Match]) -> str | None:
    if len(matches) == 1:
        return None
    names = "; ".join(match.name for match in matches[:5])
    more = f" và {len(matches) - 5} cơ quan khác" if len(matches) > 5 else ""  # noqa: PLR2004
    return f"Tên này chỉ nhiều cơ quan trong thư viện: {names}{more}."
