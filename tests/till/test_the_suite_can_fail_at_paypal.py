"""The same at PayPal: each planted fault turns a story red, and without one all are green."""

from dataclasses import replace

from tamizdat.money import Money
from tamizdat.providers.paypal import reading, signature, terms
from tamizdat.providers.paypal.provider import PayPal
from tamizdat.support import queries
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.rules.standing import Standing
from tests.conformance import URLS, ProviderConformance, intent
from tests.sides.paypal import paypal_side
from tests.till.planted import CanFail, Planted, no_key_at_refund, no_key_at_start, nothing, wrapped
from tests.till.stories import Till

CLASS = ProviderConformance()


def snapshots(name, change):
    return wrapped(reading, name, lambda real, *said, **more: change(real(*said, **more)))


def never_captured(real, self, id):
    return self._ask("GET", f"/v2/checkout/orders/{id}")


def only_what_left(real, dispute, charge):
    return [one for one in real(dispute, charge) if one.amount.minor > 0]


def without_fee(real, one):
    charge = real(one)
    return replace(charge, fee=charge.fee - charge.fee)


def in_hundredths(real, text, currency):
    return real(str(float(text) / 100), currency) if currency == "JPY" else real(text, currency)


def a_hundredfold(real, of):
    return real(Money(of.minor * 100, of.currency) if of.currency == "JPY" else of)


ALL = (
    Planted("no request id when a payment is opened", wrapped(PayPal, "start", no_key_at_start)),
    Planted("no request id when money goes back", wrapped(PayPal, "refund", no_key_at_refund)),
    Planted("what a payer agreed to is never asked for", wrapped(PayPal, "_order", never_captured)),
    Planted("refunds of an order are ignored", snapshots("of_order", lambda told: replace(told, refunds=()))),
    Planted("refunds of a subscription are ignored", wrapped(PayPal, "_returns", lambda *_: [])),
    Planted("disputes are ignored", wrapped(reading, "_disputed", lambda *_: ())),
    Planted("money that a dispute gives back is ignored", wrapped(reading, "_movements", only_what_left)),
    Planted("the fee of an order is forgotten", wrapped(reading, "_capture", without_fee)),
    Planted("the fee of a subscription is forgotten", wrapped(reading, "_sale", without_fee)),
    Planted(
        "renewals are ignored", snapshots("of_subscription", lambda told: replace(told, charges=told.charges[-1:]))
    ),
    Planted("a failed payment is not seen", wrapped(reading, "_failures", lambda *_: 0)),
    Planted("stopping tells the company nothing", wrapped(PayPal, "cancel", nothing)),
    Planted("yen are read in hundredths", wrapped(reading, "money", in_hundredths)),
    Planted("yen are written in hundredths", wrapped(terms, "amount", a_hundredfold)),
    Planted("any signature will do", wrapped(signature, "check", nothing)),
    Planted("an old event will do", lambda patch: patch.setattr(signature, "OLDEST_SECONDS", 10**9)),
)


def it_forges(till: Till) -> None:
    till.give(Cadence.ONCE)
    till.side.pay()
    for check in (CLASS.test_a_forged_event_is_refused, CLASS.test_a_stale_or_future_event_is_refused):
        check(PayPal.from_settings(), till.side)


def it_begins_twice(till: Till) -> None:
    till.side.strike("start", "time-out after")
    till.give(Cadence.MONTHLY)
    assert len(till.side.store.find("subscription")) == 1


def once(till: Till) -> None:
    till.give(Cadence.ONCE, minor=2050)
    till.side.pay()
    till.hear("twice")
    assert till.side.periods(), "nothing was taken"
    till.side.strike("refund", "reset")
    till.refund(350)
    till.hear("backwards")
    till.settle()
    till.agrees("once")


def yen(till: Till) -> None:
    provider = PayPal.from_settings()
    wish = replace(intent(), amount=Money(5000, "JPY"))
    ref = provider.start(wish, URLS).ref
    till.side.pay(ref)
    (order,) = till.side.store.find("order")
    said = order["purchase_units"][0]["amount"]["value"]
    assert (said, provider.fetch(ref).charges[0].amount) == ("5000", wish.amount)


def months(till: Till) -> None:
    till.give(Cadence.MONTHLY)
    till.side.pay()
    till.hear("as told")
    till.side.month()
    till.hear("backwards")
    till.refund(700)
    till.settle()
    till.agrees("some of a month went back")
    till.side.dispute()
    till.settle()
    till.agrees("a month is disputed")
    till.side.win()
    till.settle()
    till.agrees("the dispute is won")


def the_report_tells(till: Till) -> None:
    """What no event told stands in the report a few hours later."""
    ref = till.give(Cadence.MONTHLY)
    till.side.pay()
    till.side.give_back()
    till.side.rest()
    (back,) = PayPal.from_settings().fetch(ref).refunds
    assert back.amount == Money(100, "USD")


def a_card_fails(till: Till) -> None:
    till.give(Cadence.MONTHLY)
    till.side.pay()
    till.hear("as told")
    till.side.fail_cards()
    till.side.month()
    till.hear("as told")
    assert queries.gift(till.gifts[0]).standing == Standing.PAST_DUE
    till.side.mend()
    till.hear("as told")
    assert queries.gift(till.gifts[0]).standing == Standing.RUNNING
    till.stop()
    till.settle()
    till.agrees("a card fails")
    assert {one["status"] for one in till.side.store.find("subscription")} == {"CANCELLED"}


STORIES = (it_forges, it_begins_twice, once, yen, months, the_report_tells, a_card_fails)


class TestAtPayPal(CanFail):
    faults, stories, opened = ALL, STORIES, staticmethod(paypal_side)
