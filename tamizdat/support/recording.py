"""From what a company says to payments, books and letters: all of it or nothing, and the same twice."""

from __future__ import annotations

import functools
from datetime import datetime

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from tamizdat.ledger import actions as ledger
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import notes, signals
from tamizdat.support.models import Contribution, Ending, Payment, Reference, Refund, Refusal
from tamizdat.support.rules.contract import Charge, Refunded, Snapshot
from tamizdat.support.rules.gifts import payment_lines, refund_lines


class Disagreement(Exception):
    """What a company says now cannot stand beside what is on record. A person must look."""


@transaction.atomic
def record(provider: str, snapshot: Snapshot) -> None:
    """Bring our record up to what the company says.

    Adds only what is missing, so that any order and any number of snapshots end in the same books. Every
    payment comes with its ledger entry and, where an address was left, its receipt. Raises Disagreement.
    """
    contribution = _locked(provider, snapshot)
    for charge in sorted(snapshot.charges, key=lambda charge: (charge.at, charge.id)):
        _record_payment(contribution, charge)
    for refunded in sorted(snapshot.refunds, key=lambda refunded: (refunded.at, refunded.id)):
        _record_refund(contribution, refunded)
    _record_outcome(contribution, snapshot)


def _locked(provider: str, snapshot: Snapshot) -> Contribution:
    """The contribution, locked until the end of the transaction, with its reference known."""
    found = Contribution.objects.select_for_update().filter(pk=snapshot.contribution, provider=provider).first()
    if found is None:
        raise Disagreement(f"{provider} speaks of a contribution that is not on record here")
    reference, _ = Reference.objects.get_or_create(
        contribution=found, defaults={"provider": provider, "ref": snapshot.ref}
    )
    if reference.ref != snapshot.ref:
        raise Disagreement(f"{provider} calls contribution {found.pk} by two references")
    return found


def _record_payment(contribution: Contribution, charge: Charge) -> None:
    payment, is_new = Payment.objects.get_or_create(
        provider=contribution.provider,
        provider_id=charge.id,
        defaults={
            "contribution": contribution,
            "gross_minor": charge.amount.minor,
            "fee_minor": charge.fee.minor,
            "currency": charge.amount.currency,
            "paid_at": charge.at,
            "day": newsroom.today(charge.at),
        },
    )
    said = (contribution.pk, charge.amount, charge.fee)
    if (payment.contribution_id, payment.gross, payment.fee) != said:
        raise Disagreement(f"payment {charge.id} is on record as {payment.gross}, and is now said to be otherwise")
    if not is_new:
        return
    ledger.post(
        key=payment.entry_key,
        on=payment.day,
        what=f"Gift {payment.receipt_number}",
        lines=payment_lines(contribution.provider, gross=payment.gross, fee=payment.fee),
    )
    notes.receipt(payment, now=timezone.now())
    _tell(signals.payment_recorded, contribution)


def _record_refund(contribution: Contribution, refunded: Refunded) -> None:
    payment = Payment.objects.filter(contribution=contribution, provider_id=refunded.charge_id).first()
    if payment is None or payment.currency != refunded.amount.currency:
        raise Disagreement(f"refund {refunded.id} is of a payment that is not on record")
    refund, is_new = Refund.objects.get_or_create(
        provider=contribution.provider,
        provider_id=refunded.id,
        defaults={
            "payment": payment,
            "amount_minor": refunded.amount.minor,
            "refunded_at": refunded.at,
            "day": newsroom.today(refunded.at),
        },
    )
    if (refund.payment_id, refund.amount) != (payment.pk, refunded.amount):
        raise Disagreement(f"refund {refunded.id} is on record as {refund.amount}, and is now said to be otherwise")
    if not is_new:
        return
    ledger.post(
        key=refund.entry_key,
        on=refund.day,
        what=f"Refund of {payment.receipt_number}",
        lines=refund_lines(contribution.provider, refund.amount),
    )
    notes.refund(refund)
    _tell(signals.payment_refunded, contribution)


def _record_outcome(contribution: Contribution, snapshot: Snapshot) -> None:
    """What the money alone does not tell: it ended, or it never began."""
    if snapshot.status in ("declined", "abandoned"):
        Refusal.objects.get_or_create(contribution=contribution, defaults={"kind": snapshot.status})
    if snapshot.status == "ended" and contribution.is_recurring:
        _record_ending(contribution, snapshot.ended_at or timezone.now())


def _record_ending(contribution: Contribution, ended_at: datetime) -> None:
    _, is_new = Ending.objects.get_or_create(contribution=contribution, defaults={"ended_at": ended_at})
    if is_new:
        notes.stopped(contribution)
        _tell(signals.contribution_stopped, contribution)


def _tell(signal: Signal, contribution: Contribution) -> None:
    transaction.on_commit(
        functools.partial(
            signal.send_robust,
            sender=Contribution,
            contribution=contribution.pk,
            reply_token_hash=contribution.reply_token_hash,
        )
    )
