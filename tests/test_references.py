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
from ingest.references import cite_text, mark_references, read_references
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
        ("60 TC/CĐKT", None, "60/TC/CĐKT", "spaces removed; separator restored"),
        ("134-HĐBT", None, "134-HĐBT", None),
        ("367/TTr-CAT-TM(CSMT)", None, "367/TTr-CAT-TM(CSMT)", None),
        ("163/2024/QH-15", None, "163/2024/QH15", "separator restored"),
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
    ("text", "found"),
    [
        pytest.param(
            "Căn cứ Bộ luật Hình sự số 100/2015/QH13 được sửa đổi, bổ sung bởi Luật số 12/2017/QH14 và "
            "Luật số 86/2025/QH15;",
            [
                ("100/2015/QH13", "basis", None, None),
                ("12/2017/QH14", "amends", "12/2017/QH14", "100/2015/QH13"),
                ("86/2025/QH15", "amends", "86/2025/QH15", "100/2015/QH13"),
            ],
            id="what-follows-amends-what-stands-before",
        ),
        pytest.param(
            "Quy định chi tiết khoản 4 Điều 38 Luật Thủy sản số 18/2017/QH14 đã được sửa đổi, bổ sung tại "
            "điểm c khoản 21 Điều 14 Luật số 146/2025/QH15.",
            [
                ("18/2017/QH14", "details", None, None),
                ("146/2025/QH15", "amends", "146/2025/QH15", "18/2017/QH14"),
            ],
            id="amended-at-a-pinpoint",
        ),
        pytest.param(
            "Nghị định số 57/2022/NĐ-CP ngày 25/8/2022 quy định danh mục; Nghị định số 90/2024/NĐ-CP ngày "
            "17/7/2024 sửa đổi, bổ sung danh mục ban hành kèm theo Nghị định số 57/2022/NĐ-CP hết hiệu lực "
            "kể từ ngày Nghị định này có hiệu lực thi hành.",
            [
                ("57/2022/NĐ-CP", "replaces", None, None),
                ("90/2024/NĐ-CP", "replaces", None, None),
                ("57/2022/NĐ-CP", "amends", "90/2024/NĐ-CP", None),
            ],
            id="out-of-force-with-this-one",
        ),
        pytest.param(
            "Thực hiện Nghị quyết số 50/NQ-CP ngày 13/3/2025 của Chính phủ về ban hành Kế hoạch triển khai "
            "Nghị quyết số 163/2024/QH15 (gọi tắt là Nghị quyết số 50/NQ-CP), Quyết định số 7619/QĐ-BCA "
            "ngày 08/9/2025 của Bộ Công an; UBND tỉnh ban hành Kế hoạch như sau:",
            [
                ("50/NQ-CP", "implements", None, None),
                ("163/2024/QH15", "promulgates", "50/NQ-CP", None),
                ("7619/QĐ-BCA", "implements", None, None),
            ],
            id="the-outer-list-goes-on-after-a-bracket",
        ),
        pytest.param(
            "Quyết định này thay thế các Quyết định sau:\n"
            "1. Quyết định số 09/2008/QĐ-UBND ngày 30/5/2008 của UBND tỉnh.\n"
            "2. Quyết định số 10/2013/QĐ-UBND ngày 01/7/2013 của UBND tỉnh.",
            [
                ("09/2008/QĐ-UBND", "replaces", None, None),
                ("10/2013/QĐ-UBND", "replaces", None, None),
            ],
            id="a-lead-in-governs-its-list",
        ),
        pytest.param(
            "Điều 1. Bãi bỏ toàn bộ 02 văn bản do Bộ trưởng Bộ Y tế ban hành\n"
            "1. Quyết định số 500-BYT/QĐ ngày 10/04/1992 của Bộ trưởng Bộ Y tế.\n"
            "2. Thông tư số 30/2001/TT-BYT ngày 23/12/2001 của Bộ trưởng Bộ Y tế.",
            [("500-BYT/QĐ", "repeals", None, None), ("30/2001/TT-BYT", "repeals", None, None)],
            id="the-act-that-opens-an-article",
        ),
        pytest.param(
            "Thay thế cụm từ “Chi cục Hải quan” bằng cụm từ “Hải quan khu vực” tại Điều 10 Thông tư số "
            "13/2015/TT-BTC",
            [("13/2015/TT-BTC", "amends", None, None)],
            id="words-replaced-amend",
        ),
        pytest.param(
            "tiếp tục thực hiện cho đến khi Luật Nhà ở số 27/2023/QH15 có hiệu lực thi hành",
            [("27/2023/QH15", "mentions", None, None)],
            id="only-a-time",
        ),
        pytest.param(
            "theo quy định tại Điều 51 Nghị định số 128/2025/NĐ-CP ngày 11/6/2025 quy định về phân quyền và "
            "Điều 58 Nghị định số 129/2025/NĐ-CP ngày 11/6/2025",
            [("128/2025/NĐ-CP", "basis", None, None), ("129/2025/NĐ-CP", "basis", None, None)],
            id="a-list-of-parts-goes-on",
        ),
        pytest.param(
            "Căn cứ Kế hoạch số 5/KH-BCA ngày 05/01/2025, UBND tỉnh ban hành Kế hoạch như sau:\n"
            "Ngày 18/3/2025, Bộ Chính trị ban hành Kết luận số 132-KL/TW về ma túy.",
            [("5/KH-BCA", "implements", None, None), ("132-KL/TW", "mentions", None, None)],
            id="a-sentence-of-its-own-takes-nothing-from-above",
        ),
        pytest.param(
            "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH\n1. Quyết định số 924/QĐ-TTg ngày 22/8/2022 của Thủ tướng Chính "
            "phủ phê duyệt Chương trình.",
            [("924/QĐ-TTg", "basis", None, None)],
            id="a-heading-of-bases",
        ),
        pytest.param(
            "Căn cứ Kế hoạch số 620/KH-SGDĐT ngày 26/12/2025 của Sở Giáo dục và Đào tạo;\n"
            "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2025 của UBND tỉnh;",
            [("620/KH-SGDĐT", "implements", None, None), ("12/QĐ-UBND", "basis", None, None)],
            id="a-plan-carries-out-the-plan-that-it-rests-on",
        ),
    ],
)
def test_documents_hang_together_as_the_sentence_says(text, found):
    blocks, start = [], 0
    for number, line in enumerate(text.split("\n")):
        heading = number == 0 and "\n" in text and not line.endswith((":", ";"))
        blocks.append(
            Clause(
                path="1" if number == 0 else f"1.{number}",
                kind="heading" if heading else "narrative",
                label=None,
                text=line,
                page=1,
                span=Span(start, start + len(line)),
            )
        )
        start += len(line) + 1
    references = cite_text(text, blocks, PLAN, context=PROVINCE).references
    assert [(r.code, r.relation, r.from_code, r.to_code) for r in references] == found


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Nghị định số 116/2021/NĐ-CP", "Chính phủ"),
        ("Kế hoạch số 76/KH-UBND ngày 07/6/2024 của Ủy ban nhân dân huyện Bình Lục", "UBND huyện Bình Lục"),
        ("Kế hoạch số 76/KH-UBND ngày 07/6/2024 của UBND tỉnh", "UBND tỉnh Thanh Hóa"),
        ("Thông tư số 08/2022/TT-BYT ngày 01/6/2022 của Bộ trưởng Bộ Y tế quy định", "Bộ Y tế"),
        ("Quyết định số 12/QĐ-BCĐ ngày 05/01/2024", None),
        ("Quyết định số 605/QĐ-UBND ngày 16/3/2022 của Ủy ban nhân dân tỉnh Phê duyệt Đề án", "UBND tỉnh Thanh Hóa"),
        ("Kế hoạch số 16/KH-HĐTĐKT ngày 31/8/2021 của Hội đồng Thi đua - Khen thưởng Trung ương",
         "Hội đồng Thi đua - Khen thưởng Trung ương"),
        ("Báo cáo số 1630/BC-UBPLTP15 ngày 04/02/2026 của Thường trực Ủy ban Pháp luật và Tư pháp,",
         "Thường trực Ủy ban Pháp luật và Tư pháp"),
        ("Thông tư liên bộ số 11/TTLB ngày 20/12/1993 của Bộ Nội vụ, Bộ Quốc phòng", "Bộ Nội vụ, Bộ Quốc phòng"),
        ("Ngày 18/3/2025, Bộ Chính trị ban hành Kết luận số 132-KL/TW về việc", "Bộ Chính trị"),
        ("Theo đề nghị của Công an tỉnh tại Tờ trình số 12/TTr-PV01 ngày 05/01/2025", "Công an tỉnh Thanh Hóa"),
        ("quy định tại Quy chuẩn kỹ thuật quốc gia về khí thải ô tô do Bộ Y tế ban hành", "Bộ Y tế"),
        ("Thông báo số 15-TB/ĐU", None),
    ],
)  # fmt: skip
def test_the_issuer_is_printed_or_follows_from_the_symbol(text, issuer):
    assert [reference.issuer for reference in read(text)] == [issuer]


