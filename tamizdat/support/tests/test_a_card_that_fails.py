"""A renewal that finds no money: three letters at most, no bother for who gives otherwise, and it heals by itself."""

import re

from django.urls import reverse

from tamizdat.letters.models import Letter
from tamizdat.support import queries
from tamizdat.support.giver import keys
from tamizdat.support.models import Contribution, FailedTry
from tamizdat.support.rules.standing import Standing


def letters():
    return Letter.objects.filter(kind="failed").count()


def test_each_of_three_tries_brings_one_letter_and_the_fourth_none(company, running, deliver):
    _, ref = running
    for number in (1, 1, 2, 3, 4):
        company.fail(ref, number)
        deliver(ref)
        deliver(ref)
    assert (FailedTry.objects.count(), letters()) == (4, 3)


def test_it_is_past_due_and_can_be_stopped_until_a_payment_heals_it(company, running, deliver):
    contribution, ref = running
    company.fail(ref, 1)
    deliver(ref)
    assert queries.gift(contribution).standing is Standing.PAST_DUE
    assert queries.gift(contribution).can_stop
    company.pay(ref)
    deliver(ref)
    assert queries.gift(contribution).standing is Standing.RUNNING


def test_the_private_page_leads_to_another_card_while_it_waits(client, company, running, deliver):
    contribution, ref = running
    Contribution.objects.filter(pk=contribution).update(key_hash=keys.digest("my-key"))
    page = reverse("support:private", args=["my-key"])
    assert "<h2>Another card</h2>" in client.get(page).content.decode()
    company.fail(ref, 1)
    deliver(ref)
    shown = client.get(page).content.decode()
    assert "<h2>Another card</h2>" not in shown
    (mend,) = re.findall(r'href="([^"]+/support/mend/[^"]+)"', shown)
    assert client.post("/support/" + mend.partition("/support/")[2])["Location"] == "https://company.example/mend"


def test_it_may_fail_again_in_another_month(company, running, deliver):
    contribution, ref = running
    for period in ("period-2", "period-3"):
        company.fail(ref, 1, period=period)
        deliver(ref)
        company.pay(ref)
        deliver(ref)
    assert letters() == 2
    assert queries.gift(contribution).standing is Standing.RUNNING


def test_it_ends_when_the_company_gives_up(company, running, deliver):
    contribution, ref = running
    company.fail(ref, 4)
    company.end(ref)
    deliver(ref)
    assert queries.gift(contribution).standing is Standing.STOPPED
    assert Letter.objects.filter(kind="stopped").count() == 1


def test_who_gives_otherwise_is_not_written_to(company, give, deliver, running):
    _, ref = running
    _, other = give(address="a@reader.example", minor=700)
    company.pay(other)
    deliver(other)
    company.fail(ref, 1)
    deliver(ref)
    assert (FailedTry.objects.count(), letters()) == (1, 0)


def test_whose_other_gift_fails_too_is_written_to(company, give, deliver, running):
    _, ref = running
    _, other = give(address="a@reader.example", minor=700)
    company.pay(other)
    deliver(other)
    company.fail(other, 1)
    deliver(other)
    company.fail(ref, 1)
    deliver(ref)
    assert letters() == 1
