"""Whether a document is in force on a day: tables of what is said and what follows from it."""

import datetime as dt

import pytest

from index.library import Library
from index.plan_periods import last_day
from ingest.model import Reference, Span

BEFORE, TODAY, LATER = dt.date(2019, 1, 1), dt.date(2026, 11, 22), dt.date(2030, 1, 1)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        pytest.param("Phòng, chống ma túy năm 2024", "2024-12-31", id="year"),
        pytest.param("Chuyển đổi số giai đoạn 2021 - 2025", "2025-12-31", id="years"),
        pytest.param("Phát triển giai đoạn 2026-2030, tầm nhìn 2045", "2030-12-31", id="vision"),
        pytest.param("Kiểm tra quý III/2025", "2025-09-30", id="quarter"),
        pytest.param("Công tác 6 tháng đầu năm 2025", "2025-06-30", id="half-year"),
        pytest.param("Cao điểm tháng 02/2024", "2024-02-29", id="month"),
        pytest.param("Dạy học năm học 2025-2026", "2026-05-31", id="school-year"),
        pytest.param("Phát triển đến năm 2030", "2030-12-31", id="until"),
        pytest.param("Thi hành Luật Đất đai năm 2024", None, id="the-law-s-year-is-not-its-own"),
        pytest.param("Tổng kết năm 2020", None, id="a-year-before-it-was-made"),
        pytest.param("Kiện toàn Ban Chỉ đạo", None, id="no-year"),
    ],
)
def test_a_plan_is_for_the_time_in_its_title(title, day):
    found = last_day("Kế hoạch", title, dt.date(2023, 5, 1))
    assert (found and found[0].isoformat()) == day


def test_only_plans_end_with_their_years():
    assert last_day("Công văn", "V/v báo cáo năm 2024", dt.date(2024, 1, 1)) is None
    assert last_day("Quyết định", "Ban hành Kế hoạch năm 2024", dt.date(2024, 1, 1)) is not None
    assert last_day("Tờ trình", "Về việc ban hành Kế hoạch năm 2024", None) is None


LAW = {
    "code": "10/2019/NĐ-CP", "doc_type": "Nghị định", "title": "Quản lý", "issuer": "Chính phủ",
    "issued_on": dt.date(2019, 6, 1), "effective_on": dt.date(2020, 1, 1),
}  # fmt: skip


