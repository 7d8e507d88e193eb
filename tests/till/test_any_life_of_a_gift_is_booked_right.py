"""Whatever payers, banks, the network and the newsroom do, in any order: our books end as the company's."""

import random

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tamizdat.sandbox.company.faults import KINDS
from tamizdat.support.rules.contract import Cadence
from tests.soak import SEED, record, tries
from tests.till.conftest import SIDES
from tests.till.stories import CRASHES, ORDERS, Till, a_story

AT_THE_COMPANY = (
    "pay", "pay", "pay", "pay_slowly", "arrive", "bounce", "decline", "leave", "month", "week", "fail_cards", "mend",
    "end", "give_back", "fail_refund", "dispute", "win", "lose", "pay_half", "pay_twice", "mark",
    "exchange_held",
)  # fmt: skip
OURS = {
    "refund a part": lambda till: till.refund(300),
    "refund all": lambda till: till.refund(None),
    "stop": lambda till: till.stop(),
    "work": lambda till: a_day_later(till),
    "pause": lambda till: till.pause(30),
    "go on": lambda till: till.pause(0),
    "more": lambda till: till.set_amount(3000),
    "less": lambda till: till.set_amount(1000),
    "renew": lambda till: till.renew(),
    "attend": lambda till: till.attend(),
}
STEPS = st.one_of(
    st.sampled_from(AT_THE_COMPANY),
    st.sampled_from(sorted(OURS)),
    st.tuples(st.just("hear"), st.sampled_from(ORDERS), st.sampled_from([0.0, 0.5])),
    st.tuples(st.just("strike"), st.integers(0, 5), st.integers(0, len(KINDS) - 1)),
    st.tuples(st.just("crash"), st.sampled_from(CRASHES)),
)
LIVES = st.lists(STEPS, min_size=5, max_size=20)
BEGINNINGS = st.sampled_from(["pay", "pay", "pay", "pay_slowly", "work"])
CURRENCIES = st.sampled_from(["USD", "EUR", "JPY"])
GIFTS = st.lists(st.tuples(st.sampled_from(list(Cadence)), CURRENCIES), min_size=1, max_size=2)


@pytest.mark.django_db
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("code", SIDES)
def test_any_life_ends_in_agreement(code, open_till):
    told = {"lives": 0, "charges": 0, "returns": 0}

    @seed(SEED)
    @settings(
        max_examples=tries(soak=2000, test=100),
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(gifts=GIFTS, begins=BEGINNINGS, life=LIVES, exchanges=st.booleans(), dice=st.integers(0, 2**32))
    def lives(gifts, begins, life, *, exchanges, dice):
        with SIDES[code]() as side, a_story():
            till = Till(open_till(side), random.Random(dice))
            if exchanges:
                side.exchange()
            for cadence, currency in gifts:
                may = currency if currency in side.currencies else "USD"
                till.give(cadence if cadence in side.cadences else Cadence.ONCE, currency=may)
            for step in (begins, *life):
                take(till, step)
            till.settle()
            till.agrees(f"{begins}, {life}")
            told["lives"] += 1
            told["charges"] += len(side.periods())
            told["returns"] += len(side.returned())
        told.update(side.checked.figures())

    lives()
    record(f"lives at {code}", n=told.pop("lives"), seed=SEED, **told)


def take(till: Till, step) -> None:
    if step in AT_THE_COMPANY:
        getattr(till.side, step, bool)()  # not everything happens at every company
    elif step in OURS:
        OURS[step](till)
    elif step[0] == "hear":
        till.hear(step[1], lost=step[2])
    elif step[0] == "strike":
        operations, mishaps = sorted(till.side.operations), till.side.mishaps
        till.side.strike(operations[step[1] % len(operations)], mishaps[step[2] % len(mishaps)])
    else:
        with till.crash(step[1]):
            till.work()


def a_day_later(till: Till) -> None:
    till.days += 1
    till.work()
