"""Where a company takes nothing by itself, givers are written to when a payment is due, pay it, or are let go."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tamizdat.letters.models import Letter
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import actions, queries
from tamizdat.support.giver import addresses, keys
from tamizdat.support.models import Contribution
from tamizdat.support.rules.contract import Cadence, GiveUp, TryLater
from tamizdat.support.rules.renewing import due_after, letters_by
from tamizdat.support.rules.standing import Standing


@pytest.fixture
def asking(company):
    company.asks = True
    return company


@pytest.fixture
def paid(asking, give, deliver):
    """Begin a gift that was paid so many days ago."""

    def begin(days, **more):
        contribution, ref = give(address="a@reader.example", **more)
        asking.pay(ref, at=timezone.now() - timedelta(days=days))
        deliver(ref)
        return contribution, ref

    return begin


def letters():
    return list(Letter.objects.filter(kind="renew").values_list("key", flat=True))


def mend(contribution):
    return "/support/" + addresses.mend(contribution, "en").partition("/support/")[2]


def test_a_letter_comes_when_it_is_due_after_a_week_and_after_three(paid, later):
    paid(10)
    written = []
    for day in range(0, 64):
        written += [day] * actions.remind(later(day * 24 * 60))
        written += [day] * actions.remind(later(day * 24 * 60 + 60))
    first = written[0]
    assert 18 <= first <= 21
    assert written == [first, first + 7, first + 21]


def test_what_nobody_pays_ends_by_itself_and_no_further_letter_comes(asking, paid, later):
    contribution, _ = paid(10)
    actions.remind(later(70 * 24 * 60))
    actions.finish_due(later(70 * 24 * 60))
    assert queries.gift(contribution).standing is Standing.STOPPED
    assert asking.count("cancel") == 1
    assert actions.remind(later(90 * 24 * 60)) == 0
    assert "no letter was answered" in {one.why for one in queries.story_of(contribution)}


def test_the_letters_link_opens_a_fresh_payment_that_is_booked_with_the_gift(client, asking, paid, deliver):
    contribution, ref = paid(40)
    actions.remind(timezone.now())
    assert "Pay what is due" in client.get(mend(contribution)).content.decode()
    answer = client.post(mend(contribution))
    assert (answer.status_code, asking.count("start")) == (303, 2)
    asking.pay(ref)
    deliver(ref)
    gift = queries.gift(contribution)
    assert (len(gift.payments), gift.standing) == (2, Standing.RUNNING)
    assert gift.next_due > newsroom.today()
    assert "There is nothing to mend" in client.get(mend(contribution)).content.decode()
    client.post(mend(contribution))
    assert asking.count("start") == 2
    assert actions.remind(timezone.now()) == 0


@pytest.mark.parametrize("trouble", [TryLater("busy"), GiveUp("a payment of this gift is on its way")])
def test_a_company_that_does_not_open_one_is_said_kindly(client, asking, paid, trouble):
    contribution, _ = paid(40)
    asking.trouble["start"] = [trouble]
    answer = client.post(mend(contribution))
    assert (answer.status_code, "try again in some minutes" in answer.content.decode()) == (503, True)


def test_the_key_is_committed_before_the_company_is_asked(client, asking, paid):
    contribution, _ = paid(40)
    seen = []
    asking.before["start"] = lambda said: seen.append(
        Contribution.objects.get(pk=contribution).renewals.filter(pk=said[0]).exists()
    )
    client.post(mend(contribution))
    assert seen == [True]


def test_the_private_page_says_when_the_next_is_due_and_lets_it_be_paid(client, paid):
    contribution, _ = paid(2)
    Contribution.objects.filter(pk=contribution).update(key_hash=keys.digest("early"))
    page = client.get(reverse("support:private", args=["early"])).content.decode()
    assert "Nothing is taken by itself: the next payment is due on" in page
    assert "Pay what is due" not in page
    due, _ = paid(40)
    Contribution.objects.filter(pk=due).update(key_hash=keys.digest("late"))
    assert "Pay what is due" in client.get(reverse("support:private", args=["late"])).content.decode()


def test_a_yearly_gift_is_asked_for_and_not_announced(paid, later):
    paid(355, cadence=Cadence.ANNUAL)
    assert actions.announce(timezone.now()) == 0
    assert actions.remind(timezone.now()) == 0
    assert actions.remind(later(11 * 24 * 60)) == 1


def test_nobody_is_asked_who_has_stopped_or_gave_once_or_never_paid(asking, paid, give, later):
    stopped, _ = paid(10)
    actions.stop(contribution=stopped, by="supporter", reason="")
    paid(10, cadence=Cadence.ONCE)
    give(address="b@reader.example")
    assert actions.remind(later(40 * 24 * 60)) == 0
    assert letters() == []


def test_who_is_to_be_asked_each_time_has_to_leave_an_address(client, asking):
    said = {
        "cadence": "monthly",
        "amount": "5.00",
        "method": "practice",
        "form": str(uuid4()),
    }
    page = client.get("/support/?cadence=monthly").content.decode()
    assert "Card: nothing is taken by itself. We write to you when a payment is due." in page
    assert "nothing is taken by itself" not in client.get("/support/?cadence=once").content.decode()
    answer = client.post("/support/", said)
    assert (answer.status_code, "we have to write to you" in answer.content.decode()) == (422, True)
    assert client.post("/support/", said | {"address": "a@reader.example"}).status_code == 303
    assert client.post("/support/", said | {"cadence": "once"}).status_code == 303


@pytest.mark.parametrize(
    ("last", "cadence", "due"),
    [
        ("2026-01-31", "monthly", "2026-02-28"), ("2026-12-15", "monthly", "2027-01-15"),
        ("2028-02-29", "annual", "2029-02-28"), ("2026-11-28", "annual", "2027-11-28"),
    ],
)  # fmt: skip
def test_it_is_due_on_the_same_day_or_the_months_last(last, cadence, due):
    day = type(newsroom.today()).fromisoformat
    assert due_after(day(last), Cadence(cadence)) == day(due)
    assert [letters_by(day(due) + timedelta(days=days), day(due)) for days in (-1, 0, 6, 7, 20, 21, 44)] == [
        0, 1, 1, 2, 2, 3, 3,
    ]  # fmt: skip
