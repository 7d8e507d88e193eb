"""A supporter asks to be forgotten: here, in the post office, and at the payment companies."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tamizdat.letters import actions as letters
from tamizdat.letters import queries as post
from tamizdat.support.brought import slips
from tamizdat.support.models import Cancellation, Contribution, Errand, Forgetting, SealedKey

UNPAID_FOR = timedelta(days=30)


@transaction.atomic(durable=True)
def forget(contribution: UUID) -> list[Errand]:
    """Erase the address and all that leads to it; what is left to tell the companies.

    The address goes from every gift and reminder that was made with it: who asks to be forgotten does not mean one
    letter of it.
    """
    gift = Contribution.objects.select_for_update().get(pk=contribution)
    people = post.same_address(gift.recipient) if gift.recipient else frozenset()
    gifts = Contribution.objects.filter(recipient__in=people) | Contribution.objects.filter(pk=gift.pk)
    known = list(gifts.select_related("reference"))
    for recipient in people:
        letters.erase(recipient=recipient)
    SealedKey.objects.filter(contribution__in=known).delete()
    slips.forget([one.reference for one in known if hasattr(one, "reference")])
    Contribution.objects.filter(pk__in=[one.pk for one in known]).update(recipient=None, reply_token_hash="")
    return [errand for one in known if hasattr(one, "reference") for errand in _errands(one)]


def _errands(gift: Contribution) -> list[Errand]:
    """Stop what recurs, then have the company forget: each once."""
    errands: list[Errand] = []
    if gift.is_recurring and not hasattr(gift, "ending"):
        wish = {"by": "supporter", "reason": "asked to be forgotten"}
        errands.append(Cancellation.objects.get_or_create(contribution=gift, defaults=wish)[0])
    errands.append(Forgetting.objects.get_or_create(contribution=gift)[0])
    return errands


def forget_unpaid(now: datetime) -> int:
    """Erase the addresses left with gifts that were not paid within thirty days; how many."""
    unpaid = Contribution.objects.filter(created_at__lte=now - UNPAID_FOR, payments=None)
    forgotten = list(unpaid.filter(recipient__isnull=False))
    for contribution in forgotten:
        with transaction.atomic():
            letters.erase(recipient=contribution.recipient)
            Contribution.objects.filter(pk=contribution.pk).update(recipient=None)
    return len(forgotten)
