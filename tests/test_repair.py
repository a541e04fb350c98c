"""Repair: what a reader has read becomes one clean text with a map back."""

import json
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import NotADocumentError, SecretDocumentError
from ingest.letters import mend_letters
from ingest.model import Box, Clean, Line, Sheet, Word
from ingest.readers.file import read_sheet
from ingest.readers.text import read_text
from ingest.repair import SITE, repair
from ingest.strand import OURS, Strand, compose, read_passages
from ingest.syllables import is_fragment, is_syllable

PROSE = "Tăng cường công tác tuyên truyền, phổ biến, giáo dục pháp luật về phòng, chống ma túy"


def clean(text: str) -> Clean:
    return repair(read_text(text.encode(), name="thu.txt"))


def paragraphs(text: str) -> list[str]:
    return clean(text).text.splitlines()


def kinds(text: str) -> set[str]:
    return {repair.kind for repair in clean(text).repairs}


# The seeds


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "002", "003"])
def test_the_paragraphs_of_a_seed_are_the_blocks_of_its_gold(shared, number):
    gold = json.loads((shared / "eval" / "gold" / f"{number}.json").read_text("utf-8"))
    path = shared / "seeds" / gold["file"]
    lines = path.read_text("utf-8-sig").split("\n")
    blocks = [
        _letters(" ".join(lines[block["first"] - 1 : block["last"]]))
        for block in gold["blocks"]
        if block["kind"] not in ("noise", "duplicate")
    ]
    assert [_letters(text) for text in repair(read_sheet(path)).text.splitlines()] == blocks


def _letters(text: str) -> str:
    text = unicodedata.normalize("NFC", re.sub(r"\[bookmark:[^\]]*\]", "", text))
    return re.sub(r"[\W_]", "", text).lower()


@pytest.mark.shared
def test_a_footnote_leaves_the_sentence_that_a_page_end_cut(shared):
    [seed] = (shared / "seeds").glob("001*")
    read = repair(read_sheet(seed))
    texts = [paragraph.span.of(read.text) for paragraph in read.paragraphs]
    [joined] = [text for text in texts if "Kiểm soát chặt chẽ các hoạt động hợp pháp" in text]
    [note] = [i for i, paragraph in enumerate(read.paragraphs) if paragraph.footnote]
    assert texts[note] == (
        "1 UBND tỉnh đã ban hành kế hoạch thực hiện số 910/KH-UBND ngày 25/3/2020."
    )
    assert texts[note - 1] == joined
    assert "Chỉ thị số 36-CT/TW." in texts[0]


@pytest.mark.shared
def test_the_later_copy_of_a_preview_goes_and_its_facts_stay(shared):
    [seed] = (shared / "seeds").glob("002*")
    read = repair(read_sheet(seed))
    assert read.text.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 1
    assert read.text.count("Quán triệt, nâng cao nhận thức") == 1
    assert "các tổ chức chính trị - xã hội và Nhân dân" in read.text
    assert read.properties["Người ký"] == "Đầu Thanh Tùng"
    assert "Người ký" not in read.text
    assert read.text.endswith("KT. CHỦ TỊCH\n")
    mended = [repair.detail for repair in read.repairs if repair.kind == "split-diacritic"]
    assert "“qu á n” → “quán” (dòng 86)" in mended
    assert "karaoke, quán bar, cơ sở lưu trú" in read.text


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_repairing_a_clean_text_changes_nothing(shared, number):
    [seed] = (shared / "seeds").glob(f"{number}*")
    once = repair(read_sheet(seed))
    lines = tuple(Line(text=line, whole=True) for line in once.text.splitlines())
    assert repair(Sheet(format="text", lines=lines)).text == once.text
    assert repair(read_sheet(seed)) == once


# Lines and paragraphs

