"""BLOCKS -> BLOCKS: the part of a web page that is the document, not what stands around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from ingest.model import Repair
from ingest.openings import names_type, stands_alone
from ingest.readers.dom import Block

_MOST = 0.85  # of a page's text that its document has at least
_PARAGRAPHS = frozenset(["p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"])
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
    root = _root(blocks)
    within = set(root.iter())
    inside = [block for block in blocks if block.element in within]
    inside = _without_links(inside)
    heading = next((block for block in blocks if block.line.heading == 1), None)
    title = heading.line.text if heading else None
    inside = [block for block in inside if block is not heading and block.line.text != title]
    if heading and not _has_own_head(inside):
        inside = [heading, *inside]
    kept = set(map(id, inside))
    return inside, title, _report([block for block in blocks if id(block) not in kept])


def _root(blocks: Sequence[Block]) -> HtmlElement:
    """Return the innermost element that holds nearly all of the text; a repeated line counts once.

    So a table of contents below the document, made of its lines, takes no part in it.
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
    if not enough:
        return blocks[0].element.getroottree().getroot()
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))


def _is_link(block: Block) -> bool:
    return block.linked >= _LINK and len(block.line.text) <= _LONGEST_LINK


def _without_links(blocks: list[Block]) -> list[Block]:
    text = [i for i, block in enumerate(blocks) if not _is_link(block) and _is_text(block)]
    if not text:
        return blocks
    return [b for i, b in enumerate(blocks) if text[0] <= i <= text[-1] or not _is_link(b)]


def _is_text(block: Block) -> bool:
    return len(block.line.text) >= _TEXT or stands_alone(block.line.text)


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
