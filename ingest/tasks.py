"""CLAUSES -> TASKS: who must do what by when (nhiệm vụ), as each clause says it.

A duty takes its bodies from its own sentence; when that names no subject, from the heading or
lead-in above; and from the line after it that only assigns, which reaches back to the line or
heading before. Sentences of one clause that bind different bodies are different tasks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.actors import Mention, Part, find_parts, trailing_parts
from ingest.clarity import clarity_of, gaps_of
from ingest.cues import read_cues
from ingest.heads import Findings, Heads
from ingest.model import Actor, Clause, Deadline, Role, Span, Target, Task
from ingest.naming import full_name
from ingest.nesting import within
from ingest.norms import is_duty
from ingest.places import Context
from ingest.reporting import find_reporting
from ingest.role_words import begins_with_action
from ingest.sections import above
from ingest.sentences import split_sentences, split_units
from ingest.task_tables import Columns
from ingest.tones import fold_tones

_GOES_ON = ("hoàn thành", "thời gian", "thời hạn", "kết quả", "báo cáo", "trong đó", "đồng thời")
_ROLES: Mapping[str, Role] = {"lead": "lead", "coordinate": "coordinate"}
_SHARES = re.compile(r"(?:mỗi|từng)\s", re.IGNORECASE)
_PASSES_ON = ("phân công ", "giao ")
_ORDERS = ("giao", "đề nghị", "yêu cầu", "phân công")
# "nội dung 3.1, 3.2", "điểm a"
_ITEM = re.compile(r"(?:\d{1,2}\.)*(?:\d{1,2}|[a-zđ])(?!\w)")
_ITEMS = re.compile(
    rf"(?:nội dung|nhiệm vụ|mục|tiểu mục|điểm)\s+(?:số\s+)?"
    rf"(?P<items>{_ITEM.pattern}(?:(?:,| và) {_ITEM.pattern})*)"
)


@dataclass(slots=True)
class _Draft:
    """A task on its way: sentences that bind the same bodies."""

    clause: Clause
    span: Span
    parts: list[Part] = field(default_factory=list)
    trailing: list[Part] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    product: bool = False


def read_tasks(
    text: str,
    clauses: Sequence[Clause],
    findings: Findings,
    context: Context,
    *,
    ordered_by: str | None,
) -> tuple[Task, ...]:
    """Read the tasks of a document, in reading order.

    Args:
        text: The document's text.
        clauses: With their kinds told.
        findings: Bodies, deadlines, targets, and the headings that give work to bodies.
        context: Makes the bodies' names full.
        ordered_by: The issuer.

    Returns:
        Tasks whose quote is `span.of(text)`; spans of one clause's tasks do not overlap.
    """
    drafts: list[_Draft] = []
    run = 0  # where the last run of lines that assign, or heading, stood
    reached: Sequence[_Draft] = ()
    assigning = False
    headings = {clause.path for clause in clauses if clause.kind == "heading"}
    for clause in clauses:
        if clause.kind == "assignment":
            if not assigning:
                reached, run = _reached(drafts[run:], headings), len(drafts)
            for draft in reached:
                _assign(text, clause.span, draft, findings)
        elif clause.kind in {"task", "heading"}:
            if clause.kind == "heading" and run <= len(drafts):
                run = len(drafts)
            if clause.kind == "task":
                drafts += _drafts(text, clause, findings)
        assigning = clause.kind == "assignment"
    return tuple(_task(text, draft, findings, context, ordered_by) for draft in drafts)


def _reached(drafts: Sequence[_Draft], headings: Collection[str]) -> Sequence[_Draft]:
    """Return the last of *drafts* that one line reaches.

    It does not reach into what another heading encloses, nor past a duty that says itself by whom.
    """
    last = next(reversed(drafts), None)
    for place, draft in reversed(list(enumerate(drafts))):
        outside = any(
            path in headings and last and not last.clause.path.startswith(f"{path}.")
            for path in above(draft.clause.path)
        )
        if outside or (draft is not last and draft.trailing):
            return drafts[place + 1 :]
    return drafts


def _drafts(text: str, clause: Clause, findings: Findings) -> list[_Draft]:
    """Return the tasks of one clause: its sentences, those of the same bodies together."""
    if columns := findings.tables.get(clause.span.start):
        return [_row(clause, columns, findings)]
    drafts: list[_Draft] = []
    body = Span(clause.span.end - len(clause.text), clause.span.end)
    cues = read_cues(text, body)
    duty = _trimmed(text, Span(body.start, cues[0].start)) if cues else body
    for sentence in split_sentences(text, duty):
        mentions = [m for m in findings.mentions if sentence.holds(m.span)]
        parts = list(find_parts(text, sentence, mentions))
        last = drafts[-1] if drafts else None
        if (
            last
            and (not parts or _same(text, parts, last.parts))
            and _goes_on(text, sentence, last)
        ):
            drafts[-1] = _Draft(clause, Span(last.span.start, sentence.end), last.parts)
        else:
            drafts.append(_Draft(clause, sentence, parts))
    drafts = _only_duties(text, drafts, findings)
    for draft in drafts if cues else ():
        _assign(text, Span(cues[0].start, body.end), draft, findings)
    return drafts


def _only_duties(text: str, drafts: list[_Draft], findings: Findings) -> list[_Draft]:
    """Return the drafts without what a duty in the same clause only explains or rules."""
    owned = [draft for draft in drafts if any(part.own for part in draft.parts)]
    if not owned or not findings.law or _heads(owned[0], findings):
        return drafts
    return [draft for draft in drafts if _charges(text, draft, findings)] or drafts


def _charges(text: str, draft: _Draft, findings: Findings) -> bool:
    due = any(draft.span.holds(deadline.span) for deadline in findings.deadlines)
    return is_duty(text, draft.span, draft.parts, due=due)


def _trimmed(text: str, span: Span) -> Span:
    """Return *span* without the bracket or dash that opens what follows it."""
    return Span(span.start, span.start + len(span.of(text).rstrip(" (–-+*,;")))


def _row(clause: Clause, columns: Columns, findings: Findings) -> _Draft:
    """Return the task of a table's row; a cell that names nobody known is a body as it stands."""
    quote = columns.get("quote", columns["duty"])[0]
    draft = _Draft(clause, quote, product="result" in columns)
    for column, role in _ROLES.items():
        for cell in columns.get(column, ()):
            named = [m for m in findings.mentions if cell.holds(m.span)] or [Mention(cell, "body")]
            draft.trailing += [
                Part(mention=m, role=role, via="table", confidence=0.95) for m in named
            ]
    beside = [*columns.get("when", ()), *columns.get("result", ())]
    beside = [cell for cell in beside if not quote.holds(cell)]
    draft.deadlines = [d for d in findings.deadlines if any(c.holds(d.span) for c in beside)]
    draft.targets = [t for t in findings.targets if any(c.holds(t.span) for c in beside)]
    return draft


