"""Lives of clauses and documents side by side: in the library, the API, on pages and printed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from index.comparing import _longest_rise
from index.errors import UnknownClauseError, UnknownDocumentError
from index.formulas import is_formula
from index.library import Library
from web.app import create_app
from web.cli import main

REVIEW = "Rà soát, thống kê, phân loại người nghiện ma túy trên địa bàn {} trước ngày {}"
SPREAD = "Tuyên truyền phòng, chống ma túy trên hệ thống truyền thanh ít nhất {} lần mỗi tuần"
ENDING = "Trên đây là Kế hoạch phòng, chống ma túy năm {}, yêu cầu các đơn vị nghiêm túc thực hiện"


@pytest.fixture(scope="module")
def documents(make_document):
    """Return plans of 2024, 2025 and 2026, and one of 2026 whose date is not told."""
    return {
        name: make_document(
            clauses, name=f"{name}.txt", code=code, doc_type="Kế hoạch", issued_on=issued
        )
        for name, code, issued, clauses in (
            ("2026", "15/KH-UBND", dt.date(2026, 2, 5), {
                "I": "NHIỆM VỤ",
                "I.1": {"text": REVIEW.format("xã An Hải", "30/6/2026"),
                        "actors": {"Công an xã An Hải": "lead"}},
                "I.2": SPREAD.format("05"),
                "I.3": "Bố trí kinh phí thực hiện từ nguồn ngân sách xã và các nguồn hợp pháp khác",
                "II": ENDING.format(2026)}),
            ("2024", "27/KH-UBND", dt.date(2024, 3, 1), {
                "I": "NHIỆM VỤ",
                "I.1": REVIEW.format("huyện Phú Giang", "15/6/2024"),
                "II": ENDING.format(2024)}),
            ("2025", "41/KH-UBND", dt.date(2025, 1, 20), {
                "I": "NHIỆM VỤ",
                "I.1": SPREAD.format("03"),
                "I.2": REVIEW.format("xã An Hải", "30/6/2025"),
                "II": ENDING.format(2025)}),
            ("draft", None, None, {"1": REVIEW.format("xã Bình Sa", "30/6/2026")}),
        )
    }  # fmt: skip


@pytest.fixture(scope="module")
def library(documents, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("library")) as library:
        for document in documents.values():
            library.add(document, document.text.encode())
        library.refresh()
        yield library


@pytest.fixture(scope="module")
def id_of(documents):
    return {name: document.source.sha256[:12] for name, document in documents.items()}


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(library), follow_redirects=False) as client:
        yield client


def test_a_life_goes_from_first_seen_to_last_and_the_undated_come_after(library, id_of):
    life = library.lives.life(id_of["2026"], "I.1")
    assert [member.document for member in life.members] == [
        id_of[name] for name in ("2024", "2025", "2026", "draft")
    ]
    assert life.first is not None
    assert life.first.document == id_of["2024"]
    assert [member.asked for member in life.members] == [False, False, True, False]
    assert (life.total, life.note) == (4, None)


def test_each_member_is_told_from_the_one_before_it(library, id_of):
    life = library.lives.life(id_of["2026"], "I.1")
    changes = [
        [(piece.way, piece.text) for piece in member.pieces if piece.way != "same"]
        for member in life.members
    ]
    assert changes == [
        [],
        [("removed", "huyện Phú Giang"), ("added", "xã An Hải"),
         ("removed", "15/6/2024"), ("added", "30/6/2025")],
        [("removed", "30/6/2025"), ("added", "30/6/2026")],
        [("removed", "An Hải"), ("added", "Bình Sa")],
    ]  # fmt: skip


def test_what_varies_is_told_by_kind(library, id_of):
    varies = {v.slot: v.values for v in library.lives.life(id_of["2026"], "I.1").varies}
    assert varies == {
        "place": ("huyện Phú Giang", "xã An Hải", "An Hải", "Bình Sa"),
        "date": ("15/6/2024", "30/6/2025", "30/6/2026"),
    }


def test_every_quote_is_what_stands_there(library, id_of):
    life = library.lives.life(id_of["2026"], "I.1")
    for member in life.members:
        assert member.quote == library.clause(member.document, member.path).clause.text
        assert "".join(p.text for p in member.pieces if p.way != "removed") == member.quote


def test_a_document_that_says_it_of_several_bodies_is_a_member_once(tmp_path, make_document):
    law = make_document(
        {
            "1": REVIEW.format("xã An Hải", "30/6/2026"),
            "2": REVIEW.format("xã Bình Sa", "30/6/2026"),
        }
    )
    plan = make_document({"1": REVIEW.format("xã Bình Sa", "15/6/2026")}, name="other.txt")
    with Library(tmp_path / "library") as library:
        for document in (law, plan):
            library.add(document, document.text.encode())
        library.refresh()
        life = library.lives.life(plan.source.sha256[:12], "1")
        assert {(member.document == life.document, member.path) for member in life.members} == {
            (True, "1"),
            (False, "2"),
        }


def test_two_files_of_one_document_are_one_member(tmp_path, make_document, capsys, monkeypatch):
    plan = {"code": "15/KH-UBND", "issuer": "UBND xã An Hải", "issued_on": dt.date(2026, 2, 5)}
    with Library(tmp_path) as library:
        for name, metadata in (
            ("2026.docx", plan),
            ("2026.pdf", plan),
            ("2027.docx", plan | {"issued_on": dt.date(2027, 2, 5)}),
        ):
            library.add(
                make_document({"1": SPREAD.format("05")}, name=name, **metadata), name.encode()
            )
        library.refresh()
        ids = {entry.source: entry.id for entry in library.documents()}
        life = library.lives.life(ids["2026.pdf"], "1")
        assert life.total == 2
        assert [member.source for member in life.members] == ["2026.pdf", "2027.docx"]
        assert [copy.source for copy in life.members[0].copies] == ["2026.docx"]
        assert library.lives.offered(ids["2026.pdf"]) == {"1": 1}
        with TestClient(create_app(library)) as client:
            page = client.get(f"/van-ban/{ids['2026.pdf']}/1/vong-doi").text
    assert "Bản khác của cùng văn bản" in page
    monkeypatch.setenv("SAURO_MODEL", "none")
    main(["life", ids["2026.pdf"], "1", "--library", str(tmp_path)])
    assert f"Bản khác của cùng văn bản: 2026.docx, đoạn 1 [{ids['2026.docx']}]" in (
        capsys.readouterr().out
    )


def test_a_page_of_a_life_goes_on_where_the_last_ended(library, id_of):
    whole = library.lives.life(id_of["2026"], "I.1").members
    pages = [library.lives.life(id_of["2026"], "I.1", limit=1, offset=n).members for n in range(4)]
    assert [member for page in pages for member in page] == list(whole)


def test_a_clause_alone_has_a_life_of_its_own_only(library, id_of):
    life = library.lives.life(id_of["2026"], "I.3")
    assert [member.asked for member in life.members] == [True]


def test_formulas_and_lonely_clauses_are_not_offered(library, id_of):
    assert library.lives.offered(id_of["2026"]) == {"I.1": 3, "I.2": 1}
    life = library.lives.life(id_of["2026"], "II")
    assert life.formula
    assert life.total == 3
    assert life.note


def test_what_is_not_there_has_no_life(library, id_of):
    with pytest.raises(UnknownDocumentError):
        library.lives.life("0" * 12, "I.1")
    with pytest.raises(UnknownClauseError):
        library.lives.life(id_of["2026"], "IX")


def test_an_older_version_has_left_the_family(tmp_path, documents, id_of):
    with Library(tmp_path / "library") as library:
        for name in ("2024", "2026"):
            library.add(documents[name], documents[name].text.encode(), key="one file")
        library.refresh()
        assert library.lives.life(id_of["2026"], "I.1").total == 1
        assert library.lives.life(id_of["2024"], "I.1").note
        assert library.lives.sisters(id_of["2026"]) == ()


def test_sisters_share_most_clauses_first(library, id_of):
    sisters = library.lives.sisters(id_of["2026"])
    assert [(sister.entry.id, sister.shared) for sister in sisters] == [
        (id_of["2025"], 3),
        (id_of["2024"], 2),
        (id_of["draft"], 1),
    ]


def test_two_documents_stand_side_by_side(library, id_of):
    found = library.lives.compare(id_of["2026"], id_of["2025"])
    assert [
        (pair.way, pair.a and pair.a.path, pair.b and pair.b.path, pair.moved)
        for pair in found.pairs
    ] == [
        ("same", "I", "I", False),
        ("changed", "I.1", "I.2", found.pairs[1].moved),
        ("changed", "I.2", "I.1", found.pairs[2].moved),
        ("only_a", "I.3", None, False),
        ("changed", "II", "II", False),
    ]
    assert found.pairs[1].moved != found.pairs[2].moved
    assert (found.same, found.changed, found.only_a, found.only_b) == (1, 3, 1, 0)


@pytest.mark.parametrize("other", ["2024", "2025", "draft", "2026"])
def test_every_clause_stands_once_on_its_side(library, id_of, documents, other):
    found = library.lives.compare(id_of["2026"], id_of[other])
    assert [p.a.path for p in found.pairs if p.a] == [c.path for c in documents["2026"].blocks]
    assert sorted(p.b.path for p in found.pairs if p.b) == sorted(
        clause.path for clause in documents[other].blocks
    )


def test_the_way_back_has_the_same_pairs(library, id_of):
    there = library.lives.compare(id_of["2026"], id_of["2025"])
    back = library.lives.compare(id_of["2025"], id_of["2026"])
    pairs = {(p.a.path, p.b.path) for p in there.pairs if p.a and p.b}
    assert pairs == {(p.b.path, p.a.path) for p in back.pairs if p.a and p.b}


@given(st.permutations(range(7)))
def test_the_longest_rise_rises_and_none_is_longer(numbers):
    found = _longest_rise(numbers)
    rise = [number for number in numbers if number in found]
    assert rise == sorted(rise)
    best = [1] * len(numbers)
    for at, number in enumerate(numbers):
        best[at] += max((best[i] for i in range(at) if numbers[i] < number), default=0)
    assert len(rise) == max(best)


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("Trên đây là Kế hoạch phòng, chống ma túy năm 2026./.", True),
        ("Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2026.", True),
        ("Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh về Bộ", True),
        ("Sửa đổi, bổ sung khoản 4 Điều 53 như sau:", True),
        ("Bố trí kinh phí thực hiện từ nguồn ngân sách xã", False),
        ("Rà soát các văn bản có hiệu lực liên quan đến công tác cai nghiện", False),
    ],
)
def test_formulas_are_told_from_what_says_something(text, formula):
    assert is_formula(text) == formula


# Seen from outside


def test_the_api_serves_lives_sisters_and_comparisons(client, id_of):
    life = client.get(f"/api/v1/documents/{id_of['2026']}/clauses/I.1/life").json()
    assert life["total"] == 4
    assert life["members"][1]["pieces"][1]["way"] == "removed"
    assert client.get(f"/api/v1/documents/{id_of['2026']}/sisters").json()[0]["shared"] == 3
    found = client.get("/api/v1/compare", params={"a": id_of["2026"], "b": id_of["2025"]}).json()
    assert found["only_a"] == 1
    assert client.get(f"/api/v1/documents/{id_of['2026']}/clauses/IX/life").status_code == 404
    assert client.get("/api/v1/compare", params={"a": "0", "b": "0"}).status_code == 404


def test_the_page_of_a_life_says_what_went_and_what_came(client, id_of):
    html = client.get(f"/van-ban/{id_of['2026']}/I.1/vong-doi").text
    assert "huyện Phú Giang<span" in html.partition("<del")[2]
    assert "[thêm: " in html
    assert "[bỏ: " in html
    assert f"/so-sanh?a={id_of['2026']}&amp;b={id_of['2024']}" in html


def test_the_reader_leads_to_lives_and_to_comparing(client, id_of):
    html = client.get(f"/van-ban/{id_of['2026']}").text
    assert f"/van-ban/{id_of['2026']}/I.1/vong-doi" in html
    assert f"/van-ban/{id_of['2026']}/I.3/vong-doi" not in html
    assert f"/so-sanh?a={id_of['2026']}" in html


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        pytest.param("/so-sanh", 200, "Văn bản A", id="form"),
        pytest.param("/so-sanh?a=15/KH-UBND", 200, "41/KH-UBND", id="sisters"),
        pytest.param("/so-sanh?a=15/KH-UBND&b=41/KH-UBND", 200, "Chỉ có ở A", id="by-number"),
        pytest.param("/so-sanh?a=15/KH-UBND&b=99/KH-UBND", 404, "99/KH-UBND", id="unknown"),
        pytest.param("/so-sanh?a=15/KH-UBND&b=41/KH-UBND&chi=only_b", 200, "Không có đoạn nào",
                     id="narrowed"),
    ],
)  # fmt: skip
def test_pages_of_comparing(client, address, status, words):
    answer = client.get(address)
    assert answer.status_code == status
    assert words in answer.text


def test_the_command_tells_lives_and_differences(library, id_of, capsys):
    folder = str(library.folder)
    assert main(["life", "15/KH-UBND", "I.1", "--json", "--library", folder]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 4
    assert main(["life", id_of["2026"], "I.1", "--library", folder]) == 0
    assert "[-30/6/2025] [+30/6/2026]" in capsys.readouterr().out
    assert main(["compare", id_of["2026"], id_of["2025"], "--library", folder]) == 0
    assert "1 đoạn chỉ có ở A" in capsys.readouterr().out
    assert main(["compare", id_of["2026"], "0", "--library", folder]) == 1
    assert Path(folder).is_dir()
