"""CLAUSES -> FAMILIES: which clauses of the library say nearly the same (họ đoạn văn).

Clauses of the same folded words are one wording. Two wordings are near-identical when their words,
in order, agree by `NEAR` (twice the longest common subsequence over both lengths); those to be
compared are found by MinHash. Verified pairs join wordings to components, whoever came first.
Against chains in which the ends have little in common, a component is cut into families: in the
order of their hashes, which nobody chose, each wording joins the first leader that it agrees with
by `KIN`, or leads a family itself. So the families follow from what is held, not from how it came.

All of it is derived. What was done is noted with the rows, in one transaction: broken off anywhere
it is done again, and whatever is lost is made anew.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from index.band_files import BandFiles, Met, meet, run_of
from index.errors import LibraryFullError
from index.fold import folded_tokens
from index.minhash import BANDS, EDITION, bands_of, digest, length_in

if TYPE_CHECKING:
    from pathlib import Path

    from index.family_rows import Wording
    from index.lock import WriteLock
    from index.records import ClauseRow, Row
    from index.store import Store

FEWEST_WORDS = 8  # of a clause that can be told from others
_SHORT = 16  # words: below, a name that differs is much of the whole
NEAR = 0.7
NEAR_SHORT = 0.8
KIN = 0.5
# What every document has by its form (thể thức), and the bases, which citations trace.
FORMAL = frozenset({"letterhead", "title", "preamble", "recipients", "signature"})
_MADE_BY = f"{EDITION} {FEWEST_WORDS} {_SHORT} {NEAR} {NEAR_SHORT} {KIN} {len(FORMAL)}"
_LOOKED_AT = 16  # wordings that share most bands, for each new one
_MET_ONCE = 2  # of those that share a single band: one in 200 of them is near-identical
_TRIES = 6  # of one component
_CLAUSES_AT_ONCE = 4_000
_DOCUMENTS_AT_ONCE = 500
_WIDE = 1_000  # wordings of a component that is not taken apart any more


def words_of(text: str) -> list[str]:
    """Return what two clauses are compared by: folded words, names and numbers among them."""
    return folded_tokens(text)


def similarity(left: Sequence[str], right: Sequence[str]) -> float:
    """Return how much of two texts agrees, word for word in order: 0..1."""
    return float(Indel.normalized_similarity(left, right))


def near(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether two runs of words are near-identical."""
    least = NEAR if max(len(left), len(right)) >= _SHORT else NEAR_SHORT
    return float(Indel.normalized_similarity(left, right, score_cutoff=least)) >= least


def may_be_near(one: int, other: int) -> bool:
    """Tell whether texts of so many words can be near-identical at all."""
    return 2 * min(one, other) >= NEAR * (one + other)


