"""STYLES -> what a paragraph or run inherits from its style: bold, heading level, numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.ooxml import W

_HEADING = re.compile(r"heading (\d)$", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
OUTLINE_BODY = 9  # the outline level that is none


def switched_on(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether the *properties* of a run or paragraph switch *name* on; None: silent."""
    if properties is None:
        return None
    switch = properties.find(W + name)
    if switch is None:
        return None
    return switch.get(W + "val", "true").lower() not in _OFF


def value(properties: etree._Element | None, path: str) -> str | None:
    """Return the value of the element at *path* ("numPr/numId") in *properties*, or None."""
    if properties is None:
        return None
    found = properties.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + "val")


class Styles:
    """The styles of a document; each inherits from the one that it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = () if root is None else root.iterfind(f"{W}style")
        self._styles = {style.get(W + "styleId", ""): style for style in styles}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(W + "type") == "paragraph" and style.get(W + "default") == "1"
            ),
            "",
        )

    def _chain(self, name: str | None) -> Iterator[etree._Element]:
        seen = set()
        name = name or self._default
        while name and name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value(self._styles[name], "basedOn") or ""

    def is_on(self, name: str | None, switch: str) -> bool | None:
        """Return whether the style *name* switches *switch* ("b", "vanish") on for its runs."""
        for style in self._chain(name):
            if (on := switched_on(style.find(W + "rPr"), switch)) is not None:
                return on
        return None

    def heading(self, name: str | None) -> int | None:
        """Return the level of a heading style, from 1; None for a style of running text."""
        for style in self._chain(name):
            if found := _HEADING.match(value(style, "name") or ""):
                return int(found[1])
            level = value(style.find(W + "pPr"), "outlineLvl")
            if level is not None and level.isdigit() and int(level) < OUTLINE_BODY:
                return int(level) + 1
        return None

    def numbering(self, name: str | None) -> tuple[str | None, str | None]:
        """Return the numId and the level of the list that the style *name* belongs to."""
        for style in self._chain(name):
            properties = style.find(W + "pPr")
            if (number := value(properties, "numPr/numId")) is not None:
                return number, value(properties, "numPr/ilvl")
        return None, None
