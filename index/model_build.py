"""PACKED WEIGHTS -> MODEL FOLDER: write the default model as sentence-transformers keeps one.

It is multilingual-e5-small: BERT of 12 layers and 384 dimensions over the vocabulary of XLM-R,
mean pooling, rows of unit length, prompts "query: " and "passage: ". Neither torch nor
transformers is loaded for it, so it takes seconds; the same weights give the same bytes on any
machine.

Source: the model card of intfloat/multilingual-e5-small; the layout of sentence-transformers 6.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers
from tokenizers.processors import TemplateProcessing

from index.packed_weights import PackedWeights, Shape, Vocabulary, packaged_file

PROMPTS = {"query": "query: ", "passage": "passage: ", "document": "passage: "}
SPACE = "▁"  # how SentencePiece writes the space before a word
LINEAR = {  # packed name -> name in BertModel
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
LAYER_NORM = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def build_model_folder(weights: PackedWeights, folder: Path) -> None:
    """Write *weights* into *folder*, which must exist; some 490 MB.

    Raises:
        ModuleNotFoundError: `sentencepiece` is not installed.
        OSError: The folder cannot be written, or the disk is full.
    """
    # transformers refuses a file that does not say its tensors are PyTorch's
    save_file(_state(weights), folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(weights.vocabulary).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _configuration(weights.shape, weights.vocabulary).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


def _state(weights: PackedWeights) -> dict[str, NDArray[np.float32]]:
    shape = weights.shape
    size = shape.hidden
    types = np.zeros((shape.types, size), np.float32)
    known = weights.floats("emb.type", -1, size)  # the package keeps only the type it uses
    types[: len(known)] = known
    state = {
        "embeddings.word_embeddings.weight": weights.matrix("emb.word", shape.vocabulary, size),
        "embeddings.position_embeddings.weight": weights.floats("emb.pos", -1, size),
        "embeddings.token_type_embeddings.weight": types,
        "embeddings.LayerNorm.weight": weights.floats("emb.ln.w", size),
        "embeddings.LayerNorm.bias": weights.floats("emb.ln.b", size),
        # BertModel has a pooler, mean pooling does not use it: any bytes do, if always the same
        "pooler.dense.weight": np.zeros((size, size), np.float32),
        "pooler.dense.bias": np.zeros(size, np.float32),
    }
    for layer in range(shape.layers):
        state |= _layer_state(weights, layer)
    return state


def _layer_state(weights: PackedWeights, layer: int) -> dict[str, NDArray[np.float32]]:
    size, inner = weights.shape.hidden, weights.shape.inner
    state = {}
    for short, name in LINEAR.items():
        rows, columns = {"fi": (inner, size), "fo": (size, inner)}.get(short, (size, size))
        matrix = weights.matrix(f"l{layer}.{short}.w", rows, columns)
        state[f"encoder.layer.{layer}.{name}.weight"] = matrix
        state[f"encoder.layer.{layer}.{name}.bias"] = weights.floats(f"l{layer}.{short}.b", rows)
    for short, name in LAYER_NORM.items():
        for part, letter in (("weight", "w"), ("bias", "b")):
            norm = weights.floats(f"l{layer}.{short}.{letter}", size)
            state[f"encoder.layer.{layer}.{name}.{part}"] = norm
    return state


def _tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """Return the tokenizer of XLM-R: words at white space, then a unigram model."""
    scored = [(p, float(s)) for p, s in zip(vocabulary.pieces, vocabulary.scores, strict=True)]
    tokenizer = Tokenizer(models.Unigram(scored, vocabulary.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Precompiled(_letter_table())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always"),
        ]
    )
    tokenizer.decoder = decoders.Metaspace(replacement=SPACE, prepend_scheme="always")
    special = (vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unknown)
    tokenizer.add_special_tokens(
        [AddedToken(vocabulary.pieces[i], normalized=False, special=True) for i in special]
    )
    begin, end = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    tokenizer.post_processor = TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, vocabulary.bos), (end, vocabulary.eos)],
    )
    return tokenizer


def _letter_table() -> bytes:
    """Return the table "nmt_nfkc", by which XLM-R normalises letters; `sentencepiece` ships it."""
    return packaged_file("sentencepiece", "package_data/nmt_nfkc.bin").read_bytes()


def _configuration(shape: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the small files of the folder, by name."""
    return {
        "config.json": _bert_configuration(shape, vocabulary.pad),
        "tokenizer_config.json": _tokenizer_configuration(vocabulary, shape.positions),
        "modules.json": [
            _module(0, "", "base.modules.transformer.Transformer"),
            _module(1, "1_Pooling", "sentence_transformer.modules.pooling.Pooling"),
            _module(2, "2_Normalize", "base.modules.normalize.Normalize"),
        ],
        "sentence_bert_config.json": {
            "max_seq_length": shape.positions,
            "transformer_task": "feature-extraction",
            "modality_config": {
                "text": {"method": "forward", "method_output_name": "last_hidden_state"}
            },
            "module_output_name": "token_embeddings",
        },
        "1_Pooling/config.json": {"embedding_dimension": shape.hidden, "pooling_mode": "mean"},
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _module(index: int, path: str, kind: str) -> dict[str, Any]:
    name = str(index)
    return {"idx": index, "name": name, "path": path, "type": f"sentence_transformers.{kind}"}


def _bert_configuration(shape: Shape, pad: int) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "intermediate_size": shape.inner,
        "layer_norm_eps": shape.epsilon,
        "max_position_embeddings": shape.positions,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "pad_token_id": pad,
        "type_vocab_size": shape.types,
        "vocab_size": shape.vocabulary,
    }


def _tokenizer_configuration(vocabulary: Vocabulary, longest: int) -> dict[str, Any]:
    begin, end = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": longest,
        "model_input_names": ["input_ids", "attention_mask"],
        "padding_side": "right",
        "bos_token": begin,
        "cls_token": begin,
        "eos_token": end,
        "sep_token": end,
        "pad_token": vocabulary.pieces[vocabulary.pad],
        "unk_token": vocabulary.pieces[vocabulary.unknown],
    }
