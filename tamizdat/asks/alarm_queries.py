"""Which asks have stopped being shown, as far as anybody has to know it now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from tamizdat.asks.models import Alarm, Ask, Silence, Source, Tally
from tamizdat.asks.rules import alarms
from tamizdat.asks.rules.alarms import Showings
from tamizdat.asks.rules.decks import HOLD_OUT


@dataclass(frozen=True, slots=True)
class Fallen:
    """An ask that was shown `shown` times on a UTC day, where `usual` was usual."""

    ask: int
    name: str
    day: date
    shown: int
    usual: int


def standing_alarms(*, now: datetime) -> list[Fallen]:
    """The last alarm of each ask that is still asked and has not recovered. Publishing it again ends its alarm."""
    rung = Alarm.objects.filter(ask__in=_asked_since(now.astimezone(UTC).date(), now)).select_related("ask")
    last = {alarm.ask_id: alarm for alarm in rung.order_by("day")}
    standing = [one for one in unrecovered(last.values()) if not (one.ask.last_published_at or one.at) > one.at]
    return [Fallen(one.ask_id, one.ask.name, one.day, one.shown, one.usual) for one in standing]


def unrecovered(rung: Collection[Alarm]) -> list[Alarm]:
    """Those since which no day had more than a tenth of what was usual."""
    if not rung:
        return []
    seen = showings({one.ask_id for one in rung}, first=min(one.day for one in rung))
    return [one for one in rung if not alarms.has_recovered(seen[one.ask_id], since=one.day, usual=one.usual)]


def asked_throughout(day: date, now: datetime) -> QuerySet[Ask]:
    """Asks that have been live, as they are, from the beginning of that UTC day until now, and not silenced."""
    begin = datetime.combine(day, time(), UTC)
    unchanged = Q(last_published_at=None) | Q(last_published_at__lt=begin)
    return _asked_since(day, now).filter(unchanged)


def showings(asks: Collection[int], *, first: date) -> Mapping[int, Showings]:
    """By ask, how often any of its wordings was shown on each UTC day since the first."""
    known = Source.objects.filter(ask__in=asks).exclude(variant=HOLD_OUT).values_list("source", "ask")
    ask_of, found = dict(known), {ask: Counter[date]() for ask in asks}
    rows = Tally.objects.filter(source__in=ask_of, event="seen", day__gte=first)
    for source, day, n in rows.values_list("source", "day", "n"):
        found[ask_of[source]][day] += n
    return found


def _asked_since(day: date, now: datetime) -> QuerySet[Ask]:
    """Live asks whose place was not silent at any time since; a day to each side, as the newsroom's begin otherwise."""
    here = Q(first__lte=now.date() + timedelta(days=1)) & (Q(last=None) | Q(last__gte=day - timedelta(days=1)))
    still = Q(ended_at=None) | Q(ended_at__gte=datetime.combine(day, time(), UTC))
    silent = set(Silence.objects.filter(here & still).values_list("placement", flat=True))
    live = Ask.objects.filter(live=True, archived_at=None)
    return live.none() if "" in silent else live.exclude(placement__in=silent)
