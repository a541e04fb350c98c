"""A DOCUMENT, A DAY -> ITS EFFECT ON THAT DAY (tình trạng hiệu lực), with what says so.

Texts decide: its own effect clause, who replaced, repealed, suspended or amended it and from when,
the years that a plan is for. The status that a portal prints is weaker, for nobody knows of which
day it is: it decides where no text says otherwise, and a difference is shown.

Source: Law 80/2015/QH13, Articles 151 to 154; Law 64/2025/QH15; Decree 30/2020/NĐ-CP.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from index.deeds import Deed, deeds_upon
from index.named import named_row
from index.plan_periods import last_day
from index.traces import STATES, Standing, State
from ingest.codes import find_date
from ingest.knowledge.tables import rows

if TYPE_CHECKING:
    from index.finding import Sources
    from index.named import Named
    from index.records import ClauseRow
    from index.store import Store

_LAWS = frozenset(
    {"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch"}
)
# At the head of a clause: "Giấy phép cấp trước ngày Luật này có hiệu lực …" speaks of licences, and
# words in quotation marks of the law that this one amends.
_OF_ITSELF = r"^(?:[-–•]\s*)?[^\W\d]\w*(?: \w+){0,3} này,? (?:sẽ )?"
_OWN = re.compile(rf"{_OF_ITSELF}(?:bắt đầu )?có hiệu lực", re.IGNORECASE)
_OWN_END = re.compile(
    rf"{_OF_ITSELF}"
    r"(?:có hiệu lực[^.;]{0,160}? (?:đến|tới) (?:hết )?|hết hiệu lực[^.;]{0,40}?từ )"
    r"(?P<day>ngày \d[^.;,]{5,28}\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """All that is known of a document's effect, whatever the day."""

    begins: dt.date | None
    stated: bool  # it says itself, or a portal, from when; else its day of issue counts
    ends: dt.date | None  # the last day, where it or its title says so
    ends_words: str | None  # "năm 2024"
    by_period: bool
    own: int | None  # the clause that says from when it is in force
    own_end: int | None
    deeds: tuple[Deed, ...]
    portal: str | None  # as printed
    held: bool
    issued_on: dt.date | None


def status_of(sources: Sources, numbers: Iterable[int], day: dt.date) -> dict[int, Standing]:
    """Return the effect of held documents on a day; cheap from the second time on.

    Args:
        sources: The library; it remembers what it has read until documents come or go.
        numbers: Of documents.
        day: The day asked about.
    """
    lives = _lives(sources)
    wanted = set(numbers)
    for number, row in sources.store.rows(wanted - lives.keys()).items():
        lives[number] = read_life(sources, named_row(sources, row))
    return {number: standing_on(lives[number], day) for number in wanted if number in lives}


# What was read for one generation of each open library: a search asks for the same ones again.
_READ: WeakKeyDictionary[Store, tuple[int, dict[int, Life]]] = WeakKeyDictionary()


def _lives(sources: Sources) -> dict[int, Life]:
    generation = sources.store.generation
    known = _READ.get(sources.store)
    if known is None or known[0] != generation:
        known = _READ[sources.store] = (generation, {})
    return known[1]


def read_life(sources: Sources, named: Named) -> Life:
    """Read what is known of the effect of a document, held or only cited."""
    deeds = deeds_upon(sources, named)
    if named.row is None:
        return Life(
            begins=None, stated=False, ends=None, ends_words=None, by_period=False, own=None,
            own_end=None, deeds=deeds, portal=None, held=False, issued_on=None,
        )  # fmt: skip
    metadata = named.row.entry.metadata
    about = sources.store.effect_clauses(named.row.number)
    said = [clause for _, clause in sorted(sources.store.clauses(about).items())]
    own = next((clause for clause in said if _OWN.search(clause.text)), None)
    own_end = next(((c, day) for c in said if (day := _end_in(c))), None)
    period = last_day(metadata.doc_type, metadata.title, metadata.issued_on)
    ends, words = (own_end[1], None) if own_end else (period or (None, None))
    # A law begins when it says so; what orders or plans, when it is signed.
    by_issue = None if metadata.doc_type in _LAWS else metadata.issued_on
    return Life(
        begins=metadata.effective_on or by_issue,
        stated=metadata.effective_on is not None,
        ends=ends,
        ends_words=words,
        by_period=own_end is None and period is not None,
        own=own.id if own else None,
        own_end=own_end[0].id if own_end else None,
        deeds=deeds,
        portal=metadata.status,
        held=True,
        issued_on=metadata.issued_on,
    )


