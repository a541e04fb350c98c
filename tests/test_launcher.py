"""`./sauro` in a small project of its own: the real launcher, nothing downloaded."""

import fcntl
import os
import re
import shutil
import subprocess
import time
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "sauro"
version = "0"
"""
BACKEND = '''
"""Builds an editable wheel by hand, since no build tool is installed in this project."""
import base64, hashlib, pathlib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    info = "sauro-0.dist-info/"
    files = {
        "sauro.pth": str(pathlib.Path.cwd()),
        info + "METADATA": "Metadata-Version: 2.1\\nName: sauro\\nVersion: 0\\n@NEEDS@",
        info + "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        info + "entry_points.txt": "[console_scripts]\\nsauro = web.cli:main\\n",
    }
    record = "".join(f"{name},,\\n" for name in files) + info + "RECORD,,\\n"
    files[info + "METADATA"] = files[info + "METADATA"].replace("@" + "NEEDS@", "")
    with zipfile.ZipFile(pathlib.Path(folder, "sauro-0-py3-none-any.whl"), "w") as wheel:
        for name, content in {**files, info + "RECORD": record}.items():
            wheel.writestr(name, content)
    return "sauro-0-py3-none-any.whl"
'''
CLI = """
import os, sys
def main():
    print(os.getcwd(), *sys.argv[1:])
"""
MODEL = """
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
def wanted_model(): return "mau"
def find_model_folder(name): Path(__file__).with_name("prepared").write_text(name)
"""
PYTHON_WITHOUT_VENV = """#!/bin/sh
case "$2" in
    *ensurepip*) exit 1 ;;
    *print*) echo python3.11-venv ;;
esac
"""
ERRORS = "class ModelMissingError(Exception): pass"


STAMP = ".venv/.stamp"
PINS = ".ci/constraints.txt"


def write_project(root):
    """Lay out the launcher and the least that it can launch."""
    files = {
        "pyproject.toml": PROJECT,
        "backend.py": BACKEND,
        "web/cli.py": CLI,
        "index/errors.py": ERRORS,
        "index/model_files.py": MODEL,
        PINS: "mau==1\n",
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    for name in ("sauro", ".ci/environment.py"):
        shutil.copy(ROOT / name, root / name)
    return root


def launch(project, *arguments, cwd=None, **environment):
    return subprocess.run(
        [project / "sauro", *arguments],
        env={**os.environ, **environment},
        cwd=cwd or project,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project that was launched once, from another folder; `first` says how that went."""
    elsewhere = tmp_path_factory.mktemp("nơi khác")
    root = write_project(tmp_path_factory.mktemp("dự án"))
    first = launch(root, "ask", "ai chủ trì?", cwd=elsewhere)
    assert first.stdout == f"{elsewhere} ask ai chủ trì?\n", first.stderr
    assert "Cài đặt lần đầu" in first.stderr
    return root


def test_first_use_prepares_the_model(project):
    assert (project / "index" / "prepared").read_text() == "mau"


def test_later_use_says_nothing_of_its_own(project):
    again = launch(project, "ask")
    assert (again.stdout, again.stderr) == (f"{project} ask\n", "")


@pytest.mark.slow
def test_new_pins_renew_the_environment(project):
    with (project / PINS).open("a") as pins:
        pins.write("khac==1\n")
    assert "Cài đặt lần đầu" in launch(project).stderr
    assert launch(project).stderr == ""


@pytest.mark.slow
def test_a_project_that_was_moved_is_set_up_where_it_is(project, tmp_path):
    moved = tmp_path / "dời đi"
    shutil.copytree(project, moved, symlinks=True)
    assert launch(moved, "x").stdout == f"{moved} x\n"
    assert str(project) not in (moved / ".venv" / "bin" / "sauro").read_text()


@pytest.mark.slow
def test_a_second_start_waits_for_the_first(project):
    (project / STAMP).unlink()
    with (project / PINS).open("rb") as busy:
        fcntl.flock(busy, fcntl.LOCK_EX)
        second = subprocess.Popen(
            [project / "sauro", "x"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert "đang chờ" in second.stderr.readline()
        time.sleep(0.5)
        assert second.poll() is None
        assert not (project / STAMP).exists()
    out, _ = second.communicate(timeout=120)
    assert out == f"{Path.cwd()} x\n"


@pytest.mark.slow
def test_without_network_it_says_so_and_goes_on_later(project):
    (project / STAMP).unlink()
    needy = BACKEND.replace("@NEEDS@", "Requires-Dist: khong-co-goi-nay\\n")
    (project / "backend.py").write_text(needy)
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}
    failed = launch(project, "x", **nowhere, PIP_CONFIG_FILE=os.devnull)
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert "Không nối được tới kho gói Python" in failed.stderr
    (project / "backend.py").write_text(BACKEND)
    assert launch(project, "x").stdout == f"{project} x\n"


@pytest.mark.slow
def test_a_package_whose_installation_was_cut_off_is_installed_again(project):
    [package] = (project / ".venv").glob("lib/python*/site-packages/sauro-0.dist-info")
    (package / "RECORD").unlink()
    (package.parent / "sauro.pth").unlink()
    (project / STAMP).unlink()
    assert launch(project, "x").stdout == f"{project} x\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_who_may_not_install_debian_packages_is_told_the_command(tmp_path):
    project = write_project(tmp_path / "project")
    for folder in (project, *project.parents[:3]):
        folder.chmod(0o755)
    python = tmp_path / "bin" / "python3"
    python.parent.mkdir()
    python.write_text(PYTHON_WITHOUT_VENV)
    python.chmod(0o755)
    command = ["setpriv", "--reuid=65534", "--clear-groups", project / "sauro", "x"]
    path = {"PATH": f"{python.parent}:{os.environ['PATH']}"}
    told = subprocess.run(command, env=path, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "sudo apt-get update && sudo apt-get install -y python3.11-venv" in told.stderr


def test_the_pinned_packages_run_on_the_python_of_debian_12():
    pins = re.findall(r"^([\w.-]+)==", (ROOT / PINS).read_text(), re.MULTILINE)
    needs = {name: metadata(name)["Requires-Python"] or "" for name in pins if is_installed(name)}
    assert len(needs) > 100
    assert [name for name, need in needs.items() if "3.11.2" not in SpecifierSet(need)] == []


def is_installed(name):
    try:
        return bool(metadata(name))
    except PackageNotFoundError:
        return False
