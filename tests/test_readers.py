"""Readers: what a file shows, whatever its format."""

import datetime as dt
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.document import read_document
from ingest.model import Box, Clean, Line, Sheet
from ingest.readers import tables
from ingest.readers.file import find_format, read_data, read_sheet
from ingest.readers.layout import Piece, read_lines
from ingest.repair import repair
from ingest.tones import fold_tones

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PROSE = "Tăng cường công tác tuyên truyền, phổ biến, giáo dục pháp luật về phòng, chống ma túy"
CORPUS = Path(__file__).parents[1] / "corpus" / "documents"


def texts(sheet: Sheet) -> list[str]:
    return [line.text for line in sheet.lines if line.text.strip()]


def paragraphs(clean: Clean) -> list[str]:
    return [paragraph.span.of(clean.text) for paragraph in clean.paragraphs]


# Text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_text_is_read_in_any_unicode_encoding(encoding):
    sheet = read_data("KẾ HOẠCH\nPhòng, chống ma túy".encode(encoding), name="a.txt")
    assert texts(sheet) == ["KẾ HOẠCH", "Phòng, chống ma túy"]
    assert sheet.warnings == ()


def test_windows_1258_is_guessed_and_said():
    text = "Ke\u0302\u0301 hoa\u0323ch"  # the code page sets some marks after their letters
    sheet = read_data("K\u00ea\u0301 hoa\u0323ch c\u00f4ng t\u00e1c".encode("cp1258"), name="a.txt")
    assert repair(sheet).text == "Kế hoạch công tác\n"
    assert [warning.code for warning in sheet.warnings] == ["guessed-encoding"]
    assert len(text) == 11


def test_offsets_count_characters_of_the_decoded_file():
    text = "KẾ HOẠCH\r\n\r\nPhòng\n"
    for line in read_data(text.encode(), name="a.txt").lines:
        assert line.offset is not None
        assert text[line.offset :].startswith(line.text)


def test_a_letterhead_in_a_markdown_table_is_read_cell_by_cell():
    text = (
        "# Kế hoạch\n\n| **UBND TỈNH**<br>Số: 1/KH-UBND | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |\n"
        f"|---|---|\n| | *Lam Giang, ngày 2 tháng 3 năm 2026* |\n\n{PROSE}.\n\n"
        "| TT | Nhiệm vụ |\n|----|----|\n| 1 | Rà soát |\n"
    )
    sheet = read_data(text.encode(), name="a.md")
    assert paragraphs(repair(sheet)) == [
        "Kế hoạch",
        "UBND TỈNH",
        "Số: 1/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Lam Giang, ngày 2 tháng 3 năm 2026",
        f"{PROSE}.",
        "TT | Nhiệm vụ",
        "1 | Rà soát",
    ]
    for line in sheet.lines:
        assert text[line.offset or 0 :].startswith(line.text)


def test_form_feeds_count_pages():
    sheet = read_data("Trang một\n\fTrang hai\n".encode(), name="a.txt")
    assert [line.page for line in sheet.lines if line.text] == [1, 2]


# What a file is


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"%PDF-1.7\n", "pdf", id="pdf"),
        pytest.param(b"\xef\xbb\xbf<!DOCTYPE html><p>A", "html", id="html-with-mark"),
        pytest.param("<html><p>Kế hoạch".encode("utf-16"), "html", id="html-in-utf-16"),
        pytest.param(b"{\\rtf1", "rtf", id="rtf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "image", id="png"),
        pytest.param("Kế hoạch <sup>1</sup>".encode(), "text", id="text-with-tags"),
    ],
)
def test_a_file_is_told_by_its_first_bytes(data, kind):
    assert find_format(data) == kind


