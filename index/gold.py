"""DOCUMENT -> GOLD: what a person has looked through, in the form that extraction is scored by.

The form is that of a hand-made annotation: a transcript with one clause a line, and what each line
is, cites and assigns. The transcript and the original lie beside it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.findings import HEADER, header_value

if TYPE_CHECKING:
    from index.library import Library
    from ingest.model import Actor, Clause, Deadline, Document, Reference, Target, Task

_FIRST_WORDS = 6
_SHOWN = frozenset(HEADER) - {"effective_on", "status"}


def export_gold(library: Library, folder: Path) -> list[str]:
    """Write every document that a person has looked through; return their ids.

    Each is "000_<id>.json" with "000_<id>.lines.txt", its transcript, and its original "<id>.docx".

    Raises:
        OSError: The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done: list[str] = []
    for entry in library.documents():
        if not library.review.checked(entry.id).reviewed:
            continue
        document, original = library.document(entry.id), library.original(entry.id)
        source = f"{entry.id}{original.path.suffix}"
        name = f"{len(done):03}_{entry.id}"
        gold = to_gold(document, transcript=f"{name}.lines.txt", source=source)
        text = json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_text(text, "utf-8")
        (folder / f"{name}.lines.txt").write_text("\n".join(transcript(document)), "utf-8")
        shutil.copyfile(original.path, folder / source)
        done.append(entry.id)
    return done


def transcript(document: Document) -> list[str]:
    """Return the words of a document, one clause a line."""
    return [" ".join(clause.span.of(document.text).split()) for clause in document.blocks]


def to_gold(document: Document, *, transcript: str, source: str) -> dict[str, Any]:
    """Return a document as an annotation.

    Args:
        document: As a person has corrected it.
        transcript: The name of the file whose lines are counted.
        source: The name of the original file beside it.
    """
    lines = {clause.path: number for number, clause in enumerate(document.blocks, 1)}
    return {
        "file": transcript,
        "source": source,
        "metadata": {
            name: _plain(header_value(document.metadata, name)) for name in HEADER if name in _SHOWN
        },
        "outline": [
            {"first": lines[clause.path], "last": lines[clause.path], "label": clause.label,
             "title": clause.text, "level": clause.path.count(".") + 1}
            for clause in _outline(document.blocks)
        ],
        "blocks": [
            {"first": number, "last": number, "kind": clause.kind}
            for number, clause in enumerate(document.blocks, 1)
        ],
        "references": [_reference(each, lines[each.path]) for each in document.references],
        "assignments": [
            _assignment(task, lines[task.path], document) for task in document.tasks
        ],
        "notes": [],
    }  # fmt: skip


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _outline(blocks: Sequence[Clause]) -> Iterable[Clause]:
    """Yield the headings, and the labelled clauses that enclose others."""
    parents = {clause.parent for clause in blocks}
    for clause in blocks:
        if clause.kind == "heading" or (clause.label and clause.path in parents):
            yield clause


def _reference(cited: Reference, line: int) -> dict[str, Any]:
    found = {
        "first": line, "last": line, "surface": cited.surface, "code": cited.code,
        "doc_type": cited.doc_type, "date": _day(cited.date), "issuer": cited.issuer,
        "title": cited.title, "pinpoint": cited.pinpoint, "relation": cited.relation,
    }  # fmt: skip
    if cited.printed_code and cited.printed_code != cited.code:
        found["printed"] = cited.printed_code
    return found


def _assignment(task: Task, line: int, document: Document) -> dict[str, Any]:
    clause = document.clause(task.path)
    found: dict[str, Any] = {
        "first": line, "last": line, "begins": " ".join(task.quote.split()[:_FIRST_WORDS]),
        "actors": [_actor(actor) for actor in task.actors],
        "deadlines": [_deadline(deadline) for deadline in task.deadlines],
        "targets": [_target(target) for target in task.targets],
        "report_to": task.report_to, "report_via": task.report_via,
    }  # fmt: skip
    if clause and clause.kind == "objective":
        found["on"] = "objective"
    return found


def _actor(actor: Actor) -> dict[str, Any]:
    return {name: getattr(actor, name) for name in ("surface", "agency", "role", "mode", "via")}


def _deadline(deadline: Deadline) -> dict[str, Any]:
    said = {
        "date": _day(deadline.date), "recurrence": deadline.recurrence,
        "dates": list(deadline.dates), "from": _day(deadline.from_), "to": _day(deadline.to),
    }  # fmt: skip
    kept = {name: value for name, value in said.items() if value}
    return {"surface": deadline.surface, "kind": deadline.kind, **kept}


def _target(target: Target) -> dict[str, Any]:
    names = ("surface", "comparator", "value", "unit", "by")
    return {name: getattr(target, name) for name in names}


def _day(day: object) -> str | None:
    return None if day is None else str(day)
