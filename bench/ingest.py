"""How many signed events a second does the newsroom take in over HTTP, beside its database's own durable commits?

    python -m bench.ingest --quick

Events are signed as Stripe signs them, shuffled, and 30 in 100 are told twice; eight lines tell them as fast as they
are answered, to `tamizdat serve` without a worker, so that what is measured is taking in and not working. The peer is
the same database on the same machine, committing one indexed row at a time. Then events come at a fixed rate of 200 a
second, and an answer's time begins when its event was due. At the end the database is compared with what was answered.
"""

import asyncio
import json
import math
import random
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import psycopg

from bench.measuring import Figures, idle, is_quick, publish
from tamizdat.sandbox.company.signing import signature
from tests.newsrooms import DATABASES, Newsroom, founded, has_postgresql
from tests.sides.stripe import SECRET, account
from tests.sides.stripe_process import keys, switch_on

QUESTION = "How many of its database's own durable commits a second does the newsroom reach in taking in events?"
GOAL = 0.1
LINES, RATE, SEED = 8, 200, 20261127
TWICE = 0.3
HEAD = (
    "POST /events/stripe/ HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n"
    "Stripe-Signature: {}\r\nContent-Length: {}\r\n\r\n"
)
TABLE = "CREATE TABLE bare (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)"


def told(count: int) -> list[bytes]:
    """So many tellings, of which 30 in 100 are of an event that is told elsewhere too; shuffled."""
    dice = random.Random(SEED)
    once = round(count * (1 - TWICE))
    events = [
        json.dumps({
            "id": f"evt_{number}_{secrets.token_hex(6)}", "type": "checkout.session.completed", "livemode": False,
            "data": {"object": {"id": f"cs_test_{number}", "object": "checkout.session"}},
        }).encode()
        for number in range(once)
    ]  # fmt: skip
    events += dice.choices(events, k=count - once)
    dice.shuffle(events)
    return events


class Company:
    """What tells one newsroom, on eight lines."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.port = newsroom.port
        self.answered: set[bytes] = set()
        self.refused = 0

    def fast(self, events: Sequence[bytes]) -> Figures:
        """All of them as fast as they are answered."""
        begun = time.perf_counter()
        asyncio.run(self._all(events, due=None))
        return {"events_per_second": round(len(events) / (time.perf_counter() - begun), 1)}

    def steadily(self, events: Sequence[bytes]) -> Figures:
        """Two hundred a second; how long answers took from when each was due."""
        waits: list[float] = []
        asyncio.run(self._all(events, due=time.perf_counter() + 0.2, waits=waits))
        waits.sort()
        shares = {"p50_ms": 0.5, "p99_ms": 0.99, "max_ms": 1.0}
        return {name: round(waits[math.ceil(share * len(waits)) - 1], 2) for name, share in shares.items()}

    async def _all(self, events: Sequence[bytes], *, due: float | None, waits: list[float] | None = None) -> None:
        await asyncio.gather(*(self._line(events[line::LINES], line, due=due, waits=waits) for line in range(LINES)))

    async def _line(self, events: Sequence[bytes], line: int, *, due: float | None, waits: list[float] | None) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for number, raw in enumerate(events):
            at = time.perf_counter() if due is None else due + (number * LINES + line) / RATE
            await asyncio.sleep(max(at - time.perf_counter(), 0))
            sign = signature(SECRET, raw, at=int(time.time()))
            writer.write(HEAD.format(f"127.0.0.1:{self.port}", sign, len(raw)).encode() + raw)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            if waits is not None:
                waits.append((time.perf_counter() - at) * 1000)
            if head.startswith(b"HTTP/1.1 200"):
                self.answered.add(raw)
            else:
                self.refused += 1
        writer.close()


def bare(newsroom: Newsroom, folder: Path, seconds: float) -> float:
    """Durable commits a second of one indexed row, by one connection."""
    if newsroom.database_url:
        with psycopg.connect(newsroom.database_url, autocommit=True) as line:
            line.execute(TABLE)
            made = _commits(
                lambda n: line.execute("INSERT INTO bare VALUES (%s, %s)", (n, secrets.token_hex(8))), seconds
            )
            line.execute("DROP TABLE bare")
            return made
    with closing(sqlite3.connect(folder / f"{secrets.token_hex(4)}.sqlite3", isolation_level=None)) as file:
        file.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {TABLE};")
        return _commits(lambda n: file.execute("INSERT INTO bare VALUES (?, ?)", (n, secrets.token_hex(8))), seconds)


def _commits(insert: Callable[[int], object], seconds: float) -> float:
    done, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        insert(done)
        done += 1
    return done / (time.perf_counter() - begun)


def measured(database: str, count: int, steady: int) -> dict[str, float | int]:
    with tempfile.TemporaryDirectory() as name, founded(Path(name), database) as newsroom:
        switch_on(newsroom)
        keys(newsroom, account("http://127.0.0.1:9"))
        with newsroom.serving("--no-work", opens="/support/"):
            company = Company(newsroom)
            before = bare(newsroom, Path(name), 3)
            fast = company.fast(told(count))
            after = bare(newsroom, Path(name), 3)
            slow = company.steadily(told(steady))
        ((rows,),) = newsroom.rows("SELECT count(*) FROM support_event")
    commits = (before + after) / 2
    return {
        **fast,
        "commits_per_second": round(commits, 1),
        "ratio": round(fast["events_per_second"] / commits, 3),
        **slow,
        "events": count + steady,
        "refused": company.refused,
        "lost": len(company.answered) - rows,
    }


def main() -> None:
    is_short = is_quick(QUESTION)
    count, steady = (3_000, 1_000) if is_short else (100_000, 6_000)
    was_idle = idle()
    found = {name: measured(name, count, steady) for name in DATABASES if name == "sqlite" or has_postgresql()}
    publish("ingest", {
        "question": QUESTION,
        "product": found["sqlite"]["events_per_second"],
        "peer": found["sqlite"]["commits_per_second"],
        "ratio": found["sqlite"]["ratio"],
        "better": "higher",
        "detail": {**found, "goal": GOAL, "twice": TWICE, "lines": LINES, "seed": SEED, "idle_before": was_idle},
    })  # fmt: skip


if __name__ == "__main__":
    main()
