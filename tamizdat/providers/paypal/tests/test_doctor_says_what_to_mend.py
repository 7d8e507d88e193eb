"""At each wrong step of docs/paypal.md `doctor --providers` says what to do, and the document quotes it."""

import pytest

from tests.guide import Guide, Guided, events_at
from tests.sides.paypal import paypal_side

EVENTS = events_at("paypal")
GUIDE = Guide("paypal")


side, keys, write = GUIDE.fixtures(lambda: paypal_side(EVENTS))


class TestPayPalsGuide(Guided):
    guide = GUIDE


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"client_id": ""}, "“client_id” is missing; docs/paypal.md says where to find it"),
        ({"money": "monopoly"}, "money is “real”, or “test” for PayPal's sandbox"),
        ({"money": "real"}, "address is for a make-believe PayPal"),
        ({"money": "real", "address": ""}, "“paypal” is not for a training newsroom"),
        ({"color": "blue"}, "“color” is not one of the texts"),
        ({"client_secret": "other"}, "are client_id and client_secret those of one app"),
        ({"address": "http://127.0.0.1:9"}, "PayPal is out of reach"),
        ({"webhook_id": "WH-OTHER"}, "webhook_id is “WH-OTHER”"),
    ],
)
def test_a_wrong_file(write, wrong, words):
    write(**wrong)
    GUIDE.quotes(words)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"url": "https://elsewhere.example/"}, f"No webhook leads to {EVENTS}"),
        ({"event_types": [{"name": "CHECKOUT.ORDER.APPROVED"}]}, "The webhook does not tell PAYMENT.CAPTURE.COMPLETED"),
    ],
)
def test_a_wrong_webhook(write, side, *, wrong, words):
    write()
    (webhook,) = side.store.find("webhook")
    side.store.change(webhook, **wrong)
    GUIDE.quotes(words)


def test_an_app_that_may_not_read_the_report(write, side):
    write()
    side.strike("find", "402")
    GUIDE.quotes("switch on Transaction search in the app, under Features")
