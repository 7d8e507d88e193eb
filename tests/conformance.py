"""What every provider must do by itself; at the till, see till_conformance.

Subclass ProviderConformance, and give it the fixtures that it names.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import uuid4

import pytest

from tamizdat.money import Money
from tamizdat.support.rules.contract import (
    BadSignature,
    Cadence,
    Change,
    GiveUp,
    Instructions,
    Intent,
    Provider,
    Redirect,
    Snapshot,
    Urls,
)

Headers = Mapping[str, str]


class Shop(Protocol):
    """The fixture `shop`: what a test can do on the other side of the provider under test."""

    def pay(self, ref: str) -> None:
        """Pay as the reader would."""

    def rest(self) -> None:
        """Let so much time pass that nothing more can come of what was only begun."""

    def events(self, ref: str) -> list[tuple[Headers, bytes]]:
        """The signed events about `ref`, waiting until there is one."""

    def sign(self, raw: bytes, at: datetime) -> Headers:
        """The headers that the company would send with this body."""

    def unknown_event(self, ref: str) -> bytes:
        """The body of an event of a kind that the company has not invented yet."""

    def carry_out(self, refund: str, amount: Money) -> None:
        """Do by hand what the company leaves to a person of a refund called so; mostly there is nothing to do."""


URLS = Urls(back="https://give.example/support/thanks/t/", abandoned="https://give.example/support/")


def intent(cadence: Cadence = Cadence.ONCE, minor: int = 500) -> Intent:
    return Intent(
        contribution=uuid4(),
        amount=Money(minor, "USD"),
        cadence=cadence,
        language="en",
        description="The Test Gazette",
        attempt_key=str(uuid4()),
        begun_at=now(),
    )


def now() -> datetime:
    return datetime.now(UTC)


class Told:
    """What holds of a company's events, where it sends any."""

    @pytest.fixture
    def tells(self, provider):
        if provider.capabilities().by_statement:
            pytest.skip("sends no events: a person brings its statement")


