"""Who must do what by when: from a short plan to its tasks."""

import pytest

from ingest.document import understand
from ingest.model import Clean, Paragraph, Sheet, Source, Span

LETTERHEAD = [
    "ỦY BAN NHÂN DÂN",
    "TỈNH LAM GIANG",
    "Số: 12/KH-UBND",
    "Lam Giang, ngày 05 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Phòng, chống ma túy năm 2026",
]

NOTICE = [*LETTERHEAD[:2], "Số: 21/TB-UBND", LETTERHEAD[3], "THÔNG BÁO", "Kết luận cuộc họp"]


def read(*lines, rows=(), head=LETTERHEAD):
    text, paragraphs = "", []
    for line in [*head, *lines]:
        start, cells = len(text), []
        if line in rows:
            place = start
            for cell in line.split(" | "):
                cells.append(Span(place, place + len(cell)))
                place += len(cell) + len(" | ")
        paragraphs.append(Paragraph(span=Span(start, start + len(line)), cells=tuple(cells)))
        text += line + "\n"
    clean = Clean(text=text, paragraphs=tuple(paragraphs), places=())
    source = Source(name="plan.txt", format="text", sha256="0" * 64, pages=1)
    return understand(clean, Sheet(format="text", lines=()), source)


def roles(document):
    return [[(a.agency, a.role) for a in task.actors] for task in document.tasks]


def body(*lines):
    return read("II. NHIỆM VỤ, GIẢI PHÁP", *lines)


CA, SYT, STC = "Công an tỉnh Lam Giang", "Sở Y tế tỉnh Lam Giang", "Sở Tài chính tỉnh Lam Giang"
XP = "UBND các xã, phường tỉnh Lam Giang"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["1. Sở Y tế", "- Rà soát thuốc gây nghiện."], [[(SYT, "lead")]], id="heading"),
        pytest.param(["1. Trách nhiệm của Sở Y tế", "- Rà soát thuốc."], [[(SYT, "lead")]], id="heading-of-responsibility"),
        pytest.param(["Yêu cầu Sở Y tế, Công an tỉnh:", "- Rà soát thuốc."], [[(SYT, "lead"), (CA, "lead")]], id="lead-in"),
        pytest.param(["1. Giao Công an tỉnh chủ trì, phối hợp với Sở Y tế và Sở Tài chính rà soát."], [[(CA, "lead"), (SYT, "coordinate"), (STC, "coordinate")]], id="order-with-partners"),
        pytest.param(["1. Sở Y tế", "- Phối hợp với Công an tỉnh kiểm tra."], [[(SYT, "lead"), (CA, "coordinate")]], id="partner-under-a-heading"),
        pytest.param(["1. Sở Y tế", "- Công an tỉnh rà soát thuốc."], [[(CA, "lead")]], id="own-subject-wins-over-the-heading"),
        pytest.param(["1. Công an tỉnh", "- Chỉ đạo Công an các xã, phường rà soát."], [[(CA, "lead"), ("Công an các xã, phường tỉnh Lam Giang", "support")]], id="directed"),
        pytest.param(["- Rà soát địa bàn.", "- Phân công trách nhiệm: Công an tỉnh chủ trì, phối hợp với UBND các xã, phường thực hiện."], [[(CA, "lead"), (XP, "coordinate")]], id="trailing"),
        pytest.param(["a) Rà soát địa bàn.", "b) Lập hồ sơ.", "- Đơn vị chủ trì: Công an tỉnh.", "- Đơn vị phối hợp: Sở Y tế."], [[(CA, "lead"), (SYT, "coordinate")]] * 2, id="trailing-lines-together"),
        pytest.param(["- Rà soát địa bàn.", "- Phân công trách nhiệm: Sở Y tế.", "- Lập hồ sơ quản lý.", "- Phân công trách nhiệm: Công an tỉnh."], [[(SYT, "lead")], [(CA, "lead")]], id="trailing-reaches-back-to-the-line-before"),
        pytest.param(["- Rà soát địa bàn, lập hồ sơ quản lý."], [[]], id="nobody-named-stays-blank"),
        pytest.param(["1. Sở Y tế", "- Đôn đốc các đơn vị, địa phương thực hiện."], [[(SYT, "lead")]], id="an-object-does-not-act"),
        pytest.param(["1. Sở Y tế", "- Nâng cao trách nhiệm của Công an tỉnh."], [[(SYT, "lead")]], id="a-genitive-does-not-act"),
        pytest.param(["1. Sở Y tế", "- Lập hồ sơ, đề nghị Công an tỉnh xem xét."], [[(SYT, "lead")]], id="to-ask-is-not-to-order"),
        pytest.param(["1. Sở Tài chính", "Tham mưu UBND tỉnh bố trí kinh phí."], [[(STC, "advise")]], id="advice"),
        pytest.param(["1. Phân tích đề thi – Trường THPT Cao Lâm thực hiện."], [[("Trường THPT Cao Lâm", "lead")]], id="set-off-at-the-end"),
        pytest.param(["1. Các sở cần tập trung thực hiện các nhiệm vụ sau:", "a) Rà soát; phối hợp với Công an tỉnh kiểm tra."], [[("Các sở tỉnh Lam Giang", "lead"), (CA, "coordinate")]], id="a-lead-in-stays-beside-a-partner"),
        pytest.param(["1. Hoàn thiện quy định (giao Sở Y tế tham mưu)."], [[(SYT, "advise")]], id="advice-in-brackets"),
        pytest.param(["1. Sở Y tế", "- Chủ trì, phối hợp với Công an tỉnh; các đơn vị liên quan rà soát."], [[(SYT, "lead"), (CA, "coordinate"), ("Các đơn vị liên quan tỉnh Lam Giang", "coordinate")]], id="the-last-of-the-partners"),
        pytest.param(["a) Rà soát địa bàn.", "b) Lập hồ sơ.", "- Phân công: Sở Y tế chủ trì nội dung a; Công an tỉnh chủ trì nội dung b."], [[(SYT, "lead")], [(CA, "lead")]], id="each-its-own-item"),
        pytest.param(["1. Phòng Đào tạo – Khảo thí", "- Xây dựng lịch."], [[("Phòng Đào tạo – Khảo thí tỉnh Lam Giang", "lead")]], id="a-name-with-a-dash"),
        pytest.param(["1. Công an xã", "Các xã xây dựng tủ sách, mỗi xã có 01 tủ."], [[("Các xã tỉnh Lam Giang", "lead")]], id="a-share-is-nobody"),
    ],
)  # fmt: skip
def test_actors(lines, expected):
    assert roles(body(*lines)) == expected


