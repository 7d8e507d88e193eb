"""One process under the supervisor: started, watched, started again, ended."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial

from tamizdat.server import orphans

FIRST_DELAY_SECONDS = 0.2
LONGEST_DELAY_SECONDS = 30.0
# Who lived this long was well; the next death starts from the shortest delay again.
WELL_SECONDS = 30.0


class Child:
    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.command = name, command
        self.process: subprocess.Popen[bytes] | None = None
        self.born, self.due, self.delay = 0.0, 0.0, FIRST_DELAY_SECONDS

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def keep_alive(self, now: float) -> None:
        """Start it when it is due; when it has just died, say so and set the time."""
        if self.is_alive():
            return
        if self.process is not None:
            self._plan(now, self.process)
        if now >= self.due:
            self._start(now)

    def wait(self, now: float) -> float:
        """Seconds until this child needs another look of its own accord."""
        return float("inf") if self.process is not None else self.due - now

    def terminate(self) -> None:
        if self.process is not None and self.is_alive():
            self.process.terminate()

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _plan(self, now: float, process: subprocess.Popen[bytes]) -> None:
        lived = now - self.born
        self.delay = FIRST_DELAY_SECONDS if lived > WELL_SECONDS else min(self.delay * 2, LONGEST_DELAY_SECONDS)
        self.due, self.process = now + self.delay, None
        print(  # noqa: T201  loud, and to the log
            f"tamizdat serve: the {self.name} process {process.pid} ended with {process.returncode} "
            f"after {lived:.0f} s; it starts again in {self.delay:.1f} s",
            file=sys.stderr,
            flush=True,
        )

    def _start(self, now: float) -> None:
        # Its own process group: Ctrl-C reaches us alone, and we end the children in order.
        self.process = subprocess.Popen(  # noqa: S603  our own commands
            self.command,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=partial(orphans.die_with, os.getpid()),
        )
        self.born = now
