"""The API: routes, forms, errors and their status, over a real library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.errors import STATUS, status_of
from api.settings import Settings, read_settings
from index.errors import UnknownClauseError
from index.library import Library
from ingest.document import read_document
from ingest.errors import DirectiveError, EncryptedFileError, OversizeError
from web.app import create_app

PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH LAM GIANG
Số: 77/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Giang, ngày 05 tháng 02 năm 2026

KẾ HOẠCH
Phòng, chống ma túy trong trường học năm 2026

Thực hiện Chỉ thị số 36-CT/TW ngày 16/8/2019 của Bộ Chính trị, UBND tỉnh ban hành Kế hoạch như sau:

I. NHIỆM VỤ
1. Công an tỉnh
a) Chủ trì, phối hợp với Sở Y tế lập hồ sơ quản lý học sinh có nguy cơ trước ngày 30/6/2026.
2. Sở Giáo dục và Đào tạo
a) Đưa nội dung nhận biết ma túy vào sinh hoạt đầu tuần.
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    path = tmp_path_factory.mktemp("files") / "2026_KH_77.txt"
    path.write_text(PLAN, "utf-8")
    with Library(tmp_path_factory.mktemp("library")) as library:
        library.add(read_document(path), path)
        library.refresh()
        yield library


@pytest.fixture(scope="module")
def client(filled: Library) -> Iterator[TestClient]:
    with TestClient(create_app(filled), base_url="http://testserver/api/v1") as client:
        yield client


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(upload_bytes=10_000)
    with (
        Library(tmp_path) as library,
        TestClient(create_app(library, settings=settings)) as client,
    ):
        client.base_url = client.base_url.join("/api/v1/")
        yield client


@pytest.fixture(scope="module")
def identity(filled: Library) -> str:
    return filled.documents()[0].id


def test_ask_answers_in_the_form_of_the_contract(client: TestClient) -> None:
    reply = client.get("ask", params={"q": "Ai lập hồ sơ quản lý học sinh?"}).json()
    assert reply.keys() >= {"question", "intent", "total", "degraded", "answers"}
    assert "lập hồ sơ quản lý" in reply["answers"][0]["quote"]


def test_search_takes_the_filters_of_the_contract(client: TestClient) -> None:
    filters = {"agency": "Sở Y tế", "role": "coordinate", "type": "Kế hoạch", "year": 2026}
    found = client.get("search", params={"q": "học sinh", **filters}).json()
    assert found["total"] == 1
    assert found["hits"][0]["path"] == "I.1.a"
    assert client.get("search", params={"q": "học sinh", "level": "central"}).json()["total"] == 0


def test_filters_alone_find_the_tasks_that_pass(client: TestClient) -> None:
    found = client.get("search", params={"due_before": "2026-06-30"}).json()
    assert [hit["deadlines"][0]["date"] for hit in found["hits"]] == ["2026-06-30"]
    assert client.get("search", params={"due_before": "2026-06-29"}).json()["total"] == 0


def test_a_document_comes_with_the_text_that_its_spans_count_in(
    client: TestClient, identity: str
) -> None:
    document = client.get(f"documents/{identity}").json()
    assert not document.keys() & {"paragraphs", "places"}
    for task in document["tasks"]:
        span = task["span"]
        assert document["text"][span["start"] : span["end"]] == task["quote"]
        assert all("from" in deadline for deadline in task["deadlines"])


def test_a_clause_comes_with_its_headings(client: TestClient, identity: str) -> None:
    view = client.get(f"documents/{identity}/clauses/I.1.a").json()
    assert [heading["path"] for heading in view["headings"]] == ["I", "I.1"]
    assert len(view["tasks"]) == 1


def test_the_original_is_the_file_itself(client: TestClient, identity: str) -> None:
    assert client.get(f"documents/{identity}/original").content == PLAN.encode()


def test_duties_have_the_total(client: TestClient) -> None:
    duties = client.get("duties/Công an tỉnh").json()
    assert duties["total"] == sum(len(group["duties"]) for group in duties["groups"]) == 1


def test_citations_take_any_spelling(client: TestClient) -> None:
    assert client.get("citations", params={"q": "36 ct tw"}).json()["code"] == "36-CT/TW"


@pytest.mark.parametrize(
    ("route", "key"),
    [
        pytest.param("effects", "bases", id="effect"),
        pytest.param("relations", "groups", id="map"),
        pytest.param("cascade", "steps", id="cascade"),
        pytest.param("impact", "resting", id="impact"),
    ],
)
def test_where_a_document_stands_has_routes(client: TestClient, route: str, key: str) -> None:
    found = client.get(route, params={"q": "36 ct tw"}).json()
    assert found["name"]["code"] == "36-CT/TW"
    assert key in found
    assert client.get(route, params={"q": "9/QĐ-XYZ"}).status_code == 404


def test_stubs_and_citations_come_in_pages(client: TestClient) -> None:
    assert client.get("stubs", params={"limit": 1}).json()["total"] == 1
    assert client.get("stub", params={"q": "36-CT/TW"}).json()["stub"]["places"] == 1
    page = client.get("citations", params={"q": "36-CT/TW", "offset": 1}).json()
    assert (page["cited_total"], page["cited_by"]) == (1, [])


def test_a_clause_is_told_by_who_cites_it(client: TestClient, filled: Library) -> None:
    [entry] = filled.documents()
    path = filled.document(entry.id).references[0].path
    found = client.get(f"documents/{entry.id}/clauses/{path}/citations").json()
    assert [cited["code"] for cited in found["cites"]] == ["36-CT/TW"]
    assert client.get(f"documents/{entry.id}/clauses/nowhere/citations").status_code == 404


def test_the_status_keeps_the_folder_to_itself(client: TestClient) -> None:
    status = client.get("status").json()
    assert status["documents"] == 1
    assert "folder" not in status


@pytest.mark.parametrize(
    ("address", "status"),
    [
        pytest.param("documents/000000000000", 404, id="unknown-document"),
        pytest.param("documents/{}/clauses/IX", 404, id="unknown-clause"),
        pytest.param("citations?q=999/Q%C4%90-XYZ", 404, id="unknown-code"),
        pytest.param("ask?q=%3F%3F", 422, id="no-word"),
        pytest.param("ask", 422, id="no-question"),
        pytest.param("search?q=x&role=boss", 422, id="unknown-role"),
        pytest.param("search", 422, id="neither-words-nor-filters"),
    ],
)
def test_what_goes_wrong_has_its_status_and_says_why(
    client: TestClient, identity: str, address: str, status: int
) -> None:
    response = client.get(address.format(identity))
    assert response.status_code == status
    assert response.json()["detail"]


def test_an_error_has_the_status_of_its_nearest_kind() -> None:
    assert status_of(OversizeError("a", "b")) == 413
    assert status_of(EncryptedFileError("a", "b")) == 422
    assert status_of(UnknownClauseError("a", "b")) == 404
    assert status_of(DirectiveError()) == 500
    assert all(status >= 400 for status in STATUS.values())


# Uploads


def archive(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, content in members.items():
            file.writestr(f"{name}.txt", content)
    return data.getvalue()


def upload(client: TestClient, *files: tuple[str, bytes]) -> list[dict[str, str]]:
    response = client.post("uploads", files=[("files", file) for file in files])
    assert response.status_code == 200
    outcomes: list[dict[str, str]] = response.json()
    return outcomes


def test_a_bad_file_is_told_and_the_rest_is_done(empty: TestClient) -> None:
    outcomes = upload(empty, ("trong.txt", b""), ("ke-hoach.txt", PLAN.encode()))
    assert [outcome["result"] for outcome in outcomes] == ["failed", "added"]
    assert outcomes[0]["message"]
    assert outcomes[1]["code"] == "77/KH-UBND"
    assert empty.get("status").json()["documents"] == 1


def test_the_same_file_again_changes_nothing(empty: TestClient) -> None:
    first, second = (upload(empty, ("a.txt", PLAN.encode()))[0] for _ in range(2))
    assert [first["result"], second["result"]] == ["added", "unchanged"]
    assert first["document"] == second["document"]


def test_the_same_name_with_other_words_is_a_newer_version(empty: TestClient) -> None:
    upload(empty, ("a.txt", PLAN.encode()))
    newer = upload(empty, ("a.txt", PLAN.replace("30/6/2026", "15/7/2026").encode()))
    assert newer[0]["result"] == "replaced"
    assert empty.get("status").json()["documents"] == 1


def test_members_of_an_archive_are_told_one_by_one(empty: TestClient) -> None:
    data = archive(plan=PLAN.encode(), nothing=b"")
    outcomes = {each["name"]: each["result"] for each in upload(empty, ("cac-tep.zip", data))}
    assert outcomes == {"cac-tep.zip/plan.txt": "added", "cac-tep.zip/nothing.txt": "failed"}


def test_a_file_above_the_limit_is_refused_by_name(empty: TestClient) -> None:
    outcomes = upload(empty, ("to.txt", b"x" * 10_001), ("vua.txt", PLAN.encode()))
    assert [outcome["result"] for outcome in outcomes] == ["failed", "added"]
    assert "lớn" in outcomes[0]["message"]


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "unannounced"])
def test_a_request_without_end_is_cut_off(tmp_path: Path, *, announced: bool) -> None:
    settings = Settings(request_bytes=50_000)
    mark = "sua-ro"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    body = [head.encode(), *[b"x" * 1_000] * 100, f"\r\n--{mark}--\r\n".encode()]
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    with (
        Library(tmp_path) as library,
        TestClient(create_app(library, settings=settings)) as client,
    ):
        content = b"".join(body) if announced else iter(body)
        response = client.post("/api/v1/uploads", content=content, headers=headers)
        assert response.status_code == 413
        assert library.documents() == ()


@pytest.mark.parametrize("name", ["../../x.txt", "/etc/passwd", "..", "a/b.txt"])
def test_a_path_in_an_upload_name_leads_nowhere(empty: TestClient, name: str) -> None:
    outcomes = upload(empty, (name, PLAN.encode()))
    assert outcomes[0]["result"] == "added"
    assert "/" not in outcomes[0]["name"]


def test_a_document_taken_out_is_gone(empty: TestClient) -> None:
    [outcome] = upload(empty, ("a.txt", PLAN.encode()))
    assert empty.delete(f"documents/{outcome['document']}").status_code == 204
    assert empty.get(f"documents/{outcome['document']}").status_code == 404


# Description


def test_every_route_is_described_in_vietnamese_with_its_parameters(client: TestClient) -> None:
    paths = client.get("openapi.json").json()["paths"]
    assert paths.keys() >= {"/ask", "/search", "/duties/{agency}", "/citations", "/uploads"}
    for methods in paths.values():
        for route in methods.values():
            assert route["summary"]
            assert all(parameter["description"] for parameter in route.get("parameters", []))


@pytest.mark.parametrize("value", ["0", "-3", "nhiều"])
def test_a_senseless_limit_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"SAURO_UPLOAD_MB|could not convert"):
        read_settings({"SAURO_UPLOAD_MB": value})
