"""Differences: what went and came between two texts, in words, and of what kind it is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.differences import differ, differences, of_before
from index.fold import accented_tokens

WORDS = st.sampled_from(
    ["xã", "phường", "An", "Hải", "Bình", "Sa", "năm", "2025", "2026", "05", "30/6/2025", "Công", "an,", "tỉnh;", "huyện", "và", "88/KH-UBND", "“rõ”", "20%"]
)  # fmt: skip
texts = st.lists(WORDS, max_size=14).map(" ".join)


def _texts(pieces, *ways: str) -> str:
    return "".join(piece.text for piece in pieces if piece.way in ways)


@given(texts, texts)
def test_what_stayed_and_came_is_the_later_text(before, after):
    assert _texts(differences(before, after), "same", "added") == after


@given(texts, texts)
def test_what_stayed_and_went_has_the_words_of_the_earlier_text(before, after):
    pieces = differences(before, after)
    words = [w for piece in pieces if piece.way != "added" for w in accented_tokens(piece.text)]
    assert words == accented_tokens(before)


@given(texts, texts)
def test_told_over_the_earlier_text_it_is_quoted_as_it_stands(before, after):
    pieces = differences(before, after)
    told = of_before(before, pieces)
    assert _texts(told, "same", "removed") == before
    went = [accented_tokens(piece.text) for piece in pieces if piece.way == "removed"]
    assert [accented_tokens(piece.text) for piece in told if piece.way == "removed"] == went


@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert not differ(differences(text, text))


@given(texts, texts)
def test_no_piece_is_empty_and_no_two_that_stayed_are_neighbours(before, after):
    pieces = differences(before, after)
    assert all(piece.text for piece in pieces)
    ways = [piece.way for piece in pieces]
    assert not any(one == other == "same" for one, other in itertools.pairwise(ways))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("Rà soát, thống kê.", "rà soát thống kê;", id="marks-and-capitals"),
        pytest.param("hoà giải", "hòa giải", id="tone-marks"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_only_looks_otherwise_does_not_differ(before, after):
    assert not differ(differences(before, after))


@pytest.mark.parametrize(
    ("before", "after", "removed", "added", "slot"),
    [
        pytest.param("trong năm 2025, xã", "trong năm 2026, xã", "2025", "2026", "year", id="year"),
        pytest.param(
            "hoàn thành trước ngày 30/6/2025.", "hoàn thành trước ngày 15/9/2026.", "30/6/2025",
            "15/9/2026", "date", id="date",
        ),
        pytest.param(
            "trước ngày 15 tháng 6 năm 2025", "trước ngày 20 tháng 9 năm 2026",
            "15 tháng 6 năm 2025", "20 tháng 9 năm 2026", "date", id="date-in-words",
        ),
        pytest.param(
            "ít nhất 05 lần/tuần", "ít nhất 03 lần/tuần", "05", "03", "number", id="number"
        ),
        pytest.param("giảm 10% số người", "giảm 5% số người", "10%", "5%", "number", id="share"),
        pytest.param(
            "theo Kế hoạch số 27/KH-UBND", "theo Kế hoạch số 41/KH-UBND", "27/KH-UBND",
            "41/KH-UBND", "code", id="code",
        ),
        pytest.param(
            "trên địa bàn xã An Hải có", "trên địa bàn xã Bình Sa có", "An Hải", "Bình Sa", "place",
            id="place",
        ),
        pytest.param(
            "UBND xã Vân Khê xây dựng", "UBND xã Thượng Vân xây dựng", "Vân Khê", "Thượng Vân",
            "place", id="a-name-is-one-word",
        ),
        pytest.param(
            "trên địa bàn xã; báo", "trên địa bàn phường; báo", "xã", "phường", "place", id="level"
        ),
        pytest.param(
            "Giao Phòng Y tế chủ trì", "Giao Công an huyện chủ trì", "Phòng Y tế", "Công an huyện",
            "body", id="body",
        ),
        pytest.param("rà soát người", "thống kê người", "rà soát", "thống kê", None, id="words"),
    ],
)  # fmt: skip
def test_what_takes_the_place_of_another_is_of_a_kind(before, after, removed, added, slot):
    changed = [piece for piece in differences(before, after) if piece.way != "same"]
    assert [(piece.way, piece.text, piece.slot) for piece in changed] == [
        ("removed", removed, slot),
        ("added", added, slot),
    ]


def test_a_word_that_stays_alone_between_changes_is_read_as_changed():
    pieces = differences("lập hồ sơ và đưa đi cai", "quản lý chặt chẽ và giúp tái hòa nhập")
    assert [piece.way for piece in pieces] == ["removed", "added"]
