"""What the header step reads of the letterhead, the opening and the closing."""

import datetime as dt
import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.header import read_header
from ingest.model import Clean, Paragraph, Span

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
BODY = "I. MỤC ĐÍCH\n1. Nâng cao nhận thức.\n2. Giao Công an tỉnh chủ trì./."


def clean_of(text, **properties):
    """Return a clean text of one paragraph a line."""
    paragraphs = []
    clean = ""
    for line in unicodedata.normalize("NFC", text).split("\n"):
        if line.strip():
            start = len(clean)
            paragraphs.append(Paragraph(span=Span(start, start + len(line))))
            clean += line + "\n"
    return Clean(text=clean, paragraphs=tuple(paragraphs), places=(), properties=properties)


def read(text, **properties):
    return read_header(clean_of(text, **properties))


def kinds(text):
    header = read(text)
    return list(header.zones)


PLAN = f"""\
ỦY BAN NHÂN DÂN
TỈNH LAM GIANG
Số: 23/KH-UBND
{MOTTO}
Lam Giang, ngày 05 tháng 02 năm 2024
KẾ HOẠCH
Phòng, chống ma túy năm 2024
Thực hiện Chỉ thị số 36-CT/TW ngày 16/8/2019 của Bộ Chính trị, UBND tỉnh xây dựng Kế hoạch như sau:
{BODY}
Nơi nhận:
- Bộ Công an;
- Các sở, ngành;
- Lưu: VT, NC.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Quang Thắng"""


REGULATION = (
    "QUY ĐỊNH\nTuyển chọn nhiệm vụ khoa học\n"
    "(Ban hành kèm theo Quyết định số 09/2010/QĐ-UBND ngày 21 tháng 01 năm 2010 "
    "của Ủy ban nhân dân thành phố Cần Thơ)\nChương I\nĐiều 1. Phạm vi"
)


def test_plan_of_a_province_is_read_whole():
    header = read(PLAN)
    found = header.metadata
    assert found.code == "23/KH-UBND"
    assert found.symbol == "KH-UBND"
    assert found.doc_type == "Kế hoạch"
    assert found.issuer == "UBND tỉnh Lam Giang"
    assert found.issuer_level == "province"
    assert found.place == "Lam Giang"
    assert found.issued_on == dt.date(2024, 2, 5)
    assert found.title == "Phòng, chống ma túy năm 2024"
    assert found.signer == "Lê Quang Thắng"
    assert found.signer_position == "PHÓ CHỦ TỊCH"
    assert found.recipients == ("Bộ Công an", "Các sở, ngành", "Lưu: VT, NC")
    assert header.context.unit == header.context.province == "tỉnh Lam Giang"
    assert header.cautions == ()


def test_each_paragraph_of_a_plan_has_its_zone():
    assert kinds(PLAN) == (
        ["letterhead"] * 6
        + ["title"] * 2
        + ["preamble"]
        + [None] * 3
        + ["recipients"] * 4
        + ["signature"] * 4
    )


@pytest.mark.parametrize(
    "letterhead",
    [
        pytest.param(
            f"UBND HUYỆN VÂN KHÊ\nPHÒNG TƯ PHÁP\nSố: 41/KH-TP\n{MOTTO}\n"
            "Vân Khê, ngày 21 tháng 02 năm 2024",
            id="left-column-first",
        ),
        pytest.param(
            f"{MOTTO}\nVân Khê, ngày 21 tháng 02 năm 2024\nUBND HUYỆN VÂN KHÊ\nPHÒNG TƯ PHÁP\n"
            "Số: 41/KH-TP",
            id="right-column-first",
        ),
        pytest.param(
            "UBND HUYỆN VÂN KHÊ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "PHÒNG TƯ PHÁP Độc lập - Tự do - Hạnh phúc\n"
            "Số: 41/KH-TP Vân Khê, ngày 21 tháng 02 năm 2024",
            id="columns-on-one-line",
        ),
        pytest.param(
            "UBND HUYỆN VÂN KHÊ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "PHÒNG TƯ PHÁP | Độc lập – Tự do – Hạnh phúc\n"
            "Số: 41 /KH-TP | Vân Khê, ngày 21 tháng 02 năm 2024",
            id="rows-of-a-table",
        ),
        pytest.param(
            "UBND HUYỆN VÂN KHÊ\n-------\nPHÒNG TƯ PHÁP\n_____\n"
            "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-----------\n"
            "Số:41/KH- TP\nVân Khê, ngày 21 tháng 02năm 2024",
            id="rules-between",
        ),
    ],
)
def test_letterhead_is_read_in_any_layout(letterhead):
    found = read(f"{letterhead}\nKẾ HOẠCH\nHòa giải ở cơ sở\n{BODY}").metadata
    assert found.code == "41/KH-TP"
    assert found.issuer == "Phòng Tư pháp huyện Vân Khê"
    assert found.issuer_level == "district"
    assert found.place == "Vân Khê"
    assert found.issued_on == dt.date(2024, 2, 21)
    assert found.title == "Hòa giải ở cơ sở"


@pytest.mark.parametrize(
    ("lines", "issuer", "level"),
    [
        pytest.param(
            "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI", "UBND thành phố Hà Nội", "province", id="city"
        ),
        pytest.param("UỶ BAN NHÂN DÂN XÃ VÂN KHÊ", "UBND xã Vân Khê", "commune", id="commune"),
        pytest.param(
            "HỘI ĐỒNG NHÂN DÂN\nTỈNH LAM GIANG", "HĐND tỉnh Lam Giang", "province", id="council"
        ),
        pytest.param(
            "UBND TỈNH LAM GIANG\nSỞ GDĐT",
            "Sở Giáo dục và Đào tạo tỉnh Lam Giang",
            "province",
            id="department-abbreviated",
        ),
        pytest.param(
            "SỞ GDĐT TỈNH LAM GIANG\nTRƯỜNG THPT VÂN KHÊ 2",
            "Trường THPT Vân Khê 2",
            "province",
            id="school",
        ),
        pytest.param(
            "UBND HUYỆN VÂN KHÊ\nBAN CHỈ ĐẠO PCTP, TNXH VÀ\nXDPT TOÀN DÂN BVANTQ",
            "Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội và xây dựng phong trào toàn dân "
            "bảo vệ an ninh Tổ quốc huyện Vân Khê",
            "district",
            id="steering-committee",
        ),
        pytest.param(
            "UBND TỈNH LAM GIANG\nCÔNG AN TỈNH", "Công an tỉnh Lam Giang", "province", id="police"
        ),
        pytest.param(
            "BỘ CÔNG AN\nCÔNG AN TỈNH LAM GIANG",
            "Công an tỉnh Lam Giang",
            "province",
            id="police-under-its-ministry",
        ),
        pytest.param("BỘ TÀI CHÍNH\nTỔNG CỤC THUẾ", "Tổng cục Thuế", "central", id="department"),
        pytest.param(
            "BỘ NÔNG NGHIỆP\nVÀ MÔI TRƯỜNG",
            "Bộ Nông nghiệp và Môi trường",
            "central",
            id="name-on-two-lines",
        ),
        pytest.param("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ", "central", id="prime-minister"),
        pytest.param(
            "BỘ TƯ PHÁP - BỘ NGOẠI GIAO - TÒA ÁN NHÂN DÂN TỐI CAO",
            "Bộ Tư pháp; Bộ Ngoại giao; Tòa án nhân dân tối cao",
            "central",
            id="joint",
        ),
        pytest.param(
            "UBND TỈNH LAM GIANG\nVĂN PHÒNG",
            "Văn phòng UBND tỉnh Lam Giang",
            "province",
            id="office",
        ),
        pytest.param(
            "CÔNG TY CỔ PHẦN\nNƯỚC SẠCH LAM GIANG",
            "Công ty cổ phần Nước Sạch Lam Giang",
            None,
            id="company",
        ),
    ],
)
def test_issuer_is_named_in_full(lines, issuer, level):
    found = read(
        f"{lines}\nSố: 12/KH-X\n{MOTTO}\nLam Giang, ngày 5 tháng 2 năm 2024\n"
        f"KẾ HOẠCH\nCông tác năm 2024\n{BODY}"
    ).metadata
    assert found.issuer == issuer
    assert found.issuer_level == level


