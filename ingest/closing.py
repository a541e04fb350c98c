"""PARAGRAPHS -> CLOSING: the recipients (Nơi nhận) and the signatures below the body.

The two stand side by side on paper, so either may come first in a text, and their lines may come
mixed. What follows the closing is annexes, with recipients and signatures of their own models.

Source: Decree 30/2020/NĐ-CP, Annex I, items 7 and 9.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.model import Kind
from ingest.numbering import read_mark
from ingest.signature import (
    LONGEST,
    Signature,
    is_in_capitals,
    is_name,
    is_seal,
    is_signature_line,
    lines_of,
    opens_signature,
    read_signatures,
)

# A scan's text loses marks: "Noi nhận", "Nơi nhân".
_RECIPIENTS = re.compile(
    r"[\W_]*n[ơờớôo][iìí]\s*(?:nh[ậâầấạăa]n|g[ửữứưu]i)[\s*_]*"
    r"(?:[:.;][\s*_]*|(?=[-–|]|(?:TM|KT|TL|TUQ)\b)|$)",
    re.IGNORECASE,
)
_DASHES = "-–—−\u2010\u2011─+•·*●▪■"
_DASH = re.compile(rf"\s*[{_DASHES}]\s*(?=\S)")
_FILE_TAG = re.compile(r"\W*(?=\S*[_\\\d])[\w.\\:/-]+\W*")  # "NP_VP6_KH138"
_SEAL_BEHIND = re.compile(r"(?<=[\s;.])\(\s*đã k[ýí]\s*\)\W*$", re.IGNORECASE)
_ROOM = re.compile(r"^\S+\s+\S*\d\S*\W*$")  # "Lưu: VT, TM. B15" names an office, no signer
_NOTE = re.compile(r"\*\s*\S+\s.+")  # "* Tài liệu được phép sao chụp."
_FILED = "Lưu"
_ANNEX = re.compile(
    r"\W*(?:PHỤ LỤC|Phụ lục|DANH MỤC|Mẫu số|MẪU SỐ|Mẫu \d|MẪU \d|BIỂU MẪU|Biểu số|BIỂU SỐ)(?!\w)"
    r"[^.;]{0,120}"
)
_REACH = 20  # paragraphs of a signature, stamps and blank tables included
_FRAME = " |*_"

_Lines = list[tuple[int, str]]  # of a signature: paragraph, text


@dataclass(slots=True, kw_only=True)
class Closing:
    """What stands below the body."""

    recipients: list[str] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    zones: dict[int, Kind] = field(default_factory=dict)
    start: int | None = None  # the first paragraph of it; None when there is none


@dataclass(slots=True)
class _Recipients:
    """The list below "Nơi nhận" while it is read."""

    entries: list[str] = field(default_factory=list)
    dashed: str = ""  # what its entries begin with: "-"
    signed: _Lines = field(default_factory=list)  # lines of the signature met within it
    zones: dict[int, Kind] = field(default_factory=dict)
    end: int = 0  # the first paragraph after it


def read_closing(texts: Sequence[str], *, body: int = 0) -> Closing:
    """Read the recipients and the signatures of a document.

    Args:
        texts: Its paragraphs.
        body: Where its body begins; nothing above is looked at.
    """
    end = _annexes(texts, body)
    opening = next((n for n in range(body, end) if _RECIPIENTS.match(texts[n])), None)
    if opening is None:
        listed, lines = _Recipients(), _signature_alone(texts, body, end)
    else:
        listed = _read_recipients(texts, opening, end)
        below = _signature_below(texts, listed.end, end, begun=bool(listed.signed))
        lines = [*_signature_above(texts, opening, body), *listed.signed, *below]
        if lines and not any(_bears_name(line) for _, line in lines):
            lines += _name_among(listed.entries, opening)
    signed: dict[int, Kind] = {index: "signature" for index, _ in lines}
    zones = {**signed, **listed.zones}
    return Closing(
        recipients=[entry for entry in map(_tidy, listed.entries) if entry],
        signatures=read_signatures([text for _, text in lines]),
        zones=zones,
        start=min(zones, default=None),
    )


def _annexes(texts: Sequence[str], body: int) -> int:
    """Return where the annexes begin after a closing; the end when there are none."""
    closed = False
    for index in range(body, len(texts)):
        if opens_signature(texts[index]) or _RECIPIENTS.match(texts[index]):
            closed = True
        elif closed and _ANNEX.fullmatch(texts[index]):
            return index
    return len(texts)


def _read_recipients(texts: Sequence[str], opening: int, end: int) -> _Recipients:
    listed = _Recipients(end=opening)
    found = _RECIPIENTS.match(texts[opening])
    rest = texts[opening][found.end() if found else 0 :]
    while listed.end < end and _take(listed, rest):
        listed.end += 1
        rest = texts[listed.end] if listed.end < end else ""
    return listed


def _take(listed: _Recipients, text: str) -> bool:
    """Take one paragraph of the list; False when it is none."""
    entry, signed = _split_signature(text)
    if signed:
        listed.signed.append((listed.end, signed))
    entry = entry.strip()
    if not entry:
        if not listed.zones:
            listed.zones[listed.end] = "recipients"
        return True
    if listed.dashed.strip() not in {"", "*"} and _NOTE.fullmatch(entry):
        listed.zones[listed.end] = "footnote"
        return True
    if not _is_entry(entry, listed):
        return False
    dash = _DASH.match(entry)
    listed.dashed = listed.dashed or (dash[0] if dash else "")
    listed.zones[listed.end] = "recipients"
    if _DASH.match(entry) or not _FILE_TAG.fullmatch(entry):
        _add_entries(listed, entry)
    return True


def _split_signature(line: str) -> tuple[str, str]:
    """Split "- Lưu: VT. PHÓ CHỦ TỊCH" into the recipient and the line of the signature."""
    cells = [cell.strip() for cell in line.split("|") if cell.strip()]
    if signed := [cell for cell in cells if opens_signature(cell)]:
        return " ".join(cell for cell in cells if cell not in signed), " | ".join(signed)
    if sealed := _SEAL_BEHIND.search(line):
        return line[: sealed.start()], sealed[0]
    for found in re.finditer(r"(?<=[\s;.])\S", line):
        behind = line[found.start() :]
        if opens_signature(behind) and not _ROOM.search(behind):
            return line[: found.start()], line[found.start() :].strip()
    return line, ""


def _is_entry(text: str, listed: _Recipients) -> bool:
    if _DASH.match(text):
        return len(text) <= 4 * LONGEST
    if _FILE_TAG.fullmatch(text):
        return True
    if is_seal(text) or _ANNEX.fullmatch(text) or (listed.signed and is_name(text)):
        return False
    if read_mark(text) or len(text) > 2 * LONGEST:
        return False
    above = listed.entries[-1].rstrip() if listed.entries else ""
    if listed.dashed:  # the rest of a wrapped line, or an entry whose dash is lost
        return text.startswith(_FILED) or not above.endswith((";", ".")) or text.endswith(";")
    return not above or above.endswith((";", ",")) or not is_name(text)


def _add_entries(listed: _Recipients, text: str) -> None:
    entries = listed.entries
    if not listed.dashed:
        entries += re.split(r";\s+", text)
    elif not _begins_entry(text, entries):
        entries[-1] = f"{entries[-1].rstrip()} {text}"
    else:
        entries += re.split(rf"(?<=[;.,)])\s*[{_DASHES}]\s+(?=\S)", _DASH.sub("", text, count=1))


def _begins_entry(text: str, entries: Sequence[str]) -> bool:
    opens = _DASH.match(text) is not None or text.startswith(_FILED)
    return opens or not entries or entries[-1].rstrip().endswith(";")


def _tidy(entry: str) -> str:
    return " ".join(entry.split()).strip(f" |_{_DASHES}").rstrip(" ;.,/")


def _name_among(entries: list[str], index: int) -> _Lines:
    """Take out the signer's name that came to stand behind a recipient, from the other column."""
    for place, entry in enumerate(entries):
        cut = re.search(r"[;.]\s+(?=\S)", entry)
        if cut and is_name(entry[cut.end() :]):
            entries[place] = entry[: cut.start()]
            return [(index, entry[cut.end() :])]
    return []


