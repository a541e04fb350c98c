"""Kill -9 at random moments of an ingest with every index on: what is left must be whole.

Run: .venv/bin/python benchmarks/kills.py [--kills 100] [--documents FOLDER] [--seed N]

A program takes documents in and out of a library, replaces, corrects and re-embeds them, asks, and
keeps words, columns, vectors and families up to the rows, until it is killed. Then the library is
opened as if nothing had happened. First it is asked as it is: each answer must quote what is there.
Then each document must be wholly in or wholly out, with its original; and what is found must be
what a copy finds whose indexes were all thrown away and built anew from the rows.

The vectors are of a model that needs no files, so that the time goes into writing.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from index.engine import WORDS, Snapshot, Wanted
from index.library import Library
from index.terms import read_terms
from index.wishes import Wish
from ingest.document import read_document
from ingest.errors import DirectiveError
from ingest.model import Document

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
QUESTIONS = (
    "Ai chủ trì lập hồ sơ?",
    "Công an tỉnh phải làm gì trong năm 2026?",
    "Khi nào phải báo cáo kết quả thực hiện?",
    "bố trí kinh phí thực hiện",
)
INDEXES = ("words", "columns", "vectors", "families")
_ALIKE = 1e-3  # cosines of two engines over the same half floats
_KEYS = 0.75  # keys to documents: some documents are versions of each other

read_json = TypeAdapter(Document).validate_json
to_json = TypeAdapter(Document).dump_json


class HashEncoder:
    """A model without files: the vector of a text is the sum of its words' random vectors."""

    fingerprint = "hash-of-words"
    dimension = 64

    def encode_passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Return unit vectors, (n, 64)."""
        return self.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Return unit vectors, (n, 64)."""
        sums = [np.sum([_random(word) for word in text.split() or [""]], axis=0) for text in texts]
        made = np.asarray(sums, np.float32).reshape(-1, self.dimension)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        return made

    def parts(self, text: str, /) -> list[tuple[int, int]]:
        """Return the ranges of *text* that each fit."""
        return [(at, min(at + 400, len(text))) for at in range(0, len(text), 400)]


@lru_cache(maxsize=100_000)
def _random(word: str) -> NDArray[np.float64]:
    seed = int.from_bytes(word.casefold().encode()[:12], "little")
    return np.random.default_rng(seed).standard_normal(HashEncoder.dimension)


# The program that is killed


def take_in_and_out(folder: Path, files: Sequence[Path], chance: random.Random) -> None:
    """Change the library in *folder* for ever; a line on stdout says that it has begun."""
    keys = max(1, int(len(files) * _KEYS))
    with Library(folder, encoder=HashEncoder()) as library:
        print("begun", flush=True)
        while True:
            at = chance.randrange(len(files))
            identity = files[at].stem[:12]
            if library.holds(files[at].stem):
                _change(library, identity, chance)
            else:
                library.add(read_json(files[at].read_bytes()), files[at], key=f"key-{at % keys}")
            if chance.random() < 1 / 4:
                library.refresh()
            if chance.random() < 1 / 4:
                library.ask(chance.choice(QUESTIONS))


def _change(library: Library, identity: str, chance: random.Random) -> None:
    if chance.random() < 1 / 2:
        library.remove(identity)
        return
    wish = Wish(act="set", by="Lan", key="header.code", after={"value": "78/KH-UBND"})
    library.review.correct(identity, wish)


def ingest_until_killed(folder: Path, files: Path, seconds: float, *, seed: int) -> None:
    """Let the program run for *seconds* from when it has opened the library, and kill it.

    Raises:
        RuntimeError: It came to an end by itself.
    """
    process = subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, __file__, "--victim", folder, files, str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        if process.stdout is not None:
            process.stdout.readline()
        time.sleep(seconds)
        if process.poll() is not None:
            raise RuntimeError(process.stderr.read().decode() if process.stderr else "")
        process.send_signal(signal.SIGKILL)


# What must hold


def troubles(folder: Path) -> list[str]:
    """Return what is wrong with the library that a killed program has left in *folder*."""
    with Library(folder, encoder=HashEncoder()) as library:
        found = [*_quotes_what_is_not_there(library), *_half_in(library, folder)]
        library.refresh()
        found += _quotes_what_is_not_there(library)
        said = answers(library)
    with tempfile.TemporaryDirectory() as beside:
        copy = Path(beside, "copy")
        shutil.copytree(folder, copy)
        for name in INDEXES:
            shutil.rmtree(copy / name, ignore_errors=True)
        _forget_families(copy)
        with Library(copy, encoder=HashEncoder()) as library:
            library.refresh()
            anew = answers(library)
    return found + [f"{name} is not as made anew" for name in said if said[name] != anew[name]]