@pytest.mark.parametrize(
    ("lines", "issuer", "unit"),
    [
        pytest.param("TỈNH ỦY LAM GIANG\n*", "Tỉnh ủy Lam Giang", "tỉnh Lam Giang", id="province"),
        pytest.param(
            "ĐẢNG BỘ TỈNH LAM GIANG\nHUYỆN ỦY VÂN KHÊ\n*",
            "Huyện ủy Vân Khê",
            "huyện Vân Khê",
            id="district",
        ),
        pytest.param(
            "HUYỆN ỦY VÂN KHÊ\nBAN TUYÊN GIÁO\n*",
            "Ban Tuyên giáo Huyện ủy Vân Khê",
            "huyện Vân Khê",
            id="its-department",
        ),
        pytest.param("ĐẢNG ỦY XÃ HÀ THANH\n*", "Đảng ủy xã Hà Thanh", "xã Hà Thanh", id="commune"),
    ],
)
def test_party_document_is_read(lines, issuer, unit):
    header = read(
        f"{lines}\nSố 05-KH/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nVân Khê, ngày 12 tháng 01 năm 2024\n"
        f"KẾ HOẠCH\nThực hiện Chỉ thị số 36-CT/TW\n-----\n{BODY}\n"
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nLò Văn Mừng"
    )
    found = header.metadata
    assert found.code == "05-KH/HU"
    assert found.symbol == "KH/HU"
    assert found.issuer == issuer
    assert header.context.unit == unit
    assert found.title == "Thực hiện Chỉ thị số 36-CT/TW"
    assert (found.signer_position, found.signer) == ("PHÓ BÍ THƯ", "Lò Văn Mừng")


@pytest.mark.parametrize(
    ("number", "code", "symbol"),
    [
        pytest.param("Số: 192/KH-UBND", "192/KH-UBND", "KH-UBND", id="plain"),
        pytest.param("Số: 72/2024/QĐ-UBND", "72/2024/QĐ-UBND", "QĐ-UBND", id="with-year"),
        pytest.param("Số:      /KH-UBND", None, "KH-UBND", id="blank"),
        pytest.param("Số: ……/KH-UBND", None, "KH-UBND", id="dotted-blank"),
        pytest.param("Số:     /2026/QĐ-UBND", None, "QĐ-UBND", id="blank-with-year"),
        pytest.param("Số: 17/NQ- CP", "17/NQ-CP", "NQ-CP", id="space-in-symbol"),
        pytest.param("Số: 12/TTr–CAT", "12/TTr-CAT", "TTr-CAT", id="long-dash"),
        pytest.param("Luật số: 73/2021/QH14", "73/2021/QH14", "QH14", id="law"),
        pytest.param("Số: 575/UBND-KTTH", "575/UBND-KTTH", "UBND-KTTH", id="letter"),
        pytest.param(
            "Số: 13/2025/TTLT-BTP-BNG-TANDTC",
            "13/2025/TTLT-BTP-BNG-TANDTC",
            "TTLT-BTP-BNG-TANDTC",
            id="joint",
        ),
        pytest.param("Số: 3 6 2 /KH-SGDĐT", "362/KH-SGDĐT", "KH-SGDĐT", id="stamped-digits"),
        pytest.param("58/KH-THPTVK", "58/KH-THPTVK", "KH-THPTVK", id="without-its-word"),
    ],
)
def test_number_is_read_as_printed(number, code, symbol):
    header = read(f"UBND TỈNH LAM GIANG\n{number}\n{MOTTO}\nKẾ HOẠCH\nNăm 2024\n{BODY}")
    assert header.metadata.code == code
    assert header.metadata.symbol == symbol
    blank = [caution.code for caution in header.cautions] == ["number-blank"]
    assert blank is (code is None)


@pytest.mark.parametrize(
    ("line", "place", "date"),
    [
        pytest.param("Lam Giang, ngày 5 tháng 2 năm 2024", "Lam Giang", (2024, 2, 5), id="full"),
        pytest.param("Lam Giang, ngày    tháng 2 năm 2024", "Lam Giang", None, id="no-day"),
        pytest.param("Lam Giang, ngày … tháng … năm 2024", "Lam Giang", None, id="dotted"),
        pytest.param("Lam Giang, ngày 31 tháng 02 năm 2024", "Lam Giang", None, id="no-such-day"),
        pytest.param(
            "Lam Giang, ngày 1 4 tháng 2 năm 2024", "Lam Giang", (2024, 2, 14), id="stamp"
        ),
        pytest.param("TP. Huế, ngày 05/02/2024", "TP. Huế", (2024, 2, 5), id="slashes"),
    ],
)
def test_place_and_date_are_read(line, place, date):
    found = read(f"UBND TỈNH LAM GIANG\n{MOTTO}\n{line}\nKẾ HOẠCH\nNăm 2024\n{BODY}").metadata
    assert found.place == place
    assert found.issued_on == (dt.date(*date) if date else None)


@pytest.mark.parametrize(
    ("lines", "doc_type", "title"),
    [
        pytest.param(
            "KẾ HOẠCH\nHai dòng tên\ngọi một việc",
            "Kế hoạch",
            "Hai dòng tên gọi một việc",
            id="two-lines",
        ),
        pytest.param(
            "KẾ HOẠCH Triển khai Đề án 06", "Kế hoạch", "Triển khai Đề án 06", id="on-one-line"
        ),
        pytest.param(
            "KẾ HOẠCH\nTRIỂN KHAI ĐỀ ÁN\nNĂM 2024",
            "Kế hoạch",
            "TRIỂN KHAI ĐỀ ÁN NĂM 2024",
            id="capitals",
        ),
        pytest.param(
            "QUYẾT ĐỊNH\nVề việc giao kế hoạch\n"
            "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM GIANG\nCăn cứ Luật Đầu tư công;",
            "Quyết định",
            "Về việc giao kế hoạch",
            id="who-decides-is-no-title",
        ),
        pytest.param(
            "NGHỊ ĐỊNH\nQuy định một biện pháp;\ntrình tự, thủ tục áp dụng\n"
            "Căn cứ Luật Tổ chức Chính phủ;",
            "Nghị định",
            "Quy định một biện pháp; trình tự, thủ tục áp dụng",
            id="semicolon-inside",
        ),
        pytest.param(
            "TỜ TRÌNH\nVề dự toán năm 2024\nKính gửi: Sở Tài chính",
            "Tờ trình",
            "Về dự toán năm 2024",
            id="addressee-is-no-title",
        ),
        pytest.param(
            "CHƯƠNG TRÌNH\nHành động\n_____", "Chương trình", "Hành động", id="rule-below"
        ),
    ],
)
def test_type_and_title_are_told_apart(lines, doc_type, title):
    found = read(f"UBND TỈNH LAM GIANG\nSố: 1/X-UBND\n{MOTTO}\n{lines}\n{BODY}").metadata
    assert found.doc_type == doc_type
    assert found.title == title


def test_title_in_bold_ends_where_the_bold_does():
    clean = clean_of(
        f"{MOTTO}\nCHỈ THỊ\nVề một việc\nThời gian qua, các ngành đã làm\ntốt.\n1. Sở Y tế"
    )
    bold = [replace(paragraph, bold=n < 4) for n, paragraph in enumerate(clean.paragraphs)]
    header = read_header(replace(clean, paragraphs=tuple(bold)))
    assert header.metadata.title == "Về một việc"