def test_a_request_binds_nobody():
    document = body("1. Đề nghị Ủy ban MTTQ Việt Nam tỉnh", "Vận động Nhân dân tố giác tội phạm.")
    assert [actor.mode for task in document.tasks for actor in task.actors] == ["requested"]


def test_sentences_that_bind_different_bodies_are_different_tasks():
    document = body(
        "1. Sở Y tế",
        "- Phối hợp với Công an tỉnh kiểm tra quầy thuốc. Tổ chức tập huấn cho trạm y tế.",
    )
    assert [task.quote for task in document.tasks] == [
        "Phối hợp với Công an tỉnh kiểm tra quầy thuốc.",
        "Tổ chức tập huấn cho trạm y tế.",
    ]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        pytest.param(["I. MỤC ĐÍCH", "1. Nâng cao nhận thức."], "objective", id="purpose"),
        pytest.param(["II. NHIỆM VỤ", "1. Nâng cao nhận thức."], "task", id="same-words-as-a-task"),
        pytest.param(["III. KINH PHÍ", "Từ ngân sách tỉnh."], "funding", id="funding"),
        pytest.param(["II. NHIỆM VỤ", "1. Doanh nghiệp", "a) Rà soát hồ sơ.", "b) Hỗ trợ vốn vay.", "c) Ưu đãi doanh nghiệp công nghệ."], "task", id="a-rare-verb-beside-duties"),
        pytest.param(["II. NHIỆM VỤ", "1. Sở Tài chính", "- Về đào tạo: tối thiểu 3% tổng kinh phí thực hiện Chương trình;"], "detail", id="a-share-of-money"),
        pytest.param(["III. KINH PHÍ", "Hàng năm, căn cứ nhiệm vụ tại Kế hoạch, các phòng chuyên môn xây dựng kế hoạch và dự toán kinh phí."], "task", id="who-plans-the-money"),
        pytest.param(["IV. TỔ CHỨC THỰC HIỆN", "1. Các thành viên Đảng đoàn, các Ủy ban của Hội đồng nhân dân tỉnh, Lãnh đạo các cơ quan của Ban Chỉ đạo cải cách hành chính, Trưởng đoàn các xã có trách nhiệm quán triệt Kế hoạch."], "task", id="a-long-list-of-bodies-must"),
        pytest.param(["III. KINH PHÍ", "Hằng năm, Sở Tài chính bố trí kinh phí."], "task", id="who-finds-the-money"),
        pytest.param(["IV. TỔ CHỨC THỰC HIỆN", "Trong quá trình thực hiện nếu có vướng mắc, báo cáo về Sở Y tế."], "task", id="what-to-do-in-trouble"),
        pytest.param(["IV. TỔ CHỨC THỰC HIỆN", "Trên đây là Kế hoạch năm 2026. Sở Y tế thông báo để các cơ quan biết, thực hiện."], "detail", id="a-closing-formula"),
        pytest.param(["II. NHIỆM VỤ", "- “Vì cộng đồng không ma túy”"], "detail", id="slogan"),
        pytest.param(["I. TÌNH HÌNH", "Năm 2025 phát hiện 20 vụ."], "narrative", id="situation"),
        pytest.param(["IV. TỔ CHỨC THỰC HIỆN", "1. Chủ trì: Sở Y tế."], "assignment", id="cue"),
        pytest.param(["II. NHIỆM VỤ", "2. Hoàn thiện hiệu lực quản lý"], "task", id="a-word-inside-tells-nothing"),
    ],
)  # fmt: skip
def test_kind(lines, kind):
    assert read(*lines).blocks[-1].kind == kind


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        pytest.param("II. NHIỆM VỤ", "objective", id="above-the-second-part-stood-the-purpose"),
        pytest.param("III. TỔ CHỨC THỰC HIỆN", "task", id="above-the-third-stood-the-duties"),
    ],
)
def test_a_part_whose_heading_is_lost(first, kind):
    document = read("- Rà soát địa bàn, lập danh sách.", first, "1. Báo cáo kết quả.")
    [clause] = [block for block in document.blocks if block.text.startswith("Rà soát")]
    assert clause.kind == kind


