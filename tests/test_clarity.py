"""Which of the six clarities a task has, why not the others, and how a document counts them."""

import pytest

from ingest.clarity import clarity_of, count_clarity, gaps_of
from ingest.model import Actor, Deadline, Span, Target, Task
from ingest.products import states_product

SPAN = Span(0, 10)
SURE = {"confidence": 0.9, "span": SPAN}


def actor(name, role="lead"):
    return Actor(surface=name, agency=name, role=role, via="inline", **SURE)


def deadline(surface, kind, **given):
    return Deadline(surface=surface, kind=kind, **given, **SURE)


def judge(
    words="Rà soát toàn bộ địa bàn", actors=(), deadlines=(), ordered_by="UBND tỉnh", **given
):
    clarity = clarity_of(
        words,
        actors=actors,
        deadlines=deadlines,
        ordered_by=ordered_by,
        targets=given.get("targets", ()),
        product=given.get("product", False),
    )
    return clarity, gaps_of(clarity, actors=actors, deadlines=deadlines, ordered_by=ordered_by)


def test_every_gap_has_its_reason_and_nothing_else_has_one():
    clarity, gaps = judge("Tăng cường tuần tra", actors=[actor("Công an xã")])
    lacking = set(gaps)
    assert lacking == {"when", "result"}
    assert (clarity.who, clarity.responsibility, clarity.authority) == (True, True, True)


def test_a_duty_of_nobody_lacks_who_responsibility_and_authority():
    _, gaps = judge("Tăng cường tuần tra ban đêm")
    assert gaps["who"] == "không nêu cơ quan thực hiện"
    assert gaps["responsibility"] == "không nêu cơ quan chịu trách nhiệm"
    assert gaps["authority"] == "không rõ giao cho ai nên không rõ thẩm quyền"


def test_two_leads_are_no_clear_responsibility_unless_each_has_its_part():
    leads = [actor("Sở Y tế"), actor("Công an tỉnh")]
    _, gaps = judge("Sở Y tế, Công an tỉnh quản lý người nghiện", actors=leads)
    assert gaps["responsibility"] == (
        "hai cơ quan cùng chủ trì mà không chia phần: Sở Y tế; Công an tỉnh"
    )
    clarity, _ = judge("Sở Y tế điều trị; Công an tỉnh lập hồ sơ người nghiện", actors=leads)
    assert clarity.responsibility


def test_only_helpers_are_no_lead():
    _, gaps = judge(actors=[actor("Sở Y tế", role="coordinate")])
    assert gaps["responsibility"] == "chỉ nêu cơ quan phối hợp, không nêu cơ quan chủ trì"


def test_without_issuer_or_basis_nobody_orders():
    _, gaps = judge(actors=[actor("Sở Y tế")], ordered_by=None)
    assert gaps["authority"] == "không rõ cơ quan ban hành hay căn cứ giao việc"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ([], "không nêu thời hạn"),
        (
            [deadline("thường xuyên", "ongoing")],
            "chỉ nói “thường xuyên”, không có mốc kiểm tra được",
        ),
        ([deadline("Định kỳ", "recurring")], "chỉ nói “Định kỳ”, không có mốc kiểm tra được"),
        (
            [deadline("khi có yêu cầu", "event")],
            "chỉ nêu theo sự việc: “khi có yêu cầu”, không có ngày hay số ngày",
        ),
        (
            [deadline("từ ngày 15/6/2024", "period")],
            "chỉ có ngày bắt đầu: “từ ngày 15/6/2024”, không có ngày kết thúc",
        ),
        ([deadline("trước ngày 30/6", "date")], None),
        ([deadline("hằng quý", "recurring", recurrence="quarterly")], None),
        ([deadline("Định kỳ 03 năm một lần", "recurring")], None),
        ([deadline("chậm nhất 03 ngày kể từ ngày nhận đề nghị", "event")], None),
    ],
)
def test_a_time_is_clear_only_if_it_can_be_checked(given, reason):
    assert judge(actors=[actor("Sở Y tế")], deadlines=given)[1].get("when") == reason


@pytest.mark.parametrize(
    "words",
    [
        "Xây dựng và ban hành các văn bản, kế hoạch triển khai",
        "lập danh sách người nghiện",
        "Tham mưu UBND tỉnh ban hành Chỉ thị",
        "thực hiện và báo cáo kết quả về Công an tỉnh",
        "tổ chức 02 hội nghị",
        "Trình Thủ tướng Chính phủ phê duyệt Đề án",
    ],
)
def test_what_is_made_or_reported_is_a_result(words):
    assert states_product(words)


@pytest.mark.parametrize(
    "words",
    [
        "Tăng cường công tác phòng, chống ma túy",
        "xây dựng môi trường lành mạnh theo kế hoạch",
        "Thực hiện nghiêm các quy định của pháp luật",
        "lập lại trật tự đô thị",
        "Triển khai Nghị quyết số 93/NQ-CP ngày 16/4/2025 của Chính phủ ban hành Kế hoạch hành động",
    ],
)
def test_what_is_only_followed_is_no_result(words):
    assert not states_product(words)


def test_a_figure_is_a_result():
    figure = Target(surface="100%", comparator="=", value=100, unit="%", span=SPAN)
    assert judge("Quản lý người nghiện ma túy", targets=[figure])[0].result


def test_a_document_counts_its_tasks():
    def task(path, **given):
        clarity, gaps = judge(**given)
        return Task(
            path=path, quote="x", actors=(), deadlines=(), targets=(), clarity=clarity, gaps=gaps,
            **SURE,
        )  # fmt: skip

    counted = count_clarity([task("1", actors=[actor("Sở Y tế")]), task("2"), task("2")])
    assert (counted["who"].clear, counted["who"].of, counted["who"].gaps) == (1, 3, ("2",))
    assert counted["when"].gaps == ("1", "2")
