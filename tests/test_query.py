"""Reading questions: as officials type them, in a hurry and without accents."""

import csv
import datetime as dt
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bodies import read_body
from index.codes import code_key, name_key
from index.fold import fold, has_accents, read_tokens
from index.gazetteer import Gazetteer, fits
from index.numbers import find_numbers
from index.query import read_question
from index.slips import may_mean, mend
from index.telex import decode
from index.terms import all_terms, read_terms, read_words

AGENCIES = (
    "Công an tỉnh Lam Giang",
    "Công an huyện Vân Khê",
    "Công an các xã, thị trấn huyện Vân Khê",
    "UBND các xã, phường tỉnh Lam Giang",
    "UBND các huyện, thành phố tỉnh Lam Giang",
    "Sở Giáo dục và Đào tạo tỉnh Lam Giang",
    "Sở Lao động - Thương binh và Xã hội tỉnh Lam Giang",
    "Phòng Giáo dục và Đào tạo huyện Vân Khê",
    "Bộ Chỉ huy Bộ đội Biên phòng tỉnh Lam Giang",
    "Ủy ban MTTQ Việt Nam tỉnh Lam Giang",
    "Viện kiểm sát nhân dân các cấp tỉnh Lam Giang",
    "Cục Hải quan Hà Nam Ninh",
    "Tỉnh đoàn Lam Giang",
    "Trung tâm Công nghệ thông tin tỉnh Lam Giang",
)
GAZETTEER = Gazetteer(tuple(enumerate(AGENCIES)), frozenset({"lam giang", "van khe"}))
TEXTS = (
    "Phát động phong trào toàn dân tham gia ký cam kết",
    "Kinh phí thực hiện Kế hoạch lấy từ nguồn ngân sách nhà nước",
    "Phòng Giáo dục và Đào tạo chỉ đạo các trường học",
    "Xác định tình trạng nghiện ma túy, lập hồ sơ, ví dụ cụ thể",
    "Công an các xã báo cáo kết quả thực hiện trước ngày 30/6/2026",
)
COUNTS = Counter(term for text in TEXTS for term in set(all_terms(read_words(text))))


def read(text):
    return read_question(text, GAZETTEER, lambda term: COUNTS[term])


def bare(text):
    return "".join(
        c for c in unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
        if not unicodedata.combining(c)
    )  # fmt: skip


INTENTS = [
    ("Ai chủ trì rà soát người nghiện?", "who"),
    ("Đơn vị nào phối hợp với Sở Y tế?", "who"),
    ("Do cơ quan nào thực hiện", "who"),
    ("Trách nhiệm này thuộc về sở nào", "who"),
    ("Công an tỉnh phải làm gì?", "what"),
    ("Sở Y tế được giao những nhiệm vụ gì trong kế hoạch 2026", "what"),
    ("UBND xã có trách nhiệm gì", "what"),
    ("chỉ tiêu giảm nghèo năm 2026 là bao nhiêu phần trăm", "what"),
    ("Khi nào phải báo cáo kết quả?", "when"),
    ("Hạn nộp báo cáo quý II", "when"),
    ("Báo cáo gửi trước ngày nào và gửi qua cơ quan nào", "when"),
    ("Bao lâu phải họp giao ban một lần", "when"),
    ("Kế hoạch này căn cứ văn bản nào?", "cite"),
    ("Nghị định nào quy định chi tiết về cai nghiện", "cite"),
    ("Luật 73/2021/QH14 bị thay thế bởi văn bản nào", "cite"),
    ("192/KH-UBND", "cite"),
    ("Tìm kế hoạch phòng chống ma túy, ban hành ngày nào", "find"),
    ("Những đoạn nào nhắc đến Luật Phòng, chống ma túy?", "find"),
    ("Mục nào nói về kinh phí, lấy từ nguồn nào", "find"),
    ("kinh phí thực hiện", "find"),
]