def test_a_page_saved_in_one_file_is_read():
    page = f"<html><body><p>KẾ HOẠCH</p><p>{PROSE}</p></body></html>"
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message.set_content(page, subtype="html", charset="utf-8", cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png")
    sheet = read_data(bytes(message), name="trang.mhtml")
    assert texts(sheet) == ["KẾ HOẠCH", PROSE]
    assert sheet.warnings == ()


def test_a_mislabelled_file_is_read_as_what_it_is():
    sheet = read_data(f"<html><body><p>{PROSE}</p></body></html>".encode(), name="ke_hoach.docx")
    assert sheet.format == "html"
    assert [warning.code for warning in sheet.warnings] == ["mislabelled-file"]
    assert "trang web" in sheet.warnings[0].message


# HTML


def html(body: str) -> Sheet:
    return read_data(f"<html><body>{body}</body></html>".encode(), name="trang.html")


LETTERHEAD = """<table><tr><td><p>ỦY BAN NHÂN DÂN<br>TỈNH LAM GIANG</p><p>Số: 1/KH-UBND</p></td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></td></tr></table>"""


def test_a_letterhead_table_is_read_cell_by_cell_and_other_tables_row_by_row():
    rows = "".join(f"<tr><td>{n}<td>{PROSE}<td>Công an tỉnh</tr>" for n in (1, 2))
    sheet = html(f"{LETTERHEAD}<p>KẾ HOẠCH</p><p>{PROSE}</p><table>{rows}</table>")
    assert texts(sheet) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH LAM GIANG",
        "Số: 1/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "KẾ HOẠCH",
        PROSE,
        f"1 | {PROSE} | Công an tỉnh",
        f"2 | {PROSE} | Công an tỉnh",
    ]
    assert sheet.lines[-1].cells == ("2", PROSE, "Công an tỉnh")
    assert sheet.lines[3].bold
    assert not sheet.lines[0].bold


def test_merged_cells_keep_the_columns_in_line():
    sheet = html(
        f"<p>{PROSE}</p><table><tr><th>TT<th>Nhiệm vụ<th>Chủ trì</tr>"
        f"<tr><td>1<td>{PROSE}<td rowspan=2>Công an tỉnh</tr><tr><td>2<td>Rà soát</tr>"
        "<tr><td colspan=3>II. GIẢI PHÁP</tr></table>"
    )
    assert [line.cells for line in sheet.lines[1:]] == [
        ("TT", "Nhiệm vụ", "Chủ trì"),
        ("1", PROSE, "Công an tỉnh"),
        ("2", "Rà soát", "Công an tỉnh"),
        (),
    ]
    assert sheet.lines[-1].text == "II. GIẢI PHÁP"


def test_menus_hidden_parts_and_links_around_the_document_go():
    links = "".join(f"<li><a href='/{n}'>Tin hoạt động số {n} của tỉnh</a></li>" for n in range(9))
    sheet = html(
        f"<nav><a href='/'>Trang chủ</a></nav><div><ul>{links}</ul></div>"
        f"<div id=noi-dung>{LETTERHEAD}<p>KẾ HOẠCH</p><p>{PROSE}</p><p>{PROSE} khác</p>"
        "<p style='display:none'>Ẩn</p></div>"
        f"<script>var a = 1</script><div><ul>{links}</ul></div><footer>Bản quyền</footer>"
    )
    assert texts(sheet)[-3:] == ["KẾ HOẠCH", PROSE, f"{PROSE} khác"]
    assert texts(sheet)[0] == "ỦY BAN NHÂN DÂN"
    assert [mended.kind for mended in sheet.repairs] == ["web-chrome"]


def test_an_annex_beside_the_main_part_of_a_page_belongs_to_the_document():
    body = "".join(f"<p>Điều {n}. {PROSE} tại cơ sở số {n}.</p>" for n in range(1, 30))
    annex = f"<p>PHỤ LỤC</p><p>{PROSE} năm 2026.</p><p>{PROSE} năm 2027.</p><p>{PROSE}, 2028.</p>"
    contents = "".join(f"<div>Điều {n}. {PROSE} tại cơ sở số {n}.</div>" for n in range(1, 30))
    sheet = html(
        f"<main><div>{LETTERHEAD}</div><div>{body}</div><div>{annex}</div></main>"
        f"<div><span>Mục lục</span>{contents}</div>"
    )
    assert texts(sheet)[0] == "ỦY BAN NHÂN DÂN"
    assert texts(sheet)[-1] == f"{PROSE}, 2028."


