"""LIBRARY -> SERVER: finds a free port, serves the pages, says where.

Several processes serve one library: a search is mostly Python, of which one process runs one at a
time. They share the socket, and in memory what is mapped of the indexes; one more process brings
the indexes up to the rows, while the others answer already.
"""

from __future__ import annotations

import argparse
import atexit
import multiprocessing
import os
import signal
import socket
import sys
import time
import webbrowser
from pathlib import Path
from threading import Thread, Timer

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from api.settings import default_library
from index.library import Library
from ingest.errors import DirectiveError
from web.app import create_app
from web.opening import check_library, open_library

_PORTS_TRIED = 50
_PATIENCE = 120  # seconds, after which a worker that does not answer is replaced


class NoPortError(DirectiveError):
    """No port at or after the one asked for is free."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Không mở được cổng nào từ {port} đến {port + _PORTS_TRIED - 1} tại {host}. "
            "Hãy chọn cổng khác bằng --port, hoặc địa chỉ khác bằng --host."
        )


def serve(arguments: argparse.Namespace) -> int:
    """Serve pages and API until stopped."""
    folder: Path = arguments.library or default_library()
    if arguments.workers == 1:
        with open_library(folder) as library:
            library.refresh()  # vectors of what came in while there was no model
            serve_library(library, arguments.host, arguments.port)
        return 0
    check_library(folder)  # what is wrong with it is said now, and not by each worker
    listener = _announced(arguments.host, arguments.port)
    os.environ["SAURO_LIBRARY"] = str(folder.resolve())
    config = uvicorn.Config(
        "web.serving:application",
        factory=True,
        workers=arguments.workers,
        log_level="warning",
        server_header=False,
        timeout_worker_healthcheck=_PATIENCE,
    )
    upkeep = multiprocessing.get_context("spawn").Process(target=keep_up, daemon=True)
    upkeep.start()
    Multiprocess(config, sockets=[listener]).run()
    return 0


def application() -> FastAPI:
    """Return what one worker serves: the library that the environment names."""
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    library = open_library(None)
    atexit.register(library.close)
    return create_app(library)


def keep_up() -> None:
    """Bring the indexes up to the rows, as far as other programs have not."""
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    os.nice(10)
    with open_library(None) as library:
        library.refresh()


def _end_with(parent: int) -> None:
    """End this process when the one that began it is gone, however that ended."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def serve_library(library: Library, host: str, port: int, *, show: bool = False) -> None:
    """Serve *library* until the process is told to stop.

    A taken port gives way to the next free one, which is said. With *show* a browser is opened
    where there is a display.

    Raises:
        NoPortError: No port is to be had.
    """
    listener = _announced(host, port)
    address = _address(host, listener)
    if show and _has_display():
        Timer(1.0, webbrowser.open, [address]).start()
    config = uvicorn.Config(create_app(library), log_level="warning", server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


def _announced(host: str, port: int) -> socket.socket:
    """Return a socket that listens, and say where."""
    listener = bind(host, port)
    found = listener.getsockname()[1]
    if port not in (0, found):
        print(f"Cổng {port} đang có chương trình khác dùng; dùng cổng {found}.", file=sys.stderr)  # noqa: T201
    print(f"Sáu Rõ đang chạy tại {_address(host, listener)} (dừng: Ctrl+C)", flush=True)  # noqa: T201
    return listener


def _address(host: str, listener: socket.socket) -> str:
    return f"http://{'localhost' if host in _LOCAL else host}:{listener.getsockname()[1]}/"


_LOCAL = frozenset({"127.0.0.1", "localhost", "0.0.0.0", "::1"})  # noqa: S104 - named, not bound


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens on *port*, or on the next free one after it."""
    for candidate in range(port, port + _PORTS_TRIED):
        listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen(128)
        except (OSError, OverflowError):
            listener.close()
            continue
        return listener
    raise NoPortError(host, port)


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) or (
        sys.platform in {"darwin", "win32"}
    )
