"""The books as a journal that beancount's own checker accepts, and that sums to what our books say."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from beancount import loader
from beancount.core.data import Transaction
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from tamizdat.ledger import actions, queries
from tamizdat.ledger.journal import named, quoted
from tamizdat.ledger.rules.entries import Line
from tamizdat.ledger.tests.books import gift, usd
from tamizdat.money import Money

pytestmark = pytest.mark.django_db


def journal():
    out = StringIO()
    call_command("journal", stdout=out, title='The "Gazette" \\ books')
    entries, errors, options = loader.load_string(out.getvalue())
    assert errors == [], errors
    return [entry for entry in entries if isinstance(entry, Transaction)], options


def test_the_checker_accepts_it_and_it_sums_to_our_books():
    gift("one", 500)
    gift("two", 1234, on=date(2026, 12, 24))
    actions.reverse(key="back", of="one", on=date(2026, 12, 25), what='Taken back: "a mistake" \\ by\nhand')
    yen = [Line("assets:bank_of.japan", Money(7, "JPY")), Line("income:gifts", Money(-7, "JPY"))]
    dinar = [Line("assets:bank-of.japan", Money(1230, "KWD")), Line("income:gifts", Money(-1230, "KWD"))]
    actions.post(key="yen", on=date(2026, 12, 26), what="Yen", lines=yen)
    actions.post(key="dinar", on=date(2026, 12, 26), what="Dinar", lines=dinar)
    ten = Money(1000, "EUR")
    exchanged = [Line("income:gifts", -ten), Line("income:exchange", ten), Line("income:exchange", usd(-1080))]
    actions.post(key="ten", on=date(2026, 12, 27), what="Ten", lines=[*exchanged, Line("assets:stripe", usd(1080))])
    found, options = journal()
    assert options["title"].startswith("The")
    assert len(found) == 6
    sums: dict = {}
    for entry in found:
        for posting in entry.postings:
            key = (posting.account, posting.units.currency)
            sums[key] = sums.get(key, Decimal(0)) + posting.units.number
    assert sums[("Income:Gifts", "USD")] == -Decimal("12.34")
    assert sums[("Income:Gifts", "KWD")] == -Decimal("1.230")
    assert queries.balance("income:gifts", "USD") == usd(-1234)
    assert {account for account, _ in sums} >= {"Assets:Bank-of-japan", "Assets:Bank-of-japan-x2"}


def test_empty_books_are_a_journal_too():
    assert journal()[0] == []


@given(text=st.text(max_size=60))
def test_any_words_are_one_line(text):
    assert "\n" not in quoted(text) and quoted(text).startswith('"')


def test_two_accounts_never_become_one():
    taken: set[str] = set()
    for account in ("assets:a.b", "assets:a-b", "assets:a_b", "assets:a.b-"):
        taken.add(named(account, taken))
    assert len(taken) == 4