@pytest.mark.parametrize(
    ("text", "pinpoint"),
    [
        ("quy định tại điểm a, b khoản 2 Điều 5, Nghị định số 116/2021/NĐ-CP", "điểm a, b khoản 2 Điều 5"),
        ("theo Mục II Phần thứ hai Nghị quyết số 57-NQ/TW", "Mục II Phần thứ hai"),
        ("tại Phụ lục kèm theo Quyết định số 12/QĐ-TTg", "Phụ lục"),
        ("tại Phụ lục I Công văn số 2637/BGDĐT-VP", "Phụ lục I"),
        ("các Điều 5, 6 và 7 Luật Nhà ở số 27/2023/QH15", "các Điều 5, 6 và 7"),
        ("khoản 1 và khoản 3 Điều 12 của Luật Nhà ở số 27/2023/QH15", "khoản 1 và khoản 3 Điều 12"),
        ("Chương III Nghị định số 116/2021/NĐ-CP", "Chương III"),
        ("khoản 1 Điều 7; Điều 8 Nghị định số 15/2018/NĐ-CP", "khoản 1 Điều 7; Điều 8"),
        ("thực hiện Luật Nhà ở số 27/2023/QH15 (khoản 2 Điều 5)", "khoản 2 Điều 5"),
        ("theo Nghị định số 116/2021/NĐ-CP tại khoản 2 Điều 5", "khoản 2 Điều 5"),
        ("Luật Nhà ở số 27/2023/QH15, Điều 5 Luật này", None),
        ("Điều 3. Thi hành Nghị định số 116/2021/NĐ-CP", None),
    ],
)  # fmt: skip
def test_a_pinpoint_stands_beside_the_document(text, pinpoint):
    assert [reference.pinpoint for reference in read(text)] == [pinpoint]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param(
            "Kinh phí thực hiện Kế hoạch này", [("Kế hoạch này", "192/KH-UBND")], id="itself"
        ),
        pytest.param(
            "Nghị định số 116/2021/NĐ-CP. Theo Nghị định nêu trên, Sở Y tế",
            [("Nghị định nêu trên", "116/2021/NĐ-CP")],
            id="the-one-above",
        ),
        pytest.param(
            "Quyết định số 7619/QĐ-BCA ngày 08/9/2025 phê duyệt Chương trình mục tiêu (sau đây gọi tắt là "
            "Chương trình MTQG); thực hiện Chương trình MTQG.",
            [("Chương trình MTQG", "7619/QĐ-BCA"), ("Chương trình MTQG", "7619/QĐ-BCA")],
            id="the-name-that-a-bracket-gives",
        ),
        pytest.param(
            "Nghị quyết số 50/NQ-CP ngày 13/3/2025 (Nghị quyết số 50/NQ-CP)",
            [("Nghị quyết số 50/NQ-CP", "50/NQ-CP")],
            id="a-number-that-only-names-again",
        ),
        pytest.param("sửa đổi như sau: “Nghị định này quy định", [], id="words-of-another-text"),
        pytest.param("các hộ trên địa bàn; kế hoạch trên địa bàn tỉnh", [], id="no-document"),
    ],
)
def test_short_forms_are_resolved_and_are_no_citations(text, meant):
    span = Span(0, len(text))
    block = Clause(path="1", kind="task", label=None, text=text, page=1, span=span)
    citings = cite_text(text, [block], PLAN, context=PROVINCE)
    assert [(short.surface, short.code) for short in citings.short_forms] == meant
    places = {(short.span.start, short.span.end) for short in citings.short_forms}
    assert not places & {(r.span.start, r.span.end) for r in citings.references}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("các Nghị quyết số 18, 19-NQ/TW ngày 25/10/2017", ["18-NQ/TW", "19-NQ/TW"]),
        ("Nghị quyết 57, 59 và 66-NQ/TW", ["57-NQ/TW", "59-NQ/TW", "66-NQ/TW"]),
        ("Nghị định số 34/2016/NĐ-CP và 154/2020/NĐ-CP", ["34/2016/NĐ-CP", "154/2020/NĐ-CP"]),
    ],
)
def test_a_list_of_numbers_prints_its_symbol_once(text, codes):
    assert [reference.code for reference in read(text)] == codes


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Bổ sung dự án Luật Thủ đô (sửa đổi) vào Chương trình", []),
        ("Trình dự án Luật sửa đổi, bổ sung một số điều của Luật Nhà ở thành dự án Luật Nhà ở (sửa đổi)", []),
        ("STT | Tên dự án | Cơ quan trình\n1 | Luật Thủ đô | Chính phủ", []),
        ("theo quy định của Luật Thủ đô năm 2024", ["Luật Thủ đô năm 2024"]),
        ("xây dựng Luật Đất đai số 31/2024/QH15", ["Luật Đất đai số 31/2024/QH15"]),
    ],
)  # fmt: skip
def test_a_bill_is_no_document(text, surfaces):
    assert [reference.surface for reference in read(text)] == surfaces


