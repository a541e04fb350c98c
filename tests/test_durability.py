"""Killed at any moment: each document is wholly in or out, and answers quote what is there."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from index.library import Library
from ingest.model import Document

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import kills

sys.path.remove(str(Path(__file__).parents[1] / "benchmarks"))

FILES = 40
CLAUSES = 30

INGEST = """
import sys
from pathlib import Path
from pydantic import TypeAdapter
from index.library import Library
from ingest.model import Document

read = TypeAdapter(Document).validate_json
files = sorted(Path(sys.argv[2]).iterdir())
print("begun", flush=True)
with Library(Path(sys.argv[1])) as library:
    for round in range(1000):
        for at, file in enumerate(files):
            if library.holds(file.stem):
                library.remove(file.stem[:12])
            else:
                library.add(read(file.read_bytes()), file, key=f"key-{at % 30}")
            if at % 7 == 0:
                library.search("việc")
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory, make_document):
    folder = tmp_path_factory.mktemp("files")
    for at in range(FILES):
        clauses = {
            str(n): {
                "text": f"Việc thứ {n} của văn bản {at}, bố trí kinh phí thực hiện.",
                "actors": {f"Sở Số {at} tỉnh Lam Giang": "lead"},
            }
            for n in range(CLAUSES)
        }
        document = make_document(clauses, name=f"{at}.txt", code=f"{at}/KH-UBND")
        target = folder / f"{document.source.sha256}.json"
        target.write_bytes(TypeAdapter(Document).dump_json(document))
    return folder


def ingest_until_killed(library: Path, files: Path, seconds: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", INGEST, library, files],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        process.send_signal(signal.SIGKILL)


def check_whole(folder: Path) -> None:
    with Library(folder) as library:
        held = library.documents()
        for entry in held:
            document = library.document(entry.id)
            assert entry.clauses == len(document.blocks) == CLAUSES
            assert entry.tasks == len(document.tasks) == CLAUSES
            original = library.original(entry.id).path
            assert TypeAdapter(Document).validate_json(original.read_bytes()) == document
            assert library.duties(document.tasks[0].actors[0].agency).total == CLAUSES
        found = library.search("việc kinh phí", limit=1000)
        assert found.total == CLAUSES * len(held)
        texts = {entry.id: library.document(entry.id).text for entry in held}
        assert all(hit.quote in texts[hit.document] for hit in found.hits)
        assert library.status().clauses == CLAUSES * len(held)


def test_killed_at_random_moments_the_library_stays_whole(tmp_path, files):
    moments = random.Random(138)  # noqa: S311 - moments of a test
    seen = set()
    for _ in range(10):
        ingest_until_killed(tmp_path, files, moments.uniform(0.02, 0.9))
        check_whole(tmp_path)
        with Library(tmp_path) as library:
            seen.add(len(library.documents()))
    assert len(seen) > 1, "every kill came at the same moment: the test shows nothing"


def test_killed_with_every_index_on_nothing_is_half_in_and_indexes_are_as_made_anew(
    tmp_path, files
):
    """Words, columns, vectors and families; a hundred kills: benchmarks/kills.py."""
    moments = random.Random(36)  # noqa: S311 - moments of a test
    for kill in range(5):
        kills.ingest_until_killed(tmp_path, files, moments.uniform(0.02, 2.5), seed=kill)
        assert kills.troubles(tmp_path) == []


def test_nothing_of_a_broken_off_document_is_left(tmp_path, files):
    """The original is written before the rows; a kill between them must leave no copy."""
    file = next(files.iterdir())
    with Library(tmp_path) as library:
        name = library._originals.keep("ab" * 32, "x.txt", b"half in")
    with Library(tmp_path) as library:
        document = TypeAdapter(Document).validate_json(file.read_bytes())
        library.add(document, file)
        kept = [path for path in (tmp_path / "originals").rglob("*") if path.is_file()]
        assert kept == [library.original(document.source.sha256[:12]).path]
        assert not (tmp_path / "originals" / name).exists()
