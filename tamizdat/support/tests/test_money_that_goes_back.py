"""Refunds in parts, refunds that fail, disputes: books, letters and what may still be given back agree."""

from uuid import uuid4

import pytest

from tamizdat.ledger import queries as ledger
from tamizdat.letters.models import Letter
from tamizdat.money import Money
from tamizdat.support import actions, queries
from tamizdat.support.models import Dispute, RefundRequest, Return
from tamizdat.support.rules.contract import Cadence, TryLater


def usd(minor):
    return Money(minor, "USD")


@pytest.fixture
def gift(company, give, deliver):
    contribution, ref = give(minor=2000, cadence=Cadence.ONCE, address="a@reader.example")
    company.pay(ref)
    deliver(ref)
    yield queries.gift(contribution)
    assert (ledger.self_checks(), queries.self_checks()) == ([], [])


@pytest.fixture
def refund(gift):
    def ask(minor=None, key=None):
        amount = None if minor is None else usd(minor)
        return actions.refund(payment=gift.payments[0].id, by="t", reason="r", key=key or str(uuid4()), amount=amount)

    return ask


def paid(gift):
    return queries.gift(gift.id).payments[0]


def test_a_part_goes_back_and_then_another(gift, refund):
    assert refund(500) and refund(700)
    assert [row.amount_minor for row in Return.objects.all()] == [500, 700]
    assert (paid(gift).refunded, paid(gift).left, paid(gift).is_refunded) == (usd(1200), usd(800), False)
    assert ledger.balance("income:refunds", "USD") == usd(1200)
    assert Letter.objects.filter(kind="refund").count() == 2


def test_the_same_key_gives_a_part_back_once(refund):
    assert refund(500, key="once") and refund(500, key="once")
    assert Return.objects.count() == RefundRequest.objects.count() == 1


def test_no_more_goes_back_than_is_left(refund):
    refund(1500)
    with pytest.raises(actions.TooMuch, match=r"5\.00 USD"):
        refund(501)
    assert refund()
    with pytest.raises(actions.TooMuch, match=r"0\.00 USD"):
        refund(1)
    assert sum(row.amount_minor for row in Return.objects.all()) == 2000


def test_what_is_on_its_way_back_is_not_promised_twice(company, refund, later):
    company.trouble["refund"] = [TryLater()]
    assert not refund(1500)
    with pytest.raises(actions.TooMuch, match=r"5\.00 USD"):
        refund(1000)
    actions.finish_due(later(2))
    assert [row.amount_minor for row in Return.objects.all()] == [1500]


def test_a_refund_that_fails_later_is_booked_back(company, gift, refund, deliver):
    refund(500)
    company.fail_refund(gift.ref)
    deliver(gift.ref)
    deliver(gift.ref)
    assert [(row.kind, row.amount_minor) for row in Return.objects.all()] == [("refund", 500), ("refund_failure", -500)]
    assert paid(gift).left == usd(2000)
    assert ledger.balance("income:refunds", "USD") == usd(0)


def test_a_refund_that_failed_before_it_was_heard_of_is_booked_both_ways_and_told_to_nobody(company, gift, deliver):
    company.give_back(gift.ref, gift.payments[0].ref)
    company.fail_refund(gift.ref)
    deliver(gift.ref)
    assert [(row.kind, row.amount_minor) for row in Return.objects.all()] == [
        ("refund", 2000), ("refund_failure", -2000),
    ]  # fmt: skip
    assert ledger.balance("income:refunds", "USD") == usd(0)
    assert not Letter.objects.filter(kind="refund").exists()


def test_a_dispute_takes_money_and_fee_and_is_lost(company, gift, deliver):
    company.dispute(gift.ref, gift.payments[0].ref)
    deliver(gift.ref)
    assert paid(gift).is_disputed and paid(gift).respond_by
    assert ledger.balance("income:disputes", "USD") == usd(2000)
    assert ledger.balance("expenses:fees", "USD") == usd(45 + 1500)
    company.close_dispute(gift.ref, is_won=False)
    deliver(gift.ref)
    assert (Dispute.objects.get().outcome, paid(gift).is_disputed, paid(gift).left) == ("lost", False, usd(0))
    assert ledger.balance("assets:practice", "USD") == usd(-45 - 1500)


def test_a_dispute_that_is_won_leaves_the_books_as_they_were(company, gift, deliver):
    before = ledger.balance("assets:practice", "USD")
    company.dispute(gift.ref, gift.payments[0].ref)
    deliver(gift.ref)
    company.close_dispute(gift.ref, is_won=True)
    deliver(gift.ref)
    assert (Dispute.objects.get().outcome, paid(gift).left) == ("won", usd(2000))
    assert ledger.balance("assets:practice", "USD") == before


def test_a_disputed_gift_is_nobodys_support(company, gift, deliver):
    company.dispute(gift.ref, gift.payments[0].ref)
    deliver(gift.ref)
    (earned,) = queries.earned(["appeal/plain"])
    assert (earned.gifts, earned.money) == (0, usd(-45 - 1500))
