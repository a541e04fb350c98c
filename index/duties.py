"""A BODY -> ALL ITS TASKS, by document, never only the first of them.

Asked for now, also what other bodies were given whose function passed to it since: what a document
says stays as it is, and beside each body stands who is responsible now.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from index.duty_replies import Duties, DutyGroup, DutyView
from index.edges import DATA_AS_OF
from index.errors import EmptyQueryError
from index.fold import read_tokens
from index.listing import Listing
from index.phrases import respell
from index.quoting import Passage, quote
from index.sketches import Duty, due_of
from index.taking_over import Asked, taken_over
from index.terms import Word, spell_out_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.finding import Sources
    from index.gazetteer import Match, Mention
    from index.records import TaskRow

_EVERY = DutyView()
_SURE = 0.8  # how well a body must fit to be the one that is meant


def duties_of(
    sources: Sources, agency: str, *, now: bool = False, view: DutyView = _EVERY
) -> Duties:
    """Return the tasks of the body that *agency* names, with the total; every one by default.

    A name without a place ("Công an tỉnh") means the bodies of all places; the note says so.

    Raises:
        EmptyQueryError: *agency* has no word.
    """
    matches = match_body(sources, agency)
    duties = sources.store.duties_of_agencies([match.agency for match in matches])
    inherited = taken_over(sources, Asked(agency, matches, _named(sources, agency))) if now else {}
    held = {duty.task for duty in duties}
    duties += [_inherited(*each) for task, each in inherited.items() if task not in held]
    if not duties:
        near = tuple(sources.gazetteer.suggest(agency))
        note = f"Thư viện không có nhiệm vụ nào của cơ quan “{agency}”."
        return Duties(
            agency=agency, matched=(), total=0, groups=(), note=note, suggestions=near, view=view
        )
    listing = Listing(sources.papers({duty.document for duty in duties}), sources.today())
    passing = listing.sort(listing.passing(duties, view), view.sort)
    stop = None if view.limit is None else view.offset + view.limit
    return Duties(
        agency=agency,
        matched=tuple(match.name for match in matches),
        total=len(duties),
        groups=_groups(sources, passing[view.offset : stop]),
        note=_note(matches) if len(matches) > 1 else None,
        now=now,
        predecessors=tuple(sorted({name for names in inherited.values() for name in names[1]})),
        data_as_of=DATA_AS_OF if now else None,
        shown=len(passing),
        documents=len({duty.document for duty in duties}),
        facets=listing.facets(duties, view),
        view=view,
    )


def _inherited(row: TaskRow, names: Sequence[str]) -> Duty:
    roles = sorted({actor.role for actor in row.task.actors if actor.agency in names})
    return Duty(row.id, row.document, due_of(row.task), ",".join(roles))


def _groups(sources: Sources, duties: Sequence[Duty]) -> tuple[DutyGroup, ...]:
    """Read and quote duties, those of one document that follow each other in one group."""
    rows = sources.store.tasks(duty.task for duty in duties)
    clauses = sources.store.clauses({row.clause for row in rows.values()})
    cited = sources.store.citations_of_clauses(clauses)
    found = [rows[duty.task] for duty in duties]
    passages = [Passage(clauses[row.clause], row, cited.get(row.clause, ())) for row in found]
    papers = sources.papers.read({row.document for row in found})
    quoted = zip(found, quote(sources, passages), strict=True)
    return tuple(
        DutyGroup(entry=papers[number].row.entry, duties=tuple(answer for _, answer in those))
        for number, those in groupby(quoted, key=lambda pair: pair[0].document)
    )


def match_body(sources: Sources, name: str) -> tuple[Match, ...]:
    """Return the bodies of the library that *name* means, the best fits first.

    A full name as the documents give it means that body alone.
    """
    exact = sources.gazetteer.named(name)
    mention = _named(sources, name)
    if exact or mention is None:
        return exact
    found = sources.gazetteer.match(mention.body)
    best = found[0].fit if found else 0.0
    return tuple(match for match in found if match.fit >= _SURE * best)


def _named(sources: Sources, name: str) -> Mention | None:
    """Return the body that a name means, held or not; None where it names none that is known."""
    tokens = read_tokens(name)
    if not tokens:
        raise EmptyQueryError(name)
    pieces = respell([Word(token.folded, token.accented) for token in tokens])
    mentions = sources.gazetteer.find([word.folded for word in spell_out_words(pieces)])
    return mentions[0] if mentions else None


def _note(matches: Sequence[Match]) -> str:
    names = "; ".join(match.name for match in matches[:5])
    more = f" và {len(matches) - 5} cơ quan khác" if len(matches) > 5 else ""  # noqa: PLR2004
    return f"Tên này chỉ nhiều cơ quan trong thư viện: {names}{more}."
