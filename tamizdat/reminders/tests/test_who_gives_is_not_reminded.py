"""With the real till, and a make-believe company at its edge."""

import pytest
from django_tasks_db.models import DBTaskResult

from tamizdat.letters.models import Address
from tamizdat.reminders import actions, tasks
from tamizdat.reminders.models import Forgetting, Reminder
from tamizdat.reminders.tests.conftest import ADDRESS, reply_in
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.tests.conftest import company, deliver, edge, give

__all__ = ["company", "deliver", "edge", "give"]

pytestmark = pytest.mark.usefixtures("company")


@pytest.fixture
def pay(company, give, deliver):
    """Give once, pay, and hear of it."""

    def pay(**how):
        _contribution, ref = give(cadence=Cadence.ONCE, **how)
        company.pay(ref)
        deliver(ref)

    return pay


def test_a_gift_by_the_letters_link_forgets_the_reminder(reminder, mailbox, pay):
    pay(reply_token=reply_in(mailbox()[0].text))
    assert actions.send_due(today=reminder.on) == 0
    assert not Reminder.objects.exists()
    assert [forgetting.why for forgetting in Forgetting.objects.all()] == ["gave"]


def test_it_is_forgotten_as_soon_as_the_gift_is_booked(reminder, mailbox, pay, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pay(reply_token=reply_in(mailbox()[0].text))
    task = DBTaskResult.objects.get(task_path="tamizdat.reminders.tasks.forget_who_gave")
    tasks.forget_who_gave.func(*task.args_kwargs["args"])
    assert not Reminder.objects.exists()


def test_a_gift_with_the_same_address_stops_the_letter(reminder, pay):
    pay(address=ADDRESS.upper())
    assert actions.send_due(today=reminder.on) == 0
    assert not Reminder.objects.exists()
    assert Address.objects.count() == 1, "the gift's own address stays"


def test_somebody_elses_gift_stops_nothing(reminder, pay):
    pay(address="somebody@example.org")
    assert actions.send_due(today=reminder.on) == 1


def test_a_gift_that_was_not_paid_stops_nothing(reminder, give):
    give(address=ADDRESS)
    assert actions.send_due(today=reminder.on) == 1