def _quotes_what_is_not_there(library: Library) -> Iterator[str]:
    texts = {entry.id: library.document(entry.id).text for entry in library.documents()}
    for question in QUESTIONS:
        for answer in library.ask(question, limit=100).answers:
            if answer.quote not in texts.get(answer.document, ""):
                yield f"asked, it quotes what is not there: {answer.quote}"
        for hit in library.search(question, limit=100).hits:
            if hit.quote not in texts.get(hit.document, ""):
                yield f"searched, it quotes what is not there: {hit.quote}"


def _half_in(library: Library, folder: Path) -> Iterator[str]:
    for entry in library.documents():
        document = library.document(entry.id)
        if (entry.clauses, entry.tasks) != (len(document.blocks), len(document.tasks)):
            yield f"{entry.source}: {entry.clauses} clauses of {len(document.blocks)}"
        original = library.original(entry.id).path
        came = read_json(original.read_bytes()) if original.exists() else None
        if came is None or came.text != document.text:
            yield f"{entry.source}: its original is lost or another"
    database = sqlite3.connect(folder / "library.sqlite")
    if (said := database.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
        yield f"rows: {said}"
    for table, key, of in (
        ("clauses", "document", "documents (number)"),
        ("tasks", "clause", "clauses (id)"),
        ("citations", "clause", "clauses (id)"),
        ("passages", "clause", "clauses (id)"),
        ("passages", "vector", "vectors (id)"),
        ("known", "document", "documents (number)"),
    ):
        name, _, column = of.rstrip(")").partition(" (")
        lost = database.execute(
            f"SELECT COUNT(*) FROM {table} WHERE {key} NOT IN (SELECT {column} FROM {name})"  # noqa: S608
        ).fetchone()[0]
        if lost:
            yield f"{lost} rows of {table} without their {name}"
    database.close()


def answers(library: Library) -> dict[str, object]:
    """Return what each index says of the whole library.

    Of the words, which clauses have each. Which answers come first is left out, and how many have
    the rarest together: both hang on how rare words are, and clauses that went count until the
    index clears them away.
    """
    sources = library._shelves.sources()  # noqa: SLF001 - what is measured
    encoder = HashEncoder()
    said: dict[str, object] = {"columns": sources.index.passing(Wanted()).tolist()}
    for question in QUESTIONS:
        for term in dict.fromkeys(read_terms(question)):
            said[f"word {term}"] = [_having(sources.index, name, term) for name in WORDS]
            said[f"counted {term}"] = sources.index.tally(Wanted(counted=[frozenset({term})]))
        near = sources.index.meaning(encoder.encode_queries([question])[0], 1_000_000)
        near_pairs = [(clause, round(score / _ALIKE)) for clause, score in near.pairs()]
        said[f"vectors, {question}"] = sorted(near_pairs)
    families = defaultdict(set)
    every = sources.index.passing(Wanted()).tolist()
    for clause, family in library._store.families_of(every).items():  # noqa: SLF001
        families[family].add(clause)
    said["families"] = sorted(sorted(members) for members in families.values())
    return said


def _having(index: Snapshot, name: str, term: str) -> list[int]:
    """Return the clauses that have *term* in a field of words."""
    found = index.words(Wanted(terms=[(name, term, 1.0)]), len(index) + 1)
    return sorted(found.clauses.tolist())


def _forget_families(folder: Path) -> None:
    database = sqlite3.connect(folder / "library.sqlite")
    with database:
        database.execute("DELETE FROM meta WHERE name = 'families made by'")
    database.close()


# Measured


def write_documents(folder: Path, target: Path) -> None:
    """Read the files of *folder* once, as JSON into *target*."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            try:
                document = read_document(path)
            except DirectiveError as error:
                print(f"left out: {error}")
                continue
            bare = replace(document, warnings=(), repairs=())
            (target / f"{document.source.sha256}.json").write_bytes(to_json(bare))


def main() -> int:
    """Kill, check, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--documents", type=Path, default=CORPUS)
    parser.add_argument("--seconds", type=float, default=6.0, help="the latest moment of a kill")
    parser.add_argument("--seed", type=int, default=192)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)  # noqa: S311 - moments of a test
    bad = 0
    held = set()
    with tempfile.TemporaryDirectory(prefix="sauro-") as made:
        files, library = Path(made, "files"), Path(made, "library")
        files.mkdir()
        write_documents(arguments.documents, files)
        for kill in range(arguments.kills):
            seconds = chance.uniform(0.02, arguments.seconds)
            ingest_until_killed(library, files, seconds, seed=chance.randrange(1 << 30))
            found = troubles(library)
            with Library(library) as opened:
                held.add(len(opened.documents()))
            bad += bool(found)
            print(
                f"{kill + 1:4} after {seconds:5.2f} s: {'; '.join(found[:5]) or 'whole'}",
                flush=True,
            )
    print(
        f"{arguments.kills} kills, {bad} with troubles; {min(held)} to {max(held)} documents held"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--victim"]:
        take_in_and_out(
            Path(sys.argv[2]),
            sorted(Path(sys.argv[3]).iterdir()),
            random.Random(int(sys.argv[4])),  # noqa: S311 - what a test does
        )
    else:
        sys.exit(main())
