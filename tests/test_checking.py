"""Checking by people: the pages, the routes and the verbs, over one small plan."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.gold import export_gold
from index.library import Library
from index.wishes import Wish
from web.app import create_app
from web.cli import main

ROOT = Path(__file__).parents[1]


@pytest.fixture
def client(library: Library):
    with TestClient(create_app(library), follow_redirects=False) as client:
        yield client


def finding(library: Library, identity: str, noun: str, words: str = ""):
    every = library.review.checked(identity).findings
    return next(each for each in every if each.noun == noun and words in each.quote)


def correct(client: TestClient, identity: str, address: str, **typed: str):
    return client.post(f"/sua/{identity}?{address}", data={"ai": "Lan", **typed})


# Pages


def test_a_body_is_corrected_on_its_form(client, library, identity):
    actor = finding(library, identity, "actor", "Sở Y tế")
    html = client.get(f"/sua/{identity}", params={"muc": actor.key}).text
    assert 'value="Sở Y tế tỉnh Lam Giang"' in html
    assert '<option value="coordinate" selected>phối hợp</option>' in html
    assert '<mark class="match">Sở Y tế</mark>' in html
    done = correct(
        client, identity, f"muc={actor.key}&ve=/can-soat", viec="set", dau=actor.stamp,
        g_agency="Sở Y tế tỉnh Lam Giang", g_role="advise", g_mode="directed", ly_do="Xem Điều 2",
    )  # fmt: skip
    assert (done.status_code, done.headers["location"]) == (303, "/can-soat")
    assert finding(library, identity, "actor", "Sở Y tế").values["role"] == "advise"
    html = unescape(client.get(f"/van-ban/{identity}?xem=soat").text)
    assert "sửa cơ quan “Sở Y tế”: phối hợp → tham mưu" in html
    assert "Lý do: Xem Điều 2" in html


def test_the_name_is_typed_once(client, library, identity):
    key = finding(library, identity, "task").key
    page = f"/van-ban/{identity}?xem=soat&loc=task"
    assert ">Đúng<" not in client.get(page).text
    correct(client, identity, f"muc={key}", viec="confirm", ai="Nguyễn Thị Lan")
    html = client.get(page).text
    assert ">Đúng<" in html
    assert "Nguyễn Thị Lan" in html
    other = library.document(identity).tasks[1].span
    done = client.post(
        f"/sua/{identity}?muc=task.{other.start}-{other.end}", data={"viec": "confirm"}
    )
    assert done.status_code == 303
    assert library.review.log()[-1].made_by == "Nguyễn Thị Lan"


def test_a_wrong_value_is_said_above_what_was_typed(client, library, identity):
    key = finding(library, identity, "deadline", "30/6/2026").key
    answer = correct(client, identity, f"muc={key}", viec="set", g_kind="date", g_date="31/6/2026")
    assert answer.status_code == 422
    assert "31/6/2026” không phải một ngày có thật" in unescape(answer.text)
    assert 'value="31/6/2026"' in answer.text
    assert library.review.log() == ()


def test_nobody_corrects_without_a_name(client, library, identity):
    key = finding(library, identity, "task").key
    answer = client.post(f"/sua/{identity}?muc={key}", data={"viec": "confirm"})
    assert answer.status_code == 422
    assert "tên người soát" in answer.text


def test_the_later_of_two_is_shown_the_conflict(client, library, identity):
    actor = finding(library, identity, "actor", "Sở Y tế")
    said = {"viec": "set", "dau": actor.stamp, "g_agency": "Sở Y tế"}
    correct(client, identity, f"muc={actor.key}", g_role="advise", g_mode="directed", **said)
    answer = correct(
        client, identity, f"muc={actor.key}", g_role="lead", g_mode="directed", **said | {"ai": "Minh"}
    )  # fmt: skip
    assert answer.status_code == 409
    assert "gần nhất là của Lan" in unescape(answer.text)


def test_what_is_missing_is_added_and_taken_back(client, library, identity):
    task = finding(library, identity, "task", "Đưa nội dung")
    address = f"loai=actor&vao={task.key}"
    assert "Thêm cơ quan" in client.get(f"/sua/{identity}?{address}").text
    refused = correct(client, identity, address, viec="add", cau="Sở Nội vụ", g_role="lead")
    assert refused.status_code == 422
    assert 'value="Sở Nội vụ"' in refused.text
    correct(client, identity, address, viec="add", cau="trường trung học phổ thông", g_role="lead")
    task = library.document(identity).tasks[-1]
    assert "trường trung học phổ thông" in [actor.agency for actor in task.actors]
    client.post(f"/hoan-tac/{identity}", data={"lan": library.review.log()[-1].id})
    assert len(library.document(identity).tasks[-1].actors) == len(task.actors) - 1


def test_the_list_leads_to_the_words_and_is_narrowed(client, library, identity):
    listed = library.review.unsure()
    html = client.get("/can-soat").text
    assert client.get("/can-soat?loai=task").status_code == 200
    assert client.get(f"/can-soat?van-ban={identity}").status_code == 200
    assert client.get("/can-soat?van-ban=0000").status_code == 404
    assert ("Không còn chỗ nào cần soát" in html) == (listed.total == 0)


@pytest.mark.parametrize(
    "only", ["", "tat-ca", "header", "block", "task", "actor", "deadline", "target", "reference"]
)
def test_every_finding_of_a_document_has_its_form(client, identity, only):
    html = client.get(f"/van-ban/{identity}?xem=soat&loc={only}").text
    forms = {unescape(each) for each in re.findall(r'href="(/sua/[^"]+)"', html)}
    assert forms or only == ""
    for address in forms:
        assert client.get(address).status_code == 200, address


def test_an_address_leads_back_only_within_the_program(client, library, identity):
    key = finding(library, identity, "task").key
    for back in ("//evil.example", "https://evil.example", "/\\evil.example"):
        done = client.post(
            f"/sua/{identity}", params={"muc": key, "ve": back}, data={"ai": "L", "viec": "confirm"}
        )
        assert done.headers["location"].startswith("/van-ban/")


def test_hostile_words_stay_words(client, identity):
    correct(client, identity, "muc=header.signer", viec="set", g_value="<script>alert(1)</script>",
            ly_do="<b>", ai='"><i>')  # fmt: skip
    html = client.get(f"/van-ban/{identity}?xem=soat&loc=header").text
    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_an_unknown_finding_is_a_page_not_found_or_a_conflict(client, identity):
    assert client.get(f"/sua/{identity}?muc=task.1-2").status_code == 409
    assert client.get(f"/sua/{identity}").status_code == 404
    assert client.get("/sua/0000?muc=header.code").status_code == 404


# Routes


def test_programs_review_correct_and_undo(client, library, identity):
    checked = client.get(f"/api/v1/documents/{identity}/findings").json()
    shown = next(each for each in checked["findings"] if each["key"] == "header.code")
    assert shown["values"] == {"value": "77/KH-UBND"}
    wish = {"act": "set", "by": "Lan", "key": "header.code", "stamp": shown["stamp"]}
    address = f"/api/v1/documents/{identity}/corrections"
    made = client.post(address, json={**wish, "after": {"value": "78/KH-UBND"}})
    again = client.post(address, json={**wish, "after": {"value": "79/KH-UBND"}})
    assert again.status_code == 409
    assert made.status_code == 201
    assert client.get(f"/api/v1/documents/{identity}").json()["metadata"]["code"] == "78/KH-UBND"
    assert [line["id"] for line in client.get("/api/v1/corrections").json()] == [made.json()["id"]]
    address = f"/api/v1/documents/{identity}/corrections/{made.json()['id']}"
    assert client.delete(address, params={"by": "Lan"}).status_code == 200
    assert client.delete(address, params={"by": "Lan"}).status_code == 404
    assert library.document(identity).metadata.code == "77/KH-UBND"
    assert client.get("/api/v1/review").json()["total"] == library.review.unsure().total


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        pytest.param({"act": "set", "by": "", "key": "header.code"}, 422, id="nobody"),
        pytest.param({"act": "burn", "by": "L", "key": "header.code"}, 422, id="no-such-act"),
        pytest.param({"act": "confirm", "by": "L", "key": "task.0-1"}, 409, id="not-there"),
        pytest.param({"act": "confirm", "by": "L", "key": "header.code", "stamp": "0"}, 409, id="stale"),
    ],
)  # fmt: skip
def test_programs_are_told_what_is_wrong(client, identity, wish, status):
    answer = client.post(f"/api/v1/documents/{identity}/corrections", json=wish)
    assert answer.status_code == status


# Verbs


@pytest.fixture
def closed(tmp_path: Path, plan: Path, read) -> Path:
    """The folder of a library that nobody has open, with one correction."""
    folder = tmp_path / "closed"
    with Library(folder) as library:
        id_ = library.add(read, plan).id
        wish = Wish(act="set", by="Lan", key="header.signer", after={"value": "Trần Văn Ẩn"})
        library.review.correct(id_, wish)
    return folder


def test_the_verbs_print_the_list_and_the_log(closed, capsys, monkeypatch):
    monkeypatch.setenv("SAURO_MODEL", "none")
    assert main(["review", "--library", str(closed), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] >= 0
    assert main(["review", "--library", str(closed)]) == 0
    assert "chỗ cần soát" in capsys.readouterr().out
    assert main(["corrections", "--library", str(closed)]) == 0
    assert "Lan [2026_KH_77.txt] sửa Người ký: Trần Văn An → Trần Văn Ẩn" in capsys.readouterr().out
    assert main(["reread", "--library", str(closed)]) == 0
    assert "Đã đọc lại 0 văn bản" in capsys.readouterr().out


def test_corrections_travel_to_another_machine(closed, plan, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SAURO_MODEL", "none")
    out, there = str(tmp_path / "out"), str(tmp_path / "there")
    assert main(["corrections", "--library", str(closed), "--export", out]) == 0
    assert main(["corrections", "--library", there, "--import", out]) == 0
    assert "thêm mới 1" in capsys.readouterr().out
    assert main(["corrections", "--library", there, "--import", out]) == 0
    assert "thêm mới 0" in capsys.readouterr().out
    assert main(["corrections", "--library", there, "--import", str(plan)]) == 1
    assert "corrections --export" in capsys.readouterr().err
    assert main(["analyze", str(plan), "--json", "--library", there]) == 0
    assert json.loads(capsys.readouterr().out)["metadata"]["signer"] == "Trần Văn Ẩn"


@pytest.mark.shared
def test_exported_gold_scores_the_corrected_document_as_right(library, identity, shared, tmp_path):
    library.review.correct(
        identity,
        Wish(act="set", by="Lan", key=finding(library, identity, "actor", "Sở Y tế").key,
             after={"role": "advise"}),
    )  # fmt: skip
    assert export_gold(library, tmp_path / "none") == []
    library.review.correct(identity, Wish(act="review", by="Lan"))
    gold = tmp_path / "gold"
    assert export_gold(library, gold) == [identity]
    result = _score(shared, gold, library.folder)
    assert set(result["f1"]) == {"outline", "references", "tasks", "actors", "deadlines", "targets"}
    assert {row["f1"] for row in result["f1"].values()} == {1.0}
    assert {row["accuracy"] for row in result["accuracy"].values()} == {1.0}


def _score(shared: Path, gold: Path, library: Path):
    command = f"{sys.executable} -m web.cli analyze {{file}} --json --library {library}"
    done = subprocess.run(
        [sys.executable, shared / "eval" / "score_extraction.py", "--gold", gold, "--docs", gold,
         "--cmd", command, "--json"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
