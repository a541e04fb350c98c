"""Where a text names bodies, and what they are called in full."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.agencies import find_agencies, mark_agencies
from ingest.naming import full_name
from ingest.nesting import within
from ingest.places import Context
from ingest.settling import settle
from ingest.words import read_words

PROVINCE = Context(level="province", unit="tỉnh Lam Giang", province="tỉnh Lam Giang")
DISTRICT = Context(
    level="district", unit="huyện Vân Khê", district="huyện Vân Khê", province="tỉnh Lam Giang"
)
COMMUNE = Context(level="commune", unit="xã Hạ Giang", province="tỉnh Lam Giang")
CENTRE = Context(level="central")
MINISTRY = Context(level="central", issuer="Bộ Y tế")
OFFICE = Context(
    level="province",
    issuer="Sở Y tế tỉnh Lam Giang",
    unit="tỉnh Lam Giang",
    province="tỉnh Lam Giang",
)
SCHOOL = Context(level="province", issuer="Trường THPT Lam Đô")
SPLIT = Context(
    level="province",
    unit="tỉnh Lam Giang",
    province="tỉnh Lam Giang",
    districts="các huyện, thành phố",
)


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
        pytest.param("Chánh Văn phòng, Chánh Thanh tra tỉnh", ["Chánh Văn phòng", "Chánh Thanh tra tỉnh"], id="an-office-makes-a-room-a-body"),
        pytest.param("tại văn phòng của đơn vị", [], id="an-office-room-is-no-body"),
        pytest.param("Phòng PC04 Công an tỉnh tham mưu", ["Phòng PC04 Công an tỉnh"], id="unit-of-the-police"),
        pytest.param("Vụ KHTC, Vụ Pháp chế", ["Vụ KHTC", "Vụ Pháp chế"], id="units-of-a-ministry-abbreviated"),
        pytest.param("Phòng Văn hóa - Xã hội, Phòng Kinh tế, Trung tâm Phục vụ hành chính công xã", ["Phòng Văn hóa - Xã hội", "Phòng Kinh tế", "Trung tâm Phục vụ hành chính công xã"], id="offices-of-a-commune"),
        pytest.param("Trung tâm Công nghệ thông tin chủ trì", ["Trung tâm Công nghệ thông tin"], id="a-name-that-ends-in-what-may-be-a-verb"),
        pytest.param("Trung tâm Công nghệ thông tin, Bộ Y tế chủ trì", ["Trung tâm Công nghệ thông tin, Bộ Y tế"], id="a-unit-and-its-ministry-are-one"),
        pytest.param("Vụ Pháp chế, Bộ Công an, Bộ Quốc phòng", ["Vụ Pháp chế", "Bộ Công an", "Bộ Quốc phòng"], id="two-ministries-make-a-list"),
        pytest.param("Trường THPT Cao Giang 2 chủ trì", ["Trường THPT Cao Giang 2"], id="a-schools-number"),
        pytest.param("Trường THPT Cao Giang 2 tháng một lần", ["Trường THPT Cao Giang"], id="a-number-of-months-is-no-schools"),
        pytest.param("DOANH NHÂN, DOANH NGHIỆP VÀ TỔ CHỨC", ["DOANH NGHIỆP"], id="capitals-hold-no-member-before-the-body"),
        pytest.param("các cơ quan chuyên môn, Cục Thống kê tỉnh", ["các cơ quan chuyên môn", "Cục Thống kê tỉnh"], id="a-named-body-ends-a-list-of-nouns"),
        pytest.param("Vụ trưởng Vụ Pháp chế và Thủ trưởng các đơn vị liên quan", ["Vụ trưởng Vụ Pháp chế", "Thủ trưởng các đơn vị liên quan"], id="an-office-begins-another-body"),
        pytest.param("Văn phòng Thường trực Ban Chỉ đạo 389 tỉnh theo dõi", ["Văn phòng Thường trực Ban Chỉ đạo 389 tỉnh"], id="the-standing-office-of-a-committee"),
        pytest.param("các bộ phận liên quan", ["các bộ phận liên quan"], id="parts-are-no-ministries"),
        pytest.param("các đơn vị thuộc, trực thuộc Bộ, Giám đốc Sở Y tế", ["các đơn vị thuộc, trực thuộc Bộ", "Giám đốc Sở Y tế"], id="units-of-the-issuer"),
        pytest.param("Phòng Khoa học và Hợp tác quốc tế; Phòng Đào tạo – Khảo thí", ["Phòng Khoa học và Hợp tác quốc tế", "Phòng Đào tạo – Khảo thí"], id="units-of-a-university"),
        pytest.param("Đảng ủy UBND tỉnh, Ban cán sự đảng Bộ Y tế", ["Đảng ủy UBND tỉnh", "Ban cán sự đảng Bộ Y tế"], id="party-bodies-within-a-body"),
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
        pytest.param("ban, ngành, đoàn thể", PROVINCE, "Các ban, ngành, đoàn thể tỉnh Lam Giang", id="a-list-is-plural"),
        pytest.param("Thủ trưởng cơ quan ngang bộ", CENTRE, "Các cơ quan ngang bộ", id="a-rank-is-plural"),
        pytest.param("Giám đốc Sở Nội vụ", PROVINCE, "Sở Nội vụ tỉnh Lam Giang", id="office"),
        pytest.param("UBND xã", COMMUNE, "UBND xã Hạ Giang", id="bare-commune"),
        pytest.param("Vụ Pháp chế", CENTRE, "Vụ Pháp chế", id="ministry-department"),
        pytest.param("Vụ KHTC", MINISTRY, "Vụ Kế hoạch - Tài chính Bộ Y tế", id="a-ministrys-unit-bears-its-name"),
        pytest.param("Chánh Văn phòng Bộ", MINISTRY, "Văn phòng Bộ Y tế", id="a-ministrys-office"),
        pytest.param("Phòng Tổ chức cán bộ", OFFICE, "Phòng Tổ chức cán bộ Sở Y tế tỉnh Lam Giang", id="a-departments-unit"),
        pytest.param("Nhà trường", SCHOOL, "Trường THPT Lam Đô", id="a-school-of-itself"),
        pytest.param("Phòng PC04", PROVINCE, "Phòng Cảnh sát điều tra tội phạm về ma túy Công an tỉnh Lam Giang", id="a-unit-of-the-police-by-its-code"),
        pytest.param("C04", CENTRE, "Cục Cảnh sát điều tra tội phạm về ma túy", id="a-department-of-the-ministry-by-its-code"),
        pytest.param("Sở VHTT", PROVINCE, "Sở Văn hóa và Thể thao tỉnh Lam Giang", id="an-ambiguous-field-of-a-province"),
        pytest.param("Phòng VHTT", DISTRICT, "Phòng Văn hóa Thông tin huyện Vân Khê", id="an-ambiguous-field-of-a-district"),
        pytest.param("các tổ chức thành viên", DISTRICT, "Các tổ chức thành viên của Mặt trận Tổ quốc huyện Vân Khê", id="whose-members"),
        pytest.param("Mặt trận Tổ quốc", DISTRICT, "Ủy ban MTTQ Việt Nam huyện Vân Khê", id="front"),
        pytest.param("các trường học trên địa bàn xã", COMMUNE, "Các trường học trên địa bàn xã Hạ Giang", id="within-the-area"),
        pytest.param("các phòng của Sở Y tế có liên quan", PROVINCE, "Các phòng thuộc Sở Y tế tỉnh Lam Giang", id="of-whom-they-are"),
        pytest.param("Cục Dân số, Bộ Y tế", CENTRE, "Cục Dân số Bộ Y tế", id="a-unit-with-its-ministry"),
        pytest.param("Phòng Nghiệp vụ thuộc Sở Y tế", PROVINCE, "Phòng Nghiệp vụ Sở Y tế tỉnh Lam Giang", id="a-unit-with-its-department"),
        pytest.param("các đơn vị thuộc và trực thuộc Bộ", MINISTRY, "Các đơn vị thuộc và trực thuộc Bộ Y tế", id="units-of-who-issues"),
        pytest.param("Trưởng các phòng", OFFICE, "Các phòng Sở Y tế tỉnh Lam Giang", id="offices-of-who-issues"),
        pytest.param("Đảng đoàn Mặt trận Tổ quốc tỉnh", PROVINCE, "Đảng đoàn Ủy ban MTTQ Việt Nam tỉnh Lam Giang", id="a-party-body-within-a-body"),
        pytest.param("VCCI", CENTRE, "Liên đoàn Thương mại và Công nghiệp Việt Nam", id="a-federation-by-its-letters"),
        pytest.param("UBND cùng cấp", PROVINCE, "UBND cùng cấp", id="of-the-same-level-is-of-no-place"),
        pytest.param("Phòng Y tế", SPLIT, "Phòng Y tế các huyện, thành phố tỉnh Lam Giang", id="a-provinces-districts"),
    ],
)  # fmt: skip
def test_full_name(surface, context, name):
    label = next(find_agencies(surface))[2]
    assert full_name(surface, context, label=label) == name


def test_a_field_of_a_list_gets_its_head_back():
    assert full_name("Tài chính", PROVINCE, label="body|Sở") == "Sở Tài chính tỉnh Lam Giang"


def test_a_list_shares_the_level_that_ends_it():
    labels = [label for *_, label in find_agencies("Cấp ủy, chính quyền các cấp; Sở Y tế")]
    assert labels == ["collective||các cấp", "collective", "body"]
    name = full_name("Cấp ủy", PROVINCE, label=labels[0])
    assert name == "Cấp ủy các cấp tỉnh Lam Giang"


@pytest.mark.parametrize(
    ("body", "surface", "name"),
    [
        pytest.param("UBND các xã, thị trấn huyện Vân Khê", "Các xã, thị trấn", "UBND các xã, thị trấn huyện Vân Khê", id="its-levels-alone"),
        pytest.param("UBND các xã, thị trấn huyện Vân Khê", "công an các xã, thị trấn", "Công an các xã, thị trấn huyện Vân Khê", id="levels-printed"),
        pytest.param("UBND các huyện tỉnh Lam Giang", "các ban, ngành, đoàn thể", "Các ban, ngành, đoàn thể các huyện tỉnh Lam Giang", id="what-is-on-its-level"),
        pytest.param("UBND các xã tỉnh Lam Giang", "Ủy ban MTTQ Việt Nam cùng cấp", "Ủy ban MTTQ Việt Nam các xã tỉnh Lam Giang", id="on-the-same-level"),
        pytest.param("UBND các xã tỉnh Lam Giang", "các cơ quan, đơn vị liên quan", "Các cơ quan, đơn vị liên quan tỉnh Lam Giang", id="all-who-are-concerned"),
        pytest.param("UBND các xã tỉnh Lam Giang", "Sở Y tế", "Sở Y tế tỉnh Lam Giang", id="a-higher-body"),
        pytest.param("UBND phường Lam Đô", "Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội phường Lam Đô", id="its-own-office"),
        pytest.param("Sở Y tế tỉnh Lam Giang", "các trường học", "Các trường học tỉnh Lam Giang", id="a-department-gives-no-place"),
    ],
)  # fmt: skip
def test_what_stands_under_a_lower_body_takes_its_place(body, surface, name):
    outer = DISTRICT if "huyện Vân Khê" in body else PROVINCE
    label = next(find_agencies(surface))[2]
    assert full_name(surface, within(outer, body), label=label) == name


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


def test_in_the_rules_of_a_team_its_officers_are_of_it():
    rules = (
        "Quy chế này quy định tổ chức và hoạt động của Đội Kiểm tra liên ngành trên địa bàn tỉnh "
        "Lam Giang (sau đây gọi tắt là Đội kiểm tra 99)."
    )
    context = settle(PROVINCE, rules, on=None)
    assert full_name("Đội trưởng", context) == "Đội trưởng Đội kiểm tra 99"
    assert full_name("Đội phó cấp dưới", context) == "Đội phó Đội kiểm tra 99 cấp dưới"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        pytest.param("Vụ Pháp chế; Bộ Y tế trả lời", "Bộ Y tế", id="one"),
        pytest.param("Vụ Pháp chế; Bộ Y tế, Bộ Công an", None, id="two"),
        pytest.param("Sở Y tế; Bộ Y tế", None, id="no-unit-of-a-ministry"),
    ],
)
def test_a_table_of_no_issuer_is_the_ministrys_that_it_names(text, issuer):
    assert settle(Context(), text, on=None).issuer == issuer


def test_ministers_of_no_name_are_each_ministry():
    assert full_name("Bộ trưởng", CENTRE) == "Các Bộ"
    assert full_name("Bộ trưởng", MINISTRY) == "Bộ Y tế"
