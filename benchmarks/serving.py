"""Searches a second over HTTP, alone and beside an ingest at full speed.

Run: .venv/bin/python benchmarks/serving.py --library FOLDER [--clients 16] [--seconds 15]
     [--ingest FOLDER]

`sauro serve` runs on loopback as people run it; the clients are threads of this program, each with
a connection of its own, asking one question after the other. Questions are runs of words out of
clauses of the library, none twice, so that no cache helps; then a handful of them again and again.
In the same run: the library without a server (`Library.search` in one thread), and the server's
own description of itself, which costs no search. With --ingest another program takes the files of
that folder into the library meanwhile: give a copy.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from index.embeddings import load_encoder
from index.library import Library

_WORDS = (3, 9)
_FEW = 8  # questions that are asked again and again
_SEARCH = "/api/v1/search?limit=10&q="


def questions_of(folder: Path, count: int, chance: random.Random) -> list[str]:
    """Return runs of words out of the clauses of a library, none twice."""
    database = sqlite3.connect(folder / "library.sqlite")
    last = database.execute("SELECT MAX(id) FROM clauses").fetchone()[0]
    found: dict[str, None] = {}
    while len(found) < count:
        row = database.execute(
            "SELECT text FROM clauses WHERE id >= ? LIMIT 1", (chance.randint(1, last),)
        ).fetchone()
        words = re.findall(r"\w+", row[0]) if row else []
        length = chance.randint(*_WORDS)
        if len(words) > length:
            at = chance.randrange(len(words) - length)
            found[" ".join(words[at : at + length])] = None
    database.close()
    return list(found)


@contextmanager
def server(folder: Path) -> Iterator[int]:
    """Serve *folder* as `sauro serve` does; give its port."""
    process = subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", "web.cli", "serve", "--port", "8190", "--library", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        port = re.search(r":(\d+)/", line)
        if port is None:
            raise RuntimeError(f"no address: {line!r}")
        _wait_for(int(port[1]))
        yield int(port[1])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            get(http.client.HTTPConnection("127.0.0.1", port, timeout=60), _SEARCH + quote("việc"))
        except OSError:
            time.sleep(0.1)
        else:
            return


def get(connection: http.client.HTTPConnection, path: str) -> int:
    """Ask for a page; return how many bytes came.

    Raises:
        RuntimeError: The server says that something is wrong.
    """
    connection.request("GET", path)
    response = connection.getresponse()
    length = len(response.read())
    if response.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{response.status}: {path}")
    return length


def measure(
    port: int, paths: Callable[[], str], clients: int, seconds: float
) -> tuple[float, list[float]]:
    """Return requests a second and the seconds that each took."""
    took: list[float] = []
    until = time.perf_counter() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while (begun := time.perf_counter()) < until:
            get(connection, paths())
            took.append(time.perf_counter() - begun)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(took) / (time.perf_counter() - begun), took


def print_line(name: str, rate: float, took: Sequence[float], *, beside: float = 0.0) -> None:
    """Print a row of the table."""
    cuts = statistics.quantiles(took, n=20)
    against = f"   {rate / beside:5.2f}x" if beside else ""
    print(
        f"{name:44} {rate:8.1f}/s   p50 {1000 * statistics.median(took):7.1f} ms"
        f"   p95 {1000 * cuts[18]:7.1f} ms   n {len(took)}{against}",
        flush=True,
    )


def in_process(folder: Path, questions: Iterator[str], seconds: float) -> float:
    """Search without a server, one after the other."""
    with Library(folder, encoder=load_encoder()) as library:
        for _ in range(20):
            library.search(next(questions), limit=10)
        took, begun = [], time.perf_counter()
        while (now := time.perf_counter()) < begun + seconds:
            library.search(next(questions), limit=10)
            took.append(time.perf_counter() - now)
        rate = len(took) / (time.perf_counter() - begun)
    print_line("no server, one thread", rate, took)
    return rate


@contextmanager
def ingest(files: Path, folder: Path) -> Iterator[None]:
    """Take *files* into the library by another program, for as long as this lasts."""
    process = subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", "web.cli", "ingest", str(files), "--library", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(15)  # until it has loaded what reads
    yield
    said = "still running" if process.poll() is None else "had come to an end: give more files"
    process.kill()
    process.wait()
    print(f"the ingest {said}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--ingest", type=Path)
    arguments = parser.parse_args()
    chance = random.Random(192)  # noqa: S311 - the same questions every time
    every = questions_of(arguments.library, 20_000, chance)
    questions = iter(every)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {arguments.clients} clients")
    alone = in_process(arguments.library, questions, arguments.seconds)
    few = [next(questions) for _ in range(_FEW)]

    def fresh() -> str:
        return _SEARCH + quote(next(questions))

    with server(arguments.library) as port:
        run = (arguments.clients, arguments.seconds)
        measure(port, fresh, arguments.clients, 3)
        print_line("a page without a search", *measure(port, lambda: "/api/v1/openapi.json", *run))
        rate, took = measure(port, fresh, *run)
        print_line("searches, none twice", rate, took, beside=alone)
        again = measure(port, lambda: _SEARCH + quote(chance.choice(few)), *run)
        print_line(f"searches, {_FEW} again and again", *again, beside=alone)
        if arguments.ingest:
            with ingest(arguments.ingest, arguments.library):
                beside, took = measure(port, fresh, *run)
            print_line("searches, none twice, beside an ingest", beside, took, beside=rate)


if __name__ == "__main__":
    main()
