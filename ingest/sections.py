"""HEADINGS -> SECTIONS: what a part of a document holds, as the heading above it says.

"II. NHIỆM VỤ" holds duties, "I. MỤC ĐÍCH" objectives; the words are in
`knowledge/section_kinds.csv`.

Source: forms of plans under Decree 30/2020/NĐ-CP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ingest.knowledge.tables import rows
from ingest.model import Clause
from ingest.tones import fold_tones

_ARTICLES = 6  # a decision of fewer only decides
# What a thing is, or where it is told, is no order.
_SAYS_WHAT = re.compile(
    r"[^.;:,]{1,80} là (?:việc|đơn vị|cơ quan được|nơi|sự|nguyên nhân|yếu tố)(?!\w)"
)
_AGREES = re.compile(
    r"(?:[^.;]{0,300}, )?(?:bộ trưởng|bộ|chủ tịch|ubnd|ủy ban)[^.;,]{0,80}"
    r" (?:đồng ý|nhất trí)(?!\w)"
)
_ORDERS_TOO = re.compile(r"(?<!\w)(?:giao|yêu cầu|đề nghị|phân công)(?!\w)")
_LEADING = re.compile(r"^\W*(?:(?:về|các|một số|những|bố trí|bảo đảm|nguồn|phần)\s+)*")


def above(path: str) -> Iterator[str]:
    """Yield the paths that enclose *path*, the nearest first."""
    while path := path.rpartition(".")[0]:
        yield path


def section_kind(clause: Clause, clauses: Mapping[str, Clause]) -> str | None:
    """Return the kind that the nearest telling heading above *clause* gives; None if none does."""
    headings = (clauses[path] for path in above(clause.path) if path in clauses)
    kinds = (heading_kind(heading.text) for heading in headings if heading.kind == "heading")
    return next(filter(None, kinds), None)


@cache
def heading_kind(heading: str) -> str | None:
    """Return the kind of what stands under *heading*, by the longest phrase that it begins with."""
    folded = _LEADING.sub("", fold_tones(heading.lower()))
    found = [
        (len(row["phrase"]), row["kind"])
        for row in rows("section_kinds")
        if re.match(rf"{re.escape(fold_tones(row['phrase']))}(?!\w)", folded)
    ]
    return max(found)[1] if found else None


def force_of(doc_type: str | None) -> str | None:
    """Return what documents of a type (loại văn bản) do: "directs", "rules", "reports"; or None."""
    return _forces().get(fold_tones((doc_type or "").lower()))


def rules(doc_type: str | None, clauses: Sequence[Clause]) -> bool:
    """Tell a document of norms: by its type, or a decision or resolution in articles."""
    force = force_of(doc_type)
    if force is not None:
        return force == "rules"
    articles = sum(1 for clause in clauses if (clause.label or "").startswith("Điều "))
    chapters = any((clause.label or "").startswith("Chương ") for clause in clauses)
    return articles >= _ARTICLES or (chapters and articles > 1)


@cache
def _forces() -> dict[str, str]:
    return {fold_tones(row["type"]): row["force"] for row in rows("directing_types")}


def opens_statement(text: str) -> bool:
    """Tell whether *text* begins with praise or agreement: "Biểu dương", "Nhất trí"."""
    return _statement().match(fold_tones(text.lower())) is not None


def says_what(folded: str) -> bool:
    """Tell a lower-case sentence that says what a thing is: "bản chất của vấn đề là việc …"."""
    return _SAYS_WHAT.match(folded) is not None


def only_states(sentence: str) -> bool:
    """Tell a sentence that says what a thing is, or that a body agrees, and orders nothing."""
    folded = fold_tones(sentence.lower())
    agrees = _AGREES.match(folded)
    return says_what(folded) or bool(agrees and not _ORDERS_TOO.search(folded, agrees.end()))


@cache
def _statement() -> re.Pattern[str]:
    words = "|".join(re.escape(fold_tones(row["words"])) for row in rows("statement_openings"))
    return re.compile(rf"(?:{words})(?!\w)")
