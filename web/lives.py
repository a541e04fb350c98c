"""Pages of clause lives, and of two documents side by side; the verbs that print them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.forms import to_json
from api.library import LibraryDep
from index.comparing import Comparison, Pair, Way
from index.differences import Piece, of_before
from index.errors import EmptyQueryError, LibraryBusyError, UnknownDocumentError
from index.library import Library
from index.lives import Life
from index.replies import Entry
from web import wording
from web.console import put
from web.links import compare_url, life_url
from web.opening import open_library
from web.templating import page

router = APIRouter(include_in_schema=False)

_A_PAGE = 50
_PAIRS = 100
_OPENING = " \n\t(“"  # after them words need no space
_CLOSING = " \n\t.,;:)”"  # before them
SLOTS = {
    "place": "Địa bàn",
    "body": "Cơ quan",
    "year": "Năm",
    "date": "Ngày",
    "number": "Số liệu",
    "code": "Số, ký hiệu",
}
_WAYS: dict[Way, str] = {
    "same": "giống nhau",
    "changed": "khác nhau",
    "only_a": "chỉ có ở A",
    "only_b": "chỉ có ở B",
}
_MARKS: dict[Way, str] = {"same": "=", "changed": "≠", "only_a": "A", "only_b": "B"}


@router.get("/van-ban/{document}/{path}/vong-doi")
def life(
    request: Request,
    library: LibraryDep,
    document: str,
    path: str,
    number: Annotated[int, Query(alias="trang", ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """Show where a clause was first seen, who reused it and how it changed."""
    found = library.lives.life(document, path, limit=_A_PAGE, offset=(number - 1) * _A_PAGE)
    return page(
        request,
        "life.html",
        found=found,
        entry=library.entry(document),
        slots=SLOTS,
        shown=shown,
        number=number,
        pages=max(1, -(-found.total // _A_PAGE)),
        turn=lambda other: life_url(document, path, number=other),
    )


@router.get("/so-sanh")
def compare(  # noqa: PLR0913 - one parameter a part of the address
    request: Request,
    library: LibraryDep,
    a: Annotated[str, Query(max_length=400)] = "",
    b: Annotated[str, Query(max_length=400)] = "",
    *,
    only: Annotated[Way | None, Query(alias="chi")] = None,
    number: Annotated[int, Query(alias="trang", ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """Show two documents side by side, or what can be compared with the first."""
    first, second = (_find(library, words) for words in (a, b))
    if first is None or second is None:
        unknown = [words for words, entry in ((a, first), (b, second)) if words and entry is None]
        sisters = library.lives.sisters(first.id) if first else ()
        return page(
            request, "compare-form.html", status=404 if unknown else 200, a=a, b=b, first=first,
            second=second, sisters=sisters, unknown=unknown,
        )  # fmt: skip
    found = library.lives.compare(first.id, second.id)
    pairs = [pair for pair in found.pairs if only is None or pair.way == only]
    listed = pairs[(number - 1) * _PAIRS : number * _PAIRS]
    return page(
        request, "compare.html", found=found, pairs=listed, only=only, ways=_WAYS, slots=SLOTS,
        of_before=of_before, number=number, pages=-(-len(pairs) // _PAIRS),
        turn=lambda to: compare_url(found.a.id, found.b.id, only=only, number=to),
    )  # fmt: skip


def _find(library: Library, words: str) -> Entry | None:
    """Return the document of an id, or that a number or a sentence names."""
    if not words.strip():
        return None
    try:
        return library.entry(words.strip())
    except UnknownDocumentError:
        pass
    try:
        return library.cite(words).entry
    except (EmptyQueryError, UnknownDocumentError):
        return None


def shown(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces with white space where words that went and came would run together."""
    last = " "
    for piece in pieces:
        if not (last[-1] in _OPENING or piece.text[0] in _CLOSING):
            yield Piece(way="same", text=" ")
        yield piece
        last = piece.text


# The verbs


def print_life(arguments: argparse.Namespace) -> int:
    """Tell the life of a clause."""
    with open_library(arguments.library) as library:
        _bring_up(library)
        entry = _found(library, arguments.document)
        found = library.lives.life(entry.id, arguments.path, limit=arguments.limit)
    put([to_json(found)] if arguments.json else _life_lines(found))
    return 0


def print_comparison(arguments: argparse.Namespace) -> int:
    """Tell how two documents differ."""
    with open_library(arguments.library) as library:
        first, second = (_found(library, words) for words in (arguments.a, arguments.b))
        found = library.lives.compare(first.id, second.id)
    put([to_json(found)] if arguments.json else _comparison_lines(found))
    return 0


def _bring_up(library: Library) -> None:
    try:
        library.lives.update()
    except LibraryBusyError:
        return  # who writes brings them up; the answer says what is missing


def _found(library: Library, words: str) -> Entry:
    entry = _find(library, words)
    if entry is None:
        raise UnknownDocumentError(words)
    return entry


def _life_lines(found: Life) -> Iterator[str]:
    yield f"“{found.quote}”"
    if found.note:
        yield f"Lưu ý: {found.note}"
    yield f"Có ở {found.total} văn bản."
    for varying in found.varies:
        yield f"{SLOTS[varying.slot]} thay đổi: {', '.join(varying.values)}"
    for member in found.members:
        name = member.code or member.title or member.source
        yield ""
        yield (
            f"{wording.day(member.issued_on)} {name} ({member.issuer or wording.BLANK}), "
            f"đoạn {member.path} [{member.document}]{' (đoạn được hỏi)' if member.asked else ''}"
        )
        yield f"  {written(member.pieces) if member.changed else 'Không khác đoạn trước.'}"
        for copy in member.copies:
            yield (
                f"  Bản khác của cùng văn bản: {copy.source}, đoạn {copy.path} [{copy.document}]"
            )


def _comparison_lines(found: Comparison) -> Iterator[str]:
    for letter, entry in (("A", found.a), ("B", found.b)):
        yield f"{letter}: {entry.metadata.code or entry.metadata.title or entry.source}"
    counts = {way: getattr(found, way) for way in _WAYS}
    yield ", ".join(f"{counts[way]} đoạn {name}" for way, name in _WAYS.items())
    yield from map(_pair_line, found.pairs)


def _pair_line(pair: Pair) -> str:
    sides = (pair.a, pair.b)
    place = " → ".join(dict.fromkeys(side.path for side in sides if side))
    words = written(pair.pieces) if pair.pieces else next(side.text for side in sides if side)
    return f"{_MARKS[pair.way]} {place}{' (chuyển chỗ)' if pair.moved else ''}: {words}"


def written(pieces: Iterable[Piece]) -> str:
    """Write pieces with signs: what went as [-…], what came as [+…]."""
    signs = {"same": "{}", "removed": "[-{}]", "added": "[+{}]"}
    return "".join(signs[piece.way].format(piece.text) for piece in shown(pieces)).strip()
