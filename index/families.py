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
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from itertools import pairwise
from threading import Event, Thread
from typing import TYPE_CHECKING

import numpy as np

from index.band_files import BandFiles, Met, meet, run_of
from index.errors import LibraryBusyError, LibraryFullError
from index.kinship import KIN, NEAR, NEAR_SHORT, SHORT, Joined, kin, may_be_near, near, one_piece
from index.minhash import BANDS, EDITION, bands_of, digest
from index.word_signs import signs_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from index.family_rows import Wording
    from index.lock import WriteLock
    from index.records import Row
    from index.store import Store

FEWEST_WORDS = 8  # of a clause that can be told from others
# What every document has by its form (thể thức), and the bases, which citations trace.
FORMAL = frozenset({"letterhead", "title", "preamble", "recipients", "signature"})
_MADE_BY = f"{EDITION} {FEWEST_WORDS} {SHORT} {NEAR} {NEAR_SHORT} {KIN} {len(FORMAL)}"
_LOOKED_AT = 16  # wordings that share most bands, for each new one
_MET_ONCE = 2  # of those that share a single band: one in 200 of them is near-identical
_TRIES = 6  # of one component
_CLAUSES_AT_ONCE = 4_000
_DOCUMENTS_AT_ONCE = 500
_WIDE = 1_000  # wordings of a component that is not taken apart any more
_PAUSE = 0.03  # seconds between two steps, in which others may write


