"""PINS -> ENVIRONMENT: make or repair `.venv`, and the embedding model. Run by `./sauro`.

Works with nothing but Python's own library, since it runs before anything is installed. What was
done before an interruption is kept: pip's cache holds what was downloaded, packages that were
installed whole are not installed again.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / ".stamp"  # which pins the environment was made of, and for what: "3fa8… dev"
LOG = VENV / "setup.log"
PINS = ROOT / ".ci" / "constraints.txt"
RAW_PROGRESS = (24, 1)  # the pip that first told how far a download is, line by line
WIDTH = 30
NO_NETWORK = re.compile(
    r"NameResolution|Name or service not known|Failed to establish a new connection"
    r"|NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Network is unreachable"
    r"|Connection refused"
)
DISK_FULL = re.compile(r"No space left on device|Disk quota exceeded")


def main(level: str, fingerprint: str) -> None:
    """Make the environment, unless another run of this has made it meanwhile.

    Args:
        level: "base" to run the program, "dev" to test it too.
        fingerprint: Of the pins and settings, to be written into the stamp.
    """
    with _locked():
        if is_current(level, fingerprint):
            return
        _say("Cài đặt lần đầu (hoặc sau khi đổi phiên bản); mất vài phút.")
        _make_venv()
        remove_broken_packages()
        _install(level)
        STAMP.write_text(f"{fingerprint} {level}\n", "utf-8")
    _prepare_model()
    _say("Đã cài đặt xong.")


def is_current(level: str, fingerprint: str) -> bool:
    """Say whether the environment is already made of these pins, for this level or more."""
    if not STAMP.is_file():
        return False
    made_of, _, made_for = STAMP.read_text("utf-8").strip().partition(" ")
    return made_of == fingerprint and made_for in {level, "dev"}


def remove_broken_packages() -> None:
    """Forget packages whose installation was cut off, so that pip installs them anew.

    pip writes a package's RECORD last, but takes the package for installed without it.
    """
    for package in VENV.glob("lib/python*/site-packages/*.dist-info"):
        if not (package / "RECORD").is_file():
            shutil.rmtree(package)


@contextmanager
def _locked() -> Iterator[None]:
    with PINS.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("Một lệnh ./sauro khác đang cài đặt; đang chờ lệnh đó xong…")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make_venv() -> None:
    if _is_usable():
        return
    _say("Tạo môi trường Python trong .venv …")
    made = _run([sys.executable, "-m", "venv", "--clear", VENV])
    if made.returncode:
        _stop(f"Không tạo được môi trường Python trong {VENV}:\n{made.stdout.strip()}")


def _is_usable() -> bool:
    """Say whether `.venv` runs where it stands: the commands in it bear its full path."""
    pip = VENV / "bin" / "pip"
    if not pip.is_file() or f"{VENV}/" not in pip.read_text("utf-8"):
        return False
    return _run([VENV / "bin" / "python", "-m", "pip", "--version"]).returncode == 0


def _install(level: str) -> None:
    """Install pip and the build tools as pinned, then the project with all that it needs."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]
    pins = PINS.read_text("utf-8")
    tools = [*build["requires"], *re.findall(r"^(?:pip|editables)(?===)", pins, re.MULTILINE)]
    if tools:
        _pip("công cụ cài đặt", tools, total=len(tools))
    project = f"{ROOT}[dev]" if level == "dev" else str(ROOT)
    total = len(re.findall(r"^\w", pins, re.MULTILINE))
    _pip("các gói phần mềm", ["--no-build-isolation", "--editable", project], total=total)


def _pip(what: str, wanted: Sequence[str], *, total: int) -> None:
    python = VENV / "bin" / "python"
    version = re.findall(r"\d+", _run([python, "-m", "pip", "--version"]).stdout)[:2]
    command = [
        str(python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check",
        "--no-compile", "--constraint", str(PINS),
    ]  # fmt: skip
    if tuple(map(int, version)) >= RAW_PROGRESS:
        command += ["--progress-bar", "raw"]
    bar = _Bar(f"Tải và cài {what}", total)
    with LOG.open("w", encoding="utf-8") as log, bar:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, *wanted], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for line in process.stdout or ():
            if not bar.read(line):
                log.write(line)
        code = process.wait()
    if code:
        _explain(LOG.read_text("utf-8").splitlines())