def test_letter_has_its_subject_for_a_title_and_its_addressees_apart():
    text = (
        f"UBND TỈNH LAM GIANG\nSố: 640/UBND-NC\n"
        f"V/v chuyển giao cơ sở cai nghiện\nma túy công lập\n{MOTTO}\n"
        "Lam Giang, ngày 25 tháng 02 năm 2025\nKính gửi:\n- Công an tỉnh;\n- Sở Y tế.\n"
        "Thực hiện Nghị quyết số 176/2025/QH15, UBND tỉnh yêu cầu:\n1. Công an tỉnh tiếp nhận.\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nHoàng Văn Nam"
    )
    header = read(text)
    assert header.metadata.doc_type == "Công văn"
    assert header.metadata.title == "V/v chuyển giao cơ sở cai nghiện ma túy công lập"
    assert header.metadata.recipients == ("Như trên", "Lưu: VT")
    assert header.metadata.signer_position == "CHÁNH VĂN PHÒNG"
    assert header.zones[7:12] == ("recipients",) * 3 + ("preamble", None)


@pytest.mark.parametrize(
    ("closing", "position", "signer"),
    [
        pytest.param(
            "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nHà Văn An", "CHỦ TỊCH", "Hà Văn An", id="chair"
        ),
        pytest.param(
            "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nHà Văn An", "PHÓ CHỦ TỊCH", "Hà Văn An", id="deputy"
        ),
        pytest.param(
            "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nHà Văn An",
            "PHÓ CHÁNH VĂN PHÒNG",
            "Hà Văn An",
            id="by-order",
        ),
        pytest.param(
            "KT.HIỆU TRƯỞNG PHÓ HIỆU TRƯỞNG\nHà Văn An",
            "PHÓ HIỆU TRƯỞNG",
            "Hà Văn An",
            id="two-on-one-line",
        ),
        pytest.param(
            "BỘ TRƯỞNG\nĐại tướng Hà Văn An", "BỘ TRƯỞNG", "Hà Văn An", id="rank-is-no-name"
        ),
        pytest.param(
            "TRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH\nHà Văn An",
            "PHÓ CHỦ TỊCH UBND TỈNH",
            "Hà Văn An",
            id="nearest-to-the-name",
        ),
        pytest.param("KT. CHỦ TỊCH", "KT. CHỦ TỊCH", None, id="name-lost"),
        pytest.param(
            "GIÁM ĐỐC\nĐoàn Văn Sơn", "GIÁM ĐỐC", "Đoàn Văn Sơn", id="surname-like-a-body"
        ),
        pytest.param("GIÁM ĐỐC\nHÀ VĂN AN", "GIÁM ĐỐC", "Hà Văn An", id="name-in-capitals"),
        pytest.param(
            "Q. GIÁM ĐỐC\nY Thanh Niê Kdăm", "Q. GIÁM ĐỐC", "Y Thanh Niê Kdăm", id="acting"
        ),
        pytest.param(
            "KT. BỘ TRƯỞNG\nBỘ TƯ PHÁP\nTHỨ TRƯỞNG\nHà Văn An\n"
            "KT. BỘ TRƯỞNG\nBỘ NGOẠI GIAO\nTHỨ TRƯỞNG\nLê Thị Bình",
            "THỨ TRƯỞNG; THỨ TRƯỞNG",
            "Hà Văn An; Lê Thị Bình",
            id="two-signers",
        ),
    ],
)
def test_signer_and_position_are_read(closing, position, signer):
    found = read(f"{PLAN.partition('Nơi nhận')[0]}Nơi nhận:\n- Lưu: VT.\n{closing}").metadata
    assert found.signer_position == position
    assert found.signer == signer
    assert found.recipients == ("Lưu: VT",)


@pytest.mark.parametrize(
    ("lines", "recipients"),
    [
        pytest.param("Nơi nhận: - Sở Y tế; - Lưu: VT.", ("Sở Y tế", "Lưu: VT"), id="one-line"),
        pytest.param("Nơi nhận:\nSở Y tế;\nLưu: VT.", ("Sở Y tế", "Lưu: VT"), id="without-dashes"),
        pytest.param(
            "Nơi nhận:\n- Cục Thuế; Kho bạc;\n- Lưu: VT.",
            ("Cục Thuế; Kho bạc", "Lưu: VT"),
            id="two-in-a-line",
        ),
        pytest.param(
            "Nơi nhận:\n- Các sở, ngành,\nđoàn thể tỉnh;\n- Lưu: VT.",
            ("Các sở, ngành, đoàn thể tỉnh", "Lưu: VT"),
            id="wrapped",
        ),
        pytest.param(
            "Nơi nhận:\n- Như trên;\nLưu: VT, NC./.",
            ("Như trên", "Lưu: VT, NC"),
            id="last-without-dash",
        ),
        pytest.param(
            "Nơi nhận:\n- Sở Y tế;\n- Lưu: VT.\nNP_VP6_KH138", ("Sở Y tế", "Lưu: VT"), id="file-tag"
        ),
        pytest.param(
            "Nơi nhận:\n- Sở Y tế;\n- Lưu: VT.\n* Tài liệu được phép sao chụp.",
            ("Sở Y tế", "Lưu: VT"),
            id="note",
        ),
        pytest.param(
            "Nơi nhận:\n- Sở Y tế;    (Đã ký)\n- Lưu: VT.", ("Sở Y tế", "Lưu: VT"), id="seal-beside"
        ),
    ],
)
def test_recipients_are_read(lines, recipients):
    found = read(f"{PLAN.partition('Nơi nhận')[0]}{lines}\nCHỦ TỊCH\nHà Văn An").metadata
    assert found.recipients == recipients
    assert found.signer == "Hà Văn An"


def test_closing_is_read_when_its_columns_share_their_lines():
    found = read(
        f"{PLAN.partition('Nơi nhận')[0]}Nơi nhận: KT. HIỆU TRƯỞNG\n"
        "- Sở Y tế; PHÓ HIỆU TRƯỞNG\n- Lưu: VT.\nHà Văn An"
    ).metadata
    assert found.recipients == ("Sở Y tế", "Lưu: VT")
    assert (found.signer_position, found.signer) == ("PHÓ HIỆU TRƯỞNG", "Hà Văn An")


def test_signature_above_the_recipients_is_found():
    found = read(
        f"{PLAN.partition('Nơi nhận')[0]}TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nHà Văn An\n"
        "Nơi nhận:\n- Sở Y tế;\n- Lưu: VT."
    ).metadata
    assert (found.signer_position, found.signer) == ("CHỦ TỊCH", "Hà Văn An")
    assert found.recipients == ("Sở Y tế", "Lưu: VT")


def test_models_in_an_annex_do_not_pass_for_the_closing():
    header = read(
        f"{PLAN}\nPHỤ LỤC I\nMẪU BÁO CÁO\nNơi nhận:\n- Cơ quan nhận báo cáo;\n"
        "THỦ TRƯỞNG ĐƠN VỊ\nNguyễn Văn Mẫu"
    )
    assert header.metadata.signer == "Lê Quang Thắng"
    assert header.metadata.recipients[0] == "Bộ Công an"
    assert header.zones[-6:] == (None,) * 6


def test_issuer_without_letterhead_is_who_plans_in_the_province_that_the_text_names():
    header = read(
        "KẾ HOẠCH\nTháng hành động\n"
        "Thực hiện Văn bản số 3426/VPCP-KGVX, UBND tỉnh xây dựng Kế hoạch như sau:\n"
        "I. PHÂN CÔNG\n1. Đài Phát thanh và Truyền hình Ninh Bình, Báo Ninh Bình đưa tin.\n"
        "2. Cục Hải quan Hà Nam Ninh kiểm soát.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nHà Văn An"
    )
    assert header.metadata.issuer == "UBND tỉnh Ninh Bình"
    assert header.metadata.code is None
    assert header.metadata.place is None
    assert header.metadata.confidence["issuer"] < 0.9
    assert header.cautions == ()


