"""Each operation × each mishap × each order of news: our books end as the company's, and nobody is charged twice."""

import random

import pytest

from tamizdat.support.rules.contract import Cadence
from tests.soak import IS_SOAK, SEED, record
from tests.till.conftest import SIDES
from tests.till.stories import CRASHES, ORDERS, Till, a_story


def combinations(side) -> list[tuple[str, str, str]]:
    mishaps = (*side.mishaps, *CRASHES)
    every = [(operation, kind, order) for operation in side.operations for kind in mishaps for order in ORDERS]
    return every if IS_SOAK else random.Random(SEED).sample(every, min(16, len(every)))


@pytest.mark.django_db
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("code", SIDES)
def test_any_mishap_in_any_order_ends_in_agreement(code, open_till):
    done = 0
    with SIDES[code]() as first:
        todo = combinations(first)
    for number, (operation, kind, order) in enumerate(todo):
        with SIDES[code]() as side, a_story():
            till = Till(open_till(side), random.Random(f"{SEED} {number}"))
            live(till, operation, kind, order)
            till.agrees(f"{operation}, {kind}, {order}")
        done += 1
    tried = {"operations": len(first.operations), "mishaps": len(first.mishaps) + len(CRASHES), "orders": len(ORDERS)}
    record(f"mishaps at {code}", n=done, seed=SEED, **tried)


def live(till: Till, operation: str, kind: str, order: str) -> None:
    """A gift is begun, paid, given back in part, changed and stopped where it recurs; once, the operation is struck."""

    def step(name, do):
        if name != operation or kind in CRASHES:
            return do()
        till.side.strike(name, kind)
        do()

    def whole():
        recurs = Cadence.MONTHLY in till.side.cadences and operation != "capture"
        cadence = Cadence.MONTHLY if recurs else Cadence.ONCE
        step("look" if operation == "look" else "start", lambda: refs.append(till.give(cadence)))
        assert refs[-1], "no gift could be begun"
        till.side.pay(refs[-1])
        step(operation if operation in ("capture", "statement") else "fetch", lambda: till.hear(order))
        till.work()
        till.days += 1
        till.work()
        step(operation if operation in ("refund", "invoice") else "find", lambda: till.refund(700))
        till.hear(order)
        step("change", lambda: till.pause(30))
        till.set_amount(2500)
        till.hear(order)
        step("cancel", till.stop)
        till.hear(order)
        step("list", till.hear_again)

    refs: list[str] = []
    if kind in CRASHES:
        with till.crash(kind):
            whole()
    else:
        whole()
    till.settle()
