"""A command of ours beside this process, one of a kind at a time: this one has threads, and other work to do."""

import os
import subprocess
import sys
from contextlib import suppress


class Beside:
    """Starts `tamizdat` with these arguments, unless it still runs; `kindness` is added to this process's own."""

    def __init__(self, *arguments: str, kindness: int = 0) -> None:
        self.command, self.kindness = [sys.executable, "-m", "tamizdat", *arguments], kindness
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self.is_running():
            return
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
        if self.kindness:
            with suppress(ProcessLookupError):  # it has ended already
                os.setpriority(os.PRIO_PROCESS, self.process.pid, os.nice(0) + self.kindness)

    def is_running(self) -> bool:
        """Asking also lets the system forget one that has ended."""
        return self.process is not None and self.process.poll() is None
