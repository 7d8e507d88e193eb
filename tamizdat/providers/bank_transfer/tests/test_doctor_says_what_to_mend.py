"""At each wrong step of docs/bank_transfer.md `doctor --providers` says what to do, and the document quotes it."""

import sys

import pytest

from tests.guide import Guide, Guided, said, switched_on
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


def test_a_live_newsroom_refuses_the_make_believe_bank(live, settings, tmp_path, side):
    switched_on("bank_transfer", settings, tmp_path).write_text(side.settings())
    assert "“bank_transfer” is not for a live newsroom" in said()
