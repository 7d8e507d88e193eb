"""What a page may count, what is not counted, and what an export says. Showings, not people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

EVENTS = ("seen", "click", "close", "later")
LONGEST_SOURCE = 60  # characters
_COUNT = re.compile(rf"/counts/([a-z0-9-]+/[a-z0-9.-]+)/({'|'.join(EVENTS)})/(10?)")
# Public and simple on purpose. Whoever wants to pass for a browser can: these are sums, not evidence.
BOTS = (
    *("bot", "crawl", "spider", "slurp", "headless", "phantom", "preview", "lighthouse", "archiver", "externalhit"),
    *("curl", "wget", "libwww", "http-client", "httpclient", "python", "scrapy", "axios", "java/"),
)
# A maker of telephones whose name ends like one.
_NO_BOT = "cubot"
SMALL = 10
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Counted:
    """What is added up: one event of one source on one UTC day."""

    day: date
    source: str
    event: str


def counted(path: str, *, day: date) -> tuple[Counted, int] | None:
    """What `/counts/<placement>/<name>/<event>/<times>` says, and how often it happened; None for any other path."""
    found = _COUNT.fullmatch(path)
    if not found or len(found[1]) > LONGEST_SOURCE:
        return None
    return Counted(day, found[1], found[2]), int(found[3])


def is_bot(user_agent: str) -> bool:
    """Whether this is no reader's browser, by its own words or by saying nothing."""
    said = user_agent.lower().replace(_NO_BOT, "")
    return not said or any(word in said for word in BOTS)


def told(n: int) -> int | None:
    """A sum as an export says it: to the nearest ten, halves up; None, withheld, below ten."""
    return None if n < SMALL else (n + 5) // 10 * 10


def sheet(tallies: Mapping[Counted, int]) -> Iterator[tuple[str, str, str, int | None]]:
    """Rows of day, source, event and n as told; last a total of all days for each source and event.

    A total is rounded once, from the exact sum, small cells included.
    """
    totals: Counter[tuple[str, str]] = Counter()
    for one, n in tallies.items():
        totals[one.source, one.event] += n
        yield one.day.isoformat(), one.source, one.event, told(n)
    for (source, event), n in sorted(totals.items()):
        yield TOTAL, source, event, told(n)
