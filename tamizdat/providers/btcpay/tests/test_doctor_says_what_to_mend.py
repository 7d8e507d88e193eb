"""At each wrong step of docs/btcpay.md `doctor --providers` says what to do, and the document quotes it."""

import pytest

from tamizdat.sandbox.btcpay.company import PERMISSIONS
from tests.guide import Guide, Guided, events_at, said
from tests.sides.btcpay import btcpay_side

EVENTS = events_at("btcpay")
GUIDE = Guide("btcpay")


side, keys, write = GUIDE.fixtures(lambda: btcpay_side(EVENTS))


class TestBTCPaysGuide(Guided):
    guide = GUIDE


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"key": ""}, "“key” is missing; docs/btcpay.md says where to find it"),
        ({"address": "http://pay.paper.example"}, "address should begin with https://"),
        ({"money": "monopoly"}, "money is “real”, or “test”"),
        ({"color": "blue"}, "“color” is not one of the texts"),
        ({"money": "real"}, "“btcpay” is not for a training newsroom"),
        ({"key": "other"}, "Authentication is required"),
        ({"address": "http://127.0.0.1:9"}, "BTCPay is out of reach"),
    ],
)
def test_a_wrong_file(write, wrong, words):
    write(**wrong)
    GUIDE.quotes(words)


def test_a_key_for_another_store(write, side):
    write()
    (key,) = side.store.find("key")
    side.store.change(key, permissions=[f"{one}:another" for one in PERMISSIONS])
    assert "The key may not btcpay.store.canviewinvoices" in said()


@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        ("key", {"permissions": [one for one in PERMISSIONS if "pullpayments" not in one]},
         "The key may not btcpay.store.canmanagepullpayments"),
        ("wallet", {"enabled": False}, "The store has no wallet"),
        ("webhook", {"url": "https://elsewhere.example/"}, f"No webhook leads to {EVENTS}"),
        ("webhook", {"enabled": False}, "is disabled: switch it on under Store Settings, Webhooks"),
        ("webhook", {"authorizedEvents": {"everything": False, "specificEvents": ["InvoiceExpired"]}},
         "The webhook does not tell InvoiceSettled"),
    ],
)  # fmt: skip
def test_a_wrong_store(write, side, *, kind, wrong, words):
    write()
    (thing,) = side.store.find(kind)
    side.store.change(thing, **wrong)
    GUIDE.quotes(words)


def test_another_store(write):
    write(store="nowhere")
    GUIDE.quotes("is store = “nowhere” the id under Store Settings?")
