"""SHEET -> CLEAN: one text without what is not the document, and a map back to the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ingest.chrome import drop_cell_bars, drop_chrome, refusal, site_name
from ingest.columns import part_columns
from ingest.duplicates import drop_copies
from ingest.errors import NotADocumentError, SecretDocumentError
from ingest.letters import mend_letters
from ingest.marks import take_off_marks
from ingest.model import Box, Caution, Clean, Line, Paragraph, Place, Repair, Sheet, Span
from ingest.properties import take_properties
from ingest.row_breaks import join_rows
from ingest.running import drop_running_heads
from ingest.secrecy import secrecy_stamp
from ingest.stamps import drop_signature_stamps
from ingest.strand import OURS, Passage, cell_parts, line_starts, read_passages
from ingest.wrapping import join_lines

_NO_TEXT = Caution(
    code="no-text",
    message="Trang chỉ có bảng thuộc tính, không có toàn văn; hãy tải văn bản gốc.",
)
_STEPS = (
    drop_cell_bars,
    drop_chrome,
    drop_copies,
    join_lines,
    mend_letters,
)
SITE = "Trang"  # the property that says which site a page was saved from


def repair(sheet: Sheet, *, name: str = "tệp") -> Clean:
    """Mend what a reader has read.

    What goes: marks of other programs, web chrome, property tables (their facts are kept),
    running heads, page numbers, text that stands twice. What is mended: lines wrapped in
    mid-sentence, sentences cut by a footnote, split syllables, letters of other alphabets.
    Repairing the result again changes nothing.

    Args:
        sheet: As a reader returns it.
        name: Of the file, for messages.

    Returns:
        The clean text; each stretch of it has its place in the sheet, but for the spaces that
        repair put between joined lines. What the reader itself mended or warned of stays with the
        sheet. It is "" for a page that shows only properties, with a
        warning "no-text".

    Raises:
        SecretDocumentError: The paper is marked MẬT, TỐI MẬT or TUYỆT MẬT.
        NotADocumentError: The page says that there is no document, or nothing is left of it.
    """
    repairs: list[Repair] = []
    passages, mended = part_columns(read_passages(sheet))
    repairs += mended
    passages, mended = take_off_marks(passages, markup=sheet.format)
    repairs += mended
    _refuse(passages, name)
    passages, mended = drop_signature_stamps(passages)
    repairs += mended
    passages, properties, mended = take_properties(passages)
    repairs += mended
    if site := site_name(passages):
        properties.setdefault(SITE, site)
    join_cut_rows = partial(join_rows, starts=line_starts(sheet))
    for step in (drop_running_heads, join_cut_rows, *_STEPS):
        passages, mended = step(passages)
        repairs += mended
    properties = {**properties, **sheet.properties}
    if not passages and not properties:
        raise NotADocumentError(name, "không có văn bản nào trong tệp.")
    return _assemble(sheet, passages, properties, tuple(repairs))


def _refuse(passages: Sequence[Passage], name: str) -> None:
    if stamp := secrecy_stamp(passages):
        raise SecretDocumentError(
            name,
            f"văn bản đóng dấu {stamp}, không được đưa vào máy này.",
            advice="Không có bản sao nào được giữ lại.",
        )
    if said := refusal(passages):
        raise NotADocumentError(
            name, f"trang đã lưu báo “{said}”.", advice="Hãy mở lại trang gốc và lưu lại."
        )


def _assemble(
    sheet: Sheet,
    passages: Sequence[Passage],
    properties: Mapping[str, str],
    repairs: tuple[Repair, ...],
) -> Clean:
    starts = line_starts(sheet)
    paragraphs: list[Paragraph] = []
    places: list[Place] = []
    at = 0
    for passage in passages:
        mapped = list(_places(passage, at, sheet.lines, starts))
        paragraphs.append(
            Paragraph(
                span=Span(at, at + len(passage.text)),
                page=passage.line.page,
                bold=passage.bold,
                heading=passage.heading,
                cells=tuple(Span(at + a, at + b) for a, b in cell_parts(passage, starts)),
                footnote=passage.footnote,
            )
        )
        places += mapped
        at += len(passage.text) + 1
    warnings = () if passages else (_NO_TEXT,)
    return Clean(
        text="".join(f"{passage.text}\n" for passage in passages),
        paragraphs=tuple(paragraphs),
        places=tuple(places),
        properties=properties,
        repairs=repairs,
        warnings=warnings,
    )


def _places(
    passage: Passage, at: int, lines: Sequence[Line], starts: Sequence[int]
) -> Iterator[Place]:
    """Yield a place for each stretch of the passage that stands so in one line, or in one word."""
    origins = passage.strand.origins
    start = 0
    while start < len(origins):
        if origins[start] == OURS:
            start += 1
            continue
        index = bisect_right(starts, origins[start]) - 1
        line, column = lines[index], origins[start] - starts[index]
        limit, box = _reach(line, column)
        end = start + 1
        while (
            end < len(origins)
            and origins[end] == origins[end - 1] + 1
            and column + end - start < limit
        ):
            end += 1
        yield Place(
            start=at + start, end=at + end, line=index, column=column, page=line.page, box=box
        )
        start = end


def _reach(line: Line, column: int) -> tuple[int, Box | None]:
    """Return where the word at *column* ends, if the line knows its words, and its box."""
    if not line.words:
        return len(line.text) + 1, line.box
    index = bisect_right(line.words, column, key=lambda word: word.column) - 1
    following = line.words[index + 1 : index + 2]
    limit = following[0].column if following else len(line.text) + 1
    return limit, line.words[max(index, 0)].box
