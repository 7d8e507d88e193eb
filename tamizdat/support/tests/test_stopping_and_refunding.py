"""What we ask of a company stands before it is asked, and is finished whatever happens in between."""

import pytest

from tamizdat.letters.models import Letter
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.support import actions, queries
from tamizdat.support.models import Cancellation, Payment, RefundRequest, Return
from tamizdat.support.rules.contract import Cadence, GiveUp, TryLater
from tamizdat.support.rules.standing import Standing
from tamizdat.support.truth import settling


@pytest.fixture
def running(company, give, deliver):
    contribution, ref = give(address="a@reader.example")
    company.pay(ref)
    deliver(ref)
    return contribution


@pytest.fixture
def refund(running):
    def ask(key="a key"):
        return actions.refund(payment=Payment.objects.get().pk, by="treasurer", reason="asked", key=key)

    return ask


def stop(contribution):
    return actions.stop(contribution=contribution, by="supporter", reason="private page")


def standing(contribution):
    return queries.gift(contribution).standing


def test_a_stopped_gift_is_stopped_and_told_once(company, running):
    assert stop(running)
    assert stop(running)
    assert standing(running) is Standing.STOPPED
    assert company.count("cancel") == 1
    assert Letter.objects.filter(kind="stopped").count() == 1


def test_a_stop_is_passed_on_until_the_company_confirms(company, running, later):
    company.trouble["cancel"] = [TryLater()]
    assert not stop(running)
    assert standing(running) is Standing.STOPPING
    actions.finish_due(later(2))
    assert standing(running) is Standing.STOPPED
    assert len({call[2] for call in company.asked if call[0] == "cancel"}) == 1


def test_a_stop_whose_process_died_is_finished_by_the_minute_tick(company, running, later, monkeypatch):
    monkeypatch.setattr(settling, "settle", lambda errand, *, now: errand.claim(now) and False)
    assert not stop(running)
    monkeypatch.undo()
    actions.finish_due(later(1))
    assert standing(running) is Standing.STOPPING
    actions.finish_due(later(3))
    assert standing(running) is Standing.STOPPED


def test_a_company_that_refuses_to_stop_what_has_ended_is_right(company, running):
    company.trouble["cancel"] = [GiveUp("it has ended")]
    assert stop(running)


def test_a_gift_given_once_has_nothing_to_stop(company, give):
    contribution, _ = give(cadence=Cadence.ONCE)
    with pytest.raises(actions.NothingToStop):
        stop(contribution)
    assert not Cancellation.objects.exists()


def test_a_refund_is_made_booked_and_told_once(company, running, refund):
    assert refund()
    assert refund()
    assert Return.objects.get().amount == Money(500, "USD")
    assert Letter.objects.filter(kind="refund").count() == company.count("refund") == 1
    assert queries.supporters(Month.of(Payment.objects.get().day)) == 0


def test_a_second_request_with_another_key_refunds_nothing_more(company, refund):
    assert refund("one")
    assert refund("two")
    assert RefundRequest.objects.count() == company.count("refund") == 1


def test_a_refund_whose_answer_was_lost_is_finished_with_the_same_key(company, running, refund, later):
    company.trouble["refund"] = [TryLater(), TryLater()]
    assert not refund()
    actions.finish_due(later(2))
    actions.finish_due(later(10))
    assert len({call[2] for call in company.asked if call[0] == "refund"}) == 1
    assert Return.objects.count() == 1


def test_a_refused_refund_is_laid_before_a_person(company, refund, monkeypatch):
    def refuse(*args):
        raise GiveUp("the card is gone")

    monkeypatch.setattr(company, "refund", refuse)
    assert not refund()
    (trouble,) = queries.damaged()
    assert trouble.kind == "refundrequest" and "the card is gone" in trouble.why
    monkeypatch.undo()
    assert actions.replay(trouble.errand)
    assert queries.damaged() == []


def test_a_refund_made_at_the_company_is_found_by_its_event(company, running, deliver):
    payment = Payment.objects.get()
    ref = queries.gift(running).ref
    company.give_back(ref, payment.provider_id)
    deliver(ref)
    assert queries.gift(running).payments[0].is_refunded