def test_short_letterhead_takes_its_place_from_the_text():
    header = read(
        f"ỦY BAN NHÂN DÂN\n{MOTTO}\nSố: 5/KH-UBND\nKẾ HOẠCH\nPhòng, chống lũ\n"
        f"Căn cứ Luật Phòng thủ dân sự, UBND huyện Vân Khê ban hành Kế hoạch như sau:\n{BODY}"
    )
    assert header.metadata.issuer == "UBND huyện Vân Khê"
    assert header.context.district == "huyện Vân Khê"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(
            "- Tiếp tục thực hiện Chỉ thị 36-CT/TW.\n2. Tuyên truyền\n- Tổ chức tập huấn.\n"
            "Nơi nhận:\n- Lưu: VT.\nTRƯỞNG BAN\nHà Văn An",
            "starts-mid-document",
            id="first-page-missing",
        ),
        pytest.param(
            "Ban hành kế hoạch phòng, chống ma túy\n"
            "Ban Chỉ đạo 138 tỉnh vừa ban hành Kế hoạch phòng, chống ma túy.\n"
            "Theo đó, mục tiêu là huy động sức mạnh tổng hợp.",
            "not-a-directive",
            id="news",
        ),
        pytest.param(f"DỰ THẢO\n{PLAN}", "draft", id="draft"),
        pytest.param(
            REGULATION,
            "attached",
            id="attached",
        ),
    ],
)
def test_reader_is_cautioned(text, code):
    assert [caution.code for caution in read(text).cautions] == [code]


def test_what_a_decision_promulgates_bears_the_decisions_number_with_less_certainty():
    found = read(REGULATION).metadata
    assert found.code == "09/2010/QĐ-UBND"
    assert found.confidence["code"] < 0.9
    assert found.issued_on == dt.date(2010, 1, 21)
    assert found.doc_type == "Quy định"
    assert found.issuer == "UBND thành phố Cần Thơ"


def test_law_is_dated_by_its_vote_and_in_force_from_the_day_it_says():
    found = read(
        f"QUỐC HỘI\nLuật số: 73/2021/QH14\n{MOTTO}\nLUẬT\nPHÒNG, CHỐNG MA TÚY\n"
        "Căn cứ Hiến pháp;\nĐiều 1. Phạm vi\nĐiều 54. Hiệu lực\n"
        "Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2022.\n"
        "Luật này được Quốc hội khóa XIV thông qua ngày 30 tháng 3 năm 2021.\n"
        "CHỦ TỊCH QUỐC HỘI\nNguyễn Thị Kim Ngân"
    ).metadata
    assert found.issued_on == dt.date(2021, 3, 30)
    assert found.effective_on == dt.date(2022, 1, 1)
    assert found.issuer == "Quốc hội"


def test_property_table_fills_what_the_text_lacks_and_is_checked_against_the_rest():
    header = read(
        PLAN.replace("Lê Quang Thắng", ""),
        **{
            "Số hiệu": "32/KH-UBND",
            "Người ký": "Lê Quang Thắng",
            "Tình trạng hiệu lực": "Còn hiệu lực",
            "Ngày ban hành": "05/02/2024",
            "Cơ quan ban hành": "Tỉnh Lam Giang",
        },
    )
    assert header.metadata.code == "23/KH-UBND"
    assert header.metadata.signer == "Lê Quang Thắng"
    assert header.metadata.status == "Còn hiệu lực"
    assert header.metadata.issuer == "UBND tỉnh Lam Giang"
    assert header.metadata.confidence["issued_on"] > header.metadata.confidence["signer"]
    assert [caution.code for caution in header.cautions] == ["property-disagrees"]


def test_page_without_text_is_known_by_its_properties_alone():
    found = read(
        "",
        **{
            "Số hiệu": "27/2003/QĐ-TTg",
            "Loại văn bản": "Quyết định",
            "Ngày ban hành": "19/02/2003",
            "Cơ quan ban hành": "Thủ tướng Chính phủ",
            "Người ký": "Phan Văn Khải",
        },
    ).metadata
    assert found.code == "27/2003/QĐ-TTg"
    assert found.symbol == "QĐ-TTg"
    assert found.issued_on == dt.date(2003, 2, 19)
    assert (found.issuer, found.issuer_level) == ("Thủ tướng Chính phủ", "central")


def test_title_of_a_saved_page_gives_what_its_table_lacks():
    page = "Quyết định số 27/2003/QĐ-TTg Về việc ban hành Quy chế bổ nhiệm cán bộ"
    found = read("", **{"Tiêu đề trang": page}).metadata
    assert found.code == "27/2003/QĐ-TTg"
    assert found.doc_type == "Quyết định"
    assert found.title == "Về việc ban hành Quy chế bổ nhiệm cán bộ"
    assert found.issuer == "Thủ tướng Chính phủ"
    assert found.confidence["code"] < read(PLAN).metadata.confidence["code"]


def test_heading_of_a_portals_page_is_a_title_and_no_letterhead():
    header = read(
        f"Kế hoạch 192/KH-UBND năm 2025 xây dựng xã không ma túy\nỦY BAN NHÂN DÂN\n{MOTTO}\n"
        "Số: 192/KH-UBND\nLam Giang, ngày 08 tháng 9 năm 2025\nXÂY DỰNG XÃ KHÔNG MA TÚY\n"
        "Căn cứ Nghị quyết số 93/NQ-CP, UBND tỉnh Lam Giang ban hành Kế hoạch như sau:\n"
        f"- Quán triệt.\n{BODY}"
    )
    assert header.zones[0] == "title"
    assert header.metadata.title == "XÂY DỰNG XÃ KHÔNG MA TÚY"
    assert header.metadata.doc_type == "Kế hoạch"
    assert header.zones[6:9] == ("title", "preamble", None)


_WORDS = st.sampled_from(
    [
        *PLAN.split("\n"),
        "- gạch đầu dòng",
        "Phụ lục",
        "(Kèm theo Kế hoạch)",
        "Kính gửi:",
        "V/v",
        "/",
        "Số:",
    ]
)


@given(st.lists(_WORDS, max_size=25))
def test_any_lines_get_one_zone_each_and_read_the_same_twice(lines):
    clean = clean_of("\n".join(lines))
    header = read_header(clean)
    assert len(header.zones) == len(clean.paragraphs)
    assert header == read_header(clean)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["000", "002", "003"])
def test_headers_of_the_seeds_are_as_annotated(name, shared):
    from ingest.readers.file import read_sheet
    from ingest.repair import repair

    gold = json.loads((shared / "eval" / "gold" / f"{name}.json").read_text("utf-8"))
    found = read_header(repair(read_sheet(shared / "seeds" / gold["file"]))).metadata
    want = gold["metadata"]
    for field in (
        "code",
        "symbol",
        "doc_type",
        "issuer",
        "issuer_level",
        "place",
        "title",
        "signer",
        "signer_position",
    ):
        assert getattr(found, field) == want[field], field
    assert list(found.recipients) == want["recipients"]
    assert found.issued_on == (
        dt.date.fromisoformat(want["issued_on"]) if want["issued_on"] else None
    )


def test_plan_below_the_decision_that_promulgates_it_has_its_own_title():
    header = read(
        f"{PLAN}\nỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n{MOTTO}\nKẾ HOẠCH\nKèm theo\n"
        "(Kèm theo Quyết định số 88/QĐ-UBND ngày 16/01/2026)\nI. MỤC TIÊU\n1. Giảm cung."
    )
    assert header.zones[-9:] == ("letterhead",) * 4 + ("title",) * 3 + (None,) * 2
    assert header.metadata.title == "Phòng, chống ma túy năm 2024"


def test_addressees_of_a_telegram_are_no_tasks():
    header = read(
        f"UBND TỈNH LAM GIANG\nSố: 03/CĐ-UBND\n{MOTTO}\nCÔNG ĐIỆN\nVề việc ứng phó bão số 5\n"
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM GIANG điện:\n- Các sở;\n- UBND các xã.\n"
        "Chủ tịch UBND tỉnh yêu cầu:\n1. Sở Y tế trực ban."
    )
    assert header.metadata.doc_type == "Công điện"
    assert header.zones[6:] == ("recipients",) * 3 + ("preamble", None)


