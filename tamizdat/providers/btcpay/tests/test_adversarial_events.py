"""Events that nobody should send: refused with the right status, nothing stored; a true one again: nothing new."""

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.apps import apps

from tamizdat.sandbox.btcpay import deliveries
from tests.sides.btcpay import SECRET, btcpay_side
from tests.soak import SEED, record, tries

PATH = "/events/btcpay/"
STATUS = {"huge": 413}  # all others: 400


@pytest.fixture
def side(training, settings, tmp_path):
    """A newsroom with BTCPay on, and its server."""
    giving = replace(settings.NEWSROOM.giving, providers=("btcpay",))
    settings.NEWSROOM, settings.KEYS = replace(settings.NEWSROOM, giving=giving), tmp_path
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
    with btcpay_side() as side:
        (tmp_path / "btcpay.toml").write_text(side.settings())
        yield side


def genuine(dice, *, late=0, **more):
    at = int(datetime.now(UTC).timestamp()) - late
    said = {"originalDeliveryId": f"{dice.getrandbits(64):x}", "type": "InvoiceSettled", "timestamp": at,
            "storeId": "sandbox-store", "metadata": {"orderId": f"{dice.getrandbits(64):x}"}}  # fmt: skip
    return json.dumps(said | more).encode()


def signed(raw, secret=SECRET):
    return deliveries.signed(secret, raw), raw


def stale(dice):
    return signed(genuine(dice, late=dice.randrange(330, 10**8)))


def future(dice):
    return signed(genuine(dice, late=-dice.randrange(90, 10**8)))


def tampered(dice):
    headers, raw = signed(genuine(dice))
    place = dice.randrange(len(raw))
    return headers, raw[:place] + bytes([raw[place] ^ 1 << dice.randrange(8)]) + raw[place + 1 :]


def reserialised(dice):
    headers, raw = signed(genuine(dice))
    return headers, json.dumps(json.loads(raw), indent=dice.choice([1, 2, 4])).encode()


def unsigned(dice):
    headers, raw = signed(genuine(dice))
    header = headers["BTCPay-Sig"]
    return {"BTCPay-Sig": dice.choice(["", "sha256=", header[:-1], header.upper(), header[7:], "sha256=" * 900])}, raw


def of_another_secret(dice):
    return signed(genuine(dice), secret=f"{dice.getrandbits(64):x}")


def of_another_company(dice):
    headers, raw = signed(genuine(dice))
    return {"Stripe-Signature": f"t={int(datetime.now(UTC).timestamp())},v1={headers['BTCPay-Sig'][7:]}"}, raw


def of_another_store(dice):
    return signed(genuine(dice, storeId="theirs"))


def no_event(dice):
    bodies = [b"", b"{}", b"[]", b"null", b"hello", b"\xff\xfe", b"[" * 9_000, b'{"timestamp": "x"}', b'"x"']
    return signed(dice.choice(bodies))


def huge(dice):
    return signed(b'{"id": "' + b"x" * 10_000_000 + b'"}')


OFTEN = (
    stale, future, tampered, reserialised, unsigned, of_another_secret, of_another_company, of_another_store, no_event,
)  # fmt: skip


def rows():
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def post(client, headers, raw):
    return client.post(PATH, raw, content_type="application/json", headers=headers)


def test_none_of_them_is_let_in(side, client):
    dice, n, before = random.Random(SEED), tries(soak=10_000, test=150), rows()
    tried, wrong = Counter(), Counter()
    for number in range(n):
        make = huge if number % 100 == 0 else dice.choice(OFTEN)
        answer = post(client, *make(dice))
        tried[make.__name__] += 1
        if answer.status_code != STATUS.get(make.__name__, 400) or b"Traceback" in answer.content:
            wrong[f"{make.__name__} {answer.status_code}"] += 1
    record("adversarial events at btcpay", n=n, seed=SEED, tried=dict(tried), let_in=dict(wrong))
    assert not wrong
    assert rows() == before


def test_a_true_event_again_is_answered_and_changes_nothing(side, client):
    first = post(client, *signed(genuine(random.Random(SEED), originalDeliveryId="one")))
    before = rows()
    again = [
        post(client, *signed(genuine(random.Random(number), originalDeliveryId="one"))).status_code
        for number in range(5)
    ]
    assert (first.status_code, again, rows()) == (200, [200] * 5, before)