WRAPPED = """1. Nâng cao vai trò, trách nhiệm và hiệu quả công tác phối hợp của các
cấp, các ngành; qua đó, huy động sức mạnh tổng hợp của cả hệ thống chính trị
và các tầng lớp nhân dân trong công tác phòng, chống ma túy; hướng tới xây
dựng một cộng đồng sạch ma túy.
2. Công an tỉnh
- Chủ trì, phối hợp với Sở Công thương, Sở Y tế, Cục Hải quan Hà Nam
Ninh và các ngành chức năng kiểm soát chặt chẽ các hoạt động hợp pháp liên
quan đến ma túy; kiên quyết xử lý nghiêm các trường hợp vi phạm theo quy
định của pháp luật.
3. Đề nghị Ủy ban MTTQ Việt Nam tỉnh và các Tổ chức chính trị xã hội
Phối hợp với cấp ủy Đảng, chính quyền các cấp đẩy mạnh các hoạt động
tuyên truyền, giáo dục phòng, chống ma túy, tích cực vận động đoàn viên, hội
viên và các tầng lớp nhân dân tham gia tố giác tội phạm ma túy; chủ động phối
hợp triển khai Kế hoạch.
"""


def test_wrapped_lines_are_joined_and_headings_stay_apart():
    assert [text[:30] for text in paragraphs(WRAPPED)] == [
        "1. Nâng cao vai trò, trách nhi",
        "2. Công an tỉnh",
        "- Chủ trì, phối hợp với Sở Côn",
        "3. Đề nghị Ủy ban MTTQ Việt Na",
        "Phối hợp với cấp ủy Đảng, chín",
    ]


def test_blank_lines_between_all_lines_part_no_paragraphs():
    assert paragraphs(WRAPPED.replace("\n", "\n\n")) == paragraphs(WRAPPED)


@pytest.mark.parametrize(
    ("upper", "lower", "joined"),
    [
        pytest.param("các tổ chức chính trị", "- xã hội và Nhân dân", True, id="hyphen-of-a-name"),
        pytest.param("2. Sở Lao động", "- Thương binh và Xã hội", True, id="hyphen-with-capital"),
        pytest.param("Phối hợp với Công an huyện", "- Chỉ đạo các xã", False, id="bullet"),
        pytest.param("theo Kế hoạch số 192/KH-", "UBND ngày 08/9/2025", True, id="cut-code"),
        pytest.param(f"{PROSE} của", "các cấp, các ngành", True, id="cut-sentence"),
        pytest.param("Gồm các đơn vị sau:", "đơn vị A", False, id="list-without-marks"),
        pytest.param("2. Công an huyện", "Triển khai đợt cao điểm", False, id="heading"),
        pytest.param("CỘNG HÒA XÃ HỘI", "CHỦ NGHĨA VIỆT NAM", True, id="national-name"),
        pytest.param("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", False, id="signature"),
        pytest.param("UBND HUYỆN BÌNH LỤC", "BAN CHỈ ĐẠO 138", False, id="letterhead"),
    ],
)
def test_two_lines_of_a_text_that_is_not_wrapped(upper, lower, joined):
    text = f"{PROSE} trên địa bàn toàn huyện trong năm 2024.\n{upper}\n{lower}\n"
    assert len(paragraphs(text)) == (2 if joined else 3)


def test_a_title_in_capitals_over_two_lines_is_one():
    text = f"KẾ HOẠCH\nPHÒNG, CHỐNG MA TÚY NĂM 2024\nTRÊN ĐỊA BÀN TỈNH\n\n{WRAPPED}"
    assert paragraphs(text)[:2] == [
        "KẾ HOẠCH",
        "PHÒNG, CHỐNG MA TÚY NĂM 2024 TRÊN ĐỊA BÀN TỈNH",
    ]


def test_letterhead_and_signature_side_by_side_are_read_column_by_column():
    text = f"""\
     ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
     TỈNH LAM GIANG                   Độc lập - Tự do - Hạnh phúc
     Số: 18/KH-UBND              Lam Giang, ngày 31 tháng 01 năm 2023

                              KẾ HOẠCH
               Phòng, chống ma túy năm 2023

{WRAPPED}
Nơi nhận:                                         TM. ỦY BAN NHÂN DÂN
- Bộ Công an;                                     CHỦ TỊCH
- Lưu: VT.
                                                  Lê Quang Thắng
"""
    read = paragraphs(text)
    assert read[:8] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH LAM GIANG",
        "Số: 18/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lam Giang, ngày 31 tháng 01 năm 2023",
        "KẾ HOẠCH",
        "Phòng, chống ma túy năm 2023",
    ]
    assert read[-6:] == [
        "Nơi nhận:",
        "- Bộ Công an;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Lê Quang Thắng",
    ]


