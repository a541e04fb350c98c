"""What is lost or damaged of a library comes back: indexes from the rows, rows from originals."""

import random
import shutil
import sys
from pathlib import Path

import pytest

from index.errors import LibraryDamagedError
from index.library import Library
from index.rebuilding import Rebuilding
from index.vectors import VectorIndex
from index.wishes import Wish
from ingest.document import read_document

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
import kills  # noqa: E402 - a program, not a package

sys.path.remove(str(ROOT / "benchmarks"))

PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH LAM GIANG
Số: {number}/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Giang, ngày 05 tháng 02 năm 2026

KẾ HOẠCH
Phòng, chống ma túy trong trường học năm 2026

II. NHIỆM VỤ
1. Công an tỉnh
a) Chủ trì lập hồ sơ quản lý {what} có nguy cơ cao, hoàn thành trước ngày 30/6/2026.
b) Bố trí kinh phí thực hiện và báo cáo kết quả trước ngày 15 tháng 12.
"""


def damage_lost(path):
    path.unlink()


def damage_emptied(path):
    path.write_bytes(b"")


def damage_cut(path):
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def damage_overwritten(path):
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))  # noqa: S311 - garbage


DAMAGES = [damage_lost, damage_emptied, damage_cut, damage_overwritten]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return a library with every index, a newer version, two names of one file, a correction."""
    folder = tmp_path_factory.mktemp("whole")
    with Library(folder / "library", encoder=kills.HashEncoder()) as library:
        for name, key, number, what in (
            ("a.txt", "shelf/a", 1, "học sinh"),
            ("a mới.txt", "shelf/a", 2, "học sinh và sinh viên"),
            ("b.txt", "shelf/b", 3, "người nghiện"),
            ("b.txt", "other/b", 3, "người nghiện"),
        ):
            path = folder / name
            path.write_text(PLAN.format(number=number, what=what), "utf-8")
            added = library.add(read_document(path), path, key=key)
        wish = Wish(act="set", by="Lan", key="header.signer", after={"value": "Trần Văn Ẩn"})
        library.review.correct(added.id, wish)
        library.refresh()
        index = library._shelves._engine._vectors
        assert isinstance(index, VectorIndex)
        with library._shelves.lock.held():
            index.save()
    return folder / "library"


@pytest.fixture
def library_folder(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "library")


def answers(folder):
    with Library(folder, encoder=kills.HashEncoder()) as library:
        return kills.answers(library)


def held(folder):
    with Library(folder) as library:
        return sorted((each.source, each.key, each.metadata.signer) for each in library.documents())


def rebuild(folder):
    rebuilding = Rebuilding(folder, kills.HashEncoder())
    damage = rebuilding.damage()
    restored = list(rebuilding.documents())
    rebuilding.indexes()
    return damage, restored


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("name", kills.INDEXES)
def test_an_index_with_any_file_damaged_answers_as_before(whole, tmp_path, name, damage):
    before = answers(whole)
    for at, file in enumerate(sorted((whole / name).iterdir())):
        folder = shutil.copytree(whole, tmp_path / str(at))
        damage(folder / name / file.name)
        with Library(folder, encoder=kills.HashEncoder()) as library:
            library.refresh()
        assert answers(folder) == before, file.name


@pytest.mark.parametrize("name", kills.INDEXES)
def test_an_index_folder_that_is_lost_is_made_anew(library_folder, name):
    before = answers(library_folder)
    shutil.rmtree(library_folder / name)
    damage, restored = rebuild(library_folder)
    assert (damage.rows, restored) == (None, [])
    assert answers(library_folder) == before
    if name != "vectors":  # so few are as quickly read from the rows
        assert list((library_folder / name).iterdir())


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_lost_rows_come_back_from_the_originals_with_names_and_corrections(library_folder, damage):
    before, documents = answers(library_folder), held(library_folder)
    for beside in library_folder.glob("library.sqlite-*"):
        beside.unlink()
    damage(library_folder / "library.sqlite")
    found, restored = rebuild(library_folder)
    assert found.rows
    assert found.unnamed == 0
    assert not [each for each in restored if each.failed]
    assert held(library_folder) == documents
    after = answers(library_folder)
    assert {name: after[name] for name in after if "words" in name} == {
        name: before[name] for name in before if "words" in name
    }
    if damage is not damage_lost:
        assert found.aside
        assert found.aside.exists(), "what is damaged is kept"


def test_damaged_rows_are_told_with_the_way_out(library_folder):
    damage_overwritten(library_folder / "library.sqlite")
    with pytest.raises(LibraryDamagedError, match="sauro rebuild"):
        Library(library_folder)


def test_without_a_journal_originals_come_back_by_what_can_still_be_read(library_folder):
    documents = held(library_folder)
    (library_folder / "originals.jsonl").unlink()
    (library_folder / "library.sqlite").rename(library_folder / "gone")
    found, _ = rebuild(library_folder)
    assert found.unnamed == found.unread == 3
    with Library(library_folder) as library:
        assert len(library.documents()) == 3
        assert all(len(each.source) > 64 for each in library.documents()), "named by their code"
    assert documents


def test_a_rebuilding_that_was_broken_off_goes_on(library_folder):
    documents = held(library_folder)
    (library_folder / "library.sqlite").unlink()
    rebuilding = Rebuilding(library_folder, None)
    rebuilding.damage()
    next(rebuilding.documents())
    assert len(held(library_folder)) == 1
    rebuild(library_folder)
    assert held(library_folder) == documents


def test_a_damaged_original_is_named_and_kept(library_folder):
    (library_folder / "library.sqlite").unlink()
    original = next((library_folder / "originals").glob("*/*"))
    original.write_bytes(b"?")
    _, restored = rebuild(library_folder)
    assert [each.failed is not None for each in restored].count(True) >= 1
    assert original.read_bytes() == b"?"
