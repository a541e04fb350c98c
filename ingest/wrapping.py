"""PASSAGES -> PASSAGES: lines are joined into paragraphs, footnotes moved out of sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.capitals import Capitals
from ingest.knowledge.tables import rows
from ingest.measure import Setting, ends_sentence, find_setting, is_full, is_indented
from ingest.model import Repair
from ingest.openings import (
    bullet,
    is_capitals,
    names_type,
    numbering,
    opens_block,
    stands_alone,
    toneless,
)
from ingest.strand import Passage, Strand

_NATIONAL_NAME = toneless("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_PAIRS = (("(", ")"), ("“", "”"))
_ADDRESSES = ("http://", "https://", "www.")
_LONG = 60  # characters: what is longer is running text, no entry of a list


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the lines of a document show together."""

    setting: Setting | None
    capitals: Capitals
    small_bullets: bool  # its list items begin with small letters


def join_lines(passages: list[Passage]) -> tuple[list[Passage], list[Repair]]:
    """Return paragraphs: the lines that go on in the next one joined with it.

    A line with a numbering mark or a bullet begins a paragraph, unless its bullet is the hyphen of
    a name ("chính trị" / "- xã hội"). Lines of letterhead and signature stay apart. A footnote that
    a page's end put into a sentence follows its paragraph.
    """
    habits = _survey(passages)
    done: list[Passage] = []
    notes: list[Passage] = []  # that stand below the paragraph that is being read
    joined = 0
    for passage in passages:
        if passage.footnote:
            _add_note(notes, passage)
        elif done and _goes_on(done, passage, habits):
            done[-1] = _joined(done[-1], passage)
            joined += 1
        else:
            done += [*notes, passage]
            notes.clear()
    return [*done, *notes], _report(joined, len(passages))


def _report(joined: int, lines: int) -> list[Repair]:
    if not joined:
        return []
    detail = f"nối {joined} lần xuống dòng giữa câu, trên {lines} dòng"
    return [Repair(kind="wrapped-lines", detail=detail, count=joined)]


def _survey(passages: Sequence[Passage]) -> _Habits:
    texts = [passage.text for passage in passages if not passage.footnote]
    items = [text[len(mark) :] for text in texts if (mark := bullet(text))]
    small = sum(item[:1].islower() for item in items)
    return _Habits(
        setting=find_setting(passages),
        capitals=Capitals(texts),
        small_bullets=small > max(1, 0.1 * len(items)),
    )


def _add_note(notes: list[Passage], passage: Passage) -> None:
    if notes and not passage.text[0].isdigit() and not opens_block(passage.text):
        notes[-1] = _joined(notes[-1], passage)
    else:
        notes.append(passage)


def _joined(upper: Passage, lower: Passage) -> Passage:
    gap = "" if _cuts_code(upper.text, lower.text) else " "
    return replace(
        upper,
        strand=upper.strand + Strand.ours(gap) + lower.strand,
        last=lower.line,
        bold=upper.bold and lower.bold,
    )


def _cuts_code(upper: str, lower: str) -> bool:
    """Tell whether a number was cut at the line's end: "192/KH-" / "UBND"."""
    return upper[-2:-1].isalnum() and upper[-1] in "-/" and lower[0].isalnum()


def _goes_on(done: list[Passage], lower: Passage, habits: _Habits) -> bool:
    """Tell whether *lower* goes on with the last paragraph of *done*."""
    upper = done[-1]
    if upper.footnote or upper.line.cells or lower.line.cells or _wraps_name(upper, lower):
        return not upper.footnote and _wraps_name(upper, lower)
    if lower.heading != upper.heading or stands_alone(lower.text):
        return False
    if opens_block(lower.text):
        return _false_bullet(upper.text, lower.text, habits)
    if upper.last.whole and lower.line.whole and not (habits.setting and habits.setting.torn):
        return _cut_sentence(upper.text, lower.text)
    return _wraps(done, lower, habits)


