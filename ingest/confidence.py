"""DOCUMENT -> DOCUMENT: how sure each finding is, as measured on annotated documents.

Each rule states a confidence when it finds something; that is a guess. Here it is one sign among
others of the finding: by which words and from where it was found, in what kind of document, beside
what. `knowledge/confidence.csv` says what each sign has been worth on documents with gold; it is
written by `benchmarks/calibrate.py`, never by hand. A kind of finding without rows keeps the
confidence of its rules.

1 is said by people alone: what is weighed here stays below.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TypeAlias, TypeVar

from ingest.body_nouns import noun_kind
from ingest.knowledge.tables import rows
from ingest.model import Actor, Clause, Deadline, Document, Metadata, Reference, Target, Task

MOST = 0.995
LEAST = 0.02
BASE = "base"  # the sign that every finding has
RULE = "rule"  # the confidence of the rule, as log odds
_BOUND = 4.5  # of log odds

_LAWS = frozenset(
    {"luật", "bộ luật", "hiến pháp", "pháp lệnh", "nghị định", "thông tư", "thông tư liên tịch"}
)
_FEW, _MANY = 3, 4
_P = TypeVar("_P", Clause, Actor, Deadline, Target, Reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """What stands around every finding of a document."""

    around: tuple[str, ...]
    issuer: str | None
    clauses: Mapping[str, Clause]


Chance: TypeAlias = Callable[[str, float, Sequence[str]], float]


def measured(noun: str, rule: float, signs: Sequence[str]) -> float:
    """Return the chance that a finding is right; the rule's own word where nothing is measured."""
    worth = _worths().get(noun)
    if worth is None:
        return min(rule, MOST)
    total = worth.get(BASE, 0.0) + worth.get(RULE, 0.0) * log_odds(rule)
    total += sum(worth.get(sign, 0.0) for sign in signs)
    return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-total)))), 3)


def weigh(document: Document, *, chance: Chance = measured) -> Document:
    """Return *document* with the confidence of its findings as measured.

    Args:
        document: With what its rules are sure of.
        chance: Takes the kind of a finding, what its rule says and its signs.
    """
    around = _around(document)
    sight = _Sight(
        around=around,
        issuer=document.metadata.issuer,
        clauses={clause.path: clause for clause in document.blocks},
    )
    blocks = zip(document.blocks, block_signs(document.blocks, around), strict=True)
    return replace(
        document,
        metadata=_header(document.metadata, around, chance),
        blocks=tuple(_weighed("block", clause, signs, chance) for clause, signs in blocks),
        references=tuple(
            _weighed("reference", each, reference_signs(each, sight), chance)
            for each in document.references
        ),
        tasks=tuple(_task(task, sight, chance) for task in document.tasks),
    )


def _header(metadata: Metadata, around: Sequence[str], chance: Chance) -> Metadata:
    said = [each.name for each in fields(metadata) if each.name != "confidence"]
    sure = {
        name: chance("header", metadata.confidence.get(name, 0.9), (f"field={name}", *around))
        for name in said
        if getattr(metadata, name)
    }
    return replace(metadata, confidence=sure)


def _task(task: Task, sight: _Sight, chance: Chance) -> Task:
    clause, around = sight.clauses.get(task.path), sight.around
    return replace(
        task,
        confidence=chance("task", task.confidence, task_signs(task, clause, around)),
        actors=tuple(
            _weighed("actor", each, actor_signs(each, task, sight), chance) for each in task.actors
        ),
        deadlines=tuple(
            _weighed("deadline", each, deadline_signs(each, task, around), chance)
            for each in task.deadlines
        ),
        targets=tuple(
            _weighed("target", each, target_signs(each, around), chance) for each in task.targets
        ),
    )


def _weighed(noun: str, part: _P, signs: Sequence[str], chance: Chance) -> _P:
    return replace(part, confidence=chance(noun, part.confidence, signs))


def log_odds(chance: float) -> float:
    """Return a chance as log odds, bounded."""
    bounded = min(max(chance, LEAST), MOST)
    return max(-_BOUND, min(_BOUND, math.log(bounded / (1 - bounded))))


@cache
def _worths() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in rows("confidence"):
        found.setdefault(row["finding"], {})[row["sign"]] = float(row["worth"])
    return found


# Signs


def _around(document: Document) -> tuple[str, ...]:
    """Return the signs that all findings of a document share."""
    doc_type = (document.metadata.doc_type or "").lower()
    signs = ["law"] if doc_type in _LAWS else []
    articles = sum((clause.label or "").startswith("Điều ") for clause in document.blocks)
    signs += ["articles"] if articles >= _MANY else []
    signs += ["untitled"] if not doc_type else []
    signs += ["warned"] if document.warnings else []
    signs += ["scanned"] if document.source.format in ("pdf-scan", "image") else []
    signs += ["unissued"] if document.metadata.issuer is None else []
    headed = any(clause.kind == "letterhead" for clause in document.blocks)
    signs += [] if headed else ["headless"]
    return tuple(signs)