def test_the_number_of_an_amending_law_is_its_own():
    text = "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Xây dựng số 62/2020/QH14;"
    assert [(r.surface, r.code) for r in read(text)] == [(text[7:-1], "62/2020/QH14")]


def test_a_later_number_takes_date_and_issuer_of_the_first():
    text = "Kết luận số 132-KL/TW ngày 18/3/2025 của Bộ Chính trị.\nTheo Kết luận số 132-KL/TW, Sở Y tế"
    assert [(r.date, r.issuer) for r in read(text)] == [(dt.date(2025, 3, 18), "Bộ Chính trị")] * 2


def test_a_column_of_sources_holds_numbers_alone():
    rows = "Nhiệm vụ | Nguồn chỉ đạo | Đơn vị\n1 | Trả lời chất vấn | 13317/QH | Vụ 1/2"
    assert [(r.surface, r.relation) for r in read(rows)] == [("13317/QH", "basis")]


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


def facts(text):
    """Return of each reference its surface, its relation and whose relation it is."""
    return [(found.surface, found.relation, found.from_code) for found in read(text)]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        pytest.param(
            "Căn cứ Nghị định số 43/2014/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Đất đai;",
            ["Nghị định số 43/2014/NĐ-CP của Chính phủ"],
            id="in-the-title-of-a-decree",
        ),
        pytest.param(
            "Chính phủ ban hành Nghị định quy định chi tiết và biện pháp thi hành Luật Giá.",
            [],
            id="in-the-title-of-what-is-made",
        ),
        pytest.param("Nghị định này quy định chi tiết Điều 4 của Luật Giá.", ["Luật Giá"], id="what-this-one-details"),
        pytest.param(
            "Căn cứ Nghị định số 9/2024/NĐ-CP quy định chi tiết Luật Giá số 16/2023/QH15;",
            ["Nghị định số 9/2024/NĐ-CP", "Luật Giá số 16/2023/QH15"],
            id="with-its-number",
        ),
        pytest.param(
            "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công Luật Đầu tư và Luật Đấu thầu;",
            ["Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công Luật Đầu tư và Luật Đấu thầu"],
            id="no-comma",
        ),
        pytest.param(
            "Căn cứ Luật sửa đổi 10 luật liên quan đến an ninh, trật tự;",
            ["Luật sửa đổi 10 luật liên quan đến an ninh, trật tự"],
            id="a-number-of-laws",
        ),
        pytest.param(
            "theo Luật Giá (Luật số 16/2023/QH15)", ["Luật Giá (Luật số 16/2023/QH15)"], id="one-law"
        ),
        pytest.param("Triển khai Đề án 06 và Chương trình 135", [], id="short-names"),
        pytest.param("lồng ghép vào Chương trình mục tiêu quốc gia xây dựng nông thôn mới", [], id="no-phase"),
        pytest.param(
            "Căn cứ Công ước của Liên hợp quốc năm 1988 về chống buôn bán ma túy;",
            ["Công ước của Liên hợp quốc năm 1988 về chống buôn bán ma túy"],
            id="treaty",
        ),
        pytest.param("theo các công ước quốc tế năm 1988", [], id="no-treaty"),
        pytest.param("Nước thải đạt QCVN 14:2008/BTNMT.", ["QCVN 14:2008/BTNMT"], id="standard"),
        pytest.param("Ban hành kèm theo Thông tư này QCVN 14:2025/BXD.", [], id="own-standard"),
        pytest.param(
            "STT | Tên dự án luật | Căn cứ\n1 | Luật Giá | Luật Đất đai năm 2024",
            ["Luật Đất đai năm 2024"],
            id="what-a-bill-changes",
        ),
    ],
)  # fmt: skip
def test_what_is_named_for_its_own_sake_is_a_reference(text, surfaces):
    assert [reference.surface for reference in read(text)] == surfaces


