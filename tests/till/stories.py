"""The till against a company of this process: what goes wrong between them, and whether both agree in the end."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tamizdat.ledger import queries as ledger
from tamizdat.money import Money
from tamizdat.support import actions, renewing
from tamizdat.support import queries as support
from tamizdat.support.models import Attempt, Errand, RefundRequest
from tamizdat.support.rules.contract import Cadence, TryLater
from tamizdat.support.rules.standing import Standing
from tamizdat.support.truth import settling
from tests.sides.side import Told
from tests.soak import SEED

ORDERS = ("as told", "twice", "backwards", "never")
CRASHES = ("crash before commit", "crash after commit")
KINDS: tuple[type[Errand], ...] = (*settling.EVENTS, *settling.REQUESTS)


class Crash(BaseException):
    """The process dies here: nothing that follows is done."""


@contextmanager
def a_story() -> Iterator[None]:
    """What happens within is forgotten afterwards, so that the next story begins with empty books."""
    story = transaction.atomic()
    story._from_testcase = True  # as in Django's own: what must be durable is not refused within it
    with story:
        yield
        transaction.set_rollback(True)


@dataclass
class Till:
    side: Any
    dice: random.Random
    gifts: list[UUID] = field(default_factory=list)
    days: int = 0  # how far our clock has gone; errands wait by it

    @property
    def now(self) -> Any:
        return timezone.now() + timedelta(days=self.days)

    # What readers and the newsroom do

    def give(self, cadence: Cadence, *, currency: str = "USD", minor: int = 2000) -> str:
        """A reader fills in the form, and again while it says so; the company's name for the gift, or ""."""
        form = uuid4()
        for _ in range(3):
            try:
                begun = self._survived(
                    lambda form=form: actions.begin(
                        amount=Money(minor, currency), cadence=cadence, provider=self.side.code, source="",
                        language="en", form=form,
                    )
                )  # fmt: skip
            except TryLater:
                continue
            except actions.GiveUp:
                form = uuid4()  # the page is drawn anew
                continue
            if begun:
                self.gifts.append(begun.contribution)
                return begun.next.ref
        return ""

    def refund(self, minor: int | None) -> None:
        """A treasurer gives back the newest payment, or a part of it."""
        paid = [payment for id in self.gifts for payment in support.gift(id).payments if payment.left]
        if not paid:
            return
        amount = None if minor is None else Money(min(minor, paid[-1].left.minor), paid[-1].gross.currency)
        self._survived(
            lambda: actions.refund(payment=paid[-1].id, by="t", reason="r", key=str(uuid4()), amount=amount),
            unless=(actions.TooMuch,),
        )

    def stop(self) -> None:
        """A supporter stops the newest gift."""
        if self.gifts:
            stop = dict(contribution=self.gifts[-1], by="supporter", reason="")
            self._survived(lambda: actions.stop(**stop), unless=(actions.NothingToStop,))

    def change(self, do: Any) -> None:
        """A supporter changes the newest gift, if it goes on."""
        if self.gifts:
            self._survived(lambda: do(contribution=self.gifts[-1], by="supporter"), unless=(actions.NotAccepted,))

    def renew(self) -> None:
        """The giver of the newest gift comes for its next payment, due or not."""
        if self.gifts and self.side.asks_each_time and support.gift(self.gifts[-1]).standing is Standing.RUNNING:
            trouble = (actions.TryLater, actions.GiveUp)
            self._survived(lambda: renewing.open_payment(self.gifts[-1]), unless=trouble)

    def pause(self, days: int) -> None:
        self.change(partial(actions.pause, days=days))

    def set_amount(self, minor: int) -> None:
        self.change(partial(actions.change_amount, amount=Money(minor, support.gift(self.gifts[-1]).amount.currency)))

    # What is told

    def hear(self, order: str, *, lost: float = 0.0) -> None:
        """The company's news, in that order; some of it lost on the way."""
        told = [event for event in self.side.news() if self.dice.random() >= lost]
        if order == "never":
            return
        if order == "twice":
            told = told * 2
            self.dice.shuffle(told)
        if order == "backwards":
            told = told[::-1]
        self.bring(told) if self.side.is_brought else self.receive(told)
        self.work()

    def receive(self, told: list[Told]) -> None:
        for headers, raw in told:
            actions.receive_event(provider=self.side.code, headers=headers, raw=raw)

    def bring(self, told: list[Told]) -> None:
        """A person exports statements and brings them."""
        for _, raw in told:
            self._survived(
                lambda raw=raw: actions.take_statement(provider=self.side.code, raw=raw, by="t"),
                unless=(actions.BadStatement,),
            )

    def attend(self) -> None:
        """The treasurer looks at the desk: says whose transfers are, and carries out what is to be given back."""
        for one in support.unclear():
            self.side.placed(one)
        for one in self.desk():
            if not actions.carried_out(ref=one.ref, by="t"):
                continue
            self.side.carry_out(one.ref, one.amount, text=self.dice.choice(["", "", "money back"]))

    def work(self) -> None:
        """One round of the worker."""
        self._survived(lambda: actions.process_due_events(self.now))
        self._survived(lambda: actions.finish_due(self.now))

    def hear_again(self) -> None:
        """The hourly look at the company's own list."""
        self._survived(lambda: actions.hear_again(self.now))
        self.work()

    def desk(self) -> list[support.ToTransfer]:
        """What waits to be transferred back."""
        return support.to_transfer()

    def booked(self) -> int:
        """How much the books hold there, in dollars."""
        return ledger.balance(f"assets:{self.side.code}", "USD").minor

    def crash(self, kind: str) -> Any:
        """Within it, the next thing put on record kills the process, before or after it is committed."""
        real, left = settling.record, [1]

        def record(*said: Any, **more: Any) -> None:
            if left and kind == "crash before commit":
                left.clear()
                raise Crash
            real(*said, **more)
            if left:
                left.clear()
                raise Crash

        return mock.patch.object(settling, "record", record)

    def _survived(self, do: Any, unless: tuple[type[Exception], ...] = ()) -> Any:
        """The next process goes on after one that died."""
        try:
            return do()
        except (Crash, *unless):
            return None

    # How it ends

    def settle(self) -> None:
        """The network is well again and weeks pass; a person replays what was given up."""
        self.side.calm()
        self.side.rest()
        if self.side.is_brought:
            for _ in range(2):  # what is carried out stands in the statement after it
                self.bring(self.side.all_news())
                self.work()
                self.attend()
                self.days += 1
        for _ in range(8):
            self.days += 1
            self.hear_again()
        for trouble in support.damaged():
            actions.replay(trouble.errand)
        self.side.rest()  # what was replayed is told there in its own time
        self.days += 1
        self.hear_again()
        if self.side.statement_tells:
            actions.reconcile(self.now)
        self._look_again()

    def _look_again(self) -> None:
        """What the weekly look finds without any event."""
        Attempt.objects.filter(contribution__reference__isnull=False).update(due_at=self.now, leased_until=None)
        self.work()

    def agrees(self, story: str) -> None:
        """Our books hold what is ours at the company; no promise was charged twice for one period; nothing is owed."""
        held = self.side.balance()
        for currency in {"USD", *held}:
            booked = ledger.balance(f"assets:{self.side.code}", currency).minor
            there = held.get(currency, 0)
            assert booked == there, f"{story}: {booked} {currency} is booked, {there} is there"
        twice = [period for period, times in Counter(self.side.periods()).items() if times > 1]
        assert not twice, f"{story}: charged twice: {twice}"
        asked = {str(one.pk): one.amount_minor for one in RefundRequest.objects.exclude(provider_id="")}
        for key, minor in self.side.asked_back():
            assert key in asked, f"{story}: {minor} went back that nobody asked for, or twice"
            assert asked.pop(key) in (None, minor), f"{story}: {minor} went back, and another amount was asked for"
        for gift in map(support.gift, self.gifts):
            there = self.side.terms().get(str(gift.id))
            if there and gift.standing in (Standing.RUNNING, Standing.PAUSED):
                until = gift.paused_until and int(gift.paused_until.timestamp())
                assert (gift.amount.minor, until, gift.wished) == (*there, ()), f"{story}: changed here or there alone"
        assert (ledger.self_checks(), support.damaged()) == ([], []), story


def goes_wrong(story: Any, opened: Any, open_till: Any) -> bool:
    """Whether a story told at a company of its own turns red."""
    with opened() as side, a_story():
        try:
            story(Till(open_till(side), random.Random(SEED)))
        except (Exception, pytest.fail.Exception):
            return True
    return False
