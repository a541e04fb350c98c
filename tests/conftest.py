"""Fixtures that the test files share."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
SHARED = ROOT.parent / "shared"


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
