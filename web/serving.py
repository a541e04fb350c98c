"""LIBRARY -> SERVER: finds a free port, serves the pages, says where."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import webbrowser
from threading import Timer

import uvicorn

from index.library import Library
from ingest.errors import DirectiveError
from web.app import create_app
from web.opening import open_library

_PORTS_TRIED = 50


class NoPortError(DirectiveError):
    """No port at or after the one asked for is free."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Không mở được cổng nào từ {port} đến {port + _PORTS_TRIED - 1} tại {host}. "
            "Hãy chọn cổng khác bằng --port, hoặc địa chỉ khác bằng --host."
        )


def serve(arguments: argparse.Namespace) -> int:
    """Serve pages and API until stopped."""
    with open_library(arguments.library) as library:
        library.refresh(families=False)  # vectors of what came in while there was no model
        library.lives.keep_up(patience=0.0)
        serve_library(library, arguments.host, arguments.port)
    return 0


def serve_library(library: Library, host: str, port: int, *, show: bool = False) -> None:
    """Serve *library* until the process is told to stop.

    A taken port gives way to the next free one, which is said. With *show* a browser is opened
    where there is a display.

    Raises:
        NoPortError: No port is to be had.
    """
    listener = bind(host, port)
    found = listener.getsockname()[1]
    if port not in (0, found):
        print(f"Cổng {port} đang có chương trình khác dùng; dùng cổng {found}.", file=sys.stderr)  # noqa: T201
    address = f"http://{'localhost' if host in _LOCAL else host}:{found}/"
    print(f"Sáu Rõ đang chạy tại {address} (dừng: Ctrl+C)", flush=True)  # noqa: T201
    if show and _has_display():
        Timer(1.0, webbrowser.open, [address]).start()
    config = uvicorn.Config(create_app(library), log_level="warning", server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


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
