"""Who is responsible now for what a document gave to a body that changed."""

import datetime as dt
from html import unescape

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from index.edges import ANY, DATA_AS_OF, edges
from index.functions import functions_in
from index.library import Library
from index.succession import successors
from ingest.document import read_document
from ingest.knowledge.tables import rows
from web.app import create_app
from web.printing import reply_lines

THEN, NOW = dt.date(2024, 6, 1), dt.date(2026, 11, 21)
LDTBXH = "Sở Lao động - Thương binh và Xã hội"


def trace(agency, words="", *, on=NOW, written=THEN, province=None):
    return successors(agency, words, written_on=written, asked_on=on, province=province)


def names(*asked, **options):
    return [found.agency for found in trace(*asked, **options)]


@pytest.mark.parametrize(
    ("agency", "words", "now"),
    [
        pytest.param(f"{LDTBXH} tỉnh Ninh Bình", "quản lý sau cai nghiện ma túy", ["Công an tỉnh Ninh Bình"], id="rehabilitation-went-to-the-police"),
        pytest.param(f"{LDTBXH} tỉnh Hà Nam", "quản lý sau cai", ["Công an tỉnh Ninh Bình"], id="and-the-province-merged"),
        pytest.param(f"{LDTBXH} tỉnh Hà Tĩnh", "rà soát hộ nghèo", ["Sở Nông nghiệp và Môi trường tỉnh Hà Tĩnh"], id="poverty-where-it-was-read"),
        pytest.param("Bộ Lao động - Thương binh và Xã hội", "đào tạo nghề", ["Bộ Giáo dục và Đào tạo"], id="vocational-training"),
        pytest.param("Bộ Thông tin và Truyền thông", "chỉ đạo các cơ quan báo chí", ["Bộ Văn hóa, Thể thao và Du lịch"], id="the-press"),
        pytest.param("Bộ Giao thông vận tải", "nâng cấp quốc lộ", ["Bộ Xây dựng"], id="all-but-licences"),
        pytest.param("Bộ Giao thông vận tải", "cấp giấy phép lái xe", ["Bộ Công an"], id="licences"),
        pytest.param("Sở Kế hoạch và Đầu tư tỉnh Hải Dương", "", ["Sở Tài chính thành phố Hải Phòng"], id="merged-into-a-city"),
        pytest.param("UBND tỉnh Hà Nam", "", ["UBND tỉnh Ninh Bình"], id="merged-province"),
        pytest.param("UBND tỉnh Bắc Giang", "", ["UBND thành phố Bắc Ninh"], id="merged-then-a-city"),
        pytest.param("Tỉnh ủy Quảng Ninh", "", ["Thành ủy Quảng Ninh"], id="committee-of-a-new-city"),
        pytest.param("Công an huyện Bình Lục", "", ["Công an tỉnh Ninh Bình", "Công an các xã, phường thuộc địa bàn huyện Bình Lục cũ, tỉnh Ninh Bình"], id="a-districts-police-went-two-ways"),
        pytest.param("UBND các xã, thị trấn huyện Bình Lục", "", ["UBND các xã, phường thuộc địa bàn huyện Bình Lục cũ, tỉnh Ninh Bình"], id="communes-of-a-former-district"),
        pytest.param("UBND xã Ngọc Lũ", "", ["UBND xã Bình An tỉnh Ninh Bình"], id="a-commune-that-merged"),
        pytest.param("Công an xã Bình An huyện Bình Lục", "", ["Công an xã Bình An tỉnh Ninh Bình"], id="a-commune-that-kept-its-name"),
        pytest.param("UBND phường Quang Trung thành phố Phủ Lý", "", [None], id="a-commune-that-was-divided"),
        pytest.param("UBND xã Không Có", "", [], id="a-commune-nobody-knows"),
        pytest.param("UBND huyện Bình Lục", "", [None], id="a-district-has-no-single-successor"),
        pytest.param("Thanh tra Sở Y tế tỉnh Thanh Hóa", "", ["Thanh tra tỉnh Thanh Hóa"], id="inspectors-of-departments"),
        pytest.param("Ban Tuyên giáo Tỉnh ủy Hà Nam", "", ["Ban Tuyên giáo và Dân vận Tỉnh ủy Ninh Bình"], id="party-department"),
        pytest.param("Cơ sở cai nghiện ma túy tỉnh Thanh Hóa", "", ["Cơ sở cai nghiện ma túy thuộc Công an tỉnh Thanh Hóa"], id="house-of-rehabilitation"),
        pytest.param("Công an tỉnh Thanh Hóa", "cai nghiện", [], id="a-body-that-is-the-same"),
        pytest.param("Sở Y tế tỉnh Thanh Hóa", "", [], id="a-department-that-is-the-same"),
        pytest.param("Các sở, ban, ngành tỉnh Thanh Hóa", "", [], id="a-collective-that-is-the-same"),
    ],
)  # fmt: skip
def test_now(agency, words, now):
    assert names(agency, words) == now