def test_letter_that_orders_in_its_first_paragraph_has_no_preamble():
    header = read(
        f"UBND HUYỆN VÂN KHÊ\nSố: 77/UBND-VP\nV/v trực ban\n{MOTTO}\nKính gửi: UBND các xã\n"
        "Thực hiện Công điện số 05/CĐ-UBND, UBND huyện yêu cầu các đơn vị trực ban 24/24 giờ.\n"
        "Nơi nhận:\n- Như trên;\nCHỦ TỊCH\nHà Văn An"
    )
    assert header.zones[6] is None


def test_line_of_who_decides_does_not_pass_for_the_signature():
    found = read(
        f"THỦ TƯỚNG CHÍNH PHỦ\nSố: 1677/QĐ-TTg\n{MOTTO}\nQUYẾT ĐỊNH 1677/QĐ-TTg\nPHÊ DUYỆT ĐỀ ÁN\n"
        "THỦ TƯỚNG CHÍNH PHỦ\nCăn cứ Luật Giáo dục;\nĐiều 1. Phê duyệt.\nTHỦ TƯỚNG\nHà Văn An"
    ).metadata
    assert found.title == "PHÊ DUYỆT ĐỀ ÁN"
    assert (found.signer_position, found.signer) == ("THỦ TƯỚNG", "Hà Văn An")


def test_resolution_is_in_force_from_the_day_that_its_vote_names():
    found = read(
        f"HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HUẾ\nSố: 12/2025/NQ-HĐND\n{MOTTO}\n"
        "Huế, ngày 12 tháng 9 năm 2025\nNGHỊ QUYẾT\nQuy định mức chi\nĐiều 1. Mức chi\n"
        "Nghị quyết này được Hội đồng nhân dân thông qua ngày 10 tháng 9 năm 2025 và có hiệu lực "
        "từ ngày 20 tháng 9 năm 2025./.\nCHỦ TỊCH\nHà Văn An"
    ).metadata
    assert found.issued_on == dt.date(2025, 9, 12)
    assert found.effective_on == dt.date(2025, 9, 20)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        pytest.param(
            "Nghị định này có hiệu lực thi hành kể từ ngày ký.", (2024, 5, 6), id="signed"
        ),
        pytest.param(
            "1. Nghị định này có hiệu lực kể từ ngày ký ban hành.", (2024, 5, 6), id="issued"
        ),
        pytest.param(
            "Nghị định này có hiệu lực thi hành sau 45 ngày, kể từ ngày ký.",
            (2024, 6, 20),
            id="after",
        ),
        pytest.param(
            "Nghị định này có hiệu lực từ 01 tháng 7 năm 2024.", (2024, 7, 1), id="word-left-out"
        ),
        pytest.param(
            "1. Nghị định này có hiệu lực thi hành kể từ ngày 12/ 02/2025",
            (2025, 2, 12),
            id="slashes",
        ),
        pytest.param(
            "Nghị định có hiệu lực kể từ ngày 15 tháng 8 năm 2024.",
            (2024, 8, 15),
            id="this-left-out",
        ),
        pytest.param(
            "Khoản 2 Điều 3 của Nghị định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2028.\n"
            "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.",
            (2024, 7, 1),
            id="a-part-of-it-is-not-it",
        ),
        pytest.param(
            "Mẫu: Quyết định này có hiệu lực từ ngày 01 tháng 01 năm 2020.\n"
            "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.",
            (2024, 7, 1),
            id="of-its-own-type",
        ),
        pytest.param("Nghị định này có hiệu lực từ ngày   tháng   năm 2024.", None, id="blank"),
        pytest.param(
            "Luật số 12/2019/QH14 có hiệu lực từ ngày 01 tháng 01 năm 2020.", None, id="another"
        ),
    ],
)
def test_day_of_effect_is_what_the_document_says_of_itself(sentence, day):
    found = read(
        f"CHÍNH PHỦ\nSố: 45/2024/NĐ-CP\n{MOTTO}\nHà Nội, ngày 06 tháng 5 năm 2024\nNGHỊ ĐỊNH\n"
        f"Quy định một việc\nCăn cứ Luật Tổ chức Chính phủ;\nĐiều 9. Hiệu lực thi hành\n{sentence}"
    ).metadata
    assert found.effective_on == (dt.date(*day) if day else None)


TRANSLATION = """\
DECREE
ON GUARDING PRECURSORS
THE GOVERNMENT
Pursuant to the December 25, 2001 Law on Organization of the Government;
At the proposal of the Minister of Health,
DECREES:
Article 1. Scope of regulation
This Decree takes effect on March 1, 2009.
On behalf of the Government
Prime Minister
HA VAN AN"""


def test_translation_is_read_with_its_pages_heading():
    found = read(TRANSLATION, **{"Tiêu đề trang": "Decree 12/2008/ND-CP"}).metadata
    assert found.code == "12/2008/NĐ-CP"
    assert found.symbol == "NĐ-CP"
    assert found.doc_type == "Nghị định"
    assert found.issuer == "Chính phủ"
    assert found.title == "ON GUARDING PRECURSORS"
    assert found.effective_on == dt.date(2009, 3, 1)
    assert (found.signer_position, found.signer) == ("Prime Minister", "Ha Van An")


@pytest.mark.parametrize(
    ("head", "doc_type", "code", "date"),
    [
        pytest.param("JOINT CIRCULAR\nGuiding fees", "Thông tư liên tịch", None, None, id="joint"),
        pytest.param(
            "DECISION\nDecision No. 35/QD-TTg of January 5, 2011, approving a plan",
            "Quyết định",
            "35/QĐ-TTg",
            dt.date(2011, 1, 5),
            id="sentence-with-number-and-date",
        ),
        pytest.param("LABOR CODE", "Bộ luật", None, None, id="type-behind-its-subject"),
        pytest.param("Law on Residence", "Luật", None, None, id="type-before-its-subject"),
        pytest.param(
            "On Treaties\nThe National Assembly promulgates the Law on Treaties.",
            "Luật",
            None,
            None,
            id="type-only-in-the-promulgating-sentence",
        ),
    ],
)
def test_head_of_a_translation_gives_type_number_and_date(head, doc_type, code, date):
    text = f"{head}\nPursuant to the Constitution;\nArticle 1. Scope"
    found = read(text).metadata
    assert (found.doc_type, found.code, found.issued_on) == (doc_type, code, date)


def test_law_in_english_is_dated_by_its_vote():
    found = read(
        "Law on Residence\nPursuant to the Constitution;\nArticle 1. Scope\n"
        "This Law was passed on November 13, 2020, by the XIVth National Assembly."
    ).metadata
    assert found.issued_on == dt.date(2020, 11, 13)


def test_what_a_page_states_otherwise_than_its_text_is_told_with_both():
    header = read(PLAN, **{"Ngày ban hành": "06/02/2024", "Người ký": "Đại tá Lê Quang Thắng"})
    [caution] = header.cautions
    assert caution.code == "property-disagrees"
    assert "06/02/2024" in caution.message
    assert "05/02/2024" in caution.message


