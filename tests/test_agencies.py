"""Where a text names bodies, and what they are called in full."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.agencies import find_agencies, mark_agencies
from ingest.naming import full_name
from ingest.places import Context
from ingest.words import read_words

PROVINCE = Context(level="province", unit="tỉnh Lam Giang", province="tỉnh Lam Giang")
DISTRICT = Context(
    level="district", unit="huyện Vân Khê", district="huyện Vân Khê", province="tỉnh Lam Giang"
)
COMMUNE = Context(level="commune", unit="xã Hạ Giang", province="tỉnh Lam Giang")
CENTRE = Context(level="central")


def found(text):
    return [text[start:end] for start, end, _ in find_agencies(text)]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        pytest.param("Giao Sở Y tế chủ trì", ["Sở Y tế"], id="department-by-its-field"),
        pytest.param("Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh", ["Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh"], id="a-field-with-a-comma"),
        pytest.param("Phòng LĐTBXH huyện", ["Phòng LĐTBXH huyện"], id="field-abbreviated"),
        pytest.param("các Sở: Y tế, Tài chính, Công an tỉnh", ["Y tế", "Tài chính", "Công an tỉnh"], id="head-left-out-in-a-list"),
        pytest.param("các Bộ: Công an, Quốc phòng", ["Công an", "Quốc phòng"], id="a-ministry-that-is-a-force-too"),
        pytest.param("UBND các xã, phường, thị trấn thực hiện", ["UBND các xã, phường, thị trấn"], id="plural-area"),
        pytest.param("Công an tỉnh, Tỉnh đoàn", ["Công an tỉnh", "Tỉnh đoàn"], id="a-level-that-begins-a-body"),
        pytest.param("các sở, ban, ngành và chính quyền các cấp", ["các sở, ban, ngành", "chính quyền các cấp"], id="a-noun-that-stands-alone-ends-the-list"),
        pytest.param("Ban Chỉ đạo 138 tỉnh", ["Ban Chỉ đạo 138 tỉnh"], id="committee-by-number"),
        pytest.param("Ban Chỉ đạo phòng, chống ma túy để lãnh đạo", ["Ban Chỉ đạo phòng, chống ma túy"], id="committee-by-topic"),
        pytest.param("Cục Cảnh sát điều tra tội phạm về ma túy chủ trì", ["Cục Cảnh sát điều tra tội phạm về ma túy"], id="a-long-known-name"),
        pytest.param("Giám đốc Sở Nội vụ, Chánh Văn phòng UBND tỉnh", ["Giám đốc Sở Nội vụ", "Chánh Văn phòng UBND tỉnh"], id="offices-count-as-their-body"),
        pytest.param("Thủ trưởng các cơ quan, đơn vị liên quan", ["Thủ trưởng các cơ quan, đơn vị liên quan"], id="heads-of-all"),
        pytest.param("lực lượng công an cấp xã", ["lực lượng công an cấp xã"], id="in-small-letters"),
        pytest.param("trong những trường hợp đặc biệt", [], id="a-case-is-no-school"),
        pytest.param("tại cơ sở, cấp xã", [], id="a-grassroots-is-no-department"),
        pytest.param("ca phẫu thuật", [], id="an-abbreviation-in-small-letters-is-a-word"),
    ],
)  # fmt: skip
def test_bodies(text, bodies):
    assert found(text) == bodies


@pytest.mark.parametrize(
    ("surface", "context", "name"),
    [
        pytest.param("Công an tỉnh", PROVINCE, "Công an tỉnh Lam Giang", id="bare-level"),
        pytest.param("Sở Y tế", PROVINCE, "Sở Y tế tỉnh Lam Giang", id="level-left-out"),
        pytest.param("Sở Y tế", DISTRICT, "Sở Y tế tỉnh Lam Giang", id="a-department-is-the-provinces"),
        pytest.param("Uỷ ban nhân dân các xã, thị trấn", DISTRICT, "UBND các xã, thị trấn huyện Vân Khê", id="plural-stays-plural"),
        pytest.param("UBND xã, phường", PROVINCE, "UBND các xã, phường tỉnh Lam Giang", id="a-list-of-levels-is-plural"),
        pytest.param("Phòng LĐ-TB&XH", DISTRICT, "Phòng Lao động - Thương binh và Xã hội huyện Vân Khê", id="field-spelled-out"),
        pytest.param("Công an huyện Phú Giang", PROVINCE, "Công an huyện Phú Giang", id="place-printed"),
        pytest.param("Bộ Công an", PROVINCE, "Bộ Công an", id="central"),
        pytest.param("Tỉnh đoàn", PROVINCE, "Tỉnh đoàn Lam Giang", id="party-form"),
        pytest.param("các sở, ban, ngành", PROVINCE, "Các sở, ban, ngành tỉnh Lam Giang", id="collective"),
        pytest.param("Giám đốc Sở Nội vụ", PROVINCE, "Sở Nội vụ tỉnh Lam Giang", id="office"),
        pytest.param("UBND xã", COMMUNE, "UBND xã Hạ Giang", id="bare-commune"),
        pytest.param("Vụ Pháp chế", CENTRE, "Vụ Pháp chế", id="ministry-department"),
    ],
)  # fmt: skip
def test_full_name(surface, context, name):
    label = next(find_agencies(surface))[2]
    assert full_name(surface, context, label=label) == name


def test_a_field_of_a_list_gets_its_head_back():
    assert full_name("Tài chính", PROVINCE, label="body|Sở") == "Sở Tài chính tỉnh Lam Giang"


NAMES = [
    "Sở",
    "Y tế",
    "các",
    "ban",
    "ngành",
    "Công an",
    "tỉnh",
    "xã",
    "UBND",
    "Hà",
    "Giang",
    "Phòng",
]
SIGNS = [",", ";", "và", "\n", "(", ")", "chủ trì"]
WORDS = st.lists(st.sampled_from(NAMES + SIGNS))


@given(WORDS)
def test_bodies_never_overlap_nor_cross_a_paragraph(words):
    text = " ".join(words)
    end = 0
    for start, stop, _ in find_agencies(text):
        assert end <= start < stop
        assert "\n" not in text[start:stop]
        end = stop


@given(WORDS)
def test_marks_cover_exactly_what_was_found(words):
    text = " ".join(words).strip()
    doc = read_words(text)
    assert doc.text == text
    marked = [(span.start_char, span.end_char) for span in mark_agencies(doc)]
    assert marked == [(start, end) for start, end, _ in find_agencies(text)]


@given(st.text(alphabet="aăâoòóuỳýqQ hnHÀ.,-\n'\u00a0=", max_size=60))
def test_words_stand_where_the_text_has_them(text):
    doc = read_words(text)
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
