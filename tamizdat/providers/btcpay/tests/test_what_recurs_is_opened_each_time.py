"""A gift that recurs at BTCPay: one invoice after the other, never two at once, and an end that stands there too."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tamizdat.sandbox.btcpay import invoices
from tamizdat.support.rules.contract import Cadence, GiveUp
from tests.conformance import URLS, intent


@pytest.fixture
def monthly(provider):
    """A promise, and the name of its gift."""
    wish = intent(Cadence.MONTHLY)
    return wish, provider.start(wish, URLS).ref


def again(wish):
    return replace(wish, attempt_key=str(uuid4()))


def test_each_payment_has_an_invoice_and_the_gift_stays_active(provider, shop, monthly):
    wish, ref = monthly
    shop.pay(ref)
    opened = provider.start(again(wish), URLS)
    assert opened.ref == ref
    shop.pay(ref)
    snapshot = provider.fetch(ref)
    assert (snapshot.status, len(snapshot.charges), snapshot.ended_at) == ("active", 2, None)


def test_an_open_invoice_is_shown_again_and_none_opened_beside_it(provider, shop, monthly):
    wish, ref = monthly
    shop.pay(ref)
    pages = {provider.start(again(wish), URLS).url for _ in range(3)}
    assert len(pages) == 1
    shop.leave()
    assert provider.start(again(wish), URLS).url not in pages


def test_none_is_opened_while_a_payment_waits_for_the_network(provider, shop, monthly):
    wish, ref = monthly
    shop.pay(ref)
    provider.start(again(wish), URLS)
    shop.pay_slowly()
    with pytest.raises(GiveUp, match="on its way"):
        provider.start(again(wish), URLS)
    shop.arrive()
    assert len(provider.fetch(ref).charges) == 2


def test_its_end_stands_there_once(provider, shop, monthly):
    _, ref = monthly
    shop.pay(ref)
    provider.cancel(ref, str(uuid4()))
    first = provider.fetch(ref)
    assert first.status == "ended" and first.ended_at is not None
    provider.cancel(ref, str(uuid4()))
    provider.forget(ref, str(uuid4()))
    assert provider.fetch(ref) == first


def test_what_came_after_its_end_is_booked_all_the_same(provider, shop, monthly):
    wish, ref = monthly
    shop.pay(ref)
    provider.start(again(wish), URLS)
    shop.leave()
    provider.cancel(ref, str(uuid4()))
    shop._each("invoice", invoices.pay, status="Expired", ref=ref)
    shop.rest()
    snapshot = provider.fetch(ref)
    assert (snapshot.status, len(snapshot.charges)) == ("ended", 2)
