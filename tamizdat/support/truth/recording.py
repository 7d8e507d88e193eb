"""From what a company says to payments, books and letters: all of it or nothing, and the same twice."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from tamizdat.ledger import actions as ledger
from tamizdat.ledger import queries as books
from tamizdat.money import Money
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import signals
from tamizdat.support.giver import changing, names, notes
from tamizdat.support.models import (
    CardEnd,
    Contribution,
    Dispute,
    Ending,
    FailedTry,
    PastDue,
    Payment,
    Reference,
    Refusal,
    Return,
)
from tamizdat.support.rules.contract import Charge, Disputed, Refunded, Snapshot
from tamizdat.support.rules.gifts import payment_lines, return_lines

CARD_ENDS_SOON = timedelta(days=31)
WORDS = {"refund": "Refund of", "refund_failure": "Failed refund of", "dispute": "Dispute of"}


class Disagreement(Exception):
    """What a company says now cannot stand beside what is on record. A person must look."""


@transaction.atomic
def record(provider: str, snapshot: Snapshot, *, asked_as: str = "") -> None:
    """Bring our record up to what the company says, when it was asked about something called so.

    Adds only what is missing, so that any order and any number of snapshots end in the same books. Every
    payment comes with its ledger entry and, where an address was left, its receipt. Raises Disagreement.
    """
    contribution = _locked(provider, snapshot)
    if asked_as and asked_as != snapshot.ref:
        names.note(contribution, asked_as)
    for charge in sorted(snapshot.charges, key=lambda charge: (charge.at, charge.id)):
        _record_payment(contribution, charge)
    for refunded in sorted(snapshot.refunds, key=lambda refunded: (refunded.at, refunded.id)):
        _record_refund(contribution, refunded)
    for disputed in sorted(snapshot.disputes, key=lambda disputed: (disputed.at, disputed.id)):
        _record_dispute(contribution, disputed)
    _record_outcome(contribution, snapshot)


def _locked(provider: str, snapshot: Snapshot) -> Contribution:
    """The contribution, locked until the end of the transaction, with its reference known."""
    contribution = snapshot.contribution or _called(provider, snapshot.ref)
    found = Contribution.objects.select_for_update().filter(pk=contribution, provider=provider).first()
    if found is None:
        raise Disagreement(f"{provider} speaks of a contribution that is not on record here")
    reference, is_new = Reference.objects.get_or_create(
        contribution=found, defaults={"provider": provider, "ref": snapshot.ref}
    )
    if is_new:
        names.note(found, snapshot.ref)
    if reference.ref != snapshot.ref:
        raise Disagreement(f"{provider} calls contribution {found.pk} by two references")
    return found


def _called(provider: str, ref: str) -> UUID | None:
    """The contribution that we had called so before the company heard of it."""
    return Reference.objects.filter(provider=provider, ref=ref).values_list("contribution", flat=True).first()


def _record_payment(contribution: Contribution, charge: Charge) -> None:
    payment, is_new = Payment.objects.get_or_create(
        provider=contribution.provider,
        provider_id=charge.id,
        defaults={
            "contribution": contribution,
            "gross_minor": charge.amount.minor,
            "fee_minor": charge.fee.minor,
            "currency": charge.amount.currency,
            "settled_minor": charge.settled.minor,
            "settled_currency": charge.settled.currency,
            "paid_at": charge.at,
            "day": newsroom.today(charge.at),
        },
    )
    said = (contribution.pk, charge.amount, charge.fee, charge.settled)
    if (payment.contribution_id, payment.gross, payment.fee, payment.settled) != said:
        raise Disagreement(f"payment {charge.id} is on record as {payment.gross}, and is now said to be otherwise")
    if not is_new:
        return
    ledger.post(
        key=payment.entry_key,
        on=books.open_day(payment.day),
        what=f"Gift {payment.receipt_number}",
        lines=payment_lines(contribution.provider, gross=payment.gross, settled=payment.settled, fee=payment.fee),
    )
    names.note(contribution, charge.id)
    notes.receipt(payment, now=timezone.now())
    _tell(signals.payment_recorded, contribution)


def _record_refund(contribution: Contribution, refunded: Refunded) -> None:
    """What left, and what came again of it: both, as the company's statement has both."""
    payment = _paid(contribution, refunded)
    refund = _record_return(payment, "refund", refunded, at=refunded.at, claim_url=refunded.claim_url)
    if refund and not refunded.failed_at:
        notes.refund(refund)
    if refunded.failed_at:
        came_again = replace(refunded, amount=-refunded.amount, exchanged=-refunded.again if refunded.again else None)
        _record_return(payment, "refund_failure", came_again, at=refunded.failed_at)