def test_an_unclear_function_shows_every_candidate_unverified():
    found = trace(f"{LDTBXH} tỉnh Thanh Hóa", "xây dựng kế hoạch")
    assert {one.agency for one in found} >= {
        "Công an tỉnh Thanh Hóa",
        "Sở Nội vụ tỉnh Thanh Hóa",
        "Sở Y tế tỉnh Thanh Hóa",
    }
    assert all(one.verify and "chưa rõ" in one.note for one in found)


def test_a_default_of_another_province_is_never_shown_as_certain():
    [default] = trace("Sở Tài nguyên và Môi trường tỉnh Thanh Hóa")
    assert default.verify
    assert "mặc định, cần xác minh theo tỉnh" in default.note
    [by_law] = trace(f"{LDTBXH} tỉnh Thanh Hóa", "cai nghiện ma túy")
    assert (by_law.verify, by_law.certainty) == (False, "verified")


def test_where_nobody_took_over_the_reason_is_said():
    [found] = trace("UBND huyện Bình Lục")
    assert (found.agency, found.kind) == (None, "giải thể không kế thừa")
    assert "không có đơn vị kế thừa duy nhất" in found.note


def test_a_power_that_went_two_ways_says_by_which_points():
    found = trace("UBND huyện Bình Lục", "tổ chức cai nghiện ma túy tự nguyện tại gia đình")
    assert [one.agency for one in found] == ["UBND tỉnh Ninh Bình", "Công an tỉnh Ninh Bình"]
    assert all("Điều 30" in one.basis for one in found)


@pytest.mark.parametrize(
    ("on", "now"),
    [
        pytest.param(THEN, [], id="on-its-own-day"),
        pytest.param(dt.date(2025, 2, 28), [], id="the-day-before"),
        pytest.param(dt.date(2025, 3, 1), ["Công an tỉnh Bắc Giang"], id="the-day"),
        pytest.param(dt.date(2025, 7, 1), ["Công an tỉnh Bắc Ninh"], id="provinces-merged"),
        pytest.param(dt.date(2026, 9, 20), ["Công an thành phố Bắc Ninh"], id="a-city"),
    ],
)
def test_dates_decide(on, now):
    assert names(f"{LDTBXH} tỉnh Bắc Giang", "cai nghiện ma túy", on=on) == now


def test_a_body_that_goes_on_keeps_what_it_was_given_after_it_handed_a_function_over():
    assert names("Bộ Nội vụ", "quản lý nhà nước về tôn giáo") == ["Bộ Dân tộc và Tôn giáo"]
    assert names("Bộ Nội vụ", "cải cách tiền lương") == []
    assert names("Bộ Nội vụ", "quản lý nhà nước về tôn giáo", written=dt.date(2026, 1, 5)) == []


def test_the_province_of_the_document_tells_which_part_it_was():
    [found] = trace("Cục Hải quan Hà Nam Ninh", province="tỉnh Nam Định")
    assert found.agency == "Chi cục Hải quan khu vực IV"
    unplaced = trace("Cục Hải quan Hà Nam Ninh")
    assert len(unplaced) == 2
    assert all(one.verify for one in unplaced)


def test_a_chain_shows_each_of_its_steps():
    [found] = trace("Sở Xây dựng tỉnh Bình Phước")
    assert [step.agency for step in found.steps] == [
        "Sở Xây dựng tỉnh Đồng Nai",
        "Sở Xây dựng thành phố Đồng Nai",
    ]
    assert found.valid_from == dt.date(2026, 4, 30)
    assert "Nghị quyết 202/2025/QH15" in found.basis
    assert "Nghị quyết 30/2026/QH16" in found.basis


@pytest.mark.parametrize(
    ("words", "functions"),
    [
        pytest.param("Hỗ trợ người SAU CAI", ("cai nghiện ma túy",), id="in-capitals"),
        pytest.param("dạy nghề cho trẻ em", ("trẻ em", "giáo dục nghề nghiệp"), id="two"),
        pytest.param("thực hiện nghiêm kế hoạch này", (), id="none"),
        pytest.param("bảo tồn giáo trình", (), id="within-another-word"),
    ],
)
def test_functions_of_a_duty(words, functions):
    assert functions_in(words) == functions


