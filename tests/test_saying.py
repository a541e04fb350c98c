"""Of clauses on one topic the one that says what is asked comes first: a day, a length, a sum."""

import datetime as dt

import pytest

from index.fold import read_tokens
from index.library import Library
from index.numbers import find_numbers

DECREE = {
    "0.1": {"text": "QUY ĐỊNH VỀ CẤP PHÉP KHAI THÁC NƯỚC NGẦM", "kind": "title"},
    "0.2": {
        "text": "Căn cứ Luật Tài nguyên nước số 28/2023/QH15;",
        "kind": "preamble",
        "cites": {"28/2023/QH15": "basis"},
    },
    "0.3": {
        "text": "Theo đề nghị của Giám đốc Sở Xây dựng tại Tờ trình số 90/TTr-SXD;",
        "kind": "preamble",
        "cites": {"90/TTr-SXD": "basis"},
    },
    "1": {"text": "Giấy phép khai thác nước ngầm có hiệu lực kể từ ngày ký và trao cho chủ giếng."},
    "2": {"text": "Chủ giếng gửi hồ sơ cấp phép khai thác nước ngầm về Sở Xây dựng."},
    "3": {
        "text": "Sở Xây dựng thẩm định hồ sơ cấp phép khai thác nước ngầm trong thời hạn 15 ngày "
        "làm việc kể từ ngày nhận đủ hồ sơ."
    },
    "4": {"text": "Phí thẩm định hồ sơ khai thác nước ngầm do chủ giếng nộp theo Điều 12."},
    "5": {"text": "Phí thẩm định là 450.000 đồng với một giếng khai thác."},
    "6": {"text": "Hội đồng thẩm định giúp Sở Xây dựng; Trưởng Ban thẩm định mời chuyên gia."},
    "7": {"text": "Trưởng Ban: Phó Giám đốc phụ trách tài nguyên."},
    "8": {"text": "Mỗi xã có không quá 03 giếng công cộng dùng chung."},
    "9": {"text": "Giếng công cộng dùng chung của xã do thôn trông coi."},
    "10": {"text": "Quyết định này có hiệu lực thi hành kể từ ngày 01/9/2025."},
}


@pytest.fixture(scope="module")
def library(tmp_path_factory, make_document):
    with Library(tmp_path_factory.mktemp("library")) as library:
        document = make_document(
            DECREE, name="nuoc.txt", code="45/2025/QĐ-UBND", doc_type="Quyết định",
            title="Quy định về cấp phép khai thác nước ngầm", issuer="UBND tỉnh Lam Giang",
            issued_on=dt.date(2025, 8, 20),
        )  # fmt: skip
        library.add(document, b"")
        yield library


@pytest.mark.parametrize(
    ("question", "path"),
    [
        pytest.param("Quyết định 45/2025/QĐ-UBND có hiệu lực từ ngày nào?", "10", id="by-number"),
        pytest.param(
            "quyet dinh ve cap phep khai thac nuoc ngam co hieu luc ngay nao", "10", id="by-name"
        ),
        pytest.param("45/2025/QĐ-UBND khai thác nước ngầm hiệu lực", "10", id="terse"),
        pytest.param("Hồ sơ cấp phép nước ngầm được thẩm định mấy ngày?", "3", id="days"),
        pytest.param("Thẩm định hồ sơ khai thác nước ngầm trong bao lâu", "3", id="how-long"),
        pytest.param("Phí thẩm định hồ sơ nước ngầm là bao nhiêu?", "5", id="sum"),
        pytest.param("Mỗi xã có bao nhiêu giếng công cộng?", "8", id="count"),
        pytest.param("Trưởng ban thẩm định cấp phép nước ngầm là ai?", "7", id="office"),
        pytest.param("45/2025/QĐ-UBND thời hạn bao lâu", "3", id="number-and-no-topic"),
        pytest.param("45/2025/QĐ-UBND dựa trên tờ trình nào?", "0.3", id="proposal"),
    ],
)
def test_the_clause_that_says_what_is_asked_is_first(library, question, path):
    assert library.ask(question).answers[0].path == path


def test_a_figure_is_found_not_a_duty(library):
    assert library.ask("Phí thẩm định là bao nhiêu?").intent == "find"


def test_a_number_that_nobody_has_is_said_so(library):
    reply = library.ask("Quyết định 54/2025/QĐ-UBND có hiệu lực ngày nào?")
    assert "không có văn bản “54/2025/QĐ-UBND”" in (reply.note or "")
    assert "45/2025/QĐ-UBND" in (reply.note or "")


def test_a_number_that_is_held_or_cited_has_no_note(library):
    assert library.ask("45/2025/QĐ-UBND có hiệu lực ngày nào?").note is None
    assert library.ask("Văn bản nào căn cứ Luật 28/2023/QH15?").note is None


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        pytest.param("cong van 2205 giao ai", ["2205-%"], id="letter"),
        pytest.param("Văn bản số 640 yêu cầu gì", ["640-%"], id="number-said"),
        pytest.param("văn bản 3 trang", [], id="pages"),
        pytest.param("công văn 2025", [], id="year"),
        pytest.param("công văn 88/UBND-NC", ["88-ubnd-nc"], id="in-full"),
    ],
)
def test_a_letter_is_named_by_its_number_alone(text, patterns):
    assert [number.pattern for number in find_numbers(read_tokens(text), text)] == patterns


def test_the_year_of_a_day_is_not_the_documents(library):
    asked = library.ask("Giếng khoan trước ngày 01/7/2024 thì ai cấp phép?")
    assert asked.reading is not None
    assert asked.reading.years == ()


def test_what_is_in_force_comes_before_what_has_ended_and_that_is_said(tmp_path, make_document):
    def plan(code, year, clauses):
        return make_document(
            clauses, name=f"{year}.txt", code=code, doc_type="Quyết định",
            title="Quy định quản lý bến thuyền", issuer="UBND tỉnh Lam Giang",
            issued_on=dt.date(year, 3, 1),
        )  # fmt: skip

    old = {"1": {"text": "Chủ bến thắp đèn, rào chắn bến thuyền."}}
    new = {
        "1": {"text": "Chủ bến thắp đèn, rào chắn bến thuyền và treo phao."},
        "2": {
            "text": "Quyết định này thay thế Quyết định số 5/2020/QĐ-UBND.",
            "cites": {"5/2020/QĐ-UBND": "replaces"},
        },
    }
    with Library(tmp_path / "library") as library:
        library.add(plan("5/2020/QĐ-UBND", 2020, old), b"1")
        library.add(plan("9/2024/QĐ-UBND", 2024, new), b"2")
        answers = library.ask("Đoạn nào nói về thắp đèn, rào chắn bến thuyền").answers
        assert [answer.source for answer in answers[:2]] == ["2024.txt", "2020.txt"]
        assert any("hết hiệu lực" in reason for reason in answers[1].why)
        assert not any("hết hiệu lực" in reason for reason in answers[0].why)
