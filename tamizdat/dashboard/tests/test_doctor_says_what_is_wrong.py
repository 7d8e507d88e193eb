"""`tamizdat doctor`: sentences and an exit code."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from tamizdat.dashboard import health, queries
from tamizdat.support import tasks


@pytest.fixture(autouse=True)
def sound(training):
    """A newsroom whose keys only it can read."""
    for path in (settings.KEYS, *settings.KEYS.iterdir()):
        path.chmod(0o700 if path.is_dir() else 0o600)


def doctor():
    said = StringIO()
    try:
        call_command("doctor", stdout=said)
    except SystemExit as exit:
        return exit.code, said.getvalue()
    return 0, said.getvalue()


def task(**changes):
    now = timezone.now()
    row = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path=tasks.process_events.module_path,
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=now - timedelta(hours=1), **changes)


def test_a_sound_newsroom_is_well():
    assert doctor() == (0, "All is well.\n")


def test_a_sound_newsroom_with_a_payment_is_well(paid):
    assert doctor() == (0, "All is well.\n")


def test_a_task_that_nobody_takes_up_is_named():
    task()
    code, said = doctor()
    assert code == 1
    assert "1 tasks have waited more than ten minutes" in said
    assert queries.stuck_tasks() == 1


def test_a_task_that_failed_is_named_for_a_week():
    task(status="FAILED", finished_at=timezone.now() - timedelta(days=6))
    assert "tamizdat.support.tasks.process_events failed 1 times" in doctor()[1]
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=8))
    assert doctor()[0] == 0


def test_a_key_that_others_can_read_is_named_with_its_remedy():
    key = settings.KEYS / "letters.key"
    key.chmod(0o644)
    assert f"run `chmod go= {key}`" in doctor()[1]


def test_a_full_disk_is_named_before_it_is_full(monkeypatch):
    monkeypatch.setattr(health, "ENOUGH_BYTES", 2**80)
    assert "make room" in doctor()[1]


def test_a_live_newsroom_without_a_post_is_told_so(monkeypatch):
    monkeypatch.setattr("tamizdat.newsroom.queries.is_training", lambda: False)
    assert "No letter can leave" in doctor()[1]


def test_a_database_of_another_shape_is_asked_nothing_else(monkeypatch):
    monkeypatch.setattr(health, "migrations", lambda: iter(["Changes have not been made."]))
    monkeypatch.setattr("tamizdat.ledger.queries.self_checks", lambda: pytest.fail("asked"))
    assert doctor() == (1, "Changes have not been made.\n")


def test_the_first_screen_asks_at_most_once_a_minute():
    first = queries.examination()
    task()
    assert queries.examination() == first
    assert queries.findings() != first.findings
