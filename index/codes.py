"""A NUMBER OR A NAME IN ANY SPELLING -> ITS KEY: "Số: 192/KH-UBND", "192 kh ubnd" are one."""

from __future__ import annotations

import json
import re

from index.fold import folded_tokens

_YEAR = re.compile(r"^((?:luat|bo luat|phap lenh) .*) nam \d{4}$")


def code_key(code: str) -> str:
    """Return the key under which the document of number *code* (số, ký hiệu) is kept."""
    tokens = folded_tokens(code)
    return "-".join(token.lstrip("0") or "0" if token.isdigit() else token for token in tokens)


def name_key(doc_type: str | None, title: str) -> str:
    """Return the key of a document's name: type and title, folded.

    A law is the same with the year of its making and without: "Luật Đất đai năm 2024".
    """
    words = " ".join(folded_tokens(title))
    kind = " ".join(folded_tokens(doc_type or ""))
    if kind and not f"{words} ".startswith(f"{kind} "):
        words = f"{kind} {words}"
    return _YEAR.sub(r"\1", words)


def ends_of(
    code: str | None, from_code: str | None, to_code: str | None
) -> tuple[str | None, str | None]:
    """Return the keys of whose relation a citation is (None: the citing one's), and about which.

    Args:
        code: What is cited.
        from_code: The document whose relation it is, where not the citing one.
        to_code: What the cited one acts upon: "Luật A được sửa đổi bởi Luật B" cites B, to A.
    """
    if to_code:
        return (code_key(code) if code else None), code_key(to_code)
    return (code_key(from_code) if from_code else None), (code_key(code) if code else None)


def subject_of(body: str) -> str | None:
    """Return whose relation a citation is, from its row's JSON: for rows of older libraries."""
    return _ends(body)[0]


def object_of(body: str) -> str | None:
    """Return which document a citation is about, from its row's JSON."""
    return _ends(body)[1]


def _ends(body: str) -> tuple[str | None, str | None]:
    said = json.loads(body)
    code = said.get("code") or said.get("resolved")
    return ends_of(code, said.get("from_code"), said.get("to_code"))
