from datetime import UTC, datetime, timedelta

import pytest

from tamizdat.sandbox.practice.rules import Refused
from tamizdat.sandbox.practice.tests.conftest import BIRTH


def days(facts):
    return [fact["at"][:10] for fact in facts]


def test_a_company_may_be_born_in_the_past(past):
    assert BIRTH <= past.now() < BIRTH + timedelta(minutes=1)


def test_the_clock_runs(past):
    assert past.now() < past.now()


def test_advancing_lets_every_renewal_happen_on_its_own_day(past, opened):
    order = past.approve(opened(past))["id"]
    past.advance(datetime(2026, 5, 30, tzinfo=UTC))
    told = past.order(order)
    assert days(told["charges"]) == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    assert told["renews"].startswith("2026-05-31")


def test_renewals_of_many_orders_happen_in_the_order_of_their_times(past, opened):
    for cadence in ("monthly", "annual", "once"):
        past.approve(opened(past, cadence=cadence))
        past.advance(past.now() + timedelta(days=3))
    past.advance(BIRTH + timedelta(days=800))
    times = [line["at"] for line in past.lines()]
    assert times == sorted(times) and len(times) > 40
    created = [event["created"] for event in past.events()]
    assert created == sorted(created)


def test_an_annual_gift_renews_a_year_later(past, opened):
    order = past.approve(opened(past, cadence="annual"))["id"]
    past.advance(datetime(2027, 2, 1, tzinfo=UTC))
    assert days(past.order(order)["charges"]) == ["2026-01-31", "2027-01-31"]


def test_a_cancelled_gift_renews_no_more(past, opened):
    order = past.approve(opened(past))["id"]
    past.advance(datetime(2026, 3, 15, tzinfo=UTC))
    past.cancel(order)
    past.advance(datetime(2026, 9, 1, tzinfo=UTC))
    assert len(past.order(order)["charges"]) == 2


def test_a_renewal_that_is_set_to_fail_charges_nothing_and_the_next_comes_as_usual(past, opened):
    order = past.approve(opened(past), failing_renewals=[2])["id"]
    past.advance(datetime(2026, 5, 1, tzinfo=UTC))
    told = past.order(order)
    assert days(told["charges"]) == ["2026-01-31", "2026-02-28", "2026-04-30"]
    assert days(told["failures"]) == ["2026-03-31"] and told["status"] == "active"
    assert [e["kind"] for e in past.events()].count("charge.failed") == 1


def test_days_may_be_counted_instead(past):
    past.ask("POST", "/api/clock", {"days": 10})
    assert past.now() >= BIRTH + timedelta(days=10)


def test_time_does_not_go_back(past):
    with pytest.raises(Refused, match="does not go back"):
        past.advance(BIRTH - timedelta(days=1))


@pytest.mark.parametrize(
    "wish", [{}, {"to": "soon"}, {"to": "2027-01-01T00:00:00"}, {"days": 10**12}, {"to": "2027", "days": 1}]
)
def test_a_strange_time_is_refused(client, wish):
    with pytest.raises(Refused) as no:
        client.ask("POST", "/api/clock", wish)
    assert no.value.status == 400


def test_a_company_caught_up_with_the_present_goes_on_by_itself(past, opened):
    order = past.approve(opened(past))["id"]
    due = datetime.fromisoformat(past.order(order)["renews"])
    past.advance(due - timedelta(seconds=0.3))
    assert len(past.order(order)["charges"]) == 1
    while past.now() < due + timedelta(seconds=0.5):
        pass
    assert len(past.order(order)["charges"]) == 2
