"""Which sentences of a law are duties, and whose."""

import pytest

from tests.test_tasks import read

DECREE = [
    "CHÍNH PHỦ",
    "Số: 12/2026/NĐ-CP",
    "Hà Nội, ngày 05 tháng 01 năm 2026",
    "NGHỊ ĐỊNH",
    "Về quản lý chợ",
]


def law(*lines):
    document = read(*lines, head=DECREE)
    return [[(a.surface, a.role) for a in task.actors] for task in document.tasks]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["Điều 7. Trách nhiệm của cơ quan quản lý chợ", "1. Lập sổ theo dõi."], [["cơ quan quản lý chợ"]], id="a-title-names-whom-no-register-knows"),
        pytest.param(["Điều 7. Nhiệm vụ, quyền hạn của Đội trưởng", "1. Lập kế hoạch."], [["Đội trưởng"]], id="duties-and-powers-of-a-post"),
        pytest.param(["Điều 7. Đội kiểm tra chợ", "Đội kiểm tra chợ có nhiệm vụ sau:", "1. Lập biên bản.", "2. Báo cáo kết quả."], [["Đội kiểm tra chợ"]] * 2, id="a-lead-in-beside-its-items"),
        pytest.param(["Điều 7. Đội kiểm tra chợ có nhiệm vụ sau.", "1. Tổ chức kiểm tra quầy hàng.", "2. Chấp hành lệnh điều động."], [["Đội kiểm tra chợ"]] * 2, id="an-article-that-ends-with-a-full-stop-leads-in"),
        pytest.param(["Điều 5. Trình tự", "1. Cơ quan lập dự án gửi hồ sơ đến cơ quan thẩm định."], [["Cơ quan lập dự án"]], id="an-authority-sends-on-what-it-made"),
        pytest.param(["Điều 5. Trình tự", "1. Sau khi được phê duyệt thì cấp quyết định xây chợ có trách nhiệm lưu hồ sơ."], [[]], id="a-body-no-list-has-must-all-the-same"),
        pytest.param(["Điều 5. Công nghệ", "1. Bộ Công Thương tập trung nghiên cứu giải pháp."], [["Bộ Công Thương"]], id="a-ministry-concentrates-on"),
        pytest.param(["Điều 8. Khen thưởng", "1. Các tổ chức, cá nhân hoàn thành nhiệm vụ được giao sẽ được biểu dương, khen thưởng."], [], id="who-is-rewarded"),
        pytest.param(["Điều 6. Trách nhiệm của đơn vị nhận báo cáo", "1. Đơn vị nhận báo cáo là đơn vị được ghi tại góc phải biểu mẫu."], [], id="what-a-form-tells"),
        pytest.param(["Điều 9. Hiệu lực thi hành", "Bộ trưởng, Thủ trưởng cơ quan ngang bộ và tổ chức có liên quan chịu trách nhiệm thi hành Nghị định này."], [["Bộ trưởng", "Thủ trưởng cơ quan ngang bộ", "tổ chức có liên quan"]], id="who-executes-the-decree"),
        pytest.param(["Điều 5. Trình tự", "1. Trong thời hạn 05 ngày kể từ ngày nhận hồ sơ của tổ chức, cá nhân, Sở Công Thương thẩm định hồ sơ."], [["Sở Công Thương"]], id="a-step-with-a-term"),
        pytest.param(["Điều 5. Trình tự", "1. Trong thời hạn 05 ngày, cơ quan thẩm định có văn bản trả lời."], [["cơ quan thẩm định"]], id="a-generic-authority"),
        pytest.param(["Điều 5. Trình tự", "1. Cơ quan giải quyết thủ tục hành chính có trách nhiệm trả kết quả."], [["Cơ quan giải quyết thủ tục hành chính"]], id="what-it-does-is-its-name"),
        pytest.param(["Điều 4. Nguyên tắc", "1. Công khai, minh bạch.", "2. Bộ Công Thương phải công bố danh mục trước ngày 01/3/2026."], [["Bộ Công Thương"]], id="a-duty-among-principles"),
        pytest.param(["Điều 3. Chợ đầu mối", "1. Chợ đầu mối là nơi tập trung hàng hóa.", "2. Thương nhân được thuê quầy."], [], id="definitions-and-rights"),
        pytest.param(["Điều 3. Thẩm quyền xử phạt", "1. Chủ tịch Ủy ban nhân dân cấp xã có quyền:", "a) Phạt cảnh cáo;", "b) Phạt tiền."], [], id="powers"),
        pytest.param(["Điều 2. Đối tượng áp dụng", "1. Cơ quan quản lý chợ thực hiện kiểm tra."], [], id="whom-it-applies-to"),
    ],
)  # fmt: skip
def test_duties_of_a_law(lines, expected):
    assert [[name for name, _ in actors] for actors in law(*lines)] == expected


def test_the_steps_of_a_regulation_bind_its_team():
    document = read(
        "Điều 5. Trình tự tiến hành kiểm tra chợ",
        "1. Khi kiểm tra nếu phát hiện sai phạm thì phải lập biên bản.",
        "2. Biên bản gồm hai trang.",
        head=[*DECREE[:3], "QUY ĐỊNH", "Về hoạt động của Đội kiểm tra chợ"],
    )
    assert [task.path for task in document.tasks] == ["Đ5.1"]


def test_only_the_sentence_that_charges_is_the_duty():
    document = read(
        "Điều 5. Hồ sơ",
        "1. Chủ chợ được nghỉ thì không phải lập hồ sơ. Sở Công Thương báo cáo Bộ trước ngày 01/3/2026.",
        head=DECREE,
    )
    assert [task.quote for task in document.tasks] == [
        "Sở Công Thương báo cáo Bộ trước ngày 01/3/2026."
    ]
