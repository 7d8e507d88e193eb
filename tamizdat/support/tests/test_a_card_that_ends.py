"""A card that will soon be good no longer: one letter, and a way to say which card pays from then on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from tamizdat.letters.models import Letter
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import queries
from tamizdat.support.giver import addresses, keys
from tamizdat.support.models import Contribution
from tamizdat.support.rules.contract import GiveUp, TryLater


def letters():
    return Letter.objects.filter(kind="card_ends").count()


def found_to_end(company, deliver, ref, *, days):
    company._now(ref, card_until=newsroom.today() + timedelta(days=days))
    deliver(ref)
    deliver(ref)


def test_one_letter_comes_in_the_last_month_of_each_card(company, running, deliver):
    _, ref = running
    found_to_end(company, deliver, ref, days=32)
    assert letters() == 0
    found_to_end(company, deliver, ref, days=31)
    assert letters() == 1
    found_to_end(company, deliver, ref, days=900)
    found_to_end(company, deliver, ref, days=20)
    assert letters() == 2


def test_nobody_is_written_to_of_a_gift_that_does_not_go_on(company, running, deliver):
    _, ref = running
    company.end(ref)
    found_to_end(company, deliver, ref, days=5)
    assert letters() == 0


def test_it_stands_in_the_gifts_story(company, running, deliver):
    contribution, ref = running
    found_to_end(company, deliver, ref, days=5)
    said = [one.what for one in queries.story_of(contribution)]
    assert f"the card that pays is good until {newsroom.today() + timedelta(days=5)}" in said
    assert "letter “card_ends”" in said


@pytest.fixture
def path(running):
    return "/support/" + addresses.mend(running[0], "en").partition("/support/")[2]


def test_the_letters_link_leads_to_the_companys_page_and_back_to_thanks(client, company, running, path):
    assert "Nothing is taken today" in client.get(path).content.decode()
    assert company.count("method_url") == 0
    answer = client.post(path)
    assert (answer.status_code, answer["Location"]) == (303, f"https://company.example/{running[1]}/card")
    ((_, _, back),) = [call for call in company.asked if call[0] == "method_url"]
    assert "Thank you" in client.get("/support/" + back.partition("/support/")[2]).content.decode()


@pytest.mark.parametrize("trouble", [TryLater("busy"), GiveUp("no")])
def test_a_company_that_does_not_answer_is_said_kindly(client, company, path, trouble):
    company.trouble["method_url"] = [trouble]
    answer = client.post(path)
    assert answer.status_code == 503
    assert "Nothing was changed: try again in some minutes." in answer.content.decode()


def test_the_private_page_offers_it_to_whose_gift_goes_on(client, company, running, deliver):
    contribution, ref = running
    Contribution.objects.filter(pk=contribution).update(key_hash=keys.digest("my-key"))
    page = reverse("support:private", args=["my-key"])
    assert "Another card" in client.get(page).content.decode()
    company.end(ref)
    deliver(ref)
    assert "Another card" not in client.get(page).content.decode()


@pytest.mark.usefixtures("running")
def test_a_company_that_cannot_is_not_offered(client, company, path, monkeypatch):
    can = company.capabilities()
    monkeypatch.setattr(type(company), "capabilities", lambda self: replace(can, changes=frozenset()))
    assert "There is nothing to mend" in client.get(path).content.decode()
    assert "There is nothing to mend" in client.post(path).content.decode()
    assert company.count("method_url") == 0
