"""Where something is said to be due, and which days are meant."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.calendar import add_working_days, is_working_day
from ingest.dates import read_point
from ingest.deadlines import mark_deadlines, read_deadlines, year_of
from ingest.knowledge.tables import rows
from ingest.references import mark_references
from ingest.words import read_words

ISSUED = dt.date(2025, 9, 8)


def read(text, issued_on=ISSUED):
    doc = read_words(text)
    mark_references(doc)
    mark_deadlines(doc)
    return read_deadlines(doc, issued_on=issued_on)


@pytest.mark.parametrize(
    ("text", "surface", "day"),
    [
        ("báo cáo trước ngày 30/6/2024 để tổng hợp", "trước ngày 30/6/2024", dt.date(2024, 6, 30)),
        ("trước ngày 30 tháng 6 năm 2024", "trước ngày 30 tháng 6 năm 2024", dt.date(2024, 6, 30)),
        ("gửi trước 17 giờ 00 ngày 20/5/2025", "trước 17 giờ 00 ngày 20/5/2025", dt.date(2025, 5, 20)),
        ("dự kiến trong Quý 3/2021", "dự kiến trong Quý 3/2021", dt.date(2021, 9, 30)),
        ("hoàn thành trong quý III năm 2025.", "trong quý III năm 2025", dt.date(2025, 9, 30)),
        ("mục tiêu trong năm 2025; phấn đấu", "trong năm 2025", dt.date(2025, 12, 31)),
        ("phấn đấu đến năm 2030, có", "đến năm 2030", dt.date(2030, 12, 31)),
        ("xong trong tháng 02/2024", "trong tháng 02/2024", dt.date(2024, 2, 29)),
        ("hoàn thành trước tháng 6/2026", "trước tháng 6/2026", dt.date(2026, 5, 31)),
        ("hoàn thành trong tháng 10.", "trong tháng 10", dt.date(2025, 10, 31)),
        ("gửi trước ngày 15/3.", "trước ngày 15/3", dt.date(2026, 3, 15)),
        ("Thời gian: Lúc 14 giờ 00 phút, ngày 28 tháng 4 năm 2026.",
         "14 giờ 00 phút, ngày 28 tháng 4 năm 2026", dt.date(2026, 4, 28)),
        ("4 | Học bạ số | Sở Y tế | 31/8/2026 | Báo cáo", "31/8/2026", dt.date(2026, 8, 31)),
        ("Xây dựng kế hoạch, hoàn thành tháng 10.", "tháng 10", dt.date(2025, 10, 31)),
        ("chậm nhất trong Quý I năm 2026", "chậm nhất trong Quý I năm 2026",
         dt.date(2026, 3, 31)),
        ("Chậm nhất 07 giờ 30 phút ngày 14/4/2026 có mặt",
         "Chậm nhất 07 giờ 30 phút ngày 14/4/2026", dt.date(2026, 4, 14)),
        ("gửi trước 17h00 ngày 20/5/2026", "trước 17h00 ngày 20/5/2026", dt.date(2026, 5, 20)),
        ("khai mạc lúc 8 giờ 00, thứ Sáu, ngày 17/4/2026",
         "lúc 8 giờ 00, thứ Sáu, ngày 17/4/2026", dt.date(2026, 4, 17)),
        ("1. | Luật Thủ đô | Chính phủ | Phiên họp tháng 3/2026", "Phiên họp tháng 3/2026",
         dt.date(2026, 3, 31)),
        ("3 | Mở lớp | Sở Nội vụ | Tháng 4, 5/2026 | Lớp", "Tháng 4, 5/2026",
         dt.date(2026, 5, 31)),
        ("3 | Mở lớp | Sở Nội vụ | Quý I, II | Lớp", "Quý I, II", dt.date(2026, 6, 30)),
        ("3 | Mở lớp | Sở Nội vụ | T6/2026 |", "T6/2026", dt.date(2026, 6, 30)),
        ("3 | Mở lớp | Sở Nội vụ | Cả năm |", "Cả năm", dt.date(2025, 12, 31)),
        ("Sáng 20/4/2026 | Khai mạc | Hội trường", "Sáng 20/4/2026", dt.date(2026, 4, 20)),
        ("Thời gian thực hiện: Quý II-III/2026", "Quý II-III/2026", dt.date(2026, 9, 30)),
        ("Trình Đề án: tháng 12/2025 xin ý kiến các bộ", "tháng 12/2025", dt.date(2025, 12, 31)),
        ("hưởng ứng Tháng hành động (tháng 10)", "tháng 10", dt.date(2025, 10, 31)),
        ("Năm 2026, phấn đấu 20% xã", "Năm 2026", dt.date(2026, 12, 31)),
        ("phấn đấu đến năm 2030, có 50% xã", "đến năm 2030", dt.date(2030, 12, 31)),
        ("tổng kết vào cuối năm.", "vào cuối năm", dt.date(2025, 12, 31)),
        ("hoàn thành trong năm.", "trong năm", dt.date(2025, 12, 31)),
        ("Thời gian thực hiện: 2026.", "2026", dt.date(2026, 12, 31)),
        ("STT | Việc | Đơn vị | Thời gian thực hiện\n1 | Mở lớp | Sở Y tế | 2026",
         "2026", dt.date(2026, 12, 31)),
        ("ký cam kết cho học sinh trước ngày 30/9/2025.", "trước ngày 30/9/2025",
         dt.date(2025, 9, 30)),
        ("nhiệm vụ được giao hoàn thành trước ngày 30/6/2026", "trước ngày 30/6/2026",
         dt.date(2026, 6, 30)),
        ("trong thời hạn 02 năm kể từ ngày 01 tháng 7 năm 2025",
         "trong thời hạn 02 năm kể từ ngày 01 tháng 7 năm 2025", dt.date(2027, 7, 1)),
        ("chậm nhất 05 ngày làm việc kể từ ngày 14/6/2024",
         "chậm nhất 05 ngày làm việc kể từ ngày 14/6/2024", dt.date(2024, 6, 21)),
    ],
)  # fmt: skip
def test_a_day_is_the_last_one(text, surface, day):
    assert [(d.kind, d.surface, d.date) for d in read(text)] == [("date", surface, day)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hằng năm, các sở báo cáo", [("Hằng năm", "yearly", ())]),
        ("hàng tháng chủ động thống kê", [("hàng tháng", "monthly", ())]),
        ("Định kỳ tổ chức sơ kết", [("Định kỳ", None, ())]),
        ("Định kỳ hằng năm, Ủy ban", [("Định kỳ hằng năm", "yearly", ())]),
        ("Định kỳ 6 tháng, 1 năm có báo cáo", [("Định kỳ 6 tháng, 1 năm", "half-yearly", ())]),
        ("tuyên truyền ít nhất 01 lần/tháng", [("ít nhất 01 lần/tháng", "monthly", ())]),
        ("trước ngày 25 hằng tháng", [("trước ngày 25 hằng tháng", "monthly", ())]),
        ("họp thứ hai hằng tuần", [("thứ hai hằng tuần", "weekly", ())]),
        (
            "Định kỳ hàng tháng, qúy, năm báo cáo",
            [("Định kỳ hàng tháng, qúy, năm", "monthly", ())],
        ),
        ("Định kỳ 03 năm một lần, Bộ điều tra", [("Định kỳ 03 năm một lần", None, ())]),
        ("họp 6 tháng/lần", [("6 tháng/lần", "half-yearly", ())]),
        (
            "gửi trước 15/6 và 15/12 hằng năm",
            [("trước 15/6 và 15/12 hằng năm", "yearly", ("06-15", "12-15"))],
        ),
        (
            "Định kỳ báo cáo kết quả 6 tháng đầu năm trước ngày 20 tháng 6 hằng năm",
            [("6 tháng đầu năm trước ngày 20 tháng 6 hằng năm", "half-yearly", ("06-20",))],
        ),
        (
            "gửi trước ngày 20 tháng 6 hằng năm theo mẫu",
            [("trước ngày 20 tháng 6 hằng năm", "yearly", ("06-20",))],
        ),
        (
            "báo cáo kết quả 6 tháng đầu năm về Sở trước ngày 20 tháng 6 hằng năm",
            [("trước ngày 20 tháng 6 hằng năm", "half-yearly", ("06-20",))],
        ),
        (
            "chậm nhất vào ngày 20 của tháng đầu tiên của quý kế tiếp",
            [
                (
                    "chậm nhất vào ngày 20 của tháng đầu tiên của quý kế tiếp",
                    "quarterly",
                    ("01-20", "04-20", "07-20", "10-20"),
                )
            ],
        ),
        ("trước ngày 05 của tháng sau", [("trước ngày 05 của tháng sau", "monthly", ())]),
        ("mỗi học kỳ ít nhất", [("mỗi học kỳ", "half-yearly", ())]),
        ("tổ chức kiểm tra việc chấp hành hằng năm", [("hằng năm", "yearly", ())]),
        ("báo cáo kết quả thực hiện kế hoạch hằng năm về Sở", [("hằng năm", "yearly", ())]),
        ("báo cáo định kỳ về Sở Y tế", [("định kỳ", None, ())]),
        (
            "Hằng năm, các xã báo cáo trước ngày 15/11.",
            [("Hằng năm", "yearly", ()), ("trước ngày 15/11", "yearly", ("11-15",))],
        ),
        (
            "trước ngày 15 tháng 7 (số liệu nửa năm) và ngày 15 tháng 01 hằng năm",
            [
                ("trước ngày 15 tháng 7", "yearly", ("07-15",)),
                ("ngày 15 tháng 01 hằng năm", "yearly", ("01-15",)),
            ],
        ),
        (
            "tiếp công dân vào ngày thứ Sáu, tuần thứ ba hằng tháng",
            [("vào ngày thứ Sáu, tuần thứ ba hằng tháng", "monthly", ())],
        ),
        ("trước ngày 15/12 hằng năm", [("trước ngày 15/12 hằng năm", "yearly", ("12-15",))]),
        (
            "ngày 15/6 và 15/12 hằng năm",
            [("ngày 15/6 và 15/12 hằng năm", "yearly", ("06-15", "12-15"))],
        ),
        (
            (
                "định kỳ hằng quý, 06 tháng, 01 năm (quý I trước 15/3; 6 tháng trước 15/6; 1 năm "
                "trước 15/12) báo cáo"
            ),
            [
                ("quý I trước 15/3", "quarterly", ("03-15",)),
                ("6 tháng trước 15/6", "half-yearly", ("06-15",)),
                ("1 năm trước 15/12", "yearly", ("12-15",)),
            ],
        ),
        (
            "định kỳ 6 tháng (trước ngày 10/6), 01 năm (trước ngày 10/12)",
            [
                ("định kỳ 6 tháng (trước ngày 10/6)", "half-yearly", ("06-10",)),
                ("01 năm (trước ngày 10/12)", "yearly", ("12-10",)),
            ],
        ),
        (
            "hằng quý (trước ngày 15 của tháng cuối quý)",
            [
                (
                    "hằng quý (trước ngày 15 của tháng cuối quý)",
                    "quarterly",
                    ("03-15", "06-15", "09-15", "12-15"),
                )
            ],
        ),
    ],
)
def test_what_comes_again_says_how_often(text, found):
    assert [(d.surface, d.recurrence, d.dates) for d in read(text)] == found
    assert {d.kind for d in read(text)} == {"recurring"}


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("từ ngày 15/6/2024 nhân", dt.date(2024, 6, 15), None),
        ("từ năm 2025 đến hết năm 2030.", dt.date(2025, 1, 1), dt.date(2030, 12, 31)),
        ("từ ngày 01/6 đến ngày 30/6/2026", dt.date(2026, 6, 1), dt.date(2026, 6, 30)),
        ("từ ngày 01 đến ngày 30/6/2026", dt.date(2026, 6, 1), dt.date(2026, 6, 30)),
        ("từ tháng 7 đến tháng 12/2025", dt.date(2025, 7, 1), dt.date(2025, 12, 31)),
        ("từ nay đến hết năm 2025", ISSUED, dt.date(2025, 12, 31)),
        ("từ quý I/2025 thực hiện", dt.date(2025, 1, 1), None),
        (
            "3 | Khảo sát | Sở Nội vụ | 29/6/2026 - 09/7/2026 |",
            dt.date(2026, 6, 29),
            dt.date(2026, 7, 9),
        ),
        (
            "từ 07 giờ 30 phút ngày 18/4/2026 đến 17 giờ ngày 19/4/2026",
            dt.date(2026, 4, 18),
            dt.date(2026, 4, 19),
        ),
        ("trong 02 ngày 18 và 19/4/2026", dt.date(2026, 4, 18), dt.date(2026, 4, 19)),
        ("từ năm học 2025-2026", dt.date(2025, 9, 1), dt.date(2026, 5, 31)),
        ("từ nay đến cuối năm, tập trung", ISSUED, dt.date(2025, 12, 31)),
        ("tổ chức thực hiện kể từ ngày ký.", ISSUED, None),
        (
            "3 | Mở lớp | Sở Y tế | Quý I và Quý II năm 2026 |",
            dt.date(2026, 1, 1),
            dt.date(2026, 6, 30),
        ),
        ("hoàn thành trong tháng 3 và tháng 4/2026", dt.date(2026, 3, 1), dt.date(2026, 4, 30)),
        ("3 | Mở lớp | Sở Y tế | 2025-2026 |", dt.date(2025, 1, 1), dt.date(2026, 12, 31)),
        ("Thời gian thực hiện: 2025 - 2030", dt.date(2025, 1, 1), dt.date(2030, 12, 31)),
    ],
)
def test_a_period_has_its_bounds(text, begins, ends):
    first, *_ = read(text)
    assert (first.kind, first.from_, first.to) == ("period", begins, ends)


@pytest.mark.parametrize(
    ("text", "surface", "day"),
    [
        ("tội phạm nhân tháng “hành động phòng, chống ma túy”.",
         "nhân tháng “hành động phòng, chống ma túy”", None),
        ("treo nhân tháng hành động phòng, chống ma túy lấy chủ đề",
         "nhân tháng hành động phòng, chống ma túy", None),
        ("chậm nhất 03 ngày làm việc kể từ ngày nhận được đề nghị.",
         "chậm nhất 03 ngày làm việc kể từ ngày nhận được đề nghị", None),
        ("chậm nhất 15 ngày kể từ ngày ban hành Chỉ thị.",
         "chậm nhất 15 ngày kể từ ngày ban hành Chỉ thị", dt.date(2025, 9, 23)),
        ("trong thời hạn 10 ngày kể từ ngày ký kết luận thanh tra,",
         "trong thời hạn 10 ngày kể từ ngày ký kết luận thanh tra", None),
        ("chậm nhất 05 ngày làm việc kể từ ngày nhận được báo cáo, Sở Y tế thẩm định",
         "chậm nhất 05 ngày làm việc kể từ ngày nhận được báo cáo", None),
        ("trong vòng 24 giờ kể từ khi tiếp nhận tin báo",
         "trong vòng 24 giờ kể từ khi tiếp nhận tin báo", None),
        ("sau 30 ngày kể từ ngày Luật có hiệu lực",
         "sau 30 ngày kể từ ngày Luật có hiệu lực", None),
        ("chậm nhất 03 tháng kể từ ngày ban hành Kế hoạch này",
         "chậm nhất 03 tháng kể từ ngày ban hành Kế hoạch này", dt.date(2025, 12, 8)),
        ("tăng cường tuần tra trước, trong và sau Tết Nguyên đán",
         "trước, trong và sau Tết Nguyên đán", None),
        ("hoàn thành trước Đại hội", "trước Đại hội", None),
        ("chậm nhất 30 phút, kể từ khi nhận được hồ sơ hợp lệ",
         "chậm nhất 30 phút, kể từ khi nhận được hồ sơ hợp lệ", None),
        ("gửi tài liệu ít nhất là 02 ngày làm việc trước ngày họp, trừ",
         "ít nhất là 02 ngày làm việc trước ngày họp", None),
        ("đăng tải không muộn hơn 01 tháng kể từ ngày thanh lý hợp đồng.",
         "không muộn hơn 01 tháng kể từ ngày thanh lý hợp đồng", None),
        ("thời hạn bổ sung là 02 ngày làm việc kể từ ngày nhận lại hồ sơ.",
         "02 ngày làm việc kể từ ngày nhận lại hồ sơ", None),
        ("ký cam kết ngay từ đầu năm học 2025-2026", "ngay từ đầu năm học 2025-2026", None),
        ("trong thời hạn 15 ngày kể từ ngày nhận được báo cáo giải trình, Sở",
         "trong thời hạn 15 ngày kể từ ngày nhận được báo cáo giải trình", None),
        ("Trong thời hạn 05 ngày làm việc kể từ ngày hoàn thành việc chuyển giao, Sở",
         "Trong thời hạn 05 ngày làm việc kể từ ngày hoàn thành việc chuyển giao", None),
        ("3 | Thi thử | Tổ Toán | Học kỳ I năm học 2025-2026 |", "Học kỳ I năm học 2025-2026",
         None),
        ("triển khai ngay sau khi kế hoạch được ban hành",
         "ngay sau khi kế hoạch được ban hành", None),
    ],
)  # fmt: skip
def test_an_event_has_a_day_only_if_it_counts_from_this_document(text, surface, day):
    assert [(d.kind, d.surface, d.date) for d in read(text)] == [("event", surface, day)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("kịp thời nắm tình hình", id="promptly"),
        pytest.param("Kế hoạch số 5/KH-UBND ngày 05/01/2025 của UBND tỉnh", id="a-citation"),
        pytest.param(
            "Quyết định số 06/QĐ-TTg phê duyệt Đề án dữ liệu giai đoạn 2022 - 2025, tầm nhìn đến năm "
            "2030",
            id="the-title-of-a-citation",
        ),
        pytest.param("hưởng ứng Ngày toàn dân phòng, chống ma túy 26/6", id="name-of-a-day"),
        pytest.param("Tháng hành động phòng, chống ma túy năm 2023", id="year-in-a-name"),
        pytest.param("là nhiệm vụ thường xuyên, liên tục; kinh phí chi thường xuyên", id="a-kind"),
        pytest.param("tính đến ngày 30/6/2025 có 5 xã", id="a-report"),
        pytest.param("không để tái phức tạp sau khi triệt xóa", id="a-condition"),
        pytest.param("lập hồ sơ khi đủ điều kiện", id="another-condition"),
        pytest.param("nhân dân, nhân viên, nhân rộng mô hình", id="other-words"),
        pytest.param("Quyết định này có hiệu lực kể từ ngày ký.", id="effect"),
        pytest.param("(số liệu tính từ ngày 15/12/2025 đến ngày 14/6/2026)", id="counted-data"),
        pytest.param("người được cấp giấy phép trước ngày 01/01/2026 thì", id="what-was-done"),
        pytest.param("đảm bảo kinh phí hằng năm cho các đơn vị", id="money-of-each-year"),
        pytest.param("lồng ghép vào kế hoạch công tác hằng năm", id="plan-of-each-year"),
        pytest.param("Chiến lược quốc gia phòng, chống ma túy đến năm 2030", id="title"),
        pytest.param("Thực hiện Chương trình giai đoạn 2021-2025", id="years-of-a-programme"),
        pytest.param("Ngày 18/3/2025, Bộ Chính trị ban hành Kết luận", id="past-day"),
        pytest.param(
            "số hộ không phát sinh điện năng tiêu thụ trong tháng)", id="a-month-measured"
        ),
        pytest.param("trước khi có yêu cầu dẫn độ", id="before-an-event"),
        pytest.param("bảo dưỡng thường xuyên đường thủy", id="a-kind-of-upkeep"),
        pytest.param(
            "7 | Góp ý | Vụ KHTC | Ngày 21 tháng 3 năm 2025, Bộ đã gửi", id="report-in-a-cell"
        ),
        pytest.param("cung cấp hồ sơ khi có yêu cầu của Sở Y tế", id="a-condition-of-asking"),
        pytest.param("lập dự toán ngân sách nhà nước hằng năm của đơn vị", id="yearly-estimate"),
        pytest.param("phê duyệt chương trình giám sát hằng năm", id="yearly-programme"),
        pytest.param("thẩm định báo cáo tài chính hằng năm", id="yearly-accounts"),
        pytest.param("tiếp nhận các báo cáo công tác hằng năm", id="a-kind-of-report"),
        pytest.param("phân bổ vốn giai đoạn 2026-2030 và hằng năm cho các xã", id="and-yearly"),
        pytest.param("đưa vào nhiệm vụ phát triển kinh tế - xã hội hằng năm của xã", id="goals"),
        pytest.param("phong trào thi đua trong từng năm và từng giai đoạn", id="in-each-year"),
        pytest.param("báo cáo định kỳ hoặc theo yêu cầu", id="regular-or-asked-for"),
        pytest.param("Sau hội nghị giao ban định kỳ, các đơn vị", id="after-a-regular-meeting"),
        pytest.param("niêm yết lịch tiếp công dân định kỳ của Bộ trưởng", id="a-regular-day"),
        pytest.param("khu vực thường xuyên ngập; đường thường xuyên xảy ra tai nạn", id="a-state"),
        pytest.param("Trung tâm Giáo dục thường xuyên; sửa chữa thường xuyên", id="a-name"),
        pytest.param("giấy phép có giá trị trong thời hạn 05 năm kể từ ngày cấp", id="validity"),
        pytest.param("thời hạn của thẻ là 05 năm kể từ ngày ban hành", id="validity-of-a-card"),
        pytest.param("nếu sau 6 tháng kể từ ngày cấp mà chưa dùng", id="if-after-a-time"),
        pytest.param("trả lời kiến nghị của cử tri tại kỳ họp thứ 2", id="asked-at-a-session"),
        pytest.param("trường hợp giao đất trước ngày 01/7/2026 thì áp dụng", id="if-before"),
        pytest.param("căn cứ kết quả xếp loại chất lượng hằng năm đối với xã", id="a-result"),
        pytest.param("được hưởng trợ cấp hằng tháng", id="a-benefit"),
        pytest.param("được hưởng phụ cấp trong thời gian 05 năm", id="time-of-a-benefit"),
        pytest.param("quỹ tiền lương từ ngày 01/8/2026 đến ngày 31/12/2026", id="paid-for"),
        pytest.param("3 | Dân số | 2026 | người", id="a-number-in-a-cell"),
        pytest.param("từ đủ 14 tuổi, thời hiệu 12 tháng", id="ages-and-limitations"),
        pytest.param("đạt 21/62 xã, tỷ lệ 1/3", id="fractions"),
    ],
)
def test_what_is_no_deadline(text):
    assert read(text) == ()


def test_a_title_hides_only_the_times_that_titles_have():
    text = (
        "Triển khai Quyết định số 06/QĐ-TTg ngày 06/01/2022 phê duyệt Đề án giai đoạn 2022 - 2025, "
        "hoàn thành trước ngày 30/9/2025"
    )
    assert [d.surface for d in read(text)] == ["trước ngày 30/9/2025"]


def test_without_the_documents_date_a_day_without_year_is_open():
    assert [d.date for d in read("gửi trước ngày 15/3", issued_on=None)] == [None]


@pytest.mark.parametrize(
    "words", ["Nhiệm vụ thường xuyên", "Thường xuyên", "Công việc thường xuyên"]
)
def test_a_cell_may_say_that_a_task_is_ongoing(words):
    assert [(d.kind, d.surface) for d in read(f"3 | Tuyên truyền | Sở Y tế | {words} |")] == [
        ("ongoing", words)
    ]


def test_two_quarters_of_a_cell_are_two_times():
    found = read("6 | Kiểm tra | Sở Y tế | quý II và quý IV/2026 | Báo cáo")
    assert [d.date for d in found] == [dt.date(2026, 6, 30), dt.date(2026, 12, 31)]


def test_this_year_is_the_one_that_the_title_plans_for():
    issued = dt.date(2025, 12, 20)
    doc = read_words("hoàn thành trong năm; gửi trước tháng 6")
    mark_deadlines(doc)
    year = year_of("Phòng, chống ma túy năm 2026", issued_on=issued)
    found = read_deadlines(doc, issued_on=issued, of_year=year)
    assert [d.date for d in found] == [dt.date(2026, 12, 31), dt.date(2026, 5, 31)]


@pytest.mark.parametrize(
    "title", ["giai đoạn 2021 - 2025", "đến năm 2030", "năm học 2025 - 2026", "năm 2020", None]
)
def test_other_titles_plan_for_no_one_year(title):
    assert year_of(title, issued_on=ISSUED) is None


def test_a_day_that_does_not_exist_is_open():
    assert [d.date for d in read("trước ngày 31/02/2025")] == [None]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (dt.date(2025, 1, 27), False),  # Tết
        (dt.date(2013, 2, 14), False),  # of its four days two fell on a weekend
        (dt.date(2013, 2, 15), False),  # changed for Saturday, 23 February
        (dt.date(2013, 2, 23), True),
        (dt.date(2014, 2, 5), False),  # of its five days two fell on a weekend
        (dt.date(2014, 2, 6), True),
        (dt.date(2019, 4, 29), False),
        (dt.date(2019, 5, 4), True),
        (dt.date(2020, 1, 29), False),
        (dt.date(2025, 2, 3), True),
        (dt.date(2023, 5, 3), False),  # Giỗ Tổ fell on a Saturday
        (dt.date(2025, 4, 7), False),
        (dt.date(2025, 4, 26), True),  # a Saturday worked for 2 May
        (dt.date(2025, 5, 2), False),
        (dt.date(2025, 9, 6), False),
        (dt.date(2025, 9, 8), True),
    ],
)
def test_offices_keep_the_calendar(day, works):
    assert is_working_day(day) is works


def test_each_day_of_the_calendar_says_how_sure_it_is():
    certain = {row["date"]: row["certainty"] for row in rows("holidays")}
    assert set(certain.values()) == {"verified", "unverified"}
    assert {f"{year}" for year in range(2004, 2028)} <= {date[:4] for date in certain}


def test_working_days_pass_over_tet():
    assert add_working_days(dt.date(2025, 1, 24), 1) == dt.date(2025, 2, 3)


@given(st.dates(dt.date(2010, 1, 1), dt.date(2035, 12, 31)), st.integers(1, 30))
def test_a_working_day_later_is_a_working_day(start, count):
    end = add_working_days(start, count)
    assert is_working_day(end)
    assert (end - start).days >= count


@given(st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31)))
def test_a_written_date_reads_as_itself(day):
    for written in (f"ngày {day.day}/{day.month}/{day.year}",
                    f"ngày {day.day:02} tháng {day.month:02} năm {day.year}"):  # fmt: skip
        assert read_point(written) == (day, day)


@given(st.lists(st.sampled_from(
    ["trước", "ngày", "15/3", "30/6/2024", "hằng quý", "định kỳ", "từ", "đến", "năm 2025", "tháng 6",
     "(", ")", "05 ngày làm việc", "kể từ", "thường xuyên", "|", "\n", "nhân tháng", "“", "quý II"]),
    max_size=14))  # fmt: skip
def test_every_deadline_shows_its_words(parts):
    text = " ".join(parts)
    found = read(text)
    for deadline in found:
        assert deadline.span.of(text) == deadline.surface
        assert "\n" not in deadline.surface
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
