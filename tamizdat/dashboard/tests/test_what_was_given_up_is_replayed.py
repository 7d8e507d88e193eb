"""What a company told us and nobody could settle waits on the desk for a person."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tamizdat.support import actions, queries
from tamizdat.support.rules.contract import TryLater
from tamizdat.support.rules.retrying import TRIES
from tamizdat.support.tests.company import SIGNED

DAMAGED = reverse("desk:damaged")


@pytest.fixture
def trouble(company, give):
    """A payment whose company could not be reached for days."""
    _, ref = give()
    company.pay(ref)
    company.trouble["fetch"] = [TryLater("no answer")] * TRIES
    actions.receive_event(provider="practice", headers=SIGNED, raw=company.event(ref))
    for day in range(TRIES):
        actions.process_due_events(timezone.now() + timedelta(days=day, minutes=1))
    (found,) = queries.damaged()
    return found


def test_it_stands_on_the_desk_with_its_reason(treasurer, trouble):
    page = treasurer.get(DAMAGED).content.decode()
    assert "no answer" in page
    assert reverse("desk:replay", args=[trouble.errand]) in page


def test_a_replay_books_the_payment_and_clears_the_desk(treasurer, trouble):
    address = reverse("desk:replay", args=[trouble.errand])
    treasurer.post(address)
    treasurer.post(address)
    assert len(queries.latest_payments()) == 1
    assert "Nothing is given up" in treasurer.get(DAMAGED).content.decode()


def test_looking_at_the_address_of_a_replay_replays_nothing(treasurer, trouble):
    assert treasurer.get(reverse("desk:replay", args=[trouble.errand])).status_code == 405
    assert queries.damaged()
