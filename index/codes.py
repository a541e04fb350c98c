"""A NUMBER IN ANY SPELLING -> ITS KEY: "Số: 192/KH-UBND", "192 kh ubnd" are both "192-kh-ubnd"."""

from __future__ import annotations

import re

from index.fold import folded_tokens

_YEAR = re.compile(r" nam \d{4}$")


def code_key(code: str) -> str:
    """Return the key under which the document of number *code* (số, ký hiệu) is kept."""
    tokens = folded_tokens(code)
    return "-".join(token.lstrip("0") or "0" if token.isdigit() else token for token in tokens)


def title_key(title: str) -> str:
    """Return the key of a title; "Luật Đất đai năm 2024" and "luật đất đai" have one."""
    return _YEAR.sub("", " ".join(folded_tokens(title)))
