from concurrent.futures import ThreadPoolExecutor

import pytest

from tamizdat.sandbox.practice.rules import Refused

VERDICTS = ("approve", "decline", "abandon")


def test_approving_charges_at_once_at_the_company_s_time(client, opened):
    before = client.now().isoformat()
    order = client.approve(opened(client))
    (charge,) = order["charges"]
    assert order["status"] == "active"
    assert (charge["amount_minor"], charge["fee_minor"], charge["net_minor"]) == (500, 45, 455)
    assert before <= charge["at"] <= client.now().isoformat()


def test_a_gift_given_once_ends_with_its_charge(client, opened):
    order = client.approve(opened(client, cadence="once"))
    assert order["status"] == "ended" and order["ended"] == order["charges"][0]["at"]
    assert order["renews"] is None


@pytest.mark.parametrize(("verb", "status"), [("decline", "declined"), ("abandon", "abandoned")])
def test_saying_no_charges_nothing(client, opened, verb, status):
    order = getattr(client, verb)(opened(client))
    assert (order["status"], order["charges"], order["renews"]) == (status, [], None)


@pytest.mark.parametrize("first", VERDICTS)
@pytest.mark.parametrize("second", VERDICTS)
def test_an_order_is_decided_once(client, opened, first, second):
    order = getattr(client, first)(opened(client))
    with pytest.raises(Refused) as no:
        getattr(client, second)(order["id"])
    assert (no.value.status, no.value.code) == (409, "decided_already")
    assert client.order(order["id"]) == order


def test_two_hasty_approvals_charge_once(client, opened):
    order = opened(client)

    def approve(_):
        try:
            return client.approve(order)
        except Refused:
            return None

    with ThreadPoolExecutor(6) as crowd:
        assert sum(answer is not None for answer in crowd.map(approve, range(6))) == 1
    assert len(client.order(order)["charges"]) == 1


def test_an_unknown_verdict_is_refused(client, opened):
    with pytest.raises(Refused, match="one of approved, declined, abandoned"):
        client.ask("POST", f"/api/orders/{opened(client)}/decision", {"verdict": "perhaps"})


def test_a_cancelled_order_is_not_charged_again(client, opened):
    order = client.approve(opened(client))["id"]
    cancelled = client.cancel(order, key="cancel-a")
    assert cancelled["status"] == "ended" and cancelled["renews"] is None
    assert client.cancel(order, key="cancel-a") == cancelled
    assert client.cancel(order, key="cancel-b") == cancelled


def test_cancelling_before_the_decision_leaves_nothing_to_decide(client, opened):
    order = opened(client)
    assert client.cancel(order)["status"] == "abandoned"
    with pytest.raises(Refused):
        client.approve(order)


def test_cancelling_changes_nothing_that_is_over(client, opened):
    order = client.decline(opened(client))
    assert client.cancel(order["id"]) == order