# What must hold of the table, whatever is in it


def test_every_edge_says_kind_basis_source_and_certainty():
    for edge in edges():
        assert edge.kind
        assert edge.basis
        assert edge.source
        assert edge.certainty
        assert edge.valid_from <= DATA_AS_OF
        assert bool(edge.to) != (edge.kind == "giải thể không kế thừa")
        assert edge.function == ANY or edge.function in {
            row["function"] for row in rows("functions")
        }


def test_what_was_not_read_in_a_source_is_not_verified():
    for edge in edges():
        if "chưa có nguồn" in edge.source or "chưa xác minh" in edge.basis:
            assert edge.certainty in {"prior", "unknown"}


def test_edges_have_no_circle():
    after = {}
    for edge in edges():
        name, _, slot = edge.to.partition(" {")
        level = {"province}": "province", "communes}": "commune"}.get(slot, edge.level)
        after.setdefault((edge.from_, edge.level), set()).add((name, level))

    def reach(name, seen):
        assert name not in seen, f"circle: {[*seen, name]}"
        for next_ in after.get(name, ()):
            reach(next_, [*seen, name])

    for name in after:
        reach(name, [])


PROVINCES = sorted({f"{row['now_kind']} {row['now']}" for row in rows("provinces") if row["now"]})
CURRENT = sorted({edge.to for edge in edges() if edge.to and "{communes}" not in edge.to})


@given(
    st.sampled_from(CURRENT),
    st.sampled_from(PROVINCES),
    st.sampled_from(["", "cai nghiện", "báo chí"]),
)
def test_todays_bodies_have_no_successor(body, province, words):
    name = body.format(province=province, area=province)
    unit = any(edge.to == body and edge.level == "unit" for edge in edges())
    assert unit or names(name, words, written=NOW) == []


@given(
    st.sampled_from([row["from"] for row in rows("successions") if row["from"] != "*"]),
    st.sampled_from(PROVINCES),
    st.dates(dt.date(2024, 1, 1), NOW),
)
def test_who_is_responsible_stays_so_until_the_next_change(body, province, day):
    for found in trace(f"{body} {province}", on=day):
        assert found.valid_from <= day
        assert [step.valid_from for step in found.steps] == sorted(
            step.valid_from for step in found.steps
        )
        if found.agency:
            assert names(found.agency, on=day, written=day) == []


# In a library


@pytest.fixture
def library(tmp_path):
    plan = tmp_path / "ke-hoach.txt"
    plan.write_text(PLAN, "utf-8")
    with Library(tmp_path / "library", today=lambda: NOW) as library:
        library.add(read_document(plan), plan)
        yield library


PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ NAM
Số: 27/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nam, ngày 06 tháng 5 năm 2024

KẾ HOẠCH
Phòng, chống ma túy năm 2024

