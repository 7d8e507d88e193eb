"""What can be done with the company. Each change writes its event and its statement line with it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from tamizdat.sandbox.company import pacing
from tamizdat.sandbox.practice import queries, rules
from tamizdat.sandbox.practice.models import (
    Answer,
    Charge,
    Clock,
    Decision,
    Delivery,
    Ending,
    Event,
    FailedCharge,
    Line,
    Order,
    Refund,
)
from tamizdat.sandbox.practice.rules import Refused, Terms


@transaction.atomic
def found(*, clock: datetime | None) -> None:
    """Set the clock of a new company, to the real time if None; an old company keeps its own."""
    real = timezone.now()
    now = clock or real
    Clock.objects.get_or_create(defaults={"ahead": now - real, "next_payout_at": rules.next_payout(now)})


@transaction.atomic
def answer_once(*, key: str, question: str, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Act and keep the answer: the same key and question again get it without acting.

    Raises Refused when the key came with another question. A refusal is not kept: mend it and ask again.
    """
    kept = Answer.objects.filter(pk=key).first()
    if kept is None:
        kept = Answer.objects.create(key=key, question=question, body=act())
    if kept.question != question:
        raise Refused("key_reused", "This Idempotency-Key came with another request.", status=409)
    return kept.body


@transaction.atomic
def open_order(*, terms: Terms) -> Order:
    """An order that waits for its payer. Raises Refused for terms that we do not agree to."""
    return Order.objects.create(**asdict(rules.agree(terms)), created_at=queries.now())


@transaction.atomic
def decide(*, order_id: str, verdict: str, failing_renewals: Sequence[int] = ()) -> Order:
    """Approve (and charge), decline or abandon an order; once, else Refused.

    `failing_renewals` are the numbers of the renewals that will find no money, 1 being the first.
    """
    if verdict not in rules.VERDICTS:
        raise Refused("unknown_verdict", f"The verdict is one of {', '.join(rules.VERDICTS)}.")
    order = queries.order(order_id)
    if order.status != "pending":
        raise Refused("decided_already", f"This order is {order.status}; it cannot be decided again.", status=409)
    now = queries.now()
    Decision.objects.create(order=order, verdict=verdict, at=now)
    _tell(order, f"order.{verdict}", at=now)
    if verdict == "approved":
        order.failing_renewals = list(failing_renewals)
        _charge(order, number=0, at=now)
        _expect_renewal(order, number=1)
        if order.renews_at is None:
            _end(order, at=now)
    return queries.order(order_id)


@transaction.atomic
def cancel(*, order_id: str) -> Order:
    """Let no further charge come. A pending order is abandoned; one that is over stays as it is."""
    order = queries.order(order_id)
    if order.status == "pending":
        return decide(order_id=order_id, verdict="abandoned")
    if order.status == "active":
        order.renews_at = None
        order.save(update_fields=["renews_at"])
        _end(order, at=queries.now())
    return queries.order(order_id)


@transaction.atomic
def set_amount(*, order_id: str, amount_minor: int) -> Order:
    """From the next charge on it is this much. Raises Refused for an order that does not go on, or a bad amount."""
    order = _running(order_id)
    order.amount_minor = rules.amount(amount_minor, order.currency)
    order.save(update_fields=["amount_minor"])
    _tell(order, "order.changed", at=queries.now())
    return order


@transaction.atomic
def pause(*, order_id: str, until: datetime | None) -> Order:
    """No charge before `until`; None: the next renewal is charged. Raises Refused."""
    order = _running(order_id)
    order.paused_until = until
    order.save(update_fields=["paused_until"])
    _tell(order, "order.changed", at=queries.now())
    return order


def _running(order_id: str) -> Order:
    order = queries.order(order_id)
    if order.status != "active":
        raise Refused("not_running", f"This order is {order.status}; nothing of it goes on.", status=409)
    return order


