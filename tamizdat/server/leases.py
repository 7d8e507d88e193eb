"""Nothing that a dead worker held stays held, and what failed in passing is tried again: five tries, no more."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from tamizdat.server.models import WorkerLease

log = logging.getLogger("tamizdat.server")

LEASE = timedelta(seconds=20)
TRIES = 5
SUMMONS = "summons"  # the queue of what only calls a worker to look for work that counts its own deaths
# Two at the same row, or a database that is busy.
PASSING = ("django.db.utils.IntegrityError", "django.db.utils.OperationalError")


def begin(*, worker_id: str, slot: str, now: datetime) -> WorkerLease:
    """Take a slot. Whoever held it before is dead, or the supervisor would not have started us."""
    with transaction.atomic():
        WorkerLease.objects.filter(slot=slot).delete()
        return WorkerLease.objects.create(worker_id=worker_id, slot=slot, until=now + LEASE)


def renew(lease: WorkerLease, *, now: datetime) -> None:
    """Stay alive, even when somebody thought us dead meanwhile and removed the lease."""
    WorkerLease.objects.update_or_create(worker_id=lease.worker_id, defaults={"slot": lease.slot, "until": now + LEASE})


def end(lease: WorkerLease) -> None:
    WorkerLease.objects.filter(worker_id=lease.worker_id).delete()


def return_stranded(*, now: datetime) -> int:
    """Give back what workers without a lease held; returns how many. A task that killed five has failed, unless
    it is a summons."""
    with transaction.atomic():
        WorkerLease.objects.filter(until__lt=now).delete()
        alive = set(WorkerLease.objects.values_list("worker_id", flat=True))
        running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
        stranded = [task for task in running if not task.worker_ids or task.worker_ids[-1] not in alive]
        return sum(_return(task, now) for task in stranded)


def try_again(task: DBTaskResult, *, now: datetime) -> bool:
    """Whether a task that has just failed is ready once more, because what it failed of passes by itself.

    Every task may be run twice; of two that were in each other's way the second finds the work done.
    """
    if task.exception_class_path not in PASSING or len(task.worker_ids) >= TRIES:
        return False
    log.warning("Task %s was in somebody's way and is tried again", task.task_path)
    wait = timedelta(seconds=2 ** len(task.worker_ids))
    row = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.FAILED)
    return bool(
        row.update(
            status=TaskResultStatus.READY, finished_at=None, run_after=now + wait, exception_class_path="", traceback=""
        )
    )


def _return(task: DBTaskResult, now: datetime) -> int:
    """The row must be as we saw it: another worker may have been faster."""
    row = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
    if task.queue_name == SUMMONS:
        return row.update(status=TaskResultStatus.READY, run_after=get_date_max(), worker_ids=[])
    if len(task.worker_ids) < TRIES:
        log.warning("Task %s of a worker that is gone is ready again", task.task_path)
        # At once after the first time. Then later and later: one that kills its workers lets others work meanwhile.
        wait = timedelta(seconds=2 ** len(task.worker_ids) - 2)
        return row.update(status=TaskResultStatus.READY, run_after=now + wait)
    log.error("Task %s was begun %s times and never ended; it has failed", task.task_path, TRIES)
    why = f"Begun {TRIES} times; each time its worker was gone before the end."
    return row.update(
        status=TaskResultStatus.FAILED,
        finished_at=now,
        exception_class_path="builtins.RuntimeError",
        traceback=why,
    )