def test_reports_name_whom_and_through_whom():
    [task] = body(
        "1. Các sở, ngành báo cáo kết quả về UBND tỉnh (qua Công an tỉnh) trước ngày 05/12/2026."
    ).tasks
    assert (task.report_to, task.report_via) == ("UBND tỉnh Lam Giang", CA)
    assert task.clarity.when
    assert task.clarity.result


def test_the_header_row_of_a_table_says_which_column_is_what():
    rows = [
        "TT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn",
        "I | Tuyên truyền |  |  | ",
        "1 | Phát động Tháng hành động | Công an tỉnh | Sở Y tế; UBND các xã, phường | Trước ngày 05/6/2026",
        "2 | In tờ rơi | Tổ truyền thông số 3 |  | ",
    ]  # fmt: skip
    document = read("PHỤ LỤC", *rows, rows=rows)
    first, second = document.tasks
    assert first.quote == "Phát động Tháng hành động"
    assert [(a.agency, a.role, a.via) for a in first.actors] == [
        (CA, "lead", "table"),
        (SYT, "coordinate", "table"),
        (XP, "coordinate", "table"),
    ]
    assert str(first.deadlines[0].date) == "2026-06-05"
    assert [actor.surface for actor in second.actors] == ["Tổ truyền thông số 3"]


def test_a_table_without_a_duty_gives_no_tasks():
    rows = ["TT | Tên đơn vị | Cấp học", "1 | Trường THPT Tân Hồng | THPT"]
    assert not read("PHỤ LỤC", *rows, rows=rows).tasks


