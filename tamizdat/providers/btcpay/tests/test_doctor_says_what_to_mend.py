"""At each wrong step of docs/btcpay.md `doctor --providers` says what to do, and the document quotes it."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from tamizdat.sandbox.btcpay.company import PERMISSIONS
from tests.sides.btcpay import btcpay_side

HERE = "https://give.paper.example"
EVENTS = f"{HERE}/events/btcpay/"
GUIDE = Path(__file__).parents[4] / "docs" / "btcpay.md"


@pytest.fixture
def side():
    with btcpay_side(EVENTS) as side:
        yield side


@pytest.fixture
def keys(training, settings, tmp_path):
    """Where keys/btcpay.toml lies; the newsroom has BTCPay switched on."""
    settings.KEYS = tmp_path
    giving = replace(settings.NEWSROOM.giving, providers=("btcpay",))
    paper = replace(settings.NEWSROOM.paper, giving_address=HERE)
    settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving, paper=paper)
    return tmp_path / "btcpay.toml"


@pytest.fixture
def write(keys, side):
    def write(**said):
        keys.write_text(side.settings())
        lines = dict(line.split(" = ", 1) for line in side.settings().splitlines())
        lines |= {name: f'"{value}"' for name, value in said.items()}
        keys.write_text("".join(f"{name} = {value}\n" for name, value in lines.items() if value != '""'))

    return write


def said():
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", providers=True, stdout=out)
    return out.getvalue()


def quoted(words):
    assert words in said()
    assert words in GUIDE.read_text("utf-8"), f"docs/btcpay.md does not quote “{words}”"


def test_all_is_well(write, capsys):
    write()
    call_command("doctor", providers=True)
    assert capsys.readouterr().out == "All is well.\n"


def test_no_file(keys):
    quoted("is missing: write it as docs/btcpay.md shows")


def test_a_file_that_is_no_toml(keys):
    keys.write_text("key = secret")
    quoted("btcpay.toml cannot be read")


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
    quoted(words)


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
    quoted(words)


def test_another_store(write):
    write(store="nowhere")
    quoted("is store = “nowhere” the id under Store Settings?")
