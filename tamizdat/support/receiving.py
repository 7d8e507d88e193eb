"""What companies tell: each event is kept once, whether it was delivered or is read from their list afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from tamizdat.support import tasks
from tamizdat.support.models import Cursor, Event
from tamizdat.support.rules.contract import Notice, Provider

PAGES = 1_000


@transaction.atomic
def store(provider: str, notices: Iterable[Notice]) -> int:
    """Each notice once, with its task; how many were new."""
    stored = [
        Event.objects.get_or_create(
            provider=provider,
            event_id=notice.event_id,
            defaults={"kind": notice.kind[:80], "reference": notice.ref},
        )
        for notice in notices
    ]
    new = [event for event, is_new in stored if is_new]
    for event in new:
        tasks.process_event.enqueue(str(event.pk))
    return len(new)


def hear_again(code: str, company: Provider) -> int:
    """Read the company's list of events on from where it was left; how many had never been delivered.

    A page and how far it reaches are kept together. Raises TryLater, GiveUp.
    """
    new, cursor = 0, Cursor.objects.filter(provider=code, of="events").values_list("value", flat=True).first() or ""
    for _ in range(PAGES):
        notices, after = company.events_since(cursor)
        if after == cursor:
            break
        with transaction.atomic():
            new += store(code, notices)
            Cursor.objects.update_or_create(provider=code, of="events", defaults={"value": after})
        cursor = after
    return new
