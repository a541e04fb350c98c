"""Which figures a directive wants reached, compared how and counting what."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.references import mark_references
from ingest.targets import mark_targets, read_targets
from ingest.words import read_words


def read(text):
    doc = read_words(text)
    mark_references(doc)
    mark_targets(doc)
    return read_targets(doc)


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("ít nhất 20% đơn vị hành chính cấp xã không ma túy", ">=", 20, "%"),
        ("Tổ chức cho 100% các hộ gia đình ký cam kết", "=", 100, "%"),
        ("triệt xoá 100%, bắt giữ", "=", 100, "%"),
        ("tỷ lệ hồ sơ đạt từ 70% trở lên", ">=", 70, "%"),
        ("đạt trên 99,5% hồ sơ", ">", 99.5, "%"),
        ("không vượt quá 15% tổng kinh phí của Chương trình", "<=", 15, "%"),
        ("giảm 10% số vụ", "=", 10, "%"),
        ("giảm 5-7% số vụ tai nạn", "=", 5, "%"),
        ("giảm từ 5% đến 7% số người nghiện", ">=", 5, "%"),
        ("tỷ lệ tái nghiện giảm còn dưới 2%", "<", 2, "%"),
        ("đạt ≥ 95% hồ sơ đúng hạn", ">=", 95, "%"),
        ("một nửa số xã không có tệ nạn", "=", 50, "%"),
        ("có 20/25 xã không ma túy", "=", 20, "xã"),
        ("có ít nhất một mô hình tự quản", ">=", 1, "mô hình tự quản"),
        ("bố trí ít nhất 02 (hai) cán bộ chuyên trách", ">=", 2, "cán bộ chuyên trách"),
        ("xây dựng từ 2 đến 3 mô hình", ">=", 2, "mô hình"),
        ("tuyên truyền cho 1.500 lượt người", "=", 1500, "lượt người"),
        ("giải quyết việc làm cho 1.200 lao động", "=", 1200, "lao động"),
        ("Thu nhập bình quân đầu người đến năm 2025: 60 triệu đồng.", "=", 60, "triệu đồng"),
        ("Số trường học đạt chuẩn quốc gia: 04 trường.", "=", 4, "trường"),
        ("Tốc độ tăng dân số bình quân hằng năm dưới 1%.", "<", 1, "%"),
        ("Tỷ lệ số xã đạt chuẩn nông thôn mới nâng cao 6,25%", "=", 6.25, "%"),
        ("thu ngân sách đạt 1.200 tỷ đồng", "=", 1200, "tỷ đồng"),
        ("không quá 5% số người", "<=", 5, "%"),
        ("họp không ít hơn một buổi mỗi tháng", ">=", 1, "buổi"),
        ("giảm tỷ lệ hộ nghèo từ 1-1,5%/năm", ">=", 1, "%/năm"),
        ("giải quyết việc làm cho khoảng 2.000 lao động", "=", 2000, "lao động"),
        ("kết nạp 120 đảng viên", "=", 120, "đảng viên"),
        ("tỷ lệ chi 30% hằng năm cho", "=", 30, "%"),
        ("tỷ lệ tái nghiện dưới 2%", "<", 2, "%"),
        ("tuyên truyền ít nhất 01 lần/tháng", ">=", 1, "lần/tháng"),
        ("diễn tập ứng cứu sự cố 02 lần/năm", "=", 2, "lần/năm"),
        ("Mỗi xã xây dựng ít nhất 01 mô hình", ">=", 1, "mô hình/xã"),
        ("ít nhất 01 mô hình về phòng, chống tội phạm ở mỗi xã, phường", ">=", 1,
         "mô hình/xã, phường"),
        ("ít nhất 10.000 lượt dự thi", ">=", 10000, "lượt dự thi"),
        ("dựng 01 cụm pano lớn tại xã Ngọc Lũ", "=", 1, "cụm pano lớn"),
        ("treo 03 băng zôn, khẩu hiệu", "=", 3, "băng zôn, khẩu hiệu"),
        ("1 | Tổ tự quản | Công an xã | 01 mô hình | Quý II", "=", 1, "mô hình"),
    ],
)  # fmt: skip
def test_a_figure_says_what_it_counts(text, comparator, value, unit):
    assert [(t.comparator, t.value, t.unit) for t in read(text)] == [(comparator, value, unit)]


def test_a_list_of_things_is_counted_one_by_one():
    text = "dựng 01 cụm pano lớn tại xã Ngọc Lũ và 02 băng zon tại khu trung tâm"
    assert [target.value for target in read(text)] == [1, 2]


def test_each_figure_has_its_own_year():
    text = "ít nhất 20% xã không ma túy trong năm 2025; phấn đấu đến năm 2030, có ít nhất 50% xã"
    assert [(target.value, target.by) for target in read(text)] == [(20, "2025"), (50, "2030")]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Năm 2025, 100% trường học ký cam kết", "2025"),
        ("giai đoạn 2026-2030, ít nhất 80% người nghiện được quản lý", "2030"),
        ("đạt 90% hồ sơ trong quý IV/2026", "2026"),
        ("giảm 5% số vụ so với năm 2024", None),
    ],
)
def test_a_figure_is_due_in_the_year_of_its_sentence(text, year):
    assert [target.by for target in read(text)] == [year]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("doanh nghiệp 100% vốn nước ngoài", id="ownership"),
        pytest.param("thuế suất 25%, lãi suất 6%", id="rates"),
        pytest.param("tỷ lệ tổn thương cơ thể 61% trở lên", id="injury"),
        pytest.param("hỗ trợ 100% kinh phí mua thẻ", id="who-pays"),
        pytest.param("phải có tỷ lệ phiếu đồng ý từ 80% trở lên", id="votes"),
        pytest.param("doanh nghiệp nắm giữ trên 50% sở hữu", id="what-is-held"),
        pytest.param("với định mức tối thiểu 43% tổng kinh phí", id="shares-of-money"),
        pytest.param("Hội đồng có ít nhất 07 thành viên, bao gồm", id="members-of-a-council"),
        pytest.param("không quá 03 Phó Giám đốc", id="deputies"),
        pytest.param("duy trì đầu mối liên lạc 03 cấp", id="levels"),
        pytest.param("người từ đủ 12 tuổi đến dưới 18 tuổi", id="age"),
        pytest.param("điện thoại 0916 777 493", id="telephone"),
        pytest.param("Quyết định số 28/2025/QĐ-TTg ngày 24/8/2025", id="citation"),
        pytest.param("trước ngày 05/12/2025, trong 03 năm", id="time"),
        pytest.param("việc hỗ trợ mới đạt 58% kế hoạch", id="a-report"),
        pytest.param("Tải về\n100%\nHiển thị", id="a-line-of-a-figure"),
        pytest.param("rõ người, rõ việc (6 rõ), 02 bên", id="other-counts"),
    ],
)
def test_what_is_no_target(text):
    assert read(text) == ()


@given(st.lists(st.sampled_from(
    ["ít nhất", "20", "%", "01", "mô hình", "xã", "trong năm 2025", ";", "\n", "|", "trên", "10.000",
     "lượt", "/", "tổ chức", "và", "mỗi", "1,5", "lần/tháng", "("]), max_size=14))  # fmt: skip
def test_every_target_shows_its_words(parts):
    text = " ".join(parts)
    found = read(text)
    for target in found:
        assert target.span.of(text) == target.surface
        assert "\n" not in target.surface
        assert target.value >= 0
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
