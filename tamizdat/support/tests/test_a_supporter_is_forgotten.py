"""Who asks to be forgotten is: here, in the post office, at the company. The books stay as they were."""

import json

import pytest
from django.urls import reverse

from tamizdat.ledger import queries as ledger
from tamizdat.letters.models import Address, Letter
from tamizdat.money import Money
from tamizdat.support import actions, queries
from tamizdat.support.giver import keys
from tamizdat.support.models import Contribution, Forgetting, SealedKey
from tamizdat.support.rules.contract import TryLater
from tamizdat.support.rules.standing import Standing

ADDRESS = "someone@reader.example"


@pytest.fixture
def gift(company, give, deliver):
    contribution, ref = give(address=ADDRESS, reply_token="token")
    company.pay(ref)
    deliver(ref)
    return contribution, ref


@pytest.fixture
def page(gift):
    """The path of the private page."""
    Contribution.objects.filter(pk=gift[0]).update(key_hash=keys.digest("my-key"))
    return reverse("support:private", args=["my-key"])


def test_the_address_goes_and_the_books_stay(client, gift, page, company):
    before = list(ledger.postings())
    assert "Your e-mail address, encrypted" in client.get(page).content.decode()
    assert "This gift stops" in client.get(f"{page}forget/").content.decode()
    answer = client.post(f"{page}forget/")
    assert (answer.status_code, answer["Location"].endswith(page)) == (303, True)
    assert not Address.objects.exists() and not SealedKey.objects.exists()
    row = Contribution.objects.get()
    assert (row.recipient, row.reply_token_hash) == (None, "")
    assert list(ledger.postings()) == before and ledger.self_checks() == queries.self_checks() == []
    assert "No name and no address" in client.get(page).content.decode()


def test_what_recurs_is_stopped_and_the_company_forgets(gift, company):
    actions.forget_supporter(contribution=gift[0])
    assert queries.gift(gift[0]).standing is Standing.STOPPED
    assert [call[0] for call in company.asked if call[0] in ("cancel", "forget")] == ["cancel", "forget"]


def test_letters_that_wait_are_dropped_and_none_follows(gift, company, deliver):
    actions.forget_supporter(contribution=gift[0])
    assert not Letter.objects.filter(ended_at=None).exists()
    deliver(gift[1])
    assert not Letter.objects.filter(kind="stopped").exists()


def test_every_gift_with_the_same_address_forgets_it(gift, give, company):
    other, _ = give(address=ADDRESS.replace("reader", "READER"))
    actions.forget_supporter(contribution=gift[0])
    assert not Address.objects.exists()
    assert Contribution.objects.get(pk=other).recipient is None
    assert Forgetting.objects.count() == 2


def test_somebody_elses_address_stays(gift, give):
    give(address="other@reader.example")
    actions.forget_supporter(contribution=gift[0])
    assert Address.objects.count() == 1


def test_a_company_that_is_down_is_told_later(gift, company, later):
    company.trouble["forget"] = [TryLater("down")]
    actions.forget_supporter(contribution=gift[0])
    assert Forgetting.objects.get().told_at is None and not Address.objects.exists()
    actions.finish_due(later(10))
    assert Forgetting.objects.get().told_at


def test_asking_twice_changes_nothing(client, gift, page, company):
    client.post(f"{page}forget/")
    client.post(f"{page}forget/")
    assert company.count("forget") == Forgetting.objects.count() == 1


def test_what_is_held_can_be_taken_away(client, gift, page):
    answer = client.get(f"{page}held/")
    said = json.loads(answer.content)
    assert said["amount"] == str(Money(500, "USD")) and len(said["payments"]) == 1
    assert said["an e-mail address is kept, encrypted"] is True
    assert ADDRESS not in answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("path", ["", "held/", "forget/"])
def test_a_wrong_key_opens_nothing(client, gift, path):
    address = reverse("support:private", args=["wrong"]) + path
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert Address.objects.exists()
