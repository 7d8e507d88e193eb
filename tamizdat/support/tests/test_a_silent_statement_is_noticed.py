"""When a company's statement is not compared for 36 hours, whoever looks after the money gets one letter."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone

from tamizdat.letters import actions as letters
from tamizdat.letters import queries as post
from tamizdat.letters.models import Address, StaffLetter
from tamizdat.support import actions
from tamizdat.support.models import Reconciliation, Unheard

pytestmark = pytest.mark.django_db


def login(name, *permissions, email=None):
    user = get_user_model().objects.create_user(name, email=email if email is not None else f"{name}@desk.example")
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))


@pytest.fixture
def newsroom(company, give, deliver):
    """A gift was paid; a treasurer, a journalist and somebody without an address have logins."""
    _, ref = give()
    company.pay(ref)
    deliver(ref)
    login("treasurer", "refund_payment")
    login("journalist", "view_gifts")
    login("mute", "refund_payment", email="")


def in_hours(hours):
    return timezone.now() + timedelta(hours=hours)


def letters_to_staff():
    letters.deliver_due(now=timezone.now())
    return [kept for kept in post.training_letters() if "has not been compared" in kept.text]


def test_nothing_is_said_before_a_day_and_a_half(newsroom):
    assert actions.ring(in_hours(35)) == 0
    assert not StaffLetter.objects.exists()


def test_the_treasurer_alone_gets_one_letter_for_one_silence(newsroom):
    assert actions.ring(in_hours(37)) == 1
    assert [actions.ring(in_hours(hours)) for hours in (38, 60, 200)] == [0, 0, 0]
    (letter,) = letters_to_staff()
    assert letter.to == "treasurer@desk.example"
    assert "“practice”" in letter.text and "tamizdat reconcile" in letter.text and "/desk/" in letter.text


def test_another_silence_is_told_again(newsroom):
    actions.ring(in_hours(37))
    Reconciliation.objects.create(provider="practice", at=in_hours(40), rows=0, repaired=0, differences=0)
    assert actions.ring(in_hours(41)) == 0
    assert actions.ring(in_hours(80)) == 1
    assert Unheard.objects.count() == 2


def test_a_company_that_never_took_anything_is_not_missed(company):
    login("treasurer", "refund_payment")
    assert actions.ring(in_hours(1000)) == 0


def test_the_treasurers_address_is_forgotten_once_the_letter_has_left(newsroom):
    before = Address.objects.count()
    actions.ring(in_hours(37))
    assert Address.objects.count() == before + 1
    assert letters.forget_told_staff() == 0
    letters_to_staff()
    assert letters.forget_told_staff() == 1
    assert Address.objects.count() == before
