"""BLOCKS -> BLOCKS: the part of a web page that is the document, not what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from ingest.chrome import is_chrome
from ingest.model import Repair
from ingest.openings import names_type, stands_alone
from ingest.properties import property_of
from ingest.readers.dom import Block

_MOST = 0.85  # of a page's text that its document has at least
_MUCH = 0.6  # that it has at least if letterhead and signature stand in it
_LEAST_STANDING = 4  # lines of letterhead and signature
_PARAGRAPHS = frozenset(["p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"])
_MOSTLY = 0.7  # of what an outer element adds that must be the document's
_ANNEX = 200  # characters that it adds at least
_PROSE = 40  # characters of a line of running text
_OTHER = re.compile(r"[\W_]+")
_TEXT = 25  # characters: a shorter line says nothing of where the text is
_LINK = 0.8  # the share of linked characters that makes a line a link
_LONGEST_LINK = 200
_HEAD = 40  # lines in which the letterhead stands
_SHOWN = 4


def find_content(blocks: Sequence[Block]) -> tuple[list[Block], str | None, list[Repair]]:
    """Return the blocks of a page's document, the page's own heading, and what was left out.

    The document is what the innermost element holds that has nearly all of the page's text; links
    above and below it are left out. The page's heading (h1) is returned apart if the document has
    a letterhead or a title of its own; else it is the document's first line.
    """
    if not blocks:
        return [], None, []
    root = _widened(_root(blocks), blocks)
    inside = _without_links(_inside(root, blocks))
    heading = next((block for block in blocks if block.line.heading == 1), None)
    title = heading.line.text if heading else None
    inside = [block for block in inside if block is not heading and block.line.text != title]
    if heading and not _has_own_head(inside):
        inside = [heading, *inside]
    kept = set(map(id, inside))
    return inside, title, _report([block for block in blocks if id(block) not in kept])


def _root(blocks: Sequence[Block]) -> HtmlElement:
    """Return the innermost element that holds nearly all of the text; a repeated line counts once.

    So a table of contents below the document, made of its lines, takes no part in it. An element
    that holds letterhead and signature need hold most of the text only.
    """
    sizes: Counter[HtmlElement] = Counter()
    total = 0
    seen = set()
    for block in blocks:
        size = len(block.line.text)
        if size < _TEXT or _is_link(block) or block.line.text in seen:
            continue
        seen.add(block.line.text)
        total += size
        for element in (block.element, *block.element.iterancestors()):
            if element.tag not in _PARAGRAPHS:
                sizes[element] += size
    enough = [element for element, size in sizes.items() if size >= _MOST * total]
    standing = [block.element for block in blocks if stands_alone(block.line.text)]
    if len(standing) >= _LEAST_STANDING:
        around = _common_ancestor(standing)
        enough += [around] if sizes[around] >= _MUCH * total else []
    if not enough:
        return blocks[0].element.getroottree().getroot()
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))


def _widened(root: HtmlElement, blocks: Sequence[Block]) -> HtmlElement:
    """Return the outermost element around *root* that adds text of the document, as an annex is.

    What it adds must be running text or tables for the most part, and not said in *root* already,
    as the lines of a table of contents are.
    """
    held = _inside(root, blocks)
    said = _key("".join(block.line.text for block in held))
    known = set(map(id, held))
    new = [b for b in blocks if id(b) not in known and _key(b.line.text) not in said]
    added = text = size = 0
    for outer, others in _brought(list(root.iterancestors()), new).items():
        text += sum(len(b.line.text) for b in others if _is_prose(b))
        size += sum(len(b.line.text) for b in others)
        if text >= added + _ANNEX and text >= _MOSTLY * size:
            root, added = outer, text
    return root


def _brought(
    outers: Sequence[HtmlElement], blocks: Sequence[Block]
) -> dict[HtmlElement, list[Block]]:
    """Return by each of *outers*, the innermost first, what it holds beyond those within it."""
    brought: dict[HtmlElement, list[Block]] = {outer: [] for outer in outers}
    for block in blocks:
        around = (block.element, *block.element.iterancestors())
        if (outer := next((each for each in around if each in brought), None)) is not None:
            brought[outer].append(block)
    return brought


def _inside(root: HtmlElement, blocks: Sequence[Block]) -> list[Block]:
    within = set(root.iter())
    return [block for block in blocks if block.element in within]


def _key(text: str) -> str:
    return _OTHER.sub("", text.casefold())


def _is_prose(block: Block) -> bool:
    """Tell whether a block is text, a table's row or a line of letterhead or signature."""
    line = block.line
    if _is_link(block) or is_chrome(line.text):
        return False
    row = bool(line.cells) and property_of(line.cells[0]) is None
    return row or len(line.text) >= _PROSE or stands_alone(line.text)


def _common_ancestor(elements: Sequence[HtmlElement]) -> HtmlElement:
    """Return the innermost element that holds all of *elements*."""
    shared = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        above = {element, *element.iterancestors()}
        shared = [ancestor for ancestor in shared if ancestor in above]
    return shared[0]


def _is_link(block: Block) -> bool:
    return block.linked >= _LINK and len(block.line.text) <= _LONGEST_LINK


def _without_links(blocks: list[Block]) -> list[Block]:
    text = [i for i, block in enumerate(blocks) if not _is_link(block) and _is_text(block)]
    if not text:
        return blocks
    return [b for i, b in enumerate(blocks) if text[0] <= i <= text[-1] or not _is_link(b)]


def _is_text(block: Block) -> bool:
    text = block.line.text
    return (len(text) >= _TEXT and not is_chrome(text)) or stands_alone(text)


def _has_own_head(blocks: Sequence[Block]) -> bool:
    return any(
        stands_alone(block.line.text) or names_type(block.line.text) for block in blocks[:_HEAD]
    )


def _report(dropped: Sequence[Block]) -> list[Repair]:
    if not dropped:
        return []
    shown = "”, “".join(block.line.text[:40] for block in dropped[:_SHOWN])
    more = " …" if len(dropped) > _SHOWN else ""
    detail = f"bỏ {len(dropped)} dòng của trang web quanh văn bản: “{shown}”{more}"
    return [Repair(kind="web-chrome", detail=detail, count=len(dropped))]