II. TỔ CHỨC THỰC HIỆN
1. Sở Lao động - Thương binh và Xã hội
a) Tổ chức cai nghiện ma túy và quản lý sau cai.
b) Triển khai công tác giáo dục nghề nghiệp cho thanh niên.
2. Công an tỉnh
a) Điều tra, xử lý tội phạm về ma túy.
3. UBND các huyện, thị xã, thành phố
a) Bố trí kinh phí thực hiện kế hoạch.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
"""


def quotes(duties):
    return [answer.quote for group in duties.groups for answer in group.duties]


def test_duties_now_include_those_whose_function_passed_on(library):
    written = library.duties("Công an tỉnh Hà Nam")
    assert quotes(written) == ["Điều tra, xử lý tội phạm về ma túy."]
    now = library.duties("Công an tỉnh Ninh Bình", now=True)
    assert quotes(now) == [
        "Tổ chức cai nghiện ma túy và quản lý sau cai.",
        "Điều tra, xử lý tội phạm về ma túy.",
    ]
    assert now.predecessors == (
        "Công an tỉnh Hà Nam",
        "Sở Lao động - Thương binh và Xã hội tỉnh Hà Nam",
    )
    assert now.data_as_of == DATA_AS_OF


def test_duties_as_written_hold_nothing_of_others(library):
    assert library.duties("Công an tỉnh Ninh Bình").total == 0
    assert library.duties("Sở Giáo dục và Đào tạo tỉnh Ninh Bình").total == 0


def test_answers_say_who_is_responsible_now_and_keep_who_was_named(library):
    [answer] = library.ask("Cơ quan nào triển khai giáo dục nghề nghiệp?").answers
    [actor] = answer.actors
    assert actor.agency == "Sở Lao động - Thương binh và Xã hội tỉnh Hà Nam"
    assert [one.agency for one in actor.now] == ["Sở Giáo dục và Đào tạo tỉnh Ninh Bình"]
    entry = library.documents()[0]
    [task] = library.clause(entry.id, answer.path).tasks
    assert task.actors[0].now == actor.now


def test_on_the_documents_own_day_nothing_has_changed(library):
    with Library(library.folder, today=lambda: THEN) as then:
        assert then.duties("Công an tỉnh Ninh Bình", now=True).total == 0
        [answer] = then.ask("Cơ quan nào triển khai giáo dục nghề nghiệp?").answers
        assert [actor.now for actor in answer.actors] == [()]


# As people see it


def test_pages_show_both_as_written_and_now_with_the_basis(library):
    [entry] = library.documents()
    with TestClient(create_app(library)) as client:
        for address in (
            "/hoi?q=Cơ quan nào tổ chức cai nghiện ma túy?",
            f"/van-ban/{entry.id}?xem=nhiem-vu",
            "/co-quan/Công an tỉnh Ninh Bình?hien-nay=1",
        ):
            shown = unescape(client.get(address).text)
            assert "Sở Lao động - Thương binh và Xã hội tỉnh Hà Nam" in shown
            assert "Công an tỉnh Ninh Bình" in shown
            assert "căn cứ: Nghị định 02/2025/NĐ-CP" in shown
            assert "cập nhật đến ngày 21/11/2026" in shown
        kept = client.get("/co-quan/Công an tỉnh Ninh Bình").text
        assert "Công an tỉnh Hà Nam" not in kept


def test_a_district_without_successor_is_told_so_on_pages(library):
    [entry] = library.documents()
    with TestClient(create_app(library)) as client:
        shown = unescape(client.get(f"/van-ban/{entry.id}?xem=nhiem-vu").text)
    assert "không có đơn vị kế thừa duy nhất" in shown


def test_the_api_gives_who_is_responsible_now(library):
    with TestClient(create_app(library)) as client:
        found = client.get("/api/v1/duties/Công an tỉnh Ninh Bình", params={"now": True}).json()
    [actor, *_] = found["groups"][0]["duties"][0]["actors"]
    [now] = actor["now"]
    assert now["agency"] == "Công an tỉnh Ninh Bình"
    assert now["certainty"] == "default"
    assert now["basis"]
    assert now["source"]


def test_the_terminal_tells_it_only_when_asked(library):
    reply = library.ask("Cơ quan nào tổ chức cai nghiện ma túy?")
    assert not any("hiện nay" in line for line in reply_lines(reply))
    told = [line for line in reply_lines(reply, now=True) if "hiện nay" in line]
    assert any("Công an tỉnh Ninh Bình" in line and "căn cứ" in line for line in told)


@pytest.mark.parametrize(
    "body",
    [
        "Trường THCS Hạ Giang huyện Bình Lục",
        "Bệnh viện Đa khoa huyện Bình Lục",
        "Các doanh nghiệp huyện Bình Lục",
        "Điện lực huyện Bình Lục",
    ],
)
def test_what_is_in_a_district_without_being_of_its_government_did_not_end_with_it(body):
    then, now = dt.date(2024, 5, 1), dt.date(2026, 1, 1)
    found = successors(body, "", written_on=then, asked_on=now, province="tỉnh Hà Nam")
    assert all(one.agency for one in found)


@pytest.mark.parametrize(
    ("body", "heir"),
    [
        ("Vụ Pháp chế Bộ Kế hoạch và Đầu tư", "Bộ Tài chính"),
        ("Phòng Nghiệp vụ Sở Giao thông vận tải tỉnh Hà Nam", "Sở Xây dựng tỉnh Ninh Bình"),
    ],
)
def test_a_unit_of_a_body_that_ended_follows_it_and_is_to_be_verified(body, heir):
    then, now = dt.date(2024, 5, 1), dt.date(2026, 1, 1)
    (one,) = successors(body, "", written_on=then, asked_on=now, province="tỉnh Hà Nam")
    assert (one.agency, one.verify) == (heir, True)