def _goes_on(text: str, sentence: Span, last: _Draft) -> bool:
    """Tell whether a sentence that names nobody new still speaks of the same bodies."""
    words = sentence.of(text)
    if not begins_with_action(words) or words.lower().startswith(_GOES_ON):
        return True
    return not last.parts or any(part.own for part in last.parts)


def _same(text: str, parts: Sequence[Part], others: Sequence[Part]) -> bool:
    return _names(text, parts) == _names(text, others)


def _names(text: str, parts: Sequence[Part]) -> list[tuple[str, Role]]:
    return [(fold_tones(part.mention.span.of(text).lower()), part.role) for part in parts]


def _assign(text: str, line: Span, draft: _Draft, findings: Findings) -> None:
    """Give what the cues of a line say to a task that the line reaches."""
    draft.deadlines += [d for d in findings.deadlines if line.holds(d.span)]
    for cue in read_cues(text, line):
        if cue.says in _ROLES:
            mentions = [
                mention
                for unit in split_units(text, cue.span)
                if _concerns(unit.of(text), draft.clause)
                for mention in findings.mentions
                if unit.holds(mention.span)
            ]
            parts = trailing_parts(text, cue.span, mentions)
            helps = cue.says == "coordinate"
            draft.trailing += [replace(p, role="coordinate") if helps else p for p in parts]
        draft.product = draft.product or cue.says == "result"


def _concerns(unit: str, clause: Clause) -> bool:
    """Tell whether a part of a line that assigns names *clause* or no item at all.

    "Phân công: Sở Y tế chủ trì nội dung 3.1; Công an tỉnh nội dung 3.2" gives each its own.
    """
    items = [item for found in _ITEMS.finditer(unit) for item in _ITEM.findall(found["items"])]
    path = clause.path.lower()
    return not items or any(f".{path}".endswith(f".{item.lower().strip('.')}") for item in items)


