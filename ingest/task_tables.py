"""PARAGRAPHS -> COLUMNS: what each cell of a task table's rows is (bảng phân công nhiệm vụ).

The header row, or two of them, decides which column is what (`knowledge/table_columns.csv`). It
holds for the rows on the next pages and below a line between them that names a group. A row whose
duty alone is filled is the heading of the rows below it. A table without a column for a duty and
one for a body is none: a duty and a date alone are a schedule, nobody is given anything.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from ingest.body_nouns import is_noun, noun_kind
from ingest.knowledge.tables import rows
from ingest.model import Paragraph, Span
from ingest.tones import fold_tones

# {"duty": …, "lead": …}: the filled cells of one row, of a column for bodies each body; "quote"
# holds what tells the row from those with the same duty, "group" is there in a heading of others
Columns = Mapping[str, tuple[Span, ...]]

_HEADER_WORDS = 8
_NOTE = re.compile(r"\s*\([^)]*\)\s*$")
_BODIES = ("lead", "coordinate")
_BETWEEN = 2  # plain paragraphs that may stand between the rows of one table
_BETWEEN_WORDS = 30
_COUNTED = re.compile(r"\(?\[?(\d{1,2})\]?\)?")  # "(1) | (2) | (3)" below the header
_DIGITS = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?")
_PARTS = re.compile(r"\s*;\s*|\s*[•·]\s*|(?:(?<=\s)|^)[-–+]\s+")
_LISTED = re.compile(r"\s*[,\n]\s*|\s+và\s+")
# "VTV, | VOV, | các địa phương"; "HĐND, UBND tỉnh" share what follows.
_LEADING = re.compile(
    r"([A-ZĐ][A-ZĐ&-]{1,7}), (?=các (?!xã|phường|huyện)|(?:[A-ZĐ&-]{2,8}, )*"
    r"(?:[A-ZĐ&-]{2,8}$|các ))",
    re.MULTILINE,
)
_SHORT = re.compile(r"(?:[A-ZĐ]{1,3}\.\s?)?[A-ZĐ][A-ZĐ&-]{1,9}(?: [A-ZĐ]{2,6})?")  # "BTC", "P.ĐT"


@dataclass(slots=True)
class _Table:
    """A table while its rows are read."""

    header: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)  # what the cells of the row above head
    first: str = ""  # the first cell of that row
    between: int = 0  # plain paragraphs since the last row
    duty: str = ""  # of the row above


def read_columns(text: str, paragraphs: Sequence[Paragraph]) -> dict[int, Columns]:
    """Return what the cells of each task row are.

    Args:
        text: The document's text.
        paragraphs: All of it; rows of a table follow each other.

    Returns:
        By the start of the row's paragraph; header rows and rows of other tables are left out.
    """
    found: dict[int, dict[str, tuple[Span, ...]]] = {}
    bold: dict[int, bool] = {}
    table = _Table()
    for paragraph in paragraphs:
        if not paragraph.cells:
            table.between += 1
            if table.between > _BETWEEN or len(paragraph.span.of(text).split()) > _BETWEEN_WORDS:
                table = _Table(between=table.between)
            continue
        cells = _read_row(text, paragraph, table)
        if cells:
            found[paragraph.span.start] = cells
            bold[paragraph.span.start] = paragraph.bold
    _mark_groups(text, found, bold)
    _tell_apart(text, found, {p.span.start: p.span for p in paragraphs if p.cells})
    return dict(found)


def is_group(columns: Columns) -> bool:
    """Tell whether a row only names the rows below it."""
    return "group" in columns


def _read_row(text: str, paragraph: Paragraph, table: _Table) -> dict[str, tuple[Span, ...]]:
    """Return the cells of a task row by column; {} for a header and for a row without a duty."""
    table.between = 0
    shown = [cell.of(text).strip() for cell in paragraph.cells]
    named = [_column(cell) for cell in shown]
    header = _header(shown, named, table)
    table.above, table.first = named, shown[0]
    if header:
        table.header = header
        return {}
    if len(shown) != len(table.header) or _is_counted(shown):
        return {}
    cells: dict[str, tuple[Span, ...]] = {}
    for name, cell in zip(table.header, paragraph.cells, strict=True):
        if name and cell.of(text).strip(" -–."):
            parts = tuple(_bodies(text, cell)) if name in _BODIES else (cell,)
            cells[name] = (*cells.get(name, ()), *parts)
    if "duty" not in cells:
        return {}
    duty, *others = cells["duty"]
    if others and duty.of(text) == table.duty:  # one cell over several rows, told apart beside it
        cells["duty"] = (others[-1],)
    table.duty = duty.of(text)
    return cells


def _header(shown: Sequence[str], named: Sequence[str], table: _Table) -> list[str]:
    """Return what the columns are when this row names them, alone or with the row above it."""
    goes_on = len(table.above) == len(named) and shown[0] in {"", table.first}
    both = [lower or upper for lower, upper in zip(named, table.above, strict=False)]
    header = both if goes_on and any(named) and _is_header(both) else list(named)
    if not _is_header(header):
        return []
    if not header[0] and not shown[0]:
        header[0] = "number"  # the running number has no heading
    return header


def _is_header(named: Sequence[str]) -> bool:
    return "duty" in named and any(column in named for column in _BODIES)


def _is_counted(shown: Sequence[str]) -> bool:
    """Tell whether a row only counts the columns."""
    counts = [_COUNTED.fullmatch(cell) for cell in shown if cell]
    return len(counts) > 1 and all(
        a and b and int(b[1]) == int(a[1]) + 1 for a, b in pairwise(counts)
    )


def _bodies(text: str, cell: Span) -> Iterator[Span]:
    """Yield each body of a cell: "Vụ Pháp chế; Văn phòng" names two."""
    start = cell.start
    parts = _PARTS if _PARTS.search(cell.of(text)) or not _is_list(cell.of(text)) else _LISTED
    for part in (*parts.finditer(cell.of(text)), None):
        end = cell.start + part.start() if part else cell.end
        words = text[start:end]
        if words.strip(" -–.,"):
            left = start + len(words) - len(words.lstrip(" -–.,"))
            yield from _initials(text, Span(left, start + len(words.rstrip(" .,"))))
        start = cell.start + part.end() if part else cell.end


def _initials(text: str, part: Span) -> Iterator[Span]:
    """Yield each body of a list that begins with abbreviations: "VTV, VOV, các địa phương"."""
    start, words = 0, part.of(text)
    while item := _LEADING.match(words, start):
        yield Span(part.start + start, part.start + item.end(1))
        start = item.end()
    yield Span(part.start + start, part.end)


def _is_list(words: str) -> bool:
    """Tell a cell where commas part bodies or their abbreviations, not kinds of one collective."""
    listed = [part.strip() for part in _LISTED.split(words) if part.strip()]
    named = [_SHORT.fullmatch(part) or (part[0].isupper() and noun_kind(part)) for part in listed]
    return len(listed) > 1 and all(named) and not any(is_noun(part) for part in listed[1:])


def _mark_groups(
    text: str, found: Mapping[int, dict[str, tuple[Span, ...]]], bold: Mapping[int, bool]
) -> None:
    """Mark the rows that give nobody anything: "I | Tuyên truyền", "1" above "1.1"."""
    numbers = [_number(text, cells) for cells in found.values()]
    for index, (start, cells) in enumerate(found.items()):
        number, below = numbers[index], "".join(numbers[index + 1 : index + 2])
        alone = not cells.keys() - {"number", "duty", "note"}
        counted = _DIGITS.fullmatch(number) and not below.startswith(number.rstrip(".)") + ".")
        if alone and (bold[start] or not counted):
            cells["group"] = cells["duty"]


def _number(text: str, cells: Columns) -> str:
    return cells["number"][0].of(text).strip() if "number" in cells else ""


def _tell_apart(
    text: str, found: Mapping[int, dict[str, tuple[Span, ...]]], whole: Mapping[int, Span]
) -> None:
    """Give rows with one and the same duty quotations that reach to what tells them apart."""
    alike = defaultdict(list)
    for start, cells in found.items():
        alike[cells["duty"][0].of(text)].append(start)
    for starts in alike.values():
        if len(starts) > 1:
            reaches = [_to_bodies(found[start], whole[start]) for start in starts]
            often = Counter(reach.of(text) for reach in reaches)
            for start, reach in zip(starts, reaches, strict=True):
                told = reach if often[reach.of(text)] == 1 else whole[start]
                found[start]["quote"] = (told,)


def _to_bodies(cells: Columns, row: Span) -> Span:
    """Return the stretch from a row's duty to its last body, or the row where none follows."""
    duty = cells["duty"][0]
    ends = [part.end for column in _BODIES for part in cells.get(column, ())]
    end = max([end for end in ends if end > duty.end], default=None)
    return row if end is None else Span(duty.start, end)


@cache
def _column(cell: str) -> str:
    """Return which column a header cell heads: its words exactly, or the longest known within."""
    folded = _folded(_NOTE.sub("", cell))
    table = _columns()
    if folded in table:
        return table[folded][0]
    if not folded or len(folded.split()) > _HEADER_WORDS:
        return ""
    for name, (column, match) in table.items():
        if match == "start" and folded.startswith(f"{name} "):
            return column
    within = [
        name
        for name, (_, match) in table.items()
        if not match and name in folded and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded)
    ]
    return table[max(within, key=len)][0] if within else ""


def _folded(words: str) -> str:
    return " ".join(re.sub(r"[/:.;,&-]", " ", fold_tones(words.lower())).split())


@cache
def _columns() -> dict[str, tuple[str, str]]:
    return {_folded(row["heading"]): (row["column"], row["match"]) for row in rows("table_columns")}
