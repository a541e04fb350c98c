"""Asked when, a clause that gives nobody a task still answers with the times in its words."""

import datetime as dt

import pytest

from index.library import Library
from ingest.document import read_document

TODAY = dt.date(2026, 11, 22)
CIRCULAR = """\
BỘ NÔNG LÂM SẢN
Số: 41/2026/TT-BNLS

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 12 tháng 01 năm 2026

THÔNG TƯ
Quy định việc theo dõi vườn ươm năm 2026

Điều 1. Báo cáo
1. Hằng năm, trước ngày 30 tháng 01 của năm tiếp theo, chủ vườn ươm lập báo cáo số cây giống \
theo Mẫu 01.
2. Sổ theo dõi vườn ươm lập trước ngày Thông tư này có hiệu lực được dùng đến hết ngày 30 tháng \
6 năm 2026.
3. Biên bản kiểm tra vườn ươm được gửi chủ vườn trong thời hạn 10 ngày kể từ ngày ban hành.
4. Vườn ươm cấp một rộng từ hai héc ta trở lên.
"""


@pytest.fixture(scope="module")
def circular(tmp_path_factory):
    file = tmp_path_factory.mktemp("files") / "41-2026-TT-BNLS.txt"
    file.write_text(CIRCULAR, "utf-8")
    return read_document(file)


@pytest.fixture(scope="module")
def library(tmp_path_factory, circular):
    with Library(tmp_path_factory.mktemp("dates") / "library", today=lambda: TODAY) as library:
        library.add(circular, CIRCULAR.encode())
        yield library


def first(library, question):
    answer = library.ask(question).answers[0]
    assert answer.task is None, "the clause is a task: it shows nothing here"
    return answer


def test_a_yearly_day_of_a_clause_without_a_task_stands_among_its_deadlines(library):
    answer = first(library, "Chủ vườn ươm lập báo cáo số cây giống trước ngày nào?")
    (due,) = answer.deadlines
    assert (due.kind, due.recurrence, due.dates) == ("recurring", "yearly", ("01-30",))
    assert due.next == dt.date(2027, 1, 30)


def test_a_day_that_is_past_is_told_as_past(library):
    answer = first(library, "Sổ theo dõi vườn ươm được dùng đến hết ngày nào?")
    due = next(each for each in answer.deadlines if each.date)
    assert (due.date, due.state) == (dt.date(2026, 6, 30), "overdue")
    assert due.days == -145


def test_the_place_of_such_a_time_is_its_place_in_the_document(library, circular):
    answer = first(library, "Chủ vườn ươm lập báo cáo số cây giống trước ngày nào?")
    (due,) = answer.deadlines
    assert due.span.of(circular.text) == due.surface
    assert answer.span.holds(due.span)


def test_days_counted_from_an_event_of_a_rule_are_not_counted_from_the_rule(library):
    answer = first(
        library, "Biên bản kiểm tra vườn ươm gửi chủ vườn trong thời hạn bao nhiêu ngày?"
    )
    (due,) = answer.deadlines
    assert (due.kind, due.date, due.state) == ("event", None, "event")


def test_a_clause_without_a_time_has_no_deadline(library):
    reply = library.ask("Vườn ươm cấp một rộng khi nào?")
    wide = next(each for each in reply.answers if "héc ta" in each.quote)
    assert reply.intent == "when"
    assert wide.deadlines == ()


def test_times_are_read_only_where_it_is_asked_when(library):
    answer = library.ask("Ai lập báo cáo số cây giống?").answers[0]
    assert "30 tháng 01" in answer.quote
    assert answer.deadlines == ()