def _task(
    text: str, draft: _Draft, findings: Findings, context: Context, ordered_by: str | None
) -> Task:
    span, clause = draft.span, draft.clause
    actors = _unique(_actors(text, draft, findings, context))
    mentions = [m for m in findings.mentions if span.holds(m.span)]
    to, via = find_reporting(text, span, mentions)
    deadlines = [d for d in findings.deadlines if span.holds(d.span)] + draft.deadlines
    targets = (*(t for t in findings.targets if span.holds(t.span)), *draft.targets)
    clarity = clarity_of(
        span.of(text),
        actors=actors,
        deadlines=deadlines,
        targets=targets,
        ordered_by=ordered_by,
        product=draft.product or bool(to),
    )
    return Task(
        path=clause.path,
        quote=span.of(text),
        actors=actors,
        deadlines=tuple(deadlines),
        targets=targets,
        report_to=_joined(text, to, context),
        report_via=_joined(text, via, context),
        confidence=_confidence(span.of(text), actors),
        clarity=clarity,
        gaps=gaps_of(clarity, actors=actors, deadlines=deadlines, ordered_by=ordered_by),
        span=span,
    )


def _actors(text: str, draft: _Draft, findings: Findings, context: Context) -> Iterator[Actor]:
    heads = _heads(draft, findings)
    passed_on = heads is not None and not heads.default and _passes_on(text, draft, heads)
    own, place = _has_own_subject(text, draft) and not passed_on, context
    for mention in heads.mentions if heads else ():
        place = within(place, full_name(mention.span.of(text), context, label=mention.label))
    if heads and not own:
        advises = draft.span.of(text).lower().startswith(("tham mưu", "chủ động tham mưu"))
        for mention, role in heads.given():
            yield Actor(
                surface=mention.span.of(text),
                agency=full_name(mention.span.of(text), context, label=mention.label),
                role="advise" if advises and role == "lead" else role,
                mode=heads.mode,
                via="heading",
                confidence=0.96,
                span=mention.span,
            )
    for part in [*draft.parts, *draft.trailing]:
        if _SHARES.match(part.mention.span.of(text)):
            continue  # "mỗi xã 01 mô hình" measures; who must do it stands elsewhere
        surface = part.mention.span.of(text)
        agency = full_name(surface, place, label=part.mention.label)
        place = within(place, agency) if part.role == "lead" else place
        yield Actor(
            surface=surface,
            agency=agency,
            role="support" if passed_on and part.own else part.role,
            mode=heads.mode if heads and not own else part.mode,
            via=part.via,
            confidence=part.confidence,
            span=part.mention.span,
        )


def _heads(draft: _Draft, findings: Findings) -> Heads | None:
    """Return whom the nearest heading above gives a duty; those ordered first where it has none."""
    for path in above(draft.clause.path):
        if path in findings.heads:
            return findings.heads[path]
    named = draft.trailing or any(part.role == "lead" for part in draft.parts)
    return None if named else findings.heads.get("")


def _passes_on(text: str, draft: _Draft, heads: Heads) -> bool:
    """Tell whether the bodies of the heading give the duty on: "Phân công giáo viên trực"."""
    if not draft.span.of(text).lower().startswith(_PASSES_ON):
        return False
    led = {fold_tones(mention.span.of(text).lower()) for mention in heads.mentions}
    return not led & {name for name, _ in _names(text, draft.parts)}


def _has_own_subject(text: str, draft: _Draft) -> bool:
    """Tell whether the duty begins with a subject of its own, not only a later unit of it."""
    first = next(split_units(text, draft.span), draft.span)
    own = [part for part in draft.parts if part.own]
    words = draft.span.of(text)
    begins = begins_with_action(words) and not words.lower().startswith(_ORDERS)
    return bool(own) and (not begins or first.holds(own[0].mention.span))


def _unique(actors: Iterator[Actor]) -> tuple[Actor, ...]:
    """Keep a body once in each role, as it is first named."""
    seen: dict[tuple[str, str], Actor] = {}
    for actor in actors:
        seen.setdefault((actor.agency, actor.role), actor)
    return tuple(seen.values())


def _joined(text: str, mentions: Sequence[Mention], context: Context) -> str | None:
    names = [full_name(m.span.of(text), context, label=m.label) for m in mentions]
    return "; ".join(dict.fromkeys(names)) or None


def _confidence(words: str, actors: Sequence[Actor]) -> float:
    if begins_with_action(words):
        return 0.95
    return 0.93 if actors else 0.7
