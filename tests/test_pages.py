"""Pages: what a person is shown, from a real library over one small plan."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from ingest.document import read_document
from ingest.model import Deadline, Document, Span
from web.app import create_app
from web.layout import lay_out
from web.marking import Mark, Stretch, weave
from web.templating import untyped
from web.wording import day, meaning

HOSTILE = '<script>alert("x")</script>'
PLAN = f"""\
ỦY BAN NHÂN DÂN
TỈNH LAM GIANG
Số: 77/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Giang, ngày 05 tháng 02 năm 2026

KẾ HOẠCH
Phòng, chống ma túy trong trường học năm 2026

Thực hiện Chỉ thị số 36-CT/TW ngày 16/8/2019 của Bộ Chính trị, UBND tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao nhận thức của học sinh, sinh viên về tác hại của ma túy.
2. Bảo đảm thiết thực, tiết kiệm.

II. NHIỆM VỤ
1. Công an tỉnh
a) Chủ trì, phối hợp với Sở Y tế lập hồ sơ quản lý học sinh có nguy cơ {HOSTILE} & "cao", \
hoàn thành trước ngày 30/6/2026.
b) Tổ chức ít nhất 02 đợt kiểm tra khu vực cổng trường trong quý III/2026.
2. Sở Giáo dục và Đào tạo
a) Đưa nội dung nhận biết ma túy vào sinh hoạt đầu tuần tại 100% trường trung học phổ thông.
b) Báo cáo kết quả về UBND tỉnh (qua Công an tỉnh) trước ngày 10/12/2026.

III. TỔ CHỨC THỰC HIỆN
Giao Công an tỉnh theo dõi, đôn đốc việc thực hiện Kế hoạch này./.

Nơi nhận:
- Bộ Công an;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn An
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "2026_KH_77.txt"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture(scope="module")
def document(plan: Path) -> Document:
    return read_document(plan)


@pytest.fixture(scope="module")
def identity(document: Document) -> str:
    return document.source.sha256[:12]


@pytest.fixture(scope="module")
def library(
    plan: Path, document: Document, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("library")) as library:
        library.add(document, plan)
        library.refresh()
        yield library


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(library), follow_redirects=False) as client:
        yield client


