"""MODEL FOLDER -> DESCRIPTION: what the small files of a sentence-transformers folder say.

Source: sentence-transformers 6, and the older names of its fields that folders on the hub bear.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POOLINGS = ("mean", "cls")  # of those that the library knows, the ones we can do without it
PLAIN = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """How a model turns a text into a vector, as far as it matters outside of it."""

    query_prompt: str  # is put before a question: "query: "
    passage_prompt: str
    longest: int | None  # tokens, special ones included; None: as many as the network takes
    pooling: str | None  # "mean", "cls"; None: the model does more than pool and normalise


def describe_folder(folder: Path) -> Description:
    """Read the description of the model in *folder*.

    Raises:
        OSError: It has no modules.json, or a file cannot be read.
        ValueError: A file is not JSON.
    """
    modules = _read(folder / "modules.json")
    settings = _read_if_any(folder / "config_sentence_transformers.json")
    transformer = _read_if_any(folder / modules[0]["path"] / "sentence_bert_config.json")
    prompts = settings.get("prompts") or {}
    kinds = [module["type"].rpartition(".")[2] for module in modules]
    plain = kinds in PLAIN and not transformer.get("do_lower_case")
    return Description(
        query_prompt=prompts.get("query") or "",
        passage_prompt=prompts.get("passage") or prompts.get("document") or "",
        longest=transformer.get("max_seq_length"),
        pooling=_pooling(_read(folder / modules[1]["path"] / "config.json")) if plain else None,
    )


def _pooling(config: Mapping[str, Any]) -> str | None:
    if not config.get("include_prompt", True):
        return None
    older = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
    named = [name for key, name in older.items() if config.get(key)]
    others = [key for key in config if key.startswith("pooling_mode_") and key not in older]
    if any(config[key] for key in others) or len(named) > 1:
        return None
    pooling = config.get("pooling_mode") or (named[0] if named else None)
    return pooling if pooling in POOLINGS else None


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(path.read_text("utf-8"))


def _read_if_any(path: Path) -> dict[str, Any]:
    return dict(_read(path)) if path.is_file() else {}
