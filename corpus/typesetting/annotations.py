"""The "@" lines of a source -> actors, deadlines, targets and reports of the gold form.

@ L / C / A / S body = full name     lead, coordinate, advise, support
(after the letter: r requested, c collective, n debatable)
@ D surface = 2027-12-20     a date;  @ P surface = from/to  a period
@ R surface = quarterly 03-20 06-20  recurring;  @ O surface  ongoing;  @ E surface  event
@ G surface = >= 100 %       a target
@ to body = full name via body = full name
@ own                        the heading's bodies do not apply: the sentence names its own
@ + words                    a new entry that begins with these words
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from typesetting.markup import Source

ROLES = {"L": "lead", "C": "coordinate", "A": "advise", "S": "support"}
OWN_PLACE = re.compile(r"\b(?:xã|phường|thị trấn|huyện|thành phố|tỉnh) [A-ZĐ]")
Json = dict[str, Any]


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


def named(text: str, source: Source) -> tuple[str, str]:
    """Return the surface and the full name that `surface = full name` gives."""
    surface, _, name = text.partition(" = ")
    return surface, name or full_name(surface, source.head["area"], source.head["province"])


def actors_of(notes: Sequence[str], source: Source, via: str) -> list[Json]:
    """Return the actors that the notes name; *via* says where they stand."""
    actors = []
    for note in notes:
        head, _, rest = note.partition(" ")
        if head[:1] not in ROLES or not set(head[1:]) <= set("rcn") or not rest:
            continue
        surface, name = named(rest, source)
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


def deadline_of(note: str) -> Json | None:
    """Return the deadline of a D, R, P, O or E note; None of any other note."""
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


def target_of(note: str) -> Json | None:
    """Return the target of a G note; None of any other note."""
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


def report_of(notes: list[str], source: Source) -> Json:
    """Return to whom and through whom the task is reported, None where nothing is said."""
    for note in notes:
        if note.startswith("to "):
            to, _, via = note[3:].partition(" via ")
            return {
                "report_to": named(to, source)[1],
                "report_via": named(via, source)[1] if via else None,
            }
    return {"report_to": None, "report_via": None}