def test_a_blank_number_is_no_second_column():
    assert paragraphs(f"  Số:          /KH-BCĐ\n{PROSE}.")[0] == "Số: /KH-BCĐ"


# What is not the document


def test_chrome_above_and_below_goes_and_names_the_site():
    text = f"""Đăng nhập
Cổng thông tin điện tử tỉnh Lam Giang
23/4/2023  |  English  |  中文
Ban hành kế hoạch phòng, chống ma túy
{PROSE}, góp phần giữ vững an ninh trật tự.
Đăng xuất
Việc làm Hồ Chí Minh"""
    read = clean(text)
    assert read.text.splitlines()[0] == "Ban hành kế hoạch phòng, chống ma túy"
    assert len(read.paragraphs) == 2
    assert read.properties[SITE] == "Cổng thông tin điện tử tỉnh Lam Giang"


def test_words_of_chrome_within_a_document_stay():
    text = f"{PROSE} trên địa bàn.\nLiên hệ\n{PROSE} năm 2024.\nNội dung\n{PROSE} năm 2025."
    assert len(paragraphs(text)) == 5


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("|Số hiệu|1/KH-UBND|\n|Người ký|Lê An|\n|Lĩnh vực|Y tế|", id="bars"),
        pytest.param("Số hiệu: 1/KH-UBND\nNgười ký: Lê An\nLĩnh vực: Y tế", id="colon"),
        pytest.param("Số ký hiệu\n1/KH-UBND\nNgười ký\nLê An\nLĩnh vực\nY tế", id="two-lines"),
        pytest.param(
            "Số hiệu: 1/KH-UBND Người ký: Lê An\nNgày công báo: Đang cập nhật\nLĩnh vực: Y tế,",
            id="several-on-a-line",
        ),
        pytest.param(
            "- Số hiệu: 1/KH-UBND\n- Người ký: Lê An\n- Ngôn ngữ:\n- Lĩnh vực: Y tế", id="bullets"
        ),
    ],
)
def test_a_property_table_leaves_the_text(table):
    read = clean(f"{table}\nKẾ HOẠCH\n{PROSE}.")
    assert read.properties == {"Số hiệu": "1/KH-UBND", "Người ký": "Lê An", "Lĩnh vực": "Y tế"}
    assert read.text == f"KẾ HOẠCH\n{PROSE}.\n"


def test_a_sites_list_of_other_documents_above_the_letterhead_goes():
    listed = (
        "- 1Chỉ thị 15/CT-TTg năm 2020 về một việc\n- 2Nghị quyết 3/NQ-CP năm 2021 về việc khác"
    )
    read = clean(
        f"{listed}\nỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 8/CT-UBND\nCHỈ THỊ\n{PROSE}."
    )
    assert read.text.startswith("ỦY BAN NHÂN DÂN")


def test_a_page_with_properties_alone_has_no_text_and_says_so():
    read = clean("| Số hiệu | 1/KH-UBND |\n| Người ký | Lê An |")
    assert read.text == ""
    assert [warning.code for warning in read.warnings] == ["no-text"]


def test_a_saved_error_page_is_refused_by_name():
    with pytest.raises(NotADocumentError, match=r"trang\.txt.*Văn bản không tồn tại"):
        repair(read_text("Văn bản không tồn tại\nVề trang chủ".encode(), name="trang.txt"),
               name="trang.txt")  # fmt: skip


def test_text_that_stands_twice_stays_once():
    body = [f"{number}. {PROSE} tại địa bàn số {number}." for number in range(1, 12)]
    text = "\n".join(["KẾ HOẠCH", *body, "KẾ HOẠCH", *body, f"12. {PROSE} ở nơi khác."])
    read = clean(text)
    assert read.text.splitlines() == ["KẾ HOẠCH", *body, f"12. {PROSE} ở nơi khác."]
    assert "duplicate-text" in {repair.kind for repair in read.repairs}