@pytest.mark.parametrize(
    ("surface", "code", "repair"),
    [
        ("Quyêt định số 456/QĐ-TTg", "456/QĐ-TTg", "type word mended"),
        ("Kê hoạch số 12/KH-UBND", "12/KH-UBND", "type word mended"),
        ("Kế hoạch số12/KH-UBND ngày12/3/2025 của Uỷban nhân dân tỉnh", "12/KH-UBND", None),
        ("Kế hoạch số 12/KH-UBND", "12/KH-UBND", None),
    ],
)
def test_letters_and_blanks_that_a_scan_lost_hide_no_citation(surface, code, repair):
    [found] = read(f"Thực hiện {surface}, Sở Y tế báo cáo")
    assert (found.surface, found.code, found.repair) == (surface, code, repair)
    assert (found.confidence < 0.9) == (repair is not None)


@pytest.mark.parametrize(
    ("text", "date", "issuer"),
    [
        (
            "Ngày 12/3/2025, Thủ tướng Chính phủ ban hành Quyết định số 456/QĐ-TTg về A.",
            dt.date(2025, 3, 12),
            "Thủ tướng Chính phủ",
        ),
        ("Ngày 12/3/2025, tại cuộc họp đã nêu Công văn số 456/BYT-KCB.", None, "Bộ Y tế"),
        ("Ngày 31/02/2025, Bộ Y tế có Công văn số 456/BYT-KCB.", None, "Bộ Y tế"),
    ],
)
def test_the_day_that_opens_the_sentence_is_of_what_was_issued(text, date, issuer):
    [found] = read(text)
    assert (found.date, found.issuer) == (date, issuer)


