"""Gifts whose events come five times over, in any order."""

import json
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tamizdat.sandbox.company.signing import signature
from tamizdat.sandbox.practice.client import Client
from tests.faults.killing import Aim, Hands
from tests.newsrooms import Newsroom
from tests.wire import Reader

DELIVERIES = 5


@dataclass
class Giving:
    """One newsroom and its company, which tells everything once by itself besides."""

    newsroom: Newsroom
    seed: str
    cursor: str = ""
    delivered: Counter[bytes] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.key = (self.newsroom.home / "keys" / "practice.key").read_text().strip()
        self.company = Client(f"http://127.0.0.1:{self.newsroom.port + 1}", self.key)

    def round(self, number: int, workers: Hands, *, kills: bool) -> None:
        """A gift is approved and told five times over; meanwhile a worker dies, if one is to."""
        chance = random.Random(f"{self.seed} {number}")
        aim, order = Aim.drawn(chance), self._begin(number, chance)
        killer = threading.Thread(target=workers.kill_one if kills else bool, args=(aim,))
        killer.start()
        self.company.approve(order)
        self._deliver(self._fresh_events() * DELIVERIES, chance)
        killer.join()

    def _begin(self, number: int, chance: random.Random) -> str:
        """The company's name for a new gift; every reader comes from another corner of the network."""
        sent = Reader(self.newsroom.address, f"127.{1 + number // 250}.{number % 250}.1").fill(
            f"/support/?cadence={chance.choice(['once', 'monthly', 'annual'])}",
            amount="other", other="7", method="practice", address=address(number),
        )  # fmt: skip
        assert sent.status == 303, sent.text
        return sent.headers["location"].rstrip("/").rsplit("/", 1)[1]

    def _fresh_events(self) -> list[bytes]:
        """As the company writes them."""
        fresh = self.company.ask("GET", f"/api/events?since={self.cursor}")["events"]
        self.cursor = fresh[-1]["cursor"]
        return [json.dumps({k: v for k, v in event.items() if k != "cursor"}).encode() for event in fresh]

    def _deliver(self, events: list[bytes], chance: random.Random) -> None:
        """In random order, by five postmen at once."""
        chance.shuffle(events)
        with ThreadPoolExecutor(DELIVERIES) as postmen:
            self.delivered.update(postmen.map(self._post, events))

    def _post(self, raw: bytes) -> str:
        sign = {"Practice-Signature": signature(self.key, raw, at=int(time.time()))}
        sent = Reader(self.newsroom.address).ask("POST", "/events/practice/", raw, sign)
        assert sent.status == 200, sent.text
        return json.loads(raw)["id"]


def address(number: int) -> str:
    return f"giver-{number}@reader.example"