def test_a_preview_that_breaks_off_gives_way_to_the_whole_paragraph():
    body = [f"{number}. {PROSE} tại địa bàn số {number}." for number in range(1, 12)]
    text = "\n".join(["KẾ HOẠCH", *body[:9], body[9][:50] + "...", "KẾ HOẠCH", *body])
    assert paragraphs(text) == ["KẾ HOẠCH", *body]


def test_a_form_repeated_in_an_annex_stays():
    form = [f"Mục {n}: {PROSE}, họ và tên, chức vụ, đơn vị công tác {n}" for n in range(12)]
    body = [f"Điều {n}. {PROSE} theo nội dung {n} của Quyết định này." for n in range(1, 30)]
    text = "\n".join([*body, "Mẫu số 01", *form, "Mẫu số 02", *form])
    assert paragraphs(text).count(form[0]) == 2


def test_page_numbers_and_running_heads_go():
    box = Box(70, 400, 500, 412)
    lines = []
    for page in range(1, 5):
        lines.append(Line(text="CÔNG BÁO/Số 567", page=page, box=Box(70, 30, 300, 42)))
        lines += [Line(text=f"{page}{n}. {PROSE}.", page=page, box=box) for n in range(5)]
        lines.append(Line(text=str(page), page=page, box=Box(290, 800, 300, 812)))
    read = repair(Sheet(format="pdf", lines=tuple(lines), pages=4))
    assert len(read.paragraphs) == 20
    assert {"page-number", "running-head"} <= {repair.kind for repair in read.repairs}


@pytest.mark.parametrize(
    "heads",
    [
        ["6 CÔNG BÁO/Số 567", "CÔNG BÁO/Số 567 7", "8 CÔNG BÁO/Số 567", "CÔNG BÁO/Số 567 9"],
        ["", "CÔNG BÁO", "", "CÔNG BÁO", "", "CÔNG BÁO"],
    ],
    ids=["number-inside-or-outside", "left-pages-alone"],
)
def test_running_heads_of_facing_pages_go(heads):
    lines = []
    for page, head in enumerate(heads, start=1):
        lines += [Line(text=head, page=page, box=Box(70, 30, 300, 42))] * bool(head)
        lines += [Line(text=f"{page}{n}. {PROSE}.", page=page) for n in range(6)]
    read = repair(Sheet(format="pdf", lines=tuple(lines), pages=len(heads)))
    assert "CÔNG BÁO" not in read.text
    assert len(read.paragraphs) == 6 * len(heads)


def test_an_address_on_a_line_of_its_own_ends_the_sentence():
    sheet = Sheet(format="docx", lines=(Line(text="Họp qua đường link", whole=True), Line(text="https://hop.vn/abc", whole=True)))  # fmt: skip
    assert repair(sheet).text == "Họp qua đường link https://hop.vn/abc\n"


def test_a_letterhead_repeated_on_annexes_is_no_running_head():
    lines = [
        Line(text=text, page=page, box=Box(70, 30, 300, 42))
        for page in (1, 2, 3)
        for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", PROSE)
    ]
    read = repair(Sheet(format="pdf", lines=tuple(lines), pages=3))
    assert read.text.count("CỘNG HÒA") == 3


def row(page, *cells):
    return Line(text=" | ".join(cells), cells=cells, page=page, whole=True)


def test_a_row_that_a_page_end_cut_is_one_row_again():
    lines = (
        row(1, "STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"),
        row(1, "1", "Rà soát, thống kê người nghiện", "Công an", "Quý I"),
        row(2, "STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"),
        row(2, "", "trên địa bàn xã", "xã", ""),
        row(2, "2", "Báo cáo", "Sở Y tế", "Quý II"),
    )
    read = repair(Sheet(format="pdf", lines=lines, pages=2))
    _, cut, last = read.paragraphs
    assert [cell.of(read.text) for cell in cut.cells] == [
        "1", "Rà soát, thống kê người nghiện trên địa bàn xã", "Công an xã", "Quý I",
    ]  # fmt: skip
    assert [cell.of(read.text) for cell in last.cells] == ["2", "Báo cáo", "Sở Y tế", "Quý II"]
    assert {place.page for place in read.places if place.end <= cut.span.end} == {1, 2}