def _record_dispute(contribution: Contribution, disputed: Disputed) -> None:
    payment = _paid(contribution, disputed)
    dispute, _ = Dispute.objects.get_or_create(
        provider=contribution.provider,
        provider_id=disputed.dispute,
        defaults={"payment": payment, "opened_at": disputed.at, "respond_by": disputed.respond_by},
    )
    Dispute.objects.filter(pk=dispute.pk, outcome="").update(outcome=disputed.outcome)
    _record_return(payment, "dispute", disputed, at=disputed.at, fee=disputed.fee, dispute=dispute)


def _paid(contribution: Contribution, went_back: Refunded | Disputed) -> Payment:
    """The payment that it went back of. Raises Disagreement."""
    payment = Payment.objects.filter(contribution=contribution, provider_id=went_back.charge_id).first()
    if payment is None or payment.currency != went_back.amount.currency:
        raise Disagreement(f"{went_back.id} went back of a payment that is not on record")
    if payment.settled_currency != went_back.settled.currency:
        raise Disagreement(f"{went_back.id} went back of {payment.gross} in another currency than it had come in")
    return payment


def _record_return(
    payment: Payment, kind: str, said: Refunded | Disputed, *, at: datetime, fee: Money | None = None, **more: Any
) -> Return | None:
    """The row and its entry, when they are new. Raises Disagreement."""
    cost = fee or Money(0, payment.settled_currency)
    row, is_new = Return.objects.get_or_create(
        provider=payment.provider,
        kind=kind,
        provider_id=said.id,
        defaults={
            "payment": payment, "amount_minor": said.amount.minor, "settled_minor": said.settled.minor,
            "fee_minor": cost.minor, "at": at, "day": newsroom.today(at), **more,
        },
    )  # fmt: skip
    if (row.payment_id, row.amount, row.fee, row.settled) != (payment.pk, said.amount, cost, said.settled):
        raise Disagreement(f"{kind} {said.id} is on record as {row.amount}, and is now said to be otherwise")
    if not is_new:
        return None
    ledger.post(
        key=row.entry_key,
        on=books.open_day(row.day),
        what=f"{WORDS[kind]} {payment.receipt_number}",
        lines=return_lines(payment.provider, kind, amount=row.amount, settled=row.settled, fee=row.fee),
    )
    names.note(payment.contribution, said.id)
    _tell(signals.payment_refunded, payment.contribution)
    return row


def _record_outcome(contribution: Contribution, snapshot: Snapshot) -> None:
    """What the money alone does not tell: it ended, or it never began."""
    if snapshot.status in ("declined", "abandoned"):
        Refusal.objects.get_or_create(contribution=contribution, defaults={"kind": snapshot.status})
    _record_failure(contribution, snapshot)
    _record_card(contribution, snapshot)
    changing.record(contribution, snapshot, now=timezone.now())
    if snapshot.status == "ended" and contribution.is_recurring:
        _record_ending(contribution, snapshot.ended_at or timezone.now())


def _record_failure(contribution: Contribution, snapshot: Snapshot) -> None:
    """Past due, with a letter for each try; or healed."""
    if snapshot.failed:
        tried, is_new = FailedTry.objects.get_or_create(
            contribution=contribution,
            period=snapshot.failed.period,
            number=snapshot.failed.number,
            defaults={"mend_url": snapshot.failed.mend_url},
        )
        if is_new:
            notes.failed(tried)
    waits = PastDue.objects.filter(contribution=contribution, healed_at=None)
    if snapshot.status == "past_due":
        if not waits.exists():
            PastDue.objects.create(contribution=contribution)
    else:
        waits.update(healed_at=timezone.now())


def _record_card(contribution: Contribution, snapshot: Snapshot) -> None:
    """A letter once, a month before the card that pays is good no longer."""
    ends = snapshot.card_until
    if ends is None or snapshot.status != "active" or ends > newsroom.today() + CARD_ENDS_SOON:
        return
    noted, is_new = CardEnd.objects.get_or_create(contribution=contribution, on=ends)
    if is_new:
        notes.card_ends(noted)


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
