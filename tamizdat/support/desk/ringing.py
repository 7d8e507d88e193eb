"""The dead man's alarm: a letter when a company's statement has not been compared for a day and a half, or when nobody
has brought a bank's while people promised transfers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tamizdat.letters import actions as letters
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import companies
from tamizdat.support.brought import by_hand
from tamizdat.support.desk import soundness
from tamizdat.support.models import Unheard

TOLD = "support.refund_payment"  # whoever may do this looks after the money


@transaction.atomic
def ring(now: datetime) -> int:
    """Write to the treasurers, once for each silence of each company; of how many companies."""
    unread, unbrought = _new(soundness.unreconciled(now)), _new(by_hand.unbrought(companies.by_statement(), now))
    if unread or unbrought:
        said = {"companies": unread, "banks": unbrought, "desk": newsroom.desk_address()}
        letters.tell_staff("till_alarm", may=TOLD, context=said)
    return len(unread) + len(unbrought)


def _new(silences: Mapping[str, datetime]) -> list[dict[str, str]]:
    """Those that nobody has been told of."""
    return [
        {"name": code, "since": f"{timezone.localtime(since):%Y-%m-%d %H:%M}"}
        for code, since in silences.items()
        if Unheard.objects.get_or_create(provider=code, since=since)[1]
    ]