def _end_in(clause: ClauseRow) -> dt.date | None:
    found = _OWN_END.search(clause.text)
    return read_day(found["day"]) if found else None


def read_day(words: str) -> dt.date | None:
    """Return the day in "01/7/2026" or "ngày 01 tháng 7 năm 2026"."""
    said = words if words.lower().startswith("ngày") else f"ngày {words}"
    found = find_date(said, anywhere=True)
    return found.date if found else None


def counts(deed: Deed, day: dt.date) -> bool:
    """Tell whether a deed is done on a day; one whose day is not known has been done."""
    return deed.since is None or deed.since <= day


def standing_on(life: Life, day: dt.date) -> Standing:
    """Return the effect on a day: what ends the whole first, then what touches a part."""
    return (
        _before_issue(life, day)
        or _ended(life, day)
        or _by_portal(life, day)
        or _touched(life, day)
        or _begun(life)
    )


def _before_issue(life: Life, day: dt.date) -> Standing | None:
    made = life.issued_on is not None and day < life.issued_on
    return standing("not-yet", since=life.begins) if made else None


def _ended(life: Life, day: dt.date) -> Standing | None:
    """Return what a text says of the whole: that it has ended, or not begun."""
    whole = [deed for deed in life.deeds if not deed.part and counts(deed, day)]
    if whole:
        first = min(whole, key=lambda deed: deed.since or dt.date.max)
        return _by(first, "suspended" if first.kind == "suspended" else "expired")
    if life.begins and day < life.begins:
        return standing("not-yet", since=life.begins)
    if life.ends and day > life.ends:
        after = life.ends + dt.timedelta(days=1)
        return standing("expired", since=after, by_period=life.by_period)
    return None


def _by_portal(life: Life, day: dt.date) -> Standing | None:
    printed, since = portal_state(life.portal), portal_day(life.portal)
    if printed in {"expired", "suspended"} and (since is None or since <= day):
        return standing(printed, since=since, sure=False)
    return None


def _touched(life: Life, day: dt.date) -> Standing | None:
    done = [deed for deed in life.deeds if counts(deed, day)]
    if done:
        return _by(max(done, key=lambda deed: deed.since or dt.date.min), "partly")
    return standing("partly", sure=False) if portal_state(life.portal) == "partly" else None


def _begun(life: Life) -> Standing:
    if life.begins:
        return standing("in-force", since=life.begins, sure=life.stated)
    if portal_state(life.portal) == "in-force":
        return standing("in-force", sure=False)
    return standing("unknown")


def _by(deed: Deed, state: State) -> Standing:
    code = deed.row.entry.metadata.code if deed.row else None
    if code is None and deed.told_by:
        said = deed.citation.reference
        code = said.code if deed.citation.code_key == deed.by else said.from_code
    return standing(state, since=deed.since, by=code or deed.by, sure=not deed.told_by)


def standing(
    state: State,
    *,
    since: dt.date | None = None,
    by: str | None = None,
    by_period: bool = False,
    sure: bool = True,
) -> Standing:
    """Return an effect with its name."""
    return Standing(
        state=state, label=STATES[state], since=since, by=by, by_period=by_period, sure=sure
    )


def portal_state(printed: str | None) -> State | None:
    """Return the state that a portal's words mean, or None."""
    words = " ".join((printed or "").casefold().split())
    known = [(name, state) for name, state in _portal_states() if words.startswith(name)]
    return max(known, key=lambda each: len(each[0]))[1] if known else None


def portal_day(printed: str | None) -> dt.date | None:
    """Return from when a portal's words say that it is so: "… từ ngày 01/7/2026"."""
    found = re.search(r"\d.*\d{4}", printed or "")
    return read_day(found[0]) if found else None


@cache
def _portal_states() -> tuple[tuple[str, State], ...]:
    states: dict[str, State] = {state: state for state in STATES}
    return tuple(
        (row["status"].casefold(), states[row["state"]]) for row in rows("portal_statuses")
    )