def test_the_bodies_of_a_symbol_are_those_of_the_year_in_the_number():
    [found] = read("Thông tư liên tịch số 11/2005/TTLT-BNV-BLĐTBXH-BTC")
    assert found.issuer == "Bộ Nội vụ, Bộ Lao động - Thương binh và Xã hội, Bộ Tài chính"


@pytest.mark.parametrize(
    ("lead_in", "relation"),
    [
        ("Bãi bỏ toàn bộ các văn bản quy phạm pháp luật sau đây:", "repeals"),
        ("Các văn bản do UBND tỉnh ban hành bị bãi bỏ gồm có:", "repeals"),
        ("Danh mục văn bản hết hiệu lực toàn bộ:", "repeals"),
        ("Các văn bản sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực:", "replaces"),
    ],
)
def test_a_list_of_what_ends_holds_its_word_over_sentences(lead_in, relation):
    first, second = "Quyết định số 4/2014/QĐ-UBND", "Chỉ thị số 5/2012/CT-UBND"
    items = f"{lead_in}\n1. {first} về quản lý chợ.\n2. {second} về đất đai."
    assert facts(items) == [(first, relation, None), (second, relation, None)]
    assert facts(f"{lead_in}\n1. {first} về chợ.\n{second} vẫn áp dụng.")[1][1] == "mentions"


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Thực hiện Chỉ thị số 5/CT-TTg, Sở Y tế", "implements"),
        ("UBND tỉnh đã ban hành Chỉ thị số 5/CT-TTg", "mentions"),
        ("các nhiệm vụ đã giao tại Chỉ thị số 5/CT-TTg", "mentions"),
        ("Sau 5 năm thực hiện Chỉ thị số 5/CT-TTg, kết quả", "mentions"),
        ("báo cáo tình hình triển khai thực hiện Chỉ thị số 5/CT-TTg", "mentions"),
    ],
)
def test_a_look_back_carries_nothing_out(text, relation):
    assert [found.relation for found in read(text)] == [relation]


