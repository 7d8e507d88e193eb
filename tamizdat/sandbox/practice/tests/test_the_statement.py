from datetime import timedelta
from itertools import groupby

import pytest

from tamizdat.sandbox.practice import rules
from tamizdat.sandbox.practice.rules import Refused
from tamizdat.sandbox.practice.tests.conftest import BIRTH


@pytest.mark.parametrize(("gross", "fee"), [(50, 31), (200, 36), (500, 45), (1000, 59), (1500, 74), (10_000, 320)])
def test_the_fee_is_2_9_per_cent_and_30_rounded_half_up(gross, fee):
    assert rules.fee_minor(gross) == fee


@pytest.fixture
def statement(past, opened):
    """Two currencies, a refund after its payout, a failed renewal, and some months."""
    order = past.approve(opened(past), failing_renewals=[3])
    past.approve(opened(past, currency="EUR", amount_minor=2500))
    past.advance(BIRTH + timedelta(days=20))
    past.refund(order["charges"][0]["id"])
    past.advance(BIRTH + timedelta(days=200))
    return list(past.lines())


def test_every_line_adds_up(statement):
    assert all(line["gross_minor"] - line["fee_minor"] == line["net_minor"] for line in statement)


def test_every_charge_and_refund_has_one_line(past, statement):
    refs = [line["ref"] for line in statement if line["kind"] != "payout"]
    orders = [past.order(ref) for ref in {event["ref"] for event in past.events()}]
    expected = [thing["id"] for order in orders for thing in order["charges"] + order["refunds"]]
    assert sorted(refs) == sorted(expected)


def test_a_refund_keeps_the_fee(statement):
    (refund,) = [line for line in statement if line["kind"] == "refund"]
    assert (refund["gross_minor"], refund["fee_minor"], refund["net_minor"]) == (-500, 0, -500)


def test_the_lines_since_a_payout_sum_to_the_next_one(statement):
    assert {line["kind"] for line in statement} == {"charge", "refund", "payout"}
    by_currency = sorted(statement, key=lambda line: line["currency"])
    for _, lines in groupby(by_currency, key=lambda line: line["currency"]):
        gathered = 0
        for line in lines:
            gathered += line["net_minor"]
            if line["kind"] == "payout":
                assert line["net_minor"] < 0 and gathered == 0


def test_a_debt_is_carried_and_not_paid_out(statement):
    usd = [line for line in statement if line["currency"] == "USD"]
    after_refund = usd[[line["kind"] for line in usd].index("refund") + 1]
    assert after_refund["kind"] == "charge"


def test_payouts_come_on_mondays(statement):
    payouts = [line["at"] for line in statement if line["kind"] == "payout"]
    assert payouts and all(at.endswith("T00:00:00+00:00") for at in payouts)


def test_a_cursor_goes_on_where_it_stopped(past, statement):
    cursor = statement[4]["id"]
    assert past.ask("GET", f"/api/lines?since={cursor}")["lines"] == statement[5:]


@pytest.mark.parametrize("cursor", ["x", "-1", "1.5", "9" * 30])
def test_a_cursor_that_we_never_gave_is_refused(client, cursor):
    with pytest.raises(Refused, match="a cursor that we gave"):
        client.ask("GET", f"/api/lines?since={cursor}")
