"""Workers that are killed while they work."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.newsrooms import Newsroom, wait_until

ROOT = Path(__file__).parents[2]
HANDS = 3
EVENT, LETTER, ANYTHING = "tamizdat.support.tasks.process_events", "tamizdat.letters.tasks.deliver", ""
HELD_IN = {EVENT: "support_event", LETTER: "letters_letter"}
LOOKING_SECONDS = 5
SOON_SECONDS = 0.5
# About as long as such a task is in a slow worker's hands once we have seen it there.
LONGEST_WAIT_SECONDS = {EVENT: 0.25, LETTER: 0.08, ANYTHING: 0.25}


@dataclass(frozen=True)
class Aim:
    """The random point: what the victim is doing, and how long it has been seen to do so."""

    doing: str
    wait_seconds: float

    @classmethod
    def drawn(cls, chance: random.Random) -> "Aim":
        doing = chance.choice([EVENT, LETTER, ANYTHING])
        return cls(doing, chance.uniform(0, LONGEST_WAIT_SECONDS[doing]))


@dataclass(frozen=True)
class Kill:
    """What a dead worker left: its task, and whether that task left an event or a letter under its lease."""

    task: str = "idle"
    is_leased: bool = False


@dataclass
class Hands:
    """The workers of a newsroom, each in its slot; one is killed at a time and at once replaced."""

    newsroom: Newsroom
    foreman: subprocess.Popen
    pids: dict[str, int] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)
    kills: list[Kill] = field(default_factory=list)

    def ready(self) -> dict[str, str]:
        """Name and slot of those that live."""
        leases = self.newsroom.rows("SELECT worker_id, slot FROM server_workerlease")
        return {worker: slot for worker, slot in leases if worker not in self.dead}

    def kill_one(self, aim: Aim) -> None:
        """`kill -9` for a worker that is at it; its slot is taken by a new one."""
        worker, slot = self._found(aim.doing)
        time.sleep(aim.wait_seconds)
        os.kill(self.pids[slot], signal.SIGKILL)
        self.dead.add(worker)
        self.kills.append(self._left_by(worker))
        self.start(slot)

    def start(self, slot: str) -> None:
        self.foreman.stdin.write(slot + "\n")
        self.foreman.stdin.flush()
        self.pids[slot] = int(self.foreman.stdout.readline())

    def _found(self, doing: str) -> tuple[str, str]:
        """The first seen at it; whoever is there, when nobody is."""
        end = time.monotonic() + LOOKING_SECONDS
        while time.monotonic() < end:
            alive = self.ready()
            for path, worker in self._running():
                if doing in path and worker in alive:
                    return worker, alive[worker]
        return min(alive.items())

    def _running(self) -> list[tuple[str, str]]:
        """Each running task's path, and who has it."""
        running = self.newsroom.rows(
            "SELECT task_path, CAST(worker_ids AS text)"
            " FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'"
        )
        return [(path, json.loads(workers)[-1]) for path, workers in running]

    def _left_by(self, dead: str) -> Kill:
        for path, worker in self._running():
            if worker == dead:
                return Kill(path, path in HELD_IN and self._are_leased(HELD_IN[path]))
        return Kill()

    def _are_leased(self, table: str) -> bool:
        """Whether something stays leased; what the living have in hand they let go of meanwhile."""
        leased = f"SELECT id, leased_until FROM {table} WHERE leased_until IS NOT NULL"
        before = set(self.newsroom.rows(leased))
        time.sleep(SOON_SECONDS if before else 0)
        return bool(before & set(self.newsroom.rows(leased)))


@contextmanager
def hands(newsroom: Newsroom, *, ahead: timedelta = timedelta()) -> Iterator[Hands]:
    """Workers whose clocks are ahead by so much; at the end they are told to stop, and do."""
    with open(newsroom.home / "serve.log", "ab") as log:
        foreman = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.foreman", str(ahead.total_seconds())],
            env=newsroom.environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    workers = Hands(newsroom, foreman)
    try:
        for number in range(HANDS):
            workers.start(f"hand {number}")
        wait_until(lambda: len(workers.ready()) == HANDS, "the workers", seconds=60)
        yield workers
    finally:
        foreman.communicate(timeout=60)
