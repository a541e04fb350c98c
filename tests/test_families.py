"""Families of clauses: what says nearly the same, whoever came first and whatever broke off."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.band_files import BandFiles, meet, run_of
from index.families import Families
from index.kinship import KIN, may_be_near, near, similarity
from index.lock import WriteLock
from index.minhash import BANDS, bands_of
from index.store import Store
from index.word_signs import signs_of

BASES = (
    (
        "Chủ trì, phối hợp với Công an xã rà soát, thống kê người nghiện ma túy trên địa bàn xã An Hải, "
        "hoàn thành trước ngày 30/6/2025"
    ),
    (
        "Tuyên truyền phòng, chống ma túy trên hệ thống truyền thanh xã ít nhất 05 lần mỗi tuần bằng "
        "tiếng Việt và tiếng dân tộc thiểu số"
    ),
    (
        "Bố trí kinh phí thực hiện Kế hoạch trong dự toán ngân sách năm 2025 của cơ quan, đơn vị theo "
        "phân cấp hiện hành"
    ),
    (
        "Đưa nội dung nhận biết ma túy vào sinh hoạt đầu tuần tại các trường trung học phổ thông trên "
        "địa bàn"
    ),
)
CHANGES = (("An Hải", "Bình Sa"), ("2025", "2026"), ("xã", "phường"), ("05", "03"), (" và ", ", "))


def _variant(base: int, changes: Iterable[int]) -> str:
    text = BASES[base]
    for change in changes:
        text = text.replace(*CHANGES[change])
    return text


variants = st.builds(
    _variant,
    st.integers(0, len(BASES) - 1),
    st.sets(st.integers(0, len(CHANGES) - 1), max_size=len(CHANGES)),
)


class Kept:
    """A library's rows and families, without the rest."""

    def __init__(self, folder: Path, make_document) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self.make = folder, make_document
        self.store = Store(folder)
        self.families = Families(self.store, WriteLock(folder), folder)

    def add(self, name: str, texts: Iterable[str]) -> None:
        clauses = {str(number): text for number, text in enumerate(texts, 1)}
        document = self.make(clauses, name=name)
        with self.store.writing():
            self.store.insert(document, key=name, original=name, size=1)

    def remove(self, name: str) -> None:
        [row] = [row for row in self.store.live() if row.entry.source == name]
        with self.store.writing():
            self.store.delete(row)

    def partition(self) -> set[frozenset[str]]:
        """The families, each as the places of its clauses."""
        names = {row.number: row.entry.source for row in self.store.live()}
        clauses = [clause for number in names for clause in self.store.clauses_of(number)]
        families: dict[int, set[str]] = {}
        found = self.store.families_of(clause.id for clause in clauses)
        for clause in clauses:
            if clause.id in found:
                place = f"{names[clause.document]}:{clause.path}"
                families.setdefault(found[clause.id], set()).add(place)
        return {frozenset(places) for places in families.values()}

    def close(self) -> None:
        self.store.close()


@pytest.fixture
def kept(tmp_path, make_document):
    kept = Kept(tmp_path / "library", make_document)
    yield kept
    kept.close()


def test_sister_clauses_are_one_family_and_others_are_not(kept):
    kept.add("a", [BASES[0], BASES[2]])
    kept.add("b", [_variant(0, [0, 2]), BASES[3]])
    kept.families.update()
    assert kept.partition() == {
        frozenset({"a:1", "b:1"}),
        frozenset({"a:2"}),
        frozenset({"b:2"}),
    }


def test_what_every_document_has_by_its_form_is_in_no_family(kept):
    formal = {"text": "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"}
    document = kept.make({"0": {**formal, "kind": "preamble"}, "1": "Như trên"}, name="a")
    with kept.store.writing():
        kept.store.insert(document, key="a", original="a", size=1)
    kept.families.update()
    assert kept.partition() == set()


