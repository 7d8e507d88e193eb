"""Events permuted, duplicated, dropped: the books follow the company all the same."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tamizdat.ledger import queries as ledger
from tamizdat.letters.models import Letter
from tamizdat.money import Money
from tamizdat.support import actions, queries
from tamizdat.support.models import Event, Payment, Return
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.tests.company import SIGNED

happenings = st.lists(st.sampled_from(["pay", "pay", "give back", "end"]), min_size=1, max_size=5)
cadences = st.sampled_from([Cadence.MONTHLY, Cadence.ANNUAL])
# For each happening: how often its event is delivered, and how long after it (in further happenings).
deliveries = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), min_size=5, max_size=5)


def happen(company, ref, what):
    snapshot = company.orders[ref].snapshot
    given_back = {refunded.charge_id for refunded in snapshot.refunds}
    left = [charge for charge in snapshot.charges if charge.id not in given_back]
    if what == "end":
        company.end(ref)
    elif what == "give back" and left:
        company.give_back(ref, left[0].id)
    elif snapshot.ended_at is None:
        company.pay(ref)


def book_value(snapshot):
    """What the company's own record comes to, computed apart from the till."""
    arrived = sum(charge.amount.minor - charge.fee.minor for charge in snapshot.charges)
    return Money(arrived - sum(refunded.amount.minor for refunded in snapshot.refunds), "USD")


@pytest.mark.usefixtures("training")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cadence=cadences, what=happenings, plan=deliveries)
def test_any_order_and_any_loss_end_in_the_same_books(edge, give, *, cadence, what, plan):
    before = ledger.balance("assets:practice", "USD")
    contribution, ref = give(cadence=cadence, address="a@reader.example")
    waiting = []
    for step, (thing, (times, delay)) in enumerate(zip(what, plan, strict=False)):
        happen(edge, ref, thing)
        waiting += [(step + delay, edge.event(ref, event_id=f"{ref}-{step}"))] * times
        for _, raw in [pair for pair in waiting if pair[0] <= step]:
            actions.receive_event(provider="practice", headers=SIGNED, raw=raw)
        waiting = [pair for pair in waiting if pair[0] > step]
        actions.process_due_events(timezone.now() + timedelta(minutes=1))
    for _, raw in reversed(waiting):
        actions.receive_event(provider="practice", headers=SIGNED, raw=raw)
    actions.process_due_events(timezone.now() + timedelta(minutes=1))
    actions.finish_due(timezone.now() + timedelta(days=8))

    snapshot = edge.orders[ref].snapshot
    assert ledger.balance("assets:practice", "USD") - before == book_value(snapshot)
    payments = Payment.objects.filter(contribution=contribution)
    assert {row.provider_id for row in payments} == {charge.id for charge in snapshot.charges}
    refunds = Return.objects.filter(payment__contribution=contribution)
    assert {row.provider_id for row in refunds} == {refunded.id for refunded in snapshot.refunds}
    assert Letter.objects.filter(key__in=[row.entry_key for row in payments]).count() == len(snapshot.charges)
    assert queries.gift(contribution).ended_at == snapshot.ended_at
    assert not Event.objects.filter(due_at__isnull=False).exists()
    assert queries.self_checks() == []