class Families:
    """Keeps the families of a library in step with its clauses; writers alone need it."""

    def __init__(self, store: Store, lock: WriteLock, folder: Path) -> None:
        self._store = store
        self._lock = lock
        self._folder = folder
        self._files = BandFiles(folder / "families")
        self._counted = 0  # entries of the files when the wordings were counted last
        self._words: dict[int, str] = {}  # of wordings, within a step
        self._stop = Event()
        self._beside: Thread | None = None

    @property
    def current(self) -> bool:
        """Whether every clause has been looked at."""
        return self._done() >= self._store.generation

    def _done(self) -> int:
        return int(self._store.meta("families") or 0)

    def behind(self) -> int:
        """Return how many clauses have not been looked at yet."""
        return 0 if self.current else self._store.count_clauses_since(self._done())

    def update(self) -> None:
        """Take in what came and went since the last time, some documents at once.

        Others may read meanwhile, and write in between.

        Raises:
            LibraryFullError, LibraryBusyError: What was done so far stays.
        """
        while not self.current and not self._stop.is_set():
            with self._lock.held():
                try:
                    self._step()
                except OSError as error:
                    raise LibraryFullError(self._folder) from error
            if not self.current:
                self._stop.wait(_PAUSE)

    def keep_up(self, *, patience: float) -> None:
        """Do the same on a thread of its own; wait for it no longer than *patience* seconds.

        Where the disk is full or another program writes for long, what was done stays.
        """
        if self._beside is None or not self._beside.is_alive():
            self._beside = Thread(target=self._quietly, name="families", daemon=True)
            self._beside.start()
        self._beside.join(patience)

    def _quietly(self) -> None:
        with suppress(LibraryFullError, LibraryBusyError):
            self.update()

    def close(self) -> None:
        """Break off what is done beside, after its step; the rest waits for the next time."""
        if self._beside is not None and self._beside.is_alive():
            self._stop.set()
            self._beside.join()

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
        self._words.clear()

    def _open(self) -> None:
        """Open what is there; where it is lost, damaged or made otherwise, begin anew."""
        self._words.clear()  # what was taken back may have left its numbers to others
        made_by, names = self._store.meta("families made by"), self._store.meta("family bands")
        whole = made_by == _MADE_BY and self._files.open(json.loads(names or "[]"))
        if not whole or self._worn():
            with self._store.writing():
                self._store.clear_families()
                self._store.set_meta("families", "0")
                self._store.set_meta("families made by", _MADE_BY)
                self._store.set_meta("family bands", "[]")
            self._files.open([])

    def _worn(self) -> bool:
        """Tell whether most of what the files hold is of wordings that have gone."""
        if self._files.entries <= max(2 * BANDS * _WIDE, 1.25 * self._counted):
            return False
        self._counted = self._files.entries
        return self._counted > 2 * BANDS * (self._store.count_wordings() + _WIDE)

    # What comes

    def _take_in(self, rows: Sequence[Row]) -> tuple[str, ...]:
        """Write the wordings of documents and what they join; return the files that hold now."""
        fresh = self._word(rows)
        if not fresh:
            return self._files.names
        keys = bands_of([self._words[wording] for wording in fresh])
        run = run_of(keys, fresh)
        joined = self._join(fresh, meet(keys, [*self._files.runs, run]))
        self._settle(fresh, joined)
        return self._files.add(run)

    def _word(self, rows: Iterable[Row]) -> list[int]:
        """Write the wordings of documents' clauses; return those that are new, in order."""
        found = {}
        words: dict[int, str] = {}
        for row in rows:
            for clause, kind, text in self._store.texts_of(row.number):
                signs = signs_of(text) if kind not in FORMAL else ""
                if len(signs) >= FEWEST_WORDS:
                    found[clause] = digest(signs)
                    words[found[clause]] = signs
        known = self._store.wordings_by_hash(words)
        new = self._store.insert_wordings(
            {hash_: words[hash_] for hash_ in words if hash_ not in known}
        )
        known |= new
        self._words.update((wording, words[hash_]) for hash_, wording in new.items())
        self._store.word_clauses((clause, known[hash_]) for clause, hash_ in found.items())
        return sorted(new.values())

    def _join(self, fresh: Sequence[int], met: Met) -> Joined:
        """Join each new wording with what is near-identical among those that share its bands."""
        met = _closest(met)
        known = self._store.wordings(np.unique(met.wording).tolist())
        self._words.update((wording.id, wording.words) for wording in known.values())
        joined = Joined({wording.id: wording.component for wording in known.values()})
        bounds = met.asked.searchsorted(range(len(fresh) + 1)).tolist()
        for wording, (start, stop) in zip(fresh, pairwise(bounds), strict=True):
            others = met.wording[start:stop].tolist()
            _compare(known[wording], [known[each] for each in others if each in known], joined)
        return joined

    # Families

    def _settle(self, fresh: Sequence[int], joined: Joined) -> None:
        """Write the components that have grown, and cut them into families."""
        entering: dict[int, list[int]] = defaultdict(list)
        for wording in fresh:
            entering[joined.component(wording)].append(wording)
        entered: dict[int, tuple[int, int]] = {}
        for component, merged in joined.grown().items():
            new = entering[component]
            old = sorted(set(merged) - set(new))
            led = self._led(new, old[0]) if len(old) == 1 else None
            if led is not None:
                entered |= led
                continue
            members = [each for old_one in merged for each in self._store.component(old_one)]
            self._cut(component, members, since=_first_changed(members, set(new)))
        self._store.set_families(entered)

    def _led(self, new: Sequence[int], component: int) -> dict[int, tuple[int, int]] | None:
        """Return whom new wordings of a component follow; None: it must be cut anew."""
        found = {}
        leaders = self._store.leaders(component)
        for wording in new:
            words = self._words[wording]
            before = digest(words)
            first = (each for each in leaders if each.hash < before and kin(words, each.words))
            leader = next(first, None)
            if leader is None:
                return None
            found[wording] = (component, leader.id)
        return found

    def _cut(self, component: int, members: Iterable[Wording], *, since: int) -> None:
        """Write the families of a component; those led by hashes below *since* stay."""
        leaders: list[Wording] = []
        found = {}
        ordered = sorted(members, key=lambda each: each.hash)
        before = {each.id: each for each in ordered if each.hash < since}
        for member in ordered:
            leader = before.get(member.family)
            if leader is None:
                led = (each for each in leaders if kin(member.words, each.words))
                leader = next(led, None)
            if leader is None:
                leader = member
            if leader is member:
                leaders.append(leader)
            if (component, leader.id) != (member.component, member.family):
                found[member.id] = (component, leader.id)
        self._store.set_families(found)

    # What goes

    def _take_out(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Forget clauses; components whose wordings went are looked at again."""
        gone: dict[int, list[Wording]] = defaultdict(list)
        for wording in self._store.unword(ranges):
            gone[wording.component].append(wording)
        for component, some in gone.items():
            self._mend(component, some)

    def _mend(self, component: int, gone: Sequence[Wording]) -> None:
        """Cut a component anew where a leader went; join it anew where it may fall apart."""
        left = self._store.component(component)
        if not left:
            return
        whole = one_piece([each.words for each in gone], [each.words for each in left])
        if whole or len(left) > _WIDE:  # too many to compare again: they stay one
            leading = [each.hash for each in gone if each.family == each.id]
            if leading:
                self._cut(component, left, since=min(leading))
            return
        ids = [wording.id for wording in left]
        self._store.set_families({each: (each, each) for each in ids})
        keys = bands_of([wording.words for wording in left])
        joined = self._join(ids, meet(keys, [run_of(keys, ids)]))
        self._settle(ids, joined)


def _compare(wording: Wording, others: Iterable[Wording], joined: Joined) -> None:
    """Join a wording with those of others that are near-identical."""
    tried: dict[int, int] = defaultdict(int)
    for other in others:
        component = joined.component(other.id)
        if component == joined.component(wording.id) or tried[component] == _TRIES:
            continue
        if not may_be_near(wording.words, other.words):
            continue
        tried[component] += 1
        if near(wording.words, other.words):
            joined.join(wording.id, other.id)


def _first_changed(members: Sequence[Wording], new: AbstractSet[int]) -> int:
    """Return the hash below which the leaders of joined components lead whom they led.

    The component of the first leader keeps those whom its leaders before any other's lead.
    """
    leaders = sorted(
        (each for each in members if each.family == each.id or each.id in new),
        key=lambda each: each.hash,
    )
    of = leaders[0].component
    return next((each.hash for each in leaders if each.component != of or each.id in new), 0)


def _closest(met: Met) -> Met:
    """Return those that share most bands with each that was asked for."""
    order = np.lexsort((met.wording, -met.shared, met.asked))
    asked = met.asked[order]
    several = np.bincount(met.asked[met.shared > 1], minlength=int(asked.max(initial=0)) + 1)
    most = np.minimum(several + _MET_ONCE, _LOOKED_AT + 1)  # itself among them
    rank: NDArray[np.int64] = np.arange(len(asked)) - np.searchsorted(asked, asked)
    kept = order[rank < most[asked]]
    return Met(met.asked[kept], met.wording[kept], met.shared[kept])


def _some(rows: Sequence[Row]) -> list[Row]:
    """Return the first documents, of some thousands of clauses together; at least one."""
    clauses = 0
    for count, row in enumerate(rows, 1):
        clauses += row.entry.clauses
        if clauses >= _CLAUSES_AT_ONCE:
            return list(rows[:count])
    return list(rows)
