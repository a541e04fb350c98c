"""PLACE -> ADDRESS: the addresses of pages, written in one place."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from ingest.model import Span


def query(path: str, values: Mapping[str, object]) -> str:
    """Return *path* with the values that are set as its query."""
    kept = {key: str(value) for key, value in values.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


def document_url(document: str, view: str | None = None) -> str:
    """Return the address of a document: "/van-ban/9f2c01d4e7ab?xem=nhiem-vu"."""
    return query(f"/van-ban/{quote(document, safe='')}", {"xem": view})


def view_url(document: str, view: str, *, number: int = 1) -> str:
    """Return the address of a page of one view: "/van-ban/9f2c01d4e7ab?xem=nhiem-vu&trang=2"."""
    page = number if number > 1 else None
    return query(f"/van-ban/{quote(document, safe='')}", {"xem": view, "trang": page}) + "#phan"


def clause_url(document: str, path: str, span: Span | None = None) -> str:
    """Return the permalink of a clause: "/van-ban/9f2c01d4e7ab/II.2.a".

    With *span*, a range of the document's text, the page marks these words in the clause.
    """
    words = f"{span.start}-{span.end}" if span else None
    return query(f"/van-ban/{quote(document, safe='')}/{quote(path, safe='')}", {"trich": words})


def life_url(document: str, path: str, *, number: int = 1) -> str:
    """Return the address of a clause's life: "/van-ban/9f2c01d4e7ab/II.2.a/vong-doi"."""
    address = f"{clause_url(document, path)}/vong-doi"
    return query(address, {"trang": number if number > 1 else None})


def compare_url(a: str, b: str | None = None, *, only: str | None = None, number: int = 1) -> str:
    """Return the address of two documents side by side; without *b*, of what may be compared."""
    page = number if number > 1 else None
    return query("/so-sanh", {"a": a, "b": b, "chi": only, "trang": page})


def anchor(path: str) -> str:
    """Return the id of a clause on its page: "muc-II.2.a"."""
    return f"muc-{path}"


def original_url(document: str) -> str:
    """Return the address of a document's original file."""
    return f"/ban-goc/{quote(document, safe='')}"


def agency_url(agency: str) -> str:
    """Return the address of a body's duties: "/co-quan/S%E1%BB%9F%20Y%20t%E1%BA%BF"."""
    return f"/co-quan/{quote(agency, safe='')}"


def register_url(agency: str) -> str:
    """Return the address of a body's duties as a workbook."""
    return f"/bang-tinh/{quote(agency, safe='')}"


def citation_url(code: str) -> str:
    """Return the address of a document's citations, held or not: "/vien-dan?so=36-CT%2FTW"."""
    return query("/vien-dan", {"so": code})


def trace_url(name: str, *, code: str | None = None, document: str | None = None) -> str:
    """Return the address of a page of where a document stands: "luoc-do", "hieu-luc" and others.

    By its id where it is held: "/van-ban/9f2c01d4e7ab/luoc-do"; else by its number.
    """
    if document:
        return f"/van-ban/{quote(document, safe='')}/{name}"
    return query(f"/vien-dan/{name}", {"so": code})


def question_url(question: str) -> str:
    """Return the address of the answers to a question."""
    return query("/hoi", {"q": question})


def check_url(
    document: str, *, only: str | None = None, path: str | None = None, number: int = 1
) -> str:
    """Return the address where a document is checked: all of it, one kind, or one clause."""
    address = f"/van-ban/{quote(document, safe='')}"
    page = number if number > 1 else None
    return query(address, {"xem": "soat", "loc": only, "doan": path, "trang": page}) + "#phan"


def correct_url(document: str, **values: str | None) -> str:
    """Return the address of the form for one finding, "muc", or for a new one, "loai"."""
    return query(f"/sua/{quote(document, safe='')}", values)
