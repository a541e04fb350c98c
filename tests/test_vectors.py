"""Nearest clauses: as brute force finds them, whatever came, went, was killed or damaged."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import nearest, vector_files, vector_runs
from index.store import Store
from index.vectors import VectorIndex

D = 32
ALL = 10**6


def make_vectors(seed: int, count: int) -> np.ndarray:
    """Return unit vectors that are as alike as a model's."""
    random = np.random.default_rng(seed)
    found = random.normal(0, 0.02, (count, D)) + np.linspace(0.05, 0.3, D)
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float16)


def brute(clauses, rows, vector, limit, within=None):
    """Return (clause, best cosine), nearest first."""
    best: dict[int, float] = {}
    cosines = rows.astype(np.float32) @ vector
    for clause, cosine in zip(clauses, cosines.tolist(), strict=True):
        if within is None or clause in within:
            best[clause] = max(cosine, best.get(clause, -2.0))
    return sorted(best.items(), key=lambda each: (-each[1], each[0]))[:limit]


def check_same(found, expected):
    assert len({clause for clause, _ in found}) == len(found) == len(expected)
    np.testing.assert_allclose([c for _, c in found], [c for _, c in expected], atol=2e-4)
    known = dict(expected)
    edge = expected[-1][1] if expected else 0
    assert all(clause in known or abs(cosine - edge) < 2e-4 for clause, cosine in found)


def question(seed: int) -> np.ndarray:
    found = make_vectors(seed, 1)[0].astype(np.float32)
    return found / np.linalg.norm(found)


@pytest.fixture(params=[pytest.param(0, id="by-codes"), pytest.param(10**9, id="computed")])
def way(request, monkeypatch):
    """Search by codes first, however few the vectors, or compute all."""
    monkeypatch.setattr(nearest, "_FEW", request.param)
    monkeypatch.setattr(nearest, "_SPARE", 2)


# As brute force

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.integers(0, 60), min_size=1, max_size=25)),
        st.tuples(st.just("remove"), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)))),
        st.tuples(st.just("save"), st.none()),
        st.tuples(st.just("reopen"), st.none()),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(STEPS, st.sets(st.integers(0, 70)), st.integers(1, 40), st.integers(0, 10**6))
def test_the_nearest_are_those_of_brute_force(tmp_path_factory, steps, within, limit, seed):
    folder = tmp_path_factory.mktemp("vectors")
    index = VectorIndex(folder, D)
    clauses: list[int] = []
    rows = np.empty((0, D), np.float16)
    for at, (step, value) in enumerate(steps):
        if step == "add":
            new = make_vectors(seed + at, len(value))
            index.add(value, new)
            clauses, rows = clauses + value, np.concatenate([rows, new])
        elif step == "remove":
            ranges = [(first, first + length) for first, length in value]
            index.remove(ranges)
            kept = [not any(a <= clause < b for a, b in ranges) for clause in clauses]
            clauses = [clause for clause, stays in zip(clauses, kept, strict=True) if stays]
            rows = rows[np.asarray(kept, bool)]
        else:
            index.save()
            if step == "reopen":
                index = VectorIndex(folder, D)
    assert len(index) == len(clauses)
    vector = question(seed)
    bits = np.isin(np.arange(50), list(within))
    listed, few = [sorted(within), nearest._FEW], nearest._FEW
    for nearest._FEW in (0, few):
        check_same(index.search(vector, limit), brute(clauses, rows, vector, limit))
        for given_, meant in ((listed[0], within), (bits, set(np.flatnonzero(bits).tolist()))):
            found = index.search(vector, limit, within=given_)
            check_same(found, brute(clauses, rows, vector, limit, meant))


@pytest.mark.usefixtures("way")
def test_many_passages_of_one_clause_do_not_crowd_out_the_others(tmp_path):
    index = VectorIndex(tmp_path, D)
    vector = question(1)
    near = np.repeat(vector[None, :], 500, axis=0).astype(np.float16)
    others = make_vectors(2, 40)
    clauses = [7] * 500 + list(range(100, 140))
    index.add(clauses, np.concatenate([near, others]))
    found = index.search(vector, 20)
    check_same(found, brute(clauses, np.concatenate([near, others]), vector, 20))
    assert found[0][0] == 7