plans = st.lists(st.lists(variants, min_size=1, max_size=4), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None)
@given(plans=plans, seed=st.integers(0, 1000), at_once=st.booleans())
def test_the_families_are_the_same_in_whatever_order_documents_come(
    plans, seed, at_once, make_document
):
    order = list(range(len(plans)))
    random.Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
    found = []
    for numbers, together in ((range(len(plans)), True), (order, at_once)):
        with tempfile.TemporaryDirectory() as folder:
            kept = Kept(Path(folder), make_document)
            for number in numbers:
                kept.add(f"plan {number}", plans[number])
                if not together:
                    kept.families.update()
            kept.families.update()
            found.append(kept.partition())
            kept.close()
    assert found[0] == found[1]


@settings(max_examples=25, deadline=None)
@given(plans=plans, gone=st.sets(st.integers(0, 5)))
def test_documents_that_went_leave_the_families_that_the_rest_makes(plans, gone, make_document):
    found = []
    for step_by_step in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            kept = Kept(Path(folder), make_document)
            for number, texts in enumerate(plans):
                if step_by_step or number not in gone:
                    kept.add(f"plan {number}", texts)
            if step_by_step:
                kept.families.update()
                for number in sorted(gone & set(range(len(plans)))):
                    kept.remove(f"plan {number}")
            kept.families.update()
            found.append(kept.partition())
            kept.close()
    assert found[0] == found[1]


@settings(max_examples=25, deadline=None)
@given(st.lists(variants, min_size=2, max_size=10, unique=True))
def test_verified_pairs_are_those_of_comparing_all_with_all(make_document, texts):
    words = [signs_of(text) for text in texts]
    together = list(range(len(words)))
    for one, other in combinations(range(len(words)), 2):
        if near(words[one], words[other]):
            together = [together[one] if each == together[other] else each for each in together]
    with tempfile.TemporaryDirectory() as folder:
        kept = Kept(Path(folder), make_document)
        kept.add("a", texts)
        kept.families.update()
        rows = kept.store.database.execute(
            "SELECT o.clause, w.component, w.family FROM worded o JOIN wordings w"
            " ON w.id = o.wording ORDER BY o.clause"
        ).fetchall()
        kept.close()
    components = [component for _, component, _ in rows]
    families = [family for _, _, family in rows]
    for one, other in combinations(range(len(words)), 2):
        assert (components[one] == components[other]) == (together[one] == together[other])
        if families[one] == families[other]:
            assert components[one] == components[other]


def test_a_chain_of_small_changes_is_cut_where_its_ends_have_little_in_common(kept):
    words = [f"từ{number}" for number in range(20)]
    chain = []
    for step in range(20):
        words[step] = f"khác{step}"
        if step % 4 == 3:
            chain.append(" ".join(words))
    kept.add("a", chain)
    kept.families.update()
    assert all(near(signs_of(one), signs_of(other)) for one, other in pairwise(chain))
    assert similarity(signs_of(chain[0]), signs_of(chain[-1])) < KIN
    assert not any({"a:1", f"a:{len(chain)}"} <= family for family in kept.partition())


@given(
    st.text("0123456789", min_size=1, max_size=30), st.text("0123456789", min_size=1, max_size=30)
)
def test_no_pair_is_ruled_out_by_length_that_is_near_identical(one, other):
    if near(one, other):
        assert may_be_near(one, other)


def test_bands_are_the_same_in_every_run():
    assert bands_of([signs_of(BASES[0])])[0, :3].tolist() == [1825122456, 3256809674, 262597528]


@given(
    st.lists(st.lists(st.integers(0, 40), min_size=BANDS, max_size=BANDS), max_size=12),
    st.integers(0, 12),
)
def test_the_files_find_what_comparing_every_band_finds(rows, cut):
    keys = np.array(rows, np.uint32).reshape(-1, BANDS)
    wordings = [100 + number for number in range(len(keys))]
    runs = [run_of(keys[:cut], wordings[:cut]), run_of(keys[cut:], wordings[cut:])]
    met = meet(keys, runs)
    found = dict(zip(zip(met.asked.tolist(), met.wording.tolist(), strict=True), met.shared,
                     strict=True))  # fmt: skip
    for asked in range(len(keys)):
        for other, wording in enumerate(wordings):
            shared = int((keys[asked] == keys[other]).sum())
            assert found.get((asked, wording), 0) >= min(shared, 1)
            assert (found.get((asked, wording), 0) > 0) == (
                len(set(keys[asked].tolist()) & set(keys[other].tolist())) > 0
            )


