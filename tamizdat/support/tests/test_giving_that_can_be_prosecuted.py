"""Whoever banks where giving can be prosecuted is refused before anything is written down or any company is asked."""

import random
import uuid
from dataclasses import replace

import pytest

from tamizdat.letters.models import Address
from tamizdat.money import Money
from tamizdat.support import actions, queries
from tamizdat.support.giver import addresses
from tamizdat.support.models import Attempt, Contribution
from tamizdat.support.rules.contract import Cadence
from tests.soak import SEED, record, tries

LISTED = ("RU", "BY")
ADDRESS = "someone@reader.example"


@pytest.fixture(autouse=True)
def listing(settings, company):
    settings.NEWSROOM = replace(settings.NEWSROOM, giving=replace(settings.NEWSROOM.giving, listed_in=LISTED))


def form(**changes):
    said = {
        "cadence": "monthly", "amount": "5.00", "other": "", "method": "practice", "address": ADDRESS,
        "form": str(uuid.uuid4()), "bank": "elsewhere",
    }  # fmt: skip
    return said | changes


def nothing_is_kept(company):
    return not (company.asked or Contribution.objects.exists() or Attempt.objects.exists() or Address.objects.exists())


def test_the_form_asks_where_the_bank_is_before_the_method(client):
    page = client.get("/support/").content.decode()
    assert page.index("Where is your bank?") < page.index("Way to pay")
    assert "In Russia and Belarus giving to us can be prosecuted." in page


def test_a_newsroom_that_lists_none_asks_nobody(client, settings):
    settings.NEWSROOM = replace(settings.NEWSROOM, giving=replace(settings.NEWSROOM.giving, listed_in=()))
    assert "Where is your bank?" not in client.get("/support/").content.decode()
    assert client.post("/support/", form(bank="")).status_code == 303


def test_who_banks_elsewhere_goes_on(client, company):
    assert client.post("/support/", form()).status_code == 303
    assert company.count("start") == 1


@pytest.mark.parametrize("bank", ["", "moon", "elsewhere ", "RUS"])
def test_who_does_not_say_is_asked_again_and_loses_nothing(client, company, bank):
    answer = client.post("/support/", form(bank=bank))
    page = answer.content.decode()
    assert (answer.status_code, "Say where your bank is." in page, ADDRESS in page) == (422, True, True)
    assert nothing_is_kept(company)


def test_a_listed_reader_is_refused_kindly_and_nothing_is_logged(client, company, caplog):
    answer = client.post("/support/", form(bank="BY"))
    assert (answer.status_code, caplog.records) == (200, [])
    assert "How you can help all the same" in answer.content.decode()
    assert ADDRESS not in answer.content.decode()
    assert nothing_is_kept(company)


def test_no_path_leads_from_a_listed_bank_to_a_company(client, company, give, deliver):
    waiting, ref = give(bank="elsewhere")
    company.pay(ref)
    company.fail(ref, 1)
    deliver(ref)
    running, ref = give(bank="elsewhere")
    company.pay(ref)
    deliver(ref)
    mend, other = (addresses.mend(gift, "en").partition("/support/")[2] for gift in (waiting, running))
    company.asked.clear()
    dice, n = random.Random(SEED), tries(soak=1000, test=120)

    def says():
        return dice.choice([" {}", "{}", "{} ", "{}\n"]).format(dice.choice([*LISTED, "ru", "By"]))

    def crafted():
        odd = {"amount": dice.choice(["5", "-1", "x", ""]), "method": dice.choice(["practice", "stripe", ""])}
        client.post("/support/", form(bank=says(), **odd))

    def changed_cadence():
        client.get("/support/?cadence=annual&amount=25&bank=RU")
        client.post("/support/", form(bank=says(), cadence=dice.choice(["once", "annual", "weekly"])))

    def by_action():
        with pytest.raises(actions.Listed):
            actions.begin(
                amount=Money(500, "USD"),
                cadence=Cadence.ONCE,
                provider="practice",
                source="",
                language="en",
                bank=says(),
            )

    def mended_card():
        answer = client.post(f"/support/{dice.choice([mend, other])}", {"bank": says()})
        assert "Location" not in answer

    ways = {way.__name__: way for way in (crafted, changed_cadence, by_action, mended_card)}
    done = dict.fromkeys(ways, 0)
    for _ in range(n):
        name = dice.choice(sorted(ways))
        ways[name]()
        done[name] += 1
    record("a listed bank", n=n, seed=SEED, ways=done, calls=len(company.asked))
    assert company.asked == []
    assert Contribution.objects.count() == 2


def test_a_card_can_be_mended_by_who_banks_elsewhere(client, company, give, deliver):
    contribution, ref = give(bank="elsewhere")
    company.pay(ref)
    company.fail(ref, 1)
    deliver(ref)
    path = "/support/" + addresses.mend(contribution, "en").partition("/support/")[2]
    assert "Where is your bank?" in client.get(path).content.decode()
    assert client.post(path, {}).status_code == 200
    answer = client.post(path, {"bank": "elsewhere"})
    assert (answer.status_code, answer["Location"]) == (303, "https://company.example/mend")
    company.pay(ref)
    deliver(ref)
    assert queries.gift(contribution).mend_url == ""
    assert "Nothing is taken today" in client.get(path).content.decode()
    company.end(ref)
    deliver(ref)
    assert "There is nothing to mend" in client.get(path).content.decode()


def test_another_card_is_asked_about_only_of_who_banks_elsewhere(client, company, give, deliver):
    contribution, ref = give(bank="elsewhere")
    company.pay(ref)
    deliver(ref)
    path = "/support/" + addresses.mend(contribution, "en").partition("/support/")[2]
    for bank in ({}, {"bank": "RU"}, {"bank": " by "}):
        assert client.post(path, bank).status_code == 200
    assert company.count("method_url") == 0
    assert client.post(path, {"bank": "elsewhere"})["Location"] == f"https://company.example/{ref}/card"
    assert company.count("method_url") == 1


def test_a_wrong_mending_address_opens_nothing(client):
    assert client.get("/support/mend/abc.def/").status_code == 404
    assert client.post("/support/mend/abc.def/").status_code == 404