@pytest.mark.usefixtures("way")
def test_a_filter_of_many_clauses_finds_them_alone(tmp_path):
    index = VectorIndex(tmp_path, D)
    rows = make_vectors(3, 9_000)
    index.add(range(9_000), rows)
    index.save()
    within = list(range(1, 9_000, 2))
    found = index.search(question(4), 50, within=within)
    check_same(found, brute(range(9_000), rows, question(4), 50, set(within)))


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(np.zeros(D), id="zero"),
        pytest.param(np.full(D, np.nan), id="not-a-number"),
        pytest.param(np.full(D, np.inf), id="endless"),
        pytest.param(np.full(D, 1.0), id="too-long"),
        pytest.param(np.ones(D + 1) / np.sqrt(D + 1), id="another-dimension"),
    ],
)
def test_a_vector_without_direction_is_refused(tmp_path, bad):
    index = VectorIndex(tmp_path, D)
    index.add([1], make_vectors(1, 1))
    with pytest.raises(ValueError, match="vector"):
        index.add([2], bad[None, :].astype(np.float32))
    with pytest.raises(ValueError, match="vector"):
        index.search(bad.astype(np.float32), 1)
    assert len(index) == 1


def test_runs_stay_few_however_many_are_saved_and_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(vector_runs, "LARGEST_RUN", 400)
    monkeypatch.setattr(vector_runs, "_FIRST_TIER", 10)
    index = VectorIndex(tmp_path, D)
    for at in range(60):
        index.add(range(at * 10, at * 10 + 10), make_vectors(at, 10))
        index.save()
    assert len(list(tmp_path.glob("*.run"))) <= 12
    index.remove([(0, 590)])
    index.save()
    [run] = tmp_path.glob("*.run")
    assert run.stat().st_size < 16_000
    assert len(VectorIndex(tmp_path, D)) == 10


def test_a_snapshot_answers_as_before_while_its_files_are_made_anew(tmp_path):
    index = VectorIndex(tmp_path, D)
    rows = make_vectors(1, 3_000)
    index.add(range(3_000), rows)
    index.save()
    before = index.snapshot()
    expected = before.nearest(question(5), 30)
    files = set(tmp_path.glob("*.run"))
    index.remove([(0, 2_900)])
    index.save()
    assert files.isdisjoint(tmp_path.glob("*.run"))
    found = before.nearest(question(5), 30)
    assert found[0].tolist() == expected[0].tolist()
    assert min(index.snapshot().nearest(question(5), 30)[0]) >= 2_900


def watch(index: VectorIndex, done: threading.Event, wrong: list[str]) -> None:
    """Read until *done*; note what is found twice or no more."""
    least = 0
    while not done.is_set():
        clauses = index.snapshot().nearest(question(2), ALL)[0].tolist()
        if len(set(clauses)) != len(clauses) or len(clauses) < least:
            wrong.append(f"{len(clauses)} after {least}")
        least = len(clauses)


def save_on(index: VectorIndex, done: threading.Event) -> None:
    while not done.is_set():
        index.save()


def test_readers_never_see_less_or_twice_while_a_writer_saves(tmp_path):
    index, done, wrong = VectorIndex(tmp_path, D), threading.Event(), []
    threads = [threading.Thread(target=watch, args=(index, done, wrong)) for _ in range(2)]
    threads.append(threading.Thread(target=save_on, args=(index, done)))
    for thread in threads:
        thread.start()
    for at in range(40):
        index.add(range(at * 50, at * 50 + 50), make_vectors(at, 50))
    time.sleep(0.1)
    done.set()
    for thread in threads:
        thread.join()
    index.save()
    assert wrong == []
    assert len(index) == len(VectorIndex(tmp_path, D)) == 2_000


# Derived from the rows

