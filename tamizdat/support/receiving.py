"""What companies tell: each event is kept once, whether it was delivered or is read from their list afterwards."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, nullcontext

from django.db import connection, transaction

from tamizdat.support import tasks
from tamizdat.support.models import Cursor, Event
from tamizdat.support.rules.contract import Notice, Provider

PAGES = 1_000
_turn = threading.Lock()


def store(provider: str, notices: list[Notice]) -> int:
    """Each notice once; how many were new. A worker is summoned once they are committed: until then none sees them.

    Should we die in between, the minute tick finds them: the rows are the queue.
    """
    told = [Event(provider=provider, event_id=one.event_id, kind=one.kind[:80], reference=one.ref) for one in notices]
    with _in_turn(), transaction.atomic():
        new = sum(_is_new(event) for event in told)
        if new:
            transaction.on_commit(tasks.summon, robust=True)
        return new


def _is_new(event: Event) -> bool:
    """Store the event, unless it is stored. One statement, because companies tell hundreds in a second."""
    fields = Event._meta.concrete_fields
    names, places = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {Event._meta.db_table} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608 (names are ours)
    values = [field.get_db_prep_save(field.pre_save(event, True), connection) for field in fields]
    with connection.cursor() as cursor:
        return cursor.execute(statement, values).rowcount == 1


def _in_turn() -> AbstractContextManager[object]:
    """SQLite lets one write at a time, and who finds it taken sleeps for longer than the other needs.

    Whoever is within a transaction has their turn already.
    """
    return _turn if connection.vendor == "sqlite" and not connection.in_atomic_block else nullcontext()


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
