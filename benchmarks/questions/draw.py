"""All questions -> tuning.json (two thirds) and heldout.json (one third), by a seeded draw.

Run: .venv/bin/python benchmarks/questions/draw.py ALL.json

The draw is stratified by scope (corpus, law) and intent, so that both sets have the same mix. It
was made once, before anything was tuned; only the files that it wrote are kept.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from pathlib import Path

SEED = 20260721
HERE = Path(__file__).parent


def main() -> None:
    """Write both files."""
    questions = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    strata = defaultdict(list)
    for question in questions:
        strata[question["scope"], question["intent"]].append(question)
    rng = random.Random(SEED)  # noqa: S311 - a draw, no secret
    ordered = []
    for key in sorted(strata):
        rng.shuffle(strata[key])
        ordered += strata[key]
    held = ordered[rng.randrange(3) :: 3]
    chosen = {question["id"] for question in held}
    for name, part in (
        ("tuning", [q for q in questions if q["id"] not in chosen]),
        ("heldout", [q for q in questions if q["id"] in chosen]),
    ):
        text = json.dumps(part, ensure_ascii=False, indent=1) + "\n"
        (HERE / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
