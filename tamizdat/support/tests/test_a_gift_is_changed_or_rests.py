"""Another amount, a pause, going on: asked for on the private page, told to the company, undone by no echo."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tamizdat.letters.models import Letter
from tamizdat.money import Money
from tamizdat.support import actions, queries
from tamizdat.support.models import Wish
from tamizdat.support.rules.contract import Cadence, GiveUp, TryLater
from tamizdat.support.rules.standing import Standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift(company, give, deliver):
    contribution, ref = give(address="a@reader.example")
    company.pay(ref)
    deliver(ref)
    return contribution


@pytest.fixture
def private(gift):
    """The private page's path."""
    return f"/support/my/{actions.show_key(contribution=gift)}/"


def test_a_pause_is_said_everywhere_and_takes_no_letter(client, gift, private, company):
    letters = Letter.objects.count()
    answer = client.post(f"{private}pause/", {"days": "30"})
    assert (answer.status_code, company.count("pause")) == (303, 1)
    shown = queries.gift(gift)
    assert shown.standing is Standing.PAUSED and shown.can_stop
    page = client.get(private).text
    assert "Your gift is paused until" in page and "Go on now" in page
    assert Letter.objects.count() == letters
    assert client.get(f"{private}held/").json()["paused until"]


def test_going_on_ends_the_pause(client, gift, private):
    client.post(f"{private}pause/", {"days": "90"})
    client.post(f"{private}pause/", {"days": "0"})
    assert queries.gift(gift).standing is Standing.RUNNING
    assert [one.until is None for one in Wish.objects.order_by("asked_at")] == [False, True]


def test_another_amount_is_what_the_next_letter_and_the_page_say(client, gift, private):
    client.post(f"{private}change/", {"amount": "7.50"})
    assert queries.gift(gift).amount == Money(750, "USD")
    assert "$7.50 a month" in client.get(private).text


@pytest.mark.parametrize("typed", ["", "lots", "0.10", "1000000"])
def test_a_bad_amount_is_said_beside_the_field_and_what_was_typed_stays(client, gift, private, typed):
    answer = client.post(f"{private}change/", {"amount": typed})
    assert answer.status_code == 422
    assert 'id="amount-error"' in answer.text and f'value="{typed or "5.00"}"' in answer.text
    assert not Wish.objects.exists()


@pytest.mark.parametrize("days", ["", "31", "-30", "x", "٣٠٠", "9" * 5_000])
def test_a_pause_that_is_not_offered_changes_nothing(client, gift, private, days):
    assert client.post(f"{private}pause/", {"days": days}).status_code == 303
    assert not Wish.objects.exists()


def test_the_same_wish_twice_is_told_once(gift, company):
    for _ in range(2):
        assert actions.pause(contribution=gift, days=30, by="supporter")
        assert actions.change_amount(contribution=gift, amount=Money(700, "USD"), by="supporter")
    assert (company.count("pause"), company.count("set_amount")) == (1, 1)


def test_a_company_out_of_reach_is_told_later_and_the_page_says_so(client, gift, private, *, company, later):
    company.trouble["fetch"] = [TryLater("down")]
    assert not actions.pause(contribution=gift, days=30, by="supporter")
    assert "A change is being passed on" in client.get(private).text
    actions.finish_due(later(10))
    assert queries.gift(gift).standing is Standing.PAUSED
    assert "being passed on" not in client.get(private).text


def test_an_older_wish_never_undoes_a_newer_one(gift, company, later):
    company.before["set_amount"] = lambda _: (_ for _ in ()).throw(TryLater("before it is done"))
    actions.change_amount(contribution=gift, amount=Money(900, "USD"), by="supporter")
    company.before.clear()
    actions.change_amount(contribution=gift, amount=Money(700, "USD"), by="supporter")
    actions.finish_due(later(60 * 24))
    assert queries.gift(gift).amount == Money(700, "USD")
    assert queries.damaged() == []


def test_a_wish_that_was_given_up_can_be_asked_again(gift, company):
    company.before["pause"] = lambda _: (_ for _ in ()).throw(GiveUp("refused"))
    company.before["fetch"] = lambda _: company._now(queries.gift(gift).ref, paused_until=None)
    assert not actions.pause(contribution=gift, days=30, by="supporter")
    assert len(queries.damaged()) == 1
    company.before.clear()
    assert actions.pause(contribution=gift, days=30, by="supporter")
    assert queries.gift(gift).standing is Standing.PAUSED


def test_what_is_changed_at_the_company_is_on_record_here(gift, company, deliver):
    ref = queries.gift(gift).ref
    until = timezone.now() + timedelta(days=20)
    company._now(ref, amount=Money(1200, "USD"), paused_until=until)
    deliver(ref)
    shown = queries.gift(gift)
    assert (shown.amount, shown.paused_until) == (Money(1200, "USD"), until)
    assert set(Wish.objects.values_list("kind", "by")) == {("amount", "practice"), ("pause", "practice")}
    company._now(ref, paused_until=None)
    deliver(ref)
    assert queries.gift(gift).standing is Standing.RUNNING


def test_what_does_not_go_on_cannot_be_changed(client, company, give, deliver):
    contribution, ref = give(cadence=Cadence.ONCE)
    company.pay(ref)
    deliver(ref)
    with pytest.raises(actions.NotAccepted):
        actions.pause(contribution=contribution, days=30, by="s")
    with pytest.raises(actions.NotAccepted):
        actions.change_amount(contribution=contribution, amount=Money(700, "USD"), by="s")


def test_the_page_offers_what_the_company_can(client, gift, private, *, company, monkeypatch):
    assert 'action="pause/"' in client.get(private).text
    plain = company.capabilities()
    monkeypatch.setattr(company, "capabilities", lambda: plain.__class__(**{
        name: getattr(plain, name) for name in ("code", "label", "cadences", "currencies", "is_pretend")
    }))  # fmt: skip
    assert not re.search('action="(pause|change)/"', client.get(private).text)
    with pytest.raises(actions.NotAccepted):
        actions.pause(contribution=gift, days=30, by="s")
