"""Administrative units as texts name them, and what a bare "tỉnh" means."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.abbreviations import spell_out
from ingest.knowledge.tables import rows
from ingest.places import (
    Context,
    canonical_name,
    find_provinces,
    find_units,
    infer_province,
    is_province,
    province_full,
)
from ingest.registers import province_of
from ingest.settling import settle

OLD, NEW = dt.date(2024, 5, 6), dt.date(2025, 9, 8)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param("UBND huyện Bình Lục", ["huyện Bình Lục"], id="district"),
        pytest.param("UBND HUYỆN BÌNH LỤC", ["huyện Bình Lục"], id="capitals"),
        pytest.param("TỈNH THANH HOÁ GIAI ĐOẠN 2025", ["tỉnh Thanh Hóa"], id="known-ends-name"),
        pytest.param("TP. HỒ CHÍ MINH", ["thành phố Hồ Chí Minh"], id="short-kind"),
        pytest.param("quận 1, phường 12", ["quận 1", "phường 12"], id="numbers"),
        pytest.param("xã Ia Pa, huyện Ia Pa", ["xã Ia Pa", "huyện Ia Pa"], id="two"),
        pytest.param("tỉnh Sông Lam", ["tỉnh Sông Lam"], id="unknown-province"),
        pytest.param("tỉnh Bà Rịa – Vũng Tàu", ["tỉnh Bà Rịa - Vũng Tàu"], id="dash"),
        pytest.param("các xã, phường, thị trấn", [], id="kinds-alone"),
        pytest.param("xã hội hóa; phường 1.500 người", [], id="no-names"),
    ],
)
def test_units_are_found_by_their_form(text, units):
    assert [str(unit) for unit in find_units(text)] == units


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("tỉnh Hà Nam", "province"),
        ("thành phố Đà Nẵng", "province"),
        ("thành phố Vinh", "district"),
        ("thị xã Duy Tiên", "district"),
        ("phường Lam Đô", "commune"),
        ("đặc khu Phú Quốc", "commune"),
    ],
)
def test_level_of_a_unit(name, level):
    [unit] = find_units(name)
    assert unit.level == level


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ("Thanh Hoá", "Thanh Hóa"),
        ("KHÁNH HOÀ", "Khánh Hòa"),
        ("Đắc Lắc", "Đắk Lắk"),
        ("TP.HCM", "Hồ Chí Minh"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("BÌNH LỤC", "Bình Lục"),
        ("Quý Lộc", "Quý Lộc"),
    ],
)
def test_names_have_one_spelling(spelling, canonical):
    assert canonical_name(spelling) == canonical


def test_provinces_old_and_new_are_known():
    old = [row for row in rows("provinces") if row["now"]]
    assert len({row["name"] for row in old} - {"Thừa Thiên Huế", "Hà Tây"}) == 63
    assert len({row["now"] for row in old}) == 34
    assert all(is_province(row["now"]) and row["source"] for row in old)
    assert province_full("Thanh Hoá") == "tỉnh Thanh Hóa"
    assert province_full("Huế") == "thành phố Huế"
    assert province_full("Bình Lục") is None


@pytest.mark.parametrize(
    ("text", "province"),
    [
        pytest.param("Công an tỉnh Hà Nam; UBND huyện Bình Lục", "tỉnh Hà Nam", id="one"),
        pytest.param("Báo Ninh Bình; Cục Hải quan Hà Nam Ninh", "tỉnh Ninh Bình", id="old-name"),
        pytest.param("các tỉnh Lào Cai, Sơn La, Lai Châu", None, id="several"),
        pytest.param("các sở, ban, ngành", None, id="none"),
        pytest.param(
            "trên địa bàn tỉnh Sông Lam; UBND tỉnh Sông Lam", "tỉnh Sông Lam", id="unknown"
        ),
    ],
)
def test_province_of_a_text_is_the_one_named_most(text, province):
    found = infer_province(text)
    assert (found[0] if found else None) == province


@pytest.mark.parametrize(
    ("unit", "on", "province"),
    [
        pytest.param("huyện Bình Lục", None, "tỉnh Hà Nam", id="a-name-of-one-province"),
        pytest.param("huyện Châu Thành", None, None, id="there-are-ten"),
        pytest.param("huyện Không Có", None, None, id="unknown"),
        pytest.param("huyện Duy Tiên", OLD, "tỉnh Hà Nam", id="a-district-that-became-a-town"),
        pytest.param("xã Bình Lục", NEW, "tỉnh Ninh Bình", id="a-commune-of-the-new-map"),
        pytest.param("xã Bình Lục", OLD, None, id="not-there-yet"),
        pytest.param("xã Tân Lập", OLD, None, id="a-commune-of-many-provinces"),
        pytest.param("thị trấn Bình Mỹ", OLD, "tỉnh Hà Nam", id="a-town"),
    ],
)
def test_the_register_places_a_unit_only_where_its_name_is_of_one_province(unit, on, province):
    assert province_of(unit, on=on) == province


def test_a_commune_is_placed_by_the_map_of_its_documents_day():
    commune = Context(level="commune", unit="xã Bình Lục")
    assert settle(commune, "", on=NEW).province == "tỉnh Ninh Bình"
    assert settle(commune, "", on=OLD).province is None
    named = Context(level="commune", unit="xã Bình Lục", province="tỉnh Lam Giang")
    assert settle(named, "", on=NEW).province == "tỉnh Lam Giang"


def test_a_province_calls_the_units_below_it_as_its_text_does():
    text = "UBND các huyện, thị xã, thành phố; Công an các xã, phường; các huyện, thị xã, thành phố"
    settled = settle(Context(level="province", unit="tỉnh Lam Giang"), text, on=OLD)
    assert (settled.districts, settled.communes) == (
        "các huyện, thị xã, thành phố",
        "các xã, phường",
    )


@pytest.mark.parametrize(
    ("short", "long"),
    [
        pytest.param(
            "BCĐ PCTP, TNXH", "Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội", id="bodies"
        ),
        pytest.param("Sở LĐTBXH", "Sở Lao động - Thương binh và Xã hội", id="field"),
        pytest.param("UBND tỉnh", "UBND tỉnh", id="usual-short-form-stays"),
        pytest.param("Trường THPT Cao Lãnh 2", "Trường THPT Cao Lãnh 2", id="school"),
        pytest.param("Kế hoạch số 12/KH-BCĐ", "Kế hoạch số 12/KH-BCĐ", id="not-in-a-number"),
        pytest.param("TT Tỉnh ủy", "TT Tỉnh ủy", id="ambiguous-stays"),
        pytest.param("BỘ TƯ PHÁP", "BỘ TƯ PHÁP", id="a-word-is-no-abbreviation"),
    ],
)
def test_abbreviations_are_spelled_out(short, long):
    assert spell_out(short) == long


def test_abbreviations_can_be_spelled_out_to_the_last():
    assert spell_out("TT HĐND", keep_usual=False, guess=True) == "Thường trực Hội đồng nhân dân"


_TEXT = st.text(alphabet=st.sampled_from(list("tỉnhuyệxãTPHNBL .,-–123ạÁĐđ")), max_size=60)


@given(_TEXT)
def test_every_span_shows_its_unit(text):
    text = unicodedata.normalize("NFC", text)
    for unit in find_units(text):
        words = unit.span.of(text)
        assert canonical_name(unit.name) == unit.name
        assert [str(again) for again in find_units(words)] == [str(unit)]
    for span, full in find_provinces(text):
        assert province_full(span.of(text)) == full