class Families:
    """Keeps the families of a library in step with its clauses; writers alone need it."""

    def __init__(self, store: Store, lock: WriteLock, folder: Path) -> None:
        self._store = store
        self._lock = lock
        self._folder = folder
        self._files = BandFiles(folder / "families")
        self._known: dict[int, Sequence[str]] = {}  # words of wordings

    @property
    def current(self) -> bool:
        """Whether every clause has been looked at."""
        return self._done() >= self._store.generation

    def _done(self) -> int:
        return int(self._store.meta("families") or 0)

    def update(self) -> None:
        """Take in what came and went since the last time, some documents at once.

        Others may read meanwhile, and write in between.

        Raises:
            LibraryFullError, LibraryBusyError: What was done so far stays.
        """
        while not self.current:
            with self._lock.held():
                try:
                    self._step()
                except OSError as error:
                    raise LibraryFullError(self._folder) from error

    def _step(self) -> None:
        self._open()
        done = self._done()
        rest = self._store.since(done, limit=_DOCUMENTS_AT_ONCE)
        came = _some(rest)
        everything = len(came) == len(rest) < _DOCUMENTS_AT_ONCE
        upto = self._store.generation if everything else came[-1].generation
        gone = self._store.removed_since(done)
        gone += [(row.first_clause, row.first_clause + row.entry.clauses) for row in came]
        with self._store.writing():
            self._take_out(gone)
            names = self._take_in(came)
            self._store.set_meta("family bands", json.dumps(names))
            self._store.set_meta("families", str(upto))
        self._files.open(names)
        self._files.forget()

    def _open(self) -> None:
        """Open what is there; where it is lost, damaged or made otherwise, begin anew."""
        self._known.clear()  # what was taken back may have left its numbers to others
        made_by, names = self._store.meta("families made by"), self._store.meta("family bands")
        whole = made_by == _MADE_BY and self._files.open(json.loads(names or "[]"))
        if not whole or self._files.entries > 2 * BANDS * (self._store.count_wordings() + _WIDE):
            with self._store.writing():
                self._store.clear_families()
                self._store.set_meta("families", "0")
                self._store.set_meta("families made by", _MADE_BY)
                self._store.set_meta("family bands", "[]")
            self._files.open([])

    # What comes

    def _take_in(self, rows: Sequence[Row]) -> tuple[str, ...]:
        """Write the wordings of documents and what they join; return the files that hold now."""
        fresh = self._word(clause for row in rows for clause in self._clauses(row))
        if not fresh:
            return self._files.names
        keys = bands_of([self._words(wording) for wording in fresh])
        run = run_of(keys, fresh)
        joined = self._join(fresh, meet(keys, [*self._files.runs, run]))
        self._settle(fresh, joined)
        return self._files.add(run)

    def _clauses(self, row: Row) -> Iterator[ClauseRow]:
        return (each for each in self._store.clauses_of(row.number) if each.kind not in FORMAL)

    def _word(self, clauses: Iterable[ClauseRow]) -> list[int]:
        """Write the wordings of clauses; return those that are new, in order."""
        found = {}
        texts: dict[int, list[str]] = {}
        for clause in clauses:
            words = words_of(clause.text)
            if len(words) >= FEWEST_WORDS:
                found[clause.id] = digest(words)
                texts.setdefault(found[clause.id], words)
        known = self._store.wordings_by_hash(texts)
        new = self._store.insert_wordings([each for each in texts if each not in known])
        known |= new
        self._known.update((wording, texts[hash_]) for hash_, wording in new.items())
        self._store.word_clauses((clause, known[hash_]) for clause, hash_ in found.items())
        return sorted(new.values())

    def _join(self, fresh: Sequence[int], met: Met) -> Joined:
        """Join each new wording with what is near-identical among those that share its bands."""
        known = self._store.wordings(met.wording.tolist())
        joined = Joined({wording.id: wording.component for wording in known.values()})
        bounds = met.asked.searchsorted(range(len(fresh) + 1))
        for at, wording in enumerate(fresh):
            some = slice(bounds[at], bounds[at + 1])
            several = int((met.shared[some] > 1).sum())
            most = min(several + _MET_ONCE, _LOOKED_AT + 1)  # itself among them
            order = (-met.shared[some]).argsort(kind="stable")[:most]
            others = [known[each] for each in met.wording[some][order].tolist() if each in known]
            self._compare(known[wording], others, joined)
        return joined

    def _compare(self, wording: Wording, others: Sequence[Wording], joined: Joined) -> None:
        tried: dict[int, int] = defaultdict(int)
        for other in others:
            component = joined.component(other.id)
            if component == joined.component(wording.id) or tried[component] == _TRIES:
                continue
            if not may_be_near(length_in(wording.hash), length_in(other.hash)):
                continue
            tried[component] += 1
            if near(self._words(wording.id), self._words(other.id)):
                joined.join(wording.id, other.id)

    # Families

    def _settle(self, fresh: Sequence[int], joined: Joined) -> None:
        """Write the components that have grown, and cut them into families."""
        entering: dict[int, list[int]] = defaultdict(list)
        for wording in fresh:
            entering[joined.component(wording)].append(wording)
        for component, merged in joined.grown().items():
            new = entering[component]
            old = sorted(set(merged) - set(new))
            if len(old) == 1 and all(self._enter(wording, old[0]) for wording in new):
                continue
            members = [each for old_one in merged for each in self._store.component(old_one)]
            self._cut(component, members)

    def _enter(self, wording: int, component: int) -> bool:
        """Let a wording follow a leader of a component; False: it must be cut anew."""
        [own] = self._store.wordings([wording]).values()
        for leader in self._store.leaders(component):
            if leader.hash < own.hash and self._kin(wording, leader.id):
                self._store.set_families({wording: (component, leader.id)})
                return True
        return False

    def _cut(self, component: int, members: Iterable[Wording]) -> None:
        """Write the families of a component."""
        leaders: list[int] = []
        found = {}
        for member in sorted(members, key=lambda each: each.hash):
            led = (leader for leader in leaders if self._kin(member.id, leader))
            leader = next(led, None)
            if leader is None:
                leader = member.id
                leaders.append(leader)
            found[member.id] = (component, leader)
        self._store.set_families(found)

    def _kin(self, one: int, other: int) -> bool:
        words = self._words(one), self._words(other)
        return float(Indel.normalized_similarity(*words, score_cutoff=KIN)) >= KIN

    def _words(self, wording: int) -> Sequence[str]:
        if wording not in self._known:
            self._known[wording] = words_of(self._store.text_of(wording) or "")
        return self._known[wording]

    # What goes

    def _take_out(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Forget clauses; components whose wordings went are joined and cut anew."""
        for component in {wording.component for wording in self._store.unword(ranges)}:
            left = self._store.component(component)
            if len(left) > _WIDE:  # too many to compare again: they stay one
                self._cut(component, left)
                continue
            ids = [wording.id for wording in left]
            self._store.set_families({each: (each, each) for each in ids})
            if ids:
                keys = bands_of([self._words(each) for each in ids])
                joined = self._join(ids, meet(keys, [run_of(keys, ids)]))
                self._settle(ids, joined)


class Joined:
    """Components that grow together (union-find); each is named by the oldest of them."""

    def __init__(self, component_of: dict[int, int]) -> None:
        self._component_of = component_of
        self._into: dict[int, int] = {}

    def component(self, wording: int) -> int:
        """Return the component that a wording belongs to now."""
        return self._root(self._component_of[wording])

    def _root(self, component: int) -> int:
        while (above := self._into.get(component, component)) != component:
            self._into[component] = self._into.get(above, above)
            component = above
        return component

    def join(self, one: int, other: int) -> None:
        """Make one component of those of two wordings."""
        first, second = sorted((self.component(one), self.component(other)))
        self._into[second] = first

    def grown(self) -> dict[int, list[int]]:
        """Return the components that others have become part of, with all that they were."""
        found: dict[int, list[int]] = defaultdict(list)
        for component in list(self._into):
            found[self._root(component)].append(component)
        return {root: sorted({root, *parts}) for root, parts in found.items()}


def _some(rows: Sequence[Row]) -> list[Row]:
    """Return the first documents, of some thousands of clauses together; at least one."""
    clauses = 0
    for count, row in enumerate(rows, 1):
        clauses += row.entry.clauses
        if clauses >= _CLAUSES_AT_ONCE:
            return list(rows[:count])
    return list(rows)
