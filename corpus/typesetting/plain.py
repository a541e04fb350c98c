"""Source -> hard-wrapped text and Markdown: as these come out of other programs."""

from __future__ import annotations

import re
import textwrap

from typesetting.layout import (
    MOTTO,
    NATION,
    addressees,
    is_letter,
    is_stub,
    letterhead,
    lines,
    number_line,
    place_line,
    recipients,
    title,
)
from typesetting.markup import Block, Source

WIDTH = 84  # columns
HALF = WIDTH // 2


def as_text(source: Source) -> str:
    """Return *source* as text wrapped at `WIDTH` columns, the letterhead in two columns."""
    paragraphs = ["\n".join(_text_head(source))]
    paragraphs += ["\n".join(line.center(WIDTH).rstrip() for line in _title_lines(source))]
    paragraphs += ["\n".join(addressees(source))]
    done = False
    for block in source.blocks:
        if block.mark == "$sign":
            paragraphs.append(_text_end(source))
            done = True
        elif block.mark != "$page":
            paragraphs.append(_wrapped(block))
    if not done and not is_stub(source):
        paragraphs.append(_text_end(source))
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _text_head(source: Source) -> list[str]:
    if is_stub(source):
        return letterhead(source)
    left = [*source.parts("parent"), *source.parts("org"), number_line(source)]
    if is_letter(source):
        left += textwrap.wrap(source.head["title"], HALF - 4)
    right = [NATION, MOTTO, place_line(source)]
    right += [""] * (len(left) - len(right))
    left += [""] * (len(right) - len(left))
    rows = [f"{a:^{HALF}}{b:^{HALF}}".rstrip() for a, b in zip(left, right, strict=True)]
    return [*source.parts("draft"), *rows]


def _title_lines(source: Source) -> list[str]:
    return [row for line in title(source) for row in textwrap.wrap(line, 64)]


def _wrapped(block: Block) -> str:
    if block.mark.startswith("^"):
        return "\n".join(row.center(WIDTH).rstrip() for row in textwrap.wrap(block.text, 64))
    return textwrap.fill(
        block.text, WIDTH, break_long_words=False, break_on_hyphens=False, initial_indent="    "
    )


def _text_end(source: Source) -> str:
    left = recipients(source)
    *office, name = source.parts("sign")
    right = [*office, "", "(Đã ký)", "", name]
    height = max(len(left), len(right))
    left += [""] * (height - len(left))
    right += [""] * (height - len(right))
    return "\n".join(f"{a:<{HALF + 8}}{b}".rstrip() for a, b in zip(left, right, strict=True))


def as_markdown(source: Source) -> str:
    """Return *source* as Markdown, headings and tables marked."""
    paragraphs: list[str] = []
    table: list[str] = []
    for line in lines(source):
        mark = line.block.mark if line.block else ""
        if mark.startswith("|"):
            table.append(f"| {line.text} |")
            if mark == "|h":
                table.append("|" + " --- |" * len(line.text.split(" | ")))
            continue
        if table:
            paragraphs.append("\n".join(table))
            table = []
        paragraphs.append(_marked(line.text, mark, line.kind))
    if table:
        paragraphs.append("\n".join(table))
    text = "\n\n".join(paragraphs) + "\n"
    # Recipients stand line under line, as a list does.
    return re.sub(r"(?<=;)\n\n(?=- (?:[^\n]*;\n|Lưu))", "\n", text)


def _marked(text: str, mark: str, kind: str) -> str:
    heading = {"#": "## ", "##": "### ", "###": "#### ", "^": "## "}.get(mark)
    if heading:
        return f"{heading}**{text}**"
    if mark in {"b", "^i"}:
        return f"*{text}*"
    bold = kind in {"title", "signature"} or text in {NATION, MOTTO, "Nơi nhận:"}
    return f"**{text}**" if bold else text