def block_signs(blocks: Sequence[Clause], around: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the signs of each clause's kind, which stands among the others."""
    parents = {clause.parent for clause in blocks}
    for at, clause in enumerate(blocks):
        beside = [blocks[near].kind for near in (at - 1, at + 1) if 0 <= near < len(blocks)]
        words = clause.text.split()
        signs = [f"kind={clause.kind}"]
        signs += ["unlabelled"] if clause.label is None else []
        signs += ["alone"] if clause.kind not in beside else []
        signs += ["short"] if len(words) <= _FEW else []
        signs += ["encloses"] if clause.path in parents else []
        signs += ["annex"] if clause.path.startswith("PL") else []
        signs += ["row"] if " | " in clause.text else []
        signs += ["capitals"] if clause.text.isupper() else []
        signs += ["open"] if clause.text.endswith(":") else []
        yield (*signs, *around, *(f"kind={clause.kind}&{sign}" for sign in around))


def task_signs(task: Task, clause: Clause | None, around: Sequence[str]) -> tuple[str, ...]:
    """Return the signs that a clause is a duty."""
    signs = [] if task.actors else ["nobody"]
    signs += ["vague"] if len(task.quote.split()) <= 2 * _FEW else []
    signs += ["annex"] if task.path.startswith("PL") else []
    signs += ["table"] if any(actor.via == "table" for actor in task.actors) else []
    signs += ["unlabelled"] if clause is not None and clause.label is None else []
    signs += ["open"] if task.quote.rstrip().endswith(":") else []
    signs += ["dated"] if task.deadlines else []
    return (*signs, *around)


def actor_signs(actor: Actor, task: Task, sight: _Sight) -> tuple[str, ...]:
    """Return the signs that a body acts in this role."""
    leads = {each.agency for each in task.actors if each.role == "lead"}
    signs = [f"via={actor.via}", f"role={actor.role}", f"{actor.via}&{actor.role}"]
    signs += ["requested"] if actor.mode == "requested" else []
    signs += ["uncompleted"] if actor.agency.lower() == actor.surface.lower() else []
    signs += ["issuer"] if actor.agency == sight.issuer else []
    signs += [f"noun={noun_kind(actor.agency)}"]
    signs += ["abbreviated"] if _abbreviated(actor.surface) else []
    signs += ["collective"] if actor.agency.startswith(("Các ", "Mọi ", "Những ")) else []
    signs += ["short"] if len(actor.surface.split()) < _FEW else []
    signs += ["bare"] if {"short", "uncompleted"} <= set(signs) else []
    signs += ["small", f"small&{actor.via}"] if actor.surface[:1].islower() else []
    signs += ["leads"] if len(leads) > 1 else []
    signs += ["many"] if len(task.actors) >= _MANY else []
    signs += ["elsewhere"] if not task.span.holds(actor.span) else []
    signs += ["unsure-task"] if task.confidence < 0.94 else []  # noqa: PLR2004 - a rule's doubt
    return (*signs, *sight.around, *(f"{actor.via}&{sign}" for sign in sight.around))


_COMMON = {"UBND", "HĐND", "UBMTTQ", "MTTQ"}


def _abbreviated(surface: str) -> bool:
    """Tell whether a name has an abbreviation that may mean more than one thing: "Vụ GDTH"."""
    capitals = re.findall(r"(?<!\w)[A-ZĐ]{3,}(?!\w)", surface)
    return bool(set(capitals) - _COMMON)


_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"\d ?[/.-] ?\d{1,2}(?!\d)|ngày \d")


def deadline_signs(deadline: Deadline, task: Task, around: Sequence[str]) -> tuple[str, ...]:
    """Return the signs that these words say when a duty is due."""
    signs = [f"kind={deadline.kind}"]
    signs += ["yearless"] if deadline.date and not _YEAR.search(deadline.surface) else []
    signs += ["stretch"] if deadline.date and not _DAY.search(deadline.surface) else []
    signs += ["several"] if len(task.deadlines) > 1 else []
    signs += ["undated"] if deadline.kind in ("date", "period") and not deadline.date else []
    signs += ["slow"] if deadline.recurrence is None and deadline.kind == "recurring" else []
    return (*signs, *around)


def target_signs(target: Target, around: Sequence[str]) -> tuple[str, ...]:
    """Return the signs that a figure is to be reached."""
    signs = [f"comparator={target.comparator}"]
    signs += ["percent"] if "%" in target.unit else []
    return (*signs, *around)


def reference_signs(cited: Reference, sight: _Sight) -> tuple[str, ...]:
    """Return the signs that a mention, its number, day, issuer and relation are read right."""
    clause, around = sight.clauses.get(cited.path), sight.around
    signs = [f"relation={cited.relation}"]
    signs += ["uncoded"] if cited.code is None else []
    signs += ["undated"] if cited.date is None else []
    signs += ["unissued-reference"] if cited.issuer is None else []
    signs += ["repaired"] if cited.repair else []
    signs += ["inner"] if cited.from_code else []
    signs += ["pinpointed"] if cited.pinpoint else []
    signs += ["preamble"] if clause is not None and clause.kind == "preamble" else []
    signs += ["resolved"] if cited.resolved else []
    told = (f"relation={cited.relation}", *(["uncoded"] if cited.code is None else []))
    return (*signs, *around, *(f"{sign}&{other}" for sign in told for other in around))
