"""COLUMNS -> FILES: written in runs of clauses, and the list of the runs that hold.

A run has the facts of the clauses from one number to the next and is never changed. The list, with
what is alive, is replaced as a whole, last: killed at any moment, a writer leaves the older list
and perhaps a run that none names, which the next writer deletes.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from index.columns import Columns, Pairs, Values
from index.engine import FACTS, SEVERAL

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from index.engine import Ranges, WordsOf

_FORM = 1
_LIST = "columns.json"
_SINGLE = tuple(name for name in FACTS if name not in SEVERAL)
_LARGER = 3  # how many times larger than the next a run is left alone


class _Growing:
    """An array that is only added to: what was given out of it stays as it is."""

    def __init__(self, dtype: type[np.uint32] = np.uint32) -> None:
        self._room: NDArray[np.uint32] = np.empty(64, dtype)

    def extend(self, held: int, more: NDArray[Any]) -> NDArray[np.uint32]:
        """Return the first *held*, then *more*."""
        stop = held + len(more)
        if stop > len(self._room):
            room = np.empty(stop + stop // 2, self._room.dtype)
            room[:held] = self._room[:held]
            self._room = room
        self._room[held:stop] = more
        return self._room[:stop]


@dataclass
class Batch:
    """The facts of clauses, as they come."""

    clauses: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)  # of them; the others came before
    single: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in _SINGLE})
    pairs: dict[str, list[tuple[int, int]]] = field(
        default_factory=lambda: {name: [] for name in (*SEVERAL, "due")}
    )


class ColumnFiles:
    """The columns in a folder; many read, one writes, which the caller sees to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark: tuple[int, int] | None = None
        self._forget()
        self.reload()

    def reload(self) -> None:
        """See what another program has written; what is damaged is taken for empty."""
        while (mark := self._mark_of_list()) != self._mark:
            self._mark = mark
            self._forget()
            try:
                self._load(json.loads((self._folder / _LIST).read_bytes()))
            except FileNotFoundError:  # none yet, or it was replaced while its runs were read
                self._forget()
            except (ValueError, KeyError, TypeError, OSError, EOFError, BadZipFile):
                self._forget()

    def _forget(self) -> None:
        self.generation = 0
        self._runs: list[dict[str, Any]] = []
        self._growing = {name: _Growing() for name in _SINGLE}
        self._pairs = {name: (_Growing(), _Growing()) for name in (*SEVERAL, "due")}
        nothing = np.empty(0, np.uint32)
        self.columns = Columns(
            alive=np.empty(0, np.bool_),
            single=dict.fromkeys(_SINGLE, nothing),
            several=dict.fromkeys(SEVERAL, Pairs(nothing, nothing)),
            due=Pairs(nothing, nothing),
            values={name: Values() for name in FACTS},
        )
        self._named = self._lengths()  # how many values of each field are in runs

    def _lengths(self) -> dict[str, int]:
        return {name: len(values.names) for name, values in self.columns.values.items()}

    def _mark_of_list(self) -> tuple[int, int] | None:
        try:
            found = (self._folder / _LIST).stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _load(self, said: dict[str, Any]) -> None:
        if said["form"] != _FORM:
            raise ValueError(said["form"])
        for run in said["runs"]:
            path = self._folder / run["name"]
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                found = dict(file)
            for name in FACTS:
                names = json.loads(found[f"{name} names"].tobytes())
                for value in names:
                    self.columns.values[name].code(value)
            self.columns = self._joined(found, np.ones(run["stop"], np.bool_))
        alive = np.zeros(len(self.columns.alive), np.bool_)
        for first, stop in said["alive"]:
            alive[first:stop] = True
        self.columns = self._with(alive)
        self.generation, self._runs = said["generation"], said["runs"]
        self._named = self._lengths()

    def _with(self, alive: NDArray[np.bool_]) -> Columns:
        held = self.columns
        return Columns(alive, held.single, held.several, held.due, held.values)

    def _joined(self, found: dict[str, NDArray[Any]], alive: NDArray[np.bool_]) -> Columns:
        """Return the columns with those of later clauses."""
        held = self.columns
        pairs = {}
        for name in self._pairs:
            before = held.due if name == "due" else held.several[name]
            pairs[name] = Pairs(
                *(
                    growing.extend(len(before.clauses), found[f"{name} {part}"])
                    for growing, part in zip(self._pairs[name], ("of", "values"), strict=True)
                )
            )
        single = {
            name: growing.extend(len(held.alive), found[name])
            for name, growing in self._growing.items()
        }
        due = pairs.pop("due")
        return Columns(alive, single, pairs, due, held.values)

    # Written

    def noting(self, come: Iterable[WordsOf], batch: Batch) -> Iterator[WordsOf]:
        """Pass on what comes, and note its facts."""
        held = len(self.columns.alive)
        for words in come:
            batch.clauses.append(words.clause)
            if words.clause >= held:
                self._note(words, batch)
            yield words

    def _note(self, words: WordsOf, batch: Batch) -> None:
        batch.new.append(words.clause)
        values = self.columns.values
        for name in _SINGLE:
            found = words.facts.get(name)
            batch.single[name].append(values[name].code(found[0]) if found else 0)
        for name in SEVERAL:
            batch.pairs[name] += (
                (words.clause, values[name].code(value)) for value in words.facts.get(name, ())
            )
        batch.pairs["due"] += ((words.clause, day) for day in words.due)

    def write(self, gone: Ranges, batch: Batch, generation: int) -> None:
        """Take out the clauses of ranges, then take in a batch; all or nothing.

        Raises:
            OSError: The disk took no more.
        """
        held = self.columns
        stop = max([len(held.alive), *(clause + 1 for clause in batch.new)])
        alive = held.marked(gone, batch.clauses, stop)
        columns, runs = self._with(alive), self._runs
        if batch.new:
            columns = self._joined(_arrays(batch, len(held.alive), stop), alive)
            runs = self._with_run(columns, len(held.alive))
        self._write_list(runs, alive, generation)
        if batch.new:
            self._named = self._lengths()
        self.columns, self._runs, self.generation = columns, runs, generation
        self._mark = self._mark_of_list()
        named = {run["name"] for run in runs}
        for path in self._folder.glob("*.npz"):
            if path.name not in named:
                path.unlink(missing_ok=True)

    def _with_run(self, columns: Columns, first: int) -> list[dict[str, Any]]:
        """Write the clauses from *first* on as a run, with the runs before that are not larger."""
        runs, stop, known = list(self._runs), len(columns.alive), self._named
        while runs and runs[-1]["stop"] - runs[-1]["first"] < _LARGER * (stop - first):
            first, known = runs[-1]["first"], runs[-1]["known"]
            runs.pop()
        name = f"{secrets.token_hex(8)}.npz"
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / name).open("wb") as file:
            np.savez(file, allow_pickle=False, **_slice(columns, first, known))
            file.flush()
            os.fsync(file.fileno())
        return [*runs, {"name": name, "first": first, "stop": stop, "known": known}]

    def _write_list(
        self, runs: list[dict[str, Any]], alive: NDArray[np.bool_], generation: int
    ) -> None:
        said = {"form": _FORM, "generation": generation, "runs": runs, "alive": _ranges(alive)}
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = self._folder / f"{_LIST}.new"
        with beside.open("w", encoding="utf-8") as file:
            json.dump(said, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._folder / _LIST)
        descriptor = os.open(self._folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _arrays(batch: Batch, first: int, stop: int) -> dict[str, NDArray[Any]]:
    """Return a batch as arrays that stand by the clause's number, from *first* to *stop*."""
    found: dict[str, NDArray[Any]] = {}
    places = np.asarray(batch.new, np.int64) - first
    for name, codes in batch.single.items():
        found[name] = np.zeros(stop - first, np.uint32)
        found[name][places] = codes
    for name, pairs in batch.pairs.items():
        table = np.asarray(sorted(pairs), np.uint32).reshape(-1, 2)
        found[f"{name} of"], found[f"{name} values"] = table[:, 0], table[:, 1]
    return found


def _slice(columns: Columns, first: int, known: dict[str, int]) -> dict[str, NDArray[Any]]:
    """Return the columns of the clauses from *first* on, and the names that came with them."""
    found: dict[str, NDArray[Any]] = {n: column[first:] for n, column in columns.single.items()}
    for name, pairs in (*columns.several.items(), ("due", columns.due)):
        some = pairs.between(first, len(columns.alive))
        found[f"{name} of"], found[f"{name} values"] = some.clauses, some.values
    for name, values in columns.values.items():
        names = json.dumps(values.names[known[name] :], ensure_ascii=False).encode()
        found[f"{name} names"] = np.frombuffer(names, np.uint8)
    return found


def _ranges(alive: NDArray[np.bool_]) -> list[list[int]]:
    edges = np.diff(np.concatenate(([0], alive, [0])).astype(np.int8))
    ends = (np.flatnonzero(edges == 1), np.flatnonzero(edges == -1))
    found: list[list[int]] = np.stack(ends, axis=1).tolist()
    return found
