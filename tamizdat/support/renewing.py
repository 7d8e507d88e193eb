"""Gifts that recur at a company which takes nothing by itself: their givers are asked by letter, each time anew."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tamizdat.newsroom import queries as newsroom
from tamizdat.support import checkout, companies
from tamizdat.support.giver import notes
from tamizdat.support.models import Asking, Cancellation, Contribution, Renewal
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.rules.renewing import PATIENCE, due_after, letters_by

UNANSWERED = "no letter was answered"


def remind(now: datetime) -> int:
    """Write to whose payment is due: at once, after one week and after three; how many letters are new.

    What nobody has paid after 45 days ends by itself.
    """
    return sum(_remind(gift, newsroom.today(now)) for gift in _running())


def _running() -> list[Contribution]:
    gifts = Contribution.objects.filter(provider__in=companies.asking(), ending=None, cancellation=None)
    gifts = gifts.exclude(cadence=Cadence.ONCE).exclude(payments=None)
    return list(gifts.prefetch_related("wishes", "payments"))


@transaction.atomic
def _remind(gift: Contribution, today: date) -> int:
    due = due_after(max(payment.day for payment in gift.payments.all()), Cadence(gift.cadence))
    if today - due >= PATIENCE:
        stop = {"by": "tamizdat", "reason": UNANSWERED}
        Cancellation.objects.get_or_create(contribution=gift, defaults=stop)
        return 0
    number = letters_by(today, due)
    if not number or Asking.objects.filter(contribution=gift, due_on=due, number=number).exists():
        return 0
    return notes.renew(Asking.objects.create(contribution=gift, due_on=due, number=number))


def open_payment(contribution: UUID) -> str:
    """Where the payment that is due is made: the page that is open, or a fresh one. Raises TryLater, GiveUp."""
    gift = Contribution.objects.get(pk=contribution)
    with transaction.atomic(durable=True):
        renewal = Renewal.objects.create(contribution=gift)
    answer = checkout.ask_again(gift, key=str(renewal.pk), at=renewal.at)
    return answer.url
