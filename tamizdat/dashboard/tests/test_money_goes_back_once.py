"""Refunds and stops as a treasurer makes them."""

import re
from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from tamizdat.dashboard.roles import TREASURERS
from tamizdat.ledger import queries as ledger
from tamizdat.money import Money
from tamizdat.support import queries as support
from tamizdat.support.rules.contract import TryLater
from tamizdat.support.rules.standing import Standing


def refunds():
    return [row for row in ledger.postings() if row.account == "income:refunds"]


def fields(page):
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
    return {"key": key, "reason": "Given by mistake"}


def refund_address(gift):
    return reverse("desk:refund", args=[gift.id, gift.payments[0].id])


def test_a_double_click_on_give_back_posts_one_refund(treasurer, paid):
    address = refund_address(paid)
    said = fields(treasurer.get(address))
    first, second = treasurer.post(address, said), treasurer.post(address, said)
    assert first.status_code == second.status_code == 302
    assert [row.amount.minor for row in refunds()] == [500]
    assert "is given back" in treasurer.get(first["Location"]).content.decode()


def test_two_treasurers_with_two_forms_give_it_back_once(treasurer, paid):
    address = refund_address(paid)
    forms = [fields(treasurer.get(address)), fields(treasurer.get(address))]
    for said in forms:
        treasurer.post(address, said)
    assert len(refunds()) == 1


def test_a_refund_needs_a_reason_and_keeps_its_key(treasurer, paid):
    address = refund_address(paid)
    said = fields(treasurer.get(address)) | {"reason": " "}
    answer = treasurer.post(address, said)
    assert "Say why, in a few words." in answer.content.decode()
    assert fields(answer)["key"] == said["key"]
    assert not refunds()


def test_a_company_that_is_down_is_said_to_be_asked_again(treasurer, paid, company):
    company.trouble["refund"] = [TryLater("down")]
    treasurer.post(refund_address(paid), fields(treasurer.get(refund_address(paid))))
    page = treasurer.get(reverse("desk:gift", args=[paid.id])).content.decode()
    assert "has not confirmed it yet" in page
    assert "on its way" in page
    assert not refunds()


def test_a_payment_of_another_gift_is_not_found(treasurer, paid):
    assert treasurer.get(reverse("desk:refund", args=[paid.id, 10**6])).status_code == 404


def test_a_monthly_gift_is_stopped_with_a_reason(treasurer, paid):
    address = reverse("desk:stop", args=[paid.id])
    assert "Say why" in treasurer.post(address, {"reason": ""}).content.decode()
    treasurer.post(address, {"reason": "Asked by letter"})
    assert support.gift(paid.id).standing is Standing.STOPPED
    assert "There is nothing to stop" in treasurer.get(address).content.decode()


def test_a_part_goes_back_and_then_no_more_than_is_left(treasurer, paid):
    address = refund_address(paid)
    treasurer.post(address, fields(treasurer.get(address)) | {"amount": "2"})
    assert "$3 of it is left" in treasurer.get(address).content.decode()
    answer = treasurer.post(address, fields(treasurer.get(address)) | {"amount": "4"})
    assert "3.00 USD of this payment can still be given back" in answer.content.decode()
    treasurer.post(address, fields(treasurer.get(address)))
    assert [row.amount.minor for row in refunds()] == [200, 300]


@pytest.fixture
def second(desk):
    user = User.objects.create_user(username="second")
    user.groups.add(Group.objects.get(name=TREASURERS))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def large(settings, treasurer, paid):
    """A refund that is more than one person may make; the address where it is decided."""
    giving = replace(settings.NEWSROOM.giving, second_person_above=Money(499, "USD"))
    settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving)
    answer = treasurer.post(refund_address(paid), fields(treasurer.get(refund_address(paid))))
    assert "a second one must agree" in treasurer.get(answer["Location"]).content.decode()
    (waiting,) = support.large_refunds()
    return reverse("desk:decide_refund", args=[waiting.request])


def test_a_large_refund_waits_for_a_second_person(treasurer, second, large, company):
    assert not refunds() and company.count("refund") == 0
    treasurer.post(large, {"approve": ""})
    assert not refunds()
    assert "another must decide" in treasurer.get(reverse("desk:large_refunds")).content.decode()
    second.post(large, {"approve": ""})
    second.post(large, {"approve": ""})
    assert [row.amount.minor for row in refunds()] == [500]
    assert support.large_refunds() == []


def test_a_large_refund_that_is_declined_can_be_asked_for_again(treasurer, second, large, *, paid, company):
    second.post(large, {})
    assert not refunds() and company.count("refund") == 0
    treasurer.post(refund_address(paid), fields(treasurer.get(refund_address(paid))) | {"amount": "1"})
    assert [row.amount.minor for row in refunds()] == [100]


def test_small_refunds_need_nobody_else(treasurer, paid, settings):
    giving = replace(settings.NEWSROOM.giving, second_person_above=Money(500, "USD"))
    settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving)
    treasurer.post(refund_address(paid), fields(treasurer.get(refund_address(paid))))
    assert [row.amount.minor for row in refunds()] == [500]
