"""What a killed worker held goes back, in the same slot at once and elsewhere when its lease runs out."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from tamizdat.server import leases
from tamizdat.server.models import WorkerLease
from tamizdat.support.tasks import process_events


def a_task(*workers: str, queue: str = "default") -> DBTaskResult:
    now = timezone.now()
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=now,
        run_after=now,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tamizdat.letters.tasks.deliver",
        worker_ids=list(workers),
        backend_name="default",
        queue_name=queue,
    )


def status(task: DBTaskResult) -> str:
    task.refresh_from_db()
    return task.status


@pytest.mark.django_db
def test_a_living_worker_keeps_its_task():
    now, task = timezone.now(), a_task("one")
    leases.begin(worker_id="one", slot="a", now=now)
    assert leases.return_stranded(now=now) == 0
    assert status(task) == "RUNNING"


@pytest.mark.django_db
def test_the_next_worker_in_the_slot_returns_what_the_dead_one_held():
    now, task = timezone.now(), a_task("one")
    leases.begin(worker_id="one", slot="a", now=now)
    leases.begin(worker_id="two", slot="a", now=now)
    assert leases.return_stranded(now=now) == 1
    assert status(task) == "READY"


@pytest.mark.django_db
def test_a_worker_elsewhere_returns_it_when_the_lease_has_run_out():
    now, task = timezone.now(), a_task("one")
    leases.begin(worker_id="one", slot="a", now=now)
    leases.begin(worker_id="two", slot="b", now=now)
    later = now + leases.LEASE + timedelta(seconds=1)
    assert leases.return_stranded(now=now + leases.LEASE) == 0
    assert leases.return_stranded(now=later) == 1
    assert status(task) == "READY"


@pytest.mark.django_db
def test_a_task_whose_workers_die_is_ready_at_once_and_then_later_and_later():
    now, waits = timezone.now(), []
    for dead in (["1"], ["1", "2"], ["1", "2", "3"], ["1", "2", "3", "4"]):
        task = a_task(*dead)
        leases.return_stranded(now=now)
        assert status(task) == "READY"
        waits.append((task.run_after - now).total_seconds())
    assert waits == [0, 2, 6, 14]


@pytest.mark.django_db
def test_a_task_that_has_killed_five_workers_fails_and_says_why():
    task = a_task("1", "2", "3", "4", "5")
    assert leases.return_stranded(now=timezone.now()) == 1
    assert status(task) == "FAILED"
    assert "5 times" in task.traceback


@pytest.mark.django_db
def test_a_summons_is_heard_at_once_however_many_workers_died_on_the_way():
    task = a_task("1", "2", "3", "4", "5", queue=process_events.queue_name)
    assert leases.return_stranded(now=timezone.now()) == 1
    assert status(task) == "READY"
    assert (task.run_after, task.worker_ids) == (get_date_max(), [])


@pytest.mark.django_db
def test_a_renewed_lease_lives_even_when_it_was_thought_dead():
    now = timezone.now()
    lease = leases.begin(worker_id="one", slot="a", now=now)
    leases.return_stranded(now=now + timedelta(hours=1))
    leases.renew(lease, now=now + timedelta(hours=1))
    assert WorkerLease.objects.get().until == now + timedelta(hours=1) + leases.LEASE


def failed(of: type[Exception], *workers: str) -> DBTaskResult:
    task = a_task(*workers)
    task.set_failed(of("why"))
    return task


@pytest.mark.django_db
@pytest.mark.parametrize("passing", [IntegrityError, OperationalError])
def test_what_failed_of_a_busy_database_is_tried_again_a_little_later(passing):
    now, task = timezone.now(), failed(passing, "one")
    assert leases.try_again(task, now=now)
    assert status(task) == "READY"
    assert task.run_after > now
    assert (task.exception_class_path, task.traceback, task.finished_at) == ("", "", None)


@pytest.mark.django_db
def test_what_failed_of_itself_or_five_times_has_failed():
    assert not leases.try_again(failed(ValueError, "one"), now=timezone.now())
    task = failed(IntegrityError, "1", "2", "3", "4", "5")
    assert not leases.try_again(task, now=timezone.now())
    assert status(task) == "FAILED"
