"""At each wrong step of docs/stripe.md `doctor --providers` says what to do, and the document quotes it."""

import pytest

from tests.guide import Guide, Guided, events_at, switched_on, written
from tests.sides.stripe import KEY
from tests.sides.stripe_process import stripe_company

EVENTS = events_at("stripe")
GUIDE = Guide("stripe")


@pytest.fixture(scope="module")
def company():
    with stripe_company(events_to=EVENTS) as company:
        yield company


@pytest.fixture
def keys(training, settings, tmp_path, company):
    """Where keys/stripe.toml lies; the newsroom has Stripe switched on."""
    return switched_on("stripe", settings, tmp_path)


@pytest.fixture
def write(keys, company):
    def write(**said):
        lines = {"key": KEY, "webhook_secret": "whsec_sandbox", "address": company.address} | said
        keys.write_text(written(lines))

    return write


@pytest.fixture
def at_stripe(company):
    """Change a thing at Stripe until the test is over."""
    changed = []

    def change(kind, **said):
        (thing,) = company.client.find(kind)
        changed.append({"id": thing["id"], **{name: thing[name] for name in said}})
        company.client.do("set", thing["id"], **said)

    yield change
    for before in changed:
        company.client.do("set", before.pop("id"), **before)


class TestStripesGuide(Guided):
    guide = GUIDE


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"key": ""}, "“key” is missing; docs/stripe.md says where to find it"),
        ({"key": "pk_live_1"}, "key should begin with sk_live_ or rk_live_"),
        ({"webhook_secret": "abc"}, "webhook_secret should begin with whsec_"),
        ({"color": "blue"}, "“color” is not one of the texts"),
        ({"key": "sk_live_1"}, "“stripe” is not for a training newsroom"),
        ({"key": "sk_test_other"}, "Stripe does not accept the key"),
        ({"account": "acct_other"}, "but keys/stripe.toml says account = “acct_other”"),
        ({"address": "http://127.0.0.1:9"}, "Stripe cannot be reached"),
    ],
)
def test_a_wrong_file(write, wrong, words):
    write(**wrong)
    GUIDE.quotes(words)


@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        ("account", {"charges_enabled": False}, "Stripe does not let the account take payments yet"),
        ("account", {"payouts_enabled": False}, "Stripe does not pay out yet"),
        ("account", {"settings": {"payments": {"statement_descriptor": None}}}, "There is no statement descriptor"),
        (
            "billing_portal.configuration",
            {"features": {"payment_method_update": {"enabled": False}}},
            "Supporters cannot change their card",
        ),
        ("billing_portal.configuration", {"is_default": False}, "Supporters cannot change their card"),
        ("webhook_endpoint", {"url": "https://elsewhere.example/"}, f"No webhook leads to {EVENTS}"),
        ("webhook_endpoint", {"status": "disabled"}, "is disabled: switch it on at"),
        (
            "webhook_endpoint",
            {"enabled_events": ["invoice.paid"]},
            "The webhook does not tell checkout.session.completed",
        ),
    ],
)
def test_a_wrong_account(write, at_stripe, *, kind, wrong, words):
    write()
    at_stripe(kind, **wrong)
    GUIDE.quotes(words)


def test_a_file_that_is_no_toml(keys):
    keys.write_text("key = sk_test")
    GUIDE.quotes("stripe.toml cannot be read")