def test_a_row_without_a_number_on_the_next_page_is_a_row_of_its_own():
    lines = (row(1, "1", "Rà soát", "Công an"), row(2, "", "Tuyên truyền", "Sở Y tế"))
    assert len(repair(Sheet(format="pdf", lines=lines, pages=2)).paragraphs) == 2


# Marks and letters


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        pytest.param("[bookmark: bookmark20]Giao cho Công an", "Giao cho Công an", id="bookmark"),
        pytest.param("\uf0b7 Giao cho Công an", "- Giao cho Công an", id="symbol-bullet"),
        pytest.param("Giao cho Công\u200b an\u00ad", "Giao cho Công an", id="invisible"),
        pytest.param("số 36-CT/TW<sup>1</sup>.", "số 36-CT/TW.", id="footnote-mark"),
        pytest.param("TT-B\u0422\u0421 ngày 1/2/2026", "TT-BTC ngày 1/2/2026", id="cyrillic"),
        pytest.param("Quyết định số 5/QÐ-UBND", "Quyết định số 5/QĐ-UBND", id="eth"),
        pytest.param("địa bàn đ ể quản lý", "địa bàn để quản lý", id="lone-consonant"),
        pytest.param("cơ sở l ư u trú", "cơ sở lưu trú", id="three-pieces"),
        pytest.param("điều kiện ph át triển", "điều kiện phát triển", id="piece-of-onset"),
        pytest.param("theo điểm b ở trên", "theo điểm b ở trên", id="label-stays"),
        pytest.param("điểm a, b và c khoản 1", "điểm a, b và c khoản 1", id="labels-stay"),
        pytest.param("tiếp thu ý kiến", "tiếp thu ý kiến", id="two-good-syllables-stay"),
        pytest.param("sâu 10 m ở ven sông", "sâu 10 m ở ven sông", id="unit-stays"),
        pytest.param("quán bar, karaoke, pano", "quán bar, karaoke, pano", id="foreign-words-stay"),
        pytest.param("QĐ- TTg ngày 24/8/2025", "QĐ- TTg ngày 24/8/2025", id="code-stays"),
    ],
)
def test_marks_and_letters(printed, meant):
    assert clean(printed).text == f"{meant}\n"


def test_a_split_syllable_of_two_good_ones_needs_evidence():
    assert "ma túy đá" in clean(f"{PROSE}. {PROSE}.\nĐừng dùng ma tú y đá").text
    assert "ma tú y đá" in clean("Đừng dùng ma tú y đá").text


def test_letters_are_mended_in_vietnamese_text_alone():
    sheet = Sheet(format="text", lines=(Line(text="if it is or a b c in the annex"),))
    passages, repairs = mend_letters(read_passages(sheet))
    assert passages[0].text == "if it is or a b c in the annex"
    assert repairs == []


@pytest.mark.parametrize("word", ["giếng", "gì", "quốc", "khuya", "hoà", "hòa", "thuở", "y"])
def test_syllables_are_known_by_rule(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ngiêng", "kan", "choặc2", "hoac", "quua", "tácc"])
def test_what_breaks_the_rules_is_no_syllable(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("word", "piece"), [("đ", True), ("ận", True), ("ông", False), ("internet", False)]
)
def test_pieces_of_words(word, piece):
    assert is_fragment(word) is piece


def test_markdown_marks_go_and_say_what_they_meant():
    text = (
        f"## **2. Tuyên truyền**\n\n{PROSE}.\n\n**TRƯỞNG BAN**\n\n**PHÓ CHỦ TỊCH**  \n**Lê An**\n"
    )
    read = clean(text)
    heading, _, *signature = read.paragraphs
    assert (heading.heading, heading.bold) == (2, True)
    assert heading.span.of(read.text) == "2. Tuyên truyền"
    assert [line.span.of(read.text) for line in signature] == [
        "TRƯỞNG BAN",
        "PHÓ CHỦ TỊCH",
        "Lê An",
    ]


# Secrets


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "(MẬT)", "Độ mật: Tối mật"])
def test_a_secret_paper_is_refused(stamp):
    with pytest.raises(SecretDocumentError, match="MẬT"):
        clean(f"UBND TỈNH LAM GIANG\n{stamp}\nSố: 12/KH-UBND\nKẾ HOẠCH\n{PROSE}.")


