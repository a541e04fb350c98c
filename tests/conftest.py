"""Fixtures that the test files share."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from index.library import Library
from ingest.document import read_document
from ingest.model import (
    Actor,
    Clarity,
    Clause,
    Deadline,
    Document,
    Metadata,
    Reference,
    Source,
    Span,
    Task,
)

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
SHARED = ROOT.parent / "shared"

# The first call of a property may load a model; and what failed once must fail again.
settings.register_profile("sauro", deadline=None, derandomize=True)
settings.load_profile("sauro")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the golden files instead of comparing with them; such a run fails",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    absent = pytest.mark.skip(reason="the material in ../shared is not on this machine")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of material that lies beside the repository, or skip."""
    if not SHARED.is_dir():
        pytest.skip("the material in ../shared is not on this machine")
    return SHARED


@pytest.fixture
def check_golden(request: pytest.FixtureRequest) -> Callable[[str, object], None]:
    """Return a check that a value equals the golden file of a name.

    With `--update-golden` the file is rewritten and the test fails, so that a
    run that rewrites never looks like a run that passes.
    """

    def check(name: str, actual: object) -> None:
        path = GOLDEN / f"{name}.json"
        text = json.dumps(actual, ensure_ascii=False, indent=2, default=str) + "\n"
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            pytest.fail(f"rewrote {path}: read the diff, then run again", pytrace=False)
        assert path.exists(), f"no {path}: run with --update-golden"
        assert text == path.read_text("utf-8")

    return check


@pytest.fixture(scope="session")
def make_document() -> Callable[..., Document]:
    """Return what makes a document by hand, without reading a file.

    Its clauses are given by path: a text, or a dict with `text` and any of `kind`, `actors`
    ({full name: role}), `due` (a date) and `cites` ({number: relation}). A clause with actors
    or a date is a task.
    """
    return _document


def _document(clauses, *, name="plan.txt", **metadata):
    text, blocks, tasks, references = "", [], [], []
    for path, clause in clauses.items():
        given = clause if isinstance(clause, dict) else {"text": clause}
        span = Span(len(text), len(text) + len(given["text"]))
        text += given["text"] + "\n"
        is_task = "actors" in given or "due" in given
        kind = given.get("kind", "task" if is_task else "detail")
        blocks.append(
            Clause(path=path, kind=kind, label=None, text=given["text"], page=1, span=span)
        )
        if is_task:
            tasks.append(_task(path, given, span))
        for code, relation in given.get("cites", {}).items():
            at = text.index(code, span.start)
            where = Span(at, at + len(code))
            references.append(
                Reference(
                    path=path, surface=code, code=code, relation=relation, confidence=1, span=where
                )
            )
    facts = json.dumps([text, name, metadata], default=str)
    return Document(
        source=Source(
            name=name, format="text", sha256=hashlib.sha256(facts.encode()).hexdigest(), pages=1
        ),
        text=text,
        metadata=Metadata(**metadata),
        blocks=tuple(blocks),
        tasks=tuple(tasks),
        references=tuple(references),
    )


def _task(path, given, span):
    due: dt.date | None = given.get("due")
    clear = dict.fromkeys(("who", "what", "responsibility", "authority", "when", "result"), True)
    return Task(
        path=path,
        quote=given["text"],
        actors=tuple(
            Actor(surface=name, agency=name, role=role, via="heading", confidence=1, span=span)
            for name, role in given.get("actors", {}).items()
        ),
        deadlines=(Deadline(surface=str(due), kind="date", date=due, confidence=1, span=span),)
        if due
        else (),
        targets=(),
        confidence=1,
        clarity=Clarity(**clear),
        span=span,
    )


# A plan that people look through and correct; files with a plan of their own override it.

SCHOOL_PLAN = """\
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

II. NHIỆM VỤ
1. Công an tỉnh
a) Chủ trì, phối hợp với Sở Y tế lập hồ sơ quản lý học sinh có nguy cơ cao, hoàn thành trước ngày \
30/6/2026.
b) Tổ chức ít nhất 02 đợt kiểm tra khu vực cổng trường trong quý III/2026.
2. Sở Giáo dục và Đào tạo
a) Đưa nội dung nhận biết ma túy vào sinh hoạt đầu tuần tại 100% trường trung học phổ thông.

Nơi nhận:
- Bộ Công an;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn An
"""


@pytest.fixture(scope="session")
def school_plan() -> str:
    """Return the text of a province's plan with tasks, deadlines, figures and a citation."""
    return SCHOOL_PLAN


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "2026_KH_77.txt"
    path.write_text(SCHOOL_PLAN, "utf-8")
    return path


@pytest.fixture(scope="module")
def read(plan: Path) -> Document:
    return read_document(plan)


@pytest.fixture
def library(tmp_path: Path, plan: Path, read: Document) -> Iterator[Library]:
    with Library(tmp_path / "library") as library:
        library.add(read, plan)
        yield library


@pytest.fixture
def identity(read: Document) -> str:
    return read.source.sha256[:12]