def test_related_documents_below_the_signature_go():
    signature = "<table><tr><td><p>Nơi nhận:<br>- Lưu: VT.<td><p>CHỦ TỊCH<br>Lê An</table>"
    related = "".join(f"<tr><td>{n}/QĐ<td>Quyết định phê duyệt quy hoạch {n}" for n in range(5))
    body = f"{LETTERHEAD}<p>KẾ HOẠCH</p><p>{PROSE}</p><p>{PROSE} khác</p>{signature}"
    clean = repair(html(f"{body}<p>Các văn bản liên quan</p><table>{related}</table>"))
    assert paragraphs(clean)[-1] == "Lê An"
    assert "web-chrome" in {mended.kind for mended in clean.repairs}
    annexed = repair(html(f"{body}<p>PHỤ LỤC I</p><p>{PROSE}</p><p>1. Bình luận</p>"))
    assert paragraphs(annexed)[-1] == "1. Bình luận"


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><th>Số hiệu:</th><td>1/KH</td><th>Người ký</th><td>Lê An</td></tr></table>",
        "<div><span>Số hiệu</span><span>1/KH</span></div><div><b>Người ký:</b> Lê An</div>",
        "<table><tr><td><span>Số hiệu</span><span>1/KH</span><td><p>Người ký<p>Lê An</table>",
    ],
    ids=["four-cells", "spans", "blocks-in-cells"],
)
def test_properties_of_a_page_are_known_in_any_markup(table):
    clean = repair(html(f"{table}{LETTERHEAD}<p>KẾ HOẠCH</p><p>{PROSE}</p>"))
    assert clean.properties == {"Số hiệu": "1/KH", "Người ký": "Lê An"}
    assert "Lê An" not in clean.text


def test_effect_status_that_stands_alone_beside_the_heading_is_a_property():
    body = f"{LETTERHEAD}<p>KẾ HOẠCH</p><p>{PROSE}</p><p>{PROSE} khác</p>"
    page = html(f"<h1>Kế hoạch 1/KH</h1><div><span>Còn hiệu lực</span></div><div>{body}</div>")
    clean = repair(page)
    assert clean.properties["Tình trạng hiệu lực"] == "Còn hiệu lực"
    assert "Còn hiệu lực" not in clean.text


def test_raised_numbers_are_footnote_marks_unless_they_are_powers():
    sheet = html(f"<p>{PROSE}<sup>1</sup> trên 5 km<sup>2</sup></p><p><sup>1</sup> Chú thích.</p>")
    clean = repair(sheet)
    assert paragraphs(clean) == [f"{PROSE} trên 5 km²", "1 Chú thích."]
    assert clean.paragraphs[1].footnote


def test_labels_of_lists_are_made_visible():
    sheet = html(f"<p>{PROSE}</p><ol start=3><li>Một<li>Hai</ol><ol type=a><li>Ba</ol><ul><li>Bốn")
    assert texts(sheet)[1:] == ["3. Một", "4. Hai", "a. Ba", "- Bốn"]


def test_headings_keep_their_level_and_the_page_title_of_a_document_is_a_property():
    body = f"<h1>Kế hoạch 1/KH-UBND</h1><div>{LETTERHEAD}<p>KẾ HOẠCH</p><h2>I. MỤC ĐÍCH</h2>"
    sheet = html(f"{body}<p>{PROSE}</p></div>")
    assert sheet.properties == {"Tiêu đề trang": "Kế hoạch 1/KH-UBND"}
    assert [line.heading for line in sheet.lines if line.text == "I. MỤC ĐÍCH"] == [2]
    news = html(f"<h1>Ban hành kế hoạch</h1><p>{PROSE}</p><p>{PROSE} năm nay</p>")
    assert texts(news)[0] == "Ban hành kế hoạch"


@pytest.mark.shared
@pytest.mark.slow
def test_pages_of_the_law_database_come_through(shared, tmp_path):
    import tarfile

    with tarfile.open(shared / "data" / "vbpl" / "documents.tar.gz") as archive:
        members = [m for m in archive.getmembers() if m.name.endswith(".html")][::30]
        archive.extractall(tmp_path, members=members, filter="data")
    for path in sorted(tmp_path.rglob("*.html")):
        page = path.read_text("utf-8")
        if "Văn bản không tồn tại" in page:
            continue
        clean = repair(read_sheet(path))
        assert clean.properties, path.name
        assert bool(clean.text) == ("toan-van" in page), path.name
        assert "Văn bản gốc" not in clean.text, path.name


