"""Faults that somebody could make in an adapter or at the till, each planted for as long as the suite is asked."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tamizdat.money import Money
from tamizdat.providers import timed_signature
from tamizdat.providers.stripe import minor, reading
from tamizdat.providers.stripe.provider import Stripe
from tamizdat.support.models import Event, Return
from tamizdat.support.models.errands import Errand
from tamizdat.support.rules import gifts
from tamizdat.support.rules.contract import Charge, Snapshot
from tamizdat.support.truth import recording, settling
from tests.soak import IS_SOAK, SEED, record
from tests.till.stories import goes_wrong


@dataclass(frozen=True)
class Planted:
    name: str
    plant: Callable[[Any], None]  # with pytest's monkeypatch


def wrapped(owner: Any, name: str, around: Callable[..., Any]) -> Callable[[Any], None]:
    """`around(real, *arguments)` stands in the place of the real one."""
    real = getattr(owner, name)
    return lambda patch: patch.setattr(owner, name, lambda *said, **more: around(real, *said, **more))


def snapshots(change: Callable[[Snapshot], Snapshot]) -> Callable[[Any], None]:
    return wrapped(reading, "snapshot", lambda real, *said: change(real(*said)))


def no_key_at_start(real: Any, self: Any, intent: Any, urls: Any) -> Any:
    return real(self, replace(intent, attempt_key=str(uuid.uuid4())), urls)


def no_key_at_refund(real: Any, *said: Any) -> Any:
    return real(*said[:-1], str(uuid.uuid4()))


def books_what_was_only_promised(real: Any, session: Any, charges: Any, disputes: Any) -> Snapshot:
    told = real(session, charges, disputes)
    if session["status"] != "complete" or told.charges:
        return told
    amount = minor.read(session["amount_total"], session["currency"])
    early = Charge(f"early-{session['id']}", amount, Money(0, amount.currency), reading._moment(session["created"]))
    return replace(told, charges=(early,))


def by_its_event(real: Any, *said: Any) -> Snapshot:
    """Each telling is another payment."""
    told = real(*said)
    return replace(told, charges=tuple(replace(one, id=f"{one.id}-{uuid.uuid4().hex[:6]}") for one in told.charges))


def one_return_for_all(real: Any, contribution: Any, refunded: Any) -> None:
    if not Return.objects.filter(payment__contribution=contribution).exists():
        real(contribution, refunded)


def nothing(_real: Any, *_said: Any, **_more: Any) -> None:
    return None


def without_fee(real: Any, one: Any) -> Charge:
    return replace(real(one), fee=Money(0, one["currency"].upper()))


def the_whole_always(real: Any, *said: Any) -> Any:
    self, charge, _amount, key = said
    return real(self, charge, None, key)


def another_gift(real: Any, *said: Any) -> Snapshot:
    return replace(real(*said), contribution=UUID(int=7))


def lines_the_wrong_way(real: Any, *said: Any, **more: Any) -> Any:
    return [replace(line, amount=-line.amount) for line in real(*said, **more)]


def back_as_it_came(real: Any, *said: Any) -> Snapshot:
    told = real(*said)
    came = {one.id: Decimal(one.settled.minor) / one.amount.minor for one in told.charges}
    refunds = (
        replace(one, exchanged=one.amount.exchanged(one.exchanged.currency, came[one.charge_id]))
        for one in told.refunds
        if one.exchanged
    )
    return replace(told, refunds=tuple(refunds) or told.refunds)


def given_up_at_once(_real: Any, errand: Errand, _now: Any, *, is_refused: bool) -> bool:
    return False


def found(faults: Sequence[Planted], red: Callable[[], list[str]], monkeypatch: Any) -> dict[str, list[str]]:
    """Which story finds each fault: of all in `make soak`, of a few in `make test`."""
    told = {}
    for planted in faults if IS_SOAK else random.Random(SEED).sample(faults, 4):
        with monkeypatch.context() as patch:
            planted.plant(patch)
            told[planted.name] = red()
    return told


class CanFail:
    """Every fault of `faults` turns one of `stories` red, and without one all are green. `opened` is their company."""

    faults: Sequence[Planted]
    stories: Sequence[Callable[[Any], None]]
    opened: Callable[..., Any]

    @pytest.fixture
    def reddened_by(self, open_till):
        """Which stories go wrong, up to the first."""
        return lambda: next(([one.__name__] for one in self.stories if goes_wrong(one, self.opened, open_till)), [])

    @pytest.mark.django_db
    def test_without_a_fault_all_is_green(self, reddened_by):
        assert reddened_by() == []

    @pytest.mark.django_db
    @pytest.mark.timeout(600)
    def test_every_planted_fault_is_found(self, reddened_by, monkeypatch):
        told = found(self.faults, reddened_by, monkeypatch)
        company = type(self).__name__.removeprefix("TestAt").removeprefix("The").lower()
        record(f"planted faults at {company}", n=len(told), seed=SEED, found=told)
        assert [name for name, wrong in told.items() if not wrong] == []


ALL = (
    Planted("no idempotency key when a payment is opened", wrapped(Stripe, "start", no_key_at_start)),
    Planted("no idempotency key when money goes back", wrapped(Stripe, "refund", no_key_at_refund)),
    Planted("booking on checkout.session.completed", wrapped(reading, "snapshot", books_what_was_only_promised)),
    Planted("a payment is told by two events and booked twice", wrapped(reading, "snapshot", by_its_event)),
    Planted("refunds are ignored", snapshots(lambda told: replace(told, refunds=()))),
    Planted("a second refund of a gift is ignored", wrapped(recording, "_record_refund", one_return_for_all)),
    Planted("a refund that failed stays a refund", snapshots(
        lambda told: replace(told, refunds=tuple(replace(one, failed_at=None) for one in told.refunds))
    )),
    Planted("disputes are ignored", snapshots(lambda told: replace(told, disputes=()))),
    Planted("money that a dispute gives back is ignored", snapshots(
        lambda told: replace(told, disputes=tuple(one for one in told.disputes if one.amount.minor > 0))
    )),
    Planted("the fee of a dispute is forgotten", snapshots(
        lambda told: replace(told, disputes=tuple(replace(one, fee=one.fee - one.fee) for one in told.disputes))
    )),
    Planted("the company's fee is forgotten", wrapped(reading, "_charge", without_fee)),
    Planted("renewals are ignored", snapshots(lambda told: replace(told, charges=told.charges[-1:]))),
    Planted("yen are read in hundredths", wrapped(minor, "read", lambda real, n, code: real(
        n // 100 if code.upper() == "JPY" else n, code
    ))),
    Planted("yen are written in hundredths", wrapped(minor, "written", lambda real, money: real(money) * (
        100 if money.currency == "JPY" else 1
    ))),
    Planted("a part given back is the whole", wrapped(Stripe, "refund", the_whole_always)),
    Planted("stopping tells the company nothing", wrapped(Stripe, "cancel", nothing)),
    Planted("pausing tells the company nothing", wrapped(Stripe, "pause", nothing)),
    Planted("another amount is told to nobody", wrapped(Stripe, "set_amount", nothing)),
    Planted("the card that was named last does not pay", wrapped(Stripe, "_pays_by_customer", nothing)),
    Planted("a failed card is past due for ever", wrapped(recording, "_record_failure", nothing)),
    Planted("an answer is about another gift", wrapped(reading, "snapshot", another_gift)),
    Planted("what went back is booked as income", wrapped(recording, "return_lines", lines_the_wrong_way)),
    Planted("what was exchanged is booked as if it had stayed", wrapped(reading, "_exchanged", nothing)),
    Planted("money goes back at the rate at which it came", wrapped(reading, "snapshot", back_as_it_came)),
    Planted("an exchange is booked the wrong way round", wrapped(gifts, "_exchange", lambda real, given, got: (
        [(account, -amount) for account, amount in real(given, got)]
    ))),
    Planted("any signature will do", wrapped(timed_signature, "check", nothing)),
    Planted("an event is worked once and never again", wrapped(Errand, "put_off", given_up_at_once)),
    Planted("nobody looks where no event came", wrapped(settling, "settle_due", lambda real, kinds, **more: (
        real(tuple(kind for kind in kinds if kind is Event), **more)
    ))),
)  # fmt: skip
