"""DOCUMENT + GOLD -> JUDGED FINDINGS: which of the things that we found are right.

The alignment is the scorer's (`../shared/eval`), imported when it runs: a finding is right when the
scorer would count it, with its fields, as a hit. A body, deadline or target of a duty that is none
is wrong, too: whoever reads it is told something that the document does not say.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from index.findings import Finding, Noun, findings
from ingest.model import Document

_ALIKE = 0.5  # of a reference's words that the gold's line must have, as in the scorer
_NAMED = 0.6
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding of a document, and whether it is right."""

    document: str
    finding: Finding
    right: bool


# What only says something and assigns nothing: the gold calls the text of a law "detail", the model
# "narrative", and to who looks for duties they are one.
_ONE = {"narrative": "detail"}


def _one(kind: str) -> str:
    return _ONE.get(kind, kind)


class Judge:
    """The scorer's matching, loaded from its folder."""

    def __init__(self, scorer: Path) -> None:
        """Load the scorer in folder *scorer*."""
        sys.path.insert(0, str(scorer))
        self.common = importlib.import_module("common")
        self.score = importlib.import_module("score_extraction")

    def gold(self, file: Path, docs: Path, sources: Path) -> Any:  # noqa: ANN401 - the scorer's
        """Return a gold file with its transcript."""
        return self.common.Gold(file, docs, sources)

    def judge(self, gold: Any, document: Document) -> Iterator[Judged]:  # noqa: ANN401
        """Yield what can be judged; where the gold says nothing, nothing is said."""
        name = gold.path.name
        for finding, right in (
            *self._header(gold, document),
            *self._blocks(gold, document),
            *self._references(gold, document),
            *self._tasks(gold, document),
        ):
            yield Judged(name, finding, right)

    def _of(self, document: Document, *nouns: Noun) -> list[Finding]:
        return [each for each in findings(document) if each.noun in nouns]

    def _header(self, gold: Any, document: Document) -> Iterator[tuple[Finding, bool]]:  # noqa: ANN401
        said = gold.data["metadata"]
        aliases = said.get("issuer_aliases", [])
        for finding in self._of(document, "header"):
            name = finding.component or ""
            if name in self.score.METADATA:
                value = finding.values["value"]
                got = list(value) if isinstance(value, tuple) else value
                right = self.score.metadata_right(name, said.get(name), got, aliases)
                yield finding, bool(right)

    def _blocks(self, gold: Any, document: Document) -> Iterator[tuple[Finding, bool]]:  # noqa: ANN401
        every = gold.blocks()
        for finding in self._of(document, "block"):
            block = gold.block_of(finding.quote, every)
            if block is not None:
                yield finding, _one(block["kind"]) == _one(str(finding.values["kind"]))

    def _references(self, gold: Any, document: Document) -> Iterator[tuple[Finding, bool]]:  # noqa: ANN401
        left = self._of(document, "reference")
        for said in gold.data["references"]:
            found = next((each for each in left if self._cites(gold, said, each)), None)
            if found is not None:
                left.remove(found)
                yield found, self._same_reference(said, found)
        yield from ((each, False) for each in left)

    def _cites(self, gold: Any, said: dict[str, Any], found: Finding) -> bool:  # noqa: ANN401
        code_norm, overlap = self.common.code_norm, self.common.overlap
        code = found.values["code"]
        if said.get("code") and code:
            alike = code_norm(said["code"]) == code_norm(code)
        elif said.get("code") and said.get("printed"):
            alike = code_norm(said["printed"]) in code_norm(found.quote)
        else:
            unnumbered = not said.get("code") and not code
            alike = unnumbered and overlap(said["surface"], found.quote)[0] >= _NAMED
        return bool(alike and overlap(found.quote, gold.text(said))[0] >= _ALIKE)

    def _same_reference(self, said: dict[str, Any], found: Finding) -> bool:
        values = found.values
        dated = not said.get("date") or values["date"] == said["date"]
        issued = not said.get("issuer") or self.common.same_name(
            said["issuer"], values["issuer"] or ""
        )
        return bool(dated and issued and values["relation"] == said["relation"])

    # Tasks and what belongs to them

    def _tasks(self, gold: Any, document: Document) -> Iterator[tuple[Finding, bool]]:  # noqa: ANN401
        real = [block for block in gold.blocks() if block["kind"] != "duplicate"]
        entries: dict[tuple[int, int], list[dict[str, Any]]] = {}
        for entry in gold.data["assignments"]:
            entries.setdefault((entry["first"], entry["last"]), []).append(entry)
        optional = {key for key, group in entries.items()
                    if all(entry.get("on") == "objective" for entry in group)}  # fmt: skip
        seen: dict[tuple[int, int], set[str]] = {}
        parts: dict[tuple[int, int], list[Finding]] = {}
        inner = self._of(document, "actor", "deadline", "target")
        for task in self._of(document, "task"):
            block = gold.block_of(task.quote, real)
            key = (block["first"], block["last"]) if block else (0, 0)
            words = self.common.norm(task.quote)
            repeated = words in seen.setdefault(key, set())
            seen[key].add(words)
            own = [each for each in inner if each.task == task.span]
            if key not in entries or repeated:
                yield task, False
                yield from ((each, False) for each in own)
                continue
            if key not in optional:
                yield task, True
            parts.setdefault(key, []).extend(own)
        for key, own in parts.items():
            yield from self._parts(entries[key], own)

    def _parts(
        self, group: list[dict[str, Any]], own: list[Finding]
    ) -> Iterator[tuple[Finding, bool]]:
        yield from self._actors(group, [each for each in own if each.noun == "actor"])
        dues = [due for entry in group for due in entry.get("deadlines", [])]
        yield from self._deadlines(dues, [each for each in own if each.noun == "deadline"])
        figures = [target.get("value") for entry in group for target in entry.get("targets", [])]
        for found in (each for each in own if each.noun == "target"):
            right = found.values["value"] in figures
            if right:
                figures.remove(found.values["value"])
            yield found, right

    def _actors(
        self, group: list[dict[str, Any]], own: list[Finding]
    ) -> Iterator[tuple[Finding, bool]]:
        same = self.common.same_name
        every = [actor for entry in group for actor in entry["actors"]]
        maybe = [each for each in every if each.get("debatable") or each.get("optional")]
        left = self._distinct(own, lambda found: found.quote)
        for actor in self._distinct(
            [each for each in every if each not in maybe], lambda each: each["surface"]
        ):
            found = next((each for each in left if self._acts(actor, each)), None)
            if found is not None:
                left.remove(found)
                body = same(actor["agency"], found.values["agency"] or "")
                yield found, body and found.values["role"] == actor["role"]
        for found in left:
            if not any(same(found.quote, each["surface"]) for each in maybe):
                yield found, False

    def _acts(self, actor: dict[str, Any], found: Finding) -> bool:
        same = self.common.same_name
        named = same(actor["surface"], found.quote)
        return bool(named or same(actor["agency"], found.values["agency"] or ""))

    def _distinct(self, every: list[_T], words: Callable[[_T], str]) -> list[_T]:
        kept: list[_T] = []
        for each in every:
            if not any(self.common.same_name(words(each), words(other)) for other in kept):
                kept.append(each)
        return kept

    def _deadlines(
        self, said: list[dict[str, Any]], own: list[Finding]
    ) -> Iterator[tuple[Finding, bool]]:
        norm = self.common.norm
        left = list(own)
        for due in said:
            words = norm(due["surface"])
            near = (
                each
                for each in left
                if (own := norm(each.quote)) and (own in words or words in own)
            )
            found = next(near, None)
            if found is not None:
                left.remove(found)
                asked = [name for name in ("kind", "date", "recurrence") if due.get(name)]
                yield found, all(found.values[name] == due[name] for name in asked)
        yield from ((each, False) for each in left)
