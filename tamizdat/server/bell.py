"""Wakes the worker when there is work, so that publishing does not wait for its next look."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from pathlib import Path
from typing import Self


class Bell:
    """The worker's end: a named pipe in the data folder, heard by one worker on the same machine."""

    def __init__(self, path: Path) -> None:
        with suppress(FileExistsError):
            os.mkfifo(path, 0o600)
        # Open for writing too, so that reading never meets an end and a signal handler can ring.
        self.handle = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)

    def wait(self, seconds: float) -> None:
        """Until somebody rings, at the longest so many seconds."""
        if select.select([self.handle], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                os.read(self.handle, 4096)

    def ring(self) -> None:
        with suppress(BlockingIOError):
            os.write(self.handle, b".")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.handle)


def ring(path: Path) -> None:
    """From any process. Nobody listening is no error: workers also look by themselves."""
    with suppress(OSError):
        handle = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            os.write(handle, b".")
        finally:
            os.close(handle)
