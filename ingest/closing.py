"""PARAGRAPHS -> CLOSING: recipients (Nơi nhận) and signatures (quyền hạn, chức vụ, họ tên).

The two stand side by side on paper, so either may come first in a text, and their lines may come
mixed. What follows the closing is annexes, with recipients and signatures of their own models.

Source: Decree 30/2020/NĐ-CP, Annex I, items 7 and 9; Hướng dẫn 36-HD/VPTW for party documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest.knowledge.tables import rows
from ingest.letterhead import begins_body_name
from ingest.model import Kind
from ingest.numbering import read_mark
from ingest.places import UPPER
from ingest.tones import fold_tones

_RECIPIENTS = re.compile(r"\W*(?:Nơi|NƠI)\s+(?:nhận|NHẬN|gửi)\s*(?:[:.]\s*|(?=[-–]|(?:TM|KT|TL|TUQ)\b)|$)")
_DASH = re.compile(r"\s*[-–—+•·*]\s*(?=\S)")
_FILE_TAG = re.compile(r"\W*(?=\S*[_\\\d])[\w.\\:/-]+\W*")
_SEALED = re.compile(
    r"\W*(?:đã k[ýí]|đã ký tên|da ?k[yý]|ký tên|ký, ghi rõ|ký,? đóng dấu|chữ ký|dấu|signed|ký bởi|người ký|thời gian ký)"
    r"(?!\w).{0,80}",
    re.IGNORECASE,
)
_UNSIGNED = re.compile(r"\s*[-–(]?\s*\(?đã k[ýí]\)?\W*$", re.IGNORECASE)  # "Trần Văn A – Đã ký"
_STAR_NOTE = re.compile(r"\*\s*\S+\s.+")
_AUTHORITY = re.compile(r"(?:T/M|K/T|T/L|TM|KT|TL|TUQ|TUN|Q)(?:\s*\.\s*|\s+)(?=[^\W\d_])")
_ANNEX = re.compile(
    r"\W*(?:PHỤ LỤC|Phụ lục|DANH MỤC|Mẫu số|MẪU SỐ|Mẫu \d|MẪU \d|BIỂU MẪU|Biểu số|BIỂU SỐ)(?!\w)"
    r"[^.;]{0,120}"
)
_NAME = rf"(?:[{UPPER}][\w’'.]*\s+){{1,5}}[{UPPER}][\w’']*"
_MAX_LINE = 110  # characters of a line of the signature
_REACH = 20  # paragraphs of a signature, stamps and blank tables included


@dataclass(frozen=True, slots=True)
class Signature:
    """One signer and the lines above the name."""

    authority: tuple[str, ...]  # as printed: ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")
    position: str | None  # the printed line nearest to the name: "PHÓ CHỦ TỊCH"
    name: str | None


@dataclass(slots=True, kw_only=True)
class Closing:
    """What stands below the body."""

    recipients: list[str] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    zones: dict[int, Kind] = field(default_factory=dict)
    start: int | None = None  # the first paragraph of it; None when there is none


def read_closing(texts: Sequence[str], *, body: int = 0) -> Closing:
    """Read the recipients and the signatures of a document.

    Args:
        texts: Its paragraphs.
        body: Where its body begins; nothing above is looked at.
    """
    closing = Closing()
    end = _annexes(texts, body)
    opening = next((n for n in range(body, end) if _RECIPIENTS.match(texts[n])), None)
    lines: list[tuple[int, str]] = []
    if opening is not None:
        lines = _read_recipients(closing, texts, opening, end)
        above = _signature_above(texts, opening, body)
    else:
        above = _signature_alone(texts, body, end)
    lines = above + lines
    for index, _ in lines:
        closing.zones.setdefault(index, "signature")
    closing.signatures = _read_signatures([text for _, text in lines])
    closing.start = min(closing.zones, default=None)
    return closing


def is_signature_line(text: str) -> bool:
    """Tell whether a line is of those above a signer's name: "TM. …", "KT. …", a position."""
    line = text.strip(" *_|")
    if not line or len(line) > _MAX_LINE or line.endswith((";", ":")):
        return False
    if _AUTHORITY.match(line) and _capitals(line):
        return True
    return bool(_capitals(line) and _positions().match(fold_tones(line).upper()))


