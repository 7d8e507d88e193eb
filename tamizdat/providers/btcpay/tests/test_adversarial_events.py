"""Events that nobody should send: refused with the right status, nothing stored; a true one again: nothing new."""

import json
import random

import pytest

from tamizdat.sandbox.btcpay import deliveries
from tests.adversarial import none_is_let_in, now, post, prepared, rows
from tests.sides.btcpay import SECRET, btcpay_side
from tests.soak import SEED, tries


@pytest.fixture
def side(training, settings, tmp_path):
    """A newsroom with BTCPay on, and its server."""
    keys = prepared("btcpay", settings, tmp_path)
    with btcpay_side() as side:
        keys.write_text(side.settings())
        yield side


def genuine(dice, *, late=0, **more):
    at = int(now().timestamp()) - late
    said = {"originalDeliveryId": f"{dice.getrandbits(64):x}", "type": "InvoiceSettled", "timestamp": at,
            "storeId": "sandbox-store", "metadata": {"orderId": f"{dice.getrandbits(64):x}"}}  # fmt: skip
    return json.dumps(said | more).encode()


def signed(raw, secret=SECRET):
    return deliveries.signed(secret, raw), raw


def stale(_side, dice):
    return signed(genuine(dice, late=dice.randrange(330, 10**8)))


def future(_side, dice):
    return signed(genuine(dice, late=-dice.randrange(90, 10**8)))


def tampered(_side, dice):
    headers, raw = signed(genuine(dice))
    place = dice.randrange(len(raw))
    return headers, raw[:place] + bytes([raw[place] ^ 1 << dice.randrange(8)]) + raw[place + 1 :]


def reserialised(_side, dice):
    headers, raw = signed(genuine(dice))
    return headers, json.dumps(json.loads(raw), indent=dice.choice([1, 2, 4])).encode()


def unsigned(_side, dice):
    headers, raw = signed(genuine(dice))
    header = headers["BTCPay-Sig"]
    return {"BTCPay-Sig": dice.choice(["", "sha256=", header[:-1], header.upper(), header[7:], "sha256=" * 900])}, raw


def of_another_secret(_side, dice):
    return signed(genuine(dice), secret=f"{dice.getrandbits(64):x}")


def of_another_company(_side, dice):
    headers, raw = signed(genuine(dice))
    return {"Stripe-Signature": f"t={int(now().timestamp())},v1={headers['BTCPay-Sig'][7:]}"}, raw


def of_another_store(_side, dice):
    return signed(genuine(dice, storeId="theirs"))


def no_event(_side, dice):
    bodies = [b"", b"{}", b"[]", b"null", b"hello", b"\xff\xfe", b"[" * 9_000, b'{"timestamp": "x"}', b'"x"']
    return signed(dice.choice(bodies))


def huge(_side, dice):
    return signed(b'{"id": "' + b"x" * 10_000_000 + b'"}')


OFTEN = (
    stale, future, tampered, reserialised, unsigned, of_another_secret, of_another_company, of_another_store, no_event,
)  # fmt: skip


def test_none_of_them_is_let_in(side, client):
    none_is_let_in(client, side, often=OFTEN, huge=huge, n=tries(soak=10_000, test=150))


def test_a_true_event_again_is_answered_and_changes_nothing(side, client):
    def told(number):
        """The same delivery, told at its own second."""
        return post(client, "btcpay", *signed(genuine(random.Random(number), originalDeliveryId="one"))).status_code

    first, before = told(SEED), rows()
    assert (first, [told(number) for number in range(5)], rows()) == (200, [200] * 5, before)
