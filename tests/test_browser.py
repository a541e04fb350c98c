"""The main job, end to end, as a person does it in a browser: real files, server and Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
PLAN = "2026_KH_412_UBND-tinh_phong-chong-ma-tuy-2027.docx"
FILES = (
    PLAN,
    "2025_KH_187_UBND-tinh_xa-phuong-khong-ma-tuy.html",
    "2026_CV_2205_UBND-tinh_don-doc.txt",
)
QUESTION = "Cơ quan nào chủ trì xây dựng bộ tài liệu nhận diện ma túy dùng trong trường học?"
WORDS = "xây dựng bộ tài liệu nhận diện ma túy “núp bóng” dùng trong trường học"
WIDTHS = pytest.mark.parametrize("width", [1280, 390])

pytestmark = pytest.mark.browser


def sauro(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "web.cli", *map(str, arguments)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a library that the command made from documents of the corpus."""
    folder = tmp_path_factory.mktemp("library")
    environment = os.environ | {"SAURO_MODEL": "none"}
    files = [CORPUS / name for name in FILES]
    subprocess.run(
        sauro("ingest", *files, "--library", folder),
        check=True, capture_output=True, env=environment,
    )  # fmt: skip
    with subprocess.Popen(
        sauro("serve", "--port", 0, "--library", folder),
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        said = re.search(r"http://\S+/", server.stdout.readline())
        assert said is not None
        yield said[0].rstrip("/")
        server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab of its own; whatever the console complains of fails the test."""
    context = browser.new_context(base_url=address, java_script_enabled=request.param)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    context.close()
    assert complaints == []


def ask(page: Page, question: str) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill(question)
    page.get_by_role("button", name="Hỏi").click()


def test_a_question_is_answered_by_the_body_its_words_and_their_place(page: Page) -> None:
    ask(page, QUESTION)
    answer = page.locator(".answer").first
    expect(answer.locator(".bodies li").first).to_contain_text("Sở Giáo dục và Đào tạo")
    expect(answer.locator(".bodies li").first).to_contain_text("chủ trì")
    expect(answer.locator(".bodies").first).to_contain_text("Công an tỉnh Lam Giang")
    expect(answer.locator("blockquote")).to_contain_text(WORDS)
    expect(answer.locator("mark").first).to_be_visible()
    expect(answer.locator(".place")).to_contain_text("412/KH-UBND")
    expect(answer.locator(".facts")).to_contain_text("16/11/2026")


def test_a_question_without_accents_finds_the_same(page: Page) -> None:
    ask(page, "co quan nao chu tri xay dung bo tai lieu nhan dien ma tuy dung trong truong hoc")
    expect(page.locator(".answer").first.locator("blockquote")).to_contain_text(WORDS)


def test_the_permalink_scrolls_to_the_clause_and_highlights_it(page: Page) -> None:
    ask(page, QUESTION)
    page.locator(".answer").first.locator(".place a").click()
    expect(page).to_have_url(re.compile(r"/van-ban/[0-9a-f]{12}\?muc=III\.2\.c.*#muc-III\.2\.c$"))
    clause = page.locator("#muc-III\\.2\\.c")
    expect(clause).to_be_in_viewport()
    expect(clause).to_contain_text(WORDS)
    expect(clause).to_have_css("outline-style", "solid")
    expect(page.locator("#muc-III\\.2\\.b")).to_have_css("outline-style", "none")
    expect(clause.locator(".m.actor").first).to_contain_text("Sở Giáo dục và Đào tạo")
    expect(clause.locator(".m.deadline")).to_contain_text("trong quý III/2027")


def test_the_page_of_a_body_shows_as_many_tasks_as_it_says(page: Page) -> None:
    page.goto(f"/co-quan/{quote('Sở Y tế')}")
    total = int(page.locator(".verdict strong").first.inner_text())
    assert total > 3
    expect(page.locator("tbody tr")).to_have_count(total)


def test_filters_narrow_and_come_off_again(page: Page) -> None:
    page.goto("/hoi?q=ma+túy")
    before = page.locator(".verdict strong").last.inner_text()
    page.locator(".facet a", has_text="phối hợp").click()
    expect(page.locator(".chip.on")).to_contain_text("Vai trò: phối hợp")
    assert page.locator(".verdict strong").last.inner_text() != before
    page.locator(".chip.on").click()
    expect(page.locator(".chip.on")).to_have_count(0)


def test_the_views_of_a_document_lead_to_each_other(page: Page) -> None:
    page.goto("/van-ban")
    page.get_by_role("link", name="412/KH-UBND").first.click()
    expect(page.locator(".card")).to_contain_text("Lê Quang Thắng")
    page.get_by_role("link", name=re.compile("^Nhiệm vụ")).click()
    assert page.locator("tbody tr").count() >= 25
    page.get_by_role("link", name=re.compile("^Viện dẫn \\(")).click()
    page.get_by_role("link", name="120/2025/QH15").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("120/2025/QH15")


def test_the_map_leads_to_the_effect_and_to_what_rests_on_a_document(page: Page) -> None:
    page.goto("/van-ban")
    page.get_by_role("link", name="187/KH-UBND").first.click()
    page.get_by_role("link", name="Lược đồ").click()
    carried_out = page.get_by_role("region", name="Văn bản triển khai thực hiện văn bản này")
    expect(carried_out).to_contain_text("412/KH-UBND")
    page.get_by_role("link", name="Hiệu lực", exact=True).click()
    page.get_by_label("Xem hiệu lực vào ngày").fill("2031-02-01")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".verdict")).to_contain_text("theo giai đoạn của kế hoạch")
    page.get_by_role("link", name="Tác động").click()
    row = page.get_by_role("row").filter(has_text="412/KH-UBND").first
    expect(row).to_contain_text("UBND tỉnh Lam Giang")
    with page.expect_download() as handed:
        page.get_by_role("link", name="Tải bảng tính").click()
    assert handed.value.suggested_filename.endswith(".xlsx")


def test_every_page_of_a_document_is_one_tab_away_from_its_answer(page: Page) -> None:
    ask(page, QUESTION)
    answer = page.locator(".answer").first
    expect(answer.get_by_role("link", name=re.compile("^Còn hiệu lực"))).to_be_visible()
    answer.locator(".place a").click()
    title = page.get_by_role("heading", level=1).inner_text()
    tabs = page.get_by_role("navigation", name="Các phần của văn bản").get_by_role("link")
    names = tabs.all_inner_texts()
    assert len(names) == 11
    for name in names:
        tabs.get_by_text(name, exact=True).click()
        if name == "So sánh":
            expect(page.get_by_label("Văn bản A")).to_have_value("412/KH-UBND")
            page.go_back()
            continue
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.locator(".tabs [aria-current=page]")).to_have_text(name)
        assert tabs.all_inner_texts() == names


def test_duties_are_narrowed_counted_as_the_api_counts_and_handed_out(page: Page) -> None:
    body = quote("Công an tỉnh Lam Giang")
    page.goto(f"/co-quan/{body}")
    page.locator(".facet a", has_text="chủ trì").click()
    expect(page.locator(".chip.on", has_text="Vai trò: chủ trì")).to_be_visible()
    found = page.request.get(f"/api/v1/duties/{body}?role=lead").json()
    assert page.locator(".verdict strong").all_inner_texts() == [
        str(found["total"]),
        str(found["shown"]),
    ]
    expect(page.locator("tbody tr")).to_have_count(found["shown"])
    page.get_by_role("link", name="theo thời hạn").click()
    expect(page.locator("tbody tr")).to_have_count(found["shown"])
    with page.expect_download() as handed:
        page.get_by_role("link", name="Tải bảng tính").click()
    assert handed.value.suggested_filename.endswith(".xlsx")
    page.locator(".chip.on", has_text="Vai trò").click()
    expect(page.locator("tbody tr")).to_have_count(found["total"])


def test_an_unsure_question_offers_readings_and_an_empty_one_says_why(page: Page) -> None:
    ask(page, "Công an tỉnh phải xong việc gì trước 30/6?")
    ways = page.locator(".ways", has_text="năm nào")
    ways.get_by_role("link").first.click()
    expect(page.get_by_role("searchbox")).to_have_value(re.compile(r"30/6/\d{4}"))
    ask(page, "xyzzy")
    expect(page.get_by_role("heading", name="Không tìm thấy đoạn nào")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Thư viện không có từ: xyzzy")


def test_what_is_only_cited_has_its_pages_too(page: Page) -> None:
    page.goto("/vien-dan")
    page.get_by_role("link", name="mà thư viện chưa có").click()
    row = page.locator("tbody tr").first
    cited = row.locator("td.number").inner_text()
    row.get_by_role("link").click()
    expect(page.locator(".notice").first).to_contain_text("Thư viện chưa có văn bản này")
    documents, places = re.findall(r"\d+", cited)
    heading = page.get_by_role("heading", name="Được viện dẫn ở")
    expect(heading).to_have_text(f"Được viện dẫn ở {places} chỗ, trong {documents} văn bản")
    page.get_by_role("link", name="Tác động").click()
    expect(page.locator(".verdict").last).to_contain_text("dựa vào văn bản này")


def test_two_documents_are_compared_from_the_page_of_one(page: Page) -> None:
    page.goto("/van-ban")
    page.get_by_role("link", name="412/KH-UBND").first.click()
    page.get_by_role("link", name="So sánh", exact=True).click()
    expect(page.get_by_label("Văn bản A")).to_have_value("412/KH-UBND")
    page.get_by_label("Văn bản B").fill("187 kh ubnd")
    page.get_by_role("button", name="So sánh").click()
    expect(page.locator(".pair.changed del").first).to_be_visible()
    expect(page.locator(".pair.changed ins").first).to_be_visible()
    chip = page.locator(".chip", has_text="chỉ có ở B")
    only = int(chip.inner_text().split()[0])
    chip.click()
    expect(page.locator("li.pair")).to_have_count(only)
    expect(page.locator("li.pair.only_b")).to_have_count(only)


def test_a_clause_leads_to_its_life_and_back(page: Page) -> None:
    ask(page, QUESTION)
    answer = page.locator(".answer").first
    answer.get_by_role("link", name="Vòng đời").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vòng đời")
    expect(page.locator("blockquote").first).to_contain_text(WORDS)
    page.locator(".crumbs a").last.click()
    expect(page.locator("#muc-III\\.2\\.c")).to_be_in_viewport()


def test_a_file_is_taken_in_and_found(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "2026_KH_21.txt"
    shutil.copy(CORPUS / "2026_KH_21_UBND-xa-Ha-Giang_phong-chay-chua-chay.txt", file)
    bad = tmp_path / "trong.txt"
    bad.touch()
    page.goto("/nap")
    page.get_by_label("Chọn tệp văn bản").set_input_files([bad, file])
    page.get_by_role("button", name="Nạp vào thư viện").click()
    expect(page.locator("tr", has_text="trong.txt")).to_contain_text("Không nạp được")
    page.locator("tr", has_text=file.name).get_by_role("link").click()
    expect(page.locator(".card")).to_contain_text("21/KH-UBND")


def test_a_finding_is_corrected_confirmed_and_taken_back(page: Page) -> None:
    page.goto("/can-soat")
    page.locator(".facet a", has_text="412/KH-UBND").click()
    before = int(page.locator(".verdict strong").inner_text())
    page.locator(".findings li").first.get_by_role("link", name=re.compile("^Đúng hay sửa")).click()
    page.get_by_label("Tên người soát").fill("Nguyễn Thị Lan")
    page.get_by_role("button", name="Đúng như đang hiểu").click()
    expect(page.locator(".verdict strong")).to_have_text(str(before - 1))
    page.locator(".findings li").first.get_by_role("button", name=re.compile("^Đúng")).click()
    expect(page.locator(".verdict strong")).to_have_text(str(before - 2))
    page.goto("/van-ban")
    page.get_by_role("link", name="412/KH-UBND").first.click()
    page.get_by_role("link", name="Soát, sửa thể thức").click()
    signer = page.locator(".findings li", has_text="Người ký").first
    signer.get_by_role("link", name=re.compile("^Sửa")).click()
    page.get_by_label("Người ký", exact=True).fill("Trần Thị Thử")
    page.get_by_role("button", name="Lưu chỗ sửa").click()
    expect(page.locator(".card")).to_contain_text("Trần Thị Thử")
    expect(page.locator(".findings li", has_text="Người ký").first).to_contain_text("đã soát")
    for _ in range(3):
        page.get_by_role("button", name=re.compile("^Hoàn tác")).first.click()
    expect(page.locator(".card")).not_to_contain_text("Trần Thị Thử")
    page.goto("/can-soat")
    page.locator(".facet a", has_text="412/KH-UBND").click()
    expect(page.locator(".verdict strong")).to_have_text(str(before))


def test_the_keyboard_alone_reaches_the_first_answer(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("theo dõi, đôn đốc thực hiện kế hoạch")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hoi?**")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(".answer").first).to_be_in_viewport()


def addresses(page: Page) -> Iterator[str]:
    page.goto("/van-ban")
    document = page.get_by_role("link", name="412/KH-UBND").first.get_attribute("href") or ""
    yield from ("/", "/van-ban", f"/hoi?q={quote(QUESTION)}", "/hoi?q=zzz", "/co-quan", "/nap")
    yield from (f"/co-quan/{quote('Công an tỉnh')}", "/vien-dan?so=36-CT/TW", "/lap-trinh")
    yield from (
        f"{document}?xem={view}" for view in ("van-ban", "nhiem-vu", "vien-dan", "ghi-chu", "soat")
    )
    yield from ("/can-soat", f"{document}?xem=soat&loc=tat-ca")
    yield from (f"{document}/III.2.c/vong-doi", f"/so-sanh?a={document.removeprefix('/van-ban/')}")
    yield "/so-sanh?a=412/KH-UBND&b=187/KH-UBND"
    yield from (f"{document}/{name}" for name in ("hieu-luc", "luoc-do", "trien-khai", "tac-dong"))
    yield from ("/vien-dan/chua-co", "/vien-dan/tac-dong?so=36-CT/TW", "/noi-cong-tac")
    yield "/hoi?q=Công an tỉnh phải xong việc gì trước 30/6?"
    yield f"/co-quan/{quote('Công an tỉnh')}?vai-tro=lead&xep=deadline&hien-nay=1"
    yield document.replace("/van-ban/", "/sua/") + "?muc=header.signer"


@WIDTHS
@pytest.mark.parametrize("page", [True], indirect=True, ids=["with-scripts"])
def test_no_page_scrolls_sideways_or_has_targets_too_small_to_hit(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address in list(addresses(page)):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.evaluate(SMALL) == [], address


# WCAG 2.2, 2.5.8: a target of less than 24 px, unless it stands within a sentence.
SMALL = """
[...document.querySelectorAll('a, button, input, summary')].filter(each => {
  const box = each.getBoundingClientRect();
  return box.height > 1 && box.width > 1 && box.height < 23.5
      && !each.closest('.text, p:not(.alone):not(.place), .skip');
}).map(each => each.outerHTML.slice(0, 120))
"""
