from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tamizdat.letters import actions, queries, tasks
from tamizdat.letters.models import Letter, TrainingLetter
from tamizdat.letters.rules import LEASE, Outcome

pytestmark = pytest.mark.usefixtures("training")


def send(reader, key="k", **context):
    return actions.send("test", to=reader, key=key, context=context)


def test_the_same_key_twice_is_one_letter(reader):
    assert send(reader) is True
    assert send(reader) is False
    assert actions.deliver_due(now=timezone.now()) == 1
    assert actions.deliver_due(now=timezone.now()) == 0
    assert [kept.times for kept in queries.training_letters()] == [1]


def test_a_letter_of_a_transaction_that_fails_was_never_written(reader):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(reader)
        raise ZeroDivisionError
    assert queries.waiting() == 0
    assert not DBTaskResult.objects.exists()


def test_sending_enqueues_its_delivery(reader):
    send(reader)
    assert queries.outcome("k") is None
    task = DBTaskResult.objects.get()
    tasks.deliver.func(*task.args_kwargs["args"])
    assert queries.outcome("k") is Outcome.SENT


def test_a_letter_in_somebodys_hands_is_left_to_them(reader):
    send(reader)
    letter, now = Letter.objects.get(), timezone.now()
    assert Letter.claim(letter.id, now=now)
    assert not Letter.claim(letter.id, now=now + LEASE - timedelta(seconds=1))
    assert actions.deliver_due(now=now) == 0


def test_a_letter_whose_bearer_died_is_sent_after_the_lease(reader):
    send(reader)
    now = timezone.now()
    Letter.claim(Letter.objects.get().id, now=now)
    assert actions.deliver_due(now=now + LEASE + timedelta(seconds=1)) == 1


def test_who_dies_between_sending_and_marking_repeats_it_under_one_message_id(reader):
    send(reader)
    before = Letter.objects.get()
    actions.deliver_due(now=timezone.now())
    Letter.objects.update(outcome="", ended_at=None, sealed_context=before.sealed_context)
    actions.deliver_due(now=timezone.now())
    kept = TrainingLetter.objects.get()
    assert (kept.times, kept.message_id) == (2, before.message_id)


def test_what_a_letter_said_is_erased_once_it_is_sent(reader):
    send(reader, secret="canary")
    actions.deliver_due(now=timezone.now())
    letter = Letter.objects.get()
    assert (letter.outcome, letter.sealed_context) == (Outcome.SENT, None)


def test_the_database_refuses_an_ended_letter_that_still_says_something(reader):
    send(reader)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.update(outcome="sent", ended_at=timezone.now())


def test_the_database_refuses_two_letters_with_one_message_id(reader):
    send(reader, key="a")
    send(reader, key="b")
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.update(message_id="<one@gazette.example>")


def test_message_ids_stand_under_the_papers_host_and_cannot_be_guessed(reader):
    for key in "ab":
        send(reader, key=key)
    ids = set(Letter.objects.values_list("message_id", flat=True))
    assert len(ids) == 2
    assert all(len(i) > 34 and i.endswith("@127.0.0.1>") for i in ids)
