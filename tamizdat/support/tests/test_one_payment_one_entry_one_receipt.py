"""Payment, entry and receipt are one fact."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tamizdat.ledger import queries as ledger
from tamizdat.ledger.rules.entries import Line
from tamizdat.letters import actions as letters
from tamizdat.letters.models import Letter
from tamizdat.letters.queries import training_letters
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.support import actions, queries
from tamizdat.support.models import Payment, Return
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.rules.standing import Standing
from tamizdat.support.truth import recording


def test_a_payment_is_booked_gross_fee_and_net(company, give, deliver):
    _, ref = give()
    charge = company.pay(ref)
    deliver(ref)
    assert set(ledger.lines(f"payment:practice:{charge.id}")) == {
        Line("assets:practice", Money(455, "USD")),
        Line("expenses:fees", Money(45, "USD")),
        Line("income:gifts", Money(-500, "USD")),
    }


def test_a_payment_is_dated_by_the_company_in_the_newsrooms_time_zone(company, give, deliver):
    _, ref = give()
    company.pay(ref, at=datetime(2026, 10, 31, 22, 30, tzinfo=UTC))  # half past midnight in Riga
    deliver(ref)
    assert Payment.objects.get().day == date(2026, 11, 1)
    assert ledger.raised(Month(2026, 11), "USD") == Money(455, "USD")


def test_a_second_delivery_of_the_same_event_changes_nothing(company, give, deliver):
    _, ref = give(address="a@reader.example")
    company.pay(ref)
    for _ in range(3):
        deliver(ref, event_id="the-same")
    assert (Payment.objects.count(), Letter.objects.count(), company.count("fetch")) == (1, 1, 1)


def test_two_events_about_one_payment_make_one_payment(company, give, deliver):
    _, ref = give(address="a@reader.example")
    company.pay(ref)
    deliver(ref)
    deliver(ref)
    assert (Payment.objects.count(), Letter.objects.count()) == (1, 1)


def test_a_gift_without_an_address_gets_no_letter(company, give, deliver):
    _, ref = give()
    company.pay(ref)
    deliver(ref)
    assert not Letter.objects.exists()


def test_the_first_receipt_brings_the_private_address_and_the_second_does_not(company, give, deliver, later):
    _, ref = give(address="a@reader.example")
    for _ in range(2):
        company.pay(ref)
        deliver(ref)
    letters.deliver_due(now=later(1))
    second, first = [letter.text for letter in training_letters()]
    assert "/support/my/" in first
    assert "/support/my/" not in second
    assert "$5" in first


def test_a_receipt_that_cannot_be_written_leaves_no_payment_and_no_entry(company, give, monkeypatch):
    _, ref = give(address="a@reader.example")
    company.pay(ref)

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(letters, "send", broken)
    with pytest.raises(RuntimeError):
        recording.record("practice", company.fetch(ref))
    assert not Payment.objects.exists()
    assert ledger.balance("assets:practice", "USD") == Money(0, "USD")


def test_an_event_that_comes_before_the_answer_books_the_payment(company, give, deliver):
    def pay_and_tell(what):
        ref = f"order-{what[0]}"
        company.pay(ref)
        deliver(ref)

    company.before["start"] = pay_and_tell
    contribution, _ = give()
    assert queries.gift(contribution).standing is Standing.RUNNING
    assert Payment.objects.count() == 1


def test_an_event_that_never_comes_is_made_up_for(company, give, later):
    contribution, ref = give()
    company.pay(ref)
    actions.finish_due(later(1))
    assert not Payment.objects.exists()
    actions.finish_due(later(6))
    assert queries.gift(contribution).standing is Standing.RUNNING


def test_a_renewal_whose_event_never_comes_is_found_within_the_week(company, give, deliver, later):
    _, ref = give()
    company.pay(ref)
    actions.finish_due(later(6))
    company.pay(ref)
    actions.finish_due(later(6 + 7 * 24 * 60 + 1))
    assert Payment.objects.count() == 2


def test_a_refund_is_booked_and_told_once(company, give, deliver):
    contribution, ref = give(cadence=Cadence.ONCE, address="a@reader.example")
    charge = company.pay(ref)
    refunded = company.give_back(ref, charge.id)
    deliver(ref)
    deliver(ref)
    assert set(ledger.lines(f"refund:practice:{refunded.id}")) == {
        Line("assets:practice", Money(-500, "USD")),
        Line("income:refunds", Money(500, "USD")),
    }
    assert Letter.objects.filter(kind="refund").count() == Return.objects.count() == 1
    assert queries.gift(contribution).standing is Standing.REFUNDED


@pytest.mark.parametrize("status", ["declined", "abandoned"])
def test_what_was_not_paid_is_not_booked(company, give, deliver, status):
    contribution, ref = give(address="a@reader.example")
    company.refuse(ref, status)
    deliver(ref)
    assert queries.gift(contribution).standing == status
    assert not Payment.objects.exists() and not Letter.objects.exists()


def test_a_payment_that_changes_its_amount_is_not_believed(company, give):
    _, ref = give()
    charge = company.pay(ref)
    recording.record("practice", company.fetch(ref))
    company._now(ref, charges=(type(charge)(charge.id, Money(900, "USD"), charge.fee, charge.at),))
    with pytest.raises(recording.Disagreement):
        recording.record("practice", company.fetch(ref))
    assert Payment.objects.get().gross == Money(500, "USD")


def test_receipts_are_numbered_by_year_and_serial(company, give, deliver):
    _, ref = give()
    company.pay(ref)
    deliver(ref)
    payment = Payment.objects.get()
    assert payment.receipt_number == f"{timezone.localdate().year}-{payment.id:06}"
