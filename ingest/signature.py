"""LINES -> SIGNATURES: who signed, in what position, for whom (quyền hạn, chức vụ, họ tên).

Source: Decree 30/2020/NĐ-CP, Annex I, item 7; Hướng dẫn 36-HD/VPTW ("T/M", "K/T").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ingest.knowledge.tables import rows
from ingest.office_names import begins_body_name
from ingest.places import UPPER
from ingest.title import split_type
from ingest.tones import fold_tones

LONGEST = 110  # characters of a line of a signature
_LONGEST_NAME = 45
_LEAST_SYLLABLES = 3  # of a name in capitals, behind an office in capitals
_IN_SMALL = re.compile(
    r"(?:t/?m|k/?t|t/?l|tuq)\s*\.\s*(?:chính phủ|ủy ban nhân dân.{0,40}|bộ trưởng.{0,50}|chủ tịch"
    r"|thủ tướng|thống đốc|giám đốc|tổng giám đốc|cục trưởng|viện trưởng|chánh án)"
    r"|phó thủ tướng|thứ trưởng|thủ tướng(?: chính phủ)?|bộ trưởng"
)
_CAPITAL_PART = 0.8  # of the letters of a line set in capitals; "Tp", "xã" may be small in it
_AUTHORITY = re.compile(r"(?:T/M|K/T|T/L|TM|KT|TL|TUQ|TUN|Q)(?:\s*\.\s*|\s+)(?=[^\W\d_])")
_SEAL = re.compile(
    r"\W*(?:đã k[ýí]|da ?k[yý]|ký tên|ký, ghi rõ|ký,? đóng dấu|chữ ký|dấu|signed|ký bởi|người ký"
    r"|thời gian ký)(?!\w).{0,80}",
    re.IGNORECASE,
)
_SEAL_BEHIND_NAME = re.compile(r"\s*[-–(]?\s*\(?đã k[ýí]\)?\W*$", re.IGNORECASE)
# "Đã ký: Lê Văn An": the seal's words before the name.
_SEAL_BEFORE_NAME = re.compile(r"\(?(?:đã k[ýí]|ký tên)\)?\s*[:;–-]?\s+", re.IGNORECASE)
_SEAL_WITHIN = re.compile(
    r"\(?(?:đã k[ýí]|ký tên)\)?(?!\w)|\((?:ký|dấu)[^)]{0,60}\)", re.IGNORECASE
)
# What an office belongs to, and does not begin a line of its own: "KT. CHỦ TỊCH", "VĂN PHÒNG …".
_HELD_TOGETHER = re.compile(
    r"(?:^\W*|[.,–/-]\s*"
    r"|(?<!\w)(?:PHÓ|TỔNG|QUYỀN|NGUYÊN|KIÊM|VÀ|CÁC|CỦA"
    r"|(?<!CHÁNH )VĂN PHÒNG|(?<!TRƯỞNG )(?:BAN|ĐOÀN))\s+)$"
)
_NAME = re.compile(rf"(?:[{UPPER}][\w’'.]*\s+){{1,5}}[{UPPER}][\w’']*")
_FRAME = " *_|./–-"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signer and the lines above the name."""

    authority: tuple[str, ...]  # as printed: ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")
    position: str | None  # the printed line nearest to the name: "PHÓ CHỦ TỊCH"
    name: str | None


def read_signatures(lines: Sequence[str]) -> list[Signature]:
    """Read the lines of one or more signatures, from top to bottom."""
    signatures: list[Signature] = []
    authority: list[str] = []
    for line in (part for text in lines for part in lines_of(text)):
        if is_seal(line):
            continue
        if is_signature_line(line) or _is_of_body(line):
            authority += _split_authority(line)
        elif is_name(line):
            signatures.append(_signature(authority, plain_name(line)))
            authority = []
        elif authority:
            authority[-1] = f"{authority[-1]} {line}"
    if authority:
        signatures.append(_signature(authority, None))
    return signatures


def is_signature_line(text: str) -> bool:
    """Tell whether a line is of those above a signer's name: "TM. …", "KT. …", a position."""
    line = text.strip(" *_|")
    if len(line) > LONGEST or line.endswith((";", ":")):
        return False
    if not is_in_capitals(line):  # a font of capitals leaves small letters: "Kt. Bộ trưởng"
        return _IN_SMALL.fullmatch(fold_tones(line.casefold())) is not None
    return bool(_AUTHORITY.match(line) or _positions().match(fold_tones(line).upper()))


def opens_signature(text: str) -> bool:
    """Tell whether a line is the first of a signature, or one that a cell ran together."""
    return is_signature_line(text) or len(lines_of(text)) > 1


