"""Events that nobody should send: refused with the right status, nothing stored; a true one again: nothing new."""

import json
import random
from datetime import timedelta

import pytest

from tamizdat.sandbox.paypal import company, events
from tests.adversarial import none_is_let_in, now, post, prepared, rows
from tests.sides.paypal import paypal_side
from tests.soak import SEED, tries


@pytest.fixture
def side(training, settings, tmp_path):
    """A newsroom with PayPal on, and its company."""
    keys = prepared("paypal", settings, tmp_path)
    with paypal_side() as side:
        keys.write_text(side.settings())
        yield side


def genuine(dice):
    resource = {"id": f"{dice.getrandbits(64):X}"}
    said = {"id": f"WH-{dice.getrandbits(64):x}", "event_type": "CHECKOUT.ORDER.APPROVED", "resource": resource}
    return json.dumps(said).encode()


def signed(side, raw, *, late=0, webhook=company.WEBHOOK):
    return dict(events.sign(side.address, webhook, raw, now() - timedelta(seconds=late))), raw


def stale(side, dice):
    return signed(side, genuine(dice), late=dice.randrange(330, 10**8))


def future(side, dice):
    return signed(side, genuine(dice), late=-dice.randrange(90, 10**8))


def tampered(side, dice):
    headers, raw = signed(side, genuine(dice))
    place = dice.randrange(len(raw))
    return headers, raw[:place] + bytes([raw[place] ^ 1 << dice.randrange(8)]) + raw[place + 1 :]


def reserialised(side, dice):
    headers, raw = signed(side, genuine(dice))
    return headers, json.dumps(json.loads(raw), indent=dice.choice([1, 2, 4])).encode()


def unsigned(side, dice):
    headers, raw = signed(side, genuine(dice))
    name = dice.choice(sorted(headers.keys() - {"PAYPAL-AUTH-ALGO"}))
    worse = dice.choice(["", "x", headers[name][:-1], headers[name].swapcase(), headers[name] * 90, "é"])
    return headers | {name: worse}, raw


def of_another_webhook(side, dice):
    return signed(side, genuine(dice), webhook=f"WH-{dice.getrandbits(64):x}")


def of_another_certificate(side, dice):
    """Signed well, by whoever keeps another certificate, or none."""
    headers, raw = signed(side, genuine(dice))
    address = side.address
    elsewhere = (
        "https://api.paypal.com.elsewhere.example", "http://127.0.0.1:9", f"{address}@elsewhere.example",
        address.replace("127.0.0.1", "localhost"), "file://", "https://api.paypal.com",
    )  # fmt: skip
    paths = ("/v1/notifications/certs/../../../sandbox/find", "/v1/notifications/certs/CERT-NONE", "/", "")
    urls = [f"{one}{events.CERTIFICATE}" for one in elsewhere] + [f"{address}{path}" for path in paths]
    return headers | {"PAYPAL-CERT-URL": dice.choice(urls)}, raw


def of_another_company(side, dice):
    headers, raw = signed(side, genuine(dice))
    return {"Stripe-Signature": f"t={int(now().timestamp())},v1={headers['PAYPAL-TRANSMISSION-SIG'][:64]}"}, raw


def no_event(side, dice):
    bodies = [b"", b"{}", b"[]", b"null", b"hello", b"\xff\xfe", b"[" * 9_000, b'{"id": 7}', b'"x"']
    return signed(side, dice.choice(bodies))


def huge(side, dice):
    return signed(side, b'{"id": "' + b"x" * 10_000_000 + b'"}')


OFTEN = (
    stale, future, tampered, reserialised, unsigned, of_another_webhook, of_another_certificate, of_another_company,
    no_event,
)  # fmt: skip


def test_none_of_them_is_let_in(side, client):
    none_is_let_in(client, side, often=OFTEN, huge=huge, n=tries(soak=10_000, test=150))


def test_a_true_event_again_is_answered_and_changes_nothing(side, client):
    def told():
        """The same event, signed anew."""
        return post(client, "paypal", *signed(side, genuine(random.Random(SEED)))).status_code

    first, before = told(), rows()
    assert (first, [told() for _ in range(5)], rows()) == (200, [200] * 5, before)
