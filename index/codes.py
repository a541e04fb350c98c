"""A NUMBER IN ANY SPELLING -> ITS KEY: "Số: 192/KH-UBND", "192 kh ubnd" are both "192-kh-ubnd"."""

from __future__ import annotations

from index.fold import folded_tokens


def code_key(code: str) -> str:
    """Return the key under which the document of number *code* (số, ký hiệu) is kept."""
    tokens = folded_tokens(code)
    return "-".join(token.lstrip("0") or "0" if token.isdigit() else token for token in tokens)


def title_key(title: str) -> str:
    """Return the key of a law's name: "Luật Phòng, chống ma túy" is "luat phong chong ma tui"."""
    return " ".join(folded_tokens(title))
