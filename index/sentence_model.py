"""TEXTS -> VECTORS: any sentence-transformers model, run by the library itself.

`OpenVinoTransformer` is a module of the library: it takes the place of the library's own
`Transformer` in a model, and the modules after it (pooling, dense layers, …) follow unchanged.
Importing this module imports torch, which takes seconds; `index.quick_model` does without.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from index.openvino_bert import STREAMS, Batch, Floats, OpenVinoBert, UnsupportedModelError
from index.quick_model import load_tokenizer
from index.sentence_folder import describe_folder

BATCH_TEXTS = 64
FILES = ("config.json", "model.safetensors", "sentence_bert_config.json",
         "tokenizer.json", "tokenizer_config.json")  # fmt: skip


class OpenVinoTransformer(InputModule):
    """The first module of a model: texts -> token states, by a BERT encoder on OpenVINO."""

    def __init__(self, folder: Path) -> None:
        """Load the encoder and tokenizer in *folder*.

        Raises:
            UnsupportedModelError: They are of another kind.
            OSError: They cannot be read.
        """
        super().__init__()  # type: ignore[no-untyped-call]
        self.folder = folder
        self.bert = OpenVinoBert(folder)
        self.tokenizer = load_tokenizer(folder)
        longest = describe_folder(folder).longest or self.bert.longest
        self.max_seq_length = min(longest, self.bert.longest)
        self.tokenizer.enable_truncation(self.max_seq_length)
        self.tokenizer.enable_padding(pad_id=self.bert.config["pad_token_id"])

    def preprocess(
        self,
        inputs: Sequence[Any],
        prompt: str | None = None,
        **_: object,
    ) -> dict[str, torch.Tensor]:
        """Return the token ids and the mask of *inputs*, padded to the longest."""
        encodings = self.tokenizer.encode_batch([(prompt or "") + text for text in inputs])
        return {
            "input_ids": torch.tensor([encoding.ids for encoding in encodings]),
            "attention_mask": torch.tensor([encoding.attention_mask for encoding in encodings]),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: object) -> dict[str, torch.Tensor]:
        """Add the token states, (texts, tokens, dimension), to *features*."""
        ids = features["input_ids"].numpy()
        mask = features["attention_mask"].numpy().astype(np.float32)
        shares = np.array_split(np.arange(len(ids)), min(STREAMS, len(ids)))
        states = np.empty((*ids.shape, self.bert.dimension), np.float32)

        def keep(number: int, part: Floats) -> None:
            states[shares[number]] = part

        self.bert.run((Batch(ids[share], mask[share]) for share in shares), keep)
        return features | {"token_embeddings": torch.from_numpy(states)}

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Copy the files that this module was loaded from."""
        for name in FILES:
            if (self.folder / name).is_file():
                shutil.copyfile(self.folder / name, Path(output_path) / name)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", *_: object, **__: object) -> Self:
        """Load the module from the folder of a model, as the library asks for it."""
        return cls(Path(model_name_or_path) / subfolder)


class SentenceModel:
    """A model of the library, its transformer on OpenVINO where it is of BERT's kind."""

    def __init__(self, folder: Path) -> None:
        """Load the model in *folder*.

        Raises:
            OSError: It cannot be read.
        """
        try:
            self.model = load_on_openvino(folder)
        except UnsupportedModelError:
            self.model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self.longest = int(self.model.max_seq_length or sys.maxsize)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        dimension: int = self.model.get_embedding_dimension()  # type: ignore[assignment]
        return dimension

    @property
    def special_tokens(self) -> int:
        """How many tokens every text gets besides its own."""
        return self._count([""])[0]

    def count_tokens(self, words: Sequence[str]) -> list[int]:
        """Return how many tokens each of *words* is."""
        return [count - self.special_tokens for count in self._count(words)]

    def _count(self, texts: Sequence[str]) -> list[int]:
        counts: list[int] = []
        for start in range(0, len(texts), BATCH_TEXTS):
            features = self.model.preprocess(list(texts[start : start + BATCH_TEXTS]))
            counts += features["attention_mask"].sum(dim=1).tolist()
        return counts

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vector of each text, of any length: shape (texts, dimension)."""
        rows: Floats = self.model.encode(
            list(texts), prompt="", batch_size=BATCH_TEXTS, show_progress_bar=False
        )
        return rows


def load_on_openvino(folder: Path) -> SentenceTransformer:
    """Load a model whose transformer runs on OpenVINO, its other modules as usual.

    Raises:
        UnsupportedModelError: Its transformer is not of BERT's kind, or not its first module.
        OSError: It cannot be read.
    """
    first, *others = json.loads((folder / "modules.json").read_text("utf-8"))
    if not first["type"].endswith(".Transformer"):
        raise UnsupportedModelError(f"{folder}: begins with {first['type']}")
    modules: list[torch.nn.Module] = [OpenVinoTransformer.load(str(folder), first["path"])]
    for module in others:
        package, _, name = module["type"].rpartition(".")
        kind = getattr(import_module(package), name)
        modules.append(kind.load(str(folder), subfolder=module["path"]))
    return SentenceTransformer(modules=modules, device="cpu")
