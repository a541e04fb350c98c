"""TOKEN IDS -> TOKEN STATES: run a BERT encoder on OpenVINO, without torch.

Takes the folder of a model of BERT's kind (BERT, RoBERTa, XLM-RoBERTa) as transformers saves it.
The word embeddings, most of its bytes, stay in the mapped file: only the rows asked for are read.
The layers are one OpenVINO graph, run in bfloat16 where the processor has it.

Source: Devlin et al. 2019, "BERT", and the modelling code of transformers for tensor names.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

# The package reports usage to its maker when `openvino` finds it: hide it before that looks.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]

import openvino  # noqa: E402
from openvino import opset14 as op  # noqa: E402

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

# Position ids of RoBERTa begin after the id of padding, those of BERT with 0.
POSITIONS_AFTER_PADDING = {"bert": False, "roberta": True, "xlm-roberta": True}
STREAMS = min(2, len(os.sched_getaffinity(0)))  # batches that run side by side
FAR_BELOW = 1e4  # taken from the score of a padded token: no attention is left for it


class UnsupportedModelError(ValueError):
    """A model is not of BERT's kind, or its weights are not in one safetensors file."""


class Batch(NamedTuple):
    """Texts as token ids, padded to one length; shapes (texts, tokens)."""

    ids: Ids
    mask: Floats  # 1 for a token, 0 for padding


class OpenVinoBert:
    """A BERT encoder, compiled for this processor; may be used from several threads."""

    def __init__(self, folder: Path) -> None:
        """Read and compile the model in *folder*.

        Raises:
            UnsupportedModelError: It is of another kind.
            OSError: It cannot be read.
        """
        self.config = _read_config(folder)
        tensors = _map_tensors(folder / "model.safetensors")
        self._words = tensors["embeddings.word_embeddings.weight"]
        types = tensors["embeddings.token_type_embeddings.weight"]
        places = tensors["embeddings.position_embeddings.weight"].astype(np.float32) + types[0]
        if POSITIONS_AFTER_PADDING[self.config["model_type"]]:
            places = places[self.config["pad_token_id"] + 1 :]
        self._places = places
        core = openvino.Core()
        model = core.compile_model(_graph(tensors, self.config), "CPU", _settings(core))
        self._queue = openvino.AsyncInferQueue(model, STREAMS)
        self._turn = threading.Lock()  # a queue has one callback at a time

    @property
    def dimension(self) -> int:
        """The length of a token's state."""
        return int(self.config["hidden_size"])

    @property
    def longest(self) -> int:
        """The most tokens a text may have, special ones included."""
        return len(self._places)

    def run(self, batches: Iterable[Batch], done: Callable[[int, Floats], None]) -> None:
        """Run *batches* side by side and call *done* for each, in the order they get ready.

        Args:
            batches: Texts of at most `longest` tokens.
            done: Is given the number of the batch, from 0, and its token states, (texts, tokens,
                dimension); they are overwritten after the call. Calls may overlap.
        """
        with self._turn:
            self._queue.set_callback(lambda request, n: done(n, request.get_output_tensor().data))
            for number, batch in enumerate(batches):
                self._queue.start_async([self._embed(batch.ids), batch.mask], number)
            self._queue.wait_all()

    def _embed(self, ids: Ids) -> Floats:
        rows: Floats = self._words[ids].astype(np.float32, copy=False)
        rows += self._places[: ids.shape[1]]
        return rows


def _read_config(folder: Path) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    kind = config.get("model_type")
    if kind not in POSITIONS_AFTER_PADDING:
        raise UnsupportedModelError(f"{folder}: model of kind {kind!r}")
    if config.get("hidden_act") != "gelu":
        raise UnsupportedModelError(f"{folder}: activation {config.get('hidden_act')!r}")
    if config.get("position_embedding_type", "absolute") != "absolute":
        raise UnsupportedModelError(f"{folder}: positions {config['position_embedding_type']!r}")
    return config