class Words(HTMLParser):
    """Collects the words of one element of a page, as a reader sees them."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.depth, self.text = wanted, 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth or ("id", self.wanted) in attrs:
            self.depth += tag not in {"br", "img", "input", "link", "meta"}

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as the parent
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.text += data


def words_of(html: str, wanted: str) -> str:
    parser = Words(wanted)
    parser.feed(html)
    return parser.text


# Text and marks


def joined(stretches: tuple[Stretch, ...]) -> str:
    return "".join(
        joined(piece.inner) if piece.mark is not None else piece.text for piece in stretches
    )


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: Span(*sorted(ends)))


@given(st.text(min_size=40, max_size=40), spans, st.lists(spans, max_size=12))
def test_marks_never_change_the_words(text: str, span: Span, marked: list[Span]) -> None:
    marks = [Mark(span=each, kind="task") for each in marked]
    assert joined(weave(text, span, marks)) == span.of(text)


@given(st.text(min_size=40, max_size=40), st.lists(spans, max_size=12))
def test_a_shown_mark_covers_exactly_its_own_words(text: str, marked: list[Span]) -> None:
    def check(stretches: tuple[Stretch, ...]) -> None:
        for piece in stretches:
            if piece.mark is not None:
                assert piece.text == piece.mark.span.of(text) == joined(piece.inner)
                check(piece.inner)

    check(weave(text, Span(0, 40), [Mark(span=each, kind="actor") for each in marked]))


def test_crossing_marks_leave_the_later_one_out() -> None:
    marks = [Mark(span=Span(0, 5), kind="actor"), Mark(span=Span(3, 8), kind="deadline")]
    shown = [piece.mark.kind for piece in weave("abcdefghij", Span(0, 10), marks) if piece.mark]
    assert shown == ["actor"]


def test_the_reader_shows_every_word_of_the_document(document: Document) -> None:
    shown = "".join(joined(each.stretches) for each in lay_out(document))
    assert "".join(shown.split()) == "".join(document.text.split())


@pytest.mark.parametrize(
    ("date", "written"),
    [
        pytest.param(dt.date(2024, 6, 30), "30/6/2024", id="month-above-two-stands-bare"),
        pytest.param(dt.date(2024, 2, 5), "05/02/2024", id="small-day-and-month-take-zeros"),
        pytest.param(None, "(không ghi)", id="silence-is-said"),
    ],
)
def test_dates_are_written_as_the_decree_wants(date: dt.date | None, written: str) -> None:
    assert day(date) == written


def deadline(kind: str, **values: object) -> Deadline:
    given = {"surface": "", "confidence": 1.0, "span": Span(0, 0)} | values
    return Deadline(kind=kind, **given)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param(deadline("date", date=dt.date(2026, 6, 30)), "đến 30/6/2026", id="date"),
        pytest.param(
            deadline("date", date=dt.date(2026, 6, 30), surface="trước ngày 30/06/2026"),
            "",
            id="date-that-is-printed-is-not-said-twice",
        ),
        pytest.param(deadline("recurring", recurrence="quarterly"), "hằng quý", id="rhythm"),
        pytest.param(
            deadline("recurring", recurrence="half-yearly", dates=("06-15", "12-15")),
            "6 tháng một lần (15/6, 15/12)",
            id="rhythm-with-days",
        ),
        pytest.param(deadline("recurring"), "định kỳ", id="rhythm-not-said"),
        pytest.param(deadline("ongoing"), "thường xuyên", id="ongoing"),
        pytest.param(deadline("event"), "theo sự kiện", id="event"),
        pytest.param(
            deadline("period", from_=dt.date(2026, 1, 1)), "từ 01/01/2026", id="open-period"
        ),
        pytest.param(
            deadline(
                "period",
                from_=dt.date(2026, 6, 1),
                to=dt.date(2026, 6, 30),
                surface="từ ngày 01/6/2026 đến ngày 30/6/2026",
            ),
            "",
            id="period-that-is-printed-is-not-said-twice",
        ),
    ],
)
def test_a_deadline_is_said_in_words(found: Deadline, said: str) -> None:
    assert meaning(found) == said


# Home and lists


def test_home_offers_the_box_the_counts_and_questions_of_this_library(client: TestClient) -> None:
    html = client.get("/").text
    assert 'action="/hoi"' in html
    assert "77/KH-UBND" in html
    assert "phải làm những gì?" in html


def test_an_empty_library_says_how_to_fill_it(tmp_path: Path) -> None:
    with Library(tmp_path) as library, TestClient(create_app(library)) as client:
        html = client.get("/").text
    assert "chưa có văn bản nào" in html
    assert 'href="/nap"' in html


def test_the_list_narrows_by_type(client: TestClient) -> None:
    assert "77/KH-UBND" in client.get("/van-ban", params={"loai": "Kế hoạch"}).text
    assert "77/KH-UBND" not in client.get("/van-ban", params={"loai": "Chỉ thị"}).text


# Answers


def test_who_is_answered_with_the_body_its_role_and_the_words(client: TestClient) -> None:
    html = client.get("/hoi", params={"q": "Ai theo dõi, đôn đốc thực hiện kế hoạch?"}).text
    first = html[html.index('<li class="answer">') :].split('<li class="answer">')[1]
    assert "Công an tỉnh Lam Giang" in first
    assert "chủ trì" in first
    assert "đôn đốc" in re.sub("<[^>]+>", "", first)
    assert "77/KH-UBND" in first


def test_a_question_without_words_is_refused_kindly(client: TestClient) -> None:
    response = client.get("/hoi", params={"q": " ?! "})
    assert response.status_code == 422
    assert "không có từ nào" in response.text


def test_counts_to_narrow_by_say_what_they_count(client: TestClient) -> None:
    for address in ("/hoi?q=ma+túy", "/hoi?q=Ai+phòng+chống+ma+túy?"):
        html = client.get(address).text
        aside = html[html.index('id="loc"') : html.index("</aside>")]
        assert "Con số đếm các đoạn có đủ các từ chính của câu hỏi" in aside


def test_an_emptied_result_names_the_filter_and_how_to_take_it_off(client: TestClient) -> None:
    html = client.get("/hoi", params={"q": "ma túy", "nam": "1999"}).text
    assert "Không tìm thấy" in html
    assert "Năm ban hành: 1999" in html
    assert 'href="/hoi?q=ma+t%C3%BAy"' in html


def test_an_empty_field_of_the_filter_form_is_no_filter(client: TestClient) -> None:
    response = client.get("/hoi", params={"q": "ma túy", "truoc": "", "nam": ""})
    assert response.status_code == 200
    assert "Đang lọc" not in response.text


def test_a_filter_value_out_of_range_is_told_on_a_page(client: TestClient) -> None:
    response = client.get("/hoi", params={"q": "ma túy", "nam": "abc"})
    assert response.status_code == 422
    assert "nam" in response.text
    assert "<h1>" in response.text


# Reader


def test_the_permalink_leads_to_the_clause_and_marks_it(client: TestClient, identity: str) -> None:
    response = client.get(f"/van-ban/{identity}/II.1.a")
    assert response.status_code == 307
    target = response.headers["location"]
    assert target.endswith("#muc-II.1.a")
    html = client.get(target).text
    assert re.search(r'class="clause [^"]*chosen[^"]*" id="muc-II\.1\.a"', html)


def test_a_quotation_is_marked_unless_it_is_all_that_the_clause_says(
    client: TestClient, identity: str, document: Document
) -> None:
    clause = document.clause("II.1.a")
    assert clause is not None
    start = document.text.index("lập hồ sơ", clause.span.start)
    page = f"/van-ban/{identity}?muc=II.1.a&trich="
    part = client.get(f"{page}{start}-{start + 9}").text
    whole = client.get(f"{page}{clause.span.end - len(clause.text)}-{clause.span.end}").text
    assert '<mark class="match">lập hồ sơ</mark>' in part
    assert "<mark" not in whole


def test_hostile_text_is_shown_and_never_run(client: TestClient, identity: str) -> None:
    html = client.get(f"/van-ban/{identity}").text
    assert HOSTILE not in html
    assert HOSTILE in words_of(html, "muc-II.1.a")


@pytest.mark.parametrize("view", ["van-ban", "nhiem-vu", "vien-dan", "ghi-chu"])
def test_every_view_of_a_document_opens(client: TestClient, identity: str, view: str) -> None:
    response = client.get(f"/van-ban/{identity}", params={"xem": view})
    assert response.status_code == 200
    assert HOSTILE not in response.text
    assert "Trần Văn An" in response.text


def test_what_the_document_does_not_say_is_shown_as_silence(
    client: TestClient, identity: str
) -> None:
    html = client.get(f"/van-ban/{identity}").text
    card = html[html.index('class="card"') : html.index("</section>", html.index('class="card"'))]
    field = card[card.index("Ngày có hiệu lực") :]
    assert "(không ghi)" in field[: field.index("</div>")]


def test_the_task_table_says_what_is_not_clear(client: TestClient, identity: str) -> None:
    html = client.get(f"/van-ban/{identity}", params={"xem": "nhiem-vu"}).text
    assert "trước ngày 30/6/2026" in html
    assert "Chưa rõ thời gian: không nêu thời hạn" in html


def test_the_original_is_handed_out_as_a_file(client: TestClient, identity: str) -> None:
    response = client.get(f"/ban-goc/{identity}")
    assert response.content == PLAN.encode()
    assert response.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("address", ["/van-ban/000000000000", "/van-ban/{}/IX.9", "/khong-co"])
def test_what_is_not_there_is_a_page_that_says_so(
    client: TestClient, identity: str, address: str
) -> None:
    response = client.get(address.format(identity))
    assert response.status_code == 404
    assert "Không tìm thấy" in response.text


# Bodies and citations


def test_a_body_has_all_its_tasks_with_the_total(client: TestClient, document: Document) -> None:
    body = "Công an tỉnh Lam Giang"
    expected = sum(any(actor.agency == body for actor in task.actors) for task in document.tasks)
    html = client.get(f"/co-quan/{body}").text
    assert re.search(rf"Có tất cả <strong[^>]*>{expected}</strong>", html)
    assert html.count('data-head="Nhiệm vụ"') == expected


def test_a_body_without_tasks_is_not_called_idle(client: TestClient) -> None:
    html = client.get("/co-quan/Viện Hàn lâm Hý kịch").text
    assert "Điều đó không có nghĩa là cơ quan này không có nhiệm vụ" in html


def test_the_register_is_a_workbook(client: TestClient) -> None:
    response = client.get("/bang-tinh/Công an tỉnh")
    assert response.content.startswith(b"PK")
    assert "attachment" in response.headers["content-disposition"]


def test_a_document_that_is_only_cited_has_a_page(client: TestClient) -> None:
    html = client.get("/vien-dan", params={"so": "36 CT TW"}).text
    assert "36-CT/TW" in html
    assert "Thư viện chưa có văn bản này" in html
    assert "77/KH-UBND" in html


# Where a document stands


@pytest.mark.parametrize(
    ("page", "words"),
    [
        pytest.param("hieu-luc", "theo giai đoạn của kế hoạch", id="effect"),
        pytest.param("luoc-do", "Văn bản được triển khai thực hiện", id="map"),
        pytest.param("trien-khai", "Chưa thấy văn bản triển khai nào", id="cascade"),
        pytest.param("tac-dong", "chưa thấy đoạn nào dựa vào", id="impact"),
    ],
)
def test_where_a_document_stands_has_pages(
    client: TestClient, identity: str, page: str, words: str
) -> None:
    values = {"ngay": "2027-06-01"} if page == "hieu-luc" else {}
    response = client.get(f"/van-ban/{identity}/{page}", params=values)
    assert response.status_code == 200
    assert words in response.text
    assert 'aria-current="page"' in response.text


@pytest.mark.parametrize("page", ["hieu-luc", "luoc-do", "trien-khai", "tac-dong"])
def test_what_is_only_cited_has_the_same_pages(client: TestClient, page: str) -> None:
    html = client.get(f"/vien-dan/{page}", params={"so": "36-CT/TW"}).text
    assert "36-CT/TW" in html
    assert "Thư viện chưa có văn bản này" in html


@pytest.mark.parametrize("page", ["hieu-luc", "luoc-do", "trien-khai", "tac-dong"])
@pytest.mark.parametrize("address", ["/vien-dan/{}?so=9/QĐ-XYZ", "/van-ban/0123456789ab/{}"])
def test_where_nobody_knows_a_document_the_page_says_so(
    client: TestClient, page: str, address: str
) -> None:
    assert client.get(address.format(page)).status_code == 404


def test_a_day_that_cannot_be_read_is_told(client: TestClient, identity: str) -> None:
    html = client.get(f"/van-ban/{identity}/hieu-luc", params={"ngay": "hôm qua"}).text
    assert "Ngày vừa gõ không đọc được" in html


def test_stubs_are_listed_with_who_cites_them(client: TestClient) -> None:
    html = client.get("/vien-dan/chua-co").text
    assert "36-CT/TW" in html
    assert "1 văn bản, 1 chỗ" in html


@pytest.mark.parametrize(("form", "begins"), [("xlsx", b"PK"), ("csv", "\ufeffSTT".encode())])
def test_what_rests_on_a_document_is_handed_out(
    client: TestClient, form: str, begins: bytes
) -> None:
    response = client.get("/bang-tinh-tac-dong", params={"so": "36-CT/TW", "dang": form})
    assert response.content.startswith(begins)
    assert "attachment" in response.headers["content-disposition"]


def test_the_reader_leads_to_where_the_document_stands(client: TestClient, identity: str) -> None:
    html = client.get(f"/van-ban/{identity}").text
    for page in ("hieu-luc", "luoc-do", "trien-khai", "tac-dong"):
        assert f'href="/van-ban/{identity}/{page}"' in html


def test_citations_are_narrowed_by_relation(client: TestClient) -> None:
    address = "/vien-dan?so=36-CT/TW&quan-he="
    assert "Được viện dẫn ở 1 chỗ" in client.get(f"{address}implements").text
    assert "Được viện dẫn ở 0 chỗ" in client.get(f"{address}repeals").text


def test_an_unknown_code_is_told(client: TestClient) -> None:
    response = client.get("/vien-dan", params={"so": "999/QĐ-XYZ"})
    assert response.status_code == 404
    assert "999/QĐ-XYZ" in response.text


# Taking in


def test_uploads_are_told_one_by_one_and_a_bad_one_stops_no_other(tmp_path: Path) -> None:
    with Library(tmp_path) as library, TestClient(create_app(library)) as client:
        files = [
            ("tep", ("trong.txt", b"", "text/plain")),
            ("tep", ("ke-hoach.txt", PLAN.encode(), "text/plain")),
        ]
        html = client.post("/nap", files=files).text
        again = client.post("/nap", files=files[1:]).text
        assert len(library.documents()) == 1
    assert "Không nạp được" in html
    assert "Đã nạp" in html
    assert "Đã có từ trước" in again


def test_a_form_of_another_site_is_refused(client: TestClient, library: Library) -> None:
    files = [("tep", ("la.txt", PLAN.replace("77", "78").encode(), "text/plain"))]
    response = client.post("/nap", files=files, headers={"Origin": "https://example.org"})
    assert response.status_code == 403
    assert len(library.documents()) == 1


# Safety


@pytest.mark.parametrize("address", ["/", "/hoi?q=ma+tuy", "/khong-co", "/api/v1/status"])
def test_every_answer_forbids_scripts_and_frames(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe-inline" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("address", ["/", "/hoi?q=ma+tuy", "/co-quan", "/vien-dan", "/nap"])
def test_pages_carry_no_script_no_style_of_their_own_and_nothing_from_elsewhere(
    client: TestClient, address: str
) -> None:
    html = client.get(address).text
    assert "<script" not in html
    assert " style=" not in html
    assert not re.search(r'(src|href)="(https?:)?//', html)


@pytest.mark.parametrize("field", ["q", "co-quan", "loai", "noi"])
def test_hostile_questions_and_filters_are_escaped(client: TestClient, field: str) -> None:
    html = client.get("/hoi", params={"q": "ma túy", field: f'"{HOSTILE} ma túy'}).text
    assert HOSTILE not in html


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        pytest.param("/van-ban?trang=99", 404, "không có trang 99: chỉ có 1", id="past-the-last"),
        pytest.param("/co-quan?trang=99", 404, "không có trang 99", id="past-the-last-body"),
        pytest.param("/van-ban/{}?xem=nhiem-vu&trang=99", 404, "trang 99", id="past-the-tasks"),
        pytest.param("/van-ban/{}/IX.9", 404, "Văn bản này không có đoạn “IX.9”", id="clause"),
        pytest.param(
            "/vien-dan/luoc-do?so=9/2099/X", 404, "không có văn bản “9/2099/X”", id="code"
        ),
        pytest.param("/vien-dan?so=77&quan-he=x", 422, "quan hệ", id="parameter"),
        pytest.param("/khong-co", 404, "Trang này không có", id="address"),
    ],
)
def test_what_is_not_there_is_said_in_plain_words(
    client: TestClient, identity: str, address: str, status: int, words: str
) -> None:
    response = client.get(address.format(identity))
    assert response.status_code == status
    assert words in response.text
    assert identity not in response.text.split("<main", 1)[1]


def test_every_page_of_a_document_has_the_same_tabs(client: TestClient, identity: str) -> None:
    views = ("nhiem-vu", "vien-dan", "soat", "ghi-chu")
    addresses = [f"/van-ban/{identity}", f"/vien-dan?so={identity}"]
    addresses += [f"/van-ban/{identity}?xem={view}" for view in views]
    addresses += [f"/van-ban/{identity}/{name}" for name in ("luoc-do", "hieu-luc", "tac-dong")]
    bars = set()
    for address in addresses:
        html = client.get(address).text
        bar = html[html.index('class="tabs"') :]
        bars.add(bar[: bar.index("</ul>")].replace(' aria-current="page"', ""))
    assert len(bars) == 1


def test_an_answer_tells_where_its_document_stands(client: TestClient, identity: str) -> None:
    html = client.get("/hoi", params={"q": "lập hồ sơ quản lý học sinh"}).text
    assert re.search(rf'<a href="/van-ban/{identity}/hieu-luc" class="standing [\w-]+">', html)


@pytest.mark.parametrize(
    ("title", "doc_type", "shown"),
    [
        pytest.param("Luật Tổ chức Chính phủ", "Luật", "Tổ chức Chính phủ", id="twice"),
        pytest.param("Phòng, chống ma túy", "Luật", "Phòng, chống ma túy", id="once"),
        pytest.param("Luật", "Luật", "Luật", id="nothing-else"),
        pytest.param("Về việc X", None, "Về việc X", id="no-type"),
    ],
)
def test_a_type_is_not_said_twice(title: str, doc_type: str | None, shown: str) -> None:
    assert untyped(title, doc_type) == shown
