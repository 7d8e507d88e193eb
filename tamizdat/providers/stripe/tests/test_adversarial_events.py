"""Events that nobody should send: refused with the right status, nothing stored; a true one again: nothing new."""

import json
import random
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.adversarial import none_is_let_in, now, post, prepared, rows
from tests.sides.stripe import stripe_side
from tests.soak import SEED, tries


@pytest.fixture
def side(training, settings, tmp_path):
    """A newsroom with Stripe on, and its company."""
    keys = prepared("stripe", settings, tmp_path)
    with stripe_side() as side:
        keys.write_text(side.settings() + 'account = "acct_ours"\n')
        yield side


def genuine(dice, **more):
    thing = {"id": f"cs_test_{dice.getrandbits(64):x}", "object": "checkout.session"}
    kind = dice.choice(["checkout.session.completed", "checkout.session.expired"])
    event = {"id": f"evt_{dice.getrandbits(64):x}", "type": kind, "livemode": False, "data": {"object": thing}}
    return json.dumps(event | more).encode()


def stale(side, dice):
    raw = genuine(dice)
    return side.sign(raw, now() - timedelta(seconds=dice.randrange(330, 10**8))), raw


def future(side, dice):
    raw = genuine(dice)
    return side.sign(raw, now() + timedelta(seconds=dice.randrange(90, 10**8))), raw


def tampered(side, dice):
    raw = bytearray(genuine(dice))
    headers = side.sign(bytes(raw), now())
    raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    return headers, bytes(raw)


def reserialised(side, dice):
    raw = genuine(dice)
    return side.sign(raw, now()), json.dumps(json.loads(raw), indent=dice.choice([1, 2, 4])).encode()


def unsigned(side, dice):
    raw, header = genuine(dice), side.sign(b"", now())["Stripe-Signature"]
    odd = ["", "t=1", header[:-1], header.upper(), "v1=" + "0" * 64, f"t={'9' * 40},v1={'0' * 64}", "t=1,v1=" * 900]
    return {"Stripe-Signature": dice.choice(odd)}, raw


def of_another_secret(side, dice):
    raw = genuine(dice)
    header = side.sign(raw, now())["Stripe-Signature"]
    return {"Stripe-Signature": header[:-8] + f"{dice.getrandbits(32):08x}"}, raw


def of_another_company(side, dice):
    raw = genuine(dice)
    signed = side.sign(raw, now())["Stripe-Signature"]
    return dice.choice([{"Practice-Signature": signed}, {"BTCPay-Sig": f"sha256={signed[-64:]}"}]), raw


def of_live_money(side, dice):
    raw = genuine(dice, livemode=True)
    return side.sign(raw, now()), raw


def of_another_account(side, dice):
    raw = genuine(dice, account="acct_theirs")
    return side.sign(raw, now()), raw


def no_event(side, dice):
    raw = dice.choice(
        [b"", b"{}", b"[]", b"null", b"hello", b"\xff\xfe", b"[" * 9_000, b'{"data": {"object": 7}}', b'"x"']
    )
    return side.sign(raw, now()), raw


def huge(side, dice):
    raw = b'{"id": "' + b"x" * 10_000_000 + b'"}'
    return side.sign(raw, now()), raw


OFTEN = (
    stale, future, tampered, reserialised, unsigned, of_another_secret, of_another_company, of_live_money,
    of_another_account, no_event,
)  # fmt: skip


def test_none_of_them_is_let_in(side, client):
    none_is_let_in(client, side, often=OFTEN, huge=huge, n=tries(soak=10_000, test=400))


def test_a_true_event_again_is_answered_and_changes_nothing(side, client):
    raw = genuine(random.Random(SEED), id=f"evt_{uuid4().hex}")
    first = post(client, "stripe", side.sign(raw, now()), raw)
    before = rows()
    again = [post(client, "stripe", side.sign(raw, now()), raw).status_code for _ in range(5)]
    assert (first.status_code, again, rows()) == (200, [200] * 5, before)


def test_an_event_of_a_company_that_is_not_there(side, client):
    assert client.post("/events/nobody/", b"{}", content_type="application/json").status_code == 404
    assert client.get("/events/stripe/").status_code == 405
