"""What is unsure about a question is offered to be chosen; what was recognised can be taken off."""

import datetime as dt
import html
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from index.home import at_home
from index.library import Library
from index.near_numbers import near_numbers
from index.recognised import describe, replaced
from index.replies import Fixed, Period
from ingest.document import read_document
from web.app import create_app
from web.printing import reply_lines

TODAY = dt.date(2026, 11, 22)
PLAN = """ỦY BAN NHÂN DÂN
TỈNH {place}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}/KH-UBND
{name}, ngày 05 tháng 3 năm {year}

KẾ HOẠCH
Phòng, chống đuối nước trẻ em năm {year}

I. NHIỆM VỤ
1. Sở Y tế tỉnh {name} chủ trì, phối hợp với Công an tỉnh tập huấn sơ cứu đuối nước cho nhân viên \
y tế trước ngày 30/6/{year}.
2. Công an tỉnh {name} chủ trì rà soát các điểm nguy hiểm trên sông, hồ trước ngày 15/12/{year}.
3. Sở Giáo dục và Đào tạo tỉnh {name} dạy bơi cho học sinh tiểu học.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readings")
    with Library(folder / "library", today=lambda: TODAY) as library:
        for name, number, year in (
            ("Lam Giang", 465, 2025),
            ("Lam Giang", 121, 2026),
            ("Hạ Xuyên", 465, 2026),
        ):
            text = PLAN.format(place=name.upper(), name=name, number=number, year=year)
            file = Path(folder / f"{name}-{number}-{year}.txt")
            file.write_text(text, "utf-8")
            library.add(read_document(file), file)
        library.refresh()
        yield library


def choices(library, question, **fixed):
    reading = library.ask(question, fixed=Fixed(**fixed)).reading
    return {choice.kind: choice for choice in reading.choices}


def labels(choice):
    return [option.label for option in choice.options]


def test_a_body_without_a_place_is_offered_with_the_places(library):
    place = choices(library, "Công an tỉnh phải làm gì?")["place"]
    assert sorted(labels(place)) == ["Công an tỉnh Hạ Xuyên", "Công an tỉnh Lam Giang"]
    assert place.options[0].question == f"{place.options[0].label} phải làm gì?"
    assert "place" not in choices(library, place.options[0].question)


def test_a_body_of_one_place_asks_nothing(library):
    assert "place" not in choices(library, "Công an tỉnh Lam Giang phải làm gì?")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("112/KH-UBND", "121/KH-UBND", id="swapped"),
        pytest.param("456/KH-UBND", "465/KH-UBND", id="swapped-where-two-have-it"),
        pytest.param("131/KH-UBND", "121/KH-UBND", id="one-digit-wrong"),
        pytest.param("12/KH-UBND", "121/KH-UBND", id="one-missing"),
        pytest.param("1211/KH-UBND", "121/KH-UBND", id="one-too-many"),
        pytest.param("121/QĐ-UBND", "121/KH-UBND", id="another-symbol"),
    ],
)
def test_a_number_of_one_slip_is_offered_and_not_taken(library, typed, meant):
    number = choices(library, f"{typed} giao Sở Y tế việc gì")["number"]
    assert number.options[0].label == meant
    assert number.options[0].question == f"{meant} giao Sở Y tế việc gì"


def test_a_number_that_is_held_or_far_from_all_is_not_doubted(library):
    assert "number" not in choices(library, "121/KH-UBND")
    assert "number" not in choices(library, "98765/TB-VPCP")


def test_near_numbers_come_by_kind_of_slip(library):
    near = near_numbers(library._store, "456-kh-ubnd")
    assert [known.key for known in near] == ["465-kh-ubnd"]


def test_documents_with_one_number_are_offered(library):
    document = choices(library, "Kế hoạch 465/KH-UBND giao việc gì")["document"]
    assert len(document.options) == 2
    chosen = next(option for option in document.options if "Hạ Xuyên" in option.label)
    reply = library.ask(chosen.question)
    assert "document" not in {choice.kind for choice in reply.reading.choices}


def test_a_plan_of_several_years_is_offered_by_year(library):
    question = "Tập huấn sơ cứu đuối nước ở Lam Giang do ai chủ trì?"
    year = choices(library, question)["year"]
    assert labels(year) == ["năm 2026", "năm 2025"]
    assert "year" not in choices(library, year.options[0].question)


def test_two_intents_are_offered_and_one_can_be_fixed(library):
    intent = choices(library, "Ai báo cáo khi nào")["intent"]
    assert [option.fixed.intent for option in intent.options] == ["who", "when"]
    assert [option.chosen for option in intent.options] == [True, False]
    assert library.ask("Ai báo cáo khi nào", fixed=intent.options[1].fixed).intent == "when"
    assert "intent" not in choices(library, "Ai báo cáo khi nào", intent="when")


def test_a_short_form_of_several_meanings_is_offered(library):
    short = choices(library, "TT phải làm gì về đuối nước")["abbreviation"]
    assert {"thị trấn", "thông tư", "trung tâm"} <= set(labels(short))
    assert short.options[0].question == "thị trấn phải làm gì về đuối nước"


def test_a_home_that_is_not_set_is_asked_for_and_then_known(library):
    home = choices(library, "tỉnh tôi có kế hoạch nào")["home"]
    assert sorted(labels(home)) == ["tỉnh Hạ Xuyên", "tỉnh Lam Giang"]
    reply = library.ask("tỉnh tôi có kế hoạch nào", fixed=Fixed(home="tỉnh Hạ Xuyên"))
    assert reply.reading.places == ("ha xuyen",)
    assert "home" not in {choice.kind for choice in reply.reading.choices}


def test_the_library_keeps_a_home_for_who_has_none(library):
    library.set_home("tỉnh Lam Giang")
    try:
        assert library.home() == "tỉnh Lam Giang"
        assert library.ask("tỉnh tôi có kế hoạch nào").reading.places == ("lam giang",)
    finally:
        library.set_home(None)
    assert library.home() is None


@pytest.mark.parametrize(
    ("text", "home", "read"),
    [
        ("Tỉnh tôi có kế hoạch nào", "xã Mường Bú, tỉnh Sơn La", "tỉnh Sơn La có kế hoạch nào"),
        ("xã mình làm gì", "xã Mường Bú, tỉnh Sơn La", "xã Mường Bú làm gì"),
        ("công an tỉnh của chúng tôi", "phường Tô Hiệu, tỉnh Sơn La", "công an tỉnh Sơn La"),
        ("sở em phải làm gì", "Sở Y tế tỉnh Sơn La", "Sở Y tế tỉnh Sơn La phải làm gì"),
        ("tinh toi co gi", "tỉnh Sơn La", "tỉnh Sơn La co gi"),
        ("địa phương tôi", "phường Tô Hiệu, tỉnh Sơn La", "phường Tô Hiệu"),
        ("huyện tôi làm gì", "tỉnh Sơn La", "huyện tôi làm gì"),
        ("tình ta với mình", "tỉnh Sơn La", "tình ta với mình"),
        ("xa nhà làm gì", "xã Mường Bú, tỉnh Sơn La", "xa nhà làm gì"),
    ],
)
def test_the_home_stands_for_mine_and_ours(text, home, read):
    assert at_home(text, home).text == read


def test_a_time_without_a_year_is_offered_with_years(library):
    period = choices(library, "Sở Y tế tỉnh Lam Giang phải làm gì trước 30/6")["period"]
    assert labels(period) == ["trước 30/6/2025", "trước 30/6/2026", "trước 30/6/2027"]


def test_a_time_of_tasks_or_of_documents_is_offered(library):
    period = choices(library, "Sở Y tế tỉnh Lam Giang với việc năm nay")["period"]
    assert [option.fixed.time for option in period.options] == ["due", "document"]


def test_times_narrow_the_duties_of_a_body(library):
    quotes = [a.quote for a in library.ask("Công an tỉnh Lam Giang làm gì trong tháng sau").answers]
    assert len(quotes) == 1
    assert "15/12/2026" in quotes[0]


def test_what_is_left_out_never_comes(library):
    reply = library.ask("Ai chủ trì việc đuối nước ở tỉnh Lam Giang trừ Sở Y tế")
    assert reply.answers
    leads = [{actor.agency for actor in answer.actors} for answer in reply.answers]
    assert {"Sở Y tế tỉnh Lam Giang"} not in leads


def test_every_part_can_be_taken_off(library):
    question = "Sở Y tế tỉnh Lam Giang chủ trì việc gì trước 30/6/2026 trừ tập huấn"
    parts = {part.kind: part for part in library.ask(question).reading.parts}
    assert set(parts) == {"intent", "body", "role", "period", "excluded"}
    assert parts["body"].without.question == "chủ trì việc gì trước 30/6/2026 trừ tập huấn"
    assert parts["period"].label == "hạn đến 30/6/2026 (trước 30/6/2026)"
    assert parts["excluded"].without.question == question.removesuffix(" trừ tập huấn")
    assert parts["intent"].without.fixed.intent == "find"
    for part in parts.values():
        rest = library.ask(part.without.question, fixed=part.without.fixed).reading
        assert replace(part, kind="role") not in rest.parts
        assert part not in rest.parts


def test_mended_words_can_be_taken_as_typed(library):
    reading = library.ask("tập hấn sơ cứu").reading
    assert reading.corrected == (("hấn", "huan"),)
    [part] = [part for part in reading.parts if part.kind == "mended"]
    assert library.ask("tập hấn sơ cứu", fixed=part.without.fixed).reading.corrected == ()


@pytest.mark.parametrize(
    ("text", "part", "rest"),
    [
        ("Ai, Sở Y tế, làm?", "Sở Y tế", "Ai, làm?"),
        ("Kế hoạch (năm 2026) nào", "năm 2026", "Kế hoạch nào"),
        ("trước 30/6 ai làm", "trước 30/6", "ai làm"),
        ("192/KH-UBND", "192/KH-UBND", ""),
    ],
)
def test_a_part_leaves_no_gap(text, part, rest):
    start = text.index(part)
    assert replaced(text, start, start + len(part), "") == (rest or text)


def test_a_period_is_told_in_words():
    period = Period(surface="tháng sau", since=dt.date(2026, 12, 1), until=dt.date(2026, 12, 31))
    assert describe(period) == "thời gian từ 1/12/2026 đến 31/12/2026 (tháng sau)"


@pytest.fixture(scope="module")
def client(library):
    return TestClient(create_app(library))


def links(page):
    return {
        html.unescape(href) for href in re.findall(r'<a class="chip[^"]*" href="([^"]+)"', page)
    }


def test_the_page_shows_parts_and_readings_as_links_that_ask_again(client):
    page = client.get("/hoi", params={"q": "Công an tỉnh phải làm gì trước 30/6/2026"}).text
    asked = {parse_qs(urlsplit(href).query).get("q", [""])[0] for href in links(page)}
    assert "Công an tỉnh Lam Giang phải làm gì trước 30/6/2026" in asked
    assert "Công an tỉnh phải làm gì" in asked
    for href in links(page):
        assert client.get(href).status_code == 200


def test_the_address_fixes_a_reading(client):
    page = client.get("/hoi", params={"q": "Ai báo cáo khi nào", "y-dinh": "when"}).text
    assert "Hiểu là hỏi: <strong>Thời hạn</strong>" in page


def test_a_browser_remembers_where_one_works(client):
    asking = {"q": "tỉnh tôi có kế hoạch nào"}
    assert "Chưa đặt nơi công tác" in client.get("/hoi", params=asking).text
    told = client.post("/noi-cong-tac", data={"noi": "tỉnh Hạ Xuyên"})
    assert 'value="tỉnh Hạ Xuyên"' in told.text
    assert "Chưa đặt nơi công tác" not in client.get("/hoi", params=asking).text
    client.post("/noi-cong-tac", data={"noi": ""})
    assert "Chưa đặt nơi công tác" in client.get("/hoi", params=asking).text


def test_programs_are_told_the_choices_and_fix_one(client):
    asked = client.get("/api/v1/ask", params={"q": "Ai báo cáo khi nào"}).json()
    [choice] = [each for each in asked["reading"]["choices"] if each["kind"] == "intent"]
    intent = choice["options"][1]["fixed"]["intent"]
    again = client.get("/api/v1/ask", params={"q": "Ai báo cáo khi nào", "intent": intent}).json()
    assert (asked["intent"], again["intent"]) == ("who", "when")


def test_the_command_prints_what_is_unsure(library):
    lines = list(reply_lines(library.ask("112/KH-UBND giao việc gì")))
    assert any("Thư viện không có số “112/KH-UBND”" in line for line in lines)
    assert any("121/KH-UBND giao việc gì" in line for line in lines)
