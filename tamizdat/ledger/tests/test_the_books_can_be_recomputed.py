"""Anybody with the exported postings reaches the public figures without our code."""

import csv
import io
from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tamizdat.ledger import actions, queries
from tamizdat.ledger.rules.entries import Line
from tamizdat.ledger.tests.books import gift, rates, usd
from tamizdat.money import Money
from tamizdat.months import Month

pytestmark = pytest.mark.django_db


def export(*arguments: str) -> list[dict[str, str]]:
    out = io.StringIO()
    call_command("postings", *arguments, stdout=out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def raised_by_hand(rows: list[dict[str, str]]) -> Counter[tuple[str, str]]:
    """Credits of income and fees by month and currency, from nothing but the file."""
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row["account"].split(":")[0] == "income" or row["account"] == "expenses:fees":
            sums[row["date"][:7], row["currency"]] -= int(row["amount_minor"])
    return sums


@pytest.fixture
def year():
    """Gifts with fees, a refund, a lost dispute, a reversal, a rent that is no fee, two currencies."""
    for number in range(12):
        on = date(2026, number + 1, 28)
        for currency, minor in (("USD", 500 + number), ("EUR", 900)):
            actions.post(
                key=f"gift:{number}:{currency}",
                on=on,
                what="a gift, with “a comma”, and\na line break",
                lines=[
                    Line("assets:practice", Money(minor - 30, currency)),
                    Line("expenses:fees", Money(30, currency)),
                    Line("income:gifts", Money(-minor, currency)),
                ],
            )
    for account, key in (
        ("income:refunds", "refund"),
        ("income:disputes", "dispute"),
        ("expenses:rent", "rent"),
    ):
        lines = [Line(account, usd(700)), Line("assets:practice", usd(-700))]
        actions.post(key=key, on=date(2026, 3, 31), what=key, lines=lines)
    actions.reverse(key="mistake", of="gift:3:EUR", on=date(2026, 5, 1), what="booked twice")


def test_raised_equals_an_independent_sum_of_the_export(year):
    sums = raised_by_hand(export())
    assert len(sums) == 24
    for (month, currency), minor in sums.items():
        assert queries.raised(Month.parse(month), currency) == Money(minor, currency)
    assert sums["2026-03", "USD"] == 502 - 30 - 1400


def test_every_entry_of_the_export_sums_to_zero(year):
    sums: Counter[tuple[str, str]] = Counter()
    for row in export():
        sums[row["entry"], row["currency"]] += int(row["amount_minor"])
    assert not any(sums.values())


def test_amounts_are_whole_units_and_decimals(year):
    row = next(row for row in export() if row["key"] == "refund" and row["account"] == "assets:practice")
    assert (row["amount_minor"], row["amount"], row["month"]) == ("-700", "-7.00", "2026-03")


def test_a_reversal_names_the_entry_it_takes_back(year):
    row = next(row for row in export() if row["key"] == "mistake")
    assert row["reverses"] == str(queries.entry_id("gift:3:EUR"))


def test_some_months_can_be_asked_for(year):
    rows = export("--from", "2026-03", "--to", "2026-04")
    assert {row["month"] for row in rows} == {"2026-03", "2026-04"}


def test_a_month_that_is_none_is_refused_with_a_remedy(year):
    with pytest.raises(CommandError, match="write it as 2026-11"):
        export("--from", "March")


def test_a_gift_on_the_last_day_of_a_month_counts_in_it(db):
    gift("last", on=date(2026, 11, 30))
    gift("first", on=date(2026, 12, 1))
    assert queries.raised(Month(2026, 11), "USD") == queries.raised(Month(2026, 12), "USD") == usd(500)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by the size of the table")
def test_a_month_is_summed_from_the_index_alone(db, django_assert_num_queries):
    gift("ours")
    rates("Date,USD", "2026-11-05,1.08")
    gift("another's", currency="EUR")
    # Ours, theirs; which currencies there are: a look for each and one past the last; the rates of each.
    with django_assert_num_queries(7) as asked:
        queries.raised(Month(2026, 11), "USD")
    with connection.cursor() as cursor:
        for query in asked:
            cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
            plan = str(cursor.fetchall())
            assert "COVERING INDEX posting_sums_a_month" in plan or "SEARCH ledger_rate USING" in plan, plan
