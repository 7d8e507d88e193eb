"""Telling editors, once, that an ask is no longer shown."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.db import transaction

from tamizdat.asks.alarm_queries import asked_throughout, showings, unrecovered
from tamizdat.asks.models import Alarm, AlarmLetter
from tamizdat.asks.rules import alarms
from tamizdat.letters import actions as letters
from tamizdat.letters import queries as post
from tamizdat.newsroom import queries as newsroom

log = logging.getLogger("tamizdat.asks")

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


def forget_told() -> int:
    """Erase the addresses of letters that have left, or never will; how many."""
    over = [row for row in AlarmLetter.objects.all() if post.outcome(row.key)]
    for row in over:
        with transaction.atomic():
            letters.erase(recipient=row.recipient)
            row.delete()
    return len(over)


def _tell(rung: list[Alarm], day: date) -> None:
    told = get_user_model().objects.with_perm(TOLD).exclude(email="")
    said = {
        "day": day,
        "asks": [{"name": one.ask.name, "shown": one.shown, "usual": one.usual} for one in rung],
        "desk": _desk(),
    }
    for address in sorted(set(told.values_list("email", flat=True))):
        try:
            recipient = letters.remember_address(address=address, language="en")
        except letters.BadAddress:
            log.warning("An editor was not told of an alarm: the login's address cannot receive letters")
            continue
        row = AlarmLetter.objects.create(recipient=recipient)
        letters.send("ask_alarm", to=recipient, key=row.key, context=said)


def _desk() -> str:
    paper = newsroom.configuration().paper
    home = f"{urlsplit(paper.address).scheme}://{paper.desk_host}" if paper.desk_host else paper.address
    return f"{home}/desk/"
