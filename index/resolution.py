"""A CITATION, DOCUMENTS OF ITS NUMBER -> THE ONE THAT IT MEANS.

Numbers begin anew each year and in each office: "88/QĐ-UBND" is one decision a year of every
committee. The year, the issuer and the type that citation and document state must agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from index.fold import folded_tokens
from ingest.doctypes import is_central
from ingest.model import Metadata, Reference

Held = TypeVar("Held")

_YEAR_IN_CODE = re.compile(r"[/-](?:19|20)\d\d[/-]")
_LETTERS = frozenset({"Công văn", "Văn bản"})
_SMALL = frozenset(
    {"ubnd", "uy", "ban", "nhan", "dan", "hdnd", "hoi", "dong", "chu", "tich", "bo", "truong", "so"}
    | {"tinh", "thanh", "pho", "tp", "huyen", "xa", "phuong", "cua", "va", "giam", "doc"}
)


def meant_document(reference: Reference, held: Iterable[tuple[Held, Metadata]]) -> Held | None:
    """Return which of the documents that bear its number a citation means, or None.

    Args:
        reference: The citation.
        held: The documents of its number with their headers; of several that agree the one of
            the same day comes first, then the first.
    """
    agreeing = [(one, header) for one, header in held if is_same(reference, header)]
    dated = [one for one, header in agreeing if header.issued_on == reference.date is not None]
    return next(iter([*dated, *(one for one, _ in agreeing)]), None)


def is_same(reference: Reference, header: Metadata) -> bool:
    """Tell whether what a citation says of a document is true of the one with *header*."""
    year = reference.date.year if reference.date else None
    code = reference.code or ""
    return may_be(
        header, code=code, doc_type=reference.doc_type, issuer=reference.issuer, year=year
    )


def may_be(
    header: Metadata, *, code: str, doc_type: str | None, issuer: str | None, year: int | None
) -> bool:
    """Tell whether the document with *header* may be one of this description.

    Args:
        header: Of a document that bears the number.
        code: The number, as it is cited or as its key.
        doc_type: As cited; None is true of any, as with what follows.
        issuer: As cited.
        year: As cited; where the number has a year a slip in the citation's date tells nothing.
    """
    dated = year is None or header.issued_on is None or _YEAR_IN_CODE.search(f"{code}/")
    return (
        bool(dated or (header.issued_on and year == header.issued_on.year))
        and _same_issuer(issuer, header.issuer)
        and _same_type(doc_type, header.doc_type)
    )


def _same_issuer(cited: str | None, own: str | None) -> bool:
    """Tell whether two names may be of one body: one is within the other, or the places agree."""
    if not cited or not own or is_central(cited) or is_central(own):
        return True
    ours, theirs = set(folded_tokens(cited)) - _SMALL, set(folded_tokens(own)) - _SMALL
    return not ours or not theirs or bool(ours & theirs)


def _same_type(cited: str | None, own: str | None) -> bool:
    if not cited or not own or cited in _LETTERS or own in _LETTERS:
        return True
    return cited == own or {cited, own} <= {"Luật", "Bộ luật"}
