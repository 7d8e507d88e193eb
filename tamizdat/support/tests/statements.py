"""A year at a company that keeps a statement, with differences planted in it."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tamizdat.ledger.actions import post
from tamizdat.money import Money
from tamizdat.support.models import Contribution, Payment, Return
from tamizdat.support.rules.contract import StatementLine
from tamizdat.support.rules.gifts import payment_lines, return_lines

KINDS = (
    "missing payment", "unknown payment", "other amount", "other fee", "missing refund", "unknown refund",
    "other refund", "payout",
)  # fmt: skip
BEGINS = datetime(2025, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
WEEK = timedelta(days=7)
BATCH = 5_000


def usd(minor: int) -> Money:
    return Money(minor, "USD")


class Year:
    """`payments` of them, every twentieth given back, paid out weekly; `planted` is what must be found."""

    def __init__(self, *, payments: int, plant: int, seed: int, booked: bool = True) -> None:
        self.dice, self.numbers = random.Random(seed), itertools.count()
        self.lines: list[StatementLine] = []
        self.payouts: dict[str, Money] = {}
        self.planted: set[tuple[str, str]] = set()
        self._write(payments, booked=booked)
        self._plant(plant)

    def _write(self, payments: int, *, booked: bool) -> None:
        gift = Contribution.objects.create(
            form_key="11111111-1111-4111-8111-111111111111", amount_minor=500, currency="USD", cadence="once",
            provider="practice", language="en", key_hash="0" * 64,
        )  # fmt: skip
        ours, back, week, gathered = [], [], BEGINS + WEEK, 0
        for number in range(payments):
            at = BEGINS + YEAR * number / payments
            while at >= week:
                gathered = self._pay_out(week, gathered)
                week += WEEK
            gross, fee = self.dice.randrange(200, 20_000), self.dice.randrange(30, 90)
            ours.append(self._payment(gift, f"ch-{number}", gross, fee, at))
            self._line("charge", f"ch-{number}", gross, fee, at)
            gathered += gross - fee
            if number % 20 == 0:
                back.append((f"ch-{number}", f"re-{number}", gross, at))
                self._line("refund", f"re-{number}", -gross, 0, at)
                gathered -= gross
        Payment.objects.bulk_create(ours, batch_size=BATCH)
        ids = dict(Payment.objects.values_list("provider_id", "pk"))
        Return.objects.bulk_create([self._return(ids[paid], *more) for paid, *more in back], batch_size=BATCH)
        if booked:
            self._book()

    def _payment(self, gift: Contribution, name: str, *said: Any) -> Payment:
        gross, fee, at = said
        return Payment(
            contribution=gift, provider="practice", provider_id=name, gross_minor=gross, fee_minor=fee, currency="USD",
            settled_minor=gross, settled_currency="USD", paid_at=at, day=at.date(),
        )  # fmt: skip

    def _return(self, payment: int, name: str, *said: Any) -> Return:
        gross, at = said
        return Return(
            payment_id=payment, provider="practice", kind="refund", provider_id=name, amount_minor=gross,
            settled_minor=gross, at=at, day=at.date(),
        )  # fmt: skip

    def _book(self) -> None:
        for row in Payment.objects.all():
            lines = payment_lines("practice", gross=row.gross, settled=row.settled, fee=row.fee)
            post(key=row.entry_key, on=row.day, what="Gift", lines=lines)
        for row in Return.objects.select_related("payment"):
            lines = return_lines("practice", "refund", amount=row.amount, settled=row.settled, fee=row.fee)
            post(key=row.entry_key, on=row.day, what="Refund", lines=lines)

    def _pay_out(self, at: datetime, gathered: int) -> int:
        if gathered <= 0:
            return gathered
        name = f"po-{at:%Y%m%d}"
        self._line("payout", name, -gathered, 0, at)
        self.payouts[name] = usd(gathered)
        return 0

    def _line(self, kind: str, ref: str, *said: Any) -> None:
        gross, fee, at = said
        net = usd(gross - fee)
        self.lines.append(StatementLine(f"row-{next(self.numbers)}", kind, ref, usd(gross), usd(fee), net, at))

    # Differences

    def _plant(self, wanted: int) -> None:
        for number in range(wanted):
            kind = KINDS[number % len(KINDS)]
            getattr(self, "_" + kind.replace(" ", "_"))()

    def _missing_payment(self) -> None:
        ref = f"alien-{next(self.numbers)}"
        self._line("charge", ref, 700, 50, BEGINS + YEAR / 2)
        self.planted.add(("missing payment", ref))

    def _missing_refund(self) -> None:
        ref = f"alien-{next(self.numbers)}"
        self._line("refund", ref, -700, 0, BEGINS + YEAR / 2)
        self.planted.add(("missing refund", ref))

    def _unknown_payment(self) -> None:
        self._take_out("charge", "unknown payment")

    def _unknown_refund(self) -> None:
        self._take_out("refund", "unknown refund")

    def _take_out(self, kind: str, name: str) -> None:
        line = self._some(kind)
        self.lines.remove(line)
        self.planted.add((name, line.ref))

    def _other_amount(self) -> None:
        line = self._some("charge")
        self._change(line, gross=line.gross + usd(1), net=line.net + usd(1))
        self.planted.add(("other amount", line.ref))

    def _other_fee(self) -> None:
        line = self._some("charge")
        self._change(line, fee=line.fee + usd(1), net=line.net - usd(1))
        self.planted.add(("other fee", line.ref))

    def _other_refund(self) -> None:
        line = self._some("refund")
        self._change(line, gross=line.gross - usd(1), net=line.net - usd(1))
        self.planted.add(("other refund", line.ref))

    def _payout(self) -> None:
        free = sorted(set(self.payouts) - {ref for _, ref in self.planted})
        if not free:
            return self._other_fee()
        ref = self.dice.choice(free)
        self.payouts[ref] += usd(1)
        self.planted.add(("payout", ref))

    def _some(self, kind: str) -> StatementLine:
        """A line of that kind in which nothing is planted yet."""
        taken = {ref for _, ref in self.planted}
        while True:
            line = self.dice.choice(self.lines)
            if line.kind == kind and line.ref not in taken:
                return line

    def _change(self, line: StatementLine, **more: Money) -> None:
        self.lines[self.lines.index(line)] = replace(line, **more)
