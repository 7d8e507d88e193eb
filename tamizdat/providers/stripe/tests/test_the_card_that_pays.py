"""Which card pays a gift at Stripe: until when it is good, and where another is named."""

from datetime import date
from uuid import uuid4

import requests

from tamizdat.support.rules.contract import Cadence
from tests.conformance import URLS, intent


def paid(provider, shop):
    ref = provider.start(intent(Cadence.MONTHLY), URLS).ref
    shop.pay(ref)
    return ref


def card(shop, **said):
    pays = shop.store.find("payment_method")[0]
    shop.store.change(pays, card={"brand": "visa", "last4": "4242", "exp_month": 2, "exp_year": 2028} | said)


def test_it_is_good_to_the_last_day_of_its_month(provider, shop):
    ref = paid(provider, shop)
    card(shop)
    assert provider.fetch(ref).card_until == date(2028, 2, 29)
    card(shop, exp_month=12)
    assert provider.fetch(ref).card_until == date(2028, 12, 31)


def test_what_is_no_card_says_nothing(provider, shop):
    ref = paid(provider, shop)
    pays = shop.store.find("payment_method")[0]
    shop.store.change(pays, type="sepa_debit", card=None)
    assert provider.fetch(ref).card_until is None
    assert provider.fetch(provider.start(intent(), URLS).ref).card_until is None


def test_the_one_named_on_stripes_page_pays_from_then_on(provider, shop):
    ref = paid(provider, shop)
    shop.fail_cards()  # the one that Checkout gave the subscription
    before = provider.fetch(ref)
    page = provider.method_url(ref, URLS.back)
    assert provider.fetch(ref) == before
    assert page != provider.method_url(ref, URLS.back)
    requests.post(page, timeout=5, allow_redirects=False)
    shop.month()
    snapshot = provider.fetch(ref)
    assert (snapshot.status, len(snapshot.charges)) == ("active", 2)
    provider.cancel(ref, str(uuid4()))


def test_another_is_named_on_stripes_page_and_leads_back(provider, shop):
    ref = paid(provider, shop)
    card(shop)
    page = provider.method_url(ref, URLS.back)
    assert "Use another card" in requests.get(page, timeout=5).text
    answer = requests.post(page, timeout=5, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, URLS.back)
    assert provider.fetch(ref).card_until > date(2028, 12, 31)


def test_a_card_that_failed_is_replaced_by_the_one_that_paid(provider, shop):
    ref = paid(provider, shop)
    card(shop)
    shop.fail_cards()
    shop.month()
    assert provider.fetch(ref).status == "past_due"
    shop.mend()
    snapshot = provider.fetch(ref)
    assert (snapshot.status, len(snapshot.charges)) == ("active", 2)
    assert snapshot.card_until > date(2028, 12, 31)
    provider.cancel(ref, str(uuid4()))
