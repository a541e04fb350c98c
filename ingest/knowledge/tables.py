"""NAME -> ROWS: the CSV tables of this folder."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `<name>.csv`, in their order; a cell is never None.

    Raises:
        FileNotFoundError: There is no such table: a defect of the program.
    """
    text = files("ingest.knowledge").joinpath(f"{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines(), restval=""))
