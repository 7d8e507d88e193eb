import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from tamizdat.money import EXPONENTS
from tamizdat.sandbox.practice.client import Client
from tamizdat.sandbox.practice.minimums import MINIMUM_MINOR
from tamizdat.sandbox.practice.rules import Refused
from tamizdat.sandbox.practice.tests.conftest import TERMS


def test_a_new_order_waits_for_its_payer(client, company):
    order = client.open_order(key="new", **TERMS)
    assert order["status"] == "pending" and order["charges"] == []
    assert order["url"] == f"{company.address}/pay/{order['id']}/"
    assert client.order(order["id"]) == order


def test_the_same_key_gives_the_same_order(client):
    assert client.open_order(key="twice", **TERMS) == client.open_order(key="twice", **TERMS)


def test_the_same_key_at_once_gives_one_order(client):
    with ThreadPoolExecutor(8) as crowd:
        orders = list(crowd.map(lambda _: client.open_order(key="crowd", **TERMS)["id"], range(16)))
    assert len(set(orders)) == 1


def test_the_same_key_with_other_terms_is_a_conflict(client):
    client.open_order(key="conflict", **TERMS)
    with pytest.raises(Refused) as no:
        client.open_order(key="conflict", **TERMS | {"amount_minor": 700})
    assert (no.value.status, no.value.code) == (409, "key_reused")


def test_a_refusal_does_not_use_up_its_key(client):
    with pytest.raises(Refused):
        client.open_order(key="mended", **TERMS | {"amount_minor": 1})
    assert client.open_order(key="mended", **TERMS)["status"] == "pending"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount_minor": 49}, "amount_too_small"),
        ({"amount_minor": 0}, "amount_too_small"),
        ({"amount_minor": -500}, "amount_too_small"),
        ({"amount_minor": 10**9}, "amount_too_large"),
        ({"amount_minor": 10**30}, "amount_too_large"),
        ({"amount_minor": 5.0}, "bad_fields"),
        ({"amount_minor": "500"}, "bad_fields"),
        ({"amount_minor": True}, "bad_fields"),
        ({"currency": "XXX"}, "unknown_currency"),
        ({"currency": "usd"}, "unknown_currency"),
        ({"cadence": "weekly"}, "unknown_cadence"),
        ({"reference": ""}, "bad_reference"),
        ({"description": "x" * 201}, "bad_description"),
        ({"return_url": "javascript:alert(1)"}, "bad_return_url"),
        ({"cancel_url": "/left/"}, "bad_cancel_url"),
        ({"cancel_url": "http://[bad"}, "bad_cancel_url"),
        ({"email": "reader@example.org"}, "bad_fields"),
    ],
)
def test_bad_terms_are_refused_in_words(client, change, code):
    with pytest.raises(Refused) as no:
        client.open_order(key="bad", **TERMS | change)
    assert (no.value.status, no.value.code) == (400, code)
    assert no.value.message.endswith(".")


def test_the_least_is_taken(client):
    assert client.open_order(key="least", **TERMS | {"amount_minor": 50})["amount_minor"] == 50


def test_a_missing_term_is_named(client):
    with pytest.raises(Refused, match="“currency” is missing"):
        client.open_order(key="missing", **{name: TERMS[name] for name in TERMS if name != "currency"})


def test_every_currency_we_know_has_its_least_amount():
    assert MINIMUM_MINOR.keys() == EXPONENTS.keys()


def test_a_stranger_learns_nothing(company, client):
    order = client.open_order(key="private", **TERMS)["id"]
    for key in ("", "wrong", client.key[:-1]):
        with pytest.raises(Refused) as no:
            Client(company.address, key).order(order)
        assert no.value.status == 401


def test_an_unknown_order_is_not_found(client):
    with pytest.raises(Refused) as no:
        client.order("order_0")
    assert no.value.status == 404


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"{", {"Idempotency-Key": "k"}),
        (b"[]", {"Idempotency-Key": "k"}),
        (b"[" * 30_000, {"Idempotency-Key": "k"}),
        (json.dumps(TERMS).encode(), {}),
        (json.dumps(TERMS).encode(), {"Idempotency-Key": "k" * 201}),
        (b" " * 70_000, {"Idempotency-Key": "k"}),
    ],
)
def test_a_strange_request_is_refused(company, client, body, headers):
    line = http.client.HTTPConnection(urlsplit(company.address).netloc, timeout=10)
    line.request("POST", "/api/orders", body, {"Authorization": f"Bearer {client.key}"} | headers)
    assert line.getresponse().status == 400
    line.close()


def test_a_wrong_method_is_refused(client):
    with pytest.raises(Refused) as no:
        client.ask("POST", "/api/lines", {})
    assert no.value.status == 405