@pytest.mark.parametrize(
    ("letterhead", "issuer", "code", "place"),
    [
        pytest.param(
            "ỦY\nBAN NHÂN DÂN\nTỈNH LAM GIANG\n-------\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "Độc lập - Tự do - Hạnh phúc\nSố:\n14/2007/QĐ-UBND\nTam\nKỳ, ngày 19 tháng 6 năm 2007",
            "UBND tỉnh Lam Giang",
            "14/2007/QĐ-UBND",
            "Tam Kỳ",
            id="first-words-alone",
        ),
        pytest.param(
            "UỶ BAN NHÂN\nDÂN\nTỈNH LAM GIANG\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\nSố:\n9/QĐ-UBND\n"
            "Lam Giang, ngày\n19 tháng 6 năm 2007",
            "UBND tỉnh Lam Giang",
            "9/QĐ-UBND",
            "Lam Giang",
            id="last-words-alone",
        ),
        pytest.param(
            f"VIỆN\nKIỂM SÁT NHÂN DÂN\nTỐI CAO\n{MOTTO}\nSố: 11/HD-VKSTC\n"
            "Hà\nNội, ngày 19 tháng 6 năm 2007",
            "Viện kiểm sát nhân dân tối cao",
            "11/HD-VKSTC",
            "Hà Nội",
            id="procuracy",
        ),
    ],
)
def test_letterhead_broken_by_narrow_cells_is_put_together(letterhead, issuer, code, place):
    header = read(f"{letterhead}\nQUYẾT ĐỊNH\nVề một việc\nCăn cứ Luật Đất đai;\nĐiều 1. Phê duyệt")
    found = header.metadata
    assert (found.issuer, found.code, found.place) == (issuer, code, place)
    assert found.issued_on == dt.date(2007, 6, 19)
    assert set(header.zones[: letterhead.count("\n") + 1]) == {"letterhead"}


@pytest.mark.parametrize(
    ("lines", "number", "issuer", "level"),
    [
        pytest.param(
            "TÒA ÁN NHÂN DÂN TỐI CAO\nVIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",
            "01-TANDTC-VKSNDTC/TTLT",
            "Tòa án nhân dân tối cao; Viện kiểm sát nhân dân tối cao",
            "central",
            id="courts-of-old",
        ),
        pytest.param(
            "CÔNG AN TỈNH LAM GIANG - SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH LAM GIANG",
            "15/KHLN-CAT-SGDĐT",
            "Công an tỉnh Lam Giang; Sở Giáo dục và Đào tạo tỉnh Lam Giang",
            "province",
            id="of-a-province",
        ),
        pytest.param(
            "VIỆN KIỂM SÁT NHÂN DÂN\nTỈNH LAM GIANG\nVIỆN KIỂM SÁT NHÂN DÂN\nHUYỆN VÂN KHÊ",
            "55/BC-VKS",
            "Viện kiểm sát nhân dân huyện Vân Khê",
            "district",
            id="one-under-the-other",
        ),
        pytest.param(
            "BỘ ĐỘI BIÊN PHÒNG VIỆT NAM\nBCH BỘ ĐỘI BIÊN PHÒNG TỈNH LAM GIANG",
            "77/KH-BCH",
            "Bộ Chỉ huy Bộ đội Biên phòng tỉnh Lam Giang",
            "province",
            id="command-abbreviated",
        ),
        pytest.param(
            "BẢO HIỂM XÃ HỘI VIỆT NAM\nBẢO HIỂM XÃ HỘI TỈNH LAM GIANG",
            "3/KH-BHXH",
            "Bảo hiểm xã hội tỉnh Lam Giang",
            "province",
            id="no-commune-called-hoi",
        ),
        pytest.param(
            "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM -------",
            "1271/HD-TLĐ",
            "Tổng Liên đoàn Lao động Việt Nam",
            "central",
            id="rule-on-the-line",
        ),
    ],
)
def test_bodies_of_a_letterhead_are_told_apart_or_together(lines, number, issuer, level):
    found = read(f"{lines}\nSố: {number}\n{MOTTO}\nKẾ HOẠCH\nNăm 2022\n{BODY}").metadata
    assert (found.code, found.issuer, found.issuer_level) == (number, issuer, level)


def test_union_of_youth_has_its_own_title_and_number():
    found = read(
        "BCH TRUNG ƯƠNG ĐOÀN\n***\nSố: 298 KH/TWĐTN\nĐOÀN TNCS HỒ CHÍ MINH\n"
        f"Hà Nội, ngày 14 tháng 7 năm 2011\nKẾ HOẠCH\nTổ chức Đại hội\n{BODY}"
    ).metadata
    assert found.code == "298-KH/TWĐTN"
    assert found.issuer == "Ban Chấp hành Trung ương Đoàn"
    assert found.title == "Tổ chức Đại hội"


@pytest.mark.parametrize(
    ("text", "doc_type", "code", "issuer", "title"),
    [
        pytest.param(
            "THÔNG TƯ\nLIÊN TỊCH BỘ NỘI VỤ - BỘ TÀI CHÍNH\nSỐ 55/2005/TTLT-BNV-BTC NGÀY 06 THÁNG 5 "
            "NĂM 2005\nHƯỚNG DẪN MỘT VIỆC",
            "Thông tư liên tịch",
            "55/2005/TTLT-BNV-BTC",
            "Bộ Nội vụ; Bộ Tài chính",
            "HƯỚNG DẪN MỘT VIỆC",
            id="joint-circular-by-its-type-first",
        ),
        pytest.param(
            "Nghị định của Chính phủ số 114/2003/NĐ-CP\nngày 06/5/2005 về cán bộ xã",
            "Nghị định",
            "114/2003/NĐ-CP",
            "Chính phủ",
            "về cán bộ xã",
            id="on-one-line-with-its-number",
        ),
        pytest.param(
            "thông tư\ncủa Bộ Tài chính Số 169/1998/TT-BTC ngày 06 tháng 5 năm 2005\nHướng dẫn thuế",
            "Thông tư",
            "169/1998/TT-BTC",
            "Bộ Tài chính",
            "Hướng dẫn thuế",
            id="capitals-lost-with-their-font",
        ),
    ],
)
def test_text_that_opens_with_its_type_is_read(text, doc_type, code, issuer, title):
    found = read(
        f"{text}\nCăn cứ Luật Tổ chức Chính phủ;\nI. QUY ĐỊNH CHUNG\n1. Một việc."
    ).metadata
    assert (found.doc_type, found.code, found.issuer) == (doc_type, code, issuer)
    assert found.issued_on == dt.date(2005, 5, 6)
    assert found.title == title


@pytest.mark.parametrize(
    ("signed", "issuer"),
    [
        pytest.param("T/M BỘ CHÍNH TRỊ\nTỔNG BÍ THƯ", "Bộ Chính trị", id="politburo"),
        pytest.param("T/M BAN BÍ THƯ\nTHƯỜNG TRỰC BAN BÍ THƯ", "Ban Bí thư", id="secretariat"),
        pytest.param("TỔNG BÍ THƯ", "Ban Chấp hành Trung ương", id="committee-itself"),
    ],
)
def test_central_bodies_of_the_party_are_told_by_who_signs(signed, issuer):
    found = read(
        "BAN CHẤP HÀNH TRUNG ƯƠNG\n*\nSố 06-CT/TW\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        f"Hà Nội, ngày 07 tháng 11 năm 2006\nCHỈ THỊ\nVề một việc\n1. Các cấp ủy.\n{signed}\nHà Văn An"
    ).metadata
    assert found.issuer == issuer


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        pytest.param("CỦA BỘ CHÍNH TRỊ\nVề một việc", "Về một việc", id="whose-it-is"),
        pytest.param(
            "BAN HÀNH QUY CHẾ\nPHÒNG, CHỐNG LŨ",
            "BAN HÀNH QUY CHẾ PHÒNG, CHỐNG LŨ",
            id="false-heads",
        ),
        pytest.param(
            "QUẢN LÝ CÁC CƠ QUAN,\nTỔ CHỨC, ĐƠN VỊ\nỦY BAN NHÂN DÂN TỈNH LAM GIANG",
            "QUẢN LÝ CÁC CƠ QUAN, TỔ CHỨC, ĐƠN VỊ",
            id="who-decides",
        ),
    ],
)
def test_title_stands_between_whose_it_is_and_who_decides(lines, title):
    found = read(
        f"UBND TỈNH LAM GIANG\nSố: 1/QĐ-UBND\n{MOTTO}\nQUYẾT ĐỊNH\n{lines}\nCăn cứ Luật Đê điều;\n"
        "Điều 1. Ban hành."
    ).metadata
    assert found.title == title


