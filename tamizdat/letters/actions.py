"""What other rooms may ask of the post office."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from tamizdat.letters import delivery, queries, seals, tasks
from tamizdat.letters.addresses import read_address
from tamizdat.letters.models import Address, Erasure, Letter, Recipient, StaffLetter
from tamizdat.letters.rules import BadAddress, Outcome

__all__ = [
    "BadAddress", "deliver_due", "erase", "forget_told_staff", "remember_address", "send", "tell_staff",
]  # fmt: skip
log = logging.getLogger("tamizdat.letters")

BATCH = 100


@transaction.atomic
def remember_address(*, address: str, language: str) -> UUID:
    """Seal an address for one purpose and answer whom it stands for.

    Every call makes another recipient, so that two purposes cannot be joined by anybody without our key.
    Raises BadAddress, with the remedy in the language in force.
    """
    address = read_address(address)
    recipient = Recipient.objects.create(language=language)
    Address.objects.create(recipient=recipient, sealed=seals.seal_address(address), index=seals.address_index(address))
    return recipient.id


@transaction.atomic
def send(kind: str, *, to: UUID, key: str, context: dict[str, Any]) -> bool:
    """Put a letter into the outbox, in the caller's transaction; True when it is new.

    `kind` names its templates, letters/<kind>.*; `context` is JSON, Money and dates, sealed until the letter
    has left. The same key twice is one letter. An erased recipient gets none.
    """
    if not Address.objects.filter(recipient=to).exists():
        return False
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={"recipient_id": to, "kind": kind, "sealed_context": seals.seal_context(context)},
    )
    if is_new:
        tasks.deliver.enqueue(str(letter.id))
    return is_new


def deliver_due(*, now: datetime) -> int:
    """Try every letter whose time has come; how many left. Harmless at any time, twice, or side by side."""
    started = timezone.now()
    due = list(Letter.due(now).order_by("due_at").values_list("id", flat=True)[:BATCH])
    # Each lease is counted from its own start: a slow server must not use up those of the letters behind.
    return sum(delivery.deliver(letter, now=now + (timezone.now() - started)) for letter in due)


@transaction.atomic
def erase(*, recipient: UUID) -> None:
    """Forget an address for good and drop the letters that still wait for it. Harmless twice."""
    Address.objects.filter(recipient=recipient).delete()
    Erasure.objects.get_or_create(recipient_id=recipient)
    for letter in Letter.objects.filter(recipient=recipient, ended_at__isnull=True):
        letter.end(Outcome.DROPPED, now=timezone.now())


@transaction.atomic
def tell_staff(kind: str, *, may: str, context: dict[str, Any]) -> int:
    """One letter to every login with an address and that permission, in the caller's transaction; how many.

    The desk speaks English, and so do these letters.
    """
    addresses = get_user_model().objects.with_perm(may).exclude(email="").values_list("email", flat=True)
    return sum(_tell_one(kind, address, context) for address in sorted(set(addresses)))


def _tell_one(kind: str, address: str, context: dict[str, Any]) -> bool:
    try:
        recipient = remember_address(address=address, language="en")
    except BadAddress:
        log.warning("Somebody of the newsroom was not told: the login's address cannot receive letters")
        return False
    row = StaffLetter.objects.create(recipient=recipient, key=f"staff:{recipient}")
    return send(kind, to=recipient, key=row.key, context=context)


def forget_told_staff() -> int:
    """Erase the addresses of letters that have left, or never will; how many."""
    over = [row for row in StaffLetter.objects.all() if queries.outcome(row.key)]
    for row in over:
        with transaction.atomic():
            erase(recipient=row.recipient)
            row.delete()
    return len(over)