class _Bar:
    """A progress bar on the terminal; a line at the beginning where there is none.

    The first 70 % is for finding and downloading packages, the rest for installing them.
    """

    def __init__(self, title: str, total: int) -> None:
        self.title = title
        self.total = total
        self.share = 0.0
        self.now = ""
        self.collected = 0
        self.installing: list[str] = []
        self.before = self._count_installed()
        self.stopped = threading.Event()

    def __enter__(self) -> None:
        if sys.stderr.isatty():
            self.thread = threading.Thread(target=self._draw, daemon=True)
            self.thread.start()
        else:
            _say(f"{self.title} …")

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        if sys.stderr.isatty():
            self.thread.join()
            sys.stderr.write("\r\033[K")

    def read(self, line: str) -> bool:
        """Take note of a line of pip's; say whether it was about a download's progress."""
        if match := re.match(r"Progress (\d+) of (\d+)", line):
            done, size = map(int, match.groups())
            self.now = f"{self.now.split(' ')[0]} {done / 1e6:.0f}/{size / 1e6:.0f} MB"
            return True
        if match := re.match(r"\s*(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line):
            self.collected += 1
            self.now = match[1]
            self.share = 0.7 * min(1.0, self.collected / self.total)
        elif line.startswith("Installing collected packages:"):
            self.installing = line.partition(":")[2].split(",")
            self.now = f"cài {len(self.installing)} gói"
        return False

    def _draw(self) -> None:
        while not self.stopped.wait(0.2):
            share = self.share
            if self.installing:
                done = (self._count_installed() - self.before) / len(self.installing)
                share = 0.7 + 0.3 * min(1.0, max(0.0, done))
            filled = round(WIDTH * share)
            bar = "█" * filled + "░" * (WIDTH - filled)
            text = f"{self.title} {bar} {share:4.0%} {self.now}"
            sys.stderr.write("\r\033[K" + text[: shutil.get_terminal_size().columns - 1])
            sys.stderr.flush()

    @staticmethod
    def _count_installed() -> int:
        return sum(1 for _ in VENV.glob("lib/python*/site-packages/*.dist-info"))


def _explain(log: Sequence[str]) -> NoReturn:
    tail = "\n".join(log[-40:])
    if DISK_FULL.search(tail):
        _stop(
            f"Hết chỗ trên đĩa: cần khoảng 3 GB trống cho {VENV}. Giải phóng rồi chạy lại ./sauro."
        )
    if NO_NETWORK.search(tail):
        _stop(
            "Không nối được tới kho gói Python. Hãy kiểm tra mạng (và biến HTTPS_PROXY nếu cơ "
            "quan dùng proxy) rồi chạy lại ./sauro; phần đã tải được giữ lại. Nếu cơ quan có kho "
            "gói nội bộ, đặt biến PIP_INDEX_URL; nếu có sẵn các tệp gói trong một thư mục, đặt "
            "PIP_FIND_LINKS và PIP_NO_INDEX=1."
        )
    _stop("Cài đặt không thành công:\n" + "\n".join(log[-12:]) + f"\nNhật ký đầy đủ: {LOG}")


def _prepare_model() -> None:
    _say("Chuẩn bị mô hình ngữ nghĩa (chỉ làm một lần, vài giây) …")
    script = (
        "from index.errors import ModelMissingError\n"
        "from index.model_files import find_model_folder, wanted_model\n"
        "try: find_model_folder(wanted_model())\n"
        "except ModelMissingError as error: print(error)"
    )
    prepared = _run([VENV / "bin" / "python", "-c", script])
    if prepared.stdout.strip():
        _say(prepared.stdout.strip())


def _run(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own commands
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def _say(message: str) -> None:
    sys.stderr.write(f"sauro: {message}\n")
    sys.stderr.flush()


def _stop(message: str) -> NoReturn:
    _say(message)
    sys.exit(1)


if __name__ == "__main__":
    os.chdir(ROOT)
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        _stop("Đã dừng giữa chừng. Chạy lại ./sauro để làm tiếp; phần đã tải được giữ lại.")