def _signature_below(texts: Sequence[str], start: int, end: int, *, begun: bool) -> _Lines:
    """Return the lines of the signature from paragraph *start* on."""
    lines: _Lines = []
    named = False
    for index in range(start, min(end, start + _REACH)):
        text = texts[index].strip(_FRAME)
        if not text or _FILE_TAG.fullmatch(text):
            continue
        if opens_signature(text):
            begun, named = True, not is_signature_line(text)
        elif is_name(text) and (begun or not lines):
            named = True
        elif not is_seal(text) and (
            named or not begun or not is_in_capitals(text) or len(text) > LONGEST
        ):
            break
        lines.append((index, text))
    return lines


def _signature_above(texts: Sequence[str], opening: int, body: int) -> _Lines:
    """Return the lines of a signature that stands right above "Nơi nhận"."""
    first = None
    for index in range(opening - 1, max(body, opening - _REACH) - 1, -1):
        text = texts[index].strip(_FRAME)
        if opens_signature(text):
            first = index
        elif text and not (is_seal(text) or is_name(text) or is_in_capitals(text)):
            break
    return [] if first is None else _signature_below(texts, first, opening, begun=True)


def _bears_name(line: str) -> bool:
    return is_name(line) or len(lines_of(line)) > 1


def _signature_alone(texts: Sequence[str], body: int, end: int) -> _Lines:
    """Return the lines of the signature of a document without recipients.

    The first that bears a name is it, else the last near the end: the name may be lost.
    """
    last: _Lines = []
    for index in range(body, end):
        if opens_signature(texts[index].strip(_FRAME)):
            lines = _signature_below(texts, index, end, begun=True)
            if any(_bears_name(text) for _, text in lines):
                return lines
            in_capitals = is_in_capitals(texts[index])  # else it may name who decides
            if in_capitals and index >= end - _REACH and not (last and last[-1][0] >= index):
                last = lines
    return last