def _edition(kept: Kept) -> set[frozenset[str]]:
    kept.add("a", [BASES[0], BASES[1]])
    kept.families.update()
    kept.add("b", [_variant(0, [1]), _variant(1, [2])])
    kept.families.update()
    return kept.partition()


@pytest.mark.parametrize("harm", ["deleted", "cut short", "overwritten", "made otherwise"])
def test_what_is_lost_is_made_anew(kept, harm):
    before = _edition(kept)
    for path in (kept.folder / "families").glob("*.bands"):
        if harm == "deleted":
            path.unlink()
        elif harm == "cut short":
            path.write_bytes(path.read_bytes()[:-8])
        elif harm == "overwritten":
            path.write_bytes(bytes(path.stat().st_size))
    with kept.store.writing():
        if harm == "made otherwise":
            kept.store.set_meta("families made by", "another edition")
    fresh = Families(kept.store, WriteLock(kept.folder), kept.folder)
    kept.add("c", [_variant(0, [0])])
    fresh.update()
    after = {family - {"c:1"} for family in kept.partition()}
    assert after == before
    assert any("c:1" in family and "a:1" in family for family in kept.partition())


def test_an_update_that_is_broken_off_is_done_again(kept, monkeypatch):
    kept.add("a", [BASES[0], BASES[1]])
    kept.families.update()
    kept.add("b", [_variant(0, [1]), _variant(1, [2])])

    def breaks(*_: object) -> tuple[str, ...]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(BandFiles, "add", breaks)
        with pytest.raises(KeyboardInterrupt):
            kept.families.update()
    assert kept.partition() == {frozenset({"a:1"}), frozenset({"a:2"})}
    kept.families.update()
    assert kept.partition() == {frozenset({"a:1", "b:1"}), frozenset({"a:2", "b:2"})}


def test_files_that_no_row_names_are_cleared_away(kept):
    _edition(kept)
    rest = kept.folder / "families" / "8-00000000.bands"
    rest.write_bytes(bytes(8))
    kept.add("c", [BASES[3]])
    kept.families.update()
    assert not rest.exists()
    assert len(list((kept.folder / "families").glob("*.bands"))) <= 2


def test_beside_others_work_families_are_made_and_broken_off_between_steps(kept, monkeypatch):
    monkeypatch.setattr("index.families._CLAUSES_AT_ONCE", 1)
    for number in range(30):
        kept.add(f"plan {number}", [_variant(0, [number % 5]), _variant(1, [number % 3])])
    kept.families.keep_up(patience=0.0)
    kept.families.close()
    behind = kept.families.behind()
    assert 0 < behind <= 60
    fresh = Families(kept.store, WriteLock(kept.folder), kept.folder)
    assert fresh.behind() == behind
    fresh.keep_up(patience=60)
    assert fresh.behind() == 0
    found = kept.partition()
    with kept.store.writing():
        kept.store.set_meta("families made by", "another edition")
    fresh.keep_up(patience=60)  # nothing came: nobody asks
    kept.add("plan 30", ["Một đoạn khác hẳn các đoạn đã có trong thư viện này từ trước"])
    fresh.keep_up(patience=60)
    assert found == kept.partition() - {frozenset({"plan 30:1"})}


def test_taking_out_any_one_leaves_what_the_rest_makes(kept):
    texts = [
        _variant(base, changes)
        for base in range(len(BASES))
        for count in range(3)
        for changes in combinations(range(len(CHANGES)), count)
    ]
    for number, text in enumerate(texts):
        kept.add(f"plan {number}", [text])
    kept.families.update()
    for number in range(0, len(texts), 5):
        kept.remove(f"plan {number}")
        kept.families.update()
        mended = kept.partition()
        with kept.store.writing():
            kept.store.set_meta("families made by", "another edition")
            kept.store.set_meta("families", "0")
        kept.families.update()
        assert mended == kept.partition()
