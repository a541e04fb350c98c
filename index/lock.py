"""ONE WRITER AT A TIME: a lock on the folder of a library, among threads and programs."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import LibraryBusyError

PATIENCE = 20.0  # seconds that a writer waits for another
_PAUSE = 0.02


class WriteLock:
    """The lock of one library; the system lets go of it when its holder dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "lock"
        self._threads = threading.RLock()
        self._depth = 0
        self._file = -1
        self.times = 0  # that it was held: what was not written by whom holds it, others wrote

    @contextmanager
    def held(self, *, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock; within itself it may be held again.

        Raises:
            LibraryBusyError: Another holds it for longer than *patience* seconds.
        """
        if not self._threads.acquire(timeout=patience):
            raise LibraryBusyError(self._folder, "cùng tiến trình")
        try:
            if not self._depth:
                self._acquire(patience)
                self.times += 1
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if not self._depth:
                    os.close(self._file)
        finally:
            self._threads.release()

    def _acquire(self, patience: float) -> None:
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    holder = os.pread(self._file, 32, 0).decode(errors="replace").strip()
                    os.close(self._file)
                    raise LibraryBusyError(self._folder, f"tiến trình {holder}") from None
                time.sleep(_PAUSE)
            else:
                os.ftruncate(self._file, 0)
                os.pwrite(self._file, str(os.getpid()).encode(), 0)
                return
