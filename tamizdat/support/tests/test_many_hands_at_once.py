"""Real connections side by side: one payment, one entry, one receipt."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.utils import timezone

from tamizdat.ledger import queries as ledger
from tamizdat.letters.models import Letter
from tamizdat.money import Money
from tamizdat.support import actions, queries
from tamizdat.support.models import Contribution, Event, Payment
from tamizdat.support.tests.company import SIGNED
from tamizdat.support.truth import recording

HANDS = 4


def together(work):
    def hand(number):
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(hand, range(HANDS)))


def test_the_same_truth_recorded_by_many_at_once_is_booked_once(open_till, give):
    _, ref = give(address="a@reader.example")
    charge = open_till.pay(ref)
    open_till.give_back(ref, charge.id)
    together(lambda number: recording.record("practice", open_till.fetch(ref)))
    assert (Payment.objects.count(), Letter.objects.filter(kind="receipt").count()) == (1, 1)
    assert ledger.balance("assets:practice", "USD") == Money(-45, "USD")
    assert queries.self_checks() == []


def test_an_event_delivered_by_many_at_once_is_stored_and_settled_once(open_till, give):
    _, ref = give(address="a@reader.example")
    open_till.pay(ref)
    raw = open_till.event(ref, event_id="one")
    new = together(lambda number: actions.receive_event(provider="practice", headers=SIGNED, raw=raw))
    assert sum(new) == 1
    assert Event.objects.count() == 1
    assert sum(together(lambda number: actions.process_due_events(timezone.now()))) == 1
    assert (Payment.objects.count(), Letter.objects.count()) == (1, 1)


def test_a_form_sent_by_many_at_once_is_one_gift(open_till, give):
    form = uuid.uuid4()
    begun = together(lambda number: give(form=form, address="a@reader.example"))
    assert len(set(begun)) == Contribution.objects.count() == len(open_till.orders) == 1


def test_a_refund_asked_by_many_at_once_goes_back_once(open_till, give):
    _, ref = give()
    open_till.pay(ref)
    recording.record("practice", open_till.fetch(ref))
    payment = Payment.objects.get().pk
    together(lambda number: actions.refund(payment=payment, by="t", reason="r", key=str(number)))
    assert open_till.count("refund") == len(open_till.orders[ref].snapshot.refunds) == 1
