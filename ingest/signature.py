"""LINES -> SIGNATURES: who signed, in what position, for whom (quyền hạn, chức vụ, họ tên).

Source: Decree 30/2020/NĐ-CP, Annex I, item 7; Hướng dẫn 36-HD/VPTW ("T/M", "K/T").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.knowledge.tables import rows
from ingest.office_names import begins_body_name
from ingest.places import UPPER
from ingest.title import split_type
from ingest.tones import fold_tones

LONGEST = 110  # characters of a line of a signature
_LONGEST_NAME = 45
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
    for line in lines:
        if is_seal(line):
            continue
        if is_signature_line(line):
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


def _split_authority(line: str) -> list[str]:
    """Split "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" into its two lines."""
    split = []
    for part in re.split(r"\s+(?=(?:TM|KT|TL|TUQ)\s*\.)", line):
        own = re.search(r"(?<=\S)\s+(?=PHÓ |THỨ TRƯỞNG)", part) if part.startswith("KT") else None
        split += [part[: own.start()], part[own.end() :]] if own else [part]
    return split


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
    return re.compile(rf"(?:{words})(?!\w)")


@cache
def _ranks() -> re.Pattern[str]:
    ranks = sorted((row["rank"] for row in rows("ranks")), key=len, reverse=True)
    words = "|".join(re.escape(name) for rank in ranks for name in (rank, rank.upper()))
    return re.compile(rf"(?:{words})(?:\.\s*|:\s*|\s+|,\s*)(?=\S)")