def test_every_finding_stands_in_the_text():
    document = body(
        "1. Công an tỉnh",
        "- Phối hợp với Sở Y tế rà soát 100% cơ sở, xong trước ngày 30/6/2026 theo Luật số 73/2021/QH14.",
    )  # fmt: skip
    for task in document.tasks:
        assert task.span.of(document.text) == task.quote
        for finding in (*task.actors, *task.deadlines, *task.targets):
            assert finding.span.of(document.text) == finding.surface
    for reference in document.references:
        assert reference.span.of(document.text) == reference.surface


@pytest.mark.parametrize(
    ("lines", "surfaces"),
    [
        pytest.param(["1. Tổ Hậu cần lễ hội", "- Chuẩn bị nước uống, lều bạt."], ["Tổ Hậu cần lễ hội"], id="heading"),
        pytest.param(["1. Ban nề nếp: trực cổng trường, giữ trật tự."], ["Ban nề nếp"], id="before-a-colon"),
        pytest.param(["1. Mạng lưới cứu hộ xã tổ chức diễn tập."], ["Mạng lưới cứu hộ xã"], id="before-its-verb"),
        pytest.param(["1. Giao Tổ giúp việc Đề án số 9 tổng hợp kết quả."], ["Tổ giúp việc Đề án số 9"], id="after-an-order"),
        pytest.param(["- Rà soát địa bàn.", "- Đơn vị chủ trì: Sở Y tế.", "- Đơn vị phối hợp: Viễn thông Lam Giang, Công an tỉnh."], ["Sở Y tế", "Viễn thông Lam Giang", "Công an tỉnh"], id="after-a-cue"),
        pytest.param(["1. Các doanh nghiệp bưu chính, viễn thông trên địa bàn tỉnh: Đầu tư hạ tầng mạng."], ["Các doanh nghiệp bưu chính, viễn thông trên địa bàn tỉnh"], id="a-collective-with-its-tail"),
        pytest.param(["1. Người đứng đầu cơ quan, đơn vị chịu trách nhiệm về kết quả."], ["Người đứng đầu cơ quan, đơn vị"], id="heads-of-many-are-one"),
        pytest.param(["1. Các cơ sở chăn nuôi, giết mổ, vận chuyển lợn", "- Chấp hành quy định về kiểm dịch."], ["Các cơ sở chăn nuôi, giết mổ, vận chuyển lợn"], id="all-that-do-something"),
        pytest.param(["1. Thầy Lê Văn Nam – Tổ trưởng tổ Toán phụ trách hội thao."], ["Tổ trưởng tổ Toán"], id="an-office-stands-for-its-holder"),
        pytest.param(["1. Cơ sở vật chất phải được chuẩn bị chu đáo."], [], id="a-noun-of-something-else"),
        pytest.param(["1. Hội nghị phải được tổ chức thiết thực."], [], id="a-meeting-is-nobody"),
    ],
)  # fmt: skip
def test_bodies_told_by_their_place(lines, surfaces):
    document = read("III. TỔ CHỨC THỰC HIỆN", *lines)
    assert [actor.surface for task in document.tasks for actor in task.actors] == surfaces


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["1. Sở Y tế có nhiệm vụ:", "- Rà soát thuốc."], [[(SYT, "lead")]], id="heading-that-says-duty"),
        pytest.param(["1. Sở Y tế (Cơ quan thường trực)", "- Rà soát thuốc."], [[(SYT, "lead")]], id="a-gloss-in-brackets"),
        pytest.param(["1. Sở Y tế chủ trì, phối hợp với Sở Tài chính:", "- Rà soát thuốc."], [[(SYT, "lead"), (STC, "coordinate")]], id="heading-with-a-partner"),
        pytest.param(["1. Công an tỉnh khẩn trương thực hiện các nội dung sau:", "- Rà soát địa bàn."], [[(CA, "lead")]], id="lead-in-with-its-verb"),
        pytest.param(["- Lập hồ sơ quản lý (Công an tỉnh chủ trì, Sở Y tế phối hợp, xong quý II)."], [[(CA, "lead"), (SYT, "coordinate")]], id="in-brackets"),
        pytest.param(["- Lập hồ sơ quản lý. Cơ quan chủ trì: Công an tỉnh; cơ quan phối hợp: Sở Y tế; thời gian: Năm 2026."], [[(CA, "lead"), (SYT, "coordinate")]], id="cues-in-the-paragraph"),
        pytest.param(["- Lập hồ sơ quản lý.", "Đơn vị chủ trì: Công an tỉnh. Đơn vị phối hợp: Sở Y tế. Thời gian: Năm 2026."], [[(CA, "lead"), (SYT, "coordinate")]], id="several-cues-in-one-line"),
        pytest.param(["1. Hạ tầng", "- Rà soát mạng.", "2. Rà soát nhân lực:", "Đơn vị chủ trì: Sở Y tế."], [[], [(SYT, "lead")]], id="a-line-does-not-reach-under-another-heading"),
        pytest.param(["1. Về bồi thường: thống nhất giao Sở Tài chính cân đối nguồn."], [[(STC, "lead")]], id="topic-and-agreement-before-the-order"),
        pytest.param(["1. Đồng ý chủ trương mua thuốc; giao Sở Y tế lập dự toán."], [[(SYT, "lead")]], id="order-after-a-semicolon"),
        pytest.param(["1. Nếu có vướng mắc đề nghị Sở Y tế phản ánh kịp thời."], [[(SYT, "lead")]], id="a-condition-needs-no-comma"),
        pytest.param(["1. Các Sở: Y tế, Tài chính theo chức năng quản lý giá thuốc."], [[(SYT, "lead"), (STC, "lead")]], id="a-list-after-its-noun"),
        pytest.param(["1. Sở Y tế", "- Chỉ đạo các lực lượng chức năng, nòng cốt là Công an tỉnh kiểm tra."], [[(SYT, "lead"), ("Các lực lượng chức năng tỉnh Lam Giang", "support"), (CA, "lead")]], id="the-core-leads"),
        pytest.param(["1. Sở Y tế", "- Phân công Trạm Y tế xã Tân Hòa trực cấp cứu."], [[(SYT, "lead"), ("Trạm Y tế xã Tân Hòa", "support")]], id="given-on-by-the-heading"),
        pytest.param(["1. Sở Y tế", "- Lập hồ sơ; phân công Công an tỉnh trực."], [[(SYT, "lead")]], id="a-duty-orders-nobody-in-its-later-units"),
        pytest.param(["1. Sở Y tế theo chức năng, nhiệm vụ phối hợp thực hiện."], [[(SYT, "lead")]], id="by-its-functions"),
        pytest.param(["1. Các ông: Giám đốc Sở Y tế, Giám đốc Sở Tài chính căn cứ Quyết định thi hành."], [[(SYT, "lead"), (STC, "lead")]], id="the-gentlemen"),
        pytest.param(["1. Sở Y tế phân công cán bộ trực 24/24 giờ."], [[(SYT, "lead")]], id="who-gives-out-work-to-nobody-named-does-it"),
        pytest.param(["1. Công an tỉnh kiểm tra quầy thuốc. Sở Y tế tập huấn."], [[(CA, "lead")], [(SYT, "lead")]], id="another-body-another-task"),
    ],
)  # fmt: skip
def test_words_that_give(lines, expected):
    assert roles(body(*lines)) == expected


