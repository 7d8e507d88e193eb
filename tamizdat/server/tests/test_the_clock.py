"""Each duty once a beat, by one worker; a failing one stops no other."""

from datetime import UTC, datetime, timedelta

import pytest

from tamizdat.server import clock, leases
from tamizdat.server.clock import Duty
from tamizdat.server.models import Tick

NOW = datetime(2026, 11, 23, 12, 30, 20, tzinfo=UTC)


@pytest.fixture
def kept(monkeypatch, db):
    """What was done, in order."""
    done: list[str] = []

    def fail(now):
        done.append("fail")
        raise RuntimeError("no network")

    monkeypatch.setattr(
        clock, "EVERY_MINUTE", (Duty("fail", fail), Duty("letters", lambda now: done.append("letters")))
    )
    monkeypatch.setattr(clock, "EVERY_HOUR", ())
    monkeypatch.setattr(clock, "EVERY_MIDNIGHT", (Duty("reminders", lambda now: done.append("reminders")),))
    return done


def a_worker(name: str = "one"):
    return leases.begin(worker_id=name, slot=name, now=NOW)


def test_a_failing_duty_is_logged_and_stops_no_other(kept, caplog):
    clock.keep(now=NOW, lease=a_worker())
    assert kept == ["fail", "letters", "reminders"]
    assert "“fail” failed" in caplog.text
    assert "no network" in caplog.text


def test_a_duty_is_done_once_a_beat_and_a_failed_one_again(kept):
    one, two = a_worker("one"), a_worker("two")
    clock.keep(now=NOW, lease=one)
    clock.keep(now=NOW + timedelta(seconds=30), lease=two)
    assert kept == ["fail", "letters", "reminders", "fail"]


def test_the_next_minute_brings_the_minute_and_not_the_midnight(kept):
    lease = a_worker()
    clock.keep(now=NOW, lease=lease)
    kept.clear()
    clock.keep(now=NOW + timedelta(minutes=1), lease=lease)
    assert kept == ["fail", "letters"]


def test_an_hour_is_kept_once(kept, monkeypatch):
    monkeypatch.setattr(clock, "EVERY_HOUR", (Duty("alarms", lambda now: kept.append("alarms")),))
    lease = a_worker()
    for minutes in (0, 1, 29, 30, 89):  # from 12:30
        clock.keep(now=NOW + timedelta(minutes=minutes), lease=lease)
    assert kept.count("alarms") == 2


def test_after_a_downtime_each_duty_is_done_once(kept):
    lease = a_worker()
    clock.keep(now=NOW, lease=lease)
    kept.clear()
    clock.keep(now=NOW + timedelta(days=3), lease=lease)
    assert kept == ["fail", "letters", "reminders"]


def test_midnight_is_the_newsrooms(kept, settings):
    before = datetime(2026, 11, 23, 21, 59, tzinfo=UTC)  # 23:59 in Riga
    assert clock.midnight(before).astimezone(UTC) == datetime(2026, 11, 22, 22, tzinfo=UTC)
    assert clock.midnight(before + timedelta(minutes=1)).astimezone(UTC) == datetime(2026, 11, 23, 22, tzinfo=UTC)


def test_a_duty_that_another_worker_keeps_is_left_to_it(kept):
    one, two = a_worker("one"), a_worker("two")
    Tick.objects.create(name="letters", holder=one)
    clock.keep(now=NOW, lease=two)
    assert kept == ["fail", "reminders"]


def test_a_dead_workers_duty_is_free_again(kept):
    Tick.objects.create(name="letters", holder=a_worker("one"))
    later = NOW + timedelta(minutes=1)
    leases.return_stranded(now=later)
    clock.keep(now=later, lease=leases.begin(worker_id="two", slot="two", now=later))
    assert "letters" in kept
