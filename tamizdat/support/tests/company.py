"""A payment company in memory: the outer edge, where tests stop."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.utils import timezone

from tamizdat.money import Money
from tamizdat.support.rules.contract import (
    BadSignature,
    Cadence,
    Capabilities,
    Change,
    Charge,
    Disputed,
    Failed,
    GiveUp,
    Instructions,
    Intent,
    Notice,
    Redirect,
    Refunded,
    Snapshot,
    StatementLine,
    Urls,
)

SIGNED = {"Company-Signature": "good"}


@dataclass
class Order:
    intent: Intent
    urls: Urls
    snapshot: Snapshot


@dataclass
class Company:
    """What it knows, what it was asked, and what goes wrong next (`trouble`, by method). Its account holds dollars: of
    other currencies each is so many of them, where it has a `rate`."""

    current: ClassVar[Company]
    is_pretend: bool = True
    tells: bool = False
    asks: bool = False
    rate: str = ""
    orders: dict[str, Order] = field(default_factory=dict)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    trouble: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    before: dict[str, Callable[[Any], None]] = field(default_factory=dict)
    lines: list[StatementLine] = field(default_factory=list)
    page: int = 100
    payouts: dict[str, Money] = field(default_factory=dict)
    refunded: dict[str, str] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def from_settings(cls) -> Company:
        return cls.current

    def capabilities(self) -> Capabilities:
        can = Capabilities("practice", "Card", frozenset(Cadence), None, self.is_pretend, frozenset(Change))
        return replace(can, changes=frozenset(), asks_each_time=True) if self.asks else can

    def check(self, events_url: str) -> list[str]:
        return []

    def forget(self, ref: str, key: str) -> None:
        self.end(ref)
        self._asked("forget", ref, key)

    def events_since(self, cursor: str) -> tuple[list[Notice], str]:
        return [], cursor

    def start(self, intent: Intent, urls: Urls) -> Redirect | Instructions:
        ref = f"order-{intent.attempt_key}"
        if self.asks and (
            again := [one for one in self.orders.values() if one.intent.contribution == intent.contribution]
        ):
            self._asked("start", intent.attempt_key)
            return Redirect(f"https://company.example/{ref}", again[0].snapshot.ref)
        known = self.orders.get(ref)
        if known and (known.intent, known.urls) != (intent, urls):
            raise GiveUp("the same key with another question")
        if not known:
            snapshot = Snapshot(ref, intent.contribution, "pending", (), (), None)
            self.orders[ref] = Order(intent, urls, snapshot)
        self._asked("start", intent.attempt_key)
        if self.tells:
            return Instructions(ref, (("Reference", ref),), f"code of {ref}")
        return Redirect(f"https://company.example/{ref}", ref)

    def verify(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> list[Notice]:
        if headers.get("Company-Signature") != "good":
            raise BadSignature("not ours")
        return [Notice(**notice) for notice in json.loads(raw)]

    def fetch(self, ref: str) -> Snapshot:
        self._asked("fetch", ref)
        if ref not in self.orders:
            raise GiveUp("no such order")
        return self.orders[ref].snapshot

    def refund(self, charge_id: str, amount: Money | None, key: str) -> str:
        order = next(o for o in self.orders.values() if charge_id in {c.id for c in o.snapshot.charges})
        if key not in self.refunded:
            self.refunded[key] = self.give_back(order.snapshot.ref, charge_id, minor=amount and amount.minor).id
        self._asked("refund", charge_id, key)
        return self.refunded[key]

    def cancel(self, ref: str, key: str) -> None:
        self.end(ref)
        self._asked("cancel", ref, key)

    def set_amount(self, ref: str, amount: Money, key: str) -> None:
        self._now(ref, amount=amount)
        self._asked("set_amount", ref, key)

    def pause(self, ref: str, until: datetime | None, key: str) -> None:
        self._now(ref, paused_until=until)
        self._asked("pause", ref, key)

    def method_url(self, ref: str, back: str) -> str:
        self._asked("method_url", ref, back)
        return f"https://company.example/{ref}/card"

    def lines_since(self, cursor: str) -> tuple[list[StatementLine], str]:
        page = self.lines[int(cursor or 0) :][: self.page]
        return page, str(int(cursor or 0) + len(page))

    def paid_out(self, payout: str) -> Money | None:
        return self.payouts.get(payout)

    def _asked(self, name: str, *what: str) -> None:
        """The effect is there already: what fails now fails after it."""
        self.asked.append((name, *what))
        if name in self.before:
            self.before[name](what)
        if self.trouble[name]:
            raise self.trouble[name].pop(0)

    def count(self, name: str) -> int:
        return sum(call[0] == name for call in self.asked)

    # What happens at the company.

    def pay(self, ref: str, *, at: datetime | None = None, minor: int | None = None, fee: int = 45) -> Charge:
        order = self.orders[ref]
        amount = Money(minor or order.intent.amount.minor, order.intent.amount.currency)
        exchanged = self._exchanged(amount)
        charge = Charge(
            id=f"charge-{next(self.numbers)}",
            amount=amount,
            fee=Money(fee, (exchanged or amount).currency),
            at=at or timezone.now(),
            exchanged=exchanged,
        )
        is_once = order.intent.cadence is Cadence.ONCE
        status = "ended" if is_once or order.snapshot.ended_at else "active"
        self._now(ref, charges=(*order.snapshot.charges, charge), status=status, failed=None)
        return charge

    def _exchanged(self, amount: Money) -> Money | None:
        return amount.exchanged("USD", Decimal(self.rate)) if self.rate and amount.currency != "USD" else None

    def give_back(self, ref: str, charge_id: str, *, minor: int | None = None) -> Refunded:
        snapshot = self.orders[ref].snapshot
        charge = next(charge for charge in snapshot.charges if charge.id == charge_id)
        given = sum(one.amount.minor for one in snapshot.refunds if one.charge_id == charge_id)
        amount = Money(minor or charge.amount.minor - given, charge.amount.currency)
        refunded = Refunded(
            f"refund-{next(self.numbers)}",
            charge_id,
            amount,
            charge.at + timedelta(days=1),
            exchanged=self._exchanged(amount),
        )
        self._now(ref, refunds=(*snapshot.refunds, refunded))
        return refunded

    def fail_refund(self, ref: str) -> None:
        """The payer's bank sends the last refund back."""
        *others, last = self.orders[ref].snapshot.refunds
        again = self._exchanged(last.amount)
        self._now(ref, refunds=(*others, replace(last, failed_at=last.at + timedelta(days=3), again=again)))

    def dispute(self, ref: str, charge_id: str, *, fee: int = 1500) -> None:
        """The payer's bank takes a charge back, for a fee."""
        snapshot = self.orders[ref].snapshot
        charge = next(charge for charge in snapshot.charges if charge.id == charge_id)
        taken = Disputed(
            id=f"movement-{next(self.numbers)}",
            dispute=f"dispute-{charge_id}",
            charge_id=charge_id,
            amount=charge.amount,
            fee=Money(fee, charge.settled.currency),
            exchanged=self._exchanged(charge.amount),
            at=charge.at + timedelta(days=5),
            respond_by=charge.at + timedelta(days=15),
        )
        self._now(ref, disputes=(*snapshot.disputes, taken))

    def close_dispute(self, ref: str, *, is_won: bool) -> None:
        """The banks have decided; what was taken comes again if it is won."""
        (taken,) = self.orders[ref].snapshot.disputes
        closed = replace(taken, outcome="won" if is_won else "lost")
        exchanged = self._exchanged(-taken.amount)
        again = replace(closed, id=f"{taken.id}-again", amount=-taken.amount, fee=-taken.fee, exchanged=exchanged)
        self._now(ref, disputes=(closed, again) if is_won else (closed,))

    def fail(self, ref: str, number: int, *, period: str = "period-2") -> None:
        """A renewal finds no money, the `number`th time."""
        self._now(ref, status="past_due", failed=Failed(period, number, "https://company.example/mend"))

    def end(self, ref: str) -> None:
        if self.orders[ref].snapshot.ended_at is None:
            self._now(ref, status="ended", ended_at=timezone.now())

    def refuse(self, ref: str, status: str) -> None:
        self._now(ref, status=status)

    def _now(self, ref: str, **changes: Any) -> None:
        order = self.orders[ref]
        order.snapshot = replace(order.snapshot, **changes)

    def event(self, ref: str, event_id: str = "", kind: str = "order.changed") -> bytes:
        event_id = event_id or f"event-{next(self.numbers)}"
        return json.dumps([{"event_id": event_id, "kind": kind, "ref": ref}]).encode()
