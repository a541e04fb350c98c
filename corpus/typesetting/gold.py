"""Source -> gold JSON: what its author says the document means.

Line numbers are those of the transcript. The "@" lines below a block say:

    @ L / C / A / S body = full name     lead, coordinate, advise, support
      (after the letter: r requested, c collective, n debatable)
    @ D surface = 2027-12-20     a date;  @ P surface = from/to  a period
    @ R surface = quarterly 03-20 06-20  recurring;  @ O surface  ongoing;  @ E surface  event
    @ G surface = >= 100 %       a target
    @ to body = full name via body = full name
    @ + words                    a new entry that begins with these words

Bodies below a heading have all tasks under it; those of a trailing line have the tasks above it.
"""

from __future__ import annotations

import re
from typing import Any

from typesetting.layout import Line, lines, recipients
from typesetting.markup import LEVELS, Block, Citation, Source

ROLES = {"L": "lead", "C": "coordinate", "A": "advise", "S": "support"}
LABEL = re.compile(r"(?:Phần |Điều )?([IVX]+|\d+|[a-zđ])[.)]\s+")
CODE = re.compile(r"\d+(?:/\d{4})?[/-][A-ZĐ][\w-]*(?:/[A-ZĐ]{2,})?\d*")
OWN_PLACE = re.compile(r"\b(?:xã|phường|thị trấn|huyện|thành phố|tỉnh) [A-ZĐ]")
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


def full_name(surface: str, area: str, province: str) -> str:
    """Return the body that *surface* means in a document of *area*, in full."""
    name = surface[:1].upper() + surface[1:]
    name = name.replace("Ủy ban nhân dân", "UBND")
    level = area.split(" ", 1)[0]
    place = province.split(" ", 1)[1]
    if name == "Tỉnh đoàn":
        return f"{name} {place}"
    if area in name or province in name or OWN_PLACE.search(name):
        return name
    if re.search(rf"\b{level}$", name):
        return f"{name} {area.split(' ', 1)[1]}"
    if name.endswith(" tỉnh"):
        return f"{name} {place}"
    return f"{name} {area}"


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
            actors = _placed(number, _actors(block.notes, self.source, "heading"))
            self._heads.append((LEVELS[block.mark], actors))
            self._waiting = []
        elif block.mark == "|h":
            self._columns = block.cells
        elif block.kind == "task":
            self._add_task(number, block)
        elif block.mark == "a":
            trailing = _placed(number, _actors(block.notes, self.source, "trailing"))
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
            "actors": [*above, *_actors(notes, source, "inline")],
            "deadlines": [d for note in notes if (d := _deadline(note))],
            "targets": [t for note in notes if (t := _target(note))],
            **_report(notes, source),
        }
        for words, notes in groups
    ]


def _named(text: str, source: Source) -> tuple[str, str]:
    surface, _, name = text.partition(" = ")
    return surface, name or full_name(surface, source.head["area"], source.head["province"])


def _actors(notes: tuple[str, ...] | list[str], source: Source, via: str) -> list[Json]:
    actors = []
    for note in notes:
        head, _, rest = note.partition(" ")
        if head[:1] not in ROLES or not set(head[1:]) <= set("rcn") or not rest:
            continue
        surface, name = _named(rest, source)
        actor: Json = {
            "surface": surface,
            "agency": name,
            "role": ROLES[head[0]],
            "mode": "requested" if "r" in head else "directed",
            "via": "collective" if "c" in head else via,
        }
        if "n" in head:
            actor["debatable"] = True
        actors.append(actor)
    return actors


def _row_actors(block: Block, columns: list[str], source: Source) -> list[Json]:
    actors = []
    for column, cell in zip(columns, block.cells, strict=False):
        heading = column.lower()
        role = "lead" if "chủ trì" in heading else "coordinate" if "phối hợp" in heading else None
        for surface in filter(None, cell.split("; ")) if role else []:
            _, name = _named(surface, source)
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


def _deadline(note: str) -> Json | None:
    mark, _, rest = note.partition(" ")
    surface, _, value = rest.partition(" = ")
    if mark == "D":
        return {"surface": surface, "kind": "date", "date": value}
    if mark == "R":
        recurrence, *dates = value.split()
        return {"surface": surface, "kind": "recurring", "recurrence": recurrence, "dates": dates}
    if mark == "P":
        start, _, stop = value.partition("/")
        return {"surface": surface, "kind": "period", "from": start or None, "to": stop or None}
    if mark in {"O", "E"}:
        return {"surface": surface, "kind": "ongoing" if mark == "O" else "event"}
    return None


def _target(note: str) -> Json | None:
    if not note.startswith("G "):
        return None
    surface, _, value = note[2:].partition(" = ")
    comparator, number, unit = value.split(" ", 2)
    amount = float(number)
    return {
        "surface": surface,
        "comparator": comparator,
        "value": int(amount) if amount.is_integer() else amount,
        "unit": unit,
    }


def _report(notes: list[str], source: Source) -> Json:
    for note in notes:
        if note.startswith("to "):
            to, _, via = note[3:].partition(" via ")
            return {
                "report_to": _named(to, source)[1],
                "report_via": _named(via, source)[1] if via else None,
            }
    return {"report_to": None, "report_via": None}
