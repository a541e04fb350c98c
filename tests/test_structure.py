"""How paragraphs become a tree of clauses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Clean, Paragraph, Span
from ingest.numbering import read_mark
from ingest.structure import split_clauses


def clean_of(lines, *, bold=(), rows=()):
    """A clean text of one paragraph a line; rows are lines whose cells " | " parts."""
    text, paragraphs = "", []
    for index, line in enumerate(lines):
        start = len(text)
        cells = []
        if index in rows:
            cells = [
                Span(start + cell.start(), start + cell.end())
                for cell in re.finditer(r"(?:(?! \| ).)+|(?<= \| )(?= \| |$)", line)
            ]
        paragraphs.append(
            Paragraph(span=Span(start, start + len(line)), bold=index in bold, cells=tuple(cells))
        )
        text += line + "\n"
    return Clean(text=text, paragraphs=tuple(paragraphs), places=())


def paths(lines, **layout):
    clean = clean_of(lines, **layout)
    return [clause.path for clause in split_clauses(clean, [None] * len(lines))]


def kinds(lines, **layout):
    clean = clean_of(lines, **layout)
    return [clause.kind for clause in split_clauses(clean, [None] * len(lines))]


@pytest.mark.parametrize(
    ("line", "label", "name"),
    [
        pytest.param("II. NỘI DUNG", "II.", "II", id="roman"),
        pytest.param("IV - TỔ CHỨC", "IV -", "IV", id="roman-with-a-dash"),
        pytest.param("3.Sở Y tế", "3.", "3", id="no-space-before-a-capital"),
        pytest.param("1/ Công an", "1/", "1", id="slash"),
        pytest.param("2.1. Công tác", "2.1.", "1", id="decimal"),
        pytest.param("đ) Rà soát", "đ)", "đ", id="letter-d"),
        pytest.param("Điều 5. Trách nhiệm", "Điều 5.", "Đ5", id="article"),
        pytest.param("Chương II", "Chương II", "CII", id="chapter"),
        pytest.param("Phần thứ hai", "Phần thứ hai", "P2", id="part-in-words"),
        pytest.param("- Rà soát", "-", None, id="dash"),
        pytest.param("+ Rà soát", "+", None, id="plus"),
        pytest.param("PHỤ LỤC I", "PHỤ LỤC I", "PLI", id="annex"),
    ],
)
def test_mark(line, label, name):
    mark = read_mark(line)
    assert (mark.label, mark.name) == (label, name)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("1.500 tỷ đồng", id="a-sum"),
        pytest.param("30/6/2024 là hạn cuối", id="a-date"),
        pytest.param("Điều 5 của Luật này quy định", id="an-article-cited"),
        pytest.param("Mục tiêu của kế hoạch", id="a-word-that-begins-like-a-section"),
        pytest.param("Công an tỉnh", id="plain-words"),
    ],
)
def test_no_mark(line):
    assert read_mark(line) is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["I. Một", "1. Hai", "a) Ba"], ["I", "I.1", "I.1.a"], id="nests"),
        pytest.param(["1. Một", "a) Hai", "2. Ba"], ["1", "1.a", "2"], id="closes-deeper-levels"),
        pytest.param(["3. Một", "- Hai", "- Ba"], ["3", "3.1", "3.2"], id="counts-dashes"),
        pytest.param(["1. Một", "- Hai", "+ Ba", "- Bốn"], ["1", "1.1", "1.1.1", "1.2"], id="bullets-nest-by-first-appearance"),
        pytest.param(["1. Một", "1. Hai", "a) Ba"], ["1", "1~2", "1~2.a"], id="tells-namesakes-apart"),
        pytest.param(["I. Một", "- Hai", "2. Ba"], ["I", "I.m1", "I.2"], id="a-dash-never-takes-a-number-of-its-siblings"),
        pytest.param(["1. Sở Y tế", "Rà soát.", "Báo cáo."], ["1", "1.1", "1.2"], id="plain-paragraphs-stand-under-their-heading"),
        pytest.param(["1. Xã", "Treo khẩu hiệu:", "- Một", "Báo cáo."], ["1", "1.1", "1.1.1", "1.2"], id="a-lead-in-encloses-its-bullets"),
        pytest.param(["2. Tuyên truyền", "*Nội dung", "Phát tin.", "* Hình thức", "· Loa"], ["2", "2.1", "2.1.1", "2.2", "2.2.1"], id="a-starred-title-encloses"),
        pytest.param(["I. Một", "1. Hai", "II. Ba", "1. Bốn"], ["I", "I.1", "II", "II.1"], id="numbers-restart-under-the-next-part"),
        pytest.param(["a) Một", "b) Hai", "b) Ba", "c) Bốn"], ["a", "b", "b~2", "c"], id="a-broken-series-goes-on"),
        pytest.param(["1. Một", "1.1. Hai", "1.2. Ba", "2. Bốn"], ["1", "1.1", "1.2", "2"], id="decimals-under-their-number"),
        pytest.param(["Chương I", "Điều 1. Một", "1. Hai", "a) Ba", "Điều 2. Bốn"], ["CI", "CI.Đ1", "CI.Đ1.1", "CI.Đ1.1.a", "CI.Đ2"], id="articles"),
    ],
)  # fmt: skip
def test_paths(lines, expected):
    assert paths(lines) == expected


def test_rows_of_a_table_stand_under_their_group():
    lines = ["II. Phân công", "STT | Nhiệm vụ", "I | Tuyên truyền", "1 | Phát tin", "2 | Treo loa"]
    assert paths(lines, rows={1, 2, 3, 4}) == ["II", "II.m1", "II.I", "II.I.1", "II.I.2"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["1. Công an tỉnh", "- Rà soát."], "heading", id="a-title-that-encloses"),
        pytest.param(["a) Rà soát địa bàn; lập danh sách người nghiện và báo cáo.", "- Báo cáo."], "narrative", id="a-sentence-that-encloses-is-none"),
        pytest.param(["1. Rà soát.", "2. Báo cáo."], "narrative", id="an-item-that-encloses-nothing"),
        pytest.param(["III. TỔ CHỨC THỰC HIỆN", "Báo cáo."], "heading", id="capitals"),
    ],
)  # fmt: skip
def test_heading_or_sentence(lines, expected):
    assert kinds(lines)[0] == expected


def test_a_bold_line_without_a_mark_is_a_heading():
    assert kinds(["Về tuyên truyền", "Phát tin trên loa."], bold={0})[0] == "heading"


def test_zones_stand_beside_the_tree():
    clean = clean_of(["KẾ HOẠCH", "I. Một", "Nơi nhận:", "CHỦ TỊCH"])
    clauses = split_clauses(clean, ["title", None, "recipients", "signature"])
    assert [clause.path for clause in clauses] == ["0.1", "I", "nn.1", "ky.1"]


LINES = st.lists(
    st.builds(
        lambda mark, words: f"{mark}{' '.join(words)}",
        st.sampled_from(["", "I. ", "II. ", "1. ", "2. ", "a) ", "b) ", "- ", "+ ", "Điều 3. "]),
        st.lists(
            st.sampled_from(["Rà", "soát", "Công", "an", "tỉnh:", "2025.", "(x)"]), min_size=1
        ),
    ),
    max_size=12,
)


@given(LINES)
def test_every_clause_shows_its_words_and_has_a_path_of_its_own(lines):
    clean = clean_of(lines)
    clauses = split_clauses(clean, [None] * len(lines))
    assert len({clause.path for clause in clauses}) == len(clauses) == len(lines)
    for clause, line in zip(clauses, lines, strict=True):
        assert clause.span.of(clean.text) == line
        assert line.endswith(clause.text)
        assert (clause.label or "") in line


@given(LINES)
def test_the_clause_that_a_path_names_as_parent_stands_above(lines):
    clean = clean_of(lines)
    seen = set()
    for clause in split_clauses(clean, [None] * len(lines)):
        assert clause.parent is None or clause.parent in seen
        seen.add(clause.path)


@pytest.mark.parametrize(
    ("line", "label", "name"),
    [
        pytest.param("Điều 5- Nhiệm vụ", "Điều 5-", "Đ5", id="article-with-a-dash"),
        pytest.param("Danh mục II: Các chất", "Danh mục II:", "II", id="list"),
        pytest.param("Dự án 2: Đầu tư", "Dự án 2:", "2", id="part-of-a-programme"),
        pytest.param("I-MỤC ĐÍCH", "I-", "I", id="roman-without-a-space"),
        pytest.param("b - Công an xã", "b -", "b", id="letter-with-a-dash"),
        pytest.param("2.1/ Công tác", "2.1/", "1", id="decimal-with-a-slash"),
        pytest.param("(iii) Rà soát", "(iii)", "iii", id="small-roman-in-brackets"),
        pytest.param("iv) Rà soát", "iv)", "iv", id="small-roman"),
        pytest.param("Article 5. Scope", "Article 5.", "Đ5", id="article-of-a-translation"),
        pytest.param("Chapter II", "Chapter II", "CII", id="chapter-of-a-translation"),
    ],
)
def test_marks_of_other_habits(line, label, name):
    mark = read_mark(line)
    assert (mark.label, mark.name) == (label, name)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["1. Dự án", "Dự án 1: Một", "1. Hai", "2. Ba", "Dự án 2: Bốn"], ["1", "1.1", "1.1.1", "1.1.2", "1.2"], id="parts-of-a-programme-enclose-numbers"),
        pytest.param(["1. Một", "a) Gồm các việc:", "1. Hai", "2. Ba"], ["1", "1.a", "1.a.1", "1.a.2"], id="a-series-that-a-lead-in-restarts"),
        pytest.param(["Điều 1. Sửa đổi", "1. Sửa đổi Điều 9 như sau:", "“Điều 9. Một", "1. Hai", "a) Ba.”", "2. Bãi bỏ"], ["Đ1", "Đ1.1", "Đ1.1.1", "Đ1.1.1~2", "Đ1.1.1~2.a", "Đ1.2"], id="what-is-quoted-stays-below-the-point"),
        pytest.param(["1. Sửa như sau:", "“Điều 9. Không có ngoặc đóng", "2. Hai"], ["1", "1.1", "2"], id="a-quotation-without-an-end-is-none"),
    ],
)  # fmt: skip
def test_series_in_series(lines, expected):
    assert paths(lines) == expected


def test_the_title_below_the_label_of_a_part_is_one_clause_with_it():
    clean = clean_of(["Chương I", "QUY ĐỊNH", "CHUNG", "Điều 1. Một"])
    first, second = split_clauses(clean, [None] * 4)
    assert (first.path, first.label, first.text) == ("CI", "Chương I", "QUY ĐỊNH CHUNG")
    assert first.span.of(clean.text) == "Chương I\nQUY ĐỊNH\nCHUNG"
    assert second.path == "CI.Đ1"


def test_letterhead_in_a_form_heads_nothing():
    lines = ["PHỤ LỤC", "MẪU BÁO CÁO", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO", "(1)"]
    clean = clean_of([*lines, "SỞ GIÁO DỤC VÀ ĐÀO TẠO"], bold={0, 1, 2, 3, 4, 5})
    found = [clause.kind for clause in split_clauses(clean, [None] * 6)]
    assert found == ["heading", "narrative", "title", "narrative", "title"]


def test_what_follows_a_signature_stands_under_nothing_above_it():
    clean = clean_of(["Điều 3. Chánh Văn phòng", "CHỦ TỊCH", "I. Mục đích", "PHỤ LỤC"])
    clauses = split_clauses(clean, [None, "signature", None, None])
    assert [clause.path for clause in clauses] == ["Đ3", "ky.1", "I", "PL"]


def test_rows_are_part_of_the_body_wherever_the_table_stands():
    clean = clean_of(["1 | Rà soát | Công an", "2 | Báo cáo | Sở Y tế"], rows={0, 1})
    assert [clause.path for clause in split_clauses(clean, ["title", "preamble"])] == ["1", "2"]