def lines_of(text: str) -> list[str]:
    """Return the lines that a flattened cell ran together, or the text alone.

    "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Văn An" -> "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Lê Văn An".
    """
    if "|" in text:
        cells = [lines_of(cell) for cell in text.split("|") if cell.strip()]
        apart = any(len(lines) > 1 for lines in cells)
        return [line for lines in cells for line in lines] if apart else [text]
    line = " ".join(_SEAL_WITHIN.sub(" ", text).split()).strip(" *_")
    if len(line) > LONGEST + _LONGEST_NAME:
        return [text]
    for start in _name_starts(line):
        above, name = line[:start].strip(), line[start:]
        if name.isupper() and (len(name.split()) < _LEAST_SYLLABLES or not _ends_in_office(above)):
            continue  # "BỘ TRƯỞNG BỘ NÔNG NGHIỆP": NÔNG is a surname
        if is_name(name) and (is_signature_line(above) or _is_of_body(above)):
            return [above, name]
    return [text]


def is_seal(text: str) -> bool:
    """Tell whether a line stands where the hand and the seal do: "(Đã ký)"."""
    line = text.strip()
    before = _SEAL_BEFORE_NAME.match(line)
    return _SEAL.fullmatch(line) is not None and not (before and is_name(line[before.end() :]))


def is_name(text: str) -> bool:
    """Tell whether a line can be a person's name, with or without a rank."""
    line = _bare_name(text)
    while found := _ranks().match(line):
        line = line[found.end() :]
    if len(line) > _LONGEST_NAME or not _NAME.fullmatch(line) or re.search(r"\d", line):
        return False
    if line.isupper() and (begins_body_name(line) or split_type(line)):
        return False  # "BỘ TƯ PHÁP"; but "Đoàn Thái Sơn" is a person
    return not is_signature_line(line)


def is_in_capitals(line: str) -> bool:
    """Tell whether a line is set in capitals, but for a word or two."""
    letters = [char for char in line if char.isalpha()]
    upper = sum(char.isupper() for char in letters)
    return bool(letters) and upper >= _CAPITAL_PART * len(letters)


def _bare_name(text: str) -> str:
    """Return a line without the seal's words before or behind the name."""
    before = _SEAL_BEFORE_NAME.match(text.strip())
    line = text.strip()[before.end() :] if before else text
    return _SEAL_BEHIND_NAME.sub("", line).strip(_FRAME)


def _signature(authority: Sequence[str], name: str | None) -> Signature:
    own = [line for line in authority if not _AUTHORITY.match(line)] or list(authority)
    return Signature(tuple(authority), own[-1] if own else None, name)


def _name_starts(line: str) -> Iterator[int]:
    """Yield where the name may begin behind words in capitals, which a name too may be set in."""
    for word in re.finditer(r"\S+", line):
        if not word[0].isupper():
            if any(char.isalpha() for char in word[0]):
                yield word.start()
                return
        elif word.start() and word[0] in _surnames():
            yield word.start()


def _is_of_body(line: str) -> bool:
    """Tell whether a line names a body and who heads it: "SỞ Y TẾ GIÁM ĐỐC"."""
    return begins_body_name(line) and _ends_in_office(line)


def _ends_in_office(line: str) -> bool:
    offices = list(_positions().finditer(fold_tones(line).upper()))
    return bool(offices) and offices[-1].end() == len(line)


def _split_authority(line: str) -> list[str]:
    """Split "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH" into its three lines."""
    line = line.strip(" |")
    starts = {found.start() for found in re.finditer(r"(?:TM|T/M|KT|K/T|TL|TUQ)\s*\.", line)}
    offices = (office.start() for office in _positions().finditer(fold_tones(line).upper()))
    starts |= {start for start in offices if not _HELD_TOGETHER.search(line[:start])}
    bounds = sorted({0, *starts, len(line)})
    return [line[start:end].strip() for start, end in pairwise(bounds) if line[start:end].strip()]


def plain_name(line: str) -> str:
    """Return a name without the rank or degree before it."""
    name = " ".join(_bare_name(line).split())
    while found := _ranks().match(name):
        name = name[found.end() :]
    return name.title() if name.isupper() else name


@cache
def _positions() -> re.Pattern[str]:
    names = {fold_tones(row["position"]).upper() for row in rows("positions")}
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row["surname"].upper() for row in rows("surnames"))


@cache
def _ranks() -> re.Pattern[str]:
    ranks = sorted((row["rank"] for row in rows("ranks")), key=len, reverse=True)
    words = "|".join(re.escape(name) for rank in ranks for name in (rank, rank.upper()))
    return re.compile(rf"(?:{words})(?:\.\s*|:\s*|\s+|,\s*)(?=\S)")
