"""The same at BTCPay: each planted fault turns a story red, and without one all are green."""

from dataclasses import replace

from tamizdat.money import Money
from tamizdat.providers.btcpay import provider as adapter
from tamizdat.providers.btcpay import reading
from tamizdat.providers.btcpay.provider import BTCPay
from tamizdat.support import queries
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.rules.standing import Standing
from tests.conformance import ProviderConformance
from tests.sides.btcpay import btcpay_side
from tests.till.planted import CanFail, Planted, nothing, wrapped
from tests.till.stories import Till

CLASS = ProviderConformance()


def seeing(keep):
    """Whoever opens an invoice sees only those that are there already and that `keep` lets through."""

    def start(real, self, intent, urls):
        there = self._invoices
        self._invoices = lambda contribution: [one for one in there(contribution) if keep(one)]
        try:
            return real(self, intent, urls)
        finally:
            del self._invoices

    return start


def early(real, invoice, now):
    is_early = invoice["status"] == "Processing"
    return real({**invoice, "status": "Settled"} if is_early else invoice, now)


def only_settled(real, invoice, now):
    return real(invoice, now) if invoice["status"] == "Settled" else None


def at_once(real, invoice, now):
    """What came in part is booked before the server has stopped watching: more may come."""
    return real({**invoice, "monitoringExpiration": 0}, now)


def as_asked(real, invoice, now):
    found = real(invoice, now)
    return found and replace(found, amount=reading.money(invoice["amount"], invoice["currency"]))


def never_again(real, *said):
    return [replace(one, failed_at=None) for one in real(*said)]


ALL = (
    Planted("nothing is looked for before an invoice is made", wrapped(BTCPay, "start", seeing(lambda one: False))),
    Planted("an invoice is opened beside an open one", wrapped(BTCPay, "start", seeing(
        lambda one: one["status"] != "New"
    ))),
    Planted("an invoice is opened while a payment is on its way", wrapped(BTCPay, "start", seeing(
        lambda one: one["status"] != "Processing"
    ))),
    Planted("that a gift has ended is not written down", wrapped(reading, "stopped_at", nothing)),
    Planted("the request is not looked for before money goes back", wrapped(reading, "key_of", lambda *_: "")),
    Planted("booking before the network has confirmed", wrapped(reading, "charge", early)),
    Planted("what came late or in part is ignored", wrapped(reading, "charge", only_settled)),
    Planted("what came in part is booked while more may come", wrapped(reading, "charge", at_once)),
    Planted("what was paid twice is booked once", wrapped(reading, "charge", as_asked)),
    Planted("refunds are ignored", wrapped(reading, "refunds", lambda *_: [])),
    Planted("a refund that nobody fetched stays a refund", wrapped(reading, "refunds", never_again)),
    Planted("cents are read as whole", wrapped(reading, "money", lambda real, text, code: Money(
        real(text, code).minor // 100 * 100, code
    ))),
    Planted("any signature will do", lambda patch: patch.setattr(adapter.hmac, "compare_digest", lambda *_: True)),
    Planted("an old event will do", lambda patch: patch.setattr(adapter, "OLDEST_SECONDS", 10**9)),
    Planted("nothing is given back", wrapped(BTCPay, "refund", nothing)),
)  # fmt: skip


def it_forges(till: Till) -> None:
    till.give(Cadence.ONCE)
    till.side.pay()
    for check in (CLASS.test_a_forged_event_is_refused, CLASS.test_a_stale_or_future_event_is_refused):
        check(BTCPay.from_settings(), till.side)


def it_begins_twice(till: Till) -> None:
    till.side.strike("start", "time-out after")
    till.give(Cadence.ONCE)
    assert len(till.side.store.find("invoice")) == 1


def some_goes_back(till: Till) -> None:
    till.give(Cadence.ONCE, minor=2050)
    till.side.pay()
    till.hear("twice")
    till.side.strike("refund", "reset")
    till.refund(350)
    till.hear("as told")
    till.settle()
    till.agrees("some goes back")
    assert len(till.side.store.find("pull")) == 1
    till.side.fail_refund()
    till.settle()
    till.agrees("it was not fetched")


def it_comes_in_parts(till: Till) -> None:
    for come in (till.side.pay_half, till.side.pay_twice):
        till.give(Cadence.ONCE)
        come()
        till.side.leave()
        till.hear("backwards")
        till.work()
        till.side.mend()
        till.hear("as told")
        till.settle()
        till.agrees("it comes in parts")


def the_network_forgets_it(till: Till) -> None:
    till.give(Cadence.ONCE)
    till.side.pay_slowly()
    till.hear("as told")
    till.side.bounce()
    till.settle()
    till.agrees("the network forgets it")


def it_is_asked_for_each_time(till: Till) -> None:
    till.give(Cadence.MONTHLY)
    till.side.pay()
    till.hear("as told")
    till.renew()
    till.renew()
    till.side.pay_slowly()
    till.renew()
    assert len(till.side.store.find("invoice")) == 2
    till.side.arrive()
    till.hear("twice")
    till.stop()
    till.settle()
    till.agrees("it is asked for each time")
    gift = queries.gift(till.gifts[0])
    assert (gift.standing, len(gift.payments)) == (Standing.STOPPED, 2)


STORIES = (
    it_is_asked_for_each_time,
    it_forges,
    it_begins_twice,
    some_goes_back,
    it_comes_in_parts,
    the_network_forgets_it,
)


class TestAtBTCPay(CanFail):
    faults, stories, opened = ALL, STORIES, staticmethod(btcpay_side)
