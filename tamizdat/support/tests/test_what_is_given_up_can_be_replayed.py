"""Whatever fails is tried again, at last given up aloud, and replayed by a person."""

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tamizdat.support import actions, queries, tasks
from tamizdat.support.models import Event, Payment
from tamizdat.support.rules.contract import TryLater
from tamizdat.support.rules.retrying import TRIES, TRIES_WHEN_REFUSED, pause
from tamizdat.support.tests.company import SIGNED
from tamizdat.support.truth import settling


def receive(company, ref):
    actions.receive_event(provider="practice", headers=SIGNED, raw=company.event(ref))
    return Event.objects.get(reference=ref)


def summoned():
    return DBTaskResult.objects.filter(task_path="tamizdat.support.tasks.process_events").count()


def exhaust(later, tries=TRIES):
    for day in range(tries):
        actions.process_due_events(later(day * 24 * 60 + 1))


def test_an_event_of_an_unknown_order_is_tried_again_and_then_laid_before_a_person(company, later):
    receive(company, "order-of-nobody")
    exhaust(later, TRIES_WHEN_REFUSED - 1)
    assert queries.damaged() == []
    exhaust(later, TRIES_WHEN_REFUSED)
    (trouble,) = queries.damaged()
    assert (trouble.kind, trouble.company) == ("event", "practice")
    assert any("given up" in sentence for sentence in queries.self_checks())


def test_a_company_that_is_back_within_three_days_loses_nothing(company, give, later):
    _, ref = give()
    company.pay(ref)
    receive(company, ref)
    company.trouble["fetch"] = [TryLater()] * (TRIES - 1)
    exhaust(later)
    assert Payment.objects.count() == 1
    assert queries.damaged() == []


def test_a_replay_settles_what_was_given_up_and_clears_the_desk(company, give, later):
    _, ref = give()
    company.pay(ref)
    event = receive(company, ref)
    company.trouble["fetch"] = [TryLater()] * TRIES
    exhaust(later)
    assert [trouble.errand for trouble in queries.damaged()] == [event.pk]
    assert actions.replay(event.pk)
    assert queries.damaged() == []
    assert Payment.objects.count() == 1


def test_a_replay_in_vain_stays_on_the_desk(company, later):
    event = receive(company, "order-of-nobody")
    exhaust(later)
    assert not actions.replay(event.pk)
    assert len(queries.damaged()) == 1


def test_one_bad_event_holds_up_no_other(company, give, later):
    _, ref = give()
    company.pay(ref)
    receive(company, "order-of-nobody")
    receive(company, ref)
    actions.process_due_events(later(1))
    assert Payment.objects.count() == 1


def test_an_order_of_somebody_else_is_not_booked(company, give, later):
    _, ref = give()
    snapshot = company.orders[ref].snapshot
    company.pay(ref)
    company._now(ref, contribution=type(snapshot.contribution)(int=1))
    receive(company, ref)
    exhaust(later)
    assert not Payment.objects.exists()
    assert len(queries.damaged()) == 1


def test_a_claimed_event_is_left_alone_until_its_lease_runs_out(company, give, later):
    _, ref = give()
    company.pay(ref)
    event = receive(company, ref)
    assert event.claim(later(0))
    assert actions.process_due_events(later(0)) == 0
    assert actions.process_due_events(later(1)) == 0
    assert actions.process_due_events(later(3)) == 1


def test_an_event_that_kills_its_worker_each_time_is_given_up_too(company, later):
    event = receive(company, "order-1")
    for tries in range(TRIES + 1):
        assert not queries.damaged()
        assert event.claim(later(3 * tries))
    actions.process_due_events(later(3 * (TRIES + 1)))
    assert "died" in queries.damaged()[0].why
    assert company.asked == []


def test_a_slow_company_does_not_hold_up_the_clock(company, give, later, monkeypatch):
    for _ in range(3):
        give()
    seconds = iter([0, 0, 29, 31])
    monkeypatch.setattr(settling, "monotonic", lambda: next(seconds))
    actions.finish_due(later(6))
    assert company.count("fetch") == 2


def test_a_forged_event_is_not_stored(company):
    with pytest.raises(actions.BadSignature):
        actions.receive_event(provider="practice", headers={}, raw=company.event("order-1"))
    assert not Event.objects.exists()


def test_a_worker_is_summoned_once_for_all_that_waits(company, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        receive(company, "order-1")
        receive(company, "order-2")
    assert summoned() == 1


def test_one_that_has_to_wait_holds_up_nobody(company, later, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        receive(company, "order-1")
    DBTaskResult.objects.update(run_after=later(1))
    with django_capture_on_commit_callbacks(execute=True):
        receive(company, "order-2")
    assert summoned() == 2


def test_a_worker_that_leaves_some_summons_the_next(company, give, monkeypatch):
    monkeypatch.setattr(settling, "BATCH", 2)
    refs = [give()[1] for _ in range(3)]
    for ref in refs:
        company.pay(ref)
        receive(company, ref)
    tasks.process_events.func()
    assert Payment.objects.count() == 2
    assert summoned() == 1
    tasks.process_events.func()
    assert Payment.objects.count() == 3
    assert summoned() == 1


def test_pauses_grow_to_six_hours_and_end():
    minutes = [pause(tries, is_refused=False).total_seconds() / 60 for tries in range(1, TRIES)]
    assert minutes[:5] == [1, 2, 4, 8, 16]
    assert minutes == sorted(minutes) and minutes[-1] == 360
    assert pause(TRIES, is_refused=False) is None
    assert pause(TRIES_WHEN_REFUSED, is_refused=True) is None


def test_a_late_event_is_reported(company, later):
    event = receive(company, "order-1")
    Event.objects.filter(pk=event.pk).update(due_at=timezone.now() - (later(61) - timezone.now()))
    assert any("due for an hour" in sentence for sentence in queries.self_checks())
