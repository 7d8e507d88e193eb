"""The suite is worth something: each planted fault turns it red, and without one it is green."""

import pytest

from tamizdat.ledger import queries as ledger
from tamizdat.providers.stripe.provider import Stripe
from tamizdat.support import actions
from tamizdat.support import queries as support
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.rules.standing import Standing
from tests.conformance import ProviderConformance
from tests.sides.stripe import stripe_side
from tests.soak import SEED, record
from tests.till.planted import ALL, found
from tests.till.stories import Till, goes_wrong

CLASS = ProviderConformance()


def it_forges(till: Till) -> None:
    CLASS.test_a_forged_event_is_refused(Stripe.from_settings(), till.side)


def it_begins_twice(till: Till) -> None:
    CLASS.test_the_same_attempt_twice_opens_one_payment(Stripe.from_settings())


def a_month_goes_by(till: Till) -> None:
    till.give(Cadence.MONTHLY)
    till.side.pay()
    till.hear("twice")
    for _ in range(3):
        till.side.month()
        till.hear("backwards")
    till.side.strike("refund", "reset")
    till.refund(300)
    till.hear("twice")
    till.refund(200)
    till.side.give_back()
    till.hear("as told")
    till.stop()
    till.settle()
    till.agrees("a month goes by")
    assert till.side.store.find("subscription")[0]["status"] == "canceled"


def yen_are_given(till: Till) -> None:
    till.give(Cadence.ONCE, currency="JPY", minor=2000)
    assert till.side.store.find("checkout.session")[0]["amount_total"] == 2000
    till.side.pay()
    till.settle()
    assert ledger.balance("income:gifts", "JPY").minor == -2000


def euros_are_exchanged(till: Till) -> None:
    till.side.exchange()
    till.give(Cadence.ONCE, currency="EUR")
    till.side.pay()
    till.hear("as told")
    till.refund(500)
    till.side.fail_refund()
    till.side.dispute()
    till.hear("backwards")
    till.side.win()
    till.settle()
    assert till.side.balance().keys() == {"USD"}
    till.agrees("euros are exchanged")


def slow_money_bounces(till: Till) -> None:
    till.give(Cadence.ONCE)
    till.side.pay_slowly()
    till.hear("as told")
    till.side.bounce()
    till.settle()
    till.agrees("slow money bounces")


def money_is_fought_over(till: Till) -> None:
    for ending in (till.side.win, till.side.lose):
        till.give(Cadence.ONCE)
        till.side.pay()
        till.side.dispute()
        till.hear("twice")
        ending()
        till.settle()
        till.agrees("money is fought over")


def a_refund_comes_again(till: Till) -> None:
    till.give(Cadence.ONCE)
    till.side.pay()
    till.hear("as told")
    till.refund(500)
    till.side.fail_refund()
    till.settle()
    till.agrees("a refund comes again")


def a_card_fails_and_heals(till: Till) -> None:
    till.give(Cadence.MONTHLY)
    till.side.pay()
    till.hear("as told")
    till.side.fail_cards()
    till.side.month()
    till.hear("as told")
    assert support.gift(till.gifts[0]).standing is Standing.PAST_DUE
    till.side.mend()
    till.hear("as told")
    assert support.gift(till.gifts[0]).standing is Standing.RUNNING
    till.settle()
    till.agrees("a card fails and heals")


def another_card_is_named(till: Till) -> None:
    till.give(Cadence.MONTHLY)
    till.side.pay()
    till.hear("as told")
    till.side.fail_cards()
    assert actions.pay_otherwise(contribution=till.gifts[0]).startswith(till.side.address)
    assert till.side.name_card()
    till.side.month()
    till.hear("as told")
    assert support.gift(till.gifts[0]).standing is Standing.RUNNING
    till.settle()
    till.agrees("another card is named")


def a_gift_is_changed_and_rests(till: Till) -> None:
    till.give(Cadence.MONTHLY)
    till.side.pay()
    till.hear("as told")
    till.set_amount(3000)
    till.pause(30)
    assert support.gift(till.gifts[0]).standing is Standing.PAUSED
    till.side.month()
    till.hear("as told")
    till.side.month()
    till.hear("backwards")
    assert [one.gross.minor for one in support.gift(till.gifts[0]).payments] == [2000, 3000]
    till.settle()
    till.agrees("a gift is changed and rests")


def no_event_comes(till: Till) -> None:
    till.give(Cadence.ONCE)
    till.side.pay()
    till.days += 1
    till.work()
    assert support.gift(till.gifts[0]).standing is Standing.GIVEN


def the_company_is_down_for_a_while(till: Till) -> None:
    till.give(Cadence.ONCE)
    till.side.pay()
    till.side.strike("fetch", "503")
    till.hear("as told")
    till.side.calm()
    assert support.damaged() == []


STORIES = (
    it_forges, it_begins_twice, a_month_goes_by, yen_are_given, euros_are_exchanged, slow_money_bounces,
    money_is_fought_over, a_refund_comes_again, a_card_fails_and_heals, another_card_is_named,
    a_gift_is_changed_and_rests, no_event_comes, the_company_is_down_for_a_while,
)  # fmt: skip


@pytest.fixture
def reddened_by(open_till):
    """Which stories go wrong."""

    def tell(*, enough: int = len(STORIES)) -> list[str]:
        wrong: list[str] = []
        for story in STORIES:
            if len(wrong) == enough:
                break
            if goes_wrong(story, stripe_side, open_till):
                wrong.append(story.__name__)
        return wrong

    return tell


@pytest.mark.django_db
def test_without_a_fault_all_is_green(reddened_by):
    assert reddened_by() == []


@pytest.mark.django_db
@pytest.mark.timeout(1800)
def test_every_planted_fault_is_found(reddened_by, monkeypatch):
    told = found(ALL, lambda: reddened_by(enough=1), monkeypatch)
    record("planted faults", n=len(told), seed=SEED, found=told)
    assert [name for name, wrong in told.items() if not wrong] == []
    assert len(ALL) >= 20
