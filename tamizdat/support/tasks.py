"""Background entry points of the till."""

from functools import cache
from typing import Any

from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, get_date_max

from tamizdat.support.truth import settling


@task(queue_name="summons")
def process_events() -> None:
    """Some of what is due. The rest waits in the queue behind whatever else came meanwhile."""
    settling.settle_due(settling.EVENTS, now=timezone.now())
    if settling.is_due(settling.EVENTS, now=timezone.now()):
        summon()


def summon() -> None:
    """See to it that a worker will look for events; one that has not begun will see all that is committed by now."""
    with connection.cursor() as cursor:
        if not cursor.execute(*_summoned()).fetchone():
            process_events.enqueue()


@cache
def _summoned() -> tuple[str, tuple[Any, ...]]:
    """Whether a worker is summoned, as a query. To word it for each event would take as long as to store the event."""
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY,
        task_path=process_events.module_path,
        run_after=get_date_max(),  # at once: one that a dead worker left may have to wait
    )
    return waiting.order_by().values("pk")[:1].query.sql_with_params()