@pytest.mark.parametrize(("text", "intent"), INTENTS, ids=[text for text, _ in INTENTS])
def test_intent_with_accents_and_without(text, intent):
    assert read(text).intent == intent
    assert read(bare(text)).intent == intent


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("CA tỉnh phải làm gì", [AGENCIES[0]], id="abbreviation"),
        pytest.param("cong an huyen van khe lam gi", [AGENCIES[1]], id="no-accents"),
        pytest.param("Công an các xã, thị trấn", [AGENCIES[2]], id="own-level-not-enclosing"),
        pytest.param("UBND phường làm gì", [AGENCIES[3]], id="commune-level"),
        pytest.param("UBND huyện, TP phải làm gì", [AGENCIES[4]], id="district-level"),
        pytest.param("sở giáo dục làm gì", [AGENCIES[5]], id="shortened"),
        pytest.param("Sở GD&ĐT làm gì", [AGENCIES[5]], id="field-abbreviation"),
        pytest.param("Sở LĐTBXH", [AGENCIES[6]], id="joined-abbreviation"),
        pytest.param("phòng giáo dụ và đào tạo", [AGENCIES[7]], id="slip-of-the-finger"),
        pytest.param("bộ đội biên phòng tỉnh", [AGENCIES[8]], id="part-of-the-name"),
        pytest.param("MTTQ tỉnh", [AGENCIES[9]], id="alias"),
        pytest.param("VKSND huyện", [AGENCIES[10]], id="every-level"),
        pytest.param("Công an tỉnh Thanh Hóa", [], id="another-place"),
        pytest.param("Tỉnh đoàn", [AGENCIES[12]], id="level-within-the-word"),
    ],
)
def test_bodies(text, names):
    found = [match.name for m in read(text).mentions for match in GAZETTEER.match(m.body)]
    assert found == names


@pytest.mark.parametrize(
    ("name", "core", "levels", "places"),
    [
        ("Công an các xã, thị trấn huyện Vân Khê", "cong an", {"commune"}, ("van khe",)),
        ("UBND các huyện, thành phố tỉnh A Sào", "uy ban nhan dan", {"district"}, ("a sao",)),
        ("Sở Y tế", "so y te", {"province"}, ()),
        ("Bộ Công an", "bo cong an", {"central"}, ()),
        ("Các sở, ban, ngành tỉnh Lam Giang", "so ban nganh", {"province"}, ("lam giang",)),
        ("Các cơ quan, đơn vị liên quan", "co quan don vi lien quan", set(), ()),
        ("Cơ quan Bảo hiểm xã hội huyện Vân Khê", "bao hiem xa hoi", {"district"}, ("van khe",)),
        ("UBND thành phố Hà Nội", "uy ban nhan dan", {"province"}, ("ha noi",)),
    ],
)  # fmt: skip
def test_names_of_bodies_are_read_in_parts(name, core, levels, places):
    body = read_body(name)
    assert (" ".join(body.core).removeprefix("co quan "), body.levels, body.places) == (
        core.removeprefix("co quan "), frozenset(levels), places,
    )  # fmt: skip


def test_a_body_fits_itself():
    for name in AGENCIES:
        assert fits(read_body(name), read_body(name)) == 1.0


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("192/KH-UBND", ["192-kh-ubnd"]),
        ("Số: 192/KH-UBND", ["192-kh-ubnd"]),
        ("192 kh ubnd", ["192-kh-ubnd"]),
        ("36 CT TW", ["36-ct-tw"]),
        ("Chỉ thị số 36-CT/TW ngày 16/8/2019", ["36-ct-tw"]),
        ("05-KH/HU", ["5-kh-hu"]),
        ("Nghị định 116/2021/NĐ-CP", ["116-2021-nd-cp"]),
        ("nghị định số 116", ["116-%nd-%"]),
        ("kế hoạch 192 của tỉnh", ["192-%kh-%"]),
        ("Luật 73/2021/QH14", ["73-2021-qh14"]),
        ("kế hoạch năm 2026", []),
        ("kế hoạch 2026", []),
        ("trước ngày 30/6/2026", []),
        ("3 đề án trọng điểm", []),
        ("so sánh 12/KH-UBND với 15/KH-UBND", ["12-kh-ubnd", "15-kh-ubnd"]),
    ],
)
def test_numbers_in_any_spelling(text, patterns):
    assert [number.pattern for number in find_numbers(read_tokens(text), text)] == patterns


def test_keys_forget_how_a_number_is_typed():
    assert code_key("Số 05/KH-UBND".removeprefix("Số ")) == code_key("5 kh ubnd") == "5-kh-ubnd"
    law = name_key("Luật", "Phòng, chống ma tuý")
    assert law == name_key(None, "luật phòng chống ma túy")
    assert law == name_key("Luật", "Luật Phòng, chống ma túy năm 2021")
    assert name_key("Kế hoạch", "Chuyển đổi số năm 2025") != name_key("Kế hoạch", "Chuyển đổi số")


@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        pytest.param("phát động phong chào gì", "chào", "trao", id="sounds-alike"),
        pytest.param("kih phí thực hiện", "kih", "kinh", id="letter-missing"),
        pytest.param("ngân sáhc nhà nước", "sáhc", "sach", id="letters-swapped"),
        pytest.param("Lập hồ sơ", None, None, id="right-word-stays"),
        pytest.param("gửi qua cơ quan nào", None, None, id="known-word-stays"),
        pytest.param("sân bay vũ trụ", None, None, id="word-of-the-language-stays"),
        pytest.param(
            "tai nạn giao thông hàng hải", None, None, id="also-without-accents-of-its-own"
        ),
    ],
)
def test_slips_are_mended_by_their_neighbours(text, typed, meant):
    assert read(text).reading().corrected == (((typed, meant),) if typed else ())