@pytest.mark.parametrize(
    ("closing", "position", "signer"),
    [
        pytest.param(
            "T/M UBND TỈNH LAM GIANG\nK/T CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐã ký: Lò Văn An",
            "PHÓ CHỦ TỊCH",
            "Lò Văn An",
            id="seal-before-the-name",
        ),
        pytest.param(
            "Kt. Bộ trưởng\nThứ trưởng\nLò Văn An", "Thứ trưởng", "Lò Văn An", id="small-letters"
        ),
    ],
)
def test_signature_of_old_texts_is_read(closing, position, signer):
    found = read(f"{PLAN.partition('Nơi nhận')[0]}{closing}").metadata
    assert (found.signer_position, found.signer) == (position, signer)


def test_office_among_those_it_is_filed_with_is_no_signature():
    found = read(
        f"{PLAN.partition('Nơi nhận')[0]}Nơi nhận:\n- Lưu: VT, TM. B15.\nCHỦ TỊCH\nHà Văn An"
    ).metadata
    assert found.recipients == ("Lưu: VT, TM. B15",)
    assert found.signer == "Hà Văn An"


def test_type_below_a_lost_letterhead_is_what_the_bases_lead_to():
    found = read(
        "BÃI BỎ MỘT SỐ QUY ĐỊNH\nCăn cứ Luật Tổ chức Chính phủ;\nTheo đề nghị của Bộ trưởng Bộ Tư pháp;\n"
        "Chính phủ ban hành Nghị định bãi bỏ một số quy định.\nĐiều 1. Bãi bỏ."
    ).metadata
    assert found.doc_type == "Nghị định"


def test_table_of_tasks_has_no_letterhead_of_its_rows():
    found = read(
        "Tên nhiệm vụ | Nguồn chỉ đạo | Đầu mối | Thời hạn\n"
        "1 | Trả lời chất vấn | Thông báo số 127/TB-BGDĐT | Vụ Pháp chế | 31/03/2017\n"
        "2 | Bộ Y tế đề nghị góp ý | Công văn số 9/BYT-PC | Vụ Pháp chế | 31/03/2017"
    ).metadata
    assert (found.code, found.doc_type, found.issuer) == (None, None, None)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Mẫu số 01/BC-X", id="model"),
        pytest.param("nêu tại Thông báo số 127/TB-X", id="cited"),
    ],
)
def test_number_of_another_paper_is_not_its_own(line):
    assert (
        read(f"UBND TỈNH LAM GIANG\n{MOTTO}\n{line}\nBÁO CÁO\nNăm 2024\n{BODY}").metadata.code
        is None
    )


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        pytest.param(
            "BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN TỔ CHỨC", "Ban Tổ chức Trung ương", id="of-the-party"
        ),
        pytest.param(
            "HỘI NÔNG DÂN VIỆT NAM\nBAN CHẤP HÀNH TRUNG ƯƠNG",
            "Ban Chấp hành Trung ương Hội Nông dân Việt Nam",
            id="of-a-union",
        ),
        pytest.param(
            "UBMTTQVN XÃ HÀ THANH\nBAN THƯỜNG TRỰC",
            "Ban Thường trực Ủy ban MTTQ Việt Nam xã Hà Thanh",
            id="front-abbreviated",
        ),
        pytest.param(
            "SỞ Y TẾ TỈNH LAM GIANG\nBỆNH VIỆN ĐA KHOA TỈNH",
            "Bệnh viện đa khoa tỉnh Lam Giang",
            id="hospital-of-the-province",
        ),
    ],
)
def test_body_is_called_by_the_one_above_it(lines, issuer):
    found = read(f"{lines}\nSố: 5/KH-X\n{MOTTO}\nKẾ HOẠCH\nNăm 2022\n{BODY}").metadata
    assert found.issuer.casefold() == issuer.casefold()


def test_consolidated_text_has_the_number_and_date_of_its_attestation():
    found = read(
        f"VĂN PHÒNG QUỐC HỘI\n{MOTTO}\nLUẬT\nKHIẾU NẠI\nCăn cứ Hiến pháp;\nĐiều 1. Phạm vi\n"
        "Số: 03/VBHN-VPQH\nXÁC THỰC VĂN BẢN HỢP NHẤT\nHà Nội, ngày 12 tháng 7 năm 2021\n"
        "CHỦ NHIỆM\nHà Văn An"
    ).metadata
    assert (found.code, found.doc_type) == ("03/VBHN-VPQH", "Văn bản hợp nhất")
    assert found.issued_on == dt.date(2021, 7, 12)
    assert found.signer == "Hà Văn An"


@pytest.mark.parametrize(
    ("cell", "position", "signer"),
    [
        pytest.param("KT. CHỦ TỊCH PHÓ CHỦ TỊCH Hà Văn An", "PHÓ CHỦ TỊCH", "Hà Văn An", id="for"),
        pytest.param(
            "TM. CHÍNH PHỦ KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG Hà Văn An",
            "PHÓ THỦ TƯỚNG",
            "Hà Văn An",
            id="three-lines",
        ),
        pytest.param("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Hà Văn An", "CHỦ TỊCH", "Hà Văn An", id="body"),
        pytest.param(
            "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ Hà Văn An", "PHÓ BÍ THƯ", "Hà Văn An", id="party"
        ),
        pytest.param("HIỆU TRƯỞNG (Đã ký) Hà Văn An", "HIỆU TRƯỞNG", "Hà Văn An", id="seal"),
        pytest.param("GIÁM ĐỐC TRẦN VĂN AN", "GIÁM ĐỐC", "Trần Văn An", id="all-in-capitals"),
        pytest.param("GIÁM ĐỐC Đại tá Hà Văn An", "GIÁM ĐỐC", "Hà Văn An", id="rank"),
        pytest.param(
            "KT. TRƯỞNG BAN PHÓ TRƯỞNG BAN PHÓ CHỦ TỊCH UBND TỈNH Hà Văn An",
            "PHÓ CHỦ TỊCH UBND TỈNH",
            "Hà Văn An",
            id="two-offices",
        ),
        pytest.param(
            "KT. CHỦ NHIỆM PHÓ CHỦ NHIỆM VĂN PHÒNG CHỦ TỊCH NƯỚC Hà Văn An",
            "PHÓ CHỦ NHIỆM VĂN PHÒNG CHỦ TỊCH NƯỚC",
            "Hà Văn An",
            id="office-of-an-office",
        ),
        pytest.param(
            "TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG Hà Văn An",
            "PHÓ CHÁNH VĂN PHÒNG",
            "Hà Văn An",
            id="head-of-an-office",
        ),
    ],
)
@pytest.mark.parametrize("bar", [" | ", "\n"], ids=["row", "cells"])
def test_cell_run_together_bears_position_and_name(cell, position, signer, bar):
    found = read(
        f"{PLAN.partition('Nơi nhận')[0]}Nơi nhận: - Như trên; - Các sở, ngành; "
        f"(để báo cáo) - Lưu: VT, NC (2b).{bar}{cell}"
    ).metadata
    assert (found.signer_position, found.signer) == (position, signer)
    assert found.recipients == ("Như trên", "Các sở, ngành; (để báo cáo)", "Lưu: VT, NC (2b)")


@pytest.mark.parametrize(
    "row",
    [
        "SỞ Y TẾ GIÁM ĐỐC Lê Văn An | CÔNG AN TỈNH GIÁM ĐỐC Trần Thị Bình",
        "SỞ Y TẾ GIÁM ĐỐC (Đã ký) Lê Văn An | CÔNG AN TỈNH GIÁM ĐỐC Đại tá Trần Thị Bình",
    ],
    ids=["names", "seal-and-rank"],
)
def test_bodies_that_sign_together_each_have_name_and_position(row):
    found = read(f"{PLAN.partition('Nơi nhận')[0]}{row}").metadata
    assert found.signer == "Lê Văn An; Trần Thị Bình"
    assert found.signer_position == "GIÁM ĐỐC; GIÁM ĐỐC"


