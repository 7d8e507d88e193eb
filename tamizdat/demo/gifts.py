"""Half a year of supporters, who come in by the front door: the company's pages and its signed events."""

from __future__ import annotations

import time as clock
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tamizdat.demo.reading import CONTENT
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom
from tamizdat.sandbox.practice.client import Client
from tamizdat.support import actions as support
from tamizdat.support import queries as gifts
from tamizdat.support.rules.contract import Cadence, Redirect

# A month has no more days than its shortest, so that a gift's day exists in every month.
LONGEST = timedelta(days=27, hours=12)
PATIENCE_SECONDS = 90.0
LOOK_SECONDS = 0.2


class Unsettled(Exception):
    """The paper has not put on record in time what the company has charged."""


@dataclass(frozen=True, kw_only=True)
class Supporter:
    """One line of gifts.toml."""

    cadence: str
    dollars: int
    months_ago: int
    share: float
    source: str
    language: str
    stops_after: int = 0
    refunded: bool = False
    letter: bool = False


@dataclass(frozen=True)
class Step:
    """What happens at a moment of the company's time."""

    at: datetime
    do: Callable[[], None]


def read(folder: Path = CONTENT) -> list[Supporter]:
    with (folder / "gifts.toml").open("rb") as file:
        return [Supporter(**gift) for gift in tomllib.load(file)["gifts"]]


def beginning(now: datetime) -> datetime:
    """Where the company's clock has to stand before the first of them gives."""
    return _month_start(now, max(gift.months_ago for gift in read()))


def give(*, now: datetime) -> int:
    """Let all of them give, renew, stop and be refunded, up to now; how many payments that made.

    The paper must be running: every payment reaches it as a signed event. Raises Unsettled.
    """
    company = Client(f"http://127.0.0.1:{settings.NEWSROOM.server.port + 1}", _key())
    wait_until(lambda: _answers(company))
    story = Story(company)
    for step in sorted(story.steps(read(), now), key=lambda step: step.at):
        _advance(company, step.at)
        step.do()
    _advance(company, timezone.now())
    return story.settled()


def _key() -> str:
    return (settings.KEYS / "practice.key").read_text("ascii").strip()


def _answers(company: Client) -> bool:
    try:
        return bool(company.now())
    except OSError:
        return False


class Story:
    def __init__(self, company: Client) -> None:
        self.company = company
        self.begun: dict[Supporter, tuple[UUID, str]] = {}

    def steps(self, supporters: list[Supporter], now: datetime) -> Iterator[Step]:
        for number, gift in enumerate(supporters):
            first = moment(gift.months_ago, gift.share, now)
            yield Step(first, partial(self._begin, gift, number))
            if gift.stops_after:
                last = moment(gift.months_ago - gift.stops_after + 1, gift.share, now)
                yield Step(last + timedelta(hours=1), partial(self._stop, gift))
            if gift.refunded:
                yield Step(first + (now - first) / 8, partial(self._refund, gift))

    def _begin(self, gift: Supporter, number: int) -> None:
        """As a reader does: the form, then the company's page, then Approve."""
        begun = support.begin(
            amount=Money(gift.dollars * 100, newsroom.configuration().giving.currency),
            cadence=Cadence(gift.cadence),
            provider="practice",
            source=gift.source,
            language=gift.language,
            address=f"supporter-{number + 1}@readers.example" if gift.letter else "",
        )
        assert isinstance(begun.next, Redirect)  # noqa: S101  the practice company always redirects
        self.company.approve(begun.next.ref)
        self.begun[gift] = (begun.contribution, begun.next.ref)

    def _stop(self, gift: Supporter) -> None:
        support.stop(contribution=self.begun[gift][0], by="supporter", reason="private page")

    def _refund(self, gift: Supporter) -> None:
        wait_until(lambda: bool(self._payments(gift)))
        payment = self._payments(gift)[0]
        key = f"demo:{payment.number}"
        support.refund(payment=payment.id, by="treasurer", reason="given twice by mistake", key=key)

    def settled(self) -> int:
        """Wait until the paper knows what the company knows, and its own queue is done."""
        wait_until(lambda: not self.company.waiting())
        wait_until(lambda: not DBTaskResult.objects.ready().exists())
        wait_until(lambda: all(self._is_known(gift) for gift in self.begun))
        return sum(len(self._payments(gift)) for gift in self.begun)

    def _is_known(self, gift: Supporter) -> bool:
        order, payments = self.company.order(self.begun[gift][1]), self._payments(gift)
        known = {payment.ref for payment in payments}
        back = sum(payment.refunded.minor for payment in payments)
        return known == {charge["id"] for charge in order["charges"]} and back == sum(
            refund["amount_minor"] for refund in order["refunds"]
        )

    def _payments(self, gift: Supporter) -> tuple[gifts.Paid, ...]:
        found = gifts.gift(self.begun[gift][0])
        return found.payments if found else ()


def moment(months_ago: int, share: float, now: datetime) -> datetime:
    """The same point of each month: that share of what has passed of this one."""
    passed = min(now - _month_start(now, 0), LONGEST)
    return _month_start(now, months_ago) + share * passed


def _month_start(now: datetime, months_ago: int) -> datetime:
    zone = ZoneInfo(newsroom.configuration().paper.time_zone)
    month = Month.of(now.astimezone(zone).date()) - months_ago
    return datetime.combine(month.first_day, time(), zone)


def _advance(company: Client, to: datetime) -> None:
    """The company's clock runs by itself too, and never back."""
    if to > company.now() + timedelta(seconds=1):
        company.advance(to)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = clock.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if clock.monotonic() > deadline:
            raise Unsettled("The paper has not recorded every gift in time; start `tamizdat demo` again.")
        clock.sleep(LOOK_SECONDS)
