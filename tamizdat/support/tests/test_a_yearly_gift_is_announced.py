"""Two weeks before a gift for a year is taken again its giver is told, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tamizdat.letters import actions as post
from tamizdat.letters.models import Letter
from tamizdat.letters.queries import training_letters
from tamizdat.support import actions
from tamizdat.support.rules.contract import Cadence

NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def given(company, give, deliver):
    """A gift that was paid so many days ago; answers its id and reference."""

    def begin(days, cadence=Cadence.ANNUAL, address="a@reader.example"):
        contribution, ref = give(cadence=cadence, address=address)
        company.pay(ref, at=NOW - timedelta(days=days))
        deliver(ref)
        return contribution, ref

    return begin


def letters():
    return Letter.objects.filter(kind="annual").count()


def test_it_is_said_within_the_last_two_weeks_and_once(given):
    given(340)
    told = [actions.announce(NOW + timedelta(days=day)) for day in range(40)]
    assert (sum(told), told.index(1), letters()) == (1, 11, 1)


def test_the_letter_says_when_how_much_and_how_to_stop(given):
    given(360)
    actions.announce(NOW)
    post.deliver_due(now=timezone.now())
    letter = next(one for one in training_letters() if "yearly" in one.subject)
    assert "$5 a year" in letter.text and "stop at any time" in letter.text


def test_the_next_year_is_announced_again(company, given, deliver):
    _, ref = given(360)
    actions.announce(NOW)
    company.pay(ref, at=NOW + timedelta(days=5))
    deliver(ref)
    assert actions.announce(NOW + timedelta(days=20)) == 0
    assert actions.announce(NOW + timedelta(days=360)) == 1


@pytest.mark.parametrize(
    "more", [{"cadence": Cadence.MONTHLY}, {"cadence": Cadence.ONCE}, {"address": ""}],
)  # fmt: skip
def test_nobody_else_is_told(given, more):
    given(360, **more)
    assert actions.announce(NOW) == 0


def test_who_has_stopped_is_not_told(given):
    contribution, _ = given(360)
    actions.stop(contribution=contribution, by="supporter", reason="")
    assert actions.announce(NOW) == 0


def test_what_rests_beyond_the_day_is_not_announced(given):
    contribution, _ = given(360)
    actions.pause(contribution=contribution, days=30, by="supporter")
    assert actions.announce(timezone.now()) == 0