def test_a_plan_made_in_order_to_carry_out_a_directive_carries_it_out():
    text = (
        "UBND tỉnh đã ban hành Kế hoạch số 45/KH-UBND để triển khai thực hiện Chỉ thị số 5/CT-TTg"
    )
    assert facts(text) == [
        ("Kế hoạch số 45/KH-UBND", "mentions", None),
        ("Chỉ thị số 5/CT-TTg", "implements", "45/KH-UBND"),
    ]


def test_a_row_that_is_the_first_of_its_table_has_no_column_head():
    assert facts("3 | Công văn số 5/BYT-KCB | Sở Y tế") == [
        ("Công văn số 5/BYT-KCB", "mentions", None)
    ]


def test_what_amends_a_law_is_listed_with_semicolons_too():
    text = "Căn cứ Luật Nhà ở số 27/2023/QH15 được sửa đổi, bổ sung bởi: Luật số 43/2024/QH15; Luật số 47/2024/QH15;"
    assert [(found.relation, found.to_code) for found in read(text)] == [
        ("basis", None),
        ("amends", "27/2023/QH15"),
        ("amends", "27/2023/QH15"),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("(Kèm theo Kế hoạch số     /KH-UBND ngày   /  /2025 của UBND tỉnh)", 0),
        ("Kế hoạch số ……/KH-UBND về việc dạy nghề", 1),
        ("Quyết định số ……/QĐ-UBND ngày … tháng … năm 2025", 1),
    ],
)
def test_a_blank_number_of_its_own_symbol_is_the_document_itself(text, count):
    assert len(read(text)) == count


def test_joint_ministries_keep_their_names():
    [found] = read("Thông tư liên bộ số 29/TTLB ngày 25/12/1991 của liên Bộ Y tế - Bộ Tài chính")
    assert found.issuer == "Bộ Y tế - Bộ Tài chính"


def test_a_dash_joins_a_part_to_its_document():
    pins = [found.pinpoint for found in read("tại điều 56 - Luật Giá và chương IV-Luật Đất đai")]
    assert pins == ["điều 56", "chương IV"]


def test_a_translation_cites_with_its_own_words():
    text = (
        "the Government’s Decree No. 43/2014/ND-CP of May 15, 2014, detailing; Law No. 82/2006/QH11"
    )
    assert [(found.surface, found.code, found.date) for found in read(text)] == [
        ("Decree No. 43/2014/ND-CP of May 15, 2014", "43/2014/NĐ-CP", dt.date(2014, 5, 15)),
        ("Law No. 82/2006/QH11", "82/2006/QH11", None),
    ]