def _acting(text, relation, *, code="9/2025/NĐ-CP", since=dt.date(2025, 7, 1), doc_type=None):
    return {
        "clauses": {"Đ9.2": {"text": text, "cites": {"10/2019/NĐ-CP": relation}}},
        "code": code, "doc_type": doc_type or "Nghị định", "title": "Mới",
        "issued_on": dt.date(2025, 5, 1), "effective_on": since,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("others", "own", "day", "state"),
    [
        pytest.param([], {}, TODAY, "in-force", id="nothing-said"),
        pytest.param([], {}, BEFORE, "not-yet", id="not-issued"),
        pytest.param([], {}, dt.date(2019, 12, 31), "not-yet", id="the-day-before"),
        pytest.param([], {}, dt.date(2020, 1, 1), "in-force", id="the-first-day"),
        pytest.param(
            [_acting("Nghị định này thay thế Nghị định 10/2019/NĐ-CP.", "replaces")], {},
            TODAY, "expired", id="replaced",
        ),
        pytest.param(
            [_acting("Nghị định này thay thế Nghị định 10/2019/NĐ-CP.", "replaces")], {},
            dt.date(2025, 6, 30), "in-force", id="replaced-from-the-day-of-effect",
        ),
        pytest.param(
            [
                _acting(
                    "Nghị định 10/2019/NĐ-CP hết hiệu lực kể từ ngày 01 tháng 01 năm 2027.",
                    "replaces",
                )
            ],
            {}, TODAY, "in-force", id="expires-on-a-day-named",
        ),
        pytest.param(
            [
                _acting(
                    "Nghị định 10/2019/NĐ-CP hết hiệu lực kể từ ngày 01 tháng 01 năm 2027.",
                    "replaces",
                )
            ],
            {}, dt.date(2027, 1, 1), "expired", id="on-that-day",
        ),
        pytest.param(
            [_acting("Bãi bỏ Nghị định 10/2019/NĐ-CP.", "repeals")], {}, TODAY, "expired",
            id="repealed",
        ),
        pytest.param(
            [_acting("Bãi bỏ Điều 5 Nghị định 10/2019/NĐ-CP.", "repeals")], {}, TODAY, "partly",
            id="repealed-in-part",
        ),
        pytest.param(
            [_acting("Bãi bỏ Nghị định 10/2019/NĐ-CP, trừ các nội dung sau:", "repeals")], {},
            TODAY, "partly", id="but-for-a-part",
        ),
        pytest.param(
            [
                _acting(
                    "Nghị định 10/2019/NĐ-CP hết hiệu lực, trừ trường hợp quy định tại khoản 3"
                    " Điều này.",
                    "replaces",
                )
            ],
            {}, TODAY, "expired", id="but-for-what-had-begun",
        ),
        pytest.param(
            [_acting("Đình chỉ việc thi hành Nghị định 10/2019/NĐ-CP.", "repeals")], {}, TODAY,
            "suspended", id="suspended",
        ),
        pytest.param(
            [_acting("Sửa đổi, bổ sung Điều 3 Nghị định 10/2019/NĐ-CP.", "amends")], {}, TODAY,
            "partly", id="amended",
        ),
        pytest.param(
            [_acting("Thay thế 10/2019/NĐ-CP.", "replaces", code="4/2025/TT-BTC")], {}, TODAY,
            "in-force", id="a-circular-cannot-end-a-decree",
        ),
        pytest.param(
            [_acting("Thay thế 10/2019/NĐ-CP.", "replaces", code="2205/UBND-NC")], {}, TODAY,
            "in-force", id="nor-can-a-letter",
        ),
        pytest.param(
            [_acting("Thay thế 10/2019/NĐ-CP.", "replaces", doc_type="Văn bản hợp nhất")], {},
            TODAY, "in-force", id="a-consolidated-text-only-repeats",
        ),
        pytest.param([], {"status": "Hết hiệu lực toàn bộ"}, TODAY, "expired", id="portal-alone"),
        pytest.param(
            [], {"status": "Hết hiệu lực toàn bộ từ ngày 01/01/2028"}, TODAY, "in-force",
            id="portal-of-a-later-day",
        ),
        pytest.param([], {"status": "Chưa có hiệu lực"}, TODAY, "in-force", id="portal-outdated"),
        pytest.param([], {"effective_on": None}, TODAY, "unknown", id="a-decree-that-does-not-say"),
    ],
)  # fmt: skip
def test_the_effect_on_a_day_is_what_the_texts_say(  # noqa: PLR0913, PLR0917 - a table's columns
    tmp_path, make_document, others, own, day, state
):
    with Library(tmp_path / "library", today=lambda: TODAY) as library:
        library.add(
            make_document({"Đ1": "Nội dung."}, name="a.txt", **{**LAW, **own}), b"", key="a"
        )
        for at, other in enumerate(others):
            facts = {name: value for name, value in other.items() if name != "clauses"}
            library.add(
                make_document(other["clauses"], name=f"{at}.txt", **facts), b"", key=str(at)
            )
        found = library.tracing.status("10/2019/NĐ-CP", on=day)
        assert found.standing.state == state
        held = library.tracing.cite("10/2019/NĐ-CP").entry.id
        assert library.tracing.standings([held], on=day)[held] == found.standing


def test_its_own_clause_says_until_when(tmp_path, make_document):
    text = "Nghị định này có hiệu lực kể từ ngày 01 tháng 01 năm 2020 đến hết ngày 28 tháng 02 năm 2026."
    with Library(tmp_path / "library") as library:
        library.add(make_document({"Đ3.1": text}, **LAW), b"", key="a")
        status = library.tracing.status
        assert status("10/2019/NĐ-CP", on=dt.date(2026, 2, 28)).standing.state == "in-force"
        found = status("10/2019/NĐ-CP", on=dt.date(2026, 3, 1))
        assert (found.standing.state, found.standing.since) == ("expired", dt.date(2026, 3, 1))
        assert [basis.place.path for basis in found.bases] == ["Đ3.1", "Đ3.1"]