@pytest.mark.parametrize(
    "line",
    [
        "Kế hoạch bảo vệ bí mật nhà nước năm 2024",
        "Văn bản mật không gửi qua mạng.",
        "MẬT ONG RỪNG TRÀM",
        "Độ mật: Không",
    ],
)
def test_a_sentence_about_secrets_is_not_secret(line):
    assert line in clean(f"UBND TỈNH LAM GIANG\n{line}\nKẾ HOẠCH\n{PROSE}.").text


# The map back

TEXTS = st.lists(
    st.one_of(
        st.text("aăđêơưy -–.,;:()|\t\u0301\u0323\u00a0\uf0b7ĐÐ\u042212", max_size=80),
        st.sampled_from(
            [
                PROSE,
                "đ ể quản lý",
                "- xã hội",
                "các tổ chức chính trị",
                "[bookmark: a]Giao",
                "CỘNG HÒA XÃ HỘI      CHỦ TỊCH",
                "| Số hiệu | 1/KH |",
                "<sup>1</sup> chú thích",
            ]
        ),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_character_is_where_its_place_says(texts):
    sheet = Sheet(format="text", lines=tuple(Line(text=text) for text in ["Kế hoạch", *texts]))
    try:
        read = repair(sheet)
    except (NotADocumentError, SecretDocumentError):
        return
    _check_map(sheet, read)


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_character_of_a_seed_is_where_its_place_says(shared, number):
    [seed] = (shared / "seeds").glob(f"{number}*")
    sheet = read_sheet(seed)
    _check_map(sheet, repair(sheet))


def _check_map(sheet: Sheet, read: Clean) -> None:
    assert unicodedata.is_normalized("NFC", read.text)
    covered = 0
    mended = {"Ð": "Đ", "\u0422": "T"}
    for place in read.places:
        assert covered <= place.start < place.end
        covered = place.end
        source = sheet.lines[place.line].text[place.column :]
        shown = read.text[place.start : place.end]
        for char, printed in zip(shown, source, strict=False):  # one for one
            symbol = " -" if printed in "\uf0b7" else ""
            assert _base(char) in (_base(mended.get(printed, printed)), *symbol)
    gaps = set(range(len(read.text))) - {
        i for place in read.places for i in range(place.start, place.end)
    }
    assert {read.text[i] for i in gaps} <= {" ", "\n", "-"}


def _base(char: str) -> str:
    """Return a letter without its marks, whose order NFC may change; any white space as one."""
    if char.isspace():
        return " "
    return "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))


def test_a_word_of_a_page_has_its_own_place():
    words = (
        Word(0, "Công", Box(70, 100, 95, 112)),
        Word(5, "an", Box(99, 100, 112, 112)),
        Word(8, "tỉnh", Box(115, 100, 140, 112)),
    )
    line = Line(text="Công an tỉnh", page=3, box=Box(70, 100, 140, 112), words=words)
    read = repair(Sheet(format="pdf", lines=(line,), pages=3))
    assert [(place.start, place.page, place.box) for place in read.places] == [
        (0, 3, words[0].box),
        (5, 3, words[1].box),
        (8, 3, words[2].box),
    ]


def test_cells_are_found_in_the_clean_row():
    cells = ("1", "Rà  soát  ", "Công an tỉnh", "")
    line = Line(text=" | ".join(cells), cells=cells, whole=True)
    read = repair(Sheet(format="docx", lines=(line,)))
    [row] = read.paragraphs
    assert [cell.of(read.text) for cell in row.cells] == ["1", "Rà soát ", "Công an tỉnh", ""]


@given(st.text("aeoy\u0302\u0306\u031b\u0301\u0323\u0309 đĐ", max_size=40))
def test_composing_keeps_the_place_of_each_letter(text):
    strand = compose(Strand.of(text, 100))
    assert strand.text == unicodedata.normalize("NFC", text)
    assert len(strand.origins) == len(strand.text)
    assert list(strand.origins) == sorted(strand.origins)
    assert OURS not in strand.origins
