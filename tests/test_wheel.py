"""The wheel: what a person has who installs the program without the repository."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = folder.glob("sauro-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(unpacked, *arguments):
    """Run Python elsewhere, with the unpacked wheel before the repository on the path."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=unpacked.parent,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_every_file_that_the_packages_read_is_in_it(unpacked):
    data = {
        path.relative_to(ROOT)
        for package in ("ingest", "index", "drafting", "api", "web", "corpus/documents")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert {path.suffix for path in data} >= {".csv", ".css", ".html", ".docx", ".pdf"}
    assert [path for path in sorted(data) if not (unpacked / path).is_file()] == []


def test_it_has_neither_tests_nor_the_sources_of_the_corpus(unpacked):
    assert {path.name for path in unpacked.iterdir() if path.suffix != ".dist-info"} == {
        "api", "corpus", "drafting", "index", "ingest", "web"
    }  # fmt: skip
    assert {path.name for path in (unpacked / "corpus").iterdir()} == {
        "README.md", "documents", "manifest.csv"
    }  # fmt: skip


@pytest.mark.slow
def test_it_reads_its_own_sample_corpus(unpacked):
    script = "from web.demo import sample_corpus; print(sample_corpus())"
    corpus = run(unpacked, "-c", script).strip()
    assert corpus == str(unpacked / "corpus" / "documents")
    sample = next(Path(corpus).glob("*.docx"))
    document = json.loads(run(unpacked, "-m", "web.cli", "analyze", str(sample), "--json"))
    assert document["source"]["name"] == sample.name
    assert document["blocks"]
