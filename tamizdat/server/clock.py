"""What happens by the clock: every minute, every hour, and once a day when it is midnight in the newsroom."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tamizdat.articles import actions as articles
from tamizdat.asks import actions as asks
from tamizdat.asks import alarms
from tamizdat.bakery import actions as bakery
from tamizdat.letters import actions as letters
from tamizdat.mirrors import actions as mirrors
from tamizdat.newsroom import queries as newsroom
from tamizdat.reminders import actions as reminders
from tamizdat.server.models import Tick, WorkerLease
from tamizdat.support import actions as support

log = logging.getLogger("tamizdat.server")

KEEP_DONE = timedelta(days=2)
KEEP_FAILED = timedelta(days=30)


@dataclass(frozen=True)
class Duty:
    """A thing to do at each beat; its name is its row."""

    name: str
    do: Callable[[datetime], object]


def minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)


def hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def midnight(now: datetime) -> datetime:
    """The last midnight in the newsroom's time zone."""
    zone = timezone.get_default_timezone()
    return datetime.combine(newsroom.today(now), time(), zone)


def publish_scheduled(now: datetime) -> None:
    call_command("publish_scheduled", verbosity=0)


def prune(now: datetime) -> None:
    """Forget finished tasks, failed ones much later, and sessions that have ended."""
    done = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP_DONE)
    old = done | Q(finished_at__lt=now - KEEP_FAILED)
    DBTaskResult.objects.finished().filter(old).delete()
    call_command("clearsessions")


EVERY_MINUTE = (
    Duty("publish scheduled", publish_scheduled),
    Duty("process events", support.process_due_events),
    Duty("finish errands", support.finish_due),
    Duty("forget keys", support.forget_keys),
    Duty("deliver letters", lambda now: letters.deliver_due(now=now)),
    Duty("forget reminders", lambda now: reminders.forget_done(now=now)),
    Duty("take the figure", lambda now: asks.take_figure(now=now)),
    Duty("bake what was left", lambda now: bakery.bake_left()),
    Duty("push to mirrors", lambda now: mirrors.push_due()),
    Duty("repack", lambda now: bakery.start_packer()),
)
EVERY_HOUR = (
    Duty("hear events again", support.hear_again),
    Duty("ring for asks that are shown no longer", lambda now: alarms.ring(now=now)),
    Duty("ring for statements that nobody compared", support.ring),
    Duty("forget whom an alarm told", lambda now: letters.forget_told_staff()),
)
EVERY_MIDNIGHT = (
    Duty("send reminders", lambda now: reminders.send_due(today=newsroom.today(now))),
    Duty("forget reminders", lambda now: reminders.forget_done(now=now)),
    Duty("forget unpaid gifts", support.forget_unpaid),
    Duty("compare statements", support.reconcile),
    Duty("announce yearly gifts", support.announce),
    Duty("ask for payments that are due", support.remind),
    Duty("mend the paper", lambda now: articles.mend()),
    Duty("turn the day", lambda now: articles.turn_the_day()),
    Duty("turn the day of the asks", lambda now: asks.turn_the_day(today=newsroom.today(now))),
    Duty("choose what to read more", lambda now: articles.refresh_read_more()),
    Duty("prune", prune),
)


def keep(*, now: datetime, lease: WorkerLease, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Do whatever is due and nobody else is doing. After a downtime each is done once, not once a beat."""
    beats = ((minute(now), EVERY_MINUTE), (hour(now), EVERY_HOUR), (midnight(now), EVERY_MIDNIGHT))
    for beat, duties in beats:
        kept = set(Tick.objects.filter(kept__gte=beat).values_list("name", flat=True))
        for duty in duties:
            if duty.name not in kept and not is_stopping():
                _keep_one(duty, beat, now, lease)


def _keep_one(duty: Duty, beat: datetime, now: datetime, lease: WorkerLease) -> None:
    Tick.objects.get_or_create(name=duty.name)
    free = Tick.objects.filter(name=duty.name, kept__lt=beat, holder=None)
    if free.update(holder=lease) != 1:
        return  # another worker keeps it; if that one dies, its lease runs out and takes the hold along
    is_done = False
    try:
        duty.do(now)
        is_done = True
    except Exception:
        log.exception("The clock's duty “%s” failed; it is tried again in a minute", duty.name)
    mine = Tick.objects.filter(name=duty.name, holder=lease)
    mine.update(holder=None, **({"kept": beat} if is_done else {}))