def _annexes(texts: Sequence[str], body: int) -> int:
    """Return where the annexes begin after a closing; the end when there are none."""
    closed = False
    for index in range(body, len(texts)):
        if is_signature_line(texts[index]) or _RECIPIENTS.match(texts[index]):
            closed = True
        elif closed and _ANNEX.fullmatch(texts[index]):
            return index
    return len(texts)


def _read_recipients(
    closing: Closing, texts: Sequence[str], opening: int, end: int
) -> list[tuple[int, str]]:
    """Read the list below "Nơi nhận" and return the lines of the signature after or within it."""
    entries: list[str] = []
    lines: list[tuple[int, str]] = []
    index = opening
    dashed = False
    while index < end:
        text = texts[index]
        rest = text[_RECIPIENTS.match(text).end() :] if index == opening else text  # type: ignore[union-attr]
        rest, signed = _split_signature(rest)
        if signed:
            lines.append((index, signed))
        if not rest.strip():
            if index == opening:
                closing.zones[index] = "recipients"
            elif not signed and text.strip():
                break
            index += 1
            continue
        if dashed and _STAR_NOTE.fullmatch(rest.strip()):
            closing.zones[index] = "footnote"
            index += 1
            continue
        if not _is_entry(rest, entries, dashed=dashed, signed=bool(lines)):
            break
        dashed = dashed or bool(_DASH.match(rest))
        closing.zones[index] = "recipients"
        _add_entries(entries, rest, dashed=dashed)
        index += 1
    lines += _signature_below(texts, index, end, begun=bool(lines))
    if lines and not any(_is_name(line) for _, line in lines):
        lines += _name_among(entries, opening)
    closing.recipients = [entry for entry in map(_tidy, entries) if entry]
    return lines


def _name_among(entries: list[str], index: int) -> list[tuple[int, str]]:
    """Take out the signer's name that came to stand behind a recipient, from the other column."""
    for place, entry in enumerate(entries):
        cut = re.search(r"[;.]\s+(?=\S)", entry)
        if cut and _is_name(entry[cut.end() :]):
            entries[place] = entry[: cut.start()]
            return [(index, entry[cut.end() :])]
    return []


def _split_signature(line: str) -> tuple[str, str]:
    """Split "- Lưu: VT. PHÓ CHỦ TỊCH" into the recipient and the line of the signature."""
    stripped = line.strip()
    if is_signature_line(stripped):
        return "", stripped
    for found in re.finditer(r"(?<=[\s;.])\S", line):
        tail = line[found.start() :].strip()
        if is_signature_line(tail):
            return line[: found.start()], tail
    return line, ""


def _is_entry(text: str, entries: Sequence[str], *, dashed: bool, signed: bool) -> bool:
    if _DASH.match(text):
        return len(text) <= 4 * _MAX_LINE
    if _FILE_TAG.fullmatch(text.strip()):
        return True
    if _SEALED.fullmatch(text.strip()) or _ANNEX.fullmatch(text):
        return False
    if signed and _is_name(text):
        return False
    if read_mark(text) or len(text) > 2 * _MAX_LINE:
        return False
    if not entries:
        return True
    if dashed:  # the rest of a wrapped line, or the last entry
        open_ended = not entries[-1].rstrip().endswith((";", ".", "./"))
        return open_ended or text.lstrip().startswith("Lưu")
    return entries[-1].rstrip().endswith((";", ",")) or not _is_name(text)


def _add_entries(entries: list[str], text: str, *, dashed: bool) -> None:
    if _FILE_TAG.fullmatch(text.strip()) and not text.strip().startswith(("-", "–")):
        return
    if dashed and entries and not _DASH.match(text) and not text.lstrip().startswith("Lưu"):
        entries[-1] = f"{entries[-1].rstrip()} {text.strip()}"
        return
    if dashed:
        entries += re.split(r"(?<=[;.,])\s*[-–—+]\s+(?=\S)", _DASH.sub("", text, count=1))
    else:
        entries += re.split(r";\s+", text)


def _tidy(entry: str) -> str:
    return " ".join(entry.split()).strip(" -–—+•·*").rstrip(" ;.,/")


