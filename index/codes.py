"""A NUMBER OR A NAME IN ANY SPELLING -> ITS KEY: "Số: 192/KH-UBND", "192 kh ubnd" are one."""

from __future__ import annotations

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