WRITE = """
import itertools, os, pathlib, sys
import faiss
import numpy as np
from index import vector_runs, vectors
from index.store import Store
from index.vectors import VectorIndex
sys.path.insert(0, sys.argv[4])
from test_vectors import D, insert, remove

vectors.SAVE_FROM, vector_runs._FIRST_TIER = 1, 20
die_at, calls = 0, itertools.count(1)

def deadly(function):
    def call(*given, **named):
        if next(calls) == die_at:
            os._exit(9)
        result = function(*given, **named)
        if next(calls) == die_at:
            os._exit(9)
        return result
    return call

def write(folder, rounds):
    store = Store(folder)
    index = VectorIndex(folder / "vectors", D, store)
    print("begun", flush=True)
    for at in range(rounds):
        insert(store, at, 20)
        if at % 3 == 2:
            remove(store, (at - 2) * 100, at * 100 - 95)
        with store.reading():
            index.catch_up(store, save=True)

folder, rounds = pathlib.Path(sys.argv[1]), int(sys.argv[3])
faiss.write_index = deadly(faiss.write_index)
os.fsync = deadly(os.fsync)
pathlib.Path.replace = deadly(pathlib.Path.replace)
pathlib.Path.unlink = deadly(pathlib.Path.unlink)
for die_at in eval(sys.argv[2]):
    (folder / str(die_at)).mkdir()
    if (child := os.fork()) == 0:
        write(folder / str(die_at), rounds)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 9 << 8
if not die_at:
    write(folder, rounds)
"""


