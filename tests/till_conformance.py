"""What every provider must do at the till, down to the books.

Subclass TillConformance, and give it the fixtures that it names.
"""

import random
from datetime import timedelta
from uuid import uuid4

import pytest

from tamizdat.ledger import queries as ledger
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.support import actions
from tamizdat.support import queries as support
from tamizdat.support.models import Difference
from tamizdat.support.rules.contract import BadSignature, Cadence
from tests.conformance import Headers, Shop, Told, now


@pytest.mark.django_db
class TillConformance(Told):
    """Give the fixtures `provider`, `shop` and `installed`: the newsroom's settings lead to this provider."""

    @pytest.fixture(autouse=True)
    def at_the_till(self, installed, provider):
        can = provider.capabilities()
        self.code, self.is_brought = can.code, can.by_statement
        yield
        assert (ledger.self_checks(), support.self_checks()) == ([], [])

    def paid(self, shop: Shop) -> tuple[support.Gift, list[tuple[Headers, bytes]]]:
        begun = actions.begin(
            amount=Money(500, "USD"), cadence=Cadence.ONCE, provider=self.code, source="", language="en"
        )
        shop.pay(begun.next.ref)
        events = shop.events(begun.next.ref)
        self.deliver(events)
        return support.gift(begun.contribution), events

    def deliver(self, events: list[tuple[Headers, bytes]]) -> None:
        for headers, raw in events:
            if self.is_brought:
                actions.take_statement(provider=self.code, raw=raw, by="treasurer")
            else:
                actions.receive_event(provider=self.code, headers=headers, raw=raw)
        actions.process_due_events(now())

    def give_back(self, shop: Shop, payment: support.Paid, amount: Money | None = None) -> None:
        """Decided, and where that is left to a person, carried out."""
        is_done = actions.refund(payment=payment.id, by="treasurer", reason="asked", key=str(uuid4()), amount=amount)
        by_hand = support.to_transfer()
        assert is_done != bool(by_hand)
        for one in by_hand:
            shop.carry_out(one.ref, one.amount)
            self.deliver(shop.events(one.gift))
            actions.finish_due(now())
        assert support.to_transfer() == []

    def raised(self, gift: support.Gift) -> Money:
        return ledger.raised(Month.of(gift.payments[0].day), "USD")

    def test_a_charge_is_booked_net_of_its_fee(self, shop):
        gift, _ = self.paid(shop)
        (payment,) = gift.payments
        assert payment.gross == Money(500, "USD")
        assert self.raised(gift) == payment.gross - payment.fee
        assert support.supporters(Month.of(payment.day)) == 1

    def test_a_refund_goes_through_the_company_into_the_books(self, shop):
        gift, _ = self.paid(shop)
        (payment,) = gift.payments
        self.give_back(shop, payment)
        assert self.raised(gift) == -payment.fee
        assert support.supporters(Month.of(payment.day)) == 0

    def test_a_gift_stopped_before_it_is_paid_is_settled_once_nothing_can_come(self, shop):
        if Cadence.MONTHLY not in {cadence for method in support.methods() for cadence in method.cadences}:
            pytest.skip("takes no monthly gifts")
        begun = actions.begin(
            amount=Money(500, "USD"), cadence=Cadence.MONTHLY, provider=self.code, source="", language="en"
        )
        if not actions.stop(contribution=begun.contribution, by="supporter", reason=""):
            shop.rest()
            actions.finish_due(now() + timedelta(days=2))
        assert support.gift(begun.contribution).standing in ("abandoned", "stopped")

    def test_events_that_come_five_times_in_any_order_are_booked_once(self, shop):
        gift, events = self.paid(shop)
        again = events * 5
        random.Random(7).shuffle(again)
        self.deliver(again)
        assert support.gift(gift.id).payments == gift.payments
        assert self.raised(gift) == gift.payments[0].gross - gift.payments[0].fee

    def test_its_statement_and_our_books_agree(self, shop):
        gift, _ = self.paid(shop)
        (payment,) = gift.payments
        self.give_back(shop, payment, Money(200, "USD"))
        shop.rest()
        actions.reconcile(now())
        assert self.code in support.reconciled()
        # Other tests' gifts stand in the same statement and not in this database.
        assert payment.ref not in {one.ref for one in support.differences()}
        Difference.objects.update(settled_at=now())

    @pytest.mark.usefixtures("tells")
    def test_what_was_never_delivered_is_heard_and_booked(self, shop):
        begun = actions.begin(
            amount=Money(500, "USD"), cadence=Cadence.ONCE, provider=self.code, source="", language="en"
        )
        shop.pay(begun.next.ref)
        assert actions.hear_again(now()) > 0
        assert actions.hear_again(now()) == 0
        actions.finish_due(now() + timedelta(hours=1))
        assert support.gift(begun.contribution).payments

    @pytest.mark.usefixtures("tells")
    def test_a_forged_event_is_not_even_stored(self, shop):
        _, events = self.paid(shop)
        headers, raw = events[0]
        with pytest.raises(BadSignature):
            actions.receive_event(provider=self.code, headers=headers, raw=raw + b" ")
        assert actions.process_due_events(now()) == 0

    @pytest.mark.usefixtures("tells")
    def test_an_event_of_an_unknown_kind_changes_nothing(self, shop):
        gift, _ = self.paid(shop)
        raw = shop.unknown_event(gift.ref)
        self.deliver([(shop.sign(raw, now()), raw)])
        assert support.gift(gift.id).payments == gift.payments and support.damaged() == []

    @pytest.mark.usefixtures("tells")
    def test_an_event_about_an_unknown_payment_books_nothing(self, shop):
        raw = shop.unknown_event("nobody_knows_this")
        self.deliver([(shop.sign(raw, now()), raw)])
        assert support.latest_payments() == []
