"""How alike two files of one document are read: their clauses and tasks, and each difference.

Run: .venv/bin/python benchmarks/formats.py FILE FILE [FILE FILE …]

Two clauses are alike when label and words are the same; two tasks when their words, bodies with
roles, and terms are. Letters of one kind (tone marks set on another vowel, "ﬁ", curly quotes) and
white space do not count. The exit status is 1 when anything differs.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from ingest.document import read_document
from ingest.model import Document
from ingest.tones import fold_tones

Entry = tuple[str, ...]
_SIGNS = str.maketrans("–—−“”’‘", "---\"\"''")
_SHOWN = 110


def main() -> None:
    """Compare the files two by two and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    differences = 0
    for left, right in _pairs(arguments.files):
        print(f"{left.name} ↔ {right.name}")
        one, other = read_document(left), read_document(right)
        differences += compare("clauses", clauses(one), clauses(other))
        differences += compare("tasks", tasks(one), tasks(other))
    sys.exit(differences > 0)


def compare(what: str, left: Sequence[Entry], right: Sequence[Entry]) -> int:
    """Print the share of entries that are alike and each that is not; return how many are not."""
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    alike = sum(block.size for block in matcher.get_matching_blocks())
    most = max(len(left), len(right))
    print(f"  {what}: {alike} of {most} alike ({alike / most if most else 1:.1%})")
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            for sign, entries in (("-", left[a:b]), ("+", right[c:d])):
                for entry in entries:
                    print(f"    {sign} {' | '.join(entry)[:_SHOWN]}")
    return most - alike


def clauses(document: Document) -> list[Entry]:
    """Return the label and the words of each clause, those outside the body left out."""
    body = [c for c in document.blocks if c.kind not in {"letterhead", "signature", "recipients"}]
    return [(plain(clause.label or ""), plain(clause.text)) for clause in body]


def tasks(document: Document) -> list[Entry]:
    """Return the words of each task with its bodies and terms."""
    return [
        (
            plain(task.quote),
            "; ".join(sorted(f"{actor.role} {plain(actor.agency)}" for actor in task.actors)),
            "; ".join(sorted(plain(deadline.surface) for deadline in task.deadlines)),
        )
        for task in document.tasks
    ]


def plain(words: str) -> str:
    """Return *words* as far as they matter here."""
    return " ".join(fold_tones(unicodedata.normalize("NFKC", words).translate(_SIGNS)).split())


def _pairs(files: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    yield from zip(files[::2], files[1::2], strict=True)


if __name__ == "__main__":
    main()