def test_words_on_licences_or_in_quotation_marks_are_no_end(tmp_path, make_document):
    clauses = {
        "Đ3.1": "Giấy phép cấp trước ngày Nghị định này có hiệu lực được dùng đến hết ngày "
        "30 tháng 6 năm 2024.",
        "Đ3.2": "“Luật này có hiệu lực từ nay đến hết ngày 30 tháng 6 năm 2024.”",
    }
    with Library(tmp_path / "library") as library:
        library.add(make_document(clauses, **LAW), b"", key="a")
        assert library.tracing.status("10/2019/NĐ-CP", on=TODAY).standing.state == "in-force"


def test_a_plan_ends_with_its_years_and_says_so(tmp_path, make_document):
    plan = make_document(
        {"1": "Việc."}, code="7/KH-UBND", doc_type="Kế hoạch", title="Phòng cháy năm 2025",
        issued_on=dt.date(2025, 1, 5),
    )  # fmt: skip
    with Library(tmp_path / "library") as library:
        library.add(plan, b"", key="a")
        found = library.tracing.status("7/KH-UBND", on=TODAY).standing
        assert (found.state, found.by_period) == ("expired", True)
        assert library.tracing.status("7/KH-UBND", on=dt.date(2025, 12, 31)).standing.sure is False


def test_what_is_told_of_a_document_that_is_not_held_counts_as_hearsay(tmp_path, make_document):
    text = "Căn cứ Luật 1/2015/QH13 được sửa đổi bởi Luật 5/2020/QH14;"
    plain = make_document({"0.1": text}, code="7/KH-UBND", issued_on=dt.date(2026, 1, 1))
    base, by = text.index("1/2015"), text.index("5/2020")
    references = (
        Reference(
            path="0.1", surface="1/2015/QH13", code="1/2015/QH13", relation="basis", confidence=1,
            span=Span(base, base + 11),
        ),
        Reference(
            path="0.1", surface="5/2020/QH14", code="5/2020/QH14", relation="amends",
            from_code="5/2020/QH14", to_code="1/2015/QH13", confidence=1, span=Span(by, by + 11),
        ),
    )  # fmt: skip
    fields = {name: getattr(plain, name) for name in ("source", "text", "metadata")}
    with Library(tmp_path / "library") as library:
        library.add(type(plain)(**fields, blocks=plain.blocks, references=references), b"", key="a")
        found = library.tracing.status("1/2015/QH13", on=TODAY)
        assert (found.standing.state, found.standing.sure) == ("partly", False)
        [basis] = found.bases
        assert (basis.by.code, basis.told_by, basis.place.path) == ("5/2020/QH14", 1, "0.1")
        related = library.tracing.relations("5/2020/QH14").groups
        assert [(group.relation, group.direction) for group in related] == [("amends", "out")]


def test_a_difference_from_the_portal_is_told_with_its_reason(tmp_path, make_document):
    with Library(tmp_path / "library") as library:
        library.add(
            make_document({"Đ1": "A."}, name="a.txt", **LAW, status="Còn hiệu lực"), b"", key="a"
        )
        assert library.tracing.status("10/2019/NĐ-CP", on=TODAY).agrees is True
        other = _acting("Bãi bỏ Điều 5 Nghị định 10/2019/NĐ-CP.", "repeals")
        clauses = other.pop("clauses")
        library.add(make_document(clauses, name="b.txt", **other), b"", key="b")
        found = library.tracing.status("10/2019/NĐ-CP", on=TODAY)
        assert found.agrees is False
        assert "9/2025/NĐ-CP" in found.difference


def test_what_has_come_or_gone_is_seen_at_once(tmp_path, make_document):
    with Library(tmp_path / "library") as library:
        law = make_document({"Đ1": "A."}, name="a.txt", **LAW)
        library.add(law, b"", key="a")
        held = law.source.sha256[:12]
        assert library.tracing.standings([held], on=TODAY)[held].state == "in-force"
        other = _acting("Thay thế Nghị định 10/2019/NĐ-CP.", "replaces")
        newer = make_document(other.pop("clauses"), name="b.txt", **other)
        library.add(newer, b"", key="b")
        assert library.tracing.standings([held], on=TODAY)[held].state == "expired"
        library.remove(newer.source.sha256[:12])
        assert library.tracing.standings([held], on=LATER)[held].state == "in-force"
