"""Documents among others: who cites a part, the map, the cascade, the impact, stubs."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.codes import object_of, subject_of
from index.errors import UnknownClauseError, UnknownDocumentError
from index.library import Library
from index.pinpoints import holds, pin_of_path, pins_of, told
from ingest.model import Reference, Span

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("pinpoint", "parts"),
    [
        pytest.param("Điều 5", ["Điều 5"], id="article"),
        pytest.param("khoản 2 Điều 5", ["khoản 2 Điều 5"], id="as-laws-cite"),
        pytest.param("Điều 5 khoản 2 điểm a", ["điểm a khoản 2 Điều 5"], id="as-people-ask"),
        pytest.param("khoản 6, khoản 10 Điều 1", ["khoản 6 Điều 1", "khoản 10 Điều 1"], id="list"),
        pytest.param("các Điều 16, 17 và 24", ["Điều 16", "Điều 17", "Điều 24"], id="articles"),
        pytest.param(
            "Điều 11; khoản 1 Điều 12", ["Điều 11", "khoản 1 Điều 12"], id="each-its-own-article"
        ),
        pytest.param("Điều 5 đến 7", ["Điều 5", "Điều 6", "Điều 7"], id="range"),
        pytest.param("khoản 1 Điều 5, 6", ["khoản 1 Điều 5", "Điều 6"], id="one-of-two-articles"),
        pytest.param("Điều 5 Chương II", ["Điều 5"], id="chapter-says-no-more"),
        pytest.param("Phụ lục II", ["phụ lục II"], id="annex"),
        pytest.param("toàn văn", [], id="no-number"),
    ],
)
def test_a_pinpoint_names_parts_the_widest_last(pinpoint, parts):
    assert [told(pin) for pin in pins_of(pinpoint)] == parts


@pytest.mark.parametrize(
    ("path", "pinpoint", "inside"),
    [
        pytest.param("CII.Đ5.2", "khoản 2 Điều 5", True, id="same"),
        pytest.param("CII.Đ5.2.a", "khoản 2 Điều 5", True, id="point-in-clause"),
        pytest.param("Đ5", "khoản 2 Điều 5", False, id="article-is-wider"),
        pytest.param("CII.Đ5.3", "khoản 2 Điều 5", False, id="another-clause"),
        pytest.param("II.2.a", "điểm a mục 2 phần II", True, id="plan"),
        pytest.param("0.3", "Điều 5", False, id="preamble-is-no-part"),
    ],
)
def test_a_clause_lies_in_the_part_that_its_path_says(path, pinpoint, inside):
    [pin] = pins_of(pinpoint)
    assert holds(pin, pin_of_path(path)) is inside


@pytest.fixture(scope="module")
def library(tmp_path_factory, make_document) -> Iterator[Library]:
    """A law with its decree, plans of a province, a district and a commune, a law after it."""
    folder = tmp_path_factory.mktemp("tracing")
    with Library(folder / "library", today=lambda: TODAY) as library:
        for document in _documents(make_document):
            library.add(document, b"", key=document.source.name)
        yield library


def _documents(make):
    yield make(
        {
            "Đ1": "Điều 1. Phạm vi điều chỉnh của việc phòng ngừa rủi ro.",
            "Đ5": "Điều 5. Trách nhiệm của gia đình trong quản lý người nghiện tại nơi cư trú.",
            "Đ5.2": "Gia đình báo cáo Ủy ban nhân dân cấp xã nơi cư trú.",
            "Đ9.1": "Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2020.",
        },
        name="luat.txt", code="10/2019/QH14", doc_type="Luật", title="Phòng ngừa rủi ro",
        issuer="Quốc hội", issuer_level="central", issued_on=dt.date(2019, 6, 1),
        effective_on=dt.date(2020, 1, 1),
    )  # fmt: skip
    yield make(
        {
            "Đ2": "Điều 2. Phạm vi điều chỉnh.",
            "Đ7": "Điều 7. Trách nhiệm của gia đình trong quản lý người nghiện tại nơi cư trú, "
            "nơi tạm trú.",
            "Đ8.2": {
                "text": "Luật số 10/2019/QH14 hết hiệu lực kể từ ngày Luật này có hiệu lực.",
                "cites": {"10/2019/QH14": "replaces"},
            },
        },
        name="luat-moi.txt", code="99/2025/QH15", doc_type="Luật", title="Phòng ngừa rủi ro mới",
        issuer="Quốc hội", issuer_level="central", issued_on=dt.date(2025, 12, 1),
        effective_on=dt.date(2026, 7, 1),
    )  # fmt: skip
    yield make(
        {
            "0.1": {
                "text": "Căn cứ Luật số 10/2019/QH14;",
                "cites": {"10/2019/QH14": "basis"},
            },
            "Đ3": "Điều 3. Hồ sơ.",
        },
        name="nghi-dinh.txt", code="20/2021/NĐ-CP", doc_type="Nghị định", title="Chi tiết",
        issuer="Chính phủ", issuer_level="central", issued_on=dt.date(2021, 3, 1),
        effective_on=dt.date(2021, 5, 1),
    )  # fmt: skip
    for level, issuer, code, above, day in (
        ("province", "UBND tỉnh Lam Giang", "12/KH-UBND", "20/2021/NĐ-CP", dt.date(2026, 1, 5)),
        ("commune", "UBND xã Vân Khê", "3/KH-UBND", "12/KH-UBND", dt.date(2026, 2, 1)),
    ):
        yield make(
            {
                "0.1": {"text": f"Thực hiện {above} của cấp trên", "cites": {above: "implements"}},
                "II.1": {
                    "text": "Công an rà soát theo Điều 5 của 10/2019/QH14 và 7/2010/QĐ-TTg.",
                    "actors": {"Công an tỉnh Lam Giang": "lead"},
                    "cites": {"10/2019/QH14": "basis", "7/2010/QĐ-TTg": "mentions"},
                },
            },
            name=f"{level}.txt", code=code, doc_type="Kế hoạch", issuer=issuer,
            title=f"Phòng ngừa rủi ro năm 2026 của {issuer}", issuer_level=level, issued_on=day,
        )  # fmt: skip
    yield make(
        {"1": "Việc khác."}, name="xa-khac.txt", code="8/KH-UBND", doc_type="Kế hoạch",
        issuer="UBND xã Hạ Giang", issuer_level="commune", issued_on=dt.date(2026, 2, 1),
        title="Việc khác",
    )  # fmt: skip


def test_citations_come_page_by_page_with_the_total_and_counts_by_relation(library):
    found = library.tracing.cite("10/2019/QH14", limit=2, offset=1)
    assert (found.cited_total, found.citing_documents, len(found.cited_by)) == (4, 4, 2)
    assert {each.relation: each.count for each in found.relations} == {"basis": 3, "replaces": 1}
    whole = library.cite("10/2019/QH14").cited_by
    assert found.cited_by == whole[1:3]


def test_citations_are_narrowed_to_one_relation(library):
    found = library.tracing.cite("10/2019/QH14", relation="replaces")
    assert [cited.code for cited in found.cited_by] == ["99/2025/QH15"]
    assert found.cited_total == 1
    assert len(found.relations) == 2


def _law(make, code, day, *, title="Đất đai", doc_type="Luật"):
    return make(
        {"Đ1": f"Phạm vi của {code}."}, name=f"{code.replace('/', '-')}.txt", code=code, doc_type=doc_type,
        title=title, issued_on=day, effective_on=day,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("held", "code", "others"),
    [
        pytest.param(["2013", "decree"], "45/2013/QH13", (), id="law-before-a-title-that-has-it"),
        pytest.param(
            ["2013", "2024", "decree"], "31/2024/QH15", ("45/2013/QH13",), id="newest-in-force"
        ),
        pytest.param(
            ["2024", "2013", "2030"], "31/2024/QH15", ("45/2013/QH13", "9/2030/QH17"),
            id="not-one-to-come",
        ),
    ],
)  # fmt: skip
def test_a_name_means_the_law_of_that_very_name(tmp_path, make_document, held, code, others):
    made = {
        "2013": ("45/2013/QH13", dt.date(2014, 7, 1), "Đất đai", "Luật"),
        "2024": ("31/2024/QH15", dt.date(2024, 8, 1), "Đất đai", "Luật"),
        "2030": ("9/2030/QH17", dt.date(2030, 1, 1), "Đất đai", "Luật"),
        "decree": (
            "148/2020/NĐ-CP", dt.date(2021, 2, 8), "Sửa đổi Nghị định thi hành Luật Đất đai",
            "Nghị định",
        ),
    }  # fmt: skip
    with Library(tmp_path / "library", today=lambda: TODAY) as library:
        for which in held:
            number, day, title, doc_type = made[which]
            document = _law(make_document, number, day, title=title, doc_type=doc_type)
            library.add(document, b"", key=which)
        for query in ("Luật Đất đai", "luat dat dai"):
            found = library.tracing.cite(query)
            assert (found.code, set(found.others)) == (code, set(others))


def test_a_name_means_the_cited_law_before_a_title_that_ends_with_it(tmp_path, make_document):
    with Library(tmp_path / "library", today=lambda: TODAY) as library:
        title = "Sửa đổi Nghị định thi hành Luật Đất đai"
        decree = _law(make_document, "148/2020/NĐ-CP", TODAY, title=title, doc_type="Nghị định")
        library.add(decree, b"", key="decree")
        text = "Căn cứ Luật Đất đai số 31/2024/QH15."
        plain = make_document({"1": text}, name="plan.txt", code="5/KH-A")
        said = Reference(
            path="1", surface=text[7:-1], code="31/2024/QH15", doc_type="Luật", title="Đất đai",
            relation="basis", confidence=1, span=Span(7, len(text) - 1),
        )  # fmt: skip
        fields = {name: getattr(plain, name) for name in ("source", "text", "metadata")}
        plan = type(plain)(**fields, blocks=plain.blocks, references=(said,))
        library.add(plan, b"", key="plan")
        found = library.tracing.cite("Luật Đất đai")
        assert (found.code, found.entry, found.cited_total) == ("31/2024/QH15", None, 1)
        named = library.tracing.cite("nghị định thi hành luật đất đai")
        assert named.code == "148/2020/NĐ-CP"


def test_a_part_is_told_by_who_cites_it(tmp_path, make_document):
    with Library(tmp_path / "library", today=lambda: TODAY) as library:
        law = make_document(
            {"Đ5": "Trách nhiệm", "Đ5.2": "Báo cáo.", "Đ6": "Khác."},
            code="1/2020/QH14", doc_type="Luật", title="Thử",
        )  # fmt: skip
        library.add(law, b"", key="law")
        for number, pinpoint in enumerate(("khoản 2 Điều 5", "Điều 5", "Điều 6", None)):
            text = f"Theo {pinpoint or 'luật'} 1/2020/QH14"
            plain = make_document({"1": text}, name=f"{number}.txt", code=f"{number + 5}/KH-A")
            at = text.index("1/2020")
            said = Reference(
                path="1", surface="1/2020/QH14", code="1/2020/QH14", relation="basis",
                pinpoint=pinpoint, confidence=1, span=Span(at, at + 11),
            )  # fmt: skip
            fields = {name: getattr(plain, name) for name in ("source", "text", "metadata")}
            document = type(plain)(**fields, blocks=plain.blocks, references=(said,))
            library.add(document, b"", key=str(number))
        of_clause = library.tracing.cite("khoản 2 Điều 5 Luật số 1/2020/QH14")
        assert [cited.code for cited in of_clause.cited_by] == ["5/KH-A"]
        assert (of_clause.part.path, of_clause.part.quote, of_clause.part.wider) == (
            "Đ5.2", "Báo cáo.", 1,
        )  # fmt: skip
        of_article = library.tracing.clause(law.source.sha256[:12], "Đ5")
        assert [cited.code for cited in of_article.cited_by] == ["5/KH-A", "6/KH-A"]
        with pytest.raises(UnknownClauseError):
            library.tracing.clause(law.source.sha256[:12], "Đ77")


def test_another_body_s_number_is_another_document(tmp_path, make_document):
    with Library(tmp_path / "library") as library:
        for place in ("Lam Giang", "Phú Thịnh"):
            own = make_document(
                {"1": f"Việc của {place}."}, name=f"{place}.txt", code="88/QĐ-UBND",
                doc_type="Quyết định", issuer=f"UBND tỉnh {place}", issued_on=dt.date(2026, 1, 1),
            )  # fmt: skip
            library.add(own, b"", key=place)
            text = f"Quyết định 88/QĐ-UBND của UBND tỉnh {place}"
            plain = make_document({"1": text}, name=f"theo {place}.txt", code=f"{len(place)}/KH-A")
            said = Reference(
                path="1", surface="88/QĐ-UBND", code="88/QĐ-UBND", doc_type="Quyết định",
                issuer=f"UBND tỉnh {place}", relation="implements", confidence=1, span=Span(11, 21),
            )  # fmt: skip
            fields = {name: getattr(plain, name) for name in ("source", "text", "metadata")}
            library.add(
                type(plain)(**fields, blocks=plain.blocks, references=(said,)), b"", key=text
            )
        ours = next(e for e in library.documents() if e.source == "Lam Giang.txt")
        found = library.tracing.cite(ours.id)
        assert [cited.code for cited in found.cited_by] == ["9/KH-A"]
        assert found.cited_total == 1


def test_the_map_names_relations_both_ways_in_the_national_database_s_order(library):
    found = library.tracing.relations("10/2019/QH14")
    assert [(group.label, group.total) for group in found.groups] == [
        ("Văn bản thay thế văn bản này", 1),
        ("Văn bản lấy văn bản này làm căn cứ", 3),
    ]
    [newer] = found.groups[0].documents
    assert (newer.name.code, newer.path) == ("99/2025/QH15", "Đ8.2")
    other = library.tracing.relations("99/2025/QH15")
    assert [group.label for group in other.groups] == ["Văn bản bị thay thế"]


def test_a_long_group_tells_its_total_and_lists_a_page(library):
    found = library.tracing.relations("10/2019/QH14", limit=2)
    [group] = [group for group in found.groups if group.relation == "basis"]
    assert (group.total, len(group.documents)) == (3, 2)


def test_a_stub_has_a_map_too(library):
    found = library.tracing.relations("7/2010/QĐ-TTg")
    assert found.entry is None
    assert [group.relation for group in found.groups] == ["mentions"]


def test_the_cascade_goes_from_the_centre_to_the_communes(library):
    found = library.tracing.cascade("20/2021/NĐ-CP")
    assert [(step.depth, step.entry.metadata.code) for step in found.steps] == [
        (1, "12/KH-UBND"),
        (2, "3/KH-UBND"),
    ]
    levels = {level.level: level for level in found.levels}
    assert levels["commune"].places == ("xã Vân Khê",)
    assert levels["commune"].unseen == ("xã Hạ Giang",)
    assert levels["province"].places == ("tỉnh Lam Giang",)
    assert "tỉnh Lam Giang" not in levels["province"].unseen


def test_a_document_that_replaces_another_does_not_carry_it_out(library):
    found = library.tracing.cascade("10/2019/QH14")
    assert "99/2025/QH15" not in {step.entry.metadata.code for step in found.steps}
    assert found.steps[0].entry.metadata.code == "20/2021/NĐ-CP"


def test_each_document_of_a_cascade_stands_once_after_the_one_above_it(library):
    steps = library.tracing.cascade("10/2019/QH14").steps
    seen = [step.entry.id for step in steps]
    assert len(seen) == len(set(seen))
    for at, step in enumerate(steps):
        assert step.parent is None or step.parent in seen[:at]


def test_the_impact_tells_each_clause_its_owner_and_what_stands_in_its_place(library):
    found = library.tracing.impact("10/2019/QH14")
    assert (found.total, found.documents) == (3, 3)
    assert [one.by.code for one in found.replaced_by] == ["99/2025/QH15"]
    duty = next(each for each in found.resting if each.citation.place.path == "II.1")
    assert [(owner.role, owner.name) for owner in duty.owners] == [
        ("issuer", "UBND tỉnh Lam Giang"),
        ("lead", "Công an tỉnh Lam Giang"),
    ]
    assert all(each.citation.relation != "replaces" for each in found.resting)


def test_the_impact_names_the_article_that_says_nearly_the_same(tmp_path, make_document):
    with Library(tmp_path / "library", today=lambda: TODAY) as library:
        for document in _documents(make_document):
            library.add(document, b"", key=document.source.name)
        text = "Theo Điều 5 Luật 10/2019/QH14"
        plain = make_document({"1": text}, name="them.txt", code="70/KH-A")
        at = text.index("10/")
        said = Reference(
            path="1", surface="10/2019/QH14", code="10/2019/QH14", relation="basis",
            pinpoint="Điều 5", confidence=1, span=Span(at, at + 12),
        )  # fmt: skip
        fields = {name: getattr(plain, name) for name in ("source", "text", "metadata")}
        document = type(plain)(**fields, blocks=plain.blocks, references=(said,))
        library.add(document, b"", key="them")
        found = library.tracing.impact("10/2019/QH14")
        [ours] = [each for each in found.resting if each.citation.code == "70/KH-A"]
        assert [(one.pinpoint, one.path) for one in ours.suggestions] == [("Điều 7", "Đ7")]


def test_stubs_are_listed_by_how_many_cite_them(library):
    found = library.tracing.stubs()
    assert (found.total, [stub.name.code for stub in found.stubs]) == (1, ["7/2010/QĐ-TTg"])
    assert (found.stubs[0].documents, found.stubs[0].places) == (2, 2)
    described = library.tracing.stub("7/2010/QĐ-TTg")
    assert described.standing.state == "unknown"


def test_what_is_held_is_no_stub(library):
    with pytest.raises(UnknownDocumentError):
        library.tracing.stub("10/2019/QH14")


@pytest.mark.parametrize("verb", ["cite", "status", "relations", "cascade", "impact", "stub"])
def test_what_nobody_knows_is_said_so(library, verb):
    with pytest.raises(UnknownDocumentError):
        getattr(library.tracing, verb)("77/2077/NĐ-CP")


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        pytest.param({"code": "1/2020/NĐ-CP"}, (None, "1-2020-nd-cp"), id="its-own"),
        pytest.param(
            {"code": "1/2020/NĐ-CP", "from_code": "2/2021/NĐ-CP"},
            ("2-2021-nd-cp", "1-2020-nd-cp"),
            id="another-s",
        ),
        pytest.param(
            {"code": "2/2021/QH15", "from_code": "2/2021/QH15", "to_code": "1/2020/QH14"},
            ("2-2021-qh15", "1-2020-qh14"),
            id="amended-by",
        ),
        pytest.param(
            {"code": None, "resolved": "9/2013/QH13"}, (None, "9-2013-qh13"), id="by-name"
        ),
        pytest.param({"code": None}, (None, None), id="no-number"),
    ],
)
def test_rows_of_older_libraries_are_told_whose_relation_they_are(said, ends):
    body = json.dumps(said)
    assert (subject_of(body), object_of(body)) == ends


def test_a_library_without_documents_has_no_stubs(tmp_path: Path):
    with Library(tmp_path / "library") as library:
        assert library.tracing.stubs().stubs == ()