def test_whom_the_opening_orders_does_what_names_nobody():
    document = read(
        "Chủ tịch UBND tỉnh yêu cầu các sở, ngành thực hiện các nội dung sau:",
        "1. Rà soát, lập danh sách đối tượng.",
        "2. Sở Y tế tập huấn cho trạm y tế.",
    )
    assert roles(document) == [[("Các sở, ngành tỉnh Lam Giang", "lead")], [(SYT, "lead")]]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param("1. Biểu dương Sở Y tế đã hoàn thành nhiệm vụ.", "narrative", id="praise"),
        pytest.param("1. Hoan nghênh các sở đã báo cáo. Ban hành muộn là việc phải tránh.", "narrative", id="thanks-and-what-a-thing-is"),
        pytest.param("1. Theo đề xuất của các xã, Chủ tịch UBND tỉnh đồng ý chủ trương xây trạm y tế.", "narrative", id="a-chairman-agrees"),
        pytest.param("1. Thống nhất chủ trương xây dựng trạm y tế.", "narrative", id="agreement"),
        pytest.param("1. Thống nhất giao Sở Y tế xây dựng trạm y tế.", "task", id="order"),
        pytest.param("Văn phòng UBND tỉnh thông báo để các sở biết, thực hiện.", "detail", id="formula"),
    ],
)  # fmt: skip
def test_what_a_conclusion_states_is_no_duty(line, kind):
    assert read(line, head=NOTICE).blocks[-1].kind == kind