@pytest.mark.parametrize(
    ("typed", "meant", "may"),
    [
        pytest.param(["vũ", "trụ"], "chu", False, id="makes-a-word-with-its-neighbour"),
        pytest.param(["của", "cảng", "vụ"], "cong", False, id="makes-a-word-with-the-next"),
        pytest.param(["các", "bộ", "cơ"], "so", False, id="syllable-that-would-make-no-word"),
        pytest.param(["phong", "chào"], "trao", True, id="syllable-that-would-make-a-word"),
        pytest.param(["ngân", "sáhc"], "sach", True, id="no-syllable"),
    ],
)
def test_what_is_typed_with_accents_and_right_is_no_slip(typed, meant, may):
    assert may_mean(typed, 1, meant) is may


def test_mending_keeps_what_was_typed():
    terms = dict(read("phong chào toàn dân").terms)
    assert {"chao", "trao"} <= {term.removeprefix("=") for term in map(fold, terms)}
    assert mend(["phong", "chao"], 1, Counter().__getitem__) is None


def test_accents_that_are_typed_are_respected():
    assert ("=sơ", 1.0) in read("hồ sơ").terms
    assert ("so", 1.0) in read("ho so").terms
    assert "tình_trạng" not in dict(read("tình trang nghiện").terms)
    assert ("tinh_trang", 1.0) in read("tình trang nghiện").terms  # a slip in an accent


def test_abbreviations_and_colloquial_words_are_spelled_out():
    words = read("xã ko có PCMT").reading().words
    assert words == ("xã", "không", "phòng", "chống", "ma", "túy")
    assert read_terms("UBND") == read_terms("Ủy ban nhân dân")


def test_years_places_and_types():
    question = read("Kế hoạch chuyển đổi số năm 2026 của Lam Giang và Thanh Hoá")
    assert question.years == (2026,)
    assert question.places == ("lam giang", "thanh hoa")
    assert question.doc_types == ("Kế hoạch",)


@given(st.text())
def test_any_text_can_be_asked(text):
    question = read(text)
    assert len(question.weights) == len(question.pieces)


@given(st.text(alphabet="aàảãáạăâbcdđeêghiklmnoôơpqrstuưvxyỳỷỹýỵ ỦUÁ-/0129"))
def test_folding_is_done_once_and_for_all(text):
    assert fold(fold(text)) == fold(text)
    assert not has_accents(fold(text))
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(text.upper()) == fold(text)


TABLE = Path(__file__).parent / "asked_questions.csv"
ASKED = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
PROVINCES = ("Sơn La", "Lào Cai", "Nghệ An", "Thanh Hóa")
FIELDS = ("Y tế", "Nội vụ", "Tài chính", "Giáo dục và Đào tạo", "Tư pháp", "Xây dựng")
KINDS = (
    "Công an tỉnh {}",
    "UBND các xã, phường tỉnh {}",
    "UBND các huyện, thành phố tỉnh {}",
    "Ủy ban MTTQ Việt Nam tỉnh {}",
    "Các sở, ban, ngành tỉnh {}",
    *(f"Sở {field} tỉnh {{}}" for field in FIELDS),
)
# The last ones are what reading takes for bodies now and then, and should not.
OTHERS = (
    "Công an huyện Mường La",
    "UBND xã Hua La",
    "Bộ Công an",
    "BÁO CÁO",
    "Các cơ quan, đơn vị",
)
NATION = Gazetteer(
    tuple(enumerate((*(kind.format(place) for kind in KINDS for place in PROVINCES), *OTHERS))),
    frozenset({"muong la", "hua la", "to hieu", "tan lap", "moc chau"}),
)


def read_anywhere(text):
    return read_question(text, NATION, lambda _: 0, today=dt.date(2026, 11, 22))


