"""questions.txt -> truth/questions.json: questions on the corpus, with the lines that answer them.

A question is a line `intent | question | style` (the style may be missing); below it, indented,
are its answers: `stem # first words of the line | body; body | deadline`. An answer that begins
with `~` is acceptable, with `?` optional.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def write_questions(path: Path, truth: Path) -> None:
    """Write the questions of *path* beside the transcripts in *truth*."""
    questions: list[Json] = []
    for line in filter(None, path.read_text("utf-8").splitlines()):
        if line.startswith("#"):
            continue
        if not line.startswith(" "):
            questions.append(_question(line))
            continue
        answer = line.strip()
        key = "acceptable" if answer.startswith("~") else "answers"
        found = _answer(answer.lstrip("~? "), truth)
        if answer.startswith("?"):
            found["optional"] = True
        questions[-1].setdefault(key, []).append(found)
    text = json.dumps(questions, ensure_ascii=False, indent=1) + "\n"
    (truth / "questions.json").write_text(text, "utf-8")


def _question(line: str) -> Json:
    intent, question, *style = (part.strip() for part in line.split(" | "))
    found: Json = {"question": question, "intent": intent, "answers": []}
    if style:
        found["style"] = style[0]
    return found


def _answer(text: str, truth: Path) -> Json:
    """Find the line that an answer names by its first words.

    Raises:
        ValueError: not exactly one line begins with these words.
    """
    stem, _, rest = text.partition(" # ")
    begins, *facts = (part.strip() for part in rest.split(" | "))
    if begins.isdecimal():  # a table row: its number and the first words of its second cell
        begins, facts = f"{begins} | {facts[0]}", facts[1:]
    lines = (truth / f"{stem}.txt").read_text("utf-8").split("\n")
    hits = [number for number, line in enumerate(lines, start=1) if line.startswith(begins)]
    if len(hits) != 1:
        raise ValueError(f"{stem}: {len(hits)} lines begin with {begins!r}")
    bodies = [body.strip() for body in facts[0].split(";") if body.strip()] if facts else []
    deadline = facts[1] if len(facts) > 1 else None
    return {
        "file": f"{stem}.txt",
        "first": hits[0],
        "last": hits[0],
        "agencies": bodies,
        "deadline": deadline,
    }
