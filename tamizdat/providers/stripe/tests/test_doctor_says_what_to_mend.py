"""At each wrong step of docs/stripe.md `doctor --providers` says what to do, and the document quotes it."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.sides.stripe import KEY
from tests.sides.stripe_process import stripe_company

HERE = "https://give.paper.example"
EVENTS = f"{HERE}/events/stripe/"
GUIDE = Path(__file__).parents[4] / "docs" / "stripe.md"


@pytest.fixture(scope="module")
def company():
    with stripe_company(events_to=EVENTS) as company:
        yield company


@pytest.fixture
def keys(training, settings, tmp_path, company):
    """Where keys/stripe.toml lies; the newsroom has Stripe switched on."""
    settings.KEYS = tmp_path
    giving = replace(settings.NEWSROOM.giving, providers=("stripe",))
    paper = replace(settings.NEWSROOM.paper, giving_address=HERE)
    settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving, paper=paper)
    return tmp_path / "stripe.toml"


@pytest.fixture
def write(keys, company):
    def write(**said):
        lines = {"key": KEY, "webhook_secret": "whsec_sandbox", "address": company.address} | said
        keys.write_text("".join(f'{name} = "{value}"\n' for name, value in lines.items() if value))

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


def said():
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", providers=True, stdout=out)
    return out.getvalue()


def quoted(words):
    assert words in said()
    assert words in GUIDE.read_text("utf-8"), f"docs/stripe.md does not quote “{words}”"


def test_all_is_well(write, capsys):
    write()
    call_command("doctor", providers=True)
    assert capsys.readouterr().out == "All is well.\n"


def test_no_file(keys):
    quoted("is missing: write it as docs/stripe.md shows")


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
    quoted(words)


@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        ("account", {"charges_enabled": False}, "Stripe does not let the account take payments yet"),
        ("account", {"payouts_enabled": False}, "Stripe does not pay out yet"),
        ("account", {"settings": {"payments": {"statement_descriptor": None}}}, "There is no statement descriptor"),
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
    quoted(words)


def test_a_file_that_is_no_toml(keys):
    keys.write_text("key = sk_test")
    quoted("stripe.toml cannot be read")
