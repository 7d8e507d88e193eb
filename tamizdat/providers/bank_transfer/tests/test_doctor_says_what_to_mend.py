"""At each wrong step of docs/bank_transfer.md `doctor --providers` says what to do, and the document quotes it."""

import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from tamizdat.money import Money
from tamizdat.support import actions
from tamizdat.support.models import Contribution
from tamizdat.support.rules.contract import Cadence
from tests.guide import DOCS, Guide, Guided, said, switched_on
from tests.sides.bank import bank_side

GUIDE = Guide("bank_transfer")

side, keys, write = GUIDE.fixtures(bank_side)


class TestTheBanksGuide(Guided):
    guide = GUIDE


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"holder": ""}, "“holder” is missing; docs/bank_transfer.md says where to find it"),
        ({"holder": "x" * 71}, "holder has more than 70 letters"),
        ({"iban": "DE89 3704 0044 0532 0130 01"}, "iban has a slip: its check digits do not fit"),
        ({"iban": "DE89"}, "iban has a slip"),
        ({"bic": "BANK"}, "bic is eight or eleven letters and figures, or left out"),
        ({"currency": "€"}, "currency should be the account's, as three capitals like EUR"),
        ({"color": "blue"}, "“color” is not one of the texts"),
        ({"iban": "DE89 3704 0044 0532 0130 00"}, "“bank_transfer” is not for a training newsroom"),
    ],
)
def test_a_wrong_file(write, wrong, words):
    write(**wrong)
    GUIDE.quotes(words)


def test_an_account_in_another_currency(write):
    write(currency="EUR")
    GUIDE.quotes("“bank_transfer” does not take USD")


def test_what_reads_statements_is_not_installed(write, monkeypatch):
    write()
    for name in [name for name in sys.modules if name.startswith("tamizdat.providers.bank_transfer")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    GUIDE.quotes("needs pip install 'tamizdat[bank_transfer]'")


@pytest.mark.django_db
def test_nobody_has_looked_whether_promised_transfers_came(write, side, settings):
    write()
    settings.GIFT_SOURCES = "builtins.frozenset"
    actions.begin(amount=Money(500, "USD"), cadence=Cadence.ONCE, provider="bank_transfer", source="", language="en")
    Contribution.objects.update(created_at=timezone.now() - timedelta(days=5))
    assert "1 gifts wait for a transfer and no statement was brought yet" in said()
    assert "gifts wait for a transfer and no statement was brought" in (DOCS / "bank_transfer.md").read_text("utf-8")
    side.pay()
    for _, raw in side.all_news():
        actions.take_statement(provider="bank_transfer", raw=raw, by="t")


def test_a_live_newsroom_refuses_the_make_believe_bank(live, settings, tmp_path, side):
    switched_on("bank_transfer", settings, tmp_path).write_text(side.settings())
    assert "“bank_transfer” is not for a live newsroom" in said()
