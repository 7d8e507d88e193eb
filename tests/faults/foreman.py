"""A process with everything loaded that forks a worker for each slot it reads: dying is quick, so is living.

Its workers' clocks may be ahead of everybody's, and a moment passes before each of their statements, so that a
kill falls between any two of them, however short the way from one to the next is on a fast machine.
"""

import os
import signal
import sys
import time
from datetime import timedelta

import django
from django.db.backends.signals import connection_created
from django.utils import timezone

from tamizdat.server import orphans

MOMENT_SECONDS = 0.005


def main() -> None:
    set_clock(timedelta(seconds=float(sys.argv[1])))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tamizdat.settings"
    django.setup()
    connection_created.connect(slow_down)
    pids: dict[str, int] = {}
    for line in sys.stdin:
        pids[line] = os.fork() or work(line.strip())
        print(pids[line], flush=True)
    for pid in pids.values():
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)


def set_clock(ahead: timedelta) -> None:
    """Before any model takes `timezone.now` for a default."""
    now = timezone.now
    timezone.now = lambda: now() + ahead


def slow_down(*, connection, **_) -> None:
    # The wrappers outlive their connection.
    connection.execute_wrappers[:] = [_after_a_moment]


def _after_a_moment(execute, *statement):
    time.sleep(MOMENT_SECONDS)
    return execute(*statement)


def work(slot: str) -> int:
    from django.conf import settings

    from tamizdat.server import jobs

    orphans.die_with(os.getppid())
    try:
        jobs.work(slot=slot, data=settings.DATA)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
