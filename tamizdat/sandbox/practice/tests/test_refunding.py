from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tamizdat.sandbox.practice import rules
from tamizdat.sandbox.practice.rules import Refused


@pytest.fixture
def charge(client, opened):
    return client.approve(opened(client, cadence="once"))["charges"][0]["id"]


def test_a_charge_is_given_back_whole(client, charge):
    assert client.refund(charge)["amount_minor"] == 500


def test_a_part_may_be_given_back_and_then_the_rest(client, charge):
    client.refund(charge, amount_minor=120)
    assert client.refund(charge)["amount_minor"] == 380


def test_the_same_key_refunds_once(client, opened):
    order = client.approve(opened(client))
    charge = order["charges"][0]["id"]
    first = client.refund(charge, amount_minor=100, key="refund-once")
    assert client.refund(charge, amount_minor=100, key="refund-once") == first
    assert len(client.order(order["id"])["refunds"]) == 1


def test_the_same_key_for_another_amount_is_a_conflict(client, charge):
    client.refund(charge, amount_minor=100, key="refund-conflict")
    with pytest.raises(Refused) as no:
        client.refund(charge, amount_minor=200, key="refund-conflict")
    assert no.value.status == 409


@pytest.mark.parametrize("amount", [0, -1, 501])
def test_nothing_and_more_than_was_paid_are_refused(client, charge, amount):
    with pytest.raises(Refused, match="left to refund"):
        client.refund(charge, amount_minor=amount)


def test_parts_do_not_pass_the_ceiling_together(client, charge):
    client.refund(charge, amount_minor=400)
    with pytest.raises(Refused):
        client.refund(charge, amount_minor=101)


def test_parts_at_once_do_not_pass_the_ceiling(client, charge):
    def ask(_):
        try:
            return client.refund(charge, amount_minor=200)["amount_minor"]
        except Refused:
            return 0

    with ThreadPoolExecutor(6) as crowd:
        assert sum(crowd.map(ask, range(6))) == 400


def test_a_refund_of_what_is_gone_is_refused(client, charge):
    client.refund(charge)
    with pytest.raises(Refused) as no:
        client.refund(charge)
    assert no.value.code == "already_refunded"


def test_an_unknown_charge_is_not_found(client):
    with pytest.raises(Refused) as no:
        client.refund("charge_0")
    assert no.value.status == 404


@given(st.integers(1, 10**8), st.lists(st.one_of(st.none(), st.integers(-10, 10**8)), max_size=8))
def test_refunds_never_sum_to_more_than_the_charge(gross, wishes):
    given_back = []
    for wish in wishes:
        try:
            given_back.append(rules.refund_minor(wish, gross_minor=gross, refunded=given_back))
        except Refused:
            continue
    assert all(minor > 0 for minor in given_back) and sum(given_back) <= gross
