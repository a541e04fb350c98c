"""ADDRESS -> FILTERS and back: what results are narrowed to, as chips that can be taken off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Annotated

from fastapi import Query
from pydantic import BeforeValidator, Field

from index.replies import Facet, Filters, Way
from ingest.model import Level, Role
from web.links import query
from web.wording import FILTERS, LEVELS, ROLES, day

NAMES: Mapping[str, str] = {
    "agency": "co-quan",
    "role": "vai-tro",
    "doc_type": "loai",
    "level": "cap",
    "year": "nam",
    "place": "noi",
    "due_before": "truoc",
    "document": "van-ban",
}
# A form sends what was left empty as "".
_OPEN = BeforeValidator(lambda value: value or None)


@dataclass(frozen=True, slots=True)
class Chip:
    """A link that adds or takes off one filter."""

    label: str
    value: str
    href: str
    count: int | None = None


def read_filters(  # noqa: PLR0913 - one parameter a filter
    *,
    agency: Annotated[str | None, _OPEN, Query(alias="co-quan", max_length=300)] = None,
    role: Annotated[Role | None, _OPEN, Query(alias="vai-tro")] = None,
    doc_type: Annotated[str | None, _OPEN, Query(alias="loai", max_length=100)] = None,
    level: Annotated[Level | None, _OPEN, Query(alias="cap")] = None,
    year: Annotated[
        Annotated[int, Field(ge=1900, le=2200)] | None, _OPEN, Query(alias="nam")
    ] = None,
    place: Annotated[str | None, _OPEN, Query(alias="noi", max_length=100)] = None,
    due_before: Annotated[dt.date | None, _OPEN, Query(alias="truoc")] = None,
    document: Annotated[str | None, _OPEN, Query(alias="van-ban", max_length=64)] = None,
) -> Filters:
    """Return the filters that an address names."""
    return Filters(
        agency=agency,
        role=role,
        doc_type=doc_type,
        level=level,
        year=year,
        place=place,
        due_before=due_before,
        document=document,
    )


def values_of(filters: Filters) -> dict[str, object]:
    """Return the filters that are set, by the names that they have in an address."""
    found = ((NAMES[field.name], getattr(filters, field.name)) for field in fields(filters))
    return {name: value for name, value in found if value is not None}


def chips(question: str, filters: Filters, titles: Mapping[str, str]) -> tuple[Chip, ...]:
    """Return a chip for each filter that is set; its link leads to the page without it.

    *titles* names the documents by their ids.
    """
    values = values_of(filters)
    return tuple(
        Chip(
            FILTERS[field],
            titles.get(str(values[name]), "") or _words(field, values[name]),
            query("/hoi", {"q": question} | {k: v for k, v in values.items() if k != name}),
        )
        for field, name in NAMES.items()
        if name in values
    )


def groups(
    question: str, filters: Filters, facets: tuple[Facet, ...]
) -> tuple[tuple[str, tuple[Chip, ...]], ...]:
    """Return, for each filter still open, the values to narrow to with their counts."""
    values = values_of(filters)
    found: dict[str, list[Chip]] = {}
    for facet in facets:
        name = NAMES[facet.name]
        if name not in values and facet.value:
            href = query("/hoi", {"q": question} | values | {name: facet.value})
            chip = Chip(FILTERS[facet.name], _words(facet.name, facet.value), href, facet.count)
            found.setdefault(FILTERS[facet.name], []).append(chip)
    return tuple((label, tuple(chips)) for label, chips in found.items())


def ways_on(ways: Iterable[Way]) -> tuple[Chip, ...]:
    """Return where to go on from a search that found nothing."""
    return tuple(
        Chip("Thử", way.label, query("/hoi", {"q": way.words} | values_of(way.filters)), way.count)
        for way in ways
    )


def _words(field: str, value: object) -> str:
    if isinstance(value, dt.date):
        return day(value)
    return {"role": ROLES, "level": LEVELS}.get(field, {}).get(str(value), str(value))