@transaction.atomic
def refund(*, charge_id: str, amount_minor: int | None) -> Refund:
    """Give back part of a charge, or all that is left; never more than was paid, else Refused."""
    charge = Charge.objects.select_related("order").filter(pk=charge_id).first()
    if charge is None:
        raise Refused("unknown_charge", "There is no such charge.", status=404)
    refunded = charge.refunds.values_list("amount_minor", flat=True)
    minor = rules.refund_minor(amount_minor, gross_minor=charge.amount_minor, refunded=refunded)
    now = queries.now()
    made = Refund.objects.create(charge=charge, amount_minor=minor, at=now)
    _write_line("refund", made.pk, currency=charge.order.currency, gross_minor=-minor, at=now)
    _tell(charge.order, "refund.made", at=now)
    return made


@transaction.atomic
def advance(*, to: datetime) -> datetime:
    """Move the company's clock forward; what falls due on the way happens at its own time, in order."""
    clock = Clock.objects.get()
    if to < clock.now():
        raise Refused("clock_goes_forward", f"It is {clock} here; time does not go back.")
    clock.ahead = to - timezone.now()
    clock.save(update_fields=["ahead"])
    catch_up()
    return to


@transaction.atomic
def catch_up() -> None:
    """Let all that has fallen due by now happen: each at its own time, in order, once."""
    clock = Clock.objects.get()
    now = clock.now()
    while due := Order.objects.filter(renews_at__lte=now).order_by("renews_at", "created_at").first():
        if clock.next_payout_at < due.renews_at:
            _pay_out(clock)
        else:
            _renew(due)
    while clock.next_payout_at <= now:
        _pay_out(clock)


def _renew(order: Order) -> None:
    number = order.charges.count() + order.failures.count() + order.skipped
    if order.paused_until and order.renews_at < order.paused_until:
        order.skipped += 1
    elif number in order.failing_renewals:
        FailedCharge.objects.create(order=order, number=number, at=order.renews_at)
        _tell(order, "charge.failed", at=order.renews_at)
    else:
        _charge(order, number=number, at=order.renews_at)
    _expect_renewal(order, number=number + 1)


def _expect_renewal(order: Order, *, number: int) -> None:
    order.renews_at = rules.renewal(order.decision.at, order.cadence, number)
    order.save(update_fields=["renews_at", "failing_renewals", "skipped"])


def _charge(order: Order, *, number: int, at: datetime) -> None:
    gross, fee = order.amount_minor, rules.fee_minor(order.amount_minor)
    charge = Charge.objects.create(order=order, number=number, amount_minor=gross, fee_minor=fee, at=at)
    _write_line("charge", charge.pk, currency=order.currency, gross_minor=gross, fee_minor=fee, at=at)
    _tell(order, "charge.made", at=at)


def _end(order: Order, *, at: datetime) -> None:
    Ending.objects.create(order=order, at=at)
    _tell(order, "order.ended", at=at)


def _pay_out(clock: Clock) -> None:
    """Send what has gathered to the shop's bank, a currency at a time; a debt waits for the next week."""
    at = clock.next_payout_at
    for balance in Line.objects.order_by("currency").values("currency").annotate(minor=Sum("net_minor")):
        if balance["minor"] > 0:
            _write_line("payout", "", currency=balance["currency"], gross_minor=-balance["minor"], at=at)
    clock.next_payout_at = rules.next_payout(at)
    clock.save(update_fields=["next_payout_at"])


def _write_line(kind: str, ref: str, *, currency: str, gross_minor: int, at: datetime, fee_minor: int = 0) -> None:
    Line.objects.create(
        kind=kind,
        ref=ref,
        currency=currency,
        gross_minor=gross_minor,
        fee_minor=fee_minor,
        net_minor=gross_minor - fee_minor,
        at=at,
    )


def _tell(order: Order, kind: str, *, at: datetime) -> None:
    event = Event.objects.create(kind=kind, order=order, created_at=at)
    seed = settings.MISCHIEF_SEED
    delays = pacing.delivery_delays(None if seed is None else Random(f"{seed}:{event.pk}").random)  # noqa: S311
    now = timezone.now()
    Delivery.objects.bulk_create(Delivery(event=event, due_at=now + timedelta(seconds=seconds)) for seconds in delays)
