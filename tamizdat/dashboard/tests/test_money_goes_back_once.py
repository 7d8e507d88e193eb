"""Refunds and stops as a treasurer makes them."""

import re

from django.urls import reverse

from tamizdat.ledger import queries as ledger
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
