"""The dead man's alarm: a letter when a company's statement has not been compared for a day and a half."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tamizdat.letters import actions as letters
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import soundness
from tamizdat.support.models import Unheard

TOLD = "support.refund_payment"  # whoever may do this looks after the money


@transaction.atomic
def ring(now: datetime) -> int:
    """Write to the treasurers, once for each silence of each company; of how many companies."""
    silent = [
        (code, since)
        for code, since in soundness.unreconciled(now).items()
        if Unheard.objects.get_or_create(provider=code, since=since)[1]
    ]
    if silent:
        said = [{"name": code, "since": f"{timezone.localtime(since):%Y-%m-%d %H:%M}"} for code, since in silent]
        letters.tell_staff("till_alarm", may=TOLD, context={"companies": said, "desk": newsroom.desk_address()})
    return len(silent)