# Word


def word(body: str, **parts: str) -> bytes:
    """Return a Word file with *body* and other parts by name, without the root elements."""
    roots = {"document": ("document", f"<w:body>{body}</w:body>")}
    roots |= {name: (name, content) for name, content in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, (root, content) in roots.items():
            xml = f'<w:{root} xmlns:w="{W}">{content}</w:{root}>'
            archive.writestr(f"word/{name}.xml", xml)
    return file.getvalue()


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def item(text: str, level: int, number: int = 1) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, numbered)


LEVELS = [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "\uf0b7")]
NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    + "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(LEVELS)
    )
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="1">'
    + '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_numbers_that_word_generates_are_visible_text():
    body = "".join(
        [
            item("MỤC ĐÍCH", 0),
            item("Một", 1),
            item("Hai", 1),
            item("a của hai", 2),
            item("b của hai", 2),
            item("gạch", 3),
            item("Ba", 1),
            item("a của ba", 2),
            item("YÊU CẦU", 0),
            item("Lại một", 1),
            item("Lại từ đầu", 1, number=2),
        ]
    )
    sheet = read_data(word(body, numbering=NUMBERING), name="a.docx")
    assert texts(sheet) == [
        "I. MỤC ĐÍCH",
        "1. Một",
        "2. Hai",
        "a) a của hai",
        "b) b của hai",
        "- gạch",
        "3. Ba",
        "a) a của ba",
        "II. YÊU CẦU",
        "1. Lại một",
        "1. Lại từ đầu",
    ]


STYLES = """<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="heading 2"/>
<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>
<w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Con"/><w:basedOn w:val="Muc"/></w:style>
"""


def test_bold_level_and_number_are_inherited_from_styles():
    body = p("Công an tỉnh", '<w:pStyle w:val="Con"/>') + p("Thường", "", '<w:b w:val="0"/>')
    first, second = read_data(word(body, styles=STYLES, numbering=NUMBERING), name="a.docx").lines
    assert (first.text, first.bold, first.heading) == ("1. Công an tỉnh", True, 2)
    assert (second.bold, second.heading) == (False, None)


