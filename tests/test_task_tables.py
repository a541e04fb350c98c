"""What each cell of a task table's rows is, as its header says."""

import pytest

from ingest.model import Paragraph, Span
from ingest.readers import tables
from ingest.task_tables import is_group, read_columns


def table(*lines, bold=()):
    """A text and its paragraphs; a line with bars is a row."""
    text, paragraphs = "", []
    for index, line in enumerate(lines):
        start = len(text)
        cells, at = [], start
        for cell in line.split(" | "):
            cells.append(Span(at, at + len(cell)))
            at += len(cell) + len(" | ")
        span = Span(start, start + len(line))
        is_row = " | " in line
        paragraphs.append(
            Paragraph(span=span, cells=tuple(cells) if is_row else (), bold=index in bold)
        )
        text += line + "\n"
    return text, paragraphs


def read(*lines, bold=()):
    text, paragraphs = table(*lines, bold=bold)
    found = read_columns(text, paragraphs).values()
    return [{name: [s.of(text) for s in spans] for name, spans in row.items()} for row in found]


@pytest.mark.parametrize(
    "header",
    [
        "STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn",
        "TT | NỘI DUNG CÔNG VIỆC | ĐƠN VỊ THỰC HIỆN | ĐƠN VỊ PHỐI HỢP | THỜI GIAN HOÀN THÀNH",
        "Số TT | Nội dung, nhiệm vụ | Đơn vị/Cá nhân đầu mối | Đơn vị/Cá nhân phối hợp | Thời hạn HT",
        " | Tên nhiệm vụ | Phân công; nhiệm vụ | Phối hợp thực hiện | Tiến độ",
    ],
)  # fmt: skip
def test_the_header_decides_which_column_is_what(header):
    [row] = read(header, "1 | Rà soát địa bàn | Công an tỉnh | Sở Y tế | Quý III")
    assert row == {
        "number": ["1"],
        "duty": ["Rà soát địa bàn"],
        "lead": ["Công an tỉnh"],
        "coordinate": ["Sở Y tế"],
        "when": ["Quý III"],
    }


def test_a_timetable_with_who_does_it_is_a_task_table_and_one_without_is_none():
    [row] = read("Thời gian | Nội dung | Người thực hiện", "Tháng 9 | Khai giảng | Hiệu trưởng")
    assert (row["when"], row["lead"]) == (["Tháng 9"], ["Hiệu trưởng"])
    assert not read("Thời gian | Nội dung", "8h00 | Khai mạc")


def test_two_rows_may_make_the_header_and_a_third_count_the_columns():
    rows = read(
        "STT | Nội dung | Trách nhiệm |  | Thời gian",
        " |  | Chủ trì | Phối hợp | ",
        "(1) | (2) | (3) | (4) | (5)",
        "1 | Rà soát | Sở Y tế | Công an tỉnh | Quý I",
    )
    assert [(row["lead"], row["coordinate"]) for row in rows] == [(["Sở Y tế"], ["Công an tỉnh"])]


def test_the_header_holds_below_the_line_of_a_group_and_on_the_next_page():
    rows = read(
        "STT | Nhiệm vụ | Chủ trì",
        "I. Tuyên truyền",
        "1 | Phát tin | Sở Y tế",
        "STT | Nhiệm vụ | Chủ trì",
        "2 | Treo loa | Công an xã",
    )
    assert [row["duty"] for row in rows] == [["Phát tin"], ["Treo loa"]]


def test_the_header_does_not_hold_for_another_table():
    rows = read(
        "STT | Nhiệm vụ | Chủ trì", "1 | Phát tin | Sở Y tế", "Đoạn một.", "Đoạn hai.",
        "Đoạn ba.", "1 | Nguyễn Văn A | Hiệu trưởng",
    )  # fmt: skip
    assert len(rows) == 1


def test_rows_that_give_nobody_anything_are_groups_but_a_duty_without_a_body_is_none():
    text, paragraphs = table(
        "STT | Nhiệm vụ | Chủ trì | Thời hạn",
        "I | Tuyên truyền |  | ",
        "1 | Phát tin | Sở Y tế | Quý I",
        "2 | Đấu tranh |  | ",
        "2.1 | Rà soát | Công an | Quý II",
        "3 | Báo cáo kết quả |  | ",
    )
    groups = [is_group(row) for row in read_columns(text, paragraphs).values()]
    assert groups == [True, False, True, False, False]


def test_rows_with_the_same_duty_are_quoted_apart():
    rows = read(
        "STT | Nhiệm vụ | Chủ trì | Thời hạn",
        "1 | Trả lời chất vấn | Văn phòng | 13/4",
        "2 | Trả lời chất vấn | Vụ Pháp chế | 11/4",
        "3 | Báo cáo | Văn phòng | 11/4",
    )
    assert [row.get("quote") for row in rows] == [
        ["Trả lời chất vấn | Văn phòng"],
        ["Trả lời chất vấn | Vụ Pháp chế"],
        None,
    ]


def test_who_oversees_is_no_body_that_does_the_work():
    [row] = read(
        "STT | Nhiệm vụ | Đơn vị chủ trì | Lãnh đạo Bộ phụ trách", "1 | Rà soát | Vụ A | X"
    )
    assert row["lead"] == ["Vụ A"]


def test_each_body_of_a_cell_is_told():
    [row] = read("STT | Nhiệm vụ | Chủ trì", "1 | Rà soát | - Vụ Pháp chế; • Văn phòng;")
    assert row["lead"] == ["Vụ Pháp chế", "Văn phòng"]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        pytest.param(["Vụ Pháp chế", "Văn phòng"], "Vụ Pháp chế; Văn phòng", id="names"),
        pytest.param(["Sở Giáo dục", "và Đào tạo"], "Sở Giáo dục và Đào tạo", id="goes-on"),
        pytest.param(["Sở Y tế,", "Công an"], "Sở Y tế, Công an", id="parted-already"),
        pytest.param(["ĐƠN VỊ", "THỰC HIỆN"], "ĐƠN VỊ THỰC HIỆN", id="capitals"),
    ],
)
def test_lines_of_a_cell(lines, joined):
    assert tables.join_lines(lines) == joined
