"""RUNS -> FILES: vectors that are mapped, not read, and the list of the runs that hold.

A run is one file: its codes (an index of faiss), the middle and the step of each dimension, the
clauses in ascending order, and the vectors as half floats. It is written once, under a name never
used before, and never changed: a reader who has mapped it keeps it, even when it is deleted. The
list is replaced as a whole, last: killed at any moment, a writer leaves the older list and perhaps
a file that none names, which the next writer deletes.
"""

from __future__ import annotations

import json
import mmap
import os
import secrets
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import faiss
import numpy as np

from index.vector_runs import KEPT_AS, LARGEST_RUN, Held, Run, Shelf, make_run, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LIST = "runs.json"
_FORM = 1
_ALIGNED = 4096

Mark = tuple[int, int, int]


class DamagedFilesError(Exception):
    """The files do not hold together; the rows can make them anew."""


def write_anew(folder: Path, some: Sequence[Held]) -> Iterator[Held]:
    """Write what counts of *some* into new files; yield them mapped.

    Raises:
        OSError: The disk took no more.
    """
    if not some:
        return
    clauses, vectors = together([each.part() for each in some])
    runs = -(-len(clauses) // LARGEST_RUN)
    for at in range(runs):
        part = slice(len(clauses) * at // runs, len(clauses) * (at + 1) // runs)
        yield Held(_write(folder, make_run(clauses[part], vectors[part])), sealed=True)


def _write(folder: Path, run: Run) -> Run:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(8)}.run"
    try:
        faiss.write_index(run.codes, str(path))
    except RuntimeError as error:
        raise OSError(str(error)) from error
    with path.open("r+b") as file:
        file.seek(_coded(len(run), run.vectors.shape[1]))
        for part in (run.middle, run.step, run.clauses):
            file.write(part.tobytes())
        file.write(bytes(-file.tell() % _ALIGNED))
        file.write(np.ascontiguousarray(run.vectors).data)
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    return _map(path, (len(run), run.vectors.shape[1]), size, _check(run))


def _coded(rows: int, dimension: int) -> int:
    """Return where, after the codes, the steps begin."""
    return -(-(rows * dimension + _ALIGNED) // _ALIGNED) * _ALIGNED


def _check(run: Run) -> int:
    check = zlib.crc32(run.middle.tobytes())
    return zlib.crc32(run.clauses.tobytes(), zlib.crc32(run.step.tobytes(), check))


def _map(path: Path, shape: tuple[int, int], size: int, check: int) -> Run:
    """Map the file of a run.

    Raises:
        DamagedFilesError: It is not as it was written.
        FileNotFoundError: It is gone.
    """
    rows, dimension = shape
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size != size or not rows:
            raise DamagedFilesError(path)
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        at = _coded(rows, dimension)
        os.posix_fadvise(file.fileno(), 0, at, os.POSIX_FADV_WILLNEED)
    steps = np.frombuffer(mapped, np.float32, 2 * dimension, at).reshape(2, dimension)
    clauses = np.frombuffer(mapped, np.int64, rows, at + steps.nbytes)
    vectors_at = size - rows * dimension * np.dtype(KEPT_AS).itemsize
    vectors = np.frombuffer(mapped, KEPT_AS, rows * dimension, vectors_at).reshape(shape)
    mapped.madvise(mmap.MADV_RANDOM, vectors_at)
    try:
        codes = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise DamagedFilesError(path) from error
    run = Run(clauses, vectors, codes, steps[0], steps[1], path.name, size, check)
    whole = isinstance(codes, faiss.IndexScalarQuantizer) and codes.ntotal == rows
    if not whole or codes.d != dimension or _check(run) != check:
        raise DamagedFilesError(path)
    return run


def write_list(folder: Path, shelf: Shelf, dimension: int) -> None:
    """Make *shelf*, whose runs all have files, what the folder holds; delete what it no more does.

    Whoever calls holds the library's lock.
    """
    runs = [
        {
            "name": held.run.name,
            "rows": len(held.run),
            "size": held.run.size,
            "check": held.run.check,
            "gone": held.gone(),
        }
        for held in shelf.held
    ]
    said = {
        "form": _FORM,
        "dimension": dimension,
        "passage": shelf.passage,
        "generation": shelf.generation,
        "refused": shelf.refused,
        "runs": runs,
    }
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{_LIST}.new"
    with beside.open("w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / _LIST)
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    named = {run["name"] for run in runs}
    for path in folder.glob("*.run"):
        if path.name not in named:
            path.unlink(missing_ok=True)


def list_mark(folder: Path) -> Mark | None:
    """Return what tells one list from the next; None: there is none."""
    try:
        found = (folder / _LIST).stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def read_list(folder: Path, dimension: int) -> Shelf:
    """Return what the folder holds, mapped; nothing where there is no list.

    Raises:
        DamagedFilesError: The list or a file that it names cannot be used.
        FileNotFoundError: A file that it names is gone: lost, or another program has just
            replaced the list.
    """
    try:
        said = json.loads((folder / _LIST).read_bytes())
    except FileNotFoundError:
        return Shelf()
    except ValueError as error:
        raise DamagedFilesError(folder / _LIST) from error
    try:
        if (said["form"], said["dimension"]) != (_FORM, dimension):
            raise DamagedFilesError(folder / _LIST)
        held = tuple(_held(folder, each, dimension) for each in said["runs"])
        return Shelf(held, said["passage"], said["generation"], said["refused"])
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedFilesError(folder / _LIST) from error


def _held(folder: Path, said: dict[str, Any], dimension: int) -> Held:
    run = _map(folder / said["name"], (said["rows"], dimension), said["size"], said["check"])
    if not said["gone"]:
        return Held(run, sealed=True)
    alive = np.ones(len(run), np.bool_)
    for first, stop in said["gone"]:
        alive[first:stop] = False
    return Held(run, alive, sealed=True)
