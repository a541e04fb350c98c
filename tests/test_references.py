"""Where documents are cited, and what a citation says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.citation_codes import mend_code, same_code
from ingest.citations import find_citations
from ingest.doctypes import issuers_of_symbol, type_of_symbol
from ingest.lawnames import find_law_names, law_in_force
from ingest.model import Clause, Metadata, Span
from ingest.places import Context
from ingest.references import mark_references, read_references
from ingest.words import read_words

PROVINCE = Context(
    issuer="UBND tỉnh Thanh Hóa",
    level="province",
    unit="tỉnh Thanh Hóa",
    province="tỉnh Thanh Hóa",
)
PLAN = Metadata(
    code="192/KH-UBND",
    doc_type="Kế hoạch",
    title="Xây dựng xã, phường không ma túy",
    issuer="UBND tỉnh Thanh Hóa",
    issuer_level="province",
    issued_on=dt.date(2025, 9, 8),
)


def read(text, metadata=PLAN, kind="task"):
    doc = read_words(text)
    mark_references(doc)
    blocks, start = [], 0
    for number, line in enumerate(text.split("\n")):
        span = Span(start, start + len(line))
        blocks.append(Clause(path=str(number), kind=kind, label=None, text=line, page=1, span=span))
        start += len(line) + 1
    return read_references(doc, blocks, metadata, context=PROVINCE)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        pytest.param(
            "Nghị quyết số 93/NQ-CP ngày 16/4/2025 của Chính phủ ban hành Kế hoạch",
            ["Nghị quyết số 93/NQ-CP ngày 16/4/2025 của Chính phủ"],
            id="type-number-date-issuer",
        ),
        pytest.param(
            "Kế hoạch số 199/KH-BGDĐT của Bộ Giáo dục và Đào tạo (GDĐT) ngày 05 tháng 02 năm 2026 về",
            [
                (
                    "Kế hoạch số 199/KH-BGDĐT của Bộ Giáo dục và Đào tạo (GDĐT) "
                    "ngày 05 tháng 02 năm 2026"
                )
            ],
            id="issuer-before-the-date",
        ),
        pytest.param("Chỉ thị 36-CT/TW", ["Chỉ thị 36-CT/TW"], id="party-number-without-so"),
        pytest.param(
            "Nghị định số 120/2021/NĐ-CPngày 24/12/2021 quy định",
            ["Nghị định số 120/2021/NĐ-CPngày 24/12/2021"],
            id="lost-space-before-the-date",
        ),
        pytest.param(
            "UBND tỉnh đã ban hành kế hoạch thực hiện số 910/KH-UBND ngày 25/3/2020.",
            ["kế hoạch thực hiện số 910/KH-UBND ngày 25/3/2020"],
            id="words-between-type-and-number",
        ),
        pytest.param(
            "các Nghị định số 116/2021/NĐ-CP, số 105/2021/NĐ-CP và 57/2022/NĐ-CP",
            ["Nghị định số 116/2021/NĐ-CP", "số 105/2021/NĐ-CP", "57/2022/NĐ-CP"],
            id="a-list-names-its-type-once",
        ),
        pytest.param(
            "Kế hoạch số      /KH-UBND ngày   /…/2024 của UBND huyện",
            ["Kế hoạch số      /KH-UBND ngày   /…/2024 của UBND huyện"],
            id="blank-number-and-date",
        ),
        pytest.param(
            "Luật Đất đai số 31/2024/QH15 ngày 18 tháng 01 năm 2024",
            ["Luật Đất đai số 31/2024/QH15 ngày 18 tháng 01 năm 2024"],
            id="law-by-name-and-number",
        ),
        pytest.param(
            "theo Luật phòng chống ma tuý năm 2021 và văn bản",
            ["Luật phòng chống ma tuý năm 2021"],
            id="law-in-other-spelling",
        ),
        pytest.param(
            "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền "
            "địa phương ngày 22/11/2019",
            [
                (
                    "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức "
                    "chính quyền địa phương ngày 22/11/2019"
                )
            ],
            id="amending-law-is-one-name",
        ),
        pytest.param("theo Mẫu số 01/TTr-UBND", [], id="a-form-is-no-document"),
        pytest.param("Luật này, luật sư và Hội Luật gia", [], id="no-law"),
        pytest.param("khoảng 21/62 xã, 16/8/2019, 24/24 giờ", [], id="figures-and-dates"),
        pytest.param("Lưu: VT, NC. Số điện thoại: 0916/777 493", [], id="files-and-telephones"),
    ],
)
def test_citations_are_found_whole(text, surfaces):
    assert [text[found.start : found.end] for found in find_citations(text)] == surfaces


@pytest.mark.parametrize(
    ("printed", "date", "code", "repair"),
    [
        ("116/NĐ-CP", dt.date(2021, 12, 21), "116/2021/NĐ-CP", "year restored from the date"),
        ("116/NĐ-CP", None, "116/NĐ-CP", None),
        ("93/NQ-CP", dt.date(2025, 4, 16), "93/NQ-CP", None),
        ("93/NĐ-CP", dt.date(1996, 4, 16), "93/NĐ-CP", None),
        ("28/2025/QĐ- TTg", None, "28/2025/QĐ-TTg", "spaces removed"),
        ("50/NQ -CP", None, "50/NQ-CP", "spaces removed"),
        ("36/CT-TW", None, "36-CT/TW", "form of party numbers restored"),
        ("05-NQ/TU", None, "05-NQ/TU", None),
        ("39/2014/TTBTC", None, "39/2014/TT-BTC", "separator restored"),
        ("124/2021NĐ-CP", None, "124/2021/NĐ-CP", "separator restored"),
        ("12/2010/ND-CP", None, "12/2010/NĐ-CP", "separator restored"),
        ("03/2024/TT-BT\u0421", None, "03/2024/TT-BTC", "look-alike letters replaced"),
        ("66.1/2025/NQ-CP", None, "66.1/2025/NQ-CP", None),
    ],
)
def test_a_number_is_mended_only_for_a_reason(printed, date, code, repair):
    mended = mend_code(printed, date=date)
    assert mended is not None
    assert (mended.code, "; ".join(mended.repairs) or None) == (code, repair)


def test_what_is_mended_is_less_sure():
    sure, guessed = mend_code("93/NQ-CP"), mend_code("36/CT-TW")
    assert sure is not None
    assert guessed is not None
    assert guessed.confidence < sure.confidence


@given(
    number=st.integers(1, 9999),
    year=st.integers(2000, 2026),
    symbol=st.sampled_from(["NĐ-CP", "QĐ-TTg", "TT-BTC", "NQ-HĐND", "QĐ-UBND", "TTLT-BCA-BTP"]),
)
def test_mending_a_good_code_changes_nothing(number, year, symbol):
    code = f"{number}/{year}/{symbol}"
    mended = mend_code(code)
    assert mended is not None
    assert (mended.code, mended.repairs) == (code, ())


def test_leading_zeros_do_not_tell_documents_apart():
    assert same_code("08/CT-TTg", "8/CT-TTg")
    assert not same_code("8/CT-TTg", "8/CT-UBND")
    assert not same_code(None, None)


@pytest.mark.parametrize(
    ("symbol", "doc_type", "issuers"),
    [
        ("NĐ-CP", "Nghị định", ("Chính phủ",)),
        ("CT/TW", "Chỉ thị", ()),
        ("VPCP-KGVX", "Công văn", ("Văn phòng Chính phủ",)),
        ("QH15", None, ("Quốc hội",)),
        ("UBTVQH14", None, ("Ủy ban Thường vụ Quốc hội",)),
        ("TTLT-BYT-BCA", "Thông tư liên tịch", ("Bộ Y tế", "Bộ Công an")),
    ],
)
def test_a_symbol_tells_type_and_issuer(symbol, doc_type, issuers):
    assert type_of_symbol(symbol) == doc_type
    assert issuers_of_symbol(symbol) == issuers


@pytest.mark.parametrize(
    ("on", "year", "code"),
    [
        (dt.date(2021, 12, 31), None, "23/2000/QH10"),
        (dt.date(2025, 9, 8), None, "73/2021/QH14"),
        (dt.date(2026, 7, 1), None, "120/2025/QH15"),
        (dt.date(2026, 7, 1), 2021, "73/2021/QH14"),
        (None, 2021, "73/2021/QH14"),
        (None, None, None),
        (dt.date(2025, 9, 8), 1999, None),
    ],
)
def test_a_law_name_means_the_law_in_force_on_a_day(on, year, code):
    assert law_in_force("Luật Phòng, chống ma túy", on=on, year=year) == code


def test_the_longest_law_name_is_meant():
    text = "Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ; Luật Phòng cháy, chữa cháy và văn bản"
    assert [law.name for law in find_law_names(text)] == [
        "Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ",
        "Luật Phòng cháy và chữa cháy",
    ]


CHAIN = (
    "Thực hiện Nghị quyết số 93/NQ-CP ngày 16/4/2025 của Chính phủ ban hành Kế hoạch thực hiện Kết luận "
    "số 132-KL/TW ngày 18/3/2025 của Bộ Chính trị về việc tiếp tục thực hiện Chỉ thị số 36-CT/TW ngày "
    "16/8/2019 của Bộ Chính trị về tăng cường công tác phòng, chống ma túy; Nghị quyết số 50/NQ-CP ngày "
    "13/3/2025 của Chính phủ ban hành Kế hoạch triển khai Nghị quyết số 163/2024/QH15 ngày 27/11/2024 "
    "của Quốc hội phê duyệt chủ trương đầu tư Chương trình mục tiêu quốc gia phòng, chống ma túy đến năm "
    "2030; UBND tỉnh ban hành Kế hoạch như sau:"
)


def test_a_chain_of_titles_relates_each_document_to_the_next():
    assert [(r.code, r.relation, r.from_code) for r in read(CHAIN)] == [
        ("93/NQ-CP", "implements", None),
        ("132-KL/TW", "promulgates", "93/NQ-CP"),
        ("36-CT/TW", "continues", "132-KL/TW"),
        ("50/NQ-CP", "implements", None),
        ("163/2024/QH15", "promulgates", "50/NQ-CP"),
    ]


def test_a_title_ends_with_the_document_that_it_names():
    assert read(CHAIN)[0].title == (
        "Kế hoạch thực hiện Kết luận số 132-KL/TW ngày 18/3/2025 của Bộ Chính trị"
    )


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        pytest.param("Căn cứ Luật Đất đai số 31/2024/QH15;", ["basis"], id="basis"),
        pytest.param(
            "Căn cứ Kế hoạch số 5/KH-BCA ngày 05/01/2025, Sở Y tế xây dựng Kế hoạch như sau:",
            ["implements"],
            id="basis-of-a-plan-that-carries-it-out",
        ),
        pytest.param(
            "cai nghiện theo quy định của Luật Phòng, chống ma túy năm 2021 và Nghị định số "
            "116/2021/NĐ-CP",
            ["basis", "basis"],
            id="a-list-shares-its-word",
        ),
        pytest.param(
            "tuyên truyền Luật Phòng, chống ma túy năm 2021", ["mentions"], id="only-made-known"
        ),
        pytest.param(
            "triển khai thực hiện Luật Phòng, chống ma túy", ["implements"], id="carried-out"
        ),
        pytest.param(
            "Tiếp tục thực hiện Chỉ thị 36-CT/TW ngày 16/8/2019", ["continues"], id="continued"
        ),
        pytest.param(
            "Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 05/01/2024",
            ["replaces"],
            id="replaced",
        ),
        pytest.param("Bãi bỏ Quyết định số 12/2020/QĐ-UBND", ["repeals"], id="repealed"),
        pytest.param(
            "Sửa đổi, bổ sung một số điều của Nghị định số 57/2022/NĐ-CP", ["amends"], id="amended"
        ),
        pytest.param(
            "Quy định chi tiết một số điều của Luật Nhà ở số 27/2023/QH15",
            ["details"],
            id="details",
        ),
        pytest.param("Hướng dẫn thi hành Nghị định số 37/2007/NĐ-CP", ["guides"], id="guidance"),
        pytest.param(
            "(Kèm theo Công văn số 15/UBND-NC ngày 05/01/2025)", ["attachment"], id="attached"
        ),
        pytest.param(
            "Thời gian qua, các ngành đã tích cực triển khai Kế hoạch số 23/KH-UBND ngày 30/01/2024",
            ["mentions"],
            id="a-report-orders-nothing",
        ),
        pytest.param(
            "Luật Phòng, chống ma túy số 73/2021/QH14 hết hiệu lực kể từ ngày Luật này có hiệu lực",
            ["replaces"],
            id="expires-with-this-one",
        ),
    ],
)
def test_the_nearest_word_gives_the_relation(text, relations):
    assert [reference.relation for reference in read(text)] == relations


def test_a_list_over_lines_keeps_its_word():
    text = "Thực hiện:\n- Nghị quyết số 57-NQ/TW ngày 22/12/2024;\n- Nghị quyết số 71/NQ-CP;\nKhác."
    assert [r.relation for r in read(text)] == ["implements", "implements"]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Nghị định số 116/2021/NĐ-CP", "Chính phủ"),
        ("Kế hoạch số 76/KH-UBND ngày 07/6/2024 của Ủy ban nhân dân huyện Bình Lục", "UBND huyện Bình Lục"),
        ("Kế hoạch số 76/KH-UBND ngày 07/6/2024 của UBND tỉnh", "UBND tỉnh Thanh Hóa"),
        ("Thông tư số 08/2022/TT-BYT ngày 01/6/2022 của Bộ trưởng Bộ Y tế quy định", "Bộ Y tế"),
        ("Quyết định số 12/QĐ-BCĐ ngày 05/01/2024", None),
    ],
)  # fmt: skip
def test_the_issuer_is_printed_or_follows_from_the_symbol(text, issuer):
    assert [reference.issuer for reference in read(text)] == [issuer]


def test_a_pinpoint_stands_before_the_document():
    [reference] = read("quy định tại điểm a, b khoản 2 Điều 5, Nghị định số 116/2021/NĐ-CP")
    assert reference.pinpoint == "điểm a, b khoản 2 Điều 5"


def test_a_short_number_takes_the_code_of_the_full_citation():
    text = "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024.\nNội dung Nghị quyết số 57 phải được"
    assert [(r.code, r.printed_code) for r in read(text)] == [
        ("57-NQ/TW", "57-NQ/TW"),
        ("57-NQ/TW", "57"),
    ]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        pytest.param(
            "triển khai thực hiện Quy chế phối hợp xác định tình trạng nghiện ma tuý trên địa bàn tỉnh. "
            "Trong đó",
            ["Quy chế phối hợp xác định tình trạng nghiện ma tuý trên địa bàn tỉnh"],
            id="area",
        ),
        pytest.param(
            "các nội dung trong Chương trình phòng, chống ma túy năm 2023 của Ban Chỉ đạo phòng, chống "
            "tội phạm tỉnh; tăng cường",
            [
                "Chương trình phòng, chống ma túy năm 2023 của Ban Chỉ đạo phòng, chống tội phạm tỉnh"
            ],
            id="year-and-issuer",
        ),
        pytest.param("xây dựng Kế hoạch phòng, chống ma túy năm 2027", [], id="still-to-be-made"),
        pytest.param("triển khai thực hiện Kế hoạch này", [], id="the-document-itself"),
        pytest.param(
            "Kinh phí từ Chương trình mục tiêu quốc gia phòng, chống ma túy đến năm 2030",
            [],
            id="source-of-money",
        ),
    ],
)
def test_a_title_alone_cites_where_it_identifies(text, surfaces):
    assert [reference.surface for reference in read(text)] == surfaces


def test_a_document_does_not_cite_itself():
    assert read("(Kèm theo Kế hoạch số 192/KH-UBND ngày 08/9/2025)") == ()
    assert read("Số: 5/KH-UBND", kind="letterhead") == ()


def test_no_citation_crosses_a_paragraph():
    text = "Kế hoạch\nsố 12/KH-UBND ngày 05/01/2024\ncủa UBND tỉnh"
    assert [reference.surface for reference in read(text)] == ["số 12/KH-UBND ngày 05/01/2024"]


@given(st.lists(st.sampled_from(
    ["Kế hoạch", "số", "116/NĐ-CP", "ngày 01/02/2023", "của Chính phủ", "Luật", "Đất đai", ";", "\n",
     "Căn cứ", "(", "về việc", "  ", "năm 2021", "Nghị quyết 57", "…/QĐ-UBND"]), max_size=14))  # fmt: skip
def test_every_reference_shows_its_words(parts):
    text = " ".join(parts)
    for reference in read(text):
        assert reference.span.of(text) == reference.surface
        assert reference.surface.strip() == reference.surface
        assert "\n" not in reference.surface


@pytest.mark.shared
def test_the_laws_of_the_table_are_those_of_the_seeds(shared):
    text = (shared / "seeds" / "003_6fe52f619035732b.txt").read_text("utf-8")
    joined = " ".join(text.split())
    named = {law.name for law in find_law_names(joined)}
    assert named == {"Luật Phòng, chống ma túy"}