class ProviderConformance(Told):
    """Give the fixtures `provider` (a Provider) and `shop` (a Shop)."""

    def paid(self, provider: Provider, shop: Shop, **terms: object) -> tuple[str, Snapshot]:
        ref = provider.start(intent(**terms), URLS).ref
        shop.pay(ref)
        return ref, provider.fetch(ref)

    def test_it_says_what_it_can_do(self, provider):
        can = provider.capabilities()
        assert can.code.isidentifier() and can.label and Cadence.ONCE in can.cadences

    def test_it_leads_the_reader_to_pay(self, provider):
        begun = provider.start(intent(), URLS)
        assert isinstance(begun, Redirect | Instructions) and begun.ref

    def test_the_same_attempt_twice_opens_one_payment(self, provider):
        wish = intent()
        assert provider.start(wish, URLS) == provider.start(wish, URLS)

    def test_nothing_is_charged_before_the_reader_pays(self, provider):
        wish = intent()
        snapshot = provider.fetch(provider.start(wish, URLS).ref)
        assert (snapshot.status, snapshot.charges) == ("pending", ())
        knows_only_its_name = provider.capabilities().by_statement
        assert snapshot.contribution == (None if knows_only_its_name else wish.contribution)

    def test_a_charge_is_fetched_with_its_fee_and_time(self, provider, shop):
        _, snapshot = self.paid(provider, shop)
        (charge,) = snapshot.charges
        assert charge.amount == Money(500, "USD")
        assert Money(0, "USD") <= charge.fee < charge.amount
        assert charge.at.tzinfo is not None

    def test_a_gift_given_once_has_ended_when_it_is_paid(self, provider, shop):
        _, snapshot = self.paid(provider, shop)
        assert snapshot.status == "ended" and snapshot.ended_at is not None

    def test_a_monthly_gift_stays_active_until_it_is_cancelled(self, provider, shop):
        if Cadence.MONTHLY not in provider.capabilities().cadences:
            pytest.skip("takes no monthly gifts")
        ref, snapshot = self.paid(provider, shop, cadence=Cadence.MONTHLY)
        assert snapshot.status == "active"
        provider.cancel(ref, "cancel-1")
        provider.cancel(ref, "cancel-2")
        assert provider.fetch(ref).status == "ended"

    def test_what_is_cancelled_before_it_is_paid_is_never_paid(self, provider, shop):
        if Cadence.MONTHLY not in provider.capabilities().cadences:
            pytest.skip("takes no monthly gifts")
        ref = provider.start(intent(cadence=Cadence.MONTHLY), URLS).ref
        provider.cancel(ref, str(uuid4()))
        shop.rest()
        snapshot = provider.fetch(ref)
        assert snapshot.status in ("abandoned", "ended") and snapshot.charges == ()

    def test_another_amount_holds_from_the_next_payment_on(self, provider, shop):
        ref, snapshot = self.changeable(provider, shop, Change.AMOUNT)
        assert snapshot.amount == Money(500, "USD")
        key = str(uuid4())
        for _ in range(2):
            provider.set_amount(ref, Money(750, "USD"), key)
        changed = provider.fetch(ref)
        assert (changed.amount, changed.charges) == (Money(750, "USD"), snapshot.charges)

    def test_a_pause_lasts_until_its_day_or_until_it_is_taken_back(self, provider, shop):
        ref, snapshot = self.changeable(provider, shop, Change.PAUSE)
        until = (now() + timedelta(days=30)).replace(microsecond=0)
        key = str(uuid4())
        for _ in range(2):
            provider.pause(ref, until, key)
        assert (provider.fetch(ref).paused_until, provider.fetch(ref).status) == (until, "active")
        provider.pause(ref, None, str(uuid4()))
        assert provider.fetch(ref) == snapshot

    def test_how_it_is_paid_is_said_on_the_companys_page(self, provider, shop):
        ref, snapshot = self.changeable(provider, shop, Change.METHOD)
        assert provider.method_url(ref, URLS.back).startswith("http")
        assert provider.fetch(ref) == snapshot
        provider.cancel(ref, str(uuid4()))
        with pytest.raises(GiveUp):
            provider.method_url(ref, URLS.back)

    def changeable(self, provider: Provider, shop: Shop, change: Change) -> tuple[str, Snapshot]:
        """A gift that goes on and can be changed so."""
        if change not in provider.capabilities().changes:
            pytest.skip(f"changes no {change}")
        return self.paid(provider, shop, cadence=Cadence.MONTHLY)

    def test_what_has_ended_is_not_changed(self, provider, shop):
        ref, _ = self.changeable(provider, shop, Change.AMOUNT)
        provider.cancel(ref, str(uuid4()))
        for change in (lambda key: provider.set_amount(ref, Money(900, "USD"), key),
                       lambda key: provider.pause(ref, now() + timedelta(days=30), key)):  # fmt: skip
            with pytest.raises(GiveUp):
                change(str(uuid4()))

    def test_a_refund_is_fetched_and_its_key_refunds_once(self, provider, shop):
        ref, snapshot = self.paid(provider, shop)
        charge, key = snapshot.charges[0], str(uuid4())
        made = [provider.refund(charge.id, Money(200, "USD"), key) for _ in range(2)]
        shop.carry_out(made[0], Money(200, "USD"))
        (refund,) = provider.fetch(ref).refunds
        assert (refund.charge_id, refund.amount) == (charge.id, Money(200, "USD"))

    def test_no_more_is_refunded_than_was_paid(self, provider, shop):
        ref, snapshot = self.paid(provider, shop)
        with pytest.raises(GiveUp):
            provider.refund(snapshot.charges[0].id, Money(501, "USD"), str(uuid4()))
        made = provider.refund(snapshot.charges[0].id, None, str(uuid4()))
        shop.carry_out(made, Money(500, "USD"))
        with pytest.raises(GiveUp):
            provider.refund(snapshot.charges[0].id, None, str(uuid4()))
        assert [refund.amount for refund in provider.fetch(ref).refunds] == [Money(500, "USD")]

    @pytest.mark.usefixtures("tells")
    def test_an_event_leads_to_its_payment(self, provider, shop):
        ref, _ = self.paid(provider, shop)
        for headers, raw in shop.events(ref):
            assert {provider.fetch(notice.ref).ref for notice in provider.verify(headers, raw, now())} == {ref}

    @pytest.mark.usefixtures("tells")
    def test_an_event_that_comes_twice_bears_one_id_and_changes_nothing(self, provider, shop):
        ref, snapshot = self.paid(provider, shop)
        headers, raw = shop.events(ref)[0]
        assert provider.verify(headers, raw, now()) == provider.verify(headers, raw, now())
        assert provider.fetch(ref) == snapshot

    @pytest.mark.usefixtures("tells")
    def test_a_forged_event_is_refused(self, provider, shop):
        ref, _ = self.paid(provider, shop)
        headers, raw = shop.events(ref)[0]
        reserialised = json.dumps(json.loads(raw), indent=1).encode()
        for bad_headers, body in (
            ({}, raw),
            (headers, raw + b" "),
            (headers, reserialised),
            (headers, b""),
            ({name: value.replace("=", "") for name, value in headers.items()}, raw),
        ):
            with pytest.raises(BadSignature):
                provider.verify(bad_headers, body, now())

    @pytest.mark.usefixtures("tells")
    def test_a_stale_or_future_event_is_refused(self, provider, shop):
        ref, _ = self.paid(provider, shop)
        headers, raw = shop.events(ref)[0]
        for later in (timedelta(minutes=6), timedelta(minutes=-2)):
            with pytest.raises(BadSignature):
                provider.verify(headers, raw, now() + later)

    @pytest.mark.usefixtures("tells")
    def test_an_event_of_an_unknown_kind_is_a_hint_like_any_other(self, provider, shop):
        ref, _ = self.paid(provider, shop)
        raw = shop.unknown_event(ref)
        (notice,) = provider.verify(shop.sign(raw, now()), raw, now())
        assert provider.fetch(notice.ref).ref == ref

    @pytest.mark.usefixtures("tells")
    def test_an_event_about_an_unknown_payment_is_given_up(self, provider, shop):
        raw = shop.unknown_event("nobody_knows_this")
        (notice,) = provider.verify(shop.sign(raw, now()), raw, now())
        with pytest.raises(GiveUp):
            provider.fetch(notice.ref)

    def test_what_was_never_delivered_is_told_again_once(self, provider, shop):
        ref, _ = self.paid(provider, shop)
        told, cursor = [], ""
        while (page := provider.events_since(cursor))[0]:
            told += page[0]
            cursor = page[1]
        assert provider.events_since(cursor) == ([], cursor)
        ids = [notice.event_id for notice in told]
        assert ids and len(ids) == len(set(ids))
        if not provider.capabilities().by_statement:
            heard = {notice.event_id for event in shop.events(ref) for notice in provider.verify(*event, now())}
            assert heard and heard <= set(ids)

    def test_the_statement_agrees_with_what_was_fetched(self, provider, shop):
        ref, snapshot = self.paid(provider, shop)
        charge = snapshot.charges[0]
        shop.carry_out(provider.refund(charge.id, None, str(uuid4())), charge.amount)
        (refund,) = provider.fetch(ref).refunds
        shop.rest()
        lines, cursor = {}, ""
        while (page := provider.lines_since(cursor))[0]:
            lines |= {line.ref: line for line in page[0]}
            cursor = page[1]
        assert provider.lines_since(cursor) == ([], cursor)
        assert all(line.gross - line.fee == line.net for line in lines.values())
        assert (lines[charge.id].gross, lines[charge.id].fee) == (charge.amount, charge.fee)
        assert lines[refund.id].gross == -refund.amount
