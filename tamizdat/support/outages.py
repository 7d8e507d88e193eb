"""Noticing that a company does not answer, so that readers are led to another while it lasts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from tamizdat.support.models import Outage

IN_A_ROW = 3
# Then it is offered again: the next reader finds out whether it is back.
AGAIN = timedelta(minutes=5)
OVER = timedelta(hours=1)


@transaction.atomic
def failed(code: str, now: datetime) -> None:
    """A reader got no answer from the company. What failed long ago is another outage."""
    Outage.objects.filter(provider=code, last__lt=now - OVER).delete()
    Outage.objects.get_or_create(provider=code, defaults={"since": now, "last": now, "failures": 0})
    Outage.objects.filter(provider=code).update(last=now, failures=F("failures") + 1)


def answered(code: str) -> None:
    Outage.objects.filter(provider=code).delete()


def present(now: datetime) -> dict[str, datetime]:
    """The companies that have failed readers again and again until just now, and since when."""
    found = Outage.objects.filter(failures__gte=IN_A_ROW, last__gt=now - AGAIN)
    return dict(found.values_list("provider", "since"))
