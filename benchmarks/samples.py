"""DOCUMENTS + GOLD -> SAMPLES: what a model may learn from, with the words and places as signs.

The duties, and the bodies named in them, of documents with gold; `learned.py` learns and judges.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from calibrate import name_of
from judging import Judge

from ingest.actors import Mention
from ingest.agencies import mark_agencies
from ingest.cues import cue_of
from ingest.document import read_document
from ingest.errors import DirectiveError
from ingest.heads import Findings, find_heads
from ingest.model import Clause, Document, Span, Task
from ingest.role_words import begins_with_action
from ingest.sections import above, force_of, section_kind
from ingest.strangers import find_strangers
from ingest.task_tables import read_columns
from ingest.tones import fold_tones
from ingest.words import read_words

NONE = "none"
WORDY = ("word ", "pair ", "begins ", "under ", "top ")  # signs that are words
_TOLD = {"narrative", "task", "detail", "objective", "assignment", "funding"}  # by `tell_kinds`
_LABELS = (
    (r"(?:điều|chương|mục|phần)\b", "article"),
    (r"[ivx]+\b", "roman"),
    (r"\d+\.\d", "decimal"),
    (r"\d", "number"),
    (r"[a-zđ]\b", "letter"),
    (r"", "dash"),
)
Block = tuple[int, int]  # first and last line of a gold block


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A clause, or a body that a duty names: what the gold says it is, and the rules."""

    document: str
    of: Block | None  # the gold's block that it stands in
    gold: str
    rule: str
    signs: tuple[str, ...]
    unsure: bool = False  # the rules found nothing that speaks for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A document with gold, in samples."""

    name: str
    force: str | None  # of its type: "directs", "rules", "reports"
    duties: int  # blocks that the gold calls duties
    clauses: tuple[Sample, ...]
    bodies: tuple[Sample, ...]


def observe(judge: Judge, gold: Path, docs: Path, sources: Path, *, skip: str) -> Iterator[Seen]:
    """Yield the documents of a folder of gold; name what is not read."""
    for file in sorted(gold.glob("[0-9]*.json")):
        if name_of(file.stem) in skip.split(","):
            continue
        truth = judge.gold(file, docs, sources)
        try:
            document = read_document(truth.path)
        except (DirectiveError, OSError) as error:
            print(f"{file.name}: {error}")
            continue
        yield _seen(judge, truth, document, file.stem)


def _seen(judge: Judge, truth: Any, document: Document, name: str) -> Seen:  # noqa: ANN401
    entries: dict[Block, list[dict[str, Any]]] = defaultdict(list)
    maybe = set()
    for entry in truth.data["assignments"]:
        key = (entry["first"], entry["last"])
        maybe |= {key} if entry.get("on") == "objective" else set()
        entries[key].append(entry)
    blocks = [block for block in truth.blocks() if block["kind"] != "duplicate"]
    findings = _look(document)
    clauses = [each for each in _clauses(truth, document, findings, blocks) if each.of not in maybe]
    return Seen(
        name=name,
        force=force_of(document.metadata.doc_type),
        duties=len(entries.keys() - maybe),
        clauses=tuple(replace(c, gold="task" if c.of in entries else NONE) for c in clauses),
        bodies=tuple(_bodies(judge, truth, document, findings, entries)),
    )


def _look(document: Document) -> Findings:
    """Return what the program had found when it told the kinds of the clauses."""
    text = document.text
    marked = [
        Mention(Span(span.start_char, span.end_char), span.label_)
        for span in mark_agencies(read_words(text))
    ]
    clauses = [
        replace(each, kind="narrative") if each.kind in _TOLD else each for each in document.blocks
    ]
    mentions = find_strangers(text, clauses, marked, doc_type=document.metadata.doc_type)
    heads = find_heads(text, clauses, mentions)
    return Findings(mentions=mentions, heads=heads, tables=read_columns(text, document.paragraphs))


def _clauses(
    truth: Any,  # noqa: ANN401
    document: Document,
    findings: Findings,
    blocks: Sequence[dict[str, Any]],
) -> Iterator[Sample]:
    told = {each.path: each for each in document.blocks}
    encloses = {each.parent for each in document.blocks}
    for place, clause in enumerate(document.blocks):
        if clause.kind not in _TOLD:
            continue
        block = truth.block_of(clause.text, blocks)
        third = f"third {3 * place // len(document.blocks)}"
        around = [third, *(["encloses"] if clause.path in encloses else [])]
        yield Sample(
            document=truth.path.name,
            of=(block["first"], block["last"]) if block else None,
            gold=NONE,
            rule="task" if clause.kind == "task" else NONE,
            signs=(*around, *_around(document, clause, findings, told), *_words_of(clause, told)),
            unsure=clause.kind == "narrative",
        )