def named(question):
    return " + ".join(
        "@".join((" ".join(b.core), "/".join(sorted(b.levels)), "/".join(b.places))).rstrip("@")
        for b in (mention.body for mention in question.mentions)
    )


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row["question"])
def test_questions_from_all_over_the_country_are_understood(row):
    typed, stripped = read_anywhere(row["question"]), read_anywhere(bare(row["question"]))
    assert typed.intent == stripped.intent == row["intent"]
    assert named(typed) == row["bodies"]


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        pytest.param("Ai tuần tra trừ Công an tỉnh", ["trừ công an tỉnh"], id="body"),
        pytest.param("Sở nào làm, ngoài Sở Y tế và Sở Nội vụ", ["ngoài sở y tế và sở nội vụ"],
                     id="bodies"),
        pytest.param("Ngoài Công an tỉnh, Sở Y tế phải làm gì", ["ngoài công an tỉnh"],
                     id="the-second-is-asked-for"),
        pytest.param("tìm văn bản về đất đai không phải quyết định", ["không phải quyết định"],
                     id="type"),
        pytest.param("kế hoạch giảm nghèo trừ năm 2024", ["trừ năm 2024"], id="year"),
        pytest.param("kế hoạch giảm nghèo ngoài tỉnh Sơn La", ["ngoài tỉnh sơn la"], id="place"),
        pytest.param("Sở Y tế phải làm gì trừ tuyên truyền", ["trừ tuyên truyền"], id="words"),
        pytest.param("đoạn nào không nói về kinh phí", ["không nói về kinh phí"], id="said"),
        pytest.param("xã không có ma túy", [], id="a-topic"),
        pytest.param("khu phố không ma túy", [], id="a-slogan"),
        pytest.param("trường ngoài công lập làm gì", [], id="private-schools"),
        pytest.param("phòng trừ sâu bệnh", [], id="pests"),
        pytest.param("người nước ngoài ở Sơn La", [], id="foreigners"),
        pytest.param("ai không phải nộp thuế", [], id="need-not"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_told_from_what_is_asked_for(text, left_out):
    question = read_anywhere(text)
    assert list(question.reading().excluded) == left_out
    assert list(read_anywhere(bare(text)).reading().excluded) == [bare(words) for words in left_out]


def test_what_is_left_out_is_not_searched_for_nor_asked_about():
    question = read_anywhere("Ai tuần tra ban đêm ngoài Công an tỉnh Sơn La")
    assert question.mentions == ()
    assert question.places == ()
    assert question.reading().words == ("tuần", "tra", "ban", "đêm")


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("khoong", "không"),
        ("tuys", "túy"),
        ("phongf", "phòng"),
        ("dduowcj", "được"),
        ("nguoiwf", "người"),
        ("co6ng", "công"),
        ("d9u7o7c5", "được"),
        ("son", None),
        ("test", None),
        ("covid", None),
        ("ubnd", None),
        ("giao", None),
    ],
)
def test_keys_of_an_input_method_that_was_off_are_read(keys, meant):
    assert decode(keys) == meant


def test_keys_are_read_only_where_the_library_has_no_such_word():
    assert read("tuys").reading().corrected == (("tuys", "túy"),)
    held = read_question("tuys", GAZETTEER, lambda _: 1)
    assert held.reading().corrected == ()


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("nd 116", ["116-%nd-%"]),
        ("NĐ 116/2021 nói gì", ["116-2021-nd-%"]),
        ("192KH-UBND", ["192-kh-ubnd"]),
        ("Công văn 640/UBND-NC", ["640-ubnd-nc"]),
        ("tt 78/2025/TT-BTC", ["78-2025-tt-btc"]),
        ("kế hoạch số 192 năm 2025", ["192-%kh-%"]),
        ("bc 6 tháng", []),
        ("tp 5 quận", []),
        ("kh 2026", []),
    ],
)
def test_numbers_in_short(text, patterns):
    assert [number.pattern for number in find_numbers(read_tokens(text), text)] == patterns


def test_a_gazetteer_grows_into_what_it_would_be_anew():
    grown = Gazetteer(NATION.agencies[:9], NATION.places)
    grown.find(["cong", "an"])
    grown = grown.grown(NATION.agencies, NATION.places)
    for row in ASKED:
        words = read_terms(row["question"])
        assert grown.find(words) == NATION.find(words)
        for mention in grown.find(words):
            assert grown.match(mention.body) == NATION.match(mention.body)


@pytest.mark.parametrize(
    ("place", "same"),
    [pytest.param("muong bu", True, id="of-no-body"), pytest.param("song ma", False, id="of-one")],
)
def test_a_place_that_comes_later_ends_the_names_that_it_ends(place, same):
    names = (*NATION.agencies, (99, "Trạm Khuyến nông Sông Mã"))
    before = Gazetteer(names, NATION.places)
    before.find(["tram"])
    places = NATION.places | {place}
    grown, anew = before.grown(names, places), Gazetteer(names, places)
    assert grown.bodies == anew.bodies
    assert (grown.bodies == before.bodies) == same


def test_a_gazetteer_that_lost_a_body_does_not_know_it():
    less = NATION.grown(NATION.agencies[1:], NATION.places)
    assert not less.match(read_body("Công an tỉnh Sơn La"))


@pytest.mark.parametrize("text", ["Việc làm là gì?", "nhiem vu la gi"])
def test_words_that_ask_are_searched_for_where_a_question_has_no_others(text):
    assert [term for term, _ in read(text).terms]


def test_a_number_alone_leaves_no_words_to_search_for():
    assert not read("số 24-CT/TW").terms