def _map_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """Return the tensors of a safetensors file as views of the mapped file."""
    kinds = {"F32": np.float32, "F16": np.float16, "I64": np.int64}
    if not path.is_file():
        raise UnsupportedModelError(f"{path}: no such file")
    data = np.memmap(path, mode="r")
    start = 8 + int(data[:8].view("<u8")[0])
    tensors = {}
    for name, tensor in json.loads(data[8:start].tobytes()).items():
        if name == "__metadata__":
            continue
        if tensor["dtype"] not in kinds:
            raise UnsupportedModelError(f"{path}: weights in {tensor['dtype']}")
        first, last = tensor["data_offsets"]
        values = data[start + first : start + last].view(kinds[tensor["dtype"]])
        tensors[name.removeprefix("roberta.")] = values.reshape(tensor["shape"])
    return tensors


def _settings(core: openvino.Core) -> dict[str, str]:
    """Two streams of one batch each are quicker than one batch on two cores (by a third)."""
    quick = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return {
        "PERFORMANCE_HINT": "THROUGHPUT",
        "NUM_STREAMS": str(STREAMS),
        "INFERENCE_PRECISION_HINT": "bf16" if quick else "f32",
    }


def _graph(tensors: Mapping[str, NDArray[Any]], config: Mapping[str, Any]) -> openvino.Model:
    """Build the encoder: embedded tokens (texts, tokens, size) and mask -> states, same shape."""
    embedded = op.parameter([-1, -1, config["hidden_size"]], np.float32)
    mask = op.parameter([-1, -1], np.float32)
    layers = _Layers(tensors, config["layer_norm_eps"], config["num_attention_heads"])
    penalty = op.multiply(op.subtract(mask, np.float32(1)), np.float32(FAR_BELOW))
    penalty = op.unsqueeze(penalty, np.array([1, 2]))
    states = layers.norm(embedded, "embeddings.LayerNorm")
    for number in range(config["num_hidden_layers"]):
        states = layers.layer(states, penalty, f"encoder.layer.{number}.")
    return openvino.Model([op.result(states)], [embedded, mask], "bert")


class _Layers:
    """Makes the nodes of the graph out of the model's tensors."""

    def __init__(self, tensors: Mapping[str, NDArray[Any]], epsilon: float, heads: int) -> None:
        self.tensors = tensors
        self.epsilon = epsilon
        self.heads = heads

    def layer(self, states: openvino.Node, penalty: openvino.Node, at: str) -> openvino.Node:
        mixed = self.linear(self.attention(states, penalty, at), at + "attention.output.dense")
        states = self.norm(op.add(states, mixed), at + "attention.output.LayerNorm")
        inner = op.gelu(self.linear(states, at + "intermediate.dense"), "erf")
        return self.norm(
            op.add(states, self.linear(inner, at + "output.dense")), at + "output.LayerNorm"
        )

    def attention(self, states: openvino.Node, penalty: openvino.Node, at: str) -> openvino.Node:
        query, key, value = (
            self.split_heads(self.linear(states, f"{at}attention.self.{part}"))
            for part in ("query", "key", "value")
        )
        mixed = op.scaled_dot_product_attention(query, key, value, penalty)
        mixed = op.transpose(mixed, np.array([0, 2, 1, 3]))
        return op.reshape(mixed, np.array([0, 0, -1]), special_zero=True)

    def split_heads(self, states: openvino.Node) -> openvino.Node:
        parts = op.reshape(states, np.array([0, 0, self.heads, -1]), special_zero=True)
        return op.transpose(parts, np.array([0, 2, 1, 3]))

    def linear(self, states: openvino.Node, name: str) -> openvino.Node:
        weight = self.weights(name + ".weight")  # (out, in), as torch keeps it
        product = op.matmul(states, weight, transpose_a=False, transpose_b=True)
        return op.add(product, self.weights(name + ".bias"))

    def norm(self, states: openvino.Node, name: str) -> openvino.Node:
        unit = op.mvn(
            states,
            np.array([-1]),
            normalize_variance=True,
            eps=self.epsilon,
            eps_mode="inside_sqrt",
        )
        return op.add(
            op.multiply(unit, self.weights(name + ".weight")), self.weights(name + ".bias")
        )

    def weights(self, name: str) -> openvino.Node:
        return op.constant(self.tensors[name].astype(np.float32))