def _around(
    document: Document, clause: Clause, findings: Findings, told: Mapping[str, Clause]
) -> Iterator[str]:
    force = force_of(document.metadata.doc_type)
    named = findings.named_in(clause)
    start = clause.span.end - len(clause.text)
    facts = {
        "acts": begins_with_action(clause.text),
        "begins with a body": bool(named) and named[0].span.start - start < len("các "),
        "given": any(path in findings.heads for path in above(clause.path)),
        "cue": cue_of(clause) is not None,
        "row": clause.span.start in findings.tables,
    }
    for fact in (fact for fact, holds in facts.items() if holds):
        yield from (fact, f"{fact} in what {force}")
    yield from (f"force {force}", f"section {section_kind(clause, told)}")
    yield from (f"label {_shape(clause.label)}", f"depth {clause.path.count('.')}")
    yield from (f"closes {clause.text.strip()[-1:]}", f"named {min(3, len(named))}")
    yield f"length {sum(len(clause.text.split()) >= most for most in (4, 10, 25, 60))}"


def _shape(label: str | None) -> str:
    folded = (label or "").lower()
    return next(name for form, name in _LABELS if re.match(form, folded)) if label else NONE


def _words_of(clause: Clause, told: Mapping[str, Clause]) -> Iterator[str]:
    words = _words(clause.text)[:40]
    yield from (f"word {word}" for word in words)
    yield from (f"pair {one} {two}" for one, two in pairwise(words))
    yield from (f"begins {' '.join(words[:count])}" for count in (1, 2, 3))
    outer = [told[path] for path in above(clause.path) if path in told]
    if outer:
        yield from (f"under {word}" for word in _words(outer[0].text)[:15])
        yield from (f"top {word}" for word in _words(outer[-1].text)[:10])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold_tones(text.lower()))


def _bodies(
    judge: Judge,
    truth: Any,  # noqa: ANN401
    document: Document,
    findings: Findings,
    entries: Mapping[Block, Sequence[dict[str, Any]]],
) -> Iterator[Sample]:
    """Yield each body named in a duty of the gold, once a block; those of headings are not."""
    same, done = judge.common.same_name, set()
    blocks = [block for block in truth.blocks() if block["kind"] != "duplicate"]
    for task in document.tasks:
        block = truth.block_of(task.quote, blocks)
        key = (block["first"], block["last"]) if block else (0, 0)
        actors = [actor for entry in entries.get(key, ()) for actor in entry["actors"]]
        for mention in findings.mentions if key in entries else ():
            surface = mention.span.of(document.text)
            said: dict[str, Any] = next(
                (actor for actor in actors if same(actor["surface"], surface)), {}
            )
            debatable = said.get("debatable") or said.get("optional")
            from_above = said.get("via") == "heading"
            again = (key, surface) in done
            if not task.span.holds(mention.span) or again or debatable or from_above:
                continue
            done.add((key, surface))
            given = (each.role for each in task.actors if same(each.surface, surface))
            yield Sample(
                document=truth.path.name,
                of=key,
                gold=said.get("role", NONE),
                rule=next(given, NONE),
                signs=tuple(_beside(task, mention, findings)),
            )


def _beside(task: Task, mention: Mention, findings: Findings) -> Iterator[str]:
    start, end = mention.span.start - task.span.start, mention.span.end - task.span.start
    before, after = _words(task.quote[:start]), _words(task.quote[end:])
    for count in (1, 2, 3):
        yield f"before {' '.join(before[-count:])}"
        yield f"after {' '.join(after[:count])}"
    yield from (f"word before {word}" for word in before[-6:])
    yield from (f"word after {word}" for word in after[:6])
    acts = "acts" if begins_with_action(task.quote) else "no action"
    yield f"{acts}, place {sum(len(before) >= most for most in (1, 4, 12))}"
    yield f"given {any(path in findings.heads for path in above(task.path))}"
    yield from (f"own {word}" for word in _words(task.quote[start:end])[:2])
