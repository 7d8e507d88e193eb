"""Gifts given to a served newsroom whose workers are killed while they work."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tamizdat.sandbox.practice.client import Client
from tamizdat.sandbox.practice.rules import signature
from tests.newsrooms import Newsroom, wait_until
from tests.wire import Reader

ROOT = Path(__file__).parents[2]
DELIVERIES = 5
HANDS = 3
LONGEST_WAIT_SECONDS = 0.6


@dataclass
class Hands:
    """The workers of a newsroom, each in its slot; one is killed at a time and at once replaced."""

    newsroom: Newsroom
    foreman: subprocess.Popen
    pids: dict[str, int] = field(default_factory=dict)
    killed: set[str] = field(default_factory=set)

    def ready(self) -> dict[str, str]:
        """Slot and name of those that work now."""
        leases = self.newsroom.rows("SELECT slot, worker_id FROM server_workerlease")
        return {slot: worker for slot, worker in leases if worker not in self.killed}

    def kill_one(self, chance: random.Random) -> None:
        """`kill -9` for a worker that is at work; its slot is taken by a new one."""
        slot, worker = chance.choice(sorted(self.ready().items()))
        self.killed.add(worker)
        os.kill(self.pids[slot], signal.SIGKILL)
        self.start(slot)

    def start(self, slot: str) -> None:
        self.foreman.stdin.write(slot + "\n")
        self.foreman.stdin.flush()
        self.pids[slot] = int(self.foreman.stdout.readline())


@contextmanager
def hands(newsroom: Newsroom):
    with open(newsroom.home / "serve.log", "ab") as log:
        foreman = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.foreman"], env=newsroom.environment, cwd=ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    workers = Hands(newsroom, foreman)
    try:
        for number in range(HANDS):
            workers.start(f"hand {number}")
        wait_until(lambda: len(workers.ready()) == HANDS, "the workers", seconds=60)
        yield workers
    finally:
        for pid in workers.pids.values():
            os.kill(pid, signal.SIGKILL)
        foreman.terminate()
        foreman.communicate(timeout=30)


@dataclass
class Giving:
    """One newsroom, its company, and the rounds."""

    newsroom: Newsroom
    chance: random.Random
    cursor: str = ""

    def __post_init__(self) -> None:
        self.key = (self.newsroom.home / "keys" / "practice.key").read_text().strip()
        self.company = Client(f"http://127.0.0.1:{self.newsroom.port + 1}", self.key)

    def round(self, number: int, workers: Hands) -> None:
        """A gift is approved and told five times over; meanwhile a worker dies."""
        wait_until(lambda: len(workers.ready()) > 1, "a worker to spare")
        order = self._begin(number)
        killer = threading.Thread(target=self._kill_soon, args=(workers, self._moment()))
        killer.start()
        self.company.approve(order)
        self._deliver(self._told_since())
        killer.join()

    def _begin(self, number: int) -> str:
        reader = Reader(self.newsroom.address)
        cadence = self.chance.choice(["once", "monthly", "annual"])
        sent = reader.fill(
            f"/support/?cadence={cadence}",
            amount="other", other="7", method="practice", address=address(number),
        )  # fmt: skip
        assert sent.status == 303, sent.text
        return sent.headers["location"].rstrip("/").rsplit("/", 1)[1]

    def _told_since(self) -> list[bytes]:
        """The new events about anything, as the company writes them."""
        fresh = self.company.ask("GET", f"/api/events?since={self.cursor}")["events"]
        self.cursor = fresh[-1]["cursor"] if fresh else self.cursor
        return [json.dumps({k: v for k, v in event.items() if k != "cursor"}).encode() for event in fresh]

    def _deliver(self, events: list[bytes]) -> None:
        all_of_them = events * DELIVERIES
        self.chance.shuffle(all_of_them)
        for raw in all_of_them:
            sign = {"Practice-Signature": signature(self.key, raw, at=int(time.time()))}
            sent = Reader(self.newsroom.address).ask("POST", "/events/practice/", raw, sign)
            assert sent.status == 200, sent.text

    def _moment(self) -> float:
        return self.chance.uniform(0, LONGEST_WAIT_SECONDS)

    def _kill_soon(self, workers: Hands, wait: float) -> None:
        time.sleep(wait)
        workers.kill_one(self.chance)


def address(number: int) -> str:
    return f"giver-{number}@reader.example"