def test_hidden_and_deleted_text_is_out_and_inserted_text_in():
    body = (
        p("Ẩn", "", "<w:vanish/>")
        + "<w:p><w:r><w:t>Giữ</w:t></w:r><w:del><w:r><w:delText> bỏ</w:delText></w:r></w:del>"
        + "<w:ins><w:r><w:t> thêm</w:t></w:r></w:ins>"
        + "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert texts(read_data(word(body), name="a.docx")) == ["Giữ thêm"]


def test_a_footnote_follows_its_paragraph_without_cutting_it():
    body = (
        f"<w:p><w:r><w:t>{PROSE}</w:t></w:r><w:r><w:footnoteReference w:id='5'/></w:r>"
        "<w:r><w:t> tại cơ sở.</w:t></w:r></w:p>"
    )
    notes = f'<w:footnote w:id="5">{p("Theo Kế hoạch số 1/KH-UBND.")}</w:footnote>'
    clean = repair(read_data(word(body, footnotes=notes), name="a.docx"))
    assert paragraphs(clean) == [f"{PROSE} tại cơ sở.", "1 Theo Kế hoạch số 1/KH-UBND."]
    assert [paragraph.footnote for paragraph in clean.paragraphs] == [False, True]


def test_text_boxes_are_read_once():
    box = f"<w:txbxContent>{p('MẪU SỐ 1')}</w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f"<a:Choice>{box}</a:Choice><a:Fallback>{box}</a:Fallback>"
    body = (
        f"<w:p><w:r><a:AlternateContent xmlns:a='{mc}'>{both}</a:AlternateContent></w:r>"
        f"<w:r><w:t>{PROSE}</w:t></w:r></w:p>"
    )
    assert texts(read_data(word(body), name="a.docx")) == [PROSE, "MẪU SỐ 1"]


def test_tables_of_word_are_told_apart_like_those_of_html():
    letterhead = tr(
        tc(p("UBND TỈNH") + p("Số: 1/KH-UBND")),
        tc(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", "<w:b/>")),
    )
    merged, cont = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        tr(tc(p("TT")), tc(p("Nhiệm vụ")), tc(p("Chủ trì")))
        + tr(tc(p("1")), tc(p("Rà soát")), tc(p("Công an xã"), merged))
        + tr(tc(p("2")), tc(p("Lập") + p("hồ sơ")), tc(p(""), cont))
        + tr(tc(p("III. TỔ CHỨC"), '<w:gridSpan w:val="3"/>'))
    )
    body = f"<w:tbl>{letterhead}</w:tbl>{p('KẾ HOẠCH')}<w:tbl>{rows}</w:tbl>"
    sheet = read_data(word(body), name="a.docx")
    assert texts(sheet) == [
        "UBND TỈNH",
        "Số: 1/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "KẾ HOẠCH",
        "TT | Nhiệm vụ | Chủ trì",
        "1 | Rà soát | Công an xã",
        "2 | Lập hồ sơ | Công an xã",
        "III. TỔ CHỨC",
    ]


def test_a_tab_between_letterhead_and_national_name_parts_columns():
    body = (
        "<w:p><w:r><w:t>UBND TỈNH</w:t><w:tab/><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t></w:r>"
        "</w:p><w:p><w:r><w:t>SỞ Y TẾ</w:t><w:tab/><w:t>Độc lập - Tự do - Hạnh phúc</w:t></w:r>"
        f"</w:p>{p('KẾ HOẠCH')}{p(PROSE)}"
    )
    assert paragraphs(repair(read_data(word(body), name="a.docx")))[:4] == [
        "UBND TỈNH",
        "SỞ Y TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_page_breaks_of_word_count_pages():
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    sheet = read_data(word(p("Một") + page + p("Hai")), name="a.docx")
    assert [line.page for line in sheet.lines if line.text.strip()] == [1, 2]
    assert sheet.pages == 2


# Pages


def piece(text: str, x0: float, top: float, width: float, *, bold: bool = False) -> Piece:
    return Piece(text, Box(x0, top, x0 + width, top + 13), 13, bold)


def test_columns_side_by_side_are_read_one_after_the_other():
    pieces = [
        piece("UBND", 90, 60, 40),
        piece("TỈNH", 134, 60, 35),
        piece("CỘNG", 250, 60, 45),
        piece("HÒA", 299, 60, 30),
        piece("Số:", 100, 80, 20),
        piece("/KH-UBND", 160, 80, 60),
        piece("Độc", 270, 80, 25),
        piece("lập", 299, 80, 20),
        piece("Thực", 100, 110, 30),
        piece("hiện", 134, 110, 400),
    ]
    lines = read_lines(pieces, page=2)
    assert [line.text for line in lines] == [
        "UBND TỈNH",
        "Số: /KH-UBND",
        "CỘNG HÒA",
        "Độc lập",
        "Thực hiện",
    ]
    assert [word.column for word in lines[0].words] == [0, 5]
    assert lines[0].box == Box(90, 60, 169, 73)
    assert lines[0].page == 2


def test_a_label_far_from_its_text_is_no_column():
    pieces = [piece("1.", 90, 60, 10), piece("Rà", 130, 60, 15), piece("soát", 149, 60, 25)]
    assert [line.text for line in read_lines(pieces, page=1)] == ["1. Rà soát"]


def test_a_raised_number_on_a_page_is_the_mark_of_a_footnote():
    mark = Piece(text="1", box=Box(131, 58, 135, 65), size=7, bold=False)
    label = Piece(text="1", box=Box(90, 700, 94, 706), size=7, bold=False)
    words = [piece("duyệt", 90, 60, 40), piece("Theo", 98, 699, 30), piece("số", 131, 699, 12)]
    line, note = read_lines([mark, label, *words], page=1)
    assert (line.text, note.text) == ("duyệt <sup>1</sup>", "<sup>1</sup> Theo số")
    assert note.words[0].text == "<sup>1</sup>"


def said(path: Path) -> tuple[list[tuple[str, str]], list[tuple[str, list[str], list[str]]]]:
    """What a file says: its clauses by label and words, its tasks with bodies and terms."""
    read = read_document(path)
    outside = {"letterhead", "signature", "recipients"}
    clauses = [(c.label or "", plain(c.text)) for c in read.blocks if c.kind not in outside]
    tasks = [
        (
            plain(task.quote),
            sorted(f"{actor.role} {actor.agency}" for actor in task.actors),
            sorted(deadline.surface for deadline in task.deadlines),
        )
        for task in read.tasks
    ]
    return clauses, tasks


def plain(words: str) -> str:
    signs = str.maketrans("–“”’", '-""\'')
    return " ".join(fold_tones(words.translate(signs)).split())


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize(
    ("word_file", "pdf"),
    [
        ("drug_law_docs/luat_phong_chong_ma_tuy_2021.docx", "drug_law_docs/luat73_2021_qh14.pdf"),
        (
            "drug_law_docs/luat_phong_chong_ma_tuy_2021.docx",
            "drug_law_docs/luat_phong_chong_ma_tuy_2021.pdf",
        ),
        (
            "school_plans/Ke_hoach_to_chuc_sinh_hoat_Lich_su_theo_cum_truong_2026.docx",
            "school_plans/ke_hoach_to_chuc_sinh_hoat_lich_su_theo_cum_truong_2026_signed.pdf",
        ),
    ],
    ids=["law-in-the-gazette", "law-from-a-site", "plan-as-signed"],
)
def test_two_formats_of_one_document_say_the_same(shared, word_file, pdf):
    folder = shared / "data" / "documents"
    assert said(folder / word_file) == said(folder / pdf)


@pytest.mark.slow
def test_one_plan_reads_alike_as_word_and_as_pdf():
    stem = "2026_KH_412_UBND-tinh_phong-chong-ma-tuy-2027"
    word_file, pdf = (repair(read_sheet(CORPUS / f"{stem}{end}")) for end in (".docx", ".pdf"))
    assert paragraphs(word_file) == paragraphs(pdf)
    assert [paragraph.page for paragraph in pdf.paragraphs][-1] > 1
    assert all(place.box for place in pdf.places)


# Tables


def test_recipients_beside_several_rows_of_a_signature_are_read_once():
    merged, cont = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    closing = tr(tc(p("Nơi nhận:") + p("- Lưu: VT."), merged), tc(p("KT. HIỆU TRƯỞNG"))) + tr(
        tc(p(""), cont), tc(p("Trần Thanh Vũ"))
    )
    sheet = read_data(word(f"{p(PROSE)}<w:tbl>{closing}</w:tbl>"), name="a.docx")
    assert texts(sheet)[1:] == ["Nơi nhận:", "- Lưu: VT.", "KT. HIỆU TRƯỞNG", "Trần Thanh Vũ"]


@pytest.mark.parametrize(
    ("rows", "layout"),
    [
        ([[("UBND TỈNH",), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",)]], True),
        ([[("Nơi nhận:", "- Như trên;"), ("CHỦ TỊCH",)]], True),
        ([[("Khung",), ()]], True),
        ([[("TT",), ("Chức vụ",)], [("1",), ("CHỦ TỊCH",)]], False),
        ([[("Rà soát",), ("Công an xã",)], [("Lập hồ sơ",), ("Trạm y tế",)]], False),
    ],
)
def test_tables_that_only_set_text_side_by_side(rows, layout):
    assert tables.is_layout(rows) is layout


def test_a_row_with_one_filled_cell_is_a_plain_line():
    assert tables.row_line(("", "I. NHIỆM VỤ", "")) == Line(text="I. NHIỆM VỤ", whole=True)


def test_a_workbook_is_read_row_by_row():
    book = Workbook()
    table = book.active
    table.append(["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"])
    table.append([1, "Rà soát địa bàn", "• Văn phòng\n• Vụ Pháp chế", dt.date(2017, 4, 13)])
    table.append([2.0, "Báo cáo", None, "Quý II"])
    table.merge_cells("C2:C3")
    hidden = book.create_sheet("Danh mục")
    hidden.append(["Không hiện"])
    hidden.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    sheet = read_data(file.getvalue(), name="theo_doi.xlsx")
    assert sheet.format == "xlsx"
    assert [line.cells for line in sheet.lines[1:]] == [
        ("1", "Rà soát địa bàn", "• Văn phòng • Vụ Pháp chế", "13/04/2017"),
        ("2", "Báo cáo", "• Văn phòng • Vụ Pháp chế", "Quý II"),
    ]