def test_a_letter_orders_whom_its_opening_names():
    head = [*LETTERHEAD[:2], "Số: 21/UBND-NC", LETTERHEAD[3]]
    document = read(
        "Thực hiện Công điện số 12/CĐ-TTg của Thủ tướng Chính phủ, UBND tỉnh yêu cầu Sở Y tế:",
        "1. Tổ chức trực; phối hợp với Công an tỉnh tuần tra.",
        head=head,
    )
    assert roles(document) == [[(SYT, "lead"), (CA, "coordinate")]]


@pytest.mark.parametrize(
    ("cell", "surfaces"),
    [
        ("BTC, BNV", ["BTC", "BNV"]),
        ("Phòng Kế toán, Phòng Quản trị", ["Phòng Kế toán", "Phòng Quản trị"]),
        ("Các Sở, Ngành", ["Các Sở, Ngành"]),
        ("Sở Y tế; ABC, DEF, GHK", ["Sở Y tế", "ABC", "DEF", "GHK"]),
        ("ABC, DEF, các địa phương", ["ABC", "DEF", "các địa phương"]),
    ],
)
def test_a_cell_may_name_several(cell, surfaces):
    rows = ["TT | Nội dung | Đơn vị chủ trì", f"1 | Rà soát văn bản | {cell}"]
    [task] = read("II. NHIỆM VỤ", *rows, rows=rows).tasks
    assert [actor.surface for actor in task.actors] == surfaces


def test_a_unit_and_its_ministry_are_one():
    [task] = body("1. Vụ Pháp chế, Bộ Nội vụ rà soát văn bản.").tasks
    assert [actor.surface for actor in task.actors] == ["Vụ Pháp chế, Bộ Nội vụ"]


@pytest.mark.parametrize(
    ("line", "surfaces"),
    [
        pytest.param("Các Phòng/Ban, Khoa/Viện chuyên môn xây dựng kế hoạch.", ["Các Phòng/Ban", "Khoa/Viện chuyên môn"], id="a-stroke-joins"),
        pytest.param("Trường/Viện đào tạo, Đoàn Thanh niên – Hội sinh viên rà soát.", ["Trường/Viện đào tạo", "Đoàn Thanh niên – Hội sinh viên"], id="a-dash-joins"),
        pytest.param("Phối hợp với các sở, ngành liên quan đẩy nhanh việc kết nối.", ["các sở, ngành liên quan"], id="closed-by-whom-it-concerns"),
        pytest.param("Phân công cán bộ thực hiện công tác bảo vệ.", [], id="whom-a-body-is-to-choose"),
        pytest.param("Quá trình thực hiện nếu có vướng mắc các đơn vị báo cáo về Sở Y tế.", ["các đơn vị"], id="after-a-condition"),
        pytest.param("Rà soát hồ sơ. Đối với cán bộ vi phạm quy định, xử lý nghiêm.", [], id="whom-a-rule-concerns"),
    ],
)  # fmt: skip
def test_where_a_name_ends_and_who_is_nobody(line, surfaces):
    [task] = body(f"- {line}").tasks
    assert [actor.surface for actor in task.actors] == surfaces


@pytest.mark.parametrize(
    ("heading", "surfaces"),
    [
        ("1. Lãnh đạo Ban Dân nguyện", ["Lãnh đạo Ban Dân nguyện"]),
        (
            "1. Đoàn đại biểu Quốc hội, các đại biểu Quốc hội",
            ["Đoàn đại biểu Quốc hội", "các đại biểu Quốc hội"],
        ),
    ],
)
def test_a_heading_may_name_who_sits_in_a_house(heading, surfaces):
    [task] = body(heading, "- Giám sát việc ban hành văn bản.").tasks
    assert [actor.surface for actor in task.actors] == surfaces
