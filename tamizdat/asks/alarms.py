"""Telling editors, once, that an ask is no longer shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from tamizdat.asks.alarm_queries import asked_throughout, showings, unrecovered
from tamizdat.asks.models import Alarm
from tamizdat.asks.rules import alarms
from tamizdat.letters import actions as letters
from tamizdat.newsroom import queries as newsroom

TOLD = "asks.publish_ask"  # whoever may do this can mend it


@transaction.atomic
def ring(*, now: datetime) -> int:
    """Note each ask whose showings have fallen, and write to the editors in the same transaction; how many are new.

    An ask that has not recovered rings again after a week at the earliest, and only if it fell again. Harmless at any
    time and twice.
    """
    day = alarms.day_to_judge(now.astimezone(UTC))
    asked = asked_throughout(day, now)
    seen = showings([ask.pk for ask in asked], first=day - timedelta(days=alarms.DAYS))
    recent = Alarm.objects.filter(day__gte=day - timedelta(days=alarms.DAYS))
    quiet = {one.ask_id for one in unrecovered(recent)}
    rung = [
        Alarm(ask=ask, day=day, shown=seen[ask.pk].get(day, 0), usual=alarms.usual(seen[ask.pk], day), at=now)
        for ask in asked
        if ask.pk not in quiet and alarms.has_fallen(seen[ask.pk], day)
    ]
    if rung:
        Alarm.objects.bulk_create(rung)
        _tell(rung, day)
    return len(rung)


def _tell(rung: list[Alarm], day: date) -> None:
    said = {
        "day": day,
        "asks": [{"name": one.ask.name, "shown": one.shown, "usual": one.usual} for one in rung],
        "desk": newsroom.desk_address(),
    }
    letters.tell_staff("ask_alarm", may=TOLD, context=said)