def insert(store: Store, at: int, count: int) -> None:
    """Write the passages of clauses from 100 * *at* on, two a clause."""
    with store.writing():
        for n, vector in enumerate(make_vectors(at, count)):
            held = store.known_vectors([f"{at}-{n}"]).get(f"{at}-{n}")
            kept = held or store.insert_vector(f"{at}-{n}", vector.tobytes())
            store.database.execute(
                "INSERT INTO passages (clause, vector) VALUES (?,?)", (at * 100 + n // 2, kept)
            )
        store._next_generation()


def remove(store: Store, first: int, stop: int) -> None:
    with store.writing():
        store.database.execute(
            "DELETE FROM passages WHERE clause >= ? AND clause < ?", (first, stop)
        )
        generation = store._next_generation()
        store.database.execute("INSERT INTO removed VALUES (?,?,?)", (generation, first, stop))


def check_follows(store: Store, index: VectorIndex, *, save: bool = False) -> None:
    with store.reading():
        index.catch_up(store, save=save)
        found = [(clause, vector) for _, clause, vector in store.passages_after(0)]
    clauses = [clause for clause, _ in found]
    rows = np.frombuffer(b"".join(vector for _, vector in found), np.float16).reshape(-1, D)
    assert len(index) == len(clauses)
    check_same(index.search(question(3), ALL), brute(clauses, rows, question(3), ALL))


def start(
    folder: Path, *, die_at: tuple[int, ...] = (), rounds: int = 8
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITE, folder, repr(die_at), str(rounds), Path(__file__).parent],
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_killed_at_any_step_of_a_write_it_catches_up(tmp_path):
    steps = (*range(1, 20), *range(20, 70, 5))
    with start(tmp_path, die_at=steps) as process:
        assert process.wait() == 0
    for folder in (tmp_path / str(step) for step in steps):
        store = Store(folder)
        opened = VectorIndex(folder / "vectors", D, store)
        assert not opened._damaged, "the older state was lost"
        check_follows(store, opened, save=True)
        opened.add([ALL], make_vectors(0, 1))
        opened.save()
        listed = json.loads((folder / "vectors/runs.json").read_text())["runs"]
        files = {path.name for path in (folder / "vectors").glob("*.run")}
        assert files == {run["name"] for run in listed}
        store.close()


@pytest.mark.slow
def test_killed_at_random_moments_it_catches_up(tmp_path):
    random = np.random.default_rng(8)
    for _ in range(5):
        with start(tmp_path, rounds=10**6) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(random.uniform(0.01, 0.4))
            process.send_signal(signal.SIGKILL)
        store = Store(tmp_path)
        check_follows(store, VectorIndex(tmp_path / "vectors", D, store))
        store.close()


def test_two_programs_follow_each_other(tmp_path):
    with start(tmp_path, rounds=60) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        store = Store(tmp_path)
        index = VectorIndex(tmp_path / "vectors", D, store)
        while writer.poll() is None:
            check_follows_loosely(store, index)
    check_follows(store, index)
    store.close()


def check_follows_loosely(store: Store, index: VectorIndex) -> None:
    """Whatever the writer has written meanwhile: nothing twice, nothing of it rebuilt."""
    with store.reading():
        index.catch_up(store)
    clauses, cosines = index.snapshot().nearest(question(3), ALL)
    assert len(set(clauses.tolist())) == len(clauses)
    assert (np.diff(cosines) <= 0).all()
    assert not index._damaged


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def overwrite(path: Path, at: int, what: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(what)


DAMAGES = [
    pytest.param(lambda folder, _: (folder / "runs.json").unlink(), id="no-list"),
    pytest.param(lambda folder, _: (folder / "runs.json").write_bytes(b""), id="empty-list"),
    pytest.param(lambda folder, _: (folder / "runs.json").write_bytes(b'{"form'), id="half-a-list"),
    pytest.param(lambda folder, _: (folder / "runs.json").write_bytes(b"[1]"), id="another-list"),
    pytest.param(lambda folder, _: (folder / "runs.json").write_bytes(b"\xff\xfe"), id="no-text"),
    pytest.param(lambda _, run: run.unlink(), id="no-run"),
    pytest.param(lambda _, run: cut(run), id="half-a-run"),
    pytest.param(lambda _, run: run.write_bytes(b""), id="empty-run"),
    pytest.param(lambda _, run: overwrite(run, 0, b"none"), id="no-index"),
    pytest.param(lambda _, run: overwrite(run, 8, b"\xff" * 8), id="another-index"),
    pytest.param(
        lambda _, run: overwrite(run, vector_files._coded(360, D) + 400, b"\xff"),
        id="other-clauses",
    ),
    pytest.param(lambda folder, _: [p.unlink() for p in folder.iterdir()], id="all-gone"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_files_are_made_anew_from_the_rows(tmp_path, damage):
    store = Store(tmp_path)
    folder = tmp_path / "vectors"
    for at in range(6):
        insert(store, at, 60)
    index = VectorIndex(folder, D, store)
    check_follows(store, index)
    index.save()
    [run] = folder.glob("*.run")
    damage(folder, run)
    again = VectorIndex(folder, D, store)
    assert len(again) == 0
    check_follows(store, again, save=True)
    again.save()
    assert len(VectorIndex(folder, D, store)) == 360
    store.close()


def test_rows_of_an_older_copy_are_believed(tmp_path):
    old, new = Store(tmp_path / "."), None
    insert(old, 0, 20)
    index = VectorIndex(tmp_path / "vectors", D, old)
    for at in (1, 2):
        insert(old, at, 20)
    check_follows(old, index)
    index.save()
    (tmp_path / "older").mkdir()
    new = Store(tmp_path / "older")
    insert(new, 0, 20)
    again = VectorIndex(tmp_path / "vectors", D, new)
    check_follows(new, again)
    assert len(again) == 20
    old.close()
    new.close()


def test_files_that_hold_too_few_are_made_anew(tmp_path):
    store = Store(tmp_path)
    insert(store, 0, 20)
    index = VectorIndex(tmp_path / "vectors", D)
    index.add([0], make_vectors(0, 1), passage=store.last_passage())
    index.remove([], generation=store.generation)
    index.save()
    check_follows(store, VectorIndex(tmp_path / "vectors", D, store))
    store.close()


def test_a_vector_of_the_rows_that_is_none_is_passed_over(tmp_path):
    store = Store(tmp_path)
    insert(store, 0, 20)
    with store.writing():
        blank = store.insert_vector("blank", bytes(2 * D))
        short = store.insert_vector("short", b"12")
        for vector in (blank, short):
            store.database.execute("INSERT INTO passages (clause, vector) VALUES (50,?)", (vector,))
    index = VectorIndex(tmp_path / "vectors", D, store)
    with store.reading():
        index.catch_up(store, save=True)
    assert len(index) == 20
    assert not index._damaged
    store.close()


def test_a_reading_of_older_rows_changes_nothing(tmp_path):
    store = Store(tmp_path)
    insert(store, 0, 20)
    index = VectorIndex(tmp_path / "vectors", D, store)
    other = Store(tmp_path)
    with other.reading():
        assert other.generation == 1
        insert(store, 1, 20)
        check_follows(store, index)
        index.catch_up(other)
    assert len(index) == 40
    store.close()
    other.close()


def test_another_dimension_starts_anew(tmp_path):
    index = VectorIndex(tmp_path, D)
    index.add([1], make_vectors(1, 1))
    index.save()
    assert len(VectorIndex(tmp_path, D * 2)) == 0


def test_nothing_is_saved_over_what_another_program_has_written(tmp_path):
    one, other = VectorIndex(tmp_path, D), VectorIndex(tmp_path, D)
    one.add([1], make_vectors(1, 1))
    one.save()
    other.add([2], make_vectors(2, 1))
    other.save()
    assert VectorIndex(tmp_path, D).search(question(1), 5)[0][0] == 1
