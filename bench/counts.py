"""Of the 50 ms promised for a counted showing, how many are taken, a thousand a second, beside page reading?

    python -m bench.counts --quick

`tamizdat serve` answers both at once. Counts come at a fixed rate on 32 lines, and a count's time begins when it was
due: none is forgiven for having waited behind another. Beside them wrk reads an article on 32 lines, as fast as it is
answered. Both stand on the same machine and take their share of its cores. At the end the newsroom is told to stop,
and what was answered is compared with what its database says.
"""

import asyncio
import math
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.measuring import Figures, alternately, idle, is_quick, publish
from bench.serve import load
from tamizdat.asks.rules.counting import EVENTS
from tamizdat.asks.rules.sources import SOURCES
from tests.newsrooms import Newsroom
from tests.serving import paper
from tests.serving.questions import HOST, Server

QUESTION = "Of the 50 ms promised for a counted showing, a thousand a second beside page reading, how many are taken?"
PROMISED_MS = 50
RATE, LINES = 1_000, 32  # counts a second, and on how many lines
SEED = 20261126
SAID = (
    "POST /counts/{}/{}/{} HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0\r\n\r\n"
)


@dataclass
class Pages:
    """What pages say to one port: the same asks and events in the same order for the same seed."""

    port: int
    chance: Random = field(default_factory=lambda: Random(SEED))
    answered: Counter[tuple[str, str]] = field(default_factory=Counter)
    counts: int = 0
    errors: int = 0

    async def count(self, seconds: int) -> Figures:
        """How long answers took, in milliseconds from when each count was due."""
        waits: list[float] = []
        start = time.perf_counter() + 0.1
        lines = (self._count_on(start + number / RATE, seconds * RATE // LINES, waits) for number in range(LINES))
        await asyncio.gather(*lines)
        took = time.perf_counter() - start
        self.counts += len(waits)
        waits.sort()
        shares = {"p50_ms": 0.5, "p99_ms": 0.99, "p999_ms": 0.999, "max_ms": 1.0}
        found = {name: round(waits[math.ceil(share * len(waits)) - 1], 2) for name, share in shares.items()}
        return {"counts_per_second": round(len(waits) / took, 1), **found}

    async def _count_on(self, first: float, times: int, waits: list[float]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for number in range(times):
            due = first + number * LINES / RATE
            source, event, n = (
                self.chance.choice(sorted(SOURCES)),
                self.chance.choice(EVENTS),
                self.chance.choice((1, 10)),
            )
            await asyncio.sleep(due - time.perf_counter())
            writer.write(SAID.format(source, event, n, HOST).encode())
            head = await reader.readuntil(b"\r\n\r\n")
            waits.append((time.perf_counter() - due) * 1000)
            if head.startswith(b"HTTP/1.1 204 "):
                self.answered[source, event] += n
            else:
                self.errors += 1
        writer.close()


def together(pages: Pages, server: Server, seconds: int) -> Figures:
    """Counting and reading at once."""

    async def both() -> tuple[Figures, Figures]:
        counted, read = await asyncio.gather(pages.count(seconds), asyncio.to_thread(load, server, seconds))
        return counted, read

    counted, read = asyncio.run(both())
    return {**counted, **{f"pages_{name}": figure for name, figure in read.items()}}


def kept(gazette: Newsroom) -> tuple[Counter[tuple[str, str]], int]:
    """The sums in the database, and in how many rows."""
    rows = gazette.rows("SELECT source, event, n FROM asks_tally")
    sums: Counter[tuple[str, str]] = Counter()
    for source, event, n in rows:
        sums[source, event] += n
    return sums, len(rows)


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("This needs: apt install wrk")
    rounds, seconds = (1, 6) if is_quick(QUESTION) else (3, 60)
    with tempfile.TemporaryDirectory() as name:
        with paper.served(Path(name)) as gazette:
            server, pages = Server("tamizdat", gazette.port), Pages(gazette.port)
            was_idle = idle()
            found = alternately({
                "counts alone": lambda: asyncio.run(pages.count(seconds)),
                "counts beside reading": lambda: together(pages, server, seconds),
                "pages alone": lambda: load(server, seconds),
            }, rounds)  # fmt: skip
        sums, rows = kept(gazette)
    lost = pages.answered - sums
    p99 = found["counts beside reading"]["p99_ms"]
    publish("counts", {
        "question": QUESTION,
        "product": p99,
        "peer": PROMISED_MS,
        "ratio": round(p99 / PROMISED_MS, 3),
        "better": "lower",
        "detail": {
            **found,
            "counts": pages.counts,
            "errors": pages.errors,
            "answered": pages.answered.total(),
            "lost": lost.total(),
            "kept_without_an_answer": (sums - pages.answered).total(),
            "rows": rows,
            "rounds": rounds,
            "seconds": seconds,
            "seed": SEED,
            "idle_before": was_idle,
        },
    })  # fmt: skip


if __name__ == "__main__":
    main()
