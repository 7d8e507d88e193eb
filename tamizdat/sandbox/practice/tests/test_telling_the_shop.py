import hashlib
import hmac
import json
import re
import time

from hypothesis import given
from hypothesis import strategies as st

from tamizdat.sandbox.company import pacing
from tests.company import KEY, letterbox, practice_company


def kinds(deliveries):
    return [json.loads(raw)["kind"] for _, raw in deliveries]


def test_every_change_is_told_once_and_in_order_when_calm(client, box, opened):
    order = client.approve(opened(client))
    client.refund(order["charges"][0]["id"])
    client.cancel(order["id"])
    told = ["order.approved", "charge.made", "refund.made", "order.ended"]
    assert kinds(box.wait_for(4, order["id"])) == told
    assert [event["kind"] for event in client.events() if event["ref"] == order["id"]] == told


def test_saying_no_is_told_too(client, box, opened):
    for say, kind in ((client.decline, "order.declined"), (client.abandon, "order.abandoned")):
        assert kinds(box.wait_for(1, say(opened(client))["id"])) == [kind]


def test_an_event_is_a_hint_and_nothing_more(client, box, opened):
    order = client.decline(opened(client))["id"]
    _, raw = box.wait_for(1, order)[0]
    assert json.loads(raw).keys() == {"id", "kind", "ref", "created"}


def test_an_event_is_signed_over_its_time_and_its_bytes(client, box, opened):
    headers, raw = box.wait_for(1, client.decline(opened(client))["id"])[0]
    at, digest = re.fullmatch(r"t=(\d+),v1=(\w{64})", headers["Practice-Signature"]).groups()
    assert digest == hmac.new(KEY.encode(), f"{at}.".encode() + raw, hashlib.sha256).hexdigest()
    assert abs(time.time() - int(at)) < 30


def test_an_event_is_told_again_until_it_is_accepted(client, box, opened):
    box.answers.extend([500, 302])
    order = client.decline(opened(client))["id"]
    deliveries = box.wait_for(3, order)
    assert len({raw for _, raw in deliveries}) == 1
    until = time.monotonic() + 5
    while client.waiting() and time.monotonic() < until:
        time.sleep(0.02)
    assert client.waiting() == 0 and len(box.about(order)) == 3


def test_events_wait_for_a_shop_that_is_closed(opened):
    with practice_company() as company:
        company.client.decline(opened(company.client))
        time.sleep(0.3)
        assert company.client.waiting() == 1


def test_mischief_tells_some_twice_some_late_and_leaves_none_out(opened):
    with letterbox() as box, practice_company(events_to=box.address, mischief=7) as company:
        for _ in range(12):
            company.client.decline(opened(company.client))
        until = time.monotonic() + 10
        while company.client.waiting() and time.monotonic() < until:
            time.sleep(0.05)
        made = [event["id"] for event in company.client.events()]
    told = [json.loads(raw)["id"] for _, raw in box.events]
    assert set(told) == set(made) and len(told) > len(made)
    assert list(dict.fromkeys(told)) != made


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_mischief_is_never_more_than_a_few_seconds(rolls):
    delays = pacing.delivery_delays(iter(rolls).__next__)
    assert len(delays) in (1, 2) and all(0 <= seconds <= 5 for seconds in delays)


def test_waits_grow_and_stay_bounded():
    waits = [pacing.wait_seconds(tries) for tries in range(1, 100)]
    assert waits[0] == 0.5 and waits == sorted(waits) and waits[-1] == 30
