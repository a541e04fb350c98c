"""LIBRARY -> LIBRARY BUILT ANEW: the verb rebuild, which tells what was lost and what came back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from api.settings import default_library
from index.embeddings import load_encoder
from index.errors import LibraryAccessError, ModelMissingError
from index.library import Library
from index.rebuilding import Damage, Rebuilding
from index.upkeep import Encoder
from web.console import put, tell

_NOT_BROUGHT_BACK = (
    "Không lấy lại được: ngày nạp từng văn bản, nơi làm việc đã đặt; "
    "các lần sửa được áp dụng lại lên văn bản vừa đọc lại."
)


def rebuild(arguments: argparse.Namespace) -> int:
    """Build every index anew, and first the rows where they are lost; 1 when a file could not be.

    Raises:
        LibraryAccessError: There is no such library.
    """
    folder: Path = arguments.library or default_library()
    if not (folder / "originals").is_dir():
        raise LibraryAccessError(folder, "không có thư viện nào ở đây")
    rebuilding = Rebuilding(folder, _encoder())
    damage = rebuilding.damage()
    for line in damage_lines(damage):
        tell(line)
    failed = _documents(rebuilding, damage)
    tell("Đang dựng lại chỉ mục từ, chỉ mục nghĩa và các họ đoạn văn…")
    rebuilding.indexes()
    with Library(folder) as library:
        status = library.status()
    put([f"Đã dựng lại xong: {status.documents} văn bản, {status.clauses} đoạn."])
    return 1 if failed else 0


def _encoder() -> Encoder | None:
    try:
        return load_encoder()
    except ModelMissingError as error:
        tell(str(error))
        return None


def damage_lines(damage: Damage) -> list[str]:
    """Say what was found."""
    lines = []
    if damage.rows:
        lines.append(f"Dữ liệu của thư viện mất hoặc hỏng: {damage.rows}.")
    if damage.aside:
        lines.append(f"Tệp hỏng được giữ tại {damage.aside}.")
    if damage.unread:
        lines.append(
            f"Đọc lại {damage.unread} tệp gốc; biết tên và nơi nạp của "
            f"{damage.unread - damage.unnamed} tệp, {damage.unnamed} tệp mang tên theo mã; "
            f"có {damage.corrections} lần sửa."
        )
    if damage.rows:
        lines.append(_NOT_BROUGHT_BACK)
    return lines or ["Dữ liệu còn nguyên; chỉ dựng lại các chỉ mục."]


def _documents(rebuilding: Rebuilding, damage: Damage) -> int:
    failed = 0
    with tqdm(
        desc="Đang đọc lại",
        unit=" tệp",
        total=damage.unread,
        disable=not damage.unread,
        file=sys.stderr,
        dynamic_ncols=True,
        mininterval=0.1 if sys.stderr.isatty() else 10,
    ) as bar:
        for restored in rebuilding.documents():
            bar.update()
            if restored.failed:
                failed += 1
                bar.write(f"Không đọc lại được {restored.name}: {restored.failed}", sys.stderr)
    return failed
