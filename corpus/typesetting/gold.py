"""Source -> gold JSON: what its author says the document means.

Line numbers are those of the transcript. Bodies below a heading have all tasks under it; those
of a trailing line have the tasks above it.
"""

from __future__ import annotations

import re
from typing import Any

from typesetting.annotations import (
    actors_of,
    deadline_of,
    full_name,
    named,
    report_of,
    target_of,
)
from typesetting.layout import Line, lines, recipients
from typesetting.markup import LEVELS, Block, Citation, Source

LABEL = re.compile(r"(?:Phần |Điều )?([IVX]+|\d+|[a-zđ])[.)]\s+")
CODE = re.compile(r"\d+(?:/\d{4})?[/-][A-ZĐ][\w-]*(?:/[A-ZĐ]{2,})?\d*")
DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
TYPES = (
    "Bộ luật|Luật|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kết luận|Thông tư|"
    "Kế hoạch|Công văn|Văn bản|Thông báo|Tờ trình|Báo cáo|Chương trình|Hướng dẫn"
)
Json = dict[str, Any]


def gold(source: Source, file: str, original: str) -> Json:
    """Return the annotation of *source* in the form of the guidelines."""
    numbered = list(enumerate(lines(source), start=1))
    body = [(n, line.block) for n, line in numbered if line.block]
    return {
        "file": file,
        "source": original,
        "metadata": metadata(source),
        "outline": [_node(n, block) for n, block in body if block.mark in LEVELS],
        "blocks": [{"first": n, "last": n, "kind": line.kind} for n, line in numbered],
        "references": [
            _reference(n, citation, source) for n, block in body for citation in block.citations
        ],
        "assignments": _assignments(numbered, source),
        "notes": ["Written by the author of the document beside its text."],
    }


def metadata(source: Source) -> Json:
    """Return the header fields of *source*."""
    head, signature = source.head, source.parts("sign")
    code = head.get("code")
    return {
        "code": code,
        "symbol": head.get("symbol") or (code.split("/", 1)[1] if code else None),
        "doc_type": head["type"],
        "issuer": head["issuer"],
        "issuer_level": head["level"],
        "place": head.get("place"),
        "issued_on": head.get("date"),
        "title": head["title"],
        "signer": signature[-1] if signature else None,
        "signer_position": signature[-2] if signature else None,
        "recipients": [line.removeprefix("- ").rstrip(";.") for line in recipients(source)[1:]],
    }


def _node(number: int, block: Block) -> Json:
    text = " ".join(block.cells[:2]) if block.mark == "|g" else block.text
    label = LABEL.match(text) or re.match(r"(\w+)\s+", text)
    rest = text[label.end() :] if label else text
    title = re.split(r"[;(]", rest)[0].strip() if block.kind == "task" else rest
    return {
        "first": number,
        "last": number,
        "label": label[1] if label else None,
        "title": title,
        "level": LEVELS[block.mark],
    }


def _reference(number: int, citation: Citation, source: Source) -> Json:
    facts = dict(citation.facts)
    surface = citation.surface
    code = CODE.search(surface)
    day = DATE.search(surface)
    kind = re.search(TYPES, surface)
    issuer = re.search(
        r" của ((?:Ủy ban|UBND|Thủ tướng|Chính phủ|Quốc hội|Bộ|Ban|Sở|Công an).*)$", surface
    )
    found: Json = {
        "first": number,
        "last": number,
        "surface": surface,
        "code": code[0] if code else None,
        "doc_type": kind[0] if kind else None,
        "date": f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}" if day else None,
        "issuer": full_issuer(issuer[1], source) if issuer else None,
        "pinpoint": None,
        "relation": citation.relation,
    }
    if "code" in facts and code and facts["code"] != code[0]:
        found["printed"] = code[0]
    found.update(facts)
    if found["code"] == "":
        found["code"] = None
    return found


def full_issuer(name: str, source: Source) -> str:
    """Return an issuer's name as the annotations write it."""
    if re.match(r"(Thủ tướng|Chính phủ|Quốc hội|Bộ )", name):
        return name
    return full_name(name, source.head["area"], source.head["province"])


class _Reader:
    """Goes down a document and keeps which headings and which tasks are still open."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[Json] = []
        self._heads: list[tuple[int, list[Json]]] = []  # level and bodies of open headings
        self._waiting: list[Json] = []  # tasks that a trailing line would assign
        self._columns: list[str] = []

    def read(self, number: int, block: Block) -> None:
        """Take in the block of one line."""
        if block.mark in LEVELS:
            self._close(LEVELS[block.mark])
        if block.kind == "heading":
            actors = _placed(number, actors_of(block.notes, self.source, "heading"))
            self._heads.append((LEVELS[block.mark], actors))
            self._waiting = []
        elif block.mark == "|h":
            self._columns = block.cells
        elif block.kind == "task":
            self._add_task(number, block)
        elif block.mark == "a":
            trailing = _placed(number, actors_of(block.notes, self.source, "trailing"))
            for entry in self._waiting:
                entry["actors"] = entry["actors"] + trailing
            self._waiting = []

    def _close(self, level: int) -> None:
        self._heads = [head for head in self._heads if head[0] < level]

    def _add_task(self, number: int, block: Block) -> None:
        above = [actor for _, actors in self._heads for actor in actors]
        entries = _entries(number, block, self.source, above)
        if block.mark == "|t":
            entries[0]["actors"] = _row_actors(block, self._columns, self.source)
        self.found += entries
        self._waiting += entries


def _assignments(numbered: list[tuple[int, Line]], source: Source) -> list[Json]:
    """Return one entry a task, or more where its sentences have different actors."""
    reader = _Reader(source)
    for number, line in numbered:
        if line.block:
            reader.read(number, line.block)
    return reader.found


def _placed(line: int, actors: list[Json]) -> list[Json]:
    """Say in which line actors stand whose surface is not in their task's line."""
    return [{**actor, "line": line} for actor in actors]


def _entries(number: int, block: Block, source: Source, above: list[Json]) -> list[Json]:
    groups: list[tuple[str, list[str]]] = [(block.text, [])]
    for note in block.notes:
        if note.startswith("+ "):
            groups.append((note[2:], []))
        else:
            groups[-1][1].append(note)
    return [
        {
            "first": number,
            "last": number,
            "begins": " ".join(re.sub(r"^(?:-|[a-zđ]\)|\d+\.) ", "", words).split()[:7]),
            "actors": [*([] if "own" in notes else above), *actors_of(notes, source, "inline")],
            "deadlines": [d for note in notes if (d := deadline_of(note))],
            "targets": [t for note in notes if (t := target_of(note))],
            **report_of(notes, source),
        }
        for words, notes in groups
    ]


def _row_actors(block: Block, columns: list[str], source: Source) -> list[Json]:
    actors = []
    for column, cell in zip(columns, block.cells, strict=False):
        heading = column.lower()
        role = "lead" if "chủ trì" in heading else "coordinate" if "phối hợp" in heading else None
        for surface in filter(None, cell.split("; ")) if role else []:
            _, name = named(surface, source)
            actors.append(
                {
                    "surface": surface,
                    "agency": name,
                    "role": role,
                    "mode": "directed",
                    "via": "table",
                }
            )
    return actors