def _wraps(done: list[Passage], lower: Passage, habits: _Habits) -> bool:
    """Tell whether a line that opens nothing goes on with the paragraph above it."""
    upper, setting = done[-1], habits.setting
    if _cuts_code(upper.text, lower.text):
        return True
    if lower.text[0].islower() and not ends_sentence(upper.text):
        return _cut_sentence(upper.text, lower.text) or (
            setting is not None and not is_capitals(upper.text)
        )
    if setting is None or lower.gap > int(setting.spaced):
        return False
    if is_capitals(upper.text):
        return lower.text == lower.text.upper() and _wraps_capitals(done)
    if stands_alone(upper.text):
        return False
    return (
        _dangles(upper.text)
        or _closes_bracket(upper.text, lower.text)
        or _fills_line(upper, lower, habits, setting)
    )


def _fills_line(upper: Passage, lower: Passage, habits: _Habits, setting: Setting) -> bool:
    """Tell whether *upper* ended only because its line was full."""
    return (
        not _begins_anew(upper, lower, habits)
        and not is_indented(lower, setting)
        and is_full(upper, lower, setting)
    )


def _closes_bracket(upper: str, lower: str) -> bool:
    """Tell whether *lower* closes the bracket or the quotation that *upper* leaves open."""
    return any(
        upper.rfind(opened) > upper.rfind(closed) and closed in lower for opened, closed in _PAIRS
    )


def _begins_anew(upper: Passage, lower: Passage, habits: _Habits) -> bool:
    """Tell whether the capital of *lower*, or its plainer letters, show a new paragraph."""
    if upper.last.bold and not lower.line.bold:
        return True
    return not ends_sentence(upper.text) and habits.capitals.begins_sentence(lower.text)


def _cut_sentence(upper: str, lower: str) -> bool:
    """Tell whether a sentence was cut between two paragraphs, as at a page's end."""
    return (
        lower[0].islower()
        and not ends_sentence(upper)
        and not is_capitals(upper)
        and (len(upper) >= _LONG or _dangles(upper) or lower.startswith(_ADDRESSES))
    )


def _dangles(text: str) -> bool:
    """Tell whether *text* ends with a word or mark that a sentence cannot end with."""
    return text.endswith((",", "(", "“")) or text.rpartition(" ")[2].lower() in _dangling_words()


def _wraps_capitals(done: list[Passage]) -> bool:
    """Tell whether a heading or title in capitals goes on in the next line, in capitals too."""
    upper = done[-1].text
    if ends_sentence(upper) or stands_alone(upper) or upper == numbering(upper):
        return False
    above = [passage.text for passage in done[-4:-1]]
    return (
        bool(numbering(upper))
        or any(map(names_type, above))
        or any(text == numbering(text) for text in above[-2:])  # "Chương II" above its title
    )


def _wraps_name(upper: Passage, lower: Passage) -> bool:
    """Tell whether the national name (Quốc hiệu) was wrapped here."""
    name = f"{upper.text} {lower.text}".strip("| ")
    return lower.gap == 0 and len(name) < _LONG and toneless(name).upper() == _NATIONAL_NAME


def _false_bullet(upper: str, lower: str, habits: _Habits) -> bool:
    """Tell whether *lower* opens with the hyphen of a name, no bullet: "chính trị" / "- xã hội"."""
    mark = bullet(lower)
    rest = lower[len(mark) :]
    if mark[:1] not in ("-", "–") or ends_sentence(upper):
        return False
    left, right = toneless(upper[-_LONG:]).lower(), toneless(rest[:_LONG]).lower()
    if any(left.endswith(one) and right.startswith(two) for one, two in _hyphenated_names()):
        return True
    return rest[0].islower() and not habits.small_bullets and len(upper) >= _LONG


@cache
def _dangling_words() -> frozenset[str]:
    return frozenset(row["word"].lower() for row in rows("dangling_words"))


@cache
def _hyphenated_names() -> tuple[tuple[str, str], ...]:
    return tuple(
        (f" {toneless(row['left']).lower()}", toneless(row["right"]).lower())
        for row in rows("hyphenated_names")
    )