def _signature_below(
    texts: Sequence[str],
    start: int,
    end: int,
    begun: bool,  # noqa: FBT001
) -> list[tuple[int, str]]:
    """Return the lines of the signature from paragraph *start* on."""
    lines: list[tuple[int, str]] = []
    named = False
    for index in range(start, min(end, start + _REACH)):
        text = texts[index].strip(" |*_")
        if is_signature_line(text):
            begun, named = True, False
            lines.append((index, text))
        elif not text or _FILE_TAG.fullmatch(text):
            continue
        elif _SEALED.fullmatch(text):
            lines.append((index, text))
        elif _is_name(text) and (begun or not lines):
            lines.append((index, text))
            named = True
        elif named or not _continues_position(text, lines):
            break
        else:
            lines.append((index, text))
    return lines


def _signature_above(texts: Sequence[str], opening: int, body: int) -> list[tuple[int, str]]:
    """Return the lines of a signature that stands right above "Nơi nhận"."""
    first = None
    for index in range(opening - 1, max(body, opening - _REACH) - 1, -1):
        text = texts[index].strip(" |*_")
        if is_signature_line(text):
            first = index
        elif text and not (_SEALED.fullmatch(text) or _is_name(text) or _capitals(text)):
            break
    return _signature_below(texts, first, opening, begun=True) if first is not None else []


def _signature_alone(texts: Sequence[str], body: int, end: int) -> list[tuple[int, str]]:
    """Return the lines of the signature of a document without recipients."""
    for index in range(body, end):
        if is_signature_line(texts[index].strip(" |*_")):
            lines = _signature_below(texts, index, end, begun=True)
            near_end = index >= end - _REACH
            if near_end or any(_is_name(text) for _, text in lines):
                return lines
    return []


def _continues_position(text: str, lines: Sequence[tuple[int, str]]) -> bool:
    return bool(lines) and _capitals(text) and len(text) <= _MAX_LINE


def _read_signatures(lines: Sequence[str]) -> list[Signature]:
    signatures: list[Signature] = []
    authority: list[str] = []
    for line in lines:
        if _SEALED.fullmatch(line):
            continue
        if is_signature_line(line):
            authority += _split_authority(line)
        elif _is_name(line):
            signatures.append(_signature(authority, _plain_name(line)))
            authority = []
        elif authority:
            authority[-1] = f"{authority[-1]} {line}"
    if authority:
        signatures.append(_signature(authority, None))
    return signatures


def _signature(authority: Sequence[str], name: str | None) -> Signature:
    own = [line for line in authority if not _AUTHORITY.match(line)]
    position = own[-1] if own else (authority[-1] if authority else None)
    return Signature(tuple(authority), position, name)


def _split_authority(line: str) -> list[str]:
    """Split "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" into its two lines."""
    parts = re.split(r"\s+(?=(?:TM|KT|TL|TUQ)\s*\.)", line)
    split = []
    for part in parts:
        found = re.search(r"(?<=\S)\s+(?=PHÓ |THỨ TRƯỞNG)", part) if part.startswith("KT") else None
        split += [part[: found.start()], part[found.end() :]] if found else [part]
    return split


def _plain_name(line: str) -> str:
    """Return a name without the rank or degree before it."""
    name = " ".join(_UNSIGNED.sub("", line).strip(" *_|./–-").split())
    while found := _ranks().match(name):
        name = name[found.end() :]
    return name.title() if name.isupper() else name


def _is_name(text: str) -> bool:
    """Tell whether a line can be a person's name, with or without a rank."""
    line = _UNSIGNED.sub("", text).strip(" *_|./–-")
    while found := _ranks().match(line):
        line = line[found.end() :]
    if not re.fullmatch(_NAME, line) or len(line) > 45 or begins_body_name(line):
        return False
    return not is_signature_line(line) and not re.search(r"\d", line)


def _capitals(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= 0.8 * len(letters)


@cache
def _positions() -> re.Pattern[str]:
    names = {fold_tones(row["position"]).upper() for row in rows("positions")}
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?:{words})(?!\w)")


@cache
def _ranks() -> re.Pattern[str]:
    names = sorted((row["rank"] for row in rows("ranks")), key=len, reverse=True)
    words = "|".join(re.escape(name) for name in names)
    upper = "|".join(re.escape(name.upper()) for name in names)
    return re.compile(rf"(?:{words}|{upper})(?:\.\s*|:\s*|\s+|,\s*)(?=\S)")
