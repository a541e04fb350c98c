"""NOUN -> JSON: the printed forms of the contract, one for the command and the API."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from fastapi import Response
from pydantic import TypeAdapter

from ingest.model import Document

# The reader's own bookkeeping; the text itself stands in the blocks.
UNPRINTED = frozenset({"text", "paragraphs", "places"})


def to_json(value: object, *, indent: int | None = None) -> str:
    """Return *value*, any noun of the model or of the replies, as one JSON text.

    A document comes without `UNPRINTED`. Letters stand as they are, dates are ISO, a field
    that Python makes us call `from_` is `from`.
    """
    kind: Any = type(value)
    exclude = set(UNPRINTED) if isinstance(value, Document) else None
    plain = _adapter(kind).dump_python(value, mode="json", by_alias=True, exclude=exclude)
    return json.dumps(plain, ensure_ascii=False, indent=indent)


def printed(value: object) -> Response:
    """Return *value* as an answer of the API, without checking anew what we have made."""
    kind: Any = type(value)
    return Response(_adapter(kind).dump_json(value, by_alias=True), media_type="application/json")


@lru_cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
