"""ORIGINALS -> ROWS: what an older edition of the program read is read again by this one.

Each document is rewritten whole, by itself: broken off anywhere, the rest waits for the next run.
Corrections by people are data of their own and hold for what is read now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.edition import edition
from ingest.errors import DirectiveError

if TYPE_CHECKING:
    from index.originals import Originals
    from index.records import Row
    from index.review import Review
    from index.shelves import Shelves


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What became of one document."""

    document: str  # id
    source: str
    failed: str | None = None  # why it stays as it was read before


def outdated(shelves: Shelves) -> list[Row]:
    """Return the documents that this edition has not read."""
    return [row for row in shelves.store.live() if row.reader != edition()]


def reread(shelves: Shelves, originals: Originals, review: Review) -> Iterator[Reread]:
    """Read again what an older edition has read, one result for each document."""
    # Reading takes seconds to load, and who only looks things up never needs it.
    from ingest.document import read_document  # noqa: PLC0415

    for row in outdated(shelves):
        try:
            read = read_document(originals.path(row.original), name=row.entry.source)
        except DirectiveError as error:
            yield Reread(document=row.entry.id, source=row.entry.source, failed=str(error))
            continue
        with shelves.lock.held():
            now = shelves.store.row(row.entry.id)
            if now is None or now.entry.replaced_by:  # it went while it was being read
                continue
            with shelves.store.writing():
                shelves.store.rewrite(now, review.corrected(read).document, read=read)
        yield Reread(document=row.entry.id, source=row.entry.source)