@pytest.mark.parametrize(
    "label", ["Noi nhận:", "Nơi nhân:", "NƠI NHẬN", "_Nơi nhận:_", "* Nơi nhận:"]
)
@pytest.mark.parametrize("bullet", ["- ", "+ ", "*   ", "− ", "● ", ""])
def test_recipients_are_read_however_label_and_bullets_are_printed(label, bullet):
    lines = [label, *(f"{bullet}{entry}" for entry in ("Như trên;", "Các sở;", "Lưu: VT (2b)."))]
    closing = "\n".join([*lines, "CHỦ TỊCH", "Hà Văn An"])
    header = read(f"{PLAN.partition('Nơi nhận')[0]}{closing}")
    assert header.metadata.recipients == ("Như trên", "Các sở", "Lưu: VT (2b)")
    assert header.zones[-6:-2] == ("recipients",) * 4


def test_entry_whose_dash_is_lost_is_one_of_the_recipients():
    closing = (
        "Nơi nhận:\n- Như trên;\nCác sở, ngành;\nBáo Lam Giang;\n- Lưu: VT.\nCHỦ TỊCH\nHà Văn An"
    )
    found = read(f"{PLAN.partition('Nơi nhận')[0]}{closing}").metadata
    assert found.recipients == ("Như trên", "Các sở, ngành", "Báo Lam Giang", "Lưu: VT")


def test_body_whose_name_opens_like_a_surname_is_no_signer():
    text = PLAN.replace("I. MỤC ĐÍCH", "BỘ TRƯỞNG BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG\nI. MỤC ĐÍCH")
    assert read(text).metadata.signer == "Lê Quang Thắng"


@pytest.mark.parametrize(
    ("letterhead", "code", "date"),
    [
        pytest.param(
            "UY BAN NHAN DAN CONG HOA XA HOI CHU NGHIA VIET NAM\n"
            "TINH LAM GIANG Doc lap - Tu do - Hanh phuc\n"
            "S6: 12/CT-UBND Lam Giang, ngay 05 thang 02 nam 2009\nCHi THI",
            "12/CT-UBND",
            dt.date(2009, 2, 5),
            id="all-marks-lost",
        ),
        pytest.param(
            "ỦY BAN NHÂN DÂN\nTÌNH LAM GIANG\nCỌNG HOÀ XÃ HỌI CHỦ NGHĨA VIẸT NAM\n"
            "Độc lâp - Tư do - Hanh phúc\nSö: 12/CT-UBND\n"
            "Lam Giang, ngày 05 thảng 02 năm 2009\nCHỈ THỊ",
            "12/CT-UBND",
            dt.date(2009, 2, 5),
            id="some-marks-wrong",
        ),
        pytest.param(
            "uÝ BAN NHÂN DAN\nTINH LAM GIANG\nSố: ÁZ /CT-UBND\n"
            f"{MOTTO}\nLam Giang, ngày LO tháng 4 năm 2009\nCHỈ THỊ",
            None,
            None,
            id="number-and-day-unreadable",
        ),
    ],
)
def test_damaged_letterhead_is_read_where_it_can_be_and_the_reader_is_told(letterhead, code, date):
    header = read(
        f"{letterhead}\nVề quản lý đất đai\nThực hiện Quyết định số 45/2008/QĐ-TTg ngày "
        f"01/3/2008 của Thủ tướng Chính phủ, UBND tỉnh yêu cầu:\n{BODY}"
    )
    found = header.metadata
    assert (found.code, found.symbol, found.doc_type) == (code, "CT-UBND", "Chỉ thị")
    assert (found.issuer, found.place) == ("UBND tỉnh Lam Giang", "Lam Giang")
    assert found.issued_on == date
    assert found.confidence["issuer"] < 0.7
    assert "letterhead-damaged" in {caution.code for caution in header.cautions}


def test_letterhead_without_a_scans_errors_is_not_called_damaged():
    assert "letterhead-damaged" not in {caution.code for caution in read(PLAN).cautions}


@pytest.mark.parametrize(
    ("text", "doc_type", "issuer", "title"),
    [
        pytest.param(
            "KẾ HOẠCH TỔ CHỨC TUẦN SINH HOẠT CÔNG DÂN\nCăn cứ Thông tư số 10/2016/TT-BGDĐT ngày "
            "05/4/2016 của Bộ Giáo dục và Đào tạo ban hành Quy chế công tác sinh viên;\n"
            "Trường Đại học Lam Giang xây dựng kế hoạch như sau:\nI. MỤC ĐÍCH\n1. Rèn luyện.",
            "Kế hoạch",
            "Trường Đại học Lam Giang",
            "TỔ CHỨC TUẦN SINH HOẠT CÔNG DÂN",
            id="who-is-cited-does-not-speak",
        ),
        pytest.param(
            "Kế hoạch tổ chức Tuần sinh hoạt công dân\nCăn cứ Thông tư số 10/2016/TT-BGDĐT của "
            "Bộ Giáo dục và Đào tạo ban hành Quy chế;\nNhà trường triển khai:\nI. MỤC ĐÍCH\n"
            "1. Phối hợp với Sở Y tế triển khai.",
            "Kế hoạch",
            None,
            "tổ chức Tuần sinh hoạt công dân",
            id="nobody-speaks",
        ),
        pytest.param(
            "Thực hiện Quyết định số 12/QĐ-TTg ngày 05/4/2016 của Thủ tướng Chính phủ ban hành "
            "Chương trình chuyển đổi số, Hiệu trưởng Trường Đại học Lam Giang ban hành Kế hoạch "
            "chuyển đổi số như sau:\nI. MỤC ĐÍCH\n1. Rèn luyện.",
            "Kế hoạch",
            "Trường Đại học Lam Giang",
            None,
            id="head-of-a-body",
        ),
        pytest.param(
            "UBND tỉnh Lam Giang ban hành Kế hoạch phòng, chống ma túy\nUBND tỉnh Lam Giang ban "
            "hành Kế hoạch phòng, chống ma túy như sau:\nI. MỤC ĐÍCH\n1. Rèn luyện.",
            "Kế hoạch",
            "UBND tỉnh Lam Giang",
            "phòng, chống ma túy",
            id="heading-of-a-site",
        ),
    ],
)
def test_text_without_letterhead_says_type_and_issuer_itself(text, doc_type, issuer, title):
    found = read(text).metadata
    assert (found.doc_type, found.issuer, found.title) == (doc_type, issuer, title)


@pytest.mark.parametrize(
    ("stated", "told"),
    [("Tỉnh Lam Giang", False), ("Ủy ban nhân dân tỉnh Lam Giang", False), ("Bộ Y tế", True)],
)
def test_issuer_that_a_page_states_otherwise_is_told(stated, told):
    header = read(PLAN, **{"Cơ quan ban hành": stated})
    assert header.metadata.issuer == "UBND tỉnh Lam Giang"
    assert any("cơ quan ban hành" in caution.message for caution in header.cautions) == told


def test_central_bank_takes_no_place_from_its_text():
    found = read(
        f"NGÂN HÀNG NHÀ NƯỚC VIỆT NAM\nSố: 71/2025/TT-NHNN\n{MOTTO}\n"
        "Hà Nội, ngày 31 tháng 12 năm 2025\nTHÔNG TƯ\nVề tiền gửi\n"
        "Điều 1. Phạm vi\n1. Ngân hàng Nhà nước thành phố Hà Nội và thành phố Hà Nội."
    ).metadata
    assert (found.issuer, found.issuer_level) == ("Ngân hàng Nhà nước Việt Nam", "central")


def test_number_of_what_a_title_in_capitals_repeals_is_not_its_own():
    text = (
        "BÃI BỎ THÔNG TƯ SỐ 19/2003/TT-BTC NGÀY 20 THÁNG 3 NĂM 2003 CỦA BỘ TÀI CHÍNH\n"
        "Căn cứ Luật Kế toán ngày 20 tháng 11 năm 2015;\nĐiều 1. Bãi bỏ toàn bộ Thông tư."
    )
    assert read(text).metadata.code is None
