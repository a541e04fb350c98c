"""The fusion of words, pairs of words and meaning: what must hold of it whatever its weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.fusion import (
    lighten_laws,
    matching,
    pairs_of,
    shares_for,
    spread,
    stated,
    worth_of_pairs,
    worth_of_terms,
)
from index.gazetteer import Gazetteer
from index.passages import passages_of
from index.query import read_question
from index.records import ClauseRow
from ingest.model import Span

scores = arrays(np.float64, st.integers(1, 60), elements=st.floats(0, 50, width=32))
cosines = arrays(np.float64, st.integers(1, 160), elements=st.floats(-0.5, 1, width=32))


def asked(text):
    return read_question(text, Gazetteer((), frozenset()), lambda _: 3)


shares = shares_for(asked("Ngân sách chi cho đề án"))


@given(scores, st.floats(0.01, 100))
def test_the_unit_of_scores_of_words_does_not_count(words, factor):
    held = np.linspace(0, 1 - shares.bm25, len(words))
    assert np.allclose(matching(shares, words * factor, held), matching(shares, words, held))


@given(scores)
def test_how_words_match_is_a_share(words):
    found = matching(shares, words, np.linspace(0, 1 - shares.bm25, len(words)))
    assert (found >= 0).all()
    assert (found <= 1 + 1e-9).all()


@given(scores, st.data())
def test_more_of_a_signal_never_ranks_a_clause_lower(words, data):
    at = data.draw(st.integers(0, len(words) - 1))
    held = np.full(len(words), 0.5)
    before = matching(shares, words, held)
    held[at] += 0.25
    assert matching(shares, words, held)[at] > before[at]
    raised = words.copy()
    raised[at] = raised.max() + 1
    assert matching(shares, raised, held).argmax() == at


@pytest.mark.parametrize("text", ["Ai chủ trì khai báo tạm vắng?", "khai báo tạm vắng"])
def test_signals_of_words_are_one_in_all(text):
    question = asked(text)
    weights = shares_for(question)
    assert weights.bm25 + weights.pairs + weights.rare == pytest.approx(1)
    held = worth_of_terms(question, lambda _: 3, 1000)
    assert sum(held.values()) == pytest.approx(weights.pairs + weights.rare)


def test_a_word_that_stands_in_many_clauses_is_not_asked_for_once_more():
    question = asked("khai báo tạm vắng")
    found = worth_of_terms(question, lambda term: 2 if term == "=vắng" else 900, 1000)
    assert [term for term in found if "_" not in term] == ["=vắng"]


@given(cosines)
def test_the_nearest_has_the_whole_of_meaning_and_nobody_more_or_less_than_nothing(found):
    shares = spread(found)
    assert (shares >= 0).all()
    assert (shares <= 1).all()
    assert shares.max() == shares[found.argmax()]
    order = np.argsort(found, kind="stable")
    assert (np.diff(shares[order]) >= 0).all()


@given(cosines, st.floats(-0.2, 0.2))
def test_where_the_cosines_of_a_model_lie_does_not_count(found, shift):
    assert np.allclose(spread(found + shift), spread(found), atol=1e-6)


def test_a_clause_without_a_vector_has_no_meaning_and_takes_none_from_others():
    found = np.array([0.9, np.nan, 0.8, 0.7])
    assert spread(found)[1] == 0.0
    assert spread(found)[[0, 2, 3]] == pytest.approx(spread(found[[0, 2, 3]]))
    assert (spread(np.full(3, np.nan)) == 0.0).all()


def test_cosines_that_hardly_differ_are_not_spread_over_the_whole():
    assert spread(np.array([0.900, 0.899])).max() < 0.1


def test_pairs_that_a_word_too_common_to_search_makes_count():
    pairs = pairs_of(asked("thời gian thử việc của người lao động"))
    assert "=thử_việc" in pairs
    assert all("_" in term for term in pairs)


def test_a_question_without_accents_has_pairs_without():
    assert "thu_viec" in pairs_of(asked("thoi gian thu viec"))
    assert not any(term.startswith("=") for term in pairs_of(asked("thoi gian thu viec")))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Hình phạt là gì?", "=phạt_là"),
        ("Định nghĩa của “Quan hệ lao động”?", "=động_là"),
        ("Theo Bộ luật Dân sự 2015, hoa lợi được hiểu như thế nào?", "=lợi_là"),
        ("the nao la cu tru", "tru_la"),
    ],
    ids=["what-is", "definition-of", "is-understood", "no-accents"],
)
def test_what_is_to_be_defined_is_looked_for_as_laws_define_it(text, pair):
    assert pair in pairs_of(asked(text))


def test_a_rare_pair_is_worth_more():
    question = asked("khai báo tạm vắng")
    worth = worth_of_pairs(question, lambda term: 1 if term == "=tạm_vắng" else 500, 1000)
    assert max(worth, key=lambda term: worth[term]) == "=tạm_vắng"
    assert min(worth.values()) > 0


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("Theo Luật Cư trú, nơi cư trú là gì?", ["luật", "cư", "trú"]),
        ("Bộ luật Dân sự năm 2015 quy định gì", ["bộ", "luật", "dân", "sự", "năm", "2015"]),
        ("Kế hoạch phòng chống lụt bão giao gì", []),
    ],
    ids=["known-title", "with-its-year", "plan"],
)
def test_the_name_of_a_law_weighs_less_than_what_is_asked_of_it(text, light):
    question = asked(text)
    lighter = lighten_laws(question, lambda pair: pair in {"luat_cu", "cu_tru"})
    changed = [
        piece.accented
        for piece, weight, before in zip(
            question.pieces, lighter.weights, question.weights, strict=True
        )
        if weight != before or weight == 0.35
    ]
    assert [word for word in changed if word in light] == light
    assert not set(changed) - set(light)


def test_meaning_counts_more_for_a_statement_than_for_a_question():
    found = asked("người tìm thấy tài sản bị chôn giấu phải thông báo trả lại ngay chủ sở hữu")
    statement = found.as_words()
    question = asked("Ai chủ trì tuyên truyền phòng chống ma túy?")
    assert shares_for(statement).meaning > shares_for(question).meaning


def clause(path, text, kind="narrative"):
    return ClauseRow(len(path), 1, path, kind, None, text, 1, Span(0, len(text)))


def test_a_clause_is_embedded_below_its_heading():
    clauses = [
        clause("Đ5", "Nơi cư trú.", "heading"),
        clause("Đ5.1", "Là nơi thường trú."),
        clause("ky", "Nguyễn Văn A", "signature"),
    ]
    found = [text for _, text in passages_of(clauses, lambda text: [(0, len(text))])]
    assert found == ["Nơi cư trú.", "Nơi cư trú. Là nơi thường trú."]


def test_what_fits_alone_and_not_below_its_heading_is_cut():
    heading, long = "Tiêu đề", " ".join(["chữ"] * 149)

    def parts(text):
        return [(0, len(text))] if len(text) <= len(long) else [(0, 10), (10, len(text))]

    found = [text for _, text in passages_of([clause("1", heading), clause("1.1", long)], parts)]
    assert len(found) == 3
    assert all(text.startswith("Tiêu đề") for text in found)
    assert "".join(text.removeprefix("Tiêu đề. ") for text in found[1:]) == long


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Trẻ em được tự đăng ký, đúng hay sai?", "Trẻ em được tự đăng ký"),
        ("Phí do bên thua chịu. Đúng không", "Phí do bên thua chịu"),
        ("Đúng hay sai?", "Đúng hay sai?"),
        ("Ai không phải khai báo?", "Ai không phải khai báo?"),
    ],
    ids=["true-or-false", "is-it-so", "nothing-else", "a-question"],
)
def test_a_tag_that_asks_whether_is_no_part_of_what_is_stated(text, left):
    assert stated(text) == left
